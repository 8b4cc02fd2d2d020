"""What the schema cannot see of an exhibition: its stops and what hangs in its halls."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.catalog import Key
from generator.catalog.inspection import Inspection
from generator.catalog.model import RecordData
from generator.catalog.record import Record
from generator.kinds.exhibition.model import Exhibition
from generator.messages import words
from generator.problems import Problem, Span, problem
from generator.site.route import named
from generator.text.dates import is_over


def check(record: Record, inspection: Inspection) -> Iterator[Problem]:
    """What the schema cannot see of one exhibition."""
    exhibition: Exhibition = record.data
    yield from _check_items(record)
    yield from _check_stop_ids(record)
    written = max([inspection.today, *RecordData.days(exhibition)])  # an edition of the past reads what came later
    for index, stop in enumerate(exhibition.stops):
        if is_over(stop.end, stop.start):
            late, early = words("date.stop_end"), words("date.stop_start")
            yield problem("DAT-004", record.span("stops", index, "end"), late=late, early=early)
        elif exhibition.status not in ("draft", "withdrawn") and not stop.fits(written):
            yield problem(
                "DAT-005",
                record.span("stops", index, "status"),
                status=stop.status,
                start=stop.start.isoformat(),
                end=str(stop.end),
                expected=stop.status_on(written),
            )


def _check_stop_ids(record: Record) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for index, stop in enumerate(record.data.stops):
        if stop.id and first.setdefault(stop.id, index) != index:
            place = record.span("stops", first[stop.id], "id")
            yield problem("ID-001", record.span("stops", index, "id"), id=stop.id, first=str(place))


def _check_items(record: Record) -> Iterator[Problem]:
    first: dict[Key, Span] = {}
    for number, hall in enumerate(record.data.halls):
        for index, item in enumerate(hall.items):
            keys = named(item)
            place = ("halls", number, "items", index)
            if len(keys) + (item.panel is not None) != 1:
                yield problem("EXH-001", record.span(*place), count=len(keys) + (item.panel is not None))
                continue
            if item.panel is not None:
                if item.label is not None:
                    yield problem("EXH-002", record.span(*place, "label"))
                continue
            span = record.span(*place, keys[0][0])
            if first.setdefault(keys[0], span) is not span:
                yield problem("REF-006", span, id=keys[0][1], first=str(first[keys[0]]))
        if hall.items and all(each.panel is not None and not named(each) for each in hall.items):
            yield problem("EXH-003", record.span("halls", number, "items"), title=hall.title)
