"""Live preview: pages come with the reload script, problems show where the work is, a change wakes the page."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import partial

import pytest

from generator.engines.memory import MemoryEngine
from generator.serve import EVENTS, SCRIPT, Handler, Preview, Server, changes, rebuild
from tests.driver import SiteDriver


class _Running:
    def __init__(self, site: SiteDriver) -> None:
        self.site = site
        self.preview = Preview(site.root.parent / "preview", "zh")
        self.server = Server(("127.0.0.1", 0), partial(Handler, preview=self.preview))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def rebuild(self) -> None:
        rebuild(self.site.settings(keep_going=True), MemoryEngine(), self.preview)

    def open(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.server.server_port}{path}", timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


@pytest.fixture
def running(small: SiteDriver) -> Iterator[_Running]:
    running = _Running(small)
    running.rebuild()
    yield running
    running.server.shutdown()
    running.server.server_close()


def test_pages_come_with_the_reload_script_and_files_without(running: _Running) -> None:
    status, page = running.open("/brands/qingfeng/")
    assert status == 200
    assert f'<script src="{SCRIPT}">' in page
    assert "preview-problems" not in page
    assert SCRIPT not in (running.preview.folder / "brands/qingfeng/index.html").read_text("utf-8")
    assert EVENTS in running.open(SCRIPT)[1]
    assert running.open("/manifest.json")[0] == 200


def test_a_broken_record_shows_its_problems_and_the_rest_goes_on(running: _Running) -> None:
    running.site.edit("brands/qingfeng/brand.yml", "slogan:", "slogna:")
    running.rebuild()
    status, page = running.open("/brands/qingfeng/")
    assert status == 404
    assert "brands/qingfeng/brand.yml:3:1" in page
    assert "是不是“slogan（品牌口号）”" in page
    assert running.open("/units/court/")[0] == 200
    running.site.edit("brands/qingfeng/brand.yml", "slogna:", "slogan:")
    running.rebuild()
    assert "preview-problems" not in running.open("/brands/qingfeng/")[1]


def test_a_broken_configuration_shows_its_problems_too(running: _Running) -> None:
    running.site.edit("site_config.yml", "colours:", "colors:")
    running.rebuild()
    status, page = running.open("/")
    assert status == 200
    assert "site_config.yml:5:1" in page


def test_the_problems_are_shown_as_text(running: _Running) -> None:
    running.site.edit("brands/qingfeng/brand.yml", "slogan: 清风徐来", "slogan: <img src=x onerror=alert(1)>")
    running.rebuild()
    page = running.open("/")[1]
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "<img src=x" not in page


def test_a_rebuild_wakes_the_open_page(running: _Running) -> None:
    url = f"http://127.0.0.1:{running.server.server_port}{EVENTS}"
    with urllib.request.urlopen(url, timeout=20) as stream:
        running.rebuild()
        assert stream.readline() == b"data: rebuilt\n"


def test_nothing_outside_of_the_preview_is_served(running: _Running) -> None:
    for path in ("/../cache/", "/%2e%2e/site/site_config.yml", "/..%2fsite/site_config.yml", "//etc/passwd"):
        assert running.open(path)[0] == 404


def test_a_change_of_a_source_is_noticed(small: SiteDriver) -> None:
    seen: list[list[str]] = []
    found = threading.Event()

    def watch() -> None:
        for batch in changes(small.settings()):
            seen.append(batch)
            found.set()
            return

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    for _ in range(100):
        small.write("brands/qingfeng/story.md", "新的故事。\n")
        if found.wait(0.2):
            break
    assert seen and "story.md" in seen[0]
