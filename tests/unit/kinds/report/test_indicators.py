"""The arithmetic of reports: periods, shares, coverage of a roster that changes, stars, stages."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.kinds.report.indicators import (
    STARS,
    Member,
    agrees,
    coverage,
    heir,
    percentage,
    period,
    quotient,
    rounded,
    share,
    stages,
    stars,
)

COUNTS = st.integers(0, 10**9)
DAYS = st.dates(date(1995, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("text", "length", "first", "last"),
    [
        ("2023", "year", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-H1", "half", date(2023, 1, 1), date(2023, 6, 30)),
        ("2023-H2", "half", date(2023, 7, 1), date(2023, 12, 31)),
        ("2023-Q1", "quarter", date(2023, 1, 1), date(2023, 3, 31)),
        ("2023-Q4", "quarter", date(2023, 10, 1), date(2023, 12, 31)),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-12", "month", date(2023, 12, 1), date(2023, 12, 31)),
        ("2017/2021", "span", date(2017, 1, 1), date(2021, 12, 31)),
    ],
)
def test_periods_are_read(text: str, length: str, first: date, last: date) -> None:
    found = period(text)
    assert found is not None
    assert (found.length, found.first, found.last) == (length, first, last)


@pytest.mark.parametrize(
    "text",
    ["", "23", "2023年", "2023-13", "2023-00", "2023-Q5", "2023-Q0", "2023-H3", "2023-1", "2023 ", "2023-01-01"]
    + ["1800", "2300", "2021/2017", "2021/2021", "2021/2300", "2021-Q1/2022", "２０２３", "2023\n", "-2023"],
)
def test_other_texts_are_no_periods(text: str) -> None:
    assert period(text) is None


@given(st.text(max_size=12))
@example("2023-Q\u0661")
def test_no_text_upsets_the_reading_of_periods(text: str) -> None:
    found = period(text)
    assert found is None or (found.first < found.last and found.text == text)


def test_periods_of_one_length_are_told_from_others() -> None:
    sizes = {text: period(text).size for text in ("2023", "2024", "2023-Q1", "2017/2021", "2018/2021")}  # type: ignore[union-attr]
    assert sizes["2023"] == sizes["2024"]
    assert len(set(sizes.values())) == 4


@pytest.mark.parametrize(
    ("stated", "computed", "bound", "fits"),
    [
        ("96.7", "96.6666", "eq", True),
        ("96.6", "96.6666", "eq", False),
        ("97", "96.6666", "eq", True),
        ("96", "96.6666", "eq", False),
        ("96.5", "96.45", "eq", True),
        ("96.4", "96.45", "eq", True),
        ("96", "96.6666", "gte", True),
        ("96.7", "96.6666", "gte", False),
        ("96.7", "96.6666", "lte", True),
        ("96", "96.6666", "lte", False),
        ("0.50", "0.504", "eq", True),
        ("0.50", "0.506", "eq", False),
    ],
)
def test_a_stated_value_fits_to_as_many_decimals_as_it_has(stated: str, computed: str, bound: str, fits: bool) -> None:
    assert agrees(Decimal(stated), Decimal(computed), bound) is fits  # type: ignore[arg-type]


@given(COUNTS, st.integers(1, 10**9), st.integers(0, 4))
def test_what_is_rounded_agrees_with_what_it_was_rounded_from(part: int, whole: int, places: int) -> None:
    exact = quotient(Decimal(part), Decimal(whole), "%")
    short = exact.quantize(Decimal(1).scaleb(-places))
    assert agrees(short, exact)
    assert agrees(exact, exact, "gte") and agrees(exact, exact, "lte")
    assert rounded(exact, places) == rounded(rounded(exact, places), places)
    assert "E" not in f"{rounded(exact, places):f}"


@given(COUNTS, COUNTS)
def test_a_percentage_is_whole_only_where_everything_is_counted(one: int, other: int) -> None:
    part, whole = min(one, other), max(one, other)
    value = percentage(part, whole)
    if whole == 0:
        assert value is None
        return
    assert value is not None
    assert 0 <= value <= 100
    assert (value == 100) is (part == whole)
    assert (value == 0) is (part == 0)


def test_a_total_share_is_no_average_of_shares() -> None:
    assert share([(1, 1), (0, 9)]) == (1, 10)
    assert percentage(*share([(1, 1), (0, 9)])) == 10  # the average of 100 % and 0 % would be 50 %
    assert share([]) == (0, 0)


# -- coverage --------------------------------------------------------------------------------------------------------

OLD = Member("old", "旧局", date(2000, 1, 1), date(2021, 7, 1), "middle")
MIDDLE = Member("middle", "中局", date(2021, 7, 1), date(2023, 1, 1), "new")
NEW = Member("new", "新局", date(2023, 1, 1))
CLUB = Member("club", "活动中心", date(2000, 1, 1), is_due=False)


def _marks(members: list[Member], brands: list[tuple[str, date]], years: range, day: date) -> dict[str, str]:
    found = coverage(members, brands, years, day)
    short = {"has": "+", "lacks": "-", "none": "."}
    return {member.id: "".join(short[each] for each in marks) for member, marks in found.rows}


def test_a_brand_of_a_unit_that_is_gone_counts_for_its_successors() -> None:
    marks = _marks([OLD, MIDDLE, NEW, CLUB], [("old", date(2020, 5, 1))], range(2019, 2025), date(2024, 6, 1))
    assert marks == {"old": "-+....", "middle": "..++..", "new": "....++"}


def test_a_year_is_seen_from_its_last_day_and_the_running_one_from_today() -> None:
    found = coverage([NEW], [("new", date(2024, 8, 1))], range(2022, 2030), date(2024, 6, 1))
    assert [(each.year, each.day, each.done, each.due) for each in found.years] == [
        (2022, date(2022, 12, 31), 0, 0),
        (2023, date(2023, 12, 31), 0, 1),
        (2024, date(2024, 6, 1), 0, 1),
    ]


def test_a_unit_is_no_longer_there_on_the_day_of_its_end() -> None:
    ended = Member("gone", "撤销的局", date(2000, 1, 1), date(2022, 12, 31))
    assert _marks([ended], [], range(2021, 2023), date(2023, 1, 1)) == {"gone": "-."}


def test_a_circle_of_successors_ends() -> None:
    one = Member("one", "甲", date(2000, 1, 1), date(2001, 1, 1), "two")
    two = Member("two", "乙", date(2000, 1, 1), date(2001, 1, 1), "one")
    assert heir({"one": one, "two": two}, "one", date(2020, 1, 1)) is None
    assert heir({}, "nobody", date(2020, 1, 1)) is None
    assert heir({"self": Member("self", "丙", date(2030, 1, 1), None, "self")}, "self", date(2020, 1, 1)) is None


@st.composite
def _rosters(draw: st.DrawFn) -> list[Member]:
    names = [f"u{number}" for number in range(draw(st.integers(1, 6)))]
    members = []
    for name in names:
        since = draw(DAYS)
        until = since + timedelta(days=draw(st.integers(1, 8000))) if draw(st.booleans()) else None
        successor = draw(st.sampled_from([*names, "nobody"])) if until else None
        members.append(Member(name, name, since, until, successor, draw(st.booleans())))
    return members


@given(_rosters(), st.lists(st.tuples(st.sampled_from(["u0", "u1", "u2", "nobody"]), DAYS), max_size=6), DAYS)
def test_columns_count_what_their_rows_show(roster: list[Member], brands: list[tuple[str, date]], day: date) -> None:
    found = coverage(roster, brands, range(1995, 2031), day)
    for at, column in enumerate(found.years):
        marks = [row[at] for _, row in found.rows]
        assert column.done == marks.count("has")
        assert column.due == len(marks) - marks.count("none")
        assert column.day <= day
    more = coverage(roster, [*brands, ("u0", date(1995, 1, 1))], range(1995, 2031), day)
    assert all(old.done <= new.done for old, new in zip(found.years, more.years, strict=True))


# -- stars and stages ------------------------------------------------------------------------------------------------


def test_stars_are_counted_by_batch_in_time() -> None:
    found = stars([("第二批", 2020, 5), ("第一批", 2018, 3), ("第二批", 2021, 0), ("第二批", 2020, 5)])
    assert [(each.name, each.year, dict(each.counts), each.total) for each in found] == [
        ("第一批", 2018, {5: 0, 4: 0, 3: 1, 0: 0}, 1),
        ("第二批", 2020, {5: 2, 4: 0, 3: 0, 0: 1}, 3),
    ]
    assert stars([]) == ()


@given(st.lists(st.tuples(st.sampled_from("甲乙丙"), st.integers(2000, 2030), st.sampled_from(STARS))))
def test_every_rating_is_counted_once(ratings: list[tuple[str, int, int]]) -> None:
    assert sum(each.total for each in stars(ratings)) == len(ratings)


def test_stages_are_counted_by_year_and_none_is_left_out() -> None:
    found = stages([("实施", 2024), ("结项", 2023), ("实施", 2024)])
    assert found == {
        "立项": {2023: 0, 2024: 0},
        "实施": {2023: 0, 2024: 2},
        "验收": {2023: 0, 2024: 0},
        "结项": {2023: 1, 2024: 0},
    }
    assert stages([]) == {}
