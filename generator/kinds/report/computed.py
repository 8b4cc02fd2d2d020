"""The views of figures that are computed from the records: coverage, stars, stages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from generator.kinds.report import charts
from generator.kinds.report.charting import (
    FULL,
    PERCENT,
    amount,
    day_text,
    figure_of,
    goal_of,
    progress_chart,
    scoped,
    series_chart,
    target_view,
)
from generator.kinds.report.derive import coverage_of, stages_of, stars_of
from generator.kinds.report.indicators import CoverageYear, percentage
from generator.kinds.report.model import Derived
from generator.site.context import Public

_LOOKS = {5: 0, 4: 1, 3: 2, 0: 3}  # star → how its part of a bar is drawn


def derived_view(derived: Derived, anchor: str, public: Public) -> dict[str, Any] | None:
    """The view of a computed figure, ``None`` where the records hold nothing to compute it from."""
    if public.today is None:
        return None
    made = {"coverage": _coverage, "stars": _stars, "stages": _stages}[derived.kind](derived, anchor, public, public.today)
    if made is None:
        return None
    scope = public.word("figure.here")
    if made["figure"]:
        made["figure"] |= {"label": scoped(made["figure"]["label"], scope, public)}
    blank = {"scope": scope, "note": "", "progress": None, "chart": None, "matrix": None, "figure": None}
    target = target_view(derived.target, "up", PERCENT if derived.kind == "coverage" else "", public)
    start = {"anchor": anchor, "name": derived.name, "definition": derived.definition, "target": target}
    return blank | start | {"as_of": public.today} | made


def _coverage(derived: Derived, anchor: str, public: Public, day: date) -> dict[str, Any] | None:
    found = coverage_of(public.catalog, day, derived.years)
    columns = [(each, value) for each in found.years if (value := percentage(each.done, each.due)) is not None]
    if not columns:
        return None
    points = [_coverage_point(each, value, public) for each, value in columns]
    latest, value = columns[-1]
    years = [str(each.year) for each, _ in columns]
    note = public.word("coverage.note", done=latest.done, due=latest.due)
    goal = goal_of(derived.target, "up", PERCENT, public) if derived.target else None
    head = ("chart.year", "chart.value", "chart.parts", "as_of")
    return {
        "note": note,
        "as_of": latest.day,
        "progress": progress_chart(anchor, derived.name, points[-1], goal, FULL, public) if goal else None,
        "chart": series_chart(anchor, derived.name, points, goal, head, public, years, "chart.gap.unlisted")
        if len(points) > 1
        else None,
        "matrix": {
            "caption": public.word("coverage.matrix"),
            "years": [{"year": each.year, "done": each.done, "due": each.due} for each in found.years],
            "rows": [
                {"name": member.name, "address": f"units/{member.id}/", "marks": marks} for member, marks in found.rows
            ],
        },
        "figure": figure_of(f"{value:f}", PERCENT, derived.name, note, latest.day, anchor),
    }


def _coverage_point(column: CoverageYear, value: Decimal, public: Public) -> charts.Point:
    label = public.word("year", year=column.year)
    parts = public.word("report.parts", part=column.done, whole=column.due)
    at = date(column.year, 1, 1).toordinal()
    return charts.Point(label, value, amount(value, PERCENT), at=at, extra=(parts, day_text(column.day, public)))


def _stars(derived: Derived, anchor: str, public: Public, day: date) -> dict[str, Any] | None:
    batches = stars_of(public.catalog, derived.years)
    if not batches:
        return None
    shares = [charts.Share(public.word(f"star.{star}"), look) for star, look in _LOOKS.items()]
    rows = [
        (
            public.word("stars.batch", batch=each.name, year=each.year),
            public.word("stars.total", count=each.total),
            [each.counts[star] for star in _LOOKS],
        )
        for each in batches
    ]
    head = (public.word("chart.batch"), *(each.label for each in shares), public.word("chart.total"))
    last = batches[-1]
    text = public.word("chart.stars.desc", count=len(batches), batch=last.name, total=last.total, five=last.counts[5])
    caption = charts.Caption(f"{anchor}-chart", public.word("chart.stars", name=derived.name), text, head)
    note = public.word("stars.note", batch=last.name, total=last.total)
    return {
        "note": note,
        "chart": charts.stacked(caption, shares, rows) if _is_several(count for _, _, counts in rows for count in counts) else None,
        "figure": figure_of(str(last.counts[5]), public.word("stars.unit"), public.word("stars.five"), note, day, anchor),
    }


def _stages(derived: Derived, anchor: str, public: Public, day: date) -> dict[str, Any] | None:
    counted = stages_of(public.catalog, derived.years)
    if not counted:
        return None
    years = list(next(iter(counted.values())))
    points = [
        charts.Point(
            label=public.word("stages.stage", stage=stage),
            value=Decimal(sum(found.values())),
            text=public.word("stages.value", count=sum(found.values())),
            extra=tuple(str(found[year]) for year in years),
        )
        for stage, found in counted.items()
    ]
    total = sum(int(each.value) for each in points)
    head = (
        public.word("chart.stage"),
        public.word("chart.total"),
        *(public.word("year", year=year) for year in years),
    )
    text = public.word(
        "chart.stages.desc",
        total=total,
        parts=public.word("list.comma").join(f"{each.label} {each.text}" for each in points),
    )
    caption = charts.Caption(f"{anchor}-chart", public.word("chart.stages", name=derived.name), text, head)
    return {
        "chart": charts.bars(caption, points) if _is_several(int(each.value) for each in points) else None,
        "figure": figure_of(str(total), public.word("stages.unit"), derived.name, "", day, anchor),
    }


def _is_several(counts: Iterable[int]) -> bool:
    """Whether there is more than one number to compare: one alone is a figure and no bar."""
    return sum(each > 0 for each in counts) > 1
