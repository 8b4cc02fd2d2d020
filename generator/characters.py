"""Characters that make a text say something else than it shows: controls, bidirectional and invisible ones.

Unicode Technical Report 36, section 2 ("Trojan Source", CVE-2021-42574).
"""

from __future__ import annotations

import re
import unicodedata

HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\U0001d173-\U0001d17a\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)


def names(text: str) -> str:
    """The hidden characters of ``text`` by number and name, each once."""
    return "、".join(dict.fromkeys(_name(each) for each in HIDDEN.findall(text)))


def _name(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, 'CONTROL')}"
