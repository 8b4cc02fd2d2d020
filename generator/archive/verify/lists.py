"""Lists of digests: the manifests of a bag and ``SHA256SUMS``. A line that cannot be one is a problem, and so is a path
that leads out of where the list lies."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.archive.verify.report import found
from generator.problems import Problem

_LINE = re.compile(r"([0-9A-Fa-f]+)([ \t]+)(\*?)(.+)")
_ESCAPED = re.compile(r"%(0[ad]|25)", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:")
_MEANS = {"0a": "\n", "0d": "\r", "25": "%"}


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list says: path → digest, path → line; and what is wrong with it."""

    name: str
    digests: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read(name: str, text: str, algorithm: str, *, below: str = "", old: bool = False, escapes: bool = True) -> Listing:
    """The list ``name`` with digests by ``algorithm``. All paths in it begin with ``below``. ``old`` lists (BagIt before 1.0)
    may name a file twice and escape no percent signs; those that do not come from a bag ``escapes`` nothing."""
    made = Listing(name)
    length = hashlib.new(algorithm, usedforsecurity=False).digest_size * 2
    for number, line in _lines(text):
        hit = _LINE.fullmatch(line)
        if hit is None or len(hit[1]) != length:
            made.problems.append(found("ARC-301", name, number, reason=line[:80]))
            continue
        if hit[3] or hit[4].startswith("./"):
            made.problems.append(found("ARC-309", name, number))
        written = hit[4]
        path = _plain(written, old=old) if escapes else written
        if leads_out(path) or not path.startswith(below):
            made.problems.append(found("ARC-401", name, number, other=path))
            continue
        _add(made, path, hit[1].lower(), number, old=old)
    return made


def _add(made: Listing, path: str, digest: str, number: int, *, old: bool) -> None:
    if path in made.digests:
        same = made.digests[path] == digest
        code = "ARC-209" if old and same else "ARC-104"
        made.problems.append(found(code, made.name, number, other=path))
    made.digests.setdefault(path, digest)
    made.lines.setdefault(path, number)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers. They end with LF, CR or both (RFC 8493, 2.1.3)."""
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if line:
            yield number, line


def _plain(written: str, *, old: bool) -> str:
    """A path as it is on the disk: without ``./`` before it and without escapes."""
    path = re.sub(r"^(?:\./)+", "", written)
    allowed = ("0a", "0d") if old else tuple(_MEANS)
    return _ESCAPED.sub(lambda hit: _MEANS[hit[1].lower()] if hit[1].lower() in allowed else hit[0], path)


def leads_out(path: str) -> bool:
    """Whether a path could lead out of the folder it counts from, on any system."""
    parts = re.split(r"[/\\]", path)
    return (
        path.startswith(("/", "\\", "~"))
        or ".." in parts
        or "\\" in path
        or "\0" in path
        or _DRIVE.match(path) is not None
    )
