"""What a page or file was made from: which fields of which records were asked for while it was made.

A record is read field by field, so what asked for a name does not care for a text that was edited. The fields of records, of
their stories and of the texts beside them tell of every question, but only while ``watch`` lasts: a program that only checks
pays nothing.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from generator.catalog.record import Record
from generator.story import Story

_OF_STORIES = ("html", "links", "headings")
_OF_RECORDS = ("texts", "digests")
_MOST_FIELDS = 512  # of all kinds together, and of a record
_EVERYTHING = b"*"  # no packed numbers
_asked: set[tuple[int, str]] = set()  # by the identity of what was asked; one for the process, as the classes are
_told: dict[tuple[str, str], str] = {}


def told(what: str, address: str, said: str) -> str:
    """Note what was ``said`` of the file at ``address``, and return it."""
    _told[what, address] = said
    return said


@dataclass(slots=True)
class Reads:
    """Tells what was asked for of ``records``, as numbers of a record's field: one more for each field of each record."""

    _bases: dict[int, int] = field(default_factory=dict)
    _fields: Mapping[str, int] = field(default_factory=dict)
    _held: list[object] = field(default_factory=list)  # keeps each identity from being given to something else
    _watched: list[tuple[type, str, Any]] = field(default_factory=list)

    def watch(self, records: Iterable[Record]) -> None:
        """From now on note what is asked of ``records``, until ``end``."""
        records = tuple(records)
        classes: dict[type, tuple[str, ...]] = {Record: _OF_RECORDS, Story: _OF_STORIES}
        classes |= {type(each.data): (*type(each.data).model_fields,) for each in records}
        names = sorted({name for fields in classes.values() for name in fields})
        if len(names) > _MOST_FIELDS:
            raise ValueError(f"more than {_MOST_FIELDS} fields")
        self._fields = {name: number for number, name in enumerate(names)}
        for number, record in enumerate(records):
            parts = (record, record.data, *((record.story,) if record.story is not None else ()))
            self._held += parts
            self._bases |= {id(each): number * _MOST_FIELDS for each in parts}
        self._watch((each, name, vars(each).get(name)) for each, fields in classes.items() for name in fields)

    def _watch(self, fields: Iterable[tuple[type, str, Any]]) -> None:
        for each, name, before in fields:
            self._watched.append((each, name, before))
            setattr(each, name, _telling(name, before))

    def end(self) -> None:
        """Note nothing any more."""
        while self._watched:
            each, name, before = self._watched.pop()
            if before is None:
                delattr(each, name)
            else:
                setattr(each, name, before)

    def begin(self) -> None:
        """Forget what was asked so far."""
        _asked.clear()
        _told.clear()

    def taken(self) -> Asked | None:
        """What was asked since ``begin``; ``None`` where something was that belongs to none of the records: nobody knows
        when that changes."""
        bases, fields = self._bases, self._fields
        try:
            numbers = sorted(bases[each] + fields[name] for each, name in _asked)
        except KeyError:
            return None
        return Asked(array("L", numbers).tobytes(), dict(_told))

    @contextmanager
    def paused(self) -> Iterator[None]:
        """While this lasts nothing is noted: for what asks for everything anyway."""
        watched = [*self._watched]
        self.end()
        try:
            yield
        finally:
            self._watch(watched)

    def numbers(self, fields: Iterable[str], record: int) -> Iterator[int]:
        """The numbers of ``fields`` of the ``record`` with that number."""
        return (record * _MOST_FIELDS + self._fields[name] for name in fields)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: ``numbers`` of fields, packed, and what was told of files, by what it was and their address."""

    numbers: bytes = field(default=b"", repr=False)
    told: Mapping[tuple[str, str], str] = field(default_factory=dict, repr=False)

    def has_any(self, changed: frozenset[int]) -> bool:
        """Whether any of the fields ``changed`` was asked for."""
        if self.numbers == _EVERYTHING:
            return bool(changed)
        found = array("L")
        found.frombytes(self.numbers)
        return not changed.isdisjoint(found)


EVERYTHING = Asked(_EVERYTHING)


@contextmanager
def ending(reads: Reads | None) -> Iterator[None]:
    """Whatever happens while this lasts, nothing is noted after it."""
    try:
        yield
    finally:
        if reads is not None:
            reads.end()


def digests(record: Record) -> Mapping[str, bytes]:
    """A digest of each field that can be asked for, by its name."""
    told: dict[str, object] = {name: vars(record.data)[name] for name in type(record.data).model_fields}
    if record.story is not None:
        told |= {name: getattr(record.story, name) for name in _OF_STORIES}
    told |= {name: getattr(record, name) for name in _OF_RECORDS}
    return {name: sha256(repr(each).encode("utf-8", "surrogatepass")).digest()[:12] for name, each in told.items()}


def _telling(name: str, before: Any) -> property:
    """A field that tells when it is asked for. A class with slots has one ``before``, any other keeps it in itself."""
    note = _asked.add

    def of_slot(held: Any) -> Any:
        note((id(held), name))
        return before.__get__(held)

    def of_self(held: Any) -> Any:
        note((id(held), name))
        return held.__dict__[name]

    get: Callable[[Any], Any] = of_self if before is None else of_slot
    return property(get, None if before is None else before.__set__)

