"""Numbers as large, as small and as long as a record may hold: they are checked, computed, drawn and handed out."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from generator.kinds.report import indicators
from generator.schema.fields import number_of
from tests.helpers.driver import SiteDriver

Site = Callable[[str], SiteDriver]
REPORT = "content/reports/edges/report.yml"
LARGEST, SMALLEST = "999999999999999.999999", "0.000001"
SOURCE = "source: {title: 材料}, as_of: 2025-01-31"


def _report(unit: str, values: list[str], target: str = "", *, parts: tuple[str, str] | None = None) -> str:
    of = f", numerator: {parts[0]}, denominator: {parts[1]}" if parts else ""
    named = "    numerator: 分子\n    denominator: 分母\n" if unit == "%" else ""
    rows = "".join(
        f"      - {{period: {2000 + at}, value: {value}{of}, {SOURCE}}}\n" for at, value in enumerate(values)
    )
    aim = f"    target: {{value: {target}, due: 2199-12-31}}\n" if target else ""
    return (
        "id: edges\ntitle: 边上的数\nyear: 2025\nstatus: published\npublished_on: 2025-02-01\n"
        "reviews: [{stage: 终审, role: 机关工委, date: 2025-01-31}]\nindicators:\n"
        f"  - id: edge-values\n    name: 边上\n    definition: 怎么算。\n    unit: {unit}\n    direction: up\n    headline: true\n"
        f"{named}{aim}    series:\n{rows}"
    )


SERIES = (
    [LARGEST],
    [SMALLEST],
    [LARGEST, SMALLEST],
    [f"-{LARGEST}", LARGEST],
    ["0", "0"],
    ["-0", "-0.00"],
    ["0", LARGEST, "0"],
    [SMALLEST, "0.000002", "0.000003"],
    [f"-{SMALLEST}"],
    ["1"] * 20,
    [str(10**at) for at in range(15)],
)


@pytest.mark.audit
@pytest.mark.parametrize("values", SERIES, ids=lambda values: f"{len(values)}-{values[0]}")
def test_values_at_the_edges_are_built_and_read_back(site: Site, values: list[str]) -> None:
    driver = site("good/report").remove_if_there("expected")
    driver.write(REPORT, _report("个", values, LARGEST)).build()
    assert driver.is_published(), driver.lines()
    files = driver.files()
    page = driver.page("reports/edges/")
    assert not re.search(r"[0-9]E[+-]?[0-9]|\b(?:nan|inf|Infinity|NaN)\b|>-0<", page)
    places = re.findall(r' (?:x|y|x1|y1|x2|y2|width|height|cx|cy|r)="([^"]*)"', page)
    assert places
    assert [each for each in places if not re.fullmatch(r"-?[0-9]*\.?[0-9]+(?:%|em)?", each)] == []
    data = json.loads(files["data/indicators.json"], parse_constant=lambda name: pytest.fail(name))
    assert data
    rows = list(csv.reader(files["data/indicators.csv"].decode("utf-8-sig").splitlines()))
    mine = [each for each in rows if "edge-values" in each]
    assert len(mine) == len(values)
    for row, value in zip(mine, values, strict=True):
        assert any(_same(cell, value) for cell in row), (row, value)


def _same(cell: str, value: str) -> bool:
    return re.fullmatch(r"-?[0-9.]+", cell) is not None and Decimal(cell) == Decimal(value)


@pytest.mark.parametrize("parts", [(LARGEST, SMALLEST), (SMALLEST, LARGEST), ("0", LARGEST), (LARGEST, "0"), ("-1", "-0")])
@pytest.mark.parametrize("value", [SMALLEST, LARGEST, "0.123456"])
def test_shares_of_the_largest_and_the_smallest_are_checked(site: Site, parts: tuple[str, str], value: str) -> None:
    driver = site("good/report").remove_if_there("expected")
    driver.write(REPORT, _report("%", [value], parts=parts)).build()
    assert not [each for each in driver.problems if each.code == "IMG-020"], driver.lines()
    assert driver.is_published() is not any(each.is_error for each in driver.problems)


@given(st.integers(-(10**21), 10**21), st.integers(1, 10**21), st.integers(0, 6))
@example(10**21, 1, 6)
@example(-(10**21), 3, 6)
def test_a_quotient_can_be_rounded_to_every_place(numerator: int, denominator: int, places: int) -> None:
    value = indicators.quotient(Decimal(numerator).scaleb(-6), Decimal(denominator).scaleb(-6), "%")
    assert abs(indicators.rounded(value, places) - value) <= abs(value) / 10**20 + Decimal(1).scaleb(-places)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        *((each, "too_long") for each in ("9" * 13, "9" * 5000, "-" + "9" * 400_000, "0" * 13)),
        *((each, "expected") for each in ("1e308", "NaN", "inf", "-inf", "1_000", "0x10", "+5", ".5", "5.", "１２", "٣", "", "1,000")),
        *((each, "expected") for each in ("1.5", "--1", "1 ", "½", "²")),
    ],
    ids=lambda each: str(each)[:20],
)
def test_what_is_no_number_or_too_long(written: str, kind: str) -> None:
    with pytest.raises(PydanticCustomError) as error:
        number_of(written, 12, 0)
    assert error.value.type == kind


@pytest.mark.parametrize("written", ["9" * 16, "1.1234567", "9" * 5000, "0." + "1" * 5000])
def test_a_number_that_is_too_long_is_told_with_the_room_there_is(site: Site, written: str) -> None:
    driver = site("good/report").write(REPORT, _report("个", [written])).check()
    found = [each for each in driver.problems if each.is_error]
    assert [each.code for each in found] == ["SCH-040"], driver.lines()
    assert "15" in found[0].text("zh") and "6" in found[0].text("zh") and len(found[0].text("zh")) < 200
