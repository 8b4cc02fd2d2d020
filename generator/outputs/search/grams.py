"""The index itself: every pair of neighbouring characters with the entries that hold it, sorted and cut into shards.

A pair begins with a character that is no blank and ends with any, a blank standing for the end of a text, so the pairs
that begin with a character are together all places where it stands. Punctuation counts like any character: what the
pairs say of a word of one or two characters is exact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from generator.outputs.search.coding import GAP, RANKS, ascending, read_ascending
from generator.outputs.search.folding import BLANK

Lists = Sequence[Mapping[str, list[int]]]  # of each rank: pair → entries
Ranked = Mapping[int, int]  # entry → best rank
ALL = 2_000  # characters that the pairs of one character may take before it gets a list of its own


class Group(NamedTuple):
    """The pairs that begin with ``first``: their second characters, a list for each, and the list of ``first`` itself
    where there are many."""

    first: str
    seconds: str
    lists: tuple[str, ...]
    all: str = ""

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return 12 + 4 * len(self.lists) + sum(map(len, self.lists)) + len(self.all)


class Shard(NamedTuple):
    """Neighbouring groups in one file; ``start`` is its first pair."""

    start: str
    groups: tuple[Group, ...]


def lists(entries: Iterable[Sequence[str]]) -> Lists:
    """The entries that hold each pair, by the best rank of the fields where it stands. ``entries`` are the folded
    fields of each entry, best first; the first rank is for the beginning of the first field."""
    found: Lists = [defaultdict(list) for _ in RANKS]
    for number, fields in enumerate(entries):
        seen: set[str] = set()
        for rank, text in enumerate((fields[0][:2], *fields)):
            closed = text if rank == 0 and len(text) == 2 else text + BLANK
            pairs = set(map(str.__add__, closed, closed[1:]))
            pairs -= seen
            seen |= pairs
            mine = found[rank]
            for pair in pairs:
                mine[pair].append(number)
    return found


def encode(ranked: Sequence[Sequence[int]]) -> str:
    """The entries of each rank in one text."""
    return "".join(mark + ascending(each) for mark, each in zip(RANKS, ranked, strict=True) if each)


def decode(text: str) -> Ranked:
    """Read what ``encode`` wrote."""
    found: dict[int, int] = {}
    starts = [at for at, each in enumerate(text) if each in RANKS]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        rank = RANKS.index(text[start])
        for entry in read_ascending(text[start + 1 : end]):
            found.setdefault(entry, rank)
    return found


def groups(found: Lists) -> Iterator[Group]:
    """Every character with its pairs, in the order in which browsers sort text: by units of UTF-16."""
    pairs = sorted({pair for each in found for pair in each if pair[0] != BLANK}, key=_units)
    for first, mine in groupby(pairs, key=lambda pair: pair[0]):
        made = [(pair[1], encode([each.get(pair, ()) for each in found])) for pair in mine]
        group = Group(first, "".join(second for second, _ in made), tuple(text for _, text in made))
        yield group if group.size <= ALL else group._replace(all=_union(first, group.seconds, found))


def _union(first: str, seconds: str, found: Lists) -> str:
    """The entries of all pairs of ``first``, each with its best rank."""
    seen: set[int] = set()
    ranked: list[Sequence[int]] = []
    for each in found:
        mine = {entry for second in seconds for entry in each.get(first + second, ())} - seen
        seen |= mine
        ranked.append(sorted(mine))
    return encode(ranked)


def _units(text: str) -> bytes:
    return text.encode("utf-16-be")


def shards(found: Lists, most: int) -> Iterator[Shard]:
    """At most ``most`` shards of about the same size. A small group stays whole; a large one is cut between its pairs,
    its own list going with the first of them."""
    pieces = [piece for each in groups(found) for piece in _pieces(each)]
    target = max(ALL, -(-sum(each.size for each in pieces) // most)) if most > 1 else 1 << 40
    waiting: list[Group] = []
    size, made = 0, 0
    for piece in pieces:
        if waiting and size + piece.size // 2 > target and made < most - 1:
            yield _shard(waiting)
            waiting, size, made = [], 0, made + 1
        waiting.append(piece)
        size += piece.size
    if waiting:
        yield _shard(waiting)


def _pieces(group: Group) -> Iterator[Group]:
    if not group.all:
        yield group
        return
    start, size, whole = 0, len(group.all), group.all
    for at, each in enumerate(group.lists):
        if at > start and size > ALL:
            yield Group(group.first, group.seconds[start:at], group.lists[start:at], whole)
            start, size, whole = at, 0, ""
        size += len(each) + 4
    yield Group(group.first, group.seconds[start:], group.lists[start:], whole)


def _shard(pieces: Sequence[Group]) -> Shard:
    return Shard(pieces[0].first + pieces[0].seconds[0], tuple(pieces))


def as_data(shard: Shard) -> dict[str, list[str]]:
    """The shard as it is written: character → second characters, their lists, its own list if it has one."""
    made: dict[str, list[str]] = {}
    for each in shard.groups:
        lists = GAP.join(each.lists)
        if each.first in made:  # the next piece of a large group
            made[each.first][0] += each.seconds
            made[each.first][1] += GAP + lists
        else:
            made[each.first] = [each.seconds, lists, *([each.all] if each.all else [])]
    return made
