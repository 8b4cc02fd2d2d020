"""Captions: a reader of WebVTT (W3C, Web Video Text Tracks Format, 4.1 to 4.5) that says where each mistake stands.

It takes what the syntax allows: a header of several lines, notes, regions and style sheets before the first caption,
captions that overlap. One thing more it asks: a style sheet may load nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Literal, NamedTuple

from generator import patterns

Mistake = Literal[
    "header", "gap", "spaces", "note", "style", "loads", "region", "arrow", "comma", "time", "setting", "ends", "order",
    "blank", "tag", "inside", "repeated",
]  # fmt: skip

_TIME = r"(?:[0-9]{2,9}:)?[0-5][0-9]:[0-5][0-9]\.[0-9]{3}"
_CUE = patterns.late(rf"(?P<start>{_TIME})[ \t]+-->[ \t]+(?P<end>{_TIME})(?P<settings>(?:[ \t]+\S+)*)[ \t]*")
_COMMA = patterns.late(r"[0-9]:[0-5][0-9],[0-9]{1,3}(?![0-9])")
_PERCENT = r"(?:100(?:\.0+)?|[0-9]{1,2}(?:\.[0-9]+)?)%"
# "middle" is what "center" was called before 2015; exports of that time still say it.
_ALIGN = "(?:start|center|middle|end|left|right)"
_SETTING = patterns.late(
    rf"vertical:(?:rl|lr)|line:(?:{_PERCENT}|-?[0-9]+)(?:,(?:start|center|middle|end))?"
    rf"|position:{_PERCENT}(?:,(?:line-left|center|middle|line-right))?|size:{_PERCENT}|align:{_ALIGN}|region:\S+"
)
_REGION = patterns.late(
    rf"id:\S+|width:{_PERCENT}|lines:[0-9]+|(?:regionanchor|viewportanchor):{_PERCENT},{_PERCENT}|scroll:up"
)
_TAG = patterns.late(r"</?(?:[bciuv]|lang|ruby|rt)(?:[. \t][^<>]*)?>|<[0-9:.]+>")
_VOICE = patterns.late(r"<v(?:\.[^\s<>]*)?[ \t]+([^<>\s][^<>]*)>")
_NOTE = patterns.late(r"NOTE(?:[ \t]|\Z)")
_DEFINITION = patterns.late(r"(STYLE|REGION)[ \t]*")
_HEADER_LINE = patterns.late(r"[A-Za-z][A-Za-z0-9_-]*[ \t]*[:=]|NOTE(?:[ \t]|\Z)")
# What loads something in CSS, and the escape that could hide it.
_LOADS = patterns.late(r"@import|url\s*\(|src\s*\(|image(?:-set)?\s*\(|\\|<", re.IGNORECASE)


class CueFault(NamedTuple):
    """A mistake and where it stands; line and column count from 1. ``first`` is the line where what is repeated stood
    first."""

    line: int
    column: int
    mistake: Mistake
    first: int = 0


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: from when to when it is shown, in milliseconds, and its text without marks. ``line`` is that of its
    times, ``end_column`` where its end is written."""

    start: int
    end: int
    text: str
    line: int
    end_column: int


class _Line(NamedTuple):
    number: int
    text: str


def read(text: str) -> tuple[tuple[Cue, ...], tuple[CueFault, ...]]:
    """Read the captions of ``text``. Returns every cue whose times could be read, in the order of the file, and every
    mistake in the order of the lines. Never raises."""
    whole = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = [_Line(number, line) for number, line in enumerate(whole.split("\n"), 1)]
    if not re.fullmatch(r"WEBVTT(?:[ \t](?!.*-->).*)?", lines[0].text):
        return (), (CueFault(1, 1, "header"),)
    reader = _Reader()
    for block in _blocks(lines[reader.take_header(lines) :], reader.faults):
        reader.take(block)
    return tuple(reader.cues), tuple(sorted(reader.faults))


def plain(text: str) -> str:
    """The text of a cue without its marks; a voice is named before what it says."""
    return unescape(_TAG.sub("", _VOICE.sub(r"\1：", text)))


def time_text(milliseconds: int) -> str:
    """A time as captions write it, without hours where there are none: 00:03.500."""
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return (f"{hours:02}:" if hours else "") + f"{minutes:02}:{seconds:02}.{rest:03}"


def _blocks(lines: list[_Line], faults: list[CueFault]) -> Iterator[list[_Line]]:
    """What stands between empty lines. Times inside a block begin a new one, as players read it; that the empty line
    before them is missing goes to ``faults``."""
    block: list[_Line] = []
    for line in lines:
        if not line.text:
            if block:
                yield block
            block = []
        elif _is_timing(line.text) and _has_begun(block):
            kept, rest = _parted(block)
            blank = next((each for each in reversed(kept[1:]) if not each.text.strip()), None)
            faults.append(_missing_line(kept, blank, rest[0] if rest else line, line))
            yield [each for each in kept if each is not blank]
            block = [*rest, line]
        else:
            block.append(line)
    if block:
        yield block


def _is_timing(text: str) -> bool:
    """Whether a line is meant to be the times of a caption."""
    before, arrow, after = text.partition("-->")
    return arrow != "" and before.rstrip(" \t")[-1:].isdigit() and after.lstrip(" \t")[:1].isdigit()


def _missing_line(block: list[_Line], blank: _Line | None, begin: _Line, times: _Line) -> CueFault:
    """What parts a caption from the block before it, and is not there."""
    if _NOTE.match(block[0].text):
        return CueFault(times.number, 1, "note")
    return CueFault(blank.number, 1, "spaces") if blank else CueFault(begin.number, 1, "gap")


def _has_begun(block: list[_Line]) -> bool:
    """Whether a block has its times already, or is something else: after a first line they may follow, as its name."""
    return len(block) > 1 or (len(block) == 1 and "-->" in block[0].text)


def _parted(block: list[_Line]) -> tuple[list[_Line], list[_Line]]:
    """A block that a caption follows, without the number of that caption, and the number."""
    at = len(block) - (len(block) > 1 and block[-1].text.strip().isdecimal() and "-->" not in block[-2].text)
    return block[:at], block[at:]


@dataclass
class _Reader:
    cues: list[Cue] = field(default_factory=list)
    faults: list[CueFault] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)
    regions: dict[str, int] = field(default_factory=dict)

    def take_header(self, lines: list[_Line]) -> int:
        """How many lines the header has: up to the first that is empty. Captions that begin before it lack that line."""
        end = next((at for at, line in enumerate(lines) if not line.text), len(lines))
        times = next((at for at, line in enumerate(lines[:end]) if "-->" in line.text), None)
        if times is None:
            return end
        is_named = times > 1 and not _HEADER_LINE.match(lines[times - 1].text)
        begin = times - is_named
        self.faults.append(CueFault(lines[begin].number, 1, "gap"))
        return begin

    def take(self, block: list[_Line]) -> None:
        first = block[0]
        definition = _DEFINITION.fullmatch(first.text)
        if _NOTE.match(first.text):
            self.faults += [CueFault(line.number, 1, "note") for line in block if "-->" in line.text]
        elif definition and len(block) > 1 and "-->" in block[1].text:
            self.take_cue(block)  # a caption whose name it is
        elif definition and self.cues:
            self.faults.append(CueFault(first.number, 1, "style"))
        elif definition:
            self.faults += (_style_faults if definition[1] == "STYLE" else self.region_faults)(block[1:])
        else:
            self.take_cue(block)

    def region_faults(self, lines: list[_Line]) -> Iterator[CueFault]:
        for number, text in lines:
            for word in re.finditer(r"[^ \t]+", text):
                if not _REGION.fullmatch(word[0]):
                    yield CueFault(number, word.start() + 1, "region")
                elif word[0].startswith("id:") and self.regions.setdefault(word[0], number) != number:
                    yield CueFault(number, word.start() + 1, "repeated", self.regions[word[0]])

    def take_cue(self, block: list[_Line]) -> None:
        first = block[0]
        is_named = "-->" not in first.text
        if is_named and (len(block) == 1 or "-->" not in block[1].text):
            self.faults.append(CueFault(first.number, 1, "arrow"))
            return
        if is_named and self.names.setdefault(first.text, first.number) != first.number:
            self.faults.append(CueFault(first.number, 1, "repeated", self.names[first.text]))
        timing, *payload = block[1:] if is_named else block
        self.faults += _text_faults(timing, payload)
        match = _CUE.fullmatch(timing.text)
        if match is None:
            self.faults.append(CueFault(timing.number, 1, "comma" if _COMMA.search(timing.text) else "time"))
            return
        self.faults += _settings_faults(timing, match)
        start, end = _milliseconds(match["start"]), _milliseconds(match["end"])
        if end <= start:
            self.faults.append(CueFault(timing.number, match.start("end") + 1, "ends"))
        if self.cues and start < self.cues[-1].start:
            self.faults.append(CueFault(timing.number, 1, "order"))
        text = plain("\n".join(line.text for line in payload))
        self.cues.append(Cue(start, end, text, timing.number, match.start("end") + 1))


def _style_faults(lines: list[_Line]) -> Iterator[CueFault]:
    for number, text in lines:
        loading = _LOADS.search(text)
        if loading:
            yield CueFault(number, loading.start() + 1, "loads")


def _milliseconds(time: str) -> int:
    clock, _, rest = time.partition(".")
    total = 0
    for part in clock.split(":"):
        total = total * 60 + int(part)
    return total * 1000 + int(rest)


def _text_faults(timing: _Line, payload: list[_Line]) -> Iterator[CueFault]:
    if not any(line.text.strip() for line in payload):
        yield CueFault(timing.number, 1, "blank")
    for number, text in payload:
        if "-->" in text:
            yield CueFault(number, text.index("-->") + 1, "inside")
        left = _TAG.sub(lambda hit: " " * len(hit[0]), text)
        if "<" in left:
            yield CueFault(number, left.index("<") + 1, "tag")


def _settings_faults(timing: _Line, match: re.Match[str]) -> Iterator[CueFault]:
    seen: set[str] = set()
    for word in re.finditer(r"\S+", match["settings"]):
        name = word[0].partition(":")[0]
        if name in seen or not _SETTING.fullmatch(word[0]):
            yield CueFault(timing.number, match.start("settings") + word.start() + 1, "setting")
        seen.add(name)
