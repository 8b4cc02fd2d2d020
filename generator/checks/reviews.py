"""REV-*: nothing is published without its final review, and nothing is withdrawn without a word."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.inspection import Inspection
from generator.catalog.record import Record
from generator.messages import Words, words
from generator.problems import Problem, problem

FINAL_STAGE = "终审"


def check(inspection: Inspection) -> Iterator[Problem]:
    """A published record of a kind that is reviewed has passed the final stage (REV-001). One that was public and is
    withdrawn says when and why (REV-002), and only a withdrawn one does (REV-003)."""
    for record in inspection.catalog:
        yield from _withdrawal(record)
        data = record.data
        if data.status != "published" or not data.needs_review:
            continue
        if all(review.stage != FINAL_STAGE for review in data.reviews):
            key = ("reviews",) if data.reviews else ("status",)
            yield problem("REV-001", record.span(*key))


def _withdrawal(record: Record) -> Iterator[Problem]:
    data = record.data
    if data.was_public_from is not None:
        missing = [name for name in ("withdrawn_on", "withdrawn_reason") if getattr(data, name) is None]
        if missing:
            yield problem("REV-002", record.span("status"), missing=_listed(missing))
    elif data.status != "withdrawn":
        given = [name for name in ("withdrawn_on", "withdrawn_reason") if getattr(data, name) is not None]
        if given:
            yield problem("REV-003", record.span(given[0]), status=data.status)


def _listed(names: list[str]) -> Words:
    found = [words(f"missing.{name}") for name in names]
    return Words("和".join(each.zh for each in found), " and ".join(each.en for each in found))
