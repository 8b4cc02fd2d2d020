"""Suppressions: a record says with a reason and a reviewer where a rule is wrong, and the problem is lifted, not lost.

Only problems whose entry in the catalogue says so (``lift = true``) can be lifted. What is lifted is listed by ``check``;
what has ended, is not needed or cannot be lifted is a problem itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from generator.catalog.catalog import Catalog
from generator.catalog.record import Record
from generator.messages import Words
from generator.problems import CATALOGUE, Problem, Span, problem
from generator.schema.validation import nearest


@dataclass(frozen=True, slots=True)
class Lifted:
    """A problem that a record's suppression lifted: why, who says so, until when, and where that is written."""

    problem: Problem
    reason: str
    reviewer: str
    until: date | None
    span: Span


def apply(problems: Iterable[Problem], catalog: Catalog, today: date) -> tuple[tuple[Problem, ...], tuple[Lifted, ...]]:
    """Divide ``problems`` into those that remain, with those of the suppressions themselves, and those lifted."""
    found = tuple(problems)
    suppressing = [record for record in catalog if record.data.suppressions]
    if not suppressing:
        return found, ()
    by_path: dict[str, list[Problem]] = {}
    for each in found:
        by_path.setdefault(each.span.path, []).append(each)
    lifted: dict[Problem, Lifted] = {}
    own: list[Problem] = []
    for record in suppressing:
        here = [each for path in record.files for each in by_path.get(path, ()) if record.covers(each.span)]
        own += _of_record(record, here, today, lifted)
    return (*(each for each in found if each not in lifted), *own), tuple(lifted.values())


def _of_record(record: Record, here: list[Problem], today: date, lifted: dict[Problem, Lifted]) -> Iterator[Problem]:
    for index, each in enumerate(record.data.suppressions):
        span = record.span("suppressions", index)
        entry = CATALOGUE.get(each.code)
        if entry is None or not entry.can_be_lifted:
            yield problem("TXT-066", record.span("suppressions", index, "code"), which=each.code, hint=_hint(each.code))
            continue
        meant = [found for found in here if found.code == each.code]
        if each.until is not None and each.until < today:
            at = record.span("suppressions", index, "until")
            yield problem("TXT-067", at, which=each.code, until=each.until.isoformat())
        elif not meant:
            yield problem("TXT-068", span, which=each.code)
        for found in meant if each.until is None or each.until >= today else ():
            lifted.setdefault(found, Lifted(found, each.reason, each.reviewer, each.until, span))


def _hint(code: str) -> Words:
    known: Mapping[str, str] = {each.code: each.code for each in CATALOGUE.values() if each.can_be_lifted}
    guess = nearest(code, known) if code not in CATALOGUE else None
    return Words(f"是不是“{guess}”？", f"Did you mean {guess}?") if guess else Words("", "")
