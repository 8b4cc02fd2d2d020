"""The head of a page: what it is called elsewhere, where it really is, which feeds belong to it, what it is."""

from __future__ import annotations

from html import escape

from generator import MARK
from generator.outputs import feeds, share
from generator.outputs.data.downloads import MANIFEST
from generator.page import linkeddata, states
from generator.pages.not_found import NOT_FOUND
from generator.site.context import Page, Site
from generator.text.addresses import relative
from generator.text.media_types import PUBLISHED

_LONGEST = 150  # characters of a description, as search engines show it


def markup(page: Page, site: Site, subjects: linkeddata.Subjects) -> str:
    """The markup that the head of ``page`` gets beside its title. ``subjects`` are the records by their page."""
    description = " ".join((page.description or site.config.description).split())[:_LONGEST]
    parts = [f'<meta name="description" content="{escape(description)}">', MARK]
    if site.preview is not None or not page.is_indexed:
        parts.append('<meta name="robots" content="noindex">')
    if site.config.address and page.address != NOT_FOUND:
        parts.append(f'<link rel="canonical" href="{escape(site.public_address(page.address))}">')
    parts += _alternates(page, site)
    if page.address in subjects:
        parts.append(f'<link rel="describedby" type="{PUBLISHED["json"]}" href="{relative(page.address, MANIFEST, site.links)}">')
    parts.append(states.head(page, site))
    parts.append(share.head(page, description, site))
    parts.append(linkeddata.markup(page, description, site, subjects))
    return "".join(parts)


def _alternates(page: Page, site: Site) -> list[str]:
    if page.address == NOT_FOUND:
        return []
    return [
        f'<link rel="alternate" type="{form}" title="{escape(title)}" href="{relative(page.address, address, site.links)}">'
        for address, form, title in feeds.alternates(page, site)
    ]
