"""What there is to verify: plain files with their paths, in a folder or in a zip. Nothing is followed and nothing is
unpacked."""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Protocol

from generator.archive.sources import digests
from generator.archive.verify.report import found
from generator.problems import Problem

MOST_TEXT = 256 << 20  # bytes of a list that is read whole: more than a million lines
_CAREFULLY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
BROKEN = (OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, RuntimeError)


Told = Callable[[int, int], None]  # how many bytes are read, and of how many


def silent(done: int, total: int) -> None:
    """Tell nobody."""


class Tree(Protocol):
    """Files by their paths, with their sizes, and what lies there that is none. ``told`` is called while they are read."""

    @property
    def told(self) -> Told:
        """Who is told how far reading is."""

    @property
    def files(self) -> Mapping[str, int]:
        """The plain files, path → size."""

    @property
    def odd(self) -> tuple[Problem, ...]:
        """What is no plain file and no folder."""

    def open(self, name: str) -> IO[bytes]:
        """What the file ``name`` holds. Raises one of ``BROKEN``, as reading it may."""


@dataclass(frozen=True, slots=True)
class FolderTree:
    """A folder, as it lay there when it was scanned."""

    root: Path
    files: Mapping[str, int]
    odd: tuple[Problem, ...]
    told: Told = silent

    def open(self, name: str) -> IO[bytes]:
        """Open the file, and only if it still is one. Never waits for anything."""
        return os.fdopen(os.open(self.root / name, os.O_RDONLY | _CAREFULLY), "rb")


@dataclass(frozen=True, slots=True)
class ZipTree:
    """The members of a zip below ``prefix``."""

    packed: zipfile.ZipFile
    prefix: str
    files: Mapping[str, int]
    told: Told = silent
    odd: tuple[Problem, ...] = ()

    def open(self, name: str) -> IO[bytes]:
        """Open the member."""
        return self.packed.open(self.prefix + name)


def scan(root: Path, told: Told = silent) -> FolderTree:
    """The files below ``root``. Raises ``OSError`` for a folder that may not be looked into."""
    files: dict[str, int] = {}
    odd: list[Problem] = []
    for path, entry in _walk(str(root), ""):
        state = entry.stat(follow_symlinks=False)
        if stat.S_ISREG(state.st_mode):
            files[path] = state.st_size
        else:
            odd.append(found("ARC-402" if entry.is_symlink() else "ARC-404", path))
    return FolderTree(root, files, tuple(odd), told)


def _walk(folder: str, before: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda each: each.name):
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path, f"{before}{entry.name}/")
            else:
                yield before + entry.name, entry


def in_folder(tree: ZipTree, folder: str) -> ZipTree:
    """The part of ``tree`` that lies in ``folder``, which ends with a slash."""
    inner = {name.removeprefix(folder): size for name, size in tree.files.items() if name.startswith(folder)}
    return replace(tree, prefix=tree.prefix + folder, files=inner)


def sums(tree: Tree, names: Mapping[str, object], algorithms: tuple[str, ...]) -> tuple[dict[str, dict[str, str]], list[Problem]]:
    """The digests of the files ``names``, and a problem for each that cannot be read to its end."""
    known: dict[str, dict[str, str]] = {}
    broken: list[Problem] = []
    done, total = 0, sum(tree.files.get(name, 0) for name in names)
    for name in names:
        tree.told(done, total)
        done += tree.files.get(name, 0)
        try:
            with tree.open(name) as stream:
                known[name] = digests(stream, algorithms)[0]
        except BROKEN as error:
            broken.append(found("ARC-304", name, reason=_reason(error)))
    tree.told(total, total)
    return known, broken


def text_of(tree: Tree, name: str) -> bytes | None:
    """What a list or a description holds; ``None`` where there is none, or none that can be read."""
    if tree.files.get(name, MOST_TEXT + 1) > MOST_TEXT:
        return None
    try:
        with tree.open(name) as stream:
            return stream.read(MOST_TEXT)
    except BROKEN:
        return None


def renamed_list(tree: Tree, start: bytes) -> str | None:
    """The file that begins as a list does which is not there under its name, those at the top before others."""
    for name in sorted(tree.files, key=lambda each: (each.count("/"), each)):
        try:
            with tree.open(name) as stream:
                if stream.read(len(start)) == start:
                    return name
        except BROKEN:
            continue
    return None


def _reason(error: BaseException) -> str:
    return str(getattr(error, "strerror", None) or error or type(error).__name__)
