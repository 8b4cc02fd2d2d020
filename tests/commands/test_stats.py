"""``build --stats``: a table of what each stage did, how long it took and what the cache had, as a user sees it."""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

import pytest

from generator.cli import stats
from generator.system import machine
from generator.watch import Watch
from tests.helpers.driver import SiteDriver
from tests.helpers.processes import run, said

_ROW = re.compile(r"(\S.*?) {2,}([0-9,]+) +(-|[0-9,]+) +([0-9]+\.[0-9]{2})")


def _build(site: SiteDriver, cache: Path, language: str, *more: str) -> str:
    done = run("build", "--lang", language, "--cache", str(cache), "--out", str(cache.parent / "out"), *more, cwd=site.root)
    assert done.returncode == 0, said(done)
    return done.stdout.decode()


def _rows(text: str) -> dict[str, tuple[int, str, float]]:
    found = (_ROW.fullmatch(line) for line in text.splitlines())
    return {hit[1]: (int(hit[2].replace(",", "")), hit[3], float(hit[4])) for hit in found if hit}


def test_a_build_says_where_its_time_went(small: SiteDriver, tmp_path: Path) -> None:
    began = time.monotonic()
    first = _build(small, tmp_path / "cache", "zh", "--stats")
    spent = time.monotonic() - began
    rows = _rows(first)
    assert [*rows] == ["读取记录", "检查", "处理图片", "安排页面和文件", "生成数据和检索", "生成页面", "写出并发布"]
    files = int(re.search(r"中有 (\d+) 个文件", first)[1])  # type: ignore[index]
    assert rows["读取记录"][:2] == (7, "0") and rows["写出并发布"][0] == files
    total = float(re.search(r"合计 +([0-9.]+)", first)[1])  # type: ignore[index]
    assert total == pytest.approx(sum(seconds for _, _, seconds in rows.values()), abs=0.05)
    assert 0 < total < spent
    again = _rows(_build(small, tmp_path / "cache", "zh", "--stats"))
    assert again["处理图片"][:2] == (2, "2") and rows["处理图片"][:2] == (2, "0")
    assert again["读取记录"][:2] == (7, "1")  # the one folder; rosters and pages are read each time


def test_it_speaks_english_and_tells_of_memory_where_the_system_does(small: SiteDriver, tmp_path: Path) -> None:
    text = _build(small, tmp_path / "cache", "en", "--stats")
    assert "render pages" in _rows(text)
    told = re.search(r"peak memory: ([0-9,]+) MB, largest child process ([0-9,]+) MB", text)
    if sys.platform == "win32":
        assert told is None
    else:
        assert told is not None and 30 < int(told[1].replace(",", "")) < 2_000


def test_nobody_gets_it_who_has_not_asked(small: SiteDriver, tmp_path: Path) -> None:
    assert not _rows(_build(small, tmp_path / "cache", "zh"))


def test_numbers_stand_below_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "peaks", lambda: None)  # as on Windows
    watch = Watch()
    with watch.stage("read") as stage:
        stage.count, stage.kept = 12_345, 7
    with watch.stage("publish"):
        pass
    *lines, total = stats.table(watch.stages, "zh")
    assert lines[1].split() == ["读取记录", "12,345", "7", "0.00"] and total.split() == ["合计", "0.00"]
    wide = [sum(2 if each > "\u2e80" else 1 for each in line) for line in (*lines, total)]
    assert len(set(wide)) == 1
