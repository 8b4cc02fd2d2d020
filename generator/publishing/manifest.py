"""``manifest.json``: what a site is made of, each file with its digest, and a seal that tells whether the list is whole.

The list is what makes a folder ours, so it names this program, it has to fit what lies there, and a damaged one is told
apart from a folder of somebody else: a file is still ours when the damaged text says of it what is true of it, name,
digest and size, but for a few bytes. Nothing is ours by a guess.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator import MARK
from generator.publishing import foreign
from generator.publishing.foreign import FileEntry
from generator.system import plainfiles
from generator.text.pathnames import is_portable_path

MANIFEST = "manifest.json"
PREVIEW = "preview"  # what the manifest of a preview has and no other
FORMAT = "exhibit-site"
_SEAL = "seal"
_DIGEST = re.compile("[0-9a-f]{64}")
_VERSION = re.compile(r"\d+(\.\d+)*\w*")
_RUN = re.compile(rb"[0-9a-f]{16,}")
_TOLD = re.compile(rb'"((?:[^"\\\n]|\\.){1,4096})": \{\n   "sha256": "([0-9a-f]{64})",\n   "size": (\d{1,19})\n')
_PIECE = 16  # characters of a digest: enough to know it again
_PLACES = 64  # where a piece may stand; more come from no digest
_WRONG = 2  # bytes that may differ in what a damaged manifest says of a file
_LONGEST = 256 << 20  # bytes of a manifest: more than a million files
_START = 1 << 16  # how much of a page may come before its mark


@dataclass(frozen=True, slots=True)
class Former:
    """What a folder holds of a former build: its manifest, or, of a damaged one, as much as is certain."""

    manifest: Mapping[str, Any] | None = None
    is_damaged: bool = False

    @property
    def files(self) -> Mapping[str, FileEntry]:
        """The files that are ours."""
        return self.manifest["files"] if self.manifest else {}

    @property
    def mounted(self) -> frozenset[str]:
        """The frozen years that it carried."""
        told = self.manifest.get("mounted") if self.manifest else None
        return frozenset(told) if isinstance(told, dict) else frozenset()


def written(facts: Mapping[str, Any], files: Mapping[str, FileEntry]) -> bytes:
    """The manifest of a site with ``files``, which says of it also ``facts``."""
    manifest = {"format": FORMAT, **facts, "files": dict(sorted(files.items()))}
    manifest[_SEAL] = seal(manifest)
    return (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()


def seal(manifest: Mapping[str, Any]) -> str:
    """The digest of all that ``manifest`` says, however it is laid out."""
    content = {name: value for name, value in manifest.items() if name != _SEAL}
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def is_preview(manifest: Mapping[str, Any]) -> bool:
    """Whether a manifest is that of a preview, which is not for publication."""
    return PREVIEW in manifest


def read_manifest(target: Path) -> dict[str, Any] | None:
    """The manifest of the site at ``target``, ``None`` when there is none that a build of ours wrote as it is."""
    return _read(_raw(target))


@lru_cache(maxsize=2)  # of one site, which a build reads three times; a preview has two
def _read(raw: bytes) -> dict[str, Any] | None:
    try:
        manifest = json.loads(raw)
        return manifest if isinstance(manifest, dict) and _is_ours(manifest) else None
    except (ValueError, RecursionError):
        return None


def _raw(target: Path) -> bytes:
    return plainfiles.read(target / MANIFEST, _LONGEST) or b""


def _is_ours(manifest: dict[str, Any]) -> bool:
    files = manifest.get("files")
    if not isinstance(files, dict) or not files or not all(map(is_entry, files.keys(), files.values())):
        return False
    if "format" in manifest or _SEAL in manifest:
        return manifest.get("format") == FORMAT and manifest.get(_SEAL) == seal(manifest)
    version = manifest.get("generator")  # before there were seals
    return {"as_of", "addresses"} <= manifest.keys() and isinstance(version, str) and bool(_VERSION.fullmatch(version))


def is_entry(name: str, entry: Any) -> bool:
    """Whether an entry of a manifest can be one: of a file below the site, with its digest and size."""
    return (
        is_portable_path(name)
        and isinstance(entry, dict)
        and isinstance(entry.get("size"), int)
        and isinstance(entry.get("sha256"), str)
        and _DIGEST.fullmatch(entry["sha256"]) is not None
    )


def former(target: Path) -> Former:
    """What lies at ``target`` of a former build. A manifest that fits nothing there is somebody's copy."""
    manifest = read_manifest(target)
    if manifest is not None:
        return Former(manifest) if _fits(manifest["files"], target) else Former()
    files = _certain(_raw(target), target)
    if files or _has_our_page(target):
        return Former({"files": files}, is_damaged=True)
    return Former()


def _fits(files: Mapping[str, FileEntry], target: Path) -> bool:
    """Whether any of ``files`` lies there as it was written, or as a power cut left it; or nothing at all does."""
    if any(foreign.is_as_written(target / name, entry) or foreign.is_blank(target / name) for name, entry in files.items()):
        return True
    return foreign.found(target, {MANIFEST}).is_of_hosts


def _has_our_page(target: Path) -> bool:
    for name in ("index.html", "404.html"):
        page = target / name
        if page.is_file() and not page.is_symlink():
            with page.open("rb") as source:
                if MARK.encode() in source.read(_START):
                    return True
    return False


def _certain(raw: bytes, target: Path) -> dict[str, FileEntry]:
    """The files at ``target`` of which the damaged manifest ``raw`` says what is true of them."""
    text = _Damaged.of(raw)
    if not text.places and not text.parsed:
        return {}
    there = {name: foreign.fingerprint(target / name) for name in foreign.found(target, {MANIFEST}).files}
    files = {name: entry for name, entry in there.items() if entry is not None and is_portable_path(name)}
    certain = {name: entry for name, entry in files.items() if text.parsed.get(name) == entry}
    taken = {text.starts[name] for name in certain if name in text.starts}
    more = {name: each for name, each in files.items() if name not in certain and text.nearly_says(name, each, taken)}
    return dict(sorted((certain | more).items()))


@dataclass(frozen=True, slots=True)
class _Damaged:
    """A manifest that is no longer as it was written: what of it can be read, where that stands, and where there are
    pieces of digests."""

    raw: bytes
    parsed: Mapping[str, FileEntry]
    starts: Mapping[str, int]
    places: Mapping[bytes, list[int]] = field(repr=False)

    @classmethod
    def of(cls, raw: bytes) -> _Damaged:
        parsed: dict[str, FileEntry] = {}
        starts: dict[str, int] = {}
        for hit in _TOLD.finditer(raw):
            name = _unquoted(hit[1])
            if name is not None:
                starts[name] = hit.start()
                parsed[name] = {"sha256": hit[2].decode(), "size": int(hit[3])}
        return cls(raw, {**_as_json(raw), **parsed}, starts, _places(raw))

    def nearly_says(self, name: str, entry: FileEntry, taken: Iterable[int]) -> bool:
        """Whether there is what was written of the file ``name``, but for a few bytes, and it is told of no other."""
        text = f'{json.dumps(name, ensure_ascii=False)}: {{\n   "sha256": "{entry["sha256"]}",\n   "size": {entry["size"]}'
        whole = text.encode("utf-8", "surrogateescape")
        before = whole.index(b'": {\n   "sha256": "') + len(b'": {\n   "sha256": "')
        for piece in range(0, 64, _PIECE):
            for place in self.places.get(entry["sha256"][piece : piece + _PIECE].encode(), ()):
                start = place - piece - before
                if start >= 0 and start not in taken and _is_near(self.raw[start : start + len(whole)], whole):
                    return True
        return False


def _unquoted(name: bytes) -> str | None:
    try:
        return str(json.loads(b'"' + name + b'"'))
    except ValueError:
        return None


def _as_json(raw: bytes) -> dict[str, FileEntry]:
    """The entries of a text that still is JSON, laid out by somebody else perhaps."""
    try:
        files = json.loads(raw).get("files")
        return {name: {"sha256": each["sha256"], "size": each["size"]} for name, each in files.items() if is_entry(name, each)}
    except (ValueError, RecursionError, AttributeError):
        return {}


def _places(raw: bytes) -> dict[bytes, list[int]]:
    """Where pieces of digests stand. A run of hexadecimal digits that lost one in its middle is counted from both ends."""
    found: dict[bytes, list[int]] = {}
    for hit in _RUN.finditer(raw):
        for start in sorted({*_starts(hit.start(), hit.end()), *(each - _PIECE for each in _ends(hit.start(), hit.end()))}):
            places = found.setdefault(raw[start : start + _PIECE], [])
            if len(places) < _PLACES:
                places.append(start)
    return found


def _starts(start: int, end: int) -> Iterator[int]:
    return (each for each in range(start, min(start + 64, end), _PIECE) if each + _PIECE <= end)


def _ends(start: int, end: int) -> Iterator[int]:
    return (each for each in range(end, max(end - 64, start), -_PIECE) if each - _PIECE >= start)


def _is_near(one: bytes, other: bytes) -> bool:
    return len(one) == len(other) and sum(map(int.__ne__, one, other)) <= _WRONG
