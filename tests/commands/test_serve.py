"""The preview as a person runs it: a process that outlives every mistake, shows it, and leaves nothing when it ends."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.helpers.driver import SiteDriver
from tests.helpers.places import ROOT
from tests.helpers.serving import serving, until

TRACE = "Traceback"


@pytest.mark.few
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=lambda each: str(each)
)
def test_nothing_is_left_when_it_ends(number: signal.Signals, code: int, small: SiteDriver, tmp_path: Path) -> None:
    with serving(small, tmp_path / "temporary") as server:
        held = urllib.request.urlopen(server.url, timeout=20)
        small.write("brands/qingfeng/story.md", "新的故事。\n")
        until(lambda: "已更新" in server.said)
        assert [each.name for each in server.temporary.iterdir()]
        port = int(server.url.rstrip("/").rpartition(":")[2])
        assert server.end(number) == code
        held.close()
        assert list(server.temporary.iterdir()) == [] and TRACE not in server.said
        with pytest.raises(ProcessLookupError):
            os.killpg(server.process.pid, 0)  # nobody of it is left
        with pytest.raises(OSError, match="."):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2)


@pytest.mark.audit
def test_it_outlives_mistakes_of_the_theme_and_of_the_configuration(small: SiteDriver, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "theme", small.root / "theme")
    template = "theme/exhibits/brand.html"
    sound = (small.root / template).read_bytes()
    with serving(small, tmp_path / "temporary") as server:
        before = server.page("brands/qingfeng/")
        small.write(template, b"{% if x %}\n" + sound)
        until(lambda: "preview-stale" in server.page())
        page = server.page("brands/qingfeng/")
        assert f"{template}:" in page and f"{template}:" in server.said
        assert before.partition("<h1")[2].partition("</h1>")[0] in page
        small.write(template, sound)
        until(lambda: "preview-stale" not in server.page())
        config = small.root / "site_config.yml"
        other = config.with_name("new")
        other.write_text(config.read_text("utf-8").replace("小城品牌展", "大城品牌展"), "utf-8")
        other.replace(config)  # as editors save
        until(lambda: "大城品牌展" in server.page())
        config.unlink()
        until(lambda: "上次改动没有生成" in server.page())
        assert "大城品牌展" in server.page()
        assert server.process.poll() is None and TRACE not in server.said


@pytest.mark.audit
def test_an_edit_during_the_first_build_is_shown(small: SiteDriver, tmp_path: Path) -> None:
    with serving(small, tmp_path / "temporary") as server:
        # Once the folder for sites is there the files are being looked at, and the first build has not read them yet.
        until(lambda: any(server.temporary.iterdir()))
        small.write("brands/qingfeng/story.md", "开头就改的故事。\n")
        until(lambda: "开头就改的故事" in server.page("brands/qingfeng/"))


def test_a_first_build_that_fails_recovers_at_the_next_edit(small: SiteDriver, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "theme", small.root / "theme")
    template = "theme/exhibits/brand.html"
    sound = (small.root / template).read_bytes()
    small.write(template, b"{% for %}\n")
    with serving(small, tmp_path / "temporary") as server:
        page = server.page("brands/qingfeng/")
        assert "还不能预览" in page and f"{template}:1" in page
        small.write(template, sound)
        until(lambda: "还不能预览" not in server.page("brands/qingfeng/"))


@pytest.mark.audit
def test_a_temporary_disk_that_is_full_ends_nothing(small: SiteDriver, tmp_path: Path) -> None:
    """A limit of a file's size stands for a full disk: both fail while a file is written."""
    if shutil.which("prlimit") is None:
        pytest.skip("no prlimit on this machine")
    with serving(small, tmp_path / "temporary") as server:
        assert "preview-stale" not in server.page()
        limit = ["prlimit", "--pid", str(server.process.pid)]
        subprocess.run([*limit, "--fsize=2000:unlimited"], check=True)
        small.write("brands/qingfeng/story.md", "磁盘满时的故事。\n")
        until(lambda: "这次没有更新" in server.said)
        assert "磁盘满了" in server.page() and "没有生成" in server.page()
        subprocess.run([*limit, "--fsize=unlimited:unlimited"], check=True)
        small.write("brands/qingfeng/story.md", "有地方了的故事。\n")
        until(lambda: "有地方了的故事" in server.page("brands/qingfeng/"))
        until(lambda: "preview-stale" not in server.page())
        assert server.process.poll() is None
