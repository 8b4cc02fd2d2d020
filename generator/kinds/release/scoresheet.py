"""``scores.csv``: the judges' points as a table, read cell by cell with the line and column of whatever is wrong.

A row is what one judge gave one candidate in one round: ``round,judge,candidate`` and a column for each criterion, in
any order. The headings may be Chinese (环节, 评委, 候选 and the criteria's names). Judges are labels such as J01.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from generator import patterns
from generator.kinds.release.contest import Criterion, Round
from generator.kinds.release.scoring import Ballot
from generator.messages import Words, fill, words
from generator.problems import Problem, Span, problem
from generator.schema.fields import short
from generator.schema.validation import did_you_mean

KEYS = ("round", "judge", "candidate")
_CHINESE = {"环节": "round", "评委": "judge", "候选": "candidate"}
_CELL = patterns.late(r'[ \t]*"([^"]*(?:""[^"]*)*)"?([^,\n]*)|([^,\n]*)')
_JUDGE = patterns.late(r"(?:[A-Za-z]{1,3}|评委|专家)?[-_]?[0-9]{1,4}")
_NOTHING = Words("", "")
_NUMBER = patterns.late(r"-?[0-9]{1,9}(?:\.[0-9]{1,6})?")
_PERCENTAGE = patterns.late(r"-?[0-9.]{1,16}[ ]*%")
_THOUSANDS = patterns.late(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,6})?")
# What stands between cells where it is no comma: from another country's Excel, a copied table, or typed in Chinese.
_MARKS = {";": "semicolon", "\t": "tab", "|": "bar", "，": "wide", "、": "wide", "；": "wide"}
_MARK = patterns.late(f"[{re.escape(''.join(_MARKS))}]")
_EXCEL_MARK = patterns.late("sep=(.?)", re.IGNORECASE | re.DOTALL)  # the line by which Excel is told the mark


class SheetCell(NamedTuple):
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


def cells(text: str) -> Iterator[tuple[SheetCell, ...]]:
    """The rows of a table of comma-separated values (RFC 4180), without those that are blank. Never raises: a quotation
    mark that is never closed holds all that follows."""
    row: list[SheetCell] = []
    line, begin, at = 1, 0, 0
    while at <= len(text):
        match = _CELL.match(text, at)
        assert match is not None  # it matches nothing at all too
        content = match[3] if match[1] is None else match[1].replace('""', '"') + match[2]
        row.append(SheetCell(content.strip(), line, at - begin + 1))
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
    text = text.removeprefix("\ufeff")
    rows = [*cells(text)] or [(SheetCell("", 1, 1),)]
    unclosed = _unclosed(text, rows[-1][-1])
    if unclosed:
        reader.report("REL-034", unclosed)
        rows.pop()
    if rows and (told := _EXCEL_MARK.match(rows[0][0].text)):
        if told[1] in _MARKS:
            reader.report("REL-030", rows[0][0]._replace(column=5), what=_mark(told[1]))
            return Sheet(()), tuple(reader.problems)
        rows.pop(0)
    if rows and reader.take_heading(rows[0]):
        for row in rows[1:]:
            reader.take(row)
    return Sheet(tuple(reader.rows)), tuple(reader.problems)


def _unclosed(text: str, last: SheetCell) -> SheetCell | None:
    """The last cell, where it begins with a quotation mark that nothing closes."""
    if text.count('"') % 2 == 0:
        return None
    begin = text.split("\n")[last.line - 1][last.column - 1 :].lstrip(" \t")
    return last if begin.startswith('"') else None


def _mark(mark: str) -> Words:
    return words(f"sheet.by.{_MARKS[mark]}")


def _half_width(text: str) -> str:
    """``text`` as it is typed on a keyboard that is not set to full width."""
    return unicodedata.normalize("NFKC", text)


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

    def report(self, code: str, cell: SheetCell, **values: object) -> None:
        self.problems.append(problem(code, Span(self.path, cell.line, cell.column), **values))

    def once(self, code: str, cell: SheetCell, **values: object) -> None:
        if (code, cell.text) not in self.told:
            self.told.add((code, cell.text))
            self.report(code, cell, **values)

    def take_heading(self, row: tuple[SheetCell, ...]) -> bool:
        """Whether the table has the columns that every row needs, and no others."""
        ids = {each.id: each.name for one in self.book.rounds for each in one.criteria}
        for at, cell in enumerate(row):
            names = _meant(cell.text, ids)
            if cell.text and not names and any(_meant(each.strip(), ids) for each in _MARK.split(cell.text)):
                self.wrong_mark(cell)
                return False
            if cell.text and not names:
                hint = did_you_mean(cell.text, (*KEYS, *ids), ids)
                self.report("REL-012", cell, what=phrase("sheet.no_column", text=short(cell.text)), hint=hint)
            elif any(name in self.columns for name in names):
                self.report("REL-012", cell, what=phrase("sheet.column_twice", text=short(cell.text)), hint=_NOTHING)
            self.columns |= dict.fromkeys(names, at)
        missing = [key for key in (*KEYS, *ids) if key not in self.columns]
        is_right = not any(each.code != "REL-034" for each in self.problems)
        if missing and is_right:
            self.report("REL-012", row[0], what=phrase("sheet.no_columns", names=", ".join(missing)), hint=_NOTHING)
        return is_right and not missing

    def wrong_mark(self, cell: SheetCell) -> None:
        mark = _MARK.search(cell.text)
        assert mark is not None
        self.report("REL-030", cell._replace(column=cell.column + mark.start()), what=_mark(mark[0]))

    def take(self, row: tuple[SheetCell, ...]) -> None:
        known = set(self.columns.values())
        if self.is_cut_wrongly(row, max(known) + 1):
            return
        for at, cell in enumerate(row):
            if cell.text and at not in known:
                self.report("REL-012", cell, what=phrase("sheet.no_heading", text=short(cell.text)), hint=_NOTHING)
        end = row[-1]._replace(text="")  # a cell that is missing is missed behind the last one
        full = (*row, *(end for _ in range(max(known) + 1 - len(row))))
        round_, judge, candidate = (full[self.columns[key]] for key in KEYS)
        if self.is_known(round_, judge, candidate):
            self.take_points(full, self.rounds[round_.text], judge, candidate)

    def is_cut_wrongly(self, row: tuple[SheetCell, ...], width: int) -> bool:
        """Whether a row has too few cells as something else stands between them, or too many because of a number's
        comma; that is one mistake, whatever stands in the cells then."""
        marked = next((cell for cell in row if _MARK.search(cell.text)), None)
        if len(row) < width and marked:
            self.wrong_mark(marked)
            return True
        if not any(cell.text for cell in row[width:]):
            return False
        pairs = ((one, f"{one.text},{other.text}") for one, other in zip(row, row[1:], strict=False))
        cut = next(((one, whole) for one, whole in pairs if _THOUSANDS.fullmatch(whole)), None)
        if cut:
            self.report("REL-033", cut[0], text=cut[1])
        return cut is not None

    def is_known(self, round_: SheetCell, judge: SheetCell, candidate: SheetCell) -> bool:
        is_round, is_candidate = round_.text in self.rounds, candidate.text in self.book.candidates
        is_judge = is_anonymous(judge.text)
        if not is_round:
            hint = did_you_mean(round_.text, tuple(self.rounds), {})
            self.once("REL-012", round_, what=phrase("sheet.no_round", text=short(round_.text)), hint=hint)
        if not is_judge and is_anonymous(_half_width(judge.text)):
            self.once("REL-031", judge, text=judge.text, right=_half_width(judge.text))
        elif not is_judge:
            self.once("REL-018", judge)
        if not is_candidate and _half_width(candidate.text) in self.book.candidates:
            self.once("REL-031", candidate, text=short(candidate.text), right=_half_width(candidate.text))
        elif not is_candidate:
            names = self.book.candidates
            self.once("REL-008", candidate, text=short(candidate.text), hint=did_you_mean(candidate.text, names, names))
        return is_round and is_judge and is_candidate

    def take_points(self, row: tuple[SheetCell, ...], round_: Round, judge: SheetCell, candidate: SheetCell) -> None:
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

    def take_ballot(self, row: tuple[SheetCell, ...], round_: Round, judge: str, candidate: str, span: Span) -> None:
        points = [self.points(row[self.columns[each.id]], each) for each in round_.criteria]
        given = tuple(each for each in points if each is not None)
        if len(given) == len(points):
            self.rows.append(Row(round_.kind, Ballot(candidate, judge, given), span))

    def points(self, cell: SheetCell, criterion: Criterion) -> Decimal | None:
        if not _NUMBER.fullmatch(cell.text):
            self.no_number(cell, criterion)
            return None
        value = Decimal(cell.text)
        if not 0 <= value <= criterion.most:
            self.report("REL-007", cell, text=cell.text, name=criterion.name, most=_plain(criterion.most))
            return None
        return value

    def no_number(self, cell: SheetCell, criterion: Criterion) -> None:
        text, plain = short(cell.text), _half_width(cell.text)
        if _PERCENTAGE.fullmatch(plain):
            if ("REL-032", criterion.id) not in self.told:  # Excel formats a column as a whole
                self.told.add(("REL-032", criterion.id))
                self.report("REL-032", cell, text=text, name=criterion.name)
        elif _THOUSANDS.fullmatch(plain):
            self.report("REL-033", cell, text=text)
        elif _NUMBER.fullmatch(plain):
            self.report("REL-031", cell, text=text, right=plain)
        else:
            self.report("REL-011", cell, text=text, name=criterion.name)


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
