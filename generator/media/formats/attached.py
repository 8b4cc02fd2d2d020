"""What is attached to a picture besides what it shows: where it was taken, and words that programs and people wrote into it.

Nothing is decoded. The blocks that hold such notes are found by their lengths and read as bytes, none beyond ``_MOST`` bytes:
JPEG segments (ITU-T T.81, annex B), PNG chunks (ISO/IEC 15948), RIFF chunks of WebP (RFC 9649), and in AVIF whatever
begins as such a block does. The words that a drawing shows are read in the same way.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from html import unescape
from typing import Literal, NamedTuple

from generator.media.formats.forms import form_of
from generator.privacy import masking
from generator.privacy.numbers import Finding

NUMBERS = frozenset({"PII-001", "PII-002", "PII-003", "PII-008"})
_MOST = 1 << 18  # bytes of a block; what people write is shorter
_ENTRIES = 512  # of a directory
_GPS, _LATITUDE, _LONGITUDE = 0x8825, 2, 4
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8}  # bytes of a value by its type (Exif 3.0, 4.6.2)
_TIFF = re.compile(rb"II\*\x00|MM\x00\*")
_XMP_PLACE = re.compile(r"GPSL(?:atitude|ongitude)\s*(?:=\s*[\"']|>)\s*[0-9]*[1-9]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd]+")
_DRAWN = re.compile(r"<(?:style|script)\b[^>]*>.*?</(?:style|script)>|<!--.*?-->|</?text\b[^>]*>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


class Attached(NamedTuple):
    """Whether a file says where it was made, and the first number of somebody in its notes, masked."""

    has_place: bool
    number: str | None


def read(raw: bytes) -> Attached:
    """What is attached to the picture ``raw``. Never raises: what is damaged says nothing."""
    blocks = list(_BLOCKS.get(form_of(raw) or "", _none)(raw))
    texts = [text for block in blocks for text in _texts(block)]
    has_place = any(_is_placed(block) for block in blocks) or any(_XMP_PLACE.search(text) for text in texts)
    return Attached(has_place, first_number(texts))


def drawn(raw: bytes) -> str | None:
    """The first number of somebody that a drawing (SVG) shows or names, masked."""
    text = raw.decode("utf-8", "replace")
    return first_number([unescape(_TAG.sub("", _DRAWN.sub("\n", text)))])


def first_number(texts: list[str]) -> str | None:
    """The first number of somebody in ``texts``, masked."""
    for text in texts:
        plain = _CONTROLS.sub("\n", text)
        found: Finding | None = next((each for each in masking.find(plain) if each.code in NUMBERS), None)
        if found is not None:
            return masking.mask_one(plain[found.start : found.end])
    return None


def _texts(block: bytes) -> Iterator[str]:
    yield block.decode("utf-8", "replace")
    if _TIFF.search(block[:16]):  # Windows writes its notes in UTF-16
        yield block.decode("utf-16-le", "replace")
        yield block[1:].decode("utf-16-le", "replace")


def _jpeg(raw: bytes) -> Iterator[bytes]:
    at = 2
    while at + 4 <= len(raw) and raw[at] == 0xFF:
        mark, size = raw[at + 1], int.from_bytes(raw[at + 2 : at + 4], "big")
        if mark in (0xDA, 0xD9) or size < 2:
            return
        block = raw[at + 4 : at + 2 + size]
        if (mark == 0xFE or 0xE1 <= mark <= 0xEF) and not block.startswith((b"ICC_PROFILE", b"MPF\x00")):
            yield block
        at += 2 + size


def _png(raw: bytes) -> Iterator[bytes]:
    at = 8
    while at + 12 <= len(raw):
        size, name = int.from_bytes(raw[at : at + 4], "big"), raw[at + 4 : at + 8]
        block = raw[at + 8 : at + 8 + min(size, _MOST)]
        if name in (b"eXIf", b"tEXt"):
            yield block
        elif name in (b"zTXt", b"iTXt"):
            yield block
            yield _inflated(block)
        at += 12 + size


def _inflated(block: bytes) -> bytes:
    """The compressed part of a text chunk, empty without one."""
    at = block.find(b"\x78")  # how a zlib stream of usual settings begins
    while 0 <= at < 512:
        try:
            return zlib.decompressobj().decompress(block[at:], _MOST)
        except zlib.error:
            at = block.find(b"\x78", at + 1)
    return b""


def _webp(raw: bytes) -> Iterator[bytes]:
    at = 12
    while at + 8 <= len(raw):
        name, size = raw[at : at + 4], int.from_bytes(raw[at + 4 : at + 8], "little")
        if name in (b"EXIF", b"XMP "):
            yield raw[at + 8 : at + 8 + min(size, _MOST)]
        at += 8 + size + size % 2


def _avif(raw: bytes) -> Iterator[bytes]:
    for hit in list(_TIFF.finditer(raw))[:16]:
        yield raw[hit.start() : hit.start() + _MOST]
    at = raw.find(b"<x:xmpmeta")
    if at >= 0:
        yield raw[at : at + _MOST]


def _none(raw: bytes) -> Iterator[bytes]:
    yield from ()


Order = Literal["little", "big"]
_BLOCKS = {"JPEG": _jpeg, "PNG": _png, "WEBP": _webp, "AVIF": _avif}


def _is_placed(block: bytes) -> bool:
    """Whether a block is Exif that gives a latitude or a longitude other than nothing."""
    begin = _TIFF.search(block[:16])
    if begin is None:
        return False
    tiff = block[begin.start() :]
    order: Order = "little" if tiff[:2] == b"II" else "big"
    main = _directory(tiff, int.from_bytes(tiff[4:8], order), order)
    place = _directory(tiff, int.from_bytes(main.get(_GPS, b""), order), order) if _GPS in main else {}
    return any(_is_somewhere(place.get(each, b"")) for each in (_LATITUDE, _LONGITUDE))


def _is_somewhere(value: bytes) -> bool:
    """Whether degrees, minutes and seconds, three fractions, are not all nothing."""
    return any(any(value[at : at + 4]) for at in range(0, len(value), 8))


def _directory(tiff: bytes, at: int, order: Order) -> dict[int, bytes]:
    """The entries of the directory at ``at``: tag → the bytes of its value."""
    found: dict[int, bytes] = {}

    def number(start: int, size: int) -> int:
        return int.from_bytes(tiff[start : start + size], order)

    for index in range(min(number(at, 2), _ENTRIES)):
        entry = at + 2 + 12 * index
        size = _SIZES.get(number(entry + 2, 2), 1) * number(entry + 4, 4)
        begin = entry + 8 if size <= 4 else number(entry + 8, 4)
        found[number(entry, 2)] = tiff[begin : begin + min(size, 64)]
    return found


_TURNED = 0x0112
_XMP_TURNED = re.compile(r"tiff:Orientation\s*(?:=\s*[\"']|>)\s*([1-8])")


def orientation(raw: bytes) -> int:
    """Which side of the picture ``raw`` is up, 1 to 8 (Exif 3.0, 4.6.5.1.6); 1 where nothing says otherwise."""
    blocks = list(_BLOCKS.get(form_of(raw) or "", _none)(raw))
    for block in blocks:
        begin = _TIFF.search(block[:16])
        if begin is not None:
            tiff = block[begin.start() :]
            order: Order = "little" if tiff[:2] == b"II" else "big"
            value = _directory(tiff, int.from_bytes(tiff[4:8], order), order).get(_TURNED, b"")
            return found if 1 <= (found := int.from_bytes(value[:2], order)) <= 8 else 1
    hits = (hit for block in blocks for text in _texts(block) if (hit := _XMP_TURNED.search(text)))
    return next((int(hit[1]) for hit in hits), 1)
