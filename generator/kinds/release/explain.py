"""How each candidate's result came about, line by line, for whoever has to answer for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.catalog.record import Record
from generator.kinds.release.contest import Decision, RoundOutcome
from generator.kinds.release.model import Release, decide
from generator.kinds.release.scoring import JudgeTotal, Standing
from generator.messages import Language, say
from generator.text.numerals import natural


def lines(record: Record, names: Mapping[str, str], language: Language) -> Iterator[str]:
    """The explanation of a release: every candidate, best first, with judges' totals, means, total and rank."""
    release: Release = record.data
    decision = decide(record)
    yield say("explain.head", language, name=release.heading, rules=release.rule_version, quota=release.quota)
    yield say("explain.dropped" if release.drop_extremes else "explain.kept", language)
    yield say("explain.ties", language, text=release.tie_rule.text)
    ranked = {each.candidate: each for each in decision.standings}
    others = [each.brand for each in release.candidates if each.brand not in ranked]
    for brand in (*ranked, *dict.fromkeys(others)):
        yield ""
        yield say("explain.candidate", language, name=names.get(brand, brand), id=brand)
        for outcome in decision.rounds:
            yield from _round(outcome, brand, record, language)
        yield from _end(ranked.get(brand), decision, release, language)


def _round(outcome: RoundOutcome, brand: str, record: Record, language: Language) -> Iterator[str]:
    score = outcome.scores.get(brand)
    kind = outcome.round.kind
    if brand not in outcome.entered or score is None:
        yield say("explain.absent", language, round=kind)
        return
    comma = say("list.comma", language)
    given = comma.join(_judge(each, language) for each in sorted(score.totals, key=lambda one: natural(one.judge)))
    yield say("explain.judges", language, round=kind, given=given)
    recused = comma.join(each.judge for each in record.data.recusals if each.brand == brand)
    if recused:
        yield say("explain.recused", language, judges=recused)
    counted = [f"{each.total:f}" for each in score.counted]
    most = sum(each.most for each in outcome.round.criteria)
    values = {"sum": " + ".join(counted), "count": len(counted), "most": f"{most:f}", "mean": f"{score.mean:f}"}
    yield say("explain.mean", language, **values)
    key = "explain.went_on" if brand in outcome.went_on else "explain.stopped"
    if outcome.round.advances is not None and len(outcome.went_on) < len(outcome.entered):
        yield say(key, language, count=len(outcome.went_on))


def _judge(total: JudgeTotal, language: Language) -> str:
    text = f"{total.judge} {total.total:f}"
    return f"{text}{say(f'explain.{total.why_not}', language)}" if total.why_not else text


def _end(standing: Standing | None, decision: Decision, release: Release, language: Language) -> Iterator[str]:
    if standing is None:
        yield say("explain.unranked", language)
        return
    counted = [each for each in decision.rounds if each.round.weight]
    parts = " + ".join(f"{each.means[standing.candidate]:f} × {each.round.weight:f}%" for each in counted)
    yield say("explain.total", language, parts=parts, total=f"{standing.total:f}")
    if standing.decided_by:
        names = {one.id: one.name for each in decision.rounds for one in each.round.criteria}
        yield say("explain.tie", language, by=names.get(standing.decided_by, standing.decided_by))
    key = "explain.released" if standing in decision.released else "explain.ranked"
    yield say(key, language, rank=standing.rank)
