"""Captions: a strict reader of WebVTT (W3C, Web Video Text Tracks Format) that says where each mistake stands.

Strict means plain text with times and nothing else: a header, notes, and cues in order. Style sheets and regions are
refused; players show captions in the viewer's own style, and nothing in them can then ask another site for anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Literal, NamedTuple

Mistake = Literal[
    "header", "gap", "style", "arrow", "comma", "time", "setting", "ends", "order", "overlap", "blank", "tag"
]

_TIME = r"(?:[0-9]{2,3}:)?[0-5][0-9]:[0-5][0-9]\.[0-9]{3}"
_CUE = re.compile(rf"(?P<start>{_TIME})[ \t]+-->[ \t]+(?P<end>{_TIME})(?P<settings>(?:[ \t]+\S+)*)[ \t]*")
_COMMA = re.compile(r"[0-9]:[0-5][0-9],[0-9]{1,3}(?![0-9])")
_SETTING = re.compile(r"(?:vertical|line|position|size|align):[A-Za-z0-9.,%-]+")
_TAG = re.compile(r"</?(?:[bciuv]|lang|ruby|rt)(?:[. \t][^<>]*)?>|<[0-9:.]+>")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]+([^<>\s][^<>]*)>")


class Fault(NamedTuple):
    """A mistake and where it stands; line and column count from 1."""

    line: int
    column: int
    mistake: Mistake


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


def read(text: str) -> tuple[tuple[Cue, ...], tuple[Fault, ...]]:
    """Read the captions of ``text`` (lines end in ``\\n``). Returns every cue whose times could be read, in the order
    of the file, and every mistake in the order of the lines. Never raises."""
    lines = [_Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    if not re.fullmatch(r"WEBVTT(?:[ \t](?!.*-->).*)?", lines[0].text):
        return (), (Fault(1, 1, "header"),)
    faults = [Fault(2, 1, "gap")] if len(lines) > 1 and lines[1].text else []
    cues: list[Cue] = []
    for block in _blocks(lines[1:]):
        if block[0].number == 2 and not any("-->" in line.text for line in block):
            continue  # more of the header, reported as the missing gap
        cue = _cue(block, faults)
        if cue is not None:
            faults += _order(cue, cues[-1]) if cues else ()
            cues.append(cue)
    return tuple(cues), tuple(sorted(faults))


def plain(text: str) -> str:
    """The text of a cue without its marks; a voice is named before what it says."""
    return unescape(_TAG.sub("", _VOICE.sub(r"\1：", text)))


def time_text(milliseconds: int) -> str:
    """A time as captions write it, without hours where there are none: 00:03.500."""
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return (f"{hours:02}:" if hours else "") + f"{minutes:02}:{seconds:02}.{rest:03}"


def _blocks(lines: list[_Line]) -> Iterator[list[_Line]]:
    block: list[_Line] = []
    for line in lines:
        if line.text:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _cue(block: list[_Line], faults: list[Fault]) -> Cue | None:
    """The cue of ``block``, ``None`` where there is none; what is wrong with it goes to ``faults``."""
    first = block[0]
    if re.match(r"NOTE(?:[ \t]|\Z)", first.text):
        return None
    if re.fullmatch(r"(?:STYLE|REGION)[ \t]*", first.text):
        faults.append(Fault(first.number, 1, "style"))
        return None
    is_named = "-->" not in first.text
    if is_named and (len(block) == 1 or "-->" not in block[1].text):
        faults.append(Fault(first.number, 1, "arrow"))
        return None
    timing, *payload = block[1:] if is_named else block
    faults += _text_faults(timing, payload)
    match = _CUE.fullmatch(timing.text)
    if match is None:
        faults.append(Fault(timing.number, 1, "comma" if _COMMA.search(timing.text) else "time"))
        return None
    faults += _settings_faults(timing, match)
    start, end = _milliseconds(match["start"]), _milliseconds(match["end"])
    if end <= start:
        faults.append(Fault(timing.number, match.start("end") + 1, "ends"))
    text = plain("\n".join(line.text for line in payload))
    return Cue(start, end, text, timing.number, match.start("end") + 1)


def _milliseconds(time: str) -> int:
    clock, _, rest = time.partition(".")
    total = 0
    for part in clock.split(":"):
        total = total * 60 + int(part)
    return total * 1000 + int(rest)


def _text_faults(timing: _Line, payload: list[_Line]) -> Iterator[Fault]:
    if not any(line.text.strip() for line in payload):
        yield Fault(timing.number, 1, "blank")
    for number, text in payload:
        if "-->" in text:
            yield Fault(number, 1, "gap")
            continue
        left = _TAG.sub(lambda hit: " " * len(hit[0]), text)
        if "<" in left:
            yield Fault(number, left.index("<") + 1, "tag")


def _settings_faults(timing: _Line, match: re.Match[str]) -> Iterator[Fault]:
    for word in re.finditer(r"\S+", match["settings"]):
        if not _SETTING.fullmatch(word[0]):
            yield Fault(timing.number, match.start("settings") + word.start() + 1, "setting")


def _order(cue: Cue, before: Cue) -> Iterator[Fault]:
    if cue.start < before.start:
        yield Fault(cue.line, 1, "order")
    elif cue.start < before.end:
        yield Fault(cue.line, 1, "overlap")
