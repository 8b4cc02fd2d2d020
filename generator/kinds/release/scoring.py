"""The arithmetic of a release: judges' points to means, means to totals, totals to ranks. Exact, and without any record.

Points are decimals and every step up to a stated rounding is a fraction, so no binary rounding enters. Rounding is half
up, to the digits the rule states. What is compared is always the rounded figure that is also printed, so whoever has
the page can compute it again (docs/decisions/012-release-arithmetic.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

FULL = 100  # every round is brought to this scale before it is weighted
LEAST_FOR_EXTREMES = 3  # with fewer judges nothing is dropped: nothing would be left

WhyNot = Literal["", "highest", "lowest", "recused"]


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one judge gave one candidate: points in the order of the criteria."""

    candidate: str
    judge: str
    points: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class JudgeTotal:
    """The sum of one judge's points for one candidate, and why it does not count where it does not."""

    judge: str
    total: Decimal
    why_not: WhyNot = ""


@dataclass(frozen=True, slots=True)
class RoundScore:
    """A candidate's result of one round: the judges' totals, their mean on a scale of 100, and the mean of each
    criterion on its own scale. Both means are rounded; that of a criterion is over all judges who are not recused."""

    candidate: str
    totals: tuple[JudgeTotal, ...]
    mean: Decimal
    criteria: tuple[Decimal, ...]

    @property
    def counted(self) -> tuple[JudgeTotal, ...]:
        """The totals that the mean is made of."""
        return tuple(each for each in self.totals if not each.why_not)


@dataclass(frozen=True, slots=True)
class TieBreak:
    """What decides between equals: the id that the rule names, and each candidate's value. The higher one wins."""

    id: str
    values: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Standing:
    """A candidate's place: the figure that is ranked, the rank (equals share a number, and the next ones are left out),
    and the id of the tie break that told it from a neighbour of the same figure, empty where none had to."""

    candidate: str
    total: Decimal
    rank: int
    decided_by: str = ""


def round_half_up(value: Fraction, digits: int) -> Decimal:
    """``value`` to ``digits`` decimal places, halves away from zero."""
    scaled = abs(value) * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if value >= 0 else -whole).scaleb(-digits)


def score_round(
    ballots: Iterable[Ballot],
    most: Sequence[Decimal],
    *,
    drop_extremes: bool,
    recused: frozenset[tuple[str, str]] = frozenset(),
    digits: int = 2,
) -> Mapping[str, RoundScore]:
    """Score every candidate of one round who has a ballot that counts.

    ``most`` are the criteria's maxima. ``drop_extremes`` leaves out one highest and one lowest total of each candidate
    who has at least three that count. ``recused`` holds (judge, candidate) pairs that never count.
    """
    by_candidate: dict[str, list[Ballot]] = {}
    for ballot in ballots:
        by_candidate.setdefault(ballot.candidate, []).append(ballot)
    scored = {}
    for candidate, mine in by_candidate.items():
        totals = _totals(mine, recused, drop_extremes)
        counted = [each.total for each in totals if not each.why_not]
        if counted:
            mean = _mean(counted) * FULL / Fraction(sum(most, Decimal(0)))
            criteria = _criteria([each.points for each in mine if (each.judge, candidate) not in recused], digits)
            scored[candidate] = RoundScore(candidate, totals, round_half_up(mean, digits), criteria)
    return scored


def _mean(values: Sequence[Decimal]) -> Fraction:
    return sum(map(Fraction, values), Fraction(0)) / len(values)


def _criteria(points: Sequence[tuple[Decimal, ...]], digits: int) -> tuple[Decimal, ...]:
    return tuple(round_half_up(_mean(column), digits) for column in zip(*points, strict=True))


def _totals(
    ballots: Sequence[Ballot], recused: frozenset[tuple[str, str]], drop_extremes: bool
) -> tuple[JudgeTotal, ...]:
    ordered = sorted(ballots, key=lambda each: each.judge)
    sums = [sum(each.points, Decimal(0)) for each in ordered]
    counted = [at for at, each in enumerate(ordered) if (each.judge, each.candidate) not in recused]
    marks: dict[int, WhyNot] = {at: "recused" for at in range(len(ordered)) if at not in counted}
    if drop_extremes and len(counted) >= LEAST_FOR_EXTREMES:
        highest = max(counted, key=lambda at: sums[at])
        marks[highest] = "highest"
        marks[min((at for at in counted if at != highest), key=lambda at: sums[at])] = "lowest"
    return tuple(JudgeTotal(each.judge, sums[at], marks.get(at, "")) for at, each in enumerate(ordered))


def combine(rounds: Sequence[tuple[Decimal, Mapping[str, Decimal]]], digits: int = 2) -> Mapping[str, Decimal]:
    """The weighted total of each candidate who has a result in every round that has a weight.

    ``rounds`` are (weight in percent, candidate → rounded mean on a scale of 100).
    """
    weighted = [(Fraction(weight), means) for weight, means in rounds if weight]
    if not weighted:
        return {}
    present = set.intersection(*(set(means) for _, means in weighted))
    return {
        candidate: round_half_up(
            sum((weight * Fraction(means[candidate]) for weight, means in weighted), Fraction(0)) / FULL, digits
        )
        for candidate in sorted(present)
    }


def rank(totals: Mapping[str, Decimal], tie_breaks: Sequence[TieBreak] = ()) -> tuple[Standing, ...]:
    """Rank by total, highest first. Equal totals are decided by the ``tie_breaks`` in turn; those still equal share a
    rank. The order of what comes in never matters."""
    keys = {
        candidate: (total, *(each.values.get(candidate, Decimal(-1)) for each in tie_breaks))
        for candidate, total in totals.items()
    }
    ordered = sorted(totals, key=lambda candidate: (*(-each for each in keys[candidate]), candidate))
    standings: list[Standing] = []
    for at, candidate in enumerate(ordered):
        shares = at > 0 and keys[candidate] == keys[ordered[at - 1]]
        neighbours = (*ordered[max(0, at - 1) : at], *ordered[at + 1 : at + 2])
        number = min((_difference(keys[candidate], keys[other]) for other in neighbours), default=0)
        decider = tie_breaks[number - 1].id if 0 < number <= len(tie_breaks) else ""
        place = standings[-1].rank if shares else at + 1
        standings.append(Standing(candidate, totals[candidate], place, decider))
    return tuple(standings)


def _difference(mine: tuple[Decimal, ...], theirs: tuple[Decimal, ...]) -> int:
    """Which tie break tells two equal totals apart, from 1; a number beyond them all where the totals differ or
    nothing does."""
    if mine[0] != theirs[0]:
        return len(mine)
    return next((number for number in range(1, len(mine)) if mine[number] != theirs[number]), len(mine))
