"""Projects: how duties stand, what an edition of the past knows of them, and who stands beside whom."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalog.record import Record
from generator.kinds import PRESENTING
from generator.kinds.project.change import amount, besides, stage_days
from generator.kinds.project.duties import standing
from generator.kinds.project.model import Note, Project, StageDate
from generator.outputs.data.downloads import gather
from generator.text.numerals import chinese
from tests.helpers.driver import AS_OF, SiteDriver

PROJECT = "content/projects/2024/jiexiang/project.yml"
ONGOING = "content/projects/2024/zhengzai/project.yml"
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
Site = Callable[[str], SiteDriver]


# -- duties ----------------------------------------------------------------------------------------


@given(due=DAYS, late=st.integers(-500, 500))
def test_a_duty_is_late_from_the_day_after_its_deadline(due: date, late: int) -> None:
    day = due + timedelta(days=late)
    done, waiting = standing(due, day, None), standing(due, None, day)
    assert done.is_done and not waiting.is_done
    assert (done.state, done.days) == (("late", late) if late > 0 else ("done", 0))
    assert (waiting.state, waiting.days) == (("overdue", late) if late > 0 else ("open", 0))


def test_without_a_day_nothing_is_overdue() -> None:
    assert standing(date(2000, 1, 1), None, None).state == "open"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (42, "四十二"),
        (99, "九十九"),
        (100, "100"),
        (0, "0"),
    ],
)
def test_numbers_of_halls_read_as_chinese(number: int, text: str) -> None:
    assert chinese(number) == text


def test_no_two_numbers_read_the_same() -> None:
    assert len({chinese(each) for each in range(200)}) == 200


# -- editions of the past --------------------------------------------------------------------------


def _record(driver: SiteDriver, kind: str, id: str) -> Record:
    record = driver.public().catalog.get(kind, id)
    assert record is not None
    return record


@given(day=st.dates(date(2023, 12, 1), date(2025, 3, 1)))
def test_no_day_shows_what_came_later(day: date, closed: Project) -> None:
    seen = closed.seen_on(day)
    assert all(each <= day for _, each in seen.dated())
    assert seen.seen_on(day) == seen
    assert closed.seen_on(date(2030, 1, 1)) == closed
    assert (seen.goals[0].reached is None) == (day < date(2024, 11, 10))
    if day < date(2024, 12, 5):
        assert seen.evaluation is None and seen.stage in ("实施", "验收")


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A closed project as it was written."""
    driver = SiteDriver.copy("good/project", tmp_path_factory.mktemp("project"))
    return _record(driver, "project", "jiexiang").data


def test_a_project_that_was_evaluated_later_had_not_been_closed(closed: Project) -> None:
    stages = {day: closed.seen_on(day) for day in (date(2024, 11, 9), date(2024, 11, 10), date(2024, 12, 5))}
    assert [each.stage for each in stages.values()] == ["实施", "验收", "结项"]
    assert [bool(each.results) for each in stages.values()] == [False, True, True], "results come with the acceptance"


def test_a_note_after_the_evaluation_does_not_open_the_project_again(closed: Project) -> None:
    visited = closed.model_copy(update={"progress": (*closed.progress, Note(date=date(2025, 6, 1), note="回访。"))})
    seen = visited.seen_on(date(2025, 1, 1))
    assert (seen.stage, seen.results, len(seen.progress)) == ("结项", closed.results, 2)


def test_the_page_changes_on_the_day_of_a_note_and_not_before(site: Site) -> None:
    driver = site("good/project")
    before = driver.build(as_of=date(2026, 6, 30)).main("projects/zhengzai/")
    assert "还没有发生的进展" not in before and "预先填好的事" in before
    after = driver.build(as_of=date(2026, 7, 1)).main("projects/zhengzai/")
    assert "还没有发生的进展" in after
    assert after == driver.build(as_of=date(2027, 1, 1)).main("projects/zhengzai/"), "the clock alone changes nothing"


# -- what it changed -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "before", "number", "unit", "after"),
    [
        ("2020年为21件", "2020年为", "21", "件", ""),
        ("平均5.4个月，没有达到", "平均", "5.4", "个月", "，没有达到"),
        ("2个工作日以内", "", "2", "个工作日", "以内"),
        ("90% 以上", "", "90", "%", " 以上"),
        ("1,200 个", "", "1,200", " 个", ""),
        ("6起（2024年全年）", "", "6", "起", "（2024年全年）"),
    ],
)
def test_the_number_of_a_value_is_set_apart(text: str, before: str, number: str, unit: str, after: str) -> None:
    assert amount(text) == {"before": before, "number": number, "unit": unit, "after": after, "words": ""}


@pytest.mark.parametrize("text", ["没有", "全部（约640个）", "约三成", "3—5天", "2020年", "2021年：41%，2022年：52%", "10:30"])
def test_what_is_no_single_number_stays_words(text: str) -> None:
    assert amount(text)["words"] == text


@given(text=st.text(alphabet="0123456789.,%年为约个天以上内（），没有达到 -：", min_size=1, max_size=24))
def test_a_value_in_its_parts_reads_as_it_was_written(text: str) -> None:
    parts = amount(text)
    assert "".join((parts["before"], parts["number"], parts["unit"], parts["after"], parts["words"])) == text
    assert bool(parts["number"]) != bool(parts["words"])


def test_the_page_begins_with_what_changed(site: Site) -> None:
    main = site("good/project").build().main("projects/jiexiang/")
    began, came, target = (main.index(each) for each in ("2023年为 <b>62</b>", "<b>93</b>%", "<b>90</b>%"))
    assert began < came < target < main.index('id="problem"')
    assert main.index("2024年11月10日") < target, "with the day on which it was reached"


def test_stages_have_the_days_that_are_known_and_lead_to_them(site: Site) -> None:
    driver = site("good/project")
    project = _record(driver, "project", "jiexiang").data
    assert stage_days(project) == {
        "立项": (date(2023, 11, 28),) * 2,
        "实施": (date(2024, 2, 1), date(2024, 11, 10)),
        "验收": (date(2024, 12, 5),) * 2,
        "结项": (date(2024, 12, 5),) * 2,
    }
    main = driver.build().main("projects/jiexiang/")
    for anchor in re.findall(r'href="#(step-\d+)"', main):
        assert f'id="{anchor}"' in main
    assert len(re.findall(r'href="#step-\d+"', main)) == 4


def test_a_stage_that_began_later_had_not_begun(site: Site) -> None:
    project = _record(site("good/project"), "project", "jiexiang").data
    closed = project.model_copy(update={"stage_dates": (StageDate(stage="结项", date=date(2024, 12, 18)),)})
    assert [closed.seen_on(date(2024, 12, each)).stage for each in (17, 18)] == ["验收", "结项"]
    begun = project.model_copy(update={"stage_dates": (StageDate(stage="实施", date=date(2024, 4, 1)),)})
    before = begun.seen_on(date(2024, 3, 1))
    assert (before.stage, before.stage_dates, before.results) == ("立项", (), ())


def test_each_project_is_seen_beside_one_of_its_brand_else_of_its_unit(site: Site) -> None:
    made = _record(site("good/project"), "project", "jiexiang")

    def project(id: str, year: int, unit: str, brand: str | None = None) -> Record:
        data = made.data.model_copy(update={"id": id, "year": year, "unit": unit, "brand": brand})
        return replace(made, id=id, data=data)

    alone = project("alone", 2023, "court")
    assert besides([alone]) == {}
    row = [
        project("new", 2024, "court", "muzi"),
        project("old", 2021, "court", "muzi"),
        project("near", 2023, "court"),
        project("same", 2024, "court"),
        project("other", 2023, "police"),
    ]
    assert besides(row) == {"new": "old", "old": "new", "near": "new", "same": "near"}
    assert besides(row[::-1]) == besides(row), "whatever their order"


def test_two_projects_stand_side_by_side_and_one_alone_has_no_such_section(site: Site) -> None:
    driver = site("good/project")
    main = driver.build().main("projects/jiexiang/")
    section = main[main.index('id="beside"') :]
    assert re.findall(r'<h3>(?:<a [^>]*>)?(?:<span class="term">)?([^<]*)', section)[:2] == ["夜间法庭", "立案一次办好"], "the earlier one first"
    assert 'href="../../projects/lixiang/"' in section and section.count('<dl class="change">') >= 2
    driver.remove("content/projects/2023/lixiang")
    assert 'id="beside"' not in driver.build().main("projects/jiexiang/")


# -- checks ----------------------------------------------------------------------------------------


def _codes(driver: SiteDriver) -> list[tuple[str, int]]:
    return [(code, line) for code, path, line in driver.check().codes() if path == ONGOING]


def test_an_overdue_duty_is_said_with_its_days_until_it_is_done(site: Site) -> None:
    driver = site("good/project")
    assert ("PRJ-001", 15) in _codes(driver)
    assert f"已经逾期 {(AS_OF - date(2024, 10, 1)).days} 天" in driver.lines()[0]
    driver.edit(ONGOING, "due: 2024-10-01}", "due: 2024-10-01, done_on: 2024-12-01}")
    assert "PRJ-001" not in [code for code, _ in _codes(driver)]


@pytest.mark.parametrize(("status", "nagged"), [("published", True), ("review", True), ("draft", False)])
def test_drafts_are_not_nagged(site: Site, status: str, nagged: bool) -> None:
    driver = site("good/project").edit(ONGOING, "status: published", f"status: {status}")
    assert ("PRJ-001" in [code for code, _ in _codes(driver)]) is nagged


def test_a_day_that_has_not_come_is_a_warning_unless_the_record_was_changed_since(site: Site) -> None:
    driver = site("good/project")
    assert [each for each in _codes(driver) if each[0] == "PRJ-006"] == [("PRJ-006", 18), ("PRJ-006", 20)]
    driver.edit(ONGOING, "stage: 实施", "updated_on: 2026-07-02\nstage: 实施")
    assert "PRJ-006" not in [code for code, _ in _codes(driver)]


def test_a_moved_folder_keeps_its_address_and_is_asked_for_its_year(site: Site) -> None:
    driver = site("good/project").copy_folder("content/projects/2024/jiexiang", "content/projects/2022/jiexiang")
    driver.remove("content/projects/2024/jiexiang").remove("content/projects/2022/jiexiang/story.md").check()
    found = [each for each in driver.codes() if each[1].startswith("content/projects/2022")]
    assert found == [("PRJ-004", "content/projects/2022/jiexiang/project.yml", 6)]


def test_an_id_is_taken_once_in_all_years(site: Site) -> None:
    driver = site("good/project").copy_folder("content/projects/2024/jiexiang", "content/projects/2025/jiexiang")
    driver.edit("content/projects/2025/jiexiang/project.yml", "year: 2024", "year: 2025").check()
    found = [each for each in driver.codes() if each[1].startswith("content/projects/2025/jiexiang")]
    assert found == [("ID-001", "content/projects/2025/jiexiang/project.yml", 1)]


# -- mentions, tables ------------------------------------------------------------------------------


def test_a_project_is_named_on_the_pages_of_its_unit_and_brand(site: Site) -> None:
    shown = site("good/project").build().shown()
    brand = shown.catalog.get("brand", "muzi")
    unit = shown.catalog.get("unit", "court")
    assert brand and unit
    (named,) = shown.mentions(brand)["project"]
    assert (named.title, named.address) == ("立案一次办好", "projects/jiexiang/")
    assert named.note == "2024年 · 第一书记领办 · 结项"
    assert [each.title for each in shown.mentions(unit)["project"]] == ["立案一次办好", "夜间法庭（试行）"]
    assert [each.sample for each in shown.mentions(unit)["project"]] == [False, True]


@pytest.mark.parametrize("case", ["good/project", "good/exhibition"])
def test_tables_have_a_cell_for_every_column(site: Site, case: str) -> None:
    driver = site(case)
    if case == "good/exhibition":
        driver.edit("content/exhibitions/xiaocheng-2024/exhibition.yml", "sample: [stops]\n", "")
    tables, faults = gather(driver.public())
    assert faults == ()
    assert {"projects", "project-duties"} <= {each.name for each in tables}
    assert ("exhibition-stops" in {each.name for each in tables}) is (case == "good/exhibition")
    for table in tables:
        assert table.rows and len({each.name for each in table.columns}) == len(table.columns)
        for row in table.rows:
            assert len(row) == len(table.columns)
        assert all(each.about and each.label for each in table.columns)


def test_the_table_of_duties_counts_from_the_last_change(site: Site) -> None:
    driver = site("good/project").edit(
        "content/projects/2024/zhengzai/project.yml", "sample: [goals, duties]\n", "sample: [goals]\n"
    )
    public = driver.public()
    (duties,) = [table for table in PRESENTING["project"].tables(public) if table.name == "project-duties"]
    assert duties.updated == date(2025, 2, 1)
    names = [each.name for each in duties.columns]
    standing_of = {row[names.index("task")]: row[names.index("state") :][:2] for row in duties.rows}
    assert standing_of["逾期的事"] == ("逾期未办结", 123)
    assert standing_of["改造窗口"] == ("逾期办结", 12)
    assert standing_of["印发材料清单"] == ("按期办结", 0)
    assert "草稿项目" not in {row[1] for row in duties.rows}
