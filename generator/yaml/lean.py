"""The short way through YAML that has nothing unusual in it, which is nearly every file.

Whatever a clerk could have meant otherwise, or a record may not hold, ends it: the strict reader then reads the text from
its beginning and says what is wrong. So both give the same values and places, and only the strict one has problems.
"""

from __future__ import annotations

import re
from sys import intern
from typing import Any

import yaml

from generator.text.characters import HIDDEN
from generator.yaml.marks import Mark
from generator.yaml.mending.lines import KeyPath

CUT = re.compile(r"[ \t]*(?<=[ \t])(#[^\s#][^\n]{0,20})")  # a comment that looks like text: "#话题", not "# 说明"
_NOTHING = frozenset({"", "~", "null"})
_SCALAR, _MAPPING, _SEQUENCE = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
_ENDS = frozenset({yaml.MappingEndEvent, yaml.SequenceEndEvent})

LeanRead = tuple[Any, dict[KeyPath, Mark], dict[KeyPath, Mark]]


def read(text: str, first_line: int, depth: int) -> LeanRead | None:
    """The values of ``text``, the place of each, and those of the keys, by path; ``None`` for a text that only the
    strict reader can judge. Lines count from ``first_line``; more than ``depth`` collections in each other are odd."""
    try:
        loader = yaml.CSafeLoader(text)
    except (yaml.reader.ReaderError, UnicodeEncodeError):
        return None
    try:
        return _values(loader, text, first_line, depth)
    except (yaml.MarkedYAMLError, yaml.reader.ReaderError):
        return None
    finally:
        loader.dispose()


def _values(loader: Any, text: str, first_line: int, depth: int) -> LeanRead | None:
    marks: dict[KeyPath, Mark] = {}
    keys: dict[KeyPath, Mark] = {}
    outer: list[tuple[Any, KeyPath, str | None]] = []  # the collections around the one that is read
    items: Any = None
    path: KeyPath = ()
    key: str | None = None
    where: KeyPath = ()
    take, new = loader.get_event, tuple.__new__  # what a named tuple's own call does, at half its time
    for _ in range(2):  # where the stream and its one document begin
        take()
    for event in iter(take, None):
        kind = event.__class__
        if kind in _ENDS:
            marks[path] = marks[path]._replace(end=event.end_mark.index)
            root = items
            items, path, key = outer.pop()
            if items is None:
                break
            continue
        if (kind is not _SCALAR and kind is not _MAPPING and kind is not _SEQUENCE) or event.anchor or event.tag:
            return None
        start, end = event.start_mark, event.end_mark
        mark = new(Mark, (start.line + first_line, start.column + 1, start.index, end.index))
        if key is None and items.__class__ is dict:
            key = intern(event.value) if kind is _SCALAR else None  # the same few names in every file
            if key is None or key == "<<" or key in items or (event.style == '"' and HIDDEN.search(key)):
                return None
            where = (*path, key)
            keys[where] = mark
            continue
        if kind is not _SCALAR:
            value: Any = {} if kind is _MAPPING else []
        elif items is None or _is_odd(event, text, end.index, start.line != end.line):
            return None
        else:
            value = event.value if event.style or event.value not in _NOTHING else None
        if key is not None:
            items[key] = value
            key = None
        elif items is not None:
            where = (*path, len(items))
            items.append(value)
        marks[where] = mark
        if kind is not _SCALAR:
            outer.append((items, path, key))
            if len(outer) > depth:
                return None
            items, path, key = value, where, None
    return (root, marks, keys) if _ends_here(take) else None


def _is_odd(event: yaml.ScalarEvent, text: str, stop: int, is_long: bool) -> bool:
    """Whether a value ends at ``stop`` where it may not have been meant to, is folded over lines (``is_long`` spans
    several), or has a character that nobody sees."""
    style = event.style
    if not style:
        return is_long or (text[stop : stop + 1] != "\n" and CUT.match(text, stop) is not None)
    return (is_long and style != "|") or (style == '"' and HIDDEN.search(event.value) is not None)


def _ends_here(take: Any) -> bool:
    """Whether nothing follows the document."""
    return take().__class__ is yaml.DocumentEndEvent and take().__class__ is yaml.StreamEndEvent


__all__ = ["CUT", "LeanRead", "read"]
