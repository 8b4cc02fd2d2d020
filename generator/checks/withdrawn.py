"""A day of withdrawal that has not come."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.inspection import Inspection
from generator.problems import Problem, problem


def check(inspection: Inspection) -> Iterator[Problem]:
    """A record that is withdrawn on a later day is withdrawn already (DAT-010). The edition of a year cannot know."""
    if inspection.edition.year is not None:
        return
    for record in inspection.edition.buried(inspection.catalog):
        day = record.data.withdrawn_on
        if day is not None and day > inspection.today:
            yield problem("DAT-010", record.span("withdrawn_on"), day=day.isoformat())
