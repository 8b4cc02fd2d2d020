"""Numbers as characters: lists of entries and columns of facts in as few printable characters as they need.

A number is written in base 64 with its last digit from ``DIGITS`` and those before it, in base 16, from ``MORE``, so
that a small number is one character. A list of ascending numbers is written as the steps between them or, where that
is shorter, as a map of bits. Nothing written needs escaping in a JavaScript string.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"
MORE = "!#$%&'()*+,./:;<"
BITS = "~"
RANKS = "=>?@[]^"  # stands before the entries that have a gram in fields of that rank
GAP = " "
_LOW, _HIGH = len(DIGITS), len(MORE)
_VALUE = {each: number for number, each in enumerate(DIGITS)}
_ABOVE = {each: number for number, each in enumerate(MORE)}


def number(value: int) -> str:
    """Write a number that is not negative."""
    high, low = divmod(value, _LOW)
    text = DIGITS[low]
    while high:
        high, digit = divmod(high, _HIGH)
        text = MORE[digit] + text
    return text


@cache
def _small() -> tuple[str, ...]:
    """The numbers that a list mostly has, written once for all of them."""
    return tuple(number(each) for each in range(1 << 14))


def numbers(text: str) -> Iterator[int]:
    """Read numbers that stand one after the other. Raises ``KeyError`` for what is none."""
    high = 0
    for each in text:
        if each in _ABOVE:
            high = high * _HIGH + _ABOVE[each]
        else:
            yield high * _LOW + _VALUE[each]
            high = 0


def ascending(values: Sequence[int]) -> str:
    """Write numbers that ascend."""
    last = values[-1]
    if len(values) > 12 and last - values[0] < 6 * len(values):  # else no map of bits can be the shorter one
        return _bits(values)
    before, steps, small = -1, [], _small()
    for each in values:
        step = each - before - 1
        steps.append(small[step] if step < 16384 else number(step))
        before = each
    text = "".join(steps)
    return text if len(text) <= 3 + (last - values[0]) // 6 + 1 else min(text, _bits(values), key=len)


def _bits(values: Sequence[int]) -> str:
    first = values[0]
    bits = bytearray((values[-1] - first) // 6 + 1)
    for each in values:
        place, bit = divmod(each - first, 6)
        bits[place] |= 1 << bit
    return BITS + number(first) + bits.translate(_AS_DIGITS).decode("ascii")


_AS_DIGITS = bytes(ord(DIGITS[each]) if each < _LOW else 0 for each in range(256))


def read_ascending(text: str) -> list[int]:
    """Read what ``ascending`` wrote."""
    if not text.startswith(BITS):
        found, before = [], -1
        for step in numbers(text):
            before += step + 1
            found.append(before)
        return found
    end = next(at for at in range(1, len(text)) if text[at] in _VALUE) + 1
    (first,) = numbers(text[1:end])
    return [
        first + 6 * place + bit for place, each in enumerate(text[end:]) for bit in range(6) if _VALUE[each] >> bit & 1
    ]


def column(values: Sequence[int]) -> str:
    """Write one number for each entry; runs of the same number are counted where that is shorter."""
    plain = "".join(map(number, values))
    runs: list[list[int]] = []
    for each in values:
        if runs and runs[-1][0] == each:
            runs[-1][1] += 1
        else:
            runs.append([each, 1])
    counted = BITS + "".join(number(each) for run in runs for each in run)
    return counted if len(counted) < len(plain) else plain


def read_column(text: str) -> list[int]:
    """Read what ``column`` wrote."""
    if not text.startswith(BITS):
        return list(numbers(text))
    pairs = list(numbers(text[1:]))
    return [value for value, count in zip(pairs[::2], pairs[1::2], strict=True) for _ in range(count)]
