"""What a page says of its frozen states: a list at its end, and links in its head for programs (RFC 7089).

There is no server that negotiates by date, so there is no TimeGate; the TimeMap lists all there is.
"""

from __future__ import annotations

from html import escape

from generator.ledger.mounted import State
from generator.pages.versions import timemap_of, versions_of
from generator.pages.years import thaws
from generator.site.context import Page, Site
from generator.site.record_page import SHORT, states_of
from generator.text.addresses import relative
from generator.text.media_types import LINKS


def head(page: Page, site: Site) -> str:
    """The links to the states of ``page`` and to its TimeMap, empty for a page that no year has."""
    states = states_of(page, site)
    parts = []
    if timemap_of(page.address) in site.plan.outputs and states:
        parts.append(f'<link rel="timemap" type="{LINKS}" href="{_here(page, timemap_of(page.address), site)}">')
    for each in states:
        title = escape(site.word("archives.edition", year=each.lock.year))
        parts.append(f'<link rel="memento" title="{title}" href="{_here(page, each.address, site)}">')
    return "".join(parts)


def listed(page: Page, site: Site) -> str:
    """The years in which ``page`` is frozen, the newest first, each with the day and the digest of its page, and when the year was
    taken back."""
    states = states_of(page, site)
    if not states:
        return ""
    rows = "".join(
        f'<li><a rel="memento" href="{_here(page, each.address, site)}">{escape(site.word("archives.edition", year=each.lock.year))}</a>'
        f"<span>{escape(site.word('archives.frozen_on', day=site.day(each.lock.frozen_on)))}</span>"
        f"<code>SHA-256 {each.record.sha256[:SHORT]}</code>{_thawed(each, site)}</li>"
        for each in states
    )
    title, more = escape(site.word("archives.states")), escape(site.word("archives.all"))
    return (
        f'<aside class="states" aria-labelledby="frozen-states"><div class="inner"><h2 id="frozen-states">{title}</h2><ul>{rows}</ul>'
        f'<p><a href="{_here(page, versions_of(states[0]), site)}">{more}</a></p></div></aside>'
    )


def _thawed(state: State, site: Site) -> str:
    return "".join(f"<p>{escape(each['text'])} <code>SHA-256 {each['digest']}</code></p>" for each in thaws(state.lock, site))


def _here(page: Page, address: str, site: Site) -> str:
    return escape(relative(page.address, address, site.links))
