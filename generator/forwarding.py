"""Addresses that lead on: the permanent short address of a brand, which printed codes hold, and the former addresses of
renamed pages.

Each is a small page that sends a browser on by itself, without a script and also from a folder, names the page it stands
for as the canonical one, and has a plain link for whatever does not follow. It is no page of the plan: lists, search, feeds
and the site map do not know it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from html import escape

from generator.addresses import output_file, relative
from generator.catalog import Catalog
from generator.config import CONFIG_FILE, SiteConfig
from generator.kind import Kind
from generator.plan import Output, Page, Site
from generator.problems import Problem, Span, problem
from generator.security import seal
from generator.show import Show


def outputs(pages: Mapping[str, Page], catalog: Catalog, config: SiteConfig, kinds: Iterable[Kind]) -> Iterator[Output]:
    """The short addresses of all records that have one, and the former addresses of ``pages`` that are there."""
    shorts: set[str] = set()
    for kind in kinds:
        for record in catalog.all(kind.name):
            short = kind.short_address(record.id)
            if short is not None and kind.address is not None:
                shorts.add(short)
                make = partial(_forward, short, kind.address(record.id))
                yield Output(output_file(short), record.span("id"), make)
    taken = {output_file(each).casefold() for each in pages} | {output_file(each).casefold() for each in shorts}
    for each in config.redirects:
        file = output_file(each.old)
        if each.new in pages and file.casefold() not in taken:
            taken.add(file.casefold())
            yield Output(file, Span(CONFIG_FILE), partial(_forward, each.old, each.new))


def _forward(old: str, new: str, show: Show) -> bytes:
    """The page at ``old`` that sends to ``new``."""
    page = show.site.pages[new]
    link = escape(relative(old, new, show.links))
    canonical = escape(show.public_address(page.address)) if show.config.address else link
    icon = relative(old, "assets/icon.svg")  # without one, browsers ask the root of the host, which is not ours
    html = (
        f'<!doctype html>\n<html lang="{show.config.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<title>{escape(page.titled(show.config.name))}</title><link rel="icon" href="{icon}" type="image/svg+xml">'
        f'<meta http-equiv="refresh" content="0; url={link}"><link rel="canonical" href="{canonical}"></head>'
        f"<body><main><h1>{escape(page.title)}</h1>"
        f'<p><a href="{link}">{escape(show.word("forward.link", title=page.title))}</a></p></main></body></html>\n'
    )
    return seal(html, old).encode()


# -- what can be wrong with a declared redirect ------------------------------------------------------------------------

SpanOf = Callable[..., Span]


def check(config: SiteConfig, site: Site, span: SpanOf) -> Iterator[Problem]:
    """A former address that is in use (URL-002) or given twice (URL-006), a redirect that leads to another one (URL-004)
    or round in a circle (URL-005)."""
    declared = {output_file(each.old) for each in config.redirects}
    first: dict[str, int] = {}
    taken = {output_file(each).casefold() for each in site.pages}
    taken |= {each.address.casefold() for each in site.outputs.values() if not _is_declared(each, declared)}
    onward: dict[str, str] = {}
    for each in config.redirects:
        if output_file(each.old).casefold() not in taken:
            onward.setdefault(each.old.casefold(), each.new)
    reported: set[str] = set()
    for index, each in enumerate(config.redirects):
        key = each.old.casefold()
        old, new = span(("redirects", index, "old")), span(("redirects", index, "new"))
        if key in first:
            yield problem("URL-006", old, address=each.old, first=str(span(("redirects", first[key], "old"))))
            continue
        first[key] = index
        if output_file(each.old).casefold() in taken:
            yield problem("URL-002", old, address=each.old)
            continue
        way = _way(key, onward)
        if way is None:
            circle = _circle(key, onward)
            if not circle & reported:
                yield problem("URL-005", new, address=each.old)
            reported |= circle
        elif len(way) > 1:
            yield problem("URL-004", new, address=each.new, last=way[-1] or "/")


def _is_declared(output: Output, declared: Collection[str]) -> bool:
    """Whether ``output`` is what a redirect asks for, and not something that stands in its way."""
    return output.origin.path == CONFIG_FILE and output.address in declared


def _way(old: str, onward: Mapping[str, str]) -> list[str] | None:
    """The addresses that a visitor of ``old`` is sent to, one after another; ``None`` when it never ends."""
    way: list[str] = []
    at = old
    while at.casefold() in onward:
        at = onward[at.casefold()]
        if at in way or at.casefold() == old:
            return None
        way.append(at)
    return way


def _circle(old: str, onward: Mapping[str, str]) -> set[str]:
    """Every former address that a visitor of ``old`` comes through."""
    seen: set[str] = set()
    at = old
    while at not in seen and at in onward:
        seen.add(at)
        at = onward[at].casefold()
    return seen


def check_targets(config: SiteConfig, site: Site, later: Collection[str], span: SpanOf) -> Iterator[Problem]:
    """A redirect that leads to no page (URL-003), or to one that is not public yet (URL-007). ``later`` are the addresses
    of what was read, public or not."""
    former = {each.old.casefold() for each in config.redirects}
    for index, each in enumerate(config.redirects):
        if each.new not in site.pages and each.new.casefold() not in former:
            code = "URL-007" if each.new in later else "URL-003"
            yield problem(code, span(("redirects", index, "new")), address=each.new or "/")
