"""Drawings from a trusted folder: only shapes pass, everything else is told with its place."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.media.formats import svg
from generator.media.formats.svg import Cleaned, DrawingFault, clean
from tests.helpers.driver import SiteDriver

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 12">'
MARK = HEAD + '<path fill="#9b1b1f" d="M2 2h20v8H2z"/><circle cx="12" cy="6" r="3" fill="#fff"/></svg>'


def _cleaned(inner: str, head: str = HEAD) -> str:
    made = clean(f"{head}{inner}</svg>".encode(), 384)
    assert isinstance(made, Cleaned), made
    return made.content.decode()


def _faults(text: str) -> list[tuple[str, str]]:
    made = clean(text.encode(), 384)
    assert isinstance(made, tuple) and made
    return [(each.reason, each.what) for each in made]


def test_shapes_stay_as_they_are_and_the_size_is_that_of_the_page() -> None:
    made = clean(MARK.encode(), 384)
    assert isinstance(made, Cleaned) and (made.width, made.height) == (384, 192)
    assert made.content.decode() == (
        '<svg xmlns="http://www.w3.org/2000/svg" width="384" height="192" viewBox="0 0 24 12"><g>'
        '<path d="M2 2h20v8H2z" fill="#9b1b1f"></path><circle cx="12" cy="6" fill="#fff" r="3"></circle></g></svg>\n'
    )


def test_what_an_editor_adds_for_itself_is_left_out() -> None:
    doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    text = (
        f'<?xml version="1.0"?>{doctype}<svg xmlns="http://www.w3.org/2000/svg" xmlns:e="urn:e" width="20px" height="10"'
        ' e:version="1" version="1.1" fill="red"><title>甲</title><metadata><e:who>张某</e:who></metadata><e:view/>'
        '<path d="M0 0" e:name="秘密" class="st0" style="fill:#fff;-e-x:1;stroke:none"/><!-- 注释 --></svg>'
    )
    made = clean(text.encode(), 100)
    assert isinstance(made, Cleaned)
    assert made.content.decode() == (
        '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50" viewBox="0 0 20 10"><g fill="red">'
        '<path d="M0 0" fill="#fff" stroke="none"></path></g></svg>\n'
    )


def test_a_gradient_is_named_inside_the_file_only() -> None:
    gradients = (
        '<defs><linearGradient id="图层_1"><stop offset="0" stop-color="#f00"/></linearGradient>'
        '<radialGradient id="b" href="#图层_1"/></defs>'
    )
    assert 'fill="url(#图层_1)"' in _cleaned(gradients + '<path fill="url(\'#图层_1\')" d="M0 0"/>')
    assert 'fill="url(#b) none"' in _cleaned(gradients + '<path style="fill:url(#b) none" d="M0 0"/>')


@pytest.mark.parametrize(
    ("inner", "fault"),
    [
        ("<script>alert(1)</script>", ("element", "script")),
        ('<a href="https://example.org/"><path d="M0 0"/></a>', ("element", "a")),
        ("<foreignObject><p>甲</p></foreignObject>", ("element", "foreignObject")),
        ("<image href='file:///etc/passwd'/>", ("element", "image")),
        ("<use href='#x'/>", ("element", "use")),
        ("<text>甲</text>", ("element", "text")),
        ("<style>@import 'x'</style>", ("element", "style")),
        ("<animate attributeName='href'/>", ("element", "animate")),
        ("<set attributeName='onload'/>", ("element", "set")),
        ("<filter/>", ("element", "filter")),
        ("<svg/>", ("element", "svg")),
        ("<path onload='alert(1)' d='M0 0'/>", ("attribute", "onload")),
        ("<linearGradient href='other.svg#a'/>", ("reference", "other.svg#a")),
        (
            "<linearGradient xmlns:x='http://www.w3.org/1999/xlink' x:href='data:image/svg+xml,x'/>",
            ("reference", "data:image/svg+xml,x"),
        ),
        ("<path fill='url(https://example.org/a.svg#a)'/>", ("value", "fill=url(https://example.org/a.svg#a)")),
        ("<path fill='URL (//a)'/>", ("value", "fill=URL (//a)")),
        ("<path style='fill:url(//a#b)'/>", ("value", "fill=url(//a#b)")),
        ("<path style='background:url(//a)'/>", ("value", "background:url(//a)")),
        ("<path id='a\"b'/>", ("value", 'id=a"b')),
        ("<?xml-stylesheet href='a.css'?>", ("instruction", "xml-stylesheet")),
        ("<path></g>", ("xml", "")),
        ("&#0;", ("xml", "")),
        ("<g>" * 64 + "</g>" * 64, ("much", "5000")),
        ("<g/>" * 5000, ("much", "5000")),
    ],
)
def test_what_is_no_shape_is_told(inner: str, fault: tuple[str, str]) -> None:
    assert fault in _faults(f"{HEAD}{inner}</svg>")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "xml"),
        ("<html/>", "root"),
        ("<svg/>", "root"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "box"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 0"/>', "box"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 nan 1"/>', "box"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1e30"/>', "box"),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="1"/>', "box"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>', "doctype"),
        (" " * (256 << 10) + MARK, "size"),
    ],
)
def test_what_is_no_drawing_is_told(text: str, reason: str) -> None:
    assert [reason] == [each for each, _ in _faults(text)]


def test_every_fault_is_told_at_its_place() -> None:
    text = f"{HEAD}\n  <text>甲</text>\n  <path d='M0 0'\n onclick='1'/><script/></svg>"
    assert clean(text.encode(), 10) == (
        DrawingFault(2, 3, "element", "text"),
        DrawingFault(3, 3, "attribute", "onclick"),
        DrawingFault(4, 15, "element", "script"),
    )
    assert len(_faults(HEAD + "<text/>" * 1000 + "</svg>")) == 20


_NAMES = st.sampled_from(
    ["g", "path", "script", "text", "use", "image", "linearGradient", "stop", "title", "x:y", "svg"]
)
_KEYS = st.sampled_from(["d", "fill", "style", "href", "onload", "id", "x:href", "transform", "width", "src", "class"])
_VALUES = st.text(alphabet="abcurl(#);:/\\'&<>%0 9.,-é图\t\n", max_size=20) | st.sampled_from(
    ["url(#a)", "url(//a)", "#a", "javascript:alert(1)", "data:,x", "M0 0L1 1", "fill:url(x#y)", "stroke:red;fill:#fff"]
)
_TREES = st.recursive(
    st.text(alphabet="ab<&甲", max_size=4).map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
    lambda inner: st.builds(
        lambda name, given, parts: (
            f"<{name}"
            + "".join(f' {key}="{ElementTree.Element("a", v=value).get("v")}"' for key, value in given.items())
            + f">{''.join(parts)}</{name}>"
        ),
        _NAMES,
        st.dictionaries(
            _KEYS,
            _VALUES.map(lambda v: v.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")),
            max_size=4,
        ),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@given(_TREES)
def test_only_shapes_ever_come_out(inner: str) -> None:
    head = HEAD.replace(" viewBox", ' xmlns:x="http://www.w3.org/1999/xlink" viewBox')
    made = clean(f"{head}{inner}</svg>".encode(), 384)
    if not isinstance(made, Cleaned):
        assert made and all(each.line >= 1 and each.column >= 1 for each in made)
        return
    for element in ElementTree.fromstring(made.content).iter():
        space, _, name = element.tag[1:].partition("}")
        assert space == "http://www.w3.org/2000/svg" and name in {*svg._ELEMENTS, "svg"}
        assert not (element.text or "").strip() and not (element.tail or "").strip()
        for key, value in element.attrib.items():
            assert key in svg._PAINT | svg._GEOMETRY | {"href"}
            assert not re.search(r"[:/\\<>;&]", value)
            assert "url(" not in value.lower() or value.startswith("url(#")
    assert clean(made.content, 384) != ()
    again = clean(made.content, 384)
    assert isinstance(again, Cleaned)


@given(st.binary(max_size=200))
def test_any_bytes_have_an_answer(raw: bytes) -> None:
    assert clean(raw, 10)
    assert clean(HEAD.encode() + raw + b"</svg>", 10)


# -- in a site ---------------------------------------------------------------------------------------------------------


def _with_mark(small: SiteDriver, folder: str = "content/img/marks", text: str = MARK) -> SiteDriver:
    small.write(f"{folder}/mark.svg", text)
    small.edit("brands/qingfeng/brand.yml", "src: img/logo.png", f"src: ../../{folder}/mark.svg")
    config = (small.root / "site_config.yml").read_text("utf-8")
    return small.write("site_config.yml", f"{config}\ndrawings: [content/img/marks/]\n")


def test_a_drawing_of_a_trusted_folder_is_shown(small: SiteDriver) -> None:
    _with_mark(small).build()
    assert small.is_published(), small.lines()
    page = small.main("brands/qingfeng/")
    found = re.search(r'<img [^>]*src="\.\./\.\./(media/[0-9a-f]{20}-\d+\.svg)" width="(\d+)" height="(\d+)"', page)
    assert found and int(found[2]) == 2 * int(found[3])
    assert (small.out / found[1]).read_text("utf-8").startswith('<svg xmlns="http://www.w3.org/2000/svg" width=')
    assert "content/img/marks" not in page


def test_a_drawing_of_any_other_folder_is_published_as_pixels(small: SiteDriver) -> None:
    _with_mark(small, "content/img").build()
    assert small.is_published() and small.problems == ()
    assert not [name for name in small.files() if name.startswith("media/") and name.endswith(".svg")]


def test_what_a_drawing_must_not_hold_is_told_in_its_own_file(small: SiteDriver) -> None:
    bad = f"{HEAD}\n<script/>\n<path onload='1'/></svg>"
    path = "content/img/marks/mark.svg"
    assert _with_mark(small, text=bad).check().codes() == [("IMG-008", path, 2), ("IMG-008", path, 3)]
    first, second = small.problems
    assert "<script>" in first.text("zh") and "onload" in second.text("en")


@pytest.mark.parametrize("folder", ["brands", "content", "content/../brands", "/content/img", "content//img"])
def test_no_folder_of_a_department_can_be_trusted(folder: str, small: SiteDriver) -> None:
    config = (small.root / "site_config.yml").read_text("utf-8")
    small.write("site_config.yml", f"{config}\ndrawings: [{folder}]\n")
    assert [code for code, _, _ in small.check().codes()] == ["SCH-003"]
    assert "content/img/marks" in small.problems[0].text("zh")


def test_a_reference_in_both_spellings_is_written_once() -> None:
    text = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
        '<linearGradient id="a"/><linearGradient id="b" href="#a" xlink:href="#b"/></svg>'
    )
    made = clean(text.encode(), 96)
    assert isinstance(made, Cleaned)
    ElementTree.fromstring(made.content)
    assert made.content.count(b'href="#a"') == 1 and b'href="#b"' not in made.content
