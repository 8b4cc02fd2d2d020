"""Numbers as they are written in Chinese, and the order of titles that hold some.

People number what they make: 第一批, 首届, 2023年第３期, 第Ⅱ阶段, “Batch 10”. Compared sign by sign 十一 stands before 四
and 10 before 2; ``natural`` compares them as numbers, however each is written. A numeral counts as one only where it
numbers something, so that a name such as 一窗通办 stays a name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Hashable
from functools import cache
from typing import Any

_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """``number`` in Chinese up to 99 (3 → 三, 12 → 十二, 40 → 四十), larger ones and those below 1 in digits."""
    if not 1 <= number <= 99:
        return str(number)
    tens, ones = divmod(number, 10)
    return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


# -- numbers ---------------------------------------------------------------------------------------------------------

_ONES = {sign: value for value, sign in enumerate(_DIGITS)} | {"〇": 0, "○": 0, "两": 2, "兩": 2}
_ONES |= {sign: value for value, sign in enumerate("壹贰叁肆伍陆柒捌玖", 1)}
_ONES |= {sign: value for value, sign in enumerate("壹貳參肆伍陸柒捌玖", 1)} | {"幺": 1}
_TENS = {"十": 10, "拾": 10, "廿": 20, "卅": 30, "卌": 40}
_UNITS = {"百": 100, "佰": 100, "千": 1000, "仟": 1000}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_STEMS = {sign: value for value, sign in enumerate("甲乙丙丁戊己庚辛壬癸", 1)}
_THIRDS = {"上": 1, "中": 2, "下": 3}

_NUMERAL = "".join((*_ONES, *_TENS, *_UNITS))
_COUNTED = "批届期年月日季等级类组厅馆轮章节篇卷册辑集讲版阶步号次位名场"  # what is numbered in titles
_STAGED = r"(?:batch|phase|stage|round|part|vol(?:ume)?|chapter|session|season|series|hall|room|group|level|no)\.?"
_NUMBER = re.compile(
    rf"(?:第\s*)?(?P<digits>[0-9]+)"
    rf"|第\s*(?P<ordinal>[{_NUMERAL}]+)"
    rf"|第\s*(?P<roman>[ivxlc]+)(?![a-z])"
    rf"|(?<![a-z])(?P<named>{_STAGED})\s*(?P<numbered>[ivx]+)(?![a-z])"
    rf"|(?<![a-z])(?P<counted_roman>[ivx]+)(?=\s*[{_COUNTED}])"
    rf"|(?P<first>[首头])(?=[{_COUNTED}])"
    rf"|(?P<chinese>[{_NUMERAL}]+)"
    rf"|(?P<stem>[{''.join(_STEMS)}])(?=[组级类等种厅馆区班])"
    rf"|(?P<third>[上中下])(?=[册篇卷集部期辑旬)])"
)
_BLANKS = re.compile(r"\s+")
_BEFORE = ("之", "批次", "届次", "期次")  # what a bare numeral follows: 系列之三
_AFTER = re.compile(rf"\s*(?:[{_COUNTED}、.)]|$)")


def value_of(numeral: str) -> int:
    """The number that a Chinese numeral writes: 二十一 → 21, 一百零三 → 103, 一百三 → 130, 廿五 → 25, 二〇二三 → 2023. One that
    breaks the rules is read from left to right."""
    if not any(each in _TENS or each in _UNITS for each in numeral):
        return int("".join(str(_ONES[each]) for each in numeral))
    total, pending, last = 0, "", 0
    for each in numeral:
        if each in _ONES:
            if _ONES[each] == 0 and not pending:
                last = 0  # 一百零三: what follows is counted in ones
            pending += str(_ONES[each])
            continue
        unit = _UNITS.get(each, 10)
        total += (int(pending) if pending else 1) * unit if each not in "廿卅卌" else _TENS[each]
        pending, last = "", unit
    if not pending:
        return total
    return total + int(pending) * (last // 10 if len(pending) == 1 and last > 10 else 1)


def _roman(numeral: str) -> int:
    values = [_ROMAN[each] for each in numeral]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


# -- order -----------------------------------------------------------------------------------------------------------

Key = tuple[Any, ...]


@cache
def natural(text: str, spoken: Callable[[str], Hashable] = str) -> Key:
    """What to compare instead of ``text``, so that 第二批 stands before 第十批 and that before 第11批. Numbers come before words,
    and 首批, 第1批 and 第一批 are the same place in a row. ``spoken`` gives what is compared of the words between."""
    plain = _BLANKS.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()
    key: list[Any] = []
    start = 0
    for found in _NUMBER.finditer(plain):
        number = _number(found, plain)
        if number is None:
            continue
        named = found["named"] or ""
        if words := (plain[start : found.start()] + named).strip():
            key.append((1, spoken(words)))
        key.append((0, len(number), number))
        start = found.end()
    if words := plain[start:].strip():
        key.append((1, spoken(words)))
    return tuple(key)


def _number(found: re.Match[str], text: str) -> str | None:
    """The digits of a number, without zeros in front; ``None`` where the numeral numbers nothing."""
    kind = found.lastgroup
    assert kind is not None
    written = found[kind]
    if kind == "digits":
        return written.lstrip("0") or "0"  # as text: it may be longer than any number
    if kind == "ordinal":
        return str(value_of(written[:_LONGEST]))
    if kind in ("roman", "numbered", "counted_roman"):
        return str(_roman(written))
    if kind == "first":
        return "1"
    if kind == "stem":
        return str(_STEMS[written])
    if kind == "third":
        return str(_THIRDS[written])
    return str(value_of(written[:_LONGEST])) if _is_numbering(found, text) else None


_LONGEST = 64  # signs of a numeral that are read


def _is_numbering(found: re.Match[str], text: str) -> bool:
    """Whether a Chinese numeral without 第 numbers something: a year such as 二〇二三, one of several signs with a ten in it
    such as 二十一, or one before what is counted, after 之, or on its own."""
    numeral = found[0]
    if numeral[0] in _UNITS:
        return False  # 百姓, 千灯
    if len(numeral) > 1 and (any(each in _TENS or each in "〇○" for each in numeral) or len(numeral) > 3):
        return True
    before, after = text[: found.start()][-2:], _AFTER.match(text, found.end())
    if after is None:
        return before.endswith(_BEFORE)
    ends = found.end() == len(text)
    return not ends or not before or not before[-1].isalnum() or before.endswith(_BEFORE)
