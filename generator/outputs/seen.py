"""What a visitor has seen: a page whose list a script fills from what only the visitor's device keeps, by record.

Names and addresses come from the site and never from the device: they stand in small files, and a record that is in none of
them (unknown, withdrawn, somebody's mischief) is not shown. Which file a record is in its key says (``part_of``, which
``js/pages/seen-page.js`` mirrors), so that a list of thirty reads a few files of a large site and not all of it. How many
files there are is part of their addresses: an old one that a browser has kept is never taken for one of a new division.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial
from typing import Any

from generator.catalog.catalog import Catalog
from generator.catalog.kind import Kind
from generator.catalog.record import Record
from generator.config import CONFIG_FILE, SiteConfig
from generator.messages import say
from generator.problems import Span
from generator.site.context import Output, Page, Site
from generator.site.plan import section_address
from generator.site.record_page import SEEN, heading_of, item_of
from generator.text.addresses import as_uri, relative

_PER_FILE = 32  # records, about 1 kB packed
_PRIME = 65521
_ORIGIN = Span(CONFIG_FILE)


def pages(catalog: Catalog, kinds: Iterable[Kind], config: SiteConfig) -> Iterator[Page]:
    """The page of what was seen, where there is an exhibit. It is the visitor's own: neither the site map that people read nor
    the search of the site names it."""
    if not _files(catalog, kinds):
        return
    title = say("seen.title", config.words)
    about = say("seen.description", config.words, site=config.name)
    yield Page(SEEN, "", title, _ORIGIN, about, "seen.html", _view, is_listed=False)


def outputs(catalog: Catalog, kinds: Iterable[Kind]) -> Iterator[Output]:
    """The files that say what the exhibits of ``catalog`` are called and where they are."""
    count = _files(catalog, kinds)
    for part in range(count):
        yield Output(_address(count, part), _ORIGIN, partial(_file, count, part))


def part_of(item: str, count: int) -> int:
    """In which of ``count`` files ``item`` is."""
    return _number(item) % count


@cache  # each file asks for every record, so that it is made anew when one comes
def _number(item: str) -> int:
    number = 0
    for each in item:
        number = (number * 31 + ord(each)) % _PRIME
    return number


def _exhibits(catalog: Catalog, kinds: Iterable[Kind]) -> Iterator[tuple[Kind, Record]]:
    """What is seen as an exhibit: every record of a year that has a page and a code of its own."""
    for kind in kinds:
        if kind.short and kind.is_yearly:
            yield from ((kind, each) for each in catalog.all(kind.name))


def _files(catalog: Catalog, kinds: Iterable[Kind]) -> int:
    return -(-sum(1 for _ in _exhibits(catalog, kinds)) // _PER_FILE)


def _address(count: int, part: int) -> str:
    return f"{SEEN}{count}/{part}.js"


def _file(count: int, part: int, site: Site) -> bytes:
    """One of the files: a call with a row for each exhibit, its key, its name, what it is, the way to it from the page, and what
    its code holds."""
    rows = [
        _row(kind, record, site)
        for kind, record in _exhibits(site.catalog, site.kinds.values())
        if part_of(item_of(record), count) == part
    ]
    return f"exhibitSeen.met({json.dumps(rows, ensure_ascii=False, separators=(',', ':'))});\n".encode()


def _row(kind: Kind, record: Record, site: Site) -> list[str]:
    assert kind.address is not None
    unit = heading_of(site, "unit", getattr(record.data, "unit", None))
    about = " · ".join(filter(None, (site.kind_label(kind.name), unit)))
    code = site.public_address(kind.short_address(record.id) or "") if site.config.address else ""
    return [item_of(record), record.data.heading, about, relative(SEEN, kind.address(record.id), site.links), as_uri(code)]


def _view(page: Page, site: Site) -> Mapping[str, Any]:
    count = _files(site.catalog, site.kinds.values())
    doors = ({"title": each.title, "address": section_address(each.to)} for each in site.config.navigation)
    return {
        "doors": [each for each in doors if each["address"] in site.plan.pages],
        "first": _address(count, 0),
        "count": count,
        "has_codes": site.config.address is not None,
    }
