"""The files as the answers of a server: WARC 1.1 (ISO 28500:2017), each record compressed by itself.

A page ``…/index.html`` is recorded under both its addresses, for links name either.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from generator.archive.facts import Facts, one_line
from generator.archive.sources import Sources, in_order, media_type, opened, served_type, sha256_of, size_of

INDEX = "index.html"
_UNESCAPED = "/!$&'()*+,;=:@~"  # of a path (RFC 3986, 3.3)
_CONFORMS = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"


@dataclass(frozen=True, slots=True)
class Record:
    """One recorded answer and where it stands: bytes from the beginning of the file, bytes of its compressed record."""

    url: str
    media_type: str
    digest: str
    offset: int
    length: int


class _Digest:
    """A digest as warcio asks for it, written in hexadecimal digits as other writers of web archives do."""

    def __init__(self) -> None:
        self._sum = hashlib.sha256()

    def update(self, block: bytes) -> None:
        self._sum.update(block)

    def __str__(self) -> str:
        return f"sha256:{self._sum.hexdigest()}"


class _Writer(WARCWriter):
    """A writer with the digests of today."""

    @staticmethod
    def _create_digester() -> _Digest:
        return _Digest()


def write(out: BinaryIO, files: Sources, facts: Facts, name: str) -> list[Record]:
    """Write ``files`` as records into ``out``, a WARC that will be called ``name``, and return where they stand."""
    writer = _Writer(out, gzip=True, warc_version="1.1")
    about = _about(facts)
    about_id = _id("warcinfo", hashlib.sha256(about).hexdigest())
    writer.write_record(_info(writer, about, about_id, facts, name))
    return [_answer(writer, url, path, files[path], about_id, facts) for path in in_order(files) for url in addresses(path, facts)]


def addresses(path: str, facts: Facts) -> Iterator[str]:
    """The addresses of a file, the one that people see first."""
    folder, _, last = path.rpartition("/")
    if last == INDEX:
        yield facts.base + quote(f"{folder}/" if folder else "", _UNESCAPED)
    yield facts.base + quote(path, _UNESCAPED)


def _id(*what: str) -> str:
    """The name of a record, which follows from what it holds (RFC 9562, version 5)."""
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, chr(10).join(what))}>"


def _about(facts: Facts) -> bytes:
    rows = (
        ("software", facts.software),
        ("format", "WARC file version 1.1"),
        ("conformsTo", _CONFORMS),
        ("operator", f"{facts.organisation}; {facts.contact}"),
        ("isPartOf", facts.title),
        ("description", facts.description),
    )
    return "".join(f"{name}: {one_line(value)}\r\n" for name, value in rows).encode()


def _info(writer: WARCWriter, about: bytes, id: str, facts: Facts, name: str) -> ArcWarcRecord:
    headers = StatusAndHeaders(
        "",
        [("WARC-Type", "warcinfo"), ("WARC-Record-ID", id), ("WARC-Filename", name), ("WARC-Date", facts.moment)],
        protocol=writer.warc_version,
    )
    return writer.create_warc_record("", "warcinfo", io.BytesIO(about), len(about), warc_headers=headers)


def _answer(writer: WARCWriter, url: str, path: str, source: Path | bytes, about_id: str, facts: Facts) -> Record:
    digest = f"sha256:{sha256_of(source)}"
    size = size_of(source)
    http = StatusAndHeaders(
        "200 OK", [("Content-Type", served_type(path)), ("Content-Length", str(size))], protocol="HTTP/1.1"
    )
    named = {
        "WARC-Record-ID": _id("response", url, digest),
        "WARC-Date": facts.moment,
        "WARC-Warcinfo-ID": about_id,
        "WARC-Payload-Digest": digest,
    }
    offset = writer.out.tell()
    with opened(source) as stream:
        record = writer.create_warc_record(url, "response", stream, size, warc_headers_dict=named, http_headers=http)
        writer.write_record(record)
    return Record(url, media_type(path), digest, offset, writer.out.tell() - offset)
