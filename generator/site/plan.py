"""The plan of the site: every page with its address, fixed before anything is rendered."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain

from generator.catalog.catalog import Catalog
from generator.catalog.kind import Kind
from generator.config import SiteConfig
from generator.problems import Problem, Span, problem
from generator.site.context import Listing, Output, Page, Plan
from generator.text.addresses import output_file
from generator.text.pathnames import PATH_LIMIT, folded, is_portable_path, is_short_enough


def plan(
    pages: Iterable[Page], catalog: Catalog, kinds: Iterable[Kind], outputs: Iterable[Output | Listing] = ()
) -> tuple[Plan, tuple[Problem, ...]]:
    """Fix every address. Two pages or outputs that want the same one (also but for case) are a problem
    (ID-009), so is one that is no name for a file on every system (ID-022)."""
    planned: dict[str, Page] = {}
    other: dict[str, Output | Listing] = {}
    taken: dict[str, Page | Output | Listing] = {}
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
    return Plan(planned, dict(_places(catalog, kinds)), other), tuple(problems)


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
    config: SiteConfig, pages: Mapping[str, Page], later: Collection[str], sections: Collection[str], span: Callable[..., Span]
) -> Iterator[Problem]:
    """Every navigation item must lead to a page (LNK-001), to one of ``later``, the addresses of what is not public yet
    (LNK-003), or to one of ``sections``: one without content is not shown, and nothing is wrong with that."""
    for index, item in enumerate(config.navigation):
        address = section_address(item.to)
        if (address not in pages or pages[address].is_gone) and (address in later or address not in sections):
            code = "LNK-003" if address in later else "LNK-001"
            yield problem(code, span(("navigation", index, "to")), target=item.to)


def section_address(to: str) -> str:
    """The site address that a navigation item's ``to`` means."""
    return to.strip("/") + "/" if to.strip("/") else ""
