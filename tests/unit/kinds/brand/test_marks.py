"""Points of a mark that lie upon each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import partial
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.kinds.brand.checks import APART, crowded
from generator.problems import Span
from tests.helpers.driver import SiteDriver
from tests.helpers.growth import assert_grows_within

BRAND = "brands/qingfeng/brand.yml"
Point = tuple[int, int]


def _checked(site: SiteDriver, sound: str, points: Iterable[Point]) -> SiteDriver:
    parts = "".join(f"    - {{at: [{x}, {y}], text: 一处}}\n" for x, y in points)
    site.write(BRAND, sound.replace("  uses_party_emblem: false\n", f"  uses_party_emblem: false\n  parts:\n{parts}", 1))
    return site.check()


def test_every_point_that_lies_upon_another_is_told(small: SiteDriver) -> None:
    sound = (small.root / BRAND).read_text("utf-8")
    points: Sequence[Point] = [(10, 10), (50, 50), (12, 12), (18, 10), (51, 49), (90, 90)]
    found = [each for each in _checked(small, sound, points).problems if each.code == "IMG-014"]
    assert [(each.span.line, dict(each.values)["number"], dict(each.values)["first"]) for each in found] == [(18, 3, 1), (19, 4, 3), (20, 5, 2)]


def _told(points: Sequence[Point]) -> list[dict[str, int]]:
    record: Any = SimpleNamespace(
        data=SimpleNamespace(logo=SimpleNamespace(parts=[SimpleNamespace(at=(Decimal(x), Decimal(y))) for x, y in points])),
        span=lambda *_: Span("brand.yml", 1, 1),
    )
    return [{name: int(str(value)) - 1 for name, value in each.values} for each in crowded(record)]


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), max_size=40))
def test_the_same_points_are_told_as_by_looking_at_all_pairs(points: Sequence[Point]) -> None:
    def near(one: Point, other: Point) -> bool:
        return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 < APART**2

    told = _told(points)
    assert [each["number"] for each in told] == [at for at, one in enumerate(points) if any(near(one, other) for other in points[:at])]
    assert all(each["first"] < each["number"] and near(points[each["first"]], points[each["number"]]) for each in told)


def test_many_points_are_compared_in_linear_time() -> None:
    def told(count: int) -> Callable[[], list[dict[str, int]]]:
        return partial(_told, [*[(10, 10)] * count, *[(90, 90)] * count])

    assert len(told(100)()) == 198
    assert_grows_within(10, told(400), told(2_400))
