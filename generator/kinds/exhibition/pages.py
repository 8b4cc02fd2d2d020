"""The list of exhibitions, the page of each with its halls, its stands, and its tour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.catalog.catalog import Catalog
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.kinds.exhibition import walk
from generator.kinds.exhibition.addresses import SECTION, address_of, calendar_of, stand_of, tour_of
from generator.kinds.exhibition.hanging import groups, in_order
from generator.kinds.exhibition.model import Exhibition
from generator.kinds.exhibition.sights import is_made_up, label_of, sight, tone_of
from generator.kinds.exhibition.stops import stop_view
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
    return {"exhibitions": [{**_entry(each, public), "map": _sign(each, public)} for each in public.catalog.all("exhibition")]}


def _sign(record: Record, public: Public) -> Mapping[str, Any] | None:
    """The floor plan as a picture of the exhibition, without any links: it is part of one."""
    found = route.stands(record, public.catalog)
    return walk.plan_of(record, found, public, is_linked=False) if found else None


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
        "halls": (halls := _halls(record, found, made)),
        "all_sample": bool(halls) and all(
            each["sample"] for hall in halls for group in hall["groups"] for each in group["exhibits"]
        ),
        "first": stand_of(record.id, 1) if found else None,
        "map": walk.plan_of(record, found, made, is_of_page=True) if found else None,
        "walk": record.id,
        "stops": [stop_view(each, made) for each in exhibition.stops],
        "calendar": calendar_of(record.id) if exhibition.stops else None,
        "tour": tour_of(record.id),
        "made_up": made_up(exhibition, made),
        "foot": foot(page, record, made),
        "others": [_entry(each, made) for each in made.catalog.all("exhibition") if each.id != record.id],
    }


def _halls(record: Record, found: Sequence[Stand], made: Made) -> list[dict[str, Any]]:
    """The halls that have something to show, with what is seen of each exhibit. A hall keeps its number when one before it
    is empty."""
    halls = []
    for number, stands in _by_hall(found).items():
        hall = record.data.halls[number - 1]
        halls.append(
            {
                "number": number,
                "anchor": f"hall-{number}",
                "label": route.hall_number(made, number),
                "tone": tone_of(number),
                "title": hall.title,
                "intro": hall.intro,
                "picture": made.picture(record, hall.picture),
                "count": len(stands),
                "groups": [
                    {"panels": panels, "exhibits": [_hung(record, each, made) for each in hung]}
                    for panels, hung in groups(hall, stands)
                ],
            }
        )
    return halls


def _by_hall(found: Sequence[Stand]) -> dict[int, list[Stand]]:
    inside: dict[int, list[Stand]] = {}
    for each in found:
        inside.setdefault(each.hall, []).append(each)
    return inside


def _hung(exhibition: Record, stand: Stand, public: Public) -> dict[str, Any]:
    """An exhibit as it hangs on the page of its exhibition: it leads to its stand."""
    listed = _listed(stand, public)
    record = public.catalog.get(*stand.key)
    if record is None:
        return listed
    seen = sight(record, public)
    return listed | {
        "stand": stand_of(exhibition.id, stand.number),
        "sight": seen,
        "note": label_of(record, stand.label),
        "sample": is_made_up(record, stand.label, seen),
    }


def _listed(stand: Stand, public: Public) -> dict[str, Any]:
    """An exhibit as it stands in the list for printing: it leads to its own page."""
    record = public.catalog.get(*stand.key)
    unit = public.catalog.get("unit", getattr(record.data, "unit", None)) if record else None
    return {
        "number": stand.number,
        **(link(public, *stand.key) or {"name": stand.key[1], "address": None}),
        "kind": public.kind_label(stand.key[0]),
        "unit": unit.data.label if unit else "",
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
        "halls": [
            {
                "number": number,
                "label": route.hall_number(public, number),
                "title": (hall := exhibition.halls[number - 1]).title,
                "intro": hall.intro,
                "entries": [
                    {"panel": each} if isinstance(each, str) else _listed(each, public) for each in in_order(hall, stands)
                ],
            }
            for number, stands in _by_hall(found).items()
        ],
        "map": walk.plan_of(record, found, public) if found else None,
        "walk": record.id,
        "site": base,
        "calendar": calendar_of(record.id) if exhibition.stops else None,
        "today": exhibition.changed_on,
        "made_up": made_up(exhibition, public),
    }
