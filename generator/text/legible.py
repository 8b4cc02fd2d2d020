"""Text as it may be shown by a terminal, a log or an annotation: nothing in it moves a cursor, changes a colour, begins a
line of its own or turns the direction of writing.

Unicode Technical Report 36, section 2; ECMA-48 for what a terminal obeys.
"""

from __future__ import annotations

import re

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u2800\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\ud800-\udfff\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]|(?<=[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
# What a runner of workflows obeys in any line of a log: "::name" behind blanks, "##[name" anywhere (actions/runner,
# ActionCommand.cs).
_COMMAND = re.compile(r"^(\s*):(?=:)|#(?=#\[)", re.MULTILINE)
REPLACED = "\ufffd"


def printable(text: str) -> str:
    """``text`` with a mark in place of every character that a terminal would obey or that nobody would see. Line ends and
    tabs stay."""
    return _UNSAFE.sub(REPLACED, text)


def in_line(text: str) -> str:
    """``text`` as it may stand within a line: ``printable``, and its line ends and tabs are blanks."""
    return printable(re.sub(r"\r\n|[\r\n\t]", " ", text))


def uncommanding(text: str) -> str:
    """``text`` with a mark in place of the first sign of all that a runner of workflows would obey, as wide as before."""
    return _COMMAND.sub(lambda sign: f"{sign[1] or ''}{REPLACED}", text)


def within(encoding: str, text: str) -> str:
    """``text`` with a question mark in place of every character that ``encoding`` does not have."""
    return text.encode(encoding, "replace").decode(encoding)
