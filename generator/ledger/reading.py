"""Both files of promises, read from the sources of a site. Neither has to be there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from generator.ledger.lines import LEDGER, LIMIT, Entry, parse
from generator.ledger.tombstones import TOMBSTONES, Stone, Stones, read_stones
from generator.problems import Problem
from generator.source.files import Sources, read_text

FILES: Final = frozenset({LEDGER, TOMBSTONES})  # which belong to no record


@dataclass(frozen=True, slots=True)
class Ledger:
    """What was promised: the ``entries`` of the ledger as far as they can be read, and the tombstones. ``faulty`` are the
    addresses of tombstones that cannot be used, ``None`` where nobody can tell. ``problems`` are those of both files."""

    entries: tuple[Entry, ...] = ()
    stones: tuple[Stone, ...] = field(default=(), repr=False)
    faulty: frozenset[str] | None = field(default=frozenset(), repr=False)
    problems: tuple[Problem, ...] = ()

    def last_change(self, today: date) -> date | None:
        """The last day, not after ``today``, from which a tombstone counts."""
        days = (each.data.withdrawn_on for each in self.stones)
        return max((day for day in days if day <= today), default=None)

    def until(self, day: date) -> Ledger:
        """The same without what was first published after ``day``: the site of an earlier day does not lack it."""
        return replace(self, entries=tuple(each for each in self.entries if each.day <= day))


NOTHING = Ledger()


def read_ledger(sources: Sources) -> Ledger:
    """Read both files, as far as they are there."""
    entries: tuple[Entry, ...] = ()
    stones = Stones()
    problems: tuple[Problem, ...] = ()
    if LEDGER in sources.files:
        text, found = read_text(sources.files[LEDGER], LIMIT)
        problems += found
        if text is not None:
            entries, found = parse(text.text)
            problems += found
    if TOMBSTONES in sources.files:
        text, found = read_text(sources.files[TOMBSTONES])
        problems += found
        stones = Stones(faulty=None)
        if text is not None:
            hidden = {(each.span.path, each.span.line) for each in problems if each.code == "SEC-001"}
            stones = read_stones(text, hidden)
    return Ledger(entries, stones.sound, stones.faulty, (*problems, *stones.problems))
