"""Finds and reads what was submitted: which files there are, whether their names and text can be trusted."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from io import BufferedReader
from pathlib import Path
from urllib.parse import unquote

from generator.messages import Words, words
from generator.problems import Problem, Span, problem
from generator.source.pointers import is_pointer
from generator.system import sealed
from generator.text.characters import HIDDEN, listed, names, odd
from generator.text.legible import in_line
from generator.text.pathnames import PATH_LIMIT, folded, is_portable, is_short_enough

SOURCE_FOLDERS = ("brands", "content")
TEXT_LIMIT = 256 * 1024
# A score sheet of 250 candidates, 30 judges and three rounds of 8 criteria has 2 MB with everything in quotation marks.
SHEET_LIMIT = 8 * 1024 * 1024
_LIMITS = {".csv": SHEET_LIMIT}
LINE_LIMIT = 10_000
DEPTH_LIMIT = 12  # folders in folders; no record is that deep

_IGNORED = re.compile(r"\A(?:\..*|~\$.*|Thumbs\.db|desktop\.ini|.*~)\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the submission. ``path`` is relative to the root, ``size`` in bytes."""

    path: str
    absolute: Path
    size: int

    @property
    def folder(self) -> str:
        """The folder part of ``path``, empty at the root."""
        return self.path.rpartition("/")[0]

    @property
    def name(self) -> str:
        """The last part of ``path``."""
        return self.path.rpartition("/")[2]

    @property
    def root(self) -> Path:
        """The folder that ``path`` begins in."""
        return self.absolute.parents[self.path.count("/")]

    def opened(self) -> AbstractContextManager[BufferedReader]:
        """The file, to be read; it is no link and does not change meanwhile. Raises as ``sealed.opened`` does."""
        return sealed.opened(self.root, self.path)


@dataclass(frozen=True)
class Sources:
    """All files of a submission, sorted by path, with the folders they stand in."""

    root: Path
    files: Mapping[str, SourceFile]
    folders: frozenset[str]
    lower: Mapping[str, str] = field(repr=False)  # case-folded path → path, to name what was probably meant
    refused: frozenset[str] = frozenset()  # what was found but reported instead of listed

    @cached_property
    def paths(self) -> frozenset[str]:
        """Every file and folder that is there, also those that were refused."""
        return self.folders.union(self.files, self.refused)

    @cached_property
    def _by_folder(self) -> Mapping[str, tuple[SourceFile, ...]]:
        grouped: dict[str, list[SourceFile]] = {}
        for file in self.files.values():
            grouped.setdefault(file.folder, []).append(file)
        return {folder: tuple(files) for folder, files in grouped.items()}

    def within(self, folder: str) -> tuple[SourceFile, ...]:
        """The files that stand in ``folder`` itself, by name."""
        return self._by_folder.get(folder, ())


@dataclass(frozen=True, slots=True)
class SourceText:
    r"""The text of a source file with line ends as ``\n``; ``digest`` is the SHA-256 of its bytes, ``\n`` for
    ``\r\n``, so that a checkout on Windows has the same. One that is not
    sound was changed to be read, by a guess of its encoding or where something hidden stood: it is good for checks
    only. ``hidden`` stands for each hidden character."""

    path: str
    text: str
    digest: str
    is_sound: bool = True
    hidden: str = ""


def discover(root: Path, folders: tuple[str, ...] = SOURCE_FOLDERS) -> tuple[Sources, tuple[Problem, ...]]:
    """List the files below ``folders`` of ``root``. Links are never followed; unusable names are problems."""
    problems: list[Problem] = []
    found = [each for folder in folders for each in _walk(root / folder, folder, problems)]
    files = {each.path: each for each in sorted(found, key=lambda each: each.path)}
    lower: dict[str, str] = {}
    parents = {parent for path in files for parent in _parents(path)}
    for path in files:
        twin = lower.setdefault(path.casefold(), path)
        if twin != path:
            problems.append(problem("ID-005", Span(path), other=twin))
    problems += _twin_folders(parents, problems)
    refused = frozenset(each.span.path for each in problems if each.span.path not in files)
    return Sources(root, files, frozenset(parents), lower, refused), tuple(problems)


def is_ignored(name: str) -> bool:
    """Whether a file or folder of this name is none of the submission: what editors and systems put beside."""
    return _IGNORED.match(name) is not None


def _parents(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _twin_folders(folders: Iterable[str], known: Iterable[Problem]) -> list[Problem]:
    """Folders that are one on systems that do not tell case apart, unless files of theirs were reported for it."""
    reported = {parent for each in known if each.code == "ID-005" for parent in _parents(each.span.path)}
    first: dict[str, str] = {}
    twins: list[Problem] = []
    for path in sorted(folders):
        twin = first.setdefault(folded(path), path)
        if twin == path or path in reported:
            continue
        if path.rpartition("/")[0] not in reported:  # what lies in a folder that is reported is no news
            twins.append(problem("ID-005", Span(path), other=twin))
        reported.add(path)
    return twins


def _walk(folder: Path, path: str, problems: list[Problem]) -> Iterator[SourceFile]:
    if folder.is_symlink():
        problems.append(problem("SEC-005", Span(path)))
        return
    if not folder.is_dir():
        if folder.exists() and not folder.is_file():
            problems.append(problem("SEC-020", Span(path), what=sort_of(folder.stat().st_mode)))
        return
    for entry in _entries(folder, path, problems):
        name = f"{path}/{entry.name}"
        if entry.is_symlink():
            problems.append(problem("SEC-005", Span(in_line(name))))
        elif not is_portable(entry.name) or HIDDEN.search(entry.name) or name.count("/") > DEPTH_LIMIT:
            problems.append(problem("ID-004", Span(in_line(name))))
        elif not is_short_enough(name):
            problems.append(problem("ID-020", Span(name), length=len(name), limit=PATH_LIMIT))
        elif entry.is_dir(follow_symlinks=False):
            problems += _odd_name(name, entry.name)
            yield from _walk(Path(entry.path), name, problems)
        else:
            yield from _listed(entry, name, problems)


def _entries(folder: Path, path: str, problems: list[Problem]) -> list[os.DirEntry[str]]:
    """What stands in a folder, by name, but for what no system means by its files."""
    try:
        with os.scandir(folder) as entries:
            found = [each for each in entries if not _IGNORED.match(each.name)]
    except (FileNotFoundError, NotADirectoryError):
        problems.append(problem("SEC-021", Span(path)))
        return []
    return sorted(found, key=lambda each: each.name)


def _listed(entry: os.DirEntry[str], name: str, problems: list[Problem]) -> Iterator[SourceFile]:
    try:
        facts = entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        problems.append(problem("SEC-021", Span(name)))
        return
    if stat.S_ISREG(facts.st_mode):
        problems += _odd_name(name, entry.name)
        yield SourceFile(name, Path(entry.path), facts.st_size)
    elif not stat.S_ISDIR(facts.st_mode):
        problems.append(problem("SEC-020", Span(name), what=sort_of(facts.st_mode)))


_SORTS = (
    (stat.S_ISFIFO, "file.pipe"),
    (stat.S_ISSOCK, "file.socket"),
    (stat.S_ISCHR, "file.device"),
    (stat.S_ISBLK, "file.device"),
    (stat.S_ISDIR, "file.folder"),
)


def sort_of(mode: int) -> Words:
    """What something is that is no file."""
    return words(next((key for is_one, key in _SORTS if is_one(mode)), "file.other"))


_ODD_IN_NAMES = frozenset({"lookalike", "broken", "mixed", "blank", "accent", "selector"})


def _odd_name(path: str, name: str) -> list[Problem]:
    """A name that nobody can type as it is shown."""
    found = [each for each in odd(name) if each.kind in _ODD_IN_NAMES] if not name.isascii() else []
    shown = "".join(name[each.start : each.end] for each in found)
    return [problem("TXT-057", Span(path), names=listed(shown))] if found else []


def read_text(file: SourceFile, limit: int | None = None) -> tuple[SourceText | None, tuple[Problem, ...]]:
    """Read ``file`` as UTF-8. Hidden characters are replaced and another encoding is guessed, so the rest can still be
    checked; a file that is too large, no text at all or has an endless line gives none, nor does a table or a film's
    captions in another encoding, whose rows would only repeat it. A table may be larger than other texts."""
    limit = limit or _LIMITS.get(_ending(file.path), TEXT_LIMIT)
    if file.size > limit:
        return None, (problem("SEC-007", Span(file.path), size=file.size // 1024, limit=limit // 1024),)
    try:
        raw = sealed.read(file.root, file.path, limit + 1)
    except sealed.Changed:
        return None, (problem("SEC-021", Span(file.path)),)
    if len(raw) > limit:
        return None, (problem("SEC-021", Span(file.path)),)  # it grew since it was listed
    if is_pointer(raw):
        return None, (problem("TXT-055", Span(file.path), path=file.path),)
    text, problems = _decoded(file, raw)
    if text is None or (problems and _ending(file.path) in _HOW):
        return None, problems
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return None, problems or (problem("SCH-016", Span(file.path)),)
    longest = max(enumerate(text.split("\n"), 1), key=lambda each: len(each[1]))
    if len(longest[1]) > LINE_LIMIT:
        return None, (*problems, problem("SEC-008", Span(file.path, longest[0]), limit=LINE_LIMIT))
    digest = sha256(raw.replace(b"\r\n", b"\n")).hexdigest()
    found = tuple(_hidden_characters(file.path, text))
    is_sound = not problems and not found
    hidden = "\ufffd" if problems or (found and "\ufffd" not in text) else ""
    return SourceText(file.path, HIDDEN.sub("\ufffd", text), digest, is_sound, hidden), problems + found


def _decoded(file: SourceFile, raw: bytes) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of UTF-8, or with its problem that of another encoding that fits."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if raw.startswith(_OFFICE):
            return None, (problem("SCH-038", Span(file.path), name=file.name),)
        before = raw[: error.start]
        decoded, guess = _guessed(raw)
        damaged = raw.decode("utf-8", "replace")
        if decoded is None or damaged.count("\ufffd") * 2 <= sum(not each.isascii() for each in damaged):
            decoded = damaged  # a few bytes are wrong, most are right
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace").removeprefix("\ufeff")) + 1
        return decoded, (_wrong_encoding(Span(file.path, before.count(b"\n") + 1, column), words(guess)),)
    if "\x00" in text and _utf_16(raw):
        return raw.decode(_utf_16(raw), "replace"), (_wrong_encoding(Span(file.path), words("encoding.utf16")),)
    return text, ()


_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-")  # Word and Excel, new and old, and PDF
_HOW = frozenset({".csv", ".vtt"})  # whose usual programs have a way of their own to save UTF-8


def _guessed(raw: bytes) -> tuple[str | None, str]:
    """The text in the encoding that fits, and what a message says of it."""
    utf_16 = _utf_16(raw)
    guesses = ((utf_16, "encoding.utf16"),) if utf_16 else ()
    for encoding, guess in (*guesses, ("gb18030", "encoding.gb18030")):
        try:
            return raw.decode(encoding), guess
        except UnicodeDecodeError:
            continue
    return None, "encoding.unknown"


def _utf_16(raw: bytes) -> str:
    """Which UTF-16 ``raw`` looks like, with a mark or without: what is Latin in it has a zero beside each letter. Empty for
    none."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    begin = raw[:4096]
    first, second = begin[0::2].count(0), begin[1::2].count(0)
    if max(first, second) * 10 <= len(begin) or min(first, second) * 10 > max(first, second):
        return ""
    return "utf-16-be" if first > second else "utf-16-le"


def _ending(path: str) -> str:
    """The ending of a file's name, in small letters."""
    return f".{path.rpartition('.')[2].lower()}"


def _wrong_encoding(span: Span, guess: Words) -> Problem:
    """Told by whoever wrote such a file: Excel, a program for captions or an editor."""
    ending = _ending(span.path)
    return problem("TXT-001", span, guess=guess, how=words(f"encoding.how{ending}" if ending in _HOW else "encoding.how"))


def _hidden_characters(path: str, text: str) -> Iterator[Problem]:
    if not HIDDEN.search(text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        hits = list(HIDDEN.finditer(line))
        if hits:
            yield problem("SEC-001", Span(path, number, hits[0].start() + 1), names=names(line))


def resolve(base: str, target: str) -> str | None:
    """Return the root-relative path that ``target`` means when written in a file of folder ``base``, or ``None``
    when it leaves the root, is absolute, or is written in a way that means different things on different systems.
    """
    if target.startswith(("/", "\\")) or "\\" in target or re.match(r"[A-Za-z]:", target) or "\x00" in target:
        return None
    parts = base.split("/") if base else []
    for part in target.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def meant_path(target: str) -> str:
    """``target`` as it has to be written if it was copied from a file manager: with ``/``, and from a drive or the root
    of a disk no more than the file's name in ``img/``."""
    path = target.strip().strip("\"'“”").replace("\\", "/").removeprefix("file:///")
    if re.match(r"[A-Za-z]:|/", path):
        return f"img/{path.rpartition('/')[2].rpartition(':')[2]}"
    return path.removeprefix("./")


def path_advice(target: str) -> Words:
    """What to type instead of a path that leads outside of what is allowed."""
    meant = meant_path(target)
    if meant == target or meant.split("/")[0] == ".." or meant == "img/":
        return words("advice.path")
    form = words("advice.path.write")
    return Words(form.zh.format(path=meant), form.en.format(path=meant))
def locate(base: str, target: str, known: Container[str]) -> str | None:
    """Return the path of ``known`` that ``target`` means when written in a file of folder ``base``; where there is none,
    what it means to the letter, as ``resolve`` does. A git host and most editors write a blank or a Han character of a
    path by its bytes (``%20``), and what stands behind ``?`` or ``#`` belongs to no file; a file of that very name comes
    first."""
    literal = resolve(base, target)
    if literal is None or literal in known:
        return literal
    for spelling in _spellings(target):
        path = resolve(base, spelling)
        if path is not None and path in known:
            return path
    return literal


def _spellings(target: str) -> Iterator[str]:
    """The names that ``target`` may stand for, the likeliest first. Twice encoded is what was copied twice."""
    for written in (target, re.split(r"[?#]", target, maxsplit=1)[0]):
        once = unquote(written)
        for each in (written, once, unquote(once)):
            yield each
            yield unicodedata.normalize("NFC", each)


def is_inside(path: str, folder: str) -> bool:
    """Whether ``path`` lies in ``folder`` or below it."""
    return path.startswith(f"{folder}/")
