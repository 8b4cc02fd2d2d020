"""What is made of exhibitions beside their pages: calendars, mentions, the table, share cards, linked data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from generator.catalog.catalog import Catalog
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.kinds.exhibition import tour
from generator.kinds.exhibition.addresses import address_of, calendar_of, stand_of
from generator.kinds.exhibition.model import Exhibition, Stop, keys
from generator.kinds.exhibition.pages import STOPS
from generator.media.cards.faces import CardFace
from generator.site import linked, permanent_ids, route
from generator.site.context import Output, Public
from generator.site.mention import Mention
from generator.site.presenter import table_of
from generator.site.tables import Cell, Table, columns
from generator.text.dates import known, rank


def outputs(catalog: Catalog, config: SiteConfig) -> Iterator[Output]:
    """The calendar of each tour."""
    for record in catalog.all("exhibition"):
        if record.data.stops:
            yield Output(calendar_of(record.id), record.span("stops"), partial(_calendar, record))


def _calendar(record: Record, public: Public) -> bytes:
    exhibition: Exhibition = record.data
    published = exhibition.published_on or date.min
    changed = max((day for day in exhibition.days() if public.today is None or day <= public.today), default=published)
    changed = max(changed, published)
    stops = [
        tour.Stop(
            uid=str(permanent_ids.of_place(public.config, f"{address_of(record.id)}{key}")),
            summary=public.word("tour.event", theme=exhibition.heading, venue=stop.venue),
            start=stop.start,
            end=known(stop.end),
            location=public.word("tour.place", venue=stop.venue, address=stop.address) if stop.address else stop.venue,
            description="\n".join(filter(None, (_term(stop, public), stop.hours, stop.access))),
            address=f"{public.config.address.rstrip('/')}/{address_of(record.id)}" if public.config.address else "",
            is_planned=stop.status == "计划",
            is_cancelled=stop.status == "取消",
        )
        for key, stop in zip(keys(exhibition.stops), exhibition.stops, strict=True)
    ]
    return tour.calendar(exhibition.heading, stops, changed, (changed - published).days)


def _term(stop: Stop, public: Public) -> str:
    """What a calendar cannot say otherwise: that there is no end."""
    return "" if known(stop.end) else public.word("tour.long_term")


def mention(record: Record, target: Record, public: Public) -> Mention | None:
    """An exhibition on the page of a record that hangs in one of its halls: it leads to the stand."""
    exhibition: Exhibition = record.data
    stand = route.stand_of(record, (target.kind, target.id), public.catalog) if target.kind in route.EXHIBITS else None
    if stand is None:
        return None
    place = route.hall_name(public, stand.hall, exhibition.halls[stand.hall - 1].title)
    note = public.word("exhibition.mention", year=exhibition.year, hall=place, number=stand.number)
    return Mention(
        exhibition.heading,
        stand_of(record.id, stand.number),
        note,
        exhibition.published_on,
        sample=exhibition.is_sample,
    )


_COLUMNS = columns("exhibition theme number:integer venue address start:date end:date hours access status")


def tables(public: Public) -> Iterator[Table]:
    """The table of all stops."""
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


def face(record: Record, public: Public) -> CardFace:
    """What share cards show of an exhibition."""
    exhibition: Exhibition = record.data
    return CardFace(
        title=exhibition.heading,
        label=public.label(public.kind_label("exhibition"), exhibition.year),
        line=public.word("share.exhibits", count=len(route.stands(record, public.catalog))),
        unit=public.config.footer.organiser or "",
        photo=public.published_picture(record, exhibition.poster),
        credit=public.credit(exhibition.poster),
        note=public.sample_note(exhibition, "theme", "halls", "poster"),
    )


_MODES = {"online": "Online", "offline": "Offline", "both": "Mixed"}


def linked_data(record: Record, public: Public) -> linked.Node:
    """An exhibition as an event. One that can be seen online began, there, on the day its page appeared."""
    exhibition: Exhibition = record.data
    stops = exhibition.shown("stops") or ()
    online = (
        {"@type": "VirtualLocation", "url": linked.At(address_of(record.id))} if exhibition.mode != "offline" else None
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
