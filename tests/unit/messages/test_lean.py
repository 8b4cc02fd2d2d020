"""The fast reader of wordings says what ``tomllib`` says, of our tables and of any other text."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import generator
from generator.messages import lean

TABLES = sorted(Path(generator.__file__).parent.rglob("*.toml"))

_VALUE = st.one_of(
    st.text(st.sampled_from('ab 中{}=#[],.'), max_size=6).map(lambda text: f'"{text}"'),
    st.sampled_from(['"\\""', '"\\\\"', '"\\n"', '"\\t"', '"\\u4e2d"', '"a\\', '"""a"""', "'a'", "true", "false", "1", '"\x01"', '""']),
)
_NAME = st.sampled_from(["zh", "en", "a", '"a"', "a.b", "A1"])
_LINE = st.one_of(
    st.tuples(_NAME, _VALUE).map(lambda pair: f"{pair[0]} = {pair[1]}"),
    st.tuples(st.sampled_from(['"x.y"', '"x"', "x"]), _VALUE, _VALUE).map(lambda each: f"{each[0]} = {{zh = {each[1]}, en = {each[2]}}}"),
    st.sampled_from(["", "# about", "[A-1]", "[A-2]", '["a.b"]', "[a.b]", "[[a]]", '"x.z" = {zh = "a"}', '"x.w" = {zh = "a", zh = "b"}', " "]),
)


@pytest.mark.parametrize("file", TABLES, ids=lambda each: each.name)
def test_our_tables_are_read_as_they_are(file: Path) -> None:
    text = file.read_text("utf-8")
    found = lean.read(text)
    assert found == tomllib.loads(text) and [*found] == [*tomllib.loads(text)]


def test_nearly_all_of_them_are_read_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    slow: list[str] = []
    loads = tomllib.loads
    monkeypatch.setattr(lean.tomllib, "loads", lambda text: slow.append(text) or loads(text))
    for file in (each for each in TABLES if "wordlists" not in each.parts):
        lean.read(file.read_text("utf-8"))
    assert slow == []


@given(st.lists(_LINE, max_size=6).map("\n".join))
@example('"a" = {zh = "1", en = "2"}\n"a" = {zh = "3", en = "4"}')
@example("[A-1]\n[A-1]")
@example('a = "1"\r\n')
def test_any_text_means_the_same(text: str) -> None:
    try:
        right = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        with pytest.raises(tomllib.TOMLDecodeError):
            lean.read(text)
    else:
        assert lean.read(text) == right
