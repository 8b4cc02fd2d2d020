"""The ``results:`` block of ``release.yml``, written by the program: that block and nothing else of the file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from generator.kinds.release.scoring import Standing
from generator.yaml.strict import Tree, parse

_KEY = ("results",)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


def rows(standings: Sequence[Standing]) -> list[Mapping[str, str]]:
    """What stands below ``results:``, as it is read back."""
    return [{"brand": each.candidate, "total": f"{each.total:f}", "rank": str(each.rank)} for each in standings]


def with_results(source: str, tree: Tree, standings: Sequence[Standing]) -> str | None:
    """``source``, the file as it is, with the results in place of those it has; ``tree`` is what was read from it.

    Comments, order and line ends stay, and doing it again changes nothing. ``None`` where the file is written in a way
    in which this cannot be done, such as all in one line.
    """
    lines = _LINE.findall(source)
    end = "\r\n" if "\r\n" in source else "\n"
    made = [f"  - {{{', '.join(f'{key}: {text}' for key, text in row.items())}}}{end}" for row in rows(standings)]
    if _KEY in tree.keys:
        first, last, rest = _extent(tree)
        key = [lines[first]] if rest is None else [f"results:{rest}{end}"]
        before, after = lines[:first], lines[last + 1 :]
    else:
        before, key, after = lines, [f"results:{end}"], []
    for part in (before, key):
        if part and not part[-1].endswith(("\r", "\n")):
            part[-1] += end
    text = "".join([*before, *key, *made, *after])
    return text if _is_same_but_for_results(text, tree, rows(standings)) else None


def _extent(tree: Tree) -> tuple[int, int, str | None]:
    """The first and last line (from 0) of the key with its value, and, where the key's own line must change, what stays
    behind it: a comment."""
    key = tree.keys[_KEY]
    value = tree.marks.get(_KEY)
    first = tree.text.count("\n", 0, key.start)
    if value is None or value.end <= value.start:
        return first, first, None
    if tree.text[value.start] == "[":
        last = tree.text.count("\n", 0, value.end)
        rest = tree.text[value.end :].split("\n", 1)[0].rstrip()
        return first, last, rest
    lines = tree.text[: value.end].split("\n")
    while not lines[-1].strip() or lines[-1].lstrip().startswith("#"):
        lines.pop()  # what follows the block up to the next key belongs to that key
    return first, len(lines) - 1, None


def _is_same_but_for_results(text: str, tree: Tree, expected: list[Mapping[str, str]]) -> bool:
    normal = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    made, problems = parse(tree.path, normal)
    return made is not None and not problems and _without(made.value, expected) == _without(tree.value, None)


def _without(value: Any, expected: list[Mapping[str, str]] | None) -> Any:
    """``value`` without its results, if they are those that are expected; they need not be there when none are."""
    if expected and value.get("results") != expected:
        return None
    return {key: item for key, item in value.items() if key != "results"}
