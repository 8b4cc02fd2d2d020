"""A web archive that opens by itself in a replay page: WACZ 1.1.1 (Webrecorder), a zip with a data package."""

from __future__ import annotations

import hashlib
import html
import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.archive import cdx, warc, zipped
from generator.archive.facts import Facts
from generator.archive.sources import Sources, in_order, opened, sha256_of, size_of

VERSION, PROFILE = "1.1.1", "data-package"
PACKAGE, DIGEST = "datapackage.json", "datapackage-digest.json"
ARCHIVE, INDEXES, PAGES = "archive/", "indexes/", "pages/pages.jsonl"
PAGES_FORMAT = "json-pages-1.0"
_WARC = "data.warc.gz"
_TITLE = re.compile(rb"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_HEAD = 1 << 16  # bytes of a page in which its title stands


def write(file: Path, files: Sources, facts: Facts) -> None:
    """Write ``files`` as a web archive into the new ``file``. A folder beside it, gone afterwards, holds the records."""
    with tempfile.TemporaryDirectory(prefix=".wacz-", dir=file.parent) as folder:
        records = Path(folder) / _WARC
        with records.open("xb") as out:
            found = warc.write(out, files, facts, _WARC)
        blocks, index = cdx.packed(found, facts, _WARC)
        members: dict[str, Path | bytes] = {
            f"{ARCHIVE}{_WARC}": records,
            f"{INDEXES}{cdx.PACKED}": blocks,
            f"{INDEXES}{cdx.BLOCKS}": index,
            PAGES: _pages(files, facts),
        }
        package = _as_json(_package(members, facts, has_start=warc.INDEX in files))
        digest = _as_json({"path": PACKAGE, "hash": f"sha256:{hashlib.sha256(package).hexdigest()}"})
        zipped.write(file, {**members, PACKAGE: package, DIGEST: digest}, facts.frozen_on)


def _as_json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _package(members: Sources, facts: Facts, *, has_start: bool) -> dict[str, Any]:
    """The manifest of the archive (WACZ 1.1.1, datapackage.json; Frictionless Data Package 1)."""
    start = {"mainPageUrl": facts.base, "mainPageDate": facts.moment} if has_start else {}
    return {
        "profile": PROFILE,
        "wacz_version": VERSION,
        "title": facts.title,
        "description": facts.description,
        "created": facts.moment,
        "modified": facts.moment,
        "software": facts.software,
        **start,
        "contributors": [{"title": facts.organisation, "role": "publisher"}],
        "resources": [
            {
                "name": name.rpartition("/")[2],
                "path": name,
                "hash": f"sha256:{sha256_of(members[name])}",
                "bytes": size_of(members[name]),
            }
            for name in in_order(members)
        ],
    }


def _pages(files: Sources, facts: Facts) -> bytes:
    """The pages, the start page first (WACZ 1.1.1, pages.jsonl)."""
    rows = [{"format": PAGES_FORMAT, "id": "pages", "title": "All Pages"}, *_page_rows(files, facts)]
    return "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in rows).encode()


def _page_rows(files: Sources, facts: Facts) -> Iterator[dict[str, str]]:
    names = [each for each in in_order(files) if each.endswith(".html")]
    for name in sorted(names, key=lambda each: each != warc.INDEX):
        url = next(warc.addresses(name, facts))
        id = hashlib.sha256(url.encode()).hexdigest()[:20]
        title = _title(files[name])
        yield {"id": id, "url": url, "ts": facts.moment, **({"title": title} if title else {})}


def _title(page: Path | bytes) -> str:
    with opened(page) as source:
        hit = _TITLE.search(source.read(_HEAD))
    return " ".join(html.unescape(hit[1].decode("utf-8", "replace")).split()) if hit else ""
