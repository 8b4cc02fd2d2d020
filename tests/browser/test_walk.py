"""The walk through an exhibition: by keyboard, by finger, without scripts, from a folder; the way back; what was visited.

Visitors here want no motion: a transition between two pages that a busy machine gives up is the matter of another test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import BrowserContext, Page, expect

from generator.engines.mkdocs import MkDocsEngine
from tests.helpers.browsing import Place, until, watched
from tests.helpers.driver import SiteDriver
from tests.helpers.places import CITY

pytestmark = pytest.mark.browser
EXHIBITIONS = ("shifan-xiangmu-2023", "pinpai-xunzhan-2022")
SMALL = "exhibitions/pinpai-xunzhan-2022/"
Visit = Callable[..., BrowserContext]
Step = Callable[[Page], None]


def _items(file: Path) -> list[str]:
    """What an exhibition hangs, in the order of its file."""
    halls = yaml.safe_load(file.read_text("utf-8"))["halls"]
    return [f"{kind}/{id}" for hall in halls for item in hall.get("items", ()) for kind, id in item.items() if kind not in ("label", "panel")]


def _of_city(id: str) -> list[str]:
    return _items(CITY / f"content/exhibitions/{id}/exhibition.yml")


def _walk(page: Page, step: Step) -> Iterator[tuple[str, str]]:
    """From the first stand to the closing page: what hangs at each stand, and what it says of its place."""
    for _ in range(100):
        stand = page.locator("article.stand")
        if not stand.count():
            break
        yield stand.get_attribute("data-item") or "", page.locator(".stand__where .number").inner_text()
        here = page.url
        step(page)
        page.wait_for_url(lambda url, here=here: url != here)
        page.wait_for_load_state()
    expect(page.locator("article.closing h1")).to_have_text("展览到这里")


def _positions(count: int) -> list[str]:
    return [f"第 {number} 件 / {count}" for number in range(1, count + 1)]


def _tab_to(page: Page, selector: str) -> None:
    """Go to an element by keyboard alone."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no way by keyboard to {selector}")


def _swipe(page: Page, along: int, across: int = 0) -> None:
    """Draw a finger over the middle of the screen."""
    session = page.context.new_cdp_session(page)
    x, y = (300 if along < 0 else 90), 400
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for part in (1, 2, 3, 4):
        point = {"x": x + along * part // 4, "y": y + across * part // 4}
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    session.detach()


# -- the walk ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("id", EXHIBITIONS)
@pytest.mark.parametrize("where", ["path", "folder"])
def test_by_keyboard_alone_each_thing_is_met_once_and_in_order(id: str, where: str, places: dict[str, Place], visit: Visit) -> None:
    page, faults = watched(visit(reduced_motion="reduce"), places[where])
    page.goto(places[where].url(f"exhibitions/{id}/"))
    _tab_to(page, ".title-wall a.button")
    page.keyboard.press("Enter")
    page.wait_for_selector("article.stand")
    found = list(_walk(page, lambda page: page.keyboard.press("ArrowRight")))
    items = _of_city(id)
    assert found == list(zip(items, _positions(len(items)), strict=True))
    page.keyboard.press("ArrowLeft")
    expect(page.locator("article.stand")).to_have_attribute("data-item", items[-1])
    assert faults == []


@pytest.mark.parametrize("id", EXHIBITIONS)
def test_by_finger(id: str, places: dict[str, Place], visit: Visit) -> None:
    page, faults = watched(visit(390, has_touch=True, is_mobile=True, reduced_motion="reduce"), places["folder"])
    page.goto(places["folder"].url(f"exhibitions/{id}/01/"))
    items = _of_city(id)
    assert [item for item, _ in _walk(page, lambda page: _swipe(page, -160))] == items
    page.go_back()
    expect(page.locator("article.stand")).to_have_attribute("data-item", items[-1])
    _swipe(page, 160)
    expect(page.locator("article.stand")).to_have_attribute("data-item", items[-2])
    assert faults == []


@pytest.mark.parametrize("id", EXHIBITIONS)
@pytest.mark.parametrize("where", ["path", "folder"])
def test_without_scripts(id: str, where: str, places: dict[str, Place], visit: Visit) -> None:
    page, faults = watched(visit(java_script_enabled=False), places[where])
    page.goto(places[where].url(f"exhibitions/{id}/"))
    page.get_by_role("link", name="从第一件开始").click()
    found = list(_walk(page, lambda page: page.locator("a[rel=next]").click()))
    items = _of_city(id)
    assert found == list(zip(items, _positions(len(items)), strict=True))
    assert faults == []


def test_what_is_no_wish_to_go_on_leaves_a_visitor_where_he_is(places: dict[str, Place], visit: Visit) -> None:
    page, faults = watched(visit(390, has_touch=True, is_mobile=True, reduced_motion="reduce"), places["path"])
    here = places["path"].url(f"{SMALL}02/")
    page.goto(here)
    _swipe(page, -40)
    _swipe(page, -90, 200)
    for key in ("Control+ArrowRight", "Shift+ArrowLeft", "ArrowDown"):
        page.keyboard.press(key)
    page.get_by_text("目录（5 件）").click()
    page.set_viewport_size({"width": 1280, "height": 844})
    field = page.locator(".site-search__form input")
    field.fill("一")
    field.press("ArrowRight")
    field.press("ArrowLeft")
    page.wait_for_timeout(300)
    assert page.url == here and faults == []
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("ArrowRight")
    page.wait_for_url(places["path"].url(f"{SMALL}03/"))


def test_a_way_that_is_pressed_twice_goes_one_stand_back_from_the_page_behind(places: dict[str, Place], visit: Visit) -> None:
    page, _ = watched(visit(), places["path"])
    page.goto(places["path"].url(f"{SMALL}01/"))
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(places["path"].url(SMALL))
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(200)
    assert page.url == places["path"].url(SMALL), "the page of the exhibition is no stand"


# -- the way back -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A site in a folder with three exhibitions that hang the same brand."""
    driver = SiteDriver.copy("good/exhibition", tmp_path_factory.mktemp("three")).remove("expected")
    text = (driver.root / "content/exhibitions/wangshang/exhibition.yml").read_text("utf-8")
    text = text.replace("id: wangshang", "id: disan").replace("网上小展", "第三个展").replace("网上的展", "第三展")
    text = text.replace("- brand: muzi", "- project: jiexiang\n      - brand: muzi\n      - project: zhengzai")
    driver.write("content/exhibitions/disan/exhibition.yml", text).build(engine=MkDocsEngine(), links="file")
    assert driver.is_published()
    return Place(f"{driver.out.as_uri()}/", "index.html")


ROUTES = {
    "xiaocheng-2024": ["project/zhengzai", "brand/muzi", "project/jiexiang"],
    "disan": ["project/jiexiang", "brand/muzi", "project/zhengzai"],
    "wangshang": ["brand/muzi"],
}


@pytest.mark.parametrize("has_script", [True, False])
@pytest.mark.parametrize("id", sorted(ROUTES))
def test_a_thing_in_three_exhibitions_has_a_route_in_each_and_a_way_back_to_it(id: str, has_script: bool, three: Place, visit: Visit) -> None:
    page, faults = watched(visit(java_script_enabled=has_script, reduced_motion="reduce"), three)
    page.goto(three.url(f"exhibitions/{id}/"))
    page.get_by_role("link", name="从第一件开始").click()
    found = []
    for item, _ in _walk(page, lambda page: page.locator("a[rel=next]").click()):
        found.append(item)
        here = page.url
        page.get_by_role("link", name="读全文").click()
        page.wait_for_url(lambda url, here=here: url != here)
        ways = page.locator(".ways li:visible")
        expect(ways).to_have_count(1)
        ways.get_by_role("link", name="回到第").click()
        page.wait_for_url(here)
    assert found == ROUTES[id]
    assert faults == []


def test_who_comes_to_a_record_from_elsewhere_sees_all_its_stands(three: Place, visit: Visit) -> None:
    page, _ = watched(visit(), three)
    page.goto(three.url("brands/muzi/"))
    expect(page.locator(".ways li:visible")).to_have_count(3)


# -- what was visited -------------------------------------------------------------------------------------------------


def _visited(page: Page) -> list[str]:
    return page.evaluate("() => [...document.querySelectorAll('.plan__dot.is-visited')].map(dot => dot.dataset.item)")


@pytest.mark.parametrize("where", ["path", "folder"])
def test_the_plan_keeps_on_the_device_what_was_visited_until_that_is_forgotten(where: str, places: dict[str, Place], visit: Visit) -> None:
    page, faults = watched(visit(reduced_motion="reduce"), places[where])
    items = _of_city("pinpai-xunzhan-2022")
    for number in (1, 3):
        page.goto(places[where].url(f"{SMALL}{number:02d}/"))
    assert _visited(page) == [items[0], items[2]]
    expect(page.locator(".plan__dot.is-here")).to_have_count(1)
    page.goto(places[where].url("exhibitions/shifan-xiangmu-2023/01/"))
    assert _visited(page) == _of_city("shifan-xiangmu-2023")[:1], "each exhibition for itself"
    page.goto(places[where].url(SMALL))
    assert _visited(page) == [items[0], items[2]]
    expect(page.locator("[data-visited]")).to_contain_text("看过 2 件")
    page.get_by_role("button", name="清除").click()
    assert _visited(page) == [] and page.locator("[data-visited]").is_hidden()
    page.reload()
    assert _visited(page) == [] and faults == []


def test_a_browser_that_keeps_nothing_walks_on(places: dict[str, Place], visit: Visit) -> None:
    context = visit(reduced_motion="reduce")
    context.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})")
    page, faults = watched(context, places["path"])
    page.goto(places["path"].url(f"{SMALL}01/"))
    page.keyboard.press("ArrowRight")
    page.wait_for_url(places["path"].url(f"{SMALL}02/"))
    assert _visited(page) == [] and faults == []


# -- what is seen -----------------------------------------------------------------------------------------------------


def test_the_plan_and_the_contents_lead_to_the_stands(places: dict[str, Place], visit: Visit) -> None:
    page, faults = watched(visit(java_script_enabled=False), places["folder"])
    page.goto(places["folder"].url(f"{SMALL}01/"))
    page.get_by_text("目录（5 件）").click()
    page.locator(".contents a").nth(3).click()
    page.wait_for_url(places["folder"].url(f"{SMALL}04/"))
    page.locator(".plan a").first.click()
    page.wait_for_url(places["folder"].url(f"{SMALL}01/"))
    assert faults == []


def test_on_paper_a_stand_is_its_picture_its_label_and_where_it_is(places: dict[str, Place], visit: Visit) -> None:
    page, _ = watched(visit(794), places["path"])
    page.goto(places["path"].url(f"{SMALL}02/"))
    page.emulate_media(media="print")
    for shown in ("h1", ".stand__label", ".stand__where", ".stand__view", ".plan", ".imprint"):
        assert page.locator(shown).first.is_visible(), shown
    for hidden in (".stand__ways", ".contents", ".stand a.button"):
        assert page.locator(hidden).first.is_hidden(), hidden


@pytest.mark.parametrize("width", [390, 768, 1280, 1920])
@pytest.mark.parametrize("number", [1, 30])
def test_a_stand_fills_the_screen_and_does_not_move(width: int, number: int, places: dict[str, Place], visit: Visit) -> None:
    context = visit(width)
    context.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => { for (const each of list.getEntries()) window.moved += each.value; })"
        ".observe({type: 'layout-shift', buffered: true});"
    )
    page, _ = watched(context, places["path"])
    page.goto(places["path"].url(f"exhibitions/shifan-xiangmu-2023/{number:02d}/"))
    until(page, "document.readyState === 'complete'")
    page.wait_for_timeout(200)
    view, label = page.locator(".stand__view").bounding_box(), page.locator("h1").bounding_box()
    assert view and label
    assert view["x"] == 0 and view["width"] >= (width if width < 1000 else width * 0.6)
    assert label["y"] + label["height"] < 844, "the name is seen with the picture"
    assert page.evaluate("window.moved") <= 0.02
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 768, 832, 1280, 1920])
def test_a_poster_is_what_is_seen_first_at_every_width(width: int, places: dict[str, Place], visit: Visit) -> None:
    page, faults = watched(visit(width), places["path"])
    page.goto(places["path"].url("exhibitions/shifan-xiangmu-2023/"))
    poster, title = page.locator(".title-wall.visual img").bounding_box(), page.locator("h1").bounding_box()
    assert poster and title
    assert poster["x"] == 0 and poster["width"] == width and poster["height"] >= width * 0.25
    assert poster["y"] + poster["height"] <= title["y"] < 844, "the title is seen with it, and not on it"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(places["path"].url("exhibitions/"))
    for show in page.locator(".show--pictured").all():
        whole, picture, text = (each.bounding_box() for each in (show, show.locator("img"), show.locator(".show__text")))
        assert whole and picture and text
        assert picture["width"] >= whole["width"] * (0.55 if width >= 832 else 0.98)
        assert picture["width"] / picture["height"] == pytest.approx(16 / 9, abs=0.05)
        apart = min(abs(picture["x"] + picture["width"] - text["x"]), abs(text["x"] + text["width"] - picture["x"]))
        assert (apart if width >= 832 else abs(picture["y"] + picture["height"] - text["y"])) <= 2, "the text stands next to it"
    assert faults == []


@pytest.mark.parametrize(("width", "is_beside"), [(390, False), (768, False), (1280, True), (1920, True)])
def test_a_hall_has_its_picture_at_its_title_and_panels_at_what_follows_them(width: int, is_beside: bool, places: dict[str, Place], visit: Visit) -> None:
    page, faults = watched(visit(width), places["path"])
    page.goto(places["path"].url("exhibitions/shifan-xiangmu-2023/"))
    halls = page.locator("section.hall")
    expect(halls).to_have_count(6)
    for hall in halls.all():
        picture, title = hall.locator(".hall__head img").bounding_box(), hall.locator("h2").bounding_box()
        group = hall.locator(".hall__group--panel").first
        panel, hung = group.locator(".hall__panel").bounding_box(), group.locator(".hung").bounding_box()
        assert picture and title and panel and hung
        assert picture["x"] + picture["width"] == width
        if is_beside:
            assert title["x"] + title["width"] <= picture["x"] and picture["y"] <= title["y"] < picture["y"] + picture["height"]
            assert panel["x"] + panel["width"] <= hung["x"] and panel["y"] == hung["y"]
        else:
            assert picture["y"] + picture["height"] <= title["y"]
            assert panel["y"] + panel["height"] <= hung["y"]
    assert faults == []


def test_sample_content_says_so_once_where_all_of_it_is(places: dict[str, Place], visit: Visit) -> None:
    page, _ = watched(visit(), places["path"])
    for address in ("", "01/", "30/", "tour/", "closing/"):
        page.goto(places["path"].url(f"exhibitions/shifan-xiangmu-2023/{address}"))
        assert page.locator("main").inner_text().count("示例内容") == 1, address
