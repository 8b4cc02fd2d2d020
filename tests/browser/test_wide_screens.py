"""On the screens of offices nothing is bound to the left of a half-empty page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.helpers.browsing import PAGES, Place

pytestmark = pytest.mark.browser

SCREENS = ((1280, 800), (1920, 1080))
MORE = {
    "brand with much": "brands/yichuang-tongxin/",
    "brand with little": "brands/qingchun-hehuoren/",
    "project with little": "projects/yinfa-guwen/",
    "exhibitions": "exhibitions/",
    "small exhibition": "exhibitions/pinpai-xunzhan-2022/",
    "units": "units/",
    "releases": "releases/",
    "reports": "reports/",
    "figures of the season": "reports/season/",
    "video": "videos/yi-tiao-he-zai-bian-qing/",
    "years": "years/",
    "facet": "brands/by/system/",
    "feeds": "feeds/",
    "outline": "pioneers/about/",
    "wrong address": "404.html",
}

REACH = 0.6  # of the room that a page gives to what it holds: the rest of it must not be bare
OFF = 0.06  # of the width of the screen: how far the middle of all that is shown may be from its own

# What can be seen: lines of text, pictures, and boxes, rows and tables that have lines of their own; each [left, top, right, bottom] in
# the window, with whether it stays where it is while the page is scrolled.
SEEN = """() => {
  const main = document.querySelector("main"), found = [], range = document.createRange();
  const add = (node, box, frame) => {
    const left = Math.max(box.left, frame ? frame.left : 0), right = Math.min(box.right, frame ? frame.right : innerWidth);
    if (right - left < 2 || box.height < 2) return;
    let sticks = false;
    for (let each = node; each !== main && each; each = each.parentElement)
      sticks ||= getComputedStyle(each).position === "sticky";
    found.push([left, box.top, right, box.bottom, sticks]);
  };
  const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode());) {
    const holder = text.parentElement;
    if (!text.data.trim() || !holder.checkVisibility({visibilityProperty: true}) || holder.closest(".unseen, .skip")) continue;
    const frame = holder.closest(".scroll, .sheet-frame")?.getBoundingClientRect();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) add(holder, box, frame);
  }
  for (const each of main.querySelectorAll("img, svg, video, table, .card, .door, .show, .practice, :is(.names, .season, .results) > li, .deeds > div"))
    if (each.checkVisibility()) add(each, each.getBoundingClientRect(), each.closest(".scroll, .sheet-frame")?.getBoundingClientRect());
  return found;
}"""

# Scrolls through the page. A band is the middle of the screen, three fifths of its height; its faults are bands that are
# filled from top to bottom, but by nothing in the right part of the room between the margins.
BANDS = """async ({seen, reach}) => {
  const look = eval(seen), main = document.querySelector("main").getBoundingClientRect(), faults = [];
  const holder = document.querySelector("main .inner, .reading") ?? document.querySelector("main");
  const room = holder.getBoundingClientRect(), margin = parseFloat(getComputedStyle(holder).paddingLeft);
  const limit = room.left + margin + (room.width - 2 * margin) * reach;
  const first = main.top + scrollY - innerHeight * .2, last = main.bottom + scrollY - innerHeight * .8;
  let bands = 0;
  for (let at = Math.max(0, first); at <= Math.max(0, last); at += 60) {
    scrollTo(0, at);
    await new Promise(done => requestAnimationFrame(done));
    const top = innerHeight * .2, bottom = innerHeight * .8;
    const all = look().filter(each => each[3] > (each[4] ? 0 : top) && each[1] < (each[4] ? innerHeight : bottom));
    const inside = all.filter(each => each[3] > top && each[1] < bottom);
    if (!inside.length) continue;
    const height = Math.min(bottom, Math.max(...inside.map(each => each[3]))) - Math.max(top, Math.min(...inside.map(each => each[1])));
    bands += 1;
    const right = Math.max(...all.map(each => each[2]));
    if (height > (bottom - top) * .85 && right < limit) faults.push([Math.round(scrollY), Math.round(right), Math.round(limit)]);
  }
  scrollTo(0, 0);
  return {bands, faults};
}"""


def _addresses() -> dict[str, str]:
    return {**PAGES, **MORE}


def _middle(page: Page) -> float:
    """Where the middle of all that is shown is, as a part of the width of the screen."""
    boxes = page.evaluate(SEEN)
    return (min(each[0] for each in boxes) + max(each[2] for each in boxes)) / 2 / page.evaluate("innerWidth")


def _bands(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(BANDS, {"seen": SEEN, "reach": REACH})
    return found


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_both_halves_of_a_wide_screen_are_used(
    width: int, height: int, places: dict[str, Place], visit: Callable[..., BrowserContext]
) -> None:
    page = visit(width, reduced_motion="reduce", bypass_csp=True).new_page()
    page.set_viewport_size({"width": width, "height": height})
    faults: dict[str, Any] = {}
    for name, address in _addresses().items():
        page.goto(places["host"].url(address))
        if abs(_middle(page) - 0.5) > OFF:
            faults[f"{name}, middle"] = round(_middle(page), 3)
        found = _bands(page)
        assert found["bands"], name
        if found["faults"]:
            faults[name] = found["faults"]
    assert faults == {}


def test_a_page_that_is_bound_to_the_left_is_found(places: dict[str, Place], visit: Callable[..., BrowserContext]) -> None:
    page = visit(1920, bypass_csp=True).new_page()
    page.goto(places["host"].url(MORE["outline"]))
    assert _bands(page)["faults"] == []
    page.add_style_tag(content=".reading { display: block !important; } .reading__outline { display: none !important; }")
    assert _bands(page)["faults"]
    page.add_style_tag(content=".reading { margin: 0 !important; max-width: 44em !important; }")
    assert _middle(page) < 0.5 - OFF
