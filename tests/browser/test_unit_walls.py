"""The page of a unit with many brands is a wall; walls are left out by a link, and their cards are headings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.helpers.browsing import Place, served, until, watched
from tests.helpers.driver import SiteDriver
from tests.helpers.wall_pages import open_wall, state_of

pytestmark = pytest.mark.browser

Visit = Callable[..., BrowserContext]
COUNT = 11

LEVELS = """all => all.map(each => Number(each.getAttribute("aria-level") || each.tagName[1]))"""
# What lies over the visible part of the element that has the focus.
OVER_FOCUS = """() => {
  const box = document.activeElement.getBoundingClientRect();
  const at = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return at && (at === document.activeElement || document.activeElement.contains(at)) ? "" : at && at.className;
}"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose court has eleven brands of two years, where a page of the wall holds four."""
    driver = SiteDriver.copy("good/small", tmp_path_factory.mktemp("units")).remove_if_there("expected")
    ids = [f"qingfeng-{number}" for number in range(2, COUNT + 1)]
    driver.with_brands(*ids)
    for number, id in enumerate(ids):
        driver.edit(f"brands/{id}/brand.yml", "name: 清风\n", f"name: 清风{'甲乙丙丁戊己庚辛壬癸'[number]}\n")
        if number % 2:
            driver.edit(f"brands/{id}/brand.yml", "year: 2024\n", "year: 2023\n")
    driver.build()
    assert driver.is_published(), driver.lines()
    return driver.out


@pytest.fixture(scope="module")
def place(built: Path) -> Iterator[Place]:
    with served(built) as base:
        yield Place(base)


def _levels(page: Page, within: str) -> list[int]:
    return page.locator(f"{within} :is(h1, h2, h3, h4)").evaluate_all(LEVELS)


def test_a_unit_with_more_brands_than_a_page_of_the_wall_has_a_wall(place: Place, visit: Visit) -> None:
    page, faults = watched(visit(), place)
    open_wall(page, place, "", "units/court/")
    assert [each.get_attribute("data-facet") for each in page.locator("[data-facet]").all()] == ["year"]
    page.locator("[data-facet=year] [data-value='2023']").click()
    expect(page.locator("[data-count]")).to_have_text("符合 5 个，共 11 个")
    assert set(state_of(page)["cards"]) <= {f"qingfeng-{number}" for number in range(3, COUNT + 1, 2)}
    page.locator("[data-find]").fill("清风癸")
    expect(page.locator("[data-list] .card__name")).to_have_text(["清风癸"])
    assert page.url.endswith("units/court/?year=2023&q=%E6%B8%85%E9%A3%8E%E7%99%B8")
    page.go_back()
    expect(page.locator("[data-count]")).to_have_text("符合 5 个，共 11 个")
    assert faults == []


def test_the_wall_of_a_unit_is_whole_without_scripts(place: Place, built: Path, visit: Visit) -> None:
    page = visit(java_script_enabled=False).new_page()
    page.goto(place.url("units/court/"))
    names: list[str] = []
    while True:
        names += page.locator("[data-list] .card__name").all_inner_texts()
        further = page.locator(".pager [rel=next]")
        if not further.count():
            break
        further.click()
    assert len(names) == len(set(names)) == COUNT
    page.goto(place.url("units/court/"))
    page.locator("[data-facet=year] [data-value='2023']").click()
    assert page.url.endswith("units/court/by/year/2023/")
    page.locator(".crumbs a").first.click()
    assert page.url.endswith("units/court/")
    assert not (built / "units/school-office/by").exists(), "a unit with few brands needs no wall"
    page.goto(place.url("units/school-office/"))
    assert page.locator("[data-facet], [data-tools]").count() == 0


@pytest.mark.parametrize("width", [390, 1280])
def test_a_wall_is_reached_past_its_filter_in_three_keys(width: int, places: dict[str, Place], visit: Visit) -> None:
    page = visit(width).new_page()
    open_wall(page, places["host"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # to the content
    page.keyboard.press("Tab")
    skip = page.locator(".wall > .skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("[data-list] a").first).to_be_focused()
    expect(page.locator("[data-list] a").first).to_be_in_viewport()


def test_one_finds_before_one_divides(places: dict[str, Place], visit: Visit) -> None:
    for width in (390, 1280):
        page = visit(width).new_page()
        open_wall(page, places["host"])
        order = page.locator("[data-find], [data-facets], [data-list]").evaluate_all(
            "all => all.map(each => Object.keys(each.dataset)[0])"
        )
        assert order == ["find", "facets", "list"]
        boxes = [page.locator(f"[data-{each}]").bounding_box() for each in order]
        assert all(boxes)
        tops = [box["y"] for box in boxes if box]
        assert tops[0] < tops[2] and (width > 1000 or tops == sorted(tops))


def test_each_card_is_a_heading_below_what_it_hangs_under(places: dict[str, Place], place: Place, visit: Visit) -> None:
    page = visit().new_page()
    for address, expected in (("brands/", 2), ("projects/", 2), ("videos/", 2), ("brands/by/category/", 3), ("years/2024/", 3)):
        page.goto(places["host"].url(address))
        cards = page.locator(":is(.card__name, .video-card__name)")
        assert set(cards.evaluate_all(LEVELS)) == {expected}, address
        levels = _levels(page, "main")
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False)), (address, levels)
    open_wall(page, places["host"])
    page.locator("[data-view=timeline]").click()
    until(page, "document.querySelector('.wall-year')")
    assert set(_levels(page, ".wall-year li")) == {3}
    page.locator("[data-view=grid]").click()
    until(page, "!document.querySelector('.wall-year')")
    assert set(_levels(page, "[data-list]")) == {2}
    open_wall(page, place, "?view=timeline", "units/court/")
    until(page, "document.querySelector('.wall-year')")
    assert set(page.locator(".wall-year__title").evaluate_all(LEVELS)) == {3}
    assert set(_levels(page, ".wall-year li")) == {4}


@pytest.mark.parametrize("edition", ["", "large"])
def test_the_bar_with_the_answer_lies_over_no_choice_that_has_the_focus(edition: str, places: dict[str, Place], visit: Visit) -> None:
    page = visit(390).new_page()
    page.add_init_script(f"localStorage.setItem('exhibit.edition', '{edition}')")
    open_wall(page, places["host"])
    page.locator(".facets__toggle").click()
    page.locator("[data-facet] [data-value]").first.focus()
    page.keyboard.press("Space")
    state_of(page)
    answer = page.locator(".facets__answer")
    for _ in range(page.locator("[data-facet] a").count() - 1):
        expect(answer).to_be_in_viewport()
        assert page.evaluate(OVER_FOCUS) == ""
        page.keyboard.press("Tab")
