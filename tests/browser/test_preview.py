"""The live preview in a real browser: any number of tabs reload, a film seeks, and a mistake shows beside the old site."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.audit.visits import axe
from tests.helpers.driver import SiteDriver
from tests.helpers.places import CITY, ROOT
from tests.helpers.previewing import Running
from tests.helpers.serving import Serving, serving

pytestmark = [pytest.mark.browser, pytest.mark.node]
TABS = 9  # a browser has six connections for one host
FILM_PAGE = '<!doctype html><html><head></head><body><video src="film.mp4"></video></body></html>'
BRAND = "theme/exhibits/brand.html"
SEEK = """() => new Promise((done, failed) => {
  const film = document.querySelector("video");
  film.muted = true;
  film.onerror = () => failed(film.error && film.error.message);
  film.onseeked = () => done([film.currentTime, film.seekable.length && film.seekable.end(0)]);
  film.onloadedmetadata = () => { film.currentTime = film.duration * 0.8; };
  film.preload = "auto";
  film.load();
  setTimeout(() => failed("it never seeks"), 15000);
})"""


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    with chromium.new_context(viewport={"width": 1000, "height": 800}) as context:
        yield context


@pytest.fixture
def server(small: SiteDriver, tmp_path: Path) -> Iterator[Serving]:
    shutil.copytree(ROOT / "theme", small.root / "theme")
    with serving(small, tmp_path / "temporary") as server:
        yield server


def _faults(page: Page) -> list[str]:
    found: list[str] = []
    page.on("console", lambda said: found.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.mark.audit
def test_any_number_of_tabs_reload_after_an_edit(server: Serving, context: BrowserContext) -> None:
    pages = [context.new_page() for _ in range(TABS)]
    faults = [_faults(page) for page in pages]
    for page in pages:
        page.goto(f"{server.url}brands/qingfeng/")
    for number in range(2):
        server.site.write("brands/qingfeng/story.md", f"第{number}次改的故事。\n")
        for page in pages:
            expect(page.locator("main")).to_contain_text(f"第{number}次改的故事", timeout=60_000)
    assert faults == [[]] * TABS


@pytest.mark.audit
def test_a_broken_template_shows_a_banner_and_recovers(server: Serving, context: BrowserContext) -> None:
    page = context.new_page()
    faults = _faults(page)
    page.goto(f"{server.url}brands/qingfeng/")
    heading = page.locator("h1").inner_text()
    sound = (server.site.root / BRAND).read_bytes()
    server.site.write(BRAND, b"{% if x %}\n" + sound)
    banner = page.get_by_role("complementary", name="预览没有更新")
    expect(banner).to_contain_text(f"{BRAND}:", timeout=60_000)
    expect(banner).to_contain_text("上次改动没有生成")
    assert page.locator("h1").inner_text() == heading
    assert banner.evaluate("each => getComputedStyle(each).position") == "sticky"  # its style sheet came
    assert axe(page).violations == ()
    server.site.write(BRAND, sound)
    expect(banner).to_have_count(0, timeout=60_000)
    assert faults == []


@pytest.mark.audit
def test_pages_go_on_asking_when_the_preview_was_started_again(
    small: SiteDriver, tmp_path: Path, context: BrowserContext
) -> None:
    page = context.new_page()
    with serving(small, tmp_path / "temporary") as server:
        page.goto(f"{server.url}brands/qingfeng/")
        port = server.url.rstrip("/").rpartition(":")[2]
        server.end()
    small.write("brands/qingfeng/story.md", "隔天接着写的故事。\n")
    with serving(small, tmp_path / "temporary", "--port", port):
        expect(page.locator("main")).to_contain_text("隔天接着写的故事", timeout=60_000)


@pytest.mark.audit
def test_a_film_seeks(small: SiteDriver, context: BrowserContext) -> None:
    film = next((CITY / "content" / "videos").rglob("*.mp4"))
    with Running(small) as running:
        running.rebuild()
        shutil.copy(film, running.folder / "film.mp4")
        (running.folder / "film.html").write_text(FILM_PAGE, "utf-8")
        page = context.new_page()
        answers: list[tuple[int, str]] = []
        page.on("response", lambda each: answers.append((each.status, each.headers.get("content-range", ""))))
        page.goto(f"{running.url}/film.html")
        at, end = page.evaluate(SEEK)
        assert at > 0 and at == pytest.approx(end * 0.8, abs=0.2)
        assert any(status == 206 and part for status, part in answers), answers


def test_a_page_of_another_site_reads_nothing(server: Serving, context: BrowserContext) -> None:
    """The preview is no picture, script or frame of anybody else, and a name that was made to lead here opens nothing."""
    page = context.new_page()
    elsewhere = server.url.replace("127.0.0.1", "localhost")  # another host to a browser
    page.goto(elsewhere)
    assert (
        page.evaluate("url => fetch(url).then(() => 'read', () => 'refused')", f"{server.url}manifest.json")
        == "refused"
    )
    evil = server.url.replace("127.0.0.1", "evil.example")
    answer = context.request.get(server.url, headers={"Host": evil.removeprefix("http://").rstrip("/")})
    assert answer.status == 421
