"""Pictures as they were handed in, without what is attached to them: place, device, people, notes.

Nothing is decoded, so not a pixel changes. Kept is what the picture looks wrong without: the profile of its colours and
which side is up. JPEG: ITU-T T.81, annex B; PNG: ISO/IEC 15948; WebP: RFC 9649; AVIF: items of ISO/IEC 14496-12, 8.11.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

from generator.media.formats.attached import orientation
from generator.media.formats.forms import form_of

_TIFF = b"II*\x00\x08\x00\x00\x00"
_MOST = 1024  # pieces of items; a picture has a few
_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def bare(raw: bytes) -> bytes:
    """``raw`` without what is attached. What is no picture of ours, or damaged, stays as it is."""
    strip = {"JPEG": _jpeg, "PNG": _png, "WEBP": _webp, "AVIF": _avif}.get(form_of(raw) or "")
    if strip is None:
        return raw
    try:
        return strip(raw)
    except (ValueError, IndexError, struct.error):
        return raw


def _exif(turned: int) -> bytes:
    """Exif that says nothing but which side is up (Exif 3.0, 4.6.4)."""
    return _TIFF + struct.pack("<HHHIHHI", 1, 0x0112, 3, 1, turned, 0, 0)


def _jpeg(raw: bytes) -> bytes:
    parts, at, turned = [raw[:2]], 2, orientation(raw)
    if turned != 1:
        body = b"Exif\x00\x00" + _exif(turned)
        parts.append(b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body)
    while raw[at] == 0xFF and raw[at + 1] != 0xD9:
        mark, size = raw[at + 1], int.from_bytes(raw[at + 2 : at + 4], "big")
        if mark == 0xFF:  # a byte to fill
            at += 1
            continue
        end = at + 2 + size
        if mark == 0xDA:
            hit = _SCAN.search(raw, end)
            end = hit.start() if hit else len(raw)
        if size < 2 or end > len(raw):
            raise ValueError("no segment")
        if _is_of_picture(mark, raw[at + 4 : at + 16]):
            parts.append(raw[at:end])
        at = end
        if at >= len(raw):
            return b"".join(parts)
    return b"".join((*parts, b"\xff\xd9"))


def _is_of_picture(mark: int, begin: bytes) -> bool:
    if mark == 0xFE:
        return False
    if not 0xE0 <= mark <= 0xEF:
        return True
    return begin.startswith({0xE0: b"JFIF\x00", 0xE2: b"ICC_PROFILE\x00", 0xEE: b"Adobe"}.get(mark, b"\xff"))


def _png(raw: bytes) -> bytes:
    parts, turned = [raw[:8]], orientation(raw)
    for name, chunk in _chunks(raw):
        if name not in (b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"):
            parts.append(chunk)
        if name == b"IHDR" and turned != 1:
            body = b"eXIf" + _exif(turned)
            parts.append((len(body) - 4).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big"))
    return b"".join(parts)


def _chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks up to the one that ends the picture; what comes after it belongs to nothing."""
    at, name = 8, b""
    while name != b"IEND":
        size, name = int.from_bytes(raw[at : at + 4], "big"), raw[at + 4 : at + 8]
        if at + 12 + size > len(raw):
            raise ValueError("no chunk")
        yield name, raw[at : at + 12 + size]
        at += 12 + size


def _webp(raw: bytes) -> bytes:
    turned, parts, at = orientation(raw), [], 12
    whole = min(len(raw), 8 + int.from_bytes(raw[4:8], "little"))
    while at + 8 <= whole:
        name, size = raw[at : at + 4], int.from_bytes(raw[at + 4 : at + 8], "little")
        chunk = raw[at : at + 8 + size + size % 2]
        if name == b"VP8X":
            flags = chunk[8] & ~0x0C | (0x08 if turned != 1 else 0)
            chunk = chunk[:8] + bytes([flags]) + chunk[9:]
        if name not in (b"EXIF", b"XMP "):
            parts.append(chunk)
        at += len(chunk)
    if turned != 1:
        body = _exif(turned)
        parts.append(b"EXIF" + len(body).to_bytes(4, "little") + body + b"\x00" * (len(body) % 2))
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _avif(raw: bytes) -> bytes:
    """The bytes of notes become nothing where they stand, for the places of all others are counted from the beginning. Which
    side is up is said elsewhere (``irot``, ``imir``)."""
    made = bytearray(raw)
    for start, size in _notes(raw):
        if start + size > len(raw):
            raise ValueError("no such place")
        empty = b"\x00" * 4 + _TIFF + b"\x00\x00"
        made[start : start + size] = (empty if size >= len(empty) else b"").ljust(size, b"\x00")
    return bytes(made)


def _boxes(raw: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    while at + 8 <= end:
        size, name, begin = int.from_bytes(raw[at : at + 4], "big"), raw[at + 4 : at + 8], at + 8
        if size == 1:
            size, begin = int.from_bytes(raw[at + 8 : at + 16], "big"), at + 16
        after = end if size == 0 else at + size
        if after < begin or after > end:
            raise ValueError("no box")
        yield name, begin, after
        at = after


def _notes(raw: bytes) -> Iterator[tuple[int, int]]:
    """Where Exif and XMP stand: start and size of each piece."""
    meta = next(((begin + 4, after) for name, begin, after in _boxes(raw, 0, len(raw)) if name == b"meta"), None)
    if meta is None:
        return
    inner = {name: (begin, after) for name, begin, after in _boxes(raw, *meta)}
    if b"iinf" not in inner or b"iloc" not in inner:
        return
    begin, after = inner[b"iinf"]
    wanted = set()
    for name, start, _ in _boxes(raw, begin + (6 if raw[begin] == 0 else 8), after):
        wide = 4 if raw[start] == 3 else 2
        kind = raw[start + 6 + wide : start + 10 + wide]
        if name == b"infe" and kind in (b"Exif", b"mime"):
            wanted.add(int.from_bytes(raw[start + 4 : start + 4 + wide], "big"))
    base = inner.get(b"idat", (0, 0))[0]
    yield from (each for item, each in _extents(raw, *inner[b"iloc"], base) if item in wanted)


def _extents(raw: bytes, at: int, end: int, base: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """Every piece of every item (ISO/IEC 14496-12, 8.11.3)."""
    version, sizes = raw[at], int.from_bytes(raw[at + 4 : at + 6], "big")
    wide = [sizes >> 12 & 15, sizes >> 8 & 15, sizes >> 4 & 15, sizes & 15 if version else 0]
    id_wide, at = (4 if version == 2 else 2), at + 6

    def number(count: int) -> int:
        nonlocal at
        if at + count > end:
            raise ValueError("no place")
        at += count
        return int.from_bytes(raw[at - count : at], "big")

    pieces = 0
    for _ in range(number(id_wide)):
        item = number(id_wide)
        method = number(2) & 15 if version else 0
        number(2)
        offset = number(wide[2]) + (base if method == 1 else 0)
        for _ in range(number(2)):
            pieces += 1
            if pieces > _MOST:  # a piece may have no bytes here, so nothing else ends this
                raise ValueError("too many places")
            number(wide[3])
            start, size = number(wide[0]), number(wide[1])
            if method < 2:
                yield item, (offset + start, size)
