"""CPY-010: the same thing twice in one list of a record."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.inspection import Inspection
from generator.catalog.record import Record
from generator.checks.copies import folded
from generator.problems import Problem, problem
from generator.schema.fields import short
from generator.yaml.strict import KeyPath

_RULED_LISTS = frozenset({"halls", "candidates", "rounds", "criteria", "star_records", "series", "indicators"}) | {
    *("recusals", "stated", "reviews", "revisions", "suppressions", "holidays", "order", "sample")
}  # kinds have rules of their own for what may stand twice in these
_WORDS = ("src", "body", "text", "task", "citation", "intro")  # what says the same although the rest differs
_LEAST = 6  # characters that two items of one list do not share by chance
_DATES = frozenset({"date", "due", "done_on", "start", "end", "period", "year"})


def check(inspection: Inspection) -> Iterator[Problem]:
    """Items of a list that say the same (CPY-010); those with different dates are different."""
    for record in inspection.catalog:
        value = record.tree.value
        for step in record.at:
            value = value[step]
        yield from _lists(record, value, ())


def _lists(record: Record, value: object, path: KeyPath) -> Iterator[Problem]:
    if isinstance(value, dict):
        for key, each in value.items():
            if key not in _RULED_LISTS:
                yield from _lists(record, each, (*path, key))
    elif isinstance(value, list):
        if len(value) > 1:
            yield from _twice(record, value, path)
        for index, each in enumerate(value):
            yield from _lists(record, each, (*path, index))


def _twice(record: Record, items: list[object], path: KeyPath) -> Iterator[Problem]:
    first: dict[tuple[str, ...], int] = {}
    for index, item in enumerate(items):
        keys = list(_keys(item))
        earlier = next((first[key] for key in keys if key in first), None)
        for key in keys:
            first.setdefault(key, index)
        if earlier is not None:
            text = item if isinstance(item, str) else next(iter(item.values()), "") if isinstance(item, dict) else ""
            place = str(record.span(*path, earlier))
            yield problem("CPY-010", record.span(*path, index), text=short(text), first=place)


def _keys(item: object) -> Iterator[tuple[str, ...]]:
    """What an item is told by: the whole of it, and any words in it that two items do not share by chance."""
    if isinstance(item, str):
        yield ("", folded(item) or item)
    if not isinstance(item, dict):
        return
    yield ("", *(f"{key} {item[key]}" for key in sorted(item)))
    dates = tuple(f"{key} {item[key]}" for key in sorted(_DATES & item.keys()))
    for key in _WORDS:
        value = item.get(key)
        if isinstance(value, str):
            said = value.removeprefix("./") if key == "src" else folded(value)
            if key == "src" or len(said) >= _LEAST:
                yield (key, said, *dates)
    title = item.get("title")
    if isinstance(title, str) and "body" in item:
        yield ("title", folded(title))
