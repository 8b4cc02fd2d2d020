"""What a text reads as when somebody looks for numbers in it: digits of any script and any style are digits, wide forms
are narrow, any dash is a dash and any blank a blank; escapes are what they stand for, and what nobody sees is not there.

Unicode Standard Annex 44 (Numeric_Type), RFC 3986 section 2.1, YAML 1.2 section 5.7, and the character references of HTML.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

_HAN = ("〇零○◯洞", "一壹壱弌幺", "二贰貳貮弐两", "三叁參叄参", "四肆", "五伍", "六陆陸", "七柒拐", "八捌", "九玖勾")
_HAN_DIGITS = {ord(each): str(digit) for digit, all in enumerate(_HAN) for each in all}
_ALIKE = {ord(each): digit for each, digit in (*dict.fromkeys("OoОоΟο", "0").items(), ("l", "1"), ("I", "1"))}
# Digits in circles and brackets, above and below the line, with a full stop or a comma, and those of merchants.
_STYLED = (
    "²³¹⁰⁴-⁹₀-₉፩-፱①-⑨⑴-⑼⒈-⒐⓪⓵-⓽⓿❶-❾➀-➈➊-➒㈠-㈨㊀-㊈〡-〩㆒-㆕\U0001f100-\U0001f10a\U0001f10b\U0001f10c"
)
ODD = "".join(_HAN) + _STYLED
ODD_DIGIT = re.compile(f"[{ODD}]")
_MIDDLE_DOTS = "·•‧∙⋅・･．。｡∘●˙"
_STROKES = "~～∼〜˜∽"
_DASHES = "−‑─━ー―➖⁃"
_OPENING, _CLOSING = "（〔［｛〈《「『【〖❨❲〘", "）〕］｝〉》」』】〗❩❳〙"
# What nobody sees between two digits: no width, joiners, variants, marks that stand on the character before.
_UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\u0300-\u036f\u20d0-\u20f0"
_ESCAPE = re.compile(
    rf"(?P<unseen>[{_UNSEEN}]+)|(?P<url>(?:%[0-9A-Fa-f]{{2}})+)|(?P<html>&#[0-9]{{1,7}};?|&#[xX][0-9A-Fa-f]{{1,6}};?"
    r"|&(?:nbsp|ensp|emsp|thinsp|hyphen|dash|ndash|mdash|shy|middot|period|sol|lpar|rpar|plus|lowbar|zwj|zwnj|ZeroWidthSpace|NoBreak);)"
    r"|\\(?:x(?P<x>[0-9A-Fa-f]{2})|u(?P<u>[0-9A-Fa-f]{4})|u\{(?P<b>[0-9A-Fa-f]{1,6})\}|U(?P<l>[0-9A-Fa-f]{8}))"
)
_MAY_ESCAPE = re.compile(rf"[{_UNSEEN}%&\\]")
_HEXADECIMAL = ("x", "u", "b", "l")


def _plain(code: int, character: str) -> str:
    """The one ASCII character that ``character`` is read as here, or itself."""
    if unicodedata.decimal(character, None) is not None:
        return str(unicodedata.decimal(character))
    for alike, plain in ((_MIDDLE_DOTS, "."), (_STROKES, "~"), (_OPENING, "("), (_CLOSING, ")"), ("×✕✖╳ХхΧχⅩⅹ", "X")):
        if character in alike:
            return plain
    if character == "\ufffd" or (character.isspace() and character not in "\n\t"):
        return " "
    if unicodedata.category(character) == "Pd" or character in _DASHES:
        return "-"
    form = unicodedata.normalize("NFKC", character)
    return form if len(form) == 1 and form < "\x7f" and not form.isdigit() else character


class _Table(dict[int, str]):
    """What ``str.translate`` asks for each character; the answer is kept."""

    def __missing__(self, code: int) -> str:
        self[code] = _plain(code, chr(code))
        return self[code]


class _EveryDigit(_Table):
    """The same with digits of any style and Han characters that are digits."""

    def __missing__(self, code: int) -> str:
        self[code] = _HAN_DIGITS.get(code) or _styled(chr(code)) or _plain(code, chr(code))
        return self[code]


def _styled(character: str) -> str | None:
    if not ODD_DIGIT.fullmatch(character):
        return None
    value = unicodedata.numeric(character, None)
    return str(int(value)) if value is not None and 0 <= value <= 9 else None


_FOLD, _FOLD_ALL = _Table(), _EveryDigit()


def folded(text: str) -> str:
    """``text`` with what is a digit anywhere as a digit, character by character."""
    return text if text.isascii() else text.translate(_FOLD)


def plain(text: str) -> str:
    """The same with digits of any style, and Han characters that are digits."""
    return text.translate(_FOLD_ALL)


def without_letters(text: str) -> str:
    """``plain`` where letters that look like digits are meant as such."""
    return plain(text).translate(_ALIKE)


class Reading(NamedTuple):
    """What a text with escapes stands for; ``starts`` says for each character, and for the end, where it is written."""

    text: str
    starts: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters from ``start`` to ``end`` are written, with what nobody sees behind them."""
        return self.starts[start], self.starts[end]


def read(text: str) -> Reading | None:
    """``text`` without its escapes, ``None`` where it has none."""
    if not _MAY_ESCAPE.search(text):
        return None
    parts: list[str] = []
    starts: list[int] = []
    at = 0
    for hit in _ESCAPE.finditer(text):
        starts += range(at, hit.start())
        parts.append(text[at : hit.start()])
        for character, begin in _meant(hit):
            parts.append(character)
            starts.append(begin)
        at = hit.end()
    if not at:
        return None
    starts += range(at, len(text) + 1)
    return Reading("".join((*parts, text[at:])), tuple(starts))


def _meant(hit: re.Match[str]) -> Iterator[tuple[str, int]]:
    """The characters that an escape stands for, each with the place where it is written."""
    if hit["unseen"]:
        return
    begin = hit.start()
    if hit["url"]:
        for character in unquote(hit["url"]):
            yield character, min(begin, hit.end() - 3)
            begin += 3 * len(character.encode("utf-8", "replace")) if character != "\ufffd" else 3
        return
    if hit["html"]:
        character = unescape(hit["html"])
    else:
        code = int(next(hit[name] for name in _HEXADECIMAL if hit[name]), 16)
        character = chr(code) if code < 0x110000 else "\ufffd"
    if character and not re.fullmatch(f"[{_UNSEEN}]+", character):
        yield character[0], begin
