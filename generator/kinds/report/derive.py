"""From the records of a catalogue to the figures that are computed from them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal

from generator.catalog.catalog import Catalog
from generator.kinds.report.indicators import STARS, Batch, Coverage, Member, coverage, stages, stars


def coverage_of(catalog: Catalog, day: date, years: Collection[int] = ()) -> Coverage:
    """Coverage of the units of ``catalog`` by year as far as ``day``; without ``years`` from the first brand on."""
    roster = [
        Member(
            record.id,
            record.data.label,
            record.data.valid_from,
            record.data.valid_to,
            record.data.successor,
            record.data.should_have_brand,
        )
        for record in catalog.all("unit")
    ]
    brands = [(record.data.unit, record.data.established_on) for record in catalog.all("brand")]
    first = min((since.year for _, since in brands), default=day.year)
    return coverage(roster, brands, years or range(first, day.year + 1), day)


def stars_of(catalog: Catalog, years: Collection[int] = ()) -> tuple[Batch, ...]:
    """The distribution of the branches' stars by batch, of all years or of ``years``."""
    return stars(
        (each.batch, each.year, int(each.star))
        for record in catalog.all("branch")
        for each in record.data.star_records
        if not years or each.year in years
    )


def stages_of(catalog: Catalog, years: Collection[int] = ()) -> Mapping[str, Mapping[int, int]]:
    """The projects by stage and year, of all years or of ``years``. A site may have no projects at all."""
    found = ((record.data.stage, record.data.year) for record in catalog.all("project"))
    return stages(each for each in found if not years or each[1] in years)


Figures = Mapping[tuple[str, str], Decimal]


def figures_of(kind: str, catalog: Catalog, day: date, years: Collection[int] = ()) -> Figures:
    """What a stated figure may be compared with: (year or batch, part) → computed value. A year or part that a figure
    does not have is empty; projects of all years stand under an empty year."""
    return _FIGURES[kind](catalog, day, years)


def _coverage(catalog: Catalog, day: date, years: Collection[int]) -> Figures:
    columns = coverage_of(catalog, day, years).years
    return {(str(each.year), ""): Decimal(100 * each.done) / each.due for each in columns if each.due}


def _stars(catalog: Catalog, day: date, years: Collection[int]) -> Figures:
    batches = stars_of(catalog, years)
    return {(each.name, str(star)): Decimal(each.counts[star]) for each in batches for star in STARS}


def _stages(catalog: Catalog, day: date, years: Collection[int]) -> Figures:
    counted = stages_of(catalog, years)
    by_year = {(str(year), stage): Decimal(count) for stage, found in counted.items() for year, count in found.items()}
    return by_year | {("", stage): Decimal(sum(found.values())) for stage, found in counted.items()}


_FIGURES = {"coverage": _coverage, "stars": _stars, "stages": _stages}
