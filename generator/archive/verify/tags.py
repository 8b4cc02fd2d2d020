"""What a bag says of itself: its declaration and its description (RFC 8493, 2.1.1 and 2.2.2; before it the drafts 0.93 to
0.97, which were laxer)."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import NamedTuple

from generator.archive.bag import DECLARATION
from generator.archive.verify.report import found
from generator.archive.verify.trees import Tree, text_of
from generator.problems import Problem

KNOWN = ("0.93", "0.94", "0.95", "0.96", "0.97", "1.0")
_STRICT = re.compile(r"BagIt-Version: (\S+)\nTag-File-Character-Encoding: (\S+)")
_LAX = re.compile(r"\s*BagIt-Version\s*:\s*(\S+)\s*\n\s*Tag-File-Character-Encoding\s*:\s*(\S+)\s*", re.IGNORECASE)
_VERSION = re.compile(r"BagIt-Version\s*:\s*(\S+)")
_LABEL = re.compile(r"([^\s:](?:[^:]*[^\s:])?):[ \t](.*)")
_LAX_LABEL = re.compile(r"\s*([^\s:](?:[^:]*[^\s:])?)\s*:\s*(.*)")


class Declared(NamedTuple):
    """The version of the specification and the encoding of the tag files."""

    version: str
    encoding: str

    @property
    def is_old(self) -> bool:
        """Whether it is a draft that allows more."""
        return self.version != KNOWN[-1]


@dataclass(frozen=True, slots=True)
class Info:
    """The description, as pairs of labels in small letters and values."""

    rows: tuple[tuple[str, str], ...] = ()

    def get(self, label: str) -> str:
        """The last value of a label, empty for none."""
        return next((value for name, value in reversed(self.rows) if name == label.lower()), "")


def declaration(tree: Tree) -> tuple[Declared | None, list[Problem]]:
    """What ``bagit.txt`` says, ``None`` where nothing else of the bag can be understood."""
    raw = text_of(tree, DECLARATION)
    if raw is None:
        return None, [found("ARC-204", DECLARATION)]
    if raw.startswith(codecs.BOM_UTF8):
        return None, [found("ARC-303", DECLARATION, 1, encoding="BOM")]
    try:
        text = re.sub(r"\r\n|\r", "\n", raw.decode("utf-8"))
    except UnicodeDecodeError:
        return None, [found("ARC-303", DECLARATION, 1, encoding="UTF-8")]
    said = _VERSION.search(text)
    if said is not None and said[1] not in KNOWN:
        return None, [found("ARC-302", DECLARATION, 1, version=said[1], known=KNOWN[-1])]
    is_old = said is not None and said[1] != KNOWN[-1]
    hit = (_LAX if is_old else _STRICT).fullmatch(text if is_old else text.removesuffix("\n"))
    if hit is None:
        return None, [found("ARC-301", DECLARATION, 1, reason=text.strip()[:80])]
    try:
        "".encode(hit[2])
    except LookupError:
        return None, [found("ARC-303", DECLARATION, 2, encoding=hit[2])]
    return Declared(hit[1], hit[2]), []


def text_in(tree: Tree, name: str, encoding: str) -> tuple[str, list[Problem]]:
    """A tag file as text; empty where it is not written in ``encoding``."""
    raw = text_of(tree, name)
    if raw is None:
        return "", [found("ARC-304", name, reason=name)]
    try:
        return raw.decode(encoding), []
    except (UnicodeError, LookupError):
        return "", [found("ARC-303", name, encoding=encoding)]


def info(tree: Tree, name: str, declared: Declared) -> tuple[Info, list[Problem]]:
    """The description in ``name``, and its lines that are none."""
    text, problems = text_in(tree, name, declared.encoding)
    rows: list[tuple[str, str]] = []
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if line[:1] in (" ", "\t") and rows:
            rows[-1] = (rows[-1][0], f"{rows[-1][1]} {line.strip()}")
        elif line.strip():
            hit = (_LAX_LABEL if declared.is_old else _LABEL).fullmatch(line)
            if hit is None:
                problems.append(found("ARC-301", name, number, reason=line[:80]))
            else:
                rows.append((hit[1].lower(), hit[2].strip()))
    return Info(tuple(rows)), problems
