"""The mark of a brand explained on its picture: numbered points, by key and by pointer, without scripts, on paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.helpers.browsing import BRAND, PLACES, TOUCH, WIDTHS, Place, watched

pytestmark = pytest.mark.browser

Places = dict[str, Place]
Visit = Callable[..., BrowserContext]
LIST = ".explained__parts"


def _numbered(page: Page) -> list[str]:
    return page.locator(".point text").all_text_contents()


@pytest.mark.parametrize("where", PLACES)
def test_the_parts_of_a_mark_are_stepped_by_key(where: str, places: Places, visit: Visit) -> None:
    page, faults = watched(visit(), places[where])
    page.goto(places[where].url(BRAND))
    links = page.locator(f"{LIST} a")
    assert links.count() == len(_numbered(page)) >= 3
    links.first.focus()
    for key, number in (("ArrowDown", 1), ("ArrowRight", 2), ("ArrowUp", 1), ("End", links.count() - 1), ("ArrowDown", links.count() - 1), ("Home", 0)):
        page.keyboard.press(key)
        expect(links.nth(number)).to_be_focused()
        assert page.evaluate("[...document.querySelectorAll('.point')].map(each => each.matches('.is-here'))") == [
            each == number for each in range(links.count())
        ]
    page.locator(".point").nth(2).click()
    expect(links.nth(2)).to_be_focused()
    assert faults == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_point_lies_where_the_record_says(width: int, places: Places, visit: Visit) -> None:
    page = visit(width).new_page()
    page.goto(places["folder"].url(BRAND))
    picture, first = page.locator(".explained__view img").bounding_box(), page.locator("#point-1 circle").bounding_box()
    assert picture and first
    assert (first["x"] + first["width"] / 2 - picture["x"]) / picture["width"] == pytest.approx(0.5, abs=0.01)
    assert (first["y"] + first["height"] / 2 - picture["y"]) / picture["height"] == pytest.approx(0.3, abs=0.01)
    for each in page.locator(f"{LIST} a").all():
        box = each.bounding_box()
        assert box and box["height"] >= TOUCH


def test_without_scripts_the_legend_is_whole_and_leads_to_the_points(places: Places, visit: Visit) -> None:
    page, faults = watched(visit(java_script_enabled=False), places["folder"])
    page.goto(places["folder"].url(BRAND))
    items = page.locator(f"{LIST} > li")
    expect(page.get_by_role("list", name="标识上的各处，按图上的序号")).to_be_visible()
    assert items.count() == len(_numbered(page))
    items.nth(1).locator("a").click()
    assert page.url.endswith("#point-2")
    target, other = page.locator("#point-2"), page.locator("#point-1")
    fill = "each => getComputedStyle(each).fill"
    assert target.evaluate(fill) != other.evaluate(fill)
    assert faults == []


def test_on_paper_the_numbers_stand_on_the_picture_and_before_their_texts(places: Places, visit: Visit) -> None:
    page = visit().new_page()
    page.goto(places["host"].url(BRAND))
    page.emulate_media(media="print")
    for each in page.locator(".point text").all():
        expect(each).to_be_visible()
    numbers = page.locator(f"{LIST} a").evaluate_all("all => all.map(each => getComputedStyle(each, '::before').content)")
    assert len(numbers) == len(_numbered(page)) and all("counter(part)" in each for each in numbers)
    assert page.locator("#point-1").evaluate("each => getComputedStyle(each).printColorAdjust") == "exact"


def test_the_mark_is_enlarged_in_the_viewer(places: Places, visit: Visit) -> None:
    page, faults = watched(visit(), places["host"])
    page.goto(places["host"].url(BRAND))
    link = page.locator("a.enlarge")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("dialog.viewer img")).to_have_attribute("alt", link.locator("img").get_attribute("alt") or "")
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    assert faults == []
