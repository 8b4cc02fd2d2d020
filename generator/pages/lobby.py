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
from generator.site.context import Show, picture_view
from generator.site.plan import Page
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


def wordmark(show: Show) -> Mapping[str, Any] | None:
    """The view of the name of the site as a picture, ``None`` where it is typeset: also in the edition of a year, whose
    name says which."""
    given = show.config.wordmark if show.year is None else None
    picture = show.pictures.get(given.picture) if given else None
    return {**picture_view(picture), "alt": given.alt} if given and picture else None


def _home(page: Page, show: Show) -> Mapping[str, Any]:
    config, catalog = show.config, show.catalog
    brands = catalog.all("brand")
    newest = sorted(brands, key=lambda each: (each.data.published_on or date.min, each.id), reverse=True)[:NEWEST]
    picture = show.pictures.get(config.opening.picture or "")
    intro = catalog.get("page", HOME)
    return {
        "opening": {
            "lines": [line.strip() for line in config.opening.title.split("\n") if line.strip()],
            "subtitle": config.opening.subtitle,
            "picture": picture_view(picture) | {"alt": config.opening.picture_alt or ""} if picture else None,
        },
        "intro": show.story(intro.story, page) if intro else "",
        "figures": _figures(catalog, show),
        "announced": _announced(show),
        "doors": _doors(catalog, show),
        "season": _season(show),
        "newest": [card(each, show) for each in newest],
        "brand_count": len(brands),
        "pages": _editorial(show),
    }


def _figures(catalog: Catalog, show: Show) -> list[dict[str, Any]]:
    """The figures that reports mark for this place; without any, what can be counted from the brands themselves."""
    marked = headline_figures(show)
    if marked or not catalog.all("brand") or show.today is None:
        return marked
    brands = catalog.all("brand")
    years = {each.data.year for each in brands}
    figures = [
        {
            "value": str(len(brands)),
            "label": show.word("figure.brands"),
            "note": show.word("figure.years", count=len(years)),
        },
        *years_view.coverage_figure(show.today.year, "figure.coverage", show),
        {"value": str(len({each.data.unit for each in brands})), "label": show.word("figure.units"), "note": ""},
    ]
    day = max((each.data.published_on for each in brands if each.data.published_on), default=show.today)
    plain = {"as_of": day, "sample_date": False, "sample": False, "address": None}
    return [{**plain, **each} for each in figures]


def _doors(catalog: Catalog, show: Show) -> list[dict[str, Any]]:
    """The categories as halls, each with a picture and the marks that hang behind its door."""
    doors = []
    for id, label in show.config.choices["categories"].items():
        inside = [each for each in catalog.all("brand") if each.data.category == id]
        if inside:
            logos = [view for each in inside if (view := show.picture(each, each.data.logo))][:3]
            photos = (view for each in inside for media in each.data.gallery if (view := show.picture(each, media)))
            door = {"label": label, "count": len(inside), "address": f"brands/by/category/{id}/", "logos": logos}
            doors.append(door | {"picture": next(photos, None)})
    return doors


def _announced(show: Show) -> list[dict[str, Any]]:
    """The newest record of each kind that is news: a release, a tour, a report."""
    found = []
    for kind in show.kinds.values():
        records = show.catalog.all(kind.name) if kind.is_announced and kind.address else ()
        if records and kind.address:
            newest = max(records, key=lambda each: (each.data.published_on or date.min, each.id))
            label = kind.label.in_language(show.config.words)
            found.append({"label": label, "title": newest.data.heading, "address": kind.address(newest.id)})
    return found


def _season(show: Show) -> list[dict[str, Any]]:
    """The parts of the season beside the brands, each with how much there is of it."""
    parts = []
    for kind in show.kinds.values():
        count = len(show.catalog.all(kind.name))
        if kind.index and kind.is_yearly and kind.name != "brand" and kind.index in show.site.pages and count:
            label = kind.label.in_language(show.config.words)
            parts.append({"title": label, "count": count, "address": kind.index})
    if "years/" in show.site.pages:
        parts.append({"title": show.word("years.title"), "count": 0, "address": "years/"})
    return parts


def _editorial(show: Show) -> list[dict[str, Any]]:
    return [
        {"title": each.title, "description": each.description, "address": each.address}
        for each in show.site.pages.values()
        if each.document is not None and depth(each.address) == 1
    ]


def _site_map(page: Page, show: Show) -> Mapping[str, Any]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for each in show.site.pages.values():
        if each.is_listed and each.address:
            entry = {"title": each.title, "address": each.address, "depth": depth(each.address)}
            groups.setdefault(each.section, []).append(entry)
    names = {item.to.strip("/") + "/": item.title for item in show.config.navigation}
    order = {section: number for number, section in enumerate(names)}
    sections = sorted(groups, key=lambda section: (order.get(section, len(order)), natural(section)))
    return {
        "home": {"title": show.config.name, "address": ""},
        "groups": [{"title": names.get(each, groups[each][0]["title"]), "entries": groups[each]} for each in sections],
    }


def _missing(page: Page, show: Show) -> Mapping[str, Any]:
    doors = [{"title": item.title, "address": item.to.strip("/") + "/"} for item in show.config.navigation]
    return {
        "doors": [each for each in doors if each["address"] in show.site.pages],
        "base": _base(show.config),
        "head": HEAD_OF_NOT_FOUND,
    }


def _base(config: SiteConfig) -> str | None:
    """Where the site begins on its host: the one page that is shown at any depth needs to know."""
    if config.address is None:
        return None
    path = "/" + config.address.split("/", 3)[3] if config.address.count("/") > 2 else "/"
    return path if path.endswith("/") else f"{path}/"
