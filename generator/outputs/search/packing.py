"""Packing: the stored texts in about a third of their bytes, unpacked by a few lines in any browser.

Frequent characters, and frequent pairs of what is frequent already, get codes of one or two printable characters
(byte pair encoding, P. Gage 1994, in rounds). A text is a sequence of codes, of the longest piece that has one; what has
none stands for itself, an ASCII character behind ``ESCAPE``. The same texts give the same table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

ESCAPE = "~"
_ALL = "".join(chr(each) for each in range(0x20, 0x7E) if chr(each) not in '"\\')
LEADS = 36  # the last characters of _ALL begin codes of two characters
ONES = _ALL[:-LEADS]
_CODES = (*ONES, *(lead + each for lead in _ALL[-LEADS:] for each in _ALL))
_SINGLES, _ROUNDS, _A_ROUND = 1_500, 14, 200
_OF_EACH = 3_000  # characters of a text that the table is learnt from
_CLAUSE = re.compile(r"[^，。；：、！？\n\t]*[，。；：、！？\n\t]*")


@dataclass
class Packer:
    """Packs texts with the table that ``learn`` made. ``table`` is what ``unpack`` needs; it begins with the number of
    single characters."""

    singles: Sequence[str]
    pairs: Sequence[tuple[str, str]]
    _known: dict[str, str] = field(default_factory=dict, repr=False)
    _codes: dict[str, str] = field(default_factory=dict, repr=False)
    _lengths: dict[str, list[int]] = field(default_factory=dict, repr=False)  # of what begins so, the longest first

    def __post_init__(self) -> None:
        tokens = [*self.singles, *(one + other for one, other in self.pairs)]
        self._codes.update(zip(tokens, _CODES, strict=False))
        for each in sorted(tokens, key=len, reverse=True):
            lengths = self._lengths.setdefault(each[0], [])
            if not lengths or lengths[-1] != len(each):
                lengths.append(len(each))

    @property
    def table(self) -> tuple[str, str]:
        """The single characters, and the pairs as they are written with the codes before each of them."""
        made: dict[str, str] = dict(zip(self.singles, _CODES, strict=False))
        rows = []
        for (one, other), code in zip(self.pairs, _CODES[len(self.singles) :], strict=False):
            rows.append(made.get(one) or _plain(one))
            rows.append(made.get(other) or _plain(other))
            made[one + other] = code
        return "".join(self.singles), "".join(rows)

    def pack(self, text: str) -> str:
        """``text`` in codes. Clauses that stand in several texts are packed once."""
        return "".join(map(self._clause, _CLAUSE.findall(text)))

    def _clause(self, clause: str) -> str:
        packed = self._known.get(clause)
        if packed is None:
            codes, lengths, made, at = self._codes, self._lengths, [], 0
            while at < len(clause):
                first = clause[at]
                for length in lengths.get(first, ()):
                    code = codes.get(clause[at : at + length])
                    if code is not None:
                        break
                else:
                    code, length = _plain(first), 1
                made.append(code)
                at += length
            packed = self._known[clause] = "".join(made)
        return packed


def _plain(character: str) -> str:
    return character if character > "\x7f" else ESCAPE + character


def learn(texts: Iterable[str]) -> Packer:
    """The packer whose table is learnt from these texts. It packs others too, the better the more they are like them."""
    clauses: Counter[str] = Counter()
    for each in texts:
        clauses.update(_CLAUSE.findall(each[:_OF_EACH]))
    chosen = sorted(clauses.items())
    letters: Counter[str] = Counter()
    for clause, count in chosen:
        for each in clause:
            letters[each] += count
    singles = [each for each, _ in _first(letters, _SINGLES) if each <= "\uffff"]
    lines: list[tuple[Sequence[str], int]] = list(chosen)
    learnt: list[tuple[str, str]] = []
    known, room = set(singles), len(_CODES) - len(singles)
    for _ in range(_ROUNDS):
        pairs: Counter[tuple[str, str]] = Counter()
        for tokens, count in lines:
            for two in zip(tokens, tokens[1:], strict=False):
                pairs[two] += count
        taken: dict[tuple[str, str], str] = {}
        for pair, count in _first(pairs, min(_A_ROUND, room)):
            whole = pair[0] + pair[1]
            if count > 1 and pair[0] in known and pair[1] in known and whole not in known:
                taken[pair] = whole
                known.add(whole)
        learnt += taken
        room -= len(taken)
        lines = [(_merged(tokens, taken), count) for tokens, count in lines]
    return Packer(singles, learnt)


def _first(counted: Counter, most: int) -> list:
    """The most frequent, in an order that does not depend on how they were counted."""
    return sorted(counted.items(), key=lambda each: (-each[1], each[0]))[:most]


def _merged(tokens: Sequence[str], merges: Mapping[tuple[str, str], str]) -> list[str]:
    made: list[str] = []
    before = None
    for each in tokens:
        joined = merges.get((before, each)) if before is not None else None
        if joined is not None:
            made[-1] = joined
            before = None
        else:
            made.append(each)
            before = each
    return made


def unpack(packed: str, singles: str, pairs: str) -> str:
    """What was packed, read as a browser reads it."""
    expanded: dict[str, str] = dict(zip(_CODES, singles, strict=False))
    waiting: list[str] = []
    for code in _codes_of(pairs):
        waiting.append(expanded.get(code) or code.removeprefix(ESCAPE) or ESCAPE)
        if len(waiting) == 2:
            expanded[_CODES[len(expanded)]] = "".join(waiting)
            waiting.clear()
    return "".join(expanded.get(code) or code[-1] for code in _codes_of(packed))


def _codes_of(text: str) -> Iterable[str]:
    at = 0
    while at < len(text):
        long = text[at] == ESCAPE or (text[at] in _ALL and text[at] not in ONES)
        yield text[at : at + 2] if long else text[at]
        at += 2 if long else 1
