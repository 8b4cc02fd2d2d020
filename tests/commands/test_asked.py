"""What is asked is what is checked: every way of writing a path is right or an error that names it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from generator.cli.asked import within
from generator.cli.commands.main import exhibit
from generator.pipeline import survey
from generator.system.failures import CannotDo
from generator.text.legible import printable
from tests.helpers.driver import SiteDriver


def _run(site: SiteDriver, *arguments: str) -> Result:
    common = ["--as-of", "2026-06-01", "--cache", str(site.root.parent / "cache")]
    return CliRunner().invoke(exhibit, ["check", *common, *arguments])


@pytest.fixture
def two(small: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> SiteDriver:
    """A site with an error in its brand and none elsewhere, and the shell in its folder."""
    small.edit("brands/qingfeng/brand.yml", "slogan:", "slogna:")
    monkeypatch.chdir(small.root)
    return small


# The site's folder stands for "{root}".
FOUND = (
    ".",
    "./",
    "brands",
    "brands/",
    "./brands//qingfeng/",
    "brands/qingfeng",
    "brands/qingfeng/brand.yml",
    "brands/qingfeng/story.md",
    "brands/qingfeng/img",
    "brands\\qingfeng\\brand.yml",
    "content/../brands/qingfeng",
    "{root}",
    "{root}/brands/qingfeng/brand.yml",
    "brands/*",
    "brands/q?ngf[e]ng/*.yml",
    "**/brand.yml",
    "{root}/brands/q*",
)
MISSING = (
    ("brands/qingfnegg", "brands/qingfeng"),
    ("brands/qingfeng/brand.yaml", "brands/qingfeng/brand.yml"),
    ("brands/qingfeng/brand.yml/", "brands/qingfeng/brand.yml"),
    ("Brands/QingFeng", "brands/qingfeng"),
    ("brand", "brands"),
    ("site_config.yaml", "site_config.yml"),
    ("brands/nothing*", ""),
    ("不存在", ""),
    ("-", ""),
    ("~", ""),
    ("a\x1b[2Jb", ""),
)
OUTSIDE = ("..", "/", "../cache", "{root}/..", "brands/../../cache", "/etc/passwd")
NO_RECORD = ("README.md", ".cache", "docs/x.md")
UNUSED = ("content/empty", "brands/.hidden", "brands/qingfeng/~$draft.docx", "content/lonely.png")


@pytest.mark.parametrize("path", FOUND)
def test_whatever_covers_the_faulty_record_shows_its_fault(two: SiteDriver, path: str) -> None:
    run = _run(two, path.format(root=two.root))
    assert run.exit_code == 1, run.output
    assert "SCH-002" in run.output and "检查通过" not in run.output


@pytest.mark.parametrize(("path", "meant"), MISSING)
def test_a_path_that_is_not_there_is_named_with_the_nearest(two: SiteDriver, path: str, meant: str) -> None:
    run = _run(two, path)
    assert run.exit_code == 2, run.output
    assert path.replace("\x1b", "\ufffd") in run.output and "检查通过" not in run.output
    assert f"是不是“{meant}”" in run.output if meant else True


@pytest.mark.parametrize("path", OUTSIDE)
def test_what_lies_outside_of_the_site_is_refused(two: SiteDriver, path: str) -> None:
    (two.root.parent / "cache").mkdir(exist_ok=True)
    run = _run(two, path.format(root=two.root))
    assert run.exit_code == 2 and "检查通过" not in run.output
    assert "不在站点文件夹" in run.output


@pytest.mark.parametrize("path", [*NO_RECORD, *UNUSED])
def test_what_no_record_is_read_from_is_not_clean(
    small: SiteDriver, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in ("README.md", "theme/a.css", "docs/x.md", "brands/.hidden", "brands/qingfeng/~$draft.docx", ".cache/x"):
        small.write(each, "x")
    (small.root / "content/empty").mkdir()
    small.copy_file("brands/qingfeng/img/hall.jpg", "content/lonely.png")
    monkeypatch.chdir(small.root)
    run = _run(small, path)
    assert run.exit_code == 2, run.output
    assert path in run.output and "检查通过" not in run.output


def test_a_theme_of_the_sites_own_that_is_not_used_is_told_of(small: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    small.write("theme/exhibits/a.html", "x")
    monkeypatch.chdir(small.root)
    run = _run(small, "theme")
    assert "CFG-016" in run.output and "检查通过" not in run.output


def test_a_path_that_is_used_by_nothing_but_wrong_shows_that(two: SiteDriver) -> None:
    two.write("brands/qingfeng/notes.docx", "x")
    run = _run(two, "brands/qingfeng/notes.docx")
    assert run.exit_code == 0 and "ID-008" in run.output and "SCH-002" not in run.output


def test_one_wrong_path_among_right_ones_is_enough_and_all_wrong_ones_are_named(two: SiteDriver) -> None:
    run = _run(two, "content", "nope", "brands", "neither")
    assert run.exit_code == 2
    assert "nope" in run.output and "neither" in run.output and "检查通过" not in run.output


@pytest.mark.parametrize("path", ["", " ", "\t"])
def test_an_empty_path_is_no_question(two: SiteDriver, path: str) -> None:
    run = _run(two, "content", path)
    assert run.exit_code == 2 and "检查通过" not in run.output


def test_paths_count_from_here_and_from_the_site(two: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(two.root / "brands")
    for path in ("qingfeng", "brands/qingfeng", "..", "../brands", "."):
        assert _run(two, path).exit_code == 1, path
    assert _run(two, "../content").exit_code == 0
    monkeypatch.chdir(two.root.parent)
    for path in ("brands/qingfeng", f"{two.root.name}/brands/qingfeng"):
        assert _run(two, "--root", str(two.root), path).exit_code == 1, path


def test_a_link_to_the_site_is_the_site_and_a_link_in_it_is_what_is_wrong(two: SiteDriver) -> None:
    link = two.root.parent / "link"
    link.symlink_to(two.root)
    assert _run(two, "--root", str(link), f"{link}/brands/qingfeng").exit_code == 1
    assert _run(two, f"{link}/content").exit_code == 0
    (two.root / "brands/other").symlink_to(two.root / "brands/qingfeng")
    run = _run(two, "brands/other")
    assert run.exit_code == 1 and "SEC-005" in run.output and "SCH-002" not in run.output


def test_it_is_said_how_many_records_were_looked_at(small: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small.root)
    for path, count in ((".", 7), ("brands", 1), ("brands/qingfeng/img", 1), ("content/units.yml", 3)):
        assert f"检查通过：{count} 条记录" in _run(small, path).output
        assert json.loads(_run(small, "--format", "json", path).stdout)["records"] == count
    assert "检查通过" in _run(small, "site_config.yml").output


def test_errors_elsewhere_are_counted(two: SiteDriver) -> None:
    run = _run(two, "content")
    assert run.exit_code == 0 and "其他文件里还有 1 个错误" in run.output


def test_a_picture_stands_for_what_shows_it(small: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small.root)
    assert "1 条记录" in _run(small, "brands/qingfeng/img/hall.jpg").output
    small.write("brands/qingfeng/img/hall.jpg", "no picture")
    run = _run(small, "brands/qingfeng/img/hall.jpg")
    assert run.exit_code == 1 and "IMG-002" in run.output


def test_with_a_broken_configuration_nothing_is_clean(small: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    small.edit("site_config.yml", "colours:", "colors:")
    monkeypatch.chdir(small.root)
    run = _run(small, "brands/qingfeng")
    assert run.exit_code == 1 and "site_config.yml" in run.output


@given(st.text(min_size=1, max_size=12))
def test_any_text_is_an_answer_or_an_error(whole: object, path: str) -> None:
    found, root = whole  # type: ignore[misc]
    try:
        answer = within(found, (path,), root, "zh")
    except CannotDo as error:
        assert str(error) == printable(str(error))
    else:
        assert answer.problems or answer.records or path.strip().endswith("site_config.yml")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> object:
    site = SiteDriver.copy("good/small", tmp_path_factory.mktemp("asked"))
    return survey(site.settings()), site.root.resolve()


def test_a_mistyped_root_names_the_nearest_and_creates_nothing(
    small: SiteDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small.root.parent)
    (small.root.parent / "else").mkdir()
    before = sorted(small.root.parent.rglob("*"))
    for root in ("siet", "site/brands", "site/site_config.yml", "site/brands/qingfeng", "else", "else/deeper", "."):
        run = CliRunner().invoke(exhibit, ["check", "--root", root])
        assert run.exit_code == 2, root
        assert str(small.root) in run.output or "--root site" in run.output, run.output
    assert sorted(small.root.parent.rglob("*")) == before


def test_a_misspelt_configuration_is_named(tmp_path: Path) -> None:
    (tmp_path / "site_config.yaml").write_text("x")
    run = CliRunner().invoke(exhibit, ["check", "--root", str(tmp_path)])
    assert run.exit_code == 2 and "site_config.yaml" in run.output and "改名为 site_config.yml" in run.output


def test_no_site_anywhere_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke(exhibit, ["check"])
    assert run.exit_code == 2 and "site_config.yml" in run.output and os.listdir(tmp_path) == []  # noqa: PTH208
