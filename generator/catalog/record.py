"""What is known of a record once it is read: its values, and where in the sources each of them stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from generator.problems import Span
from generator.source.files import SourceFile, SourceText
from generator.story import Story
from generator.yaml.strict import KeyPath, Tree

DRAFT, REVIEW = "draft", "review"
ALL = "*"  # stands among the broken ids of a kind for every one of them: its one file cannot be read


@dataclass(frozen=True, slots=True)
class Record:
    """A valid record: its values, and where in the sources each of them stands. ``digests`` are those (SHA-256) of the
    texts it was read from, by their paths; of a row of a shared file that of its own lines, at ``path#id``."""

    kind: str
    id: str
    data: Any  # the kind's own model, a RecordData
    path: str
    folder: str
    tree: Tree = field(repr=False)
    at: KeyPath = ()
    story: Story | None = field(default=None, repr=False)
    texts: Mapping[str, SourceText] = field(default_factory=dict, repr=False)  # by the name of the file beside it
    beside: Mapping[str, SourceFile] = field(default_factory=dict, repr=False)  # by name; never read here
    unread: tuple[str, ...] = ()  # the paths of texts that belong to it and could not be read
    digests: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def digest(self) -> str:
        """One digest for all of its texts: that of the lines which ``sha256sum`` prints for them, sorted by path."""
        return sha256("".join(f"{digest}  {path}\n" for path, digest in self.digests.items()).encode()).hexdigest()

    def span(self, *key: str | int) -> Span:
        """The place of the value at ``key``."""
        return self.tree.span((*self.at, *key))

    @property
    def files(self) -> tuple[str, ...]:
        """The text files the record is read from."""
        beside = tuple(each.path for each in self.texts.values())
        story = (self.story.path,) if self.story else ()
        return (self.path, *story, *beside, *self.unread)

    def covers(self, span: Span) -> bool:
        """Whether ``span`` lies in what the record is read from: its files, or its rows of a shared one."""
        if span.path != self.path or not self.at:
            return span.path in self.files
        first, last = self.tree.lines(self.at)
        return first <= span.line <= last


@dataclass(frozen=True, slots=True)
class Inside:
    """Something inside a record that others may name by an id of its own, such as an indicator of a report."""

    kind: str
    id: str
    heading: str
    at: KeyPath


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A draft, or something under review, that is not a record yet: a value is missing or not right."""

    kind: str
    id: str
    path: str
    folder: str
    status: str
    tree: Tree = field(repr=False)
    at: KeyPath = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that could be read. ``broken`` are records that exist but cannot be used, so that nothing that refers to
    them is blamed; ``used`` are the files that belong to some record. ``faulty`` are the broken ones that could be
    filled in for further checks, each with all its fillings (see ``generator.schema.filling``); ``unfinished`` are the broken ones
    that say they are not public yet. ``kept`` is how many of ``records`` came from the cache."""

    records: tuple[Record, ...]
    broken: frozenset[tuple[str, str]]
    used: frozenset[str]
    faulty: tuple[tuple[Record, ...], ...] = ()
    unfinished: tuple[Unfinished, ...] = ()
    kept: int = 0

    @property
    def looked_at(self) -> tuple[Record, ...]:
        """The sound records, and those that have mistakes but can be checked."""
        return (*self.records, *(fillings[0] for fillings in self.faulty))


def status_of(tree: Tree, at: KeyPath = ()) -> str | None:
    """The status as it is written, of a record that need not be valid."""
    value = tree.value
    for step in at:
        value = value[step]
    status = value.get("status") if isinstance(value, dict) else None
    return status if isinstance(status, str) else None
