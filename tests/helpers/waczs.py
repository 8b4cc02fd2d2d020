"""Web archives taken apart, changed and put together again, everything else made to fit."""

from __future__ import annotations

import gzip
import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from generator.archive import zipped
from generator.archive.cdx import key_of
from generator.archive.wacz import DIGEST, PACKAGE
from tests.helpers import deposits

Members = dict[str, bytes]
WARC, CDX, IDX, PAGES = "archive/data.warc.gz", "indexes/index.cdx.gz", "indexes/index.idx", "pages/pages.jsonl"


def members_of(archive: Path) -> Members:
    """What is in ``archive``."""
    with zipfile.ZipFile(archive) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def packed(file: Path, members: Members, deflated: tuple[str, ...] = (), folders: tuple[str, ...] = ()) -> Path:
    """Write ``members`` as the archive ``file``, some of them ``deflated``, with entries for ``folders``."""
    if not deflated and not folders:
        zipped.write(file, members, deposits.FACTS.frozen_on)
        return file
    with zipfile.ZipFile(file, "w") as made:
        for each, content in {**members, **dict.fromkeys(folders, b"")}.items():
            made.writestr(each, content, zipfile.ZIP_DEFLATED if each in deflated else zipfile.ZIP_STORED)
    return file


def change_package(members: Members, change: Callable[[dict[str, Any]], object]) -> None:
    """Change what the package says."""
    package = json.loads(members[PACKAGE])
    change(package)
    members[PACKAGE] = json.dumps(package).encode()


def of_another_program(package: dict[str, Any]) -> None:
    """As if somebody else had made the archive."""
    package["software"] = "another program"


def sealed(members: Members) -> Members:
    """The archive with resources, sizes and digests that fit what it holds now."""
    if PACKAGE in members:
        package = json.loads(members[PACKAGE])
        inside = {name: content for name, content in members.items() if name not in (PACKAGE, DIGEST)}
        if isinstance(package.get("resources"), list):
            package["resources"] = [
                {"name": name.rpartition("/")[2], "path": name, "hash": digest_of(content), "bytes": len(content)}
                for name, content in inside.items()
            ]
        members[PACKAGE] = json.dumps(package).encode()
    return with_digest(members)


def with_digest(members: Members) -> Members:
    """The archive with the digest of its package as that is now."""
    if DIGEST in members and PACKAGE in members:
        members[DIGEST] = json.dumps({"path": PACKAGE, "hash": digest_of(members[PACKAGE])}).encode()
    return members


def digest_of(content: bytes) -> str:
    """A digest as a package states it."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def records_of(members: Members) -> list[bytes]:
    """The records, each unpacked."""
    lines = [json.loads(line.split(" ", 2)[2]) for line in index_of(members)]
    starts = sorted({0, *(int(each["offset"]) for each in lines)}) + [len(members[WARC])]
    return [gzip.decompress(members[WARC][start:end]) for start, end in zip(starts, starts[1:], strict=False)]


def index_of(members: Members) -> list[str]:
    """The lines of the index."""
    return gzip.decompress(members[CDX]).decode().splitlines()


def with_index(members: Members, lines: list[str]) -> Members:
    """The archive with another index."""
    del members[IDX]
    members[CDX] = gzip.compress("".join(f"{line}\n" for line in lines).encode(), mtime=0)
    return sealed(members)


def with_records(members: Members, records: list[bytes]) -> Members:
    """The archive with other records, and an index that leads to them."""
    urls = {int(each["offset"]): each for each in (json.loads(line.split(" ", 2)[2]) for line in index_of(members))}
    old = [about for _, about in sorted(urls.items())]
    raw, lines = b"", []
    for number, record in enumerate(records):
        small = gzip.compress(record, mtime=0)
        if number:
            about = {**old[number - 1], "offset": str(len(raw)), "length": str(len(small))}
            lines.append(f"{key_of(about['url'])} 20250115000000 {json.dumps(about)}")
        raw += small
    members[WARC] = raw
    return with_index(members, sorted(lines))
