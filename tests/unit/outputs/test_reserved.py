"""Addresses that the program needs are told before anything is in their way."""

from __future__ import annotations

import pytest

from generator.kinds import KINDS
from generator.outputs.reserved import WORDS, folders
from generator.pages.unpublished import INDEX
from generator.stages.planning import SECTIONS
from tests.helpers.driver import SiteDriver
from tests.helpers.places import SITES

GOOD = SITES / "good"
SHARED = {"sitemap", *(kind.section.rstrip("/") for kind in KINDS if kind.section)}
TAKEN = folders(KINDS, SECTIONS | {INDEX})
PAGE = "---\ntitle: 某页\nstatus: published\npublished_on: 2024-01-01\n---\n\n某页。\n"


def test_the_list_has_every_folder_that_sites_have_and_nobody_wrote() -> None:
    seen = set()
    for site in GOOD.iterdir():
        written = {each.stem for each in (site / "content").glob("*")}
        for each in (site / "expected").glob("*/"):
            if each.is_dir() and each.name not in ("index.html", "404.html"):
                seen |= {each.name} - (written - TAKEN)
    assert {"brands", "b", "units", "videos", "data", "search"} <= seen
    former = {"history", "old", "start"}  # redirects of the site of that name
    assert seen - TAKEN - former - {"sitemap"} == set()  # which is always there, and told by the plan


@pytest.mark.audit
@pytest.mark.parametrize("name", sorted(TAKEN))
@pytest.mark.parametrize("below", [False, True])
def test_a_page_in_a_folder_of_the_program_is_told_once(small: SiteDriver, name: str, below: bool) -> None:
    path = f"content/{name}/{'xinye' if below else 'index'}.md"
    if below and name in SHARED:
        path = f"content/{name}/by.md"
    small.write(path, PAGE).build()
    told = [(code, line) for code, found, line in small.codes() if found == path]
    assert len(told) == 1 and told[0][0] in ("ID-023", "ID-009"), told


@pytest.mark.parametrize("year", ["1999", "2024", "2031"])
def test_a_page_in_the_place_of_a_frozen_year_is_told(small: SiteDriver, year: str) -> None:
    small.write(f"content/{year}.md", PAGE).build()
    assert small.codes() == [("ID-024", f"content/{year}.md", 2)]
    assert not small.is_published()


@pytest.mark.audit
@pytest.mark.parametrize("name", ["about-2024", "2024-huigu", "jianjie", "media-baodao", "brands-jieshao", "brands/jieshao", "sitemap/shuoming", "page", "null", "true"])
def test_an_ordinary_page_has_its_address(small: SiteDriver, name: str) -> None:
    small.write(f"content/{name}.md", PAGE).build()
    assert small.codes() == []
    assert f"{name}/index.html" in small.files()


@pytest.mark.parametrize("id", sorted(WORDS))
def test_an_id_that_a_wall_needs_is_told(small: SiteDriver, id: str) -> None:
    small.copy_folder("brands/qingfeng", f"brands/{id}")
    small.edit(f"brands/{id}/brand.yml", "id: qingfeng", f"id: {id}").build()
    told = [(code, path) for code, path, _ in small.codes() if code.startswith("ID-")]
    assert told == [("ID-025", f"brands/{id}/brand.yml")]


@pytest.mark.audit
@pytest.mark.parametrize("id", ["constructor", "prototype", "items", "keys", "values", "none", "null", "true", "self", "loop"])
def test_an_id_that_is_a_word_of_a_language_is_an_ordinary_id(small: SiteDriver, id: str) -> None:
    small.copy_folder("brands/qingfeng", f"brands/{id}")
    marks = (small.root / f"brands/{id}/brand.yml").read_text("utf-8").replace("id: qingfeng", f'id: "{id}"')
    small.write(f"brands/{id}/brand.yml", marks).build()
    assert [code for code, _, _ in small.codes() if code.startswith(("ID-", "SCH-", "REF-"))] == []
    assert small.is_published()
    assert f"brands/{id}/index.html" in small.files()
