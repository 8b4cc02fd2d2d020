"""What the pages of all records have alike: samples, the small print, links to other records, neighbours, frozen states."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from generator.catalog.model import RecordData
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.ledger.mounted import State
from generator.messages import say
from generator.problems import Span
from generator.site.context import Made, Page, Public
from generator.text.addresses import output_file

SEEN = "seen/"  # the page of what a visitor has seen, as the device keeps it
SHORT = 16  # digits of a digest, as pages show it
Item = TypeVar("Item")
View = Callable[[Page, Made], Mapping[str, Any]]


def index_page(
    section: str,
    key: str,
    config: SiteConfig,
    origin: str,
    template: str,
    view: View,
    *,
    downloads: tuple[str, ...] = (),
    changed_on: date | None = None,
    **values: object,
) -> Page:
    """The page that lists a kind. ``{key}.title`` and ``{key}.description`` are its wordings, ``values`` fill the latter,
    ``origin`` is where the records stand."""
    title = say(f"{key}.title", config.words)
    about = say(f"{key}.description", config.words, site=config.name, **values)
    place = Span(origin)
    return Page(section, section, title, place, about, template, view, changed_on=changed_on, downloads=downloads)


def record_page(
    record: Record,
    address: str,
    section: str,
    about: str,
    template: str,
    view: View,
    *,
    subject: Any = None,
    downloads: tuple[str, ...] = (),
) -> Page:
    """The page of a record; ``subject`` is what its view is given, by default the record itself."""
    data: RecordData = record.data
    subject = record if subject is None else subject
    origin, changed = record.span("id"), data.changed_on
    return Page(address, section, data.heading, origin, about, template, view, subject, changed_on=changed, downloads=downloads)


def made_up(data: RecordData, public: Public) -> dict[str, Any]:
    """What of a record is made up, for the macro ``sample_notice``: all of it, or the titles of fields by their names."""
    return {"sample": data.is_sample, "sample_titles": data.sample_titles(public.config.words)}


def foot(page: Page, record: Record, made: Made, author: str = "", published_on: date | None = None) -> dict[str, Any]:
    """What the macro ``small_print`` shows: sources, revisions, dates, citation and what can be taken along. Without an
    ``author`` the organiser of the site is cited."""
    data: RecordData = record.data
    return {
        "sources": [{"title": each.title, "where": each.where, "date": each.date} for each in data.sources],
        "revisions": [{"date": each.date, "what": each.what, "why": each.why} for each in data.revisions],
        "published_on": published_on or data.published_on,
        "updated_on": data.updated_on,
        "citation": citation(page, made, author),
        "take": take(made, data.heading, page.address, page.address),
        "item": item_of(record) if SEEN in made.plan.pages else "",
    }


def item_of(record: Record) -> str:
    """How the device of a visitor knows a record that was seen: by what never changes."""
    return f"{record.kind}/{record.id}"


def take(made: Made, name: str, address: str, about: str) -> dict[str, Any]:
    """What the macro ``take`` offers: the link to the page at ``address`` (complete where somebody said where the site is), the
    poster of the page at ``about``, which shows ``name``, and the way to what was seen, which a frozen year has not."""
    return {
        "name": name,
        "address": address,
        "link": made.public_address(address) if made.config.address else "",
        "poster": made.poster(about),
        "seen": SEEN if SEEN in made.plan.pages else "",
    }


def link(public: Public, kind: str, id: str | None) -> dict[str, Any] | None:
    """What a public record is called and where its page is; ``None`` for one that is not public or has no page."""
    record = public.catalog.get(kind, id)
    described = public.kinds.get(kind)
    if record is None or described is None or described.address is None:
        return None
    return {"name": record.data.heading, "address": described.address(record.id)}


def heading_of(public: Public, kind: str, id: str | None) -> str:
    """What a public record is called, empty for one that is not public."""
    record = public.catalog.get(kind, id)
    return record.data.heading if record else ""


def with_neighbours(row: Sequence[Item]) -> Iterator[tuple[Item | None, Item, Item | None]]:
    """Each of a row with the one before it and the one after it."""
    for number, item in enumerate(row):
        yield (row[number - 1] if number else None), item, (row[number + 1] if number + 1 < len(row) else None)


def states_of(page: Page, public: Public) -> tuple[State, ...]:
    """The frozen states of what ``page`` shows, the newest first; none for a page that only says that something is gone."""
    return () if page.is_gone else public.mounted.at.get(page.address, ())


def place_of(state: State, public: Public) -> str:
    """Where a frozen page is, as a citation says it: its complete address, or its file in the folder of the site where nobody
    said where the site is."""
    return public.public_address(state.address) if public.config.address else output_file(state.address)


def _day_of(state: State) -> date:
    """The day that a citation gives a frozen page: that of the last change of its record, or the one on which it was frozen."""
    dated = state.record.dated
    return date.fromisoformat(dated) if len(dated) == len("2024-05-01") else state.lock.frozen_on


def citation(page: Page, public: Public, author: str = "") -> str:
    """The citation of ``page`` as plain text, GB/T 7714-2015, 8.8 (electronic resources): author. title[EB/OL]. publisher,
    year(day of the last change)[day of citing]. address. Without an ``author`` it is the organiser of the site; the address
    is left out where nobody said where the site is. The day of citing is known only to who cites: a placeholder stands
    for it, which the browser fills in where it can run a script, as it does the address. Of a page that a year keeps as it was
    the newest frozen one is cited, with the beginning of its digest: it is the one that never changes."""
    frozen = next(iter(states_of(page, public)), None)
    day, title = (_day_of(frozen), frozen.record.title) if frozen else (page.changed_on, page.title)
    changed = f", {day.year}({day.isoformat()})" if day else ""
    parts = [author or public.config.footer.organiser or "", f"{title}[EB/OL]"]
    parts += [f"{public.config.name}{changed}{public.word('cite.day')}"]
    if frozen:
        parts += [place_of(frozen, public), f"SHA-256: {frozen.record.sha256[:SHORT]}"]
    elif public.config.address:
        parts += [public.public_address(page.address)]
    return ". ".join(each for each in parts if each) + "."
