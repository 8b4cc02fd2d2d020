"""The files of the index, each one call of a script.

``head`` holds what is needed before the first question: the stamps of the other files, how the pairs are divided and
which characters are folded; ``stamps`` those of the texts, ``facets`` what each entry is of, ``table`` what the texts are packed with; ``g0``, ``g1``, … the pairs,
``t0``, … the texts, ``pa`` to ``pz`` the sounds of names. A file carries its own stamp: who has a head reads nothing but
what belongs to it, so that a browser never joins old and new, and an edit renews only the files that it is in.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from heapq import nsmallest
from itertools import accumulate
from string import ascii_lowercase
from typing import Any

from generator.outputs.search import grams, packing, sounds
from generator.outputs.search.coding import DIGITS, column
from generator.outputs.search.entries import FIELD, SearchEntry
from generator.outputs.search.folding import fold, needed

FOLDER = "search/"
CALL = "exhibitSearch"
_PER_GRAM_SHARD, _PER_TEXT_SHARD, _LEAST = 6, 4, 8
_LONG = 8_000  # characters of a packed text that stands alone where its neighbours have room for what stood beside it
_STAMP = 5  # characters, 30 bits: everybody who searches loads all of them
_LEAST_LEARNT, _MOST_LEARNT, _PER_LEARNT = 16, 64, 64  # texts that the table is learnt from, and one of how many


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
        yield from ("head", "stamps", "facets", "table")
        yield from (f"g{each}" for each in range(self.grams))
        yield from (f"t{each}" for each in range(self.texts))
        yield from (f"p{each}" for each in ascii_lowercase)


def make(entries: Sequence[SearchEntry], labels: Labels) -> Mapping[str, bytes]:
    """The files of the index of ``entries``: name → content. Among equals those that come later are found first."""
    size = Size.of(len(entries))
    fields = [each.fields for each in entries]
    folded = [tuple(map(fold, each)) for each in fields]
    shards, large = grams.shards(grams.lists(folded), size.grams)
    texts = [FIELD.join((each.address, *mine)) for each, mine in zip(entries, fields, strict=True)]
    packer = packing.learn(texts[number] for number in _lasting(entries))
    packed = [packer.pack(each) for each in texts]
    counts = _counts([len(each) for each in packed], size.texts)
    spoken = sounds.shards(_names(entries))
    sample = column([int(each.sample) for each in entries])
    files: dict[str, Any] = {"table": packer.table, "facets": [_facets(entries, labels), sample]}
    for number, shard in enumerate(shards):
        files[f"g{number}"] = grams.as_data(shard)
    for number, end in enumerate(accumulate(counts)):
        files[f"t{number}"] = packed[end - counts[number] : end]
    for letter in ascii_lowercase:
        files[f"p{letter}"] = spoken.get(letter, ("", ""))
    written = {name: _json(each) for name, each in files.items()}
    stamps = {name: _stamp(each) for name, each in written.items()}
    written["stamps"] = _json("".join(stamps[f"t{each}"] for each in range(size.texts)))
    stamps["stamps"] = _stamp(written["stamps"])
    characters = frozenset().union(*(frozenset(text) for each in folded for text in each))
    head = _json(
        {
            "entries": len(entries),
            "large": ["".join(large), column([*large.values()])],
            "texts": column(counts),
            "fold": list(map("".join, zip(*needed(characters).items(), strict=True))) or ["", ""],
            "stamps": {
                **{name: stamps[name] for name in ("stamps", "facets", "table")},
                "g": "".join(stamps[f"g{each}"] for each in range(size.grams)),
                "p": "".join(stamps[f"p{each}"] for each in ascii_lowercase),
            },
        }
    )
    written["head"], stamps["head"] = head, _stamp(head)
    return {name: f'{CALL}("{name}","{stamps[name]}",{each});\n'.encode() for name, each in written.items()}


def _stamp(content: str) -> str:
    return "".join(DIGITS[each % len(DIGITS)] for each in sha256(content.encode()).digest()[:_STAMP])


def _lasting(entries: Sequence[SearchEntry]) -> Sequence[int]:
    """The entries whose texts the table is learnt from: a few of the oldest, which are seldom edited, because an edit
    of one of them renews all texts."""
    count = min(_MOST_LEARNT, max(_LEAST_LEARNT, len(entries) // _PER_LEARNT))
    dated = ((each.year or 9999, sha256(each.address.encode()).digest(), at) for at, each in enumerate(entries))
    return [at for _, _, at in nsmallest(count, dated)]


def _json(value: Any) -> str:
    """JSON that is also JavaScript for browsers older than ES2019: no bare U+2028."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _names(entries: Iterable[SearchEntry]) -> Iterator[tuple[int, int, str]]:
    for number, each in enumerate(entries):
        for which, name in enumerate((each.title, *each.also)):
            yield number, which, name


def _counts(sizes: Sequence[int], parts: int) -> list[int]:
    """How many texts each of ``parts`` holds: the same number, so that the size of one text moves none of the others.
    Only a long one stands alone, those beside it going to the neighbours."""
    counts = [max(0, min(_PER_TEXT_SHARD, len(sizes) - at * _PER_TEXT_SHARD)) for at in range(parts)]
    lone = {}
    for part in range(1, parts - 1):
        first = part * _PER_TEXT_SHARD
        long = [at for at in range(_PER_TEXT_SHARD) if sizes[first + at] > _LONG]
        if len(long) == 1 and part - 1 not in lone:
            lone[part] = long[0]
    for part, before in lone.items():
        counts[part - 1] += before
        counts[part + 1] += _PER_TEXT_SHARD - 1 - before
        counts[part] = 1
    return counts


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
