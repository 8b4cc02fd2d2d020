"""Pieces of linked data that kinds say themselves with, in the words of schema.org.

A kind says what a record is in one place, ``Kind.linked``; what every thing has (its name, its page, its picture) is
added by ``generator.page.linkeddata``. Addresses stay site addresses here, marked as such: what they look like depends on the
page they are read on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.catalog.model import Media
from generator.catalog.record import Record
from generator.site.context import Public, Site
from generator.site.tables import file_address

Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class At:
    """A site address."""

    address: str


def organisation(site: Site, unit: str | None) -> Node | None:
    """A unit as the organisation that made something, ``None`` where it is not public."""
    record = site.catalog.get("unit", unit)
    if record is None:
        return None
    address = site.kinds["unit"].address if "unit" in site.kinds else None
    page = address(record.id) if address else ""
    url = At(page) if page in site.plan.pages else None
    return {"@type": "GovernmentOrganization", "name": record.data.heading, "url": url}


def image(public: Public, record: Record, media: Media | None) -> At | None:
    """A published picture of a record."""
    picture = public.published_picture(record, media)
    return At(picture.fallback.address) if picture else None


def distribution(site: Site, tables: Iterable[str]) -> list[Node]:
    """The files of tables, by their names, as the forms in which a data set can be had."""
    return [
        {"@type": "DataDownload", "name": site.tables[name].title, "contentUrl": At(file_address(name, each.ending)), "encodingFormat": each.media_type}
        for name in tables
        if name in site.tables
        for each in site.formats
    ]
