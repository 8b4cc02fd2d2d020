"""Tables as data: what can be downloaded beside a list or a report, with the words that explain each column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, Protocol, cast

from generator.messages import Language, say

Cell = str | int | Decimal | date | bool | None
ColumnType = Literal["text", "integer", "number", "date", "flag"]

DATA = "data/"
# Between several values in one cell: the sign that programs split at, and that Chinese prose does not use itself.
SEPARATOR = ";"
_SHARED: Mapping[str, ColumnType] = {"sample": "flag", "sample_fields": "text"}  # what they mean is the same everywhere


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in JSON and in the data dictionary, its heading for people, what stands in it."""

    name: str
    label: str
    type: ColumnType
    about: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table for download. ``name`` is the stem of its files and never changes; several values in one cell are
    ``joined``. ``updated`` is the last day on which any of its rows changed."""

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...] = field(repr=False)
    updated: date | None = None


def columns(spec: str) -> Mapping[str, ColumnType]:
    """The columns that ``spec`` names in their order, each as ``name`` or, where it is no text, ``name:type``."""
    named = (each.partition(":") for each in spec.split())
    return {name: cast(ColumnType, type_ or "text") for name, _, type_ in named}


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a file says of where it comes from; only what the configuration gives."""

    site: str
    language: Language
    address: str | None = None
    publisher: str | None = None
    licence: tuple[str, str] | None = None  # name, address
    frequency: str | None = None
    contact: str | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """A format in which every table can be downloaded: the ending of its files, their media type, and how a table is
    written. Formats are offered by ``order``; one that ``is_text`` is in UTF-8."""

    ending: str
    media_type: str
    write: Callable[[Table, Provenance], bytes] = field(repr=False)
    order: int
    is_text: bool = True


def file_address(name: str, ending: str) -> str:
    """The address of a file of the table ``name``."""
    return f"{DATA}{name}.{ending}"


def dictionary_address(name: str) -> str:
    """The address of the page that explains the table ``name``."""
    return f"{DATA}{name}/"


def joined(values: Iterable[str] | None) -> str | None:
    """Several values as one cell, ``None`` for none. A semicolon inside a value gives way to the Chinese one, so that the
    cell can be taken apart again."""
    return SEPARATOR.join(each.replace(SEPARATOR, "；") for each in values or ()) or None


class _Sampled(Protocol):
    @property
    def is_sample(self) -> bool: ...

    @property
    def sample_fields(self) -> tuple[str, ...]: ...


Cells = tuple[_Sampled, Mapping[str, Cell]]  # what a row tells of, and its cells by the names of the columns


def record_table(
    name: str,
    key: str,
    language: Language,
    types: Mapping[str, ColumnType],
    rows: Iterable[Cells],
    updated: date | None = None,
) -> Table:
    """A table of what records say, with the columns that tell of each row whether it is sample content."""
    made = ({**cells, "sample": data.is_sample, "sample_fields": joined(data.sample_fields)} for data, cells in rows)
    return table(name, key, language, {**types, **_SHARED}, made, updated)


def table(
    name: str,
    key: str,
    language: Language,
    types: Mapping[str, ColumnType],
    rows: Iterable[Mapping[str, Cell]],
    updated: date | None = None,
) -> Table:
    """A table whose columns are those of ``types``, in that order, and whose rows have exactly these. The wording ``key``
    is its title, ``{key}.{column}`` the heading of a column, either with ``.about`` the explanation."""
    columns = tuple(_column(each, "table" if each in _SHARED else key, type_, language) for each, type_ in types.items())
    listed = tuple(_ordered(cells, types) for cells in rows)
    return Table(name, say(key, language), say(f"{key}.about", language), columns, listed, updated)


def _column(name: str, key: str, type_: ColumnType, language: Language) -> Column:
    return Column(name, say(f"{key}.{name}", language), type_, say(f"{key}.{name}.about", language))


def _ordered(cells: Mapping[str, Cell], names: Iterable[str]) -> tuple[Cell, ...]:
    found = tuple(cells[each] for each in names)
    if len(found) != len(cells):
        raise ValueError(f"cells without a column: {sorted(cells.keys() - set(names))}")
    return found
