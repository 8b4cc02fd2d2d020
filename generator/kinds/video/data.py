"""What is made of films beside their pages: the files to play, tables, open data, mentions, cards, linked data."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from generator.catalog.catalog import Catalog
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.kinds.video import files
from generator.kinds.video.model import Video
from generator.kinds.video.pages import address_of, captions_address, film_address, shown_in, size_of, wall_of
from generator.media.cards.faces import CardFace
from generator.site import linked, wall_data
from generator.site.context import Listing, Output, Public, Site
from generator.site.mention import Mention
from generator.site.presenter import WORDING, table_of
from generator.site.tables import Cell, Table, columns, joined
from generator.source.files import SourceFile
from generator.system.sealed import Sealed
from generator.text import durations
from generator.text.media_types import TYPES


def outputs(catalog: Catalog, config: SiteConfig) -> Iterator[Output | Listing]:
    """The files of the hall, the films that lie here and their captions."""
    yield from wall_data.outputs(wall_of(catalog.all("video"), catalog, config))
    for record in catalog.all("video"):
        video: Video = record.data
        film = record.beside.get(files.name_beside(record, video.src) or "") if not video.host else None
        if film is not None:
            yield Output(film_address(record), record.span("src"), partial(_film_itself, _sealed(film, video)))
        text = record.texts.get(files.name_beside(record, video.captions) or "")
        if text is not None:
            address = captions_address(record, text.text)
            yield Output(address, record.span("captions"), partial(_text_itself, text.text))


def _sealed(film: SourceFile, video: Video) -> Sealed:
    """The film that was checked: it has the digest that the record gives."""
    return Sealed(film.root, film.path, video.sha256, film.size)


def _film_itself(film: Sealed, public: Public) -> Sealed:
    return film


def _text_itself(text: str, public: Public) -> bytes:
    return text.encode()


def mention(video: Record, named: Record, public: Public) -> Mention:
    """A film on the page of a record that it names."""
    data: Video = video.data
    return Mention(
        title=data.heading,
        address=address_of(video.id),
        note=public.word("video.length", length=durations.clock(data.duration)),
        date=data.published_on,
        picture=public.picture(video, data.poster),
        sample=data.is_sample,
    )


_COLUMNS = columns(
    "id name unit year:integer published_on:date seconds:integer language sign_language:flag brands bytes:integer "
    "sha256 source page"
)


def tables(public: Public) -> Iterator[Table]:
    """The table of all films."""
    yield table_of(public, "video", "videos", "videos.table", _COLUMNS, _cells)


def _cells(record: Record, public: Public) -> Iterator[dict[str, Cell]]:
    video: Video = record.data
    shown = video.shown
    unit = public.catalog.get("unit", shown("unit"))
    is_named = video.shown("items") is not None
    yield {
        "id": record.id,
        "name": None if "name" in video.sample_fields else video.heading,
        "unit": unit.data.heading if unit else None,
        **{each: shown(each) for each in ("year", "published_on", "language", "sign_language", "sha256")},
        "seconds": shown("duration"),
        "brands": joined(each.data.heading for each in shown_in(record, public)[0]) if is_named else None,
        "bytes": _known_size(record),
        "source": _source(record),
        "page": address_of(record.id),
    }


def opened(record: Record, public: Public) -> dict[str, Any]:
    """Where the film and its captions are published, its length and size, as open data."""
    text = record.texts.get(files.name_beside(record, record.data.captions) or "")
    given = {
        "film": _source(record),
        "subtitles": captions_address(record, text.text) if text else None,
        "seconds": record.data.shown("duration"),
        "bytes": _known_size(record),
    }
    return {name: value for name, value in given.items() if value is not None}


OPENED = {
    "film": {"type": "string", WORDING: "videos.table.source"},
    "subtitles": {"type": "string", WORDING: "videos.subtitles"},
    "seconds": {"type": "integer", WORDING: "videos.table.seconds"},
    "bytes": {"type": "integer", WORDING: "videos.table.bytes"},
}


def _known_size(record: Record) -> int | None:
    """The size as data pass it on: none where it is a sample."""
    return None if "size" in record.data.sample_fields else size_of(record)


def _source(record: Record) -> str | None:
    """Where the film is, as data pass it on."""
    address = record.data.src if record.data.host else film_address(record)
    return None if "src" in record.data.sample_fields else address


def face(record: Record, public: Public) -> CardFace:
    """What share cards show of a film."""
    video: Video = record.data
    unit = public.catalog.get("unit", video.unit)
    return CardFace(
        title=video.heading,
        label=public.label(public.kind_label("video"), video.year),
        line=public.word("share.length", length=durations.clock(video.duration)),
        unit=unit.data.heading if unit else "",
        photo=public.published_picture(record, video.poster),
        credit=public.credit(video.poster),
        note=public.sample_note(video, "title", "poster", "duration", "unit"),
    )


def linked_data(record: Record, site: Site) -> linked.Node:
    """A film as schema.org knows one."""
    video: Video = record.data
    text = record.texts.get(files.name_beside(record, video.captions) or "")
    captions = linked.At(captions_address(record, text.text)) if text else None
    return {
        "@type": "VideoObject",
        "thumbnailUrl": linked.image(site, record, video.poster),
        "uploadDate": video.shown("published_on"),
        "duration": None if video.shown("duration") is None else durations.iso(video.duration),
        "contentUrl": None if video.host else linked.At(film_address(record)),
        "url": linked.At(address_of(record.id)),
        "encodingFormat": TYPES.get(files.ending_of(video.src)) if not video.host else None,
        "inLanguage": video.language,
        "caption": captions and {"@type": "MediaObject", "contentUrl": captions, "encodingFormat": TYPES["vtt"]},
        "transcript": video.shown("transcript"),
        "creator": linked.organisation(site, video.shown("unit")),
    }
