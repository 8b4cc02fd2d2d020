"""What the pages of reports show: figures, charts with their tables, definitions and sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from generator.catalog.catalog import Catalog
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.kinds.report import charts
from generator.kinds.report.charting import (
    FULL,
    amount,
    bare,
    day_text,
    figure_of,
    goal_of,
    period_label,
    progress_chart,
    scoped,
    series_chart,
    target_view,
)
from generator.kinds.report.computed import derived_view
from generator.kinds.report.indicators import Period, period
from generator.kinds.report.model import Derived, Indicator, Report, Value
from generator.kinds.report.tables import tables_of
from generator.messages import say
from generator.site.context import Made, Page, Public
from generator.site.record_page import foot, index_page, made_up, record_page

SECTION = "reports/"
HEADLINES = 3


def address_of(id: str) -> str:
    """The address of a report's page."""
    return f"{SECTION}{id}/"


def pages(catalog: Catalog, config: SiteConfig) -> Iterator[Page]:
    """The list of reports, and the page of each."""
    reports = catalog.all("report")
    tables: tuple[str, ...] = ("indicators",)
    yield index_page(SECTION, "reports", config, "content/reports", "reports.html", _index_view, downloads=tables)
    for record in reports:
        report: Report = record.data
        about = say("report.description", config.words, title=report.title, site=config.name)
        tables = tables_of(report)
        yield record_page(record, address_of(record.id), SECTION, about, "report.html", _report_view, downloads=tables)


def headline_figures(public: Public) -> list[dict[str, Any]]:
    """At most three figures for the home page, those that reports mark with ``headline``, in the order of the reports:
    ``value`` as text, ``label``, ``note``, ``as_of`` (a date; ``sample_date`` if it is sample content), ``address`` of the
    definition, ``sample``, and as ``scope`` whether it is computed from this site's records or stated by the report."""
    found = [
        {name: each[name] for name in ("value", "label", "note", "as_of", "sample", "sample_date")}
        | {"address": f"{address_of(record.id)}#{each['anchor']}", "scope": _scope(each["anchor"], record.data, public)}
        for record in public.catalog.all("report")
        for each in figures_of(record, public, only_headlines=True)
    ]
    return found[:HEADLINES]


def _scope(anchor: str, report: Report, public: Public) -> str:
    is_stated = any(anchor == anchor_of(each) for each in report.indicators)
    return public.word("home.scope.report", title=report.title) if is_stated else public.word("home.scope.records")


def _report_view(page: Page, made: Made) -> Mapping[str, Any]:
    """The page of one report; its subject is the record."""
    record = page.about(Record)
    report: Report = record.data
    indicators = [_indicator(each, made) for each in report.indicators]
    derived = [view for each in numbered(report) if (view := derived_view(*each, made))]
    return {
        "title": report.title,
        "year": made.word("year", year=report.year),
        "intro": made.story(record.story, page, deeper=1),
        "figures": [each["figure"] for each in (*derived, *indicators) if each["figure"]],
        "indicators": indicators,
        "derived": derived,
        "made_up": made_up(report, made),
        "foot": foot(page, record, made),
    }


def _index_view(page: Page, public: Public) -> Mapping[str, Any]:
    """The page that lists every report, each with its first figures."""
    reports = []
    for record in public.catalog.all("report"):
        report: Report = record.data
        reports.append(
            {
                "title": report.title,
                "address": page.address + f"{record.id}/",
                "year": public.word("year", year=report.year),
                "published_on": report.published_on,
                "sample": report.is_sample,
                "figures": figures_of(record, public)[:3],
            }
        )
    return {"reports": reports}


def figures_of(record: Record, public: Public, only_headlines: bool = False) -> list[dict[str, Any]]:
    """The figures of a report: value as text, label, note, ``as_of``, ``anchor`` on the report's page, ``sample``. Only
    those marked for the home page if asked so."""
    report: Report = record.data
    views = [
        derived_view(derived, anchor, public)
        for derived, anchor in numbered(report)
        if derived.headline or not only_headlines
    ]
    views += [_indicator(each, public) for each in report.indicators if each.headline or not only_headlines]
    found = [view["figure"] for view in views if view and view["figure"]]
    return [each | {"sample": each["sample"] or report.is_sample} for each in found]


def numbered(report: Report) -> list[tuple[Derived, str]]:
    """The computed figures with their anchors; a second one of the same kind is numbered."""
    seen: dict[str, int] = {}
    found = []
    for each in report.derived:
        seen[each.kind] = seen.get(each.kind, 0) + 1
        found.append((each, each.kind if seen[each.kind] == 1 else f"{each.kind}-{seen[each.kind]}"))
    return found


# -- an indicator ----------------------------------------------------------------------------------------------------


def anchor_of(indicator: Indicator) -> str:
    """Where an indicator stands on the page of its report."""
    return f"i-{indicator.id}"


def latest_figure(indicator: Indicator, public: Public) -> dict[str, Any] | None:
    """The newest value of an indicator as a figure, ``None`` without values."""
    latest = _latest(indicator)
    return _figure(anchor_of(indicator), indicator, latest, public) if latest else None


def _indicator(indicator: Indicator, public: Public) -> dict[str, Any]:
    anchor = anchor_of(indicator)
    latest = _latest(indicator)
    points = [_point(each, indicator, public) for each in indicator.series]
    return {
        "cited_by": _cited_by(indicator, public),
        "anchor": anchor,
        "name": indicator.name,
        "period": period_label(latest.period, public) if latest else None,
        "note": latest.note if latest else None,
        "parts": _parts(latest, public) if latest else "",
        "n": latest.n if latest else None,
        "scope": indicator.scope,
        "direction": public.word(f"direction.{indicator.direction}"),
        "target": target_view(indicator.target, indicator.direction, indicator.unit, public),
        "progress": _progress(anchor, indicator, latest, public) if latest else None,
        "series": _series(anchor, indicator, points, public) if len(points) > 1 else None,
        "definition": indicator.definition,
        "numerator": indicator.numerator,
        "denominator": indicator.denominator,
        "owner": indicator.owner,
        "sources": _sources(indicator),
        "revisions": _revisions(indicator, public),
        "sample_parts": _sample_parts(indicator, latest, public),
        "figure": _figure(anchor, indicator, latest, public) if latest else None,
    }


def cited_indicator(id: str | None, public: Public) -> dict[str, Any] | None:
    """What a record that refers to the indicator ``id`` shows of it: ``name``, ``address`` of its definition and, where it
    has a value, its newest ``figure``."""
    holder = public.catalog.get("indicator", id)
    found = next((each for each in holder.data.indicators if each.id == id), None) if holder else None
    if found is None or holder is None or (place := public.kinds[holder.kind].address) is None:
        return None
    return {"name": found.name, "address": f"{place(holder.id)}#{anchor_of(found)}", "figure": latest_figure(found, public)}


def _cited_by(indicator: Indicator, public: Public) -> list[dict[str, str]]:
    """The brands whose results refer to the indicator."""
    address = public.kinds["brand"].address
    brands = public.catalog.naming("indicator", indicator.id, "brand")
    return [{"name": each.data.heading, "address": address(each.id)} for each in brands] if address else []


def _latest(indicator: Indicator) -> Value | None:
    dated = [each for each in indicator.series if period(each.period)]
    return max(dated, key=lambda each: (_time(each).last, each.as_of), default=None)


def _time(value: Value) -> Period:
    found = period(value.period)
    assert found is not None  # IND-008 stops everything else
    return found


def _figure(anchor: str, indicator: Indicator, latest: Value, public: Public) -> dict[str, Any]:
    target = target_view(indicator.target, indicator.direction, indicator.unit, public)
    value = amount(latest.value, "", latest.bound)
    note = target["text"] if target else ""
    label = scoped(indicator.name, indicator.scope, public)
    figure = figure_of(value, indicator.unit, label, note, latest.as_of, anchor)
    sample = latest.is_made_up("value") or indicator.is_made_up("series")
    return figure | {"sample": sample, "sample_date": latest.is_made_up("as_of")}


def _point(value: Value, indicator: Indicator, public: Public) -> charts.Point:
    return charts.Point(
        label=period_label(value.period, public),
        value=value.value,
        text=amount(value.value, indicator.unit, value.bound),
        bound=value.bound,
        at=_time(value).first.toordinal(),
        short=value.period,
        extra=(
            _parts(value, public),
            "" if value.n is None else str(value.n),
            day_text(value.as_of, public),
            value.source.title,
            value.note or "",
        ),
    )


def _progress(anchor: str, indicator: Indicator, latest: Value, public: Public) -> charts.Chart | None:
    """The latest value against its target. Without one it is a figure, and no bar says more of it."""
    if indicator.target is None:
        return None
    full = FULL if indicator.is_share else None
    goal = goal_of(indicator.target, indicator.direction, indicator.unit, public)
    return progress_chart(anchor, indicator.name, bare(_point(latest, indicator, public)), goal, full, public)


def _series(anchor: str, indicator: Indicator, points: Sequence[charts.Point], public: Public) -> charts.Chart:
    goal = goal_of(indicator.target, indicator.direction, indicator.unit, public) if indicator.target else None
    head = ("chart.period", "chart.value", "chart.parts", "report.n", "as_of", "report.source", "report.note")
    used = [at for at in range(5) if any(each.extra[at] for each in points)]
    kept = [replace(each, extra=tuple(each.extra[at] for at in used)) for each in points]
    periods = [each.period for each in indicator.series]
    return series_chart(anchor, indicator.name, kept, goal, (*head[:2], *(head[2 + at] for at in used)), public, periods)


def _parts(value: Value, public: Public) -> str:
    if value.numerator is None or value.denominator is None:
        return ""
    return public.word("report.parts", part=f"{value.numerator:f}", whole=f"{value.denominator:f}")


def _sources(indicator: Indicator) -> list[dict[str, Any]]:
    """Each source once, in the order of the values."""
    found = {(each.source.title, each.source.where): each.source for each in indicator.series}
    return [{"title": each.title, "where": each.where, "date": each.date} for each in found.values()]


def _revisions(indicator: Indicator, public: Public) -> list[dict[str, Any]]:
    return [
        {
            "date": each.revised_on,
            "text": public.word(
                "report.revised",
                period=period_label(each.period, public),
                old=amount(each.revised_from, indicator.unit),
                new=amount(each.value, indicator.unit, each.bound),
                why=each.revised_why,
            ),
        }
        for each in indicator.series
        if each.revised_from is not None
    ]


def _sample_parts(indicator: Indicator, latest: Value | None, public: Public) -> list[str]:
    parts = filter(None, (indicator, latest, indicator.target))
    titles = [title for each in parts for title in each.sample_titles(public.config.words).values()]
    return list(dict.fromkeys(titles))
