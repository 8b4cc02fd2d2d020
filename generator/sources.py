"""Finds and reads what was submitted: which files there are, whether their names and text can be trusted."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from generator.characters import HIDDEN, names
from generator.messages import Words, words
from generator.problems import Problem, Span, problem

SOURCE_FOLDERS = ("brands", "content")
TEXT_LIMIT = 256 * 1024
# A score sheet of 250 candidates, 30 judges and three rounds of 8 criteria has 2 MB with everything in quotation marks.
SHEET_LIMIT = 8 * 1024 * 1024
_LIMITS = {".csv": SHEET_LIMIT}
LINE_LIMIT = 10_000
DEPTH_LIMIT = 12  # folders in folders; no record is that deep

_IGNORED = re.compile(r"\A(?:\..*|~\$.*|Thumbs\.db|desktop\.ini|.*~)\Z", re.IGNORECASE)
_RESERVED = re.compile(r"\A(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?\Z", re.IGNORECASE)
_BAD_NAME = re.compile(r'[\\:*?"<>|\x00-\x1f\x7f]|[. ]\Z')


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


@dataclass(frozen=True)
class Sources:
    """All files of a submission, sorted by path, with the folders they stand in."""

    root: Path
    files: Mapping[str, SourceFile]
    folders: frozenset[str]
    lower: Mapping[str, str] = field(repr=False)  # case-folded path → path, to name what was probably meant
    refused: frozenset[str] = frozenset()  # what was found but reported instead of listed

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
    """The text of a source file with line ends as ``\\n``; ``digest`` is the SHA-256 of its bytes."""

    path: str
    text: str
    digest: str


def discover(root: Path, folders: tuple[str, ...] = SOURCE_FOLDERS) -> tuple[Sources, tuple[Problem, ...]]:
    """List the files below ``folders`` of ``root``. Links are never followed; unusable names are problems."""
    problems: list[Problem] = []
    found = [each for folder in folders for each in _walk(root / folder, folder, problems)]
    files = {each.path: each for each in sorted(found, key=lambda each: each.path)}
    lower: dict[str, str] = {}
    for path in files:
        twin = lower.setdefault(path.casefold(), path)
        if twin != path:
            problems.append(problem("ID-005", Span(path), other=twin))
    parents = {parent for path in files for parent in _parents(path)}
    refused = frozenset(each.span.path for each in problems if each.span.path not in files)
    return Sources(root, files, frozenset(parents), lower, refused), tuple(problems)


def _parents(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _walk(folder: Path, path: str, problems: list[Problem]) -> Iterator[SourceFile]:
    if folder.is_symlink():
        problems.append(problem("SEC-005", Span(path)))
        return
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda each: each.name):
            if _IGNORED.match(entry.name):
                continue
            name = f"{path}/{entry.name}"
            if entry.is_symlink():
                problems.append(problem("SEC-005", Span(_printable(name))))
            elif not _is_good_name(entry.name) or name.count("/") > DEPTH_LIMIT:
                problems.append(problem("ID-004", Span(_printable(name))))
            elif entry.is_dir(follow_symlinks=False):
                yield from _walk(Path(entry.path), name, problems)
            elif stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
                yield SourceFile(name, Path(entry.path), entry.stat(follow_symlinks=False).st_size)


def _printable(name: str) -> str:
    """``name`` as it may be printed: nothing that moves a cursor or begins a line."""
    return "".join(each if each.isprintable() else "\ufffd" for each in name)


def _is_good_name(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return (
        unicodedata.normalize("NFC", name) == name
        and not _BAD_NAME.search(name)
        and not _RESERVED.match(name)
        and not HIDDEN.search(name)
        and len(name.encode("utf-8")) <= 200
    )


def read_text(file: SourceFile, limit: int | None = None) -> tuple[SourceText | None, tuple[Problem, ...]]:
    """Read ``file`` as UTF-8. Hidden characters are replaced, so the rest can still be checked; a file that is
    too large, not UTF-8 or has an endless line gives no text at all. A table may be larger than other texts."""
    limit = limit or _LIMITS.get(_ending(file.path), TEXT_LIMIT)
    if file.size > limit:
        return None, (problem("SEC-007", Span(file.path), size=file.size // 1024, limit=limit // 1024),)
    raw = file.absolute.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, (_not_utf8(file.path, raw, error),)
    if "\x00" in text and _is_utf_16(raw):
        return None, (_wrong_encoding(Span(file.path), words("encoding.utf16")),)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return None, (problem("SCH-016", Span(file.path)),)
    longest = max(enumerate(text.split("\n"), 1), key=lambda each: len(each[1]))
    if len(longest[1]) > LINE_LIMIT:
        return None, (problem("SEC-008", Span(file.path, longest[0]), limit=LINE_LIMIT),)
    problems = tuple(_hidden_characters(file.path, text))
    if problems:
        text = HIDDEN.sub("\ufffd", text)
    return SourceText(file.path, text, sha256(raw).hexdigest()), problems


def _ending(path: str) -> str:
    """The ending of a file's name, in small letters."""
    return f".{path.rpartition('.')[2].lower()}"


def _not_utf8(path: str, raw: bytes, error: UnicodeDecodeError) -> Problem:
    before = raw[: error.start]
    column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace").removeprefix("\ufeff")) + 1
    return _wrong_encoding(Span(path, before.count(b"\n") + 1, column), _guess(raw))


def _guess(raw: bytes) -> Words:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or _is_utf_16(raw):
        return words("encoding.utf16")
    try:
        raw.decode("gb18030")
        return words("encoding.gb18030")
    except UnicodeDecodeError:
        return words("encoding.unknown")


def _wrong_encoding(span: Span, guess: Words) -> Problem:
    """Told by whoever wrote such a file: Excel, a program for captions or an editor."""
    ending = _ending(span.path)
    how = words(f"encoding.how{ending}" if ending in (".csv", ".vtt") else "encoding.how")
    return problem("TXT-001", span, guess=guess, how=how)


def _is_utf_16(raw: bytes) -> bool:
    """Whether ``raw`` looks like UTF-16 without a mark: what is Latin in it has a zero beside each letter."""
    begin = raw[:4096]
    halves = (begin[0::2].count(0), begin[1::2].count(0))
    return max(halves) * 10 > len(begin) and min(halves) * 10 <= max(halves)


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


def is_inside(path: str, folder: str) -> bool:
    """Whether ``path`` lies in ``folder`` or below it."""
    return path.startswith(f"{folder}/")
