"""The short way through YAML gives what the strict reader gives, or leaves the text to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.characters import HIDDEN
from generator.yaml import lean as yamllean
from generator.yaml import strict as yamltree
from tests.helpers.places import SITES

FILES = sorted(SITES.glob("**/*.yml"))
ODD = {
    "an anchor": "a: &x 1\nb: 2\n",
    "an alias": "a: &x 1\nb: *x\n",
    "a tag": "a: !!int 1\n",
    "a tag of a collection": "a: !!map {b: 1}\n",
    "a merge": "a: 1\n<<: {b: 1}\n",
    "a key twice": "a: 1\na: 2\n",
    "a key that is a list": "? [a]\n: 1\n",
    "a cut": "a: 清风 #话题\n",
    "a cut far behind": f"a: 清风{' ' * 90}#话题\n",
    "a hidden character": 'a: "\\u202e清"\n',
    "a folded text": "a: 清\n  风\n",
    "a folded quotation": 'a: "清\n  风"\n',
    "a folded block": "a: >\n  清\n  风\n",
    "a second document": "a: 1\n---\nb: 1\n",
    "a broken line": "a: [1\nb: 2\n",
    "nothing": "",
    "a comment": "# 清风\n",
    "half a pair": "a: \ud800\n",
    "too deep": "[" * 13 + "]" * 13,
    "a scalar": "清风\n",
}


def _strict(text: str, first_line: int = 1) -> yamltree._Reader:
    reader = yamltree._Reader("x.yml", text, first_line)
    reader.read()
    return reader


def _same(text: str, first_line: int = 1) -> bool:
    """Whether the short way was taken; it must then give all that the strict reader gives, which finds nothing."""
    lean = yamllean.read(text, first_line, yamltree.DEPTH_LIMIT)
    if lean is None:
        return False
    strict = _strict(text, first_line)
    assert strict.problems == [] and not strict.spoiled and not strict.anchors
    assert lean == (strict.root, strict.marks, strict.keys)
    assert list(lean[1]) == list(strict.marks)
    return True


def test_it_reads_nearly_every_file_there_is_as_the_strict_reader_does() -> None:
    texts = [each.read_bytes().decode("utf-8", "replace").lstrip("\ufeff") for each in FILES]
    taken = sum(_same(each) for each in texts)
    assert taken > len(texts) / 2


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_what_is_odd_is_left_to_the_strict_reader(text: str) -> None:
    assert yamllean.read(text, 1, yamltree.DEPTH_LIMIT) is None


PIECES = [
    "a: ",
    "b: ",
    "清风",
    "- ",
    "\n",
    "  ",
    "{",
    "}",
    "[",
    "]",
    ", ",
    "|",
    ">",
    "'",
    '"',
    "#",
    " #x",
    "&x ",
    "*x",
    "!y ",
    "~",
    "null",
    "<<: ",
    "? ",
    ": ",
    "---\n",
    "...",
    "\t",
    "\\u202e",
    "\u202e",
    "\r\n",
    "\u2028",
    "1",
]


@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join), st.integers(1, 5))
def test_it_never_differs_from_the_strict_reader(text: str, first_line: int) -> None:
    _same(text, first_line)


@given(
    st.recursive(
        st.sampled_from(["", "清风", "null", "a b", "x: y", "'", "第一行\n第二行\n"]),
        lambda each: st.lists(each, max_size=3) | st.dictionaries(st.sampled_from("abc"), each, max_size=3),
        max_leaves=12,
    )
)
def test_it_reads_what_a_program_writes(value: object) -> None:
    import yaml

    for flow in (True, False):
        _same(yaml.safe_dump(value, allow_unicode=True, default_flow_style=flow))


def test_the_characters_that_are_looked_for_are_those_of_the_strict_reader() -> None:
    assert yamllean.CUT is yamltree.CUT and yamllean.HIDDEN is HIDDEN
