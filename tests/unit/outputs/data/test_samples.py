"""What is a sample is blank in every form of the data, and every form says so."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generator.catalog.samples import Sampled
from generator.kinds import KINDS
from generator.site.tables import SEPARATOR
from tests.helpers.driver import SiteDriver

BRAND = "brands/qingfeng/brand.yml"
FIELDS = ["slogan", "concept", "practices", "results", "unit", "established_on", "category"]


@pytest.fixture(scope="module")
def partly(tmp_path_factory: pytest.TempPathFactory) -> SiteDriver:
    """A site with a brand of which several fields are samples, and one that is a sample as a whole."""
    driver = SiteDriver.copy("good/data", tmp_path_factory.mktemp("samples"))
    text = (driver.root / BRAND).read_text("utf-8")
    driver.write(BRAND, re.sub("(?m)^sample:.*$", f"sample: [{', '.join(FIELDS)}]", text)).build()
    assert driver.is_published(), driver.lines()
    return driver


def _row(driver: SiteDriver, table: str, id: str) -> dict[str, Any]:
    rows = json.loads(driver.files()[f"data/{table}.json"])["rows"]
    (row,) = (each for each in rows if each["id"] == id)
    return dict(row)


def test_sample_fields_are_blank_in_the_json_of_a_table_and_named(partly: SiteDriver) -> None:
    row = _row(partly, "brands", "qingfeng")
    assert {name: row[name] for name in FIELDS} == dict.fromkeys(FIELDS)
    assert row["name"] is not None
    assert (row["sample"], row["sample_fields"].split(SEPARATOR)) == (False, FIELDS)


def test_sample_fields_are_blank_in_csv_and_xlsx(partly: SiteDriver) -> None:
    columns = json.loads(partly.files()["data/brands.json"])["columns"]
    keys = [each["name"] for each in columns]
    lines = csv.reader(io.StringIO(partly.files()["data/brands.csv"].decode("utf-8-sig"), newline=""))
    (cells,) = ([*line] for line in lines if line[0] == "qingfeng")
    assert [cells[keys.index(each)] for each in FIELDS] == [""] * len(FIELDS)
    assert cells[keys.index("sample_fields")] == SEPARATOR.join(FIELDS)
    sheet = openpyxl.load_workbook(io.BytesIO(partly.files()["data/brands.xlsx"])).worksheets[0]
    (found,) = (row for row in sheet.iter_rows(values_only=True) if row[0] == "qingfeng")
    assert [found[keys.index(each)] for each in FIELDS] == [None] * len(FIELDS)


def test_sample_fields_are_left_out_of_the_records(partly: SiteDriver) -> None:
    records = json.loads(partly.files()["data/exhibition.json"])["records"]["brand"]
    (record,) = (each for each in records if each["id"] == "qingfeng")
    assert record.keys().isdisjoint(FIELDS)
    assert record["sample"] == FIELDS


def test_a_list_that_is_a_sample_gives_no_rows(tmp_path: Path) -> None:
    driver = SiteDriver.copy("good/exhibition", tmp_path).build()
    assert driver.is_published(), driver.lines()
    assert "data/exhibition-stops.csv" not in driver.files()  # all stops are samples, so there is no table
    duties = json.loads(driver.files()["data/project-duties.json"])["rows"]
    assert "zhengzai" not in {each["id"] for each in duties}
    project = _row(driver, "projects", "zhengzai")
    assert [project[each] for each in ("goals", "goals_count", "duties_count", "duties_done")] == [None] * 4


def test_a_whole_sample_says_so_and_keeps_its_values(tmp_path: Path) -> None:
    driver = SiteDriver.copy("good/project", tmp_path).build()
    row = _row(driver, "projects", "lixiang")
    assert (row["sample"], row["sample_fields"]) == (True, None)
    assert row["name"] and row["problem"]


def test_parts_of_a_report_that_are_samples_are_left_out(tmp_path: Path) -> None:
    driver = SiteDriver.copy("good/report", tmp_path).build()
    assert driver.is_published(), driver.lines()
    reports = json.loads(driver.files()["data/exhibition.json"])["records"]["report"]
    parts = [each for report in reports for each in report.get("indicators", ()) if each.get("sample")]
    assert parts
    for each in parts:
        assert each.keys().isdisjoint(each["sample"])
    rows = json.loads(driver.files()["data/indicators.json"])["rows"]
    named = [each for each in rows if each["sample_fields"]]
    assert named
    for row in named:
        assert not any(row.get(each.replace(".", "_").removesuffix("_value")) for each in row["sample_fields"].split(";"))


def test_every_table_of_records_tells_of_samples() -> None:
    assert all(issubclass(kind.model, Sampled) for kind in KINDS)
    record = KINDS[0].model.model_construct(id="x", sample=("year",), year=2024)
    assert (record.is_sample, record.sample_fields, record.shown("year")) == (False, ("year",), None)
    assert record.is_made_up("year") and not record.is_made_up("title")
    whole = KINDS[0].model.model_construct(id="x", sample=True, year=2024)
    assert (whole.is_sample, whole.sample_fields, whole.shown("year")) == (True, (), 2024)


def test_what_a_kind_adds_to_a_record_is_left_out_too(tmp_path: Path) -> None:
    driver = SiteDriver.copy("good/video", tmp_path).build()
    assert driver.is_published(), driver.lines()
    (film,) = (each for each in json.loads(driver.files()["data/exhibition.json"])["records"]["video"] if each["id"] == "waijia")
    assert film["sample"] == ["size", "sha256"]
    assert "bytes" not in film and "sha256" not in film and film["seconds"]
    row = _row(driver, "videos", "waijia")
    assert (row["bytes"], row["sha256"], row["sample"]) == (None, None, False)
