"""The home page as an entrance: something for each day, the walk that can be begun, what there is to see of few and of many."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.helpers.browsing import Place, served, watched
from tests.helpers.driver import SiteDriver

pytestmark = pytest.mark.browser

Visit = Callable[..., BrowserContext]
SHIFTS = """window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(each => {
  if (!each.hadRecentInput) window.shift += each.value; })).observe({type: "layout-shift", buffered: true});"""


def _today(page: Page) -> str:
    shown = page.locator("[data-today] > li").filter(visible=True)
    assert shown.count() == 1
    return shown.locator("a").get_attribute("href") or ""


@pytest.mark.parametrize("where", ["host", "folder"])
def test_each_day_has_something_of_its_own(where: str, places: dict[str, Place], visit: Visit) -> None:
    page, faults = watched(visit(), places[where])
    page.add_init_script(SHIFTS)
    count, seen = 0, []
    for number in range(15):
        day = date(2026, 12, 25) + timedelta(days=number)  # over the end of a year
        for hour in (0, 23):
            page.clock.set_fixed_time(f"{day.isoformat()}T{hour:02}:30:00")
            page.goto(places[where].url(""))
            count = page.locator("[data-today] > li").count()
            assert page.evaluate("window.shift") <= 0.02
            seen.append(_today(page))
    assert 7 <= count <= 14
    assert seen[::2] == seen[1::2], "a day is a day from midnight to midnight"
    days = seen[::2]
    assert len(set(days[:count])) == count
    assert days[count] == days[0] if count < 15 else True
    page.locator("[data-today] a").filter(visible=True).click()
    expect(page.locator("main h1")).to_be_visible()
    assert faults == []


def test_without_scripts_the_first_is_for_every_day(places: dict[str, Place], visit: Visit) -> None:
    page = visit(java_script_enabled=False).new_page()
    page.goto(places["host"].url(""))
    assert _today(page) == page.locator("[data-today] a").first.get_attribute("href")


def test_the_walk_begins_here(places: dict[str, Place], visit: Visit) -> None:
    page, faults = watched(visit(), places["host"])
    page.goto(places["host"].url(""))
    link = page.locator(".announced a[href*='exhibitions/']")
    expect(link).to_contain_text(re.compile(r"从第一件看起，共 \d+ 件"))
    link.click()
    assert re.search(r"/exhibitions/[a-z0-9-]+/01/$", page.url)
    assert faults == []


def test_figures_say_of_what_and_up_to_when(places: dict[str, Place], visit: Visit) -> None:
    page = visit().new_page()
    page.goto(places["host"].url(""))
    figures = page.locator(".figure").all_inner_texts()
    assert 1 <= len(figures) <= 3
    for each in figures:
        assert re.search("按本站收录计算|据《.+》", each) and re.search(r"截至\d{4}年", each), each


@pytest.fixture
def home(tmp_path: Path, visit: Visit) -> Callable[[SiteDriver, int], Page]:
    def home(driver: SiteDriver, width: int) -> Page:
        assert driver.is_published(), driver.lines()
        context = visit(width)
        page = context.new_page()
        with served(driver.out) as base:
            page.goto(Place(base).url(""))
            page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        return page

    return home


@pytest.mark.parametrize("width", [390, 1280])
def test_one_brand_alone_makes_an_entrance(width: int, home: Callable[[SiteDriver, int], Page], small: SiteDriver) -> None:
    for each in small.root.glob("content/*"):
        if each.name not in ("units.yml",):
            small.remove_if_there(f"content/{each.name}")
    small.remove_if_there("brands/qingfeng/story.md")
    config = (small.root / "site_config.yml").read_text("utf-8")
    small.write("site_config.yml", config.replace("  - {title: 关于, to: about/}\n", ""))
    small.remove_if_there("expected").build()
    page = home(small, width)
    assert page.locator("[data-today] > li").count() == 1
    assert page.locator("[data-today] + script").count() == 0
    assert page.locator(".ways-in a").count() >= 2
    assert page.locator(".opening picture").count() == 0
    assert page.locator(".announced").count() == 0


@pytest.mark.parametrize("width", [390, 1280])
def test_fifty_halls_are_twelve_doors_and_the_way_to_all(
    width: int, home: Callable[[SiteDriver, int], Page], small: SiteDriver
) -> None:
    config = (small.root / "site_config.yml").read_text("utf-8")
    terms = "".join(f"  - {{id: k{number}, name: 第{number}类}}\n" for number in range(50))
    small.write("site_config.yml", config.replace("  - {id: fazhi, name: 法治护航}\n", f"  - {{id: fazhi, name: 法治护航}}\n{terms}"))
    small.with_brands(*(f"n{number}" for number in range(50)))
    for number in range(50):
        small.edit(f"brands/n{number}/brand.yml", "category: fazhi", f"category: k{number}")
    small.remove_if_there("expected").build()
    page = home(small, width)
    assert page.locator(".doors > li").count() == 12
    expect(page.locator("#doors + .more")).to_have_text("全部 51 个展厅")
    assert page.locator("[data-today] > li").count() == 14
