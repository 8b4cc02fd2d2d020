"""The web archive of a deposit in the public replay page, ReplayWeb.page: its pages, with their pictures, out of the archive alone.

The replay page is under the AGPL. It runs here, from the Node tools of the tests, and is in nothing that is shipped.
"""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, Error, Frame, Locator, Page, expect

from generator.archive import wacz
from generator.archive.sources import gather
from tests.audit.tools import MODULES
from tests.helpers import deposits
from tests.helpers.browsing import BROKEN_PICTURES, answered, launched, served
from tests.helpers.freezing import YEAR

pytestmark = [pytest.mark.browser, pytest.mark.node]

PAGES = {"": "一城一展", "brands/qingfeng/": "来自一面锦旗", "units/court/": "小城法院"}
WHOLE, HOLEY = f"exhibition-{YEAR}.wacz", "holey.wacz"
# The worker comes first: else the frame may be asked for before there is one, and now and then stays empty.
PLAYER = """<!doctype html><meta charset="utf-8"><title>replay</title><script src="ui.js"></script><body><script type="module">
const {active, installing} = await navigator.serviceWorker.register("replay/sw.js?serveIndex=1", {scope: "replay/"});
const worker = active ?? installing;
if (worker.state !== "activated")
  await new Promise(done => worker.addEventListener("statechange", () => worker.state === "activated" && done()));
const asked = new URLSearchParams(location.search), page = document.createElement("replay-web-page");
for (const name of ["source", "url"]) page.setAttribute(name, asked.get(name));
page.setAttribute("embed", "replayonly");
page.style.height = "100vh";
document.body.append(page);
</script>"""
ITS_MAKER = re.compile(r"[A-Z]+ (?:https?://)?[a-z0-9.-]+\.(?:google|googleapis|gstatic|gvt1)\.com[:/].*")  # Chromium calls it, whatever it shows
WIDTHS = "[...document.images].map(each => each.naturalWidth)"


@pytest.fixture(scope="module")
def outside() -> Iterator[tuple[str, list[str]]]:
    """Where the browser takes whatever is not on this machine, and what was asked for there."""
    asked: list[str] = []

    class Refusing(BaseHTTPRequestHandler):
        def _refuse(self) -> None:
            asked.extend(each for each in (f"{self.command} {self.path}",) if not ITS_MAKER.fullmatch(each))
            self.send_error(403)

        do_GET = do_HEAD = do_POST = do_CONNECT = _refuse  # noqa: N815  the names are the base class's

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  so is this one
            pass

    with answered(Refusing) as url:
        yield url, asked


@pytest.fixture(scope="module")
def browser(outside: tuple[str, list[str]]) -> Iterator[Browser]:
    """A browser that reaches this machine and nothing else."""
    with launched(f"--proxy-server={urlsplit(outside[0]).netloc}") as browser:
        yield browser


@pytest.fixture(scope="module")
def host(deposit: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The replay page with the archive of the deposit, and one that lacks the pictures."""
    folder = tmp_path_factory.mktemp("replay")
    (folder / "replay").mkdir()
    shutil.copy(MODULES / "replaywebpage/ui.js", folder)
    shutil.copy(MODULES / "replaywebpage/sw.js", folder / "replay")
    (folder / "index.html").write_text(PLAYER)
    shutil.copy(deposit / WHOLE, folder)
    files = gather(deposit / f"exhibition-{YEAR}/data/{YEAR}")
    left = {name: source for name, source in files.items() if not name.startswith("media/")}
    wacz.write(folder / HOLEY, left, replace(deposits.FACTS, address=_base(deposit)))
    with served(folder) as url:
        yield url


def _base(deposit: Path) -> str:
    """The address that the year was recorded under."""
    with zipfile.ZipFile(deposit / WHOLE) as packed:
        return str(json.loads(packed.read(wacz.PACKAGE))["mainPageUrl"])


@contextmanager
def _opened(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page of its own, and the addresses that it and its workers ask for."""
    context, asked = browser.new_context(viewport={"width": 1280, "height": 844}), []
    context.set_default_timeout(60_000)
    context.on("request", lambda each: asked.append(each.url))
    yield context.new_page(), asked
    context.close()


def _replayed(page: Page, url: str) -> Frame:
    """The frame in which the recorded page at ``url`` is shown, once it is there."""
    for _ in range(600):
        for each in page.frames:
            with suppress(Error):  # a frame that is on its way to the next page answers nobody
                if each.url.endswith(f"mp_/{url}") and each.evaluate("document.readyState") == "complete":
                    return each
        page.wait_for_timeout(100)
    raise AssertionError(f"never shown: {url}, but {[each.url for each in page.frames]}")


def _seen(frame: Frame, text: str) -> Locator:
    return frame.locator("main").get_by_text(text).filter(visible=True).first


def _show(page: Page, host: str, archive: str, url: str) -> Frame:
    page.goto(f"{host}?source={archive}&url={quote(url, '')}")
    return _replayed(page, url)


def test_the_pages_are_shown_with_their_pictures(deposit: Path, host: str, browser: Browser, outside: tuple[str, list[str]]) -> None:
    before = len(outside[1])
    with _opened(browser) as (page, asked):
        for address, text in PAGES.items():
            frame = _show(page, host, WHOLE, f"{_base(deposit)}{address}")
            expect(_seen(frame, text)).to_be_visible(timeout=60_000)
            assert frame.evaluate(BROKEN_PICTURES) == [], address
            recorded = (deposit / f"exhibition-{YEAR}/data/{YEAR}/{address}index.html").read_text("utf-8")
            widths = frame.evaluate(WIDTHS)
            assert len(widths) == recorded.count("<img ") > 0 and all(widths), (address, widths)
        assert [each for each in asked if not each.startswith((host, "data:", "blob:"))] == []
    assert outside[1][before:] == []


def test_links_lead_from_page_to_page_within_the_archive(deposit: Path, host: str, browser: Browser) -> None:
    with _opened(browser) as (page, _):
        frame = _show(page, host, WHOLE, _base(deposit))
        frame.get_by_role("main").get_by_role("link", name="清风").first.click()
        there = _replayed(page, f"{_base(deposit)}brands/qingfeng/index.html")
        expect(there.get_by_role("heading", level=1)).to_have_text("清风", timeout=60_000)


def test_a_picture_that_was_not_recorded_is_seen_to_be_missing(deposit: Path, host: str, browser: Browser) -> None:
    """So what is shown above comes out of the archive, and from nowhere else."""
    with _opened(browser) as (page, _):
        frame = _show(page, host, HOLEY, f"{_base(deposit)}units/court/")
        expect(_seen(frame, PAGES["units/court/"])).to_be_visible(timeout=60_000)
        assert len(frame.evaluate(BROKEN_PICTURES)) == 1


@pytest.mark.parametrize(("url", "told"), [("http://outside.invalid/a", "GET http://outside.invalid/a"), ("https://outside.invalid/", "CONNECT outside.invalid:443")])
def test_what_is_asked_for_outside_is_noticed(url: str, told: str, browser: Browser, outside: tuple[str, list[str]]) -> None:
    with _opened(browser) as (page, _), suppress(Error):
        page.goto(url)
    assert told in outside[1]
