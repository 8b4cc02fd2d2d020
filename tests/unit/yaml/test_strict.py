"""Strict YAML: every value is the string that was written, has its place, and no text is too odd to be answered."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from generator.problems import Problem, Span
from generator.yaml.strict import DEPTH_LIMIT, KeyPath, Tree, leaves, parse
from tests.helpers.yaml_tokens import TOKENS

# What a source file can hold once it was read: hidden characters are replaced before YAML is looked at.
READABLE = st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Cn"), include_characters="\n\t")
WORDS = st.text(READABLE, max_size=30) | st.sampled_from(
    (
        "",
        " ",
        "no",
        "010",
        "1:30",
        "1e3",
        "~",
        "- a",
        "a: b",
        "# c",
        "'",
        '"',
        "品牌\n第二行\n",
        "😀 名称",
        "𠮷𠮷",
        "|",
        "&a",
        "*a",
    )
)
KEYS = st.text(READABLE, min_size=1, max_size=8).filter(lambda each: each not in ("*", "<<"))
SCALARS = WORDS | st.integers() | st.booleans() | st.floats(allow_nan=False)
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def _codes(problems: tuple[Problem, ...]) -> list[tuple[str, int, int]]:
    return [(each.code, each.span.line, each.span.column) for each in problems]


def _read(text: str, first_line: int = 1) -> Tree:
    tree, problems = parse("a.yml", text, first_line)
    assert tree is not None, problems
    return tree


def _assert_answered(text: str) -> None:
    """The text gives a tree or a problem, and whatever is said of it lies in it."""
    tree, problems = parse("a.yml", text)
    assert tree is not None or problems
    end = len(text.splitlines()) + 1
    for each in problems:
        assert each.span.path == "a.yml"
        assert 1 <= each.span.line <= end
        assert each.span.column >= 1
        assert each.text("zh") and each.text("en")
    if tree is not None:
        for path, value in leaves(tree.value):
            assert isinstance(value, str)
            assert 1 <= tree.span(path).line <= end


@given(st.text(READABLE))
@example("\ufffd")
@example("a: \ufffd\n")
def test_any_readable_text_gives_a_tree_or_a_problem(text: str) -> None:
    _assert_answered(text)


@given(st.lists(TOKENS, max_size=25).map("".join))
@example("? [a]\n: b\n")
@example("*x: 1\n*x: 2\n<<: *x\n")
@example("a: &x {b: *x}\n")
def test_any_heap_of_yaml_signs_gives_a_tree_or_a_problem(text: str) -> None:
    _assert_answered(text)


@given(st.text())
@example("a: \x00b")
@example("a: 1\x0bb: 2")
@example("\ufeffa: 1")
def test_any_text_at_all_gives_a_tree_or_a_problem(text: str) -> None:
    tree, problems = parse("a.yml", text)
    assert tree is not None or problems


def test_half_a_surrogate_pair_is_a_problem() -> None:
    tree, problems = parse("a.yml", "a: \ud800")
    assert tree is None
    assert problems


def _nodes(node: yaml.Node, path: KeyPath = ()) -> list[tuple[KeyPath, yaml.Node]]:
    found = [(path, node)]
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            found += _nodes(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            found += _nodes(value, (*path, index))
    return found


def _unspaced(value: Any) -> Any:
    """``value`` without single spaces, which a break between Han characters may have taken."""
    if isinstance(value, dict):
        return {key: _unspaced(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_unspaced(each) for each in value]
    return re.sub(r"(?<! ) (?! )", "", value) if isinstance(value, str) else value


@given(DATA, st.booleans(), st.sampled_from((20, 80, 100_000)))
@example({"a": ["品牌 名称", "𠮷 ", {"😀😀": "x: y"}]}, True, 80)
@example(["a\nb\n", {"c": "d " * 30}], False, 20)
def test_dumped_data_reads_back_as_it_was_written_with_every_place(data: Any, flow: bool, width: int) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow, width=width, sort_keys=False)
    tree, problems = parse("a.yml", text)
    assert tree is not None and not problems, (text, problems)
    plain = yaml.load(text, yaml.BaseLoader)  # noqa: S506  every scalar stays a string
    assert tree.value == plain if width > 80 else _unspaced(tree.value) == _unspaced(plain)
    lines = text.split("\n")
    node = yaml.compose(text, yaml.BaseLoader)  # PyYAML's own parser, not the one in C that is used for reading
    assert node is not None
    for path, each in _nodes(node):
        span = tree.span(path)
        assert (span.line, span.column) == (each.start_mark.line + 1, each.start_mark.column + 1), (text, path)
        if isinstance(each, yaml.ScalarNode) and each.style not in ("|", ">"):
            here = "\n".join([lines[span.line - 1][span.column - 1 :], *lines[span.line :]])
            written = here[: each.end_mark.index - each.start_mark.index]
            assert yaml.load(written or "''", yaml.BaseLoader) == each.value  # noqa: S506


@given(DATA, st.integers(1, 40))
def test_the_first_line_moves_every_place_down(data: Any, first_line: int) -> None:
    text = yaml.safe_dump(data, allow_unicode=True)
    here, there = _read(text), _read(text, first_line)
    assert here.value == there.value
    for path in here.marks:
        one, other = here.span(path), there.span(path)
        assert (one.line + first_line - 1, one.column) == (other.line, other.column)


@given(DATA)
def test_problems_move_down_with_the_first_line_too(data: Any) -> None:
    text = yaml.safe_dump({"a": data}, allow_unicode=True) + "a: 1\nb: *x\nc: !t 1\nd: [\n"
    _, here = parse("a.yml", text)
    _, there = parse("a.yml", text, 11)
    assert [each.code for each in here] == ["SCH-012", "SCH-013", "SCH-014", "SCH-033"]
    assert [(code, line + 10, column) for code, line, column in _codes(here)] == _codes(there)


SURPRISES = (
    "no",
    "yes",
    "on",
    "010",
    "0o10",
    "0x1F",
    "1:30",
    "1e3",
    "1_000",
    ".5",
    "+1",
    "2024-05-01",
    "true",
    "=",
    "-",
)


@pytest.mark.parametrize("written", SURPRISES)
def test_what_other_readers_turn_into_something_else_stays_the_string_written(written: str) -> None:
    if written == "-":
        assert _read("a: '-'").value == {"a": "-"}
        return
    assert _read(f"a: {written}\n").value == {"a": written}
    assert _read(f"- {written}\n").value == [written]
    assert _read(f"{written}: a\n").value == {written: "a"}


@pytest.mark.parametrize("written", ["", "~", "null", "# a comment"])
def test_a_value_left_out_is_nothing(written: str) -> None:
    assert _read(f"a: {written}\nb: x\n").value == {"a": None, "b": "x"}
    assert _read(f"- {written}\n- x\n").value == [None, "x"]


@pytest.mark.parametrize("quoted", ["''", '""', "'~'", '"null"'])
def test_a_quoted_value_is_text_even_when_it_looks_like_nothing(quoted: str) -> None:
    assert _read(f"a: {quoted}\n").value == {"a": quoted[1:-1]}


FAULTS: tuple[tuple[str, str, list[tuple[str, int, int]]], ...] = (
    ("a duplicate key", "a: 1\nb: 2\na: 3\n", [("SCH-012", 3, 1)]),
    ("a duplicate key in braces", "a: {品: 1, 品: 2}\n", [("SCH-012", 1, 11)]),
    ("a duplicate key in a list", "- 名: 1\n  名: 2\n", [("SCH-012", 2, 3)]),
    ("two duplicate keys", "a: 1\na: 2\na: 3\n", [("SCH-012", 2, 1), ("SCH-012", 3, 1)]),
    ("a duplicate written differently", "'a': 1\n\"\\x61\": 2\n", [("SCH-012", 2, 1)]),
    ("a problem inside a duplicate", "a: 1\na: {b: *x}\n", [("SCH-012", 2, 1), ("SCH-013", 2, 8)]),
    ("an alias", "a: *x\nb: 1\n", [("SCH-013", 1, 4)]),
    ("an alias of an anchor is one problem", "a: &x 1\nb: *x\n", [("SCH-013", 2, 4)]),
    ("an alias to itself", "a: &x {b: *x}\n", [("SCH-013", 1, 11)]),
    ("an alias in a list after astral characters", "a: [𠮷𠮷, *x]\n", [("SCH-013", 1, 9)]),
    ("an alias as a key", "*x : 1\nb: 1\n", [("SCH-013", 1, 1)]),
    ("an alias as the whole text", "*x", [("SCH-013", 1, 1)]),
    ("an anchor that nothing uses", "a: &x 1\nb: 2\n", [("SCH-013", 1, 4)]),
    ("an anchor of a list", "a:\n  &x\n  - 1\n", [("SCH-013", 2, 3)]),
    ("an anchor of the whole text", "&x\na: 1\n", [("SCH-013", 1, 1)]),
    ("a merge of a mapping", "b: 1\n<<: {a: 2}\n", [("SCH-013", 2, 1)]),
    ("a merge of an alias", "a: &m {b: 1}\nc:\n  <<: *m\n", [("SCH-013", 3, 7)]),
    ("a merge of nothing known", "<<: *m\n", [("SCH-013", 1, 5)]),
    ("a tag of our own", "a: !x 1\n", [("SCH-014", 1, 4)]),
    ("a tag of Python", "a: !!python/object/apply:os.system [x]\n", [("SCH-014", 1, 4)]),
    ("a tag that says what it is anyway", "a: 1\nb: !!str 2\n", [("SCH-014", 2, 4)]),
    ("a tag of a list", "漢: !!set {a}\n", [("SCH-014", 1, 4)]),
    ("a tag of the whole text", "!!map\na: 1\n", [("SCH-014", 1, 1)]),
    ("a tag in full", "a: !<tag:example.com,2000:x> 1\n", [("SCH-014", 1, 4)]),
    ("a tag and an anchor", "a: &x !y 1\n", [("SCH-014", 1, 4), ("SCH-013", 1, 4)]),
    ("a second document", "a: 1\n---\nb: 1\n", [("SCH-017", 2, 1)]),
    ("a second document that is empty", "a: 1\n...\n---\n", [("SCH-017", 3, 1)]),
    ("a tab before a key", "a:\n\tb: 1\n", [("SCH-011", 2, 1)]),
    ("a tab after spaces", "a:\n  \tb: 1\n", [("SCH-011", 2, 3)]),
    ("a tab before the first key", "\ta: 1\n", [("SCH-011", 1, 1)]),
    ("a tab before a list", "a:\n\t- 1\n", [("SCH-011", 2, 1)]),
    ("a list as a key", "? [a]\n: b\n", [("SCH-032", 1, 3)]),
    ("a mapping as a key", "? {a: b}\n: b\n", [("SCH-032", 1, 3)]),
    ("a second colon", "品牌: 名称: 内容\n", [("SCH-030", 1, 7)]),
    ("a colon that is missing", "a: 1\n品牌\nc: 2\n", [("SCH-022", 2, 1)]),
    ("a quote that is never closed", "a: 1\n品: '没有完\nb: 2\n", [("SCH-026", 2, 4)]),
    ("a double quote that is never closed", '𠮷: "没有完\nb: 2\n', [("SCH-026", 1, 4)]),
    ("a bracket that is never closed", "a: [1, 2\nb: 3\n", [("SCH-033", 1, 4)]),
    ("a sign that begins nothing", "品: @x\n", [("SCH-028", 1, 4)]),
    ("a grave accent", "a: `x`\n", [("SCH-028", 1, 4)]),
    ("a wrong escape", '😀: "\\q"\n', [("SCH-036", 1, 5)]),
    ("uneven indentation", "a:\n    b: 1\n  c: 1\n", [("SCH-023", 3, 3)]),
    ("a list and a mapping at once", "a: 1\n- b\n", [("SCH-032", 2, 1)]),
    ("nothing", "", [("SCH-016", 1, 1)]),
    ("only a comment", "# 品牌\n", [("SCH-016", 1, 1)]),
    ("one level too many in brackets", "[" * 13 + "]" * 13, [("SCH-015", 1, 13)]),
    ("one level too many in braces", "{a: " * 13 + "}" * 13, [("SCH-015", 1, 49)]),
    ("one level too many in lines", "".join("  " * n + "a:\n" for n in range(14)), [("SCH-015", 13, 25)]),
)


@pytest.mark.parametrize(("text", "expected"), [each[1:] for each in FAULTS], ids=[each[0] for each in FAULTS])
def test_every_fault_has_its_code_and_its_place(text: str, expected: list[tuple[str, int, int]]) -> None:
    _, problems = parse("a.yml", text)
    assert _codes(problems) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("&x a: b\n", ("SCH-013", 1, 1)), ("!!str a: b\n", ("SCH-014", 1, 1)), ("- !x a: b\n", ("SCH-014", 1, 3))],
    ids=["anchor", "tag", "tag in a list"],
)
def test_an_anchor_or_tag_of_a_key_is_reported_like_one_of_a_value(text: str, expected: tuple[str, int, int]) -> None:
    _, problems = parse("a.yml", text)
    assert _codes(problems) == [expected]


def test_a_quoted_asterisk_is_a_key_like_any_other() -> None:
    """It must not vanish without a word, nor count as an alias."""
    tree, problems = parse("a.yml", "'*': x\nb: 1\n")
    assert tree is not None and not problems
    assert tree.value == {"*": "x", "b": "1"}


def test_the_deepest_allowed_nesting_is_read() -> None:
    tree = _read("[" * DEPTH_LIMIT + "]" * DEPTH_LIMIT)
    value = tree.value
    for _ in range(DEPTH_LIMIT - 1):
        (value,) = value
    assert value == []


BOMBS = {
    "brackets": ("[" * 200_000, "SCH-015"),
    "braces": ("{a: " * 200_000, "SCH-015"),
    "dashes": ("- " * 200_000, "SCH-015"),
    "question marks": ("? " * 200_000, "SCH-010"),
    "closed brackets": ("[" * 100_000 + "]" * 100_000, "SCH-015"),
    "quotes": ("'" * 200_001, "SCH-010"),
    "one endless plain word": ("a: [" + "x" * 200_000, "SCH-010"),
    "colons": (": " * 100_000, "SCH-010"),
}


@pytest.mark.parametrize(("text", "code"), BOMBS.values(), ids=list(BOMBS))
def test_a_bomb_ends_with_one_problem(text: str, code: str) -> None:
    tree, problems = parse("a.yml", text)
    assert tree is None
    assert [each.code for each in problems] == [code]


def _merge_bomb() -> str:
    """Anchors whose merges would multiply to nine to the tenth power."""
    rows = ["a0: &a0 {k: lol}\n"]
    for number in range(1, 11):
        before = f"*a{number - 1}"
        rows.append(f"a{number}: &a{number} {{<<: [{','.join([before] * 9)}]}}\n")
    return "".join(rows)


def test_a_merge_bomb_multiplies_nothing() -> None:
    text = _merge_bomb()
    assert len(text) >= 528
    tree, problems = parse("a.yml", text)
    assert tree is not None
    assert {each.code for each in problems} == {"SCH-013"}
    assert len(tree.marks) < 200
    assert len(json.dumps(tree.value)) < 2 * len(text)
    _, short = parse("a.yml", text[:528])
    assert {each.code for each in short} <= {"SCH-013", "SCH-028", "SCH-033"}
    assert len(short) < 200


def test_a_bomb_of_lists_multiplies_nothing() -> None:
    names = "abcdefghi"
    text = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n" for before, name in zip(names, names[1:], strict=False)
    )
    tree, problems = parse("a.yml", text)
    assert tree is not None
    assert {each.code for each in problems} == {"SCH-013"}
    assert tree.value["i"] == [None] * 9


def test_one_fault_does_not_hide_the_others() -> None:
    text = "a: *x\nb: !t 1\nb: 2\nc: &y 3\nd: 4\n"
    tree, problems = parse("a.yml", text)
    assert _codes(problems) == [("SCH-013", 1, 4), ("SCH-014", 2, 4), ("SCH-012", 3, 1), ("SCH-013", 4, 4)]
    assert tree is not None
    assert tree.value["d"] == "4"
    assert [tree.is_spoiled((key,)) for key in "abcd"] == [True, True, True, False]
    assert not tree.is_spoiled(())


def test_what_lies_inside_something_spoiled_is_spoiled() -> None:
    tree, _ = parse("a.yml", "a: !t {b: {c: 1}}\nd: 1\n")
    assert tree is not None
    assert tree.is_spoiled(("a", "b", "c"))
    assert not tree.is_spoiled(("d",))


PLACES = (
    ("品牌: 名称\n", ("品牌",), (1, 5)),
    ("😀😀: [漢, 😀, 𠮷, x]\n", ("😀😀", 3), (1, 15)),
    ('"𠮷": {"😀": "x", 漢: y}\n', ("𠮷", "漢"), (1, 20)),
    ("- 😀\n- 漢: 𠮷\n  a:   x\n", (1, "a"), (3, 8)),
    ("# 漢字 😀\n\n  a:\n    - x\n    -   y\n", ("a", 1), (5, 9)),
    ("a: # 漢\n  x\n", ("a",), (2, 3)),
    ("? 漢\n: x\n", ("漢",), (2, 3)),
    ("a: e\u0301x\nb: [e\u0301, y]\n", ("b", 1), (2, 9)),  # columns count characters, combining ones too
    ("a: 👨\U0001f3fb y\nb: {👨\U0001f3fb: z}\n", ("b", "👨\U0001f3fb"), (2, 9)),
)


@pytest.mark.parametrize(("text", "key", "place"), PLACES)
def test_a_column_counts_characters_whatever_they_are(text: str, key: KeyPath, place: tuple[int, int]) -> None:
    assert _read(text).span(key) == Span("a.yml", *place)


def test_the_place_of_a_key_is_its_own() -> None:
    tree = _read("a:\n  漢:   x\nb: [y]\n", 5)
    assert tree.key_span(("a", "漢")) == Span("a.yml", 6, 3)
    assert tree.span(("a", "漢")) == Span("a.yml", 6, 8)
    assert tree.key_span(("b", 0)) == tree.span(("b", 0)) == Span("a.yml", 7, 5)


def test_the_place_of_what_is_not_there_is_that_of_what_is_around_it() -> None:
    tree = _read("a:\n  b: x\n")
    assert tree.span(("a", "nothing", 3)) == tree.span(("a",)) == Span("a.yml", 2, 3)
    assert tree.key_span(("nothing",)) == tree.span(()) == Span("a.yml", 1, 1)
    assert tree.find(("a", "nothing"), "x") == Span("a.yml", 2, 3)


BLOCKS = "x: 字\na: |\n  一 😀 字\n  字字\nb: >\n  二 二\n  三 𠮷字\nc: 字\n"


def test_find_points_into_block_and_folded_text() -> None:
    tree = _read(BLOCKS)
    assert tree.value["a"] == "一 😀 字\n字字\n"
    assert tree.value["b"] == "二 二三 𠮷字\n"
    assert tree.find(("a",), "字") == Span("a.yml", 3, 7)
    assert tree.find(("a",), "字字") == Span("a.yml", 4, 3)
    assert tree.find(("b",), "𠮷字") == Span("a.yml", 7, 5)
    assert tree.find(("c",), "字") == Span("a.yml", 8, 4)
    assert tree.find(("x",), "字") == Span("a.yml", 1, 4)


def test_find_gives_the_value_itself_for_what_is_not_there_to_the_letter() -> None:
    tree = _read(BLOCKS + 'd: "\\u5b57 x"\n')
    assert tree.find(("b",), "二三") == tree.span(("b",)) == Span("a.yml", 5, 4)
    assert tree.find(("d",), "字") == tree.span(("d",)) == Span("a.yml", 9, 4)
    assert tree.find(("a",), "𠮷") == tree.span(("a",))
    assert tree.find(("a",), "") == tree.span(("a",))


@pytest.mark.parametrize("first_line", [1, 2, 30])
def test_find_counts_from_the_first_line(first_line: int) -> None:
    tree = _read("# 注\n" + BLOCKS, first_line)
    assert tree.find(("a",), "字字") == Span("a.yml", first_line + 4, 3)
    assert tree.find(("b",), "𠮷") == Span("a.yml", first_line + 7, 5)


@given(st.lists(st.text(st.sampled_from("甲乙😀𠮷ab"), min_size=1, max_size=6), min_size=1, max_size=5), st.data())
def test_find_agrees_with_the_source_text(rows: list[str], data: st.DataObject) -> None:
    sign = data.draw(st.sampled_from(("|", ">", "|-", ">+")))
    row = data.draw(st.integers(0, len(rows) - 1))
    text = f"前: 甲乙ab😀𠮷\na: {sign}\n" + "".join(f"  {each}\n" for each in rows)
    span = _read(text, 3).find(("a",), rows[row])
    line = text.split("\n")[span.line - 3]
    assert line[span.column - 1 :].startswith(rows[row])
    assert span.line >= 5


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("|\n  一\n  二\n", "一\n二\n"),
        ("|-\n  一\n  二\n", "一\n二"),
        ("|+\n  一\n\n", "一\n\n"),
        (">\n  一\n  二\n\n  三\n", "一二\n三\n"),
        (">-\n  一\n  二\n", "一二"),
        ("|2\n    一\n   二\n", "  一\n 二\n"),
        ("|\n  # 不是注释\n  a: b\n", "# 不是注释\na: b\n"),
        ("|\n  - *x\n  - &y\n  <<: !z\n", "- *x\n- &y\n<<: !z\n"),
    ],
)
def test_block_text_is_what_the_reader_of_yaml_expects(written: str, value: str) -> None:
    tree = _read(f"a: {written}b: x\n")
    assert tree.value == {"a": value, "b": "x"}
    assert tree.span(("a",)) == Span("a.yml", 1, 4)


def test_the_lines_of_a_value_end_with_its_last_text() -> None:
    tree = _read("- a: 1\n  b: |\n    x\n    y\n\n- a: 2\n", 3)
    assert tree.lines((0,)) == (3, 6)
    assert tree.lines((1,)) == (8, 8)
    assert tree.lines((0, "b")) == (4, 6)


def test_leaves_are_all_strings_with_their_paths() -> None:
    tree = _read("a: [x, {b: y}]\nc:\n- z\n")
    assert list(leaves(tree.value)) == [(("a", 0), "x"), (("a", 1, "b"), "y"), (("c", 0), "z")]
