"""Days, times and years typed wrongly on the command line: each ends with 2 and a word about what to type."""

from __future__ import annotations

import pytest

from tests.helpers.driver import SiteDriver
from tests.helpers.processes import here, run, said

LONG = "9" * 5000
AS_OF = (
    *("", " ", "　", "x", "today", "now", "明天", "长期", "永久", "NaN", "1e9", "-1", LONG, "\x1b[31m", "2024-05-01\n\n2"),
    *("2024", "2024-05", "2024-5-1", "2024/05/01", "20240501", "2024-W01-1", "2024-123", "２０２４-０５-０１", "2024年5月1日"),
    *("2024-13-01", "2024-02-30", "2023-02-29", "1900-02-29", "2024-00-10", "-2024-05-01"),
    *("0001-01-01", "0000-01-01", "1899-12-31", "2200-01-01", "9999-12-31", "99999-01-01"),
    *("2024-05-01T", "2024-05-01T9", "2024-05-01T09", "2024-05-01T24:00", "2024-05-01T23:59:60", "2024-05-01T25:00"),
    *("2024-05-01T09:00+99:00", "2024-05-01T09:00+14:01", "2024-05-01T09:00-23:59", "2024-05-01T09:00Z+"),
    *("2024-05-01T09:00 CST", "2024-05-01t09:00z", "2024-05-01T09:00:00.123456", "2024-05-01T09:00+08:00:30"),
    *("9999-12-31T23:59Z", "0001-01-01T00:00+14:00", "2199-12-31T23:59-14:00", "1900-01-01T00:00+14:00"),
)
YEARS = ("", "0", "-1", "1899", "2200", "9999", LONG, "２０２４", "2024.0", "abc", "2024-05", "长期", "+2024", "0x7e8", "1e3")
RELEASES = ("0", "9999", LONG, "../x", "a/b", "..", "/etc", "２０２３", "2023 ", "x\ty", "\x1b]0;a\x07", "2023-05", "*", "长期", "")
EPOCHS = ("-1", "-99999999999999", "99999999999999", "7258118400", LONG, "1.5", "1e9", "x", "２", "0x10", "2024-05-01", "NaN")


def _refused(done: object, *words: str) -> None:
    text = said(done)  # type: ignore[arg-type]
    assert done.returncode == 2, text  # type: ignore[attr-defined]
    assert "Traceback" not in text and "程序内部出错" not in text and "Error" not in text
    assert "\x1b" not in text and len(text) < 1000
    assert all(each in text for each in words), text


@pytest.mark.parametrize("written", AS_OF, ids=ascii)
@pytest.mark.parametrize("command", ["check"])
def test_a_time_that_is_none(small: SiteDriver, monkeypatch: pytest.MonkeyPatch, command: str, written: str) -> None:
    _refused(here(monkeypatch, command, f"--as-of={written}", cwd=small.root), "--as-of", "2024-05-01")


@pytest.mark.parametrize("command", [("build",), ("serve",), ("release", "2023", "--write"), ("cache", "stat"), ("headers", "--for", "nginx")])
def test_every_command_refuses_such_a_time(
    small: SiteDriver, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    for written in ("9999-12-31T23:59Z", "0001-01-01", "x"):
        _refused(here(monkeypatch, *command, "--as-of", written, cwd=small.root), "--as-of", "2024-05-01")


@pytest.mark.parametrize("written", YEARS, ids=ascii)
def test_a_year_that_is_none(small: SiteDriver, monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    _refused(here(monkeypatch, "build", f"--year={written}", cwd=small.root), "--year", "1900", "2199")
    assert not list(small.root.glob("site-*"))


@pytest.mark.audit
@pytest.mark.parametrize("written", RELEASES, ids=ascii)
@pytest.mark.parametrize("what", ["--explain", "--write"])
def test_a_release_of_no_year(small: SiteDriver, monkeypatch: pytest.MonkeyPatch, what: str, written: str) -> None:
    cache = f"--cache={small.root.parent / 'cache'}"
    _refused(here(monkeypatch, "release", what, cache, "--", written, cwd=small.root), "2023")


@pytest.mark.parametrize("epoch", EPOCHS, ids=ascii)
def test_an_epoch_that_is_none(small: SiteDriver, monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    _refused(here(monkeypatch, "check", cwd=small.root, SOURCE_DATE_EPOCH=epoch), "SOURCE_DATE_EPOCH", "--as-of")


@pytest.mark.parametrize("epoch", ["0", "1767225600", "7258118399", " 86400 "])
def test_an_epoch_at_the_edge_is_one(small: SiteDriver, monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    cache = str(small.root.parent / "cache")
    done = here(monkeypatch, "check", "--cache", cache, cwd=small.root, SOURCE_DATE_EPOCH=epoch)
    assert done.returncode == 0, said(done)


@pytest.mark.parametrize("written", ["1900-01-01", "2199-12-31", "2199-12-31T23:59", "1900-01-01T00:00", "2024-02-29T00:00-14:00"])
def test_times_at_the_edge_are_built(small: SiteDriver, monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    cache = str(small.root.parent / "cache")
    done = here(monkeypatch, "check", "--cache", cache, "--as-of", written, cwd=small.root)
    assert done.returncode == 0, said(done)


def test_a_process_ends_with_2(small: SiteDriver) -> None:
    for arguments in (("check", "--as-of", "9999-12-31T23:59Z"), ("build", "--year", "9999"), ("serve", "--as-of", "0001-01-01")):
        _refused(run(*arguments, cwd=small.root))
