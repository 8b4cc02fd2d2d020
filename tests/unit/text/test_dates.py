"""Days, times and open ends: what can be read, what is told of the rest, and what becomes of 长期 everywhere."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import icalendar
import jsonschema
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.kinds import BY_NAME
from generator.kinds.project import duties
from generator.outputs.data.jsonschema import schema_of
from generator.text import dates
from tests.helpers.driver import SiteDriver

Site = Callable[[str], SiteDriver]
EXHIBITION = "content/exhibitions/xiaocheng-2024/exhibition.yml"
PROJECT = "content/projects/2024/zhengzai/project.yml"
LAST = date(2199, 12, 31)


# -- reading -----------------------------------------------------------------------------------------------------------


@given(st.text(max_size=40) | st.from_regex(r"[0-9]{1,6}[-/年.][0-9]{1,2}[-/月.][0-9]{1,2}[日T ]?[0-9:Z+-]{0,14}"))
@example("9" * 40)
@example("9999-12-31T23:59Z")
@example("0001-01-01T00:00+14:00")
def test_whatever_is_written_is_a_day_of_ours_or_unreadable(text: str) -> None:
    for read in (dates.day_of, dates.moment_of):
        try:
            found = read(text)
        except dates.Unreadable:
            continue
        assert 1900 <= found.year <= 2199
        found + timedelta(days=1), found - timedelta(days=1)
    assert dates.means_open(text) in (True, False)


@given(st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30)), st.integers(-14 * 60, 14 * 60))
def test_a_time_with_a_zone_is_that_moment(naive: datetime, offset: int) -> None:
    time = naive.replace(second=0, microsecond=0, tzinfo=timezone(timedelta(minutes=offset)))
    written = time.isoformat(timespec="minutes")
    assert dates.moment_of(written) == time
    assert dates.moment_of(written.replace("T", " ")) == time


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2024-05-01T24:00", "absent"),
        ("2024-05-01T23:59:60", "absent"),
        ("2023-02-29T09:00", "absent"),
        ("2024-05-01T09:00+14:01", "form"),
        ("2024-05-01T09:00-23:59", "form"),
        ("2024-05-01T09", "form"),
        ("2024-W18-3T09:00", "form"),
        ("2199-12-31T23:59-14:00", "years"),
        ("1900-01-01T00:00+14:00", "years"),
        ("9999-12-31T23:59Z", "years"),
        ("9999年12月31日", "years"),
    ],
)
def test_why_a_time_cannot_be_read(written: str, reason: str) -> None:
    with pytest.raises(dates.Unreadable) as error:
        dates.moment_of(written, UTC)
    assert error.value.reason == reason


@pytest.mark.parametrize("edge", ["1900-01-01T00:00", "2199-12-31T23:59:59"])
def test_the_first_and_the_last_moment_are_ours(edge: str) -> None:
    assert dates.moment_of(edge, UTC) == datetime.fromisoformat(edge).replace(tzinfo=UTC)


@pytest.mark.parametrize("word", ["永久", "长期有效", " 至今 ", "Long-term", "long_term", "（长期）", "ONGOING", "无固定期限", "长期展出", "常设", "2026-07-03 至今", "长 期"])
def test_other_words_for_an_open_end(word: str) -> None:
    assert dates.means_open(word) == (word != "长 期")


@given(st.dates(date(1900, 1, 1), LAST), st.dates(date(1900, 1, 1), LAST))
def test_what_is_long_term_is_never_over_and_never_overdue(begin: date, day: date) -> None:
    assert not dates.is_over(dates.LONG_TERM, day)
    assert duties.standing(dates.LONG_TERM, None, day).state == "open"
    assert duties.standing(dates.LONG_TERM, begin, day).state == "done"
    assert duties.standing(begin, None, day).days == max(0, (day - begin).days)


@given(st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30)), st.sampled_from(["Asia/Shanghai", "Africa/Monrovia", "UTC"]))
@example(datetime(1900, 1, 2), "Asia/Shanghai")
def test_a_stamp_has_an_offset_of_whole_minutes_and_is_that_moment(naive: datetime, zone: str) -> None:
    moment = naive.replace(tzinfo=ZoneInfo(zone))
    stamp = dates.stamp(moment)
    assert re.search(r"[+-][0-9]{2}:[0-9]{2}\Z", stamp) and not re.search(r"[+-][0-9]{2}:[0-9]{2}:[0-9]{2}\Z", stamp)
    assert datetime.fromisoformat(stamp) == moment


# -- what a clerk is told ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["永久", "长期有效", "至今", "long-term", "9999-12-31", "9999/12/31", "2999年12月31日", "10000-01-01"])
@pytest.mark.parametrize(
    ("case", "path", "old", "key"),
    [
        ("exhibition", EXHIBITION, "end: 长期", "end"),
        ("project", PROJECT, "due: 长期", "due"),
        ("project", PROJECT, "due: 2026-09-01", "due"),
        ("unit", "content/units.yml", "valid_to: 2020-01-01", "valid_to"),
    ],
)
def test_an_open_end_in_other_words_is_told_what_to_type(
    site: Site, case: str, path: str, old: str, key: str, written: str
) -> None:
    driver = site(f"good/{case}")
    if case == "unit":
        old = _first(driver, path, "valid_to: ")
    driver.edit(path, old, f"{key}: {written}").check()
    errors = [each for each in driver.problems if each.is_error]
    assert [each.code for each in errors] in (["DAT-011"], ["DAT-012"]), driver.lines()
    assert f"{key}: 长期" in errors[0].remedy("zh") and f"{key}: 长期" in errors[0].remedy("en")
    driver.edit(path, f"{key}: {written}", f"{key}: 长期").check()
    assert not [each for each in driver.problems if each.code.startswith("DAT-01")], driver.lines()


def _first(driver: SiteDriver, path: str, begin: str) -> str:
    lines = (driver.root / path).read_text("utf-8").splitlines()
    return next(each.strip() for each in lines if each.strip().startswith(begin))


@pytest.mark.parametrize(
    ("case", "path", "old", "new"),
    [
        ("release", "content/releases/2023/release.yml", "announced_on: ", "announced_on: 9999-12-31T23:59Z"),
        ("release", "content/releases/2023/release.yml", "announced_on: ", "announced_on: 长期"),
        ("release", "content/releases/2023/release.yml", "published_on: ", "published_on: 0001-01-01"),
        ("exhibition", EXHIBITION, "updated_on: ", "updated_on: 长期"),
        ("exhibition", EXHIBITION, "published_on: ", "published_on: 2200-01-01"),
    ],
)
def test_where_a_certain_day_is_needed_nothing_else_is_offered(
    site: Site, case: str, path: str, old: str, new: str
) -> None:
    driver = site(f"good/{case}")
    driver.edit(path, _first(driver, path, old), new).check()
    errors = [each for each in driver.problems if each.is_error]
    assert errors and errors[0].code in ("DAT-011", "DAT-012"), driver.lines()
    assert ": 长期" not in errors[0].remedy("zh") and f"{old}2024-05-01" in errors[0].remedy("zh")


def test_limits_that_nothing_can_meet_are_told(small: SiteDriver) -> None:
    small.edit("site_config.yml", "limits:\n", "limits:\n  slogan: {least: 9, most: 3}\n").check()
    assert "CFG-011" in [each.code for each in small.problems], small.lines()


# -- what becomes of it ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def exhibition(tmp_path_factory: pytest.TempPathFactory) -> SiteDriver:
    """The exhibition with a stop that stays, as it is on the last day of all."""
    driver = SiteDriver.copy("good/exhibition", tmp_path_factory.mktemp("long"))
    driver.remove_if_there("expected").edit(EXHIBITION, "mode: both", "mode: offline")
    driver.edit(EXHIBITION, "sample: [stops]\n", "").build(as_of=LAST)
    assert driver.is_published(), driver.lines()
    return driver


def test_a_stop_that_stays_is_never_over(exhibition: SiteDriver) -> None:
    places = [each for each in exhibition.problems if each.code == "DAT-005"]
    line = (exhibition.root / EXHIBITION).read_text("utf-8").splitlines().index(
        "  - {venue: 少年宫, start: 2026-05-01, end: 长期, status: 进行中}"
    )
    assert places and line + 1 not in [each.span.line for each in places]  # the others are over by then
    assert "2026年5月1日</time> 起，长期" in exhibition.page("exhibitions/xiaocheng-2024/")


def test_a_calendar_has_no_end_for_it_and_says_so(exhibition: SiteDriver) -> None:
    calendar = icalendar.Calendar.from_ical(exhibition.files()["exhibitions/xiaocheng-2024/tour.ics"])
    events = {str(each["location"]): each for each in calendar.walk("VEVENT")}
    assert "dtend" not in events["少年宫"] and "duration" not in events["少年宫"]
    assert events["少年宫"]["dtstart"].dt == date(2026, 5, 1)
    assert "长期" in str(events["少年宫"]["description"])
    assert events["车站"]["dtend"].dt == date(2026, 7, 4)


def test_the_data_leave_the_day_empty_and_the_record_says_it(exhibition: SiteDriver) -> None:
    files = exhibition.files()
    rows = list(csv.DictReader(files["data/exhibition-stops.csv"].decode("utf-8-sig").splitlines()))
    ends = {row["场地"]: row["结束日期"] for row in rows}
    assert ends["少年宫"] == "" and ends["车站"] == "2026-07-03"
    records = json.loads(files["data/exhibition.json"])
    schema = json.loads(files["data/exhibition.schema.json"])
    jsonschema.Draft202012Validator(schema).validate(records)
    assert "长期" in json.dumps(records, ensure_ascii=False)


def test_machines_read_no_end(exhibition: SiteDriver) -> None:
    page = exhibition.page("exhibitions/xiaocheng-2024/")
    data = json.loads(page.partition('type="application/ld+json">')[2].partition("</script>")[0])
    events = [each for each in _nodes(data) if each.get("@type") == "ExhibitionEvent"]
    stays = [each for each in events if "少年宫" in str(each.get("name"))]
    assert stays and all("endDate" not in each for each in stays)
    assert any("endDate" in each for each in events)
    whole = [each for each in events if "subEvent" in each]
    assert whole and all("endDate" not in each for each in whole)


def _nodes(data: object) -> list[dict[str, object]]:
    inner = list(data.values()) if isinstance(data, dict) else data if isinstance(data, list) else []
    return ([data] if isinstance(data, dict) else []) + [node for each in inner for node in _nodes(each)]


def test_a_duty_that_goes_on_is_not_overdue_in_any_year_and_may_outlast_its_project(site: Site) -> None:
    driver = site("good/project").remove_if_there("expected").check(as_of=LAST)
    line = (driver.root / PROJECT).read_text("utf-8").splitlines().index(
        "  - {task: 一直做下去的事, owner_role: 安全科科长, due: 长期}"
    )
    overdue = [each.span.line for each in driver.problems if each.code == "PRJ-001" and each.span.path == PROJECT]
    assert overdue and line + 1 not in overdue


@pytest.mark.parametrize(("year", "built"), [(2026, True), (2199, True), (1900, False)])
def test_editions_of_years_with_something_long_term(site: Site, year: int, built: bool) -> None:
    driver = site("good/exhibition").remove_if_there("expected").build(as_of=LAST, year=year, links="file")
    assert driver.is_published() is built, driver.lines()


def test_schemas_for_editors_know_it() -> None:
    schema = schema_of(BY_NAME["exhibition"], None)["$defs"]["Stop"]["properties"]["end"]
    for good in ("长期", "2024-05-01", "1900-01-01", "2199-12-31"):
        jsonschema.validate(good, schema)
    for bad in ("永久", "9999-12-31", "0001-01-01", "2200-01-01"):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(bad, schema)
