"""Previews: a bad picture is a panel that says what is wrong, and nobody takes a preview for the real thing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from generator.cli.commands.main import exhibit
from generator.engines.mkdocs import MkDocsEngine
from generator.media import standins
from generator.problems import Span, problem
from tests.helpers.driver import SiteDriver

Site = Callable[[str], SiteDriver]
PAGE = "brands/qingfeng/"
BRAND = "brands/qingfeng/brand.yml"
NOTE = "预览：有 13 个错误，未达到发布要求"


def _texts(content: bytes) -> list[str]:
    return [
        "".join(each.itertext()) for each in ElementTree.fromstring(content).iter("{http://www.w3.org/2000/svg}text")
    ]


def _panels(site: SiteDriver) -> dict[str, list[str]]:
    """The published panels: address → what they say."""
    return {name: _texts(content) for name, content in site.files().items() if name.endswith("-standin.svg")}


def test_a_bad_picture_is_a_panel_and_its_record_stays(site: Site) -> None:
    driver = site("bad/pictures").build(keep_going=True)
    assert driver.is_published()
    panels = _panels(driver)
    said = {texts[1]: texts for texts in panels.values()}
    assert set(said) == {
        "logo.svg", "hidden.png", "cut.jpg", "wrong.png", "seal.svg", "old.gif", "CUT.jpg", "none.jpg", "flag.jpg",
        "mark.svg",
    }  # fmt: skip
    assert said["cut.jpg"][0] == "图片不能用"
    assert "".join(said["cut.jpg"][2:-1]) == "图片“brands/qingfeng/img/cut.jpg”打不开，可能不完整或已损坏。"
    assert said["CUT.jpg"][-1] == "IMG-006"
    page = driver.page(PAGE)
    assert all(name in page for name in panels)
    assert 'width="640" height="400" alt="徽标"' in page


def test_panels_that_look_alike_are_one_file(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where files of one name are lost to the same fault: what is published once has one address."""
    alike = standins.draw("cut.jpg", None, "zh")
    monkeypatch.setattr(standins, "draw", lambda *_: alike)
    driver = site("bad/pictures").build(keep_going=True)
    assert driver.is_published()
    (panel,) = _panels(driver)
    assert driver.page(PAGE).count(panel) > 1


def test_a_release_fails_with_all_bad_pictures_at_once(site: Site) -> None:
    driver = site("bad/pictures").build()
    assert not driver.is_published() and not driver.out.exists()
    assert len(driver.problems) == 13
    assert {each.code for each in driver.problems} == {f"IMG-00{number}" for number in (1, 2, 3, 4, 6, 8, 9)}


def test_a_preview_says_that_it_is_one(site: Site) -> None:
    driver = site("bad/pictures").build(keep_going=True, engine=MkDocsEngine())
    for name, content in driver.files().items():
        if name.endswith(".html") and not re.match("[a-z]/", name):  # what only forwards shows nothing
            assert NOTE in content.decode(), name
            assert '<meta name="robots" content="noindex">' in content.decode(), name
    assert json.loads(driver.files()["manifest.json"])["preview"] == {"errors": 13}


def test_what_is_fit_for_publication_says_nothing_of_previews(small: SiteDriver) -> None:
    going, stopping = small.build(keep_going=True).files(), small.build().files()
    assert going.keys() == stopping.keys()
    noindex = b'<meta name="robots" content="noindex">'
    for name, content in stopping.items():
        assert not name.endswith(".html") or b"preview-note" not in content
        assert b"unpublished" not in content.replace(b".unpublished", b"") or name.endswith(".css"), name
        if name.endswith(".html") and not re.match("[a-z]/", name):
            assert noindex in going[name] and (noindex in content) is (name == "404.html")
            assert going[name].replace(noindex, b"") == content.replace(noindex, b"")
        elif name != "manifest.json":
            assert going[name] == content, name
    manifests = [json.loads(each["manifest.json"]) for each in (going, stopping)]
    assert manifests[0].pop("preview") == {"errors": 0}
    left_open = {"files": None, "seal": None}  # the seal covers the files
    assert manifests[0] | left_open == manifests[1] | left_open
    assert "preview" not in manifests[1]


def test_an_error_that_is_no_picture_still_leaves_its_record_out(site: Site) -> None:
    driver = site("bad/pictures").edit(BRAND, "unit: court", "unit: nowhere").build(keep_going=True)
    assert driver.is_published()
    assert f"{PAGE}index.html" not in driver.files()
    assert _panels(driver) == {}


@pytest.mark.parametrize("target", ["/etc/hostname", "nowhere"])
def test_a_linked_picture_is_a_panel_too(target: str, small: SiteDriver) -> None:
    picture = small.root / "brands/qingfeng/img/hall.jpg"
    picture.unlink()
    picture.symlink_to(target)
    small.build(keep_going=True)
    assert [texts[1] for texts in _panels(small).values()] == ["hall.jpg"]
    assert next(iter(_panels(small).values()))[-1] == "SEC-005"


def test_the_poster_of_a_film_and_the_opening_are_panels(site: Site) -> None:
    driver = site("good/video")
    for each in driver.root.rglob("content/videos/*/img/*"):
        each.write_bytes(b"x")
    driver.edit("site_config.yml", "opening:\n", "opening:\n  picture: content/img/none.jpg\n").build(keep_going=True)
    assert driver.is_published()
    assert "none.jpg" in {texts[1] for texts in _panels(driver).values()}
    assert "-standin.svg" in driver.page("")
    assert "-standin.svg" in driver.page("videos/kaiting/")


def test_no_drawing_that_was_submitted_is_ever_published(site: Site) -> None:
    driver = site("bad/pictures")
    driver.write("brands/qingfeng/img/stray.svg", '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')
    driver.write("content/img/stray.svgz", b"\x1f\x8b").build(keep_going=True)
    ours = {"assets/icon.svg", "assets/pointer.svg", "assets/pointer-hand.svg"}
    for name, content in driver.files().items():
        assert b'onload="alert' not in content, name
        assert not name.endswith((".svg", ".svgz")) or name in ours or name.endswith("-standin.svg")


def test_a_preview_is_the_same_bytes_with_any_number_of_workers(site: Site, tmp_path: Path) -> None:
    one = site("bad/pictures").build(keep_going=True).files()
    other = SiteDriver.copy("bad/pictures", tmp_path / "other").build(keep_going=True, jobs=2).files()
    assert one == other


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_name_and_any_text_give_a_drawing_that_can_be_read(name: str, text: str) -> None:
    made = standins.draw(f"brands/x/{name}", problem("IMG-001", Span("a.yml"), path=text), "zh")
    texts = _texts(made.content)
    assert texts[0] == "图片不能用" and texts[-1] == "IMG-001"
    assert len(texts) <= 7
    assert all(each.isprintable() for each in texts)


@pytest.mark.parametrize(
    "evil", ["</text><script>alert(1)</script>", '"/><image href="https://evil.example/"/>', "&x;"]
)
def test_a_name_never_becomes_markup(evil: str) -> None:
    made = standins.draw(evil, problem("IMG-001", Span("a.yml"), path=evil), "zh")
    tags = {each.tag.rpartition("}")[2] for each in ElementTree.fromstring(made.content).iter()}
    assert tags == {"svg", "rect", "g", "text"}


def test_a_long_name_keeps_its_ending_and_no_line_begins_with_a_full_stop() -> None:
    made = standins.draw(f"{'长' * 80}.jpeg", problem("IMG-001", Span("a.yml"), path="图" * 40), "zh")
    texts = _texts(made.content)
    assert texts[1].startswith("…长") and texts[1].endswith(".jpeg")
    assert not [each for each in texts if each.startswith(("。", "”"))]


# -- the command -------------------------------------------------------------------------------------------------------


def _run(site: SiteDriver, *arguments: str) -> Result:
    common = ["--root", str(site.root), "--as-of", "2026-06-01", "--cache", str(site.root.parent / "cache")]
    return CliRunner().invoke(exhibit, ["build", *common, *arguments])


def test_the_command_builds_a_preview_beside_the_site_and_ends_with_1(site: Site) -> None:
    driver = site("bad/pictures")
    run = _run(driver, "--keep-going")
    assert run.exit_code == 1
    assert "这只是预览，不能发布：有 13 个错误" in run.output
    assert NOTE in (driver.root / "site-preview/index.html").read_text("utf-8")
    assert not (driver.root / "site").exists()
    english = _run(driver, "--keep-going", "--lang", "en", "--out", str(driver.out))
    assert english.exit_code == 1 and "only a preview" in english.output
    assert (driver.out / "index.html").exists()


def test_a_preview_without_errors_ends_with_0(small: SiteDriver) -> None:
    run = _run(small, "--keep-going")
    assert run.exit_code == 0
    assert "预览" not in run.output.replace("site-preview", "")


def test_without_the_flag_nothing_is_published(site: Site) -> None:
    driver = site("bad/pictures")
    assert _run(driver).exit_code == 1
    assert not list(driver.root.glob("site*/index.html"))


# -- large files -------------------------------------------------------------------------------------------------------


def _strict(site: SiteDriver) -> SiteDriver:
    return site.edit("site_config.yml", "wall_page: 4", "wall_page: 4\n  file_megabytes: 1")


@pytest.mark.parametrize("path", ["brands/qingfeng/img/draft.png", "content/archive.tiff", "brands/film.bmp"])
def test_a_large_file_is_one_problem_with_a_remedy(path: str, small: SiteDriver) -> None:
    _strict(small).write(path, bytes((1 << 20) + 1)).check()
    assert small.codes() == [("SEC-010", path, 1)]
    assert "2 MB" in small.lines()[0] and "sha256" in small.lines()[0]
    assert small.write(path, bytes(1 << 20)).check().codes() == []


def test_a_large_film_is_reported_by_its_own_rule_only(site: Site) -> None:
    driver = _strict(site("good/video")).edit(
        "site_config.yml", "file_megabytes: 1", "file_megabytes: 1\n  video_megabytes: 1"
    )
    film = driver.root / "content/videos/kaiting/film.mp4"
    film.write_bytes(film.read_bytes() + bytes(1 << 20))
    assert [each[0] for each in driver.check().codes()] == ["VID-010"]


def test_a_large_picture_that_is_shown_has_the_limit_of_pictures(small: SiteDriver) -> None:
    picture = small.root / "brands/qingfeng/img/hall.jpg"
    picture.write_bytes(picture.read_bytes() + bytes(1 << 20))
    assert _strict(small).check().codes() == []
    small.edit("site_config.yml", "file_megabytes: 1", "file_megabytes: 1\n  picture_megabytes: 1").check()
    assert {each[0] for each in small.codes()} == {"IMG-005"}


# -- pictures of stories -----------------------------------------------------------------------------------------------


def test_a_picture_of_a_story_leads_to_its_largest_form_unless_it_is_a_link_already(small: SiteDriver) -> None:
    story = "## 由来\n\n![门](img/hall.jpg '题')\n\n[![窗](img/hall.jpg)](../../content/about/index.md) ![梁](img/hall.jpg)\n"
    page = small.write("brands/qingfeng/story.md", story).build().main(PAGE)
    assert small.is_published(), small.lines()
    assert page.count('<a class="story-picture"') == 2
    assert 'aria-label="查看大图：门"' in page and 'aria-label="查看大图：窗"' not in page
    assert re.search(r'<a href="../../about/"[^>]*><picture>', page)
    assert '</a><span class="story-caption">题</span>' in page


def test_an_editorial_page_with_a_picture_loads_the_viewer(small: SiteDriver) -> None:
    small.copy_file("brands/qingfeng/img/hall.jpg", "content/about/hall.jpg").build()
    assert "assets/viewer." not in small.page("about/")
    text = (small.root / "content/about/index.md").read_text("utf-8") + "\n![门](hall.jpg)\n"
    page = small.write("content/about/index.md", text).build().page("about/")
    assert small.is_published(), small.lines()
    assert '<a class="story-picture" href="../media/' in page
    assert 'data-position="第 # 张，共 # 张。"' in page
    assert "assets/viewer." in page
