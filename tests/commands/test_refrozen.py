"""A year that an office took back and that is frozen anew, as a visitor meets it again."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

import pytest

from tests.helpers.driver import SiteDriver
from tests.helpers.freezing import NOW, YEAR, city, freeze, frozen
from tests.helpers.processes import run, said

REASON, OFFICE = "一张照片的授权到期", "机关工委办公室"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteDriver:
    """The site with a year that was frozen, taken back, corrected and frozen anew, and built for a folder."""
    made = city(tmp_path)
    assert freeze(made, monkeypatch)[0] == 0
    cache = ("--cache", str(tmp_path / "cache"))
    done = run("thaw", YEAR, "--reason", REASON, "--by", OFFICE, "--on", "2026-02-01", *NOW, *cache, cwd=made.root)
    assert done.returncode == 0, said(done)
    made.edit("brands/qingfeng/brand.yml", "slogan: 清风徐来", "slogan: 清风常在")
    code, told = freeze(made, monkeypatch, "--out", "second", on="2026-02-02")
    assert code == 0 and "frozen again" in told, told
    done = run("build", "--links", "file", "--out", "../site-out", *NOW, *cache, cwd=made.root)
    assert done.returncode == 0, said(done)
    return made


@pytest.mark.parametrize("address", ["years/", f"years/{YEAR}/", "versions/", "versions/brands/", "versions/units/", "brands/qingfeng/", "units/court/"])
def test_the_thaw_is_told_wherever_the_year_is_met(address: str, site: SiteDriver) -> None:
    assert f"2026年2月1日由{OFFICE}启封，原因：{REASON}" in site.page(address)


@pytest.mark.parametrize("page", ["index.html", "brands/qingfeng/index.html", "archive/index.html"])
def test_the_frozen_pages_lead_to_where_it_is_told(page: str, site: SiteDriver) -> None:
    text = (site.out / YEAR / page).read_text("utf-8")
    assert text == (frozen(site) / page).read_text("utf-8") and REASON not in text
    links = re.findall(r'<a (?:class="more" )?href="([^"]*versions/[^"]*)">后来的版本、启封记录</a>', text)
    assert len(links) == (2 if page.startswith("archive/") else 1)
    for each in links:
        path, _, mark = each.partition("#")
        target = (site.out / YEAR / PurePosixPath(page).parent / path).resolve()
        told = target.read_text("utf-8")
        assert REASON in told and f'id="frozen-{YEAR}"' in told and (not mark or f'id="{mark}"' in told), each
        if mark == "qingfeng":
            row = told[told.index('id="qingfeng"') :].partition("</li>")[0]
            assert f'<a href="#frozen-{YEAR}">{YEAR}年封存版启封过</a>' in row


def test_the_year_that_is_kept_alone_says_where_it_would_be_told(site: SiteDriver) -> None:
    beside = site.root / "second" / f"exhibition-{YEAR}" / "data/versions"
    for page in ("index.html", "brands/index.html"):
        text = (beside / page).read_text("utf-8")
        assert f'id="frozen-{YEAR}"' in text and "有没有启封过，看网站" in text
