"""The files that a deposit is made of: plain files with names that every system can hold."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, BinaryIO

from generator.outputs.data.formats import PUBLISHED
from generator.text.media_types import TYPES, UNKNOWN, is_text
from generator.text.pathnames import folded, is_portable_path

Sources = Mapping[str, Path | bytes]  # a path with "/" → the file, or what is in it
BLOCK = 1 << 20
_ENDINGS = {**TYPES, **PUBLISHED}


class Refused(Exception):
    """No deposit can be made of what was given. ``key`` is the wording that says why, ``values`` fill it."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key, self.values = key, values


def gather(folder: Path) -> dict[str, Path | bytes]:
    """All files below ``folder`` by their paths. Raises ``Refused`` for a link, a pipe or a device, for a name that some
    system cannot hold, for two names that are one on some systems, and for a folder without files."""
    found: dict[str, Path | bytes] = {}
    seen: dict[str, str] = {}
    for name, path, mode in _walk(folder):
        if not stat.S_ISREG(mode):
            raise Refused("archive.no_file", name=name)
        if not is_portable_path(name):
            raise Refused("archive.name", name=name)
        if folded(name) in seen:
            raise Refused("archive.twins", name=name, other=seen[folded(name)])
        seen[folded(name)] = name
        found[name] = path
    if not found:
        raise Refused("archive.empty", name=str(folder))
    return found


def _walk(folder: Path, before: str = "") -> Iterator[tuple[str, Path, int]]:
    for entry in sorted(os.scandir(folder), key=lambda each: each.name):
        mode = entry.stat(follow_symlinks=False).st_mode
        if stat.S_ISDIR(mode):
            yield from _walk(Path(entry.path), f"{before}{entry.name}/")
        else:
            yield before + entry.name, Path(entry.path), mode


def opened(source: Path | bytes) -> BinaryIO:
    """What ``source`` holds, to be read from its beginning."""
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def size_of(source: Path | bytes) -> int:
    """How many bytes ``source`` has."""
    return len(source) if isinstance(source, bytes) else source.stat().st_size


def digests(stream: IO[bytes], algorithms: tuple[str, ...], copy: IO[bytes] | None = None) -> tuple[dict[str, str], int]:
    """The digests of what is left in ``stream``, by algorithm, and how many bytes it was; written to ``copy`` meanwhile."""
    sums = {name: hashlib.new(name, usedforsecurity=False) for name in algorithms}
    size = 0
    while block := stream.read(BLOCK):
        size += len(block)
        for each in sums.values():
            each.update(block)
        if copy is not None:
            copy.write(block)
    return {name: each.hexdigest() for name, each in sums.items()}, size


def sha256_of(source: Path | bytes) -> str:
    """The SHA-256 of what ``source`` holds."""
    with opened(source) as stream:
        return digests(stream, ("sha256",))[0]["sha256"]


def in_order(names: Mapping[str, object]) -> list[str]:
    """``names`` in the order of their bytes in UTF-8, which no locale changes."""
    return sorted(names, key=lambda each: each.encode("utf-8"))


def media_type(name: str) -> str:
    """The media type of a file by its ending."""
    return _ENDINGS.get(name.rpartition(".")[2].lower(), UNKNOWN)


def served_type(name: str) -> str:
    """``media_type`` as a server states it, with the characters that texts are written in."""
    found = media_type(name)
    return f"{found}; charset=utf-8" if is_text(found) else found
