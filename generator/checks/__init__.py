"""Rules that cut across kinds. Each is one function ``check`` of a module here, listed once below."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.catalog.inspection import Inspection
from generator.checks import batches, copies, dates, duplicates, files, references, reviews, root, withdrawn
from generator.problems import Problem

Rule = Callable[[Inspection], Iterator[Problem]]

# Rules about values, which hold for a record with mistakes as well.
OF_VALUES: tuple[Rule, ...] = (
    references.check,
    dates.check,
    reviews.check,
    duplicates.check,
    batches.check,
)

RULES: tuple[Rule, ...] = (
    *OF_VALUES,
    copies.check,
    files.check,
    root.check,
    withdrawn.check,
)
