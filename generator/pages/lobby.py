"""The pages that belong to no single kind: home, site map, and what a visitor gets at an address that is not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from generator.catalog.catalog import Catalog
from generator.config import CONFIG_FILE, SiteConfig
from generator.kinds.brand import card
from generator.kinds.page import HOME
from generator.kinds.report import headline_figures
from generator.media.pictures import OPENING_WIDTHS, WORDMARK_WIDTHS, Wanted
from generator.messages import say, words
from generator.pages import years as years_view
from generator.problems import Problem, Span, problem
from generator.site.context import Page, Public, Site, picture_view
from generator.source.files import Sources, path_advice
from generator.text.addresses import depth
from generator.text.numerals import natural
from generator.yaml.strict import Tree

NEWEST = 8
SITE_MAP = "sitemap/"
NOT_FOUND = "404.html"
HEAD_OF_NOT_FOUND = "not-found-head.html"  # what makes that page work at any depth


def pages(catalog: Catalog, config: SiteConfig) -> Iterator[Page]:
    """Home, the site map and the page for wrong addresses."""
    origin = Span(CONFIG_FILE)
    intro = catalog.get("page", HOME)
    yield Page("", "", config.name, intro.span() if intro else origin, config.description, "home.html", _home)
    title = say("sitemap.title", config.words)
    description = say("sitemap.description", config.words, site=config.name)
    yield Page(SITE_MAP, "", title, origin, description, "sitemap.html", _site_map, is_listed=False)
    missing = say("missing.title", config.words)
    yield Page(NOT_FOUND, "", missing, origin, missing, "not-found.html", _missing, is_listed=False, is_indexed=False)


def named_pictures(config: SiteConfig, tree: Tree) -> tuple[Wanted, ...]:
    """The pictures that the configuration itself names: what opens the home page, and the name of the site."""
    wordmark = config.wordmark.picture if config.wordmark else None
    named = (
        (config.opening.picture, ("opening", "picture"), OPENING_WIDTHS),
        (wordmark, ("wordmark", "picture"), WORDMARK_WIDTHS),
    )
    return tuple(
        Wanted(path, tree.span(key), widths, public=True, least=widths[0]) for path, key, widths in named if path
    )


def site_pictures(config: SiteConfig, tree: Tree, sources: Sources) -> tuple[tuple[Wanted, ...], tuple[Problem, ...]]:
    """Those of them that are there, and what is wrong with the others."""
    found, problems = [], []
    for each in named_pictures(config, tree):
        if not each.path.startswith("content/") or ".." in PurePosixPath(each.path).parts:
            problems.append(problem("SEC-006", each.span, path=each.path, advice=path_advice(each.path)))
        elif each.path not in sources.files:
            problems.append(problem("IMG-001", each.span, path=each.path, advice=words("advice.picture")))
        else:
            found.append(each)
    return tuple(found), tuple(problems)


def wordmark(public: Public) -> Mapping[str, Any] | None:
    """The view of the name of the site as a picture, ``None`` where it is typeset: also in the edition of a year, whose
    name says which."""
    given = public.config.wordmark if public.year is None else None
    picture = public.pictures.get(given.picture) if given else None
    return {**picture_view(picture), "alt": given.alt} if given and picture else None


def _home(page: Page, site: Site) -> Mapping[str, Any]:
    config, catalog = site.config, site.catalog
    brands = catalog.all("brand")
    newest = sorted(brands, key=lambda each: (each.data.published_on or date.min, each.id), reverse=True)[:NEWEST]
    picture = site.pictures.get(config.opening.picture or "")
    intro = catalog.get("page", HOME)
    return {
        "opening": {
            "lines": [line.strip() for line in config.opening.title.split("\n") if line.strip()],
            "subtitle": config.opening.subtitle,
            "picture": picture_view(picture) | {"alt": config.opening.picture_alt or ""} if picture else None,
        },
        "intro": site.story(intro.story, page) if intro else "",
        "figures": _figures(catalog, site),
        "announced": _announced(site),
        "doors": _doors(catalog, site),
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
    plain = {"as_of": day, "sample_date": False, "sample": False, "address": None}
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
    """The newest record of each kind that is news: a release, a tour, a report."""
    found = []
    for kind in public.kinds.values():
        records = public.catalog.all(kind.name) if kind.is_announced and kind.address else ()
        if records and kind.address:
            newest = max(records, key=lambda each: (each.data.published_on or date.min, each.id))
            label = kind.label.in_language(public.config.words)
            found.append({"label": label, "title": newest.data.heading, "address": kind.address(newest.id)})
    return found


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


def _site_map(page: Page, site: Site) -> Mapping[str, Any]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for each in site.plan.pages.values():
        if each.is_listed and each.address:
            entry = {"title": each.title, "address": each.address, "depth": depth(each.address)}
            groups.setdefault(each.section, []).append(entry)
    names = {item.to.strip("/") + "/": item.title for item in site.config.navigation}
    order = {section: number for number, section in enumerate(names)}
    sections = sorted(groups, key=lambda section: (order.get(section, len(order)), natural(section)))
    return {
        "home": {"title": site.config.name, "address": ""},
        "groups": [{"title": names.get(each, groups[each][0]["title"]), "entries": groups[each]} for each in sections],
    }


def _missing(page: Page, site: Site) -> Mapping[str, Any]:
    doors = [{"title": item.title, "address": item.to.strip("/") + "/"} for item in site.config.navigation]
    return {
        "doors": [each for each in doors if each["address"] in site.plan.pages],
        "base": _base(site.config),
        "head": HEAD_OF_NOT_FOUND,
    }


def _base(config: SiteConfig) -> str | None:
    """Where the site begins on its host: the one page that is shown at any depth needs to know."""
    if config.address is None:
        return None
    path = "/" + config.address.split("/", 3)[3] if config.address.count("/") > 2 else "/"
    return path if path.endswith("/") else f"{path}/"
