"""The decision of a release as the archive of its year keeps it: what its page shows, and nothing of those who did not come
to the last round. It stands in place of the score sheet, which names them; only the archive of a year may hold one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from generator.kinds.release.contest import Decision, Round, RoundOutcome, Rules
from generator.kinds.release.scoring import JudgeTotal, RoundScore, Standing

FILE = "decision.json"
_FORMAT, _VERSION = "exhibition-decision", 1


def written(decision: Decision) -> bytes:
    """``decision`` as it is kept: of the last round what each judge gave, of earlier ones the means of those who came to the
    last, of all how many there were."""
    deciding = decision.deciding
    shown = deciding.entered if deciding else ()
    told = {
        "format": _FORMAT,
        "version": _VERSION,
        "rounds": [_round(each, shown, is_last=each is deciding) for each in decision.rounds],
        "standings": [[each.candidate, str(each.total), each.rank, each.decided_by] for each in decision.standings],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _round(outcome: RoundOutcome, shown: tuple[str, ...], *, is_last: bool) -> dict[str, Any]:
    scores = [outcome.scores[each] for each in sorted(shown) if each in outcome.scores]
    told: dict[str, Any] = {
        "kind": outcome.round.kind,
        "entered": len(outcome.entered),
        "went_on": len(outcome.went_on),
        "means": {each.candidate: str(each.mean) for each in scores},
    }
    if is_last:
        told["judges"] = {each.candidate: [[one.judge, str(one.total), one.why_not] for one in each.totals] for each in scores}
    return told


def read(text: str, rules: Rules) -> Decision:
    """The decision that ``text`` states; that nobody was released for what states none."""
    try:
        told = json.loads(text)
        is_one = (told["format"], told["version"]) == (_FORMAT, _VERSION)
        return _read(told, rules) if is_one else Decision((), (), ())
    except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError):
        return Decision((), (), ())


def _read(told: Mapping[str, Any], rules: Rules) -> Decision:
    rounds = {each.kind: each for each in rules.rounds}
    standings = tuple(Standing(id, Decimal(total), rank, tie) for id, total, rank, tie in told["standings"])
    shown = tuple(sorted(each.candidate for each in standings))
    outcomes = tuple(_outcome(each, rounds[each["kind"]], shown) for each in told["rounds"])
    return Decision(outcomes, standings, standings[: rules.quota])


def _outcome(told: Mapping[str, Any], round_: Round, shown: tuple[str, ...]) -> RoundOutcome:
    judges = told.get("judges", {})
    scores = {id: RoundScore(id, _totals(judges.get(id, ())), Decimal(mean), ()) for id, mean in told["means"].items()}
    return RoundOutcome(round_, _counted(shown, told["entered"]), scores, (), _counted(shown, told["went_on"]))


def _totals(rows: Iterable[Any]) -> tuple[JudgeTotal, ...]:
    return tuple(JudgeTotal(judge, Decimal(total), why_not) for judge, total, why_not in rows)


def _counted(shown: tuple[str, ...], count: int) -> tuple[str, ...]:
    """As many as there were; those who are not named are nobody."""
    return (*shown, *("" for _ in range(count - len(shown))))[:count]
