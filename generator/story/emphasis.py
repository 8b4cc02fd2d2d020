"""Asterisks that became emphasis though they may be something else (TXT-020).

Between numbers and measures an asterisk multiplies, behind a word it refers to a note, in a name it hides a character.
A git host makes emphasis of any two of them and drops both. Those that cannot be meant so are put back; where it may be
either, the author is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.problems import Problem, problem
from generator.story.markdown import Rendering, render
from generator.story.model import Source, short
from generator.story.official import restored, signs
from generator.text.joining import is_wide

_SPOKEN = re.compile(r'<(em|strong) data-sourcepos="(\d+):(\d+)-(\d+):(\d+)">')
_CLOSING = frozenset("、，。；：！？）》”’】〉」』〕,.;:!?)]")
_OPENING = frozenset("（《“‘【〈「『〔([")
_PLAIN = re.compile(r"[\w《》“”‘’·]+\Z")
_DIGIT = re.compile(r"[0-9０-９]")
_PAUSE = re.compile(r"[，。；：！？\n]")
_HIDDEN_NAME = re.compile(r"(?:\A|[\s、，。；：（(“和与及])\w{1,3}\Z")
_ROUNDS = 4  # putting two asterisks back can pair others; official text needs one round


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two marks that became emphasis, ``start`` and ``end`` the offsets of the first and behind the last character."""

    start: int
    end: int
    size: int


def settle(source: Source, kept: str, token: str) -> tuple[str, Rendering, list[Problem]]:
    """Render ``kept``, which is ``source`` with official signs exchanged; put back what is no emphasis; ask about what
    may be none."""
    rendering = render(kept, token)
    for _ in range(_ROUNDS):
        pairs = list(_pairs(source, kept, rendering.raw))
        wrong = [each for each in pairs if _is_wrong(kept, each)]
        if not wrong:
            break
        kept = _put_back(kept, wrong)
        rendering = render(kept, token)
    asked = [each for each in _pairs(source, kept, rendering.raw) if _is_doubtful(kept, each)]
    problems = [
        problem(
            "TXT-020", source.span_at(each.start), text=short(restored(kept[each.start : each.end]).replace("\n", " "))
        )
        for each in asked
    ]
    return kept, rendering, problems


def _pairs(source: Source, kept: str, raw: str) -> list[_Pair]:
    found = []
    for kind, line, column, last_line, last_column in _SPOKEN.findall(raw):
        size = 1 if kind == "em" else 2
        start, end = source.offset(int(line), int(column)), source.offset(int(last_line), int(last_column)) + 1
        if kept[start : start + size] == kept[end - size : end] == "*" * size and end - start > 2 * size:
            found.append(_Pair(start, end, size))
    return found


def _put_back(kept: str, pairs: list[_Pair]) -> str:
    text = list(kept)
    for each in pairs:
        for at in (*range(each.start, each.start + each.size), *range(each.end - each.size, each.end)):
            text[at] = signs("*")
    return "".join(text)


def _is_word(character: str) -> bool:
    return character.isalnum()


def _sides(text: str, pair: _Pair) -> tuple[str, str, bool, bool]:
    """What stands before the pair and in it, and whether its first and its last mark touch words on both sides."""
    before = text[max(0, pair.start - 8) : pair.start]
    inner = text[pair.start + pair.size : pair.end - pair.size]
    after = text[pair.end : pair.end + 1]
    return before, inner, _is_word(before[-1:]) and _is_word(inner[:1]), _is_word(inner[-1:]) and _is_word(after)


def _is_wrong(text: str, pair: _Pair) -> bool:
    before, inner, opens_in_word, closes_in_word = _sides(text, pair)
    follows_word = _is_word(before[-1:])
    if (follows_word and inner[0] in _CLOSING) or inner[-1] in _OPENING:
        return pair.size == 1 or bool(_HIDDEN_NAME.search(before))
    if pair.size > 1:
        return False
    if follows_word and inner[0] in "（([〔":
        return True  # a mark behind a word, and what the word is measured in
    if inner[-1] in "、，" and _is_word(text[pair.end : pair.end + 1]):
        return True
    if not (opens_in_word and closes_in_word):
        return False
    return len(inner) == 1 or not _PLAIN.match(inner) or bool(_DIGIT.search(inner))


def _is_doubtful(text: str, pair: _Pair) -> bool:
    before, inner, opens_in_word, closes_in_word = _sides(text, pair)
    if pair.size > 1:
        return _is_word(before[-1:]) and inner[0] in _CLOSING
    if opens_in_word and closes_in_word:
        return is_wide(inner[0])
    return (opens_in_word or closes_in_word) and bool(_PAUSE.search(inner))
