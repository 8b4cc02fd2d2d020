"""Titles that break between words: Chinese has no blanks, so a browser breaks it anywhere, also inside a name.

What stays together is said at build time by an element around it and by ``word-break: keep-all`` in the style sheet. Unlike
``white-space: nowrap`` that still breaks where a line has not even the room for the word, so nothing overflows, in no size of
type; and unlike a word joiner it is in no text that is copied, searched or read aloud. See decision 086.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING, Any

from generator.catalog.catalog import Catalog
from generator.config import ENUMERATIONS, SiteConfig
from generator.schema.fields import WORD_LEAST, WORD_MOST

if TYPE_CHECKING:
    from markupsafe import Markup

_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*(?:年度|[%％年月日个件项家类种次人天号万亿点时分届期批星])?")
_NO_WORD = re.compile(r"[，。、；：！？\s]|\A[\x00-\x7f]*\Z")  # a pause is where a title breaks, and Latin breaks at blanks alone
_DOTS = "·•・‧"  # which no rule of a browser keeps from the beginning of a line
_ENDING = re.compile(r"[\s，。、；：！？）》」』】〉”’…—%％,.;:!?)\]}/]")  # begins no line
_DOTTED = re.compile(rf"(\S[{_DOTS}]+)")


class Terms:
    """Words that no title breaks inside: all of ``names`` that are short enough, and numbers with what they count. To look
    through a title takes as long as the title is, however many words there are."""

    __slots__ = ("_lengths", "_seen", "words")

    def __init__(self, names: Iterable[str] = ()) -> None:
        found = frozenset(names)
        self.words = frozenset(each for each in found if WORD_LEAST <= len(each) <= WORD_MOST and not _NO_WORD.search(each))
        lengths: dict[str, set[int]] = {}
        for each in self.words:
            lengths.setdefault(each[0], set()).add(len(each))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}
        self._seen: dict[str, Markup] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return Terms, (self.words,)

    def marked(self, title: str) -> str:
        """``title`` as markup with an element around each of its words; what is markup already is left as it is."""
        if hasattr(title, "__html__"):
            return title
        if title not in self._seen:
            self._seen[title] = _marked(self.parts(title))
        return self._seen[title]

    def parts(self, title: str) -> Iterator[tuple[str, bool]]:
        """``title`` from left to right, the longest words first: each part, and whether it stays together."""
        start = at = 0
        while at < len(title):
            end = at + self._length(title, at)
            while end < len(title) and title[end] in _DOTS and not title[at].isspace():
                end += 1
            if end - at > 1:
                if start < at:
                    yield title[start:at], False
                yield title[at:end], True
                start = end
            at = end
        if start < len(title):
            yield title[start:], False

    def _length(self, title: str, at: int) -> int:
        """How many characters of ``title`` belong together from ``at`` on."""
        number = _NUMBER.match(title, at) if title[at] in "0123456789" else None
        least = number.end() - at if number else 1
        for length in self._lengths.get(title[at], ()):
            if length > least and title[at : at + length] in self.words:
                return length
        return least


NO_TERMS = Terms()


def _marked(parts: Iterable[tuple[str, bool]]) -> Markup:
    """An element for each word. Browsers see no place to break behind one, so it is said where the next character may begin
    a line."""
    from markupsafe import Markup  # a check never needs it

    found, is_open = [], False
    for text, is_whole in parts:
        found += ["<wbr>" if is_open and not _ENDING.match(text) else "", _element(text) if is_whole else escape(text)]
        is_open = is_whole
    return Markup("".join(found))  # noqa: S704  what is not ours in it is escaped


def _element(word: str) -> str:
    """A word as an element; a character and the dots behind it are one that has no other way at all."""
    pieces = _DOTTED.split(word)
    inner = "".join(f'<span class="dotted">{escape(each)}</span>' if number % 2 else escape(each) for number, each in enumerate(pieces))
    is_bare = len(pieces) == 3 and not (pieces[0] or pieces[2])
    return inner if is_bare else f'<span class="term">{inner}</span>'


def terms_of(config: SiteConfig, catalog: Catalog) -> Terms:
    """The terms of a site: those of its configuration, and what its records are called."""
    return Terms((*config.terms, *_configured(config), *_called(catalog)))


def _configured(config: SiteConfig) -> Iterator[str]:
    yield config.name
    for name in ENUMERATIONS:
        yield from (each.name for each in getattr(config, name))
    yield from (each.title for each in config.navigation)


def _called(catalog: Catalog) -> Iterator[str]:
    for record in catalog:
        data = record.data
        yield data.heading
        yield from filter(None, (getattr(data, name, None) for name in ("name", "short_name")))
        yield from getattr(data, "aliases", ())
        yield from (hall.title for hall in getattr(data, "halls", ()))
    for by_id in catalog.insides.values():
        yield from (inside.heading for _, inside in by_id.values())
