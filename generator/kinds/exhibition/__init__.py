"""Exhibition 展览/巡展: what hangs together, in which order, and where and when it can be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from generator.catalog.catalog import Catalog, Key
from generator.catalog.kind import Kind, Layout, newest_first
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.kinds.brand.pages import card as brand_card
from generator.kinds.exhibition import tour
from generator.kinds.exhibition.model import Exhibition, Stop, check, keys
from generator.kinds.project.pages import card as project_card
from generator.media.cards.faces import CardFace
from generator.messages import Words, say
from generator.site import linked, permanent_ids, route
from generator.site.context import Made, Output, Page, Public
from generator.site.mention import Mention
from generator.site.presenter import Presenter, table_of
from generator.site.record_page import foot, index_page, link, made_up, record_page
from generator.site.tables import Cell, Table, columns
from generator.text.dates import known, rank

SECTION = "exhibitions/"
FOLDER = "content/exhibitions"
STATUSES = {"计划": "planned", "进行中": "open", "已结束": "over", "取消": "cancelled"}  # as words and styles say it


STOPS = ("exhibition-stops",)


def _address(id: str) -> str:
    return f"{SECTION}{id}/"


def _pages(catalog: Catalog, config: SiteConfig) -> Iterator[Page]:
    exhibitions = catalog.all("exhibition")
    count = len(exhibitions)
    yield index_page(SECTION, "exhibitions", config, FOLDER, "exhibitions.html", _index_view, downloads=STOPS, count=count)
    for record in exhibitions:
        data: Exhibition = record.data
        about = say(
            "exhibition.description", config.words, theme=data.theme, count=len(route.exhibits(record, catalog))
        )
        stops = STOPS if data.stops else ()
        yield record_page(record, _address(record.id), SECTION, about, "exhibition.html", _view, downloads=stops)
        title = say("tour.title", config.words, theme=data.heading)
        yield Page(
            f"{_address(record.id)}tour/",
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
    stops = [_stop(each, public) for each in exhibition.stops]
    return {
        "theme": exhibition.heading,
        "address": _address(record.id),
        "year": public.word("year", year=exhibition.year),
        "mode": public.word(f"mode.{exhibition.mode}"),
        "exhibits": len(route.exhibits(record, public.catalog)),
        "stops": len(stops),
        "now": next((each for each in stops if each["status"]["id"] == "open"), None),
        "poster": public.picture(record, exhibition.poster),
        "sample": exhibition.is_sample,
    }


def _stop(stop: Stop, public: Public) -> dict[str, Any]:
    slug = STATUSES[stop.status]
    status = {"id": slug, "label": public.word(f"stop.{slug}")}
    return stop.model_dump() | {"is_long_term": known(stop.end) is None, "status": status}


def _view(page: Page, made: Made) -> Mapping[str, Any]:
    record = page.about(Record)
    exhibition: Exhibition = record.data
    halls = _halls(record, made)
    return {
        **_entry(record, made),
        "year": {"label": made.word("year", year=exhibition.year), "number": exhibition.year},
        "intro": made.story(record.story, page),
        "halls": halls,
        "first": next((each["address"] for hall in halls for each in hall["exhibits"]), None),
        "stops": [_stop(each, made) for each in exhibition.stops],
        "calendar": _calendar_address(record.id) if exhibition.stops else None,
        "tour": f"{_address(record.id)}tour/",
        "made_up": made_up(exhibition, made),
        "foot": foot(page, exhibition, made),
        "others": [_entry(each, made) for each in made.catalog.all("exhibition") if each.id != record.id],
    }


def _face(record: Record, public: Public) -> CardFace:
    exhibition: Exhibition = record.data
    return CardFace(
        title=exhibition.heading,
        label=public.label(KIND.label.in_language(public.config.words), exhibition.year),
        line=public.word("share.exhibits", count=len(route.exhibits(record, public.catalog))),
        unit=public.config.footer.organiser or "",
        photo=public.published_picture(record, exhibition.poster),
        credit=public.credit(exhibition.poster),
        note=public.sample_note(exhibition, "theme", "halls", "poster"),
    )


_MODES = {"online": "Online", "offline": "Offline", "both": "Mixed"}


def _linked(record: Record, public: Public) -> linked.Node:
    """An exhibition as an event. One that can be seen online began, there, on the day its page appeared."""
    exhibition: Exhibition = record.data
    stops = exhibition.shown("stops") or ()
    online = (
        {"@type": "VirtualLocation", "url": linked.At(_address(record.id))} if exhibition.mode != "offline" else None
    )
    days = [each.start for each in stops]
    last = max((each.end for each in stops), key=rank) if stops else None
    if online:
        days.append(exhibition.shown("published_on"))
    return {
        "@type": "ExhibitionEvent",
        "startDate": min(filter(None, days), default=None),
        "endDate": known(last) if not online else None,
        "eventAttendanceMode": f"https://schema.org/{_MODES[exhibition.mode]}EventAttendanceMode",
        "eventStatus": "https://schema.org/EventScheduled",
        "location": [online, *(_place(each) for each in stops)],
        "image": linked.image(public, record, exhibition.poster),
        "organizer": {"@type": "GovernmentOrganization", "name": public.config.footer.organiser}
        if public.config.footer.organiser
        else None,
        "subEvent": [_stop_linked(each, exhibition) for each in stops],
    }


def _place(stop: Stop) -> linked.Node:
    return {"@type": "Place", "name": stop.venue, "address": stop.address}


def _stop_linked(stop: Stop, exhibition: Exhibition) -> linked.Node:
    is_off = stop.status == "取消"
    return {
        "@type": "ExhibitionEvent",
        "name": f"{exhibition.heading} · {stop.venue}",
        "startDate": stop.start,
        "endDate": known(stop.end),
        "eventStatus": f"https://schema.org/Event{'Cancelled' if is_off else 'Scheduled'}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": _place(stop),
        "description": stop.hours,
    }


def _halls(record: Record, public: Public) -> list[dict[str, Any]]:
    """The halls that have something to show. A hall keeps its number when one before it is empty."""
    inside: dict[int, list[dict[str, Any]]] = {}
    for number, (hall, key) in enumerate(route.exhibits(record, public.catalog), start=1):
        inside.setdefault(hall, []).append({"number": number, **_exhibit(key, public)})
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
        "kind": public.kinds[kind].label.in_language(public.config.words) if kind in public.kinds else "",
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
    return {
        "theme": exhibition.heading,
        "address": _address(record.id),
        "stops": [_stop(each, public) for each in exhibition.stops],
        "halls": _halls(record, public),
        "site": base,
        "calendar": _calendar_address(record.id) if exhibition.stops else None,
        "today": exhibition.changed_on,
        "made_up": made_up(exhibition, public),
    }


def _calendar_address(id: str) -> str:
    return f"{_address(id)}tour.ics"


def _outputs(catalog: Catalog, config: SiteConfig) -> Iterator[Output]:
    for record in catalog.all("exhibition"):
        if record.data.stops:
            yield Output(_calendar_address(record.id), record.span("stops"), partial(_calendar, record))


def _calendar(record: Record, public: Public) -> bytes:
    exhibition: Exhibition = record.data
    published = exhibition.published_on or date.min
    changed = max((day for day in exhibition.days() if public.today is None or day <= public.today), default=published)
    changed = max(changed, published)
    stops = [
        tour.Stop(
            uid=str(permanent_ids.of_place(public.config, f"{_address(record.id)}{key}")),
            summary=public.word("tour.event", theme=exhibition.heading, venue=stop.venue),
            start=stop.start,
            end=known(stop.end),
            location=public.word("tour.place", venue=stop.venue, address=stop.address) if stop.address else stop.venue,
            description="\n".join(filter(None, (_term(stop, public), stop.hours, stop.access))),
            address=f"{public.config.address.rstrip('/')}/{_address(record.id)}" if public.config.address else "",
            is_planned=stop.status == "计划",
            is_cancelled=stop.status == "取消",
        )
        for key, stop in zip(keys(exhibition.stops), exhibition.stops, strict=True)
    ]
    return tour.calendar(exhibition.heading, stops, changed, (changed - published).days)


def _term(stop: Stop, public: Public) -> str:
    """What a calendar cannot say otherwise: that there is no end."""
    return "" if known(stop.end) else public.word("tour.long_term")


def _mention(record: Record, target: Record, public: Public) -> Mention | None:
    exhibition: Exhibition = record.data
    hall = route.hall_of(record, (target.kind, target.id)) if target.kind in route.EXHIBITS else None
    if hall is None:
        return None
    place = route.hall_name(public, hall, exhibition.halls[hall - 1].title)
    note = public.word("exhibition.mention", year=exhibition.year, hall=place)
    return Mention(
        exhibition.heading,
        f"{_address(record.id)}#hall-{hall}",
        note,
        exhibition.published_on,
        sample=exhibition.is_sample,
    )


_COLUMNS = columns("exhibition theme number:integer venue address start:date end:date hours access status")


def _tables(public: Public) -> Iterator[Table]:
    yield table_of(public, "exhibition", *STOPS, "tour.table", _COLUMNS, _cells)


def _cells(record: Record, public: Public) -> Iterator[dict[str, Cell]]:
    data: Exhibition = record.data
    theme = None if "theme" in data.sample_fields else data.heading
    for number, stop in enumerate(data.shown("stops") or (), start=1):
        yield {
            "exhibition": record.id,
            "theme": theme,
            "number": number,
            "venue": stop.venue,
            "address": stop.address,
            "start": stop.start,
            "end": known(stop.end),
            "hours": stop.hours,
            "access": stop.access,
            "status": stop.status,
        }


KIND = Kind(
    name="exhibition", label=Words("展览", "exhibition"), model=Exhibition,
    layout=Layout("folder", f"{FOLDER}/{{id}}/exhibition.yml", story="intro.md"), address=_address, check=check,
    order=newest_first, about="每个展览一个文件夹：exhibition.yml 写展厅、展品和巡展站点，intro.md 写前言，img/ 放海报。", index=SECTION,
    is_announced=True,
)

PRESENTER = Presenter(
    KIND, pages=_pages, outputs=_outputs, mention=_mention, tables=_tables, face=_face, linked=_linked,
)
