"""What visitors meet at an address that is gone, and at one that a record has only for codes: by http, below a path, from a
folder, with and without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.helpers.browsing import Place, watched
from tests.helpers.driver import SiteDriver
from tests.helpers.places_of_visits import built_at_both

pytestmark = [pytest.mark.browser, pytest.mark.engine]


@pytest.fixture(scope="module")
def gone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Place]]:
    """The site with tombstones at the root of a host and in a folder."""
    home = tmp_path_factory.mktemp("gone")
    driver = SiteDriver.copy("good/ledger", home).remove_if_there("expected")
    with built_at_both(driver, home) as places:
        yield places


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without"])
@pytest.mark.parametrize("where", ["host", "folder"])
@pytest.mark.parametrize("address", ["brands/jiuming/", "b/jiuming/", "history/1949/"])
def test_a_tombstone_says_what_it_was_and_leads_home(
    address: str, where: str, scripts: bool, gone: dict[str, Place], visit: Callable[..., BrowserContext]
) -> None:
    place = gone[where]
    page, faults = watched(visit(java_script_enabled=scripts), place)
    page.goto(place.url(address))
    expect(page.locator("h1")).to_contain_text("已撤下")
    expect(page.locator("main")).to_contain_text("撤下单位：小城机关工委办公室")
    page.get_by_role("main").get_by_role("link", name="回到首页").click()
    expect(page).to_have_url(place.url(""))
    assert faults == []


@pytest.mark.parametrize("where", ["host", "folder"])
def test_a_list_without_entries_and_a_short_address_lead_on(
    where: str, gone: dict[str, Place], visit: Callable[..., BrowserContext]
) -> None:
    place = gone[where]
    page, faults = watched(visit(), place)
    for address, target in (("brands/by/year/2024/", ""), ("u/court/", "units/court/"), ("units/court/", "units/court/")):
        page.goto(place.url(address))
        expect(page).to_have_url(place.url(target))
        expect(page.locator("h1")).to_be_visible()
    assert faults == []
