"""How far YAML can be read: where libyaml stops, and what is read without a word although it was meant otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import yaml

from generator import patterns
from generator.yaml.mending.events import end_of, next_of, start_of
from generator.yaml.mending.lines import BLANKS, COLONS, DASHES, NAME, KeyPath, Knows

DEPTH_LIMIT = 12  # collections in collections; libyaml's own cost per level grows
_NUMBERED = r"[（(]?[0-9]{1,2}[.、．)）][ ]*"
_TIGHT = rf"{NAME}[ ]*(?:[{COLONS}]|:(?=[^ \t\n/]))"
# Text that is good YAML and yet no one writes: it is looked at more closely wherever it stands in a plain value.
SUSPECT = patterns.late(
    rf"^[ {BLANKS}]*(?:[{DASHES}*+]+[ {BLANKS}]*|{_NUMBERED})?{_TIGHT}"
    rf"|^[ ]*[{DASHES}](?![\s\-0-9—])|^[ ]*—(?![\s—])|^[ ]*{_NUMBERED}{NAME}:|^[ ]*[{DASHES[2:]}]+[ {BLANKS}]*{NAME}[ ]*:|^ *[{BLANKS}]|[{{,，｛][ ]*{_TIGHT}|:[ ]*｛"
    rf"|^[ ]*- {NAME}[ {BLANKS}]+[^\s:]|^[<>]{{7}}(?=[ \t\n])",
    re.MULTILINE,
)
_KEY = patterns.late(rf"[{DASHES}*+]+[ {BLANKS}]*[^\s\-]|{_NUMBERED}{NAME}|[{BLANKS}]|{NAME}[ ]*[:{COLONS}]")
_VALUE_LINE = patterns.late(
    rf"[ {BLANKS}]*(?:[{DASHES}*+]+[ {BLANKS}]*|{_NUMBERED})?({NAME})[ ]*(?:[{COLONS}]|:(?=[^ \t\n/]))"
)
_ITEM = patterns.late(rf"(?!——)[{DASHES}][ {BLANKS}]*[^\s\-0-9]")
_IN_FLOW = patterns.late(rf"[,，][ ]*({NAME})[ ]*(?:[{COLONS}]|:(?=[^ \t\n/]))")
_WORD = patterns.late(rf"({NAME})[ {BLANKS}]+\S")
_WIDE_FLOW = patterns.late(rf"｛[ ]*{NAME}[ ]*[:{COLONS}]")


@dataclass(frozen=True, slots=True)
class Stop:
    """Where reading ended. ``line`` is the line of ``at``, ``first`` the first line that may be to blame, ``columns``
    are those of the collections still open. ``blamed`` is the line to leave out if nothing helps. A suspect can be
    read, but was hardly meant so."""

    at: int
    line: int
    first: int
    blamed: int
    reason: str
    columns: tuple[int, ...]
    is_suspect: bool = False


@dataclass(frozen=True, slots=True)
class Probe:
    """How far a text was read, in events; ``unknown`` are the lines of fields that have no meaning where they stand,
    ``lines`` those on which something begins."""

    stop: Stop | None
    events: int
    unknown: tuple[int, ...]
    lines: frozenset[int]


class _Frame:
    __slots__ = ("awaits_key", "column", "is_flow", "is_map", "key", "key_line", "path")

    def __init__(self, event: yaml.CollectionStartEvent, path: KeyPath) -> None:
        self.is_map, self.is_flow = isinstance(event, yaml.MappingStartEvent), bool(event.flow_style)
        self.column, self.path = start_of(event).column, path
        self.awaits_key = self.is_map
        self.key: str | int = 0
        self.key_line = -1


class _Prober:
    def __init__(self, text: str, knows: Knows | None, excused: Callable[[int], bool]) -> None:
        self.text, self.knows, self.excused = text, knows, excused
        self.frames: list[_Frame] = []
        self.events = self.last_line = 0
        self.unknown: list[int] = []
        self.lines: set[int] = set()

    def run(self) -> Probe:
        stop, loader = None, None
        try:
            loader = yaml.CSafeLoader(self.text)
            while stop is None and len(self.frames) <= DEPTH_LIMIT and loader.check_event():
                stop = self.take(next_of(loader))
                self.events += 1
        except yaml.MarkedYAMLError as error:
            stop = self.stopped(error)
        except (yaml.reader.ReaderError, UnicodeEncodeError) as error:
            position = error.start if isinstance(error, UnicodeEncodeError) else error.position
            line = self.text.count("\n", 0, position)
            stop = Stop(position, line, line, line, "character", self.columns())
        finally:
            if loader is not None:
                loader.dispose()
        return Probe(stop, self.events, tuple(self.unknown), frozenset(self.lines))

    def columns(self) -> tuple[int, ...]:
        return tuple(each.column for each in self.frames if not each.is_flow)

    def stopped(self, error: yaml.MarkedYAMLError) -> Stop:
        mark = error.problem_mark or error.context_mark
        if mark is None:
            return Stop(0, 0, 0, 0, error.problem or "", self.columns())
        first, blamed = min(self.last_line, mark.line), mark.line
        context = error.context_mark
        if context is not None and not (error.context or "").startswith("while parsing a block"):
            first = blamed = context.line
        return Stop(mark.index, mark.line, first, blamed, error.problem or "", self.columns())

    def take(self, event: yaml.Event) -> Stop | None:
        if isinstance(event, yaml.NodeEvent) and not isinstance(event, yaml.MappingStartEvent):
            self.lines.add(start_of(event).line)
        if isinstance(event, yaml.ScalarEvent):
            found = self.suspicion(event) if self.knows and not event.style else None
            self.last_line = start_of(event).line
            if found is None:
                self.place(event)
            return found
        if isinstance(event, yaml.CollectionStartEvent):
            if self.frames and self.frames[-1].awaits_key:
                mark = start_of(event)
                return Stop(mark.index, mark.line, mark.line, mark.line, "complex key", self.columns())
            path = self.place(event)
            self.frames.append(_Frame(event, path))
        elif isinstance(event, yaml.CollectionEndEvent):
            self.frames.pop()
        elif isinstance(event, yaml.AliasEvent):
            self.place(event)
        return None

    def place(self, event: yaml.NodeEvent) -> KeyPath:
        """Where a value belongs; a key is only remembered."""
        if not self.frames:
            return ()
        frame = self.frames[-1]
        if not frame.is_map:
            path = (*frame.path, frame.key)
            frame.key = int(frame.key) + 1
            return path
        if frame.awaits_key:
            frame.key = event.value if isinstance(event, yaml.ScalarEvent) else ""
            frame.key_line = start_of(event).line
            if self.knows is not None and not self.knows((*frame.path, frame.key)):
                self.unknown.append(frame.key_line)
        frame.awaits_key = not frame.awaits_key
        return (*frame.path, frame.key)

    def suspicion(self, event: yaml.ScalarEvent) -> Stop | None:
        if not event.value:
            return None
        start, end = start_of(event), end_of(event)
        if not self.frames:  # the whole text is one value: every colon in it may be a Chinese one
            hit = _VALUE_LINE.match(event.value)
            return self.suspect(start.index, start.line) if hit and self.is_known(hit[1]) else None
        frame = self.frames[-1]
        if frame.awaits_key:
            return self.suspect(start.index, start.line) if _KEY.match(event.value) else None
        if frame.is_flow:
            hit = _IN_FLOW.search(event.value)
            return self.suspect(start.index, start.line) if hit and self.is_field(frame, hit[1]) else None
        on_own_line = not frame.is_map or start.line > frame.key_line
        if _WIDE_FLOW.match(event.value) or (frame.is_map and on_own_line and _ITEM.match(event.value)):
            return self.suspect(start.index, start.line)
        word = _WORD.match(event.value)
        if word and self.knows is not None and self.knows((*frame.path, frame.key, word[1])):
            return self.suspect(start.index, start.line)
        at = start.index
        for number, line in enumerate(self.text[start.index : end.index].split("\n")):
            hit = _VALUE_LINE.match(line) if number or on_own_line else None
            if hit and self.is_field(frame, hit[1]):
                return self.suspect(at, start.line + number)
            at += len(line) + 1
        return None

    def is_known(self, name: str) -> bool:
        """Whether ``name`` is a field of a record."""
        return self.knows is not None and self.knows((name,))

    def is_field(self, frame: _Frame, name: str) -> bool:
        """Whether ``name`` could be a field near here: beside this value, inside it, or beside what holds it."""
        paths = (frame.path, (*frame.path, frame.key), frame.path[:-1], frame.path[:-2])
        return self.knows is not None and any(self.knows((*path, name)) for path in paths)

    def suspect(self, at: int, line: int) -> Stop | None:
        if self.excused(at):
            return None
        return Stop(at, line, line, line, "suspect", self.columns(), is_suspect=True)


def probe(text: str, knows: Knows | None = None, excused: Callable[[int], bool] = lambda at: False) -> Probe:
    """Read ``text`` as far as it goes. Only who ``knows`` the fields can have a suspicion; a suspect whose offset is
    ``excused`` is left alone."""
    return _Prober(text, knows, excused).run()
