"""IND-020: one batch is written in one way, or it is counted as two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.catalog.inspection import Inspection
from generator.catalog.records import Record
from generator.problems import Problem, Span, problem
from generator.text.numerals import natural


class _Written(NamedTuple):
    batch: tuple[Any, ...]  # the kind of record, the year and the batch, however it is written
    text: str
    span: Span


def check(inspection: Inspection) -> Iterator[Problem]:
    """第10批 and 第十批 of one year are one batch: those who write it as fewer do are told how most write it (IND-020)."""
    found = [each for record in inspection.catalog for each in _written(record)]
    spellings: dict[tuple[Any, ...], Counter[str]] = {}
    first: dict[tuple[tuple[Any, ...], str], Span] = {}
    for each in found:
        spellings.setdefault(each.batch, Counter())[each.text] += 1
        first.setdefault((each.batch, each.text), each.span)
    for each in found:
        usual = spellings[each.batch].most_common(1)[0][0]
        if each.text != usual:
            yield problem("IND-020", each.span, text=each.text, usual=usual, first=str(first[each.batch, usual]))


def _written(record: Record) -> Iterator[_Written]:
    data = record.data
    for at, each in enumerate(getattr(data, "star_records", ())):
        yield _of(record, each.year, each.batch, record.span("star_records", at, "batch"))
    if batch := getattr(data, "batch", None):
        yield _of(record, data.year, batch, record.span("batch"))
    if exemplary := getattr(data, "exemplary", None):
        yield _of(record, data.year, exemplary.batch, record.span("exemplary", "batch"))


def _of(record: Record, year: int | None, text: str, span: Span) -> _Written:
    return _Written((record.kind, year, natural(text)), text, span)
