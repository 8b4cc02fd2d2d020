"""The large-type edition is laid out for itself: a header of one row, titles that grow too, three doors on the home page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.helpers.browsing import Place, served, watched
from tests.helpers.driver import SiteDriver

pytestmark = pytest.mark.browser

Visit = Callable[..., BrowserContext]
ADDRESSES = ("", "brands/", "brands/yangguang-tianping/", "releases/2023/", "projects/", "units/court/", "about/", "reports/")
ROWS = """() => new Set([...document.querySelectorAll(".masthead__name, .masthead button, .masthead input")]
  .filter(each => each.checkVisibility()).map(each => { const box = each.getBoundingClientRect(); return Math.round((box.top + box.bottom) / 40); })).size"""


def _opened(visit: Visit, edition: str, width: int) -> Page:
    page = visit(width).new_page()
    page.add_init_script(f"localStorage.setItem('exhibit.edition', '{edition}')")
    return page


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_its_header_is_one_row_and_a_fifth_of_a_phone_at_most(width: int, places: dict[str, Place], visit: Visit) -> None:
    page = _opened(visit, "large", width)
    for address in ("", "brands/"):
        page.goto(places["host"].url(address))
        assert page.locator(".masthead").bounding_box()["height"] <= 844 / 5  # type: ignore[index]
        assert page.evaluate(ROWS) == 1
        for each in page.locator(".masthead button").filter(visible=True).all():
            box = each.bounding_box()
            assert box and box["height"] >= 60 and box["x"] >= 0 and box["x"] + box["width"] <= width
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 768])
@pytest.mark.parametrize("name", ["小城品牌展", "小城市市直机关党建品牌展"])
def test_reading_aloud_that_comes_late_moves_nothing(name: str, width: int, places: dict[str, Place], visit: Visit) -> None:
    page = _opened(visit, "large", width)
    page.goto(places["host"].url("about/"))
    page.locator(".masthead__name").evaluate("(each, name) => { each.lastChild.data = name; }", name)
    heights = []
    for is_hidden in (True, False):
        page.locator(".tools [data-read=start]").evaluate("(each, is) => { each.hidden = is; }", is_hidden)
        heights.append(page.locator(".masthead").bounding_box()["height"])  # type: ignore[index]
    assert heights[0] == heights[1]


def test_what_the_row_has_no_room_for_is_behind_its_menu(places: dict[str, Place], visit: Visit) -> None:
    page, faults = watched(visit(390, has_touch=True), places["host"])
    page.add_init_script("localStorage.setItem('exhibit.edition', 'large')")
    page.goto(places["host"].url("about/"))
    menu, hidden = page.locator(".tools__menu"), page.locator("#site-sections a, .tools__settings, .site-search__field")
    assert not any(each.is_visible() for each in hidden.all())
    menu.tap()
    expect(menu).to_have_attribute("aria-expanded", "true")
    for each in hidden.all():
        expect(each).to_be_visible()
    page.locator(".tools__settings").tap()
    page.locator("[data-set=scheme][value=dark]").check()
    page.locator("[data-folds=site-settings]").tap()
    page.locator("#site-sections a").first.focus()
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(page.locator("#site-sections")).to_be_hidden()
    page.locator("[data-edition-switch]").tap()  # the other edition has its own button, and they tell the same
    expect(page.locator(".masthead__all")).to_have_attribute("aria-expanded", "false")
    expect(menu).to_be_hidden()
    assert faults == []


def test_its_search_is_reached_by_its_skip_link(places: dict[str, Place], visit: Visit) -> None:
    page = _opened(visit, "large", 390)
    page.goto(places["host"].url("about/"))
    page.locator("a.skip[href='#site-find']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#site-find")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#site-find :focus")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_title_is_smaller_than_in_the_standard_edition(width: int, places: dict[str, Place], visit: Visit) -> None:
    sizes = []
    for edition in ("", "large"):
        page = _opened(visit, edition, width)
        found = []
        for address in ADDRESSES:
            page.goto(places["host"].url(address))
            found.append(page.locator("main h1").evaluate("each => parseFloat(getComputedStyle(each).fontSize)"))
        sizes.append(found)
    smaller = [each for each in zip(ADDRESSES, *sizes, strict=True) if each[2] < each[1]]
    assert smaller == []


# -- the doors -------------------------------------------------------------------------------------------------------------


def _built(tmp: Path, footer: str) -> SiteDriver:
    driver = SiteDriver.copy("good/small", tmp).remove_if_there("expected")
    driver.edit("site_config.yml", "  organiser: 小城机关工委\n", footer).build()
    assert driver.is_published(), driver.lines()
    return driver


@pytest.fixture
def doors(tmp_path: Path, visit: Visit) -> Iterator[Callable[[str], list[tuple[str, str]]]]:
    def doors(footer: str) -> list[tuple[str, str]]:
        driver = _built(tmp_path, footer)
        with served(driver.out) as base:
            page = _opened(visit, "", 390)
            page.goto(Place(base).url(""))
            found = page.locator(".ways-in a")
            assert not any(each.is_visible() for each in found.all())
            page.evaluate("document.documentElement.setAttribute('data-edition', 'large')")
            assert all(each.is_visible() for each in found.all())
            return [(each.locator("strong").inner_text(), each.get_attribute("href") or "") for each in found.all()]

    yield doors


@pytest.mark.parametrize(
    ("footer", "third"),
    [
        ("  organiser: 小城机关工委\n  phone: (029) 8888-1234转5、029-88881235\n", ("打电话问", "tel:02988881234")),
        ("  report_error: mailto:tell@example.org\n", ("有问题，告诉我们", "mailto:tell@example.org")),
        ("  contact: 小城大道一号\n", ("找谁问", "#site-footer")),
        ("  organiser: 小城机关工委\n", ("找谁问", "#site-footer")),
    ],
    ids=["phone", "form", "address", "organiser"],
)
def test_the_third_door_leads_to_whoever_answers(
    footer: str, third: tuple[str, str], doors: Callable[[str], list[tuple[str, str]]]
) -> None:
    found = doors(footer)
    assert found[0] == ("看品牌", "brands/")
    assert found[-1] == third


def test_three_doors_stand_on_the_home_page(places: dict[str, Place], visit: Visit) -> None:
    page = _opened(visit, "large", 390)
    page.goto(places["host"].url(""))
    found = page.locator(".ways-in a")
    assert [each.locator("strong").inner_text() for each in found.all()][:2] == ["看品牌", "看公开数字"]
    assert found.count() == 3
    expect(found.first).to_be_in_viewport(ratio=1)
    assert all((each.bounding_box() or {"height": 0})["height"] >= 60 for each in found.all())
