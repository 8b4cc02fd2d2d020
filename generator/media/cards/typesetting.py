"""Setting text in pictures: which font, how wide, and where a line may end.

The fonts are Noto Serif SC and Noto Sans SC (SIL Open Font License 1.1). They draw pictures while building and never
reach a browser. Where a Chinese line may end follows 标点符号用法 (GB/T 15834-2011, section 5.1): no closing mark begins
a line, no opening mark ends one. Widths and sizes are pixels.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PIL import ImageFont

Family = Literal["serif", "sans"]

MISSING = "〓"  # the printer's mark for a character that is not in the case
_MOST = 4000  # characters: more than any poster holds, so that a very long text costs no more than a long one
_DROPPED = ("Mn", "Me", "Cf", "Cc")  # categories of what only varies, joins or directs other characters
_UNASSIGNED = "\U0010fffe"
_OPENING = "（《〈「『【〔［｛([{“‘"
_CLOSING = "，。、；：？！）》〉」』】〕］｝)]}”’…—·～%％℃,.;:?!"
_COUNTED = "年月日号期届个项条名家次万亿级周岁后"
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"))
_GOOD_END = "，。、；：？！）》”…"


@dataclass(frozen=True, slots=True)
class Style:
    """A font at a size. ``leading`` is the step from line to line, ``boldness`` how far outlines are thickened, both as
    multiples of the size."""

    family: Family
    size: int
    leading: float = 1.3
    boldness: float = 0.0

    @property
    def weight(self) -> float:
        """How far outlines are thickened."""
        return round(self.size * self.boldness, 2)

    def sized(self, size: int) -> Style:
        """The same at another size."""
        return replace(self, size=size)

    @property
    def step(self) -> int:
        """From one line to the next."""
        return round(self.size * self.leading)


@lru_cache(maxsize=96)  # every one of them is an open file
def font(family: Family, size: int) -> ImageFont.FreeTypeFont:
    """The font of ``family`` at ``size``. Basic layout: the same everywhere, whatever shaper a system has."""
    import pylopdf_fonts_zh_cn
    from PIL import ImageFont

    path = pylopdf_fonts_zh_cn.serif_path() if family == "serif" else pylopdf_fonts_zh_cn.sans_path()
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _has(family: Family, character: str) -> bool:
    return character.isspace() or _picture_of(family, character) != _picture_of(family, _UNASSIGNED)


@cache
def _picture_of(family: Family, character: str) -> bytes:
    return bytes(font(family, 24).getmask(character))


def printable(text: str, family: Family) -> str:
    """``text`` in one line, with ``〓`` for what the font cannot show. Selectors that only vary a character go."""
    plain = " ".join(unicodedata.normalize("NFC", text[: 2 * _MOST]).split())[:_MOST]
    kept = (each for each in plain if unicodedata.category(each) not in _DROPPED)
    return "".join(each if _has(family, each) else MISSING for each in kept)


def lacking(text: str) -> tuple[str, ...]:
    """The characters of ``text`` that one of the fonts cannot show, each once, in their order."""
    return () if text.isascii() else tuple(filter(_is_lacking, dict.fromkeys(unicodedata.normalize("NFC", text))))


def legible(text: str) -> str:
    """``text`` with its lines, and with ``〓`` for what one of the fonts cannot show."""
    missing = lacking(text)
    kept = (each for each in unicodedata.normalize("NFC", text) if each == "\n" or unicodedata.category(each) not in _DROPPED)
    return "".join(MISSING if each in missing else each for each in kept)


@cache
def _is_lacking(character: str) -> bool:
    is_drawn = unicodedata.category(character) not in _DROPPED
    return is_drawn and not (_has("serif", character) and _has("sans", character))


@cache
def _advance(character: str, family: Family, size: int) -> float:
    return font(family, size).getlength(character)


def width(text: str, family: Family, size: int, weight: float = 0.0) -> float:
    """How wide ``text`` stands on one line: basic layout knows no kerning in these fonts, so widths add up."""
    return sum(_advance(each, family, size) for each in text) + 2 * weight


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF" or character in "“”‘’…—·"


@cache
def units(text: str) -> tuple[str, ...]:
    """``text`` cut where a line may end. A blank stands at the end of its unit and falls away at the end of a line."""
    found: list[str] = []
    for character in text:
        before = found[-1] if found else ""
        if before and _belongs(before, character):
            found[-1] += character
        else:
            found.append(character)
    return tuple(found)


def _belongs(before: str, character: str) -> bool:
    """Whether no line may end between the unit ``before`` and ``character``."""
    last = before[-1]
    if character == " " or character in _CLOSING or last in _OPENING:
        return last != " " or character == " "
    if last == " ":
        return False
    if last.isdigit() and character in _COUNTED:
        return True
    return not _is_wide(last) and not _is_wide(character)


def _joined(parts: Sequence[str]) -> str:
    return "".join(parts).strip()


def _cut_up(text: str, style: Style, room: float) -> tuple[str, ...]:
    """The units of ``text``, those that are wider than ``room`` cut into characters."""
    found: list[str] = []
    for unit in units(text):
        found += [unit] if _wide(unit.strip(), style) <= room else list(unit)
    return tuple(found)


def _greedy(parts: Sequence[str], style: Style, room: float, most: int | None = None) -> list[str]:
    """``parts`` on lines, each as full as it can be. With ``most`` no more is set than shows that these are too few."""
    lines: list[str] = []
    line = ""
    for part in parts:
        if line and _wide((line + part).strip(), style) > room:
            lines += [line.strip()] if line.strip() else []
            if most is not None and len(lines) > most:
                return lines
            line = part
        else:
            line += part
    return [*lines, line.strip()] if line.strip() else lines


def balanced(text: str, style: Style, room: float, most: int) -> list[str] | None:
    """``text`` on as few lines as it takes, all about as long as each other and rather ending after a mark than within
    a phrase; ``None`` if it takes more than ``most``."""
    parts = _cut_up(text, style, room)
    full = _greedy(parts, style, room, most)
    count = len(full)
    if count > most:
        return None
    if count < 2:
        return full
    ideal = _wide(_joined(parts), style) / count
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(0, 0): (0.0, ())}
    for number in range(1, count + 1):
        for end in range(number, len(parts) + 1):
            tries = []
            for start in range(number - 1, end):
                before = best.get((number - 1, start))
                line = _joined(parts[start:end])
                wide = _wide(line, style)
                if before is None or not line or wide > room:
                    continue
                tries.append((before[0] + _cost(line, wide, ideal, end == len(parts)), (*before[1], end)))
            if tries:
                best[number, end] = min(tries)
    found = best.get((count, len(parts)))
    if found is None:
        return full
    return [_joined(parts[start:end]) for start, end in zip((0, *found[1]), found[1], strict=False)]


def _cost(line: str, wide: float, ideal: float, is_last: bool) -> float:
    ends_well = is_last or line[-1] in _GOOD_END or line[-1].isascii()
    return ((wide - ideal) / ideal) ** 2 + (0 if ends_well else 0.12) + (1 if _is_torn(line) else 0)


def _is_broken(text: str, style: Style, room: float) -> bool:
    """Whether something that belongs together, such as a word of Latin letters, is wider than a line."""
    return any(_wide(each.strip(), style) > room for each in units(text))


def _is_torn(line: str) -> bool:
    """Whether a quotation begins here and ends on another line."""
    return any(line.count(opening) > line.count(closing) for opening, closing in _PAIRS)


@dataclass(frozen=True, slots=True)
class Setting:
    """Text as it will stand: its lines and their style."""

    lines: tuple[str, ...]
    style: Style

    @property
    def height(self) -> int:
        """From the top of the first line to the foot of the last."""
        return self.style.step * len(self.lines)


def title(text: str, style: Style, least: int, room: float, high: float, most: int = 3) -> Setting:
    """A title, made smaller down to ``least`` until it fits on ``most`` lines and is not taller than ``high``; cut with
    ``…`` if it never does. A word that is wider than a line makes it smaller, and is broken only where that does not
    help. One line is preferred to two where that costs no more than a third of the size, a whole quotation
    to a torn one where it costs no more than a quarter."""
    plain = printable(text, style.family)
    single = max(least, round(style.size * 0.65))
    for size in range(style.size, single - 1, -2):
        tried = style.sized(size)
        if _wide(plain, tried) <= room:
            return Setting((plain,), tried)
    torn = broken = None
    for size in range(style.size, least - 1, -2):
        tried = style.sized(size)
        lines = balanced(plain, tried, room, min(most, int(high / tried.step)))
        if lines is not None and _is_broken(plain, tried, room):
            broken = broken or Setting(tuple(lines), tried)
        elif lines is not None and not any(_is_torn(each) for each in lines):
            return Setting(tuple(lines), tried)
        elif lines is not None and torn is None:
            torn = Setting(tuple(lines), tried)
        if torn is not None and size < torn.style.size * 0.75:
            break
    if (found := torn or broken) is not None:
        return found
    smallest = style.sized(least)
    return paragraph(text, smallest, room, max(1, min(most, int(high / smallest.step))))


def paragraph(text: str, style: Style, room: float, most: int) -> Setting:
    """Running text on at most ``most`` lines, cut with ``…``. No single character is left alone on the last line."""
    plain = printable(text, style.family)
    for narrower in (0.0, 1.0, 2.0):
        space = room - narrower * style.size
        lines = _greedy(_cut_up(plain, style, space), style, space, most)
        if len(lines) < 2 or len(lines) > most or _wide(lines[-1], style) >= 2.5 * style.size:
            break
    if len(lines) > most:
        lines = [*lines[: most - 1], _shortened(lines[most - 1], style, room)] if most else []
    return Setting(tuple(lines), style)


def phrase(text: str, style: Style, room: float, most: int) -> Setting:
    """A short text, its lines about as long as each other; cut with ``…`` where ``most`` are too few."""
    lines = balanced(printable(text, style.family), style, room, most)
    return Setting(tuple(lines), style) if lines is not None else paragraph(text, style, room, most)


def hang(line: str, style: Style) -> float:
    """How far a line is moved to the left, so that an opening mark stands at the edge and not half a body away."""
    if not line or line[0] not in _OPENING:
        return 0.0
    mask, offset = font(style.family, style.size).getmask2(line[0])
    ink = mask.getbbox()
    return offset[0] + ink[0] if ink else 0.0


def _wide(line: str, style: Style) -> float:
    return width(line, style.family, style.size, style.weight)


def _shortened(line: str, style: Style, room: float) -> str:
    while line and _wide(f"{line}…", style) > room:
        line = line[:-1]
    return line.rstrip("，。、；：？！… ") + "…"
