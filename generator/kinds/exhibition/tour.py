"""The calendar of a tour (RFC 5545): one event of whole days for each stop."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from generator import patterns

if TYPE_CHECKING:
    from icalendar import Event

_PRODUCT = "-//exhibition-generator//tour//ZH"
_BREAK = patterns.late("\r\n|[\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_CONTROL = patterns.late("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufeff]|[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop as the calendar knows it. ``uid`` never changes, ``end`` is its last day, ``None`` for a
    stop that stays; ``address`` is a whole URL."""

    uid: str
    summary: str
    start: date
    end: date | None
    location: str = ""
    description: str = ""
    address: str = ""
    is_planned: bool = False
    is_cancelled: bool = False


def calendar(name: str, stops: Iterable[Stop], changed_on: date, sequence: int = 0) -> bytes:
    """The calendar ``name`` with ``stops`` in their order, as the bytes of an ``.ics`` file.

    ``changed_on`` stamps every event, as the clock of the build must not; ``sequence`` counts the revisions. A program
    that subscribes to the file knows a stop by its ``uid`` and takes over what changed.
    """
    from icalendar import Calendar, vText  # here, so that no other command waits for it

    result = Calendar()
    result.add("prodid", _PRODUCT)
    result.add("version", "2.0")
    result.add("calscale", "GREGORIAN")
    result.add("method", "PUBLISH")
    result["x-wr-calname"] = vText(_clean(name))  # the library escapes only what it knows to be text
    for each in stops:
        result.add_component(_event(each, datetime.combine(changed_on, time(), UTC), sequence))
    return bytes(result.to_ical(sorted=False))


def _event(stop: Stop, stamp: datetime, sequence: int) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", _clean(stop.uid))
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", sequence)
    event.add("dtstart", stop.start)
    if stop.end is not None:  # without, it is shown on the day on which it begins (RFC 5545, 3.6.1)
        event.add("dtend", stop.end + timedelta(days=1))  # the first day that is no longer part of it
    event.add("summary", _clean(stop.summary))
    for key, text in (("location", stop.location), ("description", stop.description)):
        if text:
            event.add(key, _clean(text))
    if stop.address:
        event.add("url", _clean(stop.address))
    event.add("status", _status(stop))
    event.add("transp", "TRANSPARENT")  # nobody is busy because of it
    return event


def _status(stop: Stop) -> str:
    if stop.is_cancelled:
        return "CANCELLED"
    return "TENTATIVE" if stop.is_planned else "CONFIRMED"


def _clean(text: str) -> str:
    """``text`` with one kind of line break and without what no calendar may hold; the library escapes the rest."""
    return _CONTROL.sub("", _BREAK.sub("\n", text))
