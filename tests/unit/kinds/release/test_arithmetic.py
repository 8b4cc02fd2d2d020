"""The arithmetic of a release against figures worked out apart from it, and what must hold for any points."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.kinds.calendar.workdays import WorkCalendar
from generator.kinds.release import scoresheet
from generator.kinds.release.contest import Criterion, Decision, Round, Rules, settle
from generator.kinds.release.scoring import Ballot, TieBreak, combine, rank, round_half_up, score_round
from generator.problems import CATALOGUE
from tests.helpers.places import DATA
from tests.helpers.properties import examples

MAXIMA = (30, 25, 20, 15, 10)
IDS = ("ronghe", "zuofa", "chengxiao", "renke", "biaoda")
CRITERIA = tuple(Criterion(id, id, Decimal(most)) for id, most in zip(IDS, MAXIMA, strict=True))
D = Decimal


def _sixty() -> tuple[Rules, str, dict[str, object]]:
    expected = json.loads((DATA / "release-60.json").read_text("utf-8"))
    rules = Rules(
        candidates=tuple(f"c{number:02d}" for number in range(1, 61)),
        rounds=(Round("初评", CRITERIA, D(40), 20), Round("专家", CRITERIA, D(60), 10)),
        quota=10,
        drop_extremes=True,
        tie_order=("专家", "chengxiao"),
        recused=frozenset((judge, candidate) for judge, candidate in expected["recused"]),
    )
    return rules, (DATA / "release-60.csv").read_text("utf-8"), expected


def _decide(rules: Rules, text: str) -> Decision:
    book = scoresheet.Rulebook(rules.rounds, {each: each for each in rules.candidates}, rules.recused)
    sheet, problems = scoresheet.read("scores.csv", text, book)
    assert problems == ()
    return settle(rules, sheet.ballots())


def test_sixty_candidates_sixteen_judges_and_five_criteria_give_the_figures_worked_out_apart() -> None:
    rules, text, expected = _sixty()
    decision = _decide(rules, text)
    first, second = decision.rounds
    assert {id: str(mean) for id, mean in first.means.items()} == expected["first_round"]
    assert sorted(first.went_on) == expected["went_on"]
    assert {id: str(mean) for id, mean in second.means.items()} == expected["second_round"]
    assert [[each.candidate, str(each.total), each.rank] for each in decision.standings] == expected["standings"]
    assert decision.released == decision.standings[:10]
    assert {each.decided_by for each in decision.standings} >= {"", "chengxiao"}
    assert [outcome.undecided for outcome in decision.rounds] == [(), ()]


def test_the_order_of_the_rows_never_matters() -> None:
    rules, text, _ = _sixty()
    head, *rows = text.splitlines()
    random.Random(7).shuffle(rows)
    assert _decide(rules, "\n".join([head, *rows])) == _decide(rules, text)


def test_a_recused_judge_never_counts_even_when_a_ballot_is_there() -> None:
    rules, text, _ = _sixty()
    book = scoresheet.Rulebook(rules.rounds, {each: each for each in rules.candidates})
    sheet, _ = scoresheet.read("scores.csv", text, book)
    ballots = dict(sheet.ballots())
    ballots["初评"] += tuple(Ballot(candidate, judge, (D(30),) * 5) for judge, candidate in rules.recused)
    with_them = settle(rules, ballots)
    assert with_them.standings == _decide(rules, text).standings
    marks = [each for each in with_them.rounds[0].scores["c07"].totals if each.why_not == "recused"]
    assert [each.judge for each in marks] == ["J03", "J11"]


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(124999, 10**6), 2, "0.12"),
        (Fraction(2, 3), 0, "1"),
        (Fraction(1, 2), 0, "1"),
        (Fraction(2675, 1000), 2, "2.68"),  # 2.67 in binary floating point
    ],
)
def test_halves_are_rounded_up(value: Fraction, digits: int, expected: str) -> None:
    assert str(round_half_up(value, digits)) == expected


def test_the_extremes_are_dropped_once_each_and_only_from_three_on() -> None:
    def mean(*totals: int) -> Decimal:
        ballots = [Ballot("a", f"J{number}", (D(total),)) for number, total in enumerate(totals)]
        return score_round(ballots, [D(100)], drop_extremes=True)["a"].mean

    assert mean(90, 90, 60, 60) == D("75.00")
    assert mean(100, 80, 0) == D("80.00")
    assert mean(100, 0) == D("50.00")


def test_the_weighted_total_needs_every_round_with_a_weight() -> None:
    rounds = [(D(40), {"a": D("91.25"), "b": D(90)}), (D(0), {"b": D(1)}), (D(60), {"a": D("88.37")})]
    assert combine(rounds) == {"a": D("89.52")}


def test_equals_share_a_rank_and_the_next_ones_are_left_out() -> None:
    totals = {"a": D(90), "b": D(90), "c": D(90), "d": D(80)}
    found = rank(totals, [TieBreak("专家", {"a": D(1), "b": D(2), "c": D(1)})])
    assert [(each.candidate, each.rank, each.decided_by) for each in found] == [
        ("b", 1, "专家"),
        ("a", 2, "专家"),
        ("c", 2, ""),
        ("d", 4, ""),
    ]


def test_a_cut_between_equals_is_named() -> None:
    rules = Rules(("a", "b", "c"), (Round("专家", (Criterion("x", "x", D(10)),), D(100)),), quota=2)
    ballots = {"专家": [Ballot(each, "J01", (D(9),)) for each in ("a", "b")] + [Ballot("c", "J01", (D(9),))]}
    assert settle(rules, ballots).rounds[0].undecided == ("a", "b", "c")


_POINTS = st.integers(0, 20).map(lambda half: D(half) / 2)


@st.composite
def _contests(draw: st.DrawFn) -> tuple[Rules, dict[str, list[Ballot]]]:
    """Rules of two rounds, and a ballot of each judge for each candidate."""
    candidates = tuple(f"c{number}" for number in range(draw(st.integers(2, 6))))
    judges = [f"J{number}" for number in range(draw(st.integers(1, 5)))]
    criteria = (Criterion("x", "x", D(10)), Criterion("y", "y", D(10)))
    rounds = (Round("初评", criteria, D(30), draw(st.integers(2, len(candidates)))), Round("专家", criteria, D(70)))
    recused = draw(st.frozensets(st.tuples(st.sampled_from(judges), st.sampled_from(candidates)), max_size=2))
    if len(judges) < 3:
        recused = frozenset()
    rules = Rules(candidates, rounds, 2, draw(st.booleans()), draw(st.integers(0, 3)), ("专家", "y"), recused)
    ballots = {
        each.kind: [
            Ballot(candidate, judge, (draw(_POINTS), draw(_POINTS)))
            for candidate in candidates
            for judge in judges
            if (judge, candidate) not in recused
        ]
        for each in rounds
    }
    return rules, ballots


@given(_contests(), st.randoms(use_true_random=False))
def test_shuffled_ballots_give_the_same_decision(
    contest: tuple[Rules, dict[str, list[Ballot]]], chance: random.Random
) -> None:
    rules, ballots = contest
    shuffled = {kind: chance.sample(mine, len(mine)) for kind, mine in ballots.items()}
    assert settle(rules, shuffled) == settle(rules, ballots)


@given(_contests())
def test_new_labels_for_the_judges_change_no_figure(contest: tuple[Rules, dict[str, list[Ballot]]]) -> None:
    rules, ballots = contest

    def other(judge: str) -> str:
        return f"K{9 - int(judge[1:])}"

    renamed = {kind: [replace(each, judge=other(each.judge)) for each in mine] for kind, mine in ballots.items()}
    recused = frozenset((other(judge), candidate) for judge, candidate in rules.recused)
    assert settle(replace(rules, recused=recused), renamed).standings == settle(rules, ballots).standings


@given(_contests())
def test_new_ids_for_the_candidates_change_no_figure(contest: tuple[Rules, dict[str, list[Ballot]]]) -> None:
    rules, ballots = contest

    def other(candidate: str) -> str:
        return f"z{9 - int(candidate[1:])}"

    renamed = {
        kind: [replace(each, candidate=other(each.candidate)) for each in mine] for kind, mine in ballots.items()
    }
    recused = frozenset((judge, other(candidate)) for judge, candidate in rules.recused)
    candidates = tuple(map(other, rules.candidates))
    before = settle(rules, ballots)
    after = settle(replace(rules, recused=recused, candidates=candidates), renamed)
    assert {other(id): mean for id, mean in before.rounds[0].means.items()} == after.rounds[0].means
    assert [each.total for each in before.rounds[0].standings] == [each.total for each in after.rounds[0].standings]
    if not before.rounds[0].undecided:
        assert {(other(each.candidate), each.total, each.rank) for each in before.standings} == {
            (each.candidate, each.total, each.rank) for each in after.standings
        }


@given(_contests(), st.data())
def test_nobody_loses_by_more_points(contest: tuple[Rules, dict[str, list[Ballot]]], data: st.DataObject) -> None:
    rules, ballots = contest
    kind = data.draw(st.sampled_from(sorted(ballots)))
    at = data.draw(st.integers(0, len(ballots[kind]) - 1))
    raised = ballots[kind][at]
    better = Ballot(
        raised.candidate, raised.judge, tuple(data.draw(st.decimals(each, 10, places=1)) for each in raised.points)
    )
    improved = {**ballots, kind: [*ballots[kind][:at], better, *ballots[kind][at + 1 :]]}

    def place(decision: Decision) -> int:
        ranks = {each.candidate: each.rank for each in decision.standings}
        return ranks.get(raised.candidate, len(rules.candidates) + 1)

    assert place(settle(rules, improved)) <= place(settle(rules, ballots))


_TEXT = st.text(alphabet=st.sampled_from('初评专家,"\n J01b2roundjudgecandidate.-5９\ufeff\t'), max_size=300) | st.text(
    max_size=300
)
_BOOK = scoresheet.Rulebook(
    (Round("初评", (Criterion("x", "融合", D(10)),), D(100)), Round("专家", (Criterion("y", "成效", D(5)),))),
    {"b1": "清风", "b2": "木子"},
    {("J01", "b2")},
)


@settings(max_examples=examples(400))
@given(_TEXT)
def test_any_text_is_read_as_a_score_sheet_without_raising(text: str) -> None:
    for sheet in (text, f"round,judge,candidate,x,y\n{text}"):
        _, problems = scoresheet.read("s.csv", sheet, _BOOK)
        lines = sheet.removeprefix("\ufeff").split("\n")
        for each in problems:
            assert each.code in CATALOGUE
            assert 1 <= each.span.line <= len(lines)
            assert 1 <= each.span.column <= len(lines[each.span.line - 1]) + 1


@given(st.lists(st.lists(st.text(alphabet='ab,"\n ', max_size=5), min_size=1, max_size=4), min_size=1, max_size=5))
def test_cells_come_out_as_a_spreadsheet_wrote_them(rows: list[list[str]]) -> None:
    written = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    expected = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    found = list(scoresheet.cells(written))
    assert [[cell.text for cell in row] for row in found] == expected
    lines = written.split("\n")
    assert all(lines[cell.line - 1][cell.column - 1] == '"' for row in found for cell in row)


@pytest.mark.parametrize("label", ["J01", "J1", "j07", "评委1", "专家12", "A-3", "05"])
def test_a_label_is_anonymous(label: str) -> None:
    assert scoresheet.is_anonymous(label)


@pytest.mark.parametrize("label", ["张三", "欧阳小明", "评委甲", "Zhang", "张三1", "", "Zhang San 1", "J01 张三"])
def test_a_label_may_be_a_name(label: str) -> None:
    assert not scoresheet.is_anonymous(label)


CALENDAR = WorkCalendar(
    holidays=frozenset(date(2023, 9, day) for day in (29, 30)) | frozenset(date(2023, 10, day) for day in range(1, 7)),
    workdays=frozenset({date(2023, 10, 7), date(2023, 10, 8)}),
    years=frozenset({2023}),
)


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (date(2023, 9, 28), date(2023, 10, 9), 4),
        (date(2023, 10, 7), date(2023, 10, 8), 2),
        (date(2023, 11, 4), date(2023, 11, 5), 0),
        (date(2023, 11, 6), date(2023, 11, 6), 1),
        (date(2023, 11, 6), date(2023, 11, 5), 0),
    ],
)
def test_working_days_are_counted_with_both_ends(first: date, last: date, count: int) -> None:
    assert CALENDAR.count(first, last) == count


def test_the_last_week_of_a_year_needs_the_next_one_too() -> None:
    assert CALENDAR.unknown(date(2023, 12, 1), date(2023, 12, 20)) == ()
    assert CALENDAR.unknown(date(2023, 12, 20), date(2023, 12, 26)) == (2024,)
    assert CALENDAR.unknown(date(2022, 12, 1), date(2023, 1, 5)) == (2022,)
