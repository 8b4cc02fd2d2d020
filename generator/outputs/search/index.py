"""The files of the index, each one call of a script.

``head`` holds what is needed before the first question: where the shards begin and which characters are folded;
``facets`` what each entry is of, ``table`` what the texts are packed with; ``g0``, ``g1``, … the pairs, ``t0``, … the texts, ``pa`` to ``pz`` the sounds
of names. Every file carries the version of all, so that a browser never joins old and new.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate
from string import ascii_lowercase
from typing import Any

from generator.outputs.search import grams, packing, sounds
from generator.outputs.search.coding import column
from generator.outputs.search.entries import FIELD, SearchEntry
from generator.outputs.search.folding import fold, needed

FOLDER = "search/"
CALL = "exhibitSearch"
_PER_GRAM_SHARD, _PER_TEXT_SHARD, _LEAST = 8, 4, 8


@dataclass(frozen=True, slots=True)
class Labels:
    """How the values of the facets are called, in the order in which they are offered: id → label. Years are in the order
    of time, newest first."""

    kinds: Mapping[str, str]
    year: Callable[[int], str]
    units: Mapping[str, str]
    categories: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Size:
    """How many shards an index of a number of entries has, known before it is made."""

    grams: int
    texts: int

    @classmethod
    def of(cls, entries: int) -> Size:
        """The size for ``entries``."""
        return cls(max(_LEAST, -(-entries // _PER_GRAM_SHARD)), max(1, -(-entries // _PER_TEXT_SHARD)))

    def names(self) -> Iterator[str]:
        """The name of every file."""
        yield from ("head", "facets", "table")
        yield from (f"g{each}" for each in range(self.grams))
        yield from (f"t{each}" for each in range(self.texts))
        yield from (f"p{each}" for each in ascii_lowercase)


def make(entries: Sequence[SearchEntry], labels: Labels) -> Mapping[str, bytes]:
    """The files of the index of ``entries``: name → content."""
    size = Size.of(len(entries))
    fields = [each.fields for each in entries]
    folded = [tuple(map(fold, each)) for each in fields]
    shards = list(grams.shards(grams.lists(folded), size.grams))
    texts = [FIELD.join((each.address, *mine)) for each, mine in zip(entries, fields, strict=True)]
    packer = packing.learn(texts)
    packed = [packer.pack(each) for each in texts]
    cuts = _cuts([len(each) for each in packed], size.texts)
    spoken = sounds.shards(_names(entries))
    sample = column([int(each.sample) for each in entries])
    files: dict[str, Any] = {"table": packer.table, "facets": [_facets(entries, labels), sample]}
    for number in range(size.grams):
        files[f"g{number}"] = grams.as_data(shards[number]) if number < len(shards) else {}
    for number, (start, end) in enumerate(zip(cuts, [*cuts[1:], len(packed)], strict=True)):
        files[f"t{number}"] = packed[start:end]
    for letter in ascii_lowercase:
        files[f"p{letter}"] = spoken.get(letter, ("", ""))
    characters = frozenset().union(*(frozenset(text) for each in folded for text in each))
    head = {
        "entries": len(entries),
        "starts": "".join(each.start for each in shards),
        "texts": column([end - start for start, end in zip(cuts, [*cuts[1:], len(packed)], strict=True)]),
        "fold": list(map("".join, zip(*needed(characters).items(), strict=True))) or ["", ""],
    }
    written = {name: _json(each) for name, each in {**files, "head": head}.items()}
    version = sha256("\n".join(f"{name} {written[name]}" for name in sorted(written)).encode()).hexdigest()[:12]
    return {name: f'{CALL}("{name}","{version}",{each});\n'.encode() for name, each in written.items()}


def _json(value: Any) -> str:
    """JSON that is also JavaScript for browsers older than ES2019: no bare U+2028."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _names(entries: Iterable[SearchEntry]) -> Iterator[tuple[int, int, str]]:
    for number, each in enumerate(entries):
        for which, name in enumerate((each.title, *each.also)):
            yield number, which, name


def _cuts(sizes: Sequence[int], parts: int) -> list[int]:
    """Where each of ``parts`` begins so that they are about equally large: a long text stands alone."""
    ends = list(accumulate(sizes))
    total = ends[-1] if ends else 0
    cuts, at = [0], 0
    for number in range(1, parts):
        while at < len(ends) and ends[at] - sizes[at] // 2 < total * number // parts:
            at += 1
        cuts.append(at)
    return cuts


def _facets(entries: Sequence[SearchEntry], labels: Labels) -> list[list[Any]]:
    """Each facet: its name, the ids and labels of its values, and a column that gives every entry its value, counted
    from 1, or 0 without one. Only values that some entry has are offered."""
    years = sorted({each.year for each in entries if each.year}, reverse=True)
    made: list[list[Any]] = []
    for name, values, known in (
        ("kind", [each.kind for each in entries], labels.kinds),
        ("year", [str(each.year) for each in entries], {str(each): labels.year(each) for each in years}),
        ("category", [each.category for each in entries], labels.categories),
        ("unit", [each.unit for each in entries], labels.units),
    ):
        held = frozenset(values)
        ids = [each for each in known if each in held]
        place = {each: number for number, each in enumerate(ids, 1)}
        made.append([name, ids, [known[each] for each in ids], column([place.get(each, 0) for each in values])])
    return made
