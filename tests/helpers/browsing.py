"""The exhibition of the tests as a visitor's browser meets it: over http, below a path, from a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, sync_playwright

from tests.audit import tools
from tests.audit.visits import FLAGS

WIDTHS = (390, 768, 1280)

PLACES = ("host", "path", "folder")

BRAND = "brands/yangguang-tianping/"

UNIT = "units/court/"

PAGES = {
    "home": "",
    "wall": "brands/",
    "brand": BRAND,
    "unit": UNIT,
    "projects": "projects/",
    "project": "projects/kaifang-wenzheng/",
    "exhibition": "exhibitions/shifan-xiangmu-2023/",
    "stand": "exhibitions/shifan-xiangmu-2023/03/",
    "closing": "exhibitions/shifan-xiangmu-2023/closing/",
    "tour": "exhibitions/shifan-xiangmu-2023/tour/",
    "videos": "videos/",
    "release": "releases/2023/",
    "report": "reports/coverage/",
    "pioneers": "pioneers/",
    "year": "years/2023/",
    "data": "data/",
    "dictionary": "data/projects/",
    "about": "about/",
    "search": "search/",
    "site-map": "sitemap/",
    "seen": "seen/",
}

TOUCH = 44

BROKEN_PICTURES = """async () => {
  const broken = [];
  for (const image of document.images) {
    if (!image.checkVisibility()) continue;  // what is not shown at this width is not loaded either
    image.scrollIntoView({block: "center"});
    const end = performance.now() + 5000;
    while (!(image.complete && image.naturalWidth > 0) && performance.now() < end)
      await new Promise(done => setTimeout(done, 10));
    if (!(image.complete && image.naturalWidth > 0)) broken.push(image.outerHTML);
  }
  return broken;
}"""


@dataclass(frozen=True)
class Place:
    """A way to reach the site: what all its addresses begin with, and what stands for a folder's page."""

    base: str
    index: str = ""

    def url(self, address: str) -> str:
        """The URL of the page at a site address."""
        is_folder = address.endswith("/") or not address
        return f"{self.base}{address}{self.index if is_folder else ''}"


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name is the base class's
        pass


@contextmanager
def launched(*flags: str) -> Iterator[Browser]:
    """A browser without any window of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=tools.CHROMIUM, args=[*FLAGS, *flags])
        yield browser
        browser.close()


@contextmanager
def served(folder: Path, handler: type[SimpleHTTPRequestHandler] = QuietHandler) -> Iterator[str]:
    """Serve ``folder`` on a free port of this machine."""
    with answered(partial(handler, directory=str(folder))) as url:
        yield url


@contextmanager
def answered(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[str]:
    """Have ``handler`` answer on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def watched(context: BrowserContext, place: Place) -> tuple[Page, list[str]]:
    """A new page, and a list that gathers whatever goes wrong on it."""
    page, faults = context.new_page(), []

    def note(is_fault: bool, text: str) -> None:
        if is_fault:
            faults.append(text)

    def console(each: ConsoleMessage) -> None:
        # Of a picture that is opened by itself Chromium asks for an icon at the root, which is not ours.
        is_icon = each.location["url"].endswith("/favicon.ico")
        note(each.type in {"error", "warning"} and not is_icon, f"console {each.type}: {each.text}")

    page.on("console", console)
    page.on("pageerror", lambda each: note(True, f"page error: {each}"))
    page.on("request", lambda each: note(not each.url.startswith((place.base, "data:")), f"outside: {each.url}"))
    # A request that a reload or the way to the next page cuts short has not failed.
    page.on(
        "requestfailed", lambda each: note(each.failure != "net::ERR_ABORTED", f"failed: {each.url} {each.failure}")
    )
    page.on("response", lambda each: note(each.status >= 400, f"{each.status}: {each.url}"))
    return page, faults


@contextmanager
def blaming(address: str) -> Iterator[None]:
    """What goes wrong in here goes wrong at ``address``. One page that walks from address to address costs a fifth of a
    window for each."""
    try:
        yield
    except AssertionError as wrong:
        raise AssertionError(f"/{address}: {wrong}") from wrong


def until(page: Page, condition: str) -> None:
    """Wait until ``condition`` holds on ``page``. Playwright's own way polls by ``eval``, which the pages' policy forbids."""
    for _ in range(600):
        with suppress(Error):  # between two pages there is nobody to ask
            if page.evaluate(condition):
                return
        page.wait_for_timeout(50)
    raise AssertionError(f"never: {condition}")
