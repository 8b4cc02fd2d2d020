"""A bag: the files with lists of their digests and a description, in a folder (RFC 8493, BagIt 1.0)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from generator.archive.facts import Facts, one_line
from generator.archive.sources import Sources, digests, in_order, opened

ALGORITHMS = ("sha256", "sha512")
DECLARATION, INFO, PAYLOAD = "bagit.txt", "bag-info.txt", "data"
AGENT = "Bag-Software-Agent"
VERSION = "1.0"


def write(folder: Path, payload: Sources, facts: Facts) -> None:
    """Write a bag of ``payload`` into ``folder``, which is made and may not be there yet."""
    folder.mkdir()
    sums: dict[str, dict[str, str]] = {}
    size = 0
    for name in in_order(payload):
        target = folder / PAYLOAD / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with opened(payload[name]) as source, target.open("xb") as copy:
            sums[f"{PAYLOAD}/{name}"], count = digests(source, ALGORITHMS, copy)
        size += count
    tags = {
        DECLARATION: f"BagIt-Version: {VERSION}\nTag-File-Character-Encoding: UTF-8\n".encode(),
        INFO: _info(facts, size, len(payload)),
        **{f"manifest-{each}.txt": listed({name: found[each] for name, found in sums.items()}) for each in ALGORITHMS},
    }
    for name, content in {**tags, **_tag_lists(tags)}.items():
        (folder / name).write_bytes(content)


def _tag_lists(tags: Mapping[str, bytes]) -> dict[str, bytes]:
    """Lists of the digests of all tag files (RFC 8493, 2.2.1)."""
    return {
        f"tagmanifest-{each}.txt": listed({name: hashlib.new(each, content).hexdigest() for name, content in tags.items()})
        for each in ALGORITHMS
    }


def listed(sums: Mapping[str, str]) -> bytes:
    """A list of digests (RFC 8493, 2.1.3), sorted by path."""
    return "".join(f"{sums[name]}  {encoded(name)}\n" for name in in_order(sums)).encode()


def encoded(path: str) -> str:
    """A path as a list names it (RFC 8493, 2.1.3): only what would end a line, and the sign that says so, is escaped."""
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def _info(facts: Facts, size: int, count: int) -> bytes:
    """The description (RFC 8493, 2.2.2), then what it has no names for."""
    rows = (
        ("Source-Organization", facts.organisation),
        ("Contact-Name", facts.contact),
        ("External-Description", facts.description),
        ("Bagging-Date", facts.frozen_on.isoformat()),
        ("External-Identifier", facts.address),
        ("Payload-Oxum", f"{size}.{count}"),
        (AGENT, facts.software),
        ("Title", facts.title),
        ("Year", str(facts.year)),
        ("Retention-Period", facts.retention),
        ("Source-Commit", facts.commit),
        ("Licence", facts.licence),
    )
    return "".join(f"{label}: {one_line(value)}\n" for label, value in rows if value.strip()).encode()
