"""What ``docs/verifying.md`` says to type works as it stands, and both languages say the same."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from generator.archive.verify.report import ASPECTS, ITEM_OF, ITEMS
from generator.problems import CATALOGUE
from tests.helpers import deposits
from tests.helpers.places import ROOT

PAGES = (ROOT / "docs/verifying.md", ROOT / "docs/verifying.zh-CN.md")


def _block(page: Path) -> str:
    [block] = re.findall(r"```sh\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    return str(block)


def test_both_languages_have_the_same_parts_rows_codes_and_lines() -> None:
    texts = [page.read_text("utf-8") for page in PAGES]
    for pattern in (r"^## ", r"^\| "):
        assert len({len(re.findall(pattern, text, re.MULTILINE)) for text in texts}) == 1
    assert len({tuple(re.findall(r"ARC-\d+|`[^`\n]+\.(?:json|txt)`", text)) for text in texts}) == 1
    assert _block(PAGES[0]) == _block(PAGES[1])


def test_the_lines_without_this_program_find_what_changed(tmp_path: Path) -> None:
    folder = deposits.deposited(tmp_path / "year")
    named = f"{deposits.BAG}/data/2024/404.html"

    def failed() -> list[str]:
        done = subprocess.run(["sh", "-c", _block(PAGES[0])], cwd=folder, capture_output=True, text=True, check=False)
        return [line for line in done.stdout.splitlines() if "100%25" not in line]  # as the page says of such names

    assert failed() == []
    with deposits.changed(folder, {named: b"something else"}):
        assert failed() == [f"{named}: FAILED", f"{named.removeprefix(f'{deposits.BAG}/')}: FAILED"]


@pytest.mark.parametrize("code", sorted(each for each in CATALOGUE if each.startswith("ARC-") and each > "ARC-1"))
def test_every_code_belongs_to_the_aspect_of_its_hundred(code: str) -> None:
    assert ITEM_OF[code] in ITEMS[ASPECTS[int(code[4]) - 1]]
