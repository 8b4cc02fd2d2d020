"""The home page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from generator.catalog.catalog import Catalog
from generator.config import CONFIG_FILE, SiteConfig
from generator.kinds.brand.pages import card
from generator.kinds.page import HOME
from generator.kinds.report.pages import headline_figures
from generator.pages import entrance
from generator.pages import years as years_view
from generator.problems import Span
from generator.site import route
from generator.site.context import Page, Public, Site
from generator.site.figures import picture_view
from generator.text.addresses import depth

NEWEST = 8
DOORS = 12  # halls that have a door here; the others are behind one more
NEWS = 6


def pages(catalog: Catalog, config: SiteConfig) -> Iterator[Page]:
    """The page at the root of the site."""
    intro = catalog.get("page", HOME)
    origin = intro.span() if intro else Span(CONFIG_FILE)
    yield Page("", "", config.name, origin, config.description, "home.html", _view)


def _view(page: Page, site: Site) -> Mapping[str, Any]:
    config, catalog = site.config, site.catalog
    brands = catalog.all("brand")
    newest = sorted(brands, key=lambda each: (each.data.published_on or date.min, each.id), reverse=True)[:NEWEST]
    picture = site.pictures.get(config.opening.picture or "")
    intro = catalog.get("page", HOME)
    doors = _doors(catalog, site)
    return {
        "opening": {
            "lines": [line.strip() for line in config.opening.title.split("\n") if line.strip()],
            "subtitle": config.opening.subtitle,
            "picture": {**picture_view(picture), "alt": config.opening.picture_alt or ""} if picture else None,
        },
        "intro": site.story(intro.story, page) if intro else "",
        "figures": _figures(catalog, site),
        "ways": entrance.ways_in(site),
        "announced": _announced(site),
        "today": entrance.picks(site),
        "doors": doors[:DOORS],
        "door_count": len(doors),
        "season": _season(site),
        "newest": [card(each, site) for each in newest],
        "brand_count": len(brands),
        "pages": _editorial(site),
    }


def _figures(catalog: Catalog, public: Public) -> list[dict[str, Any]]:
    """The figures that reports mark for this place; without any, what can be counted from the brands themselves."""
    marked = headline_figures(public)
    if marked or not catalog.all("brand") or public.today is None:
        return marked
    brands = catalog.all("brand")
    years = {each.data.year for each in brands}
    figures = [
        {
            "value": str(len(brands)),
            "label": public.word("figure.brands"),
            "note": public.word("figure.years", count=len(years)),
        },
        *years_view.coverage_figure(public.today.year, "figure.coverage", public),
        {"value": str(len({each.data.unit for each in brands})), "label": public.word("figure.units"), "note": ""},
    ]
    day = max((each.data.published_on for each in brands if each.data.published_on), default=public.today)
    plain = {"as_of": day, "sample_date": False, "sample": False, "address": None, "scope": public.word("home.scope.records")}
    return [{**plain, **each} for each in figures]


def _doors(catalog: Catalog, public: Public) -> list[dict[str, Any]]:
    """The categories as halls, each with a picture and the marks that hang behind its door."""
    doors = []
    for id, label in public.config.choices["categories"].items():
        inside = [each for each in catalog.all("brand") if each.data.category == id]
        if inside:
            logos = [view for each in inside if (view := public.picture(each, each.data.logo))][:3]
            photos = (view for each in inside for media in each.data.gallery if (view := public.picture(each, media)))
            door = {"label": label, "count": len(inside), "address": f"brands/by/category/{id}/", "logos": logos}
            doors.append(door | {"picture": next(photos, None)})
    return doors


def _announced(public: Public) -> list[dict[str, Any]]:
    """The newest record of each kind that is news: a release, a report, an exhibition with the walk through it."""
    found = []
    for kind in public.kinds.values():
        records = public.catalog.all(kind.name) if kind.is_announced and kind.address else ()
        if kind.name == route.EXHIBITION and (walk := entrance.walk(records, public)):
            found.append(walk)
        elif records and kind.address:
            newest = max(records, key=lambda each: (each.data.published_on or date.min, each.id))
            label = kind.label.in_language(public.config.words)
            found.append({"label": label, "title": newest.data.heading, "note": "", "address": kind.address(newest.id)})
    return found[:NEWS]


def _season(site: Site) -> list[dict[str, Any]]:
    """The parts of the season beside the brands, each with how much there is of it."""
    parts = []
    for kind in site.kinds.values():
        count = len(site.catalog.all(kind.name))
        if kind.index and kind.is_yearly and kind.name != "brand" and kind.index in site.plan.pages and count:
            label = kind.label.in_language(site.config.words)
            parts.append({"title": label, "count": count, "address": kind.index})
    if "years/" in site.plan.pages:
        parts.append({"title": site.word("years.title"), "count": 0, "address": "years/"})
    return parts


def _editorial(site: Site) -> list[dict[str, Any]]:
    return [
        {"title": each.title, "description": each.description, "address": each.address}
        for each in site.plan.pages.values()
        if each.document is not None and depth(each.address) == 1
    ]
