"""A release as a whole: nothing before its hour, and the commands that explain and write its result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli.commands.main import exhibit
from generator.kinds import PRESENTING
from generator.kinds.calendar import work_calendar
from generator.kinds.release.awards import awards_of, honours
from generator.pipeline import survey
from tests.helpers.driver import SiteDriver
from tests.helpers.places import CITY

RELEASE = "content/releases/2023/release.yml"
SHEET = "content/releases/2023/scores.csv"
HOUR = datetime(2023, 10, 10, 9, 30, tzinfo=timezone(timedelta(hours=8)))
SECRETS = ("双佳", "清风徐来", "一木成林", "releases", "礼堂", "90.10", "ceremony/")

Site = Callable[[str], SiteDriver]


@pytest.fixture
def driver(site: Site) -> SiteDriver:
    """A copy of the good site with a release of 2023 by two weights."""
    return site("good/release").remove_if_there("expected")


def _told(driver: SiteDriver) -> set[str]:
    """Which secrets stand in the bytes or the names of what was published, the theme's own files aside."""
    files = {name: content for name, content in driver.files().items() if not name.startswith("assets/")}
    return {each for each in SECRETS for name, content in files.items() if each in name or each.encode() in content}


def test_nothing_of_a_release_is_out_one_second_before_its_hour_and_all_of_it_at_its_hour(driver: SiteDriver) -> None:
    assert driver.build(HOUR - timedelta(seconds=1)).is_published()
    assert _told(driver) == set()
    assert driver.build(HOUR).is_published()
    assert _told(driver) == set(SECRETS)


def test_the_hour_may_be_given_in_another_zone(driver: SiteDriver) -> None:
    driver.edit(RELEASE, "announced_on: 2023-10-10T09:30", "announced_on: 2023-10-10T01:30Z")
    assert driver.build(HOUR.astimezone(UTC) - timedelta(seconds=1)).is_published()
    assert _told(driver) == set()
    assert driver.build(HOUR).is_published()
    assert "09:30" in driver.main("releases/2023/")


def test_of_a_withdrawn_release_nothing_is_out_but_that_it_was_there(driver: SiteDriver) -> None:
    driver.edit(RELEASE, "status: published", "status: withdrawn")
    assert driver.build().is_published()
    assert _told(driver) == {"releases", "ceremony/"}, "its addresses, which say that it was withdrawn"
    named = {name for name in driver.files() if "releases" in name}
    assert named == {"releases/2023/index.html", "releases/2023/ceremony/index.html"}
    assert all("十佳发布已撤下" in driver.main(name) for name in named)


def test_only_those_of_the_last_round_have_their_totals_on_the_page(driver: SiteDriver) -> None:
    page = driver.build().main("releases/2023/")
    assert "流水" in page and "86.00" in page
    assert "长桥" not in page and "70.00" not in page


def test_a_brand_is_told_of_its_award_and_a_loser_of_nothing(driver: SiteDriver) -> None:
    shown = driver.build().shown()
    brands = {each.id: each for each in shown.catalog.all("brand")}
    (award,) = honours(brands["b2"], shown)
    assert award.title == "2023年度“双佳”党建品牌 第1名"
    assert (award.address, award.note, award.date) == ("releases/2023/", "一木成林。", date(2023, 10, 10))
    assert award.is_honour and not award.sample
    assert shown.mentions(brands["b2"])["release"] == [award]
    assert "release" not in shown.mentions(brands["b3"])
    assert {brand: [each.rank for each in mine] for brand, mine in awards_of(shown.catalog).items()} == {
        "b1": [2],
        "b2": [1],
    }


def test_the_tables_hold_the_released_and_the_rounds(driver: SiteDriver) -> None:
    results, rounds = PRESENTING["release"].tables(driver.public())
    assert [row[:5] for row in results.rows] == [
        (2023, 1, "b2", "木子（原名）", "原小城法院"),
        (2023, 2, "b1", "清风", "小城法院"),
    ]
    assert [(row[2], row[5], row[6]) for row in rounds.rows] == [
        ("申报", 9, 9),
        ("推荐", 9, 4),
        ("初评", 4, 3),
        ("投票", 3, 3),
        ("专家", 3, 2),
        ("公示", 2, 2),
        ("发布", 2, 2),
    ]
    for table in (results, rounds):
        assert all(len(row) == len(table.columns) for row in table.rows)
        assert table.updated == date(2023, 10, 20)


def _run(driver: SiteDriver, *arguments: str) -> tuple[int, str]:
    run = CliRunner().invoke(exhibit, ["release", *arguments, "--root", str(driver.root)])
    return run.exit_code, run.output


@pytest.mark.parametrize(
    "written",
    [
        "results:\n  - {brand: b3, total: 1, rank: 1}\n  # 手工改过\n  - {brand: b1, total: 1.5, rank: 2}\n\n# 审核\nreviews:",
        "results:  # 由程序填写\n# 审核\nreviews:",
        "results: [{brand: b3, total: 1, rank: 1},\n  {brand: b1, total: 1, rank: 2}]  # 由程序填写\n# 审核\nreviews:",
        "results: []\n# 审核\nreviews:",
        "results:\n- brand: b3\n  total: 1\n  rank: 1\n# 审核\nreviews:",
    ],
    ids=["block", "empty", "flow", "brackets", "flush"],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_write_fills_the_results_and_touches_nothing_else(written: str, end: str, driver: SiteDriver) -> None:
    source = (driver.root / RELEASE).read_text("utf-8")
    head, block, tail = source.partition("results:\n")
    rows, _, tail = tail.partition("reviews:")
    driver.write(RELEASE, (head + written + tail).replace("\n", end).encode())
    code, output = _run(driver, "2023", "--write")
    assert code == 0, output
    made = (driver.root / RELEASE).read_bytes().decode()
    assert made.replace("\r\n", "\n").startswith(head + "results:")
    assert "".join(made.replace("\r\n", "\n").split("results:")[1].partition("\n")[2]).startswith(rows)
    assert made.endswith(("reviews:" + tail).replace("\n", end))
    assert ("由程序填写" in made) == ("由程序填写" in written)
    assert made.count("# 审核") == 1 - ("# 审核" not in written)
    assert (made.count("\r\n") == made.count("\n")) == (end == "\r\n")
    assert _run(driver, "2023", "--write")[0] == 0
    assert (driver.root / RELEASE).read_bytes().decode() == made
    assert driver.check().problems == ()


def test_write_adds_results_where_there_are_none(driver: SiteDriver) -> None:
    source = (driver.root / RELEASE).read_text("utf-8")
    head, _, tail = source.partition("results:\n")
    without = head + "reviews:" + tail.partition("reviews:")[2].rstrip("\n")
    driver.write(RELEASE, without)
    assert _run(driver, "2023", "--write")[0] == 0
    made = (driver.root / RELEASE).read_text("utf-8")
    assert made.startswith(f"{without}\nresults:\n  - {{brand: b2, total: 90.10, rank: 1}}\n")
    assert driver.check().problems == ()


def test_write_changes_nothing_while_the_input_is_wrong(driver: SiteDriver) -> None:
    driver.edit(SHEET, "专家,J01,b1,54,36,", "专家,J01,b1,540,36,")
    before = (driver.root / RELEASE).read_bytes()
    code, output = _run(driver, "2023", "--write")
    assert code == 1
    assert "REL-007" in output
    assert (driver.root / RELEASE).read_bytes() == before


def test_write_refuses_a_file_that_is_all_one_line(driver: SiteDriver) -> None:
    from generator.kinds.release.model import decide
    from generator.kinds.release.rewrite import with_results
    from generator.yaml.strict import parse

    record = next(each for each in survey(driver.settings()).reading.records if each.kind == "release")
    tree, _ = parse(RELEASE, "{id: x, results: [], year: 2023}\n")
    assert tree is not None
    assert with_results(tree.text, tree, decide(record).standings) is None


def test_explain_tells_what_was_dropped_recused_and_decided(driver: SiteDriver) -> None:
    code, output = _run(driver, "2023", "--explain")
    assert code == 0
    for told in (
        "木子（b2）",
        "J02 91.5（最高，不计）",
        "（90 + 89）÷ 2 ÷ 100 × 100 = 89.50",
        "回避：J02",
        "总分：89.50 × 40% + 90.50 × 60% = 90.10",
        "与相邻品牌总分相同，由“工作成效”分出先后",
        "第 1 名，发布",
        "没有进入最后一轮，不排名次",
    ):
        assert told in output, told
    assert "recused: J02" in _run(driver, "2023", "--explain", "--lang", "en")[1]


def test_a_year_without_a_release_or_a_command_without_a_wish_is_said_so(driver: SiteDriver) -> None:
    assert _run(driver, "2011", "--explain")[0] == 2
    assert _run(driver, "2023")[0] == 2


def test_the_sample_release_explains_itself_and_its_results_are_written(shared: Path) -> None:
    runner = CliRunner()
    before = (CITY / "content/releases/2023/release.yml").read_bytes()
    options = ["--root", str(CITY), "--cache", str(shared / "cache")]
    run = runner.invoke(exhibit, ["release", "2023", "--explain", "--write", *options])
    assert run.exit_code == 0
    assert (CITY / "content/releases/2023/release.yml").read_bytes() == before


def test_the_calendar_agrees_with_days_that_everybody_remembers() -> None:
    found = survey(replace(SiteDriver(CITY).settings(), cache=Path("/nonexistent")))
    assert found.public
    calendar = work_calendar(found.public.catalog)
    assert calendar.years == frozenset(range(2017, 2027))
    off = (date(2019, 5, 2), date(2020, 1, 31), date(2023, 10, 6), date(2018, 12, 31), date(2024, 2, 17))
    worked = (date(2018, 12, 29), date(2020, 10, 10), date(2023, 10, 7), date(2024, 2, 18), date(2023, 9, 28))
    assert not any(map(calendar.is_workday, off))
    assert all(map(calendar.is_workday, worked))
