"""Characters that make a text say something else than it shows: controls, bidirectional and invisible ones, and those
that only look like the usual ones.

Unicode Technical Report 36, section 2 ("Trojan Source", CVE-2021-42574).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal, NamedTuple, cast

from generator import patterns

# Extended_Pictographic of Unicode's emoji-data.txt, in ranges: what a joiner may join (Unicode Technical Standard 51).
_JOINED = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf\u2934\u2935"
    "\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_JOINER = "\u200d"  # hidden, but between two emoji it makes one of them, and nothing is hidden by it
HIDDEN = patterns.late(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\U0001d159\U0001d173-\U0001d17a\ufff9-\ufffc\ufffe\uffff"
    "\U000e0000-\U000e007f]"
    f"|(?<![{_JOINED}\ufe0f]){_JOINER}|{_JOINER}(?![{_JOINED}])"
)


def names(text: str) -> str:
    """The hidden characters of ``text`` by number and name, each once."""
    return "、".join(dict.fromkeys(_name(each) for each in HIDDEN.findall(text)))


_UNNAMED = {"Co": "PRIVATE USE", "Cn": "UNASSIGNED"}


def _name(character: str) -> str:
    unnamed = _UNNAMED.get(unicodedata.category(character), "CONTROL") if not HIDDEN.match(character) else "CONTROL"
    return f"U+{ord(character):04X} {unicodedata.name(character, unnamed)}"


Oddity = Literal["lookalike", "broken", "mixed", "blank", "accent", "selector", "emoji", "wide", "dot"]


class Odd(NamedTuple):
    """A character, or a few that belong together, that is not what it shows."""

    kind: Oddity
    start: int
    end: int


# What text copied from a PDF or typed with a wrong keyboard has in place of the usual character. Wide forms, squared
# units, numbers in circles and Roman numbers are ordinary in official text and stand in none of these ranges.
_LOOKALIKES = (
    "\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f"  # radicals, compatibility ideographs
    "\u31c0-\u31ef\ufb00-\ufb06\ufe10-\ufe19\ufe30-\ufe4f\ufe50-\ufe6f"  # strokes, ligatures, vertical and small forms
    "\uff61-\uff9f\uffe8-\uffee"  # half-width forms of Japanese and Korean
    "\u2126\u212a\u212b\U0001d400-\U0001d7ff"  # signs of measures and of mathematics that are letters
)
_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f"
_BROKEN = "\ufffd\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd\ufdd0-\ufdef"
_EMOJI = (
    "\u231a\u231b\u23e9-\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab\u26bd\u26be\u26c4"
    "\u26c5\u26ce\u26d4\u26ea\u26f2-\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c\u274e\u2753-\u2757\u2764\u2795-\u2797\u27b0\u27bf"
    "\u2b1b\u2b1c\u2b50\u2b55\U0001f000-\U0001faff"
)
_SIGNS = "\u00a9\u00ae\u2010-\u27ff\u2900-\u2bff\u3030\u303d\u3297\u3299"  # shown as emoji with a selector
_FOREIGN = "\u0370-\u03ff\u0400-\u052f"
_LETTERS = r"A-Za-z\u00c0-\u024f"
_WIDE = "０-９Ａ-Ｚａ-ｚ"
_ODD = patterns.late(
    rf"(?P<broken>[{_BROKEN}])|(?P<blank>[{_BLANKS}])|(?P<lookalike>[{_LOOKALIKES}])"
    rf"|(?P<emoji>[{_EMOJI}]|[0-9#*]\ufe0f?\u20e3|[{_SIGNS}]\ufe0f)|(?P<selector>[\ufe00-\ufe0f\u180b-\u180d\u180f\U000e0100-\U000e01ef])"
    r"|(?P<accent>[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u3099\u309a]+)"
    rf"|(?P<mixed>(?<=[{_LETTERS}])[{_FOREIGN}]{{1,12}}|[{_FOREIGN}]{{1,12}}(?=[{_LETTERS}]))"
    rf"|(?P<wide>(?<=[0-9A-Za-z])[{_WIDE}]+|[{_WIDE}]+(?=[0-9A-Za-z])"
    rf"|(?<=[Hh][Tt][Tt][Pp])[：／]|(?<=[Hh][Tt][Tt][Pp][Ss])[：／]|[ｈＨ][ｔＴ][ｔＴ][ｐＰ][！-～]{{0,200}}|[ｗＷ]{{3}}[！-～]{{0,200}}"
    rf"|(?<=[0-9A-Za-z{_WIDE}])＠(?=[0-9A-Za-z{_WIDE}]))"
)
_ORDINARY = patterns.late(
    "[\t-\u009f\u00a1-\u024f\u2010-\u2027\u2030-\u205e\u2190-\u22ff\u2460-\u24ff\u25a0-\u25fc\u25ff-\u2613\u3000-\u3098\u309b-\u30ff"
    "\u3400-\u9fff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff5e\uffe5\U00020000-\U0002f7ff]*"
)
_WIDE_ADDRESS = patterns.late(r"ttps?[：／]|＠|[0-9#*]\u20e3", re.IGNORECASE)
_USED_FOR_LATIN = frozenset("АВЕЅІЈКМНОРСТУХЬавеѕіјкморстухһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧο")
_SCRIPTS_OF_UNITS = frozenset("μΩ")
# Other middle dots than U+00B7, which names of people and the national standard use (GB/T 15834-2011, 4.13).
_OTHER_DOTS = patterns.late(r"(?<=[\u3400-\u9fffA-Za-z])[•‧∙⋅・･｡․◦●](?=[\u3400-\u9fffA-Za-z])")
_BLANK_IN_NAME = patterns.late(r"(?<=[\u3400-\u9fff])\u3000+(?=[\u3400-\u9fff])")
MIDDLE_DOT = "\u00b7"


def may_be_odd(text: str) -> bool:
    """Whether ``text`` has any character outside the usual ones: quick, and mostly no."""
    return not _ORDINARY.fullmatch(text) or _WIDE_ADDRESS.search(text) is not None


def odd(text: str) -> Iterator[Odd]:
    """What in ``text`` is not what it shows."""
    if not may_be_odd(text):
        return
    for hit in _ODD.finditer(text):
        kind = cast(Oddity, hit.lastgroup)  # the names of its groups
        if kind == "mixed" and not _is_disguised(hit):
            continue
        if kind == "accent" and not _is_stray(text, hit.start()):
            continue
        if kind == "selector" and _SELECTED.match(text, hit.start() - 1, hit.end()):
            continue  # part of the character before it
        yield Odd(kind, *hit.span())
    yield from _rare(text)


def odd_in_name(text: str) -> Iterator[Odd]:
    """What in a name keeps it from being found and sorted as others are: another middle dot, a wide blank."""
    yield from (Odd("dot", *hit.span()) for hit in _OTHER_DOTS.finditer(text))
    yield from (Odd("blank", *hit.span()) for hit in _BLANK_IN_NAME.finditer(text))


def _is_disguised(hit: re.Match[str]) -> bool:
    """Whether the foreign letters look like Latin ones; μm and kΩ are units."""
    return any(each in _USED_FOR_LATIN for each in hit.group()) and not set(hit.group()) <= _SCRIPTS_OF_UNITS


def _is_stray(text: str, at: int) -> bool:
    """Whether an accent stands apart from its letter: it would melt into one, or it stands on what has none."""
    before = text[at - 1] if at else ""
    joined = unicodedata.normalize("NFC", before + text[at])
    is_heap = len(text) > at + 2 and all(unicodedata.combining(each) for each in text[at : at + 3])
    return is_heap or len(joined) == 1 or not before.isalpha() or before >= "\u2e80"


def _rare(text: str) -> Iterator[Odd]:
    """Of the characters outside the usual blocks those that stand for nothing, cannot be seen, or are digits of another
    script."""
    at = 0
    while (at := _ORDINARY.match(text, at).end()) < len(text):  # type: ignore[union-attr]  # matches any text
        kind = _RARE.get(unicodedata.category(text[at]))
        if kind == "accent" and not (_MARKED.match(text[at - 1 : at]) or _is_heap(text, at)):
            kind = None  # an ordinary mark of another script
        if kind == "accent" and at and unicodedata.category(text[at - 1]) in _MARKS:
            kind = None  # told at the first of them
        if kind and not _ODD.match(text[at]) and text[at] not in _WIDE_DIGITS and not HIDDEN.match(text[at]):
            yield Odd(kind, at, at + 1)
        at += 1


_WIDE_DIGITS = "０１２３４５６７８９"  # ordinary where they stand alone
_RARE: dict[str, Oddity] = {"Cn": "broken", "Cf": "selector", "Nd": "lookalike", "Mn": "accent", "Me": "accent"}
_MARKS = ("Mn", "Me")
_HEAP = 4  # marks on one letter; no writing has so many


def _is_heap(text: str, at: int) -> bool:
    return len(text) >= at + _HEAP and all(unicodedata.category(each) in _MARKS for each in text[at : at + _HEAP])


# Unicode's StandardizedVariants.txt, emoji-variation-sequences.txt and the Ideographic Variation Database: one selector behind
# an emoji or a sign, behind Han (a form of a name), behind punctuation of East Asia (where in its square it stands).
_SELECTED = patterns.late(
    f"[{_EMOJI}{_SIGNS}][\ufe0e\ufe0f]|[\u3400-\u9fff\U00020000-\U000323af][\ufe00-\ufe02\U000e0100-\U000e01ef]"
    "|[\u3001\u3002\uff01\uff0c\uff0e\uff1a\uff1b\uff1f][\ufe00\ufe01]"
)
_MARKED = patterns.late("[\u0020-\u024f\u2e80-\u9fff\U00020000-\U000323af]")  # what has no marks of other scripts


def plain_form(text: str) -> str:
    """``text`` with every look-alike replaced by the character that it looks like."""
    return "".join(_plain(each) for each in text)


def _plain(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    return str(digit) if digit is not None else RADICALS.get(character) or unicodedata.normalize("NFKC", character)


# Radicals that Unicode gives no equivalent of, by the character they are taken for (UAX 38, CJK Radicals Supplement).
RADICALS: dict[str, str] = dict(
    zip(
        "⺀⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
        "冫厂乛乚乙亻冂几刀刂卜㔾小小兀尢尢尢巳幺彑彐忄心扌攵无日月歹民氵氺灬爪爫丬牛犭王疋目示礻竹糹纟罒罒罒罒罒羊羊羊耂肀聿肉臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食飠饣饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀",
        strict=True,
    )
)


def listed(text: str) -> str:
    """The characters of ``text`` by number and name, each once, the first eight of them."""
    known = list(dict.fromkeys(text))
    named = "、".join(_name(each) for each in known[:8])
    return f"{named}……（{len(known)}）" if len(known) > 8 else named


def printable(text: str) -> str:
    """``text`` as it may be quoted: what cannot be shown is shown as a replacement."""
    return "".join(each if each.isprintable() else "\ufffd" for each in text)
