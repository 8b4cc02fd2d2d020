"""The exhibition of the tests in a real browser: over http, below a path, from a folder, by keyboard, without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Locator, Page, expect

from tests.audit.contrast import CONTRAST, FAINT_TEXT

pytestmark = pytest.mark.browser

WIDTHS = (390, 768, 1280)
PLACES = ("host", "path", "folder")
BRAND = "brands/yangguang-tianping/"
UNIT = "units/court/"
PAGES = {
    "home": "",
    "wall": "brands/",
    "brand": BRAND,
    "unit": UNIT,
    "projects": "projects/",
    "project": "projects/kaifang-wenzheng/",
    "exhibition": "exhibitions/shifan-xiangmu-2023/",
    "tour": "exhibitions/shifan-xiangmu-2023/tour/",
    "videos": "videos/",
    "release": "releases/2023/",
    "report": "reports/coverage/",
    "pioneers": "pioneers/",
    "year": "years/2023/",
    "data": "data/",
    "dictionary": "data/projects/",
    "about": "about/",
    "search": "search/",
    "site-map": "sitemap/",
}
TOUCH = 44

BROKEN_PICTURES = """async () => {
  const broken = [];
  for (const image of document.images) {
    if (!image.checkVisibility()) continue;  // what is not shown at this width is not loaded either
    image.scrollIntoView({block: "center"});
    const end = performance.now() + 5000;
    while (!(image.complete && image.naturalWidth > 0) && performance.now() < end)
      await new Promise(done => setTimeout(done, 10));
    if (!(image.complete && image.naturalWidth > 0)) broken.push(image.outerHTML);
  }
  return broken;
}"""


@dataclass(frozen=True)
class Place:
    """A way to reach the site: what all its addresses begin with, and what stands for a folder's page."""

    base: str
    index: str = ""

    def url(self, address: str) -> str:
        """The URL of the page at a site address."""
        is_folder = address.endswith("/") or not address
        return f"{self.base}{address}{self.index if is_folder else ''}"


class _QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name is the base class's
        pass


class _SlowStyleHandler(_QuietHandler):
    """Like a first visit over a slow line: the style sheet comes late, every time."""

    def do_GET(self) -> None:  # noqa: N802  the name is the base class's
        if self.path.endswith(".css"):
            sleep(0.2)
        super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


@contextmanager
def _served(folder: Path, handler: type[SimpleHTTPRequestHandler] = _QuietHandler) -> Iterator[str]:
    """Serve ``folder`` on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def places(
    city_site: Path, city_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Place]]:
    """The site at the root of a host, below a path of a host, and in a folder that is opened without any server."""
    parent = tmp_path_factory.mktemp("host")
    (parent / "a").mkdir()
    (parent / "a" / "b").symlink_to(city_site, target_is_directory=True)
    with _served(city_site) as host, _served(parent) as path:
        yield {
            "host": Place(host),
            "path": Place(f"{path}a/b/"),
            "folder": Place(f"{city_folder.as_uri()}/", "index.html"),
        }


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Opens a visitor's own context: ``visit(viewport=…)``."""
    opened: list[BrowserContext] = []

    def visit(width: int = 1280, **options: Any) -> BrowserContext:
        context = chromium.new_context(viewport={"width": width, "height": 844}, **options)
        context.set_default_timeout(10_000)
        opened.append(context)
        return context

    yield visit
    for each in opened:
        each.close()


def _watched(context: BrowserContext, place: Place) -> tuple[Page, list[str]]:
    """A new page, and a list that gathers whatever goes wrong on it."""
    page, faults = context.new_page(), []

    def note(is_fault: bool, text: str) -> None:
        if is_fault:
            faults.append(text)

    def console(each: ConsoleMessage) -> None:
        # Of a picture that is opened by itself Chromium asks for an icon at the root, which is not ours.
        is_icon = each.location["url"].endswith("/favicon.ico")
        note(each.type in {"error", "warning"} and not is_icon, f"console {each.type}: {each.text}")

    page.on("console", console)
    page.on("pageerror", lambda each: note(True, f"page error: {each}"))
    page.on("request", lambda each: note(not each.url.startswith((place.base, "data:")), f"outside: {each.url}"))
    # A request that a reload or the way to the next page cuts short has not failed.
    page.on(
        "requestfailed", lambda each: note(each.failure != "net::ERR_ABORTED", f"failed: {each.url} {each.failure}")
    )
    page.on("response", lambda each: note(each.status >= 400, f"{each.status}: {each.url}"))
    return page, faults


@contextmanager
def _of(address: str) -> Iterator[None]:
    """What goes wrong in here goes wrong at ``address``. One page that walks from address to address costs a fifth of a
    window for each."""
    try:
        yield
    except AssertionError as wrong:
        raise AssertionError(f"/{address}: {wrong}") from wrong


def _until(page: Page, condition: str) -> None:
    """Wait until ``condition`` holds on ``page``. Playwright's own way polls by ``eval``, which the pages' policy forbids."""
    for _ in range(200):
        with suppress(Error):  # between two pages there is nobody to ask
            if page.evaluate(condition):
                return
        page.wait_for_timeout(50)
    raise AssertionError(f"never: {condition}")


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
    page, faults = _watched(visit(width), place)
    for address in PAGES.values():
        with _of(address):
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
    page, faults = _watched(visit(), place)
    page.goto(place.url(""))
    _follow(page, page.locator(".masthead__nav a").first, place.url("brands/"))
    _follow(page, page.locator("a.chip").first, re.compile(r"/brands/index\.html\?year=\d+$"))
    _until(page, "document.querySelector('[data-clear]').hidden === false")
    _follow(page, page.locator("a.card").first, re.compile(r"/brands/[^/]+/index\.html$"))
    _follow(page, page.locator(".eyebrow a").first, re.compile(r"/units/[^/]+/index\.html$"))
    _follow(page, page.locator("a.masthead__name"), place.url(""))
    assert faults == []


def test_a_late_style_sheet_causes_no_error_on_the_way_from_page_to_page(
    city_site: Path, visit: Callable[..., BrowserContext]
) -> None:
    with _served(city_site, _SlowStyleHandler) as base:
        page, faults = _watched(visit(), Place(base))
        page.goto(base)
        for number in range(4):
            link = page.locator(".masthead__nav a").nth(number)
            _follow(page, link, re.compile(r"/[a-z]+/$"))
            page.wait_for_load_state("networkidle")
    assert faults == []


def test_a_page_shows_its_heading_and_links_without_scripts(
    places: dict[str, Place], visit: Callable[..., BrowserContext]
) -> None:
    page, faults = _watched(visit(java_script_enabled=False), places["host"])
    for address in PAGES.values():
        with _of(address):
            page.goto(places["host"].url(address))
            expect(page.locator("h1")).to_be_visible()
            expect(page.locator(".masthead__nav a").first).to_be_visible()
            expect(page.locator(".tools")).to_be_hidden()
            assert faults == []


def test_without_scripts_the_way_leads_from_home_to_wall_facet_brand_and_unit(
    places: dict[str, Place], visit: Callable[..., BrowserContext]
) -> None:
    place = places["host"]
    page, faults = _watched(visit(java_script_enabled=False), place)
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
    page, faults = _watched(visit(java_script_enabled=False), place)
    page.goto(place.url("brands/"))
    first = page.locator(".card__name").all_inner_texts()
    _follow(page, page.locator(".pager a[rel=next]"), place.url("brands/page/2/"))
    expect(page.locator(".pager a[aria-current=page]")).to_have_text("2")
    second = page.locator(".card__name").all_inner_texts()
    assert second and not set(first) & set(second)
    assert faults == []


def test_the_first_tab_shows_the_skip_link_and_enter_moves_to_the_main_text(
    places: dict[str, Place], visit: Callable[..., BrowserContext]
) -> None:
    page, faults = _watched(visit(390), places["host"])
    for address in PAGES.values():
        with _of(address):
            page.goto(places["host"].url(address))
            skip = page.locator("a.skip").first
            expect(skip).not_to_be_in_viewport()
            page.keyboard.press("Tab")
            expect(skip).to_be_focused()
            expect(skip).to_be_in_viewport(ratio=1)
            page.keyboard.press("Enter")
            expect(page.locator("main")).to_be_focused()
            page.keyboard.press("Tab")
            expect(page.locator(".masthead :focus, .skip:focus")).to_have_count(0)
            assert faults == []


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
    page, faults = _watched(visit(), place)
    page.goto(place.url("404.html"))
    expect(page.locator("h1")).to_be_visible()
    assert page.locator("main a").count() >= 2
    _follow(page, page.locator("main a").first, place.url(""))
    assert faults == []


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
