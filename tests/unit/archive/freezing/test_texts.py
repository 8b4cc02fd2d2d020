"""Values written as YAML are read as the same values, by our reader and by another."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.archive.freezing.texts import written
from generator.yaml.strict import parse

_LETTERS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn", "Co"]), max_size=30)
_TEXTS = st.one_of(
    _LETTERS,
    st.sampled_from(["", "true", "null", "~", "是", "2024", "2024-05-01", "1e5", "0x1f", "07", "1:30", "- a", "# b", "a: b", "a #b", " a", "b ", '"', "'"]),
    st.lists(_LETTERS, min_size=2, max_size=4).map("\n".join),
    st.sampled_from(["a\nb\n", "a\n\nb", "\na", " a\nb", "a\n \nb", "a\n\n", "清风\n  缩进\n徐来", "---\na", "a\n---\nb", "a\n...\nb"]),
)
_KEYS = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True)
_VALUES = st.recursive(
    st.one_of(st.none(), _TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_KEYS, inner, max_size=4)),
    max_leaves=12,
)


@given(st.one_of(st.lists(_VALUES, min_size=1, max_size=5), st.dictionaries(_KEYS, _VALUES, min_size=1, max_size=5)))
def test_our_reader_reads_what_was_written(value: Any) -> None:
    text = written(value)
    tree, problems = parse("x.yml", text)
    assert tree is not None and tree.value == value, text
    assert not [each for each in problems if each.is_error and not each.code.startswith("SEC-")], text
    assert written(tree.value) == text


@given(st.dictionaries(_KEYS, _TEXTS, min_size=1, max_size=5))
def test_another_reader_reads_the_same_texts(value: dict[str, str]) -> None:
    read = yaml.load(written(value), Loader=yaml.BaseLoader)  # noqa: S506  it makes nothing but texts
    assert read == value


@pytest.mark.parametrize("text", ["yes", "No", "on", "1_000", "1e3", "012", "12:30:45", "null", "~", "=", "<<", "2024-5-1"])
def test_what_others_take_for_something_else_stands_in_quotation_marks(text: str) -> None:
    assert yaml.safe_load(written({"a": text})) == {"a": text}
