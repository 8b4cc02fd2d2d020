"""The pages of tombstones, and what becomes of each address that was ever published.

A tombstone stands for its address, for all published ones below it, and for the short address of the record that stood there.
A file that belongs to a page, such as its feed, goes with the page: nothing can be read in its place, so that is for the
server to say (410).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.catalog.kind import Kind
from generator.config import CONFIG_FILE, SiteConfig
from generator.ledger.lines import DATA, FEED, Entry, is_page
from generator.ledger.reading import Ledger
from generator.ledger.tombstones import Stone, Tombstone
from generator.messages import say
from generator.pages.redirects import shorts_of
from generator.pages.withdrawal import written
from generator.problems import Problem, Span, problem
from generator.site import tables
from generator.site.context import Page, Plan, Site
from generator.text.addresses import output_file

FEED_FOLDER = "feeds/"  # where the feeds lie


def pages(ledger: Ledger, taken: Collection[str], config: SiteConfig, kinds: Iterable[Kind]) -> Iterator[Page]:
    """A page at every address that a tombstone stands for, unless that is among ``taken``: then something stands there
    already, and ``check`` says so. Where the configuration leads on there is none either."""
    kinds = tuple(kinds)
    seen = {*taken, *former_of(config, kinds)}
    stones = _by_address(ledger.stones, kinds)
    mine = {at: stone for at, stone in stones.items() if stone.data.address not in taken}
    known = ((each.address, covering(each.address, mine)) for each in ledger.entries)
    for address, stone in (*mine.items(), *known):
        if stone is not None and is_page(address) and address not in seen:
            seen.add(address)
            yield _page(address, stone.data, stone.span("address"), config)


def promised(ledger: Ledger, kinds: Iterable[Kind]) -> frozenset[str]:
    """The feeds and data of ``ledger`` that no tombstone stands for: they stay, even if there is nothing in them."""
    stones = _by_address(ledger.stones, tuple(kinds))
    files = (each.address for each in ledger.entries if each.subject in (FEED, DATA))
    return frozenset(each for each in files if covering(each, stones) is None)


def former_of(config: SiteConfig, kinds: Iterable[Kind]) -> set[str]:
    """The addresses that the configuration leads on from, with the short ones of the same records."""
    kinds = tuple(kinds)
    return {old for each in config.redirects for old in (each.old, *shorts_of(each.old, kinds))}


def _by_address(stones: Iterable[Stone], kinds: tuple[Kind, ...]) -> dict[str, Stone]:
    """The tombstones by the addresses that they are written for, and by the short ones of those."""
    found: dict[str, Stone] = {}
    for each in stones:
        for address in (each.data.address, *shorts_of(each.data.address, kinds)):
            found.setdefault(address, each)
    return found


def covering(address: str, by_address: Mapping[str, Stone]) -> Stone | None:
    """The tombstone that stands for ``address``: its own, that of the page to which it belongs, or the nearest above it."""
    for each in _upwards(address):
        if each in by_address:
            return by_address[each]
    return None


def _upwards(address: str) -> Iterator[str]:
    """``address``, the page it belongs to, and all above both, but for the home page. Takes time by its depth alone."""
    yield address
    page = page_of(address)
    if page != address:
        yield page
        yield from above(page)
    yield from above(address)


def page_of(address: str) -> str:
    """The page that the file at ``address`` belongs to by its name: ``units/x/`` for ``feeds/units/x.xml``, ``data/x/`` for
    ``data/x.csv``. What belongs to none is its own."""
    folder = next((each for each in (FEED_FOLDER, tables.DATA) if address.startswith(each)), None)
    if folder is None or is_page(address):
        return address
    return address.removeprefix(FEED_FOLDER).rpartition(".")[0] + "/"


def above(address: str) -> Iterator[str]:
    """The folders above ``address``, the nearest first, but for the home page."""
    while "/" in address.rstrip("/"):
        address = address.rstrip("/").rpartition("/")[0] + "/"
        yield address


def _page(address: str, stone: Tombstone, origin: Span, config: SiteConfig) -> Page:
    title = say("withdrawn.title", config.words, kind=stone.what)
    return Page(
        address=address,
        section=f"{address.split('/')[0]}/",
        title=title,
        origin=origin,
        description=title,
        template="withdrawn.html",
        view=_view,
        subject=stone,
        is_listed=False,
        is_indexed=False,
        is_gone=True,
    )


def _view(page: Page, site: Site) -> Mapping[str, Any]:
    stone = page.about(Tombstone)
    return {
        "kind": stone.what,
        "date": written(stone.withdrawn_on, site),
        "reason": stone.reason,
        "by": stone.by,
        "index": None,
    }


# -- what becomes of what was published --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fate:
    """What a plan lacks of a ledger: ``gone`` are files whose page says that it is gone, or leads on, so that a server answers
    410 for them; ``lost`` is what nobody accounts for."""

    gone: tuple[str, ...] = ()
    lost: tuple[Entry, ...] = ()


def fate(ledger: Ledger, plan: Plan, config: SiteConfig, kinds: Iterable[Kind]) -> Fate:
    """What becomes of the addresses of ``ledger`` in ``plan``. Takes linear time."""
    kinds = tuple(kinds)
    former = former_of(config, kinds)
    counting = [each for each in ledger.stones if not _is_alive(each.data.address, plan, former)]
    stones = _by_address(counting, kinds)
    faulty = {at for each in ledger.faulty or () for at in (each, *shorts_of(each, kinds))}
    gone: dict[str, None] = {}
    lost: list[Entry] = []
    for each in ledger.entries:
        if each.address in plan.pages or output_file(each.address) in plan.outputs:
            continue
        is_accounted = covering(each.address, stones) is not None
        if not is_page(each.address) and (is_accounted or _goes_with_its_page(each.address, plan, former)):
            gone[each.address] = None
        elif not is_accounted and each.address not in former and faulty.isdisjoint(_upwards(each.address)):
            lost.append(each)
    gone |= dict.fromkeys(each.data.address for each in counting if not is_page(each.data.address))
    return Fate(tuple(sorted(gone)), tuple(lost) if ledger.faulty is not None else ())


def _is_alive(address: str, plan: Plan, former: Collection[str]) -> bool:
    """Whether something stands at ``address`` that is no tombstone, or the configuration leads on from there."""
    page = plan.pages.get(address)
    is_shown = page is not None and not isinstance(page.subject, Tombstone)
    return is_shown or output_file(address) in plan.outputs or address in former


def _goes_with_its_page(address: str, plan: Plan, former: Collection[str]) -> bool:
    """Whether a page that ``address`` belongs to says that it is gone, or leads on by the configuration."""
    return any(each in former or (each in plan.pages and plan.pages[each].is_gone) for each in _upwards(address))


def check(ledger: Ledger, plan: Plan, config: SiteConfig, kinds: Iterable[Kind]) -> Iterator[Problem]:
    """Tombstones for addresses at which something stands (URL-008): a page or file, or a redirect of the configuration."""
    former = former_of(config, kinds)
    for each in ledger.stones:
        address = each.data.address
        if _is_alive(address, plan, former):
            found = plan.pages.get(address) or plan.outputs.get(output_file(address))
            place = found.origin if found is not None else Span(CONFIG_FILE)
            yield problem("URL-008", each.span("address"), address=address, place=str(place))
