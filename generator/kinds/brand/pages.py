"""The brand wall with its cards, and the page of each brand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.catalog.catalog import Catalog
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.kinds.brand.facets import facets_of
from generator.kinds.brand.model import Brand, Logo
from generator.kinds.report.pages import cited_indicator
from generator.messages import say
from generator.problems import Span
from generator.site import wall
from generator.site.context import Made, Page, Public
from generator.site.record_page import foot, heading_of, link, made_up, record_page, with_neighbours
from generator.site.route import ways

SECTION = "brands/"
SIBLINGS = 4


def address_of(id: str) -> str:
    """The address of a brand's page."""
    return f"{SECTION}{id}/"


@dataclass(frozen=True, slots=True)
class _Place:
    """A brand with its neighbours on the wall."""

    record: Record
    previous: Record | None = field(repr=False)
    next: Record | None = field(repr=False)
    siblings: tuple[Record, ...] = field(repr=False)


def pages(catalog: Catalog, config: SiteConfig) -> Iterator[Page]:
    """The wall, and the page of each brand."""
    brands = catalog.all("brand")
    yield from wall.pages(wall_of(brands, catalog, config), "wall.html", "facet.html")
    siblings = _siblings(brands)
    for before, record, after in with_neighbours(brands):
        yield _page(_Place(record, before, after, siblings[record.id]))


def own_pages(record: Record, catalog: Catalog, config: SiteConfig) -> Iterator[Page]:
    """The page of one brand."""
    brands = catalog.all("brand")
    siblings = _siblings(tuple(each for each in brands if each.data.unit == record.data.unit))
    for before, each, after in with_neighbours(brands):
        if each.id == record.id:
            yield _page(_Place(each, before, after, siblings[each.id]))


def _page(place: _Place) -> Page:
    record, brand = place.record, place.record.data
    about = brand.slogan or brand.concept.split("\n")[0]
    return record_page(record, address_of(record.id), SECTION, about, "brand.html", _view, subject=place)


def wall_of(brands: tuple[Record, ...], catalog: Catalog, config: SiteConfig) -> wall.Wall:
    """The wall on which ``brands`` hang."""
    return wall.Wall(
        base=SECTION,
        title=say("wall.title", config.words),
        description=say("wall.description", config.words, site=config.name, count=len(brands)),
        records=brands,
        facets=wall.with_values(facets_of(brands, catalog, config), brands, config),
        page_size=config.limits.wall_page,
        origin=Span("brands"),
        card=card,
        macro=("parts.html", "cards"),
        downloads=("brands",),
        sorts=wall.sorts(catalog),
        dated=lambda record: record.data.established_on.isoformat(),
        dated_by="wall.by.established",
    )


def _siblings(brands: tuple[Record, ...]) -> Mapping[str, tuple[Record, ...]]:
    """The brands of the same unit that follow each brand, at most four, beginning again at the end."""
    by_unit: dict[str, list[Record]] = {}
    for each in brands:
        by_unit.setdefault(each.data.unit, []).append(each)
    around = {}
    for group in by_unit.values():
        count = min(SIBLINGS, len(group) - 1)
        for at, each in enumerate(group):
            around[each.id] = tuple(group[(at + step) % len(group)] for step in range(1, count + 1))
    return around


def card(record: Record, public: Public) -> dict[str, Any]:
    """The view of a brand wherever it is one of several."""
    brand: Brand = record.data
    unit = public.catalog.get("unit", brand.unit)
    return {
        "name": brand.name,
        "slogan": brand.slogan,
        "unit": unit.data.label if unit else "",
        "year": brand.year,
        "category": public.config.choices["categories"].get(brand.category, brand.category),
        "address": address_of(record.id),
        "logo": public.picture(record, brand.logo),
        "sample": brand.is_sample,
    }


def _view(page: Page, made: Made) -> Mapping[str, Any]:
    place = page.about(_Place)
    record, catalog = place.record, made.catalog
    brand: Brand = record.data
    gallery = [view for each in brand.gallery if (view := made.picture(record, each))]
    logo = made.picture(record, brand.logo)
    named = [*(("branch", id) for id in brand.branches), *(("video", id) for id in brand.videos)]
    related = made.related(record, named)
    return {
        "name": brand.name,
        "title": brand.heading,
        "slogan": brand.slogan,
        "unit": link(made, "unit", brand.unit),
        "category": {
            "label": made.config.choices["categories"].get(brand.category, brand.category),
            "address": f"{SECTION}by/category/{brand.category}/",
        },
        "year": {"label": _year_label(brand.year, made.config), "address": f"{SECTION}by/year/{brand.year}/"},
        "logo": logo,
        "meaning": brand.logo.meaning if brand.logo else None,
        "points": _points(brand.logo, logo) if brand.logo and logo else None,
        "concept": brand.concept,
        "connotation": brand.connotation,
        "background": brand.background,
        "method_code": brand.method_code,
        "practices": [{"title": each.title, "body": each.body} for each in brand.practices],
        "results": [{"text": each.text, "indicator": cited_indicator(each.indicator, made)} for each in brand.results],
        "awards": related["honours"],
        "honours": [{"title": each.title, "issuer": each.issuer, "date": each.date} for each in brand.honours],
        "related": related["groups"],
        "gallery": gallery,
        "story": made.story(record.story, page, deeper=1),
        "ways": ways(record, made),
        "parent": link(made, "brand", brand.parent),
        "children": [card(each, made) for each in catalog.naming("brand", record.id, "brand", "parent")],
        "siblings": [card(each, made) for each in place.siblings],
        "previous": _neighbour(place.previous, made),
        "next": _neighbour(place.next, made),
        "contact": brand.contact and {"office": brand.contact.office, "phone": brand.contact.phone},
        "established_on": brand.established_on,
        "made_up": made_up(brand, made),
        "foot": foot(page, record, made, heading_of(made, "unit", brand.unit)),
    }


def _points(logo: Logo, picture: Mapping[str, Any]) -> dict[str, Any] | None:
    """The parts of the mark with their points on a drawing that is a hundred wide and as high as the picture is then."""
    if not logo.parts:
        return None
    high = round(100 * picture["height"] / picture["width"], 2)
    parts = [{"text": each.text, "x": f"{each.at[0]:f}", "y": f"{float(each.at[1]) * high / 100:.2f}"} for each in logo.parts]
    return {"high": f"{high:g}", "parts": parts}


def _year_label(year: int, config: SiteConfig) -> str:
    return say("year", config.words, year=year)


def _neighbour(record: Record | None, public: Public) -> dict[str, Any] | None:
    return {**(link(public, "brand", record.id) or {}), "logo": public.picture(record, record.data.logo)} if record else None
