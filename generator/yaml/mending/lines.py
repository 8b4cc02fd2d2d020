"""What the mender looks at: the lines of a text, and the repairs it may try on them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from generator import patterns

KeyPath = tuple[str | int, ...]
Knows = Callable[[KeyPath], bool]  # whether a field may stand at this path

BLANKS = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"  # look like spaces and are none to YAML
DASHES = "\\-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d·・•●○◆▪"
COLONS = "：﹕︰∶ː"
NAME = r"[A-Za-z_][A-Za-z0-9_-]*"
LABEL = r"[\u4e00-\u9fff]{1,8}"
ANY_BLANK = patterns.late(rf"[ {BLANKS}]+")

_KEY_LINE = patterns.late(rf"[ {BLANKS}]*(?:- +)*(?:{NAME}|{LABEL})[ {BLANKS}]*(?:[:{COLONS}])(?!//)")
_DASH_LINE = patterns.late(r" *-(?: |$)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text: its number from 0, and where in the text it begins."""

    number: int
    start: int
    text: str

    @property
    def indent(self) -> int:
        """How many spaces it begins with."""
        return len(self.text) - len(self.text.lstrip(" "))

    @property
    def content(self) -> int:
        """The column of what stands behind its dashes."""
        match = re.match(r" *(?:- +)*", self.text)
        assert match is not None  # it matches nothing at all, too
        return match.end()

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing: blank, or a comment."""
        return not self.text.strip() or self.text.lstrip().startswith("#")

    @property
    def is_key(self) -> bool:
        """Whether it begins with what looks like the name of a field and a colon of any form."""
        return _KEY_LINE.match(self.text) is not None

    @property
    def is_item(self) -> bool:
        """Whether it begins with the dash of a list."""
        return _DASH_LINE.match(self.text) is not None

    @property
    def opens(self) -> bool:
        """Whether what belongs to it begins on the next line."""
        return self.text.rstrip().endswith(":") and not self.is_empty


def split(text: str) -> list[Line]:
    """The lines of ``text``."""
    lines, start = [], 0
    for number, each in enumerate(text.split("\n")):
        lines.append(Line(number, start, each))
        start += len(each) + 1
    return lines


def said_before(lines: list[Line], number: int) -> Line | None:
    """The nearest line before ``number`` that says something."""
    return next((lines[at] for at in range(min(number, len(lines)) - 1, -1, -1) if not lines[at].is_empty), None)


def below(lines: list[Line], number: int) -> int:
    """The number of the first line after ``number`` that does not belong to it."""
    inside = lines[number].indent
    return next(
        (each.number for each in lines[number + 1 :] if not each.is_empty and each.indent <= inside), len(lines)
    )


class Edit(NamedTuple):
    """Put ``text`` in the place of what stands from ``start`` to ``end``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Repair:
    """A fault at ``at``, the code of its problem, and what would mend it. ``values`` are those of its wording."""

    code: str
    at: int
    edits: tuple[Edit, ...]
    values: Mapping[str, object] = field(default_factory=dict)
    is_text: bool = False  # whether its line becomes part of a value that began before

    def apply(self, text: str) -> str:
        """``text`` as if it were mended."""
        parts, at = [], 0
        for edit in self.edits:
            parts += [text[at : edit.start], edit.text]
            at = edit.end
        return "".join(parts) + text[at:]

    def moved(self, by: int) -> Repair:
        """The same repair of a text that has ``by`` more characters before it."""
        edits = tuple(Edit(each.start + by, each.end + by, each.text) for each in self.edits)
        return Repair(self.code, self.at + by, edits, self.values, self.is_text)
