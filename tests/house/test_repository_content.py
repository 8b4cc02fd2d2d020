"""What hangs in this repository's own exhibition: that it checks clean and that its facts are the documented ones.

The only tests that look at ``brands/`` and ``content/``. Whoever puts another city's records there replaces this file.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from generator.kinds.calendar import work_calendar
from generator.pipeline import survey
from generator.stages.settings import Settings
from generator.stages.survey import Survey
from tests.helpers.places import ROOT

ENTRIES = sorted([*ROOT.glob("brands/**/*.yml"), *ROOT.glob("content/**/*.yml"), ROOT / "site_config.yml"])
NAMED = {"yangguang-tianping": "阳光天平", "aibo-yilu": "爱播一路", "jingmin-ejia": "警民E家"}
AS_OF = date(2026, 11, 1)
FIGURES = {  # indicator → value and bound, as the experience report has them
    "five-star-branches": (158, "eq"),
    "rated-branches": (450, "eq"),
    "satisfaction": (97, "gte"),
    "rectification": (96, "gte"),
    "demonstration-projects": (30, "eq"),
}


@pytest.fixture(scope="module")
def found(shared: Path) -> Survey:
    """Everything known of the repository's own records."""
    return survey(Settings(ROOT, AS_OF, cache=shared / "cache", jobs=2))


def test_it_checks_clean_but_for_two_overdue_duties(found: Survey) -> None:
    assert [each.code for each in found.problems] == ["PRJ-001", "PRJ-001"]


def test_the_command_says_so_too(shared: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "generator",
        "check",
        "--as-of",
        AS_OF.isoformat(),
        "--cache",
        str(shared / "cache"),
    ]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "共 0 个错误、2 个提醒。" in run.stdout


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.relative_to(ROOT).as_posix())
def test_every_entry_names_a_schema_that_accepts_it(entry: Path) -> None:
    text = entry.read_text("utf-8")
    line = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert line, "the schema line comes first"
    schema = json.loads((entry.parent / line[1]).read_text("utf-8"))
    value = json.loads(json.dumps(yaml.safe_load(text), default=str))  # an editor sees dates as strings
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(value)


def test_the_figures_are_those_of_the_report_with_their_bounds_and_sources(found: Survey) -> None:
    assert found.public
    (report,) = (each for each in found.public.catalog.all("report") if each.id == "season")
    values: dict[str, Any] = {each.id: each.series for each in report.data.indicators}
    for id, (value, bound) in FIGURES.items():
        (only,) = values[id]
        assert (only.value, only.bound) == (value, bound), id
        assert only.source.title == "《市级机关党建和业务工作融合经验材料》"
    assert values["full-coverage"] == (), "the report gives a goal and no value"


def test_the_named_brands_are_real_and_all_others_are_marked_as_samples(found: Survey) -> None:
    assert found.public
    brands = {each.id: each.data for each in found.public.catalog.all("brand")}
    assert {id: brands[id].name for id in NAMED} == NAMED
    assert {id for id, each in brands.items() if each.sample is not True} == set(NAMED)


def test_the_calendar_agrees_with_days_that_everybody_remembers(found: Survey) -> None:
    assert found.public
    calendar = work_calendar(found.public.catalog)
    assert calendar.years == frozenset(range(2017, 2027))
    assert not calendar.is_workday(date(2023, 10, 6))
    assert calendar.is_workday(date(2023, 10, 7))


def test_the_results_of_the_release_are_written(shared: Path) -> None:
    before = (ROOT / "content/releases/2023/release.yml").read_bytes()
    command = [sys.executable, "-m", "generator", "release", "2023", "--write", "--cache", str(shared / "cache")]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert (ROOT / "content/releases/2023/release.yml").read_bytes() == before
