"""Kept values are named by the program that made them."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pytest

from generator import program


def test_whoever_changes_the_program_has_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "room").mkdir()
    (tmp_path / "room/code.py").write_text("one", "utf-8")
    monkeypatch.setattr(program, "PACKAGE", tmp_path)
    asked = program.state.__wrapped__
    before = asked()
    assert asked() == before
    (tmp_path / "room/notes.txt").write_text("no code", "utf-8")
    assert asked() == before
    (tmp_path / "room/words.toml").write_text("two", "utf-8")
    assert asked() != before


def test_versions_are_those_that_are_installed() -> None:
    for name in ("pydantic", "PyYAML", "jinja2", "mkdocs-material"):
        assert version(name) in program.versions(name)


def test_where_no_folder_says_it_the_library_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "_distributions", lambda: ())
    assert program.versions.__wrapped__("pydantic") == repr([version("pydantic")])
