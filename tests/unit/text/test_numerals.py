"""Numbers in titles count as numbers, however they are written; numerals in names stay names."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.text.numerals import chinese, natural, value_of
from tests.helpers.driver import SiteDriver
from tests.helpers.growth import assert_ends_within

_DIGITS = "零一二三四五六七八九"


def _formal(number: int) -> str:
    """``number`` below 10,000 in Chinese, by the rules of the grammar and without help from the module."""
    if number < 20:
        return chinese(number) if number else "零"
    text, gap = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + sign
        gap = not digit
    return text


@given(st.integers(1, 9999))
@example(110)
@example(1001)
@example(1010)
def test_a_numeral_gives_its_number(number: int) -> None:
    assert value_of(_formal(number)) == number
    assert value_of("".join("〇一二三四五六七八九"[int(each)] for each in str(number))) == number


@pytest.mark.parametrize(
    ("numeral", "number"),
    [("廿", 20), ("廿一", 21), ("卅五", 35), ("一百三", 130), ("一百零三", 103), ("拾贰", 12), ("两百", 200)],
)
def test_a_numeral_of_another_kind_gives_its_number(numeral: str, number: int) -> None:
    assert value_of(numeral) == number


FORMS = ("第{c}批", "第{n}批", "第 {n} 批", "第{w}批", "第{z}批")


@given(st.lists(st.tuples(st.integers(1, 999), st.sampled_from(FORMS)), min_size=2, max_size=12))
def test_batches_stand_by_number_however_they_are_written(batches: list[tuple[int, str]]) -> None:
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    texts = [
        (number, form.format(c=_formal(number), n=number, w=str(number).translate(wide), z=f"{number:04}"))
        for number, form in batches
    ]
    assert [number for number, _ in sorted(texts, key=lambda each: natural(each[1]))] == sorted(n for n, _ in batches)


@pytest.mark.parametrize(
    "ordered",
    [
        ["首批", "第二批", "第三批", "第九批", "第十批", "第11批", "第十二批", "第廿批", "第二十一批", "第一百零三批"],
        ["2022年第九批", "二〇二三年第三批", "2023年第10批", "２０２３年第十一批", "2024年首批"],
        ["首届", "第二届", "第10届"],
        ["一期", "二期", "三期", "十期", "十一期"],
        ["第Ⅰ阶段", "第Ⅱ阶段", "第IV阶段", "第Ⅸ阶段"],
        ["Batch I", "batch 2", "Batch III", "Batch 10", "Batch XI"],
        ["一等奖", "二等奖", "三等奖"],
        ["甲组", "乙组", "丙组", "丁组"],
        ["上册", "中册", "下册"],
        ["故事（上）", "故事（中）", "故事（下）"],
        ["①", "②", "⑩"],
        ["系列之一", "系列之三", "系列之十二"],
        ["十三五", "十四五", "十五五"],
        ["hall-2", "hall-10"],
        ["J2", "J10"],
        ["1.9", "1.10"],
    ],
)
def test_what_people_number_stands_in_its_order(ordered: list[str]) -> None:
    for seed in range(5):
        mixed = random.Random(seed).sample(ordered, len(ordered))
        assert sorted(mixed, key=natural) == ordered


@pytest.mark.parametrize(
    "name", ["一窗通办", "三心服务", "百姓茶馆", "千灯", "万家灯火", "一站式", "三合一", "首善之区"]
)
def test_a_numeral_in_a_name_numbers_nothing(name: str) -> None:
    assert natural(name) == ((1, name),)


@given(st.text(max_size=60) | st.text("第一十百零〇廿首批期年0１ivxBatch ①之（）", max_size=60))
def test_any_text_can_be_compared_with_any_other(text: str) -> None:
    assert sorted([text, "第十批", "批", ""], key=natural)[0] in (text, "")


@pytest.mark.parametrize(
    "text", ["第" * 100_000, "一" * 100_000, "9" * 100_000, "i" * 100_000, "第 " * 50_000, "no." * 50_000]
)
def test_a_long_text_is_read_in_linear_time(text: str) -> None:
    assert_ends_within(2, lambda: natural(text))


REPORT = """id: coverage
title: 支部星级
year: 2025
status: published
published_on: 2025-03-01
derived:
  - {kind: stars, name: 支部星级分布, definition: 各批次评定的支部数。}
reviews:
  - {stage: 终审, role: 工委, date: 2025-02-20}
"""


def test_batches_of_a_site_stand_by_number_and_the_newest_is_the_last(site: Callable[[str], SiteDriver]) -> None:
    driver = site("good/report").remove_if_there("expected")
    batches = ["第十一批", "第四批", "首批", "第10批", "第２批", "第三批"]
    lines = [
        f"- id: z{number}\n  name: 支部{number}\n  unit: court\n  star_records:\n    - {{batch: {each}, year: 2023, star: 5}}\n"
        for number, each in enumerate(batches)
    ]
    driver.write("content/branches.yml", "".join(lines))
    driver.write("content/reports/coverage/report.yml", REPORT).build()
    assert driver.is_published(), driver.lines()
    rows = driver.page("data/stars.csv").splitlines()[1:]
    assert list(dict.fromkeys(row.split(",")[0].strip('"') for row in rows)) == [
        *("首批", "第２批", "第三批", "第四批", "第10批", "第十一批"),
    ]
    assert "第十一批评定 1 个支部" in driver.main("reports/coverage/index.html")
