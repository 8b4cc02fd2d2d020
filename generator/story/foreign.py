"""HTML in a story (SEC-004) and hidden characters written by their number (SEC-001)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice
from os.path import commonprefix

from generator.problems import Problem, problem
from generator.story.markdown import OMITTED, plain
from generator.story.model import Source, short
from generator.text.characters import HIDDEN, names

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG_START = re.compile(r"<([A-Za-z/!?])(?!--)")
_AUTOLINK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]+@[^\s<>]+)>")
_PLACE = re.compile(r'data-sourcepos="(\d+):(\d+)-\d+:\d+"')
_STAND_IN = "%"  # punctuation like "<", and like it a boundary of emphasis, but without a meaning of its own
_WORK = 2_000_000  # characters rendered at most while looking for the places of HTML


def hidden_entities(source: Source, html: str) -> Iterator[Problem]:
    """Hidden characters of ``html`` that were written by their number, such as ``&#x202e;``."""
    if not HIDDEN.search(html):
        return
    for match in _ENTITY.finditer(source.text):
        if HIDDEN.search(unescape(match.group())):
            yield problem("SEC-001", source.span_at(match.start()), names=names(unescape(match.group())))


def check(source: Source, kept: str, raw: str) -> Iterator[Problem]:
    """Where the author wrote HTML. comrak says only that it left some out. So each ``<`` that may begin a tag is
    replaced in turn: where the page then changes by more than that character, it was markup."""
    if OMITTED not in raw:
        return
    shown = plain(kept)
    reported: set[int] = set()
    closing: list[Problem] = []
    for match in islice(_TAG_START.finditer(kept), max(8, _WORK // len(kept))):
        at = match.start()
        line, column = source.place(at)
        if line in reported or _is_text(kept, at, shown):
            continue
        markup = short(source.text[at:].split("\n", 1)[0].partition(">")[0] + ">")
        found = problem("SEC-004", source.span(line, column), markup=markup)
        if match[1] == "/":
            closing.append(found)
        else:
            reported.add(line)
            yield found
    if not reported:
        yield from closing[:1] or _left_out(source, kept, raw)


def _left_out(source: Source, kept: str, raw: str) -> Iterator[Problem]:
    """The block in which something was left out, when its very place could not be found; comments do not count."""
    if OMITTED in plain(_without_comments(kept)):
        before = _PLACE.findall(raw.partition(OMITTED)[0])
        yield problem("SEC-004", source.span(int(before[-1][0]) if before else 1), markup="…")


def _without_comments(text: str) -> str:
    """``text`` without its closed comments. A pattern would look for the end of each open one anew, to the last line."""
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts.append(text[at:start])
        at = end + 3
    return "".join((*parts, text[at:]))


def _is_text(text: str, at: int, shown: str) -> bool:
    """Whether the ``<`` at ``at`` is no markup of its own: shown as itself, an autolink, around the target of a link."""
    if _AUTOLINK.match(text, at) or text[:at].endswith(("](", "]: ")):
        return True
    changed = plain(f"{text[:at]}{_STAND_IN}{text[at + 1 :]}")
    if changed == shown:
        return True  # it lies within something else that is left out
    same = len(commonprefix((shown, changed)))
    return shown[same:].startswith("&lt;") and changed[same:] == _STAND_IN + shown[same + 4 :]
