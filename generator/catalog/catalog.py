"""The catalog: all records by kind and id, and what refers to what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from generator.catalog.record import Inside, Record
from generator.problems import Problem, Span
from generator.yaml.strict import KeyPath

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Referral:
    """One ``record`` naming another, the ``target``, in the value at ``path``."""

    record: Record
    target: Key
    field: str
    path: KeyPath

    @property
    def source(self) -> Key:
        """The kind and id of the record."""
        return (self.record.kind, self.record.id)

    @property
    def span(self) -> Span:
        """Where it is written."""
        return self.record.span(*self.path)


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

    @cached_property
    def worked_out(self) -> dict[Key, object]:
        """What rooms above have worked out from a record and all others, kept as long as these records are."""
        return {}

    def in_order(self, records: Iterable[Record]) -> list[Record]:
        """Records of one kind in the kind's order."""
        return sorted(records, key=self._position)

    def _position(self, record: Record) -> int:
        return self._positions[record.kind, record.id]

    @cached_property
    def _positions(self) -> Mapping[Key, int]:
        return {(record.kind, record.id): number for number, record in enumerate(self)}


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
