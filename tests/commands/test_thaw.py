"""``exhibit thaw`` and what ``exhibit check`` says of frozen years, as a shell sees them."""

from __future__ import annotations

from datetime import date
from subprocess import CompletedProcess

import pytest

from generator.ledger.locks import Thaw, path_of, read_locks
from generator.source.files import discover
from tests.helpers.driver import SiteDriver
from tests.helpers.frozen import BRAND, alter, lay
from tests.helpers.processes import here, run, said

GOOD = ("--reason", "一张照片的授权到期", "--by", "机关工委办公室")


def _common(site: SiteDriver) -> tuple[str, ...]:
    return ("--as-of", "2026-06-01", "--cache", str(site.root.parent / "cache"))


def _thaw(patch: pytest.MonkeyPatch, site: SiteDriver, *arguments: str) -> CompletedProcess[bytes]:
    return here(patch, "thaw", "2024", *_common(site), *arguments, cwd=site.root)


@pytest.fixture
def frozen(small: SiteDriver) -> SiteDriver:
    lay(small.root, 2024)
    return small


def _lock(site: SiteDriver) -> bytes:
    return (site.root / path_of(2024)).read_bytes()


def test_a_thaw_is_recorded_shown_and_lets_the_year_be_frozen_anew(frozen: SiteDriver) -> None:
    before = read_locks(discover(frozen.root)[0]).sound[2024].data
    done = run("thaw", "2024", *_common(frozen), *GOOD, cwd=frozen.root)
    assert done.returncode == 0 and "exhibit archive 2024" in said(done), said(done)
    lock = read_locks(discover(frozen.root)[0]).sound[2024].data
    assert lock.content == before.content and lock.is_open
    assert lock.thawed == (Thaw(on=date(2026, 6, 1), by=GOOD[3], reason=GOOD[1], digest=before.digest),)
    assert run("check", *_common(frozen), cwd=frozen.root).returncode == 0
    done = run("build", "--out", "../site-out", *_common(frozen), cwd=frozen.root)
    assert done.returncode == 0, said(done)
    assert "授权到期" in frozen.page("years/") and "等待重新封存" in frozen.page("versions/")
    lay(frozen.root, 2024, [{**BRAND, "title": "清风"}], thawed=lock.thawed)
    done = run("build", "--out", "../site-out", *_common(frozen), cwd=frozen.root)
    assert done.returncode == 0, said(done)
    assert "授权到期" in frozen.page("years/") and "等待重新封存" not in frozen.page("versions/")


def test_a_changed_year_ends_the_check_and_the_build_with_1(frozen: SiteDriver) -> None:
    alter(frozen.root, "2024/index.html", b"changed")
    for command in (("check",), ("check", "content/archives/2024.yml"), ("build", "--out", "../site-out")):
        done = run(*command, *_common(frozen), cwd=frozen.root)
        assert done.returncode == 1 and "ARC-001" in said(done) and "index.html" in said(done), said(done)
    assert not frozen.out.exists()


def test_a_build_with_nothing_to_do_looks_at_the_frozen_years_too(frozen: SiteDriver) -> None:
    build = ("build", "--out", "../site-out", "--lang", "en", "--cache", str(frozen.root.parent / "cache"))
    assert run(*build, cwd=frozen.root).returncode == 0
    alter(frozen.root, "2024/index.html", b"changed")
    assert run(*build, cwd=frozen.root).returncode == 1


def test_a_submission_is_compared_with_the_site_it_was_made_from(frozen: SiteDriver) -> None:
    base = frozen.root.parent / "base"
    frozen.root.rename(base)
    entry = SiteDriver.copy("good/small", frozen.root.parent)
    lay(entry.root, 2024, [{**BRAND, "title": "别的"}])
    done = run("check", *_common(entry), "--root", str(entry.root), "--theme", str(base), cwd=entry.root.parent)
    assert done.returncode == 1 and "content/archives/2024.yml:6:9" in said(done) and "ARC-001" in said(done), said(done)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--reason", "联系 13800138000", "--by", "办公室"), 1, "PII-002"),
        (("--reason", "证件 11010519491231002X", "--by", "办公室"), 1, "PII-001"),
        (("--reason", " ", "--by", "办公室"), 1, "SCH-001"),
        (("--reason", "一\n二", "--by", "办公室"), 1, "SCH-008"),
        (("--reason", "字" * 301, "--by", "办公室"), 1, "SCH-005"),
        (("--reason", "<b>", "--by", "办公室"), 1, "SEC-003"),
        (("--reason", "错字"), 2, "--by"),
        (("--by", "办公室"), 2, "--reason"),
        ((*GOOD, "--on", "2025-01-05"), 2, "2025-01-06"),
        ((*GOOD, "--on", "2026-06-02"), 2, "2026-06-01"),
        ((*GOOD, "--on", "gestern"), 2, "--on"),
    ],
)
def test_what_cannot_be_a_thaw_is_refused_and_nothing_is_written(
    arguments: tuple[str, ...], code: int, words: str, frozen: SiteDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _lock(frozen)
    done = _thaw(monkeypatch, frozen, *arguments)
    assert done.returncode == code and words in said(done), said(done)
    assert "13800138000" not in said(done)
    assert _lock(frozen) == before


def test_a_day_may_be_given(frozen: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _thaw(monkeypatch, frozen, *GOOD, "--on", "2025-03-01").returncode == 0
    assert b"- on: 2025-03-01\n" in _lock(frozen)


def test_a_year_is_thawed_once_and_only_where_it_is_frozen(frozen: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _thaw(monkeypatch, frozen, *GOOD).returncode == 0
    before = _lock(frozen)
    again = _thaw(monkeypatch, frozen, *GOOD)
    assert again.returncode == 2 and "2026-06-01" in said(again) and _lock(frozen) == before
    done = here(monkeypatch, "thaw", "2023", *_common(frozen), *GOOD, "--lang", "en", cwd=frozen.root)
    assert done.returncode == 2 and "2023 is not frozen" in said(done) and "2024" in said(done)


def test_a_damaged_lock_is_told_and_stays(frozen: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    frozen.edit(path_of(2024), "files: ", "file: ")
    before = _lock(frozen)
    done = _thaw(monkeypatch, frozen, *GOOD)
    assert done.returncode == 1 and "SCH-002" in said(done) and _lock(frozen) == before


@pytest.mark.parametrize("path", ["archives", "archives/2024", "archives/2024/index.html", "content/archives", "content/archives/2024.yml"])
def test_a_path_of_a_frozen_year_asks_for_its_problems(path: str, frozen: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(frozen.root, 2023)
    clean = here(monkeypatch, "check", path, *_common(frozen), cwd=frozen.root)
    assert clean.returncode == 0, said(clean)
    alter(frozen.root, "2024/brands/qingfeng/index.html", b"changed")
    done = here(monkeypatch, "check", path, *_common(frozen), cwd=frozen.root)
    assert done.returncode == 1 and "ARC-001" in said(done), said(done)
    other = here(monkeypatch, "check", "archives/2023", *_common(frozen), cwd=frozen.root)
    assert other.returncode == 0 and "ARC-001" not in said(other), said(other)


def test_a_folder_that_is_no_frozen_year_is_told_by_its_path(frozen: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    frozen.write("archives/2022/x.txt", "x")
    done = here(monkeypatch, "check", "archives/2022/x.txt", *_common(frozen), cwd=frozen.root)
    assert done.returncode == 1 and "ARC-003" in said(done), said(done)


@pytest.mark.parametrize("path", ["2024/brands/qingfeng/", "2024/index.html", "archives/2024/index.html", "archives/2024"])
def test_explain_says_that_a_file_is_frozen(path: str, frozen: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    done = here(monkeypatch, "explain", path, *_common(frozen), "--lang", "en", cwd=frozen.root)
    assert done.returncode == 0 and "a frozen year" in said(done) and "content/archives/2024.yml" in said(done), said(done)


def test_explain_knows_no_file_that_a_frozen_year_has_not(frozen: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    done = here(monkeypatch, "explain", "2024/nothing/", *_common(frozen), cwd=frozen.root)
    assert done.returncode == 2, said(done)
