"""A frozen year opened from a folder, as somebody does who has nothing else: every page of it, its search, its banner."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from generator.catalog.edition import Frozen
from generator.engines.mkdocs import MkDocsEngine
from tests.audit.contrast import CONTRAST, FAINT_TEXT
from tests.helpers.browsing import WIDTHS, Place, blaming, watched
from tests.helpers.driver import SiteDriver
from tests.helpers.freezing import city, freeze
from tests.helpers.search_shelf import asked, differences, shelf_of

pytestmark = [pytest.mark.browser, pytest.mark.engine]
YEAR = 2024


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The year of the small city, frozen."""
    driver = SiteDriver.copy("city", tmp_path_factory.mktemp("frozen")).remove_if_there("expected")
    frozen = Frozen(date(2026, 1, 15), "0123456789abcdef" * 2 + "01234567", "0.1.0")
    driver.build(engine=MkDocsEngine(), links="file", year=YEAR, frozen=frozen)
    assert driver.is_published(), driver.lines()
    yield driver.out


def _place(folder: Path) -> Place:
    return Place(f"{folder.as_uri()}/", "index.html")


@pytest.mark.audit  # a hundred pages, twice
@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without"])
def test_every_page_opens_without_a_fault_and_asks_nobody(scripts: bool, folder: Path, visit: Callable[..., BrowserContext]) -> None:
    place = _place(folder)
    page, faults = watched(visit(java_script_enabled=scripts), place)
    seen = 0
    for file in sorted(folder.rglob("*.html")):
        name = file.relative_to(folder).as_posix()
        text = file.read_text("utf-8")
        if 'http-equiv="refresh"' in text or 'class="frozen"' not in text:
            continue  # a short address leads on to a page that is opened itself
        seen += 1
        with blaming(name):
            page.goto(f"{place.base}{name}")
            expect(page.locator("aside.frozen")).to_contain_text("2026年1月15日封存")
            expect(page.locator("aside.frozen code")).to_have_text("0123456789ab")
            assert faults == []
    assert seen > 40


@pytest.mark.few
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_banner_fits_and_can_be_read(width: int, scheme: str, folder: Path, visit: Callable[..., BrowserContext]) -> None:
    place = _place(folder)
    page, faults = watched(visit(width, color_scheme=scheme), place)
    for address in ("", "archive/", "brands/"):
        page.goto(place.url(address))
        expect(page.locator("aside.frozen a")).to_have_count(2)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate(FAINT_TEXT, CONTRAST)["faults"] == []
    page.emulate_media(media="print")
    expect(page.locator("aside.frozen")).to_be_visible()
    assert faults == []


@pytest.mark.few
def test_it_is_searched_filtered_and_explained_from_the_folder(folder: Path, visit: Callable[..., BrowserContext]) -> None:
    place = _place(folder)
    page, faults = watched(visit(), place)
    page.goto(place.url(""))
    page.locator("aside.frozen").get_by_role("link", name="这是什么").click()
    expect(page).to_have_url(place.url("archive/"))
    expect(page.locator("h1")).to_contain_text("2024年封存版")
    expect(page.get_by_role("main")).to_contain_text("sha256sum")
    page.goto(f"{place.url('search/')}?q=%E6%9C%BA%E5%85%B3")
    expect(page.locator("main li a").first).to_be_visible()
    page.goto(place.url("brands/"))
    expect(page.locator("main a[href*='brands/']").first).to_be_visible()
    assert faults == []


@pytest.mark.audit
def test_every_slice_of_a_title_finds_what_holds_it_and_nothing_else(folder: Path, visit: Callable[..., BrowserContext]) -> None:
    place, shelf = _place(folder), shelf_of(folder)
    page, faults = watched(visit(), place)
    page.goto(place.url("search/"))
    assert len(shelf.titles) > 40 and len(shelf.slices()) > 100
    assert differences(shelf, page, [*shelf.slices(), *shelf.titles]) == []
    assert all(number in found for number, found in enumerate(asked(page, shelf.titles)))
    assert faults == []


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """What lies in the bag of a frozen year of the small city."""
    with pytest.MonkeyPatch.context() as patch:
        site = city(tmp_path_factory.mktemp("bag"))
        code, told = freeze(site, patch)
    assert code == 0, told
    yield site.root / f"deposit-{YEAR}" / f"exhibition-{YEAR}" / "data"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_versions_in_the_bag_look_as_the_year_does_and_lead_to_it(width: int, scheme: str, bag: Path, visit: Callable[..., BrowserContext]) -> None:
    place = _place(bag)
    page, faults = watched(visit(width, color_scheme=scheme), place)
    look = "(each => [getComputedStyle(each).fontFamily, getComputedStyle(each).color])(document.querySelector('h1')).concat(getComputedStyle(document.body).backgroundColor)"
    page.goto(place.url(f"{YEAR}/archive/"))
    expected = page.evaluate(look)
    page.locator("aside.frozen a").nth(1).click()
    expect(page).to_have_url(place.url("versions/"))
    for address in ("versions/", "versions/brands/", "versions/units/"):
        page.goto(place.url(address))
        assert page.evaluate(look) == expected
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate(FAINT_TEXT, CONTRAST)["faults"] == []
        heights = page.evaluate("[...document.querySelectorAll('.versions a')].map(each => each.getBoundingClientRect().height)")
        assert heights and min(heights) >= 44
    page.get_by_role("link", name="小城法院").click()
    expect(page).to_have_url(place.url(f"{YEAR}/units/court/"))
    page.locator("aside.frozen a").nth(1).click()
    expect(page).to_have_url(f"{place.url('versions/units/')}#court")
    expect(page.locator("#court")).to_be_in_viewport()
    assert faults == []
