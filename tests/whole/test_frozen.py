"""Frozen years as a whole: what they hold makes them again byte for byte, and nothing in them was not public."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from generator.catalog.edition import Frozen
from tests.helpers.driver import SiteDriver
from tests.helpers.places import ROOT

FROZEN = Frozen(date(2026, 1, 15), "0123456789" * 4, "0.1.0")
AGAIN = Frozen(date(2026, 1, 15), "0123456789" * 4, "0.1.0", is_again=True)
CASES = [("small", 2024), ("brand", 2024), ("exhibition", 2024), ("pioneer", 2024), ("project", 2024), ("release", 2023), ("report", 2024), ("video", 2024)]


def _frozen(site: SiteDriver, year: int) -> SiteDriver:
    site.build(year=year, links="file", frozen=FROZEN)
    assert site.is_published(), site.lines()
    return site


def _again(site: SiteDriver, year: int) -> SiteDriver:
    other = SiteDriver(site.out / "archive/records")
    other.out = site.root.parent / "again"
    other.build(year=year, links="file", frozen=AGAIN, cache=site.root.parent / "cache")
    assert other.is_published(), other.lines()
    return other


@pytest.mark.parametrize(("case", "year"), CASES)
def test_the_records_of_a_year_make_it_again(case: str, year: int, tmp_path: Path) -> None:
    whole = SiteDriver.copy(f"good/{case}", tmp_path).remove_if_there("expected")
    site = _frozen(whole.remove_if_there("brands/caogao"), year)  # a draft of the year: with it nothing is frozen
    made = site.files()
    assert _again(site, year).files() == made
    rows = json.loads(made["archive/archive.json"])["records"]
    assert rows and all(each["source"] in made and each["page"] in made for each in rows)


@pytest.fixture(scope="module")
def exhibition(tmp_path_factory: pytest.TempPathFactory) -> SiteDriver:
    """The exhibition of this repository, frozen."""
    root = tmp_path_factory.mktemp("real") / "site"
    site = SiteDriver(root)
    for name in ("brands", "content"):
        for each in (ROOT / name).rglob("*"):
            if each.is_file():
                site.write(each.relative_to(ROOT).as_posix(), each.read_bytes())
    site.write("site_config.yml", (ROOT / "site_config.yml").read_bytes())
    return _frozen(site, 2024)


@pytest.mark.audit
def test_the_exhibition_of_this_repository_makes_itself_again(exhibition: SiteDriver) -> None:
    assert _again(exhibition, 2024).files() == exhibition.files()


SECRETS = ("SECRET-LATER", "SECRET-REVIEW", "SECRET-COMMENT", "SECRET-CONSENT", "SECRET-SUPPRESSED", "SECRET-DRAFT", "SECRET-GONE", "SECRET-STORY")


def test_nothing_that_was_not_public_is_in_it(tmp_path: Path) -> None:
    site = SiteDriver.copy("good/small", tmp_path).remove_if_there("expected")
    brand = (site.root / "brands/qingfeng/brand.yml").read_text("utf-8")
    for id, status in (("geheim", "draft"), ("weg", "withdrawn")):
        site.copy_folder("brands/qingfeng", f"brands/{id}").edit(f"brands/{id}/brand.yml", "id: qingfeng", f"id: {id}")
        site.edit(f"brands/{id}/brand.yml", "year: 2024", "year: 2025").edit(f"brands/{id}/brand.yml", "concept: ", "concept: SECRET-DRAFT ")
        site.edit(f"brands/{id}/brand.yml", "status: published", f"status: {status}")
    site.edit("brands/weg/brand.yml", "year: 2025", "year: 2025\nwithdrawn_on: 2024-09-01\nwithdrawn_reason: SECRET-GONE")
    more = (
        "# SECRET-COMMENT\nparent: geheim\nrevisions:\n- {date: 2024-06-01, what: 改过一处, why: 笔误}\n- {date: 2025-02-01, what: SECRET-LATER, why: SECRET-LATER}\n"
        "reviews:\n- {stage: 终审, role: SECRET-REVIEW, date: 2024-04-01}\n"
    )
    if "reviews:" in brand:
        brand = re.sub(r"(?m)^reviews:\n(?:[ -].*\n)+", "", brand)
    site.write("brands/qingfeng/brand.yml", brand + more)
    site.edit("brands/qingfeng/brand.yml", "alt: 法庭台阶", "alt: 法庭台阶\n    consent_ref: SECRET-CONSENT")
    site.edit("brands/qingfeng/story.md", "## ", "见[后来](../geheim/brand.yml)。\n\n## ")
    site = _frozen(site, 2024)
    made = site.files()
    assert "后来" in made["archive/records/brands/qingfeng/story.md"].decode()
    assert "2024-06-01" in made["archive/records/brands/qingfeng/brand.yml"].decode()
    for name, content in made.items():
        for each in (*SECRETS, "geheim"):
            assert each.encode() not in content, (each, name)
    assert not any("geheim" in name or "weg" in name for name in made)
    assert _again(site, 2024).files() == made


def test_a_release_is_kept_without_those_who_were_not_released_and_without_its_sheet(tmp_path: Path) -> None:
    site = _frozen(SiteDriver.copy("good/release", tmp_path).remove_if_there("expected"), 2023)
    made = site.files()
    folder = "archive/records/content/releases/2023/"
    assert f"{folder}scores.csv" not in made
    decision = json.loads(made[f"{folder}decision.json"])
    assert [each["kind"] for each in decision["rounds"]] == ["初评", "投票", "专家"]
    source = (site.root / "content/releases/2023/release.yml").read_text("utf-8")
    lost = set(re.findall(r"brand: ([a-z0-9]+)", source)) - {each[0] for each in decision["standings"]}
    text = made[f"{folder}release.yml"].decode() + made[f"{folder}decision.json"].decode()
    assert lost and not any(re.search(rf"\b{each}\b", text) for each in lost), lost


def test_a_decision_beside_a_release_counts_for_nothing_elsewhere(tmp_path: Path) -> None:
    site = SiteDriver.copy("good/release", tmp_path).remove_if_there("expected")
    for text in ('{"format": "exhibition-decision", "version": 1, "rounds": [], "standings": []}', "[1]", "{", '{"format": 1}'):
        site.write("content/releases/2023/decision.json", text).check()
        assert site.codes() == [("ARC-026", "content/releases/2023/decision.json", 1)]
    site.remove("content/releases/2023/scores.csv").check()
    assert site.codes() == [("ARC-026", "content/releases/2023/decision.json", 1)]


def test_a_site_that_is_not_frozen_knows_nothing_of_it(tmp_path: Path) -> None:
    site = SiteDriver.copy("good/small", tmp_path).remove_if_there("expected").build(year=2024, links="file")
    assert not any(name.startswith("archive/") for name in site.files())
    assert all(b'class="frozen"' not in content for name, content in site.files().items() if name.endswith(".html"))
