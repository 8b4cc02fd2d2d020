"""Every page says in the title of the window which site it belongs to, once."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest

from generator.engines import Engine
from generator.engines.memory import MemoryEngine
from generator.engines.mkdocs import MkDocsEngine
from generator.problems import Span
from generator.site.context import Page
from tests.helpers.driver import SiteDriver
from tests.helpers.places import SITES

SITE = "小城品牌展"


def _titles(files: dict[str, bytes]) -> dict[str, str]:
    """The title of each page."""
    found = {
        name: re.search(r"<title>(.*?)</title>", content.decode())
        for name, content in files.items()
        if name.endswith(".html")
    }
    return {name: unescape(match[1]) if match else "" for name, match in found.items()}


@pytest.mark.few(4)
@pytest.mark.parametrize("case", sorted(each.name for each in (SITES / "good").iterdir()))
def test_every_page_names_the_site(case: str, site: Callable[[str], SiteDriver]) -> None:
    driver = site(f"good/{case}").remove_if_there("expected").build()
    name = re.search(r"^name: (.*)$", (driver.root / "site_config.yml").read_text("utf-8"), re.MULTILINE)
    assert name
    titles = _titles({page: made for page, made in driver.files().items() if not (driver.root / "archives" / page).exists()})
    assert len(titles) > 5  # those of frozen years were made by whatever made them
    assert {page: title for page, title in titles.items() if title.count(name[1]) != 1 or title.startswith(" - ")} == {}


@pytest.mark.engine
@pytest.mark.parametrize("engine", [MkDocsEngine(), MemoryEngine()], ids=lambda each: each.name)
def test_an_editorial_page_keeps_its_own_heading(engine: Engine, small: SiteDriver) -> None:
    small.build(engine=engine)
    assert _titles(small.files())["about/index.html"] == f"关于 - {SITE}"
    if engine.name == "mkdocs":
        assert re.search(r'<h1[^>]*>(?:<span class="term">)?关于<', small.page("about/"))


def test_a_page_that_is_called_like_the_site_says_it_once() -> None:
    page = Page("about/", "", SITE, Span("x"))
    assert page.titled(SITE) == SITE
    assert Page("", "", "", Span("x")).titled(SITE) == SITE
    assert Page("a/", "", "关于", Span("x")).titled(SITE) == f"关于 - {SITE}"
