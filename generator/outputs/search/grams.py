"""The index itself: every pair of neighbouring characters with the entries that hold it, divided into shards.

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
PIECE = 600  # and how many a piece of those pairs takes, about, so that shards grow equally large
_WORD = 0xFFFFFFFF


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


def lists(entries: Iterable[Sequence[str]]) -> Lists:
    """The entries that hold each pair, by the best rank of the fields where it stands. ``entries`` are the folded
    fields of each entry, best first; the first rank is for the beginning of the first field."""
    found: Lists = [defaultdict(list) for _ in RANKS]
    for number, fields in enumerate(entries):
        for mine, pairs in zip(found, ranked(fields), strict=False):
            for pair in pairs:
                mine[pair].append(number)
    return found


def ranked(fields: Sequence[str]) -> Iterator[set[str]]:
    """The pairs of an entry that stand in its folded ``fields``, rank by rank, each where it has its best."""
    seen: set[str] = set()
    for rank, text in enumerate((fields[0][:2], *fields)):
        closed = text if rank == 0 and len(text) == 2 else text + BLANK
        pairs = set(map(str.__add__, closed, closed[1:]))
        pairs -= seen
        seen |= pairs
        yield pairs


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
    pairs = sorted({pair for each in found for pair in each if pair[0] != BLANK}, key=units)
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


def units(text: str) -> bytes:
    """What browsers sort a text by."""
    return text.encode("utf-16-be")


def shards(found: Lists, count: int) -> tuple[list[list[Group]], dict[str, int]]:
    """``count`` shards, and of each large group in how many pieces it lies. Where a pair lies is told by its
    characters, so nothing else moves where a pair is added; one more piece, or one more shard, takes its pairs from one
    other. The own list of a group goes with its first piece."""
    made: list[list[Group]] = [[] for _ in range(count)]
    large: dict[str, int] = {}
    for group in groups(found):
        number = pieces_of(group)
        if group.all:
            large[group.first] = number
        for at, piece in placed(group, number, count):
            made[at].append(piece)
    return made, large


def pieces_of(group: Group) -> int:
    """In how many pieces a group lies."""
    return -(-(group.size - len(group.all)) // PIECE) if group.all else 1


def placed(group: Group, pieces: int, count: int) -> Iterator[tuple[int, Group]]:
    """The ``pieces`` of ``group``, each with its shard of ``count``."""
    for number, piece in enumerate(_pieces(group, pieces)):
        yield home(group.first, number, count), piece


def _pieces(group: Group, count: int) -> Iterator[Group]:
    if count == 1:
        yield group
        return
    mine: list[list[int]] = [[] for _ in range(count)]
    for at, each in enumerate(group.seconds):
        mine[slot(ord(each), count)].append(at)
    for number, places in enumerate(mine):
        seconds = "".join(group.seconds[at] for at in places)
        yield Group(group.first, seconds, tuple(group.lists[at] for at in places), "" if number else group.all)


def home(first: str, piece: int, count: int) -> int:
    """In which of ``count`` shards a piece of the pairs of ``first`` lies."""
    return slot(ord(first) ^ piece * 0x9E3779B1 & _WORD, count)


def slot(number: int, count: int) -> int:
    """One of ``count`` places, as if by chance; one place more takes what it gets from one other (linear hashing,
    W. Litwin 1980). ``5-pairs.js`` is the mirror."""
    number = number * 0x2C1B3C6D & _WORD
    number ^= number >> 15
    bits = (count - 1).bit_length()
    at = number & (1 << bits) - 1
    return at if at < count else at & (1 << bits - 1) - 1


def as_data(shard: Sequence[Group]) -> dict[str, list[str]]:
    """The shard as it is written: character → second characters, their lists, its own list if it has one."""
    made: dict[str, list[str]] = {}
    for first, pieces in groupby(shard, key=lambda each: each.first):
        seconds, whole = "", ""
        lists: list[str] = []
        for each in pieces:
            seconds, whole = seconds + each.seconds, whole or each.all
            lists += each.lists
        made[first] = [seconds, GAP.join(lists), *([whole] if whole else [])]
    return made
