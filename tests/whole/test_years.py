"""The edition of a year: what was public when it ended, as it stood then, in a folder of its own."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

from generator.cli.commands.main import exhibit
from tests.helpers.driver import SiteDriver

OLD = "brands/qingfeng/brand.yml"


@pytest.fixture
def two_years(small: SiteDriver) -> SiteDriver:
    """The small site with a second brand, published a year after the first."""
    small.copy_folder("brands/qingfeng", "brands/later")
    return (
        small.edit("brands/later/brand.yml", "id: qingfeng", "id: later")
        .edit("brands/later/brand.yml", "name: 清风\n", "name: 后来窗口\n")
        .edit("brands/later/brand.yml", "year: 2024", "year: 2025")
        .edit("brands/later/brand.yml", "published_on: 2024-05-01", "published_on: 2025-05-01")
    )


def test_every_year_has_a_page_and_all_are_on_the_timeline(two_years: SiteDriver) -> None:
    two_years.build()
    assert two_years.is_published(), two_years.lines()
    assert "清风" in two_years.main("years/2024/") and "后来窗口" not in two_years.main("years/2024/")
    assert "后来窗口" in two_years.main("years/2025/")
    timeline = two_years.main("years/")
    assert timeline.index("2025年") < timeline.index("2024年")


def test_the_edition_of_a_year_has_no_trace_of_the_next(two_years: SiteDriver) -> None:
    two_years.build(year=2024, links="file")
    assert two_years.is_published(), two_years.lines()
    files = two_years.files()
    assert "brands/qingfeng/index.html" in files
    for name, content in files.items():
        assert "后来窗口".encode() not in content, name
        assert not name.startswith(("brands/later/", "years/2025/")), name
    assert json.loads(files["manifest.json"])["year"] == 2024
    assert "小城品牌展·2024年" in files["index.html"].decode()


def test_what_was_not_public_yet_is_no_warning_in_an_edition(two_years: SiteDriver) -> None:
    two_years.edit("brands/qingfeng/story.md", "## ", "见[后来](../later/brand.yml)。\n\n## ")
    assert not two_years.build().without_copies().problems, two_years.lines()
    assert not two_years.build(year=2024).without_copies().problems, two_years.lines()
    assert "后来" in two_years.main("brands/qingfeng/") and "later" not in two_years.main("brands/qingfeng/")


def test_a_year_of_nothing_is_a_problem_and_publishes_nothing(two_years: SiteDriver) -> None:
    two_years.build(year=1980)
    assert [each.code for each in two_years.without_copies().problems] == ["CFG-002"]
    assert not two_years.out.exists()


def test_the_command_makes_a_folder_that_opens_from_a_stick(two_years: SiteDriver) -> None:
    result = CliRunner().invoke(
        exhibit,
        ["build", "--root", str(two_years.root), "--year", "2024", "--as-of", "2026-06-01"],
        standalone_mode=False,
    )
    assert result.exception is None, result.output
    home = (two_years.root / "site-2024" / "index.html").read_text("utf-8")
    assert 'href="brands/index.html"' in home
    assert not (two_years.root / "site").exists()


def test_an_edition_is_the_same_whenever_it_is_built(two_years: SiteDriver) -> None:
    early = two_years.build(date(2025, 1, 1), year=2024).files()
    late = two_years.build(date(2026, 6, 1), year=2024).files()
    assert early == late
