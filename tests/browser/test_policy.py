"""The policy in a real browser: pages work under it from a server, below a path and from a folder, nothing is asked of
anybody else, and what does not belong on a page does not run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from generator.publishing import headers
from tests.helpers.browsing import BRAND, BROKEN_PICTURES, PAGES, PLACES, Place, blaming, served, until, watched
from tests.helpers.driver import SiteDriver
from tests.helpers.previewing import Running

pytestmark = pytest.mark.browser

VIDEO = "videos/kandejian-de-gongzheng/"
NOTE = """window.__violations = [];
document.addEventListener("securitypolicyviolation", each =>
  window.__violations.push(each.effectiveDirective + " " + each.blockedURI + " " + each.sample));"""
INTRUDE = """(address) => new Promise(done => {
  window.__ran = [];
  const script = document.createElement("script");
  script.textContent = "window.__ran.push('inline')";
  document.body.append(script);
  const outside = document.createElement("script");
  outside.src = address + "a.js";
  document.body.append(outside);
  document.body.insertAdjacentHTML("beforeend", `<p id="intruder" style="color: rgb(1, 2, 3)">x</p>
    <img src="${address}a.gif" onerror="window.__ran.push('handler')"><iframe src="${address}"></iframe>
    <link rel="stylesheet" href="${address}a.css"><style>h1 { color: rgb(1, 2, 3) }</style>
    <object data="${address}a.swf"></object><video src="${address}a.mp4"></video>`);
  try { fetch(address).then(() => window.__ran.push("fetch"), () => 0); } catch (refused) { /* as it should be */ }
  setTimeout(() => done({ran: window.__ran, intruder: getComputedStyle(document.getElementById("intruder")).color,
                         heading: getComputedStyle(document.querySelector("h1")).color}), 700);
})"""


def _noting(context: BrowserContext, place: Place) -> tuple[Page, list[str]]:
    context.add_init_script(NOTE)
    return watched(context, place)


def _violations(page: Page) -> list[str]:
    return list(page.evaluate("window.__violations"))


@pytest.mark.audit
@pytest.mark.parametrize("where", PLACES)
def test_a_page_works_under_its_policy_and_asks_nobody_else(
    where: str,
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page, faults = _noting(visit(), places[where])
    for address in [*PAGES.values(), VIDEO, "feeds/", "404.html"]:
        with blaming(address):
            page.goto(places[where].url(address))
            expect(page.locator("h1")).to_be_visible()
            assert page.evaluate(BROKEN_PICTURES) == []
            assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--accent')")  # its style
            expect(page.locator("[data-edition-switch]")).to_be_visible()  # its script ran
            assert _violations(page) == []
            assert faults == []


@pytest.mark.audit
def test_no_page_of_the_whole_site_breaks_its_policy_or_asks_anybody_else(
    city_site: Path,
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    place = places["host"]
    page, faults = _noting(visit(), place)
    files = [each.relative_to(city_site).as_posix() for each in sorted(city_site.rglob("*.html"))]
    assert len(files) > 100
    for each in files:
        page.goto(place.base + each)
        if re.match("[a-z]/", each):  # a short address, which leads on
            page.wait_for_url(re.compile(f"^{re.escape(place.base)}[a-z]{{2,}}/"))
        page.wait_for_load_state("load")
        assert (each, _violations(page), faults) == (each, [], [])


@pytest.mark.audit
@pytest.mark.parametrize("where", PLACES)
def test_a_film_plays_under_the_policy(
    where: str,
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page, faults = _noting(visit(), places[where])
    page.goto(places[where].url(VIDEO))
    page.evaluate("() => { const film = document.querySelector('video'); film.muted = true; return film.play(); }")
    until(page, "document.querySelector('video').currentTime > 0")
    until(page, "document.querySelector('video').textTracks[0].cues.length > 0")
    assert _violations(page) == []
    assert faults == []


@pytest.mark.parametrize("where", PLACES)
def test_what_does_not_belong_on_a_page_neither_runs_nor_leaves_it(
    where: str,
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    with served(Path(__file__).parent) as other:
        page, _ = _noting(visit(), places[where])
        asked: list[str] = []
        page.on("requestfinished", lambda each: asked.append(each.url))
        page.goto(places[where].url(BRAND))
        before = page.evaluate("getComputedStyle(document.querySelector('h1')).color")
        seen = page.evaluate(INTRUDE, other)
        assert seen["ran"] == []
        assert seen["intruder"] != "rgb(1, 2, 3)" and seen["heading"] == before
        assert [each for each in asked if each.startswith(other)] == []
        broken = {each.split()[0] for each in _violations(page)}
        assert broken >= {"script-src-elem", "style-src-attr", "style-src-elem", "img-src", "frame-src", "connect-src"}


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without"])
@pytest.mark.parametrize("where", PLACES)
def test_a_short_address_leads_to_the_brand(
    where: str,
    scripts: bool,
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    place = places[where]
    page, faults = watched(visit(java_script_enabled=scripts), place)
    page.goto(place.url("b/yangguang-tianping/"))
    expect(page).to_have_url(place.url("brands/yangguang-tianping/"))
    expect(page.locator("h1")).to_be_visible()
    assert faults == []


# -- the header beside the page ----------------------------------------------------------------------------------------


class _WithHeaders(SimpleHTTPRequestHandler):
    given: dict[str, str] = {}  # noqa: RUF012  set by a class made for one server

    def end_headers(self) -> None:
        for name, value in self.given.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is the base class's
        pass


@pytest.mark.audit
def test_pages_work_under_the_headers_too(
    city_site: Path,
    visit: Callable[..., BrowserContext],
) -> None:
    with served(city_site, _handler(city_site)) as base:
        page, faults = _noting(visit(), Place(base))
        for address in (*PAGES.values(), VIDEO):
            page.goto(base + address)
            assert page.evaluate(BROKEN_PICTURES) == []
            assert (address, _violations(page), faults) == (address, [], [])


def _handler(site: Path) -> type[SimpleHTTPRequestHandler]:
    """A server that sends the headers made for ``site``."""
    given = dict(headers.headers(headers.policy_of_site(site), ()))
    return type("WithHeaders", (_WithHeaders,), {"given": given})


@pytest.mark.audit
@pytest.mark.parametrize("has_headers", [True, False], ids=["with-headers", "without"])
def test_nobody_else_may_show_the_site_in_a_frame_where_headers_say_so(
    has_headers: bool,
    city_site: Path,
    tmp_path: Path,
    visit: Callable[..., BrowserContext],
) -> None:
    handler = _handler(city_site) if has_headers else SimpleHTTPRequestHandler
    with served(city_site, handler) as base, served(tmp_path) as portal:
        (tmp_path / "index.html").write_text(f'<!doctype html><title>portal</title><iframe src="{base}"></iframe>')
        page = visit().new_page()
        page.goto(portal)
        page.wait_for_load_state("networkidle")
        shown = page.frame_locator("iframe").locator(".masthead")
        expect(shown).to_have_count(0 if has_headers else 1)


# -- the live preview --------------------------------------------------------------------------------------------------


@pytest.fixture
def preview(small: SiteDriver) -> Iterator[Running]:
    """A live preview of a small site with a problem."""
    small.edit("brands/qingfeng/brand.yml", "unit: court", "unit: nobody")
    with Running(small) as running:
        running.rebuild()
        yield running


@pytest.mark.parametrize("address", ["units/", "no/such/page/"])
def test_the_preview_shows_problems_and_reloads_under_its_policy(
    address: str,
    preview: Running,
    visit: Callable[..., BrowserContext],
) -> None:
    base = f"{preview.url}/"
    page, faults = _noting(visit(), Place(base))
    page.goto(base + address)
    panel = page.locator("#preview-problems")
    expect(panel).to_be_visible()
    assert panel.evaluate("each => getComputedStyle(each).borderTopColor") == "rgb(155, 27, 31)"  # its style came
    assert _violations(page) == []
    preview.site.edit("brands/qingfeng/brand.yml", "unit: nobody", "unit: court")
    preview.rebuild()
    expect(panel).to_have_count(0)  # the page has reloaded by itself
    assert _violations(page) == []
    assert [each for each in faults if "404" not in each] == []
