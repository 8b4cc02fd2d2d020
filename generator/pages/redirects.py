"""Addresses that lead on: the permanent short address of a record, which printed codes hold, the former addresses of
renamed pages, and those of lists that are empty now.

Each is a small page that sends a browser on by itself, without a script and also from a folder, names the page it stands
for as the canonical one, and has a plain link for whatever does not follow. It is no page of the plan: lists, search, feeds
and the site map do not know it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from html import escape

from generator.catalog.catalog import Catalog
from generator.catalog.kind import Kind
from generator.config import CONFIG_FILE, SiteConfig
from generator.ledger.lines import PAGE, Entry, is_page
from generator.messages import Words, words
from generator.policy import seal
from generator.problems import Problem, Span, problem
from generator.schema.fields import ID_PATTERN, matches
from generator.site.context import Listing, Output, Page, Plan, Site
from generator.text.addresses import output_file, relative


def outputs(
    pages: Mapping[str, Page], catalog: Catalog, config: SiteConfig, kinds: Iterable[Kind], promised: Iterable[Entry] = ()
) -> Iterator[Output]:
    """The short addresses of all records that have one, and the former addresses of ``pages`` that are there. A list of
    those ``promised`` that has nothing to list any more leads to the nearest page above it, and so does what comes and goes
    with what a record holds (``Kind.passing``)."""
    shorts: set[str] = set()
    kinds = tuple(kinds)
    for kind in kinds:
        for record in catalog.all(kind.name):
            short = kind.short_address(record.id)
            if short is not None and kind.address is not None:
                shorts.add(short)
                make = partial(_forward, short, kind.address(record.id))
                yield Output(output_file(short), record.span("id"), make)
    taken = {output_file(each).casefold() for each in pages} | {output_file(each).casefold() for each in shorts}
    for each in config.redirects:
        for old in (each.old, *shorts_of(each.old, kinds)):
            file = output_file(old)
            if each.new in pages and file.casefold() not in taken:
                taken.add(file.casefold())
                yield Output(file, Span(CONFIG_FILE), partial(_forward, old, each.new))
    for entry in promised:
        file = output_file(entry.address)
        leads_up = entry.subject == PAGE or _is_passing(entry, kinds, pages)
        if leads_up and is_page(entry.address) and file.casefold() not in taken:
            taken.add(file.casefold())
            yield Output(file, entry.span, partial(_forward, entry.address, _above(entry.address, pages)))


def _is_passing(entry: Entry, kinds: Iterable[Kind], pages: Mapping[str, Page]) -> bool:
    """Whether ``entry`` is of a page below that of a record which comes and goes with what the record holds; that record
    still has its own among ``pages``."""
    for kind in kinds:
        if kind.passing and kind.address is not None and entry.record is not None and entry.record[0] == kind.name:
            page = kind.address(entry.record[1])
            return page in pages and entry.address.startswith(page) and matches(kind.passing, entry.address.removeprefix(page))
    return False


def _above(address: str, pages: Mapping[str, Page]) -> str:
    """The nearest page above ``address`` that shows something."""
    while address:
        address = "".join(f"{each}/" for each in address.rstrip("/").split("/")[:-1])
        if address in pages and not pages[address].is_gone:
            break
    return address


def shorts(catalog: Catalog, kinds: Iterable[Kind]) -> set[str]:
    """The short addresses of all records that have one."""
    found = (kind.short_address(record.id) for kind in kinds if kind.short for record in catalog.all(kind.name))
    return {each for each in found if each is not None}


def shorts_of(address: str, kinds: Iterable[Kind]) -> Iterator[str]:
    """The short addresses of the record that had its page at ``address``: who renames one is led on from both."""
    for kind in kinds:
        before, _, after = kind.address(_NO_ID).partition(_NO_ID) if kind.address and kind.short else ("", "", "")
        id = address.removeprefix(before).removesuffix(after)
        if before and address == f"{before}{id}{after}" and matches(ID_PATTERN, id):
            yield f"{kind.short}/{id}/"


_NO_ID = "\0"  # what no address holds


def _forward(old: str, new: str, site: Site) -> bytes:
    """The page at ``old`` that sends to ``new``."""
    page = site.plan.pages[new]
    link = escape(relative(old, new, site.links))
    canonical = escape(site.public_address(page.address)) if site.config.address else link
    icon = relative(old, "assets/icon.svg")  # without one, browsers ask the root of the host, which is not ours
    html = (
        f'<!doctype html>\n<html lang="{site.config.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<title>{escape(page.titled(site.config.name))}</title><link rel="icon" href="{icon}" type="image/svg+xml">'
        f'<meta http-equiv="refresh" content="0; url={link}"><link rel="canonical" href="{canonical}"></head>'
        f"<body><main><h1>{escape(page.title)}</h1>"
        f'<p><a href="{link}">{escape(site.word("forward.link", title=page.title))}</a></p></main></body></html>\n'
    )
    return seal(html, old).encode()


# -- what can be wrong with a declared redirect ------------------------------------------------------------------------

SpanOf = Callable[..., Span]


def check(config: SiteConfig, plan: Plan, span: SpanOf) -> Iterator[Problem]:
    """A former address that is in use (URL-002) or given twice (URL-006), a redirect that leads to another one (URL-004)
    or round in a circle (URL-005)."""
    declared = {output_file(each.old) for each in config.redirects}
    first: dict[str, int] = {}
    taken = {output_file(each).casefold() for each in plan.pages}
    taken |= {each.address.casefold() for each in plan.outputs.values() if not _is_declared(each, declared)}
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


def _is_declared(output: Output | Listing, declared: Collection[str]) -> bool:
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


def check_targets(config: SiteConfig, plan: Plan, later: Collection[str], span: SpanOf) -> Iterator[Problem]:
    """A redirect that leads to no page (URL-003), or to one that is not public yet (URL-007). ``later`` are the addresses
    of what was read, public or not."""
    former = {each.old.casefold() for each in config.redirects}
    for index, each in enumerate(config.redirects):
        if each.new not in plan.pages and each.new.casefold() not in former:
            code = "URL-007" if each.new in later else "URL-003"
            yield problem(code, span(("redirects", index, "new")), address=each.new or "/")


# -- addresses that were published -------------------------------------------------------------------------------------


def permanent(plan: Plan, catalog: Catalog, config: SiteConfig, kinds: Iterable[Kind]) -> list[str]:
    """The addresses that are for ever: of records, short ones, those of what was withdrawn and former ones."""
    found = {each.address for each in plan.pages.values() if each.is_gone}
    kinds = tuple(kinds)
    found |= {old for each in config.redirects for old in (each.old, *shorts_of(each.old, kinds))}
    for kind in kinds:
        for record in catalog.all(kind.name):
            places = (kind.address(record.id) if kind.address else None, kind.short_address(record.id))
            found |= {each for each in places if each and "#" not in each}
    return sorted(each for each in found if each in plan.pages or output_file(each) in plan.outputs)


def lost(before: Iterable[str], plan: Plan, now: Iterable[str], kinds: Iterable[Kind]) -> Iterator[Problem]:
    """What was published ``before`` and is nowhere in ``plan`` (URL-010): a record's page with its short address is one.
    ``now`` are the permanent addresses of ``plan``."""
    kinds, known = tuple(kinds), set(before)
    gone = [each for each in sorted(known) if each not in plan.pages and output_file(each) not in plan.outputs]
    fresh = [each for each in now if each not in known]
    told: set[str] = set()
    lacking = set(gone)
    for each in sorted(gone, key=lambda address: (next(shorts_of(address, kinds), None) is None, address)):
        if each in told:
            continue
        also = [short for short in shorts_of(each, kinds) if short in lacking]
        told |= {each, *also}
        addresses = "、".join((each, *also))
        yield problem("URL-010", Span(CONFIG_FILE), addresses=addresses, old=each, hint=_renamed(each, fresh))


def _renamed(address: str, fresh: Iterable[str]) -> Words:
    """A guess at the new address: the only one that is new in the same place."""
    place = address.rstrip("/").rpartition("/")[0]
    near = [each for each in fresh if each.rstrip("/").rpartition("/")[0] == place]
    return Words(*(each.format(address=near[0]) for each in words("url.renamed"))) if len(near) == 1 else Words("", "")
