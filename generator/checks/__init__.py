"""Rules that cut across kinds. Each is the function ``check`` of a module here, which is named once below."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from generator.catalog.inspection import Inspection
from generator.problems import Problem

Rule = Callable[[Inspection], Iterator[Problem]]

# Rules about values, which hold for a record with mistakes as well.
_OF_VALUES = (
    "references",
    "dates",
    "reviews",
    "batches",
)
# The others.
_OF_SITES = (
    "copies",
    "files",
    "root",
    "withdrawn",
)


def _checks(names: tuple[str, ...]) -> tuple[Rule, ...]:
    return tuple(import_module(f"{__name__}.{each}").check for each in names)


OF_VALUES = _checks(_OF_VALUES)
RULES = (*OF_VALUES, *_checks(_OF_SITES))
