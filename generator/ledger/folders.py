"""The folder of a frozen year, ``archives/<year>/``: which files are there, and what is in each as one digest.

A year may have 20,000 files and a site ten years, so a file is not read again while the system says of it what it said then:
kind, disk, number, size and both times, of which nobody can set that of the last change of state. What is kept of that lies
under the seal of the user's own cache; without it every file is read. What is published is compared with its digest while it is
copied, whatever was kept.
"""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import file_digest
from pathlib import Path
from typing import NamedTuple

from generator.ledger.locks import YEARS, digest_of, year_in
from generator.problems import Problem, Span, problem
from generator.source.files import sort_of
from generator.system import sealed
from generator.system.cache import Cache, key
from generator.system.looks import is_settled
from generator.system.packing import packed, unpacked
from generator.text.legible import in_line
from generator.text.pathnames import PATH_LIMIT, folded, is_portable, is_short_enough

_STEP, _FORM = "frozen", "1"  # of what is kept
_HEX = re.compile("[0-9a-f]{64}")
_BESIDE = frozenset({".gitkeep", ".gitattributes", ".gitignore", "README.md", "README.txt", ".DS_Store", "Thumbs.db"})


class Sum(NamedTuple):
    """What is in a file: its SHA-256 and how many bytes that is."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Folder:
    """The files of a frozen year as they are, by their paths in it, and what is there that cannot be one."""

    year: int
    files: Mapping[str, Sum] = field(repr=False)
    problems: tuple[Problem, ...] = ()

    @cached_property
    def digest(self) -> str:
        """The one digest of all files, as a lock has it."""
        return digest_of({name: each.sha256 for name, each in self.files.items()})

    @cached_property
    def size(self) -> int:
        """How many bytes all of them have."""
        return sum(each.size for each in self.files.values())


def years_of(root: Path) -> tuple[dict[int, str], tuple[Problem, ...]]:
    """The folders of frozen years below ``root``, year → path, and what lies beside them and is none (ARC-009)."""
    place = root / YEARS
    if place.is_symlink():
        return {}, (problem("SEC-005", Span(YEARS)),)
    if not place.is_dir():
        return {}, (problem("ARC-009", Span(YEARS), name=YEARS),) if os.path.lexists(place) else ()
    found: dict[int, str] = {}
    problems: list[Problem] = []
    with os.scandir(place) as entries:
        for entry in sorted(entries, key=lambda each: each.name):
            path, year = f"{YEARS}/{entry.name}", year_in(entry.name)
            if entry.is_symlink():
                problems.append(problem("SEC-005", Span(in_line(path))))
            elif year is not None and entry.is_dir():
                found[year] = path
            elif entry.name not in _BESIDE:
                problems.append(problem("ARC-009", Span(in_line(path)), name=in_line(entry.name)))
    return found, tuple(problems)


def look(root: Path, year: int, cache: Cache | None = None) -> Folder:
    """The folder of ``year`` below ``root`` with the digests of its files, of which ``cache`` has those that have not changed.
    Raises ``OSError`` for what may not be read."""
    path = f"{YEARS}/{year}"
    problems: list[Problem] = []
    states = {name: sealed.state_of(state) for name, state in _sound(_below(root / path), path, problems)}
    begun, name = time.time_ns(), key(_STEP, _FORM, (str(root.resolve()), str(year)))
    kept = (unpacked(cache.read(_STEP, name) or b"", dict) if cache is not None else None) or {}
    files: dict[str, Sum] = {}
    keeps: dict[str, tuple[tuple[int, ...], str]] = {}
    for each, state in states.items():
        known = _known(kept.get(each), state)
        try:
            files[each] = Sum(known or _digest(root, f"{path}/{each}"), state[3])
        except sealed.Changed:
            problems.append(problem("SEC-021", Span(in_line(f"{path}/{each}"))))
            continue
        if is_settled(state[-2:], begun):
            keeps[each] = (state, files[each].sha256)
    if cache is not None and keeps != kept:
        cache.write(_STEP, name, packed(keeps))
    return Folder(year, files, tuple(problems))


def _known(kept: object, state: tuple[int, ...]) -> str | None:
    match kept:
        case (before, str(digest)) if before == state and _HEX.fullmatch(digest):
            return digest
    return None


def _digest(root: Path, path: str) -> str:
    with sealed.opened(root, path) as file:
        return file_digest(file, "sha256").hexdigest()


def _below(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything below ``folder`` but folders, by its path there, sorted within each folder."""
    waiting = [""]
    while waiting:
        inner = waiting.pop()
        with os.scandir(folder / inner) as entries:
            found = sorted(entries, key=lambda each: each.name)
        for entry in found:
            name = f"{inner}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{name}/")
            else:
                yield name, entry


def _sound(
    found: Iterable[tuple[str, os.DirEntry[str]]], path: str, problems: list[Problem]
) -> Iterator[tuple[str, os.stat_result]]:
    """The plain files with names that every system can hold; ``problems`` gets the others."""
    first: dict[str, str] = {}
    for name, entry in found:
        place = Span(in_line(f"{path}/{name}"))
        state = entry.stat(follow_symlinks=False)
        twin = first.setdefault(folded(name), name)
        if entry.is_symlink():
            problems.append(problem("SEC-005", place))
        elif not stat.S_ISREG(state.st_mode):
            problems.append(problem("SEC-020", place, what=sort_of(state.st_mode)))
        elif not all(map(is_portable, name.split("/"))):
            problems.append(problem("ID-004", place))
        elif not is_short_enough(name):
            problems.append(problem("ID-020", place, length=len(name), limit=PATH_LIMIT))
        elif twin != name:
            problems.append(problem("ID-005", place, other=f"{path}/{twin}"))
        else:
            yield name, state
