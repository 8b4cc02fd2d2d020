"""What is attached to a film besides pictures and sound: where it was taken, who made it, and what else is written there.

A film is published as it is, so this is, too. Only the boxes that hold such notes are read, found by their lengths: those of
ISO/IEC 14496-12 (``udta``, ``meta``) with what Apple, Android and 3GPP put into them, and the ``Tags`` of Matroska
(RFC 9559). Nothing is decoded; the number of boxes, their depth and the bytes of each are bounded.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Literal

_MOST_BOXES, _DEEPEST, _LONGEST = 20_000, 8, 1 << 16
_HOLDERS = frozenset({b"moov", b"trak", b"udta", b"meta", b"ilst", b"moof", b"traf", b"mdia", b"minf"})
_PLACES = frozenset({"©xyz", "loci"})
_PEOPLE = {"©ART": "artist", "aART": "artist", "©aut": "author", "auth": "author", "perf": "performer", "©prf": "performer"} | {
    "©dir": "director", "©prd": "producer", "©wrt": "writer", "ownr": "owner", "©own": "owner", "©con": "contact", "©enc": "encoded_by",
}  # fmt: skip
_PERSON = re.compile(
    r"(?:\A|[._])(artist|author|performer|actor|director|producer|writer|written_by|owner|publisher|contact|encoded_by)\Z", re.IGNORECASE
)
_PLACE = re.compile(r"location|gps|latitude|longitude|©xyz|loci", re.IGNORECASE)
_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_SEGMENT, _TAGS, _INFO, _TAG, _SIMPLE, _NAME, _STRING, _TITLE = (
    *(0x18538067, 0x1254C367, 0x1549A966, 0x7373, 0x67C8, 0x45A3, 0x4487, 0x7BA9),
)


@dataclass(frozen=True, slots=True)
class Tags:
    """Whether a film says where it was taken, the sorts of people it names, and every text that is attached to it."""

    has_place: bool = False
    people: tuple[str, ...] = ()
    texts: tuple[str, ...] = field(default=(), repr=False)


def read(film: BinaryIO, form: Literal["mp4", "webm"]) -> Tags:
    """What is attached to ``film``, an open file. What is damaged says nothing. Raises ``OSError`` when it cannot be read."""
    size = film.seek(0, os.SEEK_END)
    film.seek(0)
    notes = list(_Boxes(film).notes(0, size, 0) if form == "mp4" else _Elements(film).notes())
    has_place = any(_PLACE.search(name) and re.search(r"[1-9]", text) for name, text in notes)
    people = {_person(name) for name, text in notes if text.strip("\0 ")} - {""}
    return Tags(has_place, tuple(sorted(people)), tuple(text for _, text in notes))


def _person(name: str) -> str:
    found = _PERSON.search(name)
    return _PEOPLE.get(name, found[1].lower() if found else "")


def _words(raw: bytes) -> str:
    """The readable part of a value."""
    return re.sub(r"[\x00-\x1f\ufffd]+", "\n", raw.decode("utf-8", "replace")).strip()


class _Boxes:
    """The boxes of an MP4 file."""

    def __init__(self, film: BinaryIO) -> None:
        self.film, self.left = film, _MOST_BOXES
        self.keys: list[str] = []

    def notes(self, at: int, end: int, depth: int, holder: bytes = b"") -> Iterator[tuple[str, str]]:
        """What the boxes from ``at`` to ``end`` say: the name of each note and its text."""
        while at + 8 <= end and self.left > 0:
            self.left -= 1
            name, begin, after = self._head(at, end)
            if after <= at:
                return
            if name in _HOLDERS and depth < _DEEPEST:
                yield from self.notes(begin + self._version(name, begin), after, depth + 1, name)
            elif name == b"keys":
                self.keys = list(_keys(self._bytes(begin, after)))
            elif holder in (b"udta", b"ilst") or (name == b"uuid" and self._bytes(begin, begin + 16) == _XMP):
                yield self._note(name, self._bytes(begin, after), holder)
            at = after

    def _head(self, at: int, end: int) -> tuple[bytes, int, int]:
        head = self._bytes(at, at + 16)
        size, name, begin = int.from_bytes(head[:4], "big"), head[4:8], at + 8
        if size == 1:
            size, begin = int.from_bytes(head[8:16], "big"), at + 16
        size = end - at if size == 0 else size
        return name, begin, min(at + size, end) if size >= 8 else at

    def _version(self, name: bytes, begin: int) -> int:
        """``meta`` has a version before its boxes, but in QuickTime."""
        return 4 if name == b"meta" and self._bytes(begin + 4, begin + 8) != b"hdlr" else 0

    def _note(self, name: bytes, raw: bytes, holder: bytes) -> tuple[str, str]:
        index = int.from_bytes(name, "big")
        if holder == b"ilst":
            known = self.keys[index - 1] if 0 < index <= len(self.keys) else name.decode("latin-1")
            return known, _words(raw[16:])
        return name.decode("latin-1"), _words(raw[16:] if name == b"uuid" else raw[4:])

    def _bytes(self, begin: int, end: int) -> bytes:
        self.film.seek(begin)
        return self.film.read(max(0, min(end - begin, _LONGEST)))


def _keys(raw: bytes) -> Iterator[str]:
    at = 8
    while at + 8 <= len(raw):
        size = int.from_bytes(raw[at : at + 4], "big")
        if size < 8:
            return
        yield raw[at + 8 : at + size].decode("utf-8", "replace")
        at += size


class _Elements:
    """The elements of a WebM file (EBML, RFC 8794)."""

    def __init__(self, film: BinaryIO) -> None:
        self.film = film

    def notes(self) -> Iterator[tuple[str, str]]:
        """What its tags and its title say."""
        at, inside = 0, False
        end = self.film.seek(0, os.SEEK_END)
        for _ in range(_MOST_BOXES):
            if at >= end:  # a size may be any number, also one to which nobody can go
                return
            self.film.seek(at)
            head = self.film.read(12)
            found = _element(head, 0)
            if found is None:
                return
            id, begin, size = found
            if id == _SEGMENT and not inside:
                at, inside = at + begin, True
                continue
            if size is None:  # written as it was filmed: where it ends nobody knows
                return
            if id in (_TAGS, _INFO):
                self.film.seek(at + begin)
                yield from _tags(self.film.read(min(size, 1 << 20)))
            at += begin + size


def _element(raw: bytes, at: int) -> tuple[int, int, int | None] | None:
    """The id of the element at ``at``, where its content begins, and its size (``None``: unknown)."""
    if at >= len(raw) or raw[at] == 0:
        return None
    width = 9 - raw[at].bit_length()
    id, at = int.from_bytes(raw[at : at + width], "big"), at + width
    if width > 4 or at >= len(raw) or raw[at] == 0:
        return None
    width = 9 - raw[at].bit_length()
    size = int.from_bytes(raw[at : at + width], "big") & ((1 << 7 * width) - 1)
    return id, at + width, None if size == (1 << 7 * width) - 1 else size


def _tags(raw: bytes) -> Iterator[tuple[str, str]]:
    """The names and texts of the tags in ``raw``, in whatever they stand."""
    at, name = 0, ""
    while (found := _element(raw, at)) is not None:
        id, begin, size = found
        if id in (_TAG, _SIMPLE):
            at = begin  # what is in it follows
            continue
        end = len(raw) if size is None else min(begin + size, len(raw))
        if id == _NAME:
            name = _words(raw[begin:end])
        elif id in (_STRING, _TITLE):
            yield (name if id == _STRING else "title"), _words(raw[begin : min(end, begin + _LONGEST)])
        at = max(end, at + 1)
