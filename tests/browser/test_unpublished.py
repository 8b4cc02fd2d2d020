"""What only a preview shows, and what is left of a withdrawn record, in a real browser: no barriers, nothing too wide."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.engines.mkdocs import MkDocsEngine
from tests.audit.pages import served
from tests.audit.visits import axe
from tests.helpers.driver import SiteDriver
from tests.helpers.unpublished import HALF, SIGN

pytestmark = [pytest.mark.browser, pytest.mark.node]

BRAND = "brands/qingfeng/brand.yml"
PAGES = ("unpublished/", "brands/banxie/", "brands/qingfeng/", "brands/gone/", "b/gone/", "brands/", "")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A preview with a draft, a half-written one and a withdrawn brand, served below a path."""
    driver = SiteDriver.copy("good/small", tmp_path_factory.mktemp("previewed"))
    driver.copy_folder("brands/qingfeng", "brands/gone").edit("brands/gone/brand.yml", "id: qingfeng", "id: gone")
    gone = "status: withdrawn\nwithdrawn_on: 2026-01-02\nwithdrawn_reason: 单位撤并"
    driver.edit("brands/gone/brand.yml", "status: published", gone)
    driver.edit(BRAND, "status: published", "status: review").write("brands/banxie/brand.yml", HALF)
    host = tmp_path_factory.mktemp("host")
    driver.out = host / "season"
    driver.build(keep_going=True, engine=MkDocsEngine())
    assert driver.is_published(), driver.lines()
    with served(host) as found:
        yield f"{found}season/"


@pytest.mark.audit
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("wide", [320, 1200])
def test_no_page_of_a_preview_has_a_barrier(scheme: str, wide: int, base: str, chromium: Browser) -> None:
    with chromium.new_context(viewport={"width": wide, "height": 800}, color_scheme=scheme) as context:  # type: ignore[arg-type]
        page: Page = context.new_page()
        refused: list[str] = []
        page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
        for address in PAGES:
            page.goto(f"{base}{address}")
            assert axe(page).violations == (), address
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        assert refused == []


def test_the_banner_says_what_to_do_without_scripts(base: str, chromium: Browser) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{base}brands/qingfeng/")
        banner = page.get_by_role("complementary", name="未公开")
        assert banner.is_visible() and "审核中" in banner.inner_text()
        assert banner.locator("ol > li").count() >= 1
        assert page.locator("h1").inner_text().startswith(SIGN)
        banner.get_by_role("link").click()
        expect(page.locator(".unpublished__list > li")).to_have_count(2)
        page.goto(f"{base}b/gone/")
        assert page.locator("h1").inner_text() == "品牌已撤下" and page.get_by_text("原因：单位撤并").is_visible()
        assert page.get_by_role("complementary", name="未公开").count() == 0


def test_the_search_of_a_preview_marks_what_it_finds(base: str, chromium: Browser) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(f"{base}search/?q=清风")
        page.get_by_role("link", name=SIGN).first.wait_for()
