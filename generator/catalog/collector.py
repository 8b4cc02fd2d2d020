"""What is found while records are read: the good ones, the others with what is wrong, and all that was read, proofread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any, NamedTuple

import generator
from generator import program
from generator import story as stories
from generator.catalog.kind import Kind
from generator.catalog.record import DRAFT, REVIEW, Record, Unfinished, status_of
from generator.problems import PICTURE_ENDINGS, Problem
from generator.proofreading import personal_data, values
from generator.proofreading.repeated import repeated
from generator.schema.filling import fillings
from generator.schema.validation import knowing, read
from generator.source import conflicts
from generator.source.files import SHEET_LIMIT, SourceFile, Sources, SourceText, read_text
from generator.story import Story
from generator.system import cache as caches
from generator.system import sealed
from generator.system.cache import Cache
from generator.system.packing import packed, unpacked
from generator.yaml.strict import KeyPath, Tree, parse

STEP = "records"
_READ_BY = ("pydantic", "pydantic_core", "pyyaml", "comrak", "nh3")  # whose versions may give other values
_OF_OTHERS = ("ID-", "SEC-021")  # an id that another folder has; a file that changed while it was read
_YAML = (".yml", ".yaml")  # which tell of their conflicts themselves
_DIVIDED = ".vtt"  # an empty line in place of a mark would cut a caption in two


class Found(NamedTuple):
    """What a tree says of a record: its ``data``, or else what it may be filled in with."""

    data: Any | None
    filled: tuple[Any, ...] = ()

    def without_data(self) -> Found:
        """The same, but good for checks only."""
        return Found(None, self.filled or (self.data, self.data)) if self.data is not None else self

    @property
    def id(self) -> str | None:
        """The id it gives itself, if that can be told."""
        known = {each.id for each in (self.filled or (self.data,)) if each is not None}
        return next(iter(known)) if len(known) == 1 else None


class Collector:
    """What was read so far. ``context`` is the configuration's part that the schema needs."""

    def __init__(self, sources: Sources, context: Mapping[str, Any] | None) -> None:
        self.sources, self.context = sources, context
        self.records: list[Record] = []
        self.broken: set[tuple[str, str]] = set()
        self.unfinished: list[Unfinished] = []
        self.used: set[str] = set()
        self.folders: set[str] = set()  # those that belong to a record, with whatever Markdown lies in them
        self.faulty: list[tuple[Record, ...]] = []
        self.problems: list[Problem] = []
        self.texts: list[SourceText] = []
        self.trees: list[tuple[Kind, Tree, KeyPath]] = []
        self.stories: list[tuple[Story, str, int]] = []  # with what it was read from, and the line where that begins
        self.digests: dict[str, str] = {}  # of the texts, by path
        self._rows: tuple[Tree | None, list[str]] = (None, [])  # the lines of a file that records share

    def text(self, file: SourceFile) -> SourceText | None:
        """The text of ``file``, ``None`` where it cannot be used."""
        self.used.add(file.path)
        text, problems = read_text(file)
        self.problems += problems
        if text is None:
            return None
        self.texts.append(text)
        self.digests[text.path] = text.digest
        if file.name.endswith(_YAML):
            return text
        marked = conflicts.find(text.path, text.text)
        self.problems += marked
        if marked and file.name.endswith(_DIVIDED):
            return None
        return replace(text, text=conflicts.settled(text.text)) if marked else text

    def tree(self, kind: Kind, text: SourceText | None, body: str | None = None, first_line: int = 1) -> Tree | None:
        """The values of ``text``, or of the part of it that is ``body`` and begins at ``first_line``."""
        if text is None:
            return None
        knows = knowing(kind.model)
        body = text.text if body is None else body
        tree, problems = parse(text.path, body, first_line, knows, hidden=text.hidden)
        self.problems += problems
        return tree if tree is None or text.is_sound else replace(tree, is_mended=True)

    def found(self, kind: Kind, tree: Tree | None, id: str | None, at: KeyPath = ()) -> Found:
        """The record at ``at`` of ``tree``; ``id`` is the one its place gives it."""
        if tree is None:
            return Found(None)
        data, problems = read(kind.model, tree, self.context, at)
        if tree.is_mended and problems:
            self.problems = [each for each in self.problems if not _is_of_form(each, problems)]
        self.problems += problems
        self.trees.append((kind, tree, at))
        if data is not None:
            return Found(data).without_data() if tree.is_mended else Found(data)
        given: dict[KeyPath, str] = {("id",): id} if id is not None else {}
        return Found(None, fillings(kind.model, tree.at(at), self.context, given))

    def story(self, path: str, text: str, first_line: int = 1) -> Story:
        """The story that ``text`` is, which begins at ``first_line`` of the file ``path``."""
        story, problems = stories.read(path, text, first_line)
        self.problems += problems
        self.stories.append((story, text, first_line))
        return story

    def keep(self, kind: Kind, id: str, found: Found, record: Record) -> None:
        """Keep ``record`` with what was ``found`` of it: among the good ones, or for further checks only. ``id`` is empty
        where nobody knows it."""
        if found.data is not None:
            self.records.append(replace(record, data=found.data, digests=self._digests(record)))
            return
        if id:
            self.broken.add((kind.name, id))
        status = status_of(record.tree, record.at)
        if status in (DRAFT, REVIEW):
            folder = record.folder if kind.layout.form == "folder" else ""
            self.unfinished.append(Unfinished(kind.name, id, record.path, folder, status, record.tree, record.at))
        if found.filled:
            self.faulty.append(tuple(replace(record, data=each) for each in found.filled))

    def _digests(self, record: Record) -> Mapping[str, str]:
        """The digests of the texts of ``record``, sorted by path."""
        if not record.at:
            return {path: self.digests[path] for path in sorted({*record.files} & self.digests.keys())}
        if self._rows[0] is not record.tree:
            self._rows = record.tree, record.tree.text.split("\n")
        first, last = record.tree.lines(record.at)
        own = "".join(f"{line}\n" for line in self._rows[1][first - 1 : last])
        return {f"{record.path}#{record.id}": sha256(own.encode()).hexdigest()}

    def take(self, findings: Findings) -> None:
        """Add what another collector has found and proofread."""
        self.records += findings.records
        self.broken |= findings.broken
        self.unfinished += findings.unfinished
        self.used |= findings.used
        self.folders |= findings.folders
        self.faulty += findings.faulty
        self.problems += findings.problems

    def findings(self) -> Findings:
        """All that was found, once it is proofread."""
        self.problems += proofread(self)
        for record in self.records:
            record.tree.forget()
        return self._all()

    def taken(self, folders: tuple[str, ...]) -> Findings:
        """All that was taken from others, in the order of ``folders``."""
        order = {folder: number for number, folder in enumerate(folders)}
        self.records.sort(key=lambda each: order[each.folder])
        self.unfinished.sort(key=lambda each: order[each.folder])
        self.faulty.sort(key=lambda each: order[each[0].folder])
        return self._all()

    def _all(self) -> Findings:
        found = (self.records, self.broken, self.unfinished, self.used, self.folders, self.faulty, self.problems)
        return Findings(*found)


class Findings(NamedTuple):
    """What a collector has found, to be handed from one process to another."""

    records: list[Record]
    broken: set[tuple[str, str]]
    unfinished: list[Unfinished]
    used: set[str]
    folders: set[str]
    faulty: list[tuple[Record, ...]]
    problems: list[Problem]

    @property
    def can_be_kept(self) -> bool:
        """Whether nothing in it depends on other folders, on where this one lies, or on the moment."""
        is_whole = not (self.broken or self.unfinished or self.faulty or any(each.beside for each in self.records))
        return is_whole and not any(each.code.startswith(_OF_OTHERS) for each in self.problems)


def kept(folders: Iterable[str], collector: Collector, cache: Cache, make: Callable[[], Findings]) -> tuple[Findings, str, int]:
    """What ``make`` finds in ``folders``, from ``cache`` where that has it, its name there, empty where it is not kept, and how
    many records came from there."""
    name = _name(folders, collector)
    blob = cache.read(STEP, name) if name else None
    known = unpacked(blob, Findings) if blob is not None else None
    if known is not None:
        return known, name, len(known.records)
    found = make()
    if not name or not found.can_be_kept or _name(folders, collector) != name:  # somebody writes there at this moment
        return found, "", 0
    content = packed(found)
    cache.write(STEP, name, content)
    return unpacked(content, Findings) or found, name, 0  # every text that was packed or checked holds its UTF-8 as well


def _name(folders: Iterable[str], collector: Collector) -> str:
    """A digest of everything that ``folders`` are read from, and of the program; empty where a file changes meanwhile."""
    known = [_program(), repr(collector.context), repr(sorted(collector.sources.refused))]
    try:
        for folder in folders:
            for file in collector.sources.within(folder):
                is_text = not file.name.lower().endswith(tuple(PICTURE_ENDINGS))
                raw = sealed.read(file.root, file.path, SHEET_LIMIT + 1) if is_text else b""
                known += [file.path, str(file.size if is_text else 0), sha256(raw).hexdigest()]
    except (sealed.Changed, OSError):
        return ""
    return caches.key(STEP, generator.__version__, known)


def _program() -> str:
    return program.state() + program.versions(*_READ_BY)


_QUOTED = frozenset({"SCH-028", "SCH-029", "SCH-030", "SCH-036"})  # of values that had to be quoted to be read
_FORM = frozenset({"SCH-003", "SCH-004", "DAT-001", "DAT-006", "ID-003"})


def _is_of_form(mended: Problem, problems: Iterable[Problem]) -> bool:
    """Whether a value that was quoted to be read is no text at all: then only its form is to be told."""
    place = mended.span
    return mended.code in _QUOTED and any(
        each.code in _FORM and each.span[:2] == place[:2] and each.span.column <= place.column for each in problems
    )


def proofread(collector: Collector) -> Iterator[Problem]:
    """What a reader sees in all that was read, valid or not (PII-*, TXT-*, CPY-010)."""
    hidden = {(each.span.path, each.span.line) for each in collector.problems if each.code == "SEC-001"}
    standings: dict[str, values.Standing] = {}  # by the file of a record, and by the folder that is all its own
    for kind, tree, at in collector.trees:
        found = values.standing(kind.model, tree, at)
        standings[tree.path.rpartition("/")[0] if kind.layout.form == "folder" else tree.path] = found
        yield from values.without_replaced(values.values(kind.model, tree, at), hidden)
        yield from repeated(tree, at)
    for tree in {tree.path: tree for _, tree, _ in collector.trees}.values():
        yield from personal_data.hidden(tree)
    stories = {story.path: (story, text, line) for story, text, line in collector.stories}
    for each in collector.texts:
        yield from personal_data.written(each)
        if each.path.endswith((".yml", ".yaml")):
            continue
        story, text, line = stories.get(each.path, (None, each.text, 1))
        standing = standings.get(each.path) or standings.get(each.path.rpartition("/")[0]) or values.Standing()
        lines = frozenset(number for path, number in hidden if path == each.path) if hidden else frozenset()
        yield from values.prose(each.path, text, line, standing, lines)
        html = story.html if story else personal_data.as_shown(each)
        yield from personal_data.shown(each.path, text, html, line)
