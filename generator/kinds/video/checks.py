"""What the schema cannot see of a film: the files beside it, and what it names."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.inspection import Inspection
from generator.catalog.record import Record
from generator.kinds.video import files
from generator.problems import Problem, problem


def check(record: Record, inspection: Inspection) -> Iterator[Problem]:
    """The faults of the files beside a film (VID-*), and items that name none or both (VID-011)."""
    yield from files.check(record, inspection)
    for index, item in enumerate(record.data.items):
        if (item.brand is None) == (item.project is None):
            yield problem("VID-011", record.span("items", index))
