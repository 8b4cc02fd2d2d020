"""A late pattern is what it stands for, and is compiled once, when somebody asks."""

from __future__ import annotations

import re

import pytest

from generator import patterns


def test_it_finds_what_the_other_finds() -> None:
    one, other = patterns.late("(?P<a>[a-z]+)([0-9])", re.IGNORECASE), re.compile("(?P<a>[a-z]+)([0-9])", re.IGNORECASE)
    text = "ab1 CD2 e3 4"
    assert [each.span() for each in one.finditer(text)] == [each.span() for each in other.finditer(text)]
    assert one.sub("x", text) == other.sub("x", text) and one.findall(text) == other.findall(text)
    assert one.fullmatch(text) is None and one.pattern == other.pattern and one.flags == other.flags


def test_it_is_compiled_when_it_is_asked_and_not_before(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    real = re.compile
    monkeypatch.setattr(patterns.re, "compile", lambda text, flags: compiled.append(text) or real(text, flags))
    pattern = patterns.late("never[ ]seen")
    assert compiled == []
    assert [bool(pattern.search(each)) for each in ("never seen", "seen", "never")] == [True, False, False]
    assert compiled == ["never[ ]seen"]


def test_what_is_no_pattern_fails_when_it_is_asked() -> None:
    with pytest.raises(re.error):
        patterns.late("(").search("")
