"""Numbers of nobody, ways to write them, and what they must never be taken for: shared by the tests of personal data."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

Way = Callable[[str], str]

# None was ever given out: ranges of tests, the example of the standard, and prefixes of cards with a made-up rest.
MOBILES = ("13800138000", "13912345678", "15000001234", "17712340000", "18698765432", "19900001111")
IDENTITIES = ("340104198204150373", "11010519491231002X", "440524188001010014")
CARDS = ("6222021202001234567", "6228480402564890018", "4563512345678903")
NUMBERS = (*MOBILES, *IDENTITIES, *CARDS)


def _grouped(number: str, mark: str) -> str:
    """``number`` as people divide it: 3-4-4, an area with a birthday and the rest, fours."""
    sizes = {11: (3, 4, 4), 18: (6, 8, 4)}.get(len(number), (4, 4, 4, 4, 3))
    parts, at = [], 0
    for size in sizes:
        parts.append(number[at : at + size])
        at += size
    return mark.join(each for each in parts if each)


def _digits(zero: str) -> Way:
    return lambda number: "".join(chr(ord(zero) + int(each)) if each.isdigit() else each for each in number)


def _letters(digits: str) -> Way:
    return lambda number: "".join(digits[int(each)] if each.isdigit() else each for each in number)


def _around(before: str, after: str = "") -> Way:
    return lambda number: f"{before}{number}{after}"


def _with(mark: str) -> Way:
    return lambda number: _grouped(number, mark)


def _first_in_brackets(opening: str, closing: str) -> Way:
    def written(number: str) -> str:
        first, _, rest = _grouped(number, " ").partition(" ")
        return f"{opening}{first}{closing}{rest.replace(' ', '')}"

    return written


# What one text shows, whatever markup it goes through: the name says what is special about it.
PLAIN: dict[str, Way] = {
    "as it is": lambda number: number,
    "wide": _digits("０"),
    "Arabic-Indic": _digits("٠"),
    "Persian": _digits("۰"),
    "Devanagari": _digits("०"),
    "Thai": _digits("๐"),
    "mathematical bold": _digits("𝟎"),
    "mathematical monospace": _digits("𝟶"),
    "circled": _letters("⓪①②③④⑤⑥⑦⑧⑨"),
    "black circled": _letters("⓿❶❷❸❹❺❻❼❽❾"),
    "superscript": _letters("⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "Chinese": _letters("零一二三四五六七八九"),
    "Chinese with a ring": _letters("〇一二三四五六七八九"),
    "Chinese with a circle": _letters("○一二三四五六七八九"),
    "Chinese as it is called": _letters("零幺二三四五六七八九"),
    "capital": _letters("零壹贰叁肆伍陆柒捌玖"),
    "traditional capital": _letters("零壹貳參肆伍陸柒捌玖"),
    "blank": _with(" "),
    "no-break blank": _with("\u00a0"),
    "narrow no-break blank": _with("\u202f"),
    "ideographic blank": _with("\u3000"),
    "two blanks": _with("  "),
    "hyphen": _with("-"),
    "en dash": _with("–"),
    "em dash": _with("—"),
    "wide hyphen": _with("－"),
    "minus": _with("−"),
    "full stop": _with("."),
    "middle dot": _with("·"),
    "wide full stop": _with("．"),
    "slash": _with("/"),
    "tilde": _with("~"),
    "underscore": _with("_"),
    "brackets": _first_in_brackets("(", ")"),
    "wide brackets": _first_in_brackets("（", "）"),
    "square brackets": _first_in_brackets("【", "】"),
    "digit by digit": lambda number: " ".join(number),
    "digit by digit with hyphens": lambda number: "-".join(number),
    "fives": lambda number: " ".join(re.findall(".{1,5}", number)),
    "after tel": _around("tel"),
    "after QQ": _around("QQ"),
    "after a word": _around("微信"),
    "before a word": _around("", "（张）"),
    "comma": _with(","),
    "ideographic comma": _with("、"),
    "percent": lambda number: "".join(f"%{ord(each):02X}" for each in number),
}
# What only Markdown shows.
MARKDOWN: dict[str, Way] = {
    "strong": lambda number: _grouped(number, "**").replace("**", "**", 1) + ("**" if _odd(number) else ""),
    "entities": lambda number: "".join(f"&#{ord(each)};" for each in number),
    "hexadecimal entities": lambda number: "".join(f"&#x{ord(each):x};" for each in number),
    "backslashes": _with("\\-"),
    "broken lines": _with("\n"),
    "code": lambda number: f"`{number[:3]}`{number[3:]}",
}


def _odd(number: str) -> bool:
    return _grouped(number, "**").count("**") % 2 == 1


def escaped(number: str) -> str:
    """``number`` as an address may hold it."""
    return quote(number, safe="")
