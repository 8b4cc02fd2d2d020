"""The records of a WARC, read one after the other with their digests checked (ISO 28500:2017, 4 to 6)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Protocol

from generator.archive.verify.report import found
from generator.problems import Problem
from generator.text.media_types import HTTP

_BLOCK = 1 << 16
_LONGEST_HEAD = 1 << 20  # bytes of the headers of a record
_MOST_TIMES, _SMALL = 1_000, 1 << 24  # what a compressed record may hold, as zlib cannot do more
_VERSION = re.compile(rb"WARC/1\.[01]")


@dataclass(frozen=True, slots=True)
class Seen:
    """A record and where it stands, with what is wrong with it."""

    offset: int
    length: int
    type: str
    url: str
    digest: str
    problems: tuple[Problem, ...] = ()


class _Damaged(Exception):
    """A record cannot be read to its end, and so nothing behind it either."""


class _Source(Protocol):
    start: int

    def begin(self) -> bool: ...
    def read(self, size: int) -> bytes: ...
    def end(self, left: bytes) -> int: ...


class _Gzipped:
    """Records of which each is compressed by itself."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw, self._rest, self._at = raw, b"", 0  # the bytes read and not used yet, and where they begin
        self.start = 0

    def begin(self) -> bool:
        """Whether there is another record, which begins here."""
        self._rest = self._rest or self._raw.read(_BLOCK)
        self.start, self._made, self._unpacker = self._at, 0, zlib.decompressobj(31)
        return bool(self._rest)

    def read(self, size: int) -> bytes:
        while not self._unpacker.eof:
            if not self._rest:
                self._rest = self._raw.read(_BLOCK)
                if not self._rest:
                    raise _Damaged("EOF")
            before = len(self._rest)
            try:
                made = self._unpacker.decompress(self._rest, size)
            except zlib.error as error:
                raise _Damaged(str(error)) from None
            self._rest = self._unpacker.unused_data if self._unpacker.eof else self._unpacker.unconsumed_tail
            self._at += before - len(self._rest)
            self._made += len(made)
            if self._made > max(_SMALL, _MOST_TIMES * (self._at - self.start)):
                raise _Damaged("bomb")
            if made:
                return made
        return b""

    def end(self, left: bytes) -> int:
        """Where the record ends, which has to be where its compression does; ``left`` was read behind it."""
        if left or self.read(1):
            raise _Damaged("trailing data")
        return self._at


class _Plain:
    """Records as they are."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw, self._rest, self._at, self.start = raw, b"", 0, 0

    def begin(self) -> bool:
        """Whether there is another record, which begins here."""
        self._rest = self._rest or self._raw.read(_BLOCK)
        self.start = self._at
        return bool(self._rest)

    def read(self, size: int) -> bytes:
        made = self._rest[:size] or self._raw.read(size)
        self._rest = self._rest[len(made) :]
        self._at += len(made)
        return made

    def end(self, left: bytes) -> int:
        """Where the record ends; ``left`` was read behind it and belongs to the next one."""
        self._rest = left + self._rest
        self._at -= len(left)
        return self._at


def read(raw: IO[bytes], name: str) -> Iterator[Seen | Problem]:
    """The records of the WARC ``raw`` called ``name``; where one is damaged a problem, and no more after it."""
    source: _Source = _Gzipped(raw) if name.endswith(".gz") else _Plain(raw)
    try:
        while source.begin():
            yield _record(source, name)
    except (_Damaged, OSError, EOFError, zlib.error, ValueError) as error:
        yield found("ARC-306", name, offset=source.start, reason=str(error))


class _Stream:
    """Bytes of a record in the pieces that are asked for."""

    def __init__(self, source: _Source) -> None:
        self._source, self._kept = source, b""

    def head(self) -> bytes:
        """All up to an empty line, which is dropped."""
        while b"\r\n\r\n" not in self._kept:
            more = self._source.read(_BLOCK if len(self._kept) else 4096)
            if not more or len(self._kept) > _LONGEST_HEAD:
                raise _Damaged("headers")
            self._kept += more
        head, _, self._kept = self._kept.partition(b"\r\n\r\n")
        return head

    def pieces(self, size: int) -> Iterator[bytes]:
        """The next ``size`` bytes."""
        while size:
            piece = self._kept[:size] or self._source.read(min(size, _BLOCK))
            self._kept = self._kept[len(piece) :]
            if not piece:
                raise _Damaged("EOF")
            size -= len(piece)
            yield piece

    def end(self) -> int:
        """Where the record ends in the file."""
        return self._source.end(self._kept)


def _record(source: _Source, name: str) -> Seen:
    stream = _Stream(source)
    version, _, lines = stream.head().partition(b"\r\n")
    if not _VERSION.fullmatch(version):
        raise _Damaged(version[:40].decode("latin-1"))
    headers = _headers(lines)
    length = headers.get("content-length", "")
    if not re.fullmatch(r"[0-9]{1,18}", length) or not headers.get("warc-type") or not headers.get("warc-record-id"):
        raise _Damaged("headers")
    block, payload = _digest(headers, "warc-block-digest"), _digest(headers, "warc-payload-digest")
    is_http = HTTP in headers.get("content-type", "")
    is_coded = _hash(stream, int(length), block, payload, is_http=is_http)
    if b"".join(stream.pieces(4)) != b"\r\n\r\n":
        raise _Damaged("record end")
    offset, end = source.start, stream.end()
    checked = [block] if headers["warc-type"] == "revisit" or is_coded else [block, payload]
    wrong = [found("ARC-108", name, offset=offset, url=headers.get("warc-target-uri", "")) for each in checked if not each.fits]
    url = headers.get("warc-target-uri", "").strip("<>")
    return Seen(offset, end - offset, headers["warc-type"], url, headers.get("warc-payload-digest", ""), tuple(wrong[:1]))


def _headers(lines: bytes) -> dict[str, str]:
    pairs = (line.partition(":") for line in lines.decode("utf-8", "replace").split("\r\n"))
    return {name.strip().lower(): value.strip() for name, colon, value in pairs if colon}


class _Sum:
    """A digest that is stated, and what is hashed to compare."""

    def __init__(self, algorithm: str, value: str) -> None:
        self.hash = hashlib.new(algorithm, usedforsecurity=False) if algorithm else None
        self._value = value

    @property
    def fits(self) -> bool:
        """Whether what was hashed is what is stated; what nobody stated fits."""
        if self.hash is None:
            return True
        return self.hash.digest() in _meanings(self._value)


def _digest(headers: dict[str, str], name: str) -> _Sum:
    algorithm, colon, value = headers.get(name, "").partition(":")
    known = algorithm.lower().replace("-", "")
    return _Sum(known if colon and known in ("md5", "sha1", "sha256", "sha384", "sha512") else "", value)


def _meanings(value: str) -> Iterator[bytes]:
    """The bytes that a stated digest can stand for: WARC leaves open how they are written."""
    for read_as in (bytes.fromhex, lambda text: base64.b32decode(text, casefold=True), base64.b64decode):
        try:
            yield read_as(value)
        except (ValueError, binascii.Error):
            continue


def _hash(stream: _Stream, length: int, block: _Sum, payload: _Sum, *, is_http: bool) -> bool:
    """Hash the block of a record and what in it is payload. Whether that cannot be told from how it was sent."""
    head, has_head = b"", not is_http
    for piece in stream.pieces(length):
        if block.hash is not None:
            block.hash.update(piece)
        if has_head:
            inner = piece
        else:
            head += piece
            has_head = b"\r\n\r\n" in head or len(head) > _LONGEST_HEAD
            head, _, inner = head.partition(b"\r\n\r\n") if has_head else (head, b"", b"")
        if payload.hash is not None:
            payload.hash.update(inner)
    return re.search(rb"(?im)^transfer-encoding:", head) is not None
