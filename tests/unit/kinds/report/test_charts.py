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


@given(st.lists(POINTS, min_size=1, max_size=8), st.none() | st.just(Decimal(100)))
@example([Point("一", Decimal(1), "1"), Point("多", Decimal(100000), "100000")], None)
@example([Point("降", Decimal(-1), "-1"), Point("多", Decimal(100000), "100000")], None)
def test_a_bar_of_anything_is_seen(points: list[Point], full: Decimal | None) -> None:
    root = _parsed(charts.bars(_caption(), points, full))
    for each in root.iter(f"{SVG}rect"):
        if (number := each.get("data-value")) is not None:
            left, width = (float((each.get(name) or "").rstrip("%")) for name in ("x", "width"))
            assert (width >= charts.LEAST) if Decimal(number) else width == 0
            assert left + width <= 100.01


@given(st.lists(st.lists(st.integers(0, 999), min_size=4, max_size=4), min_size=1, max_size=5))
@example([[1, 2, 150, 5]])
@example([[0, 0, 1, 400]])
def test_every_count_of_a_divided_bar_is_seen_with_its_number(rows: list[list[int]]) -> None:
    shares = [Share(str(look), look) for look in range(4)]
    chart = charts.stacked(_caption(), shares, [("批", f"{sum(row)}个", row) for row in rows])
    root = _check(chart)
    drawn = [each for each in root.iter(f"{SVG}rect") if each.get("data-value")]
    for each in drawn:
        assert (float((each.get("width") or "").rstrip("%")) >= charts.LEAST) == (each.get("data-value") != "0")
    numbers = [each[0] for each in root.iter(f"{SVG}text") if each.get("class") == "chart__number"]
    assert [each.text for each in numbers] == [str(count) for row in rows for count in row if count]
    at = [(each.get("y"), float((each.get("x") or "").rstrip("%")), width_of(each.text or "")) for each in numbers]
    for (line, x, wide), (below, next_x, next_wide) in zip(at, at[1:], strict=False):
        if line == below:
            assert (next_x - x) / 100 * charts.ROOM >= (wide + next_wide) / 2, "side by side on a phone"


NUMBERS = st.decimals(0, 100, places=1)


@given(st.lists(NUMBERS, min_size=2, max_size=6), NUMBERS)
@example([Decimal(71), Decimal("82.4"), Decimal("82.4")], Decimal(85))
@example([Decimal(0), Decimal(100)], Decimal(2))
def test_no_number_lies_on_the_line_of_the_target(values: list[Decimal], goal: Decimal) -> None:
    points = [Point(str(2000 + at), each, f"{each}%", at=at * 365) for at, each in enumerate(values)]
    root = _parsed(charts.series(_caption(), points, Point("目标", goal, f"{goal}%"), ["虚线：目标"]))
    lines = [each for each in root.iter(f"{SVG}line") if (each.get("class") or "") in ("chart__goal chart__goal--across", "chart__axis")]
    assert lines
    for text in root.iter(f"{SVG}text"):
        if text.get("class") == "chart__number":
            baseline = float((text[0].get("y") or "").removesuffix("em"))
            for each in lines:
                at = float((each.get("y1") or "").removesuffix("em"))
                assert not baseline - 0.85 < at < baseline + 0.15, (text[0].text, baseline, at)


@given(st.lists(NUMBERS, min_size=2, max_size=8), st.none() | NUMBERS, st.sampled_from([1.0, 2.0, 4.0]))
@example([Decimal("17.6"), Decimal("64.7"), Decimal("82.4"), Decimal("88.2"), Decimal("88.2")], Decimal(100), 1.0)
@example([Decimal(2), Decimal(90), Decimal(1)], None, 1.0)
@example([Decimal(90), Decimal(1), Decimal(95)], Decimal(3), 1.0)
def test_no_number_lies_on_the_way_from_point_to_point(values: list[Decimal], goal: Decimal | None, wider: float) -> None:
    room = charts.ROOM * wider
    points = [Point(str(2000 + at), each, f"{each}%", at=at * 365) for at, each in enumerate(values)]
    target = None if goal is None else Point("目标", goal, f"{goal}%")
    root = _parsed(charts.series(_caption(), points, target))
    ways = [
        [float((each.get(name) or "").rstrip("%em")) for name in ("x1", "y1", "x2", "y2")]
        for each in root.iter(f"{SVG}line")
        if each.get("class") == "chart__path"
    ]
    assert len(ways) == len(points) - 1
    for text in root.iter(f"{SVG}text"):
        if text.get("class") != "chart__number":
            continue
        x, baseline, wide = float((text[0].get("x") or "").rstrip("%")) * room / 100, float((text[0].get("y") or "")[:-2]), width_of(text[0].text or "")
        left = x - wide * {None: 0.0, "middle": 0.5, "end": 1.0}[text.get("text-anchor")]
        for x1, y1, x2, y2 in ways:
            for step in range(41):
                at = left + wide * step / 40
                if x1 * room / 100 <= at <= x2 * room / 100:
                    down = y1 + (y2 - y1) * (at / room * 100 - x1) / (x2 - x1)
                    assert not baseline - 0.8 < down < baseline + 0.1, (text[0].text, baseline, down)


def test_charts_have_no_patterns() -> None:
    one, two = Point("一", Decimal(3), "≥3", "gte"), Point("二", Decimal(5), "≤5", "lte")
    made = [
        charts.bars(_caption(), [one, two]),
        charts.progress(_caption(), one, two),
        charts.stacked(_caption(), [Share(str(look), look) for look in range(4)], [("批", "10个", [1, 2, 3, 4])]),
    ]
    assert not [each.id for each in made if "pattern" in each.svg or "url(" in each.svg]


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
