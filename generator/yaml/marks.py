"""Where a value of a text stands."""

from __future__ import annotations

from typing import NamedTuple


class Mark(NamedTuple):
    """Where a value stands: its line and column in the file, its offsets in the text."""

    line: int
    column: int
    start: int
    end: int
