"""``content/addresses.tsv``: every address that was ever published, a line each, sorted and only ever added to.

A line is the address, what stands there and the first day on which it was published, divided by tabs. What stands there is
``kind:id`` of a record, or one of the words ``page`` (of no record), ``feed``, ``data`` or ``former`` (an address that leads
on, or a tombstone). The lines are sorted by code point, as ``LC_ALL=C sort`` does, so that two branches that add lines are
merged by git and read by everybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from generator.problems import Problem, Span, problem
from generator.text.pathnames import NAME_LIMIT, is_portable_path, is_short_enough

LEDGER = "content/addresses.tsv"
LIMIT = 64 << 20  # bytes: half a million addresses
PAGE, FEED, DATA, FORMER = "page", "feed", "data", "former"  # what is of no record
_HOME = "/"  # how the address of the home page, which is empty, is written
_SEGMENT = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?:{_SEGMENT}/)*(?:{_SEGMENT}/|{_SEGMENT}\.[A-Za-z0-9]+)")
_SUBJECT = re.compile(rf"(?:{PAGE}|{FEED}|{DATA}|{FORMER}|[a-z][a-z0-9-]*:[a-z0-9/-]+)")
# Of what fits so far few can be no name of a file: those that begin like a device, and long ones.
_SUSPECT = re.compile(rf"(?:^|/)(?:con|prn|aux|nul|com|lpt)|[^/]{{{NAME_LIMIT}}}", re.IGNORECASE)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COLUMNS = 3


class Entry(NamedTuple):
    """An address of the site (empty for the home page), what stands there and since when. ``line`` is where the ledger
    says so, 0 for what it does not say yet."""

    address: str
    subject: str
    day: date
    line: int = 0

    @property
    def span(self) -> Span:
        """The place of the address in the ledger."""
        return Span(LEDGER, self.line)

    @property
    def record(self) -> tuple[str, str] | None:
        """The kind and the id of the record that stands there; ``None`` for what is of no record."""
        kind, colon, id = self.subject.partition(":")
        return (kind, id) if colon else None


def is_address(text: str) -> bool:
    """Whether ``text`` is the address of a page or file of a site as the plan writes it: relative to the home page, a folder
    with a stroke at its end or a file with an ending."""
    if not is_short_enough(text) or _ADDRESS.fullmatch(text) is None:
        return False
    return _SUSPECT.search(text) is None or is_portable_path(text.rstrip("/"))


def is_page(address: str) -> bool:
    """Whether a page can stand at ``address``, and not only a file of another form."""
    return address == "" or address.endswith(("/", ".html", ".htm"))


def parse(text: str) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """The entries of a ledger, and what is wrong with its lines: columns (URL-011), addresses (URL-012), subjects (URL-013), days
    (URL-014), an order that is not sorted (URL-015), an address a second time (URL-016). Takes linear time."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        found = _read(line, number)
        if isinstance(found, Entry):
            entries.append(found)
        else:
            problems += found
    first: dict[str, int] = {}
    for each in entries:
        if each.address in first:
            problems.append(problem("URL-016", each.span, address=_shown(each.address), first=first[each.address]))
        first.setdefault(each.address, each.line)
    for before, each in pairwise(entries):
        if _shown(each.address) < _shown(before.address):
            problems.append(problem("URL-015", each.span, address=_shown(each.address), before=_shown(before.address)))
    return tuple(each for each in entries if first[each.address] == each.line), tuple(problems)


def _read(line: str, number: int) -> Entry | list[Problem]:
    """What a line says, or what is wrong with it."""
    cells = line.split("\t")
    if len(cells) != _COLUMNS:
        return [problem("URL-011", Span(LEDGER, number), count=len(cells))]
    address, subject, written = cells
    day = _day(written)
    columns = (1, len(address) + 2, len(address) + len(subject) + 3)
    wrong = []
    if address != _HOME and not is_address(address):
        wrong.append(problem("URL-012", Span(LEDGER, number, columns[0]), address=address))
    if not _SUBJECT.fullmatch(subject):
        wrong.append(problem("URL-013", Span(LEDGER, number, columns[1]), subject=subject))
    if day is None:
        wrong.append(problem("URL-014", Span(LEDGER, number, columns[2]), day=written))
        return wrong
    return wrong or Entry("" if address == _HOME else address, subject, day, number)


@lru_cache(maxsize=4096)
def _day(text: str) -> date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _shown(address: str) -> str:
    """An address as the ledger writes it."""
    return address or _HOME


def written(entries: Iterable[Entry]) -> str:
    """The text of a ledger of ``entries``, whatever order they come in. What ``parse`` reads without a problem it gives back
    to the letter."""
    lines = sorted(f"{_shown(each.address)}\t{each.subject}\t{each.day.isoformat()}\n" for each in entries)
    return "".join(lines)


def fresh(known: Iterable[Entry], now: Iterable[Entry]) -> Iterator[Entry]:
    """The entries of ``now`` whose addresses ``known`` does not have: those to be added."""
    there = {each.address for each in known}
    for each in now:
        if each.address not in there:
            there.add(each.address)
            yield each
