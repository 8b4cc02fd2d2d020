"""Where a series has no values: found by its own step, drawn as a break, said in words and in the table."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.kinds.report.indicators import Period, gaps, period
from tests.helpers.driver import SiteDriver


def _periods(texts: str) -> list[Period]:
    found = [period(each) for each in texts.split()]
    assert None not in found
    return [each for each in found if each]


@pytest.mark.parametrize(
    ("texts", "missing"),
    [
        ("2019 2020 2024", ["2021..2023"]),
        ("2019 2024", ["2020..2023"]),
        ("2019 2020 2021", []),
        ("2018 2020 2022", []),  # every other year
        ("2016 2018 2020 2024", ["2021..2023"]),
        ("2019 2020 2022 2025", ["2021..2021", "2023..2024"]),
        ("2023-H1 2023-H2 2024-H2", ["2024-H1..2024-H1"]),
        ("2023-H2 2024-H2 2025-H2", []),
        ("2023-Q1 2023-Q2 2024-Q1", ["2023-Q3..2023-Q4"]),
        ("2023-Q4 2024-Q1", []),
        ("2023-11 2023-12 2024-03", ["2024-01..2024-02"]),
        ("2012/2016 2017/2021", []),
        ("2007/2011 2017/2021", ["2012..2016"]),
        ("2018/2020 2019/2021 2020/2022", []),
        ("2022 2023-Q1 2023-Q2", []),  # of mixed lengths: what touches is joined
        ("2022 2023-Q2", ["2023-01..2023-03"]),
        ("2023", []),
        ("", []),
        ("2024 2019 2020", ["2021..2023"]),
    ],
)
def test_what_is_missing_is_found_by_the_step_of_the_series(texts: str, missing: list[str]) -> None:
    assert [f"{each.first.text}..{each.last.text}" for each in gaps(_periods(texts))] == missing


@given(st.sets(st.integers(1990, 2030), min_size=2, max_size=12))
def test_of_years_a_gap_holds_no_value_and_what_is_no_gap_is_a_step(years: set[int]) -> None:
    found = gaps(_periods(" ".join(map(str, sorted(years)))))
    inside = {year for each in found for year in range(each.first.first.year, each.last.first.year + 1)}
    assert not inside & years
    steps = [b - a for a, b in zip(sorted(years), sorted(years)[1:], strict=False)]
    if len(set(steps)) == 1 and len(steps) > 1:
        assert not inside
    if 1 in steps:
        assert inside == set(range(min(years), max(years))) - years


MIXED = st.builds(
    lambda year, part: f"{year}{part}",
    st.integers(2000, 2030),
    st.sampled_from(["", "-H1", "-H2", "-Q1", "-Q3", "-Q4", "-01", "-07", "-12"]),
)


@given(st.lists(MIXED, max_size=12, unique=True))
def test_periods_of_any_lengths_have_gaps_between_them_only(texts: list[str]) -> None:
    known = _periods(" ".join(texts))
    for each in gaps(known):
        assert each.first.first > each.before.last
        assert all(other.last < each.first.first or other.first > each.last.last for other in known)


def _series(periods: list[str]) -> str:
    values = "".join(
        f"      - {{period: {each}, value: {number + 10}, source: {{title: 年报}}, as_of: 2025-01-31}}\n"
        for number, each in enumerate(periods)
    )
    return f"""id: figures
title: 小城的数字
year: 2025
status: published
published_on: 2025-03-01
indicators:
  - id: satisfaction
    name: 办件量
    definition: 数。
    unit: 件
    direction: up
    series:
{values}reviews:
  - {{stage: 终审, role: 工委, date: 2025-02-20}}
"""


@pytest.mark.parametrize(
    ("periods", "said"),
    [
        (["2019", "2020", "2024"], "2021–2023"),
        (["2020", "2021", "2023"], "2022年"),
        (["2023-Q1", "2023-Q2", "2024-Q1"], "2023年第3季度至2023年第4季度"),
        (["2023-H1", "2023-H2", "2024-H2"], "2024年上半年"),
        (["2023-11", "2023-12", "2024-02"], "2024年1月"),
    ],
)
def test_a_report_says_what_is_missing(periods: list[str], said: str, site: Callable[[str], SiteDriver]) -> None:
    driver = site("good/report").remove_if_there("expected")
    driver.write("content/reports/figures/report.yml", _series(periods)).build()
    assert driver.is_published(), driver.lines()
    main = driver.main("reports/figures/index.html")
    chart = re.search(r'<figure class="chart" id="i-satisfaction-series">.*?</figure>', main, re.DOTALL)
    assert chart
    (description,) = re.findall(r"<desc[^>]*>([^<]*)</desc>", chart[0])
    (caption,) = re.findall(r"<caption[^>]*>([^<]*)</caption>", chart[0])
    assert f"{said}：无数据" in description
    assert f"{said}：无数据" in caption
    assert f'<th scope="row">{said}</th><td>无数据</td>' in chart[0]
    assert chart[0].count('class="chart__path"') == len(periods) - 2


def test_a_series_without_gaps_says_nothing_of_any(site: Callable[[str], SiteDriver]) -> None:
    driver = site("good/report").remove_if_there("expected")
    driver.write("content/reports/figures/report.yml", _series(["2018", "2020", "2022"])).build()
    assert driver.is_published(), driver.lines()
    main = driver.main("reports/figures/index.html")
    assert "无数据" not in main
    assert main.count('class="chart__path"') == 2
