"""A site that was just built is what it says, whatever was built, and so is its deposit."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.archive import deposit
from generator.archive.verify import verify
from tests.helpers import deposits
from tests.helpers.driver import SiteDriver


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> SiteDriver:
    site = SiteDriver.copy("good/small", tmp_path_factory.mktemp("site"))
    site.build()
    return site


def test_a_built_site_is_what_its_manifest_says(small: SiteDriver) -> None:
    report = verify(small.out)
    assert report.problems == () and report.kind == "site" and report.files > 50


def test_it_is_after_an_edit_too(tmp_path: Path) -> None:
    site = SiteDriver.copy("good/small", tmp_path)
    site.build()
    site.edit("brands/qingfeng/brand.yml", "slogan: 清风", "slogan: 和风")
    site.build()
    assert verify(site.out).problems == ()


def test_so_is_its_deposit_and_the_year_in_it(small: SiteDriver, tmp_path: Path) -> None:
    deposit.write(small.out, deposits.FACTS, tmp_path / "year")
    assert verify(tmp_path / "year").problems == ()
    report = verify(tmp_path / "year" / deposits.BAG / "data/2024")
    assert report.problems == () and report.kind == "site"
