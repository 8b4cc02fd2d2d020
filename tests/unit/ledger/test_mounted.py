"""Mounted years: which can be shown, what is wrong with the others, and when their files are read."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from generator.ledger import folders
from generator.ledger.locks import path_of, read_locks, written
from generator.ledger.mounted import Mounted, read_mounted
from generator.problems import Problem
from generator.source.files import discover
from generator.system.cache import Cache
from tests.helpers.frozen import BRAND, alter, as_json, lay, record

TODAY = date(2026, 6, 1)


def _found(root: Path, today: date = TODAY, cache: Cache | None = None) -> Mounted:
    return read_mounted(root, read_locks(discover(root)[0]), today, cache)


def _wrong(root: Path, today: date = TODAY) -> list[tuple[str, str]]:
    return [(each.code, each.span.path) for each in _found(root, today).problems]


def _only(root: Path) -> Problem:
    found = _found(root)
    (problem,) = found.problems
    assert found.years.all == () and problem.text("en") and problem.remedy("zh")
    return problem


def test_years_are_found_with_their_records_the_newest_first(tmp_path: Path) -> None:
    for year in (2023, 2024):
        lay(tmp_path, year)
    found = _found(tmp_path)
    assert found.problems == () and [each.year for each in found.years.all] == [2024, 2023] == [*found.files]
    (brand,) = found.years.all[0].records
    assert (brand.kind, brand.id, brand.address, brand.section) == ("brand", "qingfeng", "brands/qingfeng/", "brands")
    assert brand.sha256 == sha256((tmp_path / "archives/2024/brands/qingfeng/index.html").read_bytes()).hexdigest()
    assert found.years.all[0].address == "2024/" and found.last_change == date(2025, 1, 6)


def test_a_record_is_known_in_every_year_that_has_it(tmp_path: Path) -> None:
    lay(tmp_path, 2024)
    lay(tmp_path, 2023, [BRAND, record("brand", "gone", "已撤", "brands/gone/")])
    states = _found(tmp_path).years.states
    assert [each.address for each in states["brand", "qingfeng"]] == ["2024/brands/qingfeng/", "2023/brands/qingfeng/"]
    assert [each.file for each in states["brand", "gone"]] == ["2023/brands/gone/index.html"]


def test_a_site_without_frozen_years_has_none(tmp_path: Path) -> None:
    assert _found(tmp_path) == Mounted()


@pytest.mark.parametrize(
    ("path", "content", "told"),
    [
        ("2024/brands/qingfeng/index.html", b"x", "改了 1 个文件：brands/qingfeng/index.html"),
        ("2024/brands/qingfeng/index.html", None, "少了 1 个文件：brands/qingfeng/index.html"),
        ("2024/assets/new.js", b"x", "多了 1 个文件：assets/new.js"),
        ("2024/archive/new.txt", b"x", "清单以外的文件或锁改过"),
        ("2024/manifest.json", b"{", "manifest.json 也读不出来"),
        ("2024/manifest.json", b'{"files": []}', "manifest.json 也读不出来"),
    ],
)
def test_a_changed_file_is_told_at_the_lock_by_its_name(tmp_path: Path, path: str, content: bytes | None, told: str) -> None:
    lay(tmp_path, 2024)
    alter(tmp_path, path, content)
    problem = _only(tmp_path)
    assert (problem.code, str(problem.span)) == ("ARC-001", f"{path_of(2024)}:6:9")
    assert told in problem.text("zh")


def test_many_changed_files_are_counted(tmp_path: Path) -> None:
    lay(tmp_path, 2024, more={f"a/{number}.txt": b"a" for number in range(30)})
    for number in range(30):
        alter(tmp_path, f"2024/a/{number}.txt", b"b" if number % 2 else None)
    problem = _only(tmp_path)
    assert "改了 15 个文件：a/1.txt、a/11.txt" in problem.text("zh") and "files missing (15)" in problem.text("en")


def test_a_changed_lock_is_told_where_it_differs(tmp_path: Path) -> None:
    lock = lay(tmp_path, 2024)
    (tmp_path / path_of(2024)).write_text(written(lock.model_copy(update={"files": lock.files + 1})))
    assert str(_only(tmp_path).span) == f"{path_of(2024)}:7:8"


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (lambda root: (root / "archives/2024").rename(root / "gone"), ("ARC-002", path_of(2024))),
        (lambda root: (root / path_of(2024)).unlink(), ("ARC-003", "archives/2024")),
        (lambda root: (root / "archives/notes").mkdir(), ("ARC-009", "archives/notes")),
        (lambda root: (root / "archives/2020").symlink_to(root), ("SEC-005", "archives/2020")),
        (lambda root: (root / "archives/2024/x").symlink_to("/etc/passwd"), ("SEC-005", "archives/2024/x")),
        (lambda root: os.mkfifo(root / "archives/2024/x"), ("SEC-020", "archives/2024/x")),
        (lambda root: (root / "archives/2024/con").write_text(""), ("ID-004", "archives/2024/con")),
        (lambda root: (root / "archives/2024/INDEX.html").write_text(""), ("ID-005", "archives/2024/index.html")),
    ],
)
def test_what_cannot_be_a_frozen_year_is_told(tmp_path: Path, change: Callable[[Path], None], wrong: tuple[str, str]) -> None:
    lay(tmp_path, 2024)
    change(tmp_path)
    assert _wrong(tmp_path) == [wrong]


def test_what_systems_lay_beside_is_none_of_our_business(tmp_path: Path) -> None:
    lay(tmp_path, 2024)
    (tmp_path / "archives/.gitattributes").write_text("* -text\n")
    assert _wrong(tmp_path) == []


def test_a_year_is_over_before_it_is_frozen(tmp_path: Path) -> None:
    lay(tmp_path, 2024)
    assert _wrong(tmp_path, date(2024, 12, 31)) == _wrong(tmp_path, date(2025, 1, 5)) == [("ARC-006", path_of(2024))]
    assert _wrong(tmp_path, date(2025, 1, 6)) == []


def _rewritten(root: Path, **values: object) -> None:
    """Change the list of records, and have the lock fit."""
    file = root / "archives/2024/archive/archive.json"
    told = {**json.loads(file.read_bytes()), **values}
    file.write_bytes(as_json(told))
    _locked_again(root)


def _locked_again(root: Path) -> None:
    found, folder = read_locks(discover(root)[0]).sound[2024].data, folders.look(root, 2024)
    lock = found.model_copy(update={"digest": folder.digest, "files": len(folder.files), "bytes": folder.size})
    (root / path_of(2024)).write_text(written(lock))


@pytest.mark.parametrize(
    "values",
    [{"year": 2023}, {"frozen_on": "2025-01-07"}, {"commit": ""}, {"generator": "0.0.1"}, {"records": {}}, {"format": "x"}, {"version": "1"}],
)
def test_a_list_that_says_otherwise_than_the_lock_is_told(tmp_path: Path, values: dict[str, object]) -> None:
    lay(tmp_path, 2024)
    _rewritten(tmp_path, **values)
    problem = _only(tmp_path)
    assert (problem.code, problem.span.path) == ("ARC-005", "archives/2024/archive/archive.json")


def test_a_list_of_a_newer_format_is_told(tmp_path: Path) -> None:
    lay(tmp_path, 2024)
    _rewritten(tmp_path, version=2)
    assert _only(tmp_path).code == "ARC-004"


@pytest.mark.parametrize(
    "values",
    [
        {"address": "../x/"},
        {"address": "brands/x/"},
        {"address": "https://a.example/"},
        {"page": "brands/qingfeng/other.html"},
        {"sha256": "0" * 64},
        {"id": "a b"},
        {"id": "../x"},
        {"kind": "<b>"},
        {"title": ""},
        {"title": "a\u202eb"},
        {"title": 3},
        {"dated": "soon"},
    ],
)
def test_a_record_that_is_none_of_the_year_is_told(tmp_path: Path, values: dict[str, object]) -> None:
    lay(tmp_path, 2024)
    listed = json.loads((tmp_path / "archives/2024/archive/archive.json").read_bytes())["records"]
    _rewritten(tmp_path, records=[{**listed[0], **values}])
    assert _only(tmp_path).code == "ARC-005"


def test_a_record_may_stand_on_a_page_of_several_and_on_the_home_page(tmp_path: Path) -> None:
    lay(tmp_path, 2024, [BRAND, record("unit", "a", "甲", "units/#a"), record("page", "index", "首页", "")])
    (year,) = _found(tmp_path).years.all
    assert [each.section for each in year.records] == ["brands", "units", ""]


def test_files_that_were_not_touched_are_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, cache = tmp_path / "site", Cache(tmp_path / "cache", b"s" * 32)
    lay(root, 2024)
    for file in root.rglob("*"):
        os.utime(file, (1_000_000_000, 1_000_000_000))
    monkeypatch.setattr(folders, "is_settled", lambda times, now: True)  # they were written a moment ago
    read: list[str] = []
    digest = folders._digest

    def noted(root: Path, path: str) -> str:
        read.append(path)
        return digest(root, path)

    monkeypatch.setattr(folders, "_digest", noted)
    first = folders.look(root, 2024, cache)
    assert len(read) == len(first.files) == 5
    read.clear()
    assert folders.look(root, 2024, cache) == first and read == []
    file = root / "archives/2024/brands/qingfeng/index.html"
    before = file.stat()
    file.write_bytes(file.read_bytes().swapcase())
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    changed = folders.look(root, 2024, cache)
    assert read == ["archives/2024/brands/qingfeng/index.html"], "of the same size and date, and yet another"
    assert changed.digest != first.digest
    assert folders.look(root, 2024, replace(cache, secret=b"t" * 32)).digest == changed.digest and len(read) == 6, "no seal of ours"


def test_what_was_just_written_is_read_again(tmp_path: Path) -> None:
    root, cache = tmp_path / "site", Cache(tmp_path / "cache", b"s" * 32)
    lay(root, 2024)
    folders.look(root, 2024, cache)
    file = root / "archives/2024/README.txt"
    file.write_bytes(b"readme\n")
    assert folders.look(root, 2024, cache).files["README.txt"].sha256 == sha256(b"readme\n").hexdigest()
