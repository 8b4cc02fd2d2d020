"""What the schema cannot see of a branch."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.inspection import Inspection
from generator.catalog.record import Record
from generator.problems import Problem, problem


def check(record: Record, inspection: Inspection) -> Iterator[Problem]:
    """What can be wrong with the ratings of one branch."""
    first: dict[str, int] = {}
    latest = 0
    for index, each in enumerate(record.data.star_records):
        if each.batch in first:
            earlier = record.span("star_records", first[each.batch], "batch")
            yield problem("IND-002", record.span("star_records", index, "batch"), period=each.batch, first=str(earlier))
            continue
        first[each.batch] = index
        if each.year < latest:
            yield problem("IND-015", record.span("star_records", index, "year"), year=each.year, before=latest)
        latest = max(latest, each.year)
