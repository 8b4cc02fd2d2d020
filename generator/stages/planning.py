"""The plan of one edition: which pages and files it has, from a catalog of everything.

A kind whose pages or tables cannot be planned is a problem at the record that brought it about; the others are planned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from generator.catalog.catalog import Catalog
from generator.catalog.edition import Edition
from generator.catalog.making import attempt
from generator.catalog.record import ALL, Record
from generator.checks.pending import Pending
from generator.config import CONFIG_FILE, SiteConfig
from generator.kinds import BY_NAME, KINDS, PRESENTERS
from generator.ledger.mounted import Mounted
from generator.ledger.reading import NOTHING, Ledger
from generator.media.published import Picture
from generator.outputs import feeds, glyphs, reserved, search, seen, share, sitemap
from generator.outputs.data import downloads
from generator.outputs.search import index
from generator.pages import (
    frozen,
    home,
    not_found,
    redirects,
    site_map,
    tombstones,
    unpublished,
    versions,
    withdrawal,
    years,
)
from generator.pages.tombstones import Fate
from generator.problems import Problem, Span, any_errors
from generator.site.context import Plan, Public
from generator.site.plan import plan
from generator.site.presenter import Presenter, pages_of
from generator.site.record_page import SEEN
from generator.site.tables import DATA, Table
from generator.standing.reads import Asked, Reads

Thing = TypeVar("Thing")
# Where lists stand once there is something to list; what a navigation may name before.
SECTIONS = frozenset({*(kind.section for kind in KINDS if kind.section), years.SECTION, feeds.PAGE, DATA, index.FOLDER, SEEN})
_FOLDERS = reserved.folders(KINDS, SECTIONS | {unpublished.INDEX})
_SITE = Span(CONFIG_FILE)  # the place of what belongs to no record


@dataclass(frozen=True, slots=True)
class Planned:
    """What one edition of a catalog comes to. ``faults`` are what could not be planned, ``clashes`` addresses that two
    things want. ``gone`` are the records whose pages say that they were withdrawn. ``asked`` is what the plan was made from,
    where somebody wants to know, ``fate`` what becomes of the addresses that were published and are none of the plan's."""

    public: Public
    plan: Plan
    tables: tuple[Table, ...]
    faults: tuple[Problem, ...]
    clashes: tuple[Problem, ...]
    gone: tuple[Record, ...] = field(default=(), repr=False)
    asked: Asked | None = field(default=None, repr=False)
    fate: Fate = field(default=Fate(), repr=False)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong with it."""
        return self.faults + self.clashes


def planned(
    catalog: Catalog,
    edition: Edition,
    config: SiteConfig,
    pictures: Mapping[str, Picture],
    problems: Iterable[Problem],
    waiting: tuple[Pending, ...] = (),
    *,
    is_preview: bool = False,
    reads: Reads | None = None,
    ledger: Ledger = NOTHING,
    mounted: Mounted = Mounted(),  # noqa: B008  never changed
) -> Planned:
    """The plan of ``edition``. Of a catalog with errors no table is made: what its rows draw on may not be there. From here
    on ``reads`` notes what is asked of the records."""
    if edition.frozen is not None:
        ledger = NOTHING  # what was taken back was never part of a frozen year
    changes = (edition.effective(catalog), ledger.last_change(edition.today), mounted.last_change)
    today = max(filter(None, changes), default=None)
    public = Public(
        config, edition.of(catalog), BY_NAME, pictures, today, edition.year, frozen=edition.frozen, mounted=mounted.years
    )
    ledger = ledger.until(edition.today) if edition.year is None else replace(ledger, entries=())
    gone = edition.buried(catalog) if edition.frozen is None else ()
    if reads is not None:
        reads.watch((*public.catalog, *gone))
        reads.begin()
    tables: tuple[Table, ...] = ()
    faults: tuple[Problem, ...] = ()
    if not any_errors(problems):
        tables, faults = downloads.gather(public, tombstones.promised(ledger, KINDS))
        faults += tuple(glyphs.check(public, PRESENTERS))
    shown = waiting if edition.mark else ()
    found, of_plan, clashes = _plan(public, tables, gone, shown, ledger, is_preview)
    asked = reads.taken() if reads is not None else None
    fate = tombstones.fate(ledger, found, config, KINDS)
    return Planned(public, found, tables, faults + of_plan, clashes, gone, asked, fate)


def _plan(
    of: Public,
    tables: tuple[Table, ...],
    gone: tuple[Record, ...],
    waiting: tuple[Pending, ...],
    ledger: Ledger,
    is_preview: bool,
) -> tuple[Plan, tuple[Problem, ...], tuple[Problem, ...]]:
    """The site with the problems of making its plan and with those of its addresses."""
    tries, public, config, mounted = _Tries(), of.catalog, of.config, of.mounted
    news = (*tries.of("feeds", _SITE, lambda: feeds.gather(public, config, tombstones.promised(ledger, KINDS))),)
    hung = (*tries.of_kinds(lambda each: pages_of(each, public, config) if public.all(each.kind.name) else ()),)
    has_data = bool(hung or tables)
    pages = (
        *tries.of("home", _SITE, lambda: home.pages(public, config)),
        *site_map.pages(config),
        *not_found.pages(config),
        *tries.of("years", _SITE, lambda: years.pages(public, config, mounted)),
        *tries.of("versions", _SITE, lambda: versions.pages(mounted, config)),
        *(tries.of("data", _SITE, lambda: downloads.pages(tables, config)) if has_data else ()),
        *(search.pages(config) if hung else ()),
        # What a device keeps is no part of a year that never changes.
        *(seen.pages(public, KINDS, config) if of.frozen is None else ()),
        *feeds.pages(news, config),
        *tries.of("unpublished", _SITE, lambda: unpublished.pages(waiting, config)),
        *frozen.pages(of),
        *hung,
    )
    taken = {each.address for each in pages}
    pages += (*tries.of("withdrawn", _SITE, lambda: withdrawal.pages(gone, public, config, PRESENTERS, taken)),)
    taken = {each.address for each in pages} | redirects.shorts(public, KINDS)
    pages += (*tries.of("tombstones", _SITE, lambda: tombstones.pages(ledger, taken, config, KINDS)),)
    at = {each.address: each for each in pages}
    made = (
        *(downloads.outputs(tables) if has_data else ()),
        *tries.of("share", _SITE, lambda: share.outputs(public, config, PRESENTERS)),
        *(tries.of("search", _SITE, lambda: search.outputs(pages, public, KINDS)) if hung else ()),
        *(tries.of("seen", _SITE, lambda: seen.outputs(public, KINDS)) if of.frozen is None else ()),
        *feeds.outputs(news),
        *tries.of("versions", _SITE, lambda: versions.outputs(mounted, config)),
        *tries.of("sitemap", _SITE, lambda: sitemap.outputs(at.values(), config, is_preview=is_preview)),
        *tries.of_kinds(lambda presenter: presenter.outputs(public, config)),
        *tries.of("redirects", _SITE, lambda: redirects.outputs(at, public, config, KINDS, ledger.entries)),
    )
    whole, clashes = plan(pages, public, KINDS, made)
    clashes += tuple(reserved.check(public, whole, KINDS, _FOLDERS, clashes))
    return whole, tuple(tries.faults), clashes


class _Tries:
    """Plans one part after the other; ``faults`` are of those that could not be planned."""

    def __init__(self) -> None:
        self.faults: list[Problem] = []

    def of(self, name: str, span: Span, make: Callable[[], Iterable[Thing]]) -> list[Thing]:
        """All that ``make`` plans, nothing where that fails."""
        made = attempt(lambda: [*make()], span, "plan", name)
        if isinstance(made, Problem):
            self.faults.append(made)
            return []
        return made

    def of_kinds(self, make: Callable[[Presenter], Iterable[Thing]]) -> Iterator[Thing]:
        """All that ``make`` plans for each kind."""
        for each in PRESENTERS:
            yield from self.of(each.kind.name, Span(each.kind.layout.pattern), partial(make, each))


def sections(catalog: Catalog) -> frozenset[str]:
    """The addresses of all records that are there and of the lists they stand in, public or not, finished or not."""
    ids = {kind.name: {each.id for each in catalog.all(kind.name)} for kind in KINDS}
    for name, id in catalog.broken:
        if name in ids:  # what stands inside of a record has no address of its own
            ids[name] |= {id} - {ALL}
    found = {kind.index for kind in KINDS if ids[kind.name]}
    for kind in KINDS:
        if kind.address is not None:
            found |= {kind.address(each) for each in ids[kind.name]}
    return frozenset(found)
