"""What the home page leads in with: something for each day, the walk that can be begun, and the three doors of the
large-type edition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from generator.catalog.record import Record
from generator.kinds.exhibition.addresses import stand_of
from generator.kinds.exhibition.sights import is_made_up, label_of, sight
from generator.site import route
from generator.site.context import Public, Site
from generator.site.record_page import heading_of

PICKS = 14  # two weeks, so that a weekday does not always show the same
_NUMBER = re.compile(r"\+?[0-9(][0-9() -]*")  # of a telephone, before its extension


def picks(public: Public) -> list[dict[str, Any]]:
    """What can be looked at today, at most ``PICKS``, from all that can hang in an exhibition: as far apart as possible, those
    with a picture if there are any. Which of them it is the browser says, by its day."""
    records = [each for kind in route.EXHIBITS for each in public.catalog.all(kind)]
    shown = [each for each in records if _has_picture(each)] or records
    count = min(PICKS, len(shown))
    return [_pick(shown[number * len(shown) // count], public) for number in range(count)]


def _has_picture(record: Record) -> bool:
    return bool(getattr(record.data, "gallery", None) or getattr(record.data, "poster", None))


def _pick(record: Record, public: Public) -> dict[str, Any]:
    seen = sight(record, public)
    address = public.kinds[record.kind].address
    assert address is not None  # whatever can hang has a page
    return {
        "name": record.data.heading,
        "address": address(record.id),
        "kind": public.kind_label(record.kind),
        "line": label_of(record, None),
        "unit": heading_of(public, "unit", getattr(record.data, "unit", None)),
        "sight": seen,
        "sample": is_made_up(record, None, seen),
    }


def walk(exhibitions: Sequence[Record], public: Public) -> dict[str, Any] | None:
    """The walk that begins at the home page, of the newest exhibition that is on tour, else of the newest with anything in
    its halls: what it is called, its first stand, how many there are."""
    with_stands = [(each, stands) for each in exhibitions if (stands := route.stands(each, public.catalog))]
    running = [each for each in with_stands if any(stop.status == "进行中" for stop in each[0].data.stops)]
    for exhibition, stands in (running or with_stands)[:1]:
        return {
            "label": public.word("home.running" if running else "home.walk"),
            "title": exhibition.data.heading,
            "note": public.word("home.walk_from", count=len(stands)),
            "address": stand_of(exhibition.id, stands[0].number),
        }
    return None


def ways_in(site: Site) -> list[dict[str, str]]:
    """The doors of the large-type edition: to what hangs, to the figures, to somebody who answers; each leads to the nearest
    that there is. ``href`` is an address of another scheme or of a place on the page, ``address`` one of the site."""
    return [each for found in (_to_exhibits(site), _to_figures(site), _to_somebody(site)) for each in list(found)[:1]]


def _to_exhibits(site: Site) -> Iterator[dict[str, str]]:
    for kind in (site.kinds[each] for each in route.EXHIBITS):
        if kind.index and kind.index in site.plan.pages and site.catalog.all(kind.name):
            yield {"title": site.word("easy.see", what=site.kind_label(kind.name)), "note": "", "address": kind.index}


def _to_figures(site: Site) -> Iterator[dict[str, str]]:
    if site.catalog.all("report"):
        yield {"title": site.word("easy.figures"), "note": "", "address": "reports/"}
    if "data/" in site.plan.pages:
        yield {"title": site.word("easy.data"), "note": "", "address": "data/"}


def _to_somebody(site: Site) -> Iterator[dict[str, str]]:
    footer = site.config.footer
    number = _NUMBER.search(footer.phone or "")
    if footer.phone and number:
        href = "tel:" + re.sub(r"[^+0-9]", "", number[0])
        yield {"title": site.word("easy.call"), "note": footer.phone, "href": href}
    if footer.report_error:
        yield {"title": site.word("easy.tell"), "note": "", "href": footer.report_error.address}
    if footer.contact:
        yield {"title": site.word("easy.contact"), "note": footer.contact, "href": "#site-footer"}
    if any(each.data.office_phone for each in site.catalog.all("unit")):
        yield {"title": site.word("easy.units"), "note": "", "address": "units/"}
    if footer.organiser:
        yield {"title": site.word("easy.contact"), "note": footer.organiser, "href": "#site-footer"}
