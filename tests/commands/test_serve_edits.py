"""Edits as they come to a preview that runs as a process: one after the other, while it builds, by hundreds, with mistakes."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests.helpers.driver import SiteDriver
from tests.helpers.serving import Serving, serving, until

FEW = 0.25  # of the builds that would be made if every edit caused one
BRAND, STORY, PAGE = "brands/qingfeng/brand.yml", "brands/qingfeng/story.md", "brands/qingfeng/"


def _builds(server: Serving) -> int:
    return server.said.count("已更新")


def _shown(server: Serving, text: str, address: str = PAGE) -> float:
    """The seconds until a page says ``text``."""
    started = time.monotonic()
    while text not in server.page(address):
        assert time.monotonic() - started < 120, f"{text} never appears"
        time.sleep(0.01)
    return time.monotonic() - started


def test_an_edit_is_served_while_the_site_with_it_is_built(small: SiteDriver, tmp_path: Path) -> None:
    with serving(small, tmp_path / "temporary") as server:
        server.page()
        story = (small.root / STORY).read_text("utf-8")
        small.write(STORY, f"{story}\n改过的故事。\n")
        _shown(server, "改过的故事")
        assert _builds(server) == 0
        small.write(STORY, f"{story}\n马上又改的故事。\n")  # the build may or may not have seen it
        _shown(server, "马上又改的故事")
        until(lambda: _builds(server) >= 1)
        for _ in range(20):
            assert "马上又改的故事" in server.page(PAGE)  # never the older one again
            time.sleep(0.05)
        sound = (small.root / BRAND).read_text("utf-8")
        small.write(BRAND, sound.replace("slogan:", "slogna:"))
        _shown(server, f"{BRAND}:3:1")
        small.write(BRAND, sound)
        until(lambda: "preview-problems" not in server.page(PAGE) and "马上又改的故事" in server.page(PAGE))
        assert server.process.poll() is None and "Traceback" not in server.said


@pytest.mark.audit
def test_a_burst_of_edits_is_one_build_and_a_stream_of_them_few(small: SiteDriver, tmp_path: Path) -> None:
    with serving(small, tmp_path / "temporary") as server:
        server.page()
        for number in range(20):
            small.write(STORY, f"一阵里的第{number}版。\n")
        _shown(server, "一阵里的第19版")
        until(lambda: _builds(server) == 1)
        time.sleep(1)
        assert _builds(server) == 1
        for number in range(40):
            small.write(STORY, f"接连的第{number}版。\n")
            time.sleep(0.05)
        _shown(server, "接连的第39版")
        until(lambda: "接连的第39版" in server.page(PAGE) and _builds(server) > 1)
        assert _builds(server) < 40 * FEW + 1


@pytest.mark.audit
def test_a_folder_that_is_renamed_is_served_at_its_new_address(small: SiteDriver, tmp_path: Path) -> None:
    with serving(small, tmp_path / "temporary") as server:
        server.page()
        (small.root / "brands/qingfeng").rename(small.root / "brands/xinming")
        text = (small.root / "brands/xinming/brand.yml").read_text("utf-8")
        small.write("brands/xinming/brand.yml", text.replace("id: qingfeng", "id: xinming"))
        _shown(server, "<h1", "brands/xinming/")
        until(lambda: _builds(server) >= 1)
        small.write("brands/xinming/story.md", "改了名以后的故事。\n")
        _shown(server, "改了名以后的故事", "brands/xinming/")
        assert server.process.poll() is None and "Traceback" not in server.said


@pytest.mark.audit
def test_a_checkout_of_hundreds_of_files_is_survived(small: SiteDriver, tmp_path: Path) -> None:
    if shutil.which("git") is None:
        pytest.skip("no git on this machine")

    def git(*arguments: str) -> None:
        who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *who, *arguments], cwd=small.root, check=True, capture_output=True)

    for number in range(400):
        small.write(f"content/about/note-{number}.md", f"---\ntitle: 说明{number}\nstatus: published\npublished_on: 2024-01-02\n---\n\n旧的说明。\n")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "old")
    git("checkout", "-qb", "new")
    for number in range(400):
        file = small.root / f"content/about/note-{number}.md"
        file.write_text(file.read_text("utf-8").replace("旧的", "新的"), "utf-8")
    git("commit", "-qam", "new")
    git("checkout", "-q", "-")
    with serving(small, tmp_path / "temporary") as server:
        assert "旧的说明" in server.page("about/note-7/")
        for branch, text in (("new", "新的说明"), ("-", "旧的说明"), ("new", "新的说明")):
            git("checkout", "-q", branch)
            _shown(server, text, "about/note-7/")
            _shown(server, text, "about/note-399/")
        small.write("content/about/note-8.md", (small.root / "content/about/note-8.md").read_text("utf-8") + "\n又改了一处。\n")
        _shown(server, "又改了一处", "about/note-8/")
        assert server.process.poll() is None and "Traceback" not in server.said
