"""No wall ever shows a window without cards while there are some: however somebody gets through it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.helpers.browsing import Place, served, until
from tests.helpers.wall_pages import MadeUpHandler, open_wall, state_of
from tests.helpers.walls import make, written

pytestmark = pytest.mark.browser

Visit = Callable[..., BrowserContext]
WIDTHS = (390, 768, 1280)
WALLS = ("brands/", "projects/")
MANY, SIZE = 2_000, 24
SHIFT = 0.02

# Nothing but wall in the window and not one card in it: cards are what hangs, the way to more is not.
EMPTY = """() => {
  const list = document.querySelector("[data-list]").getBoundingClientRect();
  const rest = [...document.querySelectorAll(".footer, [data-tools], .page-head")].map(each => each.getBoundingClientRect());
  const inside = box => box.height > 0 && box.top < innerHeight - 4 && box.bottom > 4;
  if (!inside(list)) return null;
  const top = Math.max(list.top, 0), bottom = Math.min(list.bottom, innerHeight);
  if (bottom - top < innerHeight / 2 && rest.some(inside)) return null;
  const cards = [...document.querySelectorAll("[data-list] li, .wall__none")].map(each => each.getBoundingClientRect());
  if (cards.some(inside)) return null;
  return `${Math.round(list.top)} to ${Math.round(list.bottom)} of a window of ${innerHeight} at ${Math.round(scrollY)}, ${cards.length} cards`;
}"""
# The longest part of the window, from top to bottom, in which the list shows no card: space between rows is some pixels.
HOLE = """() => {
  const list = document.querySelector("[data-list]").getBoundingClientRect();
  const top = Math.max(list.top, 0), bottom = Math.min(list.bottom, innerHeight);
  const spans = [...document.querySelectorAll("[data-list] li, [data-list] h2, .wall__none")]
    .map(each => each.getBoundingClientRect()).filter(each => each.bottom > top && each.top < bottom)
    .map(each => [each.top, each.bottom]).sort((one, other) => one[0] - other[0]);
  let hole = 0, end = top;
  for (const [from, to] of spans) { hole = Math.max(hole, from - end); end = Math.max(end, to); }
  return Math.max(hole, bottom - end);
}"""
SHIFTS = """window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(each => {
  if (!each.hadRecentInput) window.shift += each.value; })).observe({type: "layout-shift", buffered: true});"""
PAUSE = 250


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A wall with 2,000 brands at the root of a host."""
    folder = written(make(MANY, SIZE), tmp_path_factory.mktemp("many"))
    with served(folder, MadeUpHandler) as base:
        yield Place(base)


def _visited(visit: Visit, width: int, **options: Any) -> Page:
    page = visit(width, **options).new_page()
    page.add_init_script(SHIFTS)
    return page


def _is_full(page: Page, where: str) -> None:
    empty = page.evaluate(EMPTY)
    assert empty is None, f"{where}: {empty}"
    assert page.evaluate(HOLE) < 844 / 3, f"{where}: {page.evaluate(HOLE)} px without a card"


def _walk(page: Page, step: int = 300, pause: int = PAUSE, most: int = 400) -> int:
    """Scroll to the end of the page, look at every step. Returns how many steps it took."""
    for number in range(most):
        before = page.evaluate("scrollY")
        page.evaluate(f"scrollBy(0, {step})")
        page.wait_for_timeout(pause)
        _is_full(page, f"step {number}")
        if page.evaluate("scrollY") == before:
            return number
    return most


def _push_on(page: Page, condition: str) -> None:
    """Turn the wheel until ``condition`` holds: at the foot of a wall cards come for somebody who pushes on, and on a slow
    machine they come later."""
    page.mouse.move(200, 400)
    for number in range(200):
        if page.evaluate(condition):
            return
        page.mouse.wheel(0, 900)
        page.wait_for_timeout(60)
        _is_full(page, f"turn {number}")
    raise AssertionError(f"never: {condition}")


@pytest.mark.parametrize("address", WALLS)
@pytest.mark.parametrize("width", WIDTHS)
def test_walking_through_a_wall(
    width: int,
    address: str,
    places: dict[str, Place],
    visit: Visit,
) -> None:
    page = _visited(visit, width)
    open_wall(page, places["host"], "", address)
    assert _walk(page) > 2
    assert page.evaluate("window.shift") <= SHIFT


@pytest.mark.audit
@pytest.mark.parametrize("width", WIDTHS)
def test_walking_through_two_thousand_brands(width: int, many: Place, visit: Visit) -> None:
    page = _visited(visit, width)
    open_wall(page, many)
    _walk(page, pause=100)
    _push_on(page, f"document.querySelectorAll('[data-list] li').length >= {5 * SIZE}")
    assert page.locator("[data-list] li").count() == 5 * SIZE
    assert page.evaluate("window.shift") <= SHIFT


@pytest.mark.audit
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("with_pointer", [True, False])
def test_a_jump_to_the_end_or_into_the_middle(
    with_pointer: bool,
    width: int,
    many: Place,
    visit: Visit,
) -> None:
    for jump in (
        "End",
        "scrollTo(0, document.documentElement.scrollHeight / 2)",
        "scrollTo(0, 1e6)",
        "scrollTo(0, 3000)",
    ):
        page = _visited(visit, width)
        open_wall(page, many)
        if with_pointer:  # somebody who was here before: data have come, room is kept
            page.mouse.move(width / 2, 400)
            page.mouse.move(width / 2, 420)
            page.wait_for_timeout(200)
        for number in range(6):
            if jump == "End":
                page.keyboard.press("End")
            else:
                page.evaluate(jump)
            page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
            _is_full(page, f"{jump} at once, {number}")
            page.wait_for_timeout(80)
            _is_full(page, f"{jump}, {number}")
        page.evaluate("scrollTo(0, 0)")
        page.wait_for_timeout(80)
        _is_full(page, f"{jump} and back")
        assert page.evaluate("window.shift") <= SHIFT, jump
        page.close()


@pytest.mark.audit
def test_a_wheel_that_turns_fast_and_a_slow_line(many: Place, visit: Visit) -> None:
    page = _visited(visit, 390)

    def later(route: Any) -> None:
        page.wait_for_timeout(150)
        route.continue_()

    page.route("**/walls/**", later)
    open_wall(page, many)
    for number in range(25):
        page.mouse.wheel(0, 1500)
        page.wait_for_timeout(40)
        _is_full(page, f"turn {number}")
    until(page, f"document.querySelectorAll('[data-list] li').length > {SIZE}")
    _is_full(page, "in the end")


@pytest.mark.audit
@pytest.mark.parametrize("query", ["?category=fuwu", "?year=2020&sort=name", "?view=timeline", "?q=灯", "?sort=unit"])
@pytest.mark.parametrize("width", [390, 1280])
def test_walking_through_a_filtered_wall(width: int, query: str, many: Place, visit: Visit) -> None:
    page = _visited(visit, width)
    open_wall(page, many, query)
    state_of(page)
    _is_full(page, "at first")
    _walk(page, step=600, pause=120)


@pytest.mark.audit
@pytest.mark.parametrize("width", [390, 1280])
def test_what_is_chosen_deep_in_a_wall_is_seen(width: int, many: Place, visit: Visit) -> None:
    page = _visited(visit, width, color_scheme="dark")
    open_wall(page, many)
    for _ in range(12):
        page.mouse.wheel(0, 1500)
        page.wait_for_timeout(60)
    chip = page.locator("[data-facet=category] [data-value]").first
    chip.evaluate("each => each.click()")
    state_of(page)
    page.wait_for_timeout(100)
    _is_full(page, "filtered")
    page.locator("[data-find]").fill("没有这样的名字")
    page.wait_for_timeout(200)
    room = page.evaluate("document.querySelector('[data-list]').offsetHeight")
    assert room <= 844, "no room is kept for what was not found"
    page.locator("[data-find]").fill("")
    page.wait_for_timeout(200)
    _is_full(page, "found again")


@pytest.mark.audit
def test_back_from_a_card_and_other_sizes_of_type(many: Place, visit: Visit) -> None:
    page = _visited(visit, 390)
    open_wall(page, many)
    _push_on(page, "scrollY > 3000")
    page.wait_for_timeout(PAUSE)  # the wheel has stopped
    top = page.evaluate("scrollY")
    page.goto(many.url("assets/icon.svg"))
    page.go_back()
    until(page, f"Math.abs(scrollY - {top}) < 60")
    for number in range(5):
        page.wait_for_timeout(60)
        _is_full(page, f"back {number}")
    _walk(page, step=900, pause=60)
    for edition in ("large", "standard", "large"):
        page.evaluate(f"document.documentElement.setAttribute('data-edition', '{edition}'); document.body.click()")
        page.wait_for_timeout(120)
        _is_full(page, edition)
    page.set_viewport_size({"width": 844, "height": 390})
    page.wait_for_timeout(120)
    _is_full(page, "turned")
    _walk(page, step=900, pause=60)


@pytest.mark.audit
def test_without_scripts_the_list_is_as_high_as_its_cards(
    places: dict[str, Place],
    visit: Visit,
) -> None:
    page = visit(390, java_script_enabled=False).new_page()
    for address in WALLS:
        page.goto(places["host"].url(address))
        room = page.evaluate(
            "(() => { const list = document.querySelector('[data-list]'); return list.offsetHeight - list.firstElementChild.offsetHeight; })()"
        )
        assert room < 100, address
