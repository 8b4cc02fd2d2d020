"""From source files to records: each kind's files are found, read, validated, and kept with their places."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any, NamedTuple
from zlib import crc32

from generator.catalog.collector import STEP, Collector, Findings, kept, proofread
from generator.catalog.kind import Kind
from generator.catalog.record import ALL, Reading, Record
from generator.problems import PICTURE_ENDINGS, Problem, Span, problem
from generator.proofreading import personal_data
from generator.schema.fields import ID_PATTERN
from generator.source import misnamed
from generator.source.files import SourceFile, Sources, SourceText
from generator.story import Story
from generator.system.cache import Cache
from generator.system.forks import spread
from generator.watch import Watch
from generator.yaml.strict import Tree

_TOGETHER = 16  # folders that a process reads before it takes the next
_FRONT_MATTER = re.compile(r"\A---[ ]*\n(.*?\n)?---[ ]*(?:\n|\Z)", re.DOTALL)


def read_all(
    sources: Sources, kinds: Iterable[Kind], context: Mapping[str, Any] | None, cache: Cache, jobs: int = 1,
    watch: Watch | None = None, of_others: Collection[str] = (),
) -> tuple[Reading, tuple[Problem, ...]]:
    """Read the records of all ``kinds`` in up to ``jobs`` processes; ``context`` is the configuration's part that the
    schema needs. ``cache`` has the folders that have not changed, ``watch`` is told how far it is. Files
    ``of_others`` are read by somebody else."""
    collector, came = Collector(sources, context), 0
    for kind in kinds:
        if kind.layout.form == "folder":
            came += _read_folders(kind, collector, cache, jobs, watch or Watch())
        else:
            _READERS[kind.layout.form](kind, collector)
    collector.problems += (*proofread(collector), *personal_data.in_names(sources))
    collector.used |= sources.files.keys() & of_others
    collector.problems += _stray_files(sources, collector.used)
    broken, used = frozenset(collector.broken), frozenset(collector.used)
    faulty, unfinished = tuple(collector.faulty), tuple(collector.unfinished)
    reading = Reading(tuple(collector.records), broken, used, faulty, unfinished, came)
    return reading, tuple(collector.problems)


class Place(NamedTuple):
    """Where one record is read from: its kind, its main file and the id that this gives it."""

    kind: Kind
    file: SourceFile
    id: str


def place_of(path: str, sources: Sources, kinds: Iterable[Kind]) -> Place | None:
    """The record that the text at ``path`` is part of, ``None`` where it holds several or belongs to none."""
    for kind in kinds:
        form, pattern = kind.layout.form, kind.layout.pattern
        if form == "markdown":
            if path.startswith(f"{pattern}/") and path.endswith(".md") and path in sources.files:
                return Place(kind, sources.files[path], path.removeprefix(f"{pattern}/").removesuffix(".md"))
            continue
        main = f"{path.rpartition('/')[0]}/{pattern.rpartition('/')[2]}" if form == "folder" else path
        match = _pattern(kind).fullmatch(main) if form != "roster" else None
        if match and main in sources.files:
            return Place(kind, sources.files[main], match[1])
    return None


def read_one(place: Place, sources: Sources, context: Mapping[str, Any] | None) -> Findings:
    """Read one record again. What it has in common with others, such as an id, was seen when all were read."""
    kind, file, id = place
    mine = Collector(sources, context)
    if kind.layout.form == "folder":
        _read_folder(kind, mine, file, file.folder, id, file.folder)
    elif kind.layout.form == "file":
        _read_file(kind, mine, file, id, is_misnamed=False)
    else:
        _read_page(kind, mine, file)
    return mine.findings()


def _read_folders(kind: Kind, collector: Collector, cache: Cache, jobs: int, watch: Watch) -> int:
    """Read the folders of ``kind`` and return how many records came from ``cache``."""
    pattern = _pattern(kind)
    mains = {file.folder: (file, match[1]) for file, match in _matches(collector.sources, pattern)}
    first: dict[str, str] = {}
    for folder, (_, name) in mains.items():
        first.setdefault(name, folder)

    def some(folders: Sequence[str]) -> tuple[Findings, str, int]:
        mine = Collector(collector.sources, collector.context)

        def make() -> Findings:
            for each in folders:
                file, name = mains[each]
                _read_folder(kind, mine, file, each, name, first[name])
            return mine.findings()

        return kept(folders, mine, cache, make)

    parts = _parts(mains) if len(first) == len(mains) else [tuple(mains)]  # of one name all know of each other
    mine = Collector(collector.sources, collector.context)
    came = 0
    for findings, name, kept_before in watch.each("read", spread(some, parts, jobs), len(mains), _folders_of):
        mine.take(findings)
        came += kept_before
        cache.used.update([(STEP, name)] if name else ())
    collector.take(mine.taken(tuple(mains)))
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
    return came


def _folders_of(found: tuple[Findings, str, int]) -> int:
    return len(found[0].folders)


def _parts(folders: Iterable[str]) -> list[Sequence[str]]:
    """``folders`` in parts of about ``_TOGETHER``. One more or less changes no other part, until they are twice as many."""
    folders = tuple(folders)
    count = 1 << (len(folders) // _TOGETHER).bit_length()
    parts: dict[int, list[str]] = {}
    for each in folders:
        parts.setdefault(crc32(each.encode()) % count, []).append(each)
    return list(parts.values())


def _read_without_main(kind: Kind, collector: Collector, folder: str, main: str) -> None:
    """A folder whose record is missing: its story is read all the same, and nothing in it, or that points at it, is
    blamed for that."""
    collector.folders.add(folder)
    _folder_story(kind, collector, folder)
    collector.used.update((main, *(each.path for each in collector.sources.within(folder))))
    if main not in collector.sources.refused:
        collector.problems.append(problem("ID-006", Span(main), main=main.rpartition("/")[2]))


def _misnamed_main(collector: Collector, folder: str, main: str) -> SourceFile | None:
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


def _read_folder(kind: Kind, collector: Collector, file: SourceFile, folder: str, name: str, first: str) -> None:
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
    kind: Kind, collector: Collector, folder: str
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


def _files_beside(kind: Kind, collector: Collector, folder: str) -> Mapping[str, SourceFile]:
    found = {}
    for file in collector.sources.within(folder):
        if any(fnmatchcase(file.name.lower(), pattern) for pattern in kind.layout.beside):
            collector.used.add(file.path)
            found[file.name] = file
    return found


def _read_files(kind: Kind, collector: Collector) -> None:
    pattern = _pattern(kind)
    for file, match in _matches(collector.sources, pattern):
        _read_file(kind, collector, file, match[1], is_misnamed=False)
    unread = [each for each in collector.sources.files.values() if each.path not in collector.used]
    for file, right in misnamed.right_names(pattern, unread):
        collector.problems.append(problem("SCH-037", Span(file.path), name=file.name, right=right))
        _read_file(kind, collector, file, right.removesuffix(".yml"), is_misnamed=True)


def _read_file(kind: Kind, collector: Collector, file: SourceFile, name: str, *, is_misnamed: bool) -> None:
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


def _folder_story(kind: Kind, collector: Collector, folder: str) -> Story | None:
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


def _read_roster(kind: Kind, collector: Collector) -> None:
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


def _is_repeated(row: Any, index: int, tree: Tree, first: dict[str, Span], collector: Collector) -> bool:
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


def _read_markdown(kind: Kind, collector: Collector) -> None:
    for path, file in collector.sources.files.items():
        if not path.startswith(f"{kind.layout.pattern}/") or not path.endswith(".md") or path in collector.used:
            continue
        if file.folder in collector.folders:
            continue
        _read_page(kind, collector, file)


def _read_page(kind: Kind, collector: Collector, file: SourceFile) -> None:
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


_READERS = {"file": _read_files, "roster": _read_roster, "markdown": _read_markdown}


def _stray_files(sources: Sources, used: set[str]) -> Iterator[Problem]:
    """Files that nothing reads: a misspelt name must not make an entry vanish without a word."""
    for path in sources.files:
        name = path.rpartition("/")[2]
        ending = "." + name.rpartition(".")[2].lower() if "." in name else ""
        if path not in used and ending not in PICTURE_ENDINGS:
            yield problem("ID-008", Span(path), name=name)
