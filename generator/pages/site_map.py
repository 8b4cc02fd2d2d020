"""The map of the site for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.config import CONFIG_FILE, SiteConfig
from generator.messages import say
from generator.problems import Span
from generator.site.context import Page, Site
from generator.text.addresses import depth
from generator.text.numerals import natural

SITE_MAP = "sitemap/"


def pages(config: SiteConfig) -> Iterator[Page]:
    """The page that lists every page."""
    title = say("sitemap.title", config.words)
    description = say("sitemap.description", config.words, site=config.name)
    yield Page(SITE_MAP, "", title, Span(CONFIG_FILE), description, "sitemap.html", _view, is_listed=False)


def _view(page: Page, site: Site) -> Mapping[str, Any]:
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
