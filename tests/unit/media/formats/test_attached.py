"""What is attached to pictures and films: the place where they were taken and numbers of people are told, with what to do."""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from generator.media.formats import attached, tags
from tests.helpers.driver import SiteDriver
from tests.helpers.growth import assert_ends_within

BRAND, HALL, LOGO = "brands/qingfeng/brand.yml", "brands/qingfeng/img/hall.jpg", "brands/qingfeng/img/logo.png"
VIDEO, FILM = "content/videos/kaiting/video.yml", "content/videos/kaiting/film.mp4"
Site = Callable[[str], SiteDriver]


def _exif(**notes: object) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0131] = "Camera 1.0"  # one that is empty is not written
    if "place" in notes:
        exif.get_ifd(0x8825).update({1: "N", 2: notes["place"], 3: "E", 4: notes["place"]})
    for tag, name in ((0x013B, "artist"), (0x010E, "description"), (0x9C9C, "comment")):
        if name in notes:
            exif[tag] = notes[name]
    return exif


def _picture(form: str, **options: object) -> bytes:
    image = Image.effect_noise((700, 500), 80).convert("RGB")
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description exif:GPSLatitude="31,49.2N" /></x:xmpmeta>'


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_the_place_of_a_picture_is_known_in_every_format(form: str) -> None:
    assert attached.read(_picture(form, exif=_exif(place=(31.0, 49.0, 12.5)))) == (True, None)
    assert attached.read(_picture(form)) == (False, None)
    assert attached.read(_picture(form, exif=_exif(artist="机关党委"))) == (False, None)
    assert attached.read(_picture(form, exif=_exif(place=(0.0, 0.0, 0.0)))) == (False, None)  # what some programs leave
    if form != "PNG":
        assert attached.read(_picture(form, xmp=XMP.encode())) == (True, None)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize(
    "notes", [{"artist": "张三 13800138000"}, {"description": "tel:138-0013-8000"}, {"comment": "身份证340104198204150373".encode("utf-16-le")}]
)
def test_numbers_in_the_notes_of_a_picture_are_known(form: str, notes: dict[str, object]) -> None:
    found = attached.read(_picture(form, exif=_exif(**notes))).number
    assert found is not None and "*" * 6 in found


def test_comments_and_compressed_texts_are_read_too() -> None:
    assert attached.read(_picture("JPEG", comment="联系13800138000".encode())).number == "138******00"
    for is_packed in (False, True):
        told = PngImagePlugin.PngInfo()
        told.add_itxt("Author", "张三 13800138000", zip=is_packed)
        assert attached.read(_picture("PNG", pnginfo=told)).number == "138******00"
        told = PngImagePlugin.PngInfo()
        told.add_text("Comment", "tel 13800138000", zip=is_packed)
        assert attached.read(_picture("PNG", pnginfo=told)).number == "138******00"


def test_a_picture_that_says_too_much_is_a_warning_and_published_without(small: SiteDriver) -> None:
    small.write(HALL, _picture("JPEG", exif=_exif(place=(31.0, 49.0, 12.5), artist="张三 13800138000"))).build()
    assert [(each.code, each.level, each.span.path) for each in small.problems] == [
        ("PII-010", "warning", BRAND),
        ("PII-011", "warning", BRAND),
    ]
    told = "".join((*small.lines("zh"), *small.lines("en")))
    assert "13800138000" not in told and "138******00" in told and "删除属性和个人信息" in told
    assert small.is_published()
    assert not [name for name, content in small.files().items() if b"13800138000" in content or b"GPS" in content[:4096]]


def test_a_second_look_says_the_same(small: SiteDriver) -> None:
    small.write(HALL, _picture("JPEG", exif=_exif(place=(31.0, 49.0, 12.5))))
    assert small.check().codes() == small.check().codes() == small.build().codes()


@pytest.mark.parametrize(
    "text", ["<text>联系 13800138000</text>", "<text>138<tspan>0013</tspan>8000</text>", "<text>&#49;3800138000</text>", "<title>13800138000</title>"]
)
def test_a_number_on_a_drawing_is_an_error(text: str, small: SiteDriver) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400"><rect width="200" height="300" fill="#900"/>{text}</svg>'
    small.write("brands/qingfeng/img/logo.svg", drawing).edit(BRAND, "img/logo.png", "img/logo.svg").check()
    codes = [each.code for each in small.problems]
    assert "PII-015" in codes, small.lines()
    assert "13800138000" not in "".join((*small.lines("zh"), *small.lines("en")))


@pytest.mark.parametrize("text", ['<path d="M13800138000 138 0013 8000"/>', "<text>138</text><text>00138000</text>", "<style>a{b:13800138000}</style>"])
def test_what_a_drawing_does_not_say_is_no_number(text: str) -> None:
    assert attached.drawn(f"<svg>{text}</svg>".encode()) is None


# -- films -------------------------------------------------------------------------------------------------------------


def _box(name: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return struct.pack(">I", len(body) + 8) + name + body


def _apple(name: bytes, text: str) -> bytes:
    raw = text.encode()
    return _box(name, struct.pack(">HH", len(raw), 0), raw)


def _item(name: bytes, text: str) -> bytes:
    return _box(name, _box(b"data", struct.pack(">II", 1, 0), text.encode()))


def _keyed(**values: str) -> bytes:
    names = [f"com.apple.quicktime.{each.replace('_', '.')}".encode() for each in values]
    keys = _box(b"keys", struct.pack(">II", 0, len(names)), *(struct.pack(">I", len(each) + 8) + b"mdta" + each for each in names))
    items = (_item(struct.pack(">I", at), text) for at, text in enumerate(values.values(), 1))
    return _box(b"meta", _box(b"hdlr", b"\0" * 24), keys, _box(b"ilst", *items))


def _film(*attached_: bytes, after: bool = True) -> bytes:
    head, moov = _box(b"ftyp", b"isom\0\0\2\0isomiso2"), _box(b"moov", _box(b"mvhd", b"\0" * 100), *attached_)
    return b"".join((head, _box(b"mdat", b"\7" * 5000), moov) if after else (head, moov, _box(b"mdat", b"\7" * 5000)))


def _ilst(*items: bytes) -> bytes:
    return _box(b"udta", _box(b"meta", b"\0" * 4, _box(b"hdlr", b"\0" * 24), _box(b"ilst", *items)))


def _element(id: str, body: bytes) -> bytes:
    return bytes.fromhex(id) + struct.pack(">Q", len(body) | 1 << 56) + body


def _webm(**values: str) -> bytes:
    simple = (_element("67C8", _element("45A3", name.encode()) + _element("4487", text.encode())) for name, text in values.items())
    head = _element("1A45DFA3", bytes.fromhex("428284") + b"webm")
    return head + _element("18538067", _element("1F43B675", b"\5" * 900) + _element("1254C367", _element("7373", b"".join(simple))))


TELLING = {
    "a phone's place": (_film(_box(b"udta", _apple(b"\xa9xyz", "+31.8206+117.2290/"))), ["PII-012"]),
    "a phone's place, in front": (_film(_box(b"udta", _apple(b"\xa9xyz", "+31.8206+117.2290/")), after=False), ["PII-012"]),
    "a place of 3GPP": (_film(_box(b"udta", _box(b"loci", b"\0\0\0\0\x15\xc7home1\0", b"\x01\x1f\xd2\x00"))), ["PII-012"]),
    "a place of Apple": (_film(_keyed(location_ISO6709="+31.8206+117.2290+020/")), ["PII-012"]),
    "an artist": (_film(_ilst(_item(b"\xa9ART", "张三"), _item(b"\xa9nam", "开庭"))), ["PII-013"]),
    "an author of Apple": (_film(_keyed(author="张三", software="17.1")), ["PII-013"]),
    "an author of 3GPP": (_film(_box(b"udta", _box(b"auth", b"\0\0\0\0\x15\xc7", "张三".encode()))), ["PII-013"]),
    "a comment with a number": (_film(_ilst(_item(b"\xa9cmt", "联系电话 138-0013-8000"))), ["PII-014"]),
    "a track with a number": (_film(_box(b"trak", _box(b"udta", _apple(b"\xa9cmt", "身份证340104198204150373")))), ["PII-014"]),
    "all of it": (_film(_ilst(_item(b"\xa9ART", "张三 13800138000")), _box(b"udta", _apple(b"\xa9xyz", "+31+117/"))), ["PII-012", "PII-013", "PII-014"]),
}  # fmt: skip
SILENT = {
    "nothing": _film(),
    "a program": _film(_ilst(_item(b"\xa9too", "Lavf61.7.100"))),
    "a title": _film(_ilst(_item(b"\xa9nam", "清风徐来"), _item(b"\xa9day", "2024-05-01T08:00:00Z"))),
    "a place that is none": _film(_box(b"udta", _apple(b"\xa9xyz", "+00.0000+000.0000/"))),
    "an empty artist": _film(_ilst(_item(b"\xa9ART", ""))),
}


def _with(driver: SiteDriver, raw: bytes, name: str = "film.mp4") -> SiteDriver:
    text = (driver.root / VIDEO).read_text("utf-8")
    old = next(line for line in text.splitlines() if line.startswith("sha256:"))
    driver.edit(VIDEO, old, f"sha256: {sha256(raw).hexdigest()}").edit(VIDEO, "src: film.mp4", f"src: {name}")
    return driver.remove(FILM).write(f"content/videos/kaiting/{name}", raw)


@pytest.mark.parametrize("what", TELLING)
def test_what_a_film_tells_is_told_where_it_is_named(what: str, site: Site) -> None:
    raw, codes = TELLING[what]
    driver = _with(site("good/video"), raw).check()
    assert [(each.code, each.span.path, each.span.line) for each in driver.problems] == [(each, VIDEO, 7) for each in codes]
    told = "".join((*driver.lines("zh"), *driver.lines("en")))
    assert "ffmpeg" in told and "-map_metadata -1" in told and "张三" not in told and "117" not in told
    assert "13800138000" not in told and "138-0013-8000" not in told


@pytest.mark.parametrize("what", SILENT)
def test_other_notes_of_a_film_are_no_problem(what: str, site: Site) -> None:
    assert _with(site("good/video"), SILENT[what]).check().lines() == []


@pytest.mark.parametrize(
    ("notes", "codes"),
    [({"TITLE": "开庭"}, []), ({"ARTIST": "张三"}, ["PII-013"]), ({"RECORDING_LOCATION": "31.82, 117.22"}, ["PII-012"]), ({"COMMENT": "手机13800138000"}, ["PII-014"])],
)
def test_the_tags_of_webm_are_read_too(notes: dict[str, str], codes: list[str], site: Site) -> None:
    driver = _with(site("good/video"), _webm(**notes), "film.webm").check()
    assert [each.code for each in driver.problems] == codes, driver.lines()


def test_a_number_in_a_film_stops_the_site_and_can_be_lifted(site: Site) -> None:
    driver = _with(site("good/video"), TELLING["a comment with a number"][0]).build()
    assert not driver.is_published()
    driver.edit(VIDEO, "reviews:\n", "suppressions:\n  - {code: PII-014, reason: 值班电话, reviewer: 机关党委}\nreviews:\n").build()
    assert driver.is_published(), driver.lines()


# -- anything at all ---------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    (b"moov", b"udta", b"meta", b"ilst", b"keys", b"\0\0\0\x08", b"\0\0\0\x00", b"\0\0\0\x01", b"\xff" * 8, b"\xa9xyz", b"II*\0\x08\0\0\0",
     b"\xff\xd8\xff\xe1", b"\x89PNG\r\n\x1a\n", b"iTXt", b"\x78\x9c", b"RIFF\0\0\0\0WEBPEXIF", b"\x1a\x45\xdf\xa3", b"\x18\x53\x80\x67", b"\x67\xc8")
)  # fmt: skip
BYTES = st.lists(PIECES | st.binary(max_size=12), max_size=30).map(b"".join)


@given(BYTES | st.binary(max_size=200))
@example(b"\xff\xd8\xff\xe1\xff\xffExif\0\0MM\0*\0\0\0\x08\xff\xff")
def test_any_bytes_can_be_looked_at_as_a_picture(raw: bytes) -> None:
    found = attached.read(raw)
    assert found.number is None or "*" in found.number
    attached.drawn(raw)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=BYTES | st.binary(max_size=200), form=st.sampled_from(("mp4", "webm")))
def test_any_bytes_can_be_looked_at_as_a_film(raw: bytes, form: str, tmp_path: Path) -> None:
    file = tmp_path / "film"
    file.write_bytes(raw)
    with file.open("rb") as film:
        assert isinstance(tags.read(film, form), tags.Tags)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", ["mp4", "webm"])
@pytest.mark.parametrize("kind", ["cut", "zeros", "ones", "tiny", "deep"])
def test_a_damaged_film_takes_no_time(form: str, kind: str, tmp_path: Path) -> None:
    whole = TELLING["all of it"][0] if form == "mp4" else _webm(ARTIST="a", COMMENT="b")
    deep = b"moov"
    for _ in range(400):
        deep = _box(b"moov", deep)
    raw = {
        "cut": whole[: len(whole) // 2],
        "zeros": whole[:40] + bytes(1 << 20),
        "ones": whole[:40] + b"\xff" * (1 << 20),
        "tiny": whole[:28] + _box(b"free") * 100_000,
        "deep": deep,
    }[kind]
    file = tmp_path / "film"
    file.write_bytes(raw)
    with file.open("rb") as film:
        assert_ends_within(1, lambda: tags.read(film, form))  # type: ignore[arg-type]


def test_a_film_of_gigabytes_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "film"
    file.write_bytes(_box(b"ftyp", b"isom") + struct.pack(">I", 1) + b"mdat" + struct.pack(">Q", (3 << 30) + 16))
    os.truncate(file, (3 << 30) + 28)
    with file.open("ab") as opened:
        opened.write(_box(b"moov", _box(b"udta", _apple(b"\xa9xyz", "+31.8+117.2/"))))
    with file.open("rb") as film:
        assert tags.read(film, "mp4").has_place
        assert_ends_within(1, lambda: tags.read(film, "mp4"))
