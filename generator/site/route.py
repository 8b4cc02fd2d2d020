"""The guided route: in which exhibition something hangs, in which hall, and what comes before and after it there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from generator.catalog.catalog import Catalog, Key
from generator.catalog.record import Record
from generator.site.context import Public
from generator.site.record_page import with_neighbours
from generator.text.numerals import chinese

EXHIBITION = "exhibition"
EXHIBITS = ("brand", "project", "video")  # what can hang; an item of a hall names one of them in the field so called


class Item(Protocol):
    """An item of a hall: exactly one of the three is the id of a record."""

    brand: str | None
    project: str | None
    video: str | None


@dataclass(frozen=True, slots=True)
class Stand:
    """Where something hangs: the exhibition's id, the number of the hall from 1, and its neighbours on the route."""

    exhibition: str
    hall: int
    hall_title: str
    previous: Key | None
    next: Key | None


def named(item: Item) -> tuple[Key, ...]:
    """What an item names: (kind, id), one of them unless somebody made a mistake."""
    return tuple((kind, id) for kind in EXHIBITS if (id := getattr(item, kind)) is not None)


def exhibits(exhibition: Record, catalog: Catalog) -> tuple[tuple[int, Key], ...]:
    """What hangs in the exhibition and is in ``catalog``, each with the number of its hall, once, in curated order."""
    found: dict[Key, int] = {}
    for number, hall in enumerate(exhibition.data.halls, start=1):
        for item in hall.items:
            for key in named(item):
                if catalog.get(*key) is not None:
                    found.setdefault(key, number)
    return tuple((hall, key) for key, hall in found.items())


def hall_of(exhibition: Record, key: Key) -> int | None:
    """The number of the hall in which the exhibition hangs ``key``; ``None`` where it does not."""
    kind, id = key
    for number, hall in enumerate(exhibition.data.halls, start=1):
        if any(getattr(item, kind) == id for item in hall.items):
            return number
    return None


def stands(catalog: Catalog) -> Mapping[Key, Stand]:
    """Where each exhibit hangs. What hangs in several exhibitions belongs to the route of the first of them."""
    found: dict[Key, Stand] = {}
    for exhibition in catalog.all(EXHIBITION):
        route = exhibits(exhibition, catalog)
        for before, (hall, key), after in with_neighbours(route):
            title = exhibition.data.halls[hall - 1].title
            previous, following = before and before[1], after and after[1]
            found.setdefault(key, Stand(exhibition.id, hall, title, previous, following))
    return found


def hall_number(public: Public, number: int) -> str:
    """The number of a hall as it is read."""
    return public.word("hall.number", number=chinese(number) if public.config.words == "zh" else number)


def hall_name(public: Public, number: int, title: str) -> str:
    """What a hall is called: its number and its title."""
    return public.word("hall.name", hall=hall_number(public, number), title=title)
