"""The blocks of a story as comrak understood them: which line belongs to what, and which text is shown where."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html import unescape

from generator.story.model import Source
from generator.story.official import ADDRESS

HIDDEN_PART = "\ufffc"  # stands in a shown text for code, pictures and calls of notes
_TOKEN = re.compile(r"<(/?)([a-z0-9]+)([^>]*)>|<[^>]*>|[^<]+")
_AREA = re.compile(r'data-sourcepos="(\d+):(\d+)-(\d+):(\d+)"')
_LEAVES = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "td", "th"))
_CONTAINERS = frozenset(("blockquote", "div", "ul", "ol", "li", "pre", "table", "tr"))
_OWNERS = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "pre", "table"))
_UNSHOWN = frozenset(("code", "sup"))
_MARKED = {"em": 1, "strong": 2, "del": 2}
_ALERT_TITLE = "markdown-alert-title"  # a title comes without a place: it stands on the first line of its box
_START = re.compile(r' start="(\d+)"')


@dataclass(frozen=True, slots=True)
class Block:
    """A block with the lines and the column where it stands. ``text`` is what a leaf shows, ``number`` what an ordered
    list begins with."""

    tag: str
    first: int
    column: int
    last: int
    text: str = ""
    number: int = 1
    parent: int = -1  # the block it stands in, by its place among all


@dataclass(frozen=True, slots=True)
class Blocks:
    """All blocks of a story in the order in which they begin; ``masked`` is its text with code and marks that took effect left blank, ``owner``
    gives for each line the innermost leaf that it belongs to."""

    all: tuple[Block, ...]
    masked: str = field(repr=False)
    owner: dict[int, int] = field(repr=False)

    def of(self, *tags: str) -> list[Block]:
        """The blocks of these tags."""
        return [each for each in self.all if each.tag in tags]


@dataclass(slots=True)
class _Open:
    index: int
    tag: str
    parts: list[str]


def read_blocks(source: Source, kept: str, raw: str) -> Blocks:
    """Read the blocks of ``raw``, which comrak made of ``kept``."""
    reader = _Reader(source)
    for match in _TOKEN.finditer(raw):
        if match[2]:
            reader.tag(match[2], bool(match[1]), match[3])
        elif match[0][0] != "<":
            reader.show(unescape(match[0]))
    found = reader.finish()
    return Blocks(found, _masked(source, kept, found, reader.spent), _owners(found))


class _Reader:
    """Follows the tags of a page and gathers what each block shows."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.blocks: list[Block] = []
        self.texts: dict[int, list[str]] = {}
        self.opened: list[_Open] = []
        self.spent: list[tuple[int, int]] = []  # code, and marks that took effect
        self.unshown = 0

    def show(self, text: str) -> None:
        """A text between two tags."""
        if not self.unshown and self.opened and self.opened[-1].tag in _LEAVES:
            self.opened[-1].parts.append(text)

    def tag(self, tag: str, is_end: bool, attributes: str) -> None:
        """A tag that begins something or ends it."""
        area = _AREA.search(attributes)
        if tag in _UNSHOWN or tag == "img":
            self._hide(tag, is_end, area)
        elif tag in _MARKED and area:
            start, end = _range(self.source, area)
            self.spent += [(start, start + _MARKED[tag]), (end - _MARKED[tag], end)]
        elif tag in _LEAVES or tag in _CONTAINERS:
            if is_end:
                _close(self.opened, tag, self.texts)
            else:
                self._begin(tag, area, attributes)

    def _hide(self, tag: str, is_end: bool, area: re.Match[str] | None) -> None:
        if not is_end:
            self.show(HIDDEN_PART)
        if area and tag == "code" and not is_end:
            self.spent.append(_range(self.source, area))
        if tag in _UNSHOWN:
            self.unshown += -1 if is_end else 1

    def _begin(self, tag: str, area: re.Match[str] | None, attributes: str) -> None:
        around = self.opened[-1] if self.opened else None
        index = len(self.blocks)
        if area:
            first, column, last, last_column = map(int, area.groups())
            start = _START.search(attributes)
            number, parent = int(start[1]) if start else 1, around.index if around else -1
            last = _last(first, last, last_column)
            self.blocks.append(Block(tag, first, column, last, number=number, parent=parent))
        elif around and around.tag == "div" and _ALERT_TITLE in attributes:
            box = self.blocks[around.index]
            self.blocks.append(Block(tag, box.first, box.column, box.first, parent=around.index))
        else:
            index = -1
        self.opened.append(_Open(index, tag, []))

    def finish(self) -> tuple[Block, ...]:
        """All blocks with their texts."""
        while self.opened:
            _close(self.opened, self.opened[-1].tag, self.texts)
        return tuple(
            replace(each, text=_readable("".join(parts).strip("\n"))) if (parts := self.texts.get(at)) else each
            for at, each in enumerate(self.blocks)
        )


def _last(first: int, last: int, column: int) -> int:
    """The last line of a block; comrak counts one too many where a block ends with its line."""
    return max(first, last - 1 if column == 0 else last)


def _range(source: Source, area: re.Match[str]) -> tuple[int, int]:
    line, column, last, last_column = map(int, area.groups())
    return source.offset(line, column), source.offset(last, last_column) + 1


def _close(opened: list[_Open], tag: str, texts: dict[int, list[str]]) -> None:
    while opened:
        block = opened.pop()
        texts[block.index] = block.parts
        if block.tag == tag:
            return


def _masked(source: Source, kept: str, blocks: tuple[Block, ...], spent: list[tuple[int, int]]) -> str:
    text = list(kept)
    for start, end in spent:
        if kept[start : start + 1] in ("`", "*", "_", "~"):
            text[start:end] = [each if each == "\n" else " " for each in kept[start:end]]
    for each in blocks:
        if each.tag == "pre":
            start, end = source.offset(each.first, 1), source.offset(each.last + 1, 1)
            text[start:end] = [each if each == "\n" else " " for each in kept[start:end]]
    return _readable("".join(text))


def _readable(text: str) -> str:
    """``text`` with something that looks like an address, and is as long, where one stands."""
    return ADDRESS.sub(lambda each: "http:".ljust(len(each[0]), "x"), text)


def _owners(blocks: tuple[Block, ...]) -> dict[int, int]:
    """The innermost leaf or piece of code of each line; of a table every line belongs to the table."""
    owner: dict[int, int] = {}
    around: list[int] = []
    line = 1
    for index, each in enumerate(blocks):
        if each.tag in _OWNERS:
            _give(owner, around, blocks, line, each.first)
            line = max(line, each.first)
            around.append(index)
    _give(owner, around, blocks, line, max((each.last for each in blocks), default=0) + 1)
    return owner


def _give(owner: dict[int, int], around: list[int], blocks: tuple[Block, ...], line: int, end: int) -> None:
    """Give the lines before ``end`` to the last block of ``around`` that reaches them."""
    while line < end and around:
        if blocks[around[-1]].last < line:
            around.pop()
        else:
            owner[line] = around[-1]
            line += 1
