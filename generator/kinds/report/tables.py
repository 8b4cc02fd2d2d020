"""The tables of the reports for download: a row for each value, each unit and year, each batch and star, each stage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.catalog.record import Record
from generator.kinds.report.derive import coverage_of, stages_of, stars_of
from generator.kinds.report.indicators import STARS
from generator.kinds.report.model import Report
from generator.site.context import Public
from generator.site.tables import Column, ColumnType, Table

_Columns = tuple[tuple[str, ColumnType], ...]

_INDICATORS: _Columns = (
    ("report", "text"),
    ("indicator", "text"),
    ("indicator_name", "text"),
    ("unit_of_measure", "text"),
    ("direction", "text"),
    ("period", "text"),
    ("value", "number"),
    ("bound", "text"),
    ("numerator", "number"),
    ("denominator", "number"),
    ("sample_size", "integer"),
    ("target", "number"),
    ("target_due", "date"),
    ("as_of", "date"),
    ("source", "text"),
    ("note", "text"),
    ("revised_from", "number"),
    ("revised_on", "date"),
    ("revised_why", "text"),
    ("definition", "text"),
    ("numerator_definition", "text"),
    ("denominator_definition", "text"),
    ("owner", "text"),
    ("is_sample", "flag"),
    ("sample_fields", "text"),
)
_COVERAGE: _Columns = (("unit", "text"), ("unit_name", "text"), ("year", "integer"), ("day", "date"), ("brand", "text"))
_STARS: _Columns = (("batch", "text"), ("year", "integer"), ("star", "integer"), ("branches", "integer"))
_STAGES: _Columns = (("stage", "text"), ("year", "integer"), ("projects", "integer"))


def tables(public: Public) -> Iterator[Table]:
    """Every table that the public records fill."""
    reports = public.catalog.all("report")
    rows = [row for record in reports for row in _values(record)]
    days = [day for record in reports if (day := record.data.changed_on)]
    if rows:
        yield _table("indicators", _INDICATORS, rows, public, max(days, default=None))
    if not any(record.data.derived for record in reports) or public.today is None:
        return
    for name, columns, rows in (
        ("coverage", _COVERAGE, _coverage(public)),
        ("stars", _STARS, _stars(public)),
        ("stages", _STAGES, _stages(public)),
    ):
        if rows:
            yield _table(name, columns, rows, public, public.today)


def tables_of(report: Report) -> tuple[str, ...]:
    """The names of the tables that belong beside ``report``."""
    computed = tuple(dict.fromkeys(each.kind for each in report.derived))
    return (*(("indicators",) if report.indicators else ()), *computed)


def _table(name: str, columns: _Columns, rows: list[tuple[Any, ...]], public: Public, updated: Any) -> Table:
    made = (
        Column(key, public.word(f"report.column.{key}"), kind, public.word(f"report.column.{key}.about"))
        for key, kind in columns
    )
    title, about = public.word(f"report.table.{name}"), public.word(f"report.table.{name}.about")
    return Table(name, title, about, tuple(made), tuple(rows), updated)


def _values(record: Record) -> Iterator[tuple[Any, ...]]:
    report: Report = record.data
    for at, _, each in report.values():
        indicator = report.indicators[at]
        target = indicator.target
        yield (
            record.id,
            indicator.id,
            indicator.name,
            indicator.unit,
            indicator.direction,
            each.period,
            each.value,
            each.bound,
            each.numerator,
            each.denominator,
            each.n,
            target.value if target else None,
            target.due if target else None,
            each.as_of,
            each.source.title,
            each.note,
            each.revised_from,
            each.revised_on,
            each.revised_why,
            indicator.definition,
            indicator.numerator,
            indicator.denominator,
            indicator.owner,
            report.sample is True,
            "; ".join(
                [*indicator.sample, *each.sample, *(f"target.{name}" for name in (target.sample if target else ()))]
            ),
        )


def _coverage(public: Public) -> list[tuple[Any, ...]]:
    assert public.today is not None
    found = coverage_of(public.catalog, public.today)
    return [
        (member.id, member.name, column.year, column.day, mark)
        for member, marks in found.rows
        for column, mark in zip(found.years, marks, strict=True)
    ]


def _stars(public: Public) -> list[tuple[Any, ...]]:
    return [(each.name, each.year, star, each.counts[star]) for each in stars_of(public.catalog) for star in STARS]


def _stages(public: Public) -> list[tuple[Any, ...]]:
    return [(stage, year, count) for stage, found in stages_of(public.catalog).items() for year, count in found.items()]
