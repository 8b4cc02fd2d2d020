"""Walls: long lists of records as plain pages, numbered and sorted into facets. Serves every kind that hangs on one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from generator.messages import Words
from generator.plan import Page, View
from generator.problems import Span
from generator.records import Record

if TYPE_CHECKING:
    from generator.show import Show

CHIPS = 10  # values of a facet shown on every page; the rest is one click away on the facet's own page


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet with the records that have it."""

    id: str
    label: str
    records: tuple[Record, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to divide a wall. ``name`` is part of addresses."""

    name: str
    label: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Wall:
    """A wall of one kind: where it begins, what it is called, what hangs on it."""

    base: str
    title: str
    description: str
    records: tuple[Record, ...] = field(repr=False)
    facets: tuple[Facet, ...] = field(repr=False)
    page_size: int
    origin: Span
    downloads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slice:
    """The part of a wall that one page shows. ``facet`` and ``value`` are set on the pages of a facet's value."""

    wall: Wall
    start: str
    records: tuple[Record, ...] = field(repr=False)
    total: int
    number: int
    last: int
    facet: Facet | None = None
    value: FacetValue | None = None


def pages(wall: Wall, template: str, index_template: str, view: View, index_view: View) -> Iterator[Page]:
    """Every page of ``wall``: all records, each facet's values, and the records of each value."""
    yield from _numbered(wall, template, view, wall.base, wall.records, wall.title)
    for facet in wall.facets:
        yield Page(
            address=f"{wall.base}by/{facet.name}/",
            section=wall.base,
            title=f"{wall.title} · {facet.label}",
            origin=wall.origin,
            description=wall.description,
            template=index_template,
            view=index_view,
            subject=(wall, facet),
            is_listed=False,
        )
        for value in facet.values:
            start = f"{wall.base}by/{facet.name}/{value.id}/"
            title = f"{wall.title} · {value.label}"
            yield from _numbered(wall, template, view, start, value.records, title, facet, value)


def _numbered(
    wall: Wall,
    template: str,
    view: View,
    start: str,
    records: tuple[Record, ...],
    title: str,
    facet: Facet | None = None,
    value: FacetValue | None = None,
) -> Iterator[Page]:
    last = max(1, -(-len(records) // wall.page_size))
    for number in range(1, last + 1):
        shown = records[(number - 1) * wall.page_size : number * wall.page_size]
        yield Page(
            address=page_address(start, number),
            section=wall.base,
            title=title if number == 1 else f"{title} · {number}",
            origin=wall.origin,
            description=wall.description,
            template=template,
            view=view,
            subject=Slice(wall, start, shown, len(records), number, last, facet, value),
            is_listed=start == wall.base and number == 1,
            downloads=() if value else wall.downloads,
        )


def page_address(start: str, number: int) -> str:
    """The address of page ``number`` of the list that begins at ``start``."""
    return start if number == 1 else f"{start}page/{number}/"


def divide(
    name: str, label: Words | str, records: Iterable[Record], value_of: Any, labels: Mapping[str, str]
) -> tuple[FacetValue, ...]:
    """Divide ``records`` by ``value_of(record)``, in the order of ``labels``, without empty values."""
    grouped: dict[str, list[Record]] = {}
    for record in records:
        grouped.setdefault(value_of(record), []).append(record)
    order = {key: number for number, key in enumerate(labels)}
    keys = sorted(grouped, key=lambda key: (order.get(key, len(order)), key))
    return tuple(FacetValue(key, labels.get(key, key), tuple(grouped[key])) for key in keys)


def views(card: Callable[[Record, Show], Mapping[str, Any]], preview: int = 6) -> tuple[View, View]:
    """The views of the pages of a wall whose records are shown as ``card`` gives them: of a numbered page, and of a
    facet with the first ``preview`` records of each value."""

    def numbered(page: Page, show: Show) -> Mapping[str, Any]:
        part: Slice = page.subject
        return {**slice_view(part), "cards": [card(each, show) for each in part.records]}

    def divided(page: Page, show: Show) -> Mapping[str, Any]:
        wall, facet = page.subject
        values = [
            {
                "label": each.label,
                "count": len(each.records),
                "address": f"{wall.base}by/{facet.name}/{each.id}/",
                "cards": [card(record, show) for record in each.records[:preview]],
            }
            for each in facet.values
        ]
        return {"wall": {"title": wall.title, "address": wall.base}, "label": facet.label, "values": values}

    return numbered, divided


def slice_view(slice_: Slice) -> dict[str, Any]:
    """What the template of a wall page shows beside the cards: facets, numbers, neighbours."""
    wall = slice_.wall
    return {
        "title": slice_.value.label if slice_.value else wall.title,
        "wall": {"title": wall.title, "address": wall.base, "count": len(wall.records)},
        "facet": {"label": slice_.facet.label, "address": f"{wall.base}by/{slice_.facet.name}/"}
        if slice_.facet
        else None,
        "total": slice_.total,
        "facets": [_facet_view(wall, each, slice_.value) for each in wall.facets],
        "pager": _pager(slice_),
    }


def _facet_view(wall: Wall, facet: Facet, active: FacetValue | None) -> dict[str, Any]:
    shown = facet.values[:CHIPS]
    if active in facet.values and active not in shown:
        shown = (*shown[:-1], active)
    return {
        "label": facet.label,
        "address": f"{wall.base}by/{facet.name}/",
        "more": len(facet.values) > CHIPS,
        "count": len(facet.values),
        "chips": [
            {
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
