"""The index of a web archive: CDXJ in compressed blocks, and the index of the blocks (ZipNum, as pywb reads it)."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from generator.archive.facts import Facts
from generator.archive.warc import Record

PACKED, BLOCKS = "index.cdx.gz", "index.idx"
META = "!meta 0 "
FORMAT = "cdxj-gzip-1.0"
_LINES = 300  # of a block: what a reader fetches for one address


def key_of(url: str) -> str:
    """The address ``url`` as indexes sort it: its host from the right, all in small letters (SURT)."""
    parts = urlsplit(re.sub(r"^(https?://)www\d*\.", r"\1", url.lower()))
    host = ",".join(reversed((parts.hostname or "").split(".")))
    port = f":{parts.port}" if parts.port else ""
    query = f"?{'&'.join(sorted(parts.query.split('&')))}" if parts.query else ""
    return f"{host}{port}){parts.path or '/'}{query}"


def packed(records: Iterable[Record], facts: Facts, file: str) -> tuple[bytes, bytes]:
    """The index of ``records`` of the WARC ``file``: its blocks, and the index of these."""
    lines = sorted(_line(each, facts, file) for each in records)
    blocks = b""
    rows = [META + json.dumps({"format": FORMAT, "filename": PACKED})]
    for start in range(0, len(lines), _LINES):
        block = gzip.compress("".join(lines[start : start + _LINES]).encode(), 9, mtime=0)
        about = {"offset": len(blocks), "length": len(block), "digest": f"sha256:{hashlib.sha256(block).hexdigest()}"}
        rows.append(f"{' '.join(lines[start].split(' ', 2)[:2])} {json.dumps(about)}")
        blocks += block
    return blocks, "".join(f"{each}\n" for each in rows).encode()


def _line(each: Record, facts: Facts, file: str) -> str:
    about = {
        "url": each.url,
        "mime": each.media_type,
        "status": "200",
        "digest": each.digest,
        "length": str(each.length),
        "offset": str(each.offset),
        "filename": file,
    }
    return f"{key_of(each.url)} {facts.stamp} {json.dumps(about)}\n"
