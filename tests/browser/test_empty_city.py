"""A city at its beginning: nothing yet, units alone, one brand, one kind alone. In a real browser nothing is empty, nothing
leads nowhere, and nothing counts to nought."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator.engines.mkdocs import MkDocsEngine
from generator.init.content import Wishes, fill
from tests.helpers.driver import SiteDriver

pytestmark = [pytest.mark.browser, pytest.mark.engine, pytest.mark.audit]

AS_OF = date(2026, 11, 1)
UNITS = "content/units.yml"
KEPT: dict[str, tuple[str, ...] | None] = {  # what is left of the examples; None: made with --empty
    "nothing": None,
    "calendar": ("content/calendar.yml",),
    "introduction": ("content/index.md",),
    "units": (UNITS,),
    "branches": (UNITS, "content/branches.yml"),
    "one brand": (UNITS, "brands/bandeng-tiaojie"),
    "pages": ("content/about",),
    "pioneers": (UNITS, "content/pioneers"),
    "report": ("content/reports",),
}
WITHOUT_SEARCH = ("nothing", "calendar", "introduction")
LOOKS = {"light": {}, "dark": {"exhibit.scheme": "dark"}, "large": {"exhibit.edition": "large"}}
EMPTY = """() => [...document.querySelectorAll("main, nav, section, header, ul, ol, dl, table, h1, h2, h3, figure, form")]
  .filter(each => !each.closest("[hidden], [data-finder], [data-results]"))
  .filter(each => !each.textContent.trim() && !each.querySelector("img, input, svg, video"))
  .map(each => each.outerHTML.slice(0, 120))"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every such city, built as a folder that is opened without a server."""
    return {name: _built(tmp_path_factory.mktemp("city") / "site", kept) for name, kept in KEPT.items()}


def _built(root: Path, kept: tuple[str, ...] | None) -> Path:
    root.mkdir()
    assert fill(root, Wishes("初建之城", examples=kept is not None)) == ()
    for path in (*root.glob("brands/*"), *root.glob("content/*")):
        if not path.relative_to(root).as_posix().startswith(kept or ()):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    config = (root / "site_config.yml").read_text("utf-8")
    if not (root / "content/about").exists():
        config = re.sub(r"\n.*to: about/.*", "", config)
    driver = SiteDriver(root).write("site_config.yml", re.sub(r"\n  picture: .*", "", config))
    if (page := root / "content/about/index.md").exists():
        page.write_text(re.sub(r"\n链接按.*", "", page.read_text("utf-8")), "utf-8")
    driver.build(AS_OF, MkDocsEngine(), links="file")
    assert driver.is_published(), driver.lines()
    assert driver.lines() == []
    return driver.out


def _pages(folder: Path) -> list[str]:
    """The pages of every section; those that divide a wall or only lead on are like others."""
    names = [each.relative_to(folder).as_posix() for each in sorted(folder.rglob("*.html"))]
    return [each for each in names if not re.match(r"[a-z]/|data/.+/|brands/by/", each)]


def _open(page: Page, folder: Path, name: str) -> None:
    page.goto(f"{folder.as_uri()}/{name}")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", KEPT)
def test_no_part_is_empty_no_link_leads_nowhere_and_nothing_is_too_wide(
    name: str, look: str, width: int, cities: dict[str, Path], chromium: Browser
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800})
    context.add_init_script("".join(f"localStorage.setItem('{key}', '{to}');" for key, to in LOOKS[look].items()))
    page, folder = context.new_page(), cities[name]
    for each in _pages(folder):
        _open(page, folder, each)
        assert page.evaluate(EMPTY) == [], each
        assert page.evaluate(WIDER) <= 0, each
        for link in page.evaluate("() => [...document.querySelectorAll('a[href]')].map(each => each.href)"):
            if link.startswith("file:"):
                assert Path(link.removeprefix("file://").split("#")[0].split("?")[0]).is_file(), f"{each}: {link}"
    context.close()


@pytest.mark.parametrize("name", KEPT)
def test_no_figure_of_the_home_page_counts_to_nought(name: str, cities: dict[str, Path], chromium: Browser) -> None:
    page = chromium.new_page()
    _open(page, cities[name], "index.html")
    figures = page.locator(".figure__value, .season .number, .door__count").all_inner_texts()
    assert [each for each in figures if re.match(r"\D*0+(\.0+)?\D*$", each)] == []
    assert bool(figures) == (name in ("one brand", "pioneers", "report"))
    page.close()


@pytest.mark.parametrize("name", ["nothing", "calendar", "units", "branches"])
def test_a_home_page_without_anything_says_so(name: str, cities: dict[str, Path], chromium: Browser) -> None:
    page = chromium.new_page()
    _open(page, cities[name], "index.html")
    assert page.get_by_text("还没有公开的内容。").is_visible()
    assert page.locator("main section").count() == 2
    page.close()


@pytest.mark.parametrize("name", KEPT)
def test_what_would_be_empty_is_not_there(name: str, cities: dict[str, Path], chromium: Browser) -> None:
    folder = cities[name]
    searched = name not in WITHOUT_SEARCH
    assert (folder / "search/index.html").exists() == searched
    assert any(folder.glob("search/*.js")) == searched
    assert (folder / "feeds/index.html").exists() == (name in ("one brand", "pioneers", "report"))
    assert (folder / "brands/index.html").exists() == (name == "one brand")
    page = chromium.new_page()
    _open(page, folder, "index.html")
    assert page.locator("#site-find").count() == page.locator("a.skip[href='#site-find']").count() == int(searched)
    navigation = page.locator("#site-navigation a").count()
    assert bool(navigation) == (page.locator("#site-navigation").count() == 1)
    assert bool(navigation) == (name not in WITHOUT_SEARCH)
    page.close()


def test_one_brand_has_nothing_to_filter(cities: dict[str, Path], chromium: Browser) -> None:
    page = chromium.new_page()
    _open(page, cities["one brand"], "brands/index.html")
    assert page.locator(".card").count() == 1
    assert page.locator(".facets, .wall-tools, .pager").count() == 0
    page.close()
