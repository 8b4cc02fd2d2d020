"""DAT-*: the dates every record has must exist and be in an order that can have happened."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.inspection import Inspection
from generator.catalog.record import Record
from generator.messages import words
from generator.problems import Problem, problem


def check(inspection: Inspection) -> Iterator[Problem]:
    """A published record says since when (DAT-003); updates and revisions come after that, reviews before it, and
    reviews in the order of their stages (DAT-004)."""
    for record in inspection.catalog:
        yield from _publication(record)
        yield from _reviews(record)


def _publication(record: Record) -> Iterator[Problem]:
    data = record.data
    published = data.published_on
    if data.status == "published" and data.is_dated and published is None:
        yield problem("DAT-003", record.span("status"))
    if published is None:
        return
    if data.updated_on and data.updated_on < published:
        yield _disorder(record, ("updated_on",), "date.updated", "date.published")
    for index, revision in enumerate(data.revisions):
        if revision.date < published:
            yield _disorder(record, ("revisions", index, "date"), "date.revision", "date.published")
    for index, review in enumerate(data.reviews):
        if review.date > published:
            yield _disorder(record, ("reviews", index, "date"), "date.published", "date.review")


def _reviews(record: Record) -> Iterator[Problem]:
    reviews = record.data.reviews
    for index in range(1, len(reviews)):
        if reviews[index].date < reviews[index - 1].date:
            yield _disorder(record, ("reviews", index, "date"), "date.later_review", "date.earlier_review")


def _disorder(record: Record, key: tuple[str | int, ...], late: str, early: str) -> Problem:
    return problem("DAT-004", record.span(*key), late=words(late), early=words(early))
