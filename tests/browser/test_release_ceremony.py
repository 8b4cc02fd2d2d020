"""The ceremony in a real browser, opened from a folder: keys, pause, reload, fingers, and without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.helpers.browsing import until

pytestmark = pytest.mark.browser

LAST = 12  # an opening, ten brands, and all of them together


@pytest.fixture(scope="module")
def ceremony(city_folder: Path) -> str:
    """The address of the sample release's ceremony in a folder that is opened without any server."""
    return (city_folder / "releases/2023/ceremony/index.html").as_uri()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A visitor who sees a hall's screen."""
    context = chromium.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    context.set_default_timeout(30_000)
    yield context
    context.close()


def _open(context: BrowserContext, address: str) -> tuple[Page, list[str]]:
    page, faults = context.new_page(), []
    page.on("console", lambda each: faults.append(each.text) if each.type in {"error", "warning"} else None)
    page.on("pageerror", lambda each: faults.append(str(each)))
    page.goto(address)
    return page, faults


def _is_at(page: Page, number: int) -> None:
    expect(page.locator(".slide:visible")).to_have_count(1)
    expect(page.locator(f"#slide-{number}")).to_be_visible()
    expect(page).to_have_url(re.compile(rf"#slide-{number}$"))


def test_it_covers_the_screen_and_keys_lead_through_it(ceremony: str, context: BrowserContext) -> None:
    page, faults = _open(context, ceremony)
    assert page.locator(".slide").count() == LAST
    _is_at(page, 1)
    assert page.locator("#slide-1").bounding_box() == {"x": 0, "y": 0, "width": 1280, "height": 720}
    at = 1
    for key in ("ArrowRight", "ArrowDown", "Space", "PageDown", "Enter"):
        page.keyboard.press(key)
        at += 1
        _is_at(page, at)
    expect(page.locator("[data-status]")).to_have_text(re.compile("第6名"))
    for key in ("ArrowLeft", "ArrowUp", "PageUp", "Backspace"):
        page.keyboard.press(key)
        at -= 1
        _is_at(page, at)
    page.keyboard.press("End")
    _is_at(page, LAST)
    page.keyboard.press("ArrowRight")
    _is_at(page, LAST)
    page.keyboard.press("Home")
    _is_at(page, 1)
    page.keyboard.press("ArrowLeft")
    _is_at(page, 1)
    assert faults == []


@pytest.mark.audit
def test_from_tenth_to_first_and_then_all(ceremony: str, context: BrowserContext) -> None:
    page, _ = _open(context, ceremony)
    seen = []
    for _ in range(LAST):
        seen.append(page.locator(".slide:visible .slide__rank").all_inner_texts())
        page.keyboard.press("PageDown")
    assert seen == [[], *([f"第{rank}名"] for rank in range(10, 0, -1)), []]
    assert page.locator(".slide:visible li").count() == 10


@pytest.mark.audit
@pytest.mark.parametrize("key", ["p", "."])
def test_a_pause_hides_the_slide_and_the_next_press_only_brings_it_back(
    key: str, ceremony: str, context: BrowserContext
) -> None:
    page, _ = _open(context, f"{ceremony}#slide-4")
    page.keyboard.press(key)
    expect(page.locator("[data-pause]")).to_be_visible()
    expect(page.locator("[data-pause]")).to_have_text("机关党建品牌展")
    name = page.locator("#slide-4 h2").bounding_box()
    assert name
    on_top = page.evaluate(
        "([x, y]) => !!document.elementFromPoint(x, y).closest('[data-pause]')", [name["x"] + 5, name["y"] + 5]
    )
    assert on_top
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-pause]")).to_be_hidden()
    _is_at(page, 4)
    page.keyboard.press(key)
    page.keyboard.press(key)
    expect(page.locator("[data-pause]")).to_be_hidden()


@pytest.mark.audit
def test_a_reload_comes_back_to_the_slide_even_without_its_number(ceremony: str, context: BrowserContext) -> None:
    page, _ = _open(context, ceremony)
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    page.reload()
    _is_at(page, 7)
    page.goto("about:blank")
    page.goto(ceremony)
    _is_at(page, 7)


@pytest.mark.audit
def test_a_number_that_is_none_leads_to_a_slide_that_is_there(ceremony: str, context: BrowserContext) -> None:
    for fragment, number in (("#slide-99", LAST), ("#slide-0", 1), ("#nonsense", 1)):
        page, faults = _open(context, "about:blank")
        page.goto(ceremony + fragment)
        page.evaluate("sessionStorage.clear()")
        _is_at(page, number)
        assert faults == []


@pytest.mark.audit
def test_it_can_fill_the_screen_and_be_left(ceremony: str, context: BrowserContext) -> None:
    page, _ = _open(context, ceremony)
    page.keyboard.press("f")
    until(page, "document.fullscreenElement !== null")
    page.keyboard.press("f")
    until(page, "document.fullscreenElement === null")
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(r"/releases/2023/index\.html$"))
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.audit
def test_the_right_side_goes_on_the_left_side_back_and_buttons_are_large(chromium: Browser, ceremony: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page, _ = _open(context, ceremony)
    page.touchscreen.tap(350, 300)
    _is_at(page, 2)
    page.touchscreen.tap(350, 300)
    _is_at(page, 3)
    page.touchscreen.tap(30, 300)
    _is_at(page, 2)
    boxes = [each.bounding_box() for each in page.locator("[data-controls] button").all()]
    assert len(boxes) == 5
    assert all(box and box["width"] >= 44 and box["height"] >= 44 for box in boxes)
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
    context.close()


def test_buttons_work_by_keyboard_and_nothing_behind_can_be_reached(ceremony: str, context: BrowserContext) -> None:
    page, _ = _open(context, ceremony)
    page.keyboard.press("Tab")
    expect(page.locator("[data-do=back]")).to_be_focused()
    assert page.locator("[data-controls]").evaluate("each => getComputedStyle(each).opacity") == "1"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    _is_at(page, 2)
    page.keyboard.press("Space")
    _is_at(page, 3)
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate("!document.activeElement.closest('.masthead, .footer')")


@pytest.mark.audit
def test_a_name_can_be_read_from_the_back_of_the_hall(ceremony: str, context: BrowserContext) -> None:
    page, _ = _open(context, f"{ceremony}#slide-2")
    for number in range(2, LAST):
        size = page.locator(f"#slide-{number} h2").evaluate("each => parseFloat(getComputedStyle(each).fontSize)")
        assert size >= 0.09 * 1280
        page.keyboard.press("ArrowRight")


@pytest.mark.audit
def test_no_slide_is_cut_off_on_a_projector_or_a_phone(chromium: Browser, ceremony: str) -> None:
    for width, height in ((1024, 768), (1920, 1080), (390, 844), (844, 390)):
        context = chromium.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
        page, _ = _open(context, ceremony)
        for number in range(1, LAST + 1):
            _is_at(page, number)
            wide = page.evaluate("[document.querySelector('.ceremony').scrollWidth, innerWidth]")
            assert wide[0] <= wide[1], (width, number)
            if height >= 700:
                tall = page.evaluate("[document.querySelector('.ceremony').scrollHeight, innerHeight]")
                assert tall[0] <= tall[1], (width, number)
            page.keyboard.press("ArrowRight")
        context.close()


def test_without_scripts_all_slides_stand_below_each_other(chromium: Browser, ceremony: str) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 720}, java_script_enabled=False)
    page, _ = _open(context, ceremony)
    boxes = [each.bounding_box() for each in page.locator(".slide").all()]
    assert len(boxes) == LAST
    assert all(box and box["height"] >= 720 for box in boxes)
    tops = [box["y"] for box in boxes if box]
    assert tops == sorted(set(tops))
    expect(page.locator("[data-controls]")).to_be_hidden()
    expect(page.locator("[data-pause]")).to_be_hidden()
    expect(page.locator(".masthead")).to_be_visible()
    context.close()
