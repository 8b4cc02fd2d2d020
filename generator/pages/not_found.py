"""What a visitor gets at an address that is not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.config import CONFIG_FILE, SiteConfig
from generator.messages import say
from generator.problems import Span
from generator.site.context import Page, Site

NOT_FOUND = "404.html"
HEAD_OF_NOT_FOUND = "not-found-head.html"  # what makes that page work at any depth


def pages(config: SiteConfig) -> Iterator[Page]:
    """The page for wrong addresses."""
    title = say("missing.title", config.words)
    origin = Span(CONFIG_FILE)
    yield Page(NOT_FOUND, "", title, origin, title, "not-found.html", _view, is_listed=False, is_indexed=False)


def _view(page: Page, site: Site) -> Mapping[str, Any]:
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
