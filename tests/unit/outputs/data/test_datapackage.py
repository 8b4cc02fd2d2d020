"""The data package is one by its own rules, for every site there is, and no reader takes a file for something else."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from filelock import FileLock

from generator.outputs.data.datapackage import _licence
from tests.helpers.driver import SiteDriver
from tests.helpers.places import DATA, ROOT, SITES

PROFILE = json.loads((DATA / "datapackage-2.0.json").read_text("utf-8"))
# What frictionless 5 takes a JSON file for by the end of its name, whatever is in it (settings.METADATA_TRAITS).
TAKEN = ("catalog", "chart", "package", "resource", "dialect", "schema", "checklist", "pipeline", "report", "inquiry", "view", "map")  # fmt: skip
CASES = sorted(each.name for each in (SITES / "good").iterdir())
LICENCE = "\ndata:\n  licence: {name: 政府数据开放许可, address: https://example.gov.cn/licence}\n"


def _is_package(driver: SiteDriver) -> None:
    package = json.loads(driver.page("data/datapackage.json"))
    assert package["$schema"].endswith("/2.0/datapackage.json")
    jsonschema.Draft7Validator(PROFILE).validate(package)
    for each in package["resources"]:
        if each["format"] == "json":
            stem = each["path"].removesuffix(".json")
            assert not stem.endswith(TAKEN), f"{each['path']} would be read as a descriptor"
            made = json.loads(driver.page(f"data/{each['path']}"))
            assert "name" in made or "records" in made


@pytest.mark.audit
@pytest.mark.parametrize("case", CASES)
def test_the_package_of_every_fixture_site_keeps_the_profile_that_it_names(case: str, tmp_path: Path) -> None:
    driver = SiteDriver.copy(f"good/{case}", tmp_path).remove_if_there("expected")
    config = (driver.root / "site_config.yml").read_text("utf-8")
    if "\ndata:" not in config:
        driver.write("site_config.yml", config + LICENCE)
    driver.build()
    assert driver.is_published(), driver.lines()
    _is_package(driver)


@pytest.mark.audit  # another whole site
def test_the_package_of_the_repository_keeps_it_too(shared: Path, tmp_path: Path) -> None:
    driver = SiteDriver(tmp_path / "site")
    driver.root.mkdir()
    driver.write("site_config.yml", (ROOT / "site_config.yml").read_bytes())
    for each in ("brands", "content"):
        shutil.copytree(ROOT / each, driver.root / each)
    (shared / "cache").mkdir(exist_ok=True)
    (tmp_path / "cache").symlink_to(shared / "cache", target_is_directory=True)
    with FileLock(shared / "lock"):
        driver.build(date(2026, 11, 1))
    assert driver.is_published(), driver.lines()
    _is_package(driver)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by/4.0/deed.zh", "CC-BY-4.0"),
        ("http://www.creativecommons.org/publicdomain/zero/1.0/legalcode", "CC0-1.0"),
        ("https://example.gov.cn/licenses/by/4.0/", None),
    ],
)
def test_a_licence_has_a_name_only_where_the_open_definition_gives_one(address: str, name: str | None) -> None:
    made = _licence("许可", address)
    assert made.get("name") == name
    assert (made["title"], made["path"]) == ("许可", address)
