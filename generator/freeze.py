"""Freezing a year: its folder, what is handed over of it, and its lock, each whole or not at all, the lock last.

Everything is made in a folder beside and put in its place by renaming. Killed at any moment, the same command goes on from
what is there: what was put in its place is what it would make again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from hashlib import file_digest
from pathlib import Path
from typing import Any, Literal

import generator
from generator.archive import deposit
from generator.archive.facts import Facts
from generator.archive.freezing import commits, contents, filling, versions
from generator.archive.items import Item
from generator.archive.sums import SUMS
from generator.archive.sums import written as sums_written
from generator.catalog.edition import Frozen
from generator.catalog.suppressions import Lifted
from generator.config import CONFIG_FILE, aware
from generator.engines import Engine
from generator.ledger import locks
from generator.messages import Words, words
from generator.pages import frozen as pages
from generator.pipeline import build
from generator.problems import Problem, Span, problem
from generator.publishing.manifest import MANIFEST
from generator.site.context import Site
from generator.source.files import SourceFile, read_text
from generator.stages.settings import Settings
from generator.stages.survey import Outcome
from generator.system import durable, forks, plainfiles
from generator.themes import basis as themes

_MOST = 1 << 26  # bytes of an index of a year
_NAMED = 5  # files that are named where two years differ

State = Literal["frozen", "again", "unchanged", "restored"]
Sums = Mapping[str, str]


class CannotFreeze(Exception):
    """What was asked for cannot be done. ``key`` is the wording that says why, ``values`` fill it."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key, self.values = key, values


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: the year, the day on which it is frozen where that is given, where the deposit goes, and what signs
    the sums of that."""

    year: int
    out: Path
    on: date | None = None
    sign: Callable[[bytes, Facts], bytes] | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen of the records on the way: what is wrong with them, how many there are, what of it they lifted."""

    problems: tuple[Problem, ...] = ()
    records: int = 0
    lifted: tuple[Lifted, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """How it ended: nothing was written where there are ``problems``. ``later`` is how many records of the year were published
    after its end, and are not in it."""

    problems: tuple[Problem, ...] = ()
    looked: Looked = Looked()
    state: State = "frozen"
    lock: locks.Lock | None = None
    later: int = 0


def freeze(settings: Settings, asked: Asked, engine: Engine) -> Done:
    """Freeze the year. Raises ``CannotFreeze``, ``Refused``, what a build raises, and ``OSError``.

    Where processes can be split, the year is built by one of its own, which ends with all that it had to know for that: what
    is handed over is written by one that knows little more than the paths of the files."""
    known, problems = lock_of(settings.root, asked.year)
    if problems:
        return Done(problems)
    lock = known.data if known is not None else None
    _check_over(settings, asked.year)
    if lock is not None and locks.is_newer(lock.generator):
        raise CannotFreeze("freeze.newer", year=asked.year, version=lock.generator, known=generator.__version__)
    frozen = _frozen(settings.root, asked, None if lock is None or lock.is_open else lock)
    folder = settings.root / locks.YEARS / str(asked.year)
    work = settings.root / f".archive-{asked.year}.building"
    plainfiles.clear(work)
    try:
        work.mkdir()
        durable.write(work / ".gitignore", b"*\n")
        made = replace(settings, year=asked.year, links="file", frozen=frozen)
        compare = lock is None or lock.is_open
        with forks.aside(partial(_build, made, work / "year", engine, compare=compare), 2) as build_it:
            new, looked, problems = build_it()
        return Done(problems, looked) if new is None or problems else _put(new, looked, folder, asked, lock, settings)
    finally:
        plainfiles.clear(work)


def described(folder: Path) -> tuple[int, Frozen] | None:
    """The year, and how it was frozen, whose records lie in ``folder``, ``None`` for a folder that is not part of one."""
    raw = plainfiles.read(folder.parent / Path(pages.INDEX).name, _MOST) if folder.name == Path(pages.RECORDS).name else None
    try:
        told = json.loads(raw or b"null")
        if not isinstance(told, dict) or told.get("format") != contents.FORMAT or told.get("version") != contents.VERSION:
            return None
        frozen = Frozen(date.fromisoformat(told["frozen_on"]), str(told["commit"]), str(told["generator"]), is_again=True)
        return int(told["year"]), frozen
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def lock_of(root: Path, year: int) -> tuple[locks.Locked | None, tuple[Problem, ...]]:
    """The lock of ``year`` with what is wrong with it; ``None`` without one."""
    path = locks.path_of(year)
    file = root / path
    if not os.path.lexists(file):
        return None, ()
    if plainfiles.is_link(file) or not file.is_file():
        return None, (problem("SEC-005", Span(path)),)
    text, problems = read_text(SourceFile(path, file, file.stat().st_size))
    if text is None:
        return None, problems
    lock, found = locks.read_lock(text)
    return lock, (*problems, *found) if lock is None else ()


def _check_over(settings: Settings, year: int) -> None:
    config, _, _ = themes.load(settings.root, settings.counting())
    if config is not None and aware(settings.as_of, config.zone).astimezone(config.zone).year <= year:
        raise CannotFreeze("freeze.not_over", year=year)


def _frozen(root: Path, asked: Asked, lock: locks.Lock | None) -> Frozen:
    """The day and the commit: of a year that is frozen already those of its lock, else what is asked for, else the last
    commit. Never the clock."""
    if lock is not None:
        return Frozen(lock.frozen_on, lock.commit, generator.__version__)
    commit = commits.head(root)
    day = asked.on or (commit.day if commit is not None else None)
    if day is None:
        raise CannotFreeze("freeze.no_day", year=asked.year)
    if day.year <= asked.year:
        raise CannotFreeze("freeze.early", year=asked.year, day=day.isoformat())
    return Frozen(day, commit.name if commit is not None else "", generator.__version__)


@dataclass(frozen=True, slots=True)
class _Made:
    """A frozen year, made and not in its place yet. ``sums`` are the digests of all its files, ``size`` is how many bytes these
    have, ``items`` are its records, ``beside`` lies beside it in the bag, ``sources`` are the paths of all
    that may be read."""

    folder: Path
    frozen: Frozen
    facts: Facts
    sums: Sums
    size: int
    items: tuple[Item, ...]
    beside: Mapping[str, bytes]
    later: int
    sources: frozenset[str]

    def lock(self, asked: Asked, before: locks.Lock | None) -> locks.Lock:
        """Its lock; what was thawed stays on record."""
        return locks.Lock(
            year=asked.year,
            title=self.facts.title,
            frozen_on=self.frozen.on,
            commit=self.frozen.commit,
            generator=self.frozen.version,
            digest=locks.digest_of(self.sums),
            files=len(self.sums),
            bytes=self.size,
            thawed=before.thawed if before is not None else (),
        )


def _build(settings: Settings, folder: Path, engine: Engine, *, compare: bool) -> tuple[_Made | None, Looked, tuple[Problem, ...]]:
    """The year in the new ``folder``, ``None`` where its records do not make one; with ``compare`` also which of them are not
    committed. Nothing in it leads to what the build knew."""
    outcome = build(settings, folder, engine)
    survey, published = outcome.survey, outcome.published
    looked = Looked(survey.problems, len(survey.reading.looked_at), survey.lifted)
    frozen = settings.frozen
    if published is None or outcome.hanging is None or frozen is None:
        return None, looked, ()
    site = outcome.hanging.made
    sums = {name: str(entry["sha256"]) for name, entry in published.listed.items()}
    sums[MANIFEST] = _digest(folder / MANIFEST)
    size = published.size + (folder / MANIFEST).stat().st_size
    items = filling.items(site, survey.sources)
    beside = dict(versions.pages(site, items, tuple(outcome.hanging.look.assets.styles)))
    sources = frozenset(survey.sources.files)
    made = _Made(folder, frozen, facts_of(site), sums, size, items, beside, _later(outcome, site), sources)
    named = _uncommitted(settings.root, frozen, site, survey.sources.files, sums) if compare else ()
    return made, looked, tuple(problem("ARC-027", Span(path), commit=frozen.commit[:12]) for path in named)


def _uncommitted(root: Path, frozen: Frozen, site: Site, sources: Mapping[str, SourceFile], sums: Sums) -> tuple[str, ...]:
    """The sources of the year that are not in its commit as they are."""
    if not frozen.commit:
        return ()
    config = root / CONFIG_FILE
    kept = (each.removeprefix(pages.RECORDS) for each in sums if each.startswith(pages.RECORDS))
    paths = {*kept, *(path for record in site.catalog for path in record.files)} & sources.keys()
    files = {path: sources[path] for path in sorted(paths)}
    return commits.unlike(root, frozen.commit, {CONFIG_FILE: SourceFile(CONFIG_FILE, config, config.stat().st_size), **files})


def _put(made: _Made, looked: Looked, folder: Path, asked: Asked, before: locks.Lock | None, settings: Settings) -> Done:
    """Put what was made in its place, unless that would change what is frozen."""
    lock, sums = made.lock(asked, before), made.sums
    there = sums_of(folder) if os.path.lexists(folder) else None
    is_open = before is not None and before.is_open
    if before is not None and not is_open and there is not None and locks.digest_of(there) != before.digest:
        locked, _ = lock_of(settings.root, asked.year)
        where = locked.span("digest") if locked is not None else Span(locks.path_of(asked.year))
        return Done((problem("ARC-023", where, path=f"{locks.YEARS}/{asked.year}"),), looked)
    is_other = there is not None and there != sums and not is_open
    if is_other or (before is not None and not is_open and lock.digest != before.digest):
        return Done(tuple(_differences(there or {}, sums, asked.year, made.sources)), looked)
    _deposit(made, asked)
    state: State = "again" if is_open else "frozen"
    if before is not None and not is_open:
        state = "restored" if there is None else "unchanged"
    if there != sums:
        folder.parent.mkdir(exist_ok=True)
        durable.settle(made.folder)
        _exchange(made.folder, folder)
        durable.settle_folder(folder.parent)
    if before != lock:
        file = settings.root / locks.path_of(asked.year)
        file.parent.mkdir(parents=True, exist_ok=True)
        plainfiles.replace_source(file, locks.written(lock).encode())
        durable.settle_folder(file.parent)
    return Done(looked=looked, state=state, lock=lock, later=made.later)


def _exchange(made: Path, folder: Path) -> None:
    """Have ``made`` at ``folder``; what was there goes beside ``made``, and comes back where that fails."""
    before = made.with_name("before")
    if os.path.lexists(folder):
        folder.rename(before)
    try:
        made.rename(folder)
    except OSError:
        if os.path.lexists(before):
            before.rename(folder)
        raise


def _later(outcome: Outcome, site: Site) -> int:
    """How many records of the year are public by now, and were not by its end."""
    read = outcome.survey.read
    assert read is not None
    now, public = replace(read.edition, year=None, frozen=None), site.catalog
    mine = (each for each in read.catalog if each.data.year == site.year)
    return sum(1 for each in mine if now.shows(each) and public.get(each.kind, each.id) is None)


def _differences(there: Sums, made: Sums, year: int, sources: Collection[str]) -> Iterator[Problem]:
    """The first files in which what is frozen and what was made now differ, each at the source that it comes from where it has one
    of its own; the lock where there are no files."""
    if not there:
        where = Span(locks.path_of(year))
        yield problem("ARC-022", where, year=year, path=locks.path_of(year), what=words("freeze.digest"))
    names = sorted(name for name in there.keys() | made.keys() if there.get(name) != made.get(name)) if there else []
    records = [each for each in names if each.startswith(pages.RECORDS)]  # why the others differ
    for name in (records or [each for each in names if each not in (MANIFEST, pages.INDEX)] or names)[:_NAMED]:
        path = f"{locks.YEARS}/{year}/{name}"
        source = name.removeprefix(pages.RECORDS)
        where = Span(source if source in sources or source == CONFIG_FILE else path)
        yield problem("ARC-022", where, year=year, path=path, what=_what(name, there, made))


def _what(name: str, there: Sums, made: Sums) -> Words:
    key = "freeze.added" if name not in there else "freeze.gone" if name not in made else "freeze.changed"
    return words(key)


def sums_of(folder: Path) -> dict[str, str]:
    """The digest of every file below ``folder``. What is no plain file has none, so that it differs from all."""
    found = {}
    for base, folders, names in os.walk(folder):
        links = [each for each in folders if plainfiles.is_link(Path(base, each))]
        for each in (*names, *links):
            file = Path(base, each)
            is_plain = file.is_file() and not plainfiles.is_link(file)
            found[file.relative_to(folder).as_posix()] = _digest(file) if is_plain else ""
    return found


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


# -- what is handed over ------------------------------------------------------------------------------------------------


def _deposit(made: _Made, asked: Asked) -> None:
    """Write the deposit, unless it is there: then it has to be of the same year."""
    facts = made.facts
    if os.path.lexists(asked.out):
        listed = (plainfiles.read(asked.out / SUMS, _MOST) or b"").decode("utf-8", "replace").splitlines()
        wanted = {f"{facts.stem}/data/{facts.year}/{name}": digest for name, digest in made.sums.items()}
        if not set(sums_written(wanted).decode().splitlines()) <= set(listed):
            raise CannotFreeze("freeze.deposit", year=asked.year, path=asked.out)
        return
    sign = None if asked.sign is None else lambda content: asked.sign(content, facts)  # type: ignore[misc]
    deposit.write(made.folder, facts, asked.out, sign, made.items, made.beside)


def facts_of(site: Site) -> Facts:
    """What a deposit of ``site``, a frozen year, says of itself."""
    config, frozen = site.config, site.frozen
    assert frozen is not None and site.year is not None
    keeping, footer, licence = config.archive, config.footer, config.data.licence
    told: dict[str, Any] = {"fonds": keeping.fonds} if keeping.fonds else {}
    return Facts(
        title=config.name,
        organisation=keeping.organisation or footer.organiser or config.name,
        contact=keeping.contact or " ".join(filter(None, (footer.contact, footer.phone))) or "-",
        year=site.year,
        frozen_on=frozen.on,
        retention=keeping.retention,
        commit=frozen.commit,
        version=frozen.version,
        description=config.description,
        address=config.address or "",
        licence=f"{licence.name} {licence.address}" if licence else "",
        **told,
    )

