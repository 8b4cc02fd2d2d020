"""CPY-010: the same thing twice in one list of a record."""

from __future__ import annotations

from collections.abc import Iterator

from generator.problems import Problem, problem
from generator.proofreading.sameness import folded
from generator.schema.fields import short
from generator.yaml.strict import KeyPath, Tree

_RULED_LISTS = frozenset({"halls", "candidates", "rounds", "criteria", "star_records", "series", "indicators"}) | {
    *("recusals", "stated", "reviews", "revisions", "suppressions", "holidays", "order", "sample")
}  # kinds have rules of their own for what may stand twice in these
_WORDS = ("src", "body", "text", "task", "citation", "intro")  # what says the same although the rest differs
_LEAST = 6  # characters that two items of one list do not share by chance
_DATES = frozenset({"date", "due", "done_on", "start", "end", "period", "year"})


def repeated(tree: Tree, at: KeyPath) -> Iterator[Problem]:
    """Items of a list of the record at ``at`` that say the same (CPY-010); those with different dates are different."""
    value = tree.value
    for step in at:
        value = value[step]
    yield from _lists(tree, value, at)


def _lists(tree: Tree, value: object, path: KeyPath) -> Iterator[Problem]:
    if isinstance(value, dict):
        for key, each in value.items():
            if key not in _RULED_LISTS:
                yield from _lists(tree, each, (*path, key))
    elif isinstance(value, list):
        if len(value) > 1:
            yield from _twice(tree, value, path)
        for index, each in enumerate(value):
            yield from _lists(tree, each, (*path, index))


def _twice(tree: Tree, items: list[object], path: KeyPath) -> Iterator[Problem]:
    first: dict[tuple[str, ...], int] = {}
    for index, item in enumerate(items):
        keys = list(_keys(item))
        earlier = next((first[key] for key in keys if key in first), None)
        for key in keys:
            first.setdefault(key, index)
        if earlier is not None:
            text = item if isinstance(item, str) else next(iter(item.values()), "") if isinstance(item, dict) else ""
            place = str(tree.span((*path, earlier)))
            yield problem("CPY-010", tree.span((*path, index)), text=short(text), first=place)


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
