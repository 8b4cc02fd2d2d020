"""Tombstones as a file: what is taken, what is told, and that nobody is named."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ledger.tombstones import TOMBSTONES, Stones, check, read_stones
from generator.source.files import SourceText

GOOD = """\
- address: brands/jiuming/
  what: 品牌“旧名”
  withdrawn_on: 2026-03-04
  reason: 单位撤并
  by: 机关工委办公室
"""


def _read(text: str) -> Stones:
    return read_stones(SourceText(TOMBSTONES, text, sha256(text.encode()).hexdigest()))


def _codes(text: str) -> list[tuple[str, int]]:
    return [(each.code, each.span.line) for each in _read(text).problems]


def test_a_tombstone_says_what_when_why_and_by_whom() -> None:
    found = _read(GOOD)
    assert found.problems == () and found.faulty == frozenset()
    (stone,) = found.sound
    assert stone.data.model_dump() == {
        "address": "brands/jiuming/",
        "what": "品牌“旧名”",
        "withdrawn_on": date(2026, 3, 4),
        "reason": "单位撤并",
        "by": "机关工委办公室",
    }
    assert str(stone.span("reason")) == f"{TOMBSTONES}:4:11"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("brands/jiuming", "brands/jiuming/"),
        ("/brands/jiuming/", "brands/jiuming/"),
        ("old/intro.html", "old/intro.html"),
        ("/feeds/units/jiu.xml", "feeds/units/jiu.xml"),
    ],
)
def test_an_address_may_be_written_with_or_without_strokes_around_it(written: str, meant: str) -> None:
    (stone,) = _read(GOOD.replace("brands/jiuming/", written)).sound
    assert stone.data.address == meant


@pytest.mark.parametrize("written", ["/", "''", "../x/", "https://a.example/x/", "x/#y", "x?y", "a b/", "关于/", "x\\y", "con/"])
def test_what_is_no_address_of_the_site_is_told(written: str) -> None:
    text = GOOD.replace("brands/jiuming/", written)
    assert _read(text).sound == ()
    assert [each for each in _codes(text) if each[1] == 1], text


@pytest.mark.parametrize("field", ["address", "what", "withdrawn_on", "reason", "by"])
def test_nothing_may_be_left_out(field: str) -> None:
    lines = [each for each in GOOD.removeprefix("- ").splitlines() if not each.strip().startswith(f"{field}:")]
    text = "-\n" + "".join(f"  {each.strip()}\n" for each in lines)
    assert [code for code, _ in _codes(text)] == ["SCH-001"]


def test_a_faulty_one_is_told_and_its_address_is_known() -> None:
    found = _read(GOOD.replace("2026-03-04", "去年") + GOOD.replace("jiuming", "laoming"))
    assert [each.code for each in found.problems] == ["DAT-001"]
    assert found.faulty == frozenset({"brands/jiuming/"})
    assert [each.data.address for each in found.sound] == ["brands/laoming/"]


@pytest.mark.parametrize("text", ["address: x/\n", "- [\n", "- a\n- b\n", "\t- x\n"])
def test_a_file_that_is_no_list_of_tombstones_is_told(text: str) -> None:
    found = _read(text)
    assert found.sound == () and found.problems
    assert found.faulty is None or text == "- a\n- b\n"


@pytest.mark.parametrize(
    "reason", ["联系 13800138000", "证件 11010519491231002X", r'"\u0031\u0033\u0038\u0030\u0030\u0031\u0033\u0038\u0030\u0030\u0030"']
)
def test_personal_data_is_told_and_masked(reason: str) -> None:
    problems = _read(GOOD.replace("单位撤并", reason)).problems
    assert [each.code[:3] for each in problems] == ["PII"]
    assert "13800138000" not in problems[0].text("zh")


def test_a_comment_is_searched_for_personal_data_too() -> None:
    assert [each[0] for each in _codes(f"# 13800138000\n{GOOD}")] == ["PII-002"]


def test_a_placeholder_is_no_reason() -> None:
    assert _codes(GOOD.replace("单位撤并", "待补充"))


def test_a_second_one_and_one_of_a_later_day_are_told() -> None:
    stones = _read(GOOD + GOOD.replace("brands/jiuming/", "brands/jiuming").replace("2026-03-04", "2027-01-01")).sound
    found = [*check(stones, date(2026, 6, 1))]
    assert [(each.code, each.span.line) for each in found] == [("URL-009", 6), ("URL-017", 8)]
    assert f"{TOMBSTONES}:1:12" in found[0].text("zh")
    assert [*check(stones[:1], date(2026, 3, 4))] == []
    assert [*check(stones[:1], None)] == [], "the edition of a year cannot know"
    assert [each.code for each in check(stones[:1], date(2026, 3, 3))] == ["URL-017"]


@given(st.text(max_size=300))
def test_any_text_is_survived(text: str) -> None:
    found = _read(text)
    for each in found.problems:
        assert each.text("zh") and each.text("en")
