"""The plan of the site: every page with its address, fixed before anything is rendered."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

from generator.catalog.catalog import Catalog
from generator.problems import Problem, Span, problem
from generator.story import Story
from generator.system.sealed import Sealed
from generator.text.addresses import output_file
from generator.text.pathnames import PATH_LIMIT, folded, is_portable_path, is_short_enough

if TYPE_CHECKING:
    from generator.catalog.kind import Kind
    from generator.config import SiteConfig
    from generator.media.cards.faces import Drawing
    from generator.site.context import Show

View = Callable[["Page", "Show"], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site.

    ``section`` is the navigation item it belongs to; ``template`` hangs its ``view`` in a frame. A page with a
    ``document`` instead is editorial: the engine renders its story whole. ``origin`` is the source to name when
    something is wrong with it. ``changed_on`` comes from records, never from the clock.
    """

    address: str
    section: str
    title: str
    origin: Span
    description: str = ""
    template: str = ""
    view: View | None = field(default=None, repr=False)
    subject: Any = field(default=None, repr=False)
    document: Story | None = field(default=None, repr=False)
    changed_on: date | None = None
    is_listed: bool = True  # whether the site map names it
    is_indexed: bool = True  # whether search engines are told of it
    linked: View | None = field(default=None, repr=False)  # what it is, in the words of schema.org
    is_gone: bool = False  # whether it only says that something was withdrawn
    downloads: tuple[str, ...] = ()  # the names of the tables that are offered at its foot

    def titled(self, site: str) -> str:
        """What stands in the title of a browser's window, in bookmarks and in lists of results: its own title and the
        name of the ``site``, once where they are the same."""
        return site if self.title in ("", site) else f"{self.title} - {site}"


@dataclass(frozen=True, slots=True)
class Output:
    """A file of the site that is no page. ``make`` gives its bytes, the source file to copy, or a picture to
    draw; it may look at everything a view may, except at the sizes of other outputs. One that ``lists_others`` is made after all that do
    not, and finds them in ``Show.made``."""

    address: str
    origin: Span
    make: Callable[[Show], bytes | Sealed | Drawing] = field(repr=False)
    lists_others: bool = False


@dataclass(frozen=True)
class Site:
    """Every page and every other output by address, and where each source file is shown."""

    pages: Mapping[str, Page]
    places: Mapping[str, str] = field(repr=False)  # source path, file or folder → address
    outputs: Mapping[str, Output] = field(default_factory=dict, repr=False)


def plan(
    pages: Iterable[Page], catalog: Catalog, kinds: Iterable[Kind], outputs: Iterable[Output] = ()
) -> tuple[Site, tuple[Problem, ...]]:
    """Fix every address. Two pages or outputs that want the same one (also but for case) are a problem
    (ID-009), so is one that is no name for a file on every system (ID-022)."""
    planned: dict[str, Page] = {}
    other: dict[str, Output] = {}
    taken: dict[str, Page | Output] = {}
    problems: list[Problem] = []
    for each in chain(pages, outputs):
        file = output_file(each.address)
        if not is_portable_path(file) or not is_short_enough(file):
            problems.append(problem("ID-022", each.origin, address=each.address, limit=PATH_LIMIT))
            continue
        first = taken.setdefault(folded(file), each)
        if first is not each:
            problems.append(problem("ID-009", each.origin, address=each.address or "/", other=str(first.origin)))
        elif isinstance(each, Page):
            planned[each.address] = each
        else:
            other[each.address] = each
    return Site(planned, dict(_places(catalog, kinds)), other), tuple(problems)


def _places(catalog: Catalog, kinds: Iterable[Kind]) -> Iterator[tuple[str, str]]:
    for kind in kinds:
        for record in catalog.all(kind.name):
            if kind.address is None:
                continue
            address = kind.address(record.id)
            if kind.layout.form == "roster":
                continue  # one file, many records: a link to it means none of them
            yield record.path, address
            if record.story:
                yield record.story.path, address
            if kind.layout.form == "folder" or record.path.endswith("/index.md"):
                yield record.folder, address


def check_navigation(
    config: SiteConfig, site: Site, later: Collection[str], sections: Collection[str], span: Callable[..., Span]
) -> Iterator[Problem]:
    """Every navigation item must lead to a page (LNK-001), to one of ``later``, the addresses of what is not public yet
    (LNK-003), or to one of ``sections``: one without content is not shown, and nothing is wrong with that."""
    for index, item in enumerate(config.navigation):
        address = section_address(item.to)
        if (address not in site.pages or site.pages[address].is_gone) and (address in later or address not in sections):
            code = "LNK-003" if address in later else "LNK-001"
            yield problem(code, span(("navigation", index, "to")), target=item.to)


def section_address(to: str) -> str:
    """The site address that a navigation item's ``to`` means."""
    return to.strip("/") + "/" if to.strip("/") else ""
