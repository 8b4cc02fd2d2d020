"""REL-*: the rounds, the numbers, the notice and the arithmetic of a release, each mistake where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from generator.catalog.inspection import Inspection
from generator.catalog.record import Record
from generator.kinds.calendar import work_calendar
from generator.kinds.release import stated
from generator.kinds.release.contest import Decision, RoundOutcome
from generator.kinds.release.model import SHEET, VOTE, Release, decide, read_sheet
from generator.kinds.release.scoresheet import Row, is_anonymous, phrase
from generator.kinds.release.scoring import Standing
from generator.messages import Words, words
from generator.problems import Problem, Span, problem
from generator.schema.validation import did_you_mean
from generator.text.numerals import natural

_SCORED_BY = ("review", "published")  # the stages in which the scores must be there


def check(record: Record, inspection: Inspection) -> Iterator[Problem]:
    """Everything about one release that its schema cannot see."""
    names = inspection.catalog.names("brand")
    numbers = [*_flow(record)] or [*_ends(record)]
    if stated.FILE in record.texts:
        yield problem("ARC-026", Span(record.texts[stated.FILE].path), name=stated.FILE)
        return
    yield from _identity(record)
    yield from _repetitions(record)
    yield from _dates(record)
    yield from _weights(record)
    yield from numbers
    yield from _tie_order(record)
    yield from _recusals(record, inspection, names)
    yield from _notice(record, inspection)
    yield from _scores(record, inspection, names, has_right_numbers=not numbers)


def _identity(record: Record) -> Iterator[Problem]:
    release: Release = record.data
    if record.id != str(release.year):
        yield problem("REL-024", record.span("year"), id=record.id, year=release.year)
    if release.published_on and release.published_on > release.announced_on.date():
        late, early = words("release.announced"), words("date.published")
        yield problem("DAT-004", record.span("published_on"), late=late, early=early)


def _repetitions(record: Record) -> Iterator[Problem]:
    release: Release = record.data
    lists: list[list[tuple[str, tuple[str | int, ...]]]] = [
        [(each.kind, ("rounds", at, "kind")) for at, each in enumerate(release.rounds)],
        [(each.brand, ("candidates", at, "brand")) for at, each in enumerate(release.candidates)],
        [(each.brand, ("results", at, "brand")) for at, each in enumerate(release.results)],
    ]
    for at, round_ in enumerate(release.rounds):
        lists.append([(each.id, ("rounds", at, "criteria", n, "id")) for n, each in enumerate(round_.criteria)])
    for values in lists:
        first: dict[str, tuple[str | int, ...]] = {}
        for text, key in values:
            if text in first:
                yield problem("REL-020", record.span(*key), text=text, first=str(record.span(*first[text])))
            first.setdefault(text, key)


def _dates(record: Record) -> Iterator[Problem]:
    rounds = record.data.rounds
    for at, each in enumerate(rounds):
        if each.end < each.start:
            late, early = words("release.round_end"), words("release.round_start")
            yield problem("DAT-004", record.span("rounds", at, "end"), late=late, early=early)
    for at, (before, each) in enumerate(zip(rounds, rounds[1:], strict=False), 1):
        if each.start <= before.end:
            values = {"round": each.kind, "start": each.start, "before": before.kind, "end": before.end}
            yield problem("REL-003", record.span("rounds", at, "start"), **values)


def _weights(record: Record) -> Iterator[Problem]:
    release: Release = record.data
    for at, each in enumerate(release.rounds):
        if each.kind == VOTE and each.weight:
            yield problem("REL-013", record.span("rounds", at, "weight"), weight=f"{each.weight:f}")
    scored = {at: each for at, each in enumerate(release.rounds) if each.criteria}
    total = sum(each.weight for each in scored.values())
    if total != 100:
        last = max((at for at, each in scored.items() if each.weight), default=None)
        span = record.span("rounds") if last is None else record.span("rounds", last, "weight")
        kinds = "、".join(f"{each.kind} {each.weight:f}%" for each in scored.values()) or "0"
        yield problem("REL-002", span, rounds=kinds, sum=f"{total:f}")


def _flow(record: Record) -> Iterator[Problem]:
    """How many come in and go on, from round to round."""
    release: Release = record.data
    rounds = release.rounds
    first = next((at for at, each in enumerate(rounds) if each.criteria), None)
    coming: int | None = None
    place: tuple[str | int, ...] = ()
    for at, each in enumerate(rounds):
        if at == first and release.candidates:
            count = len(release.candidates)
            if coming not in (None, count) and each.entered in (None, count):
                yield _number(record, place, phrase("release.candidates_are", count=count))
            coming = count
        if each.entered is not None and coming is not None and each.entered != coming:
            key = "release.candidates_are" if at == first else "release.came"
            yield _number(record, ("rounds", at, "entered"), phrase(key, count=coming))
        came = each.entered if coming is None else coming
        if each.advances is not None and came is not None and each.advances > came:
            yield _number(record, ("rounds", at, "advances"), phrase("release.came_only", count=came))
        coming = each.advances or came
        place = ("rounds", at, "advances" if each.advances else "entered")


def _ends(record: Record) -> Iterator[Problem]:
    """The deciding round, and any after it, let as many go on as are released."""
    release: Release = record.data
    deciding = [at for at, each in enumerate(release.rounds) if each.criteria and each.weight][-1:]
    for at, each in enumerate(release.rounds):
        if deciding and at >= deciding[0] and each.advances not in (None, release.quota):
            yield _number(record, ("rounds", at, "advances"), phrase("release.quota_is", count=release.quota))


def _number(record: Record, key: tuple[str | int, ...], expected: Words) -> Problem:
    _, at, name = key
    round_ = record.data.rounds[at]
    what = words(f"release.{name}")
    stated = getattr(round_, str(name))
    return problem("REL-004", record.span(*key), round=round_.kind, what=what, stated=stated, expected=expected)


def _tie_order(record: Record) -> Iterator[Problem]:
    release: Release = record.data
    known = {each.id: each.name for one in release.rounds for each in one.criteria}
    known |= {each.kind: each.kind for each in release.rounds if each.criteria}
    for at, text in enumerate(release.tie_rule.order):
        if text not in known:
            hint = did_you_mean(text, known, known)
            yield problem("REL-025", record.span("tie_rule", "order", at), text=text, hint=hint)


def _recusals(record: Record, inspection: Inspection, names: Mapping[str, str]) -> Iterator[Problem]:
    candidates = {each.brand: names.get(each.brand, each.brand) for each in record.data.candidates}
    for at, each in enumerate(record.data.recusals):
        if not is_anonymous(each.judge):
            yield problem("REL-018", record.span("recusals", at, "judge"))
        if each.brand not in candidates and inspection.catalog.get("brand", each.brand):
            hint = did_you_mean(each.brand, candidates, candidates)
            yield problem("REL-008", record.span("recusals", at, "brand"), text=each.brand, hint=hint)


def _notice(record: Record, inspection: Inspection) -> Iterator[Problem]:
    release: Release = record.data
    notice = release.notice_round
    if notice is None:
        yield problem("REL-016", record.span("rounds"), what=words("release.no_notice"))
        return
    at = release.rounds.index(notice)
    if release.announced_on.date() <= notice.end:
        what = phrase("release.too_early", day=release.announced_on.date(), end=notice.end)
        yield problem("REL-016", record.span("announced_on"), what=what)
    is_calendar_broken = any(kind == "calendar" for kind, _ in inspection.catalog.broken)
    if notice.end < notice.start or is_calendar_broken:  # without its days off nothing can be counted
        return
    calendar = work_calendar(inspection.catalog)
    for year in calendar.unknown(notice.start, notice.end):
        yield problem("REL-017", record.span("rounds", at, "start"), year=year)
    counted = calendar.count(notice.start, notice.end)
    if counted < release.notice.working_days:
        values = {"needed": release.notice.working_days, "first": notice.start, "last": notice.end}
        yield problem("REL-006", record.span("rounds", at, "end"), counted=counted, **values)


def _scores(
    record: Record, inspection: Inspection, names: Mapping[str, str], *, has_right_numbers: bool
) -> Iterator[Problem]:
    """The score sheet, then whether it is whole, then the result: each only when what it rests on is right."""
    release: Release = record.data
    is_due = release.status in _SCORED_BY
    if len(release.candidates) < release.quota and (is_due or release.candidates):
        yield problem("REL-005", record.span("quota"), quota=release.quota, count=len(release.candidates))
        has_right_numbers = False
    if SHEET not in record.texts:
        path = f"{record.folder}/{SHEET}"  # one that is there and could not be read was reported there
        is_missing = path not in inspection.sources.files and path not in inspection.sources.refused
        if is_due and is_missing and any(each.criteria for each in release.rounds):
            yield problem("REL-022", record.span("rounds"))
        return
    sheet, problems = read_sheet(record, names)
    yield from problems
    decision = decide(record)
    gaps = [] if problems else [*_gaps(record, decision, sheet.rows, names)]
    yield from gaps
    if problems or gaps:
        return
    yield from _strays(decision, sheet.rows, names)
    yield from _undecided(record, decision, names)
    if len(decision.released) < release.quota and has_right_numbers:
        yield problem("REL-005", record.span("quota"), quota=release.quota, count=len(decision.released))
    yield from _stated(record, decision, names)
    yield from _released(record, decision, inspection, names)


def _gaps(record: Record, decision: Decision, rows: tuple[Row, ...], names: Mapping[str, str]) -> Iterator[Problem]:
    """What is missing in the first round that is not whole."""
    for outcome in decision.rounds:
        mine = [row for row in rows if row.round == outcome.round.kind]
        found = [*_gaps_of_round(record, outcome, mine, names)]
        yield from found
        if found:
            return


def _gaps_of_round(
    record: Record, outcome: RoundOutcome, rows: list[Row], names: Mapping[str, str]
) -> Iterator[Problem]:
    release: Release = record.data
    kind = outcome.round.kind
    judges = {row.ballot.judge for row in rows}
    if not rows:
        at = next(at for at, each in enumerate(release.rounds) if each.kind == kind)
        yield problem("REL-009", record.span("rounds", at, "kind"), round=kind, what=words("release.no_scores"))
        return
    if kind != VOTE and release.judges_count not in (None, len(judges)):
        what = phrase(
            "release.judges",
            stated=release.judges_count,
            count=len(judges),
            names="、".join(sorted(judges, key=natural)),
        )
        yield problem("REL-009", record.span("judges_count"), round=kind, what=what)
        return
    given: dict[str, list[Row]] = {}
    for row in rows:
        given.setdefault(row.ballot.candidate, []).append(row)
    for at, each in enumerate(release.candidates):
        if each.brand not in outcome.entered:
            continue
        there = given.get(each.brand, [])
        missing = judges - {row.ballot.judge for row in there}
        missing -= {one.judge for one in release.recusals if one.brand == each.brand}
        name = names.get(each.brand, each.brand)
        if not there:
            what = phrase("release.not_scored", name=name)
            yield problem("REL-009", record.span("candidates", at, "brand"), round=kind, what=what)
        elif missing:
            what = phrase("release.judge_missing", name=name, judges="、".join(sorted(missing, key=natural)))
            yield problem("REL-009", there[-1].span, round=kind, what=what)


def _strays(decision: Decision, rows: tuple[Row, ...], names: Mapping[str, str]) -> Iterator[Problem]:
    entered = {outcome.round.kind: frozenset(outcome.entered) for outcome in decision.rounds}
    told: set[tuple[str, str]] = set()
    for row in rows:
        key = (row.round, row.ballot.candidate)
        if row.ballot.candidate not in entered[row.round] and key not in told:
            told.add(key)
            name = names.get(row.ballot.candidate, row.ballot.candidate)
            yield problem("REL-021", row.span, candidate=name, round=row.round)


def _undecided(record: Record, decision: Decision, names: Mapping[str, str]) -> Iterator[Problem]:
    key = ("order",) if record.data.tie_rule.order else ("text",)
    for outcome in decision.rounds:
        if outcome.undecided:
            tied = {each.candidate: each for each in outcome.standings if each.candidate in outcome.undecided}
            yield problem(
                "REL-014",
                record.span("tie_rule", *key),
                round=outcome.round.kind,
                limit=len(outcome.went_on),
                names="、".join(names.get(each, each) for each in outcome.undecided),
                total=f"{next(iter(tied.values())).total:f}",
            )


def _stated(record: Record, decision: Decision, names: Mapping[str, str]) -> Iterator[Problem]:
    """The stated result against the computed one."""
    release: Release = record.data
    computed = {each.candidate: each for each in decision.standings}
    values = {"year": release.year}
    for at, row in enumerate(release.results):
        name, right = names.get(row.brand, row.brand), computed.get(row.brand)
        if right is None:
            span = record.span("results", at, "brand")
            nothing = words("release.no_rank")
            yield problem("REL-001", span, name=name, what=_RANK, stated=row.rank, computed=nothing, **values)
            continue
        if row.total != right.total:
            span, figures = record.span("results", at, "total"), (f"{row.total:f}", f"{right.total:f}")
            yield problem("REL-001", span, name=name, what=_TOTAL, stated=figures[0], computed=figures[1], **values)
        if row.rank != right.rank:
            span = record.span("results", at, "rank")
            yield problem("REL-001", span, name=name, what=_RANK, stated=row.rank, computed=right.rank, **values)
    stated = {row.brand for row in release.results}
    for each in decision.standings if release.results else ():
        if each.candidate not in stated:
            name, nothing = names.get(each.candidate, each.candidate), words("release.not_stated")
            span = record.span("results")
            yield problem("REL-001", span, name=name, what=_RANK, stated=nothing, computed=each.rank, **values)


def _released(
    record: Record, decision: Decision, inspection: Inspection, names: Mapping[str, str]
) -> Iterator[Problem]:
    release: Release = record.data
    places = {each.brand: at for at, each in enumerate(release.candidates)}
    for each in decision.released:
        at = places[each.candidate]
        candidate = release.candidates[at]
        span = record.span("candidates", at, "brand")
        if candidate.citation is None:
            yield problem("REL-019", span, name=names.get(each.candidate, each.candidate))
        if candidate.name is None and not _is_named(each, release.announced_on.date(), inspection):
            yield problem("REL-023", span, id=each.candidate)


def _is_named(standing: Standing, day: date, inspection: Inspection) -> bool:
    """Whether the public could see the brand's page by ``day``. Of one that cannot be read something else is told."""
    brand = inspection.catalog.get("brand", standing.candidate)
    if brand is None:
        return True
    first = brand.data.shown_from
    return first is not None and (first.date() if isinstance(first, datetime) else first) <= day


_TOTAL, _RANK = words("release.total"), words("release.rank")
