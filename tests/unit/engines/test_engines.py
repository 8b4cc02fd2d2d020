"""The engine of published sites, alone: frames of any depth, whole documents, the same bytes each time."""

from __future__ import annotations

import re

import pytest

from generator.engines import BODY, HEAD, IMPRINT, STYLES, TITLE, Document, cut
from generator.engines.memory import MemoryEngine
from generator.engines.mkdocs import MkDocsEngine
from generator.story import Heading
from tests.helpers.frames import house

pytestmark = pytest.mark.engine

REPORT = "mailto:a@example.gov.cn?subject=%E7%BA%A0&body=x"


DOCUMENT = Document(
    "about/deep/",
    "about/",
    "标题 <i>",
    "标题 <i> - 小城",
    '<meta name="x" content="y">',
    '<h2 id="s-一">一</h2>',
    (Heading(2, "s-一", "一 <b>"),),
    REPORT,
)


@pytest.mark.parametrize("depth", [0, 1, 2, 4])
def test_a_frame_has_the_depth_of_the_pages_it_frames(depth: int) -> None:
    _, frames = MkDocsEngine().render(house(), (), frozenset({("brands/", depth)}))
    page = frames["brands/", depth].hang("题 & <名>", '<meta name="h">', "<p>体</p>")
    root = "../" * depth
    assert f'href="{root}assets/x.css"' in page
    assert f'src="{root}assets/x.js"' in page
    assert f'data-scripts="{root}assets/s.js" data-near="{root}assets/n.js"' in page
    assert "<title>题 &amp; &lt;名&gt;</title>" in page
    assert '<meta name="h">' in page
    assert "<p>体</p>" in page
    assert "sentinel" not in page
    targets = re.findall(r'<li><a href="([^"]*)"', page)
    assert targets[:2] == [f"{root}brands/", f"{root}about/"]
    assert re.findall(r'<a href="([^"]*)" aria-current="true"', page) == [f"{root}brands/"]


def test_names_are_escaped_in_the_frame() -> None:
    pages, frames = MkDocsEngine().render(house(), (DOCUMENT,), frozenset({("", 1)}))
    for html in (pages["about/deep/"], frames["", 1].hang("t", "", "")):
        assert "小城 &lt;展&gt; &amp; 馆" in html
        assert "品牌 &lt;墙&gt;" in html
        assert "A &amp; &lt;b&gt;" in html
        assert "<展>" not in html


def test_a_document_has_its_title_its_outline_and_its_place_in_the_navigation() -> None:
    html = MkDocsEngine().render(house(), (DOCUMENT,), frozenset())[0]["about/deep/"]
    assert "<h1>标题 &lt;i&gt;</h1>" in html
    assert '<a href="#s-一">一 &lt;b&gt;</a>' in html
    assert '<a href="../" aria-current="true">关于</a>' in html
    assert '<meta name="x" content="y">' in html


@pytest.mark.parametrize("engine", [MkDocsEngine(), MemoryEngine()], ids=lambda each: each.name)
def test_every_page_leads_to_its_own_place_to_report_an_error(engine: MkDocsEngine | MemoryEngine) -> None:
    pages, frames = engine.render(house(), (DOCUMENT,), frozenset({("", 1)}))
    for html in (pages["about/deep/"], frames["", 1].hang("t", "", "", REPORT)):
        assert re.findall(r'href="(mailto:[^"]*)"[^>]*>(.*?)</a>', html) == [
            (REPORT.replace("&", "&amp;"), "纠错 &lt;a&gt;")
        ]


def test_links_for_sticks_name_index_html() -> None:
    html = MkDocsEngine().render(house("file"), (DOCUMENT,), frozenset())[0]["about/deep/"]
    assert 'href="../../brands/index.html"' in html


def test_an_engine_gives_the_same_bytes_each_time() -> None:
    keys = frozenset({("", 0), ("brands/", 2), ("about/", 3)})
    one, two = (MkDocsEngine().render(house(), (DOCUMENT,), keys) for _ in range(2))
    assert one == two


def test_its_pages_load_nothing_from_elsewhere() -> None:
    html = MkDocsEngine().render(house(), (DOCUMENT,), frozenset())[0]["about/deep/"]
    assert re.findall(r'(?:src|href)="(?:https?:)?//', html) == []
    assert "<script>" not in html
    assert "style=" not in html


def test_its_style_sheet_asks_for_nothing_from_elsewhere() -> None:
    sheets = MkDocsEngine().stylesheets()
    assert sheets
    for sheet in sheets:
        assert re.findall(r"url\((?![\"']?data:)[^)]*\)", sheet) == []
        assert "@import" not in sheet
        assert "sourceMappingURL" not in sheet


def test_a_frame_without_its_sentinels_is_a_fault_of_the_theme() -> None:
    with pytest.raises(ValueError, match="exhibit-sentinel-body"):
        cut(f"<title>{TITLE}</title>{HEAD}")


def test_hanging_never_looks_into_what_is_hung() -> None:
    frame = cut(f"<title>{TITLE}</title>{HEAD}{STYLES}{IMPRINT}<main>{BODY}</main>")
    hung = frame.hang(BODY, TITLE, HEAD, imprint=IMPRINT, styles=STYLES)
    assert hung == f"<title>{BODY}</title>{TITLE}{STYLES}{IMPRINT}<main>{HEAD}</main>"


def test_the_memory_engine_keeps_the_contract() -> None:
    pages, frames = MemoryEngine().render(house(), (DOCUMENT,), frozenset({("brands/", 2)}))
    assert set(pages) == {"about/deep/"}
    assert 'href="../../about/"' in frames["brands/", 2].hang("t", "", "")
