"""From source files to records: each kind's files are found, read, validated, and kept with their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from generator import story as stories
from generator.catalog.kind import Kind
from generator.catalog.record import ALL, DRAFT, REVIEW, Reading, Record, Unfinished, status_of
from generator.problems import PICTURE_ENDINGS, Problem, Span, problem
from generator.proofreading import personal_data, values
from generator.schema.fields import ID_PATTERN
from generator.schema.filling import fillings
from generator.schema.validation import knowing, read
from generator.source import conflicts, misnamed
from generator.source.files import SourceFile, Sources, SourceText, read_text
from generator.story import Story
from generator.yaml.strict import KeyPath, Tree, parse

_YAML = (".yml", ".yaml")  # which tell of their conflicts themselves
_DIVIDED = ".vtt"  # an empty line in place of a mark would cut a caption in two
_FRONT_MATTER = re.compile(r"\A---[ ]*\n(.*?\n)?---[ ]*(?:\n|\Z)", re.DOTALL)


class _Found(NamedTuple):
    """What a tree says of a record: its ``data``, or else what it may be filled in with."""

    data: Any | None
    filled: tuple[Any, ...] = ()

    def without_data(self) -> _Found:
        """The same, but good for checks only."""
        return _Found(None, self.filled or (self.data, self.data)) if self.data is not None else self

    @property
    def id(self) -> str | None:
        """The id it gives itself, if that can be told."""
        known = {each.id for each in (self.filled or (self.data,)) if each is not None}
        return next(iter(known)) if len(known) == 1 else None


class _Collector:
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

    def text(self, file: SourceFile) -> SourceText | None:
        self.used.add(file.path)
        text, problems = read_text(file)
        self.problems += problems
        if text is None:
            return None
        self.texts.append(text)
        if file.name.endswith(_YAML):
            return text
        marked = conflicts.find(text.path, text.text)
        self.problems += marked
        if marked and file.name.endswith(_DIVIDED):
            return None
        return replace(text, text=conflicts.settled(text.text)) if marked else text

    def tree(self, kind: Kind, text: SourceText | None, body: str | None = None, first_line: int = 1) -> Tree | None:
        if text is None:
            return None
        knows = knowing(kind.model)
        body = text.text if body is None else body
        tree, problems = parse(text.path, body, first_line, knows, hidden=text.hidden)
        self.problems += problems
        return tree if tree is None or text.is_sound else replace(tree, is_mended=True)

    def found(self, kind: Kind, tree: Tree | None, id: str | None, at: KeyPath = ()) -> _Found:
        """The record at ``at`` of ``tree``; ``id`` is the one its place gives it."""
        if tree is None:
            return _Found(None)
        data, problems = read(kind.model, tree, self.context, at)
        if tree.is_mended and problems:
            self.problems = [each for each in self.problems if not _is_of_form(each, problems)]
        self.problems += problems
        self.trees.append((kind, tree, at))
        if data is not None:
            return _Found(data).without_data() if tree.is_mended else _Found(data)
        given: dict[KeyPath, str] = {("id",): id} if id is not None else {}
        return _Found(None, fillings(kind.model, tree.at(at), self.context, given))

    def story(self, path: str, text: str, first_line: int = 1) -> Story:
        story, problems = stories.read(path, text, first_line)
        self.problems += problems
        self.stories.append((story, text, first_line))
        return story

    def keep(self, kind: Kind, id: str, found: _Found, record: Record) -> None:
        """Keep ``record`` with what was ``found`` of it: among the good ones, or for further checks only. ``id`` is empty
        where nobody knows it."""
        if found.data is not None:
            self.records.append(replace(record, data=found.data))
            return
        if id:
            self.broken.add((kind.name, id))
        status = status_of(record.tree, record.at)
        if status in (DRAFT, REVIEW):
            folder = record.folder if kind.layout.form == "folder" else ""
            self.unfinished.append(Unfinished(kind.name, id, record.path, folder, status, record.tree, record.at))
        if found.filled:
            self.faulty.append(tuple(replace(record, data=each) for each in found.filled))


_QUOTED = frozenset({"SCH-028", "SCH-029", "SCH-030", "SCH-036"})  # of values that had to be quoted to be read
_FORM = frozenset({"SCH-003", "SCH-004", "DAT-001", "DAT-006", "ID-003"})


def _is_of_form(mended: Problem, problems: Iterable[Problem]) -> bool:
    """Whether a value that was quoted to be read is no text at all: then only its form is to be told."""
    place = mended.span
    return mended.code in _QUOTED and any(
        each.code in _FORM and each.span[:2] == place[:2] and each.span.column <= place.column for each in problems
    )


def _proofread(collector: _Collector) -> Iterator[Problem]:
    """What a reader sees in all that was read, valid or not (PII-*, TXT-*)."""
    hidden = {(each.span.path, each.span.line) for each in collector.problems if each.code == "SEC-001"}
    standings: dict[str, values.Standing] = {}  # by the file of a record, and by the folder that is all its own
    for kind, tree, at in collector.trees:
        found = values.standing(kind.model, tree, at)
        standings[tree.path.rpartition("/")[0] if kind.layout.form == "folder" else tree.path] = found
        yield from values.without_replaced(values.values(kind.model, tree, at), hidden)
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


def read_all(
    sources: Sources, kinds: Iterable[Kind], context: Mapping[str, Any] | None
) -> tuple[Reading, tuple[Problem, ...]]:
    """Read the records of all ``kinds``; ``context`` is the configuration's part that the schema needs."""
    collector = _Collector(sources, context)
    for kind in kinds:
        _READERS[kind.layout.form](kind, collector)
    collector.problems += (*_proofread(collector), *personal_data.in_names(sources))
    collector.problems += _stray_files(sources, collector.used)
    broken, used = frozenset(collector.broken), frozenset(collector.used)
    faulty, unfinished = tuple(collector.faulty), tuple(collector.unfinished)
    reading = Reading(tuple(collector.records), broken, used, faulty, unfinished)
    return reading, tuple(collector.problems)


def _read_folders(kind: Kind, collector: _Collector) -> None:
    pattern = _pattern(kind)
    mains = {file.folder: (file, match[1]) for file, match in _matches(collector.sources, pattern)}
    first: dict[str, str] = {}
    for folder, (file, name) in mains.items():
        _read_folder(kind, collector, file, folder, name, first.setdefault(name, folder))
    entry = re.compile(pattern.pattern.rpartition("/")[0])
    main = kind.layout.pattern.rpartition("/")[2]
    for folder in sorted(collector.sources.folders - set(mains)):
        match = entry.fullmatch(folder)
        if match is None:
            continue
        collector.broken.add((kind.name, match[1]))
        meant = _misnamed_main(collector, folder, main)
        if meant is None:
            _read_without_main(kind, collector, folder, f"{folder}/{main}")
            continue
        collector.problems.append(problem("SCH-037", Span(meant.path), name=meant.name, right=main))
        _read_folder(kind, collector, meant, folder, match[1], folder)


def _read_without_main(kind: Kind, collector: _Collector, folder: str, main: str) -> None:
    """A folder whose record is missing: its story is read all the same, and nothing in it, or that points at it, is
    blamed for that."""
    collector.folders.add(folder)
    _folder_story(kind, collector, folder)
    collector.used.update((main, *(each.path for each in collector.sources.within(folder))))
    if main not in collector.sources.refused:
        collector.problems.append(problem("ID-006", Span(main), main=main.rpartition("/")[2]))


def _misnamed_main(collector: _Collector, folder: str, main: str) -> SourceFile | None:
    """The file that was meant to be the record of ``folder``: one of nearly its name, or the only one of its form."""
    files = [each for each in collector.sources.within(folder) if each.path not in collector.used]
    records = [each for each in files if misnamed.is_record(each)]
    return misnamed.meant(main, files) or (records[0] if len(records) == 1 else None)


def _pattern(kind: Kind) -> re.Pattern[str]:
    """What the paths of a kind's files look like; their id is the first group."""
    return re.compile(re.escape(kind.layout.pattern).replace(r"\{id\}", "([^/]+)").replace(r"\{year\}", "[0-9]{4}"))


def _matches(sources: Sources, pattern: re.Pattern[str]) -> Iterator[tuple[SourceFile, re.Match[str]]]:
    for path, file in sources.files.items():
        match = pattern.fullmatch(path)
        if match:
            yield file, match


def _read_folder(kind: Kind, collector: _Collector, file: SourceFile, folder: str, name: str, first: str) -> None:
    """``first`` is the first folder of this name; folders of other years could have the same one."""
    collector.folders.add(folder)
    story = _folder_story(kind, collector, folder)
    texts, unread = _texts_beside(kind, collector, folder)
    if story is None and f"{folder}/{kind.layout.story}" in collector.used:
        unread = (*unread, f"{folder}/{kind.layout.story}")
    beside = _files_beside(kind, collector, folder)
    tree = collector.tree(kind, collector.text(file))
    found = collector.found(kind, tree, name)
    if not re.fullmatch(ID_PATTERN, name):
        collector.problems.append(problem("ID-007", Span(folder), name=name))
        found = found.without_data()
    elif found.id not in (None, name) and tree is not None and ("id",) in tree.marks:
        other = f"{folder.rpartition('/')[0]}/{found.id}"
        code = "ID-001" if other in collector.sources.folders else "ID-002"
        span = tree.span(("id",))
        collector.problems.append(problem(code, span, id=found.id, first=other, folder=name))
    elif folder != first and tree is not None:
        collector.problems.append(problem("ID-001", tree.span(("id",)), id=name, first=first))
        return
    if (kind.name, name) in collector.broken:
        found = found.without_data()  # its file has a name under which nobody looks for it
    if tree is None:
        collector.broken.add((kind.name, name))
        return
    record = Record(kind.name, name, None, file.path, folder, tree, (), story, texts, beside, unread)
    collector.keep(kind, name, found, record)


def _texts_beside(
    kind: Kind, collector: _Collector, folder: str
) -> tuple[Mapping[str, SourceText], tuple[str, ...]]:
    """The texts by name, and the paths of those that could not be read."""
    found, unread = {}, []
    for file in collector.sources.within(folder):
        if any(fnmatchcase(file.name, side) for side in kind.layout.sides):
            text = collector.text(file)
            if text is not None:
                found[file.name] = text
            else:
                unread.append(file.path)
    return found, tuple(unread)


def _files_beside(kind: Kind, collector: _Collector, folder: str) -> Mapping[str, SourceFile]:
    found = {}
    for file in collector.sources.within(folder):
        if any(fnmatchcase(file.name.lower(), pattern) for pattern in kind.layout.beside):
            collector.used.add(file.path)
            found[file.name] = file
    return found


def _read_files(kind: Kind, collector: _Collector) -> None:
    pattern = _pattern(kind)
    for file, match in _matches(collector.sources, pattern):
        _read_file(kind, collector, file, match[1], is_misnamed=False)
    unread = [each for each in collector.sources.files.values() if each.path not in collector.used]
    for file, right in misnamed.right_names(pattern, unread):
        collector.problems.append(problem("SCH-037", Span(file.path), name=file.name, right=right))
        _read_file(kind, collector, file, right.removesuffix(".yml"), is_misnamed=True)


def _read_file(kind: Kind, collector: _Collector, file: SourceFile, name: str, *, is_misnamed: bool) -> None:
    tree = collector.tree(kind, collector.text(file))
    found = collector.found(kind, tree, name)
    if not re.fullmatch(ID_PATTERN, name):
        collector.problems.append(problem("ID-007", Span(file.path), name=name))
        found = found.without_data()
    elif found.id not in (None, name) and tree is not None and ("id",) in tree.marks:
        collector.problems.append(problem("ID-002", tree.span(("id",)), id=found.id, folder=name))
    if tree is None:
        collector.broken.add((kind.name, name))
        return
    found = found.without_data() if is_misnamed else found
    collector.keep(kind, name, found, Record(kind.name, name, None, file.path, file.folder, tree))


def _folder_story(kind: Kind, collector: _Collector, folder: str) -> Story | None:
    wanted = kind.layout.story
    if wanted is None:
        return None
    file = collector.sources.files.get(f"{folder}/{wanted}")
    if file is None:
        others = [each for each in collector.sources.within(folder) if each.path not in collector.used]
        file = misnamed.meant(wanted, others)
        if file is not None:
            collector.problems.append(problem("SCH-037", Span(file.path), name=file.name, right=wanted))
    text = collector.text(file) if file else None
    return collector.story(text.path, text.text) if text else None


def _read_roster(kind: Kind, collector: _Collector) -> None:
    right = kind.layout.pattern
    file = collector.sources.files.get(right)
    is_misnamed = file is None
    if file is None:
        folder, _, name = right.rpartition("/")
        file = misnamed.meant(name, collector.sources.within(folder))
        if file is None:
            return
        collector.problems.append(problem("SCH-037", Span(file.path), name=file.name, right=name))
    tree = collector.tree(kind, collector.text(file))
    if tree is None or not isinstance(tree.value, list):
        collector.problems += [problem("SCH-018", tree.span(()))] if tree else []
        collector.broken.add((kind.name, ALL))
        return
    if is_misnamed or tree.is_mended:
        collector.broken.add((kind.name, ALL))
    first: dict[str, Span] = {}
    for index, row in enumerate(tree.value):
        if _is_repeated(row, index, tree, first, collector):
            continue
        found = collector.found(kind, tree, None, (index,))
        found = found.without_data() if is_misnamed else found
        if found.id is not None:
            collector.keep(
                kind, found.id, found, Record(kind.name, found.id, None, file.path, file.folder, tree, (index,))
            )
            continue
        given = row.get("id") if isinstance(row, dict) else None
        lost = Record(kind.name, "", None, file.path, file.folder, tree, (index,))
        collector.keep(kind, given if isinstance(given, str) else "", found.without_data(), lost)


def _is_repeated(row: Any, index: int, tree: Tree, first: dict[str, Span], collector: _Collector) -> bool:
    """Whether an earlier row has the same id, valid or not; the later one is then not read."""
    id = row.get("id") if isinstance(row, dict) else None
    if not isinstance(id, str):
        return False
    span = tree.span((index, "id"))
    if id in first and tree.is_repeated((index, "id")):
        return True  # another version of the same row, for which the marks around it were blamed
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
    tree = collector.tree(kind, text, front[1] or "", 2)
    if tree is None:
        collector.broken.add((kind.name, id))
        return
    found = collector.found(kind, tree, None)
    collector.keep(kind, id, found, Record(kind.name, id, None, file.path, file.folder, tree, (), story))


_READERS = {"folder": _read_folders, "file": _read_files, "roster": _read_roster, "markdown": _read_markdown}


def _stray_files(sources: Sources, used: set[str]) -> Iterator[Problem]:
    """Files that nothing reads: a misspelt name must not make an entry vanish without a word."""
    for path in sources.files:
        name = path.rpartition("/")[2]
        ending = "." + name.rpartition(".")[2].lower() if "." in name else ""
        if path not in used and ending not in PICTURE_ENDINGS:
            yield problem("ID-008", Span(path), name=name)
