"""``check PATHS``: which records a person asks about, and an honest word where nothing is looked at.

A path counts from the folder one is in or from the site's, with either kind of slash. What cannot be found, or is no part
of any record, is never answered with "clean".
"""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.catalog.gathering import gather
from generator.catalog.suppressions import Lifted
from generator.checks.pending import Pending
from generator.cli.usage import nearest, quoted
from generator.config import CONFIG_FILE
from generator.kinds import KINDS
from generator.ledger.locks import FOLDER, YEARS
from generator.media import pictures
from generator.messages import Language, say
from generator.problems import Problem
from generator.source.files import SOURCE_FOLDERS, Sources
from generator.stages.survey import Survey
from generator.system.failures import CannotDo
from generator.text.legible import in_line
from generator.text.pathnames import folded

_PATTERN = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Answer:
    """What was looked at: its problems, how many records that were, how many errors there are elsewhere, and what was
    lifted and what is not public yet."""

    problems: tuple[Problem, ...]
    records: int
    elsewhere: int = 0
    lifted: tuple[Lifted, ...] = ()
    pending: tuple[Pending, ...] = ()


def within(found: Survey, paths: tuple[str, ...], root: Path, language: Language) -> Answer:
    """The part of ``found`` that ``paths`` ask for; without any, all of it. Raises ``CannotDo`` that names every path
    that is not there, lies outside of ``root`` or belongs to no record."""
    if not paths:
        return Answer(found.problems, len(found.reading.looked_at), lifted=found.lifted, pending=found.pending)
    search = _Search(found, root, language)
    wanted: set[str] = set()
    wrong: list[str] = []
    for path in paths:
        try:
            wanted |= search.files_of(path)
        except CannotDo as error:
            wrong.append(str(error))
    if wrong:
        raise CannotDo("\n".join(wrong))
    problems = tuple(each for each in found.problems if each.span.path in wanted)
    if found.config is None:  # then little else could be checked
        problems = tuple(each for each in found.problems if each.span.path in wanted | {CONFIG_FILE})
    elsewhere = sum(each.is_error for each in found.problems) - sum(each.is_error for each in problems)
    looked_at = [each for each in found.reading.looked_at if not wanted.isdisjoint(each.files)]
    lifted = tuple(each for each in found.lifted if each.problem.span.path in wanted)
    pending = tuple(each for each in found.pending if each.span.path in wanted)
    return Answer(problems, len(looked_at), elsewhere, lifted, pending)


class _Search:
    def __init__(self, found: Survey, root: Path, language: Language) -> None:
        self.found, self.root, self.language = found, root, language
        self.sources: Sources = found.sources
        reported = {each.span.path for each in found.problems}
        self.files = {*self.sources.files, *reported, CONFIG_FILE}
        self.used, self.reported = found.reading.used, reported | {CONFIG_FILE}
        self.read = {each for record in found.reading.records for each in record.files}
        self.known = {*self.files, *self.sources.folders, *_folders(reported)}
        self.folded = {folded(each): each for each in sorted(self.known, reverse=True)}
        self.pictures: dict[str, set[str]] | None = None

    def files_of(self, written: str) -> set[str]:
        """The files whose problems are asked for by a path as it was written."""
        if not written.strip() or "\0" in written:
            raise CannotDo(say("asked.empty", self.language))
        places = self._places(written)
        if not places:
            raise CannotDo(self._missing(written))
        found: set[str] = set()
        for place in places:
            found |= self._files_at(place, written)
        return found

    def _places(self, written: str) -> list[Path]:
        """Where the path may be meant, in the first way of reading it in which something is there."""
        forms = dict.fromkeys((written, written.replace("\\", "/")))
        bases = dict.fromkeys((Path.cwd(), self.root))
        outside: list[Path] = []
        for form in forms:
            for base in bases:
                place = Path(os.path.abspath(base / form))  # noqa: PTH100  a link is asked for as itself
                if os.path.lexists(place) and not (form.endswith("/") and not place.is_dir()):
                    if self._inside(place) is not None:
                        return [place]
                    outside.append(place)
        for form in (each for each in forms if _PATTERN.search(each)):
            for base in bases:
                hits = [Path(base, each) for each in _matching(form, base)]
                if hits:
                    return hits
        return outside[:1]

    def _inside(self, place: Path) -> str | None:
        """The path from the site's folder, empty for the folder itself; ``None`` outside of it."""
        for each in (place, place.parent.resolve() / place.name, place.resolve()):
            if each.is_relative_to(self.root):
                path = each.relative_to(self.root).as_posix()
                return "" if path == "." else path
        return None

    def _files_at(self, place: Path, written: str) -> set[str]:
        path = self._inside(place)
        if path is None:
            values = {"path": quoted(written), "root": in_line(str(self.root))}
            raise CannotDo(say("asked.outside", self.language, **values))
        if not path:
            return set(self.files)
        if path.partition("/")[0] == YEARS:
            return self._frozen(path, written)
        path = path if path in self.known else self.folded.get(folded(path), path)
        below = {each for each in self.files if each == path or each.startswith(f"{path}/")}
        found = self._looked_at(below)
        if not found:
            is_record = path.split("/")[0] in SOURCE_FOLDERS
            key = "asked.unused" if is_record else "asked.no_record"
            raise CannotDo(say(key, self.language, path=quoted(written)))
        return found

    def _frozen(self, path: str, written: str) -> set[str]:
        """Where the problems of frozen years stand: at their locks, and at what cannot be one."""
        year = path.partition("/")[2].partition("/")[0]
        locks = {each for each in self.sources.files if each.startswith(f"{FOLDER}/")}
        found = {each for each in locks if not year or each == f"{FOLDER}/{year}.yml"}
        found |= {each for each in self.files if each == path or each.startswith(f"{path}/") or path.startswith(f"{each}/")}
        if not found:
            raise CannotDo(say("asked.no_record", self.language, path=quoted(written)))
        return found

    def _looked_at(self, files: set[str]) -> set[str]:
        """Where the problems of ``files`` stand: in themselves, and where no record can be read from any of them, in what
        shows them or lies with them."""
        found = files & (self.used | self.reported)
        if files & self.read:
            return found
        for each in files - self.reported | files & self.used:
            found |= self._naming(each)
        return found

    def _naming(self, file: str) -> set[str]:
        """The files that show ``file``, where it is a picture; else those of a faulty record that it lies with, for nobody
        knows what that one would show."""
        if self.pictures is None:
            self.pictures = {}
            catalog = gather(self.found.reading, KINDS)
            for each in pictures.wanted(catalog, catalog, self.sources)[0]:
                self.pictures.setdefault(each.path, set()).add(each.span.path)
            for path in self.found.config.pictures if self.found.config else ():
                self.pictures.setdefault(path, set()).add(CONFIG_FILE)
        if file in self.pictures:
            return self.pictures[file]
        faulty = {each.span.path for each in self.found.problems if each.is_error}
        folders = [each for each in _folders([file]) if each.count("/") > 0]
        return {each for each in faulty if each.rpartition("/")[0] in folders}

    def _missing(self, written: str) -> str:
        path = written.replace("\\", "/").rstrip("/")
        here = self._from_root(path)
        guess = nearest(here, sorted(self.known)) if here else ""
        hint = say("usage.meant", self.language, guess=in_line(guess)) if guess else ""
        return say("asked.missing", self.language, path=quoted(written), guess=hint)

    def _from_root(self, path: str) -> str:
        absolute = Path(os.path.abspath(path))  # noqa: PTH100  it is not there
        return absolute.relative_to(self.root).as_posix() if absolute.is_relative_to(self.root) else path


def _matching(pattern: str, base: Path) -> list[str]:
    """What ``pattern`` finds from ``base``; one that begins at the top of the disk does not care about ``base``."""
    return glob.glob(pattern, root_dir=base, recursive=True)  # noqa: PTH207  takes absolute patterns as well


def _folders(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        while "/" in path:
            path = path.rpartition("/")[0]
            yield path
