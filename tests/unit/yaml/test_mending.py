"""Reading on after a fault: every fault is found at its line, nothing is found in a good file, no text is too odd."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.kinds import BY_NAME
from generator.kinds.brand.model import Brand
from generator.problems import Problem
from generator.schema.parts import knowing
from generator.yaml.mending import REPAIRS_LIMIT, mend
from generator.yaml.mending.markers import markers
from generator.yaml.strict import leaves, parse
from tests.helpers.clerk import BRAND
from tests.helpers.growth import assert_grows_within
from tests.helpers.places import SITES
from tests.helpers.yaml_tokens import TOKENS

KNOWS = knowing(Brand)
LINES = BRAND.rstrip("\n").split("\n")
_KEY = re.compile(r"( *(?:- )?)([a-z_]+):( ?)(.*)$")


def _faults(line: str) -> Iterator[tuple[str, str]]:
    """What can be done wrong in a line: the code that has to be told, and the line with the fault."""
    match = _KEY.match(line)
    if match is None:
        return
    before, key, _, value = match.groups()
    yield "SCH-020", f"{before}{key}：{value}"
    if not value:
        return
    yield "SCH-021", f"{before}{key}:{value}"
    yield "SCH-027", f"{before}{key}:\u00a0{value}"
    yield "SCH-027", f"{before}{key}:\u3000{value}"
    yield "SCH-035", f"{before}{key} {value}"
    if before.startswith("  "):
        yield "SCH-011", f"\t{line[2:]}"
        yield "SCH-027", f"\u3000{line[2:]}"
    if before.endswith("- "):
        for mark in ("-", "— ", "－ ", "・", "•", "1. ", "2、"):
            yield "SCH-025", line.replace("- ", mark, 1)
    if value[0] not in "|[{":
        yield from (
            ("SCH-026", f'{before}{key}: "{value}'),
            ("SCH-026", f'{before}{key}: "{value}”'),
            ("SCH-028", f"{before}{key}: @{value}"),
            ("SCH-028", f"{before}{key}: *{value}*"),
            ("SCH-028", f"{before}{key}: %{value}"),
            ("SCH-028", f"{before}{key}: - {value}"),
            ("SCH-029", f"{before}{key}: [{value}] 一线"),
            ("SCH-029", f'{before}{key}: "{value}"一线'),
            ("SCH-030", f"{before}{key}: 说明: {value}"),
            ("SCH-034", f"{before}{key}: | {value}"),
            ("SCH-034", f"{before}{key}: > {value}"),
        )


SINGLE = tuple((at, code, new) for at, line in enumerate(LINES) for code, new in _faults(line))
MOVED = tuple(  # a line one blank too far to the right or left, where that is no good YAML
    (at, by)
    for at, line in enumerate(LINES)
    for by in (1, -1)
    if _KEY.match(line) and (by > 0 or line.startswith(" ")) and not line.startswith("  - text:")
)


def _codes(problems: tuple[Problem, ...]) -> list[tuple[str, int]]:
    return [(each.code, each.span.line) for each in problems]


def _with(changes: dict[int, str]) -> str:
    return "".join(f"{changes.get(at, line)}\n" for at, line in enumerate(LINES))


def test_every_fault_of_a_line_is_one_problem_at_that_line() -> None:
    assert len(SINGLE) > 400
    for at, code, new in SINGLE:
        tree, problems = parse("a.yml", _with({at: new}), 1, KNOWS)
        assert _codes(problems) == [(code, at + 1)], (new, problems)
        assert tree is not None and tree.is_mended
        assert problems[0].span.column <= len(new) + 1


def test_what_is_not_wrong_is_read_as_if_nothing_were() -> None:
    plain, _ = parse("a.yml", BRAND, 1, KNOWS)
    assert plain is not None
    for at, code, new in SINGLE:
        if code in ("SCH-028", "SCH-029", "SCH-030"):
            continue  # here the value itself has other signs
        tree, _ = parse("a.yml", _with({at: new}), 1, KNOWS)
        assert tree is not None
        assert tree.value == plain.value, new
        for path, _ in leaves(plain.value):
            assert tree.span(path).line == plain.span(path).line, (new, path)
            if tree.span(path).line != at + 1:
                assert tree.span(path) == plain.span(path), (new, path)


@pytest.mark.parametrize(("at", "by"), MOVED)
def test_a_line_that_stands_wrong_by_one_is_one_problem(at: int, by: int) -> None:
    new = f" {LINES[at]}" if by > 0 else LINES[at][1:]
    tree, problems = parse("a.yml", _with({at: new}), 1, KNOWS)
    assert tree is not None
    assert _codes(problems) == [("SCH-023", at + 1)]
    assert f"行首改成 {len(LINES[at]) - len(LINES[at].lstrip())} 个空格" in problems[0].remedy("zh")


def _drawn(faults: list[tuple[int, str, str]], apart: int) -> list[tuple[int, str, str]]:
    """The faults that lie ``apart`` lines from each other. Of quotations that are not closed only one: it runs on to the
    next mark, so what lies between two of them is up to guessing."""
    kept: list[tuple[int, str, str]] = []
    for each in sorted(faults):
        is_second_quote = each[1] == "SCH-026" and any(code == "SCH-026" for _, code, _ in kept)
        if not is_second_quote and (not kept or each[0] - kept[-1][0] >= apart):
            kept.append(each)
    return kept


@given(st.lists(st.sampled_from(SINGLE), min_size=2, max_size=10))
def test_several_faults_are_all_told_each_once_at_its_line(faults: list[tuple[int, str, str]]) -> None:
    faults = _drawn(faults, apart=2)
    _, problems = parse("a.yml", _with({at: new for at, _, new in faults}), 1, KNOWS)
    assert sorted(_codes(problems)) == sorted((code, at + 1) for at, code, _ in faults)


@given(st.lists(st.sampled_from(SINGLE), min_size=2, max_size=10))
def test_faults_side_by_side_are_no_fewer_problems_and_none_lies_far_away(faults: list[tuple[int, str, str]]) -> None:
    faults = _drawn(faults, apart=1)
    _, problems = parse("a.yml", _with({at: new for at, _, new in faults}), 1, KNOWS)
    told = {line for _, line in _codes(problems)}
    assert len(problems) >= len(faults)
    assert all(told & {at, at + 1, at + 2} for at, _, _ in faults)


def _good_files() -> Iterator[tuple[Path, str]]:
    for folder in (*(SITES / "good").iterdir(), SITES.parent.parent):
        for name, kind in BY_NAME.items():
            if kind.layout.form != "markdown":
                pattern = kind.layout.pattern.replace("{id}", "*").replace("{year}", "*")
                yield from ((each, name) for each in folder.glob(pattern))


def test_a_good_file_has_nothing_to_mend() -> None:
    files = list(_good_files())
    assert len(files) > 60
    for file, kind in files:
        text = file.read_text("utf-8")
        tree, problems = parse("a.yml", text, 1, knowing(BY_NAME[kind].model))
        assert tree is not None and not tree.is_mended and not problems, (file, problems)
        assert mend(text, knowing(BY_NAME[kind].model)).text == text


ORDINARY = (
    "slogan: 党建+“双报到”：群众点单、支部接单\n",
    "slogan: 办事不求人——只跑一次\n",
    "concept: |\n  name：这是正文里的一行\n  -不是列表\n  \tTab 也是正文\n  <<<<<<<不是记号\n",
    "concept: >\n  一、学习；\n  二、落实：title\n",
    'concept: "第一行：\n  name：第二行"\n',
    "concept: 八点: 开门\n".replace(": 开", "：开"),
    "sources:\n  - title: 关于印发《办法》的通知（某办发〔2023〕1号）\n    where: https://example.gov.cn/a?b=c:d#e\n",
    "method_code: '1+7+N'\n# name：注释里写什么都可以\n#title:x\n",
    "practices:\n- title: 甲\n  body: -5 度也出门\n- {title: 乙, body: '丙，丁：戊'}\n",
    "---\nname: 甲乙\n...\n",
)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_is_no_fault(text: str) -> None:
    tree, problems = parse("a.yml", text, 1, KNOWS)
    assert tree is not None and not tree.is_mended
    assert not problems


def _assert_answered(text: str) -> None:
    tree, problems = parse("a.yml", text, 1, KNOWS)
    assert tree is not None or problems
    lines = text.split("\n")
    for each in problems:
        assert 1 <= each.span.line <= len(lines) + 1
        assert 1 <= each.span.column <= (len(lines[each.span.line - 1]) + 1 if each.span.line <= len(lines) else 1)
        assert each.text("zh") and each.remedy("zh") and each.text("en") and each.remedy("en")
    if tree is not None:
        for path, _ in leaves(tree.value):
            assert tree.span(path).line <= len(lines)
    assert len(problems) <= 2 * REPAIRS_LIMIT + len(lines)


PIECES = TOKENS | st.sampled_from(
    (
        "name",
        "：",
        "slogan: ",
        "  - title: ",
        "，",
        "｛",
        "｝",
        "\u3000",
        "\u00a0",
        "“",
        "”",
        "・",
        "—",
        "1. ",
        "<<<<<<< a\n",
        "=======\n",
        ">>>>>>> b\n",
    )
)


@given(st.lists(PIECES, max_size=30).map("".join))
@example("logo:\n\u3000src: a\n\u3000alt: b\n")
@example("- a\nname: {{x}}\n")
@example("%YAML 1.2\n\n  ")
@example("[\n[\n[\n[\n[\n[\n[\n[\n[\n[\n[\n[\n[\n[\n")
def test_any_heap_of_signs_is_answered_with_places_inside_it(text: str) -> None:
    _assert_answered(text)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), include_characters="\n\t"), max_size=200))
def test_any_text_is_answered_with_places_inside_it(text: str) -> None:
    _assert_answered(text)


@given(st.data())
def test_a_record_cut_and_pasted_anyhow_is_answered(data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(BRAND)), st.integers(0, len(BRAND)))))
    at = data.draw(st.integers(0, len(BRAND)))
    _assert_answered(BRAND[:at] + BRAND[start:end] + BRAND[at:])


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("id: court\nname: 甲\n- id: police\n  name: 乙\n", 1),
        ("- id: court\n  name: 甲\nid: police\nname: 乙\n", 3),
        ("- id: court\n  name: 甲\n-id: police\n  name: 乙\n", 3),
    ],
)
def test_a_row_of_a_roster_without_its_dash_is_one_problem_and_read(text: str, line: int) -> None:
    tree, problems = parse("a.yml", text, 1, knowing(BY_NAME["unit"].model))
    assert _codes(problems) == [("SCH-025", line)]
    assert tree is not None
    assert tree.value == [{"id": "court", "name": "甲"}, {"id": "police", "name": "乙"}]


def test_a_file_all_of_whose_colons_are_chinese_is_told_line_by_line() -> None:
    text = "name：一线速递\nslogan：马上办\nlogo：\n  src：img/a.png\n  alt：箭头\nunit：transport\n"
    tree, problems = parse("a.yml", text, 1, KNOWS)
    assert _codes(problems) == [("SCH-020", line) for line in range(1, 7)]
    assert tree is not None
    assert tree.value["logo"] == {"src": "img/a.png", "alt": "箭头"}
    assert list(tree.value) == ["name", "slogan", "logo", "unit"]


HEAPS: dict[str, Callable[[int], str]] = {
    "Chinese colons": lambda count: "name：甲\n" * count,
    "marks of documents": lambda count: "...\n" * count,
    "marks of conflicts": lambda count: "<<<<<<< a\n>>>>>>> b\n" * count,
    "tabs": lambda count: "logo:\n" + "\tsrc: a\n" * count,
    "text without fields": lambda count: "name: 甲\n" + "甲\n" * count,
    "quotations": lambda count: "".join(f'a{number}: "甲\n' for number in range(count)),
    "items of a roster": lambda count: "".join(f"- id：u{number}\n  name: 甲\n" for number in range(count)),
    "open brackets": lambda count: "a: [\n" * count,
}


@pytest.mark.parametrize("below", ["slogan: 清风\n", "口号: 清风\n", "- 一条\n", "# 说明\n\nname：清风\n"])
def test_a_record_below_a_mark_is_read_on_and_a_story_is_not(below: str) -> None:
    (record,), _ = markers(f"id: a\n---\n{below}")
    assert record.apply(f"id: a\n---\n{below}") == f"id: a\n\n{below}"
    text = f"id: a\n---\n一位老人说：谢谢。\n{below}---\n{below}"
    (story, other), _ = markers(text)
    assert story.apply(text) == f"id: a\n---\n{below}" and other.apply(text).endswith(f"\n\n{below}")


@pytest.mark.audit
@pytest.mark.parametrize("heap", HEAPS.values(), ids=list(HEAPS))
def test_a_heap_of_faults_takes_time_in_proportion(heap: Callable[[int], str]) -> None:
    small, large = heap(1_000), heap(8_000)
    assert parse("a.yml", small, 1, KNOWS)[1] and parse("a.yml", large, 1, KNOWS)[1]
    assert_grows_within(24, lambda: parse("a.yml", small, 1, KNOWS), lambda: parse("a.yml", large, 1, KNOWS))


def test_a_text_with_too_many_faults_says_honestly_where_it_was_left() -> None:
    text = "id: a\n" + "".join(f"name{number}：甲\n" for number in range(REPAIRS_LIMIT + 5))
    tree, problems = parse("a.yml", text, 1, KNOWS)
    assert tree is None
    assert _codes(problems).count(("SCH-010", REPAIRS_LIMIT + 2)) == 1
    (rest,) = (each for each in problems if each.code == "SCH-010")
    assert "还没有检查" in rest.remedy("zh")
    assert len(problems) == REPAIRS_LIMIT + 1


def test_both_sides_of_a_conflict_are_read_and_what_they_repeat_is_not_blamed() -> None:
    text = "practices:\n<<<<<<< a\n  - title: 甲\n=======\n  - title: 乙\n>>>>>>> b\nname: 甲乙\n"
    tree, problems = parse("a.yml", text, 1, KNOWS)
    assert _codes(problems) == [("SCH-031", 2), ("SCH-031", 4), ("SCH-031", 6)]
    assert tree is not None
    assert tree.value == {"practices": [{"title": "甲"}, {"title": "乙"}], "name": "甲乙"}


def test_a_hidden_character_is_read_as_if_it_were_not_there() -> None:
    tree, problems = parse("a.yml", "na\ufffdme:\ufffd 甲\ufffd乙\n", 1, KNOWS, hidden="\ufffd")
    assert tree is not None and tree.is_mended and not problems
    assert tree.value == {"name": "甲乙"}
    assert tree.span(("name",)).column == 9
