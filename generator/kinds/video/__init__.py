"""Video 视频: a film of the season with captions and transcript, kept here or held elsewhere."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from functools import partial
from hashlib import sha256
from typing import Any

from generator.catalog.catalog import Catalog
from generator.catalog.kind import Kind, Layout, newest_first
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.kinds.brand.pages import card as brand_card
from generator.kinds.video import files
from generator.kinds.video.model import Video, check
from generator.media.cards.faces import CardFace
from generator.messages import Words, say
from generator.problems import Span
from generator.site import linked, wall, wall_data
from generator.site.context import Listing, Made, Output, Page, Public, Site
from generator.site.mention import Mention
from generator.site.presenter import WORDING, Presenter, Searched, table_of
from generator.site.record_page import foot, heading_of, link, made_up, record_page
from generator.site.tables import Cell, Table, columns, joined
from generator.source import webvtt
from generator.source.files import SourceFile
from generator.system.sealed import Sealed
from generator.text import durations
from generator.text.media_types import TYPES

SECTION = "videos/"


def _address(id: str) -> str:
    return f"{SECTION}{id}/"


def _pages(catalog: Catalog, config: SiteConfig) -> Iterator[Page]:
    videos = catalog.all("video")
    yield from wall.pages(_hall(videos, catalog, config), "videos.html", "videos-facet.html", preview=3)
    for record in videos:
        video: Video = record.data
        about = video.transcript.split("\n")[0]
        yield record_page(record, _address(record.id), SECTION, about, "video.html", _view)


def _hall(videos: tuple[Record, ...], catalog: Catalog, config: SiteConfig) -> wall.Wall:
    """The hall of films; it is divided once they no longer hang on one page."""
    facets_of = (wall.by_year(videos, config), wall.by_unit(videos, catalog))
    facets = wall.with_values(facets_of, videos, config)
    is_large = len(videos) > config.limits.wall_page
    return wall.Wall(
        base=SECTION,
        title=say("videos.title", config.words),
        description=say("videos.description", config.words, site=config.name, count=len(videos)),
        records=videos,
        facets=tuple(each for each in facets if len(each.values) > 1) if is_large else (),
        page_size=config.limits.wall_page,
        origin=Span("content/videos"),
        card=_film_card,
        macro=("video-parts.html", "cards"),
        downloads=("videos",),
        sorts=wall.sorts(catalog),
    )


def _outputs(catalog: Catalog, config: SiteConfig) -> Iterator[Output | Listing]:
    yield from wall_data.outputs(_hall(catalog.all("video"), catalog, config))
    for record in catalog.all("video"):
        video: Video = record.data
        film = record.beside.get(files.name_beside(record, video.src) or "") if not video.host else None
        if film is not None:
            yield Output(_film_address(record), record.span("src"), partial(_film_itself, _sealed(film, video)))
        text = record.texts.get(files.name_beside(record, video.captions) or "")
        if text is not None:
            address = _captions_address(record, text.text)
            yield Output(address, record.span("captions"), partial(_text_itself, text.text))


def _sealed(film: SourceFile, video: Video) -> Sealed:
    """The film that was checked: it has the digest that the record gives."""
    return Sealed(film.root, film.path, video.sha256, film.size)


def _film_itself(film: Sealed, public: Public) -> Sealed:
    return film


def _text_itself(text: str, public: Public) -> bytes:
    return text.encode()


def _film_address(record: Record) -> str:
    return f"{_address(record.id)}{record.id}-{record.data.sha256[:12]}.{files.ending_of(record.data.src)}"


def _captions_address(record: Record, text: str) -> str:
    """By what the captions say, not by the line ends that some system gave the file."""
    return f"{_address(record.id)}{record.id}-{sha256(text.encode()).hexdigest()[:12]}.vtt"


def _length(video: Video) -> dict[str, str]:
    return {"text": durations.clock(video.duration), "iso": durations.iso(video.duration)}


def _film_card(record: Record, public: Public) -> dict[str, Any]:
    video: Video = record.data
    unit = public.catalog.get("unit", video.unit)
    return {
        "name": video.heading,
        "address": _address(record.id),
        "poster": public.picture(record, video.poster),
        "length": _length(video),
        "unit": unit.data.label if unit else "",
        "year": video.year,
        "host": video.host,
        "sample": video.is_sample,
    }


def _view(page: Page, made: Made) -> Mapping[str, Any]:
    record = page.about(Record)
    video: Video = record.data
    brands, others = _shown_in(record, made)
    return {
        **_film_card(record, made),
        "unit": link(made, "unit", video.unit),
        "src": video.src if video.host else _film_address(record),
        "form": files.ending_of(video.src) if not video.host else None,
        "type": TYPES.get(files.ending_of(video.src)) if not video.host else None,
        "size": _size_text(_size(record)),
        "sha256": video.sha256,
        "captions": _captions(record, made),
        "language": {"code": video.language, "label": made.word(f"video.language.{video.language}")},
        "sign_language": video.sign_language,
        "transcript": video.transcript,
        "intro": made.story(record.story, page, deeper=1),
        "brands": [brand_card(each, made) for each in brands],
        "others": others,
        "related": made.related(record)["groups"],
        "made_up": made_up(video, made),
        "foot": foot(page, video, made, heading_of(made, "unit", video.unit)),
    }


def _captions(record: Record, site: Site) -> dict[str, Any] | None:
    """The captions as a file and as text. From a folder a browser may not load the file as a track, so there it
    travels inside the page."""
    text = record.texts.get(files.name_beside(record, record.data.captions) or "")
    if text is None:  # it could not be read, in a preview that goes on all the same
        return None
    inline = b64encode(text.text.encode()).decode() if site.links == "file" else None
    return {
        "address": _captions_address(record, text.text),
        "inline": inline and f"data:text/vtt;charset=utf-8;base64,{inline}",
        "cues": [{"at": durations.clock(cue.start // 1000), "text": cue.text} for cue in webvtt.read(text.text)[0]],
    }


def _shown_in(record: Record, public: Public) -> tuple[list[Record], list[dict[str, Any]]]:
    """What the film is about: the brands that it or that themselves name it, and the other records."""
    catalog, video = public.catalog, record.data
    named = [catalog.get("brand", each.brand) for each in video.items if each.brand]
    naming = catalog.naming("video", record.id, "brand", "videos")
    brands = {each.id: each for each in (*filter(None, named), *naming)}
    projects = [catalog.get("project", each.project) for each in video.items if each.project]
    others = [view for each in projects if each and (view := link(public, "project", each.id))]
    return list(brands.values()), others


def _opened(record: Record, public: Public) -> dict[str, Any]:
    """Where the film and its captions are published, its length and size, as open data."""
    text = record.texts.get(files.name_beside(record, record.data.captions) or "")
    given = {
        "film": _source(record),
        "subtitles": _captions_address(record, text.text) if text else None,
        "seconds": record.data.shown("duration"),
        "bytes": _known_size(record),
    }
    return {name: value for name, value in given.items() if value is not None}


_OPENED = {
    "film": {"type": "string", WORDING: "videos.table.source"},
    "subtitles": {"type": "string", WORDING: "videos.subtitles"},
    "seconds": {"type": "integer", WORDING: "videos.table.seconds"},
    "bytes": {"type": "integer", WORDING: "videos.table.bytes"},
}


def _size(record: Record) -> int | None:
    film = record.beside.get(files.name_beside(record, record.data.src) or "") if not record.data.host else None
    return film.size if film else record.data.size


def _known_size(record: Record) -> int | None:
    """The size as data pass it on: none where it is a sample."""
    return None if "size" in record.data.sample_fields else _size(record)


def _source(record: Record) -> str | None:
    """Where the film is, as data pass it on."""
    address = record.data.src if record.data.host else _film_address(record)
    return None if "src" in record.data.sample_fields else address


def _size_text(size: int | None) -> str | None:
    if size is None:
        return None
    return f"{size / (1 << 20):.1f} MB" if size >= 1 << 20 else f"{-(-size // 1024)} KB"


def _face(record: Record, public: Public) -> CardFace:
    video: Video = record.data
    unit = public.catalog.get("unit", video.unit)
    return CardFace(
        title=video.heading,
        label=public.label(KIND.label.in_language(public.config.words), video.year),
        line=public.word("share.length", length=durations.clock(video.duration)),
        unit=unit.data.heading if unit else "",
        photo=public.published_picture(record, video.poster),
        credit=public.credit(video.poster),
        note=public.sample_note(video, "title", "poster", "duration", "unit"),
    )


def _linked(record: Record, site: Site) -> linked.Node:
    video: Video = record.data
    text = record.texts.get(files.name_beside(record, video.captions) or "")
    captions = linked.At(_captions_address(record, text.text)) if text else None
    return {
        "@type": "VideoObject",
        "thumbnailUrl": linked.image(site, record, video.poster),
        "uploadDate": video.shown("published_on"),
        "duration": None if video.shown("duration") is None else durations.iso(video.duration),
        "contentUrl": None if video.host else linked.At(_film_address(record)),
        "url": linked.At(_address(record.id)),
        "encodingFormat": TYPES.get(files.ending_of(video.src)) if not video.host else None,
        "inLanguage": video.language,
        "caption": captions and {"@type": "MediaObject", "contentUrl": captions, "encodingFormat": TYPES["vtt"]},
        "transcript": video.shown("transcript"),
        "creator": linked.organisation(site, video.shown("unit")),
    }


def _mention(video: Record, named: Record, public: Public) -> Mention:
    data: Video = video.data
    return Mention(
        title=data.heading,
        address=_address(video.id),
        note=public.word("video.length", length=durations.clock(data.duration)),
        date=data.published_on,
        picture=public.picture(video, data.poster),
        sample=data.is_sample,
    )


_COLUMNS = columns(
    "id name unit year:integer published_on:date seconds:integer language sign_language:flag brands bytes:integer "
    "sha256 source page"
)


def _tables(public: Public) -> Iterator[Table]:
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
        "brands": joined(each.data.heading for each in _shown_in(record, public)[0]) if is_named else None,
        "bytes": _known_size(record),
        "source": _source(record),
        "page": _address(record.id),
    }


KIND = Kind(
    name="video", label=Words("视频", "video"), model=Video,
    layout=Layout(
        "folder",
        "content/videos/{id}/video.yml",
        story="intro.md",
        sides=("*.vtt",),
        beside=tuple(f"*.{ending}" for ending in files.ENDINGS),
    ),
    address=_address, check=check, order=newest_first, about="每个视频一个文件夹：video.yml 写字段，旁边放 .vtt 字幕和视频文件，img/ 放封面。",
    index=SECTION,
)

PRESENTER = Presenter(
    KIND, pages=_pages, outputs=_outputs, mention=_mention, tables=_tables, opened=_opened, opened_schema=_OPENED,
    face=_face, linked=_linked, searched=Searched(left_out=("sha256",)),
)
