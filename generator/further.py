"""Further checks of records that have a mistake already, so that all their problems come at once.

Each is filled in twice (see ``generator.schema.filling``). What a check finds in both fillings holds whatever the missing values
are; what it finds in one of them alone was only a consequence. Other records never see a filling.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from generator.catalog.catalog import Catalog, naming_alone
from generator.catalog.gathering import including
from generator.catalog.inspection import Inspection
from generator.catalog.kind import Kind
from generator.catalog.record import Reading, Record
from generator.checks import RULES
from generator.checks.references import check_references
from generator.media import pictures
from generator.messages import Words
from generator.problems import Problem
from generator.site.context import check_links
from generator.site.plan import Site
from generator.source.files import Sources

Each = TypeVar("Each")
Side = tuple[Catalog, tuple[Record, ...]]  # the catalog with one filling of every faulty record, and these


def sides(catalog: Catalog, reading: Reading, kinds: Mapping[str, Kind]) -> tuple[Side, ...]:
    """The catalog as it would be with each filling, none if no record is faulty."""
    fillings = tuple(zip(*reading.faulty, strict=True))
    return tuple((including(catalog, records, kinds), records) for records in fillings)


def check_values(found: tuple[Side, ...], labels: Mapping[str, Words]) -> tuple[Problem, ...]:
    """What the rules for all kinds and the references of the faulty records say."""

    def check(side: Side) -> Iterable[Problem]:
        catalog, records = side
        yield from check_references(naming_alone(catalog, frozenset(each_key(each) for each in records)), labels)
        for rule in RULES:
            yield from (
                each for each in rule(catalog) if any(of.covers(each.span) for of in owners.get(each.span.path, ()))
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
    found: tuple[Side, ...], catalog: Catalog, site: Site, sources: Sources, used: frozenset[str]
) -> tuple[Problem, ...]:
    """What is wrong with the links of the faulty records' stories."""
    return _agreed(found, lambda side: check_links(catalog, site, sources, used, side[1]))


def each_key(record: Record) -> tuple[str, str]:
    """The kind and the id of a record."""
    return (record.kind, record.id)


def _agreed(found: tuple[Side, ...] | tuple[object, ...], check: Callable[..., Iterable[Each]]) -> tuple[Each, ...]:
    """What ``check`` finds on every side, in its order."""
    results = [tuple(check(side)) for side in found]
    if not results:
        return ()
    common = set(results[0]).intersection(*results[1:])
    return tuple(each for each in dict.fromkeys(results[0]) if each in common)
