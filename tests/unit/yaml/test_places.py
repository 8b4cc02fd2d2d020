"""Places are held by nobody: a text that was read in the short way gives them again, the very same."""

from __future__ import annotations

import pytest

from generator.yaml import lean
from generator.yaml.strict import Tree, parse
from tests.helpers.places import SITES

TEXTS = sorted(each for each in SITES.glob("good/*/brands/*/brand.yml"))


def _read(text: str, first_line: int = 1) -> Tree:
    tree, problems = parse("x.yml", text, first_line)
    assert tree is not None and not problems
    return tree


@pytest.mark.parametrize("first_line", [1, 2])
def test_what_was_forgotten_comes_again(first_line: int) -> None:
    assert TEXTS
    for file in TEXTS:
        tree = _read(file.read_text("utf-8"), first_line)
        marks, keys = dict(tree.marks), dict(tree.keys)
        spans = {key: tree.span(key) for key in marks}
        tree.forget()
        assert tree.places is None
        assert {key: tree.span(key) for key in marks} == spans
        assert (tree.marks, tree.keys) == (marks, keys)


def test_the_place_of_a_record_is_known_without_reading_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tree = _read("name: 清风\nid: qingfeng\nunit: [a, b]\n")
    tree.forget()
    monkeypatch.setattr(lean, "read", None)
    assert [str(tree.span(())), str(tree.span(("id",)))] == ["x.yml:1:1", "x.yml:2:5"]


def test_a_text_that_only_the_strict_reader_can_judge_keeps_its_places() -> None:
    tree, problems = parse("x.yml", "name: &a 清风\nid: qingfeng\n")
    assert tree is not None and problems
    tree.forget()
    assert tree.places is not None
