"""Whatever happens to files of a site, a bag or a deposit is told, with the names of the files; nothing else is."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.archive import deposit
from generator.archive.verify import verify
from tests.helpers import bags, deposits
from tests.helpers.freezing import city, freeze, frozen
from tests.helpers.properties import examples

MANY = pytest.mark.parametrize(("count", "seed"), [(32, 1), pytest.param(examples(1000), 2, marks=pytest.mark.audit)])
LED_TO = ("ARC-111", "ARC-312", "ARC-313")  # told at the pages that lead to what is gone, and where it is listed


def _site(folder: Path) -> Path:
    return deposits.site(folder / "site")


def _bag(folder: Path) -> Path:
    return deposits.deposited(folder / "year") / deposits.BAG


def _year(folder: Path) -> Path:
    return deposits.deposited(folder / "year")


def _frozen(folder: Path) -> Path:
    site = city(folder)
    with pytest.MonkeyPatch.context() as patch:
        code, told = freeze(site, patch)
    assert code == 0, told
    return frozen(site)


@MANY
@pytest.mark.parametrize("make", [_site, _bag, _frozen])
def test_every_change_is_found_and_named(
    make: Callable[[Path], Path], count: int, seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, done = make(tmp_path), Counter[str]()
    assert verify(folder).problems == ()
    for number, (what, files, names) in enumerate(deposits.happenings(folder, count, seed)):
        with deposits.changed(folder, files):
            report = verify(folder)
        about = (number, what, sorted(names))
        told = deposits.named(report)
        assert report.has_failed, about
        # Where the only list of a site has the content of another file, nobody can tell of that one: the list is named.
        is_lost = "manifest.json" in names and what == "swap"
        assert [name for name in (("manifest.json",) if is_lost else names) if name not in told] == [], (about, told)
        lists = {"manifest.json", "bagit.txt", "bag-info.txt"}
        is_list = any(name in lists or "manifest-" in name for name in names)
        blamed = {each.span.path for each in report.problems if each.code not in LED_TO} - lists - names
        assert is_list or blamed == set(), (about, told)
        done[what] += 1
    assert verify(folder).problems == ()
    if count > 100:
        with capsys.disabled():
            print(f"\n{make.__name__.strip('_')}: {done.total()} damages, each found and named: {dict(done)}")


@pytest.mark.parametrize(("count", "seed"), [(24, 3), pytest.param(200, 4, marks=pytest.mark.audit)])
def test_so_is_every_change_in_a_deposit(count: int, seed: int, tmp_path: Path) -> None:
    folder = _year(tmp_path)
    assert verify(folder).problems == ()
    for number, (what, files, names) in enumerate(deposits.happenings(folder, count, seed)):
        with deposits.changed(folder, files):
            report = verify(folder)
        told = deposits.named(report)
        assert report.has_failed, (number, what, names)
        assert [name for name in names if name not in told] == [], (number, what, told)


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("flip", "ARC-101"),
        ("truncate", "ARC-101"),
        ("delete", "ARC-201"),
        ("add", "ARC-202"),
        ("copy", "ARC-202"),
        ("rename", "ARC-203"),
        ("swap", "ARC-102"),
        ("overwrite", "ARC-103"),
    ],
)
def test_it_is_told_what_happened(what: str, code: str, tmp_path: Path) -> None:
    folder = _site(tmp_path)
    pages: dict[str, dict[str, bytes | None]] = {
        "flip": {"404.html": b"<title>x"},
        "truncate": {"404.html": b"<ti"},
        "delete": {"404.html": None},
        "add": {"new.html": b"x"},
        "copy": {"copy.html": (folder / "404.html").read_bytes()},
        "rename": {"404.html": None, "405.html": (folder / "404.html").read_bytes()},
        "swap": {"404.html": (folder / "index.html").read_bytes(), "index.html": (folder / "404.html").read_bytes()},
        "overwrite": {"404.html": (folder / "index.html").read_bytes()},
    }
    with deposits.changed(folder, pages[what]):
        report = verify(folder)
    assert [each.code for each in report.problems] == [code]
    assert {name for name in pages[what] if name not in deposits.named(report)} == set()


def test_three_files_in_a_ring_are_each_named_with_the_one_whose_content_they_have(tmp_path: Path) -> None:
    folder = _site(tmp_path)
    names = ["404.html", "index.html", "img/hall.jpg"]
    old = [(folder / name).read_bytes() for name in names]
    with deposits.changed(folder, dict(zip(names, [old[1], old[2], old[0]], strict=True))):
        report = verify(folder)
    assert [(each.code, each.span.path, dict(each.values)["other"]) for each in report.problems] == [
        ("ARC-103", "404.html", "index.html"),
        ("ARC-103", "img/hall.jpg", "404.html"),
        ("ARC-103", "index.html", "img/hall.jpg"),
    ]


def test_nothing_is_written(tmp_path: Path) -> None:
    folder = _year(tmp_path)
    before = {each: (each.stat().st_mtime_ns, each.stat().st_size) for each in sorted(tmp_path.rglob("*"))}
    verify(folder)
    assert {each: (each.stat().st_mtime_ns, each.stat().st_size) for each in sorted(tmp_path.rglob("*"))} == before


def test_an_archive_by_a_newer_version_is_verified_with_a_warning(tmp_path: Path) -> None:
    facts = replace(deposits.FACTS, version="99.1")
    deposit.write(deposits.season(tmp_path / "season"), facts, tmp_path / "year")
    report = verify(tmp_path / "year")
    assert {(each.code, each.span.path) for each in report.problems} == {
        ("ARC-311", "exhibition-2024/bag-info.txt"),
        ("ARC-311", "exhibition-2024.zip/exhibition-2024/bag-info.txt"),
        ("ARC-311", "exhibition-2024.wacz/datapackage.json"),
    }
    assert not report.has_failed and report.state("versions") == "warned"


def test_a_zip_without_lists_in_a_deposit_is_a_file_like_others(tmp_path: Path) -> None:
    folder = _year(tmp_path)
    with zipfile.ZipFile(folder / "more.zip", "w") as packed:
        packed.writestr("note.txt", "x")
    assert [(each.code, each.span.path) for each in verify(folder).problems] == [("ARC-202", "more.zip")]


def test_a_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    folder = _bag(tmp_path)
    (folder / "data" / os.fsdecode(b"\xff.txt")).write_text("x")
    assert [each.code for each in verify(folder).problems if each.code != "ARC-205"] == ["ARC-202"]


def test_it_is_told_how_far_it_is(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    folder = _site(tmp_path)
    report = verify(folder, told=lambda done, total: heard.append((done, total)))
    total = report.size - (folder / "manifest.json").stat().st_size
    assert heard[0] == (0, total) and heard[-1] == (total, total) and heard == sorted(heard)


def _unlisted_bag(folder: Path) -> Path:
    return bags.put(folder, {name: each for name, each in bags.made("1.0").items() if "manifest" not in name})


def _unlisted_site(folder: Path) -> Path:
    deposits.site(folder)
    (folder / "manifest.json").write_text("{")
    return folder


def _unlisted_year(folder: Path) -> Path:
    year = deposits.deposited(folder / "year")
    (year / "SHA256SUMS").write_text("nothing\n")
    for name in (deposits.ZIP, deposits.WACZ):
        (year / name).unlink()
    shutil.rmtree(year / deposits.BAG)
    return year


def _unlisted_wacz(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "a.wacz", "w") as packed:
        packed.writestr("datapackage.json", "{}")
    return folder / "a.wacz"


@pytest.mark.parametrize("make", [_unlisted_bag, _unlisted_site, _unlisted_year, _unlisted_wacz])
def test_nothing_passes_that_could_not_be_looked_at(make: Callable[[Path], Path], tmp_path: Path) -> None:
    report = verify(make(tmp_path))
    assert report.has_failed
    assert {report.state(item) for item in ("content", "files", "lists", "replay", "signature")} <= {None, "failed"}
