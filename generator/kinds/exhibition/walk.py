"""The walk through an exhibition: a page for each stand, and one behind the last of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.catalog.catalog import Catalog
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.kinds.exhibition.addresses import SECTION, address_of, calendar_of, closing_of, stand_of, tour_of
from generator.kinds.exhibition.floor import floor_view
from generator.kinds.exhibition.hanging import read_at
from generator.kinds.exhibition.model import Exhibition
from generator.kinds.exhibition.sights import is_made_up, label_of, sight, tone_of
from generator.kinds.exhibition.stops import stop_view
from generator.messages import say
from generator.site import linked, route
from generator.site.context import Made, Page, Public, Site
from generator.site.record_page import heading_of, item_of, link, made_up, take, with_neighbours
from generator.site.route import Stand

_FEW = 60  # stands that a table of contents names one by one; of more it names those of the hall
_MANY = 200  # stands of which a floor plan shows all


@dataclass(frozen=True, slots=True)
class _Place:
    """A stand of an exhibition with what hangs there and the stands before and after it."""

    exhibition: Record
    record: Record
    stand: Stand
    route: tuple[Stand, ...] = field(repr=False)
    previous: Stand | None = field(repr=False)
    next: Stand | None = field(repr=False)


def pages(exhibition: Record, catalog: Catalog, config: SiteConfig) -> Iterator[Page]:
    """The stands of an exhibition and the page behind the last one; nothing where nothing hangs."""
    found = route.stands(exhibition, catalog)
    for before, stand, after in with_neighbours(found):
        record = catalog.get(*stand.key)
        if record is not None:
            yield _page(_Place(exhibition, record, stand, found, before, after), config)
    if found:
        title = say("closing.title", config.words, theme=exhibition.data.heading)
        yield Page(
            closing_of(exhibition.id),
            SECTION,
            title,
            exhibition.span("halls"),
            description=say("closing.description", config.words, theme=exhibition.data.heading, count=len(found)),
            template="closing.html",
            view=_closing_view,
            subject=exhibition,
            changed_on=exhibition.data.changed_on,
            is_listed=False,
        )


def _page(place: _Place, config: SiteConfig) -> Page:
    exhibition, record, stand = place.exhibition.data, place.record.data, place.stand
    days = filter(None, (exhibition.changed_on, record.changed_on))
    return Page(
        stand_of(place.exhibition.id, stand.number),
        SECTION,
        say("stand.title", config.words, name=record.heading, theme=exhibition.heading, number=stand.number),
        place.exhibition.span("halls", stand.hall - 1, "items", stand.at),
        description=label_of(place.record, stand.label),
        template="stand.html",
        view=_view,
        subject=place,
        changed_on=max(days, default=None),
        is_listed=False,
        linked=_linked,
        is_item=True,
    )


def _linked(page: Page, site: Site) -> linked.Node:
    """What hangs at a stand, by the name that its own page gives it, as a part of the exhibition."""
    place = page.about(_Place)
    about = link(site, place.record.kind, place.record.id)
    return {
        "@type": "CreativeWork",
        "@id": linked.At(f"{about['address']}#it") if about else None,
        "name": place.record.data.heading,
        "url": linked.At(about["address"]) if about else None,
        "position": place.stand.number,
        "isPartOf": {
            "@type": "ExhibitionEvent",
            "@id": linked.At(f"{address_of(place.exhibition.id)}#it"),
            "name": place.exhibition.data.heading,
        },
    }


def _view(page: Page, made: Made) -> Mapping[str, Any]:
    place = page.about(_Place)
    exhibition: Exhibition = place.exhibition.data
    id, stand, record = place.exhibition.id, place.stand, place.record
    about = link(made, record.kind, record.id)
    seen = sight(record, made)
    hall = exhibition.halls[stand.hall - 1]
    return {
        "theme": exhibition.heading,
        "address": address_of(id),
        "number": stand.number,
        "count": len(place.route),
        "hall": route.hall_name(made, stand.hall, hall.title),
        "walls": read_at(stand, hall, [each for each in place.route if each.hall == stand.hall]),
        "tone": tone_of(stand.hall),
        "name": record.data.heading,
        "kind": made.kind_label(record.kind),
        "unit": heading_of(made, "unit", getattr(record.data, "unit", None)),
        "label": label_of(record, stand.label),
        "sight": seen,
        "record": f"{about['address']}#{route.anchor(id)}" if about else None,
        "previous": _step(place.previous, id, made),
        "next": _step(place.next, id, made),
        "closing": closing_of(id),
        "map": plan_of(place.exhibition, _near(place), made, stand.number),
        "walk": id,
        "item": item_of(record),
        "take": take(made, record.data.heading, page.address, about["address"] if about else ""),
        "contents": _contents(place, made),
        "sample": exhibition.is_made_up("halls") or is_made_up(record, stand.label, seen),
    }


def _step(stand: Stand | None, id: str, public: Public) -> dict[str, Any] | None:
    if stand is None:
        return None
    return {"name": heading_of(public, *stand.key), "address": stand_of(id, stand.number), "number": stand.number}


def plan_of(
    exhibition: Record, found: Sequence[Stand], public: Public, here: int = 0, *, is_of_page: bool = False, is_linked: bool = True
) -> dict[str, Any]:
    """The view of the floor plan of ``exhibition``. Its rooms lead to the first stand of each hall; on the exhibition's own
    page (``is_of_page``) to the hall there; nowhere unless it ``is_linked``."""
    first: dict[int, int] = {}
    for stand in found:
        first.setdefault(stand.hall, stand.number)
    own = address_of(exhibition.id)
    links = {hall: f"{own}#hall-{hall}" if is_of_page else stand_of(exhibition.id, number) for hall, number in first.items()}
    return floor_view(found, links if is_linked else {}, {hall: route.hall_sign(public, hall) for hall in first}, here)


def _near(place: _Place) -> Sequence[Stand]:
    """What the floor plan at a stand shows: all, of a very large exhibition the hall where one is."""
    return place.route if len(place.route) <= _MANY else [each for each in place.route if each.hall == place.stand.hall]


def _contents(place: _Place, public: Public) -> list[dict[str, Any]]:
    """The table of contents: the halls with the stands in them, of a large exhibition those of the hall where one is."""
    shown = place.route
    if len(shown) > _FEW:
        first = {each.hall: each.number for each in reversed(shown)}
        shown = tuple(each for each in shown if each.hall == place.stand.hall or first[each.hall] == each.number)
    return halls_of(place.exhibition, shown, public)


def halls_of(exhibition: Record, found: Sequence[Stand], public: Public) -> list[dict[str, Any]]:
    """The halls in which something hangs, each with its stands: number, name and address."""
    halls: dict[int, list[dict[str, Any]]] = {}
    for stand in found:
        step = _step(stand, exhibition.id, public)
        if step is not None:
            halls.setdefault(stand.hall, []).append(step)
    titles = [each.title for each in exhibition.data.halls]
    return [
        {"number": number, "name": route.hall_name(public, number, titles[number - 1]), "stands": stands}
        for number, stands in halls.items()
    ]


def _closing_view(page: Page, made: Made) -> Mapping[str, Any]:
    record = page.about(Record)
    exhibition: Exhibition = record.data
    found = route.stands(record, made.catalog)
    others = made.catalog.all("exhibition")
    after = [each for each in others if each.id != record.id]
    at = next((number for number, each in enumerate(others) if each.id == record.id), 0)
    following = after[at % len(after)] if after else None  # the next of the list, and behind the last the first
    release = next((each for each in made.catalog.all("release") if each.data.year == exhibition.year), None)
    return {
        "theme": exhibition.heading,
        "address": address_of(record.id),
        "count": len(found),
        "last": _step(found[-1], record.id, made) if found else None,
        "halls": halls_of(record, found, made),
        "map": plan_of(record, found, made),
        "walk": record.id,
        "stops": [stop_view(each, made) for each in exhibition.stops],
        "calendar": calendar_of(record.id) if exhibition.stops else None,
        "tour": tour_of(record.id),
        "following": following and link(made, "exhibition", following.id),
        "release": release and link(made, "release", release.id),
        "year": made.word("year", year=exhibition.year),
        "take": take(made, exhibition.heading, address_of(record.id), address_of(record.id)),
        "made_up": made_up(exhibition, made),
    }
