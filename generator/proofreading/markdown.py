"""Marks of Markdown in text that nobody renders: they would be published as they were typed.

Official text is full of stars, tildes, brackets and number signs of its own (3*5, 8:00~17:00, 〔2024〕3号, [2024], #1楼);
what is looked for is a mark together with what makes it one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import NamedTuple

from generator import patterns

_TO_SOMETHING = (
    r"(?:https?:|mailto:|tel:|www\.|\.{0,2}/|#|[^\s()（）]{1,200}\.(?:md|html?|jpe?g|png|webp|pdf|yml|docx?|xlsx?))"
)
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("picture", r"[!！]\[[^\]\n]{0,200}\][(（][^)）\n]{0,400}[)）]"),
    ("link", rf"\[[^\[\]\n]{{1,200}}\] ?[(（]{_TO_SOMETHING}[^)）\n]{{0,400}}[)）]"),
    ("link", r"^[ ]{0,3}\[[^\[\]\n]{1,80}\]:[ ]+\S{1,400}|\[[^\[\]\n]{1,80}\]\[(?![0-9]{4}\])[^\[\]\n]{1,80}\]"),
    ("note", r"\[\^[^\]\s]{1,40}\]"),
    (
        "strong",
        r"\*{2,3}(?=[^\s*])[^*\n]{1,400}(?<=[^\s*])\*{2,3}(?!\*)|(?<![A-Za-z0-9_])__(?=[^\s_])[^_\n]{1,400}(?<=[^\s_])__(?![A-Za-z0-9_])",
    ),
    (
        "emphasis",
        r"(?<![\w*带标打注加有)）])\*(?=[^\s*的号为项：:，,、。．.0-9(（])[^*\n]{1,200}(?<=[^\s*])\*(?![\w*号])",
    ),
    (
        "emphasis",
        r"(?<=[\u3400-\u9fff，、。；：])(?<![带标打注加有])\*(?=[^\s*的号为项：:，,、。．.0-9(（])[^*\n]{2,60}(?<=[^\s*带标打注加有])\*(?=[\u3400-\u9fff，、。；：]|\Z)(?![号为])",
    ),
    ("emphasis", r"(?<![\w])_(?=[^\s_])[^_\n]{1,200}(?<=[^\s_])_(?![\w])"),
    ("struck", r"~~(?=[^\s~])[^~\n]{1,400}(?<=[^\s~])~~|(?<![=<>!])==(?=[^\s=])[^=\n]{1,400}(?<=[^\s=])==(?!=)"),
    ("code", r"```[^\n]{0,40}|(?<!`)`(?=[^\s`])[^`\n]{1,200}`(?!`)|^~~~[^\n]{0,40}$"),
    ("heading", r"^[ ]{0,3}(?:#{1,6}[ \u3000]+(?![0-9])\S|#{2,6}[^\s#]|＃+[ \u3000]*(?![0-9０-９])\S)[^\n]{0,40}"),
    ("heading", r"(?<=\n)[ ]{0,3}={3,}[ ]*$"),
    ("rule", r"^[ ]{0,3}(?:-{3,}|\*{3,}|(?:- ){2,}-|(?:\* ){2,}\*)[ ]*$"),
    ("list", r"^[ \t]{0,12}[-*+][ \t\u3000]+(?:\[[ xX]\][ ]+)?[^\s*\-+][^\n]{0,30}"),
    ("quote", r"^[ ]{0,3}>[ ]*[^\s\d=>.%][^\n]{0,30}"),
    ("table", r"^[ ]{0,3}\|?[ ]*:?-{2,}:?[ ]*\|[-:| ]*$|^[ ]{0,3}\|[^\n|]{1,200}\|[^\n]{0,200}\|[ ]*$"),
    ("escape", r"\\[*_#`\[\]~>|\\]|(?<![A-Za-z0-9\\])\\[nrt](?![A-Za-z0-9])|(?<=[\u3400-\u9fff，。；：！？”）])\\n"),
)
_NUMBERED = patterns.late(r"(?m)^[ \t]{0,12}[0-9]{1,3}[.)][ \t]+\S[^\n]{0,30}")
_ENTITY = patterns.late(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ALL = tuple((name, patterns.late(pattern, re.MULTILINE)) for name, pattern in _PATTERNS)
_ANY = patterns.late(r"[*_~`#＃\[&\\|]|(?m:^)[ \t]{0,12}[-+>*]|(?m:^)[ \t]{0,12}[0-9]{1,3}[.)][ \t]|==")


class Mark(NamedTuple):
    """A piece of Markdown or HTML: what kind it is and where it stands."""

    kind: str
    start: int
    end: int


def may_hold(text: str) -> bool:
    """Whether ``text`` has a character that any mark needs: quick, and mostly no."""
    return _ANY.search(text) is not None


def find(text: str) -> tuple[Mark, ...]:
    """The marks of ``text`` in the order in which they stand, one of each kind."""
    if not may_hold(text):
        return ()
    found: dict[str, Mark] = {}
    for kind, pattern in _ALL:
        hit = pattern.search(text)
        if hit and (kind not in found or hit.start() < found[kind].start):
            found[kind] = Mark(kind, *hit.span())
    found |= {each.kind: each for each in (*_numbered(text), *_entities(text))}
    return tuple(sorted(found.values(), key=lambda each: (each.start, each.kind)))


def _numbered(text: str) -> Iterator[Mark]:
    """Several numbered lines are a list; one that begins with a number is a sentence."""
    hits = list(_NUMBERED.finditer(text))
    if len(hits) > 1:
        yield Mark("list", *hits[0].span())


def _entities(text: str) -> Iterator[Mark]:
    for hit in _ENTITY.finditer(text):
        if hit.group().startswith("&#") or hit.group()[1:] in html5:
            yield Mark("entity", *hit.span())
            return
