"""An edit as it is seen in a browser: at once, once, where the eye was, and with the place of a mistake."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.helpers.driver import SiteDriver
from tests.helpers.serving import Serving, serving, until

pytestmark = [pytest.mark.browser]
BRAND, STORY = "brands/qingfeng/brand.yml", "brands/qingfeng/story.md"
LONG = "".join(f"\n第{number}段，写得很长，好让页面可以往下翻。\n" for number in range(120))


@pytest.fixture
def server(small: SiteDriver, tmp_path: Path) -> Iterator[Serving]:
    small.write(STORY, (small.root / STORY).read_text("utf-8") + LONG)
    with serving(small, tmp_path / "temporary") as server:
        yield server


@pytest.fixture
def page(chromium: Browser, server: Serving) -> Iterator[Page]:
    with chromium.new_context(viewport={"width": 1000, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{server.url}brands/qingfeng/")
        yield page


def test_the_page_stays_where_the_eye_was_and_loads_once(server: Serving, page: Page) -> None:
    loads: list[str] = []
    page.on("load", lambda each: loads.append(each.url))
    page.evaluate("scrollTo(0, 3000)")
    assert page.evaluate("scrollY") == 3000
    story = (server.site.root / STORY).read_text("utf-8")
    started = time.monotonic()
    server.site.write(STORY, story.replace("第60段，", "改过的第60段，"))
    expect(page.locator("main")).to_contain_text("改过的第60段", timeout=60_000)
    seconds = time.monotonic() - started
    assert "已更新" not in server.said, f"only the whole build showed it, after {seconds:.1f} s"
    until(lambda: "已更新" in server.said)
    page.wait_for_timeout(1500)
    assert page.evaluate("scrollY") == pytest.approx(3000, abs=2)
    assert len(loads) == 1, "the same page is not loaded again when the site is built"


def test_a_mistake_shows_its_file_and_line_and_goes_when_it_is_mended(server: Serving, page: Page) -> None:
    sound = (server.site.root / BRAND).read_text("utf-8")
    server.site.write(BRAND, sound.replace("slogan:", "slogna:"))
    panel = page.locator("#preview-problems")
    expect(panel).to_contain_text(f"{BRAND}:3:1", timeout=60_000)
    server.site.write(BRAND, sound)
    expect(panel).to_have_count(0, timeout=60_000)
    expect(page.locator("h1")).to_contain_text("清风", timeout=60_000)


def test_other_pages_are_left_alone(server: Serving, page: Page) -> None:
    page.goto(f"{server.url}units/court/")
    page.evaluate("document.body.dataset.kept = 'yes'")
    story = (server.site.root / STORY).read_text("utf-8")
    server.site.write(STORY, f"{story}\n又添了一段。\n")
    until(lambda: "已更新" in server.said)
    page.wait_for_timeout(1500)
    assert page.evaluate("document.body.dataset.kept") == "yes"
