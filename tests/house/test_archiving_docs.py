"""What ``docs/archiving.md`` says to type works as it stands, both languages say the same, and nothing claims to conform."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.archive.verify.report import ASPECTS
from generator.messages import say
from tests.helpers import deposits
from tests.helpers.places import ROOT

PAGES = (ROOT / "docs/archiving.md", ROOT / "docs/archiving.zh-CN.md")


def _block(page: Path, language: str) -> str:
    [block] = re.findall(rf"```{language}\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    return str(block)


def test_both_languages_have_the_same_parts_rows_names_and_lines() -> None:
    texts = [page.read_text("utf-8") for page in PAGES]
    for pattern in (r"^## ", r"^\| ", r"^[0-9]\. ", r"^- "):
        assert len({len(re.findall(pattern, text, re.MULTILINE)) for text in texts}) == 1, pattern
    names = r"(?:DA/T|GB/T|RFC|ISO) ?[0-9-]+|ARC-\d+|exhibit [a-z]+|`[^`\n]+`"
    found = [sorted(re.findall(names, text)) for text in texts]
    assert [each.replace("年度·保管期限·种类", "year·retention·kind") for each in found[1]] == found[0]
    for language in ("sh", "cron"):
        assert _block(PAGES[0], language) == _block(PAGES[1], language)


@pytest.mark.skipif(shutil.which("unzip") is None or shutil.which("sha256sum") is None, reason="no unzip or sha256sum here")
def test_the_lines_for_thirty_years_from_now_find_what_changed(tmp_path: Path) -> None:
    folder = deposits.companied(tmp_path / "year")

    def told() -> str:
        done = subprocess.run(["sh", "-c", _block(PAGES[0], "sh")], cwd=folder, capture_output=True, text=True, check=False)
        return done.stdout

    assert told().startswith("No errors") and "移交单位：江城市机关工委" in told() and "检查单位：" in told()
    with deposits.changed(folder / deposits.HANDOVER, {"目录文件.XML": b"x"}):
        assert told().count("FAILED") == 2


def test_every_file_of_a_deposit_is_described(tmp_path: Path) -> None:
    text = PAGES[0].read_text("utf-8")
    for each in deposits.companied(tmp_path / "year").iterdir():
        assert f"`{each.name}{'/' if each.is_dir() else ''}`" in text, each.name


def test_the_four_tests_and_what_is_left_to_people_are_in_the_table() -> None:
    for page in PAGES:
        text = page.read_text("utf-8")
        assert all(say(f"verify.aspect.{each}", "zh") in text for each in ASPECTS)
        rows = [each for each in text.splitlines() if each.startswith("| ") and each.count("|") == 4]
        assert len(rows) > 25 and all(cell.strip() for each in rows for cell in each.strip("|").split("|"))


def test_the_job_that_is_described_is_there() -> None:
    for page in PAGES:
        for name in re.findall(r"`(\.(?:ci|github|gitlab)[^`]+)`", page.read_text("utf-8")):
            assert (ROOT / name).is_file(), name
    assert " bash .ci/verify-archives /srv/archive/" in _block(PAGES[0], "cron") and _block(PAGES[0], "cron").count("\n") == 1
    assert re.match(r"17 2 10 1 \* ", _block(PAGES[0], "cron"))
    for workflow in (".github/workflows/verify-archives.yml", ".gitlab-ci.yml"):
        assert "17 2 10 1 *" in (ROOT / workflow).read_text("utf-8")
