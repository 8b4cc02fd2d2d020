"""The exhibition of the tests in a real browser: over http, below a path, from a folder, by keyboard, without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from time import sleep

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.audit.contrast import CONTRAST, FAINT_TEXT
from tests.helpers.browsing import (
    BRAND,
    BROKEN_PICTURES,
    PAGES,
    PLACES,
    TOUCH,
    WIDTHS,
    Place,
    QuietHandler,
    blaming,
    served,
    until,
    watched,
)

pytestmark = pytest.mark.browser


class _SlowStyleHandler(QuietHandler):
    """Like a first visit over a slow line: the style sheet comes late, every time."""

    def do_GET(self) -> None:  # noqa: N802  the name is the base class's
        if self.path.endswith(".css"):
            sleep(0.2)
        super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


def _follow(page: Page, link: Locator, url: str | re.Pattern[str]) -> None:
    """Click ``link`` and wait to be at ``url``, on a page with its heading."""
    link.click()
    expect(page).to_have_url(url)
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("where", PLACES)
def test_a_page_is_whole_and_fits_and_asks_nobody_else_for_anything(
    where: str, width: int, places: dict[str, Place], visit: Callable[..., BrowserContext]
) -> None:
    place = places[where]
    page, faults = watched(visit(width), place)
    for address in PAGES.values():
        with blaming(address):
            page.goto(place.url(address))
            expect(page.locator("h1")).to_have_count(1)
            expect(page.locator("h1")).to_be_visible()
            expect(page.locator("main")).to_be_visible()
            assert page.evaluate(BROKEN_PICTURES) == []
            assert page.evaluate("[document.documentElement.scrollWidth, innerWidth]") == [width, width]
            assert faults == []


def test_a_folder_without_a_server_can_be_walked_from_link_to_link(
    places: dict[str, Place], visit: Callable[..., BrowserContext]
) -> None:
    place = places["folder"]
    page, faults = watched(visit(), place)
    page.goto(place.url(""))
    _follow(page, page.locator(".masthead__nav a").first, place.url("brands/"))
    _follow(page, page.locator("a.chip").first, re.compile(r"/brands/index\.html\?year=\d+$"))
    until(page, "document.querySelector('[data-clear]').hidden === false")
    _follow(page, page.locator("a.card").first, re.compile(r"/brands/[^/]+/index\.html$"))
    _follow(page, page.locator(".eyebrow a").first, re.compile(r"/units/[^/]+/index\.html$"))
    _follow(page, page.locator("a.masthead__name"), place.url(""))
    assert faults == []


@pytest.mark.audit
def test_a_late_style_sheet_causes_no_error_on_the_way_from_page_to_page(
    city_site: Path, visit: Callable[..., BrowserContext]
) -> None:
    with served(city_site, _SlowStyleHandler) as base:
        page, faults = watched(visit(), Place(base))
        page.goto(base)
        for number in range(4):
            link = page.locator(".masthead__nav a").nth(number)
            _follow(page, link, re.compile(r"/[a-z]+/$"))
            page.wait_for_load_state("networkidle")
    assert faults == []


def test_a_page_shows_its_heading_and_links_without_scripts(
    places: dict[str, Place], visit: Callable[..., BrowserContext]
) -> None:
    page, faults = watched(visit(java_script_enabled=False), places["host"])
    for address in PAGES.values():
        with blaming(address):
            page.goto(places["host"].url(address))
            expect(page.locator("h1")).to_be_visible()
            expect(page.locator(".masthead__nav a").first).to_be_visible()
            expect(page.locator(".tools")).to_be_hidden()
            assert faults == []


def test_without_scripts_the_way_leads_from_home_to_wall_facet_brand_and_unit(
    places: dict[str, Place], visit: Callable[..., BrowserContext]
) -> None:
    place = places["host"]
    page, faults = watched(visit(java_script_enabled=False), place)
    page.goto(place.url(""))
    _follow(page, page.locator("main a.button"), place.url("brands/"))
    _follow(page, page.locator("a.chip[href*='by/category/']").first, re.compile(r"/brands/by/category/[^/]+/$"))
    _follow(page, page.locator("a.card").first, re.compile(r"/brands/[^/]+/$"))
    _follow(page, page.locator(".eyebrow a").first, re.compile(r"/units/[^/]+/$"))
    assert faults == []


def test_without_scripts_the_wall_turns_to_its_second_page(
    places: dict[str, Place], visit: Callable[..., BrowserContext]
) -> None:
    place = places["host"]
    page, faults = watched(visit(java_script_enabled=False), place)
    page.goto(place.url("brands/"))
    first = page.locator(".card__name").all_inner_texts()
    _follow(page, page.locator(".pager a[rel=next]"), place.url("brands/page/2/"))
    expect(page.locator(".pager a[aria-current=page]")).to_have_text("2")
    second = page.locator(".card__name").all_inner_texts()
    assert second and not set(first) & set(second)
    assert faults == []


@pytest.mark.audit
def test_the_first_tab_shows_the_skip_link_and_enter_moves_to_the_main_text(
    places: dict[str, Place], visit: Callable[..., BrowserContext]
) -> None:
    page, faults = watched(visit(390), places["host"])
    for address in PAGES.values():
        with blaming(address):
            page.goto(places["host"].url(address))
            skip = page.locator("a.skip").first
            expect(skip).not_to_be_in_viewport()
            page.keyboard.press("Tab")
            expect(skip).to_be_focused()
            expect(skip).to_be_in_viewport(ratio=1)
            page.keyboard.press("Enter")
            expect(page.locator("main")).to_be_focused()
            page.keyboard.press("Tab")
            expect(page.locator(".masthead :focus, .skips :focus")).to_have_count(0)
            assert faults == []


@pytest.mark.audit
@pytest.mark.parametrize("chosen", [False, True], ids=["by-the-system", "by-the-visitor"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground_in_either_scheme(
    scheme: str, chosen: bool, places: dict[str, Place], visit: Callable[..., BrowserContext]
) -> None:
    other = {"light": "dark", "dark": "light"}[scheme]
    page = visit(color_scheme=other if chosen else scheme).new_page()
    if chosen:
        page.goto(places["host"].url(""))
        page.locator("[aria-controls=site-settings]").click()
        page.locator(f"input[name=scheme][value={scheme}]").check()
        expect(page.locator("html")).to_have_attribute("data-scheme", scheme)
    faults = []
    for address in [*PAGES.values(), "units/", "submit/", "brands/by/category/", "404.html"]:
        page.goto(places["host"].url(address))
        found = page.evaluate(FAINT_TEXT, CONTRAST)
        assert found["seen"] > 5
        assert (found["ground"] < 0.2) == (scheme == "dark")
        faults += [f"{address}: {each}" for each in found["faults"]]
    assert faults == []


def test_the_page_for_wrong_addresses_opens_and_leads_back(
    places: dict[str, Place], visit: Callable[..., BrowserContext]
) -> None:
    place = places["host"]
    page, faults = watched(visit(), place)
    page.goto(place.url("404.html"))
    expect(page.locator("h1")).to_be_visible()
    assert page.locator("main a").count() >= 2
    _follow(page, page.locator("main a").first, place.url(""))
    assert faults == []


@pytest.mark.audit
@pytest.mark.parametrize("address", ["", "brands/", "brands/page/2/", "brands/by/unit/court/", BRAND, "about/"])
def test_a_finger_can_hit_the_links_of_navigation_facets_and_pager(
    address: str, places: dict[str, Place], visit: Callable[..., BrowserContext]
) -> None:
    page = visit(390, has_touch=True).new_page()
    page.goto(places["host"].url(address))
    page.locator("[data-facets]").evaluate_all("all => all.forEach(each => { each.open = true; })")
    targets = page.locator(".masthead a, .masthead button, .chip, .pager a").filter(visible=True)
    assert targets.count() >= 6
    boxes = [(each.inner_text(), each.bounding_box()) for each in targets.all()]
    assert [(text, box) for text, box in boxes if box is None or box["height"] < TOUCH or box["width"] < TOUCH] == []
