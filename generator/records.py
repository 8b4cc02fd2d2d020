"""From source files to records: each kind's files are found, read, validated, and kept with their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from generator import proofreading
from generator import story as stories
from generator.fields import ID_PATTERN
from generator.kind import Kind, RecordData
from generator.problems import Problem, Span, problem
from generator.schema import read
from generator.sources import SourceFile, Sources, SourceText, read_text
from generator.story import Story
from generator.yamltree import KeyPath, Tree, parse

PICTURE_ENDINGS = frozenset(
    {".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".svg", ".bmp", ".tif", ".tiff", ".heic"}
)
ALL = "*"  # stands among the broken ids of a kind for every one of them: its one file cannot be read
_FRONT_MATTER = re.compile(r"\A---[ ]*\n(.*?\n)?---[ ]*(?:\n|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Record:
    """A valid record: its values, and where in the sources each of them stands."""

    kind: str
    id: str
    data: Any  # the kind's own model, a RecordData
    path: str
    folder: str
    tree: Tree = field(repr=False)
    at: KeyPath = ()
    story: Story | None = field(default=None, repr=False)
    texts: Mapping[str, SourceText] = field(default_factory=dict, repr=False)  # by the name of the file beside it
    beside: Mapping[str, SourceFile] = field(default_factory=dict, repr=False)  # by name; never read here

    def span(self, *key: str | int) -> Span:
        """The place of the value at ``key``."""
        return self.tree.span((*self.at, *key))

    @property
    def files(self) -> tuple[str, ...]:
        """The text files the record is read from."""
        beside = tuple(each.path for each in self.texts.values())
        return (self.path, self.story.path, *beside) if self.story else (self.path, *beside)

    def covers(self, span: Span) -> bool:
        """Whether ``span`` lies in what the record is read from: its files, or its rows of a shared one."""
        if span.path != self.path or not self.at:
            return span.path in self.files
        first, last = self.tree.lines(self.at)
        return first <= span.line <= last


@dataclass(frozen=True, slots=True)
class Reading:
    """All that could be read. ``broken`` are records that exist but cannot be used, so that nothing that refers to
    them is blamed; ``used`` are the files that belong to some record."""

    records: tuple[Record, ...]
    broken: frozenset[tuple[str, str]]
    used: frozenset[str]


class _Collector:
    def __init__(self, sources: Sources, context: Mapping[str, Any] | None) -> None:
        self.sources, self.context = sources, context
        self.records: list[Record] = []
        self.broken: set[tuple[str, str]] = set()
        self.used: set[str] = set()
        self.folders: set[str] = set()  # those that belong to a record, with whatever Markdown lies in them
        self.problems: list[Problem] = []
        self.texts: list[SourceText] = []
        self.trees: list[tuple[Kind, Tree, KeyPath]] = []
        self.stories: list[tuple[Story, str, int]] = []  # with what it was read from, and the line where that begins

    def text(self, file: SourceFile) -> SourceText | None:
        self.used.add(file.path)
        text, problems = read_text(file)
        self.problems += problems
        self.texts += [text] if text else []
        return text

    def tree(self, text: SourceText | None, body: str | None = None, first_line: int = 1) -> Tree | None:
        if text is None:
            return None
        tree, problems = parse(text.path, text.text if body is None else body, first_line)
        self.problems += problems
        return tree

    def data(self, kind: Kind, tree: Tree, at: KeyPath = ()) -> RecordData | None:
        data, problems = read(kind.model, tree, self.context, at)
        self.problems += problems
        self.trees.append((kind, tree, at))
        return data

    def story(self, path: str, text: str, first_line: int = 1) -> Story:
        story, problems = stories.read(path, text, first_line)
        self.problems += problems
        self.stories.append((story, text, first_line))
        return story

    def keep(self, record: Record) -> None:
        self.records.append(record)


def _proofread(collector: _Collector) -> Iterator[Problem]:
    """What a reader sees in all that was read, valid or not (PII-*, TXT-*)."""
    hidden = {(each.span.path, each.span.line) for each in collector.problems if each.code == "SEC-001"}
    standings: dict[str, proofreading.Standing] = {}  # by the file of a record, and by the folder that is all its own
    for kind, tree, at in collector.trees:
        found = proofreading.standing(kind.model, tree, at)
        standings[tree.path.rpartition("/")[0] if kind.layout.form == "folder" else tree.path] = found
        yield from proofreading.without_replaced(proofreading.values(kind.model, tree, at), hidden)
    for tree in {tree.path: tree for _, tree, _ in collector.trees}.values():
        yield from proofreading.hidden_personal_data(tree)
    stories = {story.path: (story, text, line) for story, text, line in collector.stories}
    for each in collector.texts:
        yield from proofreading.personal_data(each)
        if each.path.endswith((".yml", ".yaml")):
            continue
        story, text, line = stories.get(each.path, (None, each.text, 1))
        standing = standings.get(each.path) or standings.get(each.path.rpartition("/")[0]) or proofreading.Standing()
        lines = frozenset(number for path, number in hidden if path == each.path) if hidden else frozenset()
        yield from proofreading.prose(each.path, text, line, standing, lines)
        html = story.html if story else proofreading.as_shown(each)
        yield from proofreading.shown_personal_data(each.path, text, html, line)


def read_all(
    sources: Sources, kinds: Iterable[Kind], context: Mapping[str, Any] | None
) -> tuple[Reading, tuple[Problem, ...]]:
    """Read the records of all ``kinds``; ``context`` is the configuration's part that the schema needs."""
    collector = _Collector(sources, context)
    for kind in kinds:
        _READERS[kind.layout.form](kind, collector)
    collector.problems += (*_proofread(collector), *proofreading.personal_names(sources))
    collector.problems += _stray_files(sources, collector.used)
    reading = Reading(tuple(collector.records), frozenset(collector.broken), frozenset(collector.used))
    return reading, tuple(collector.problems)


def _read_folders(kind: Kind, collector: _Collector) -> None:
    pattern = re.compile(re.escape(kind.layout.pattern).replace(r"\{id\}", "([^/]+)").replace(r"\{year\}", "[0-9]{4}"))
    mains = {file.folder: (file, match[1]) for file, match in _matches(collector.sources, pattern)}
    first: dict[str, str] = {}
    for folder, (file, name) in mains.items():
        _read_folder(kind, collector, file, folder, name, first.setdefault(name, folder))
    entry = re.compile(pattern.pattern.rpartition("/")[0])
    main = kind.layout.pattern.rpartition("/")[2]
    for folder in sorted(collector.sources.folders - set(mains)):
        match = entry.fullmatch(folder)
        if match:
            collector.problems.append(problem("ID-006", Span(f"{folder}/{main}"), main=main))
            collector.broken.add((kind.name, match[1]))


def _matches(sources: Sources, pattern: re.Pattern[str]) -> Iterator[tuple[SourceFile, re.Match[str]]]:
    for path, file in sources.files.items():
        match = pattern.fullmatch(path)
        if match:
            yield file, match


def _read_folder(kind: Kind, collector: _Collector, file: SourceFile, folder: str, name: str, first: str) -> None:
    """``first`` is the first folder of this name; folders of other years could have the same one."""
    collector.folders.add(folder)
    story = _folder_story(kind, collector, folder)
    texts = _texts_beside(kind, collector, folder)
    beside = _files_beside(kind, collector, folder)
    tree = collector.tree(collector.text(file))
    data = collector.data(kind, tree) if tree else None
    if not re.fullmatch(ID_PATTERN, name):
        collector.problems.append(problem("ID-007", Span(folder), name=name))
        data = None
    if data is None or tree is None:
        collector.broken.add((kind.name, name))
        return
    if data.id != name:
        other = f"{folder.rpartition('/')[0]}/{data.id}"
        code = "ID-001" if other in collector.sources.folders else "ID-002"
        span = tree.span(("id",))
        collector.problems.append(problem(code, span, id=data.id, first=other, folder=name))
    elif folder != first:
        collector.problems.append(problem("ID-001", tree.span(("id",)), id=data.id, first=first))
        return
    collector.keep(Record(kind.name, name, data, file.path, folder, tree, (), story, texts, beside))


def _texts_beside(kind: Kind, collector: _Collector, folder: str) -> Mapping[str, SourceText]:
    found = {}
    for file in collector.sources.within(folder):
        if any(fnmatchcase(file.name, side) for side in kind.layout.sides):
            text = collector.text(file)
            if text is not None:
                found[file.name] = text
    return found


def _files_beside(kind: Kind, collector: _Collector, folder: str) -> Mapping[str, SourceFile]:
    found = {}
    for file in collector.sources.within(folder):
        if any(fnmatchcase(file.name.lower(), pattern) for pattern in kind.layout.beside):
            collector.used.add(file.path)
            found[file.name] = file
    return found


def _read_files(kind: Kind, collector: _Collector) -> None:
    pattern = re.compile(re.escape(kind.layout.pattern).replace(r"\{id\}", "([^/]+)").replace(r"\{year\}", "[0-9]{4}"))
    for file, match in _matches(collector.sources, pattern):
        tree = collector.tree(collector.text(file))
        data = collector.data(kind, tree) if tree else None
        name = match[1]
        if not re.fullmatch(ID_PATTERN, name):
            collector.problems.append(problem("ID-007", Span(file.path), name=name))
            data = None
        if data is None or tree is None:
            collector.broken.add((kind.name, name))
            continue
        if data.id != name:
            collector.problems.append(problem("ID-002", tree.span(("id",)), id=data.id, folder=name))
        collector.keep(Record(kind.name, name, data, file.path, file.folder, tree))


def _folder_story(kind: Kind, collector: _Collector, folder: str) -> Story | None:
    file = collector.sources.files.get(f"{folder}/{kind.layout.story}")
    text = collector.text(file) if file else None
    return collector.story(text.path, text.text) if text else None


def _read_roster(kind: Kind, collector: _Collector) -> None:
    file = collector.sources.files.get(kind.layout.pattern)
    tree = collector.tree(collector.text(file)) if file else None
    if file is None:
        return
    if tree is None or not isinstance(tree.value, list):
        collector.problems += [problem("SCH-018", tree.span(()))] if tree else []
        collector.broken.add((kind.name, ALL))
        return
    first: dict[str, Span] = {}
    for index, row in enumerate(tree.value):
        if _is_repeated(row, index, tree, first, collector):
            continue
        data, problems = read(kind.model, tree, collector.context, (index,))
        collector.problems += problems
        if data is None:
            if isinstance(row, dict) and isinstance(row.get("id"), str):
                collector.broken.add((kind.name, row["id"]))
            continue
        collector.keep(Record(kind.name, data.id, data, file.path, file.folder, tree, (index,)))


def _is_repeated(row: Any, index: int, tree: Tree, first: dict[str, Span], collector: _Collector) -> bool:
    """Whether an earlier row has the same id, valid or not; the later one is then not read."""
    id = row.get("id") if isinstance(row, dict) else None
    if not isinstance(id, str):
        return False
    span = tree.span((index, "id"))
    if id in first:
        collector.problems.append(problem("ID-001", span, id=id, first=str(first[id])))
        return True
    first[id] = span
    return False


def _read_markdown(kind: Kind, collector: _Collector) -> None:
    for path, file in collector.sources.files.items():
        if not path.startswith(f"{kind.layout.pattern}/") or not path.endswith(".md") or path in collector.used:
            continue
        if file.folder in collector.folders:
            continue
        _read_page(kind, collector, file)


def _read_page(kind: Kind, collector: _Collector, file: SourceFile) -> None:
    id = file.path.removeprefix(f"{kind.layout.pattern}/").removesuffix(".md")
    text = collector.text(file)
    if text is None:
        collector.broken.add((kind.name, id))
        return
    front = _FRONT_MATTER.match(text.text)
    if front is None:
        collector.problems.append(problem("SCH-019", Span(file.path)))
        collector.broken.add((kind.name, id))
        return
    story = collector.story(file.path, text.text[front.end() :], text.text.count("\n", 0, front.end()) + 1)
    tree = collector.tree(text, front[1] or "", 2)
    data = collector.data(kind, tree) if tree else None
    if data is None or tree is None:
        collector.broken.add((kind.name, id))
        return
    collector.keep(Record(kind.name, id, data, file.path, file.folder, tree, (), story))


_READERS = {"folder": _read_folders, "file": _read_files, "roster": _read_roster, "markdown": _read_markdown}


def _stray_files(sources: Sources, used: set[str]) -> Iterator[Problem]:
    """Files that nothing reads: a misspelt name must not make an entry vanish without a word."""
    for path in sources.files:
        name = path.rpartition("/")[2]
        ending = "." + name.rpartition(".")[2].lower() if "." in name else ""
        if path not in used and ending not in PICTURE_ENDINGS:
            yield problem("ID-008", Span(path), name=name)
