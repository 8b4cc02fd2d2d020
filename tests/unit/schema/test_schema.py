"""Trees against models: any tree is answered, every mistake is one problem at its place, in words a clerk knows."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from generator import config as configuration
from generator.catalog.model import Media, RecordData, Review
from generator.config import SiteConfig
from generator.kinds import KINDS
from generator.kinds.brand.model import Brand, Contact, Logo, Practice
from generator.kinds.page import EditorialPage
from generator.kinds.release.model import Release
from generator.kinds.unit.model import Unit
from generator.outputs.data import jsonschema
from generator.problems import Problem, Span
from generator.schema.fields import ID_LIMIT, Part
from generator.schema.validation import label_of, nearest, part_of, part_paths, read, reference_paths, values_at
from generator.system.packing import packed, unpacked
from generator.yaml.strict import Tree, parse
from tests.helpers.records import CONTEXT, GOOD, SMALL, changed_at, spots

MODELS: tuple[type[Part], ...] = (*(kind.model for kind in KINDS), SiteConfig)


def _tree(text: str) -> Tree:
    tree, problems = parse("a.yml", text)
    assert tree is not None and not problems, problems
    return tree


def _dump(value: Any) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000)


def _read(model: type[Part], value: Any) -> tuple[Any, list[Problem], str]:
    text = _dump(value)
    data, problems = read(model, _tree(text), CONTEXT)
    return data, list(problems), text


def _changed(model: type[Part], **fields: Any) -> dict[str, Any]:
    """A good record with some fields set; ``...`` removes one."""
    record = {**copy.deepcopy(GOOD[model]), **fields}
    return {key: value for key, value in record.items() if value is not ...}


def _only(model: type[Part], value: Any) -> Problem:
    data, problems, text = _read(model, value)
    assert data is None
    assert len(problems) == 1, [(each.code, each.text("zh")) for each in problems]
    _assert_placed(problems, text)
    return problems[0]


def _line_of(text: str, start: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), 1) if line.lstrip(" -").startswith(start))


def _assert_placed(problems: list[Problem], text: str) -> None:
    lines = text.split("\n")
    for each in problems:
        assert each.span.path == "a.yml"
        assert 1 <= each.span.line <= len(lines)
        assert 1 <= each.span.column <= len(lines[each.span.line - 1]) + 1
        for language in ("zh", "en"):
            assert each.text(language) and each.remedy(language)


@pytest.mark.parametrize("model", MODELS, ids=lambda each: each.__name__)
def test_a_good_record_is_read(model: type[Part]) -> None:
    data, problems, _ = _read(model, GOOD[model])
    assert isinstance(data, model) and not problems


# -- any tree ----------------------------------------------------------------------------------------------------------

NAMES = sorted(
    {name for model in (*MODELS, Media, Logo, Practice, Review, Contact) for name in model.model_fields}
    | {"slogon", "nam", "<<", "*", "1", "", "品牌", "{x}", "a.b"}
)
TEXTS = st.sampled_from(
    (
        *(
            "",
            " ",
            "x",
            "品牌",
            "true",
            "false",
            "no",
            "2024",
            "２０２４",
            "-1",
            "9" * 12,
            "9" * 13,
            "1e3",
            "published",
        ),
        *(
            "2024-05-01",
            "2024-5-1",
            "2024-02-30",
            "fazhi",
            "法治护航",
            "a-b",
            "A",
            "<b>",
            "<script",
            "5 < 6",
            "a\nb",
            "{x}",
        ),
        *("javascript:x", "https://example.com", "//x", "终审", "name", "#9b1b1f", "Asia/Shanghai", "../..", "x" * 70),
    )
)
SCALARS = (
    TEXTS | st.none() | st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Cn")), max_size=12)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=12,
)


@pytest.mark.parametrize("model", MODELS, ids=lambda each: each.__name__)
@given(value=VALUES)
@example(value={"sample": ["name", ["x"]]})
@example(value={"practices": [None, {"title": None}]})
@example(value=[])
def test_any_tree_gives_a_record_or_problems_that_lie_in_the_file(model: type[Part], value: Any) -> None:
    text = _dump(value)
    tree, found = parse("a.yml", text)
    if tree is None or found:
        return
    data, problems = read(model, tree, CONTEXT)
    assert (data is None) == bool(problems)
    _assert_placed(list(problems), text)


@pytest.mark.parametrize("model", MODELS, ids=lambda each: each.__name__)
@given(data=st.data())
def test_a_record_with_one_thing_changed_is_read_or_its_problem_stands_there(
    model: type[Part], data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(list(spots(GOOD[model]))))
    new = data.draw(VALUES | st.just(...))
    value = changed_at(GOOD[model], path, new)
    text = _dump(value)
    tree, found = parse("a.yml", text)
    assert tree is not None
    if found:
        return
    record, problems = read(model, tree, CONTEXT)
    assert (record is None) == bool(problems)
    _assert_placed(list(problems), text)
    if problems and new is not ... and new is not None:
        first, last = tree.lines(path)
        assert all(first - 1 <= each.span.line <= last for each in problems), (path, new, problems)


@given(VALUES)
def test_a_part_of_a_tree_is_read_like_a_tree_of_its_own(value: Any) -> None:
    text = _dump([value, GOOD[Unit], value])
    tree, found = parse("a.yml", text)
    if tree is None or found:
        return
    data, problems = read(Unit, tree, CONTEXT, (1,))
    assert data is not None and not problems
    alone, first = read(Unit, tree, CONTEXT, (0,))
    again, second = read(Unit, tree, CONTEXT, (2,))
    assert alone == again
    assert [each.code for each in first] == [each.code for each in second]
    _assert_placed([*first, *second], text)


# -- one mistake, one problem ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("slogon", "slogan"),
        ("Name", "name"),
        ("esablished_on", "established_on"),
        ("practice", "practices"),
        ("catagory", "category"),
    ],
)
def test_an_unknown_key_names_what_was_probably_meant(written: str, meant: str) -> None:
    record = {(written if key == meant else key): value for key, value in GOOD[Brand].items()}
    only = _only(Brand, record)
    assert only.code == "SCH-002"
    assert only.span == Span("a.yml", _line_of(_dump(record), f"{written}:"), 1)
    title = Brand.model_fields[meant].title
    assert f"是不是“{meant}（{title}）”？" in only.text("zh")
    assert f'Did you mean "{meant}"?' in only.text("en")


def test_an_unknown_key_like_no_other_lists_what_may_stand_there() -> None:
    only = _only(Brand, _changed(Brand, contact={"office": "办公室", "zzzzzz": "x"}))
    assert only.code == "SCH-002"
    assert "office、phone" in only.text("zh")
    assert "office, phone" in only.text("en")


@pytest.mark.parametrize(
    ("model", "meant", "written"),
    [
        (Brand, "concept", "cncept"),
        (Brand, "practices", "practises"),
        (Unit, "valid_from", "vaild_from"),
        (EditorialPage, "title", "titel"),
        (SiteConfig, "colours", "colors"),
    ],
)
def test_a_misspelt_required_key_is_one_problem_not_two(model: type[Part], meant: str, written: str) -> None:
    record = {(written if key == meant else key): value for key, value in GOOD[model].items()}
    only = _only(model, record)
    assert only.code == "SCH-002"
    assert meant in only.text("zh")


def test_the_value_of_a_misspelt_field_is_checked_too() -> None:
    record = _changed(
        Brand, slogan=..., 口号="长" * 31, practices=[{"名称": "<b>", "内容": "乙"}, {"title": "一", "body": "二"}]
    )
    _, problems, text = _read(Brand, record)
    assert sorted((each.code, each.span.line) for each in problems) == sorted(
        [
            ("SCH-002", _line_of(text, "内容")),
            ("SCH-002", _line_of(text, "名称")),
            ("SCH-002", _line_of(text, "口号")),
            ("SCH-005", _line_of(text, "口号")),
            ("SEC-003", _line_of(text, "名称")),
        ]
    )
    _assert_placed(problems, text)


def test_a_misspelt_required_key_of_an_item_is_one_problem_too() -> None:
    record = _changed(Brand, practices=[{"title": "一", "body": "二"}, {"tilte": "一", "body": "二"}])
    only = _only(Brand, record)
    assert (only.code, only.span.line) == ("SCH-002", _line_of(_dump(record), "tilte"))


def test_a_missing_key_is_still_missing_beside_an_unknown_one() -> None:
    record = _changed(Brand, concept=..., zzzzzz="x")
    data, problems, _ = _read(Brand, record)
    assert data is None
    assert sorted(each.code for each in problems) == ["SCH-001", "SCH-002"]


def test_every_mistake_of_a_record_is_told_at_once() -> None:
    record = _changed(Brand, year="abc", established_on="2024-02-30", category="zzz", concept=..., slogan="x" * 31)
    _, problems, text = _read(Brand, record)
    assert sorted(each.code for each in problems) == ["DAT-002", "SCH-001", "SCH-003", "SCH-004", "SCH-005"]
    _assert_placed(problems, text)


def test_what_the_tree_already_reported_is_not_told_again() -> None:
    text = _dump(_changed(Brand, unit=..., concept=...)) + "unit: *court\nconcept: !x\n  - 1\n"
    tree, found = parse("a.yml", text)
    assert tree is not None
    assert [each.code for each in found] == ["SCH-013", "SCH-014"]
    data, problems = read(Brand, tree, CONTEXT)
    assert data is None and not problems


BLANKS = ("", "~", "null", "# 以后再填")


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("key", ["slogan", "logo", "honours", "gallery", "contact", "sample", "updated_on", "parent"])
def test_a_blank_optional_field_means_no_such_line(key: str, blank: str) -> None:
    text = _dump(_changed(Brand, **{key: ...}))
    data, problems = read(Brand, _tree(f"{text}{key}: {blank}\n"), CONTEXT)
    assert not problems
    assert data == read(Brand, _tree(text), CONTEXT)[0]


@pytest.mark.parametrize("blank", (*BLANKS, '""', "''"))
@pytest.mark.parametrize("key", ["name", "unit", "concept", "year", "established_on", "practices"])
def test_a_blank_required_field_is_missing_and_its_line_is_known(key: str, blank: str) -> None:
    text = f"{key}: {blank}\n" + _dump(_changed(Brand, **{key: ...}))
    data, problems = read(Brand, _tree(text), CONTEXT)
    assert data is None
    (only,) = problems
    assert only.span.line == 1
    if blank in BLANKS:
        assert only.code == "SCH-001"
        assert f"“{Brand.model_fields[key].title}”（{key}）" in only.text("zh")


@pytest.mark.parametrize("blank", ['" "', '"　"', '"\\t "', "|\n  \n", "'  '"])
@pytest.mark.parametrize(
    ("model", "key"), [(Brand, "name"), (Brand, "concept"), (Unit, "name"), (EditorialPage, "title")]
)
def test_white_space_is_no_content_of_a_required_field(model: type[Part], key: str, blank: str) -> None:
    text = f"{key}: {blank}\n" + _dump(_changed(model, **{key: ...}))
    data, problems = read(model, _tree(text), CONTEXT)
    assert data is None
    assert [each.code for each in problems] in (["SCH-001"], ["SCH-006"])


def test_a_blank_item_of_a_list_is_missing() -> None:
    text = _dump(_changed(Unit, former_names=...)) + "former_names:\n  - 旧名\n  -\n"
    data, problems = read(Unit, _tree(text), CONTEXT)
    assert data is None
    assert [(each.code, each.span.line) for each in problems] == [("SCH-001", text.count("\n"))]


@pytest.mark.parametrize(
    ("where", "label"),
    [
        (("name",), ("“品牌名称”（name）", '"name"')),
        (("practices", 1, "title"), ("“做法名称”（practices.2.title）", '"practices.2.title"')),
        (("logo", "emblem_review", "role"), ("“审核部门”（logo.emblem_review.role）", '"logo.emblem_review.role"')),
        (("honours", 0), ("“所获荣誉”（honours.1）", '"honours.1"')),
        (("unknown",), ("“unknown”", '"unknown"')),
        (("contact", "unknown"), ("“联系方式”（contact.unknown）", '"contact.unknown"')),
    ],
)
def test_a_label_says_the_chinese_title_and_the_key(where: tuple[str | int, ...], label: tuple[str, str]) -> None:
    assert tuple(label_of(Brand, where)) == label


@pytest.mark.parametrize("name", [name for name, field in Brand.model_fields.items() if field.is_required()])
def test_the_problem_of_a_missing_field_has_its_label(name: str) -> None:
    only = _only(Brand, _changed(Brand, **{name: ...}))
    assert only.code == "SCH-001"
    title = Brand.model_fields[name].title
    assert title and any("\u4e00" <= each <= "\u9fff" for each in title)
    assert f"“{title}”（{name}）" in only.text("zh")
    assert f'"{name}"' in only.text("en")


# -- types -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2024-02-29", None),
        ("2024-05-01", None),
        ("1900-01-01", None),
        ("2199-12-31", None),
        ("0001-01-01", "DAT-011"),
        ("1899-12-31", "DAT-011"),
        ("2200-01-01", "DAT-011"),
        ("9999-12-31", "DAT-011"),
        ("9999-99-99", "DAT-011"),
        ("9999年12月31日", "DAT-011"),
        ("9999/12/31", "DAT-011"),
        ("99991231", "DAT-011"),
        ("10000-01-01", "DAT-011"),
        ("长期", "DAT-012"),
        ("永久", "DAT-012"),
        ("至今", "DAT-012"),
        ("Long-term", "DAT-012"),
        ("2024-5-1", "DAT-001"),
        ("2024-05-1", "DAT-001"),
        ("2024/05/01", "DAT-001"),
        ("2024.05.01", "DAT-001"),
        ("20240501", "DAT-001"),
        ("24-05-01", "DAT-001"),
        ("2024", "DAT-001"),
        ("2024-05", "DAT-001"),
        ("2024年5月1日", "DAT-001"),
        ("２０２４-０５-０１", "DAT-001"),
        ("٢٠٢٤-٠٥-٠١", "DAT-001"),
        ("2024-05-01T00:00", "DAT-001"),
        (" 2024-05-01", "DAT-001"),
        ("2024-05-01\n", "DAT-001"),
        ("2024-W01-1", "DAT-001"),
        ("`2024-02-29`", "DAT-001"),
        ("2024-02-30", "DAT-002"),
        ("2023-02-29", "DAT-002"),
        ("1900-02-29", "DAT-002"),
        ("2024-13-01", "DAT-002"),
        ("2024-00-10", "DAT-002"),
        ("2024-04-31", "DAT-002"),
        ("0000-01-01", "DAT-011"),
    ],
)
def test_a_date_is_written_in_one_way_and_exists(written: str, code: str | None) -> None:
    record = _changed(Brand, established_on=written)
    if code is None:
        data, problems, _ = _read(Brand, record)
        assert not problems
        assert data.established_on == date.fromisoformat(written)
        return
    only = _only(Brand, record)
    assert only.code == code
    assert "“创建日期”（established_on）" in only.text("zh")
    assert only.span.line == _line_of(_dump(record), "established_on")


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_there_is_can_be_written(day: date) -> None:
    data, problems, _ = _read(Brand, _changed(Brand, established_on=day.isoformat()))
    assert not problems
    assert data.established_on == day


@given(st.integers(0, 9999), st.integers(0, 99), st.integers(0, 99))
def test_a_day_that_is_not_in_the_calendar_does_not_exist(year: int, month: int, day: int) -> None:
    written = f"{year:04}-{month:02}-{day:02}"
    try:
        date(year, month, day)
        expected: list[str] = []
    except ValueError:
        expected = ["DAT-002"]
    if not 1900 <= year <= 2199:
        expected = ["DAT-011"]
    _, problems, _ = _read(Brand, _changed(Brand, established_on=written))
    assert [each.code for each in problems] == expected


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2023", None),
        ("2023-12", None),
        ("2023-12-31", None),
        ("2023-13", "DAT-002"),
        ("2023-00", "DAT-002"),
        ("2023-02-29", "DAT-002"),
        ("0000", "DAT-011"),
        ("2023-1", "DAT-001"),
        ("23", "DAT-001"),
        ("２０２３", "DAT-001"),
        ("2023年", "DAT-001"),
        ("2023-12-", "DAT-001"),
    ],
)
def test_a_date_of_an_honour_may_be_a_year_or_a_month(written: str, code: str | None) -> None:
    record = _changed(Brand, honours=[{"title": "先进", "issuer": "省里", "date": written}])
    data, problems, _ = _read(Brand, record)
    assert [each.code for each in problems] == ([code] if code else [])
    if data is not None:
        assert data.honours[0].date == written


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2024", None),
        ("1900", None),
        ("2199", None),
        ("1899", "SCH-009"),
        ("2200", "SCH-009"),
        ("-1", "SCH-009"),
        ("999999999999", "SCH-009"),
        ("9999999999999", "SCH-040"),
        ("9" * 5000, "SCH-040"),
        ("２０２４", "SCH-003"),
        ("二〇二四", "SCH-003"),
        ("٢٠٢٤", "SCH-003"),
        ("²⁰²⁴", "SCH-003"),
        ("2024.0", "SCH-003"),
        ("2_024", "SCH-003"),
        ("+2024", "SCH-003"),
        (" 2024", "SCH-003"),
        ("0x7e8", "SCH-003"),
        ("2e3", "SCH-003"),
        ("2024年", "SCH-003"),
    ],
)
def test_a_year_is_four_plain_digits(written: str, code: str | None) -> None:
    record = _changed(Brand, year=written)
    data, problems, _ = _read(Brand, record)
    assert [each.code for each in problems] == ([code] if code else [])
    if data is not None:
        assert data.year == int(written)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("yes", None),
        ("no", None),
        ("True", None),
        ("1", None),
        ("0", None),
        ("是", None),
        ("on", None),
    ],
)
def test_a_flag_is_true_or_false_and_nothing_else(written: str, value: bool | None) -> None:
    data, problems, _ = _read(Unit, _changed(Unit, should_have_brand=written))
    assert [each.code for each in problems] == ([] if value is not None else ["SCH-003"])
    if data is not None:
        assert data.should_have_brand is value


@pytest.mark.parametrize(
    ("written", "is_good"),
    [
        ("a", True),
        ("a-b-2", True),
        ("0", True),
        ("x" * ID_LIMIT, True),
        ("x" * (ID_LIMIT + 1), False),
        ("A", False),
        ("a_b", False),
        ("a--b", False),
        ("-a", False),
        ("a-", False),
        ("a b", False),
        ("a/b", False),
        ("..", False),
        ("品牌", False),
        ("é", False),
        ("a\n", False),
        ("ａ", False),
    ],
)
def test_an_id_is_fit_for_an_address(written: str, is_good: bool) -> None:
    data, problems, _ = _read(Brand, _changed(Brand, id=written))
    assert (data is not None) is is_good
    assert [each.code for each in problems] == ([] if is_good else ["ID-003"])


@pytest.mark.parametrize(
    ("written", "is_good"),
    [
        ("https://example.com/a?b=c#d", True),
        ("HTTP://example.com", True),
        ("mailto:a@example.com", True),
        ("tel:0000-1234567", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\tscript:x", False),
        ("data:text/html,x", False),
        ("//example.com", False),
        ("https:example.com", False),
        ("https:///x", False),
        ("https://\\x", False),
        ("https://example.com/a b", False),
        ("https://example.com\\x", False),
        ("ftp://example.com", False),
        ("example.com", False),
        ("about/", False),
        ("mailto:nobody", False),
    ],
)
def test_an_address_of_the_footer_leads_where_addresses_may(written: str, is_good: bool) -> None:
    _, problems, _ = _read(SiteConfig, _changed(SiteConfig, footer={"report_error": written}))
    assert [each.code for each in problems] == ([] if is_good else ["SEC-002"])


@pytest.mark.parametrize(
    ("written", "is_good"),
    [
        ("0000-1234567", True),
        ("(0000) 123 4567", True),
        ("+86 0000 1234567", True),
        ("110", True),
        ("12", False),
        ("０００", False),
        ("abc", False),
        ("1" * 31, False),
    ],
)
def test_a_telephone_number_is_digits_and_signs(written: str, is_good: bool) -> None:
    _, problems, _ = _read(Brand, _changed(Brand, contact={"office": "办公室", "phone": written}))
    assert [each.code for each in problems] == ([] if is_good else ["SCH-003"])


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("name", ["清风"]),
        ("name", {"a": "b"}),
        ("logo", "img/a.png"),
        ("logo", ["a"]),
        ("practices", "做法"),
        ("practices", {"title": "a"}),
    ]
    + [
        ("concept", []),
        ("honours", "x"),
        ("year", ["2024"]),
        ("established_on", {}),
        ("status", []),
        ("sample", {}),
        ("branches", "a"),
    ],
)
def test_a_value_of_the_wrong_shape_is_one_problem_at_its_place(key: str, value: Any) -> None:
    record = _changed(Brand, **{key: value})
    only = _only(Brand, record)
    assert only.code in ("SCH-003", "SCH-004", "DAT-001")
    assert f"（{key}）" in only.text("zh")
    assert _line_of(_dump(record), f"{key}:") <= only.span.line <= _line_of(_dump(record), f"{key}:") + 1


@pytest.mark.parametrize("value", ["x", ["x"], [], "2024"])
def test_what_is_no_mapping_is_no_record(value: Any) -> None:
    only = _only(Brand, value)
    assert (only.code, only.span) == ("SCH-003", Span("a.yml", 1, 1))


@pytest.mark.parametrize(
    "written", ["<script>alert(1)</script>", "a<b", "<!--", "</p>", "<?php", "<IMG SRC=x>", "x <a href='y'>z</a>"]
)
def test_markup_in_a_text_is_pointed_at(written: str) -> None:
    record = _changed(Brand, background=f"前言。\n第二行，{written}\n")
    text = _dump(_changed(Brand, background=...)) + f"background: |\n  前言。\n  第二行，{written}\n"
    only = _only(Brand, record)
    assert only.code == "SEC-003"
    _, problems = read(Brand, _tree(text), CONTEXT)
    line = text.split("\n")[problems[0].span.line - 1]
    assert line[problems[0].span.column - 1 :].startswith(written[written.index("<") :][:5])


@pytest.mark.parametrize("written", ["5 < 6", "a <- b", "<3", "1<2", "＜script＞", "《意见》", "a > b", "<", "<<"])
def test_a_less_than_sign_is_no_markup(written: str) -> None:
    _, problems, _ = _read(Brand, _changed(Brand, concept=written))
    assert not problems


def test_every_text_of_every_kind_refuses_markup() -> None:
    for model in MODELS:
        for path in spots(GOOD[model]):
            value = GOOD[model]
            for step in path:
                value = value[step]
            if isinstance(value, str):
                _, problems, _ = _read(model, changed_at(GOOD[model], path, "<script>x</script>"))
                assert problems, (model.__name__, path)


@pytest.mark.parametrize("key", ["name", "slogan", "method_code", "title"])
def test_a_line_is_one_line(key: str) -> None:
    only = _only(Brand, _changed(Brand, **{key: "清风\n徐来"}))
    assert only.code == "SCH-008"


def test_a_line_is_trimmed_and_its_white_space_is_single() -> None:
    data, problems, _ = _read(Brand, _changed(Brand, slogan="  清风　 徐来 \n"))
    assert not problems
    assert data.slogan == "清风 徐来"


# -- what the configuration decides ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "zh", "en"),
    [
        ("fazih", "是不是“fazhi（法治护航）”？", 'Did you mean "fazhi"?'),
        ("法治护航", "是不是“fazhi（法治护航）”？", 'Did you mean "fazhi"?'),
        ("FAZHI", "fazhi（法治护航）", "fazhi"),
        ("zzz", "可以填：fuwu（为民服务）、fazhi（法治护航）。", "Allowed: fuwu, fazhi."),
    ],
)
def test_a_wrong_choice_names_the_right_one_also_by_its_label(written: str, zh: str, en: str) -> None:
    only = _only(Brand, _changed(Brand, category=written))
    assert only.code == "SCH-004"
    assert zh in only.text("zh")
    assert en in only.text("en")


@pytest.mark.parametrize(
    ("model", "key", "value", "allowed"),
    [(Brand, "status", "public", "draft、review、published、withdrawn"), (SiteConfig, "language", "zh", "zh-CN、en")],
)
def test_a_wrong_word_lists_the_right_ones(model: type[Part], key: str, value: str, allowed: str) -> None:
    only = _only(model, _changed(model, **{key: value}))
    assert only.code == "SCH-004"
    assert allowed in only.text("zh")


@given(st.integers(1, 8), st.integers(0, 8), st.integers(0, 20))
def test_the_limits_are_those_of_the_configuration(least: int, more: int, length: int) -> None:
    context = {**CONTEXT, "limits": {"brand_name": (least, least + more), "slogan": (1, 30)}}
    text = _dump(_changed(Brand, name="𠮷" * length))
    _, problems = read(Brand, _tree(text), context)
    codes = [each.code for each in problems]
    if length == 0:
        assert codes == ["SCH-001"]
    elif length < least:
        assert codes == ["SCH-006"]
        assert f"至少要 {least} 个字" in problems[0].text("zh")
    elif length > least + more:
        assert codes == ["SCH-005"]
        assert f"有 {length} 个字，最多 {least + more} 个字" in problems[0].text("zh")
    else:
        assert not codes


def test_without_a_configuration_choices_and_limits_are_not_judged() -> None:
    text = _dump(_changed(Brand, name="很" * 40, category="zzz"))
    data, problems = read(Brand, _tree(text), None)
    assert data is not None and not problems


def test_the_context_of_a_site_is_what_its_configuration_says() -> None:
    config, tree, problems = configuration.load(SMALL)
    assert config is not None and tree is not None and not problems
    assert config.context == CONTEXT


@pytest.mark.parametrize(
    ("colour", "is_good"),
    [
        ("#9b1b1f", True),
        ("#ABCDEF", True),
        ("9b1b1f", False),
        ("#fff", False),
        ("#9b1b1g", False),
        ("red", False),
        ("#９b1b1f", False),
        ("#9b1b1f;}", False),
    ],
)
def test_a_colour_is_six_digits_behind_a_hash(colour: str, is_good: bool) -> None:
    colours = {**GOOD[SiteConfig]["colours"], "accent": colour}
    data, problems, _ = _read(SiteConfig, _changed(SiteConfig, colours=colours))
    assert (data is not None) is is_good
    assert [each.code for each in problems] == ([] if is_good else ["SCH-003"])


@pytest.mark.parametrize(
    "zone", ["Asia/Nowhere", "../../etc/passwd", "/etc/passwd", "Asia", "", "\x00", "Asia/Shanghai\n", "x" * 500]
)
def test_a_zone_that_does_not_exist_is_a_problem(zone: str) -> None:
    text = _dump(_changed(SiteConfig, timezone=zone))
    data, problems = read(SiteConfig, parse("a.yml", text)[0] or _tree("{}"), None)
    assert data is None
    assert len(problems) == 1


# -- looking into models -----------------------------------------------------------------------------------------------


def test_the_references_of_a_brand_are_known() -> None:
    assert set(reference_paths(Brand)) == {
        (("unit",), "unit"),
        (("branches", "*"), "branch"),
        (("parent",), "brand"),
        (("results", "*", "indicator"), "indicator"),
        (("videos", "*"), "video"),
    }
    assert set(reference_paths(Unit)) == {(("successor",), "unit")}
    assert not reference_paths(EditorialPage)


def test_the_pictures_of_a_brand_are_known() -> None:
    assert set(part_paths(Brand, Media)) == {("logo",), ("gallery", "*")}
    assert part_paths(Brand, Logo) == (("logo",),)
    assert part_paths(Brand, Practice) == (("practices", "*"),)
    assert not part_paths(Unit, Media)


def test_values_are_found_with_their_paths() -> None:
    brand, _, _ = _read(
        Brand, _changed(Brand, results=[{"text": "一"}, {"text": "二", "indicator": "i-1"}], branches=["b"])
    )
    found = {path: value for pattern, _ in reference_paths(Brand) for path, value in values_at(brand, pattern)}
    assert found == {("unit",): "court", ("branches", 0): "b", ("results", 1, "indicator"): "i-1"}
    assert [path for path, _ in values_at(brand, ("gallery", "*"))] == [("gallery", 0)]
    assert list(values_at(None, ("x", "*"))) == []


@pytest.mark.parametrize(
    ("name", "model"),
    [("logo", Logo), ("practices", Practice), ("contact", Contact), ("name", None), ("branches", None)],
)
def test_the_part_inside_an_annotation_is_found(name: str, model: type[Part] | None) -> None:
    assert part_of(Brand.model_fields[name].annotation) is model


@given(st.text(max_size=20), st.lists(st.text(min_size=1, max_size=10), max_size=6))
def test_the_nearest_is_one_of_the_known_or_nothing(text: str, known: list[str]) -> None:
    guess = nearest(text, tuple(known))
    assert guess is None or guess in known
    if text in known:
        assert guess == text


# -- schemas for editors -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def config() -> SiteConfig:
    """The configuration of the small site."""
    found, _, _ = configuration.load(SMALL)
    assert found is not None
    return found


def _objects(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for each in node.values():
            yield from _objects(each)
    elif isinstance(node, list):
        for each in node:
            yield from _objects(each)


def _is_chinese(text: object) -> bool:
    return isinstance(text, str) and any("\u4e00" <= each <= "\u9fff" for each in text)


def test_there_is_a_schema_for_every_kind_and_for_the_configuration(config: SiteConfig) -> None:
    names = set(jsonschema.all_schemas(config))
    assert names == {jsonschema.file_name(kind.name) for kind in KINDS} | {"site_config.json", "tombstones.json"}
    assert names >= {"brand.json", "units.json", "page.json", "video.json", "pioneer.json"}


@pytest.mark.parametrize("name", [*(jsonschema.file_name(kind.name) for kind in KINDS), "site_config.json", "tombstones.json"])
def test_every_property_of_a_schema_is_explained_in_chinese(name: str, config: SiteConfig) -> None:
    text = jsonschema.all_schemas(config)[name]
    assert text.endswith("}\n") and "\\u" not in text
    schema = json.loads(text)
    assert _is_chinese(schema["title"])
    assert schema["$schema"].startswith("https://json-schema.org/")
    properties = [
        (key, value)
        for each in _objects(schema)
        if isinstance(each.get("properties"), dict)
        for key, value in each["properties"].items()
    ]
    assert len(properties) >= 5
    for key, value in properties:
        assert _is_chinese(value.get("title")), key
        assert _is_chinese(value.get("description")), key


def test_a_schema_knows_the_choices_and_limits_of_the_configuration(config: SiteConfig) -> None:
    brand = json.loads(jsonschema.all_schemas(config)["brand.json"])["properties"]
    assert brand["category"]["enum"] == ["fuwu", "fazhi"]
    assert brand["category"]["markdownEnumDescriptions"] == ["为民服务", "法治护航"]
    assert (brand["name"]["minLength"], brand["name"]["maxLength"]) == (2, 12)
    assert brand["status"]["enum"] == ["draft", "review", "published", "withdrawn"]
    units = json.loads(jsonschema.all_schemas(config)["units.json"])
    assert units["type"] == "array"
    assert units["items"]["properties"]["system"]["enum"] == ["zhengfa", "shehui"]


def test_no_mark_of_ours_is_left_in_a_configured_schema(config: SiteConfig) -> None:
    for text in jsonschema.all_schemas(config).values():
        assert "x-choices" not in text and "x-limit" not in text


def test_a_schema_without_a_configuration_still_names_what_it_waits_for() -> None:
    brand = json.loads(jsonschema.all_schemas(None)["brand.json"])["properties"]
    assert brand["category"]["x-choices"] == "categories"
    assert brand["name"]["x-limit"] == "brand_name"


def test_every_reference_inside_a_schema_is_there(config: SiteConfig) -> None:
    for name, text in jsonschema.all_schemas(config).items():
        schema = json.loads(text)
        for each in _objects(schema):
            if "$ref" in each:
                assert each["$ref"].removeprefix("#/$defs/") in schema["$defs"], name


def test_a_schema_says_which_fields_are_required_and_allows_no_others(config: SiteConfig) -> None:
    for kind in KINDS:
        schema = jsonschema.schema_of(kind, config)
        record = schema["items"] if kind.layout.form == "roster" else schema
        required = {name for name, field in kind.model.model_fields.items() if field.is_required()}
        assert set(record["required"]) == required
        assert record["additionalProperties"] is False
        assert set(record["properties"]) == set(kind.model.model_fields)


def test_every_kind_has_the_fields_that_every_record_has() -> None:
    for kind in KINDS:
        assert set(RecordData.model_fields) <= set(kind.model.model_fields)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2023-12-28T15:00", "2023-12-28T15:00:00+08:00"),
        ("2023-12-28 15:00:30", "2023-12-28T15:00:30+08:00"),
        ("2023-12-28T15:00+08:00", "2023-12-28T15:00:00+08:00"),
        ("2023-12-28T07:00Z", "2023-12-28T15:00:00+08:00"),
    ],
)
def test_a_moment_is_a_time_where_the_site_is(written: str, expected: str) -> None:
    data, problems, _ = _read(Release, _changed(Release, announced_on=written))
    assert not problems
    assert data.announced_on.isoformat() == expected


@pytest.mark.parametrize(
    "written",
    ["2023-12-28", "2023-12-28T25:00", "2023-02-30T10:00", "15:00", "下午三点", "2023-12-28T15", "2024-01-01T00:00Z1"],
)
def test_what_is_no_moment_is_told_once(written: str) -> None:
    assert _only(Release, _changed(Release, announced_on=written)).code == "DAT-006"


@pytest.mark.parametrize("model", [each for each in GOOD if issubclass(each, RecordData)], ids=lambda model: model.__name__)
def test_a_record_that_was_packed_is_the_same_and_parts_share_what_nobody_asks_for(model: type[Part]) -> None:
    """Which fields were given is not kept: a set of them for each part would be a seventh of a site in memory."""
    made, _, _ = _read(model, GOOD[model])
    assert isinstance(made, Part)
    again = unpacked(packed(made), model)
    assert again == made and repr(again) == repr(made)
    held = [each for each in _within([made, again]) if isinstance(each, Part)]
    assert len({id(each.model_fields_set) for each in held}) == 1 and len(held) >= 2
    for each in held:
        changed = each.model_copy(update={"added": 1})  # has a set of its own to change
        assert changed.model_fields_set == {"added"} and not each.model_fields_set


def _within(value: Any) -> Iterator[Any]:
    """``value`` and everything in it."""
    yield value
    inner = value.__dict__.values() if isinstance(value, Part) else value if isinstance(value, (list, tuple)) else ()
    for each in inner:
        yield from _within(each)
