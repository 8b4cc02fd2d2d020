"""The catalog: all records by kind and id, what refers to what, and the edition that the public sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, tzinfo
from functools import cached_property
from itertools import chain

from generator.catalog.kind import Inside, Kind
from generator.catalog.record import ALL, Reading, Record
from generator.config import SiteConfig
from generator.messages import Words, words
from generator.problems import Problem, Span, problem
from generator.schema.validation import did_you_mean, reference_paths, values_at
from generator.source.files import Sources
from generator.system.cache import Cache

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
    insides: Mapping[str, Mapping[str, tuple[Record, Inside]]] = field(default_factory=dict, repr=False)

    def get(self, kind: str, id: str | None) -> Record | None:
        """The record, or ``None``. For something inside a record, such as an indicator, the record that holds it."""
        if id is None:
            return None
        held = self.insides.get(kind, {}).get(id)
        return held[0] if held else self.records.get(kind, {}).get(id)

    def inside(self, kind: str, id: str) -> Inside | None:
        """What a record holds under an id of its own, or ``None``."""
        held = self.insides.get(kind, {}).get(id)
        return held[1] if held else None

    def names(self, kind: str) -> Mapping[str, str]:
        """Id → what it is called, of all records of a kind or of all that records hold under its name."""
        names = {record.id: record.data.heading for record in self.all(kind)}
        return names | {id: inside.heading for id, (_, inside) in self.insides.get(kind, {}).items()}

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

    def inbound(self, kind: str, id: str) -> tuple[Referral, ...]:
        """Everything that names this record, in the order of the sources."""
        return self._inbound.get((kind, id), ())

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

    def in_order(self, records: Iterable[Record]) -> list[Record]:
        """Records of one kind in the kind's order."""
        return sorted(records, key=self._position)

    def _position(self, record: Record) -> int:
        return self._positions[record.kind, record.id]

    @cached_property
    def _positions(self) -> Mapping[Key, int]:
        return {(record.kind, record.id): number for number, record in enumerate(self)}


def gather(reading: Reading, kinds: Sequence[Kind]) -> Catalog:
    """Return the catalog of all records that were read, each kind in its order."""
    records: dict[str, dict[str, Record]] = {}
    insides: dict[str, dict[str, tuple[Record, Inside]]] = {}
    grouped: dict[str, list[Record]] = {}
    for each in reading.records:
        grouped.setdefault(each.kind, []).append(each)
    for kind in kinds:
        mine = sorted(grouped.get(kind.name, ()), key=kind.order)
        records[kind.name] = {each.id: each for each in mine}
        for record in mine:
            for inside in kind.inside(record):
                insides.setdefault(inside.kind, {}).setdefault(inside.id, (record, inside))
    referrals = tuple(each for by_id in records.values() for record in by_id.values() for each in _referrals(record))
    return Catalog(records, reading.broken | _unknown_insides(reading, kinds), referrals, insides)


def including(catalog: Catalog, records: Iterable[Record], kinds: Mapping[str, Kind]) -> Catalog:
    """``catalog`` with ``records`` beside its own, with what they name and hold. For checks: they are in no order."""
    added = tuple(records)
    by_kind = {kind: dict(by_id) for kind, by_id in catalog.records.items()}
    insides = {kind: dict(by_id) for kind, by_id in catalog.insides.items()}
    for record in added:
        by_kind.setdefault(record.kind, {}).setdefault(record.id, record)
        for inside in kinds[record.kind].inside(record):
            insides.setdefault(inside.kind, {}).setdefault(inside.id, (record, inside))
    referrals = tuple(each for record in added for each in _referrals(record))
    return Catalog(by_kind, catalog.broken, (*catalog.referrals, *referrals), insides)


def naming_alone(catalog: Catalog, sources: frozenset[Key]) -> Catalog:
    """``catalog`` with only those referrals that come from ``sources``."""
    return replace(catalog, referrals=tuple(each for each in catalog.referrals if each.source in sources))


def _unknown_insides(reading: Reading, kinds: Sequence[Kind]) -> frozenset[Key]:
    """What may stand in a record that cannot be read: nobody is blamed for naming it."""
    broken = {kind for kind, _ in reading.broken}
    return frozenset((held, ALL) for kind in kinds if kind.name in broken for held in kind.holds)


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a check of one record may look at. ``catalog`` holds everything that was read, public or not; ``today`` is
    the day of ``--as-of`` where the site is. ``ffprobe`` is the path of that tool, ``None`` without it. With
    ``trusts_times`` a file with unchanged times counts as unchanged, which is good enough for a preview only."""

    catalog: Catalog
    config: SiteConfig
    sources: Sources
    today: date
    cache: Cache | None = None
    ffprobe: str | None = None
    trusts_times: bool = False


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
                names[kind] = catalog.names(kind)
            yield problem("REF-001", each.span, label=label, id=id, hint=did_you_mean(id, names[kind], names[kind]))
        elif target is not None and target.data.status != "published":
            source = catalog.get(*each.source)
            if source is not None and source.data.status == "published":
                yield problem("REF-002", each.span, label=label, id=id)


@dataclass(frozen=True, slots=True)
class Edition:
    """What the public may see at a moment. ``as_of`` is an aware time; days begin in ``zone``. With ``year`` it is the
    edition of that year: everything that was public when it ended, as it stood then. With a ``mark`` it is a preview:
    also what is not public yet is shown, its names marked, but nothing that is kept secret until its hour."""

    as_of: datetime
    zone: tzinfo
    year: int | None = None
    mark: str = ""

    @property
    def moment(self) -> datetime:
        """The moment that counts: ``as_of``, for a year at the latest its last."""
        if self.year is None:
            return self.as_of
        return min(self.as_of, datetime.combine(date(self.year, 12, 31), time.max, self.zone))

    @property
    def today(self) -> date:
        """The day of the moment where the site is."""
        return self.moment.astimezone(self.zone).date()

    def shows(self, record: Record) -> bool:
        """Whether ``record`` is public at this moment."""
        return self._is_past(record.data.shown_from)

    def buries(self, record: Record) -> bool:
        """Whether ``record`` was public before this moment and is withdrawn."""
        return self._is_past(record.data.was_public_from)

    def awaits(self, record: Record) -> bool:
        """Whether ``record`` may still become public: a draft, one under review, one whose day has not come."""
        return record.data.status != "withdrawn" and not self.shows(record)

    def _is_past(self, first: date | datetime | None) -> bool:
        if isinstance(first, datetime):
            return first <= self.moment
        return first is not None and first <= self.today

    def _holds(self, record: Record) -> bool:
        """Whether ``record`` is part of this edition."""
        return self.shows(record) or bool(self.mark) and self.awaits(record) and not record.data.is_secret

    def of(self, catalog: Catalog) -> Catalog:
        """The part of ``catalog`` that the public may see, in a preview also what it will see. Nothing else reaches any
        later stage."""
        records = {
            kind: {id: self._as_seen(record) for id, record in by_id.items() if self._holds(record)}
            for kind, by_id in catalog.records.items()
        }
        kept = {(kind, id) for kind, by_id in records.items() for id in by_id}
        insides = {
            kind: {
                id: (records[holder.kind][holder.id], inside)
                for id, (holder, inside) in by_id.items()
                if (holder.kind, holder.id) in kept
            }
            for kind, by_id in catalog.insides.items()
        }
        visible = kept | {(kind, id) for kind, by_id in insides.items() for id in by_id}
        referrals = tuple(each for each in catalog.referrals if each.source in kept and each.target in visible)
        return Catalog(records, catalog.broken, referrals, insides)

    def _as_seen(self, record: Record) -> Record:
        data = record.data.seen_on(self.today)
        if self.mark and not self.shows(record):
            data = data.marked(self.mark)
        return record if data is record.data else replace(record, data=data)

    def effective(self, catalog: Catalog) -> date | None:
        """The last day, not after ``as_of``, on which something public appeared or changed. The clock alone does not
        move it."""
        days = (each for record in catalog if self.shows(record) for each in self._days(record))
        gone = (each.data.withdrawn_on for each in catalog if self.buries(each))
        seen = (day for day in chain(days, gone) if day is not None and day != date.min)
        return max((day for day in seen if day <= self.today), default=None)

    def _days(self, record: Record) -> Iterator[date]:
        first = record.data.shown_from
        if first is not None:
            yield first.astimezone(self.zone).date() if isinstance(first, datetime) else first
        for day in record.data.days():
            if day <= self.today:
                yield day


def without(catalog: Catalog, gone: frozenset[Key]) -> Catalog:
    """``catalog`` without the records of ``gone``; they count as broken."""
    records = {
        kind: {id: record for id, record in by_id.items() if (kind, id) not in gone}
        for kind, by_id in catalog.records.items()
    }
    kept = tuple(each for each in catalog.referrals if each.source not in gone)
    insides = {
        kind: {id: held for id, held in by_id.items() if (held[0].kind, held[0].id) not in gone}
        for kind, by_id in catalog.insides.items()
    }
    return Catalog(records, catalog.broken | gone, kept, insides)


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
