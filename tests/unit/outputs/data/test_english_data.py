"""On an English site everything that the program writes into the data is English: headings, explanations, schemas."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import openpyxl
import pytest

from generator.kinds import KINDS
from generator.messages import _table, field_words
from generator.schema.fields import Part
from generator.schema.naming import about_of, title_of
from tests.helpers.driver import SiteDriver

HAN = re.compile("[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")


def _options(annotation: Any) -> Iterator[str]:
    """The values of enumerations in an annotation, which are content and may be quoted in any language."""
    for each in get_args(annotation):
        yield from (each,) if isinstance(each, str) else _options(each)


def _parts(part: type[Part]) -> Iterator[type[Part]]:
    yield part
    for field in part.model_fields.values():
        for each in (field.annotation, *get_args(field.annotation)):
            if isinstance(each, type) and issubclass(each, Part):
                yield from _parts(each)


VALUES = {
    value
    for kind in KINDS
    for part in _parts(kind.model)
    for field in part.model_fields.values()
    for value in _options(field.annotation)
}


def _chinese(texts: dict[str, str]) -> dict[str, str]:
    quoted = re.compile("|".join(sorted(map(re.escape, VALUES), key=len, reverse=True)))
    return {place: text for place, text in texts.items() if HAN.search(quoted.sub("", text))}


def _speaking_english(driver: SiteDriver) -> SiteDriver:
    config = (driver.root / "site_config.yml").read_text("utf-8")
    config = re.sub("(?m)^language:.*\n", "", config)
    return driver.write("site_config.yml", f"language: en\n{config}")


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> SiteDriver:
    driver = SiteDriver.copy("city", tmp_path_factory.mktemp("english"))
    _speaking_english(driver).build()
    assert driver.is_published(), driver.lines("en")
    whole = json.loads(driver.files()["data/exhibition.json"])
    assert [kind.name for kind in KINDS if not whole["records"][kind.name]] == []
    return driver


def _tables(driver: SiteDriver) -> list[str]:
    package = json.loads(driver.files()["data/datapackage.json"])
    return [each["name"] for each in package["resources"] if each.get("type") == "table"]


@pytest.mark.audit
def test_headings_of_csv_and_xlsx_are_english(english: SiteDriver) -> None:
    found = {}
    for name in _tables(english):
        text = english.files()[f"data/{name}.csv"].decode("utf-8-sig")
        found |= {f"{name}.csv {each}": each for each in next(csv.reader(io.StringIO(text)))}
        book = openpyxl.load_workbook(io.BytesIO(english.files()[f"data/{name}.xlsx"]))
        found |= {f"{name}.xlsx {cell.value}": str(cell.value) for cell in book.worksheets[0][1]}
        rows = [[str(each or "") for each in row] for row in book.worksheets[1].iter_rows(values_only=True)]
        begin = next(at for at, row in enumerate(rows) if row[0] == "Heading")
        found |= {f"{name}.xlsx notes {row} {at}": row[at] for row in rows[begin:] for at in range(len(row))}
        found |= {f"{name}.xlsx notes {row[0]}": row[0] for row in rows}
    assert len(found) > 200
    assert _chinese(found) == {}


@pytest.mark.audit
def test_the_json_of_tables_and_the_package_are_english(english: SiteDriver) -> None:
    package = json.loads(english.files()["data/datapackage.json"])
    site = json.loads(english.files()["data/exhibition.json"])["site"]["name"]
    found = {}
    for each in package["resources"]:
        found |= {f"{each['name']} {key}": each[key].replace(site, "") for key in ("title", "description")}
        for field in each.get("schema", {}).get("fields", ()):
            found |= {f"{each['name']} {field['key']} {key}": field[key] for key in ("name", "title", "description")}
    for name in _tables(english):
        table = json.loads(english.files()[f"data/{name}.json"])
        found |= {f"{name}.json {key}": table[key] for key in ("title", "about")}
        for column in table["columns"]:
            found |= {f"{name}.json {column['name']} {key}": column[key] for key in ("label", "about")}
    assert _chinese(found) == {}


def _said(node: Any, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, list):
        for at, each in enumerate(node):
            yield from _said(each, f"{place}/{at}")
    elif isinstance(node, dict):
        for key, value in node.items():
            if key in ("title", "description") and isinstance(value, str):
                yield f"{place}/{key}", value
            yield from _said(value, f"{place}/{key}")


@pytest.mark.audit
def test_the_schema_of_the_records_is_english(english: SiteDriver) -> None:
    schema = json.loads(english.files()["data/exhibition.schema.json"])
    assert _chinese(dict(_said(schema))) == {}
    untold = [
        f"{name}.{field}"
        for name, model in schema["$defs"].items()
        for field, given in model.get("properties", {}).items()
        if not given.get("title") or not given.get("description")
    ]
    assert untold == []


@pytest.mark.audit
def test_the_data_dictionaries_are_english(english: SiteDriver) -> None:
    for name in ("", *_tables(english)):
        page = english.main(f"data/{name}")
        page = re.sub(r'(?s)<table[^>]*preview.*?</table>|<[^>]+>', " ", page)
        config = json.loads(english.files()["data/exhibition.json"])
        for author in (config["site"]["name"], config.get("publisher", "")):
            page = page.replace(author, "")
        assert _chinese({name: page}) == {}


@pytest.mark.audit
def test_every_field_has_an_english_name_and_no_wording_is_left_over() -> None:
    used = set()
    for kind in KINDS:
        for part in _parts(kind.model):
            for name in part.model_fields:
                near = next((each for each in part.__mro__ if field_words(f"{each.__name__}.{name}")), None)
                used |= {f"{near.__name__}.{name}"} if near else set()
    assert set(_table("fields")) - used == set()
    assert title_of(KINDS[0].model, "year", "en") != title_of(KINDS[0].model, "year", "zh")
    assert about_of(KINDS[0].model, "year", "en")


@pytest.mark.audit
def test_names_of_sample_fields_are_english_on_pages(tmp_path: Path) -> None:
    driver = SiteDriver.copy("good/brand", tmp_path)
    file = next((driver.root / "brands").glob("*/brand.yml"))
    path = file.relative_to(driver.root).as_posix()
    text = re.sub("(?m)^sample:.*\n", "", file.read_text("utf-8"))
    _speaking_english(driver).write(path, f"{text.rstrip()}\nsample: [slogan, established_on]\n").build()
    assert driver.is_published(), driver.lines("en")
    assert "Slogan, Established on" in driver.main(f"brands/{file.parent.name}/")
