"""Charts: well-formed, escaped, inside their room, the same each time, and with the numbers of their tables."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.kinds.report import charts
from generator.kinds.report.charts import Caption, Chart, Point, Share
from generator.text.widths import MEASURE, width_of, wrap

LABELS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")) | st.sampled_from("党支部<>&\"'， "),
    max_size=40,
)
VALUES = st.decimals(-(10**15), 10**15, places=2) | st.sampled_from([Decimal(0), Decimal(100), Decimal("-0.01")])
BOUNDS = st.sampled_from(["eq", "gte", "lte"])
POINTS = st.builds(Point, LABELS, VALUES, LABELS, BOUNDS, st.integers(0, 10**6))
SVG = "{http://www.w3.org/2000/svg}"


def _caption(title: str = "图") -> Caption:
    return Caption("page-chart", title, "说明", ("项目", "数值"))


def _parsed(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(str(chart.svg).replace("<svg", f'<svg xmlns="{SVG[1:-1]}"', 1))


def _check(chart: Chart) -> ElementTree.Element:
    """What holds for every chart."""
    root = _parsed(chart)
    drawn = Counter(Decimal(each) for each in (node.get("data-value") for node in root.iter()) if each is not None)
    listed = Counter(cell.value for row in chart.grid.rows for cell in row if cell.value is not None)
    assert drawn == listed
    ids = {node.get("id") for node in root.iter()} - {None}
    assert all(str(each).startswith("page-chart-") for each in ids)
    assert set((root.get("aria-labelledby") or "").split()) <= ids
    assert root.get("role") == "img"
    assert not {"style", "onload", "onclick", "href"} & {name for node in root.iter() for name in node.attrib}
    assert {node.tag.removeprefix(SVG) for node in root.iter()} <= {
        *("svg", "title", "desc", "defs", "pattern", "line", "rect", "circle", "path", "text", "tspan")
    }
    for reference in re.findall(r"url\(#([^)]*)\)", str(chart.svg)):
        assert reference in ids
    height = float((root.get("height") or "").removesuffix("em"))
    for node in root.iter():
        for name, value in node.attrib.items():
            if value.endswith("%") and name in ("x", "x1", "x2", "width"):
                assert -0.01 <= float(value[:-1]) <= 100.01, (node.tag, name, value)
            if value.endswith("em") and name in ("y", "y1", "y2"):
                assert -0.01 <= float(value[:-2]) <= height + 0.01, (node.tag, name, value)
    for text in root.iter(f"{SVG}tspan"):
        assert width_of(text.text or "") <= MEASURE or len(text.text or "") == 1
    return root


@given(POINTS, POINTS, st.none() | st.just(Decimal(100)))
def test_progress(value: Point, target: Point, full: Decimal | None) -> None:
    _check(charts.progress(_caption(), value, target, full))


@given(st.lists(POINTS, max_size=8), st.none() | st.just(Decimal(100)))
@example([Point("零", Decimal(0), "0")], None)
def test_bars(points: list[Point], full: Decimal | None) -> None:
    root = _check(charts.bars(_caption(), points, full))
    assert len([each for each in root.iter(f"{SVG}rect") if each.get("data-value")]) == len(points)


@given(st.lists(POINTS, max_size=12), st.none() | POINTS, st.lists(LABELS, max_size=2))
@example([Point("一", Decimal(5), "5")], None, [])
@example([Point("一", Decimal(5), "5", at=1), Point("二", Decimal(5), "5", at=2)], None, [])
def test_series(points: list[Point], target: Point | None, legend: list[str]) -> None:
    root = _check(charts.series(_caption(), points, target, legend))
    dots = [each for each in root.iter(f"{SVG}svg") if each is not root]
    assert Counter((each.get("class") or "").rpartition("--")[2] for each in dots) == Counter(p.bound for p in points)


@st.composite
def _stacks(draw: st.DrawFn) -> tuple[list[Share], list[tuple[str, str, list[int]]]]:
    shares = [Share(draw(LABELS), look) for look in range(draw(st.integers(0, 4)))]
    counts = st.lists(st.integers(0, 10**9), min_size=len(shares), max_size=len(shares))
    return shares, draw(st.lists(st.tuples(LABELS, LABELS, counts), max_size=5))


@given(_stacks())
def test_stacked(stack: tuple[list[Share], list[tuple[str, str, list[int]]]]) -> None:
    _check(charts.stacked(_caption(), *stack))


@given(LABELS)
@example("<script>alert(1)</script>")
@example('" onload="x')
def test_whatever_a_label_says_it_is_text(label: str) -> None:
    points = [Point(label, Decimal(1), label)]
    root = _parsed(charts.bars(Caption("page-chart", label, label, ("", "")), points))
    assert (root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")) == (label, label)
    shown = "".join(each.text or "" for each in root.iter(f"{SVG}tspan"))
    assert "".join(shown.split()) == "".join((label + label).split())


@given(st.lists(POINTS, max_size=5))
def test_the_same_numbers_give_the_same_chart(points: list[Point]) -> None:
    assert charts.series(_caption(), points).svg == charts.series(_caption(), points).svg


def test_a_lower_bound_is_drawn_as_open_upwards() -> None:
    at_least = charts.bars(_caption(), [Point("满意率", Decimal(97), "≥97%", "gte")], Decimal(100))
    exactly = charts.bars(_caption(), [Point("满意率", Decimal(97), "97%")], Decimal(100))
    (open_end,) = [each for each in _parsed(at_least).iter() if each.get("class") == "chart__open"]
    assert (open_end.get("x"), open_end.get("width")) == ("97%", "3%")
    assert "chart__open" not in str(exactly.svg)


def test_bars_begin_at_zero_also_below_it() -> None:
    root = _parsed(charts.bars(_caption(), [Point("升", Decimal(30), "30"), Point("降", Decimal(-10), "-10")]))
    bars = [each for each in root.iter() if each.get("class") == "chart__bar"]
    assert [(each.get("x"), each.get("width")) for each in bars] == [("25%", "75%"), ("0%", "25%")]


def test_a_line_of_numbers_far_apart_stands_on_zero() -> None:
    far = [Point("一", Decimal(10), "10", at=1), Point("二", Decimal(90), "90", at=2)]
    near = [Point("一", Decimal(80), "80", at=1), Point("二", Decimal(90), "90", at=2)]
    assert "chart__axis--cut" not in str(charts.series(_caption(), far).svg)
    assert "chart__axis--cut" in str(charts.series(_caption(), near).svg)


def test_time_without_a_number_stays_empty() -> None:
    points = [Point(str(at), Decimal(at), str(at), at=at) for at in (0, 1, 10)]
    root = _parsed(charts.series(_caption(), points))
    assert [each.get("x") for each in root.iter(f"{SVG}svg") if each is not root] == ["3%", "12.4%", "97%"]


@pytest.mark.parametrize(
    ("text", "measure", "lines"),
    [
        ("第一党支部", 5.0, ["第一党支部"]),
        ("第一党支部", 3.0, ["第一党", "支部"]),
        ("一二三，四", 3.0, ["一二", "三，四"]),
        ("", 3.0, [""]),
        ("一 二", 9.0, ["一 二"]),
    ],
)
def test_labels_are_broken_where_they_end(text: str, measure: float, lines: list[str]) -> None:
    assert wrap(text, measure) == lines


@given(LABELS)
def test_a_broken_label_loses_nothing_but_blanks(label: str) -> None:
    assert "".join("".join(wrap(label)).split()) == "".join(label.split())
