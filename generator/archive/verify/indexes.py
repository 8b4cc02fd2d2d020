"""The indexes and the list of pages of a web archive: well formed, in order, and true of its records (CDXJ; ZipNum as
pywb reads it; WACZ 1.1.1, pages.jsonl)."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from generator.archive.cdx import FORMAT, META
from generator.archive.verify.report import found
from generator.archive.verify.warcs import Seen
from generator.archive.wacz import PAGES, PAGES_FORMAT
from generator.problems import Problem

Records = Mapping[tuple[str, int], Seen]  # (name of the WARC, offset) → record
_LINE = re.compile(r"(\S+) ([0-9]{1,17}) (\{.*\})")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})")
_MOST_TIMES, _SMALL, _PIECE = 1_000, 1 << 24, 1 << 16
INDEXED = ("response", "resource", "revisit")


def unpacked(raw: bytes) -> bytes:
    """What the gzip members of ``raw`` hold together. Raises ``ValueError`` for what is none, or holds too much."""
    made: list[bytes] = []
    room, rest = max(_SMALL, _MOST_TIMES * len(raw)), memoryview(raw)
    while rest:
        unpacker = zlib.decompressobj(31)
        try:
            while not unpacker.eof and rest and room > 0:
                made.append(unpacker.decompress(rest[:_PIECE], room))
                room -= len(made[-1])
                used = min(_PIECE, len(rest)) - len(unpacker.unused_data) - len(unpacker.unconsumed_tail)
                rest = rest[used:]
        except zlib.error as error:
            raise ValueError(str(error)) from None
        if not unpacker.eof:
            raise ValueError("EOF")
    return b"".join(made)


def entries(name: str, text: str) -> Iterator[dict[str, Any] | Problem]:
    """What the lines of the CDXJ ``text`` say, and a problem for each that is none or is not in order."""
    before = ""
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.startswith("!"):
            continue
        hit = _LINE.fullmatch(line)
        about = _json(hit[3]) if hit else None
        if about is None or not str(about.get("offset", "")).isascii() or not str(about.get("offset", "")).isdigit():
            yield found("ARC-307", name, number, reason=line[:80])
            continue
        if line < before:
            yield found("ARC-307", name, number, reason=line[:80])
        before = line
        yield {**about, "line": number}


def check(name: str, text: str, records: Records) -> tuple[set[tuple[str, int]], set[str], list[Problem]]:
    """The records that the index ``name`` leads to, their addresses, and where it says what is not true of them."""
    led: set[tuple[str, int]] = set()
    urls: set[str] = set()
    problems: list[Problem] = []
    for each in entries(name, text):
        if isinstance(each, Problem):
            problems.append(each)
            continue
        place = (str(each.get("filename", "")).rpartition("/")[2], int(each["offset"]))
        record = records.get(place)
        url = str(each.get("url", ""))
        if record is None:
            problems.append(found("ARC-308", name, each["line"], url=url))
            continue
        led.add(place)
        urls.add(url)
        if not _is_true(each, url, record):
            problems.append(found("ARC-109", name, each["line"], url=url))
    return led, urls, problems


def _is_true(each: Mapping[str, Any], url: str, record: Seen) -> bool:
    length, digest = str(each.get("length", record.length)), str(each.get("digest", record.digest))
    is_alike = digest.partition(":")[0] == record.digest.partition(":")[0]
    return url == record.url and length == str(record.length) and (digest == record.digest or not is_alike)


def blocks(name: str, text: str, packed: Mapping[str, bytes]) -> Iterator[Problem]:
    """What is wrong with the index ``name`` of the blocks in one of the files ``packed``."""
    first, *rows = text.split("\n")
    about = _json(first.removeprefix(META)) if first.startswith(META) else None
    if about is None or about.get("format") != FORMAT or str(about.get("filename")) not in packed:
        yield found("ARC-307", name, 1, reason=first[:80])
        return
    raw = packed[str(about["filename"])]
    end = 0
    for number, line in enumerate(rows, 2):
        if not line:
            continue
        hit = _LINE.fullmatch(line)
        each = _json(hit[3]) if hit else None
        if hit is None or each is None or each.get("offset") != end or not isinstance(each.get("length"), int):
            yield found("ARC-307", name, number, reason=line[:80])
            return
        block = raw[end : end + each["length"]]
        end += each["length"]
        if each.get("digest", _sha(block)) != _sha(block) or not _begins(block, f"{hit[1]} {hit[2]} "):
            yield found("ARC-109", name, number, url=hit[1])
    if end != len(raw):
        yield found("ARC-307", name, 1, reason=f"{end} / {len(raw)}")


def _begins(block: bytes, start: str) -> bool:
    try:
        return unpacked(block).startswith(start.encode())
    except ValueError:
        return False


def _sha(block: bytes) -> str:
    return f"sha256:{hashlib.sha256(block).hexdigest()}"


def pages(text: str, urls: set[str]) -> Iterator[Problem]:
    """What is wrong with the list of pages; ``urls`` are the addresses that the indexes lead to."""
    if not text.strip():
        yield found("ARC-307", PAGES, 1, reason=PAGES_FORMAT)
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        each = _json(line)
        if each is None or not (_is_head(each) if number == 1 else _is_page(each)):
            yield found("ARC-307", PAGES, number, reason=line[:80])
        elif number > 1 and each["url"].partition("#")[0] not in urls:
            yield found("ARC-308", PAGES, number, url=each["url"])


def _is_head(about: Mapping[str, Any]) -> bool:
    return about.get("format") == PAGES_FORMAT


def _is_page(about: Mapping[str, Any]) -> bool:
    return isinstance(about.get("url"), str) and _MOMENT.fullmatch(str(about.get("ts", ""))) is not None


def _json(text: str) -> dict[str, Any] | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
