"""``exhibit explain``: what a page is made from, what keeps it away, and what the last publication changed in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from generator.messages import say
from generator.publishing.changes import State
from tests.helpers.driver import SiteDriver
from tests.helpers.processes import here, run, said

BRAND = "brands/qingfeng/brand.yml"
PAGE = "brands/qingfeng/"
Ask = Callable[..., str]


def _built(site: SiteDriver) -> None:
    done = run("build", "--out", "out", "--cache", "../kept", "--as-of", "2026-06-01", cwd=site.root)
    assert done.returncode == 0, said(done)


@pytest.fixture
def ask(small: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> Ask:
    def asked(path: str, *more: str, code: int = 0) -> str:
        given = ("explain", path, "--out", "out", "--cache", "../kept", "--as-of", "2026-06-01", *more)
        done = here(monkeypatch, *given, cwd=small.root)
        assert done.returncode == code, said(done)
        return said(done)

    return asked


def test_the_command_as_a_user_starts_it(small: SiteDriver) -> None:
    done = run("explain", PAGE, "--lang", "en", cwd=small.root)
    assert done.returncode == 0, said(done)
    assert f"{PAGE} is made from {BRAND}:1:5 with the template brand.html." in said(done)
    assert "holds no published site yet" in said(done)


@pytest.mark.parametrize(
    "path",
    [PAGE, f"/{PAGE}", "brands/qingfeng", f"{PAGE}index.html", f"out/{PAGE}index.html", BRAND, "brands/qingfeng/story.md",
     "brands/qingfeng/img/hall.jpg", f"./{PAGE}#practices", "brands\\\\qingfeng\\\\"],
)
def test_a_page_is_meant_in_many_ways(path: str, ask: Ask) -> None:
    assert f"{PAGE} 由 {BRAND}:1:5 生成，模板 brand.html。" in ask(path.replace("\\\\", "\\"))


def test_what_the_last_publication_did_is_told(small: SiteDriver, ask: Ask) -> None:
    _built(small)
    assert "以前的网站没有留存" in ask(PAGE)
    small.edit(BRAND, "slogan: 清风徐来", "slogan: 清风常在")
    _built(small)
    told = ask(PAGE)
    assert "最近一次发布改了它" in told
    assert '− <meta name="description" content="清风徐来">' in told
    assert '+ <meta name="description" content="清风常在">' in told
    assert "新旧内容完全一样" in ask("about/submit/")
    assert "data/exhibition.json 由 site_config.yml:1:1 生成。" in (file := ask("data/exhibition.json"))
    lines = [each for each in file.splitlines() if each.startswith("  +")]
    assert lines and all(len(each) < 200 and "清风常在" in each for each in lines), "long lines begin where they differ"
    page = small.root / "out" / PAGE / "index.html"
    page.write_text(page.read_text("utf-8") + "x", "utf-8")
    assert "被人改过或删掉" in ask(PAGE)
    small.copy_folder("brands/qingfeng", "brands/another").edit("brands/another/brand.yml", "id: qingfeng", "id: another")
    assert "还没有它，下次生成会加上" in ask("brands/another/")
    _built(small)
    assert "最近一次发布新增了它" in ask("brands/another/")


def test_what_is_not_public_says_what_is_still_to_do(small: SiteDriver, ask: Ask) -> None:
    _built(small)
    small.edit(BRAND, "status: published", "status: draft")
    told = ask(PAGE)
    assert f"{PAGE} 不会生成。" in told and "（草稿）还差：" in told and "把 status 改为 published" in told
    assert "还有它，下次生成会删去" in told


def test_errors_that_keep_a_page_away_are_shown(small: SiteDriver, ask: Ask) -> None:
    small.edit(BRAND, "slogan:", "slogna:")
    told = ask(PAGE, code=1)
    assert "不会生成" in told and f"{BRAND}:" in told and "slogna" in told


def test_a_withdrawn_record_has_a_page_that_says_so(small: SiteDriver, ask: Ask) -> None:
    small.edit(BRAND, "status: published", "status: withdrawn\nwithdrawn_on: 2026-05-01\nwithdrawn_reason: 重复报送")
    assert "已经撤下，页面只说明这一点" in ask(PAGE)


def test_what_is_nowhere_is_said_with_a_guess(small: SiteDriver, ask: Ask) -> None:
    told = ask("brands/qingfen", code=2)
    assert "不是网站的地址" in told and "brands/qingfeng" in told
    assert not (small.root / "out").exists(), "it only looks"


def test_every_state_has_its_words() -> None:
    for each in get_args(State):
        for language in ("zh", "en"):
            assert say(f"why.{each.replace(' ', '_')}", language, out="site")


def test_the_path_of_a_folder_elsewhere_is_no_source(tmp_path: Path, ask: Ask) -> None:
    assert "不是网站的地址" in ask(str(tmp_path / "elsewhere"), code=2)
