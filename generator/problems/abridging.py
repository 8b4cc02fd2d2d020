"""What of many problems a person is shown in full. A file of thirty thousand mistakes is one mistake to whoever has to
mend it, and a log of nine megabytes is read by nobody. Nothing is hidden from a program: JSON has all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.problems import Problem

MOST_OF_A_FILE = 50
MOST = 500


@dataclass(frozen=True, slots=True)
class Abridged:
    """``shown`` are the problems in full, in their order; ``left`` how many more each file has; ``errors`` and
    ``warnings`` count all of them."""

    shown: tuple[Problem, ...]
    left: Mapping[str, int]
    errors: int
    warnings: int

    @property
    def total(self) -> int:
        """How many there are, shown or not."""
        return self.errors + self.warnings

    @property
    def is_whole(self) -> bool:
        """Whether all of them are shown."""
        return not self.left


def abridged(problems: Iterable[Problem]) -> Abridged:
    """The problems that are shown: of each file the first errors, then its first warnings; of many files the first of each
    before the second of any. So no error is pushed out by warnings, and no file by another one."""
    every = tuple(problems)
    errors = sum(each.is_error for each in every)
    seen: Counter[str] = Counter()
    ranked: list[tuple[bool, int, int]] = []
    for at in sorted(range(len(every)), key=lambda at: not every[at].is_error):
        path = every[at].span.path
        if seen[path] < MOST_OF_A_FILE:
            ranked.append((not every[at].is_error, seen[path], at))
        seen[path] += 1
    chosen = sorted(at for *_, at in sorted(ranked)[:MOST])
    shown = tuple(every[at] for at in chosen)
    left = seen - Counter(each.span.path for each in shown)
    return Abridged(shown, left, errors, len(every) - errors)


def by_file(told: Abridged) -> tuple[tuple[tuple[Problem, ...], str, int], ...]:
    """What is shown, file by file: its problems, its path, and how many more it has. Files of which nothing is shown are
    not among them."""
    groups: dict[str, list[Problem]] = {}
    for each in told.shown:
        groups.setdefault(each.span.path, []).append(each)
    return tuple((tuple(found), path, told.left.get(path, 0)) for path, found in groups.items())


def unshown_files(told: Abridged) -> int:
    """How many files have problems of which none is shown."""
    return len(told.left.keys() - {each.span.path for each in told.shown})
