"""Addresses that are taken before anybody takes them: the folders that the program fills, the years that are frozen beside
the site, the words that it puts behind the address of a section.

A page there may stand today and be in the way tomorrow, when the first brand, the second page of a wall or the next year
comes. So it is told at once, at the file that has to be renamed; what is in the way already is told by the plan (ID-009).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain

from generator.catalog.catalog import Catalog
from generator.catalog.kind import Kind
from generator.catalog.record import Record
from generator.ledger.mounted import TIMEMAPS, VERSIONS
from generator.problems import Problem, problem
from generator.site.context import Plan
from generator.text.addresses import output_file, share_address
from generator.text.pathnames import folded

WORDS = frozenset({"by", "page", "index"})  # behind the address of a wall: its facets, its further pages, its file
_STATES = {each.rstrip("/") for each in (VERSIONS, TIMEMAPS)}
_PROGRAM = frozenset({"assets", "media", "walls", "404", share_address("", "card").partition("/")[0], *_STATES})
_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")


def folders(kinds: Iterable[Kind], sections: Collection[str]) -> frozenset[str]:
    """The folders at the root of a site that the program fills, whether or not there is anything in them yet."""
    kinds = tuple(kinds)
    own = {each.split("/")[0] for each in sections} | {kind.short for kind in kinds if kind.short}
    return frozenset(own - {""}) | _PROGRAM


def check(
    catalog: Catalog, plan: Plan, kinds: Iterable[Kind], taken: Collection[str], clashes: Iterable[Problem]
) -> Iterator[Problem]:
    """Pages of the content in a folder of the program (ID-023) or of a year (ID-024), and records whose address is one
    that the program needs below its section (ID-025). ``clashes`` name what was told already."""
    kinds = tuple(kinds)
    shared = frozenset(kind.section.rstrip("/") for kind in kinds if kind.section)
    told = {each.span.path for each in clashes}
    within = _within(plan)
    for kind in kinds:
        if kind.address is None:
            continue
        for record in catalog.all(kind.name):
            if record.path in told:
                continue
            address = kind.address(record.id)
            if kind.layout.form == "markdown":
                yield from _of_page(record, address, taken, shared)
            elif record.id in WORDS or _is_shared(record, address, within):
                yield problem("ID-025", record.span("id"), id=record.id, address=address)


def _of_page(
    record: Record, address: str, taken: Collection[str], shared: Collection[str]
) -> Iterator[Problem]:
    """A page may tell more of a section (``shared``), but not be it."""
    first, _, rest = folded(address).partition("/")
    if _YEAR.fullmatch(first):
        yield problem("ID-024", record.span(), address=address, year=first)
    elif first in taken and (first not in shared or not rest or rest.partition("/")[0] in WORDS):
        yield problem("ID-023", record.span(), address=address, folder=first)


def _within(plan: Plan) -> Mapping[str, set[str]]:
    """Folder of the site → the sources of what lies in it."""
    found: dict[str, set[str]] = {}
    for each in chain(plan.pages.values(), plan.outputs.values()):
        folder = output_file(each.address).rpartition("/")[0]
        found.setdefault(f"{folder}/", set()).add(each.origin.path)
    return found


def _is_shared(record: Record, address: str, within: Mapping[str, set[str]]) -> bool:
    """Whether something that is none of the record's lies right in its folder."""
    return bool(within.get(address, set()) - {record.path, *record.files})
