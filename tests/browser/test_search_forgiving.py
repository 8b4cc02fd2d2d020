"""What a visitor sees whose question is not exact, of the search, of a wall and at a wrong address, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.helpers.browsing import PLACES, Place, QuietHandler, served, watched

pytestmark = pytest.mark.browser

Visit = Callable[..., BrowserContext]


@pytest.mark.parametrize("where", PLACES)
def test_a_slip_leads_to_the_name_that_was_meant(where: str, places: dict[str, Place], visit: Visit) -> None:
    page, faults = watched(visit(), places[where])
    page.goto(places[where].url("search/") + "?q=" + quote("阳光天坪"))
    expect(page.locator("[data-status]")).to_have_text("没有找到“阳光天坪”")
    expect(page.locator(".finder__meant")).to_have_text("您是不是要找：阳光天平")
    expect(page.locator(".hit__title").first).to_have_text("阳光天平")
    page.get_by_role("link", name="阳光天平", exact=True).first.click()
    expect(page).to_have_url(re.compile(r"\?q=" + quote("阳光天平") + "$"))
    expect(page.locator("[data-status]")).to_have_text(re.compile("^找到 [0-9]+ 条$"))
    expect(page.locator(".finder__meant")).to_have_count(0)
    assert faults == []


def test_what_holds_a_part_alone_says_which(places: dict[str, Place], visit: Visit) -> None:
    page, faults = watched(visit(), places["host"])
    page.goto(places["host"].url("search/") + "?q=" + quote("停车难"))
    expect(page.locator(".finder__meant")).to_contain_text("只含其中一部分")
    first = page.locator(".hit").first
    expect(first.locator(".hit__title")).to_have_text("老城区错时停车")
    expect(first.locator(".hit__part")).to_have_text("只含“停车”")
    expect(page.locator(".hit__part")).to_have_count(page.locator(".hit").count())
    page.goto(places["host"].url("search/") + "?q=" + quote("停车"))
    expect(page.locator(".hit").first).to_be_visible()
    expect(page.locator(".hit__part")).to_have_count(0)
    assert faults == []


def test_a_figure_stands_as_the_answer_and_leads_to_its_definition(places: dict[str, Place], visit: Visit) -> None:
    page, faults = watched(visit(), places["host"])
    page.goto(places["host"].url("search/") + "?q=" + quote("五星支部"))
    card = page.locator(".hit").first
    expect(card.locator(".hit__figure strong")).to_have_text("158个")
    expect(card.locator(".hit__figure")).to_contain_text("截至 2021年12月31日")
    card.get_by_role("link").click()
    expect(page).to_have_url(re.compile("/reports/season/(index.html)?#i-five-star-branches$"))
    expect(page.locator("#i-five-star-branches")).to_be_in_viewport()
    assert faults == []


def test_the_field_in_the_header_suggests_the_name_that_was_meant(places: dict[str, Place], visit: Visit) -> None:
    page, faults = watched(visit(), places["host"])
    page.goto(places["host"].url("units/"))
    field = page.get_by_role("combobox", name="搜索全站").or_(page.locator("#site-search-field"))
    field.first.click()
    page.keyboard.type("警民一家", delay=30)
    first = page.get_by_role("option").first
    expect(first).to_have_text("您是不是要找：警民E家")
    expect(page.get_by_role("option").nth(1)).to_contain_text("警民E家")
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=" + quote("警民E家") + "$"))
    expect(page.locator(".hit__title").first).to_have_text("警民E家")
    assert faults == []


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("yangguang tian", "阳光天平"),
        ("yángguāng", "阳光天平"),
        ("陽光", "阳光天平"),
        ("讓沉睡的卷宗為今天作證", "兰台有光"),
        ("ltyg", "兰台有光"),
        ("团委", "青春合伙人"),
    ],
)
def test_the_box_of_the_wall_reads_what_is_typed_as_the_search_does(
    where: str, typed: str, name: str, places: dict[str, Place], visit: Visit
) -> None:
    page, faults = watched(visit(), places[where])
    page.goto(places[where].url("brands/"))
    page.locator("[data-find]").fill(typed)
    expect(page.locator(".card__name")).to_have_text([name])
    assert faults == []


class _Host(QuietHandler):
    """A host below ``/pinpai/`` that answers with the site's own page where there is nothing."""

    def translate_path(self, path: str) -> str:
        inside = unquote(urlsplit(path).path)
        return super().translate_path("/" + inside.removeprefix("/pinpai/")) if inside.startswith("/pinpai/") else "/nowhere-at-all"

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


@pytest.mark.parametrize(
    ("wrong", "name", "leads"),
    [
        ("brands/yangguang-tianpin/", "阳光天平", "brands/yangguang-tianping/"),
        ("brands/yangguang_tianping.html", "阳光天平", "brands/yangguang-tianping/"),
        ("a/b/" + quote("阳光天坪"), "阳光天平", "brands/yangguang-tianping/"),
        (quote("老城区错时停车"), "老城区错时停车", "projects/laocheng-tingche/"),
    ],
)
def test_a_wrong_address_suggests_what_its_words_may_have_meant(
    wrong: str, name: str, leads: str, city_site: Path, visit: Visit
) -> None:
    with served(city_site, _Host) as base:
        page = visit().new_page()
        page.goto(f"{base}pinpai/{wrong}")
        link = page.locator("[data-guess] a").first
        expect(link).to_have_text(name)
        assert (link.get_attribute("href") or "").endswith(f"/pinpai/{leads}")
        link.click()
        expect(page.locator("h1")).to_have_text(name)


def test_a_wrong_address_that_says_nothing_suggests_nothing(city_site: Path, visit: Visit) -> None:
    with served(city_site, _Host) as base:
        page = visit().new_page()
        page.goto(f"{base}pinpai/2099/12/")
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator("[data-guess]")).to_be_hidden()


def test_the_page_for_wrong_addresses_suggests_from_a_folder_too(city_folder: Path, visit: Visit) -> None:
    page = visit().new_page()
    page.goto((city_folder / "404.html").as_uri() + "?brands/yangguang-tianpin/")
    link = page.locator("[data-guess] a").first
    expect(link).to_have_text("阳光天平")
    link.click()
    expect(page.locator("h1")).to_have_text("阳光天平")
