"""The files of the index, each one call of a script.

``head`` holds what is needed before the first question: the stamps of the other files, how the pairs are divided and
which characters are folded; ``stamps`` those of the texts, ``facets`` what each entry is of, ``table`` what the texts are
packed with; ``g0``, ``g1``, … the pairs, ``t0``, … the texts, ``pa`` to ``pz`` the sounds of names, ``k0``, … those of
characters. A file carries its own stamp: who has a head reads nothing but
what belongs to it, so that a browser never joins old and new, and an edit renews only the files that it is in.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from heapq import nsmallest
from string import ascii_lowercase
from typing import Any, NamedTuple

from generator.outputs.search import grams, packing, sounds
from generator.outputs.search.coding import DIGITS, column
from generator.outputs.search.entries import FIELD, PIECE, SearchEntry
from generator.outputs.search.folding import BLANK, fold, needed, plain

Fields = tuple[str, ...]
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
    leads: Mapping[str, int] = field(default_factory=dict)  # kind → by how much it goes before others called alike


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
        yield from (f"k{each}" for each in range(sounds.SHARDS))


class Parts(NamedTuple):
    """What an index consists of: the texts of its files but for those that are made of all entries in no time, the characters
    whose pairs lie in several pieces, how long each packed text is, and what packs."""

    written: dict[str, str]
    large: dict[str, int]
    sizes: list[int]
    singles: list[str]
    pairs: list[tuple[str, str]]


def make(entries: Sequence[SearchEntry], labels: Labels) -> Mapping[str, bytes]:
    """The files of the index of ``entries``: name → content. Among equals those that come later are found first."""
    fields = [each.fields for each in entries]
    return files(parts(entries, fields), entries, fields, labels)


def parts(entries: Sequence[SearchEntry], fields: Sequence[Fields]) -> Parts:
    """The parts of the index of ``entries`` with these ``fields``."""
    size = Size.of(len(entries))
    heard = (sounds.spoken((each.title, *each.also)) for each in entries)
    searched = (_heard(compared(mine), said) for mine, said in zip(fields, heard, strict=True))
    shards, large = grams.shards(grams.lists(searched), size.grams)
    texts = [text_of(each, mine) for each, mine in zip(entries, fields, strict=True)]
    packer = packing.learn(texts[number] for number in lasting(entries))
    packed = [packer.pack(each) for each in texts]
    sizes = [len(each) for each in packed]
    spoken = sounds.shards(_names(entries))
    made: dict[str, Any] = {"table": packer.table}
    for number, shard in enumerate(shards):
        made[f"g{number}"] = grams.as_data(shard)
    for number, part in enumerate(divided(packed, counts(sizes, size.texts))):
        made[f"t{number}"] = part
    for letter in ascii_lowercase:
        made[f"p{letter}"] = spoken.get(letter, ("", ""))
    for number, part in enumerate(sounds.characters(name for _, _, name in _names(entries))):
        made[f"k{number}"] = part
    written = {name: as_json(each) for name, each in made.items()}
    return Parts(written, large, sizes, [*packer.singles], [*packer.pairs])


def files(
    made: Parts, entries: Sequence[SearchEntry], fields: Sequence[Fields], labels: Labels
) -> Mapping[str, bytes]:
    """The files that consist of the parts that are ``made``, those among them that stand on all entries."""
    size = Size.of(len(entries))
    facets = _facets(entries, labels)
    sample = column([int(each.sample) for each in entries])
    leads = [labels.leads.get(each, 0) for each in facets[0][1]]
    written = {**made.written, "facets": as_json([facets, sample, leads])}
    stamps = {name: _stamp(each) for name, each in written.items()}
    written["stamps"] = as_json("".join(stamps[f"t{each}"] for each in range(size.texts)))
    stamps["stamps"] = _stamp(written["stamps"])
    characters = frozenset(fold("".join(frozenset("".join(map("".join, fields))))))  # each is folded by itself
    head = as_json(
        {
            "entries": len(entries),
            "large": ["".join(made.large), column([*made.large.values()])],
            "texts": column(counts(made.sizes, size.texts)),
            "fold": list(map("".join, zip(*needed(characters).items(), strict=True))) or ["", ""],
            "stamps": {
                **{name: stamps[name] for name in ("stamps", "facets", "table")},
                "g": "".join(stamps[f"g{each}"] for each in range(size.grams)),
                "p": "".join(stamps[f"p{each}"] for each in ascii_lowercase),
                "k": "".join(stamps[f"k{each}"] for each in range(sounds.SHARDS)),
            },
        }
    )
    written["head"], stamps["head"] = head, _stamp(head)
    return {name: f'{CALL}("{name}","{stamps[name]}",{each});\n'.encode() for name, each in written.items()}


def compared(fields: Fields) -> Fields:
    """The ``fields`` of an entry as they are searched: each of their texts plain, the last field as prose."""
    prose = len(fields) - 1
    return tuple(
        BLANK.join(filter(None, (plain(fold(each), is_prose=at == prose) for each in field.split(PIECE))))
        for at, field in enumerate(fields)
    )


def _heard(fields: Fields, said: str) -> Fields:
    """The ``fields`` as they are searched, with how the names sound beside the names."""
    title, names, *others = fields
    return (title, f"{names}{BLANK}{said}" if names else said, *others)


def text_of(entry: SearchEntry, fields: Fields) -> str:
    """What is stored of an entry."""
    return FIELD.join((entry.address, *fields))


def divided(packed: Sequence[str], numbers: Iterable[int]) -> Iterator[Sequence[str]]:
    """``packed`` texts in parts of so many."""
    start = 0
    for each in numbers:
        yield packed[start : start + each]
        start += each


def _stamp(content: str) -> str:
    return "".join(DIGITS[each % len(DIGITS)] for each in sha256(content.encode()).digest()[:_STAMP])


def lasting(entries: Sequence[SearchEntry]) -> Sequence[int]:
    """The entries whose texts the table is learnt from: a few of the oldest, which are seldom edited, because an edit
    of one of them renews all texts."""
    count = min(_MOST_LEARNT, max(_LEAST_LEARNT, len(entries) // _PER_LEARNT))
    dated = ((each.year or 9999, sha256(each.address.encode()).digest(), at) for at, each in enumerate(entries))
    return [at for _, _, at in nsmallest(count, dated)]


def as_json(value: Any) -> str:
    """JSON that is also JavaScript for browsers older than ES2019: no bare U+2028."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _names(entries: Iterable[SearchEntry]) -> Iterator[tuple[int, int, str]]:
    for number, each in enumerate(entries):
        for which, name in enumerate((each.title, *each.also)):
            yield number, which, name


def counts(sizes: Sequence[int], parts: int) -> list[int]:
    """How many texts each of ``parts`` holds: the same number, so that the size of one text moves none of the others.
    Only a long one stands alone, those beside it going to the neighbours."""
    made = [max(0, min(_PER_TEXT_SHARD, len(sizes) - at * _PER_TEXT_SHARD)) for at in range(parts)]
    lone = {}
    for part in range(1, parts - 1):
        first = part * _PER_TEXT_SHARD
        long = [at for at in range(_PER_TEXT_SHARD) if sizes[first + at] > _LONG]
        if len(long) == 1 and part - 1 not in lone:
            lone[part] = long[0]
    for part, before in lone.items():
        made[part - 1] += before
        made[part + 1] += _PER_TEXT_SHARD - 1 - before
        made[part] = 1
    return made


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
