"""Tables as data: what can be downloaded beside a list or a report, with the words that explain each column."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

Cell = str | int | Decimal | date | bool | None
ColumnType = Literal["text", "integer", "number", "date", "flag"]


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
