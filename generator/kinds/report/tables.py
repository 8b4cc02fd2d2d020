"""The tables of the reports for download: a row for each value, each unit and year, each batch and star, each stage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.catalog.record import Record
from generator.kinds.report.derive import coverage_of, stages_of, stars_of
from generator.kinds.report.indicators import STARS
from generator.kinds.report.model import Indicator, Report, Value
from generator.site.context import Public
from generator.site.tables import Cell, Cells, Table, columns, record_table, table

_INDICATORS = columns(
    "report indicator indicator_name unit_of_measure direction period value:number bound numerator:number "
    "denominator:number sample_size:integer target:number target_due:date as_of:date source note "
    "revised_from:number revised_on:date revised_why definition numerator_definition denominator_definition owner"
)
_COVERAGE = columns("unit unit_name year:integer day:date brand")
_STARS = columns("batch year:integer star:integer branches:integer")
_STAGES = columns("stage year:integer projects:integer")


def tables(public: Public) -> Iterator[Table]:
    """The tables of the reports; those of what no record tells of have no rows."""
    reports, language = public.catalog.all("report"), public.config.words
    values = [row for record in reports for row in _values(record)]
    days = [day for record in reports if (day := record.data.changed_on)]
    yield record_table("indicators", "indicators.table", language, _INDICATORS, values, max(days, default=None))
    if not any(record.data.derived for record in reports) or public.today is None:
        return
    yield table("coverage", "coverage.table", language, _COVERAGE, _coverage(public), public.today)
    yield table("stars", "stars.table", language, _STARS, _stars(public), public.today)
    yield table("stages", "stages.table", language, _STAGES, _stages(public), public.today)


def tables_of(report: Report) -> tuple[str, ...]:
    """The names of the tables that belong beside ``report``."""
    computed = tuple(dict.fromkeys(each.kind for each in report.derived))
    return (*(("indicators",) if report.indicators else ()), *computed)


@dataclass(frozen=True, slots=True)
class _Row:
    """Of what a row tells: of a value, of its indicator with its target, and of the report."""

    is_sample: bool
    sample_fields: tuple[str, ...]


def _values(record: Record) -> Iterator[Cells]:
    report: Report = record.data
    for at, _, value in report.values():
        if report.shown("indicators") is not None and report.indicators[at].shown("series") is not None:
            yield _row(report, report.indicators[at], value), _cells(record.id, report.indicators[at], value)


def _row(report: Report, indicator: Indicator, value: Value) -> _Row:
    target = indicator.target.sample_fields if indicator.target else ()
    fields = (*indicator.sample_fields, *value.sample_fields, *(f"target.{each}" for each in target))
    return _Row(report.is_sample, fields)


def _cells(report: str, indicator: Indicator, value: Value) -> dict[str, Cell]:
    said, shown = indicator.shown, value.shown
    target, source = said("target"), shown("source")
    return {
        "report": report,
        "indicator": indicator.id,
        "indicator_name": said("name"),
        "unit_of_measure": said("unit"),
        "direction": said("direction"),
        **{each: shown(each) for each in ("period", "value", "bound", "numerator", "denominator")},
        "sample_size": shown("n"),
        "target": target.shown("value") if target else None,
        "target_due": target.shown("due") if target else None,
        "as_of": shown("as_of"),
        "source": source.title if source else None,
        **{each: shown(each) for each in ("note", "revised_from", "revised_on", "revised_why")},
        "definition": said("definition"),
        "numerator_definition": said("numerator"),
        "denominator_definition": said("denominator"),
        "owner": said("owner"),
    }


def _coverage(public: Public) -> list[dict[str, Cell]]:
    assert public.today is not None
    found = coverage_of(public.catalog, public.today)
    return [
        {"unit": member.id, "unit_name": member.name, "year": column.year, "day": column.day, "brand": mark}
        for member, marks in found.rows
        for column, mark in zip(found.years, marks, strict=True)
    ]


def _stars(public: Public) -> list[dict[str, Cell]]:
    return [
        {"batch": each.name, "year": each.year, "star": star, "branches": each.counts[star]}
        for each in stars_of(public.catalog)
        for star in STARS
    ]


def _stages(public: Public) -> list[dict[str, Cell]]:
    return [
        {"stage": stage, "year": year, "projects": count}
        for stage, found in stages_of(public.catalog).items()
        for year, count in found.items()
    ]
