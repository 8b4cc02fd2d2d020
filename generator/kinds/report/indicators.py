"""The arithmetic of public reporting, from plain data: periods, shares, and what is computed from the records.

A share is never an average of shares: it is always computed from the counts behind it. Days decide who counts: a year
stands as it was on its last day, the running year as it is on the day of the data.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from itertools import pairwise
from math import gcd
from typing import Literal

from generator.kinds.project.stages import STAGES
from generator.text.dates import is_known
from generator.text.numerals import natural

Bound = Literal["eq", "gte", "lte"]
_DIGITS = 60  # the largest number by the smallest has 24 before the point; the usual 28 leave it no decimals
PERCENT = frozenset({"%", "％"})
_PERIOD = re.compile(r"([0-9]{4})(?:-(?:(H)([12])|(Q)([1-4])|([0-9]{2}))|/([0-9]{4}))?")
_MONTHS = {"year": 12, "half": 6, "quarter": 3, "month": 1}


@dataclass(frozen=True, slots=True)
class Period:
    """A time that a value stands for: from ``first`` to ``last``, both included. ``number`` tells the halves, quarters
    or months of a year apart; ``years`` is the length of a span of whole years, else 0."""

    text: str
    length: Literal["span", "year", "half", "quarter", "month"]
    first: date
    last: date
    number: int = 0

    @property
    def size(self) -> tuple[str, int]:
        """What two periods of the same length have in common."""
        return self.length, self.last.year - self.first.year


def period(text: str) -> Period | None:
    """Read ``2023``, ``2023-H1``, ``2023-Q2``, ``2023-05`` or the years ``2017/2021``; ``None`` for anything else."""
    match = _PERIOD.fullmatch(text)
    if match is None or not is_known(int(match[1])):
        return None
    year = int(match[1])
    if match[7]:
        until = int(match[7])
        return Period(text, "span", date(year, 1, 1), date(until, 12, 31)) if year < until and is_known(until) else None
    if match[2]:
        return _part(text, "half", year, int(match[3]))
    if match[4]:
        return _part(text, "quarter", year, int(match[5]))
    if match[6]:
        return _part(text, "month", year, int(match[6])) if 1 <= int(match[6]) <= 12 else None
    return Period(text, "year", date(year, 1, 1), date(year, 12, 31))


def _part(text: str, length: Literal["half", "quarter", "month"], year: int, number: int) -> Period:
    months = _MONTHS[length]
    first = date(year, (number - 1) * months + 1, 1)
    after = date(year + 1, 1, 1) if number * months == 12 else date(year, number * months + 1, 1)
    return Period(text, length, first, after - timedelta(days=1), number)


@dataclass(frozen=True, slots=True)
class Gap:
    """Time between two values for which there is none: the periods from ``first`` to ``last``, after ``before``."""

    before: Period
    first: Period
    last: Period


def gaps(periods: Sequence[Period]) -> tuple[Gap, ...]:
    """Where a series has no values though its step asks for some. The step is the longest that reaches every period from
    the first: values for every other year have no gaps, and one of them that is missing is one. Two periods alone tell
    no step, so theirs is their own length. Periods of different lengths are joined where they touch."""
    ordered = sorted(periods, key=lambda each: (each.first, each.last))
    places = [_place(each) for each in ordered]
    alike = len({each.size for each in ordered}) <= 1
    step = gcd(*(after - before for before, after in pairwise(places))) if alike and len(places) > 2 else 0
    found = []
    covered = date.min
    for before, after in pairwise(ordered):
        covered = max(covered, before.last)
        unit = before.length if before.size == after.size else "month"
        if unit == "span":
            unit = "year"
        if _place(after, unit) - _place(before, unit) <= (step if alike else 0):
            continue
        follows, ends = covered + timedelta(days=1), after.first - timedelta(days=1)
        if follows <= ends:
            found.append(Gap(before, _around(follows, unit), _around(ends, unit)))
    return tuple(found)


def _place(time: Period, unit: str = "") -> int:
    """Where a period begins, counted in periods of its own length, or in those of ``unit``."""
    months = _MONTHS.get(unit or time.length, 12)
    return (time.first.year * 12 + time.first.month - 1) // months


def _around(day: date, unit: str) -> Period:
    """The year, half, quarter or month that ``day`` lies in."""
    number = (day.month - 1) // _MONTHS[unit] + 1
    text = {"year": "", "half": f"-H{number}", "quarter": f"-Q{number}", "month": f"-{number:02d}"}[unit]
    found = period(f"{day.year}{text}")
    assert found is not None
    return found


def quotient(numerator: Decimal, denominator: Decimal, unit: str) -> Decimal:
    """What ``numerator`` of ``denominator`` makes in ``unit``: per cent, or the plain quotient."""
    return numerator * (100 if unit in PERCENT else 1) / denominator


def agrees(stated: Decimal, computed: Decimal, bound: Bound = "eq") -> bool:
    """Whether a stated value can stand beside a computed one: equal to as many decimals as are stated, or on the
    right side of it where it is a bound."""
    if bound == "gte":
        return stated <= computed
    if bound == "lte":
        return stated >= computed
    exponent = stated.as_tuple().exponent
    assert isinstance(exponent, int)
    return abs(stated - computed) <= Decimal(1).scaleb(exponent) / 2


def rounded(value: Decimal, places: int) -> Decimal:
    """``value`` with at most ``places`` decimals, without zeros at the end. Halves go away from zero."""
    with localcontext(prec=_DIGITS):
        short = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        return short.quantize(Decimal(1)) if short == short.to_integral_value() else short.normalize()


def percentage(part: int, whole: int) -> Decimal | None:
    """``part`` of ``whole`` in per cent with one decimal, ``None`` of nothing. What is not all never becomes 100, and
    what is not nothing never becomes 0."""
    if whole == 0:
        return None
    value = rounded(Decimal(100 * part) / whole, 1)
    if part < whole and value >= 100:
        return Decimal("99.9")
    return Decimal("0.1") if part > 0 and value <= 0 else value


def share(parts: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """The counts of the whole from those of its parts; never the average of their shares."""
    listed = list(parts)
    return sum(each[0] for each in listed), sum(each[1] for each in listed)


# -- coverage --------------------------------------------------------------------------------------------------------

Mark = Literal["has", "lacks", "none"]


@dataclass(frozen=True, slots=True)
class Member:
    """A unit of the roster: there from ``since`` until the day before ``until``. ``is_due``: it should have a brand."""

    id: str
    name: str
    since: date
    until: date | None = None
    successor: str | None = None
    is_due: bool = True

    def is_there(self, day: date) -> bool:
        """Whether the unit exists on ``day``."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class CoverageYear:
    """One column: the year, the day it is seen from, how many units should have a brand and how many do."""

    year: int
    day: date
    done: int
    due: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Units by year. A row holds one mark for each year: ``has`` or ``lacks`` a brand, or ``none``: not counted."""

    years: tuple[CoverageYear, ...]
    rows: tuple[tuple[Member, tuple[Mark, ...]], ...] = field(repr=False)


def coverage(roster: Sequence[Member], brands: Iterable[tuple[str, date]], years: Iterable[int], day: date) -> Coverage:
    """Which units have a brand, by year, as far as ``day``.

    ``brands`` are (unit, day of establishment). A year is seen from its last day, a running one from ``day``; a later
    one is left out. A brand of a unit that is gone counts for the unit that succeeds it then. Units that are counted in
    no year have no row.
    """
    known = {each.id: each for each in roster}
    listed = list(brands)
    columns, marks = [], []
    for year in sorted(set(years)):
        if date(year, 1, 1) > day:
            continue
        seen = min(date(year, 12, 31), day)
        owners = {heir(known, unit, seen) for unit, since in listed if since <= seen}
        column: list[Mark] = [_mark(each, seen, owners) for each in roster]
        columns.append(CoverageYear(year, seen, column.count("has"), len(column) - column.count("none")))
        marks.append(column)
    rows = ((each, tuple(column[at] for column in marks)) for at, each in enumerate(roster))
    return Coverage(tuple(columns), tuple(row for row in rows if set(row[1]) - {"none"}))


def _mark(member: Member, day: date, owners: set[str | None]) -> Mark:
    if not member.is_due or not member.is_there(day):
        return "none"
    return "has" if member.id in owners else "lacks"


def heir(roster: Mapping[str, Member], id: str, day: date) -> str | None:
    """The unit that stands on ``day`` for the unit ``id``: itself, or the first of its successors that exists then;
    ``None`` where the chain ends or goes round in a circle."""
    seen: set[str] = set()
    current: str | None = id
    while current is not None and current in roster and current not in seen:
        if roster[current].is_there(day):
            return current
        seen.add(current)
        current = roster[current].successor
    return None


# -- stars and stages ------------------------------------------------------------------------------------------------

STARS = (5, 4, 3, 0)  # best first; 0 means rated without a star


@dataclass(frozen=True, slots=True)
class Batch:
    """How many branches got which star in one batch of ratings."""

    name: str
    year: int
    counts: Mapping[int, int]

    @property
    def total(self) -> int:
        """All branches rated in this batch."""
        return sum(self.counts.values())


def stars(ratings: Iterable[tuple[str, int, int]]) -> tuple[Batch, ...]:
    """The distribution of stars by batch, from (batch, year, star) of each branch; a batch stands where its first year
    is, those of a year by their numbers: 第二批 before 第十批."""
    counts: dict[str, Counter[int]] = {}
    first: dict[str, int] = {}
    for batch, year, star in ratings:
        counts.setdefault(batch, Counter())[star] += 1
        first[batch] = min(year, first.get(batch, year))
    names = sorted(counts, key=lambda each: (first[each], natural(each), each))
    return tuple(Batch(each, first[each], {star: counts[each][star] for star in STARS}) for each in names)


def stages(projects: Iterable[tuple[str, int]]) -> Mapping[str, Mapping[int, int]]:
    """Stage → year → number of projects, from (stage, year) of each; every stage in its order, years ascending. Empty
    without projects."""
    counted = Counter(projects)
    years = sorted({year for _, year in counted})
    return {stage: {year: counted[stage, year] for year in years} for stage in STAGES} if years else {}
