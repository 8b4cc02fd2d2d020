"""The list of exhibitions, the page of each with its halls, its stands, and its tour."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from generator.catalog.catalog import Catalog, Key
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.kinds.brand.pages import card as brand_card
from generator.kinds.exhibition import walk
from generator.kinds.exhibition.addresses import SECTION, address_of, calendar_of, stand_of, tour_of
from generator.kinds.exhibition.model import Exhibition
from generator.kinds.exhibition.stops import stop_view
from generator.kinds.project.pages import card as project_card
from generator.messages import say
from generator.site import route
from generator.site.context import Made, Page, Public
from generator.site.record_page import foot, index_page, link, made_up, record_page
from generator.site.route import Stand

FOLDER = "content/exhibitions"
STOPS = ("exhibition-stops",)


def pages(catalog: Catalog, config: SiteConfig) -> Iterator[Page]:
    """The list of exhibitions, and of each the page, the stands and the tour."""
    exhibitions = catalog.all("exhibition")
    count = len(exhibitions)
    yield index_page(SECTION, "exhibitions", config, FOLDER, "exhibitions.html", _index_view, downloads=STOPS, count=count)
    for record in exhibitions:
        data: Exhibition = record.data
        about = say(
            "exhibition.description", config.words, theme=data.theme, count=len(route.stands(record, catalog))
        )
        stops = STOPS if data.stops else ()
        yield record_page(record, address_of(record.id), SECTION, about, "exhibition.html", _view, downloads=stops)
        yield from walk.pages(record, catalog, config)
        title = say("tour.title", config.words, theme=data.heading)
        yield Page(
            tour_of(record.id),
            SECTION,
            title,
            record.span("id"),
            description=title,
            template="tour.html",
            view=_tour_view,
            subject=record,
            changed_on=data.changed_on,
            is_listed=False,
        )


def _index_view(page: Page, public: Public) -> Mapping[str, Any]:
    return {"exhibitions": [_entry(each, public) for each in public.catalog.all("exhibition")]}


def _entry(record: Record, public: Public) -> dict[str, Any]:
    exhibition: Exhibition = record.data
    stops = [stop_view(each, public) for each in exhibition.stops]
    return {
        "theme": exhibition.heading,
        "address": address_of(record.id),
        "year": public.word("year", year=exhibition.year),
        "mode": public.word(f"mode.{exhibition.mode}"),
        "exhibits": len(route.stands(record, public.catalog)),
        "stops": len(stops),
        "now": next((each for each in stops if each["status"]["id"] == "open"), None),
        "poster": public.picture(record, exhibition.poster),
        "sample": exhibition.is_sample,
    }


def _view(page: Page, made: Made) -> Mapping[str, Any]:
    record = page.about(Record)
    exhibition: Exhibition = record.data
    found = route.stands(record, made.catalog)
    return {
        **_entry(record, made),
        "year": {"label": made.word("year", year=exhibition.year), "number": exhibition.year},
        "intro": made.story(record.story, page),
        "halls": _halls(record, found, made),
        "first": stand_of(record.id, 1) if found else None,
        "map": walk.plan_of(record, found, made, is_of_page=True) if found else None,
        "walk": record.id,
        "stops": [stop_view(each, made) for each in exhibition.stops],
        "calendar": calendar_of(record.id) if exhibition.stops else None,
        "tour": tour_of(record.id),
        "made_up": made_up(exhibition, made),
        "foot": foot(page, exhibition, made),
        "others": [_entry(each, made) for each in made.catalog.all("exhibition") if each.id != record.id],
    }


def _halls(record: Record, found: Sequence[Stand], public: Public) -> list[dict[str, Any]]:
    """The halls that have something to show, each exhibit with its stand and its own page."""
    inside: dict[int, list[dict[str, Any]]] = {}
    for each in found:
        exhibit = {"number": each.number, "stand": stand_of(record.id, each.number), **_exhibit(each.key, public)}
        inside.setdefault(each.hall, []).append(exhibit)
    return [
        {
            "number": number,
            "anchor": f"hall-{number}",
            "label": route.hall_number(public, number),
            "title": record.data.halls[number - 1].title,
            "intro": record.data.halls[number - 1].intro,
            "exhibits": exhibits,
        }
        for number, exhibits in inside.items()
    ]


def _exhibit(key: Key, public: Public) -> dict[str, Any]:
    kind, id = key
    record = public.catalog.get(kind, id)
    place = link(public, kind, id)
    plain = {
        "kind": public.kind_label(kind) if kind in public.kinds else "",
        "name": place["name"] if place else id,
        "address": place["address"] if place else None,
        "note": "",
        "unit": "",
        "logo": None,
        "sample": record is not None and record.data.is_sample,
    }
    return plain | (_DETAILS[kind](record, public) if record is not None and kind in _DETAILS else {})


def _brand_details(record: Record, public: Public) -> dict[str, Any]:
    view = brand_card(record, public)
    return {"note": view["slogan"] or "", "unit": view["unit"], "logo": view["logo"]}


def _project_details(record: Record, public: Public) -> dict[str, Any]:
    view = project_card(record, public)
    return {"note": view["problem"], "unit": view["unit"], "sample": view["sample"]}


_DETAILS: Mapping[str, Callable[[Record, Public], dict[str, Any]]] = {
    "brand": _brand_details,
    "project": _project_details,
}


def _tour_view(page: Page, public: Public) -> Mapping[str, Any]:
    record = page.about(Record)
    exhibition: Exhibition = record.data
    base = (public.config.address or "").rstrip("/")
    found = route.stands(record, public.catalog)
    return {
        "theme": exhibition.heading,
        "address": address_of(record.id),
        "stops": [stop_view(each, public) for each in exhibition.stops],
        "halls": _halls(record, found, public),
        "map": walk.plan_of(record, found, public) if found else None,
        "walk": record.id,
        "site": base,
        "calendar": calendar_of(record.id) if exhibition.stops else None,
        "today": exhibition.changed_on,
        "made_up": made_up(exhibition, public),
    }
