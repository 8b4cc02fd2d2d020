"""Small numbers as they are written in Chinese."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """``number`` in Chinese up to 99 (3 → 三, 12 → 十二, 40 → 四十), larger ones and those below 1 in digits."""
    if not 1 <= number <= 99:
        return str(number)
    tens, ones = divmod(number, 10)
    return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones] if ones else "")
