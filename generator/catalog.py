"""The catalog: all records by kind and id, what refers to what, and the edition that the public sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from functools import cached_property

from generator.kind import Kind
from generator.messages import Words, words
from generator.problems import Problem, Span, problem
from generator.records import ALL, Reading, Record
from generator.schema import did_you_mean, reference_paths, values_at

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Referral:
    """One record naming another: from ``source`` at ``span`` to ``target``."""

    source: Key
    target: Key
    field: str
    span: Span


@dataclass(frozen=True)
class Catalog:
    """Records by kind and id, each kind in its own order, with the referrals between them."""

    records: Mapping[str, Mapping[str, Record]]
    broken: frozenset[Key] = frozenset()
    referrals: tuple[Referral, ...] = field(default=(), repr=False)

    def get(self, kind: str, id: str | None) -> Record | None:
        """The record, or ``None``."""
        return self.records.get(kind, {}).get(id) if id is not None else None

    def all(self, kind: str) -> tuple[Record, ...]:
        """All records of a kind in the kind's order."""
        return tuple(self.records.get(kind, {}).values())

    def __iter__(self) -> Iterator[Record]:
        return (record for by_id in self.records.values() for record in by_id.values())

    @cached_property
    def _inbound(self) -> Mapping[Key, tuple[Referral, ...]]:
        grouped: dict[Key, list[Referral]] = {}
        for each in self.referrals:
            grouped.setdefault(each.target, []).append(each)
        return {key: tuple(found) for key, found in grouped.items()}

    def naming(self, kind: str, id: str, by: str, field: str | None = None) -> tuple[Record, ...]:
        """The records of kind ``by`` that name this one (in ``field``, or anywhere), in their kind's order."""
        sources = {
            each.source[1]
            for each in self._inbound.get((kind, id), ())
            if each.source[0] == by and field in (None, each.field)
        }
        known = self.records.get(by, {})
        if len(sources) * 8 < len(known):
            return tuple(sorted((known[id] for id in sources if id in known), key=self._position))
        return tuple(record for id, record in known.items() if id in sources)

    def _position(self, record: Record) -> int:
        return self._positions[record.kind, record.id]

    @cached_property
    def _positions(self) -> Mapping[Key, int]:
        return {(record.kind, record.id): number for number, record in enumerate(self)}


def gather(reading: Reading, kinds: Iterable[Kind]) -> Catalog:
    """Return the catalog of all records that were read, each kind in its order."""
    records: dict[str, dict[str, Record]] = {}
    for kind in kinds:
        mine = sorted((each for each in reading.records if each.kind == kind.name), key=kind.order)
        records[kind.name] = {each.id: each for each in mine}
    referrals = tuple(each for by_id in records.values() for record in by_id.values() for each in _referrals(record))
    return Catalog(records, reading.broken, referrals)


def _referrals(record: Record) -> Iterator[Referral]:
    for pattern, kind in reference_paths(type(record.data)):
        for path, id in values_at(record.data, pattern):
            yield Referral((record.kind, record.id), (kind, id), str(pattern[0]), record.span(*path))


def check_references(catalog: Catalog, labels: Mapping[str, Words]) -> Iterator[Problem]:
    """Every id that names nothing (REF-001), itself (REF-003), or what the public cannot see (REF-002)."""
    names: dict[str, Mapping[str, str]] = {}
    for each in catalog.referrals:
        kind, id = each.target
        label = labels[kind] if kind in labels else words(f"kind.{kind}")
        target = catalog.get(kind, id)
        if each.source == each.target:
            yield problem("REF-003", each.span, id=id)
        elif target is None and not {each.target, (kind, ALL)} & catalog.broken:
            if kind not in names:
                names[kind] = {record.id: record.data.heading for record in catalog.all(kind)}
            yield problem("REF-001", each.span, label=label, id=id, hint=did_you_mean(id, names[kind], names[kind]))
        elif target is not None and target.data.status != "published":
            source = catalog.get(*each.source)
            if source is not None and source.data.status == "published":
                yield problem("REF-002", each.span, label=label, id=id)


@dataclass(frozen=True, slots=True)
class Edition:
    """What the public may see at a moment. ``as_of`` is an aware time; days begin in ``zone``."""

    as_of: datetime
    zone: tzinfo

    @property
    def today(self) -> date:
        """The day of ``as_of`` where the site is."""
        return self.as_of.astimezone(self.zone).date()

    def shows(self, record: Record) -> bool:
        """Whether ``record`` is public at this moment."""
        first = record.data.shown_from
        return first is not None and first <= self.today

    def of(self, catalog: Catalog) -> Catalog:
        """The part of ``catalog`` that the public may see. Nothing else reaches any later stage."""
        records = {
            kind: {id: record for id, record in by_id.items() if self.shows(record)}
            for kind, by_id in catalog.records.items()
        }
        kept = {(kind, id) for kind, by_id in records.items() for id in by_id}
        referrals = tuple(each for each in catalog.referrals if each.source in kept and each.target in kept)
        return Catalog(records, catalog.broken, referrals)

    def effective(self, catalog: Catalog) -> date | None:
        """The last day, not after ``as_of``, on which something public appeared. The clock alone does not move it."""
        days = (record.data.shown_from for record in catalog if self.shows(record))
        return max((day for day in days if day is not None and day != date.min), default=None)


def without(catalog: Catalog, gone: frozenset[Key]) -> Catalog:
    """``catalog`` without the records of ``gone``; they count as broken."""
    records = {
        kind: {id: record for id, record in by_id.items() if (kind, id) not in gone}
        for kind, by_id in catalog.records.items()
    }
    kept = tuple(each for each in catalog.referrals if each.source not in gone)
    return Catalog(records, catalog.broken | gone, kept)


def blamed(catalog: Catalog, problems: Iterable[Problem]) -> frozenset[Key]:
    """The records in whose files an error stands."""
    by_path: dict[str, list[Span]] = {}
    for each in problems:
        if each.is_error:
            by_path.setdefault(each.span.path, []).append(each.span)
    return frozenset(
        (record.kind, record.id)
        for record in catalog
        if any(record.covers(span) for path in record.files for span in by_path.get(path, ()))
    )
