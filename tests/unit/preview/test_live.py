"""Live preview: pages come with the reload script, problems show where the work is, a change wakes the page, and whatever
fails is shown beside the site of before."""

from __future__ import annotations

import errno
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.policy import Unsafe
from generator.preview import making
from generator.preview.panels import SCRIPT, STATE
from generator.preview.state import Preview
from generator.preview.watching import Change, changes, stamp_at, stamps
from tests.helpers.driver import SiteDriver
from tests.helpers.places import ROOT
from tests.helpers.previewing import Running

BRAND = "brands/qingfeng/brand.yml"


@pytest.fixture
def running(small: SiteDriver) -> Iterator[Running]:
    with Running(small) as running:
        running.rebuild()
        yield running


def test_pages_come_with_the_reload_script_and_files_without(running: Running) -> None:
    status, page = running.open("/brands/qingfeng/")
    assert status == 200
    assert f'<script src="{SCRIPT}"' in page
    assert "preview-problems" not in page and "preview-stale" not in page
    assert SCRIPT not in (running.folder / "brands/qingfeng/index.html").read_text("utf-8")
    assert STATE in running.open(SCRIPT)[1]
    assert running.open("/manifest.json")[0] == 200


def test_a_broken_record_shows_its_problems_and_the_rest_goes_on(running: Running) -> None:
    running.site.edit(BRAND, "slogan:", "slogna:")
    running.rebuild()
    status, page = running.open("/brands/qingfeng/")
    assert status == 404
    assert "brands/qingfeng/brand.yml:3:1" in page
    assert "是不是“slogan（品牌口号）”" in page
    assert running.open("/units/court/")[0] == 200
    running.site.edit(BRAND, "slogna:", "slogan:")
    running.rebuild()
    assert "preview-problems" not in running.open("/brands/qingfeng/")[1]


def test_a_broken_configuration_shows_its_problems_on_the_site_of_before(running: Running) -> None:
    running.site.edit("site_config.yml", "colours:", "colors:")
    running.rebuild()
    status, page = running.open("/")
    assert status == 200
    assert "site_config.yml:5:1" in page and "上次改动没有生成" in page
    assert running.open("/brands/qingfeng/")[0] == 200
    running.site.edit("site_config.yml", "colors:", "colours:")
    running.rebuild()
    assert "preview-stale" not in running.open("/")[1]


def test_a_configuration_broken_from_the_beginning_is_told_at_every_address(small: SiteDriver) -> None:
    small.edit("site_config.yml", "colours:", "colors:")
    with Running(small) as running:
        assert "正在生成预览" in running.open("/brands/")[1]
        running.rebuild()
        status, page = running.open("/brands/")
        assert status == 200 and "还不能预览" in page and "site_config.yml:5:1" in page and SCRIPT in page
        small.edit("site_config.yml", "colors:", "colours:")
        running.rebuild()
        assert "还不能预览" not in running.open("/brands/")[1]


def test_the_problems_are_shown_as_text(running: Running) -> None:
    running.site.edit(BRAND, "slogan: 清风徐来", "slogan: <img src=x onerror=alert(1)>")
    running.rebuild()
    page = running.open("/")[1]
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "<img src=x" not in page


def test_every_build_has_a_version_that_its_pages_name(running: Running) -> None:
    versions = set()
    for _ in range(3):
        running.rebuild()
        state = running.open(STATE)[1]
        version = running.preview.now.version
        assert version in state and f'data-version="{version}"' in running.open("/")[1]
        versions.add(version)
    assert len(versions) == 3
    assert Preview(running.folder, "zh").now.version not in versions  # of another run


def test_nothing_outside_of_the_preview_is_served(running: Running) -> None:
    for path in ("/../cache/", "/%2e%2e/site/site_config.yml", "/..%2fsite/site_config.yml", "//etc/passwd"):
        assert running.open(path)[0] == 404


# -- builds that fail ---------------------------------------------------------------------------------------------------


def _own_theme(site: SiteDriver) -> None:
    shutil.copytree(ROOT / "theme", site.root / "theme")


def _syntax(site: SiteDriver) -> None:
    site.write("theme/exhibits/brand.html", "a\n{% if x %}\n{{ x }\n")


def _filter(site: SiteDriver) -> None:
    site.write("theme/exhibits/brand.html", "a\n\n{{ title | no_such_filter }}\n")


def _frame_syntax(site: SiteDriver) -> None:
    site.write("theme/frame/main.html", "{% block a %}\n{% endfor %}\n")


def _import(site: SiteDriver) -> None:
    file = next((site.root / "theme" / "assets").rglob("*.css"))
    file.write_text(f'@import url("https://fonts.example.com/a.css");\n{file.read_text("utf-8")}', "utf-8")


def _no_template(site: SiteDriver) -> None:
    site.remove("theme/exhibits/parts.html")


BREAKAGES: dict[str, tuple[Callable[[SiteDriver], None], str]] = {
    "syntax": (_syntax, "theme/exhibits/brand.html:3"),
    "filter": (_filter, "theme/exhibits/brand.html:3"),
    "import": (_import, "fonts.example.com"),
    "missing": (_no_template, "parts.html"),
}


@pytest.mark.audit
@pytest.mark.parametrize("name", BREAKAGES)
def test_a_mistake_in_the_theme_keeps_the_site_and_tells_where(name: str, running: Running) -> None:
    breakage, told = BREAKAGES[name]
    _own_theme(running.site)
    assert running.update()
    good = running.open("/brands/qingfeng/")[1].partition("</h1>")[0].partition("<body")[2]
    breakage(running.site)
    assert not running.update()
    page = running.open("/brands/qingfeng/")[1]
    assert "上次改动没有生成" in page and told in page and told in running.said[-1]
    assert "<h1" in page and good.partition("<h1")[2] in page
    shutil.rmtree(running.site.root / "theme")
    _own_theme(running.site)
    assert running.update()
    assert "preview-stale" not in running.open("/")[1]


def test_a_frame_that_cannot_be_read_is_told_with_its_line(running: Running) -> None:
    from generator.engines.mkdocs import MkDocsEngine

    _own_theme(running.site)
    _frame_syntax(running.site)
    assert not running.update(MkDocsEngine())
    assert "theme/frame/main.html:2" in running.said[-1] and "theme/frame/main.html:2" in running.open("/")[1]


FAULTS = {
    "full": (OSError(errno.ENOSPC, "No space left on device", "/tmp/x"), "磁盘满了"),
    "vanished": (FileNotFoundError(errno.ENOENT, "No such file", "story.md"), "story.md"),
    "memory": (MemoryError(), "内存不够"),
    "value": (ValueError("a\x1b[2Jb 13912345678"), "ValueError"),
    "deep": (RecursionError("too deep"), "RecursionError"),
    "assertion": (AssertionError(), "AssertionError"),
    "unsafe": (Unsafe("a.html: x"), "a.html: x"),
}


@pytest.mark.audit
@pytest.mark.parametrize("name", FAULTS)
def test_whatever_a_build_raises_is_shown_and_ends_nothing(
    name: str, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    error, told = FAULTS[name]

    def fail(*arguments: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(making, "build", fail)
        assert not running.update()
    page = running.open("/")[1]
    assert told in page and told in running.said[-1] and "preview-stale" in page
    assert "\x1b" not in page + running.said[-1] and "13912345678" not in page + running.said[-1]
    assert running.update() and "preview-stale" not in running.open("/")[1]


def test_a_first_build_that_fails_is_told_and_mended_by_the_next(
    small: SiteDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Running(small) as running:
        with monkeypatch.context() as patch:
            patch.setattr(making, "build", lambda *_: 1 / 0)
            assert not running.update()
        status, page = running.open("/any/where/")
        assert status == 200 and "ZeroDivisionError" in page and SCRIPT in page
        assert running.update()
        assert running.open("/brands/qingfeng/")[0] == 200


# -- builds side by side -------------------------------------------------------------------------------------------------


def test_what_a_page_of_the_former_build_needs_is_still_there(running: Running) -> None:
    _own_theme(running.site)
    running.rebuild()
    old = next(each for each in running.folder.rglob("*.css") if each.name.startswith("exhibit."))
    address = f"/{old.relative_to(running.folder).as_posix()}"
    css = next((running.site.root / "theme" / "assets").rglob("*.css"))
    css.write_text(css.read_text("utf-8") + "\n.new { color: red; }\n", "utf-8")
    running.rebuild()
    assert not (running.folder / address[1:]).exists()
    assert running.open(address)[0] == 200
    css.write_text(css.read_text("utf-8") + "\n.newer { color: red; }\n", "utf-8")
    running.rebuild()
    assert running.open(address)[0] == 404


def test_a_page_that_was_taken_away_does_not_come_back_from_the_former_build(running: Running) -> None:
    running.site.remove("brands/qingfeng")
    running.rebuild()
    assert running.open("/brands/qingfeng/")[0] == 404


@pytest.mark.skipif(os.name == "nt", reason="links of files need rights there")
def test_two_builds_share_the_files_that_did_not_change(running: Running) -> None:
    first = running.folder
    running.rebuild()
    assert running.folder != first
    name = "units/court/index.html"
    assert (first / name).samefile(running.folder / name)


# -- watching ------------------------------------------------------------------------------------------------------------


def _rename(root: Path) -> None:
    (root / "site_config.yml.new").write_bytes((root / "site_config.yml").read_bytes() + b"\n")
    (root / "site_config.yml.new").replace(root / "site_config.yml")


CHANGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a story": (lambda root: (root / "brands/qingfeng/story.md").write_text("新的故事。\n", "utf-8"), "story.md"),
    "the configuration, by renaming": (_rename, "site_config.yml"),
    "the configuration is gone": (lambda root: (root / "site_config.yml").unlink(), "site_config.yml"),
    "a folder renamed": (lambda root: (root / "brands/qingfeng").rename(root / "brands/xin"), "brands/xin"),
    "a folder deleted": (lambda root: shutil.rmtree(root / "brands/qingfeng"), "brands/qingfeng"),
    "all brands deleted": (lambda root: shutil.rmtree(root / "brands"), "brands"),
    "a theme appears": (lambda root: shutil.copytree(ROOT / "theme", root / "theme"), "theme"),
    "an empty folder": (lambda root: (root / "brands/kong").mkdir(), "brands/kong"),
}


@pytest.mark.parametrize("is_deaf", [False, True], ids=["told", "untold"])
@pytest.mark.parametrize("name", CHANGES)
def test_a_change_of_a_source_is_noticed(
    name: str, is_deaf: bool, small: SiteDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    change, told = CHANGES[name]
    blind: list[bool] = []
    if is_deaf:

        def refuse(*arguments: object, **more: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr("generator.preview.watching.watch", refuse)
    watching = changes(small.root, stamps(small.root), lambda: blind.append(True))
    change(small.root)
    assert any(told in each for each in next(watching).files)
    watching.close()
    assert len(blind) <= 1


def test_where_the_system_tells_nothing_this_is_said_once(small: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **more: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("generator.preview.watching.watch", refuse)
    blind: list[bool] = []
    watching = changes(small.root, {}, lambda: blind.append(True))
    next(watching)
    for number in range(2):
        small.write("brands/qingfeng/story.md", f"新的故事{number}。\n")
        next(watching)
    watching.close()
    assert blind == [True]


def test_an_edit_during_a_build_causes_another_and_many_edits_are_one(small: SiteDriver) -> None:
    before = stamps(small.root)
    for number in range(20):
        small.write("brands/qingfeng/story.md", f"第{number}版。\n")
    watching = changes(small.root, before, lambda: None)
    assert next(watching).files == ["brands/qingfeng/story.md"]
    small.write("content/about.md", "# 关于\n\n改了。\n")  # while the first build is at work
    assert next(watching).files == ["content/about.md"]
    watching.close()


def test_single_files_are_told_of_before_everything_is_looked_at(small: SiteDriver) -> None:
    told: list[frozenset[str]] = []
    found: list[Change] = []
    before = stamps(small.root)
    watching = changes(small.root, before, lambda: None, on_told=told.append)
    thread = threading.Thread(target=lambda: found.append(next(watching)), daemon=True)
    thread.start()
    time.sleep(1.0)  # until the system tells of changes
    small.write("brands/qingfeng/.story.md.swp", "x")
    small.write("brands/qingfeng/story.md", "新的故事。\n")
    thread.join(20)
    assert told[0] == frozenset(["brands/qingfeng/story.md"])
    assert stamp_at(small.root, "brands/qingfeng/story.md") == found[0].now["brands/qingfeng/story.md"]
    assert {stamp_at(small.root, each) == found[0].now[each] for each in before if each in found[0].now} == {True}
    assert stamp_at(small.root, "brands/none") is None


def test_a_folder_that_was_made_anew_is_still_watched(small: SiteDriver) -> None:
    watching = changes(small.root, stamps(small.root), lambda: None)
    kept = small.root.parent / "kept"
    (small.root / "brands").rename(kept)
    assert next(watching)
    shutil.copytree(kept, small.root / "brands")
    assert next(watching)
    small.write("brands/qingfeng/story.md", "新的故事。\n")
    assert next(watching).files == ["brands/qingfeng/story.md"]
    watching.close()


def test_what_editors_leave_beside_and_links_to_elsewhere_are_no_change(small: SiteDriver, tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (small.root / "brands" / "round").symlink_to(tmp_path / "far")
    before = stamps(small.root)
    for name in (".story.md.swp", "story.md~", "~$story.md", ".DS_Store"):
        small.write(f"brands/qingfeng/{name}", "x")
    (tmp_path / "far" / "file.md").write_text("x")
    assert stamps(small.root) == before


def test_links_of_a_theme_in_a_circle_are_looked_at_once(small: SiteDriver) -> None:
    (small.root / "theme" / "a").mkdir(parents=True)
    for name in ("b", "c", "d"):
        (small.root / "theme" / "a" / name).symlink_to(small.root / "theme")
    assert len([each for each in stamps(small.root) if each.startswith("theme/")]) < 10
