"""Values of a text with the place of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.problems import Span
from generator.yaml import lean
from generator.yaml.marks import Mark
from generator.yaml.mending.lines import KeyPath
from generator.yaml.mending.probe import DEPTH_LIMIT

Places = tuple[Mapping[KeyPath, Mark], Mapping[KeyPath, Mark]]  # of values, and of keys
_OFTEN: tuple[KeyPath, ...] = ((), ("id",))  # where faults of a record and of its page are told


@dataclass(frozen=True, slots=True)
class Tree:
    """The values of a YAML text with the place of each. ``spoiled`` are paths whose value was already reported
    and left out, so that nothing more needs to be said of them. A text that ``is_mended`` could be read only as if its
    faults were not there: good for checks, never for publishing. In ``repeated``, stretches of the text, things may be
    said again, for which it was blamed already. A text that ``is_plain`` gives its places again whenever they are asked for,
    so nobody need hold them; it begins on ``first_line`` of the file."""

    path: str
    value: Any
    text: str = field(repr=False)
    places: Places | None = field(repr=False, compare=False)
    spoiled: frozenset[KeyPath] = frozenset()
    is_mended: bool = False
    repeated: tuple[tuple[int, int], ...] = ()
    is_plain: bool = False
    first_line: int = 1
    few: Mapping[KeyPath, Mark] = field(default_factory=dict, repr=False, compare=False)

    @property
    def marks(self) -> Mapping[KeyPath, Mark]:
        """Where each value stands."""
        return self._all()[0]

    @property
    def keys(self) -> Mapping[KeyPath, Mark]:
        """Where each key stands."""
        return self._all()[1]

    def _all(self) -> Places:
        if self.places is None:
            read = lean.read(self.text, self.first_line, DEPTH_LIMIT)
            assert read is not None  # it was read the same way before
            object.__setattr__(self, "places", read[1:])
        assert self.places is not None
        return self.places

    def forget(self) -> None:
        """Hold no places but the few that are asked for of every record, where the text gives them again."""
        if self.is_plain and self.places is not None:
            object.__setattr__(self, "few", {key: self.places[0][key] for key in _OFTEN if key in self.places[0]})
            object.__setattr__(self, "places", None)

    def at(self, key: KeyPath) -> Any:
        """The value at ``key``."""
        value = self.value
        for step in key:
            value = value[step]
        return value

    def value_is(self, key: KeyPath, text: str) -> bool:
        """Whether the value at ``key`` is ``text`` itself, not something that holds it."""
        return key in self.marks and self.at(key) == text

    def span(self, key: KeyPath) -> Span:
        """The place of the value at ``key``, or of the nearest value around it."""
        if self.places is None and key in self.few:
            return self._place(self.few[key])
        while key and key not in self.marks:
            key = key[:-1]
        return self._place(self.marks[key])

    def key_span(self, key: KeyPath) -> Span:
        """The place of the key itself, or of its value where it has none (an item of a list)."""
        return self._place(self.keys[key]) if key in self.keys else self.span(key)

    def find(self, key: KeyPath, needle: str) -> Span:
        """The place of ``needle`` as written inside the value at ``key``; the value's own place if it is not
        there to the letter (an escape, a folded line)."""
        mark = self.marks.get(key)
        at = self.text.find(needle, mark.start, mark.end) if mark and needle else -1
        if at < 0:
            return self.span(key)
        before = self.text[:at]
        offset = self._first_line() - 1
        return Span(self.path, before.count("\n") + 1 + offset, at - (before.rfind("\n") + 1) + 1)

    def lines(self, key: KeyPath) -> tuple[int, int]:
        """The first and last line of the value at ``key``."""
        mark = self.marks[key]
        written = self.text[mark.start : mark.end].rstrip()
        return mark.line, mark.line + written.count("\n")

    def is_flow(self, key: KeyPath) -> bool:
        """Whether the collection at ``key`` is written in braces or brackets."""
        mark = self.marks.get(key)
        return mark is not None and self.text[mark.start : mark.start + 1] in ("{", "[")

    def column_in(self, line: int, column: int) -> int:
        """``column``, or where ``line`` ends if it is shorter."""
        lines = self.text.split("\n")
        return min(column, len(lines[line - self._first_line()]) + 1)

    def is_spoiled(self, key: KeyPath) -> bool:
        """Whether the value at ``key`` or one around it was already reported."""
        return any(key[:length] in self.spoiled for length in range(len(key) + 1))

    def is_repeated(self, key: KeyPath) -> bool:
        """Whether the value at ``key`` stands where things may be said again."""
        return key in self.marks and is_in(self.marks[key].start, self.repeated)

    def _first_line(self) -> int:
        root = self.marks[()]
        return root.line - self.text.count("\n", 0, root.start)

    def _place(self, mark: Mark) -> Span:
        return Span(self.path, mark.line, mark.column)


def is_in(at: int, stretches: tuple[tuple[int, int], ...]) -> bool:
    """Whether an offset lies in one of ``stretches``."""
    return any(start <= at <= end for start, end in stretches)


def leaves(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """All strings below ``value`` with their paths."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, (*path, index))
