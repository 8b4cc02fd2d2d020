"""A year that is frozen has to be finished: none of its records waits to be published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from generator.catalog.catalog import Catalog
from generator.catalog.edition import Edition
from generator.catalog.record import DRAFT, REVIEW, Unfinished
from generator.messages import Words, words
from generator.problems import Problem, problem

_STATES = {DRAFT: "pending.draft", REVIEW: "pending.review"}


def check(
    catalog: Catalog, unfinished: Iterable[Unfinished], edition: Edition, labels: Mapping[str, Words]
) -> Iterator[Problem]:
    """Every record of the year of ``edition`` that is not public yet and may still become so (ARC-020): drafts, what is under
    review, what has its day or hour ahead. A title of what is secret until its hour is not told."""
    now = replace(edition, year=None, frozen=None)
    for record in catalog:
        data = record.data
        if data.year == edition.year and now.awaits(record):
            key = "status" if data.status != "published" else "announced_on" if data.is_secret else "published_on"
            title = record.id if data.is_secret else data.heading
            yield problem(
                "ARC-020", record.span(key), year=edition.year, kind=labels[record.kind], title=title, state=_state(data.status)
            )
    for each in unfinished:
        value = each.tree.at(each.at)
        if isinstance(value, dict) and str(value.get("year")) == str(edition.year):
            place = each.tree.span((*each.at, "status"))
            yield problem("ARC-020", place, year=edition.year, kind=labels[each.kind], title=each.id, state=_state(each.status))


def _state(status: str) -> Words:
    return words(_STATES.get(status, "pending.later"))
