"""What the schema cannot see of a brand."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.catalog import Catalog
from generator.catalog.inspection import Inspection
from generator.catalog.record import Record
from generator.kinds.brand.model import Brand
from generator.messages import words
from generator.problems import Problem, problem

APART = 8  # per cent of the picture between two points, about what the disc of a number takes
CELL = 5  # per cent: its diagonal is shorter than that


def check(record: Record, inspection: Inspection) -> Iterator[Problem]:
    """What can be wrong with one brand."""
    brand: Brand = record.data
    if brand.published_on and brand.established_on > brand.published_on:
        late, early = words("date.published"), words("date.established")
        yield problem("DAT-004", record.span("established_on"), late=late, early=early)
    if brand.logo and brand.logo.uses_party_emblem and brand.logo.emblem_review is None:
        yield problem("EMB-001", record.span("logo", "uses_party_emblem"))
    yield from crowded(record)
    if _is_own_ancestor(record, inspection.catalog):
        yield problem("REF-004", record.span("parent"), id=record.id)


def crowded(record: Record) -> Iterator[Problem]:
    """Points of the mark at which two numbers cannot be told apart. In a field as small as ``CELL`` any two are, so that only
    the first point of a field is held against all those before it, however many are written."""
    places = [each.at for each in record.data.logo.parts] if record.data.logo else []
    fields: dict[tuple[int, int], int] = {}
    for number, (x, y) in enumerate(places):
        first = fields.setdefault((int(x // CELL), int(y // CELL)), number)
        if first == number:
            near = (each for each, (left, top) in enumerate(places[:number]) if (x - left) ** 2 + (y - top) ** 2 < APART**2)
            first = next(near, number)
        if first != number:
            span = record.span("logo", "parts", number, "at")
            yield problem("IMG-014", span, number=number + 1, first=first + 1, least=APART)


def _is_own_ancestor(record: Record, catalog: Catalog) -> bool:
    seen = {record.id}
    above = catalog.get("brand", record.data.parent)
    while above is not None and above.id not in seen:
        seen.add(above.id)
        above = catalog.get("brand", above.data.parent)
    return above is not None and above.id == record.id and record.data.parent != record.id
