"""Line breaks inside values: what is a blank and what is nothing, as in stories."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.joining import is_no_blank
from generator.yaml.strict import parse


def _value(text: str) -> object:
    tree, problems = parse("a.yml", text)
    assert tree is not None and problems == ()
    return tree.value["a"]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("a: 办案如清风，\n  不留尘。\n", "办案如清风，不留尘。"),
        ("a: >-\n  群众盼公正，\n  法院办实事。\n", "群众盼公正，法院办实事。"),
        ('a: "群众盼\n  公正"\n', "群众盼公正"),
        ("a: '群众盼\n  ''公正'''\n", "群众盼 '公正'"),
        ("a: service\n  desk\n", "service desk"),
        ("a: 共\n  30个\n", "共 30个"),
        ("a: 见《Service》，\n  desk\n", "见《Service》，desk"),
        ("a: >-\n  第一段\n\n  第二段\n", "第一段\n第二段"),
    ],
)
def test_a_line_break_is_a_blank_between_words_and_nothing_between_han(written: str, value: str) -> None:
    assert _value(written) == value


@given(st.lists(st.text(alphabet="汉字，。“”ab1", min_size=1, max_size=6), min_size=2, max_size=6))
def test_values_and_stories_join_lines_alike(lines: list[str]) -> None:
    expected = lines[0]
    for before, line in zip(lines, lines[1:], strict=False):
        expected += line if is_no_blank(before, line) else f" {line}"
    assert _value("a: >-\n" + "".join(f"  {line}\n" for line in lines)) == expected


def test_a_long_value_of_short_lines_is_read_in_linear_time() -> None:
    """Counted by what is left undone: a quadratic search would not end within the time of the run."""
    text = 'a: "' + "汉\\x41\n  ".join(["字"] * 20_000) + '"\n'
    assert str(_value(text)).count("字") == 20_000
