"""The head of a page: what it is called elsewhere, where it really is, which feeds belong to it, what it is."""

from __future__ import annotations

from html import escape

from generator import MARK
from generator.outputs import feeds, share
from generator.page import linkeddata
from generator.pages.lobby import NOT_FOUND
from generator.site.context import Show
from generator.site.plan import Page
from generator.text.addresses import relative

_LONGEST = 150  # characters of a description, as search engines show it


def markup(page: Page, show: Show, subjects: linkeddata.Subjects) -> str:
    """The markup that the head of ``page`` gets beside its title. ``subjects`` are the records by their page."""
    description = " ".join((page.description or show.config.description).split())[:_LONGEST]
    parts = [f'<meta name="description" content="{escape(description)}">', MARK]
    if show.is_preview or not page.is_indexed:
        parts.append('<meta name="robots" content="noindex">')
    if show.config.address and page.address != NOT_FOUND:
        parts.append(f'<link rel="canonical" href="{escape(show.public_address(page.address))}">')
    parts += _alternates(page, show)
    parts.append(share.head(page, description, show))
    parts.append(linkeddata.markup(page, description, show, subjects))
    return "".join(parts)


def _alternates(page: Page, show: Show) -> list[str]:
    if page.address == NOT_FOUND:
        return []
    return [
        f'<link rel="alternate" type="{form}" title="{escape(title)}" href="{relative(page.address, address, show.links)}">'
        for address, form, title in feeds.alternates(page, show)
    ]
