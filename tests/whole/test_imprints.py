"""What pages say of themselves and of the portal around them: imprint, citation, wordmark, lines of the host."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from generator.engines.mkdocs import MkDocsEngine, _config
from generator.pages import site_pictures
from tests.helpers.driver import SiteDriver
from tests.helpers.frames import house

ADDRESS = "https://show.example.org/pinpai/"
BRAND = "brands/qingfeng/"
WORDMARK = "wordmark: {picture: content/img/name.png, alt: 小城“品牌”展}\n"


def _more(driver: SiteDriver, text: str) -> SiteDriver:
    config = (driver.root / "site_config.yml").read_text("utf-8")
    return driver.write("site_config.yml", f"{config}\n{text}")


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (640, 128), (155, 27, 31, 255)).save(out, "PNG")
    return out.getvalue()


# -- the imprint -------------------------------------------------------------------------------------------------------


def test_with_an_address_every_page_but_that_for_wrong_addresses_says_it(small: SiteDriver) -> None:
    _more(small, f"address: {ADDRESS}\n").build()
    pages = [name for name in small.files() if name.endswith(".html") and not re.match("[a-z]/", name)]
    assert len(pages) > 5
    for name in pages:
        said = re.findall(r'<p class="imprint__address">([^<]*)</p>', small.page(name))
        codes = small.page(name).count('class="imprint__code"')
        address = ADDRESS + name.removesuffix("index.html")
        assert (said, codes) == (([], 0) if name == "404.html" else ([address], 1)), name


def test_the_page_of_a_record_says_its_short_address_too(small: SiteDriver) -> None:
    _more(small, f"address: {ADDRESS}\n").build()
    for page, short in ((BRAND, "b/qingfeng/"), ("units/court/", "u/court/"), ("brands/", None), ("", None)):
        said = re.findall(r'<p class="imprint__short">([^<]*)</p>', small.page(page))
        assert said == ([f"{ADDRESS}{short}"] if short else []), page


def test_without_an_address_there_is_no_code(small: SiteDriver) -> None:
    small.build()
    page = small.page(BRAND)
    assert page.count('<div class="imprint">') == 1
    assert "imprint__code" not in page and "imprint__address" not in page


def test_names_in_an_imprint_are_text(small: SiteDriver) -> None:
    name = "小城 &lt; 展"
    config = (small.root / "site_config.yml").read_text("utf-8")
    small.write("site_config.yml", re.sub(r"(?m)^name: .*$", f"name: {name}", config)).build()
    assert "<li>小城 &amp;lt; 展</li>" in small.page("")


# -- citations ---------------------------------------------------------------------------------------------------------


def test_a_citation_names_author_title_site_day_and_address(small: SiteDriver) -> None:
    _more(small, f"address: {ADDRESS}\n").build()
    found = re.search(r'id="citation"[^>]*>([^<]*)</p>', small.page(BRAND))
    assert found
    day = r"(\d{4})\(\1-\d\d-\d\d\)\[引用日期\]"
    assert re.fullmatch(rf"小城法院\. [^.]+\[EB/OL\]\. [^.]+, {day}\. {re.escape(ADDRESS + BRAND)}\.", found[1])


def test_without_an_address_a_citation_ends_with_the_day(small: SiteDriver) -> None:
    small.build()
    found = re.search(r'id="citation"[^>]*>([^<]*)</p>', small.page(BRAND))
    assert found and re.search(r", (\d{4})\(\1-\d\d-\d\d\)\[引用日期\]\.$", found[1])


# -- the name of the site as a picture ---------------------------------------------------------------------------------


def test_a_wordmark_is_published_like_any_picture(small: SiteDriver) -> None:
    _more(small, WORDMARK).write("content/img/name.png", _png()).build()
    assert small.is_published(), small.lines()
    assert small.outcome is not None
    shown = small.shown()
    view = site_pictures.wordmark(shown)
    assert view is not None and view["alt"] == "小城“品牌”展"
    assert view["address"] in small.files()
    assert (view["width"], view["height"]) == (640, 128)
    assert small.files()[view["address"]] != _png()
    assert site_pictures.wordmark(replace(shown, year=2024)) is None


@pytest.mark.parametrize(
    ("picture", "code"), [("content/img/none.png", "IMG-001"), ("brands/qingfeng/img/logo.png", "SEC-006")]
)
def test_a_wordmark_that_is_not_there_or_not_ours_is_a_problem(picture: str, code: str, small: SiteDriver) -> None:
    _more(small, f"wordmark:\n  picture: {picture}\n  alt: 小城\n").check()
    assert [(each[0], each[1]) for each in small.codes()] == [(code, "site_config.yml")]


def test_a_wordmark_says_what_stands_on_it(small: SiteDriver) -> None:
    _more(small, "wordmark: {picture: content/img/name.png}\n").write("content/img/name.png", _png()).check()
    assert [each[0] for each in small.codes()] == ["SCH-001"]


@pytest.mark.engine
def test_the_header_shows_the_picture_or_else_the_typeset_name(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    mark = {
        "sources": [{"type": "image/webp", "variants": [{"address": "m/a.webp", "width": 320}]}],
        "address": "m/a.png",
        "width": 640,
        "height": 128,
        "alt": 'a "b"',
    }
    shown = []
    for wordmark in (mark, None):
        config = _config(replace(house(), wordmark=wordmark), str(tmp_path))
        template = config.theme.get_env().get_template("partials/site-name.html")
        shown.append(template.render(config=config, page=None, base_url=".."))
    assert 'src="../m/a.png"' in shown[0] and 'srcset="../m/a.webp 320w"' in shown[0]
    assert 'alt="a &#34;b&#34;"' in shown[0]
    assert "小城" not in shown[0]
    assert "小城 &lt;展&gt; &amp; 馆" in shown[1] and "<img" not in shown[1]


# -- lines of the portal -----------------------------------------------------------------------------------------------


@pytest.mark.engine
def test_the_lines_of_the_host_stand_above_and_below_every_page(small: SiteDriver) -> None:
    _more(
        small,
        "host:\n  header:\n    - {title: 门户 & 城, address: 'https://portal.example.org/?a=1&b=2'}\n    - {title: 专栏}\n"
        "  footer:\n    - {title: 页尾}\n",
    ).build(engine=MkDocsEngine())
    assert small.is_published(), small.lines()
    for address in ("", BRAND, "404.html"):
        before, _, after = small.page(address).partition("<main")
        assert '<a href="https://portal.example.org/?a=1&amp;b=2" rel="noopener">门户 &amp; 城</a>' in before
        assert re.search(r"<li>专栏</li>", before)
        assert re.search(r"<li>页尾</li>", after)


@pytest.mark.engine
def test_without_a_host_nothing_stands_there(small: SiteDriver) -> None:
    small.build(engine=MkDocsEngine())
    assert 'class="host"' not in small.page("")


Site = Callable[[str], SiteDriver]


def test_a_result_shows_the_newest_figure_of_its_indicator(site: Site) -> None:
    driver = site("good/report").build()
    shown = [driver.page(each) for each in driver.files() if re.fullmatch(r"brands/[^/]+/index\.html", each)]
    with_figure = [each for each in shown if 'class="result__figure' in each]
    assert with_figure
    for each in with_figure:
        assert re.search(r'result__figure number">[≥≤]?[\d.]+', each)
        assert re.search(r'result__source"><a href="\.\./\.\./reports/[^"]+#i-[^"]+">[^<]+</a><span>截至', each)
