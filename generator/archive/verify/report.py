"""What a verification says: for each of the four properties of an archive what was looked at, and what was found.

The order is that of DA/T 70-2018 四性检测: authenticity, completeness, usability, safety. What a program cannot judge is
left to a person, and never passed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from generator import __version__
from generator.problems import Problem, Span, in_order, problem

Aspect = Literal["authenticity", "completeness", "usability", "safety"]
ASPECTS: tuple[Aspect, ...] = ("authenticity", "completeness", "usability", "safety")
Kind = Literal["site", "year", "handover", "bag", "zip", "wacz"]
State = Literal["passed", "warned", "failed", "manual"]

# What is looked at, in the order of the report; then what only a person can look at.
ITEMS: Mapping[Aspect, tuple[str, ...]] = {
    "authenticity": ("content", "lists", "origins", "rebuilt", "signature", "stamp"),
    "completeness": ("files", "members", "counts"),
    "usability": ("readable", "versions", "links", "replay"),
    "safety": ("paths", "packing"),
}
MANUAL: Mapping[Aspect, tuple[str, ...]] = {
    "authenticity": ("signer", "provenance"),
    "completeness": ("scope",),
    "usability": ("carrier", "environment"),
    "safety": ("virus", "handover"),
}
_ITEM_OF = {
    "content": ("ARC-101", "ARC-102", "ARC-103", "ARC-108"),
    "lists": ("ARC-104", "ARC-105", "ARC-109", "ARC-110"),
    "origins": ("ARC-111",),
    "rebuilt": ("ARC-112", "ARC-113"),
    "signature": ("ARC-106",),
    "stamp": ("ARC-107",),
    "files": ("ARC-201", "ARC-202", "ARC-203", "ARC-206", "ARC-209", "ARC-210"),
    "members": ("ARC-204", "ARC-207", "ARC-211"),
    "counts": ("ARC-205",),
    "readable": ("ARC-301", "ARC-303", "ARC-304", "ARC-309", "ARC-310"),
    "versions": ("ARC-302", "ARC-311"),
    "links": ("ARC-312", "ARC-313"),
    "replay": ("ARC-305", "ARC-306", "ARC-307", "ARC-308"),
    "paths": ("ARC-401", "ARC-402", "ARC-404", "ARC-408"),
    "packing": ("ARC-403", "ARC-405", "ARC-406", "ARC-409"),
}
_OURS = "exhibit "
_PLACES = ("path", "other", "list")  # the values of a problem that are paths
ITEM_OF: Mapping[str, str] = {code: item for item, codes in _ITEM_OF.items() for code in codes}


@dataclass(frozen=True, slots=True)
class Report:
    """What was found at a path. ``looked`` are the items that a program looked at, ``parts`` what else was looked at
    inside, such as the bag of a deposit, each with its kind."""

    kind: Kind
    files: int = 0
    size: int = 0
    looked: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    manual: frozenset[str] = frozenset()  # items that a program could have looked at, but was not given what it needs
    parts: tuple[tuple[str, Kind], ...] = ()
    is_ours: bool = False  # whether this program wrote it, so that more can be asked of how it is written

    @property
    def has_failed(self) -> bool:
        """Whether there is more than warnings."""
        return any(each.is_error for each in self.problems)

    def of(self, item: str) -> tuple[Problem, ...]:
        """The problems of one item, sorted."""
        return in_order(each for each in self.problems if ITEM_OF[each.code] == item)

    def state(self, item: str) -> State | None:
        """What became of an item; ``None`` where there was nothing to look at."""
        found = self.of(item)
        if any(each.is_error for each in found):
            return "failed"
        if item in self.manual:
            return "manual"
        if found:
            return "warned"
        return "passed" if item in self.looked else None

    def rows(self, aspect: Aspect) -> list[tuple[str, State]]:
        """The items of an aspect with their states, then what is for a person."""
        known = [(item, self.state(item)) for item in ITEMS[aspect]]
        return [(item, state) for item, state in known if state] + [(item, "manual") for item in MANUAL[aspect]]

    def below(self, folder: str) -> Report:
        """The same about something that lies in ``folder``: all places begin there."""
        moved = tuple(_below(folder, each) for each in self.problems)
        return replace(self, problems=moved, parts=tuple((f"{folder}/{name}", kind) for name, kind in self.parts))

    def with_part(self, name: str, part: Report) -> Report:
        """This report with that of something inside, which knows more of what both say."""
        inner = part.below(name)
        told = {(each.code, each.span.path) for each in inner.problems}
        return replace(
            self,
            looked=self.looked | inner.looked,
            manual=self.manual | inner.manual,
            problems=tuple(each for each in self.problems if (each.code, each.span.path) not in told) + inner.problems,
            parts=(*self.parts, (name, part.kind), *inner.parts),
        )

    def left_to_people(self, item: str) -> Report:
        """This report with an item that could be looked at by a program, but not by this one now."""
        return replace(self, manual=self.manual | {item})

    def plus(self, problems: Iterable[Problem], *looked: str) -> Report:
        """This report with more problems, and more items that were looked at."""
        return replace(self, problems=self.problems + tuple(problems), looked=self.looked | set(looked))


def _below(folder: str, each: Problem) -> Problem:
    values = {name: f"{folder}/{value}" if name in _PLACES and value else value for name, value in each.values}
    if each.code == "ARC-401":
        values["other"] = dict(each.values)["other"]  # as it is written, for it leads nowhere
    return replace(each, span=each.span._replace(path=f"{folder}/{each.span.path}"), values=tuple(sorted(values.items())))


def found(code: str, path: str, line: int = 0, **values: object) -> Problem:
    """A problem of the file ``path``, at a line where it is a list; it is named in the wording as well."""
    return problem(code, Span(path, line, 0), path=path, **values)


def maker(agent: str) -> tuple[bool, bool]:
    """Whether what says that ``agent`` made it is ours, so that more may be asked of it, and whether a newer version of
    this program made it, of which nothing is known."""
    is_exhibit = agent.startswith(_OURS)
    is_newer = is_exhibit and numbers(agent.removeprefix(_OURS)) > numbers(__version__)
    return is_exhibit and not is_newer, is_newer


def numbers(version: str) -> tuple[int, ...]:
    """The numbers of a version, to be compared."""
    return tuple(int(each[:9]) for each in re.findall(r"[0-9]+", version))


def eased(each: Problem, *, is_eased: bool) -> Problem:
    """The same as a warning: archives that others made may do what ours never do."""
    return replace(each, is_eased=True) if is_eased else each
