"""Strict YAML: plain values, and a place in the file for each of them.

Read from libyaml's events instead of its composed nodes: an alias, a tag and a duplicate key can then be
reported where they stand while the rest of the file is still read, and the depth is capped before libyaml's
own cost per level grows. Every scalar stays the string that was written; types come later, from the schema. What
cannot be read is mended for the sake of further checks, and every place is that of the text as it was written.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any

import yaml

from generator.messages import words
from generator.privacy.masking import mask_quoted
from generator.problems import Problem, Span, problem
from generator.text.characters import HIDDEN, names
from generator.yaml import lean as yamllean
from generator.yaml.folds import without_han_breaks
from generator.yaml.lean import CUT
from generator.yaml.marks import Mark
from generator.yaml.mending import Mending, YamlFault, is_suspect, mend
from generator.yaml.mending.events import end_of, next_of, start_of
from generator.yaml.mending.lines import KeyPath, Knows
from generator.yaml.mending.probe import DEPTH_LIMIT
from generator.yaml.placed import Tree, is_in, leaves

# libyaml's own words → the key of our wording of them (libyaml 0.2.5, scanner.c and parser.c).
_SYNTAX = {
    "mapping values are not allowed in this context": "yaml.colon",
    "could not find expected ':'": "yaml.no_colon",
    "found unexpected end of stream": "yaml.quote",
    "found unexpected document indicator": "yaml.quote",
    "found character that cannot start any token": "yaml.token",
    "did not find expected key": "yaml.indent",
    "did not find expected '-' indicator": "yaml.indent",
    "did not find expected ',' or ']'": "yaml.bracket",
    "did not find expected ',' or '}'": "yaml.bracket",
    "found unknown escape character": "yaml.escape",
    "complex key": "yaml.complex_key",  # our own words
    "character": "yaml.character",
}


_ALIAS, _MERGE = "\0alias", "\0merge"  # keys that are none; no text of a file can be like them


class _Frame:
    """A mapping or sequence that is still open."""

    __slots__ = ("drop", "items", "key", "key_mark", "path")

    def __init__(self, path: KeyPath, items: dict[str, Any] | list[Any], drop: bool) -> None:
        self.path, self.items, self.drop = path, items, drop
        self.key: str | None = None
        self.key_mark: Mark | None = None

    @property
    def awaits_key(self) -> bool:
        return isinstance(self.items, dict) and self.key is None


class _Reader:
    def __init__(self, path: str, text: str, first_line: int, mending: Mending | None = None) -> None:
        self.path, self.text, self.offset = path, text, first_line
        self.mending = mending
        self.source = mending.text if mending else text
        self.repeated = mending.repeated if mending else ()
        self.starts = [0, *(hit.end() for hit in re.finditer("\n", text))] if mending else []
        self.marks: dict[KeyPath, Mark] = {}
        self.keys: dict[KeyPath, Mark] = {}
        self.spoiled: set[KeyPath] = set()
        self.problems: list[Problem] = []
        self.anchors: dict[str, tuple[Span, KeyPath]] = {}
        self.frames: list[_Frame] = []
        self.mended: list[Problem] = []
        self.root: Any = None
        self.documents = 0

    def report(self, code: str, at: Mark | Span, **values: object) -> None:
        span = Span(self.path, at.line, at.column)
        self.problems.append(problem(code, span, **values))

    def mark(self, event: yaml.Event) -> Mark:
        start, end = start_of(event), end_of(event)
        if self.mending is None:
            return Mark(start.line + self.offset, start.column + 1, start.index, end.index)
        at = self.mending.origin[start.index]
        return Mark(*self.line_and_column(at), at, self.mending.origin[end.index])

    def line_and_column(self, at: int) -> tuple[int, int]:
        """The place in the file of an offset in a text that was mended."""
        line = bisect_right(self.starts, at)
        return line + self.offset - 1, at - self.starts[line - 1] + 1

    def place_of(self, mark: yaml.Mark) -> Span:
        """The place in the file of a mark of libyaml."""
        if self.mending is None:
            return Span(self.path, mark.line + self.offset, mark.column + 1)
        return Span(self.path, *self.line_and_column(self.mending.origin[min(mark.index, len(self.source))]))

    def read(self) -> None:
        loader = None
        try:
            loader = yaml.CSafeLoader(self.source)
            while loader.check_event():
                if not self.take(next_of(loader)):
                    return
        except yaml.MarkedYAMLError as error:
            self.report_syntax(error)
        except (yaml.reader.ReaderError, UnicodeEncodeError) as error:  # half a surrogate pair cannot be encoded
            self.report_character(error.start if isinstance(error, UnicodeEncodeError) else error.position)
        finally:
            if loader is not None:
                loader.dispose()
        for span, key in self.anchors.values():
            self.report("SCH-013", span)
            self.spoiled.add(key)

    def take(self, event: yaml.Event) -> bool:
        """Take one event; ``False`` ends the reading."""
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.report("SCH-017", self.mark(event), sign="---")
                return False
        elif isinstance(event, yaml.AliasEvent):
            self.take_alias(event)
        elif isinstance(event, yaml.ScalarEvent):
            self.take_scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            return self.open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            frame = self.frames.pop()
            mark = self.marks.get(frame.path)
            if mark and not frame.drop:
                self.marks[frame.path] = mark._replace(end=end_of(event).index)
        return True

    def take_alias(self, event: yaml.AliasEvent) -> None:
        mark = self.mark(event)
        self.report("SCH-013", mark)
        self.anchors.pop(event.anchor or "", None)
        if self.frames and self.frames[-1].awaits_key:
            self.frames[-1].key, self.frames[-1].key_mark = _ALIAS, mark
            return
        where = self.place(None, mark)
        if where is not None:
            self.spoiled.add(where)

    def take_scalar(self, event: yaml.ScalarEvent) -> None:
        mark = self.mark(event)
        is_plain = not event.style
        if self.frames and self.frames[-1].awaits_key:
            key = _MERGE if is_plain and event.value == "<<" else event.value
            self.frames[-1].key, self.frames[-1].key_mark = key, mark
            self.check_hidden(event, mark)
            if event.anchor is not None or event.tag is not None:
                self.report("SCH-013" if event.anchor else "SCH-014", mark, tag=event.tag or "")
            return
        cut = CUT.match(self.source, end_of(event).index) if is_plain else None
        if cut:
            rest = self.source[cut.start(1) : cut.start(1) + 200].split("\n", 1)[0]
            self.report("TXT-002", mark, cut=mask_quoted(rest)[: len(cut[1])])
        blank = is_plain and event.value in ("", "~", "null")
        where = self.place(None if blank else self.unfolded(event), mark)
        self.check_hidden(event, mark)
        self.check_decorations(event, mark, where)

    def check_hidden(self, event: yaml.ScalarEvent, mark: Mark) -> None:
        r"""Hidden characters of a value or a key that are written as "\u202e", which no one sees in the file."""
        if event.style == '"' and HIDDEN.search(event.value):
            self.report("SEC-001", mark, names=names(event.value))

    def unfolded(self, event: yaml.ScalarEvent) -> str:
        """The value of a scalar, without the spaces that stand for line breaks between Han characters."""
        if event.style == "|" or start_of(event).line == end_of(event).line:
            return event.value
        written = self.source[start_of(event).index : end_of(event).index]
        return without_han_breaks(event.value, written, event.style if event.style in ("'", '"') else "")

    def open(self, event: yaml.CollectionStartEvent) -> bool:
        mark = self.mark(event)
        if len(self.frames) >= DEPTH_LIMIT:
            self.report("SCH-015", mark, limit=DEPTH_LIMIT)
            return False
        items: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        if self.frames and self.frames[-1].awaits_key:
            self.report("SCH-010", mark, reason=words("yaml.complex_key"))
            return False
        where = self.place(items, mark)
        self.check_decorations(event, mark, where)
        self.frames.append(_Frame(where if where is not None else (), items, drop=where is None))
        return True

    def check_decorations(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, mark: Mark, where: KeyPath | None) -> None:
        if event.anchor is not None and where is not None:
            self.anchors[event.anchor] = (Span(self.path, mark.line, mark.column), where)
        if event.tag is not None:
            self.report("SCH-014", mark, tag=event.tag)
            if where is not None:
                self.spoiled.add(where)

    def place(self, value: Any, mark: Mark) -> KeyPath | None:
        """Put ``value`` into the open collection. Returns its path, or ``None`` where it is left out."""
        if not self.frames:
            self.root, self.marks[()] = value, mark
            return ()
        frame = self.frames[-1]
        if isinstance(frame.items, list):
            where = (*frame.path, len(frame.items))
            frame.items.append(value)
            return self.remember(frame, where, mark)
        key, key_mark = frame.key, frame.key_mark
        frame.key = frame.key_mark = None
        assert key is not None and key_mark is not None  # a value never comes before its key
        where = (*frame.path, key)
        if frame.drop:
            return None
        if key in (_ALIAS, _MERGE):
            if key == _MERGE and value is not None:
                self.report("SCH-013", key_mark)
            return None
        if key in frame.items:
            if not is_in(key_mark.start, self.repeated):
                self.report("SCH-012", key_mark, key=key, first=self.keys[where].line)
            return None
        frame.items[key] = value
        self.keys[where] = key_mark
        return self.remember(frame, where, mark)

    def remember(self, frame: _Frame, where: KeyPath, mark: Mark) -> KeyPath | None:
        if frame.drop:
            return None
        self.marks[where] = mark
        return where

    def report_character(self, position: int) -> None:
        before = self.source[:position]  # mending moves no line
        span = Span(self.path, before.count("\n") + self.offset, position - before.rfind("\n"))
        self.report("SCH-010", span, reason=words("yaml.character"))

    def report_syntax(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        span = self.place_of(mark) if mark else Span(self.path, self.offset)
        tab = self.tab_before(mark.line) if mark else None
        if tab is not None:
            self.report("SCH-011", Span(self.path, span.line, tab))
            return
        known = _SYNTAX.get(error.problem or "", "yaml.other")
        begin = error.context_mark
        if known in ("yaml.quote", "yaml.no_colon") and begin:  # where it was begun is where to look
            span = self.place_of(begin)
            known = self.colon_fault(begin.line) if known == "yaml.no_colon" else known
        self.report("SCH-010", span, reason=words(known))

    def colon_fault(self, line: int) -> str:
        """What is wrong with the colon of ``line``: the Chinese one, no space behind it, or none at all."""
        written = self.text.split("\n")[line]
        if re.match(r"\s*(?:- )?[A-Za-z_]+\s*：", written):
            return "yaml.wide_colon"
        return "yaml.no_space" if re.match(r"\s*(?:- )?[A-Za-z_]+:\S", written) else "yaml.no_colon"

    def tab_before(self, line: int) -> int | None:
        """The column of a tab in the indentation of ``line``, if there is one."""
        lines = self.text.split("\n")
        indent = re.match(r"\s*", lines[line]).group() if line < len(lines) else ""  # type: ignore[union-attr]  # matches any text
        return indent.index("\t") + 1 if "\t" in indent else None


def parse(
    path: str, text: str, first_line: int = 1, knows: Knows | None = None, *, hidden: str = ""
) -> tuple[Tree | None, tuple[Problem, ...]]:
    """Read ``text`` as strict YAML.

    ``first_line`` is the line of ``path`` on which ``text`` begins (front matter begins on the second). Who ``knows``
    where which field may stand sees more of what was hardly meant as it is written. ``hidden`` stands in ``text`` for
    characters that were reported, and is read as if it were not there. Returns the tree and all problems; the tree is
    ``None`` when the text could not be read to its end, not even mended.
    """
    is_odd = bool(hidden) or (knows is not None and is_suspect(text))
    lean = None if is_odd else yamllean.read(text, first_line, DEPTH_LIMIT)
    if lean is not None:
        return Tree(path, lean[0], text, lean[1:], is_plain=True, first_line=first_line), ()
    reader = _Reader(path, text, first_line)
    reader.read()
    codes = {each.code for each in reader.problems}
    if "SCH-015" not in codes and (codes & _FATAL or is_odd):
        reader = _read_on(reader, mend(text, knows, hidden=hidden))
    problems = tuple(reader.problems)
    if any(each.code in _FATAL and each not in reader.mended for each in problems):
        return None, problems
    if () not in reader.marks:
        return None, problems if reader.mended else (problem("SCH-016", Span(path, first_line)),)
    spoiled, is_mended = frozenset(reader.spoiled), reader.mending is not None
    tree = Tree(path, reader.root, text, (reader.marks, reader.keys), spoiled, is_mended, reader.repeated)
    return tree, problems


def _read_on(strict: _Reader, mending: Mending) -> _Reader:
    """Read the mended text, unless nothing was mended."""
    if mending.text == strict.text:
        return strict
    reader = _Reader(strict.path, strict.text, strict.offset, mending)
    reader.read()
    reader.mended = [_fault(reader, each) for each in mending.faults]
    reader.problems += reader.mended
    return reader


def _fault(reader: _Reader, fault: YamlFault) -> Problem:
    values = dict(fault.values)
    shown = mask_quoted(str(values.pop("mended")).strip())
    reason = values.pop("reason", None)
    if reason is not None:
        values["reason"] = words(_SYNTAX.get(str(reason), "yaml.other"))
    else:
        values["mended"] = shown if len(shown) <= MENDED_LIMIT else shown[: MENDED_LIMIT - 1] + "…"
    return problem(fault.code, Span(reader.path, *reader.line_and_column(fault.at)), **values)


MENDED_LIMIT = 80  # characters of a line that are shown as they should be
_FATAL = frozenset({"SCH-010", "SCH-011", "SCH-015", "SCH-017"})

__all__ = ["DEPTH_LIMIT", "KeyPath", "Tree", "leaves", "parse"]
