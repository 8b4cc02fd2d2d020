"""``scores.csv``: the judges' points as a table, read cell by cell with the line and column of whatever is wrong.

A row is what one judge gave one candidate in one round: ``round,judge,candidate`` and a column for each criterion, in
any order. The headings may be Chinese (环节, 评委, 候选 and the criteria's names). Judges are labels such as J01.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from generator.contest import Criterion, Round
from generator.fields import short
from generator.messages import Words, fill, words
from generator.problems import Problem, Span, problem
from generator.schema import did_you_mean
from generator.scoring import Ballot

KEYS = ("round", "judge", "candidate")
_CHINESE = {"环节": "round", "评委": "judge", "候选": "candidate"}
_CELL = re.compile(r'[ \t]*"([^"]*(?:""[^"]*)*)"?([^,\n]*)|([^,\n]*)')
_JUDGE = re.compile(r"(?:[A-Za-z]{1,3}|评委|专家)?[-_]?[0-9]{1,4}")
_NOTHING = Words("", "")
_NUMBER = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,6})?")


class Cell(NamedTuple):
    """A cell's text without blanks around it, and where it begins."""

    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row whose every cell is right."""

    round: str
    ballot: Ballot
    span: Span


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What the table is checked against: the scored rounds, the candidates (id → name), and the (judge, candidate) pairs
    that must not score."""

    rounds: Sequence[Round]
    candidates: Mapping[str, str]
    recused: Collection[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """All rows that are right, in the order of the file."""

    rows: tuple[Row, ...] = field(repr=False)

    def ballots(self) -> Mapping[str, tuple[Ballot, ...]]:
        """The ballots of each kind of round."""
        grouped: dict[str, list[Ballot]] = {}
        for row in self.rows:
            grouped.setdefault(row.round, []).append(row.ballot)
        return {kind: tuple(found) for kind, found in grouped.items()}


def cells(text: str) -> Iterator[tuple[Cell, ...]]:
    """The rows of a table of comma-separated values (RFC 4180), without those that are blank. Never raises: a quotation
    mark that is never closed holds all that follows."""
    row: list[Cell] = []
    line, begin, at = 1, 0, 0
    while at <= len(text):
        match = _CELL.match(text, at)
        assert match is not None  # it matches nothing at all too
        content = match[3] if match[1] is None else match[1].replace('""', '"') + match[2]
        row.append(Cell(content.strip(), line, at - begin + 1))
        breaks = match[0].count("\n")
        if breaks:
            line, begin = line + breaks, at + match[0].rindex("\n") + 1
        at = match.end() + 1
        if text[at - 1 : at] != ",":
            if any(cell.text for cell in row):
                yield tuple(row)
            row, line, begin = [], line + 1, at


def read(path: str, text: str, book: Rulebook) -> tuple[Sheet, tuple[Problem, ...]]:
    """Read the table of the file ``path``. Rows with a mistake are left out and reported; a repeated mistake, such as
    one misspelt candidate in many rows, is reported once. Never raises."""
    reader = _Reader(path, book)
    rows = cells(text.removeprefix("\ufeff"))
    if reader.take_heading(next(rows, (Cell("", 1, 1),))):
        for row in rows:
            reader.take(row)
    return Sheet(tuple(reader.rows)), tuple(reader.problems)


class _Reader:
    def __init__(self, path: str, book: Rulebook) -> None:
        self.path, self.book = path, book
        self.rounds = {each.kind: each for each in book.rounds}
        self.recused = frozenset(book.recused)
        self.columns: dict[str, int] = {}  # one of KEYS or the id of a criterion → position
        self.rows: list[Row] = []
        self.problems: list[Problem] = []
        self.first: dict[tuple[str, str, str], Span] = {}
        self.told: set[tuple[str, str]] = set()

    def report(self, code: str, cell: Cell, **values: object) -> None:
        self.problems.append(problem(code, Span(self.path, cell.line, cell.column), **values))

    def once(self, code: str, cell: Cell, **values: object) -> None:
        if (code, cell.text) not in self.told:
            self.told.add((code, cell.text))
            self.report(code, cell, **values)

    def take_heading(self, row: tuple[Cell, ...]) -> bool:
        """Whether the table has the columns that every row needs, and no others."""
        ids = {each.id: each.name for one in self.book.rounds for each in one.criteria}
        for at, cell in enumerate(row):
            names = _meant(cell.text, ids)
            if cell.text and not names:
                hint = did_you_mean(cell.text, (*KEYS, *ids), ids)
                self.report("REL-012", cell, what=phrase("sheet.no_column", text=short(cell.text)), hint=hint)
            elif any(name in self.columns for name in names):
                self.report("REL-012", cell, what=phrase("sheet.column_twice", text=short(cell.text)), hint=_NOTHING)
            self.columns |= dict.fromkeys(names, at)
        missing = [key for key in (*KEYS, *ids) if key not in self.columns]
        if missing and not self.problems:
            self.report("REL-012", row[0], what=phrase("sheet.no_columns", names=", ".join(missing)), hint=_NOTHING)
        return not self.problems

    def take(self, row: tuple[Cell, ...]) -> None:
        known = set(self.columns.values())
        for at, cell in enumerate(row):
            if cell.text and at not in known:
                self.report("REL-012", cell, what=phrase("sheet.no_heading", text=short(cell.text)), hint=_NOTHING)
        end = row[-1]._replace(text="")  # a cell that is missing is missed behind the last one
        full = (*row, *(end for _ in range(max(known) + 1 - len(row))))
        round_, judge, candidate = (full[self.columns[key]] for key in KEYS)
        if self.is_known(round_, judge, candidate):
            self.take_points(full, self.rounds[round_.text], judge, candidate)

    def is_known(self, round_: Cell, judge: Cell, candidate: Cell) -> bool:
        is_round, is_candidate = round_.text in self.rounds, candidate.text in self.book.candidates
        is_judge = is_anonymous(judge.text)
        if not is_round:
            hint = did_you_mean(round_.text, tuple(self.rounds), {})
            self.once("REL-012", round_, what=phrase("sheet.no_round", text=short(round_.text)), hint=hint)
        if not is_judge:
            self.once("REL-018", judge)
        if not is_candidate:
            names = self.book.candidates
            self.once("REL-008", candidate, text=short(candidate.text), hint=did_you_mean(candidate.text, names, names))
        return is_round and is_judge and is_candidate

    def take_points(self, row: tuple[Cell, ...], round_: Round, judge: Cell, candidate: Cell) -> None:
        key = (round_.kind, judge.text, candidate.text)
        span = Span(self.path, candidate.line, candidate.column)
        first = self.first.setdefault(key, span)
        own = {self.columns[each.id] for each in round_.criteria}
        others = {at for name, at in self.columns.items() if name not in KEYS} - own
        scored = [cell for at in sorted(own) if (cell := row[at]).text]
        if first is not span:
            values = {"round": round_.kind, "judge": judge.text, "candidate": candidate.text}
            self.report("REL-010", candidate, first=first.line, **values)
        elif (judge.text, candidate.text) in self.recused:
            if scored:
                self.report("REL-015", scored[0], judge=judge.text, candidate=candidate.text)
        else:
            self.take_ballot(row, round_, judge.text, candidate.text, span)
        for at in sorted(others):
            if row[at].text:
                what = phrase("sheet.not_in_round", round=round_.kind)
                self.report("REL-012", row[at], what=what, hint=_NOTHING)

    def take_ballot(self, row: tuple[Cell, ...], round_: Round, judge: str, candidate: str, span: Span) -> None:
        points = [self.points(row[self.columns[each.id]], each) for each in round_.criteria]
        given = tuple(each for each in points if each is not None)
        if len(given) == len(points):
            self.rows.append(Row(round_.kind, Ballot(candidate, judge, given), span))

    def points(self, cell: Cell, criterion: Criterion) -> Decimal | None:
        if not _NUMBER.fullmatch(cell.text):
            self.report("REL-011", cell, text=short(cell.text), name=criterion.name)
            return None
        value = Decimal(cell.text)
        if not 0 <= value <= criterion.most:
            self.report("REL-007", cell, text=cell.text, name=criterion.name, most=_plain(criterion.most))
            return None
        return value


def is_anonymous(judge: str) -> bool:
    """Whether a judge's label is one that can be nobody's name, such as J01 or 评委1."""
    return _JUDGE.fullmatch(judge) is not None


def _meant(heading: str, ids: Mapping[str, str]) -> tuple[str, ...]:
    """What a heading stands for: one of ``KEYS``, or the criteria of that id or name."""
    key = _CHINESE.get(heading, heading)
    return (key,) if key in KEYS else tuple(id for id, name in ids.items() if heading in (id, name))


def _plain(number: Decimal) -> str:
    return f"{number:f}"


def phrase(key: str, **values: object) -> Words:
    """The wording ``key`` in both languages with ``values`` filled in, as a part of a problem."""
    wording = words(key)
    return Words(*(fill(each, values) for each in wording))
