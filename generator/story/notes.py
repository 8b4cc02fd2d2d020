"""Lines that vanish: notes that nobody calls or that are written twice (TXT-025), targets of links that nothing names
(LNK-013)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote

from generator.messages import words
from generator.problems import Problem, problem
from generator.story.blocks import Blocks
from generator.story.model import Source, short
from generator.story.official import restored

_NOTE = re.compile(r"^[ \t>]{0,100}(?:[-+*][ \t]+)?\[\^([^\]\n]{1,200})\]:", re.MULTILINE)
_SHOWN = re.compile(r'<li[^>]* id="fn-([^"]*)"')
_TARGET = re.compile(r"^[ ]{0,3}(?:>[ ]{0,3}){0,20}\[([^\]\[^\n][^\]\[\n]{0,200})\]:", re.MULTILINE)
_NAMED = re.compile(r"\[([^\[\]\n]{1,200})\]")


def check(source: Source, blocks: Blocks, raw: str) -> Iterator[Problem]:
    """``raw`` is what comrak made of the story."""
    yield from _notes(source, blocks, raw)
    yield from _targets(source, blocks)


def _label(text: str) -> str:
    return " ".join(restored(text).split()).casefold()


def _notes(source: Source, blocks: Blocks, raw: str) -> Iterator[Problem]:
    shown = {_label(unquote(each)) for each in _SHOWN.findall(raw)}
    seen: set[str] = set()
    for match in _NOTE.finditer(blocks.masked):
        label = _label(match[1])
        why = "text.note_twice" if label in seen else "text.note_uncalled" if label not in shown else None
        seen.add(label)
        if why:
            at = match.start() + match[0].index("[")
            yield problem("TXT-025", source.span_at(at), note=short(f"[^{restored(match[1])}]"), why=words(why))


def _targets(source: Source, blocks: Blocks) -> Iterator[Problem]:
    found = [(match, _label(match[1])) for match in _TARGET.finditer(blocks.masked)]
    if not found:
        return
    named = Counter(_label(each) for each in _NAMED.findall(blocks.masked))
    named.subtract(label for _, label in found)
    seen: set[str] = set()
    for match, label in found:
        at = match.start() + match[0].index("[")
        line = source.place(at)[0]
        owner = blocks.owner.get(line)
        is_shown = owner is not None and f"[{match[1]}]:" in blocks.all[owner].text
        if not is_shown and (named[label] <= 0 or label in seen):
            yield problem("LNK-013", source.span_at(at), text=short(f"[{restored(match[1])}]:"))
        seen.add(label)
