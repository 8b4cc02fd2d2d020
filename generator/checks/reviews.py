"""REV-*: nothing is published without its final review."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog import Catalog
from generator.problems import Problem, problem

FINAL_STAGE = "终审"


def check(catalog: Catalog) -> Iterator[Problem]:
    """A published record of a kind that is reviewed has passed the final stage (REV-001)."""
    for record in catalog:
        data = record.data
        if data.status != "published" or not data.needs_review:
            continue
        if all(review.stage != FINAL_STAGE for review in data.reviews):
            key = ("reviews",) if data.reviews else ("status",)
            yield problem("REV-001", record.span(*key))
