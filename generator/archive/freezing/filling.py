"""The records of a frozen year as pieces of an archive: what each page says, field by field, as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from html import unescape
from typing import Any

from generator.archive.freezing.contents import address_of
from generator.archive.items import Item
from generator.catalog.model import Media, RecordData
from generator.catalog.record import Record
from generator.catalog.samples import Sampled
from generator.media import pictures
from generator.pages import frozen
from generator.schema.fields import Choice, Part
from generator.schema.naming import title_of
from generator.schema.validation import reference_paths
from generator.site.context import Site
from generator.source.files import Sources
from generator.text.addresses import output_file

_CLOSED = Part.internal | {"id", "title", "sample", "published_on", "updated_on", "src", "focus"}
_BLOCK = re.compile(r"</(?:p|li|h[1-6]|blockquote|tr|figcaption|pre|dt|dd)>|<br\s*/?>")
_TAG = re.compile(r"<[^>]*>")


def items(site: Site, sources: Sources) -> tuple[Item, ...]:
    """Every record of the year with a page, in the order of the kinds. ``sources`` are the files that it was made from."""
    found = ((each, address_of(each, site)) for each in site.catalog)
    return tuple(_item(each, address, site, sources) for each, address in found if address is not None)


def _item(record: Record, address: str, site: Site, sources: Sources) -> Item:
    data: RecordData = record.data
    day = data.shown("published_on") or data.changed_on
    if day is not None and (site.today is None or day > site.today):
        day = None
    return Item(
        kind=record.kind,
        kind_title=site.kind_label(record.kind),
        id=record.id,
        title=data.heading,
        responsible=_responsible(record, site),
        dated=day.isoformat() if day is not None else str(data.year or ""),
        page=output_file(address.partition("#")[0]),
        source=f"{frozen.RECORDS}{record.path}",
        files=tuple(dict.fromkeys(_files(record, site, sources))),
        fields=tuple(_fields(data, site)),
        text=tuple(_paragraphs(record)),
    )


def _responsible(record: Record, site: Site) -> str:
    unit = site.catalog.get("unit", getattr(record.data, "unit", None))
    named = unit.data.heading if unit is not None else record.data.heading if record.kind == "unit" else None
    return named or site.config.archive.organisation or site.config.footer.organiser or site.config.name


def _files(record: Record, site: Site, sources: Sources) -> Iterator[str]:
    """What the page of ``record`` shows, and the originals of that among the records."""
    for target, *_ in pictures.named(record):
        path = pictures.located(record, target, sources)
        picture = site.pictures.get(path) if path is not None else None
        if path is not None and picture is not None:
            yield picture.fallback.address
            yield f"{frozen.RECORDS}{path}"
    for name in (*record.beside, *(name for name in record.texts if record.kind == "video")):
        yield f"{frozen.RECORDS}{record.folder}/{name}"


def _fields(data: RecordData, site: Site) -> Iterator[tuple[str, str]]:
    for name, text in _texts(data, site):
        if text:
            yield title_of(type(data), name, site.config.words), text


def _texts(part: Part, site: Site) -> Iterator[tuple[str, str]]:
    """The fields of ``part`` that are shown, each as text."""
    targets = {str(path[0]): kind for path, kind in reference_paths(type(part)) if path[1:] in ((), ("*",))}
    closed = part.internal | _CLOSED
    for name, field in type(part).model_fields.items():
        value = part.shown(name) if isinstance(part, Sampled) else getattr(part, name)
        if name in closed or value is None or value == ():
            continue
        choice = next((each.name for each in field.metadata if isinstance(each, Choice)), None)
        if name in targets:
            yield name, "、".join(filter(None, (_called(targets[name], each, site) for each in (value if isinstance(value, tuple) else (value,)))))
        elif choice is not None:
            yield name, site.config.choices[choice].get(value, value)
        else:
            yield name, _text(value, site)


def _called(kind: str, id: str, site: Site) -> str:
    inside, record = site.catalog.inside(kind, id), site.catalog.get(kind, id)
    return inside.heading if inside else record.data.heading if record else ""


def _text(value: Any, site: Site) -> str:
    if isinstance(value, Part):
        if isinstance(value, Media):
            return " ".join(filter(None, (value.alt, value.caption, site.credit(value))))
        rows = [(title_of(type(value), name, site.config.words), text) for name, text in _texts(value, site) if text]
        return "；".join(f"{label}：{text}" for label, text in rows)
    if isinstance(value, tuple):
        return "\n".join(filter(None, (_text(each, site) for each in value)))
    if isinstance(value, bool):
        return site.word("frozen.yes" if value else "frozen.no")
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _paragraphs(record: Record) -> Iterator[str]:
    """The story as plain text; also the text of what is nothing but a story."""
    if record.story is None:
        return
    for block in _BLOCK.split(record.story.html):
        text = " ".join(unescape(_TAG.sub("", block)).split())
        if text:
            yield text
