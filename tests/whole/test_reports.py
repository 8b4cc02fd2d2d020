"""Reports and branches in whole sites: what a day shows, what is computed, what the home page and the tables get."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest

from generator.kinds import PRESENTING
from generator.kinds.report.pages import headline_figures
from generator.pipeline import survey
from generator.site.context import Public
from generator.site.tables import Table
from generator.stages.settings import Settings
from tests.helpers.driver import SiteDriver
from tests.helpers.places import CITY, ROOT

Site = Callable[[str], SiteDriver]
FIGURES = "content/reports/figures/report.yml"
COVERAGE = "content/reports/coverage/report.yml"


def _show(root: Path, as_of: date, cache: Path, year: int | None = None) -> Public:
    found = survey(Settings(root, as_of, cache=cache, year=year))
    assert not [each for each in found.problems if each.is_error], [str(each.span) for each in found.problems]
    assert found.public
    return found.public


def _tables(show: Public) -> dict[str, Table]:
    found = [table for kind in ("branch", "report") for table in PRESENTING[kind].tables(show) if table.rows]
    assert len({each.name for each in found}) == len(found)
    return {each.name: each for each in found}


def _charts(html: str) -> list[tuple[str, str]]:
    """The drawing and the table of every chart of a page."""
    figures = re.findall(r'<figure class="chart".*?</figure>', html, re.DOTALL)
    return [(drawing, table) for drawing, _, table in (each.rpartition("</svg>") for each in figures)]


def _numbers(html: str) -> list[str]:
    return sorted(re.findall(r'data-value="([^"]*)"', html))


def test_every_chart_shows_the_numbers_of_its_table(site: Site) -> None:
    driver = site("good/report").build()
    seen = 0
    for address in ("reports/figures/", "reports/coverage/"):
        charts = _charts(driver.main(address))
        assert charts, address
        for svg, table in charts:
            assert _numbers(svg) == _numbers(table) != []
            for value, text in re.findall(r'<td data-value="([^"]*)">([^<]*)</td>', table):
                assert value in unescape(text)
            seen += 1
    assert seen == 6


def test_every_chart_of_an_exhibition_shows_the_numbers_of_its_table(city_site: Path) -> None:
    pages = sorted((city_site / "reports").rglob("index.html"))
    charts = [each for page in pages for each in _charts(page.read_text("utf-8"))]
    assert len(pages) >= 3
    assert len(charts) >= 4
    for svg, table in charts:
        assert _numbers(svg) == _numbers(table) != []


def test_the_matrix_and_its_total_agree(site: Site) -> None:
    html = site("good/report").build().main("reports/coverage/")
    (matrix,) = re.findall(r'<table class="data matrix">.*?</table>', html, re.DOTALL)
    body, foot = matrix.split("<tfoot>")
    rows = [re.findall(r'matrix__mark--(\w+)"', row) for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)[1:]]
    totals = re.findall(r"(\d+)/(\d+)", foot)
    assert [(column.count("has"), len(column) - column.count("outside")) for column in zip(*rows, strict=True)] == [
        (int(done), int(due)) for done, due in totals
    ]
    assert totals == [("1", "2"), ("2", "2"), ("2", "3"), ("3", "3")]


def test_values_appear_with_their_day_and_revisions_when_they_were_made(site: Site, tmp_path: Path) -> None:
    root = site("good/report").write("content/reports/figures/report.yml", _early()).root
    before = _show(root, date(2024, 8, 1), tmp_path / "cache").catalog.get("report", "figures")
    after = _show(root, date(2024, 10, 1), tmp_path / "cache").catalog.get("report", "figures")
    assert before and after
    first, second = (each.data.indicators[0].series for each in (before, after))
    assert [(each.period, each.value, each.revised_from) for each in first] == [
        ("2024-Q1", Decimal(90), None),
        ("2024-Q2", Decimal(93), None),
    ]
    assert [(each.period, each.value, each.revised_from) for each in second] == [
        ("2024-Q1", Decimal(90), None),
        ("2024-Q2", Decimal("92.5"), Decimal(93)),
    ]
    assert (first[1].numerator, second[1].numerator) == (None, 185)


def _early() -> str:
    text = (ROOT / "tests/sites/good/report" / FIGURES).read_text("utf-8")
    for old, new in (("2025-03-01", "2024-03-01"), ("2025-02-20", "2024-02-20")):
        text = text.replace(old, new)
    return text


def test_the_days_of_a_report_and_of_a_branch_move_the_date_of_the_site(site: Site, tmp_path: Path) -> None:
    root = site("good/report").root
    for as_of, today in ((date(2026, 12, 1), date(2025, 6, 1)), (date(2027, 1, 15), date(2026, 12, 31))):
        assert _show(root, as_of, tmp_path / "cache").today == today
    branches = site_of(tmp_path, "good/branch")
    assert _show(branches, date(2026, 12, 31), tmp_path / "cache").today == date(2023, 1, 1)
    assert _show(branches, date(2027, 1, 1), tmp_path / "cache").today == date(2027, 1, 1)


def site_of(tmp_path: Path, case: str) -> Path:
    """A second site for one test."""
    return SiteDriver.copy(case, tmp_path / case.replace("/", "-")).root


def test_ratings_of_later_years_are_not_seen(site: Site, tmp_path: Path) -> None:
    root = site("good/branch").root
    found = _show(root, date(2026, 6, 1), tmp_path / "cache").catalog.get("branch", "court-first")
    assert found
    assert [each.batch for each in found.data.star_records] == ["第一批", "第二批"]
    assert found.data.latest.star == 5


def test_a_branch_is_mentioned_with_its_stars_in_words(site: Site) -> None:
    shown = site("good/branch").build().shown()
    unit = shown.catalog.get("unit", "court")
    assert unit
    found = shown.mentions(unit)["branch"]
    assert [(each.title, each.note, each.address) for each in found] == [
        ("小城法院第一党支部", "★★★★★ 五星（第二批，2023年）", None),
        ("小城法院第二党支部", "未评上星级（第二批，2023年）", None),
        ("小城法院第三党支部", "", None),
    ]


def test_the_home_page_gets_the_figures_that_are_marked(site: Site, tmp_path: Path) -> None:
    show = _show(site("good/report").root, date(2026, 6, 1), tmp_path / "cache")
    assert headline_figures(show) == [
        {
            "value": "100%",
            "label": "品牌覆盖率（本站收录）",
            "note": "应建 3 个单位，已建 3 个",
            "as_of": date(2025, 6, 1),
            "sample": True,
            "sample_date": False,
            "address": "reports/coverage/#coverage",
            "scope": "按本站收录计算",
        },
        {
            "value": "96.67%",
            "label": "群众满意率",
            "note": "目标 ≥95%",
            "as_of": date(2024, 12, 31),
            "sample": False,
            "sample_date": False,
            "address": "reports/figures/#i-satisfaction",
            "scope": "据《小城的数字》",
        },
    ]


def test_labels_say_of_what_a_figure_counts(site: Site) -> None:
    driver = site("good/report")
    driver.edit("content/reports/figures/report.yml", "name: 群众满意率\n", "name: 群众满意率\n    scope: 全市\n")
    driver.build()
    main = driver.main("reports/")
    for label in ("五星支部（本站收录）", "品牌覆盖率（本站收录）", "群众满意率（全市）"):
        assert f">{label}</a>" in main
    assert "统计范围：全市" in driver.main("reports/figures/") and "统计范围：本站收录" in driver.main("reports/coverage/")


def test_a_single_value_is_a_figure_and_no_bar(site: Site) -> None:
    driver = site("good/report").build()
    main = driver.main("reports/figures/")
    sections = re.findall(r'<section class="section measure" id="(i-[a-z-]+)"(.*?)</section>', main, re.DOTALL)
    alone = [text for _, text in sections if "measure__value" in text and "目标" not in text and "历期变化" not in text]
    assert alone
    assert not [each for each in alone if "<svg" in each]


def test_the_figures_of_an_exhibition_lead_to_their_definitions(city_site: Path, tmp_path: Path) -> None:
    figures = headline_figures(_show(CITY, date(2026, 11, 1), tmp_path / "cache"))
    assert [(each["label"], each["sample"]) for each in figures] == [
        ("应建单位品牌覆盖率（本站收录）", True),
        ("五星级支部", False),
        ("社会各界总体满意率", False),
    ]
    assert [each["value"] for each in figures[1:]] == ["158个", "≥97%"]
    for each in figures:
        page, _, anchor = each["address"].partition("#")
        assert f'id="{anchor}"' in (city_site / page / "index.html").read_text("utf-8")


def test_tables_are_complete_and_explained(site: Site, tmp_path: Path) -> None:
    tables = _tables(_show(site("good/report").root, date(2026, 6, 1), tmp_path / "cache"))
    assert {name: len(table.rows) for name, table in tables.items()} == {
        "branches": 3,
        "indicators": 5,
        "coverage": 16,
        "stars": 8,
    }
    for table in tables.values():
        assert all(len(row) == len(table.columns) for row in table.rows)
        for column in table.columns:
            assert re.search("[\u4e00-\u9fff]", column.label) and re.search("[\u4e00-\u9fff]", column.about)
    rows = [
        dict(zip([c.name for c in tables["indicators"].columns], row, strict=True)) for row in tables["indicators"].rows
    ]
    assert [row["value"] for row in rows] == [Decimal(each) for each in ("90", "92.5", "96.67", "12", "30")]
    assert rows[3]["sample_fields"] == "definition;as_of;target.due"
    assert [rows[3][each] for each in ("definition", "as_of", "target_due")] == [None, None, None]
    assert (rows[3]["sample"], rows[3]["target"]) == (False, Decimal(10))


def test_nothing_of_a_report_that_is_not_public_is_published(site: Site) -> None:
    driver = site("good/report").build()
    assert not [name for name, content in driver.files().items() if "秘而不宣".encode() in content]
    assert not [name for name in driver.files() if "hidden" in name]


def test_a_site_without_reports_has_no_page_of_reports(site: Site, tmp_path: Path) -> None:
    driver = site("good/small").build()
    assert not [each for each in driver.files() if each.startswith("reports/")]
    show = _show(driver.root, date(2026, 6, 1), tmp_path / "cache")
    assert headline_figures(show) == []
    assert _tables(show) == {}


# -- stated figures --------------------------------------------------------------------------------------------------


def test_a_stated_figure_is_compared_with_the_records_of_its_day(site: Site) -> None:
    driver = site("good/report")
    driver.edit(COVERAGE, "{period: 2024, value: 66.7}", "{period: 2024, value: 66.7, as_of: 2025-12-01}").check()
    assert driver.codes() == []
    driver.edit(COVERAGE, "value: 66.7, as_of: 2025-12-01", "value: 66.6, as_of: 2025-12-01").check()
    assert driver.codes() == [("IND-001", COVERAGE, 14)]


def test_a_stated_figure_of_the_past_stays_right_when_a_brand_is_added(site: Site) -> None:
    driver = site("good/report").copy_folder("brands/jishi", "brands/jiushi")
    driver.edit("brands/jiushi/brand.yml", "id: jishi", "id: jiushi")
    driver.edit("brands/jiushi/brand.yml", "established_on: 2025-01-10", "established_on: 2024-07-01")
    driver.edit("brands/jiushi/brand.yml", "published_on: 2025-05-01", "published_on: 2025-08-01").check()
    assert driver.without_copies().codes() == []
    driver.edit("brands/jiushi/brand.yml", "published_on: 2025-08-01", "published_on: 2025-04-01").check()
    assert driver.without_copies().codes() == [("IND-001", COVERAGE, 14)]


def test_an_edition_of_the_past_is_checked_against_its_own_time(site: Site) -> None:
    driver = site("good/report")
    found = survey(driver.settings(date(2026, 6, 1), year=2024)).problems
    assert not found  # that the intro points at a report of the year after is no news in an edition


def test_a_brand_that_cannot_be_read_is_not_counted_against_the_report(site: Site) -> None:
    driver = site("good/report").edit("brands/jishi/brand.yml", "category: fuwu", "category: fu").check()
    assert [code for code, _, _ in driver.codes()] == ["SCH-004"]


def test_a_result_may_name_an_indicator_and_a_wrong_one_is_found(site: Site) -> None:
    driver = site("good/report").check()
    assert driver.codes() == []
    driver.edit("brands/qingfeng/brand.yml", "indicator: satisfaction", "indicator: satisfactoin").check()
    assert [code for code, _, _ in driver.codes()] == ["REF-001"]
    assert "是不是“satisfaction（群众满意率）”" in driver.lines()[0]


@pytest.mark.parametrize(
    ("value", "is_right"),
    [("97", True), ("97.5", True), ("-0", True), ("1e3", False), ("1,000", False), ("９７", False), ("", False)]
    + [("1" * 16, False), ("0.1234567", False), (".5", False), ("+5", False), ("nan", False)],
)
def test_numbers_are_plain_decimals(value: str, is_right: bool, site: Site) -> None:
    driver = site("good/report")
    driver.edit(FIGURES, "period: 2023/2024, value: 30", f'period: 2023/2024, value: "{value}"').check()
    assert (driver.codes() == []) is is_right
    assert is_right or [code for code, _, _ in driver.codes()] in (["SCH-001"], ["SCH-003"], ["SCH-040"])
