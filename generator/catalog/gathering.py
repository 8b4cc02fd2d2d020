"""From records to the catalog: each kind in its order, with what names what and what a record holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.catalog.catalog import Catalog, Key, Referral
from generator.catalog.kind import Kind
from generator.catalog.record import ALL, Inside, Reading, Record
from generator.schema.fields import Part
from generator.schema.validation import reference_paths, values_at


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


def replaced(catalog: Catalog, records: Iterable[Record], kinds: Mapping[str, Kind]) -> Catalog:
    """``catalog`` with ``records`` in place of those with their ids, as ``gather`` would give it."""
    changed = {(each.kind, each.id): each for each in records}
    by_kind = dict(catalog.records)
    for name in {kind for kind, _ in changed}:
        order = kinds[name].order
        before = by_kind.get(name, {})
        mine = {**before, **{id: each for (kind, id), each in changed.items() if kind == name}}
        is_ordered = all(id in before and order(before[id]) == order(mine[id]) for kind, id in changed if kind == name)
        by_kind[name] = mine if is_ordered else {each.id: each for each in sorted(mine.values(), key=order)}
    named: dict[Key, list[Referral]] = {}
    for each in catalog.referrals:
        named.setdefault(each.source, []).append(each)
    named |= {key: [*_referrals(record)] for key, record in changed.items()}
    insides = {
        held: {id: each for id, each in by_id.items() if (each[0].kind, each[0].id) not in changed}
        for held, by_id in catalog.insides.items()
    }
    for record in changed.values():
        for inside in kinds[record.kind].inside(record):
            insides.setdefault(inside.kind, {}).setdefault(inside.id, (record, inside))
    referrals = tuple(each for by_id in by_kind.values() for id, of in by_id.items() for each in named.get((of.kind, id), ()))
    return Catalog(by_kind, catalog.broken - changed.keys(), referrals, insides)


def _unknown_insides(reading: Reading, kinds: Sequence[Kind]) -> frozenset[Key]:
    """What may stand in a record that cannot be read: nobody is blamed for naming it."""
    broken = {kind for kind, _ in reading.broken}
    return frozenset((held, ALL) for kind in kinds if kind.name in broken for held in kind.holds)


def _referrals(record: Record) -> Iterator[Referral]:
    model: type[Part] = type(record.data)
    for pattern, kind in reference_paths(model):
        for path, id in values_at(record.data, pattern):
            yield Referral(record, (kind, id), str(pattern[0]), path)
