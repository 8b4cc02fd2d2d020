"""Text as it may be shown by a terminal, a log or an annotation: nothing in it moves a cursor, changes a colour, begins a
line of its own or turns the direction of writing.

Unicode Technical Report 36, section 2; ECMA-48 for what a terminal obeys.
"""

from __future__ import annotations

import re

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
REPLACED = "\ufffd"


def printable(text: str) -> str:
    """``text`` with a mark in place of every character that a terminal would obey or that nobody would see. Line ends and
    tabs stay."""
    return _UNSAFE.sub(REPLACED, text)


def in_line(text: str) -> str:
    """``text`` as it may stand within a line: ``printable``, and its line ends and tabs are blanks."""
    return printable(re.sub(r"\r\n|[\r\n\t]", " ", text))


def within(encoding: str, text: str) -> str:
    """``text`` with a question mark in place of every character that ``encoding`` does not have."""
    return text.encode(encoding, "replace").decode(encoding)
