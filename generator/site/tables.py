"""Tables as data: what can be downloaded beside a list or a report, with the words that explain each column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

Cell = str | int | Decimal | date | bool | None
ColumnType = Literal["text", "integer", "number", "date", "flag"]
Format = Literal["csv", "xlsx", "json"]

FORMATS: tuple[Format, ...] = ("csv", "xlsx", "json")
DATA = "data/"
SEPARATOR = "；"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in JSON and in the data dictionary, its heading for people, what stands in it."""

    name: str
    label: str
    type: ColumnType
    about: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table for download. ``name`` is the stem of its files and never changes; several values in one cell are joined
    by a semicolon. ``updated`` is the last day on which any of its rows changed."""

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...] = field(repr=False)
    updated: date | None = None


def file_address(name: str, format: Format) -> str:
    """The address of a file of the table ``name``."""
    return f"{DATA}{name}.{format}"


def dictionary_address(name: str) -> str:
    """The address of the page that explains the table ``name``."""
    return f"{DATA}{name}/"


def joined(values: Iterable[str]) -> str | None:
    """Several values as one cell, ``None`` for none. A semicolon inside a value gives way to a comma, so that the cell
    can be taken apart again."""
    return SEPARATOR.join(each.replace(SEPARATOR, "，") for each in values) or None
