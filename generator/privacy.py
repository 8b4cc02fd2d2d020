"""Personal data in text: what looks like an identity number, a mobile number or a bank card, and how to mask it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

_EDGE = r"(?<![0-9A-Za-z.])"
_END = r"(?!\.?[0-9]|[A-Za-z])"
_MOBILE = re.compile(rf"{_EDGE}(?:\+?86[ -]?)?1[3-9][0-9](?:[ -]?[0-9]{{4}}){{2}}{_END}")
_IDENTITY = re.compile(rf"{_EDGE}[1-9][0-9]{{16}}[0-9Xx]{_END}")
_CARD = re.compile(rf"{_EDGE}[3-9][0-9]{{3}}(?:[ -]?[0-9]{{4}}){{3}}(?:[ -]?[0-9]{{1,3}})?{_END}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


class Finding(NamedTuple):
    """A piece of text that is personal data: its problem code and where it begins and ends."""

    code: str
    start: int
    end: int


def find(text: str) -> Iterator[Finding]:
    """Yield what looks like personal data in ``text``, in order, never two for the same digits."""
    taken = 0
    hits = sorted(
        (hit.start(), order, code, hit)
        for order, (code, pattern, _) in enumerate(_RULES)
        for hit in pattern.finditer(text)
    )
    for start, order, code, hit in hits:
        if start >= taken and _RULES[order][2](re.sub("[^0-9Xx]", "", hit.group())):
            taken = hit.end()
            yield Finding(code, start, hit.end())


def mask(text: str) -> str:
    """``text`` with the middle of everything personal replaced by asterisks."""
    parts: list[str] = []
    at = 0
    for finding in find(text):
        parts += [text[at : finding.start], mask_one(text[finding.start : finding.end])]
        at = finding.end
    return "".join(parts) + text[at:]


def mask_one(number: str) -> str:
    """The first three and the last two characters, asterisks between."""
    return f"{number[:3]}{'*' * (len(number) - 5)}{number[-2:]}"


def is_identity_number(number: str) -> bool:
    """Whether 18 characters are a citizen identity number: a possible birthday and the right check character
    (GB 11643-1999, which uses ISO 7064 MOD 11-2)."""
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECK_DIGITS[total % 11] == number[17].upper()


def is_card_number(number: str) -> bool:
    """Whether 16 to 19 digits have the check digit of a payment card (Luhn, ISO/IEC 7812-1, annex B)."""
    if not 16 <= len(number) <= 19 or len(set(number)) == 1:
        return False
    digits = [int(each) for each in reversed(number)]
    doubled = [
        digit if index % 2 == 0 else (digit * 2 - 9 if digit > 4 else digit * 2) for index, digit in enumerate(digits)
    ]
    return sum(doubled) % 10 == 0


_RULES: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("PII-001", _IDENTITY, is_identity_number),
    ("PII-002", _MOBILE, lambda _: True),
    ("PII-003", _CARD, is_card_number),
)
