"""The page for wrong addresses in a real browser: at any depth, below any path, whether the address of the site is known
or not, with and without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from generator.engines.mkdocs import MkDocsEngine
from tests.helpers.browsing import QuietHandler, served, until
from tests.helpers.driver import SiteDriver

pytestmark = [pytest.mark.browser, pytest.mark.engine]

Visit = Callable[..., BrowserContext]
WRONG = ("wrong", "wrong/", "a/b/c", "a/b/c/d/e/f/", "brands/no-such-brand/", "brands/x/y.html?q=1#z", "一/二/三")


class _Host(QuietHandler):
    """A host with the site below ``below``: whatever is not there is answered with the site's own page, and 404."""

    below = "/pinpai/"

    def translate_path(self, path: str) -> str:
        inside = unquote(urlsplit(path).path)
        if not inside.startswith(self.below):
            return "/nowhere-at-all"
        return super().translate_path("/" + inside.removeprefix(self.below))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)


class _Root(_Host):
    below = "/"


@contextmanager
def _hosted(folder: Path, handler: type[_Host]) -> Iterator[str]:
    with served(folder, partial(handler)) as base:  # type: ignore[arg-type]
        yield base.rstrip("/") + handler.below


# The scripts of the page have begun: once, and where the page had to find its site first, once more.
WHOLE = """window.begun >= (document.querySelector("link[rel=stylesheet]").getAttribute("href").startsWith("http") ? 2 : 1)
  && document.documentElement.classList.contains("has-script")"""


def _counting(context: BrowserContext) -> Page:
    """A page that counts how often its scripts were told to begin."""
    page = context.new_page()
    page.add_init_script("window.begun = 0; document.addEventListener('DOMContentLoaded', () => window.begun++);")
    return page


@pytest.fixture(scope="module")
def unaddressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site without an address, as a city begins."""
    driver = SiteDriver.copy("good/small", tmp_path_factory.mktemp("unaddressed")).remove_if_there("expected")
    driver.build(engine=MkDocsEngine())
    assert driver.is_published(), driver.lines()
    return driver.out


@pytest.mark.parametrize("handler", [_Host, _Root])
@pytest.mark.parametrize("wrong", WRONG)
def test_it_is_styled_and_leads_home_from_any_depth(
    wrong: str,
    handler: type[_Host],
    unaddressed: Path,
    visit: Visit,
) -> None:
    with _hosted(unaddressed, handler) as base:
        page, faults = _counting(visit(390)), []
        page.on("pageerror", lambda each: faults.append(str(each)))
        page.on("console", lambda each: faults.append(each.text) if "Content Security" in each.text else None)
        assert page.goto(base + wrong).status == 404  # type: ignore[union-attr]
        until(page, "getComputedStyle(document.documentElement).getPropertyValue('--bare').trim() === '0'")
        until(page, WHOLE)
        links = page.locator("main a, .masthead a:not(.skip), .footer a").evaluate_all(
            "all => all.map(each => each.href)"
        )
        assert links
        assert [each for each in links if not each.startswith(base)] == []
        assert page.evaluate("[document.documentElement.scrollWidth, innerWidth]") == [390, 390]
        page.get_by_role("button", name="长辈版").click()  # what the scripts of every page do works here as well
        expect(page.locator("html")).to_have_attribute("data-edition", "large")
        page.get_by_role("link", name="回到首页").click()
        expect(page).to_have_url(base)
        expect(page.locator("h1")).to_have_count(1)
        assert faults == []


@pytest.mark.audit
def test_its_search_finds_brands(unaddressed: Path, visit: Visit) -> None:
    with _hosted(unaddressed, _Host) as base:
        page = _counting(visit(1280))
        page.goto(base + "a/b/c")
        until(page, WHOLE)
        field = page.locator("#site-search-field")
        field.click()
        field.fill("清风")
        option = page.locator(".suggest__item").first
        expect(option).to_contain_text("清风")
        option.click()
        expect(page).to_have_url(base + "brands/qingfeng/")
        page.goto(base + "a/b/c")
        until(page, WHOLE)
        field.fill("清风")
        field.press("Enter")
        expect(page.locator(".hit").first).to_be_visible()
        assert page.url.startswith(base + "search/?q=")


@pytest.mark.audit
def test_its_skip_links_stay_on_it(unaddressed: Path, tmp_path: Path, visit: Visit) -> None:
    driver = SiteDriver.copy("good/small", tmp_path).remove_if_there("expected")
    config = (driver.root / "site_config.yml").read_text("utf-8")
    driver.write("site_config.yml", "address: https://example.org/pinpai/\n" + config).build(engine=MkDocsEngine())
    assert driver.is_published(), driver.lines()
    for folder in (driver.out, unaddressed):
        with _hosted(folder, _Host) as base:
            page = _counting(visit(1280))
            page.goto(base + "a/b/c")
            until(page, WHOLE)
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            expect(page).to_have_url(base + "a/b/c#main")
            expect(page.locator("#main")).to_be_focused()


@pytest.mark.audit
def test_an_address_that_has_changed_does_not_break_it(tmp_path: Path, visit: Visit) -> None:
    driver = SiteDriver.copy("good/small", tmp_path).remove_if_there("expected")
    config = (driver.root / "site_config.yml").read_text("utf-8")
    driver.write("site_config.yml", "address: https://example.org/before/\n" + config).build(engine=MkDocsEngine())
    assert driver.is_published(), driver.lines()
    with _hosted(driver.out, _Host) as base:
        page = _counting(visit(1280))
        page.goto(base + "a/b/c")
        until(page, WHOLE)
        page.get_by_role("link", name="回到首页").click()
        expect(page).to_have_url(base)


def test_without_scripts_it_can_be_read_and_says_what_to_do(unaddressed: Path, visit: Visit) -> None:
    with _hosted(unaddressed, _Host) as base:
        page = visit(390, java_script_enabled=False).new_page()
        page.goto(base + "a/b/c")
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator("noscript p")).to_be_visible()
        for each in (".settings", ".reader", ".imprint", ".tools"):
            expect(page.locator(each).first).to_be_hidden()
        assert page.evaluate(
            "[document.documentElement.scrollWidth <= innerWidth, getComputedStyle(document.body).fontFamily]"
        ) == [
            True,
            page.evaluate("getComputedStyle(document.body).fontFamily"),
        ]
        assert "PingFang" in page.evaluate("getComputedStyle(document.body).fontFamily")
        page.goto(base + "wrong")  # one folder down at most it is like any other page
        page.get_by_role("link", name="回到首页").click()
        expect(page).to_have_url(base)


@pytest.mark.audit
def test_what_makes_it_readable_leaves_no_trace_where_the_style_sheet_is(unaddressed: Path, visit: Visit) -> None:
    with _hosted(unaddressed, _Host) as base:
        page = visit(1280, java_script_enabled=False).new_page()
        page.goto(base + "404.html")
        look = "['padding', 'margin', 'maxWidth', 'fontSize'].map(name => [getComputedStyle(document.body)[name], getComputedStyle(document.querySelector('main'))[name]])"
        styled = page.evaluate(look)
        page.evaluate("document.querySelector('style').remove()")
        other = page.evaluate(look)
        styled[2][1] = other[2][1]  # wider than any screen, or not bounded at all
        assert styled == other
