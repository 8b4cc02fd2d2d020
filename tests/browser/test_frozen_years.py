"""Frozen years where visitors meet them: from a record to its states and back, by http and from a folder, on a phone and a desk."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import BrowserContext, expect

from generator.engines.mkdocs import MkDocsEngine
from generator.ledger.locks import Thaw
from tests.helpers.browsing import Place, watched
from tests.helpers.driver import SiteDriver
from tests.helpers.frozen import BRAND, freeze, lay, record
from tests.helpers.places_of_visits import built_at_both

pytestmark = [pytest.mark.browser, pytest.mark.engine]

LATE = 2024  # the year of the fixture's brand: a real edition is frozen
THAW = Thaw(on=date(2024, 3, 1), by="机关工委办公室", reason="一张照片的授权到期", digest="0" * 64)


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Place]]:
    """The small site with ten frozen years at the root of a host and in a folder."""
    home = tmp_path_factory.mktemp("frozen")
    driver = SiteDriver.copy("good/small", home)
    for year in range(LATE - 9, LATE):
        lay(driver.root, year, [BRAND, record("unit", "court", "小城法院", "units/court/")], thawed=(THAW,) if year == LATE - 1 else ())
    freeze(driver.root, LATE, MkDocsEngine())
    with built_at_both(driver, home) as places:
        yield places


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without"])
@pytest.mark.parametrize("where", ["host", "folder"])
def test_every_state_of_a_record_is_two_clicks_away(
    where: str, scripts: bool, frozen: dict[str, Place], visit: Callable[..., BrowserContext]
) -> None:
    place = frozen[where]
    calm = visit(java_script_enabled=scripts, reduced_motion="reduce")  # the plain pages of old years take no part in transitions
    page, faults = watched(calm, place)
    for year in range(LATE - 9, LATE + 1):
        page.goto(place.url("brands/qingfeng/"))
        page.get_by_role("link", name=f"{year}年封存版").click()
        expect(page).to_have_url(place.url(f"{year}/brands/qingfeng/"))
    page.goto(place.url("brands/qingfeng/"))
    page.get_by_role("complementary").get_by_role("link", name="各年的版本").click()
    row = page.locator("#qingfeng")
    expect(row.get_by_role("link", name=re.compile("年$"))).to_have_count(10)
    row.get_by_role("link", name=f"{LATE - 1}年封存版启封过").click()
    expect(page.locator(f"#frozen-{LATE - 1}")).to_contain_text(THAW.reason)
    row.get_by_role("link", name="现在的页面").click()
    expect(page).to_have_url(place.url("brands/qingfeng/"))
    assert faults == []


@pytest.mark.parametrize("where", ["host", "folder"])
def test_a_frozen_page_leads_to_later_states_by_the_way_that_it_was_given(
    where: str, frozen: dict[str, Place], visit: Callable[..., BrowserContext]
) -> None:
    """As a frozen page writes it: relative to the folder of its year, and by the name of the file."""
    place = frozen[where]
    page, faults = watched(visit(), place)
    page.goto(place.url(f"{LATE}/brands/qingfeng/"))
    page.goto(page.evaluate("new URL('../../../versions/brands/index.html#qingfeng', document.URL).href"))
    expect(page.locator("#qingfeng")).to_be_visible()
    assert page.evaluate("document.querySelector('#qingfeng').matches(':target')")
    assert faults == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("address", ["years/", f"years/{LATE}/", "versions/", "versions/brands/", "brands/qingfeng/", "about/"])
def test_nothing_is_wider_than_the_window_and_links_can_be_hit(
    address: str, width: int, frozen: dict[str, Place], visit: Callable[..., BrowserContext]
) -> None:
    place = frozen["folder"]
    page, faults = watched(visit(width), place)
    page.goto(place.url(address))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    heights = page.evaluate("[...document.querySelectorAll('.states a, .versions a')].map(each => each.getBoundingClientRect().height)")
    assert all(each >= 44 for each in heights) and (heights or address in (f"years/{LATE}/", "about/"))
    assert faults == []


def test_a_thaw_is_told_beside_its_year(frozen: dict[str, Place], visit: Callable[..., BrowserContext]) -> None:
    place = frozen["folder"]
    page, faults = watched(visit(390), place)
    for address in ("years/", "versions/"):
        page.goto(place.url(address))
        expect(page.locator(f"#frozen-{LATE - 1}")).to_contain_text("2024年3月1日由机关工委办公室启封")
    assert faults == []


def test_on_paper_the_imprint_names_the_frozen_page(frozen: dict[str, Place], visit: Callable[..., BrowserContext]) -> None:
    place = frozen["host"]
    page, faults = watched(visit(), place)
    page.goto(place.url("brands/qingfeng/"))
    expect(page.locator(".imprint__frozen")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".imprint__frozen")).to_contain_text(f"{LATE}/brands/qingfeng/index.html SHA-256: ")
    expect(page.locator(".states")).to_be_hidden()
    assert faults == []
