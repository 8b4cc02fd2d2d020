"""The viewer of pictures in a real browser: by keyboard, by finger, without scripts, without a server."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.audit.contrast import CONTRAST, FAINT_TEXT
from tests.helpers.browsing import PLACES, TOUCH, WIDTHS, Place, until, watched

pytestmark = pytest.mark.browser

BRAND = "brands/yinling-denghuo/"  # three pictures in its gallery, one in its story
ABOUT = "about/"  # no picture to enlarge


def _opened(page: Page, link: Locator) -> Locator:
    """Open the viewer at ``link`` by keyboard and return it."""
    link.focus()
    page.keyboard.press("Enter")
    viewer = page.locator("dialog.viewer")
    expect(viewer).to_be_visible()
    return viewer


@pytest.mark.parametrize("where", PLACES)
def test_the_viewer_works_by_keyboard_and_returns_the_focus(
    where: str,
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page, faults = watched(visit(), places[where])
    page.goto(places[where].url(BRAND))
    links = page.locator(".gallery a")
    links.nth(1).focus()
    before = page.evaluate("scrollY")
    viewer = _opened(page, links.nth(1))
    count, picture = viewer.locator(".viewer__count"), viewer.locator("img")
    expect(count).to_have_text("2 / 3")
    for key, number in (
        ("ArrowRight", 3),
        ("ArrowRight", 3),
        ("ArrowLeft", 2),
        ("Home", 1),
        ("ArrowLeft", 1),
        ("End", 3),
    ):
        page.keyboard.press(key)
        expect(count).to_have_text(f"{number} / 3")
        link = links.nth(number - 1)
        assert picture.evaluate("each => each.src") == link.evaluate("each => each.href")
        expect(picture).to_have_attribute("alt", link.locator("img").get_attribute("alt") or "")
    expect(viewer.get_by_role("button", name="下一张")).to_have_attribute("aria-disabled", "true")
    expect(viewer.get_by_role("button", name="上一张")).to_have_attribute("aria-disabled", "false")
    until(page, "document.querySelector('.viewer img').naturalWidth > 0")
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(links.nth(1)).to_be_focused()
    assert page.evaluate("scrollY") == before
    assert faults == []


@pytest.mark.audit
def test_the_viewer_says_what_stands_below_the_picture(
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page, faults = watched(visit(), places["host"])
    page.goto(places["host"].url(BRAND))
    page.locator(".gallery figcaption").first.evaluate(
        "each => { const label = document.createElement('span'); label.textContent = '人工智能生成'; each.append(label); }"
    )
    below = page.locator(".gallery figcaption").first.locator("span").all_inner_texts()
    viewer = _opened(page, page.locator(".gallery a").first)
    assert len(below) >= 3
    assert viewer.locator("figcaption span").all_inner_texts() == below
    expect(viewer.locator("[aria-live]")).to_contain_text("第 1 张，共 3 张。")
    expect(viewer).to_have_attribute("aria-label", "大图")
    assert faults == []


@pytest.mark.audit
def test_a_picture_of_a_story_opens_alone(
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page, faults = watched(visit(), places["host"])
    page.goto(places["host"].url(BRAND))
    viewer = _opened(page, page.locator("a.story-picture"))
    for part in (".viewer__count", ".viewer__previous", ".viewer__next"):
        expect(viewer.locator(part)).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(viewer.locator("img")).to_be_visible()
    viewer.get_by_role("button", name="关闭大图").click()
    expect(page.locator("a.story-picture")).to_be_focused()
    assert faults == []


def test_nothing_behind_the_viewer_can_be_reached(
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page, faults = watched(visit(), places["host"])
    page.goto(places["host"].url(BRAND))
    _opened(page, page.locator(".gallery a").first)
    for key in ("Tab",) * 6 + ("Shift+Tab",) * 6:
        page.keyboard.press(key)
        assert page.evaluate("!document.activeElement.closest('main, header, footer')")
    before = page.evaluate("scrollY")
    page.mouse.wheel(0, 900)
    page.wait_for_timeout(200)
    assert page.evaluate("scrollY") == before
    assert faults == []


def _swipe(page: Page, steps: list[tuple[int, int]], fingers: int = 1) -> None:
    session = page.context.new_cdp_session(page)

    def send(kind: str, at: tuple[int, int] | None) -> None:
        points = [{"x": at[0] + 60 * each, "y": at[1]} for each in range(fingers)] if at else []
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    send("touchStart", steps[0])
    for each in steps[1:]:
        send("touchMove", each)
    send("touchEnd", None)


@pytest.mark.audit
def test_the_viewer_works_by_finger(
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page, faults = watched(visit(390, has_touch=True), places["host"])
    page.goto(places["host"].url(BRAND))
    link = page.locator(".gallery a").first
    link.scroll_into_view_if_needed()
    link.tap()
    page.get_by_role("button", name="关闭大图").tap()
    expect(page.locator("dialog.viewer")).to_be_hidden()
    link.tap()
    count = page.locator(".viewer__count")
    expect(count).to_have_text("1 / 3")
    for name, text in (("下一张", "2 / 3"), ("上一张", "1 / 3")):
        page.get_by_role("button", name=name).tap()
        expect(count).to_have_text(text)
    _swipe(page, [(300, 400), (200, 402), (120, 404)])
    expect(count).to_have_text("2 / 3")
    _swipe(page, [(120, 400), (200, 402), (300, 404)])
    expect(count).to_have_text("1 / 3")
    for steps in ([(300, 400), (290, 500), (280, 600)], [(300, 400), (280, 400)]):
        _swipe(page, steps)
        expect(count).to_have_text("1 / 3")
    for each in page.locator(".viewer button").all():
        box = each.bounding_box()
        assert box and min(box["width"], box["height"]) >= TOUCH
    assert faults == []


@pytest.mark.audit
def test_two_fingers_are_left_to_the_browser(
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page = visit(390, has_touch=True).new_page()
    page.goto(places["host"].url(BRAND))
    _opened(page, page.locator(".gallery a").first)
    _swipe(page, [(250, 400), (150, 402), (60, 404)], fingers=2)
    expect(page.locator(".viewer__count")).to_have_text("1 / 3")


@pytest.mark.parametrize("where", ["host", "folder"])
def test_without_scripts_the_link_opens_the_large_picture(
    where: str,
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page, faults = watched(visit(java_script_enabled=False), places[where])
    for link in (".gallery a", "a.story-picture"):
        page.goto(places[where].url(BRAND))
        target = page.locator(link).first.get_attribute("href") or ""
        page.locator(link).first.click()
        page.wait_for_url(f"**/{target.rpartition('/')[2]}")
    assert faults == []


@pytest.mark.audit
def test_a_held_key_opens_the_picture_itself(
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    context = visit()
    page = context.new_page()
    page.goto(places["host"].url(BRAND))
    with context.expect_page():
        page.locator(".gallery a").first.click(modifiers=["ControlOrMeta"])
    expect(page.locator("dialog.viewer")).to_have_count(0)


@pytest.mark.audit
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_fits_and_the_text_can_be_read(
    scheme: str,
    width: int,
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page, faults = watched(visit(width, color_scheme=scheme, reduced_motion="reduce"), places["folder"])
    page.goto(places["folder"].url(BRAND))
    viewer = _opened(page, page.locator(".gallery a").first)
    until(page, "document.querySelector('.viewer img').naturalWidth > 0")
    assert viewer.evaluate("each => getComputedStyle(each).animationName") == "none"
    box, shown = viewer.bounding_box(), viewer.locator("img").bounding_box()
    assert box and shown and box["height"] == 844
    assert box["x"] <= shown["x"] and shown["x"] + shown["width"] <= box["x"] + box["width"]
    assert shown["width"] / shown["height"] == pytest.approx(1.6, abs=0.02)
    assert page.evaluate("[document.documentElement.scrollWidth <= innerWidth]") == [True]
    found = page.evaluate(FAINT_TEXT, CONTRAST)
    assert found["faults"] == []
    assert faults == []


@pytest.mark.audit
def test_the_viewer_shows_its_buttons_in_forced_colours(
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page = visit(forced_colors="active").new_page()
    page.goto(places["host"].url(BRAND))
    viewer = _opened(page, page.locator(".gallery a").first)
    for each in viewer.locator("button").all():
        style = each.evaluate("each => [getComputedStyle(each).borderTopColor, getComputedStyle(each).borderTopStyle]")
        assert style[1] == "solid" and style[0] != "rgba(0, 0, 0, 0)"


def test_only_pages_with_pictures_load_the_viewer(
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page = visit().new_page()
    for address, count in ((BRAND, 1), (ABOUT, 0), ("", 0), ("brands/", 0)):
        page.goto(places["host"].url(address))
        expect(page.locator("script[src*='/viewer.']")).to_have_count(count)


# -- larger ------------------------------------------------------------------------------------------------------------

ENLARGED = "document.querySelector('.viewer img').getBoundingClientRect().width / document.querySelector('.viewer img').offsetWidth"


def _enlarged(page: Page) -> float:
    """How many times as large as it fits the picture is, once it has come."""
    until(page, "document.querySelector('.viewer img').offsetWidth > 0")
    times: float = page.evaluate(ENLARGED)
    return times


def _shown(page: Page) -> dict[str, float]:
    box: dict[str, float] = page.evaluate("document.querySelector('.viewer img').getBoundingClientRect().toJSON()")
    return box


def _covers(page: Page) -> bool:
    """Whether the enlarged picture leaves nothing of the stage bare that it could fill."""
    within: bool = page.evaluate(
        """() => {
          const image = document.querySelector('.viewer img').getBoundingClientRect();
          const stage = document.querySelector('.viewer__stage').getBoundingClientRect();
          const across = image.width <= stage.width + 1 || (image.left <= stage.left + 1 && image.right >= stage.right - 1);
          return across && (image.height <= stage.height + 1 || image.top <= stage.bottom && image.bottom >= stage.top);
        }"""
    )
    return within


@pytest.mark.parametrize("where", ["host", "folder"])
def test_a_picture_is_made_larger_by_key_and_moved_by_arrows(
    where: str,
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page, faults = watched(visit(reduced_motion="reduce"), places[where])
    page.goto(places[where].url(BRAND))
    viewer = _opened(page, page.locator(".gallery a").first)
    until(page, "document.querySelector('.viewer img').naturalWidth > 0")
    assert viewer.locator("img").evaluate("each => getComputedStyle(each).transitionDuration") == "0s"
    for _ in range(6):
        page.keyboard.press("+")
    assert _enlarged(page) == pytest.approx(4)
    expect(viewer.get_by_role("button", name="放大")).to_have_attribute("aria-disabled", "true")
    expect(viewer.locator("[aria-live]")).to_have_text("放大到 400%。")
    before = _shown(page)
    page.keyboard.press("ArrowRight")
    assert _shown(page)["x"] < before["x"], "what is to the right comes into sight"
    expect(viewer.locator(".viewer__count")).to_have_text("1 / 3")
    for key in ("ArrowLeft",) * 60 + ("ArrowUp",) * 60:
        page.keyboard.press(key)
    assert _covers(page)
    page.keyboard.press("-")
    assert _enlarged(page) == pytest.approx(4 / 1.5)
    page.keyboard.press("0")
    assert _enlarged(page) == pytest.approx(1)
    page.keyboard.press("ArrowRight")
    expect(viewer.locator(".viewer__count")).to_have_text("2 / 3")
    viewer.get_by_role("button", name="放大").click()
    assert _enlarged(page) == pytest.approx(1.5)
    viewer.get_by_role("button", name="下一张").click()
    assert _enlarged(page) == pytest.approx(1), "the next picture is seen whole"
    assert faults == []


def test_the_wheel_makes_larger_what_is_below_the_pointer(
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page, faults = watched(visit(), places["host"])
    page.goto(places["host"].url(BRAND))
    _opened(page, page.locator(".gallery a").first)
    until(page, "document.querySelector('.viewer img').naturalWidth > 0")
    box = _shown(page)
    at = box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.4
    page.mouse.move(*at)
    page.mouse.wheel(0, -400)
    until(page, f"{ENLARGED} > 1.5")
    larger = _shown(page)
    assert (at[0] - larger["x"]) / larger["width"] == pytest.approx(0.3, abs=0.02)
    page.mouse.down()
    page.mouse.move(at[0] + 40, at[1])
    page.mouse.up()
    assert _shown(page)["x"] == pytest.approx(larger["x"] + 40, abs=1)
    page.mouse.wheel(0, 4000)
    until(page, f"{ENLARGED} < 1.01")
    assert faults == []


@pytest.mark.audit
def test_two_fingers_make_the_picture_larger_and_no_swipe_leaves_it_then(
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page, faults = watched(visit(390, has_touch=True), places["host"])
    page.goto(places["host"].url(BRAND))
    _opened(page, page.locator(".gallery a").first)
    until(page, "document.querySelector('.viewer img').naturalWidth > 0")
    box = _shown(page)
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = page.context.new_cdp_session(page)
    for kind, wide in (("touchStart", 30), ("touchMove", 50), ("touchMove", 70), ("touchMove", 90), ("touchEnd", None)):
        points = [{"x": middle[0] + each * wide, "y": middle[1], "id": each + 1} for each in (-1, 1)] if wide else []
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert _enlarged(page) == pytest.approx(3, abs=0.1)
    assert page.evaluate("visualViewport.scale") == 1
    x, y = int(middle[0]), int(middle[1])
    _swipe(page, [(x + 90, y), (x, y), (x - 90, y)])
    expect(page.locator(".viewer__count")).to_have_text("1 / 3")
    assert _enlarged(page) == pytest.approx(3, abs=0.1)
    assert faults == []
