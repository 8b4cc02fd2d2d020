"""Media types, the mark of our pages, the stages of projects and wordings each stand in one place."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

import generator
from tests.helpers.places import ROOT

PACKAGE = Path(generator.__file__).parent
_TYPE = re.compile(r"(?:text|image|video|audio|font|application)/[a-z0-9][a-z0-9.+-]*")


def _texts(node: ast.AST) -> set[str]:
    return {each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)}


@pytest.mark.parametrize(
    ("is_one", "places"),
    [
        (_TYPE.fullmatch, {"text/media_types.py"}),
        (re.compile("立项|结项").fullmatch, {"kinds/project/stages.py"}),
        (re.compile('<meta name="generator".*').fullmatch, {"__init__.py"}),
    ],
)
def test_stands_in_one_place(is_one: object, places: set[str]) -> None:
    found = {
        file.relative_to(PACKAGE).as_posix()
        for file in PACKAGE.rglob("*.py")
        if any(is_one(text) for text in _texts(ast.parse(file.read_text("utf-8"))))  # type: ignore[operator]
    }
    assert found == places


def test_wording_files_are_named_by_the_keys_they_hold() -> None:
    """A file of ``words/`` holds the keys with its name before the first dot; ``common`` those with few others."""
    folder = ROOT / "generator/messages/words"
    keys = {file.stem: [each.split(".")[0] for each in tomllib.loads(file.read_text("utf-8"))] for file in folder.glob("*.toml")}
    assert all(set(found) == {name} for name, found in keys.items() if name != "common")
    assert not keys.keys() & set(keys["common"])
    assert max(Counter(keys["common"]).values()) < 5
