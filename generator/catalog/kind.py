"""A kind of record: what it is called, where its records stand, how they are checked, ordered and addressed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from generator.catalog.inspection import Inspection
from generator.catalog.model import RecordData
from generator.catalog.record import Inside, Record
from generator.messages import Words
from generator.problems import Problem
from generator.text.numerals import natural

Check = Callable[[Record, Inspection], Iterator[Problem]]


class Layout(NamedTuple):
    """Where the records of a kind stand.

    ``form`` is ``folder`` (one record in ``pattern``, where ``{id}`` is its folder and ``{year}`` any year), ``file``
    (one record in each file ``pattern``, where ``{id}`` is its name), ``roster`` (a list of records in the one file
    ``pattern``) or ``markdown`` (a record in each Markdown file below the folder ``pattern``). ``story`` is the file
    name of a folder's story, ``sides`` are the names of text files that a record may have beside it (``*.vtt`` means
    any of that ending); they are read into ``Record.texts``. ``beside`` are the names of its other files, such as films;
    they are listed in ``Record.beside`` and only the kind itself looks into them.
    """

    form: Literal["folder", "file", "roster", "markdown"]
    pattern: str
    story: str | None = None
    sides: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    def id_in(self, path: str) -> str | None:
        """The id of the record in whose folder ``path`` lies or which it is; ``None`` for any other place, and for records
        that have no folder."""
        folder = re.escape(self.pattern.rpartition("/")[0]).replace(r"\{id\}", "([^/]+)").replace(r"\{year\}", "[0-9]{4}")
        hit = re.fullmatch(f"{folder}(?:/.*)?", path) if self.form == "folder" else None
        return hit[1] if hit else None


def no_checks(record: Record, inspection: Inspection) -> Iterator[Problem]:
    """For a kind whose schema says it all."""
    return iter(())


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record: everything the pipeline needs to know of it until the public part is shown; how it is shown is
    its ``generator.site.presenter.Presenter``.

    ``about`` says to a clerk where its records are written. ``address`` gives the permanent address of a record's page,
    or of its place on a page of several (``…/#id``); ``None`` for a kind that has neither. ``order`` is the key by which
    records are sorted. ``check`` yields the problems of one record that its schema cannot see. ``inside`` yields what in a
    record has an id of its own and ``holds`` says under which names. ``short`` begins the short address that printed codes
    lead to, ``b`` for ``b/<id>/``: every kind with a page for each record has one of its own, which never changes. ``passing``
    is the form of the pages below that of a record that come and go with what it holds: one that is gone leads to the record.
    """

    name: str
    label: Words
    model: type[RecordData]
    layout: Layout
    address: Callable[[str], str] | None
    order: Callable[[Record], Any]
    about: str = ""
    check: Check = no_checks
    index: str = ""  # the address of the page that lists them all
    is_yearly: bool = True  # whether its records are shown on the page of their year
    is_announced: bool = False  # whether the home page announces the newest of them
    inside: Callable[[Record], Iterator[Inside]] = lambda record: iter(())
    holds: tuple[str, ...] = ()
    short: str = ""
    passing: str = ""

    @property
    def section(self) -> str:
        """Where the list of its records stands, such as ``brands/``; empty for a kind without, or without one place."""
        if self.address is None or self.layout.form == "markdown":
            return ""
        return f"{self.address('-').split('/')[0]}/"

    def short_address(self, id: str) -> str | None:
        """The permanent short address of a record, ``None`` for a kind without."""
        return f"{self.short}/{id}/" if self.short else None


def newest_first(record: Record) -> tuple[Any, ...]:
    """Order records by their year, the newest first, then by their id, whose numbers count as such: ``hall-2`` before
    ``hall-10``."""
    return (-record.data.year, natural(record.id), record.id)
