"""Days at the edges: what is accepted can be computed with, and what stays has one way to say so."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date

import icalendar
import pytest
from pydantic import TypeAdapter, ValidationError

from generator import fields
from generator.kinds.exhibition import _last_of
from generator.kinds.exhibition_record import Stop
from tests.conftest import ROOT
from tests.driver import SiteDriver

EXHIBITION = "content/exhibitions/xiaocheng-2024/exhibition.yml"
ADDRESS = "exhibitions/xiaocheng-2024/"
BRAND = "brands/qingfeng/brand.yml"
Site = Callable[[str], SiteDriver]


@pytest.mark.parametrize("text", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
@pytest.mark.parametrize("kind", [fields.Day, fields.LooseDay])
def test_a_day_outside_of_three_centuries_is_a_fault(kind: object, text: str) -> None:
    with pytest.raises(ValidationError, match="far_date"):
        TypeAdapter(kind).validate_python(text)
    with pytest.raises(ValidationError, match="far_date"):
        TypeAdapter(fields.Moment).validate_python(f"{text}T12:00Z")


@pytest.mark.parametrize("text", ["2199-12-31T23:59-05:00", "1900-01-01T00:00+14:00"])
def test_a_moment_has_to_lie_within_them_in_its_own_zone_and_the_sites(text: str) -> None:
    with pytest.raises(ValidationError, match="far_date"):
        TypeAdapter(fields.Moment).validate_python(text)


@pytest.mark.parametrize("text", ["1900-01-01", "2024-02-29", "2199-12-31"])
def test_the_first_and_the_last_are_inside(text: str) -> None:
    assert TypeAdapter(fields.Day).validate_python(text) == date.fromisoformat(text)
    assert TypeAdapter(fields.LooseDay).validate_python(text) == text
    assert TypeAdapter(fields.Moment).validate_python(f"{text}T23:59").date() == date.fromisoformat(text)


@pytest.mark.parametrize(
    "text", ["永久", "长期有效", "长期开放", "常年", "常设", "至今", "long-term", "9999-12-31", "2999-12-31"]
)
def test_other_words_for_what_stays_are_told_the_one(text: str, site: Site) -> None:
    driver = site("good/exhibition").edit(EXHIBITION, "end: 2026-07-03", f"end: {text}").check()
    assert [each.code for each in driver.problems if each.is_error] == ["DAT-012"], driver.lines()
    (told,) = (each for each in driver.problems if each.code == "DAT-012")
    assert told.span.line == 33 and told.remedy("zh") == "写成 end: 长期"


@pytest.mark.parametrize("day", [date(2024, 1, 1), date(2199, 12, 31)])
def test_a_stop_that_stays_never_ends(day: date) -> None:
    stop = Stop(venue="大厅", start=date(2020, 1, 1), end="长期", status="进行中")
    assert stop.status_on(day) == "进行中" and stop.fits(day) and stop.seen_on(day) == stop
    assert not stop.model_copy(update={"status": "已结束"}).fits(day)
    assert stop.status_on(date(2019, 12, 31)) == "计划"


def test_a_stop_that_stays_is_told_so_everywhere(site: Site) -> None:
    driver = site("good/exhibition").edit(EXHIBITION, "end: 2026-06-05", "end: 长期").build()
    assert driver.is_published(), driver.lines()
    assert not [each for each in driver.problems if each.span.path == EXHIBITION]
    for page in (ADDRESS, f"{ADDRESS}tour/"):
        assert "2026年5月25日</time>起，长期开放" in driver.main(page)
    files = driver.files()
    event = icalendar.Calendar.from_ical(files[f"{ADDRESS}tour.ics"]).walk("VEVENT")[2]
    assert event["dtstart"].dt == date(2026, 5, 25) and "dtend" not in event
    assert str(event["description"]).startswith("长期开放")
    rows = next(content for name, content in files.items() if name.endswith("stops.csv")).decode("utf-8-sig")
    assert '"学校","","2026-05-25","",' in rows


@pytest.mark.parametrize(
    ("case", "file", "old", "new"),
    [
        ("good/exhibition", EXHIBITION, "end: 2026-07-03", "end: 9999-12-31"),
        ("good/exhibition", EXHIBITION, "end: 2026-07-03", "end: 2199-12-31"),
        ("good/exhibition", EXHIBITION, "start: 2026-07-01", "start: 1900-01-01"),
        ("good/small", BRAND, "published_on: 2024-05-01", "published_on: 0001-01-01"),
        ("good/small", BRAND, "published_on: 2024-05-01", "published_on: 1900-01-01"),
        ("good/small", BRAND, "published_on: 2024-05-01", "published_on: 2199-12-31"),
        ("good/small", BRAND, "established_on: 2023-03-01", "established_on: 1900-01-01"),
        ("good/small", BRAND, "date: 2023-12\n", "date: 2199-12\n"),
    ],
)
def test_what_check_calls_clean_builds(case: str, file: str, old: str, new: str, site: Site, tmp_path: object) -> None:
    """As processes, as of an ordinary day and of the last there is."""
    driver = site(case).edit(file, old, new)
    for as_of in ("2026-06-01", "2199-12-31T23:59Z"):
        common = ["--root", str(driver.root), "--cache", f"{tmp_path}/cache", "--as-of", as_of]
        codes = []
        for command in (["check"], ["build", "--out", f"{tmp_path}/out"]):
            done = subprocess.run(
                [sys.executable, "-m", "generator", *command, *common], cwd=ROOT, capture_output=True, check=False
            )
            codes.append(done.returncode)
            assert b"Traceback" not in done.stderr and b"IMG-02" not in done.stdout
        assert codes[0] == codes[1] and codes[0] in (0, 1), done.stdout.decode()


def test_the_last_day_of_a_tour_that_stays_is_nobodys_to_say() -> None:
    one = Stop(venue="大厅", start=date(2024, 1, 1), end=date(2024, 2, 1), status="已结束")
    other = one.model_copy(update={"end": "长期"})
    assert _last_of([one]) == date(2024, 2, 1) and _last_of([one, other]) is None and _last_of([]) is None
