"""Films and pioneers in a real browser: nothing is loaded before play, captions show, also without a server."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.audit.contrast import CONTRAST, FAINT_TEXT
from tests.helpers.browsing import BROKEN_PICTURES, PLACES, TOUCH, WIDTHS, Place, until, watched

pytestmark = pytest.mark.browser

HERE, ELSEWHERE = "videos/kandejian-de-gongzheng/", "videos/lu-shang-de-yi-tian/"
PAGES = ("videos/", HERE, ELSEWHERE, "pioneers/", "pioneers/about/")
STATE = """() => {
  const video = document.querySelector("video"), track = video.textTracks[0];
  return {time: video.currentTime, ready: video.readyState, error: video.error && video.error.message,
          mode: track.mode, cues: [...track.cues || []].map(cue => cue.text),
          active: [...track.activeCues || []].map(cue => cue.text)};
}"""


def _requests(page: Page) -> list[str]:
    seen: list[str] = []
    page.on("request", lambda each: seen.append(each.url))
    return seen


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_whole_and_fits(
    address: str,
    width: int,
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page, faults = watched(visit(width), places["folder"])
    page.goto(places["folder"].url(address))
    expect(page.locator("h1")).to_have_count(1)
    assert page.evaluate(BROKEN_PICTURES) == []
    assert page.evaluate("[document.documentElement.scrollWidth, innerWidth]") == [width, width]
    assert faults == []


@pytest.mark.parametrize("where", PLACES)
def test_a_film_is_loaded_only_by_play_and_shows_its_captions(
    where: str,
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page, faults = watched(visit(), places[where])
    seen = _requests(page)
    page.goto(places[where].url(HERE), wait_until="networkidle")
    page.mouse.wheel(0, 2000)
    page.wait_for_timeout(300)
    assert not [each for each in seen if each.endswith((".mp4", ".webm"))]
    assert page.evaluate(STATE)["ready"] == 0
    page.evaluate("() => { const video = document.querySelector('video'); video.muted = true; return video.play(); }")
    until(page, "document.querySelector('video').currentTime > 1")
    state = page.evaluate(STATE)
    assert state["error"] is None
    assert state["mode"] == "showing"
    assert len(state["cues"]) == 5
    assert state["active"] == [state["cues"][0]]
    assert [each for each in seen if each.endswith(".mp4")]
    assert faults == []


def test_the_player_can_be_reached_and_started_by_keyboard(
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page, faults = watched(visit(), places["host"])
    page.goto(places["host"].url(HERE))
    page.locator("video").evaluate("video => { video.muted = true; }")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "VIDEO":
            break
    page.keyboard.press("Space")
    until(page, "document.querySelector('video').currentTime > 0.2")
    assert faults == []


@pytest.mark.audit
@pytest.mark.parametrize("where", ["host", "folder"])
def test_a_film_elsewhere_is_a_plain_link_that_says_where_it_leads(
    where: str,
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page, faults = watched(visit(), places[where])
    page.goto(places[where].url(ELSEWHERE), wait_until="networkidle")
    link = page.locator("a.video__outside")
    expect(link).to_have_attribute("href", "https://example.org/films/lu-shang-de-yi-tian.mp4")
    expect(link).to_contain_text("example.org")
    assert page.locator("video, iframe").count() == 0
    assert faults == []


def test_captions_and_transcript_can_be_read_without_scripts_or_sound(
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page, faults = watched(visit(390, java_script_enabled=False), places["host"])
    page.goto(places["host"].url(HERE))
    expect(page.locator(".video-text .text p").first).to_be_visible()
    cue = page.locator(".cues li").first
    expect(cue).to_be_hidden()
    page.locator(".cues summary").click()
    expect(cue).to_be_visible()
    assert faults == []


@pytest.mark.audit
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(
    scheme: str,
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page = visit(color_scheme=scheme).new_page()
    faults = []
    for address in PAGES:
        page.goto(places["host"].url(address))
        found = page.evaluate(FAINT_TEXT, CONTRAST)
        assert found["seen"] > 5
        faults += [f"{address}: {each}" for each in found["faults"]]
    assert faults == []


@pytest.mark.audit
@pytest.mark.parametrize("address", PAGES[:4])
def test_a_finger_can_hit_what_leads_on(
    address: str,
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page = visit(390, has_touch=True).new_page()
    page.goto(places["host"].url(address))
    targets = page.locator(
        "main :is(a.more, summary, .video-card, .video__outside, .video-facts a, .pioneer a, .crumbs a)"
    )
    assert targets.count() >= 1
    boxes = [(each.inner_text(), each.bounding_box()) for each in targets.all() if each.is_visible()]
    assert [(text, box) for text, box in boxes if box is None or box["height"] < TOUCH] == []
