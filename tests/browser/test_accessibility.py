"""The site for everyone, in a real browser: settings that stay, the large-type edition, high contrast, keyboard, zoom,
reading aloud, and what is left without scripts."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.audit.contrast import FAINT_TEXT
from tests.helpers.browsing import BRAND, PAGES, PLACES, TOUCH, Place, watched

pytestmark = pytest.mark.browser

Places = dict[str, Place]
Visit = Callable[..., BrowserContext]

CEREMONY = "releases/2023/ceremony/"
MORE_PAGES = ["units/", "submit/", "brands/by/category/", "reports/", "releases/", "exhibitions/", "years/", "404.html"]

ALL_PAGES = [*PAGES.values(), *MORE_PAGES, CEREMONY]
WIDTHS = (320, 390, 768, 1280)
LARGE_TARGET = 60
LEAST_TYPE, MOST_TYPE = 18, 30
ENHANCED = 7
OWN_SCRIPT = 6_500  # bytes of the script of every page, gzip

# setting → the control that is used, and the value that <html> carries then
CHOICES = {
    "size": ("input[name=size][value='26']", "26"),
    "scheme": ("input[name=scheme][value=dark]", "dark"),
    "contrast": ("input[data-set=contrast]", "high"),
    "pointer": ("input[data-set=pointer]", "big"),
    "edition": ("[data-edition-switch]", "large"),
}

AT_BODY = """new MutationObserver((_, observer) => {
  if (!document.body) return;
  observer.disconnect();
  window.atBody = {...document.documentElement.dataset};
}).observe(document, {childList: true, subtree: true});
window.shift = 0;
new PerformanceObserver(list => list.getEntries().forEach(each => { if (!each.hadRecentInput) window.shift += each.value; }))
  .observe({type: "layout-shift", buffered: true});"""

# What reaches beyond the right edge, and text that is cut off. What scrolls in a frame of its own may be wider; what is
# there for screen readers only is one pixel wide.
OVERFLOW = """() => {
  const faults = [];
  const scrolls = each => /auto|scroll/.test(getComputedStyle(each).overflowX);
  const name = each => `${each.tagName}.${each.className.baseVal ?? each.className}: ${each.textContent.trim().slice(0, 20)}`;
  if (document.documentElement.scrollWidth > innerWidth) faults.push(`page ${document.documentElement.scrollWidth}`);
  for (const each of document.body.querySelectorAll("*")) {
    if (!each.checkVisibility({checkVisibilityCSS: true}) || each.closest(".skips, .unseen, [inert]")) continue;
    const box = each.getBoundingClientRect(), style = getComputedStyle(each);
    if (box.width <= 1 || box.height <= 1) continue;
    let framed = false;
    for (let up = each.parentElement; up && up !== document.body; up = up.parentElement)
      framed ||= scrolls(up) || getComputedStyle(up).position === "fixed" || up.getBoundingClientRect().width <= 1;
    if (!framed && box.right > innerWidth + 1) faults.push(`beyond ${Math.round(box.right)} ${name(each)}`);
    const isExcerpt = !["none", ""].includes(style.webkitLineClamp);  // an ellipsis, and the whole text one click away
    const cuts = !isExcerpt && /hidden|clip/.test(style.overflowX + style.overflowY) && each.textContent.trim() && each.tagName !== "HTML";
    if (cuts && !each.closest("svg") && (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 3))
      faults.push(`cut off ${name(each)}`);
  }
  return faults;
}"""

# Everything that a finger or a pointer has to hit, unless it is a link inside a sentence (WCAG 2.5.8, inline).
SMALL_TARGETS = """least => {
  const faults = [];
  let seen = 0;
  for (const each of document.querySelectorAll("a[href], button, summary, input, select, textarea, label.choice")) {
    if (!each.checkVisibility({checkVisibilityCSS: true}) || each.closest(".skips, [inert]")) continue;
    const sentence = [...each.parentElement.childNodes]
      .some(near => near !== each && near.nodeType === 3 && /[\\p{L}\\p{N}]/u.test(near.data));
    const isInSentence = each.tagName === "A" && sentence && each.closest("p, li, dd, td, figcaption, blockquote");
    if (isInSentence || each.closest(".footnote-ref, .footnotes")) continue;
    const box = each.getBoundingClientRect();
    seen += 1;
    if (Math.round(box.height) < least || Math.round(box.width) < Math.min(least, 44))
      faults.push(`${Math.round(box.width)}x${Math.round(box.height)} ${each.tagName}.${each.className}: ${each.textContent.trim().slice(0, 20)}`);
  }
  return {faults, seen};
}"""

TYPE = """([least, most]) => {
  const faults = [];
  let seen = 0;
  const size = parseFloat(getComputedStyle(document.body).fontSize);
  if (size < least || size > most) faults.push(`body ${size}`);
  for (const each of document.body.querySelectorAll("*")) {
    const text = [...each.childNodes].filter(node => node.nodeType === 3).map(node => node.data).join("").trim();
    if (!text || !each.checkVisibility() || each.closest("svg, script, .unseen, .skips, .slide")) continue;
    const style = getComputedStyle(each), type = parseFloat(style.fontSize), line = parseFloat(style.lineHeight) / type;
    const name = `${each.tagName}.${each.className}: ${text.slice(0, 20)}`;
    seen += 1;
    if (type < least) faults.push(`type ${type} ${name}`);
    if (!each.closest("h1, h2, h3, h4, [aria-hidden=true]") && line < 1.495) faults.push(`line ${line.toFixed(2)} ${name}`);
  }
  return {faults, seen, size};
}"""

SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""

SPEECH = """(() => {
  const store = sessionStorage;
  window.spoken = [];
  window.saying = null;
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
  const speech = {
    voices: VOICES,
    getVoices() { return this.voices; },
    speak(each) {
      window.spoken.push(each.text);
      window.saying = each;
      if (!SILENT) setTimeout(() => each.onstart && each.onstart({}), 0);
    },
    cancel() {
      store.setItem("cancelled", 1 + Number(store.getItem("cancelled")));
      const last = window.saying;
      window.saying = null;
      if (last) last.onerror({error: "canceled"});
    },
    pause() {}, resume() {},
  };
  Object.defineProperty(window, "speechSynthesis", {value: speech, configurable: true});
  window.finish = () => { const last = window.saying; window.saying = null; last.onend({}); };
})();"""
CHINESE = "[{lang: 'zh_CN', name: 'Ting', localService: true}, {lang: 'en-US', name: 'Sam', localService: true}]"


def _keep(context: BrowserContext, **values: str) -> None:
    """Let a visitor arrive who has chosen ``values`` before."""
    pairs = "".join(f"localStorage.setItem('exhibit.{name}', '{value}');" for name, value in values.items())
    context.add_init_script(f"try {{ {pairs} }} catch (refused) {{}}")


def _open_sections(page: Page) -> None:
    """Each edition has its own button for the sections."""
    page.locator("[aria-controls=site-sections]").filter(visible=True).click()


def _open_settings(page: Page) -> Locator:
    opener = page.locator("[aria-controls=site-settings]")
    if not opener.is_visible():  # in the large-type edition a phone has them behind the menu
        _open_sections(page)
    opener.focus()
    page.keyboard.press("Enter")
    panel = page.locator("#site-settings")
    expect(panel).to_be_visible()
    expect(opener).to_have_attribute("aria-expanded", "true")
    return panel


def _faults(
    page: Page,
    places: Places,
    *looked: tuple[str, Any],
    pages: list[str] = ALL_PAGES,
) -> list[str]:
    """What each script, run with its argument, finds on all ``pages``. A result may be a list of faults or hold one and
    say how much it saw."""
    faults = []
    for address in pages:
        page.goto(places["host"].url(address))
        for script, argument in looked:
            found = page.evaluate(script, argument)
            if isinstance(found, dict):
                assert found["seen"] > 5, address
                found = found["faults"]
            faults += [f"/{address} {each}" for each in found]
    return faults


# -- settings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", PLACES)
def test_every_setting_stays_from_page_to_page_and_can_be_taken_back(
    where: str,
    places: Places,
    visit: Visit,
) -> None:
    place = places[where]
    context = visit(390, color_scheme="light")
    context.add_init_script(AT_BODY)
    page, faults = watched(context, place)
    page.goto(place.url(""))
    assert page.evaluate("window.atBody") == {}
    _open_settings(page)
    root = page.locator("html")
    for name, (control, value) in CHOICES.items():
        page.locator(control).focus()
        page.keyboard.press("Enter" if name == "edition" else "Space")
        expect(root).to_have_attribute(f"data-{name}", value)
    wanted = {name: value for name, (_, value) in CHOICES.items()}
    for address in ("about/", BRAND, CEREMONY, "reports/coverage/", "404.html"):
        page.goto(place.url(address))
        assert page.evaluate("window.atBody") == wanted, address  # before anything is painted
        assert page.evaluate("getComputedStyle(document.body).fontSize") == "26px"
    page.goto(place.url("brands/"))
    panel = _open_settings(page)
    for control, _ in CHOICES.values():
        if "input" in control:
            expect(page.locator(control)).to_be_checked()
    panel.get_by_role("button", name="恢复默认").click()
    page.goto(place.url(BRAND))
    assert page.evaluate("window.atBody") == {}
    kept = page.evaluate("Object.keys(localStorage)")
    assert [each for each in kept if not each.startswith("exhibit.walk.")] == [], "what was seen is no setting"
    assert faults == []


def test_the_edition_has_a_button_of_its_own_and_its_own_size(
    places: Places,
    visit: Visit,
) -> None:
    page, faults = watched(visit(390), places["host"])
    page.goto(places["host"].url(BRAND))
    size = "parseFloat(getComputedStyle(document.body).fontSize)"
    assert page.evaluate(size) == 17
    page.get_by_role("button", name="长辈版", exact=True).click()
    assert page.evaluate(size) == 22
    back = page.get_by_role("button", name="标准版", exact=True)
    expect(back).to_be_focused()
    _open_settings(page)
    expect(page.locator(".choice--small").first).to_be_hidden()
    page.locator("input[value='30']").check()
    assert page.evaluate(size) == 30
    back.click()
    assert page.evaluate(size) == 17
    assert faults == []


@pytest.mark.audit
def test_another_tab_follows_and_so_does_the_page_one_goes_back_to(
    places: Places,
    visit: Visit,
) -> None:
    context = visit()
    one, other = context.new_page(), context.new_page()
    one.goto(places["host"].url(""))
    other.goto(places["host"].url("brands/"))
    other.goto(places["host"].url("about/"))
    one.locator("[data-edition-switch]").click()
    expect(other.locator("html")).to_have_attribute("data-edition", "large")
    other.go_back()
    expect(other.locator("html")).to_have_attribute("data-edition", "large")


@pytest.mark.audit
@pytest.mark.parametrize("value", ["<b>", "17px;}", "31", ""])
def test_a_kept_value_that_nobody_can_choose_is_not_used(
    value: str,
    places: Places,
    visit: Visit,
) -> None:
    context = visit()
    _keep(context, **dict.fromkeys(CHOICES, value))
    page, faults = watched(context, places["host"])
    page.goto(places["host"].url(""))
    assert page.evaluate("({...document.documentElement.dataset})") == {}
    assert faults == []


@pytest.mark.audit
def test_a_browser_that_keeps_nothing_still_lets_one_choose(
    places: Places,
    visit: Visit,
) -> None:
    context = visit()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    page, faults = watched(context, places["host"])
    page.goto(places["host"].url(""))
    page.locator("[data-edition-switch]").click()
    expect(page.locator("html")).to_have_attribute("data-edition", "large")
    assert faults == []


@pytest.mark.audit
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("edition", ["", "large"])
def test_the_header_does_not_move_what_is_below_it_while_a_page_opens(
    edition: str,
    width: int,
    places: Places,
    visit: Visit,
) -> None:
    context = visit(width)
    _keep(context, edition=edition)
    context.add_init_script(AT_BODY)
    page = context.new_page()
    for address in ("", BRAND, "about/"):
        page.goto(places["host"].url(address))
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.shift") <= 0.02, address


@pytest.mark.parametrize("where", PLACES)
def test_the_panel_is_a_disclosure_that_escape_closes(
    where: str,
    places: Places,
    visit: Visit,
) -> None:
    page, faults = watched(visit(390), places[where])
    page.goto(places[where].url("about/"))
    opener, panel = page.locator("[aria-controls=site-settings]"), page.locator("#site-settings")
    expect(panel).to_be_hidden()
    for leave in (
        lambda: page.keyboard.press("Escape"),
        lambda: panel.get_by_role("button", name="收起").press("Enter"),
    ):
        before = page.locator("main").bounding_box()
        _open_settings(page)
        after = page.locator("main").bounding_box()
        assert before and after and after["y"] > before["y"] + 100  # it moves the page and covers nothing
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('#site-settings') !== null")
        leave()
        expect(panel).to_be_hidden()
        expect(opener).to_be_focused()
        expect(opener).to_have_attribute("aria-expanded", "false")
    assert faults == []


# -- the large-type edition ------------------------------------------------------------------------------------------


@pytest.mark.audit
@pytest.mark.parametrize("size", ["", "26", "30"])
def test_type_lines_and_targets_of_the_large_edition_are_large(
    size: str,
    places: Places,
    visit: Visit,
) -> None:
    context = visit(390)
    _keep(context, edition="large", size=size)
    page = context.new_page()
    looked = (TYPE, [LEAST_TYPE, MOST_TYPE]), (SMALL_TARGETS, LARGE_TARGET)
    assert _faults(page, places, *looked, pages=[*PAGES.values(), *MORE_PAGES]) == []


@pytest.mark.audit
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("choice", [{"edition": "large", "size": "30"}, {"size": "30"}], ids=["edition", "size"])
def test_nothing_overflows_and_nothing_is_cut_off_in_large_type(
    choice: dict[str, str],
    width: int,
    places: Places,
    visit: Visit,
) -> None:
    context = visit(width)
    _keep(context, **choice)
    page = context.new_page()
    assert _faults(page, places, (OVERFLOW, None)) == []
    page.goto(places["host"].url(BRAND))
    _open_settings(page)
    menu = page.locator("[aria-controls=site-sections]").filter(visible=True)
    if menu.count() and menu.get_attribute("aria-expanded") == "false":
        menu.click()
    assert page.evaluate(OVERFLOW) == []


@pytest.mark.audit
@pytest.mark.parametrize("width", [320, 390])
def test_the_large_edition_stands_in_one_column_on_a_phone(
    width: int,
    places: Places,
    visit: Visit,
) -> None:
    context = visit(width)
    _keep(context, edition="large")
    page = context.new_page()
    for address, item in (("brands/", ".cards > li"), ("", ".doors > li"), ("projects/", ".cards > li")):
        page.goto(places["host"].url(address))
        lefts = page.locator(item).evaluate_all(
            "all => [...new Set(all.map(each => each.getBoundingClientRect().left))]"
        )
        assert len(lefts) == 1, address


# -- contrast --------------------------------------------------------------------------------------------------------


@pytest.mark.audit
@pytest.mark.parametrize("asked", ["here", "of-the-system"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_high_contrast_is_seven_to_one_everywhere(
    scheme: str,
    asked: str,
    places: Places,
    visit: Visit,
) -> None:
    if asked == "here":
        context = visit(color_scheme=scheme, reduced_motion="reduce")
        _keep(context, contrast="high")
    else:
        context = visit(color_scheme=scheme, reduced_motion="reduce", contrast="more")
    page = context.new_page()
    assert _faults(page, places, (FAINT_TEXT.replace(".opening--pictured, ", ""), ENHANCED)) == []
    page.goto(places["host"].url(BRAND))
    ground = page.evaluate(FAINT_TEXT, ENHANCED)["ground"]
    assert (ground < 0.2) == (scheme == "dark")
    panel = _open_settings(page)
    expect(panel.locator("[data-set=contrast]")).to_be_checked()
    panel.locator("[data-set=contrast]").uncheck()
    expect(page.locator("html")).to_have_attribute("data-contrast", "normal")


# -- keyboard --------------------------------------------------------------------------------------------------------

FOCUSED = """() => {
  const each = document.activeElement, box = each.getClientRects()[0];  // the first line of a link that breaks
  const shown = each.matches(".choice input") ? each.nextElementSibling : each.closest("form")?.matches(":focus-within") && each.matches("[type=search]") ? each.closest("form") : each;
  const style = getComputedStyle(shown);
  const at = [Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1), Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1)];
  const top = document.elementFromPoint(...at);
  return {
    tag: each.tagName, text: each.textContent.trim(), top: box.top + scrollY, left: box.left,
    isInHeader: each.closest(".masthead") !== null, isBody: each === document.body,
    isRinged: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    isSeen: box.bottom > 0 && box.top < innerHeight && top !== null && (each.contains(top) || top.contains(each) && top.tagName !== "BODY" || shown.contains(top)),
  };
}"""


def _walk(page: Page, key: str = "Tab", most: int = 200) -> list[dict[str, Any]]:
    """Press ``key`` until the focus leaves the page or stands still; what had the focus on the way."""
    steps: list[dict[str, Any]] = []
    for _ in range(most):
        page.keyboard.press(key)
        here = page.evaluate(FOCUSED)
        if here["isBody"] or (steps and here == steps[-1]):
            break
        steps.append(here)
    return steps


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
@pytest.mark.parametrize("edition", ["", "large"])
def test_the_keyboard_walks_through_the_header_in_the_order_one_sees(
    edition: str,
    width: int,
    places: Places,
    visit: Visit,
) -> None:
    context = visit(width)
    _keep(context, edition=edition)
    page = context.new_page()
    page.goto(places["host"].url("about/"))
    if width < 992 or edition:
        _open_sections(page)
    _open_settings(page)
    page.evaluate("document.activeElement.blur(), scrollTo(0, 0)")
    page.locator(".masthead__name").focus()
    steps = [page.evaluate(FOCUSED), *(each for each in _walk(page, most=40) if each["isInHeader"])]
    texts = [each["text"] for each in steps]
    assert "长辈版标准版" in texts and "恢复默认" in texts and "关于" in texts
    assert len([each for each in steps if each["tag"] == "A"]) == 10  # the name and nine sections
    assert [each["text"] for each in steps if not each["isRinged"] or not each["isSeen"]] == []
    order = [(each["top"], each["left"]) for each in steps]
    jumps = [
        texts[i + 1] for i, (one, other) in enumerate(zip(order, order[1:], strict=False)) if other[0] < one[0] - 30
    ]
    assert jumps == []


@pytest.mark.audit
@pytest.mark.parametrize("address", ["", "brands/", BRAND, "releases/2023/", "reports/coverage/", "about/"])
def test_what_has_the_focus_is_never_hidden_even_under_the_bar_of_reading(
    address: str,
    places: Places,
    visit: Visit,
) -> None:
    context = visit(390, reduced_motion="reduce")
    context.add_init_script(SPEECH.replace("VOICES", CHINESE).replace("SILENT", "false"))
    page = context.new_page()
    page.goto(places["host"].url(address))
    page.locator("[data-read=start]").click()
    expect(page.locator("[data-reader]")).to_be_visible()
    page.locator(".masthead__name").focus()
    steps = _walk(page)
    assert len(steps) > 15
    assert [(each["tag"], each["text"][:20]) for each in steps if not each["isSeen"]] == []
    back = _walk(page, "Shift+Tab")
    assert [(each["tag"], each["text"][:20]) for each in back if not each["isSeen"]] == []


def test_each_skip_link_leads_where_it_says(
    places: Places,
    visit: Visit,
) -> None:
    page = visit(390).new_page()
    for number, target in enumerate(("main", "site-navigation", "site-find", "site-footer")):
        page.goto(places["host"].url(BRAND))
        for _ in range(number + 1):
            page.keyboard.press("Tab")
        link = page.locator("a.skip").nth(number)
        expect(link).to_be_focused()
        expect(link).to_be_in_viewport(ratio=1)
        page.keyboard.press("Enter")
        if target != "site-find" or page.locator("#site-find > *").count():
            expect(page.locator(f"#{target}")).to_be_focused()


@pytest.mark.audit
@pytest.mark.parametrize("width", [390, 768])
def test_all_sections_are_found_by_keyboard_and_by_finger_on_a_narrow_screen(
    width: int,
    places: Places,
    visit: Visit,
) -> None:
    page, faults = watched(visit(width, has_touch=True), places["host"])
    page.goto(places["host"].url("about/"))
    links, opener = page.locator("#site-sections a"), page.get_by_role("button", name="全部栏目")
    expect(page.locator("#site-sections [aria-current]")).to_be_in_viewport(ratio=1)  # the last of nine
    opener.tap()
    for each in links.all():
        expect(each).to_be_in_viewport(ratio=1)
    links.first.focus()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    expect(opener).to_have_attribute("aria-expanded", "false")
    assert faults == []


# -- targets, zoom, spacing ------------------------------------------------------------------------------------------


@pytest.mark.audit
@pytest.mark.parametrize("width", [320, 1280])
def test_every_target_of_every_page_can_be_hit(
    width: int,
    places: Places,
    visit: Visit,
) -> None:
    page = visit(width).new_page()
    assert _faults(page, places, (SMALL_TARGETS, TOUCH), pages=[*PAGES.values(), *MORE_PAGES]) == []
    page.goto(places["host"].url(""))
    _open_settings(page)
    assert page.evaluate(SMALL_TARGETS, TOUCH)["faults"] == []


@pytest.mark.audit
@pytest.mark.parametrize("height", [256, 640])
def test_pages_reflow_at_four_times_the_size(
    height: int,
    places: Places,
    visit: Visit,
) -> None:
    page = visit(320).new_page()
    page.set_viewport_size({"width": 320, "height": height})
    assert _faults(page, places, (OVERFLOW, None)) == []


@pytest.mark.audit
@pytest.mark.parametrize("width", [320, 1280])
def test_more_space_between_letters_lines_and_paragraphs_hides_nothing(
    width: int,
    places: Places,
    visit: Visit,
) -> None:
    page = visit(width, bypass_csp=True).new_page()
    faults = []
    for address in ALL_PAGES:
        page.goto(places["host"].url(address))
        page.add_style_tag(content=SPACING)
        faults += [f"/{address} {each}" for each in page.evaluate(OVERFLOW)]
    assert faults == []


@pytest.mark.audit
def test_what_scrolls_sideways_has_a_name_and_can_be_scrolled_by_keyboard(
    places: Places,
    visit: Visit,
) -> None:
    page = visit(320).new_page()
    script = """() => {
      const faults = [];
      let seen = 10;
      for (const each of document.querySelectorAll("body *")) {
        if (!/auto|scroll/.test(getComputedStyle(each).overflowX) || each.scrollWidth <= each.clientWidth) continue;
        const isNamed = each.getAttribute("aria-label") || document.getElementById(each.getAttribute("aria-labelledby"));
        const isReached = each.tabIndex === 0 || each.querySelector("a[href], button");
        seen += 1;
        if (!isReached || (each.tabIndex === 0 && !isNamed)) faults.push(`${each.tagName}.${each.className}`);
      }
      return {faults, seen};
    }"""
    assert _faults(page, places, (script, None)) == []


@pytest.mark.audit
def test_in_forced_colours_the_chosen_is_marked_and_on_paper_no_tool_appears(
    places: Places,
    visit: Visit,
) -> None:
    page = visit(forced_colors="active").new_page()
    page.goto(places["host"].url(BRAND))
    _open_settings(page)
    borders = page.locator("input[name=size] + span").evaluate_all(
        "all => all.map(each => getComputedStyle(each).borderTopWidth)"
    )
    assert borders == ["3px", "1px", "1px", "1px", "1px"]
    page.emulate_media(media="print")
    for each in (".tools", "#site-settings", ".skips", ".masthead__nav", "#site-find"):
        expect(page.locator(each)).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.audit
def test_the_big_pointer_is_a_picture_of_the_site(
    places: Places,
    visit: Visit,
) -> None:
    context = visit()
    _keep(context, pointer="big")
    page, faults = watched(context, places["path"])
    page.goto(places["path"].url(BRAND))
    for element, file in (
        ("main", "pointer.svg"),
        ("main a", "pointer-hand.svg"),
        (".tools__button", "pointer-hand.svg"),
    ):
        cursor = page.locator(element).first.evaluate("each => getComputedStyle(each).cursor")
        assert file in cursor
        address = re.findall(r'url\("([^"]+)"\)', cursor)[0]
        assert address.startswith(places["path"].base)
        assert page.request.get(address).ok
    assert faults == []


# -- reading aloud ---------------------------------------------------------------------------------------------------


def _reading(visit: Visit, places: Places, address: str, **options: Any) -> Page:
    context = visit(390, **options)
    context.add_init_script(SPEECH.replace("VOICES", CHINESE).replace("SILENT", "false"))
    page = context.new_page()
    page.goto(places["host"].url(address))
    page.get_by_role("button", name="朗读", exact=True).click()
    return page


def test_the_main_text_is_read_in_order_passage_by_passage(
    places: Places,
    visit: Visit,
) -> None:
    page = _reading(visit, places, BRAND, reduced_motion="reduce")
    heading = page.locator("h1").inner_text()
    count = int(page.locator("[data-place]").inner_text().split(" / ")[1])
    assert count > 20
    for number in range(count):
        text = page.evaluate("window.saying.text")
        assert 0 < len(text) <= 100
        marked = page.locator(".is-read")
        expect(marked).to_have_count(1)
        shown = marked.evaluate("each => (each.alt || each.textContent)").replace("\n", " ")
        assert re.sub(r"\s+", "", text.strip("，。")) in re.sub(r"\s+", "", shown), number
        expect(marked).to_be_in_viewport()
        page.evaluate("window.finish()")
    expect(page.locator("[data-reader]")).to_be_hidden()
    expect(page.locator(".is-read")).to_have_count(0)
    spoken = page.evaluate("window.spoken")
    assert len(spoken) == count and spoken.index(heading) < 3
    whole = "".join(spoken)
    for paragraph in page.locator("main .prose p, main .practice p").all():
        if paragraph.is_visible():
            assert re.sub(r"\s+", "", paragraph.inner_text()) in re.sub(r"\s+", "", whole)
    assert page.evaluate("window.saying") is None
    assert not page.evaluate("document.documentElement.classList.contains('is-reading')")


def test_what_is_hidden_or_only_leads_elsewhere_is_not_read(
    places: Places,
    visit: Visit,
) -> None:
    page = _reading(visit, places, "releases/2023/")
    hidden = page.locator("details.sheet table").first.text_content() or ""
    assert hidden
    page.evaluate("while (window.saying) window.finish()")
    whole = "".join(page.evaluate("window.spoken"))
    assert page.locator("h1").inner_text() in whole
    assert "第1名" in whole  # for screen readers only, but said
    secret = page.locator("details.sheet thead th").nth(1).text_content() or ""
    assert secret and secret not in whole
    page.goto(places["host"].url("brands/"))
    hung = page.locator(".card__name").all_inner_texts()  # the first of a wall; more are hung while one reads on
    page.locator("[data-read=start]").click()
    page.evaluate("while (window.saying) window.finish()")
    spoken = page.evaluate("window.spoken")
    assert not any(text in spoken for text in page.locator(".chip").all_inner_texts())
    assert hung and set(hung) <= set(spoken)


@pytest.mark.audit
def test_reading_pauses_goes_on_moves_and_stops(
    places: Places,
    visit: Visit,
) -> None:
    page = _reading(visit, places, "about/")
    pause = page.locator("[data-read=pause]")
    expect(pause).to_be_focused()
    expect(pause).to_have_text("暂停", use_inner_text=True)
    page.evaluate("window.finish()")
    second = page.evaluate("window.saying.text")
    page.keyboard.press("Enter")
    expect(pause).to_have_text("继续", use_inner_text=True)
    assert page.evaluate("window.saying") is None
    page.keyboard.press("Enter")
    assert page.evaluate("window.saying.text") == second
    page.get_by_role("button", name="下一段").click()
    third = page.evaluate("window.saying.text")
    assert third != second
    page.get_by_role("button", name="上一段").click()
    assert page.evaluate("window.saying.text") == second
    page.keyboard.press("Escape")
    expect(page.locator("[data-reader]")).to_be_hidden()
    expect(page.locator("[data-read=start]")).to_be_focused()
    assert page.evaluate("window.saying") is None
    page.locator("[data-read=start]").press("Enter")
    assert page.evaluate("window.saying.text") == page.evaluate("window.spoken[0]")
    before = int(page.evaluate("sessionStorage.getItem('cancelled')"))
    page.goto(places["host"].url("brands/"))
    assert int(page.evaluate("sessionStorage.getItem('cancelled')")) > before  # nothing goes on after leaving


@pytest.mark.audit
def test_the_voice_fits_the_language_and_the_large_edition_reads_slowly(
    places: Places,
    visit: Visit,
) -> None:
    page = _reading(visit, places, "about/")
    assert page.evaluate("[saying.lang, saying.voice.name, saying.rate]") == ["zh-CN", "Ting", 1]
    page.locator("main p").first.evaluate("each => { each.lang = 'en'; each.textContent = 'An English sentence.'; }")
    page.locator("[data-edition-switch]").click()
    page.locator("[data-read=start]").click()
    while page.evaluate("saying.text") != "An English sentence.":
        page.evaluate("finish()")
    assert page.evaluate("[saying.lang, saying.voice.name, saying.rate]") == ["en", "Sam", 0.85]


@pytest.mark.audit
@pytest.mark.parametrize(
    ("voices", "is_offered"), [("[]", True), ("[{lang: 'en-US', name: 'Sam'}]", False), (CHINESE, True)]
)
def test_reading_is_offered_only_where_a_chinese_voice_may_be(
    voices: str,
    is_offered: bool,
    places: Places,
    visit: Visit,
) -> None:
    context = visit()
    context.add_init_script(SPEECH.replace("VOICES", voices).replace("SILENT", "false"))
    page = context.new_page()
    page.goto(places["host"].url(""))
    button = page.locator("[data-read=start]")
    expect(button).to_be_visible() if is_offered else expect(button).to_be_hidden()
    page.evaluate("v => { speechSynthesis.voices = v; speechSynthesis.onvoiceschanged(); }", [{"lang": "zh-TW"}])
    expect(button).to_be_visible()


@pytest.mark.audit
def test_without_speech_no_button_and_with_a_silent_device_a_word_about_it(
    places: Places,
    visit: Visit,
) -> None:
    context = visit()
    context.add_init_script("Object.defineProperty(window, 'speechSynthesis', {value: undefined})")
    page, faults = watched(context, places["host"])
    page.goto(places["host"].url(""))
    expect(page.locator("[data-edition-switch]")).to_be_visible()
    expect(page.locator("[data-read=start]")).to_be_hidden()
    assert faults == []
    silent = visit()
    silent.add_init_script(SPEECH.replace("VOICES", "[]").replace("SILENT", "true"))
    page = silent.new_page()
    page.clock.install()
    page.goto(places["host"].url(""))
    page.locator("[data-read=start]").click()
    expect(page.locator("[data-read-note]")).to_be_hidden()
    page.clock.fast_forward(7_000)
    expect(page.locator("[data-read-note]")).to_contain_text("没有可用的朗读语音")
    expect(page.locator("[data-reader]")).to_be_hidden()


# -- without scripts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_without_scripts_nothing_is_offered_that_does_not_work_and_all_sections_are_seen(
    width: int,
    places: Places,
    visit: Visit,
) -> None:
    page, faults = watched(visit(width, java_script_enabled=False), places["host"])
    for address in ("", "about/", CEREMONY):
        page.goto(places["host"].url(address))
        for each in (".tools", "#site-settings", "[data-reader]", "[data-read-note]", ".masthead__all"):
            expect(page.locator(each)).to_be_hidden()
        links = page.locator("#site-sections a")
        expect(links).to_have_count(9)
        boxes = [link.bounding_box() for link in links.all()]
        assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
    assert faults == []


def test_the_script_of_the_header_is_small(city_site: Path) -> None:
    (script,) = (city_site / "assets").glob("exhibit.*.js")
    assert len(gzip.compress(script.read_bytes(), mtime=0)) <= OWN_SCRIPT
