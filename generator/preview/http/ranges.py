"""Parts of files, by which browsers seek in films (RFC 9110, section 14). One part at a time; whoever asks for several gets
the whole, which section 14.2 allows."""

from __future__ import annotations

import re
from typing import NamedTuple

_ASKED = re.compile(r"bytes[ \t]*=[ \t]*(?:([0-9]+)-([0-9]*)|-([0-9]+))[ \t]*", re.IGNORECASE)
_DIGITS = 18  # no file is larger, and no number of more digits is read
_ENDLESS = 10**_DIGITS


class Part(NamedTuple):
    """The bytes from ``first`` to ``last``, both of them included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many bytes there are."""
        return self.last - self.first + 1


class Unsatisfiable(Exception):
    """The file has no such part: 416."""


def part_of(asked: str | None, size: int, condition: str | None, tag: str) -> Part | None:
    """The part that the header ``Range`` asks for, ``None`` for the whole file. ``condition`` is the header ``If-Range``:
    the part is only wanted of the version with this ``tag``. What is no valid range is ignored. Raises
    ``Unsatisfiable``."""
    found = _ASKED.fullmatch(asked.strip()) if asked is not None else None
    if found is None or (condition is not None and condition.strip() != tag):
        return None
    if found[3] is not None:
        first, last = max(size - _number(found[3]), 0), size - 1
        if _number(found[3]) == 0:
            raise Unsatisfiable
    else:
        first, last = _number(found[1]), _number(found[2]) if found[2] else _ENDLESS
        if last < first:
            return None
    if first >= size:
        raise Unsatisfiable
    return Part(first, min(last, size - 1))


def _number(digits: str) -> int:
    digits = digits.lstrip("0") or "0"
    return int(digits) if len(digits) <= _DIGITS else _ENDLESS
