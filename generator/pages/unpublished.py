"""How a preview shows what is not public yet.

A preview shows drafts, records under review and those of later days as if they were public, with a mark before their
names and a banner that says what is still to do. One that cannot be shown yet, because something is missing or because it
is secret until its hour, has a page that says only that. None of it reaches a build for publication.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from html import escape
from typing import Any

from generator.checks.pending import MOST, Pending
from generator.config import CONFIG_FILE, SiteConfig
from generator.messages import Language, say
from generator.privacy.masking import mask
from generator.problems import Span
from generator.site.context import Page, Site
from generator.text.addresses import relative
from generator.text.legible import in_line

INDEX = "unpublished/"


def pages(pending: Sequence[Pending], config: SiteConfig) -> Iterator[Page]:
    """The list of all that is not public, and a page for each that cannot be shown as it will be."""
    if not pending:
        return
    language, mark = config.words, say("pending.mark", config.words)
    title = say("pending.title", language)
    yield Page(
        INDEX,
        INDEX,
        title,
        Span(CONFIG_FILE),
        title,
        "unpublished.html",
        partial(_list, pending),
        is_listed=False,
        is_indexed=False,
    )
    for each in pending:
        if not each.is_shown and each.address and "#" not in each.address:
            name = f"{mark}{each.title}"
            about = each.state.in_language(language)
            view = partial(_outline, each)
            yield Page(each.address, each.section, name, each.span, about, "unfinished.html", view, is_indexed=False)


def _list(pending: Sequence[Pending], page: Page, site: Site) -> Mapping[str, Any]:
    return {"entries": [_view(each, site) for each in pending]}


def _outline(pending: Pending, page: Page, site: Site) -> Mapping[str, Any]:
    return {"title": page.title, **_view(pending, site)}


def _view(pending: Pending, site: Site) -> dict[str, Any]:
    language = site.config.words
    address = (pending.address or "").partition("#")[0]
    told = () if pending.is_secret else pending.problems
    return {
        "name": pending.title,
        "label": pending.label.in_language(language),
        "state": pending.state.in_language(language),
        "place": in_line(mask(pending.span.path)),
        "address": pending.address if pending.address is not None and address in site.plan.pages else None,
        "is_secret": pending.is_secret,
        "steps": [each.in_language(language) for each in pending.steps],
        "problems": [
            {"place": each.place, "text": each.text(language), "remedy": each.remedy(language)} for each in told
        ],
    }


def by_page(pending: Iterable[Pending], pages: Mapping[str, Page]) -> Mapping[str, tuple[Pending, ...]]:
    """Page address → what it shows of that which is not public."""
    found: dict[str, tuple[Pending, ...]] = {}
    for each in pending:
        address = each.address.partition("#")[0] if each.address is not None else None
        if address in pages and address is not None:
            found[address] = (*found.get(address, ()), each)
    return found


def banner(page: Page, site: Site, owners: Mapping[str, Any]) -> str:
    """The markup above the content of a page that shows something that is not public, empty above any other. ``owners``
    are the addresses of the pages that belong to one record."""
    if site.preview is None:
        return ""
    address, pending = page.address, site.preview.pending
    while address not in pending and address and address not in owners:
        above = address.rstrip("/").rpartition("/")[0]
        address = f"{above}/" if above else ""
        if not address:
            return ""
    shown = pending.get(address, ())
    if not shown:
        return ""
    language = site.config.words
    label = escape(say("pending.label", language))
    rows = "".join(_row(each, language) for each in shown[:MOST])
    link = escape(relative(page.address, INDEX, site.links))
    more = f'<p><a href="{link}">{escape(say("pending.all", language, count=site.preview.unpublished))}</a></p>'
    return f'<aside class="unpublished" aria-label="{label}">{rows}{more}</aside>'


def _row(pending: Pending, language: Language) -> str:
    head = escape(
        say(
            "pending.banner",
            language,
            kind=pending.label.in_language(language),
            title=pending.title,
            state=pending.state.in_language(language),
        )
    )
    steps = "".join(f"<li>{escape(each.in_language(language))}</li>" for each in pending.steps)
    todo = escape(say("pending.todo", language))
    return f'<p class="unpublished__head"><strong>{head}</strong></p><p>{todo}</p><ol>{steps}</ol>'
