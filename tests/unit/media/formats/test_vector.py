"""A department's SVG becomes pixels: what it may hold, what is refused, and that nothing outside the file is reached."""

from __future__ import annotations

import base64
import io
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from generator.media.formats import vector
from generator.media.formats.vector import Refused, is_drawing, pixels, restate
from generator.media.workers import Crew, Lost
from tests.helpers.driver import SiteDriver

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 24 12">'
)
RECT = '<rect width="12" height="12" fill="#9b1b1f"/>'
MOST = 40_000_000
BRAND = "brands/qingfeng/brand.yml"


def _drawn(text: str | bytes, width: int = 48) -> Image.Image:
    return pixels(text if isinstance(text, bytes) else text.encode(), width, MOST)


def _refusal(text: str | bytes) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        _drawn(text)
    assert caught.value.reason in vector.REASONS
    return caught.value.reason, caught.value.what


def _bitmap(size: tuple[int, int], colour: str, form: str = "PNG") -> str:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, form)
    return f"data:image/{form.lower()};base64,{base64.b64encode(out.getvalue()).decode()}"


def _with_mark(site: SiteDriver, text: str | bytes, name: str = "logo.svg") -> SiteDriver:
    site.edit(BRAND, "src: img/logo.png", f"src: img/{name}").remove("brands/qingfeng/img/logo.png")
    return site.write(f"brands/qingfeng/img/{name}", text)


def test_shapes_are_drawn_in_the_width_asked_for() -> None:
    image = _drawn(f"{HEAD}{RECT}</svg>")
    assert (image.size, image.mode, image.getbbox()) == ((48, 24), "RGBA", (0, 0, 24, 24))
    assert image.getpixel((3, 3)) == (0x9B, 0x1B, 0x1F, 255)


@pytest.mark.parametrize(
    "inner",
    [
        "<style>.a{fill:#9b1b1f}</style><rect class='a' width='12' height='12'/>",
        ("<style>@import url(https://example.org/a.css);@font-face{font-family:x;src:url(x.woff)}.a{fill:#9b1b1f}</style>"
        "<rect class='a' width='12' height='12'/>"),
        "<defs><rect id='r' width='12' height='12' fill='#9b1b1f'/></defs><use xlink:href='#r'/>",
        "<g style='fill:#9b1b1f'><a href='https://example.org/'><rect width='12' height='12'/></a></g>",
        "<linearGradient id='g'><stop stop-color='#9b1b1f'/></linearGradient><rect fill=\"url('#g')\" width='12' height='12'/>",
        "<mask id='m'><rect width='12' height='12' fill='#fff'/></mask><rect width='24' height='12' fill='#9b1b1f' mask='url(#m)'/>",
        "<symbol id='s'><rect width='12' height='12' fill='#9b1b1f'/></symbol><use href='#s'/>",
        "<script>alert(1)</script><rect onload='alert(1)' width='12' height='12' fill='#9b1b1f'/>",
        "<metadata><x:a xmlns:x='urn:x' href='https://example.org'/></metadata><rect width='12' height='12' fill='#9b1b1f'/>",
        "<rect width='12' height='12' fill='#9b1b1f'><animate attributeName='x' to='9'/><set attributeName='href' to='//a'/></rect>",
        "<switch><foreignObject><p>x</p></foreignObject><rect width='12' height='12' fill='#9b1b1f'/></switch>",
    ],
)  # fmt: skip
def test_what_drawing_programs_write_is_drawn(inner: str) -> None:
    image = _drawn(f"{HEAD}{inner}</svg>")
    assert image.getbbox() == (0, 0, 24, 24)
    assert image.getpixel((3, 3)) == (0x9B, 0x1B, 0x1F, 255)


def test_nothing_that_acts_reaches_the_renderer() -> None:
    text = restate(
        f"{HEAD}<script>alert(1)</script><style>@import 'a.css';b{{}}</style><rect onclick='x()' e:a='1' xmlns:e='urn:e'/>"
        "<animate href='#x'/><desc>秘密</desc></svg>".encode()
    ).text
    assert not any(each in text for each in ("script", "alert", "onclick", "@import", "animate", "秘密", "e:a"))


def test_bitmaps_inside_the_file_are_drawn() -> None:
    image = _drawn(f'{HEAD}<image width="12" height="12" xlink:href="{_bitmap((4, 4), "#0000ff")}"/></svg>')
    assert image.getpixel((4, 4)) == (0, 0, 255, 255)


def test_letters_are_set_in_our_own_font() -> None:
    image = _drawn(f'{HEAD}<text y="9" font-size="8" font-family="方正小标宋">清风</text></svg>', 240)
    assert image.getbbox() is not None
    other = _drawn(f'{HEAD}<text y="9" font-size="8" font-family="Arial">清风</text></svg>', 240)
    assert image.tobytes() == other.tobytes()


@pytest.mark.parametrize(
    "text",
    [
        '<svg xmlns="http://www.w3.org/2000/svg" width="50mm" height="25mm"><rect width="9" height="9"/></svg>',
        '<svg width="24" height="12"><rect width="9" height="9"/></svg>',
        ('<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" '
        '[<!ENTITY ns_svg "http://www.w3.org/2000/svg">]><svg xmlns="&ns_svg;" width="24" height="12">'
        '<rect width="9" height="9"/></svg>'),
        (f"{HEAD}{RECT}</svg>").encode("utf-16"),
        f'<?xml version="1.0" encoding="utf-16"?>{HEAD}{RECT}</svg>',
        f'\ufeff<?xml version="1.0"?>\n<!-- 图层 -->{HEAD}{RECT}</svg>',
        f'<?xml version="1.0" encoding="gbk"?>{HEAD}<!-- 图层 -->{RECT}</svg>'.encode("gbk"),
    ],
)
def test_every_way_of_writing_one_is_read(text: str | bytes) -> None:
    raw = text if isinstance(text, bytes) else text.encode()
    assert is_drawing(raw)
    assert _drawn(raw).size == (48, 24)


@pytest.mark.parametrize(
    ("inner", "what"),
    [
        ("<image href='/etc/passwd' width='9' height='9'/>", "/etc/passwd"),
        ("<image xlink:href='file:///etc/passwd' width='9' height='9'/>", "file:///etc/passwd"),
        ("<image href='hall.png' width='9' height='9'/>", "hall.png"),
        ("<image href='https://example.org/a.png' width='9' height='9'/>", "https://example.org/a.png"),
        ("<image href='data:image/svg+xml;base64,PHN2Zy8+' width='9' height='9'/>", "data:image/svg+xml;base64,PHN2Zy8+"),
        ("<filter id='f'><feImage href='/etc/passwd'/></filter>", "/etc/passwd"),
        ("<use href='other.svg#a'/>", "other.svg#a"),
        ("<use xlink:href='//example.org/a.svg#a'/>", "//example.org/a.svg#a"),
        ("<rect fill='url(https://example.org/p.svg#a)'/>", "https://example.org/p.svg#a"),
        ("<rect style='fill:url( &quot;a.svg#b&quot; )'/>", "a.svg#b"),
        ("<style>.a{fill:URL('a.svg#b')}</style>", "a.svg#b"),
        ("<textPath href='a.svg#b'/>", "a.svg#b"),
    ],
)
def test_a_name_of_anything_outside_is_told(inner: str, what: str) -> None:
    assert _refusal(f"{HEAD}{inner}{RECT}</svg>") == ("reference", what)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<html><svg/></html>", "root"),
        (f"{HEAD}{RECT}", "xml"),
        (f"{HEAD}</svg>", "empty"),
        (f"{HEAD}<foreignObject><p>x</p></foreignObject></svg>", "element"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>', "box"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 0"/>', "box"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1e30"/>', "box"),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1000"/>', "box"),
        (f"{HEAD}{'<g>' * 70}{'</g>' * 70}</svg>", "much"),
        (f"{HEAD}{'<g/>' * 20_001}</svg>", "much"),
        (" " * (4 << 20) + HEAD, "size"),
        ('<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg width="1" height="1"><text>&x;</text></svg>', "doctype"),
        ('<!DOCTYPE svg [<!ENTITY % x SYSTEM "a"> %x;]><svg width="1" height="1"/>', "doctype"),
        (b'<?xml version="1.0"?><svg \xff\xff/>', "xml"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_told(text: str | bytes, reason: str) -> None:
    assert _refusal(text)[0] == reason


def test_entities_and_uses_cannot_multiply_without_bound() -> None:
    laughs = '<!ENTITY a0 "lollollol">' + "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 9))
    assert _refusal(f'<!DOCTYPE svg [{laughs}]><svg width="5" height="3"><text>&a8;</text></svg>')[0] in ("xml", "size")
    levels = "".join(f'<g id="u{at}">{f"""<use href="#u{at - 1}"/>""" * 10}</g>' for at in range(1, 9))
    bomb = f'{HEAD}<defs><rect id="u0" width="1" height="1"/>{levels}</defs><use href="#u8"/></svg>'
    assert _refusal(bomb)[0] == "much"
    chain = "".join(f'<g id="c{at}"><use href="#c{at + 1}"/></g>' for at in range(5000))
    assert _refusal(f"{HEAD}{chain}{RECT}</svg>")[0] == "much"
    ring = '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'
    assert _refusal(f"{HEAD}{ring}{RECT}</svg>")[0] == "render"


def test_a_large_drawing_stays_within_the_pixels_allowed() -> None:
    tall = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 400"><rect width="9" height="9"/></svg>'
    image = pixels(tall.encode(), 1000, 90_000)
    assert image.width * image.height <= 90_000


def test_a_bomb_in_a_bitmap_costs_one_worker_and_no_build() -> None:
    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    uri = f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}"
    ask = {"widths": [64], "publish": True, "file_size": 20 << 20, "pixels": MOST}
    with Crew(1) as crew:
        lost = crew.ask(ask, f'{HEAD}<image width="20" height="10" href="{uri}"/></svg>'.encode())
        assert isinstance(lost, Lost)
        answer = crew.ask(ask, f"{HEAD}{RECT}</svg>".encode())
        assert not isinstance(answer, Lost)
        assert answer[0]["made"][0][1:3] == [64, 32]


@given(
    st.lists(
        st.sampled_from(
            ["<g>", "</g>", "<rect width='3' height='3'/>", "<use href='#a'/>", "<g id='a'>", "<text>甲", "</text>", "&amp;", "&#0;",
             "<style>", "</style>", "a{fill:url(#b)}", "<!-- x -->", "<![CDATA[x]]>", "<?x y?>", "<image href='data:image/png;base64,AA'/>", "\0", "<"]
        ),
        max_size=12,
    )
)  # fmt: skip
def test_whatever_it_holds_it_is_drawn_or_refused(parts: list[str]) -> None:
    try:
        assert _drawn(f"{HEAD}{''.join(parts)}</svg>", 16).width == 16
    except Refused as refused:
        assert refused.reason in vector.REASONS


def test_bytes_of_a_drawing_that_were_changed_are_drawn_or_refused() -> None:
    chance = random.Random(39)
    whole = f"{HEAD}<style>.a{{fill:red}}</style><g id='a' class='a'>{RECT}<path d='M1 1c3 4 5 6 7 8z'/></g><use href='#a' x='3'/></svg>"
    for _ in range(400):
        raw = bytearray(whole.encode())
        for _ in range(chance.randrange(1, 6)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        try:
            _drawn(bytes(raw), 16)
        except Refused as refused:
            assert refused.reason in vector.REASONS


# -- as part of a site --------------------------------------------------------------------------------------------------


def test_a_mark_drawn_as_svg_is_published_as_pixels(small: SiteDriver) -> None:
    _with_mark(small, f"{HEAD}<script>alert(1)</script>{RECT}</svg>").build()
    assert small.is_published() and small.problems == ()
    files = small.files()
    assert not [name for name, content in files.items() if name.startswith("media/") and b"<svg" in content]
    assert "-384.png" in small.page("brands/qingfeng/")


@pytest.mark.parametrize(
    ("text", "code", "path", "line"),
    [
        (f"{HEAD}\n<image href='hall.jpg'/></svg>", "IMG-009", "brands/qingfeng/img/logo.svg", 2),
        (f"{HEAD}</svg>", "IMG-009", BRAND, 11),
        ("not a drawing", "IMG-002", BRAND, 11),
    ],
)
def test_what_is_wrong_with_it_stands_at_its_place(text: str, code: str, path: str, line: int, small: SiteDriver) -> None:
    assert _with_mark(small, text).check().codes() == [(code, path, line)]


def test_an_svg_with_another_ending_is_told_its_own(small: SiteDriver) -> None:
    assert _with_mark(small, f"{HEAD}{RECT}</svg>", "mark.png").check().codes() == [("IMG-003", BRAND, 11)]
    assert ".svg" in small.problems[0].remedy("zh")


def test_two_machines_draw_the_same(small: SiteDriver, tmp_path: Path) -> None:
    text = f'{HEAD}{RECT}<text y="9" font-size="8">清</text></svg>'
    first = _with_mark(small, text).build(jobs=1).files()
    second = small.build(jobs=2, links="site").files()
    assert {name: each for name, each in first.items() if "media/" in name} == {
        name: each for name, each in second.items() if "media/" in name
    }


# -- pictures too small for their place ---------------------------------------------------------------------------------


def _png(size: tuple[int, int], colour: str | None = None) -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", size, colour or "#204060")
    if colour is None:
        image.paste((200, 60, 20), (0, 0, max(1, size[0] // 2), size[1]))
    image.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("size", "code"),
    [((16, 16), "IMG-010"), ((383, 200), "IMG-010"), ((384, 200), None), ((200, 384), None), ((1, 1), "IMG-011"), ((400, 2), "IMG-011")],
)  # fmt: skip
def test_a_mark_that_is_too_small_is_told_with_the_size_needed(
    size: tuple[int, int], code: str | None, small: SiteDriver
) -> None:
    small.write("brands/qingfeng/img/logo.png", _png(size)).check()
    assert small.codes() == ([(code, BRAND, 11)] if code else [])
    if code == "IMG-010":
        assert "384" in small.lines()[0] and f"{size[0]} × {size[1]}" in small.lines()[0]
    assert small.check().codes() == ([(code, BRAND, 11)] if code else []), "the cache remembers the size"


def test_every_place_has_the_size_it_needs(small: SiteDriver) -> None:
    out = io.BytesIO()
    Image.effect_noise((300, 200), 60).convert("RGB").save(out, "JPEG")
    small.write("brands/qingfeng/img/hall.jpg", out.getvalue()).check()
    told = [(each.code, each.span.path.rpartition("/")[2], dict(each.values)["least"]) for each in small.problems]
    assert ("IMG-010", "brand.yml", 640) in told
    small.write("brands/qingfeng/story.md", "## 由来\n\n![两个人](img/hall.jpg)\n").check()
    told = [(each.code, each.span.path.rpartition("/")[2], dict(each.values)["least"]) for each in small.problems]
    assert ("IMG-010", "story.md", 320) in told


def test_a_picture_of_one_colour_is_told(small: SiteDriver) -> None:
    small.write("brands/qingfeng/img/logo.png", _png((400, 400), "#ffffff")).check()
    assert small.codes() == [("IMG-012", BRAND, 11)]
    out = io.BytesIO()
    Image.new("RGBA", (400, 400), (9, 9, 9, 0)).save(out, "PNG")
    small.write("brands/qingfeng/img/logo.png", out.getvalue()).check()
    assert small.codes() == [("IMG-012", BRAND, 11)]


def test_a_build_looks_once_and_a_check_believes_it(small: SiteDriver) -> None:
    small.write("brands/qingfeng/img/logo.png", _png((16, 16))).build()
    assert small.is_published()
    assert small.codes() == [("IMG-010", BRAND, 11)]
    assert small.check().codes() == [("IMG-010", BRAND, 11)]


@pytest.mark.audit
def test_a_phones_capture_of_a_long_page_is_published() -> None:
    out = io.BytesIO()
    Image.effect_noise((270, 4000), 60).resize((1080, 16_000)).convert("RGB").save(out, "JPEG", quality=70)
    ask = {"widths": [640, 1280], "publish": True, "file_size": 20 << 20, "pixels": MOST}
    with Crew(1) as crew:
        answer = crew.ask(ask, out.getvalue())
    assert not isinstance(answer, Lost), "it fits into the memory of a worker"
    assert [each[:3] for each in answer[0]["made"]] == [["webp", 640, 9481], ["webp", 1080, 16_000], ["jpeg", 1080, 16_000]]
