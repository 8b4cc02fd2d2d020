"""Mounted years: the lock of each, its folder, and what its list of records (``archive/archive.json``) says of every page.

A year is used only where its folder has the digest of its lock, so its pages are those that were frozen. What the list says is
believed no further: it came with a submission too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from generator import __version__
from generator.ledger.folders import Folder, Sum, look, years_of
from generator.ledger.lines import is_address
from generator.ledger.locks import YEARS, Lock, Locked, Locks, is_newer, path_of
from generator.messages import Words, say, words
from generator.problems import Problem, Span, problem
from generator.system import plainfiles
from generator.system.cache import Cache
from generator.text.addresses import output_file
from generator.text.legible import in_line

VERSIONS, TIMEMAPS = "versions/", "timemaps/"  # beside the years: what later states a record has
LIST, MANIFEST, FORMAT, VERSION = "archive/archive.json", "manifest.json", "exhibition-archive", 1
_LARGEST = 256 << 20  # bytes of a list: more than a million records
_KIND, _SHA = re.compile(r"[a-z][a-z0-9-]{0,40}"), re.compile("[0-9a-f]{64}")
_ID = re.compile(r"[a-z0-9][a-z0-9/._-]{0,200}")
_DATED = re.compile(r"(?:[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)?")
_SHOWN = 5  # names of files in a message
_MOST = 500  # characters of a title


@dataclass(frozen=True, slots=True)
class FrozenRecord:
    """A record as a year has it: where its page is in the folder of the year (``page``, at the address ``address``), with which
    SHA-256, and the day or year that it is dated, if any."""

    kind: str
    id: str
    title: str
    address: str
    page: str
    sha256: str
    dated: str

    @property
    def section(self) -> str:
        """What its address begins with, ``brands`` for ``brands/x/``; empty for the home page."""
        return self.address.partition("#")[0].partition("/")[0]


@dataclass(frozen=True, slots=True)
class FrozenYear:
    """A frozen year that can be shown: its lock and its records."""

    lock: Lock
    records: tuple[FrozenRecord, ...] = field(repr=False)

    @property
    def year(self) -> int:
        """Which year it is."""
        return self.lock.year

    @property
    def address(self) -> str:
        """Where it stands in the site."""
        return f"{self.year}/"


class State(NamedTuple):
    """How a record stands in a frozen year."""

    lock: Lock
    record: FrozenRecord

    @property
    def address(self) -> str:
        """Where its page is in the site."""
        return f"{self.lock.year}/{self.record.address}"

    @property
    def file(self) -> str:
        """The file of that page."""
        return f"{self.lock.year}/{self.record.page}"


@dataclass(frozen=True)
class Years:
    """The frozen years of a site, the newest first, as pages tell of them."""

    all: tuple[FrozenYear, ...] = ()

    @cached_property
    def states(self) -> Mapping[tuple[str, str], tuple[State, ...]]:
        """How each record, by kind and id, stands in the years, the newest first."""
        found: dict[tuple[str, str], list[State]] = {}
        for year in self.all:
            for each in year.records:
                found.setdefault((each.kind, each.id), []).append(State(year.lock, each))
        return {key: tuple(states) for key, states in found.items()}

    @cached_property
    def at(self) -> Mapping[str, tuple[State, ...]]:
        """The same by the address of the page that a record has to itself."""
        found: dict[str, list[State]] = {}
        for state in (each for states in self.states.values() for each in states):
            if "#" not in state.record.address:
                found.setdefault(state.record.address, []).append(state)
        return {at: tuple(sorted(each, key=lambda one: -one.lock.year)) for at, each in sorted(found.items())}


@dataclass(frozen=True, slots=True)
class Mounted:
    """All frozen years, the newest first, the files of each by its year, and what is wrong with them, their locks included.
    ``last_change`` is the last day on which one was frozen or thawed."""

    years: Years = Years()
    files: Mapping[int, Mapping[str, Sum]] = field(default_factory=dict, repr=False)
    problems: tuple[Problem, ...] = ()
    last_change: date | None = None


def read_mounted(root: Path, locks: Locks, today: date, cache: Cache | None = None) -> Mounted:
    """The frozen years below ``root``, as seen on the day ``today``."""
    folders, beside = years_of(root)
    problems: list[Problem] = [*locks.problems, *beside]
    for year in folders.keys() - locks.named:
        problems.append(problem("ARC-003", Span(folders[year]), year=year))
    found: list[FrozenYear] = []
    files: dict[int, Mapping[str, Sum]] = {}
    for year, locked in sorted(locks.sound.items(), reverse=True):
        lock = locked.data
        if year >= today.year or lock.frozen_on > today:
            problems.append(problem("ARC-006", locked.span("frozen_on"), year=year, day=lock.frozen_on.isoformat()))
        elif year not in folders:
            problems.append(problem("ARC-002", Span(path_of(year)), year=year))
        else:
            folder = look(root, year, cache)
            one, wrong = _year(root, locked, folder)
            problems += wrong
            if one is not None:
                found.append(one)
                files[year] = folder.files
    return Mounted(Years(tuple(found)), files, tuple(problems), locks.last_change(today))


def _year(root: Path, locked: Locked, folder: Folder) -> tuple[FrozenYear | None, tuple[Problem, ...]]:
    lock = locked.data
    if folder.problems:
        return None, folder.problems
    if (len(folder.files), folder.size, folder.digest) != (lock.files, lock.bytes, lock.digest):
        key = "digest" if folder.digest != lock.digest else "files" if len(folder.files) != lock.files else "bytes"
        what = _difference(root, folder) if key == "digest" else words("archives.counted")
        return None, (problem("ARC-001", locked.span(key), year=lock.year, what=what),)
    path = f"{YEARS}/{lock.year}/{LIST}"
    try:
        records = tuple(_records(_list(root, path), folder, lock))
    except _Newer as error:
        version = in_line(error.version)
        return None, (problem("ARC-004", Span(path), path=path, version=version, known=__version__),)
    except _Unusable as error:
        return None, (problem("ARC-005", Span(path), path=path, what=error.what),)
    return FrozenYear(lock, records), ()


def meeting(years: Collection[int], planned: Iterable[str]) -> dict[int, list[str]]:
    """The ``planned`` addresses that lie where one of the ``years`` does."""
    found: dict[int, list[str]] = {}
    folders = {str(each): each for each in years}
    for address in planned:
        year = folders.get(address.partition("/")[0])
        if year is not None:
            found.setdefault(year, []).append(address)
    return found


# -- the list of records -------------------------------------------------------------------------------------------------


class _Unusable(Exception):
    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.what = Words(say(key, "zh", **values), say(key, "en", **values))


class _Newer(Exception):
    def __init__(self, version: str) -> None:
        super().__init__(version)
        self.version = version


def _list(root: Path, path: str) -> dict[str, Any]:
    raw = plainfiles.read(root / path, _LARGEST)
    try:
        told = json.loads(raw) if raw is not None else None
    except (ValueError, RecursionError):
        raise _Unusable("archives.no_list") from None
    if not isinstance(told, dict) or told.get("format") != FORMAT or not isinstance(told.get("version"), int):
        raise _Unusable("archives.no_list")
    if told["version"] > VERSION:
        maker = told.get("generator")
        raise _Newer(maker if isinstance(maker, str) and is_newer(maker) else f"{FORMAT} {told['version']}")
    return told


def _records(told: Mapping[str, Any], folder: Folder, lock: Lock) -> Iterator[FrozenRecord]:
    """The records that the list has, in its order. Raises ``_Unusable``."""
    known = {"year": lock.year, "frozen_on": lock.frozen_on.isoformat(), "commit": lock.commit, "generator": lock.generator}
    other = next((name for name, value in known.items() if told.get(name) != value), None)
    if other is not None:
        raise _Unusable("archives.other", name=other, lock=str(known[other]))
    listed = told.get("records")
    if not isinstance(listed, list):
        raise _Unusable("archives.no_list")
    seen: set[tuple[str, str]] = set()
    for number, each in enumerate(listed, 1):
        record = _record(each, folder)
        if record is None or (record.kind, record.id) in seen:
            raise _Unusable("archives.record", number=str(number))
        seen.add((record.kind, record.id))
        yield record


def _record(told: object, folder: Folder) -> FrozenRecord | None:
    """A record of the list, ``None`` for what is none of this year: all of it becomes addresses and words of pages."""
    names = ("kind", "id", "title", "address", "page", "sha256", "dated")
    values = [told.get(name) for name in names] if isinstance(told, dict) else [None]
    if not all(isinstance(each, str) for each in values):
        return None
    record = FrozenRecord(*map(str, values))
    before, mark, anchor = record.address.partition("#")
    is_sound = (
        _KIND.fullmatch(record.kind)
        and _ID.fullmatch(record.id)
        and 0 < len(record.title) <= _MOST
        and in_line(record.title) == record.title
        and (before == "" or is_address(before))
        and (not mark or _ID.fullmatch(anchor))
        and record.page == output_file(before)
        and record.page in folder.files
        and folder.files[record.page].sha256 == record.sha256
        and _DATED.fullmatch(record.dated)
    )
    return record if is_sound else None


# -- which files changed -------------------------------------------------------------------------------------------------


def _difference(root: Path, folder: Folder) -> Words:
    """Which files of a year are not what its own manifest says, as far as that tells: it does not list itself."""
    told = _manifest(root / YEARS / str(folder.year) / MANIFEST)
    if told is None:
        return words("archives.no_manifest")
    parts = []
    changed = sorted(name for name in told.keys() & folder.files.keys() if told[name] != folder.files[name].sha256)
    for key, names in (("changed", changed), ("missing", sorted(told.keys() - folder.files.keys())), ("added", _added(told, folder))):
        if names:
            parts.append(_named(f"archives.{key}", names))
    if not parts:
        return words("archives.unnamed")
    return Words("；".join(each.zh for each in parts), "; ".join(each.en for each in parts))


def _added(told: Mapping[str, str], folder: Folder) -> list[str]:
    """The files that the manifest does not have and should: of what is beside the site it may have all or nothing."""
    has_all = any(name.startswith("archive/") for name in told)
    beside = {MANIFEST} | (set() if has_all else {"README.txt"})
    names = folder.files.keys() - told.keys() - beside
    return sorted(each for each in names if has_all or not each.startswith("archive/"))


def _named(key: str, names: list[str]) -> Words:
    def told(language: Any, comma: str, more: str) -> str:
        shown = comma.join(map(in_line, names[:_SHOWN])) + (more if len(names) > _SHOWN else "")
        return say(key, language, count=len(names), names=shown)

    return Words(told("zh", "、", " 等"), told("en", ", ", " …"))


def _manifest(file: Path) -> dict[str, str] | None:
    """The digests that the manifest of a site gives its files, ``None`` where it cannot be read."""
    try:
        files = json.loads(plainfiles.read(file, _LARGEST) or b"")["files"]
        return {str(name): str(each["sha256"]) for name, each in files.items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
