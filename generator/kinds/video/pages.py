"""The hall of films with its cards, and the page of each film."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from generator.catalog.catalog import Catalog
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.kinds.brand.pages import card as brand_card
from generator.kinds.video import files
from generator.kinds.video.model import Video
from generator.messages import say
from generator.problems import Span
from generator.site import wall
from generator.site.context import Made, Page, Public, Site
from generator.site.record_page import foot, heading_of, link, made_up, record_page
from generator.site.route import ways
from generator.source import webvtt
from generator.text import durations
from generator.text.media_types import TYPES

SECTION = "videos/"


def address_of(id: str) -> str:
    """The address of a film's page."""
    return f"{SECTION}{id}/"


def film_address(record: Record) -> str:
    """The address of the film itself, by its digest."""
    return f"{address_of(record.id)}{record.id}-{record.data.sha256[:12]}.{files.ending_of(record.data.src)}"


def captions_address(record: Record, text: str) -> str:
    """By what the captions say, not by the line ends that some system gave the file."""
    return f"{address_of(record.id)}{record.id}-{sha256(text.encode()).hexdigest()[:12]}.vtt"


def pages(catalog: Catalog, config: SiteConfig) -> Iterator[Page]:
    """The hall, and the page of each film."""
    videos = catalog.all("video")
    yield from wall.pages(wall_of(videos, catalog, config), "videos.html", "videos-facet.html", preview=3)
    for record in videos:
        video: Video = record.data
        about = video.transcript.split("\n")[0]
        yield record_page(record, address_of(record.id), SECTION, about, "video.html", _view)


def wall_of(videos: tuple[Record, ...], catalog: Catalog, config: SiteConfig) -> wall.Wall:
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


def _film_card(record: Record, public: Public) -> dict[str, Any]:
    video: Video = record.data
    unit = public.catalog.get("unit", video.unit)
    return {
        "name": video.heading,
        "address": address_of(record.id),
        "poster": public.picture(record, video.poster),
        "length": _length(video),
        "unit": unit.data.label if unit else "",
        "year": video.year,
        "host": video.host,
        "sample": video.is_sample,
    }


def _length(video: Video) -> dict[str, str]:
    return {"text": durations.clock(video.duration), "iso": durations.iso(video.duration)}


def _view(page: Page, made: Made) -> Mapping[str, Any]:
    record = page.about(Record)
    video: Video = record.data
    brands, others = shown_in(record, made)
    return {
        **_film_card(record, made),
        "unit": link(made, "unit", video.unit),
        "src": video.src if video.host else film_address(record),
        "form": files.ending_of(video.src) if not video.host else None,
        "type": TYPES.get(files.ending_of(video.src)) if not video.host else None,
        "size": _size_text(size_of(record)),
        "sha256": video.sha256,
        "captions": _captions(record, made),
        "language": {"code": video.language, "label": made.word(f"video.language.{video.language}")},
        "sign_language": video.sign_language,
        "transcript": video.transcript,
        "intro": made.story(record.story, page, deeper=1),
        "ways": ways(record, made),
        "brands": [brand_card(each, made) for each in brands],
        "others": others,
        "related": made.related(record)["groups"],
        "made_up": made_up(video, made),
        "foot": foot(page, record, made, heading_of(made, "unit", video.unit)),
    }


def _captions(record: Record, site: Site) -> dict[str, Any] | None:
    """The captions as a file and as text. From a folder a browser may not load the file as a track, so there it
    travels inside the page."""
    text = record.texts.get(files.name_beside(record, record.data.captions) or "")
    if text is None:  # it could not be read, in a preview that goes on all the same
        return None
    inline = b64encode(text.text.encode()).decode() if site.links == "file" else None
    return {
        "address": captions_address(record, text.text),
        "inline": inline and f"data:text/vtt;charset=utf-8;base64,{inline}",
        "cues": [{"at": durations.clock(cue.start // 1000), "text": cue.text} for cue in webvtt.read(text.text)[0]],
    }


def shown_in(record: Record, public: Public) -> tuple[list[Record], list[dict[str, Any]]]:
    """What the film is about: the brands that it or that themselves name it, and the other records."""
    catalog, video = public.catalog, record.data
    named = [catalog.get("brand", each.brand) for each in video.items if each.brand]
    naming = catalog.naming("video", record.id, "brand", "videos")
    brands = {each.id: each for each in (*filter(None, named), *naming)}
    projects = [catalog.get("project", each.project) for each in video.items if each.project]
    others = [view for each in projects if each and (view := link(public, "project", each.id))]
    return list(brands.values()), others


def size_of(record: Record) -> int | None:
    """How many bytes a film has: the file's, else what the record says."""
    film = record.beside.get(files.name_beside(record, record.data.src) or "") if not record.data.host else None
    return film.size if film else record.data.size


def _size_text(size: int | None) -> str | None:
    if size is None:
        return None
    return f"{size / (1 << 20):.1f} MB" if size >= 1 << 20 else f"{-(-size // 1024)} KB"
