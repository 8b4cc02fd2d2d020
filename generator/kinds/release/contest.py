"""How a release comes about: rules and judges' ballots in, the rounds, who went on and who is released out. Pure.

Every scored round is a cut: the ``advances`` candidates with the highest mean of that round go on. The last round with a
weight decides: among those who entered it the weighted total of all rounds ranks, and the first ``quota`` are released.
Equals are told apart by what the written rule names, in its order, as far as it is known by then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from generator.kinds.release.scoring import Ballot, RoundScore, Standing, TieBreak, combine, rank, score_round


@dataclass(frozen=True, slots=True)
class Criterion:
    """What judges give points for, and how many at most."""

    id: str
    name: str
    most: Decimal


@dataclass(frozen=True, slots=True)
class Round:
    """A round. Without criteria nothing is scored. ``weight`` is in percent of the total, ``advances`` how many go on
    (``None``: all)."""

    kind: str
    criteria: tuple[Criterion, ...] = ()
    weight: Decimal = Decimal(0)
    advances: int | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """The written rules of a release. ``tie_order`` holds kinds of rounds and ids of criteria; ``recused`` are
    (judge, candidate) pairs; ``decimals`` are the digits kept when rounding."""

    candidates: tuple[str, ...]
    rounds: tuple[Round, ...]
    quota: int
    drop_extremes: bool = False
    decimals: int = 2
    tie_order: tuple[str, ...] = ()
    recused: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class RoundOutcome:
    """A scored round: who entered, what they got, in which order, who went on, and those whom nothing in the rule tells
    apart although the cut lies between them."""

    round: Round
    entered: tuple[str, ...]
    scores: Mapping[str, RoundScore] = field(repr=False)
    standings: tuple[Standing, ...] = field(repr=False)
    went_on: tuple[str, ...]
    undecided: tuple[str, ...] = ()

    @property
    def means(self) -> Mapping[str, Decimal]:
        """Candidate → mean on a scale of 100."""
        return {candidate: score.mean for candidate, score in self.scores.items()}


@dataclass(frozen=True, slots=True)
class Decision:
    """How it ended. ``standings`` rank those who entered the deciding round by their weighted total."""

    rounds: tuple[RoundOutcome, ...]
    standings: tuple[Standing, ...]
    released: tuple[Standing, ...]

    @property
    def deciding(self) -> RoundOutcome | None:
        """The last round with a weight."""
        return next((each for each in reversed(self.rounds) if each.round.weight), None)


def settle(rules: Rules, ballots: Mapping[str, Iterable[Ballot]]) -> Decision:
    """Decide by ``rules`` from the ``ballots`` of each kind of round. Who has no ballot in a round is not ranked in it;
    ballots of candidates who did not come so far are left out."""
    scored = [each for each in rules.rounds if each.criteria]
    last = next((each for each in reversed(scored) if each.weight), None)
    present = tuple(sorted(rules.candidates))
    outcomes: list[RoundOutcome] = []
    standings: tuple[Standing, ...] = ()
    for each in scored:
        mine = _scores(each, rules, ballots.get(each.kind, ()), present)
        ties = _tie_breaks(rules.tie_order, (*((one.round, one.scores) for one in outcomes), (each, mine)))
        figures = {candidate: score.mean for candidate, score in mine.items()}
        if each is last:
            means = [(one.round.weight, one.means) for one in outcomes]
            figures = dict(combine([*means, (each.weight, figures)], rules.decimals))
        ranking = rank(figures, ties)
        limit = rules.quota if each is last else each.advances
        went_on = tuple(one.candidate for one in ranking[:limit]) if limit is not None else present
        outcomes.append(RoundOutcome(each, present, mine, ranking, went_on, _undecided(ranking, limit)))
        if each is last:
            standings = ranking
        present = went_on
    return Decision(tuple(outcomes), standings, standings[: rules.quota])


def _scores(
    round_: Round, rules: Rules, ballots: Iterable[Ballot], present: tuple[str, ...]
) -> Mapping[str, RoundScore]:
    here = frozenset(present)
    return score_round(
        (each for each in ballots if each.candidate in here),
        [each.most for each in round_.criteria],
        drop_extremes=rules.drop_extremes,
        recused=rules.recused,
        digits=rules.decimals,
    )


def _tie_breaks(order: Sequence[str], scored: Sequence[tuple[Round, Mapping[str, RoundScore]]]) -> tuple[TieBreak, ...]:
    """What ``order`` names, as far as it has been scored: a round by its mean, a criterion by its mean in the last round
    that has it."""
    found = []
    for id in order:
        for round_, scores in reversed(scored):
            ids = [each.id for each in round_.criteria]
            if id == round_.kind:
                found.append(TieBreak(id, {candidate: score.mean for candidate, score in scores.items()}))
                break
            if id in ids:
                at = ids.index(id)
                found.append(TieBreak(id, {candidate: score.criteria[at] for candidate, score in scores.items()}))
                break
    return tuple(found)


def _undecided(ranking: Sequence[Standing], limit: int | None) -> tuple[str, ...]:
    if limit is None or not 0 < limit < len(ranking) or ranking[limit - 1].rank != ranking[limit].rank:
        return ()
    return tuple(each.candidate for each in ranking if each.rank == ranking[limit].rank)
