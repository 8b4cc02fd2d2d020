"""Which files git tracks, read from its index. No command of git runs: its configuration may name programs to be run, and
it comes with the folder that is looked at.

The format is that of git's documentation, gitformat-index(5): versions 2 to 4, with SHA-1 or SHA-256, split or whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.system import plainfiles

LINK = 0o120000
_KINDS = frozenset({0o040000, 0o100000, LINK, 0o160000})  # folder of a sparse index, file, link, submodule
_FACTS = 40  # bytes before the digest: times, device, number, mode, owner, size
_EXTENDED = 0x4000
_MOST = 1 << 28  # bytes of an index; one of a million files has 100 MB
_POINTER = re.compile(rb"gitdir: ([^\n\0]+)\n?")


class Unreadable(Exception):
    """There is an index and it is not what git writes. ``args[0]`` is the file."""


@dataclass(frozen=True, slots=True)
class Tracked:
    """A file that git tracks: its path from the folder that was asked about, and its mode."""

    path: str
    mode: int

    @property
    def is_link(self) -> bool:
        """Whether it is a symbolic link, whatever it became when it was checked out."""
        return self.mode & 0o170000 == LINK


def top_of(folder: Path) -> Path | None:
    """The work tree that ``folder`` lies in, ``None`` where there is none."""
    return next((each for each in (folder, *folder.parents) if _git_folder(each) is not None), None)


def index_of(folder: Path) -> Path | None:
    """The index of the work tree that ``folder`` lies in, there or not; ``None`` where there is none."""
    top = top_of(folder)
    git = _git_folder(top) if top is not None else None
    return git / "index" if git is not None else None


def tracked(folder: Path) -> tuple[Tracked, ...] | None:
    """What git tracks below ``folder``, ``None`` where it lies in no work tree. Raises ``Unreadable``."""
    top, file = top_of(folder), index_of(folder)
    if top is None or file is None:
        return None
    if not file.exists():
        return ()
    before = "".join(f"{each}/" for each in folder.relative_to(top).parts)
    found = _names(file, file.parent, is_shared=False)
    return tuple(Tracked(name[len(before) :], mode) for name, mode in found if name.startswith(before))


def _git_folder(folder: Path) -> Path | None:
    """The folder in which git keeps the index of the work tree ``folder``. A file in its place names it, in a second work
    tree and in a submodule."""
    place = folder / ".git"
    if (place / "HEAD").is_file():
        return place
    pointer = _POINTER.fullmatch(plainfiles.read(place, 4096) or b"")
    if pointer is None:
        return None
    try:
        there = folder / pointer[1].decode()
        return there if (there / "HEAD").is_file() else None
    except (ValueError, OSError):
        return None


def _names(file: Path, git: Path, *, is_shared: bool) -> list[tuple[str, int]]:
    content = plainfiles.read(file, _MOST)
    if content is None:
        raise Unreadable(file)
    for size in (20, 32):  # only the configuration says which digest it is; read with the other, no entry is sound
        try:
            names, rest = _entries(content, size)
            base = None if is_shared else _base(content[rest : len(content) - size], size)
        except (ValueError, IndexError):
            continue
        shared = _names(git / f"sharedindex.{base}", git, is_shared=True) if base else []
        return [*shared, *names]
    raise Unreadable(file)


def _entries(content: bytes, size: int) -> tuple[list[tuple[str, int]], int]:
    """The entries of an index whose digests have ``size`` bytes, and where they end. Raises ``ValueError`` and
    ``IndexError`` for anything else."""
    version, count = int.from_bytes(content[4:8]), int.from_bytes(content[8:12])
    if content[:4] != b"DIRC" or version not in (2, 3, 4):
        raise ValueError("no index")
    names: list[tuple[str, int]] = []
    at, name = 12, b""
    for _ in range(count):
        mode = int.from_bytes(content[at + 24 : at + 28])
        flags = int.from_bytes(content[at + _FACTS + size : at + _FACTS + size + 2])
        start = at + _FACTS + size + (4 if flags & _EXTENDED else 2)
        if mode & 0o170000 not in _KINDS or start >= len(content):
            raise ValueError("no entry")
        if version == 4:
            dropped, start = _number(content, start)
            if dropped > len(name):
                raise ValueError("no name")
            end = content.index(b"\0", start)
            name, at = name[: len(name) - dropped] + content[start:end], end + 1
        else:
            end = content.index(b"\0", start)
            name, at = content[start:end], end + 8 - (end - at) % 8
        if name:  # in a split index, one that replaces another has none
            names.append((name.decode("utf-8", "surrogateescape"), mode))
    if at > len(content) - size:
        raise ValueError("no end")
    return names, at


def _number(content: bytes, at: int) -> tuple[int, int]:
    """A number of varying length as git packs it, and where it ends."""
    value = content[at] & 0x7F
    while content[at] & 0x80:
        at += 1
        value = ((value + 1) << 7) | (content[at] & 0x7F)
        if value > _MOST:
            raise ValueError("no number")
    return value, at + 1


def _base(extensions: bytes, size: int) -> str | None:
    """The digest of the index that this one only changes, ``None`` for a whole one."""
    for name, body in list(_extensions(extensions)):  # all of them: only then is their end known to be right
        if name == b"link" and any(body[:size]):
            return body[:size].hex()
    return None


def _extensions(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(content):
        name, length = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8])
        if not re.fullmatch(rb"[A-Za-z]{4}", name) or at + 8 + length > len(content):
            raise ValueError("no extension")
        yield name, content[at + 8 : at + 8 + length]
        at += 8 + length
