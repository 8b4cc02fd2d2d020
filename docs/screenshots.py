"""Takes the pictures of the documentation from a built site: ``python docs/screenshots.py site``.

Every picture shows a page as a visitor meets it, at one width and in one scheme or edition, and is written to
``docs/images/`` as WebP. The same site and the same browser give the same pictures.
"""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

IMAGES = Path(__file__).parent / "images"
MOST_BYTES = 1_200_000  # of all pictures together
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--hide-scrollbars")
PAGES = {
    "home": "",
    "wall": "brands/",
    "brand": "brands/yangguang-tianping/",
    "release": "releases/2023/",
    "report": "reports/coverage/",
    "exhibition": "exhibitions/shifan-xiangmu-2023/",
    "stand": "exhibitions/shifan-xiangmu-2023/01/",
}
SETTLE = 400  # milliseconds for pictures that come into view


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen in CSS pixels; ``shown`` is the width of its picture."""

    width: int
    height: int
    shown: int


SCREENS = {"desktop": Screen(1280, 860, 960), "phone": Screen(390, 844, 390)}
LOOKS: dict[str, dict[str, str]] = {  # what a visitor has chosen, as the site keeps it
    "light": {"exhibit.scheme": "light"},
    "dark": {"exhibit.scheme": "dark"},
    "large": {"exhibit.scheme": "light", "exhibit.edition": "large"},
}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name is the base class's
        pass


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _take(browser: Browser, base: str, address: str, screen: Screen, chosen: dict[str, str]) -> bytes:
    size = {"width": screen.width, "height": screen.height}
    context = browser.new_context(viewport=size, reduced_motion="reduce", locale="zh-CN")
    keep = "".join(f"localStorage.setItem({name!r}, {value!r});" for name, value in chosen.items())
    context.add_init_script(keep)
    page = context.new_page()
    page.goto(base + address, wait_until="networkidle")
    page.wait_for_timeout(SETTLE)
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    context.close()
    if screen.shown != screen.width:
        image = image.resize(
            (screen.shown, round(screen.height * screen.shown / screen.width)), Image.Resampling.LANCZOS
        )
    out = io.BytesIO()
    image.save(out, "WEBP", quality=80, method=6)
    return out.getvalue()


def main(site: Path) -> int:
    """Write all pictures of the built ``site``; returns the number of their bytes."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    total = 0
    IMAGES.mkdir(exist_ok=True)
    with _served(site) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for name, address in PAGES.items():
            for kind, screen in SCREENS.items():
                for look, chosen in LOOKS.items():
                    content = _take(browser, base, address, screen, chosen)
                    (IMAGES / f"{name}-{kind}-{look}.webp").write_bytes(content)
                    total += len(content)
        browser.close()
    return total


if __name__ == "__main__":
    written = main(Path(sys.argv[1] if len(sys.argv) > 1 else "site"))
    print(f"{written} bytes in {IMAGES}")
    sys.exit(written > MOST_BYTES)
