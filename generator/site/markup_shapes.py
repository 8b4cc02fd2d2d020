"""Markup that is much alike, told once: the shape of pieces of HTML, and for each piece what fills its holes.

What a browser gets of ten thousand cards are a few shapes and the words that differ. It puts them together element by
element, so that nothing an author wrote is ever read as markup. The input is what our own templates print: every
attribute is quoted, every ``<`` and ``&`` of a text is escaped.

In JSON a shape is ``[tag, [name, value, …], child, …]``. A child is a text, another element, or the number of the hole
that a text fills; a value is a text, the number of a hole, or a list of both to be joined. A piece is the number of its
shape followed by what fills the holes, in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from os.path import commonprefix
from typing import Any

VOID = frozenset(("br", "hr", "img", "input", "source", "wbr"))
_TOKEN = re.compile(r"<(/?)([a-z][a-z0-9]*)([^<>]*)>|([^<]+)")
_ATTRIBUTE = re.compile(r'\s+([a-z][a-z-]*)(?:="([^"]*)")?')
_DIGEST = re.compile(r"([0-9a-f]{16,})")  # in the addresses of pictures: all that differs between two of them
_TEXT, _END = "", "/"  # marks of a form, which no tag looks like


@dataclass(frozen=True, slots=True)
class _Piece:
    """One element: ``form`` is what pieces of the same shape share, ``values`` what fills its holes."""

    form: tuple[Any, ...]
    values: tuple[str, ...]


def by_shape(pieces: Iterable[str]) -> dict[str, Any]:
    """``pieces`` of HTML, each one element, as ``{"shapes": …, "pieces": …}`` for a browser.

    A hole that all pieces of a shape fill alike is part of the shape. One with few different fillings has a list of
    them in ``words`` and is filled by number; what the others begin and end with alike is told once.
    """
    read = [_read(each) for each in pieces]
    numbers: dict[tuple[Any, ...], int] = {}
    for each in read:
        numbers.setdefault(each.form, len(numbers))
    grouped: list[list[tuple[str, ...]]] = [[] for _ in numbers]
    for each in read:
        grouped[numbers[each.form]].append(each.values)
    shapes, filled = [], []
    for form, rows in zip(numbers, grouped, strict=True):
        columns = [_Column.of(each) for each in zip(*rows, strict=True)]
        shapes.append(_shape(form, columns))
        filled.append(iter([_row(row, columns) for row in rows]))
    return {
        "shapes": shapes,
        "pieces": [[number, *next(filled[number])] for number in (numbers[each.form] for each in read)],
    }


def _read(markup: str) -> _Piece:
    form: list[Any] = []
    values: list[str] = []
    for is_end, tag, attributes, text in _TOKEN.findall(markup.strip()):
        if tag and is_end:
            form.append(_END)
        elif tag:
            form.append((tag, *_attributes(attributes, values)))
            if tag in VOID:
                form.append(_END)
        elif text.strip() or text == " ":  # the rest is how the template is laid out
            form.append(_TEXT)
            values.append(unescape(text))
    return _Piece(tuple(form), tuple(values))


def _attributes(markup: str, values: list[str]) -> Iterator[Any]:
    """The attributes of a tag as the form keeps them: name and, for an address of pictures, what stands around the
    digests; the rest are ``values``."""
    for name, value in _ATTRIBUTE.findall(markup):
        if name in ("src", "srcset"):
            parts = _DIGEST.split(unescape(value))
            values += parts[1::2]
            yield (name, *parts[::2])
        else:
            values.append(unescape(value))
            yield (name,)


@dataclass(frozen=True, slots=True)
class _Column:
    """What fills one hole of all pieces of a shape: ``only`` that, one of ``words``, or something between ``before`` and
    ``after``."""

    only: str | None = None
    words: Mapping[str, int] | None = None
    before: str = ""
    after: str = ""

    @classmethod
    def of(cls, values: Sequence[str]) -> _Column:
        different = dict.fromkeys(values)
        if len(different) == 1:
            return cls(only=values[0])
        if len(different) * 3 <= len(values):
            return cls(words={value: number for number, value in enumerate(different)})
        before = commonprefix(values)
        after = commonprefix([each[len(before) :][::-1] for each in values])[::-1]
        return cls(before=before, after=after)

    def filled(self, value: str) -> str | int:
        """What is told of ``value`` in a piece."""
        if self.words is not None:
            return self.words[value]
        return value[len(self.before) : len(value) - len(self.after)]


def _row(values: Sequence[str], columns: Sequence[_Column]) -> list[str | int]:
    return [column.filled(value) for value, column in zip(values, columns, strict=True) if column.only is None]


def _shape(form: tuple[Any, ...], columns: Sequence[_Column]) -> dict[str, Any]:
    """A shape with its holes in the order of the form; each is a list of words, or ``[before, after]``."""
    holes: list[Any] = []
    waiting = iter(columns)

    def hole() -> str | int:
        column = next(waiting)
        if column.only is not None:
            return column.only
        holes.append(
            {"words": list(column.words)} if column.words is not None else {"around": [column.before, column.after]}
        )
        return len(holes) - 1

    root: list[Any] = []
    path = [root]
    for mark in form:
        if mark == _END:
            path.pop()
        elif mark == _TEXT:
            path[-1].append(hole())
        else:
            tag, *attributes = mark
            element: list[Any] = [tag, [part for each in attributes for part in _told_attribute(each, hole)]]
            path[-1].append(element)
            path.append(element)
    return {"element": root[0], "holes": holes}


def _told_attribute(attribute: tuple[str, ...], hole: Any) -> Iterator[Any]:
    name, *around = attribute
    yield name
    if not around:
        yield hole()
        return
    parts: list[str | int] = [around[0]]
    for each in around[1:]:
        parts += [hole(), each]
    joined: list[str | int] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    yield joined[0] if len(joined) == 1 and isinstance(joined[0], str) else joined
