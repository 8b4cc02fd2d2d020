"""Walls: long lists of records as plain pages, numbered and sorted into facets. Serves every kind that hangs on one.

What a wall is divided by is said once, as its facets: the plain pages, the chips and the data that ``wall_data.py``
gives the browser all come from them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.catalog.catalog import Catalog
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.messages import say
from generator.problems import Span
from generator.site.context import Made, Page, Public
from generator.text.numerals import natural
from generator.text.pinyin import spelled

PASSING = r"page/[0-9]+/|by/[a-z0-9-]+/(?:[a-z0-9-]+/(?:page/[0-9]+/)?)?"  # pages below a wall that go when it is divided no more
CHIPS = 10  # values of a facet shown on every page; the rest is one click away on the facet's own page


@dataclass(frozen=True, slots=True)
class Facet:
    """How records are told apart: ``labels`` are the values in their order, ``values_of`` gives the values of a record.
    A record may have several or none; a value without a label does not count."""

    name: str
    labels: Mapping[str, str]
    values_of: Callable[[Record], Iterable[str]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet with the records that have it."""

    id: str
    label: str
    records: tuple[Record, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class FacetWithValues:
    """A way to divide a wall. ``name`` is part of addresses."""

    name: str
    label: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Sort:
    """An order in which the browser can show a wall. Without a ``key`` it is the wall's own."""

    name: str
    key: Callable[[Record], Any] | None = field(default=None, repr=False)


def _year_of(record: Record) -> str:
    return str(record.data.year)


def name_of(record: Record) -> str:
    """What the card of a record calls it."""
    return getattr(record.data, "name", None) or str(record.data.heading)


@dataclass(frozen=True, slots=True)
class Wall:
    """A wall of one kind: where it begins, what it is called, what hangs on it.

    ``card`` gives the view of a record, ``macro`` names the file and the macro of ``theme/exhibits`` that shows a list
    of such views; ``level`` is that of the cards as headings. ``section`` is the navigation item that the wall belongs to,
    where that is not the wall itself. ``dated`` is the day of a record, or its year, on the timeline, in ISO form, ``dated_by`` the wording
    of what happened then.
    """

    base: str
    title: str
    description: str
    records: tuple[Record, ...] = field(repr=False)
    facets: tuple[FacetWithValues, ...] = field(repr=False)
    page_size: int
    origin: Span
    card: Callable[[Record, Public], Mapping[str, Any]] = field(repr=False)
    macro: tuple[str, str]
    downloads: tuple[str, ...] = ()
    sorts: tuple[Sort, ...] = ()
    dated: Callable[[Record], str] = field(default=_year_of, repr=False)
    dated_by: str = "wall.by.year"
    level: int = 2
    section: str = ""

    @property
    def is_filtered(self) -> bool:
        """Whether there is anything to choose from."""
        return bool(self.facets) and len(self.records) > 1

    @property
    def data(self) -> str:
        """The folder of what the browser loads to filter the wall."""
        return f"walls/{self.base}"


@dataclass(frozen=True, slots=True)
class Slice:
    """The part of a wall that one page shows. ``facet`` and ``value`` are set on the pages of a facet's value."""

    wall: Wall
    start: str
    records: tuple[Record, ...] = field(repr=False)
    total: int
    number: int
    last: int
    facet: FacetWithValues | None = None
    value: FacetValue | None = None


def pages(wall: Wall, template: str, index_template: str, preview: int = 6) -> Iterator[Page]:
    """Every page of ``wall``: all records, each facet with the first ``preview`` records of each value, and the records
    of each value."""
    yield from _numbered(wall, template, wall.base, wall.records, wall.title)
    for facet in wall.facets:
        yield Page(
            address=f"{wall.base}by/{facet.name}/",
            section=wall.section or wall.base,
            title=f"{wall.title} · {facet.label}",
            origin=wall.origin,
            description=wall.description,
            template=index_template,
            view=_divided(preview),
            subject=(wall, facet),
            is_listed=False,
        )
        for value in facet.values:
            start = f"{wall.base}by/{facet.name}/{value.id}/"
            title = f"{wall.title} · {value.label}"
            yield from _numbered(wall, template, start, value.records, title, facet, value)


def _numbered(
    wall: Wall,
    template: str,
    start: str,
    records: tuple[Record, ...],
    title: str,
    facet: FacetWithValues | None = None,
    value: FacetValue | None = None,
) -> Iterator[Page]:
    last = max(1, -(-len(records) // wall.page_size))
    for number in range(1, last + 1):
        shown = records[(number - 1) * wall.page_size : number * wall.page_size]
        yield Page(
            address=page_address(start, number),
            section=wall.section or wall.base,
            title=title if number == 1 else f"{title} · {number}",
            origin=wall.origin,
            description=wall.description,
            template=template,
            view=_view,
            subject=Slice(wall, start, shown, len(records), number, last, facet, value),
            is_listed=start == wall.base and number == 1,
            downloads=() if value else wall.downloads,
        )


def first_slice(wall: Wall) -> Slice:
    """What the first page of ``wall`` shows, for a page that has more to show than its wall."""
    last = max(1, -(-len(wall.records) // wall.page_size))
    return Slice(wall, wall.base, wall.records[: wall.page_size], len(wall.records), 1, last)


def page_address(start: str, number: int) -> str:
    """The address of page ``number`` of the list that begins at ``start``."""
    return start if number == 1 else f"{start}page/{number}/"


def with_values(facets: Iterable[Facet], records: Sequence[Record], config: SiteConfig) -> tuple[FacetWithValues, ...]:
    """The facets of a wall with ``records``: every value that a record has, in its division's order."""
    found = (
        FacetWithValues(each.name, say(f"facet.{each.name}", config.words), tuple(_divide(each, records))) for each in facets
    )
    return tuple(each for each in found if each.values)


def _divide(facet: Facet, records: Iterable[Record]) -> Iterator[FacetValue]:
    grouped: dict[str, list[Record]] = {}
    for record in records:
        for value in dict.fromkeys(facet.values_of(record)):
            grouped.setdefault(value, []).append(record)
    for id, label in facet.labels.items():
        if id in grouped:
            yield FacetValue(id, label, tuple(grouped[id]))


def by_year(records: Iterable[Record], config: SiteConfig) -> Facet:
    """By season, the newest first."""
    years = sorted({each.data.year for each in records}, reverse=True)
    return Facet(
        "year", {str(each): say("year", config.words, year=each) for each in years}, lambda r: (_year_of(r),)
    )


def by_unit(records: Iterable[Record], catalog: Catalog) -> Facet:
    """By the unit that a record names, those with most records first, else in the order of the roster."""
    held = Counter(each.data.unit for each in records)
    units = sorted(catalog.all("unit"), key=lambda each: -held[each.id])
    return Facet("unit", {each.id: each.data.label for each in units}, lambda record: (record.data.unit,))


def by_system(catalog: Catalog, config: SiteConfig) -> Facet:
    """By the system of the unit that a record names."""
    systems = {each.id: each.data.system for each in catalog.all("unit")}

    def system(record: Record) -> tuple[str, ...]:
        found = systems.get(record.data.unit)
        return (found,) if found else ()

    return Facet("system", config.choices["systems"], system)


def sorts(catalog: Catalog) -> tuple[Sort, ...]:
    """The orders that every wall of records with a year and a unit has: the wall's own, the oldest season first, by
    pinyin, and by unit in the order of the roster."""
    roster = {each.id: number for number, each in enumerate(catalog.all("unit"))}
    return (
        Sort("newest"),
        Sort("oldest", lambda record: record.data.year),
        Sort("name", lambda record: natural(name_of(record), spelled)),
        Sort("unit", lambda record: roster.get(record.data.unit, len(roster))),
    )


def _view(page: Page, made: Made) -> Mapping[str, Any]:
    part = page.about(Slice)
    return {**hung_view(part, made), "cards": [part.wall.card(each, made) for each in part.records]}


def _divided(preview: int) -> Callable[[Page, Public], Mapping[str, Any]]:
    def view(page: Page, public: Public) -> Mapping[str, Any]:
        wall, facet = page.about(tuple)
        values = [
            {
                "label": each.label,
                "count": len(each.records),
                "address": f"{wall.base}by/{facet.name}/{each.id}/",
                "cards": [wall.card(record, public) for record in each.records[:preview]],
            }
            for each in facet.values
        ]
        return {"wall": {"title": wall.title, "address": wall.base}, "label": facet.label, "values": values}

    return view


def hung_view(slice_: Slice, made: Made) -> dict[str, Any]:
    """What the template of a page with a wall shows beside the cards; under ``hung`` what the wall itself does."""
    hung = _slice_view(slice_, made)
    return {**hung, "hung": hung}


def _slice_view(slice_: Slice, made: Made) -> dict[str, Any]:
    """The facets, the numbers and the neighbours of a part of a wall."""
    wall = slice_.wall
    return {
        "title": slice_.value.label if slice_.value else wall.title,
        "wall": {"title": wall.title, "address": wall.base, "count": len(wall.records)},
        "facet": {"label": slice_.facet.label, "address": f"{wall.base}by/{slice_.facet.name}/"}
        if slice_.facet
        else None,
        "total": slice_.total,
        "facets": [_facet_view(wall, each, slice_.value) for each in wall.facets] if wall.is_filtered else [],
        "pager": _pager(slice_),
        "live": _live(slice_, made),
        "level": wall.level,
    }


def _live(slice_: Slice, made: Made) -> dict[str, Any] | None:
    """What the browser needs to take the wall over, on its first page: where its data begin and of which content they
    are, how many cards hang at once, and what they can be sorted by."""
    wall = slice_.wall
    if not wall.is_filtered or slice_.facet or slice_.number > 1:
        return None
    index = f"{wall.data}index.js"
    return {
        "data": index,
        "stamp": made.digest(index)[:12],
        "size": wall.page_size,
        "sorts": [{"name": each.name, "label": made.word(f"sort.{each.name}")} for each in wall.sorts],
    }


def _facet_view(wall: Wall, facet: FacetWithValues, active: FacetValue | None) -> dict[str, Any]:
    shown = facet.values[:CHIPS]
    if active in facet.values and active not in shown:
        shown = (*shown[:-1], active)
    return {
        "name": facet.name,
        "label": facet.label,
        "address": f"{wall.base}by/{facet.name}/",
        "more": len(facet.values) > CHIPS,
        "count": len(facet.values),
        "chips": [
            {
                "id": each.id,
                "label": each.label,
                "count": len(each.records),
                "address": f"{wall.base}by/{facet.name}/{each.id}/",
                "active": each is active,
            }
            for each in shown
        ],
    }


def _pager(slice_: Slice) -> dict[str, Any] | None:
    if slice_.last == 1:
        return None
    number, last, start = slice_.number, slice_.last, slice_.start
    near = sorted({1, last, *range(max(1, number - 2), min(last, number + 2) + 1)})
    steps: list[dict[str, Any]] = []
    for before, each in zip([0, *near], near, strict=False):
        if each - before > 1:
            steps.append({"gap": True})
        steps.append({"number": each, "address": page_address(start, each), "active": each == number})
    return {
        "steps": steps,
        "number": number,
        "last": last,
        "previous": page_address(start, number - 1) if number > 1 else None,
        "next": page_address(start, number + 1) if number < last else None,
    }
