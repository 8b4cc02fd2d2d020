"""Whether a zip is safe to unpack, and whole. That is looked at before anything in it is read (APPNOTE 6.3.10, 4.3 to 4.5)."""

from __future__ import annotations

import os
import stat
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from generator.archive.verify.lists import leads_out
from generator.archive.verify.report import Report, found
from generator.archive.verify.trees import BROKEN, Told, ZipTree
from generator.archive.zipped import PLAIN_FILE
from generator.problems import Problem
from generator.text.pathnames import folded

MOST_TIMES, SMALL = 100, 1 << 20  # times the size of the zip, and bytes that are never too many
_ENCRYPTED = 0x1
_UNIX = 3
_LOCAL, _ROW, _END = 30, 46, 22  # bytes of a header and of a row of the directory without names, and of the end
_END_MARK = b"PK\x05\x06"
_NEEDS = (20, 45)  # the version that unpacks it, without and with zip64
_UTF_8 = 0x800
_GRAVE = ("ARC-304", "ARC-401", "ARC-402", "ARC-403", "ARC-404", "ARC-405", "ARC-406")


def examine(file: Path, packed: zipfile.ZipFile, told: Told) -> tuple[ZipTree | None, list[Problem]]:
    """The members of the opened zip ``file`` and what is wrong with it; ``None`` where nothing in it may be read."""
    problems = [*_members(file, packed), *_layout(file, packed)]
    infos = [each for each in packed.infolist() if not each.is_dir()]
    total = sum(each.file_size for each in infos)
    if total > max(SMALL, MOST_TIMES * file.stat().st_size):
        problems.append(found("ARC-403", file.name, times=total // max(file.stat().st_size, 1)))
    if any(each.code in _GRAVE for each in problems):
        return None, problems
    return ZipTree(packed, "", {each.filename: each.file_size for each in infos}, told), problems


def _members(file: Path, packed: zipfile.ZipFile) -> Iterator[Problem]:
    names: set[str] = set()
    alike: set[str] = set()
    for each in packed.infolist():
        mode = each.external_attr >> 16 if each.create_system == _UNIX else 0
        if leads_out(each.orig_filename):
            yield found("ARC-401", file.name, other=each.orig_filename)
        if stat.S_ISLNK(mode):
            yield found("ARC-402", each.filename)
        elif stat.S_IFMT(mode) and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            yield found("ARC-404", each.filename)
        if each.flag_bits & _ENCRYPTED:
            yield found("ARC-405", each.filename)
        if each.filename in names:
            yield found("ARC-406", each.filename)
        elif folded(each.filename) in alike:
            yield found("ARC-408", each.filename)
        names.add(each.filename)
        alike.add(folded(each.filename))


def _layout(file: Path, packed: zipfile.ZipFile) -> Iterator[Problem]:
    """Members that share bytes, and bytes that belong to none."""
    end = 0
    with file.open("rb") as raw:
        for each in sorted(packed.infolist(), key=lambda info: info.header_offset):
            if each.header_offset < 0:
                yield found("ARC-304", file.name, reason=f"{each.filename}: {each.header_offset}")
                return
            if each.header_offset < end:
                yield found("ARC-406", each.filename)
            elif each.header_offset > end and not _is_descriptor(each.header_offset - end):
                yield found("ARC-409", file.name)
            raw.seek(each.header_offset)
            header = raw.read(_LOCAL)
            lengths = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
            end = each.header_offset + _LOCAL + lengths + each.compress_size
    if packed.start_dir > end and not _is_descriptor(packed.start_dir - end):
        yield found("ARC-409", file.name)


def _is_descriptor(size: int) -> bool:
    """Whether so many bytes behind a member can be its data descriptor (APPNOTE 4.3.9)."""
    return size in (12, 16, 20, 24)


def refused(file: Path, problems: list[Problem]) -> Report:
    """The report of a zip in which nothing may be read."""
    return Report("zip", 1, file.stat().st_size).plus(problems, "paths", "packing")


def broken_members(tree: ZipTree) -> Iterator[Problem]:
    """The members that do not unpack to what their check sums say."""
    for name, size in tree.files.items():
        try:
            with tree.open(name) as stream:
                count = sum(len(block) for block in iter(lambda: stream.read(1 << 20), b""))
            if count != size:
                yield found("ARC-304", name, reason=f"{count} / {size}")
        except BROKEN as error:
            yield found("ARC-304", name, reason=str(error))


def as_we_write(file: Path, packed: zipfile.ZipFile) -> Iterator[Problem]:
    """Whether a zip of ours is written as this program writes it, in the bytes that no check sum is about: times,
    permissions, what the members and the directory say of each other (APPNOTE 4.3.7, 4.3.12, 4.3.16)."""
    infos = packed.infolist()
    names = [each.filename for each in infos]
    with file.open("rb") as raw:
        is_same = (
            names == sorted(names, key=lambda name: name.encode())
            and len({each.date_time for each in infos}) == 1
            and not packed.comment
            and all(_is_plain(each) and _agrees(each, raw) for each in infos)
            and _ends(raw, packed)
        )
    if not is_same:
        yield found("ARC-110", file.name)


def _is_plain(each: zipfile.ZipInfo) -> bool:
    is_large = max(each.file_size, each.compress_size, each.header_offset) >= zipfile.ZIP64_LIMIT
    return (
        (each.create_system, each.external_attr, each.internal_attr) == (_UNIX, PLAIN_FILE << 16, 0)
        and (each.create_version, each.extract_version, each.reserved, each.volume) == (*(_NEEDS[is_large],) * 2, 0, 0)
        and each.flag_bits == (0 if each.filename.isascii() else _UTF_8)
        and not each.comment
        and (is_large or not each.extra)
    )


def _agrees(each: zipfile.ZipInfo, raw: IO[bytes]) -> bool:
    """Whether the header before a member says what the directory says, but for sizes that need more room."""
    raw.seek(each.header_offset)
    header = raw.read(_LOCAL + len(each.filename.encode()))
    if each.file_size >= zipfile.ZIP64_LIMIT:
        return header[_LOCAL:] == each.filename.encode()
    date, time = each.date_time[:3], each.date_time[3:]
    said = struct.pack(
        "<4s5H3I2H",
        b"PK\x03\x04",
        each.extract_version,
        each.flag_bits,
        each.compress_type,
        time[0] << 11 | time[1] << 5 | time[2] // 2,
        (date[0] - 1980) << 9 | date[1] << 5 | date[2],
        each.CRC,
        each.compress_size,
        each.file_size,
        len(each.filename.encode()),
        0,
    )
    return header == said + each.filename.encode()


def _ends(raw: IO[bytes], packed: zipfile.ZipFile) -> bool:
    """Whether the directory is as long as its rows say, and its end says what there is, where it has room for it."""
    size = raw.seek(0, os.SEEK_END)
    start, count = packed.start_dir, len(packed.infolist())
    raw.seek(start)
    rows = raw.read(size - start)
    at = 0
    for _ in range(count):
        at += _ROW + sum(struct.unpack("<3H", rows[at + 28 : at + 34].ljust(6, b"\0")))
    if max(start, count << 16) >= zipfile.ZIP64_LIMIT:
        return rows[-_END:][:4] == _END_MARK
    return rows[at:] == struct.pack("<4s4H2IH", _END_MARK, 0, 0, count, count, at, start, 0)
