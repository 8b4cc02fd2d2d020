"""Decisions are half a page, listed, and name files that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.helpers.places import ROOT

FOLDER = ROOT / "docs/decisions"
DECISIONS = sorted(FOLDER.glob("[0-9]*.md"))
PLACES = ("benchmarks/", "docs/", "generator/", "tests/", "theme/")  # what a path in a decision begins with
FILES = {each.name for place in PLACES for each in (ROOT / place).rglob("*.*")} | {"setup.py"}


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_half_a_page(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    words = [word for line in lines for word in line.split() if re.search(r"\w", word)]
    assert re.match(r"# [0-9]{3} \S", lines[0])
    assert lines[0][2:5] == path.name[:3]
    assert len(lines) <= 25
    assert max(map(len, lines)) <= 120
    assert len(words) <= 260


def test_the_list_of_decisions_is_whole_and_in_order() -> None:
    rows = re.findall(
        r"^\| \[([0-9]{3})\]\((\S+)\) \| (.+?) \| .+ \|$", (FOLDER / "README.md").read_text("utf-8"), re.M
    )
    assert [(f"# {number} {title}", name) for number, name, title in rows] == [
        (path.read_text("utf-8").splitlines()[0], path.name) for path in DECISIONS
    ]
    assert len({number for number, _, _ in rows}) == len(rows)


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_files_that_a_decision_names_exist(path: Path) -> None:
    named = re.findall(r"`([^`\s]+)`", path.read_text("utf-8"))
    assert [each for each in named if each.startswith(PLACES) and not (ROOT / each).exists()] == []
    assert [each for each in named if re.fullmatch(r"[\w-]+\.(py|js|css)", each) and each not in FILES] == []
