"""The objects of a repository, read without running git: its configuration may name programs to be run.

The formats are those of git's documentation: gitrepository-layout(5), gitformat-pack(5).
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from generator.system import plainfiles
from generator.system.gitindex import index_of

_KINDS = {1: "commit", 2: "tree", 3: "blob", 4: "tag"}
_DELTA_BY_PLACE, _DELTA_BY_NAME = 6, 7
_BORROWED = 5  # repositories that borrow from one another, as git has it
_DEEPEST = 50  # changes of changes; git's own limit is as high


class Repository(NamedTuple):
    """Where a work tree keeps what is its own (HEAD, index), and where all work trees of the repository keep the rest."""

    own: Path
    common: Path

    def read(self, name: str, kind: str, most: int) -> bytes | None:
        """The object ``name`` (hexadecimal digits) of that ``kind``; ``None`` where it is not there, is another one, is damaged or
        has more than ``most`` bytes."""
        found = None
        for folder in _folders(self.common / "objects"):
            try:
                found = found or _loose(folder, name, most) or _packed(folder / "pack", name, most)
            except (OSError, ValueError, IndexError, zlib.error):
                return None
        return found[1] if found is not None and found[0] == kind and len(found[1]) <= most else None


def repository_of(folder: Path) -> Repository | None:
    """The repository of the work tree that ``folder`` lies in, ``None`` where there is none."""
    index = index_of(folder)
    if index is None:
        return None
    beside = (plainfiles.read(index.parent / "commondir", 1 << 12) or b".").decode("utf-8", "replace").strip()
    return Repository(index.parent, index.parent / beside)


def _folders(objects: Path, depth: int = 0) -> Iterator[Path]:
    """Where objects are kept: in the repository, and in others from which it borrows, as ``git clone --shared`` makes it."""
    yield objects
    if depth < _BORROWED:
        for line in (plainfiles.read(objects / "info" / "alternates", 1 << 16) or b"").splitlines():
            if line and not line.startswith((b"#", b'"')):
                yield from _folders(objects / os.fsdecode(line), depth + 1)


def _loose(objects: Path, name: str, most: int) -> tuple[str, bytes] | None:
    raw = plainfiles.read(objects / name[:2] / name[2:], most + (1 << 10))
    if not raw:
        return None
    head, _, content = zlib.decompressobj().decompress(raw, most + (1 << 10)).partition(b"\0")
    return head.partition(b" ")[0].decode("ascii", "replace"), content


def _packed(folder: Path, name: str, most: int) -> tuple[str, bytes] | None:
    for index in sorted(folder.glob("*.idx")):
        at = _place(index, bytes.fromhex(name))
        if at is not None:
            with index.with_suffix(".pack").open("rb") as pack:
                kind, content = _object(pack, at, index, most + 1)
            return _KINDS.get(kind, ""), content
    return None


def _place(index: Path, name: bytes) -> int | None:
    """Where the object ``name`` begins in the pack of ``index`` (version 2)."""
    with index.open("rb") as file:
        head = file.read(8 + 1024)
        if head[:8] != b"\xfftOc\x00\x00\x00\x02":
            return None
        fan = [int.from_bytes(head[8 + 4 * each : 12 + 4 * each], "big") for each in range(256)]
        low, high, count = fan[name[0] - 1] if name[0] else 0, fan[name[0]], fan[255]
        file.seek(8 + 1024 + low * len(name))
        for number in range(low, high):
            if file.read(len(name)) == name:
                file.seek(8 + 1024 + count * (len(name) + 4) + 4 * number)
                place = int.from_bytes(file.read(4), "big")
                if place < 1 << 31:
                    return place
                file.seek(8 + 1024 + count * (len(name) + 8) + 8 * (place & (1 << 31) - 1))
                return int.from_bytes(file.read(8), "big")
    return None


def _object(pack: BinaryIO, at: int, index: Path, most: int, depth: int = 0) -> tuple[int, bytes]:
    """The kind and the bytes of the object at ``at``; of one kept as changes to another, that with these."""
    if depth > _DEEPEST:
        raise ValueError("no object")
    pack.seek(at)
    raw = pack.read(most)
    kind, place, byte = raw[0] >> 4 & 7, 1, raw[0]
    while byte & 0x80:
        byte, place = raw[place], place + 1
    if kind == _DELTA_BY_PLACE:
        byte = raw[place]
        back, place = byte & 0x7F, place + 1
        while byte & 0x80:
            byte = raw[place]
            back, place = (back + 1 << 7) | (byte & 0x7F), place + 1
        kind, base = _object(pack, at - back, index, most, depth + 1)
        return kind, _changed(base, zlib.decompressobj().decompress(raw[place:], most))
    if kind == _DELTA_BY_NAME:
        wide = 20
        found = _place(index, raw[place : place + wide])
        if found is None:
            raise ValueError("no base")
        kind, base = _object(pack, found, index, most, depth + 1)
        return kind, _changed(base, zlib.decompressobj().decompress(raw[place + wide :], most))
    return kind, zlib.decompressobj().decompress(raw[place:], most)


def _changed(base: bytes, delta: bytes) -> bytes:
    at = 0
    for _ in range(2):  # the sizes of both
        while delta[at] & 0x80:
            at += 1
        at += 1
    made = bytearray()
    while at < len(delta):
        code, at = delta[at], at + 1
        if not code & 0x80:
            made += delta[at : at + code]
            at += code
            continue
        numbers = [0, 0]
        for bit in range(7):
            if code >> bit & 1:
                numbers[bit > 3] |= delta[at] << 8 * (bit if bit < 4 else bit - 4)
                at += 1
        start, size = numbers[0], numbers[1] or 0x10000
        made += base[start : start + size]
    return bytes(made)
