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

from generator.ledger.locks import path_of
from tests.helpers.driver import SiteDriver
from tests.helpers.frozen import alter, lay
from tests.helpers.places import ROOT
from tests.helpers.serving import serving, until

TRACE = "Traceback"


@pytest.mark.few
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=lambda each: str(each)
)
def test_nothing_is_left_when_it_ends(number: signal.Signals, code: int, small: SiteDriver, tmp_path: Path) -> None:
    """But the sites themselves, in the user's own folder, for the next preview."""
    own = tmp_path / "own"
    with serving(small, tmp_path / "temporary", XDG_CACHE_HOME=str(own)) as server:
        held = urllib.request.urlopen(server.url, timeout=20)
        small.write("brands/qingfeng/story.md", "新的故事。\n")
        until(lambda: "已更新" in server.said)
        port = int(server.url.rstrip("/").rpartition(":")[2])
        assert server.end(number) == code
        held.close()
        assert list(server.temporary.iterdir()) == [] and TRACE not in server.said
        (kept,) = (own / "exhibit/previews").iterdir()
        assert {each.relative_to(kept).as_posix() for each in kept.glob("*/*")} == {"a/site", "b/site"}
        assert {each.name for each in kept.iterdir()} == {"a", "b", "lock"} and kept.stat().st_mode & 0o077 == 0
        with pytest.raises(ProcessLookupError):
            os.killpg(server.process.pid, 0)  # nobody of it is left
        with pytest.raises(OSError, match="."):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2)


def test_the_site_of_the_last_preview_is_shown_until_there_is_a_new_one(small: SiteDriver, tmp_path: Path) -> None:
    own = {"XDG_CACHE_HOME": str(tmp_path / "own")}
    with serving(small, tmp_path / "temporary", **own) as server:
        assert "清风" in server.page("brands/qingfeng/") and "先显示上次预览" not in server.said
        server.end()
    small.write("brands/qingfeng/story.md", "后来的故事。\n")
    with serving(small, tmp_path / "temporary", **own) as server:
        page = server.page("brands/qingfeng/")
        assert "先显示上次预览的网站" in server.said
        assert "这是上次预览时（20" in page and "后来的故事" not in page and "清风" in page
        with serving(small, tmp_path / "temporary", **own) as second:  # the folder is taken
            until(lambda: "后来的故事" in second.page("brands/qingfeng/"))
            assert "先显示上次预览" not in second.said
        until(lambda: "后来的故事" in server.page("brands/qingfeng/"))
        assert "preview-stale" not in server.page("brands/qingfeng/")
        server.end(signal.SIGKILL)
    small.write("site_config.yml", "name: [\n")
    with serving(small, tmp_path / "temporary", **own) as server:  # after a crash, and with nothing that could be made
        until(lambda: "没有生成" in server.page("brands/qingfeng/"))
        assert "后来的故事" in server.page("brands/qingfeng/")


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


def test_frozen_years_are_shown_and_one_that_is_damaged_is_told(small: SiteDriver, tmp_path: Path) -> None:
    lay(small.root, 2024)
    with serving(small, tmp_path / "temporary", XDG_CACHE_HOME=str(tmp_path / "own")) as server:
        assert "2024 清风护航" in server.page("2024/brands/qingfeng/")
        assert "2024年封存版" in server.page("brands/qingfeng/")
        alter(small.root, "2024/brands/qingfeng/index.html", b"changed")
        small.write(path_of(2024), (small.root / path_of(2024)).read_bytes() + b"# seen\n")
        until(lambda: "2024年封存版" not in server.page("brands/qingfeng/"))
        assert TRACE not in server.said
