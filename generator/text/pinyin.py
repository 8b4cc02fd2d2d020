"""How Chinese names are spelled: by pinyin, to sort them and to find them by their first letters.

The readings are pypinyin's, which knows characters with several of them from the words they stand in.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_UNSPOKEN = re.compile(r"[\W_]+")


@cache
def spelled(text: str) -> tuple[str, ...]:
    """The syllables of ``text`` with their tones as numbers, other words as they are, in lower case and without signs:
    ``("yang2", "guang1", "a1")`` for “阳光 A1”. Made to be compared."""
    from pypinyin import Style, lazy_pinyin  # costs a quarter of a second, and a check never needs it

    return tuple(lazy_pinyin(_spoken(text), style=Style.TONE3, neutral_tone_with_five=True))


@cache
def initials(text: str) -> str:
    """The first letter of every syllable of ``text``, other words whole: ``yga1`` for “阳光 A1”."""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(_spoken(text), style=Style.FIRST_LETTER))


def _spoken(text: str) -> str:
    return _UNSPOKEN.sub("", unicodedata.normalize("NFKC", text).casefold())


def is_quoted(text: str) -> bool:
    """Whether the whole of ``text`` stands in one pair of quotation marks."""
    plain = text.strip()
    pairs = zip("“‘「『《\"'＂", "”’」』》\"'＂", strict=True)
    return any(plain.startswith(a) and plain.endswith(b) and plain.count(a) == (2 if a == b else 1) for a, b in pairs)
