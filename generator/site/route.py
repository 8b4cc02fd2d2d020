"""The guided route of an exhibition: a stand for each thing that hangs in its halls, with what comes before and after it.

What hangs in several exhibitions has a stand in each, so a visitor stays on the route that he walks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from generator.catalog.catalog import Catalog, Key
from generator.catalog.record import Record
from generator.site.context import Public
from generator.text.numerals import chinese

EXHIBITION = "exhibition"
EXHIBITS = ("brand", "project", "video")  # what can hang; an item of a hall names one of them in the field so called
CLOSING = "closing/"  # the page behind the last stand, below that of the exhibition
PASSING = rf"[0-9]{{2,}}/|{CLOSING}"  # pages below that of an exhibition that go when something is taken down


class Item(Protocol):
    """An item of a hall: exactly one of the three is the id of a record; ``label`` is what hangs beside it."""

    brand: str | None
    project: str | None
    video: str | None
    label: str | None


@dataclass(frozen=True, slots=True)
class Stand:
    """A place on a route: its ``number`` and that of its hall, both from 1, what hangs there and what its label says.
    ``at`` is the place of the item in its hall, from 0."""

    number: int
    hall: int
    at: int
    key: Key
    label: str | None = field(default=None, repr=False)


def named(item: Item) -> tuple[Key, ...]:
    """What an item names: (kind, id), one of them unless somebody made a mistake."""
    return tuple((kind, id) for kind in EXHIBITS if (id := getattr(item, kind)) is not None)


@dataclass(frozen=True, slots=True)
class _Route:
    """The stands of an exhibition whose halls are ``halls``, in their order and by what hangs there."""

    halls: object
    stands: tuple[Stand, ...]
    by_key: Mapping[Key, Stand]


def _route(exhibition: Record, catalog: Catalog) -> _Route:
    """Worked out once for each exhibition: every page of a thing that hangs there asks for it."""
    halls = exhibition.data.halls  # asked each time: whatever is made from a route is made from them
    kept = catalog.worked_out.get((EXHIBITION, exhibition.id))
    if isinstance(kept, _Route) and kept.halls is halls:
        return kept
    found: dict[Key, Stand] = {}
    for number, hall in enumerate(halls, start=1):
        for at, item in enumerate(hall.items):
            for key in named(item):
                if key not in found and catalog.get(*key) is not None:
                    found[key] = Stand(len(found) + 1, number, at, key, item.label)
    catalog.worked_out[EXHIBITION, exhibition.id] = made = _Route(halls, tuple(found.values()), found)
    return made


def stands(exhibition: Record, catalog: Catalog) -> tuple[Stand, ...]:
    """The route of an exhibition: what it hangs and is in ``catalog``, each thing once, in curated order. The numbers
    count what is there; a hall keeps its number when one before it is empty."""
    return _route(exhibition, catalog).stands


def stand_of(exhibition: Record, key: Key, catalog: Catalog) -> Stand | None:
    """The stand at which the exhibition hangs ``key``; ``None`` where it does not."""
    return _route(exhibition, catalog).by_key.get(key)


def stand_address(exhibition: str, number: int) -> str:
    """The address of a stand; ``exhibition`` is that of the exhibition's page."""
    return f"{exhibition}{number:02d}/"


def anchor(exhibition: str) -> str:
    """The id, on the page of a record, of the way back to its stand in the ``exhibition`` with that id."""
    return f"in-{exhibition}"


def ways(record: Record, public: Public) -> list[dict[str, Any]]:
    """The views of the stands of ``record``, one for each exhibition that hangs it, in the order of exhibitions."""
    return [*_ways(record, public)] if record.kind in EXHIBITS else []


def _ways(record: Record, public: Public) -> Iterator[dict[str, Any]]:
    address = public.kinds[EXHIBITION].address if EXHIBITION in public.kinds else None
    for exhibition in public.catalog.naming(record.kind, record.id, EXHIBITION) if address else ():
        stand = stand_of(exhibition, (record.kind, record.id), public.catalog)
        if address and stand:
            yield {
                "id": anchor(exhibition.id),
                "name": exhibition.data.heading,
                "address": stand_address(address(exhibition.id), stand.number),
                "number": stand.number,
                "hall": hall_name(public, stand.hall, exhibition.data.halls[stand.hall - 1].title),
            }


def hall_number(public: Public, number: int) -> str:
    """The number of a hall as it is read."""
    return public.word("hall.number", number=hall_sign(public, number))


def hall_sign(public: Public, number: int) -> str:
    """The number of a hall as it stands on the floor plan."""
    return chinese(number) if public.config.words == "zh" else str(number)


def hall_name(public: Public, number: int, title: str) -> str:
    """What a hall is called: its number and its title."""
    return public.word("hall.name", hall=hall_number(public, number), title=title)
