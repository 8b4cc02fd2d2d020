"""Rules that cut across kinds. Each is one function of a module here, listed once in ``RULES``."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.catalog.catalog import Catalog
from generator.checks import batches, dates, duplicates, reviews
from generator.problems import Problem

Rule = Callable[[Catalog], Iterator[Problem]]

RULES: tuple[Rule, ...] = (dates.check, reviews.check, duplicates.check, batches.check)
