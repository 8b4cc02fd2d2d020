"""What the schema cannot see of a pioneer: whether a person agreed."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.inspection import Inspection
from generator.catalog.record import Record
from generator.kinds.pioneer.model import Pioneer
from generator.messages import words
from generator.problems import Problem, problem


def check(record: Record, inspection: Inspection) -> Iterator[Problem]:
    """Whether a person, who has to agree, did."""
    pioneer: Pioneer = record.data
    if not pioneer.is_person:
        return
    if pioneer.consent_ref is None:
        yield problem("PII-004", record.span("kind"), label=words("pioneer.this"))
    if pioneer.photo is not None and pioneer.photo.consent_ref is None:
        yield problem("PII-004", record.span("photo", "src"), label=words("pioneer.photo"))
