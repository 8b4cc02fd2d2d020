"""Score sheets as Excel and people write them: of any honest size, each habit told apart and with its own way out."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.kinds.release.contest import Criterion, Round
from generator.kinds.release.scoresheet import Rulebook, read
from generator.messages import words
from generator.source.files import SHEET_LIMIT, SourceFile, read_text
from tests.helpers.driver import SiteDriver
from tests.helpers.growth import assert_grows_within

BOOK = Rulebook(
    [
        Round("初评", (Criterion("a", "融合程度", Decimal(60)), Criterion("b", "工作成效", Decimal(40)))),
        Round("投票", (Criterion("p", "得票", Decimal(100_000)),)),
    ],
    {"b1": "清风", "b2": "明月"},
)
HEADING = "环节,评委,候选,融合程度,工作成效,得票\n"
SHEET = "content/releases/2023/scores.csv"


def _found(text: str) -> list[tuple[str, int, int]]:
    return [(each.code, each.span.line, each.span.column) for each in read("s.csv", text, BOOK)[1]]


@pytest.mark.parametrize(
    "text",
    [
        HEADING + "初评,J01,b1,40,30,\n",
        "\ufeff" + HEADING + "初评,J01,b1,40,30,\n,,,,,\n,,,,,\n",
        '"环节","评委","候选","融合程度","工作成效","得票"\n"初评","J01","b1","40","30",""\n',
        HEADING.rstrip("\n") + ",,,\n初评,J01,b1,40,30,,,,\n",
        "sep=,\n" + HEADING + "初评,J01,b1,40,30,\n",
        "SEP=,\n\n" + HEADING + "初评, J01 ,b1,40.50,30,\n",
        HEADING + "初评,J01,b1,40,30",
    ],
)
def test_what_excel_adds_is_no_mistake(text: str) -> None:
    sheet, problems = read("s.csv", text, BOOK)
    assert problems == ()
    assert len(sheet.rows) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEADING.replace(",", ";") + "初评;J01;b1;40;30;\n", [("REL-030", 1, 3)]),
        (HEADING.replace(",", "\t") + "初评\tJ01\n", [("REL-030", 1, 3)]),
        (HEADING.replace(",", "|"), [("REL-030", 1, 3)]),
        (HEADING.replace(",", "，"), [("REL-030", 1, 3)]),
        (HEADING.replace("评委,", "评委，"), [("REL-030", 1, 6)]),
        ("sep=;\n" + HEADING.replace(",", ";"), [("REL-030", 1, 5)]),
        (HEADING + "初评,J01，b1,40,30,\n初评,J02,b1,40,30,\n", [("REL-030", 2, 7)]),
        (HEADING + "初评，J01，b1，40，30，\n", [("REL-030", 2, 3)]),
        (HEADING + "初评,J01,b1,４０,30,\n", [("REL-031", 2, 11)]),
        (HEADING + "初评,J01,b1,40．5,30,\n", [("REL-031", 2, 11)]),
        (HEADING + "初评,Ｊ０１,b1,40,30,\n初评,Ｊ０１,b2,40,30,\n", [("REL-031", 2, 4)]),
        (HEADING + "初评,J01,ｂ１,40,30,\n", [("REL-031", 2, 8)]),
        (HEADING + "初评,J01,b1,40%,30,\n初评,J02,b1,41%,30,\n", [("REL-032", 2, 11)]),
        (HEADING + "初评,J01,b1,40,30 ％,\n", [("REL-032", 2, 14)]),
        (HEADING + '投票,V1,b1,,,"12,345"\n', [("REL-033", 2, 12)]),
        (HEADING + "投票,V1,b1,,,12,345\n", [("REL-033", 2, 12)]),
        (HEADING + "初评,J01,b1,四十,30,\n", [("REL-011", 2, 11)]),
        (HEADING + '初评,J01,b1,40,30,\n初评,"J02,b1,40,30,\n', [("REL-034", 3, 4)]),
        (HEADING + "初评,张三,b1,40,30,\n", [("REL-018", 2, 4)]),
    ],
)
def test_each_habit_is_one_problem_with_its_own_way_out(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert _found(text) == expected


PIECES = st.sampled_from(
    ["环节", "初评", "J01", "b1", "40", "，", ";", "\t", ",", ",", ",", '"', "\n", "sep=", "%", "４", "1,234", "|", " "]
)


@given(
    st.one_of(
        st.lists(PIECES, max_size=60).map("".join), st.lists(PIECES, max_size=40).map("".join).map(HEADING.__add__)
    )
)
def test_any_sheet_gives_rows_and_problems_at_places_that_are_there(text: str) -> None:
    _, problems = read("s.csv", text, BOOK)
    lines = text.removeprefix("\ufeff").split("\n")
    for each in problems:
        assert each.text("zh") and each.remedy("en")
        assert 1 <= each.span.line <= len(lines)
        assert 1 <= each.span.column <= len(lines[each.span.line - 1]) + 1


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("gbk", "GBK"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"), ("gb18030", "GBK")],
)
def test_a_sheet_in_another_encoding_is_told_alone_and_what_to_choose_in_excel(
    driver: SiteDriver, encoding: str, said: str
) -> None:
    text = (driver.root / SHEET).read_text("utf-8-sig")
    if encoding.startswith("utf-16"):
        text = text.replace(",", "\t")
    driver.write(SHEET, text.encode(encoding)).check()
    assert [(code, path) for code, path, _ in driver.codes()] == [("TXT-001", SHEET)]
    (line,) = driver.lines()
    assert said in line
    assert "在 Excel 里另存为：CSV UTF-8（逗号分隔）" in line


def test_an_empty_sheet_is_told_alone(driver: SiteDriver) -> None:
    driver.write(SHEET, "\n").check()
    assert [code for code, _, _ in driver.codes()] == ["SCH-016"]


def test_a_sheet_that_is_missing_is_still_told(driver: SiteDriver) -> None:
    driver.remove(SHEET).check()
    assert [code for code, _, _ in driver.codes()] == ["REL-022"]


def test_a_calendar_that_cannot_be_read_is_told_alone(driver: SiteDriver) -> None:
    path = "content/calendar.yml"
    driver.write(path, (driver.root / path).read_text("utf-8").encode("gbk")).check()
    assert [(code, path) for code, path, _ in driver.codes()] == [("TXT-001", path)]


@pytest.fixture
def driver(site: object) -> SiteDriver:
    return site("good/release").remove_if_there("expected")  # type: ignore[operator, no-any-return]


@pytest.mark.parametrize(("ending", "how"), [("csv", "encoding.how.csv"), ("vtt", "encoding.how.vtt"), ("yml", "encoding.how"), ("md", "encoding.how")])  # fmt: skip
def test_every_kind_of_text_says_how_to_save_it(ending: str, how: str, tmp_path: object) -> None:
    file = tmp_path / f"brands/x.{ending}"  # type: ignore[operator]
    file.parent.mkdir()
    file.write_bytes("清风".encode("gbk"))
    _, (only,) = read_text(SourceFile(f"brands/x.{ending}", file, file.stat().st_size))
    assert only.remedy("zh") == words(how).zh


def _large(candidates: int, judges: int, criteria: int) -> tuple[str, Rulebook]:
    points = tuple(Criterion(f"c{n}", f"标准{n}", Decimal(10)) for n in range(criteria))
    rounds = [Round(kind, points) for kind in ("推荐", "初评", "专家")]
    names = {f"danwei-pinpai-{n:03}": f"品牌{n}" for n in range(candidates)}
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(["环节", "评委", "候选", *(each.name for each in points)])
    for each in rounds:
        for name in names:
            writer.writerows([each.kind, f"J{n:02}", name, *(["9.5"] * criteria)] for n in range(judges))
    return out.getvalue(), Rulebook(rounds, names)


def test_a_sheet_of_250_candidates_30_judges_and_8_criteria_is_read_in_linear_time(tmp_path: object) -> None:
    reading: list[Callable[[], object]] = []
    for candidates in (50, 250):
        text, book = _large(candidates, 30, 8)
        file = tmp_path / "content/releases/2024/scores.csv"  # type: ignore[operator]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
        assert file.stat().st_size < SHEET_LIMIT
        read_back, problems = read_text(SourceFile("content/releases/2024/scores.csv", file, file.stat().st_size))
        assert read_back is not None and problems == ()
        sheet, problems = read("scores.csv", read_back.text, book)
        assert problems == ()
        assert len(sheet.rows) == candidates * 30 * 3
        reading.append(partial(read, "scores.csv", read_back.text, book))
    assert_grows_within(5 * 2.5, *reading)
