"""What was not made from anything that changed is taken from the site before; the site is the one that is made anew."""

from __future__ import annotations

import os
import random
import re
import shutil
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from generator.outputs import make
from generator.stages.render import Hanging
from tests.helpers.driver import SiteDriver
from tests.helpers.places import SITES
from tests.helpers.properties import examples

GOOD = sorted(each.name for each in (SITES / "good").iterdir())
TEXTS = (".yml", ".md", ".csv", ".vtt")
TICK = 0.1  # seconds; of what was written only now the times do not tell every change
_SAID = re.compile(r"[㐀-鿿]{2}")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of what is really made, but for what lists others."""
    found: list[str] = []
    hung, each_file = Hanging.hung, make.attempt

    def noted_page(self: Hanging, page: Any) -> Any:
        found.append(page.address)
        return hung(self, page)

    def noted_file(content: Any, origin: Any, what: str, name: str) -> Any:
        found.append(name)
        return each_file(content, origin, what, name)

    monkeypatch.setattr(Hanging, "hung", noted_page)
    monkeypatch.setattr(make, "attempt", noted_file)
    return found


@pytest.fixture
def several(tmp_path: Path) -> SiteDriver:
    site = SiteDriver.copy("good/small", tmp_path).with_brands("a", "b")
    time.sleep(TICK)
    return site


def test_an_edited_story_makes_its_page_and_what_holds_all_texts(several: SiteDriver, made: list[str]) -> None:
    first = several.build().files()
    assert "brands/a/" in made and "brands/b/" in made
    made.clear()
    several.write("brands/a/story.md", "另一个故事。\n")
    second = several.build().files()
    pages = {each for each in made if each.endswith("/") or not each} - {"data/"}  # which says how large the data are
    assert pages == {"brands/a/"} and "data/exhibition.json" in made
    assert not [each for each in made if each.startswith(("walls/brands/cards", "walls/brands/names", "share/", "data/brands."))]
    assert second != first and second == anew(several)


@pytest.mark.parametrize(
    "change",
    [
        lambda site: site.edit("content/projects/2023/lixiang/project.yml", "unit: court", "unit: school-office"),
        lambda site: site.remove("content/projects/2023/lixiang").edit(
            "content/projects/2024/zhengzai/project.yml", "unit: school-office", "unit: court"
        ),
        lambda site: site.remove("content/projects/2023/lixiang"),
    ],
    ids=["one goes to another unit", "another takes its place", "one is gone"],
)
def test_a_project_is_made_again_when_it_stands_beside_another(change: Any, tmp_path: Path) -> None:
    driver = SiteDriver.copy("good/project", tmp_path).remove_if_there("expected")
    time.sleep(TICK)
    first = driver.build().files()
    change(driver)
    second = driver.build().files()
    page = "projects/jiexiang/index.html"
    assert driver.is_published() and second[page] != first[page] and second == anew(driver)


def test_a_title_breaks_as_one_that_is_made_anew_when_a_word_in_it_becomes_a_name(tmp_path: Path) -> None:
    driver = SiteDriver.copy("good/project", tmp_path).remove_if_there("expected")
    driver.edit("content/projects/2024/zhengzai/project.yml", "name: 校门口的十分钟", "name: 校门口的十分钟谁来守")
    time.sleep(TICK)
    page = "projects/zhengzai/index.html"
    first = driver.build().files()
    driver.edit("content/projects/2023/lixiang/project.yml", "name: 夜间法庭", "name: 十分钟")
    second = driver.build().files()
    assert driver.is_published() and '<span class="term">十分钟</span>' in second[page].decode() != first[page].decode()
    assert second == anew(driver)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names are text elsewhere")
def test_a_folder_whose_name_is_no_text_keeps_what_stands(several: SiteDriver, made: list[str]) -> None:
    several.out = several.root.parent / os.fsdecode(b"out-\xff\xfe")
    first = several.build().files()
    made.clear()
    assert several.build().files() == first
    assert not [each for each in made if each.endswith("/")]


def _mutations(root: Path, draw: random.Random, count: int) -> list[tuple[Path, str]]:
    """Texts of a site with one word more in a line that says something, ``count`` of them."""
    lines = [
        (file, number)
        for file in sorted(root.rglob("*"))
        if file.suffix in TEXTS and file.name != "site_config.yml" and "expected" not in file.parts
        for number, line in enumerate(file.read_text("utf-8").splitlines())
        if _SAID.search(line) and not line.lstrip().startswith("#")
    ]
    found = []
    for file, number in draw.sample(lines, min(count, len(lines))):
        text = file.read_text("utf-8").splitlines(keepends=True)
        text[number] = _SAID.sub(lambda hit: f"{hit[0]}新", text[number], count=1)
        found.append((file, "".join(text)))
    return found


def _edits_come_to_the_same(case: str, folder: Path, seed: int, count: int) -> int:
    """How many of ``count`` edits of single words of the fixture site ``case`` could be published; each of these came to the
    site that is made anew."""
    site = SiteDriver.copy(f"good/{case}", folder).remove_if_there("expected")
    time.sleep(TICK)
    site.build()
    published = 0
    for file, text in _mutations(site.root, random.Random(seed), count):
        before = file.read_bytes()
        file.write_text(text, "utf-8")
        if site.build().is_published():
            published += 1
            assert site.files() == anew(site), (case, file.name)
        file.write_bytes(before)
    return published


@pytest.mark.parametrize("case", GOOD)
def test_an_edited_word_comes_to_the_site_that_is_made_anew(case: str, tmp_path: Path) -> None:
    assert _edits_come_to_the_same(case, tmp_path, 1, 3) > 0


@pytest.mark.audit
@pytest.mark.parametrize("case", GOOD)
def test_any_edited_word_comes_to_the_site_that_is_made_anew(case: str, tmp_path: Path) -> None:
    assert _edits_come_to_the_same(case, tmp_path, 2, examples(60)) > 0


def anew(site: SiteDriver, **more: Any) -> dict[str, bytes]:
    """The files of the site when it is built with neither cache nor site before."""
    other = SiteDriver(site.root)
    other.out = site.root.parent / "anew"
    for each in (other.out, site.root.parent / "anew-cache"):
        shutil.rmtree(each, ignore_errors=True)
    return other.build(cache=site.root.parent / "anew-cache", **more).files()
