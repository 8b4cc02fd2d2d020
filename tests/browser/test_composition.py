"""How the pages are composed, in a real browser: weight, stillness, measure, paper, citations, the way of a mark."""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from time import sleep

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import BrowserContext, Page, Response, expect

from generator.engines.mkdocs import MkDocsEngine
from generator.stages.settings import DEFAULT_THEME
from generator.themes.assets import vocabulary
from generator.themes.stylesheets import lean
from tests.helpers.browsing import BRAND, PAGES, PLACES, Place, QuietHandler, blaming, served, until, watched
from tests.helpers.driver import SiteDriver

pytestmark = [pytest.mark.browser, pytest.mark.audit]

KB = 1000
MOST = {"document": 30 * KB, "stylesheet": 32 * KB, "script": 45 * KB}  # gzip, for all of a kind on one page
MOST_OF_A_PICTURE, MOST_OF_A_PAGE = 150 * KB, 500 * KB
MOST_SHIFT = 0.02
MEASURE = 38  # Han characters in a line
ADDRESS = "https://show.example.org/pinpai/"
MORE_PAGES = ["submit/", "404.html", "releases/", "reports/", "exhibitions/", "units/", "years/", "brands/by/category/", "releases/2023/ceremony/"]
A4 = (595, 842)  # points

SHIFTS = """() => {
  window.shifted = [];
  new PerformanceObserver(list => {
    for (const each of list.getEntries()) if (!each.hadRecentInput) window.shifted.push(each.value);
  }).observe({type: "layout-shift", buffered: true});
}"""

SCROLL = """async () => {
  for (let at = 0; at < document.documentElement.scrollHeight; at += innerHeight / 2) {
    scrollTo(0, at);
    await new Promise(done => setTimeout(done, 60));
  }
}"""

WIDE_LINES = """most => {
  const wide = [];
  let seen = 0;
  for (const each of document.querySelectorAll("main :is(p, li, dd, blockquote)")) {
    const text = [...each.childNodes].filter(one => one.nodeType === 3).map(one => one.data).join("").trim();
    if (text.length <= most || !each.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(each);
    const size = parseFloat(getComputedStyle(each).fontSize);
    const width = Math.max(...[...range.getClientRects()].map(one => one.width));
    seen += 1;
    if (width > size * (most + .5)) wide.push(`${(width / size).toFixed(1)} ${each.className} ${text.slice(0, 20)}`);
  }
  return {wide, seen};
}"""

STYLES = """() => {
  const hash = text => { let n = 0; for (let i = 0; i < text.length; i++) n = (n * 31 + text.charCodeAt(i)) | 0; return n; };
  return ["", "::before", "::after"].flatMap(part => [...document.querySelectorAll("*")].map(each => {
    const style = getComputedStyle(each, part);
    return `${each.tagName}.${each.className}${part} ${hash([...style].filter(name => !name.startsWith("--")).map(name => style.getPropertyValue(name)).join())}`;
  }));
}"""

# What the style sheets at these addresses dress on the page, whatever it is doing: they are loaded to be read and taken away.
DRESSED = """async all => {
  const found = [];
  const rules = list => [...list].flatMap(each => each.cssRules && !each.selectorText ? rules(each.cssRules) : each.selectorText ? [each] : []);
  let read = 0;
  for (const href of all) {
    const link = document.createElement("link");
    await new Promise((done, failed) => {
      Object.assign(link, {rel: "stylesheet", href, onload: done, onerror: failed});
      document.head.append(link);
    });
    for (const each of rules(link.sheet.cssRules)) {
      read += 1;
      const still = each.selectorText.replace(/::[\\w-]+|:(hover|active|focus-visible|focus-within|focus)(?![\\w-])/g, "");
      if (document.querySelector(still)) found.push(`${href}: ${each.selectorText}`);
    }
    link.remove();
  }
  return {found, read};
}"""

TRANSITIONS = """() => {
  const count = rules => [...rules].reduce((sum, each) => {
    if (each instanceof CSSViewTransitionRule) return sum + 1;
    if (each instanceof CSSMediaRule) return sum + (matchMedia(each.conditionText).matches ? count(each.cssRules) : 0);
    return sum;
  }, 0);
  return [...document.styleSheets, ...document.adoptedStyleSheets].reduce((sum, each) => sum + count(each.cssRules), 0);
}"""

Visit = Callable[..., BrowserContext]


# -- weight and stillness ----------------------------------------------------------------------------------------------


def _size(response: Response) -> int:
    body = response.body()
    return len(gzip.compress(body, 9)) if response.request.resource_type in MOST else len(body)


@pytest.mark.parametrize("width", (390, 1280))
def test_a_page_is_light_and_nothing_on_it_jumps(
    width: int,
    places: dict[str, Place],
    visit: Visit,
) -> None:
    page = visit(width, device_scale_factor=2 if width < 400 else 1).new_page()
    page.add_init_script(f"({SHIFTS})()")
    for address in PAGES.values():
        with blaming(address):
            _assert_light_and_still(page, places["host"].url(address))


class _PiecesHandler(QuietHandler):
    """Like a slow line: the page stops coming several times in its main part, within lists and between sections."""

    def do_GET(self) -> None:  # noqa: N802  the name is the base class's
        if not self.path.endswith("/"):
            super().do_GET()
            return
        page = (Path(self.translate_path(self.path)) / "index.html").read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        stops = [each.end() for each in re.finditer(rb"</h2>|</li>|</section>", page) if each.start() > page.index(b"<main")]
        places = [0, *sorted(dict.fromkeys([*stops[:3], *stops[3 :: max(1, len(stops) // 4)]])), len(page)]
        for start, end in zip(places, places[1:], strict=False):
            self.wfile.write(page[start:end])
            self.wfile.flush()
            sleep(0.15)


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_a_page_that_comes_in_pieces_does_not_move(width: int, city_site: Path, visit: Visit) -> None:
    page = visit(width).new_page()
    page.add_init_script(f"({SHIFTS})()")
    found = {}
    with served(city_site, _PiecesHandler) as base:
        for address in [*PAGES.values(), "units/"]:
            page.goto(base + address, wait_until="load")
            if (moved := sum(page.evaluate("window.shifted"))) > MOST_SHIFT:
                found[address] = moved
    assert found == {}


@pytest.mark.parametrize("width", [390, 768, 1280, 1920])
def test_what_the_device_remembers_moves_nothing(width: int, places: dict[str, Place], visit: Visit) -> None:
    """A visitor who has been at stands before: what was seen is told at the end of the walk and on its own page."""
    context, place = visit(width), places["host"]
    page = context.new_page()
    show = "exhibitions/shifan-xiangmu-2023"
    for address in (f"{show}/03/", f"{show}/04/", f"{show}/13/", BRAND):
        page.goto(place.url(address))
    page.add_init_script(f"({SHIFTS})()")
    for address in (f"{show}/", f"{show}/closing/", "seen/"):
        with blaming(address):
            _assert_light_and_still(page, place.url(address))
    expect(page.locator(".seen .names li")).not_to_have_count(0)


def _assert_light_and_still(page: Page, url: str) -> None:
    answers: list[Response] = []
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})

    def hear(each: Response) -> None:
        answers.append(each)

    page.goto("about:blank")  # what the page before still asked for is none of this one
    page.on("response", hear)
    page.goto(url, wait_until="load")
    page.evaluate(SCROLL)
    page.wait_for_load_state("networkidle")
    page.remove_listener("response", hear)
    sizes = [(each.request.resource_type, each.url, _size(each)) for each in answers if each.ok]
    for kind, most in MOST.items():
        found = sum(size for its_kind, _, size in sizes if its_kind == kind)
        assert 0 < found <= most, (kind, found)
    pictures = [(size, url) for kind, url, size in sizes if kind == "image"]
    assert max(pictures, default=(0, ""))[0] <= MOST_OF_A_PICTURE, max(pictures)
    assert sum(size for kind, _, size in sizes if kind != "media") <= MOST_OF_A_PAGE
    assert sum(page.evaluate("window.shifted")) <= MOST_SHIFT


def test_a_line_of_text_is_never_too_long_to_find_the_next(
    places: dict[str, Place],
    visit: Visit,
) -> None:
    page = visit(1280).new_page()
    for address in PAGES.values():
        with blaming(address):
            page.goto(places["host"].url(address))
            assert page.evaluate(WIDE_LINES, MEASURE)["wide"] == []


def test_the_measure_is_taken_of_something(places: dict[str, Place], visit: Visit) -> None:
    page = visit(1280).new_page()
    page.goto(places["host"].url(BRAND))
    assert page.evaluate(WIDE_LINES, MEASURE)["seen"] >= 5
    assert page.evaluate(WIDE_LINES, 10)["wide"]


# -- the style sheet ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", range(4))
def test_what_was_left_out_of_the_style_sheet_changes_nothing(
    part: int,
    places: dict[str, Place],
    visit: Visit,
) -> None:
    (whole,) = MkDocsEngine().stylesheets()
    page = visit(1280, reduced_motion="reduce").new_page()
    replaced: list[str] = []

    def answer(route: object) -> None:
        sent = route.fetch().text()  # type: ignore[attr-defined]
        short = lean(whole, vocabulary(DEFAULT_THEME), sent)
        own = sent.partition(":root{color-scheme:light;")
        assert own[1] and len(own[0]) < len(whole)
        replaced.append(short)
        route.fulfill(body=whole + own[1] + own[2], content_type="text/css")  # type: ignore[attr-defined]

    sheet = re.compile(r"/assets/exhibit\.[0-9a-f]+\.css$")
    for address in [*PAGES.values(), "submit/", "404.html"][part::4]:
        with blaming(address):
            page.goto(places["host"].url(address))
            lean_styles = page.evaluate(STYLES)
            page.route(sheet, answer)
            page.reload()
            assert replaced and len(replaced.pop()) < len(whole) / 4
            assert page.evaluate(STYLES) == lean_styles
            assert len(lean_styles) > 150
            page.unroute(sheet)


def test_no_page_lacks_what_the_style_sheet_of_others_says(places: dict[str, Place], visit: Visit, city_site: Path) -> None:
    names = {each.stem.split(".")[0]: f"assets/{each.name}" for each in (city_site / "assets").glob("*.css")}
    singles = {name: file for name, file in names.items() if name not in ("exhibit", "last")}
    assert singles.keys() == {each.stem for each in (DEFAULT_THEME / "assets" / "css" / "pages").glob("*.css")}
    page = visit(1280).new_page()
    asked: set[str] = set()
    for address in [*PAGES.values(), *MORE_PAGES]:
        with blaming(address):
            page.goto(places["host"].url(address))
            links = page.locator("link[rel=stylesheet]").evaluate_all("all => all.map(each => each.getAttribute('href'))")
            own = {name for name, file in singles.items() if any(each.endswith(file) for each in links)}
            dressed = page.evaluate(DRESSED, [places["host"].base + file for name, file in singles.items() if name not in own])
            assert dressed["found"] == [] and dressed["read"] > 100
            asked |= own
    assert asked == singles.keys()


# -- citations ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", PLACES)
def test_the_citation_is_copied_with_a_button(
    where: str,
    places: dict[str, Place],
    visit: Visit,
) -> None:
    context = visit(390)
    if where != "folder":
        context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(places[where].url(BRAND))
    text = page.locator(".cite__text").inner_text()
    assert "阳光天平[EB/OL]" in text
    today = page.evaluate("new Date().toLocaleDateString('sv')")
    assert f")[{today}]." in text
    assert text.endswith(f"[{today}]." if where == "folder" else f"[{today}]. {places[where].url(BRAND)}.")
    page.locator("[data-copy=citation]").click()
    expect(page.locator(".cite__said")).to_have_text(re.compile("已复制|已选中"))
    if where != "folder":  # where a page may not ask what is on the clipboard
        assert page.evaluate("navigator.clipboard.readText()") == text


def test_where_the_clipboard_is_refused_the_citation_is_selected(
    places: dict[str, Place],
    visit: Visit,
) -> None:
    page = visit(390).new_page()
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined}); document.execCommand = () => false;"
    )
    page.goto(places["folder"].url(BRAND))
    page.locator("[data-copy=citation]").click()
    expect(page.locator(".cite__said")).to_have_text(re.compile("Ctrl"))
    assert page.evaluate("getSelection().toString()").strip() == page.locator(".cite__text").inner_text().strip()


def test_without_scripts_the_citation_stands_there_to_be_selected(
    places: dict[str, Place],
    visit: Visit,
) -> None:
    page = visit(390, java_script_enabled=False).new_page()
    page.goto(places["host"].url(BRAND))
    expect(page.locator("[data-copy=citation]")).to_be_hidden()
    expect(page.locator(".cite__text")).to_contain_text("[引用日期].")
    expect(page.locator(".cite__text")).to_be_visible()
    expect(page.locator(".cite__text")).to_have_css("user-select", "all")


# -- motion ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("motion", "rules"), [("no-preference", 1), ("reduce", 0)])
def test_only_a_visitor_who_likes_motion_gets_any(
    motion: str,
    rules: int,
    places: dict[str, Place],
    visit: Visit,
) -> None:
    page = visit(1280, reduced_motion=motion).new_page()
    page.add_init_script("addEventListener('pagereveal', event => { window.moved = !!event.viewTransition; })")
    page.goto(places["host"].url("brands/"))
    assert page.evaluate(TRANSITIONS) == rules
    page.locator("a.card").first.click()
    until(page, "'moved' in window && !!document.querySelector('.title-wall--exhibit')")
    assert page.evaluate("window.moved") == bool(rules)


def test_on_the_way_there_and_back_one_mark_has_one_place_on_each_page(
    places: dict[str, Place],
    visit: Visit,
) -> None:
    page = visit(1280, reduced_motion="no-preference").new_page()
    page.add_init_script(
        """const note = name => {
          const named = [...document.querySelectorAll("main *")]
            .map(each => getComputedStyle(each).viewTransitionName).filter(each => each && each !== "none");
          sessionStorage[name + location.pathname] = named.sort().join();
        };
        addEventListener("DOMContentLoaded", () => addEventListener("pageswap", () => note("pageswap")));
        addEventListener("pagereveal", () => requestAnimationFrame(() => note("pagereveal")));"""
    )
    # A machine that is busy drops a transition now and then, which is the browser's right; not five in a row.
    journeys = []
    for _ in range(5):
        journeys.append(_there_and_back(page, places["host"].base))
        if journeys[-1] == ("exhibit-mark,exhibit-name", "exhibit-mark,exhibit-name", 1):
            return
    raise AssertionError(journeys)


def test_a_transition_that_the_browser_gives_up_is_no_error_and_any_other_is(
    places: dict[str, Place],
    visit: Visit,
) -> None:
    page, faults = watched(visit(), places["host"])
    page.goto(f"{places['host'].base}brands/")
    given_up = "Transition was aborted because of invalid state. Page already revealed"
    reject = "([text, name]) => { Promise.reject(new DOMException(text, name)); }"
    page.evaluate(reject, [given_up, "InvalidStateError"])
    page.evaluate(reject, ["something else", "InvalidStateError"])
    until(page, "new Promise(done => setTimeout(() => done(true), 200))")
    assert [each for each in faults if "Transition" in each] == []
    assert len(faults) == 1 and "something else" in faults[0]


def _there_and_back(page: Page, base: str) -> tuple[str, str, int]:
    """From the wall to a brand and back: what was named on leaving and on arriving, how many cards are marked at last."""
    page.goto(f"{base}brands/")
    link = page.locator("a.card").first
    path = "/" + link.evaluate("each => each.href").removeprefix(base)
    until(page, "'pagereveal/brands/' in sessionStorage")
    page.evaluate("sessionStorage.clear()")
    link.click()
    until(page, "!!document.querySelector('.title-wall--exhibit')")
    until(page, f"'pagereveal{path}' in sessionStorage")
    page.go_back()
    until(page, "!!document.querySelector('.facets')")
    until(page, "'pagereveal/brands/' in sessionStorage")
    kept = page.evaluate("({...sessionStorage})")
    travelling = page.evaluate("document.querySelectorAll('.is-travelling').length")
    return kept.get("pageswap/brands/", ""), kept[f"pagereveal{path}"], travelling


# -- paper -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def addressed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SiteDriver, str]]:
    """A small site that knows its address, and where it is served."""
    driver = SiteDriver.copy("good/release", tmp_path_factory.mktemp("addressed"))
    config = (driver.root / "site_config.yml").read_text("utf-8")
    assert "\naddress:" not in config
    driver.write("site_config.yml", f"{config}\naddress: {ADDRESS}\n").build(engine=MkDocsEngine())
    assert driver.is_published(), driver.lines()
    with served(driver.out) as base:
        yield driver, base


def _codes(page: Page) -> list[str]:
    shot = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
    return [each.text for each in zxingcpp.read_barcodes(shot)]


PRINTED = ["", "brands/", "brands/b1/", "releases/2023/", "units/", "years/", "data/", "sitemap/"]
SHORT = {"brands/b1/": "b/b1/", "releases/2023/": "r/2023/"}


@pytest.mark.parametrize("address", PRINTED)
def test_a_page_on_paper_has_one_code_that_leads_to_its_address(
    address: str,
    addressed: tuple[SiteDriver, str],
    visit: Visit,
) -> None:
    driver, base = addressed
    if not (driver.out / address / "index.html").exists():
        pytest.fail(f"the fixture site has no {address}")
    page = visit(794, device_scale_factor=2).new_page()
    page.goto(base + address)
    assert _codes(page) == []
    page.emulate_media(media="print")
    assert _codes(page) == [ADDRESS + SHORT.get(address, address)]
    expect(page.locator(".imprint__address")).to_have_text(ADDRESS + address)


def test_the_page_for_wrong_addresses_leads_nowhere_on_paper(
    addressed: tuple[SiteDriver, str],
    visit: Visit,
) -> None:
    page = visit(794).new_page()
    page.goto(f"{addressed[1]}404.html")
    page.emulate_media(media="print")
    assert _codes(page) == []


def test_paper_is_a4_black_on_white_and_without_tools(
    addressed: tuple[SiteDriver, str],
    visit: Visit,
) -> None:
    page = visit(794).new_page()
    page.add_init_script("localStorage.setItem('exhibit.scheme', 'dark')")
    page.goto(f"{addressed[1]}brands/b1/")
    expect(page.locator("html")).to_have_attribute("data-scheme", "dark")
    pdf = page.pdf(prefer_css_page_size=True)
    boxes = {
        tuple(round(float(n)) for n in each.split()[2:])
        for each in re.findall(r"/MediaBox \[([^\]]*)\]", pdf.decode("latin-1"))
    }
    assert boxes == {A4}
    page.emulate_media(media="print")
    colours = page.evaluate(
        "() => ['color', 'backgroundColor'].map(each => getComputedStyle(document.body)[each])"
        ".concat(getComputedStyle(document.querySelector('.title-wall')).backgroundColor)"
    )
    assert colours == ["rgb(0, 0, 0)", "rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"]
    for hidden in (".masthead__nav", ".skip", ".neighbours", ".cite__tools"):
        expect(page.locator(hidden).first).to_be_hidden()


def test_without_an_address_a_page_says_only_where_it_hangs(
    places: dict[str, Place],
    visit: Visit,
) -> None:
    page = visit(794).new_page()
    page.goto(places["host"].url(BRAND))
    expect(page.locator(".imprint")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".imprint")).to_be_visible()
    assert page.locator(".imprint li").all_text_contents() == ["机关党建品牌展", "品牌墙", "阳光天平"]
    assert _codes(page) == []
