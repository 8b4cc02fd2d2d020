"""What holds for pages of every kind, in a real browser: answers in sight, columns that align, whole prints, folders."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.helpers.browsing import Place, served, until
from tests.helpers.wall_pages import MadeUpHandler, open_wall, state_of
from tests.helpers.walls import make, written

pytestmark = pytest.mark.browser

Visit = Callable[..., BrowserContext]
LONG = (
    "Abcdefghijklmnopqrstuvwxyzabcd",
    "一二三四五六七八九十一二三四五六七八九十",
    "https://example.gov.cn/a/b/c/d/e/f/g",
)


@pytest.fixture(scope="module")
def some(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A wall with 500 brands: its cards are in three files."""
    folder = written(make(500, 24), tmp_path_factory.mktemp("some"))
    with served(folder, MadeUpHandler) as base:
        yield Place(base)


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}])
def test_on_a_phone_the_answer_to_a_choice_is_in_sight(options: dict[str, str], some: Place, visit: Visit) -> None:
    page = visit(390, has_touch=True, **options).new_page()
    open_wall(page, some)
    page.locator(".facets__toggle").tap()
    answer = page.locator(".facets__answer")
    for facet in ("category", "unit", "year"):
        chip = page.locator(f"[data-facet={facet}] [data-value]").nth(1)
        chip.scroll_into_view_if_needed()
        before = page.evaluate("scrollY")
        chip.tap()
        state = state_of(page)
        expect(answer).to_be_in_viewport()
        count = re.search(r"\d+", state["said"])
        assert count
        if count[0] != "0":
            expect(answer).to_have_text(f"看符合的 {count[0]} 个")
        assert abs(page.evaluate("scrollY") - before) < 40, "the choices stay below the finger"
        assert page.locator("[data-tools] [data-count]").get_attribute("role") == "status"
    page.locator("[data-facet=unit] [data-value][aria-pressed=true]").tap()
    state_of(page)
    answer.tap()
    expect(page.locator("[data-list] li").first).to_be_in_viewport()
    expect(page.locator("[data-tools] [data-count]")).to_be_focused()
    box = answer.evaluate("each => getComputedStyle(each).display")
    assert box != "none" or page.locator(".facets").get_attribute("open") is None


@pytest.mark.audit
def test_beside_the_cards_no_second_answer_stands(some: Place, visit: Visit) -> None:
    page = visit(1280).new_page()
    open_wall(page, some)
    expect(page.locator(".facets__answer")).to_be_hidden()


@pytest.mark.audit
@pytest.mark.parametrize("edition", ["", "large"])
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_the_count_of_a_label_never_breaks(width: int, edition: str, some: Place, visit: Visit) -> None:
    page = visit(width).new_page()
    if edition:
        page.add_init_script(f"localStorage.setItem('exhibit.edition', '{edition}')")
    open_wall(page, some)
    page.locator(".facets").evaluate("each => { each.open = true; }")
    for name in LONG:
        page.evaluate(
            """name => document.querySelectorAll(".facets .chip[data-value]").forEach(chip => {
              chip.firstChild.data = name; chip.querySelector("small").textContent = "1234"; })""",
            name,
        )
        bad = page.locator(".facets .chip[data-value] small").evaluate_all(
            """all => all.filter(each => { const chip = each.closest(".chip").getBoundingClientRect(), box = each.getBoundingClientRect();
              return each.getClientRects().length !== 1 || box.height > 2 * parseFloat(getComputedStyle(each).fontSize) * 1.3
                || box.right > chip.right + 0.5 || chip.right > innerWidth; }).length"""
        )
        assert bad == 0, name
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.audit
@pytest.mark.parametrize("width", [390, 600, 768, 1024, 1280, 1600])
@pytest.mark.parametrize("address", ["brands/yangguang-tianping/", "releases/2023/", "units/court/", "data/"])
def test_facts_stand_in_columns(address: str, width: int, places: dict[str, Place], visit: Visit) -> None:
    page = visit(width).new_page()
    page.goto(places["host"].url(address))
    for lefts in page.locator(".facts").evaluate_all(
        "all => all.map(each => [...each.children].map(one => [Math.round(one.getBoundingClientRect().left), Math.round(one.getBoundingClientRect().top)]))"
    ):
        rows: dict[int, list[int]] = {}
        for left, top in lefts:
            rows.setdefault(top, []).append(left)
        columns = max(rows.values(), key=len, default=[])
        assert all(row == columns[: len(row)] for row in rows.values()), (address, lefts)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.audit
def test_a_wall_on_paper_is_whole_or_says_what_is_left_out(some: Place, places: dict[str, Place], visit: Visit) -> None:
    page = visit(1280).new_page()
    open_wall(page, some)
    page.emulate_media(media="print")
    expect(page.locator(".wall__printed")).to_have_text("这里印出 24 个，共 500 个。其余的请在网页上查看。")
    page.emulate_media(media="screen")
    page.mouse.move(640, 500)
    page.mouse.move(640, 520)
    until(page, "document.querySelector('[data-list]').style.minHeight !== ''")
    cards = page.locator("[data-list] li")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert cards.count() == 200
    expect(page.locator(".wall__printed")).to_have_text("这里印出 200 个，共 500 个。其余的请在网页上查看。")
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert cards.count() == 24
    expect(page.locator(".wall__printed")).to_be_hidden()
    page = visit(1280).new_page()  # the wall of the repository has all its cards in one file
    open_wall(page, places["host"])
    page.locator("[data-view=timeline]").click()
    until(page, "document.querySelector('.wall-year') !== null")
    state_of(page)
    total = int(page.locator("[data-wall]").get_attribute("data-total") or 0)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("[data-list] li").count() == total > 8
    expect(page.locator(".wall__printed")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".wall-year ul:empty").count() == 0


@pytest.mark.audit
def test_tables_on_paper_fit_and_have_one_total(places: dict[str, Place], visit: Visit) -> None:
    page = visit(794).new_page()
    for address in ("reports/coverage/", "releases/2023/", "data/brands/"):
        page.goto(places["host"].url(address))
        page.emulate_media(media="print")
        page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true; })")
        assert set(page.locator("tfoot").evaluate_all("all => all.map(each => getComputedStyle(each).display)")) <= {
            "table-row-group"
        }
        wide = page.locator(".scroll").evaluate_all(
            "all => all.map(each => [each.scrollWidth, Math.ceil(each.getBoundingClientRect().width) + 1])"
        )
        assert [each for each in wide if each[0] > each[1]] == [], address


def test_a_site_for_a_server_says_so_in_a_folder(
    city_site: Path,
    places: dict[str, Place],
    visit: Visit,
) -> None:
    page = visit(390).new_page()
    page.add_init_script("""window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(each => {
      window.shift += each.value; })).observe({type: "layout-shift", buffered: true});""")
    for address in ("index.html", "brands/index.html", "about/index.html", "404.html"):
        page.goto(f"{city_site.as_uri()}/{address}")
        page.wait_for_timeout(200)
        expect(page.locator(".folder-note")).to_be_visible()
        expect(page.locator(".folder-note")).to_contain_text("exhibit build --links file")
        assert page.evaluate("window.shift") <= 0.02
    page.goto(places["host"].url(""))
    expect(page.locator(".folder-note")).to_be_hidden()
    page.goto(places["folder"].url(""))
    expect(page.locator(".folder-note")).to_have_count(0)


@pytest.mark.audit
def test_space_between_scripts_belongs_to_prose(places: dict[str, Place], visit: Visit) -> None:
    page = visit(1280).new_page()
    page.goto(places["host"].url("reports/coverage/"))
    spaced = "each => getComputedStyle(each).textAutospace"
    assert page.locator("body").evaluate(spaced) == "no-autospace"
    assert set(page.locator("svg text, .number, time").evaluate_all(f"all => all.map({spaced})")) == {"no-autospace"}
    page.goto(places["host"].url("about/"))
    assert page.locator(".md-typeset p").first.evaluate(spaced) == "normal"
