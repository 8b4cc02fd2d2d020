"""What the schema cannot see of a unit."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.inspection import Inspection
from generator.catalog.record import Record
from generator.kinds.unit.model import Unit
from generator.messages import words
from generator.problems import Problem, problem


def check(record: Record, inspection: Inspection) -> Iterator[Problem]:
    """What can be wrong with one unit."""
    unit: Unit = record.data
    if unit.valid_to is not None and unit.valid_to <= unit.valid_from:
        yield problem("DAT-004", record.span("valid_to"), late=words("date.abolished"), early=words("date.founded"))
    if unit.successor is not None and unit.valid_to is None:
        yield problem("REF-005", record.span("successor"), id=unit.successor)
