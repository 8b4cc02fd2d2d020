"""No title breaks inside a word, and none runs out of its place, at any width and size of type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from tests.helpers.browsing import PAGES, Place

pytestmark = pytest.mark.browser

WIDTHS = (320, 390, 768, 1280)
MORE = {"exhibitions": "exhibitions/", "small exhibition": "exhibitions/pinpai-xunzhan-2022/", "releases": "releases/"}
KEPT: dict[str, dict[str, str]] = {"standard": {}, "large edition": {"edition": "large"}, "largest size": {"size": "30"}}

# Words that look otherwise than their title or are no part of its line, words that stand on several lines though a line has
# room for them, titles that are wider than their place, and lines that begin with what ends a word or a sentence.
FAULTS = """() => {
  const lines = node => {
    const range = document.createRange(), found = [];
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    for (let text; (text = texts.nextNode());)
      for (let at = 0; at < text.length; at++) {
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        const box = range.getBoundingClientRect(), last = found.at(-1);
        if (!box.width) continue;
        if (last && Math.abs(last.top - box.top) < box.height / 2) { last.text += text.data[at]; last.wide += box.width; }
        else found.push({text: text.data[at], top: box.top, wide: box.width});
      }
    return found;
  };
  const room = node => {
    let block = node.parentElement;
    while (getComputedStyle(block).display === "inline") block = block.parentElement;
    const style = getComputedStyle(block);
    return block.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  };
  const faults = [];
  let words = 0;
  for (const term of document.querySelectorAll("main .term, main .dotted")) {
    if (!term.checkVisibility()) continue;
    words += 1;
    const found = lines(term), wide = found.reduce((sum, each) => sum + each.wide, 0);
    const [own, whole] = [term, term.parentElement].map(each => getComputedStyle(each));
    if (own.display !== "inline" || ["fontSize", "fontWeight", "color"].some(each => own[each] !== whole[each]))
      faults.push(["otherwise", term.textContent]);
    if (found.length > 1 && wide < room(term) - 1) faults.push(["broken", found.map(each => each.text), room(term)]);
  }
  for (const title of document.querySelectorAll("main :is(h1, h2, h3, h4, .card__name, .door__label, .show__theme)")) {
    if (!title.checkVisibility() || title.closest(".unseen") || title.matches(".unseen")) continue;
    if (title.scrollWidth > title.clientWidth + 1 && getComputedStyle(title).display !== "inline") faults.push(["wide", title.textContent]);
    const starts = lines(title).slice(1).filter(each => /^[，。、；：！？）》」』”’·•…%]/.test(each.text));
    if (starts.length) faults.push(["begins", starts.map(each => each.text)]);
  }
  return {words, faults};
}"""


@pytest.mark.parametrize("edition", KEPT)
def test_no_title_breaks_inside_a_word(
    edition: str, places: dict[str, Place], visit: Callable[..., BrowserContext]
) -> None:
    context = visit(WIDTHS[0])
    for name, value in KEPT[edition].items():
        context.add_init_script(f"localStorage.setItem('exhibit.{name}', '{value}')")
    page = context.new_page()
    words, faults = 0, {}
    for address in (*PAGES.values(), *MORE.values()):
        page.goto(places["host"].url(address))
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844})
            found: dict[str, Any] = page.evaluate(FAULTS)
            words += found["words"]
            if found["faults"]:
                faults[address, width] = found["faults"]
    assert words > 400
    assert faults == {}
