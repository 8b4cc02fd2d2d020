"""The commit that sources stand at: its name, its day, and which files are not as it has them. No command of git runs, as its
configuration may name programs. The formats are those of git's documentation: gitrepository-layout(5), gitformat-pack(5).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from typing import IO, NamedTuple

from generator.archive.freezing.objects import Repository, repository_of
from generator.source.files import SHEET_LIMIT, SourceFile
from generator.system import plainfiles
from generator.system.gitindex import top_of

_MOST = 1 << 16  # bytes of a file of names, and of a commit
_LARGEST = 1 << 26  # bytes of a list of the names in a folder
_NAME = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_COMMITTER = re.compile(rb"^committer .*> (\d{1,12}) ([+-])(\d\d)(\d\d)$", re.MULTILINE)
_TREE = re.compile(rb"tree ([0-9a-f]+)\n")
_FOLDERS = (b"40000", b"040000")  # modes of a folder, as old programs wrote it too
_SHORT = 40  # digits of a name; those of a repository with SHA-256 have 64
_POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize {size}\n"


class Commit(NamedTuple):
    """A commit: its name in hexadecimal digits, and the day on which it was made where that was; ``None`` for one that cannot
    be read."""

    name: str
    day: date | None


def head(folder: Path) -> Commit | None:
    """The commit that the work tree with ``folder`` stands at, ``None`` where there is none."""
    found = repository_of(folder)
    name = _resolved("HEAD", found, []) if found is not None else None
    if found is None or name is None:
        return None
    content = found.read(name, "commit", _MOST)
    return Commit(name, _day_of(content) if content else None)


def told_by(folder: Path) -> tuple[Path, ...]:
    """The files, there or not, that say which commit the work tree with ``folder`` stands at: whoever sees that none of them was
    touched knows it still. What a commit holds never changes."""
    found, files = repository_of(folder), list[Path]()
    if found is not None:
        _resolved("HEAD", found, files)
        files.append(found.own / "commondir")
    return tuple(dict.fromkeys(files))


def listed(folder: Path, name: str, within: Iterable[str]) -> Mapping[str, str] | None:
    """The files that the commit ``name`` has at the paths ``within``, seen from ``folder``, and below them: path → name of the object.
    ``None`` where the commit, or a folder of it, cannot be read, as in a clone without them."""
    repository, top = repository_of(folder), top_of(folder)
    commit = repository.read(name, "commit", _MOST) if repository is not None else None
    root = _TREE.match(commit) if commit else None
    if repository is None or top is None or root is None:
        return None
    try:
        inner: str | None = root[1].decode()
        for part in folder.resolve().relative_to(top.resolve()).parts:
            inner = _names(repository, inner).get(part) if inner is not None else None
        entries = _names(repository, inner) if inner is not None else {}
        return dict(_below(entries, "", repository, frozenset(within)))
    except LookupError:
        return None


def _below(entries: Mapping[str, str], before: str, repository: Repository, within: Container[str] = ()) -> Iterator[tuple[str, str]]:
    for name, held in entries.items():
        if before or name in within:
            if isinstance(held, _Folder):
                yield from _below(_names(repository, held), f"{before}{name}/", repository)
            else:
                yield f"{before}{name}", held


def is_in(file: SourceFile, name: str) -> bool:
    """Whether the object ``name`` of a commit is ``file``. Lines that a checkout ended in another way, and what git LFS keeps
    elsewhere, are the same. Raises as reading a source does."""
    return name in _ids(file, len(name))


def unlike(folder: Path, name: str, files: Mapping[str, SourceFile]) -> tuple[str, ...]:
    """Which of ``files`` (path from ``folder`` → file) are not in the commit ``name`` as they are. Lines that a checkout ended
    in another way, and what git LFS keeps elsewhere, are the same. Nothing is told of a commit that cannot be read."""
    repository, top = repository_of(folder), top_of(folder)
    commit = repository.read(name, "commit", _MOST) if repository is not None else None
    root = _TREE.match(commit) if commit else None
    if repository is None or top is None or root is None:
        return ()
    trees: dict[str, Mapping[str, str]] = {"": _read_names(repository, root[1].decode())}
    before = "".join(f"{each}/" for each in folder.resolve().relative_to(top.resolve()).parts)
    return tuple(path for path, file in files.items() if _found(f"{before}{path}", trees, repository) not in _ids(file, len(name)))


def _found(path: str, trees: dict[str, Mapping[str, str]], repository: Repository) -> str:
    """The name of the object at ``path``, "" where there is none; ``trees`` are the folders that were read."""
    folder, _, name = path.rpartition("/")
    if folder not in trees:
        inner = _found(folder, trees, repository)
        trees[folder] = _read_names(repository, inner) if inner else {}
    return trees[folder].get(name, "")


class _Folder(str):
    """The name of an object that is a folder."""

    __slots__ = ()


def _read_names(repository: Repository, tree: str) -> Mapping[str, str]:
    """What is in a folder, nothing for one that cannot be read."""
    try:
        return _names(repository, tree)
    except LookupError:
        return {}


def _names(repository: Repository, tree: str) -> Mapping[str, str]:
    """What is in a folder: name → object. Raises ``LookupError`` for one that cannot be read."""
    content, found, at = repository.read(tree, "tree", _LARGEST), dict[str, str](), 0
    if content is None:
        raise LookupError(tree)
    while at < len(content):
        end = content.index(b"\0", at)
        mode, _, name = content[at:end].partition(b" ")
        at = end + 1 + len(tree) // 2
        held = content[end + 1 : at].hex()
        found[name.decode("utf-8", "surrogateescape")] = _Folder(held) if mode in _FOLDERS else held
    return found


def _ids(file: SourceFile, digits: int) -> Iterator[str]:
    """The names that the object of ``file`` may have."""
    with file.opened() as opened:
        yield _id(opened, file.size, digits)
        opened.seek(0)
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
        pointer = _POINTER.format(digest=digest, size=file.size).encode()
        yield _id(BytesIO(pointer), len(pointer), digits)
        if file.size <= SHEET_LIMIT:
            opened.seek(0)
            content = opened.read().replace(b"\r\n", b"\n")
            yield _id(BytesIO(content), len(content), digits)


def _id(stream: IO[bytes], size: int, digits: int) -> str:
    digest = hashlib.new("sha1" if digits == _SHORT else "sha256", b"blob %d\0" % size, usedforsecurity=False)
    while block := stream.read(1 << 20):
        digest.update(block)
    return digest.hexdigest()


def _text(file: Path) -> str:
    return (plainfiles.read(file, _MOST) or b"").decode("utf-8", "replace").strip()


def _resolved(name: str, repository: Repository, asked: list[Path], depth: int = 0) -> str | None:
    """The commit that a reference leads to; the files that tell it are ``asked``."""
    own, common = repository
    asked += (own / name, common / name)
    text = _text(own / name) or _text(common / name)
    if text.startswith("ref: ") and depth < 5:
        target = text.removeprefix("ref: ")
        return None if ".." in target.split("/") else _resolved(target, repository, asked, depth + 1)
    if _NAME.fullmatch(text):
        return text
    asked.append(common / "packed-refs")
    packed = (plainfiles.read(common / "packed-refs", 1 << 26) or b"").decode("utf-8", "replace")
    hit = re.search(rf"^([0-9a-f]+) {re.escape(name)}$", packed, re.MULTILINE)
    return hit[1] if hit and _NAME.fullmatch(hit[1]) else None


def _day_of(content: bytes) -> date | None:
    hit = _COMMITTER.search(content.partition(b"\n\n")[0])
    if hit is None:
        return None
    minutes = int(hit[3]) * 60 + int(hit[4])
    zone = timezone(timedelta(minutes=-minutes if hit[2] == b"-" else minutes))
    return datetime.fromtimestamp(int(hit[1]), zone).date()
