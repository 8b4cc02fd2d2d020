"""Further checks of records that have a mistake already, so that all their problems come at once.

Each is filled in twice (see ``generator.schema.filling``). What a check finds in both fillings holds whatever the missing values
are; what it finds in one of them alone was only a consequence. Other records never see a filling.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from generator.catalog.catalog import Catalog
from generator.catalog.gathering import including
from generator.catalog.inspection import Inspection
from generator.catalog.kind import Kind
from generator.catalog.record import Reading, Record
from generator.checks import OF_VALUES, links
from generator.media import pictures
from generator.problems import Problem
from generator.source.files import Sources

Each = TypeVar("Each")
Side = tuple[Catalog, tuple[Record, ...]]  # the catalog with one filling of every faulty record, and these


def sides(catalog: Catalog, reading: Reading, kinds: Mapping[str, Kind]) -> tuple[Side, ...]:
    """The catalog as it would be with each filling, none if no record is faulty."""
    fillings = tuple(zip(*reading.faulty, strict=True))
    return tuple((including(catalog, records, kinds), records) for records in fillings)


def check_values(found: tuple[Side, ...], inspection: Inspection) -> tuple[Problem, ...]:
    """What the rules for all kinds say of the values of the faulty records."""

    def check(side: Side) -> Iterable[Problem]:
        seen = replace(inspection, catalog=side[0])
        for rule in OF_VALUES:
            yield from (
                each for each in rule(seen) if any(of.covers(each.span) for of in owners.get(each.span.path, ()))
            )

    owners: dict[str, list[Record]] = {}
    for record in found[0][1] if found else ():
        for path in record.files:
            owners.setdefault(path, []).append(record)
    return _agreed(found, check)


def check_kinds(found: tuple[Side, ...], inspection: Inspection, kinds: Mapping[str, Kind]) -> tuple[Problem, ...]:
    """What the rules of their own kinds say of the faulty records."""

    def check(side: Side) -> Iterable[Problem]:
        catalog, records = side
        seen = replace(inspection, catalog=catalog)
        for record in records:
            yield from (
                each for each in kinds[record.kind].check(record, seen) if record.covers(each.span) or not record.at
            )

    return _agreed(found, check)


def named_pictures(
    found: tuple[Side, ...], sources: Sources
) -> tuple[tuple[pictures.Wanted, ...], tuple[Problem, ...]]:
    """The pictures that the faulty records name, to be checked only, and what is wrong with their paths."""
    shown = [pictures.wanted(_only(records), Catalog({}), sources) for _, records in found]
    wanted = _agreed(tuple(shown), lambda side: side[0])
    return wanted, _agreed(tuple(shown), lambda side: side[1])


def _only(records: tuple[Record, ...]) -> Catalog:
    by_kind: dict[str, dict[str, Record]] = {}
    for record in records:
        by_kind.setdefault(record.kind, {})[record.id] = record
    return Catalog(by_kind)


def check_story_links(
    found: tuple[Side, ...], catalog: Catalog, places: Mapping[str, str], sources: Sources, used: frozenset[str]
) -> tuple[Problem, ...]:
    """What is wrong with the links of the faulty records' stories."""
    return _agreed(found, lambda side: links.check(catalog, places, sources, used, side[1]))


def _agreed(found: tuple[Side, ...] | tuple[object, ...], check: Callable[..., Iterable[Each]]) -> tuple[Each, ...]:
    """What ``check`` finds on every side, in its order."""
    results = [tuple(check(side)) for side in found]
    if not results:
        return ()
    common = set(results[0]).intersection(*results[1:])
    return tuple(each for each in dict.fromkeys(results[0]) if each in common)
