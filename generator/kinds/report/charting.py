"""Numbers, periods and targets in words, and the charts that reports draw of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from generator.kinds.report import charts
from generator.kinds.report.indicators import PERCENT as PERCENT_SIGNS
from generator.kinds.report.indicators import Period, gaps, period
from generator.kinds.report.model import Direction, Target
from generator.site.context import Public

FULL = Decimal(100)
PERCENT = "%"
_SIGNS = {"eq": "", "gte": "≥", "lte": "≤"}


def target_view(target: Target | None, direction: Direction, unit: str, public: Public) -> dict[str, Any] | None:
    """The view of a target: in words with its bound, its day, and which of its fields are sample content."""
    if target is None:
        return None
    text = public.word("report.target_value", value=amount(target.value, unit, target.bound_for(direction)))
    return {"text": text, "due": target.due, "sample": list(target.sample_titles(public.config.words).values())}


def goal_of(target: Target, direction: Direction, unit: str, public: Public) -> charts.Point:
    """A target as charts draw it."""
    bound = target.bound_for(direction)
    return charts.Point(public.word("report.target"), target.value, amount(target.value, unit, bound), bound)


def progress_chart(
    anchor: str, name: str, latest: charts.Point, goal: charts.Point, full: Decimal | None, public: Public
) -> charts.Chart:
    """The latest number of ``name`` against its target; ``full`` is the end of the scale. Its id begins with ``anchor``."""
    text = public.word("chart.progress.desc", name=name, period=latest.label, value=latest.text, target=goal.text)
    caption = caption_of(f"{anchor}-progress", "chart.progress", name, text, ("chart.what", "chart.value"), public)
    return charts.progress(caption, bare(latest), goal, full)


def bare(point: charts.Point) -> charts.Point:
    """``point`` without what else stands in its row."""
    return replace(point, extra=())


def series_chart(
    anchor: str,
    name: str,
    points: Sequence[charts.Point],
    goal: charts.Point | None,
    head: tuple[str, ...],
    public: Public,
    periods: Sequence[str] = (),
    nothing: str = "chart.gap.none",
) -> charts.Chart:
    """``points`` over time with their target. ``head`` are the keys of the headings of the table. ``periods`` are those of
    the points: what is missing between them is said and left open, in the words of ``nothing``."""
    missing = _missing(periods, public.word(nothing), public)
    text = public.word(
        "chart.series.desc",
        name=name,
        count=len(points),
        first=points[0].label,
        first_value=points[0].text,
        last=points[-1].label,
        last_value=points[-1].text,
    )
    title = public.word("chart.series", name=name)
    said = public.word("list.comma").join(each.label for each in missing)
    if missing:
        said = public.word("chart.gap", periods=said, nothing=public.word(nothing))
        text, title = (
            public.word("chart.with_gap", text=text, gap=said),
            public.word("chart.titled_gap", title=title, gap=said),
        )
    legend = [public.word(f"chart.bound.{each}") for each in ("gte", "lte") if any(p.bound == each for p in points)]
    if goal:
        legend.insert(0, public.word("chart.goal", target=f"{goal.label} {goal.text}"))
        goal = replace(goal, extra=("",) * (len(head) - 2))
    legend += [said] if missing else []
    caption = charts.Caption(f"{anchor}-series", title, text, tuple(public.word(each) for each in head))
    return charts.series(caption, points, goal, legend, missing)


def _missing(periods: Sequence[str], nothing: str, public: Public) -> list[charts.Gap]:
    """The gaps between ``periods`` as a chart says them: 2021–2023, 2023年第2季度至第4季度."""
    known = [found for each in periods if (found := period(each))]
    return [
        charts.Gap(each.before.first.toordinal(), _between(each.first, each.last, public), nothing)
        for each in gaps(known)
    ]


def _between(first: Period, last: Period, public: Public) -> str:
    if first == last:
        return period_label(first.text, public)
    if first.length == "year":
        return public.word("period.years", first=first.text, last=last.text)
    return public.word("period.range", first=period_label(first.text, public), last=period_label(last.text, public))


def caption_of(id: str, key: str, name: str, text: str, head: tuple[str, ...], public: Public) -> charts.Caption:
    """The caption of a chart; ``key`` words its title, ``head`` are the keys of the headings of its table."""
    return charts.Caption(id, public.word(key, name=name), text, tuple(public.word(each) for each in head))


def amount(value: Decimal | None, unit: str, bound: str = "eq") -> str:
    """A number as people read it: sign of its bound, number, unit."""
    return "" if value is None else f"{_SIGNS[bound]}{value:f}{unit}"


def scoped(label: str, scope: str | None, public: Public) -> str:
    """A label with what the figure counts within, for where another figure of the same thing may stand beside it."""
    return public.word("figure.scoped", label=label, scope=scope) if scope else label


def figure_of(value: str, unit: str, label: str, note: str, as_of: date, anchor: str) -> dict[str, Any]:
    """A figure as it stands first on a page and on the home page. ``value`` is all of it as text; ``number`` and
    ``unit`` are its parts, the sign of per cent being part of the number."""
    joined = unit in PERCENT_SIGNS
    return {
        "value": f"{value}{unit}",
        "number": f"{value}{unit}" if joined else value,
        "unit": "" if joined else unit,
        "label": label,
        "note": note,
        "as_of": as_of,
        "anchor": anchor,
        "sample": False,
        "sample_date": False,
    }


def period_label(text: str, public: Public) -> str:
    """A period in words; as it was written where it is none."""
    found = period(text)
    if found is None:
        return text
    year = found.first.year
    key = f"period.half{found.number}" if found.length == "half" else f"period.{found.length}"
    return public.word(key, year=year, number=found.number, until=found.last.year)


def day_text(day: date, public: Public) -> str:
    """A date as plain text."""
    return public.day(day)
