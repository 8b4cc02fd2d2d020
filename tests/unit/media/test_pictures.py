"""Pictures: only their pixels are published, and whatever was submitted is a picture or one problem."""

from __future__ import annotations

import io
import random
import re
import struct
import zlib
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from generator.catalog.model import Focus, focus_class
from generator.media.formats.encode import webp_quality
from generator.media.pictures import Limits, Picture, Wanted, develop, encoded, unpublished
from generator.problems import Problem, Span
from generator.source.files import discover
from generator.system.cache import Cache
from tests.helpers.driver import SiteDriver

LIMITS = Limits(20 << 20, 40_000_000)
WIDTHS = (640, 1280)
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
ENDING = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif"}
CODES = frozenset(("IMG-001", "IMG-002", "IMG-003", "IMG-004", "IMG-005", "IMG-006"))
TELLTALE = (
    b"Exif",
    b"EXIF",
    b"GPS",
    b"http",
    b"ICCP",
    b"ICC_PROFILE",
    b"XMP",
    b"xmp",
    b"secret",
    b"geheim",
    b"<script",
    b"adobe",
)


class Developed(NamedTuple):
    """What became of some files: their pictures by name, the problems, the published files by address."""

    pictures: Mapping[str, Picture]
    problems: tuple[Problem, ...]
    files: Mapping[str, bytes]

    def image(self, name: str) -> Image.Image:
        """The fallback of a file, decoded."""
        return _opened(self.files[self.pictures[name].fallback.address])


Develop = Callable[..., Developed]


def _opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


@pytest.fixture
def develop_all(tmp_path: Path) -> Develop:
    """Puts files into a record's folder and develops them all."""

    def run(
        files: Mapping[str, bytes],
        widths: tuple[int, ...] = WIDTHS,
        limits: Limits = LIMITS,
        jobs: int = 1,
        public: bool = True,
        cache: str = "cache",
    ) -> Developed:
        folder = tmp_path / "brands/x"
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
        sources, problems = discover(tmp_path)
        assert not problems
        wanted = [Wanted(f"brands/x/{name}", Span("a.yml", at), widths, public) for at, name in enumerate(files, 1)]
        store = Cache(tmp_path / cache)
        pictures, found = develop(wanted, sources, store, limits, jobs)
        names = {path.rpartition("/")[2]: picture for path, picture in pictures.items()}
        return Developed(names, found, dict(encoded(pictures.values(), store)))

    return run


def _pattern(size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    """Four quarters of different colours: red, green, blue, white."""
    width, height = size
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, width // 2, height // 2))
    image.paste("#00ff00", (width // 2, 0, width, height // 2))
    image.paste("blue", (0, height // 2, width // 2, height))
    return image if mode == "RGB" else image.convert(mode)


def _grainy(size: tuple[int, int]) -> Image.Image:
    """The same four quarters with grain, of which AVIF is smaller than WebP."""
    grain = Image.frombytes("L", size, random.Random(1).randbytes(size[0] * size[1])).convert("RGB")
    return Image.blend(_pattern(size), grain, 0.25)


def _saved(image: Image.Image, form: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def _widths(picture: Picture) -> dict[str, list[int]]:
    """The widths of each form but the fallback and AVIF, which has the same ones or is not there."""
    widths = {form: [each.width for each in variants] for form, variants in picture.sources.items()}
    assert widths.pop("avif", widths["webp"]) == widths["webp"]
    return widths


def _near(one: Any, other: tuple[int, ...], by: int = 24) -> bool:
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=False))


def _corners(image: Image.Image) -> list[str]:
    """The colours of the four quarters: top left, top right, bottom left, bottom right."""
    known = {"red": (255, 0, 0), "green": (0, 255, 0), "blue": (0, 0, 255), "white": (255, 255, 255)}
    rgb = image.convert("RGB")
    width, height = rgb.size
    places = [(width // 4, height // 4), (width * 3 // 4, height // 4)]
    places += [(width // 4, height * 3 // 4), (width * 3 // 4, height * 3 // 4)]
    return [
        min(known, key=lambda name: sum(abs(a - b) for a, b in zip(known[name], rgb.getpixel(at), strict=True)))
        for at in places
    ]  # type: ignore[arg-type]


def _only(developed: Developed) -> Problem:
    assert not developed.pictures and not developed.files
    (only,) = developed.problems
    assert only.text("zh") and only.text("en") and only.remedy("zh")
    return only


# -- nothing but the pixels --------------------------------------------------------------------------------------------


def _exif(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "secret camera"
    exif[0x9286] = "secret comment"
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 20.0, 0.0), 3: "E", 4: (118.0, 22.0, 0.0), 29: "2024:05:01"})
    return exif


XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf xmlns:xmp="http://ns.adobe.com/xap/1.0/">secret</rdf></x:xmpmeta>'
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _with_everything(form: str, image: Image.Image | None = None) -> bytes:
    options: dict[str, Any] = {"exif": _exif(), "icc_profile": PROFILE, "xmp": XMP}
    if form == "JPEG":
        options["comment"] = b"secret <script>alert(1)</script> http://example.com"
    if form == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Comment", "secret http://example.com")
        text.add_text("Author", "secret " * 50, zip=True)
        text.add_itxt("XML:com.adobe.xmp", XMP.decode())
        options = {"exif": _exif(), "icc_profile": PROFILE, "pnginfo": text}
    return _saved(image or _pattern((80, 60)), form, **options)


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_but_the_pixels_is_published(form: str, develop_all: Develop) -> None:
    raw = _with_everything(form, _grainy((240, 180)))
    assert sum(each in raw for each in TELLTALE) >= 2 and b"secret" in raw
    before = Image.open(io.BytesIO(raw))
    assert before.getexif().get_ifd(0x8825) and before.info.get("icc_profile")
    developed = develop_all({f"a.{ENDING[form]}": raw}, (64, 128, 256))
    assert [each.code for each in developed.problems] == ["PII-010"]  # the place is told, and nothing else
    forms = [each.form for each in developed.pictures[f"a.{ENDING[form]}"].variants]
    assert forms == ["avif"] * 3 + ["webp"] * 3 + ["jpeg"]
    for content in developed.files.values():
        assert not [each for each in TELLTALE if each in content]
        image = _opened(content)
        assert not dict(image.getexif())
        assert not image.getexif().get_ifd(0x8825)
        assert not {"exif", "icc_profile", "xmp", "comment", "Comment", "dpi"} & set(image.info)
        assert _corners(image) == ["red", "green", "blue", "white"]


def test_every_chunk_of_a_published_file_is_one_of_pixels(develop_all: Develop) -> None:
    alpha = Image.new("RGBA", (40, 40), (255, 0, 0, 100))
    files = {"a.png": _saved(alpha, "PNG", exif=_exif(), icc_profile=PROFILE), "b.jpg": _with_everything("JPEG")}
    webp = [content for name, content in develop_all(files).files.items() if name.endswith(".webp")]
    assert len(webp) == 2
    for content in webp:
        assert content[:4] == b"RIFF" and content[8:12] == b"WEBP"
        assert struct.unpack("<I", content[4:8])[0] == len(content) - 8
        at, names = 12, []
        while at < len(content):
            names.append(content[at : at + 4])
            size = struct.unpack("<I", content[at + 4 : at + 8])[0]
            at += 8 + size + size % 2
        assert set(names) <= {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("orientation", "corners"),
    [
        (1, ["red", "green", "blue", "white"]),
        (2, ["green", "red", "white", "blue"]),
        (3, ["white", "blue", "green", "red"]),
        (4, ["blue", "white", "red", "green"]),
        (5, ["red", "blue", "green", "white"]),
        (6, ["blue", "red", "white", "green"]),
        (7, ["white", "green", "blue", "red"]),
        (8, ["green", "white", "red", "blue"]),
    ],
)
def test_a_picture_stands_upright(form: str, orientation: int, corners: list[str], develop_all: Develop) -> None:
    name = f"a.{ENDING[form]}"
    developed = develop_all({name: _saved(_pattern((80, 40)), form, exif=_exif(orientation))})
    image = developed.image(name)
    assert image.size == ((40, 80) if orientation >= 5 else (80, 40))
    assert (developed.pictures[name].fallback.width, developed.pictures[name].fallback.height) == image.size
    assert _corners(image) == corners


def _with_profile(red_is_green: bool) -> bytes:
    """A profile that, if heeded, changes the colours: its red and green columns may be swapped."""
    if not red_is_green:
        return PROFILE
    at = {}
    count = struct.unpack(">I", PROFILE[128:132])[0]
    raw = bytearray(PROFILE)
    for number in range(count):
        entry = 132 + 12 * number
        at[bytes(raw[entry : entry + 4])] = entry
    one, other = at[b"rXYZ"], at[b"gXYZ"]
    raw[one + 4 : one + 12], raw[other + 4 : other + 12] = raw[other + 4 : other + 12], raw[one + 4 : one + 12]
    return bytes(raw)


def test_colours_are_those_of_the_profile(develop_all: Develop) -> None:
    red = Image.new("RGB", (16, 16), "red")
    files = {
        "a.png": _saved(red, "PNG", icc_profile=PROFILE),
        "b.png": _saved(red, "PNG", icc_profile=_with_profile(True)),
    }
    developed = develop_all(files)
    assert _near(developed.image("a.png").getpixel((8, 8)), (255, 0, 0))
    assert _near(developed.image("b.png").getpixel((8, 8)), (0, 255, 0))


@pytest.mark.parametrize(
    "profile",
    [b"", b"x", b"secret" * 100, PROFILE[:100], PROFILE[:-200], b"\0" * 128 + PROFILE[128:]],
    ids=["nothing", "a letter", "a text", "half a head", "no end", "no head"],
)
def test_a_broken_profile_is_dropped_and_the_colours_stay(profile: bytes, develop_all: Develop) -> None:
    developed = develop_all({"a.jpg": _saved(_pattern((32, 32)), "JPEG", icc_profile=profile)})
    assert not developed.problems
    assert _corners(developed.image("a.jpg")) == ["red", "green", "blue", "white"]
    assert not any(b"secret" in each or b"ICC_PROFILE" in each for each in developed.files.values())


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_a_profile_of_other_colours_than_the_picture_does_no_harm(mode: str, develop_all: Develop) -> None:
    developed = develop_all({"a.jpg": _saved(Image.new(mode, (16, 16), 0), "JPEG", icc_profile=PROFILE)})
    assert not developed.problems
    assert developed.image("a.jpg").mode == "RGB"


# -- kinds of pictures -------------------------------------------------------------------------------------------------


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _png(size: tuple[int, int], depth: int, colour: int, rows: bytes, *more: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", *size, depth, colour, 0, 0, 0)
    chunks = (_chunk(b"IHDR", head), *more, _chunk(b"IDAT", zlib.compress(rows)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize("form", ["PNG", "WEBP", "AVIF"])
def test_alpha_is_kept(form: str, develop_all: Develop) -> None:
    image = Image.new("RGBA", (64, 64), (255, 0, 0, 255))
    image.paste((0, 0, 255, 0), (0, 0, 32, 64))
    image.paste((0, 255, 0, 128), (32, 0, 64, 32))
    name = f"a.{ENDING[form]}"
    developed = develop_all({name: _saved(image, form)}, (32, 64))
    for variant in developed.pictures[name].variants:
        shown = _opened(developed.files[variant.address])
        assert shown.mode == "RGBA"
        quarter = shown.width // 4
        assert shown.getpixel((quarter, quarter))[3] <= 4
        assert _near(shown.getpixel((quarter * 3, quarter)), (0, 255, 0, 128))
        assert _near(shown.getpixel((quarter * 3, quarter * 3)), (255, 0, 0, 255))


@pytest.mark.parametrize("mode", ["P", "LA", "tRNS", "L tRNS"])
def test_transparency_of_other_kinds_is_kept(mode: str, develop_all: Develop) -> None:
    if mode == "P":
        image = Image.new("P", (8, 8), 1)
        image.putpalette([0, 0, 0, 255, 0, 0])
        image.paste(0, (0, 0, 4, 8))
        raw = _saved(image, "PNG", transparency=0)
    elif mode == "LA":
        image = Image.new("LA", (8, 8), (80, 255))
        image.paste((80, 0), (0, 0, 4, 8))
        raw = _saved(image, "PNG")
    else:
        image = Image.new("RGB" if mode == "tRNS" else "L", (8, 8), "white")
        image.paste("black", (0, 0, 4, 8))
        raw = _saved(image, "PNG", transparency=(0, 0, 0) if mode == "tRNS" else 0)
    shown = develop_all({"a.png": raw}).image("a.png")
    assert shown.mode == "RGBA"
    assert (shown.getpixel((1, 4))[3], shown.getpixel((6, 4))[3]) == (0, 255)


def test_a_picture_without_alpha_gets_none(develop_all: Develop) -> None:
    files = {"a.jpg": _saved(_pattern((16, 16)), "JPEG"), "b.png": _saved(_pattern((16, 16)), "PNG")}
    developed = develop_all(files)
    assert [developed.image(name).mode for name in files] == ["RGB", "RGB"]


@pytest.mark.parametrize("mode", ["CMYK", "P", "1", "L"])
def test_colours_of_other_kinds_are_the_same_in_the_end(mode: str, develop_all: Develop) -> None:
    image = _pattern((32, 32), mode)
    name = "a.jpg" if mode == "CMYK" else "a.png"
    shown = develop_all({name: _saved(image, "JPEG" if mode == "CMYK" else "PNG")}).image(name)
    assert shown.mode == "RGB"
    if mode in ("CMYK", "P"):
        assert _corners(shown) == ["red", "green", "blue", "white"]
    else:
        for at in ((4, 28), (28, 28)):
            assert _near(shown.getpixel(at), image.convert("RGB").getpixel(at))  # type: ignore[arg-type]


def test_grey_of_sixteen_bits_keeps_its_steps(develop_all: Develop) -> None:
    steps = (0, 16_384, 32_768, 49_152, 65_535)
    row = b"\0" + b"".join(struct.pack(">H", step) * 16 for step in steps)
    developed = develop_all({"a.png": _png((80, 16), 16, 0, row * 16)})
    shown = developed.image("a.png")
    for number, step in enumerate(steps):
        assert _near(shown.getpixel((number * 16 + 8, 8)), (step // 257,) * 3, 8)


def test_colours_of_sixteen_bits_are_kept(develop_all: Develop) -> None:
    row = b"\0" + struct.pack(">HHH", 65_535, 0, 0) * 16
    assert _near(develop_all({"a.png": _png((16, 16), 16, 2, row * 16)}).image("a.png").getpixel((8, 8)), (255, 0, 0))


@pytest.mark.parametrize("colour", [0, 2])
def test_sixteen_bits_with_a_transparent_colour_are_read(colour: int, develop_all: Develop) -> None:
    samples = 1 if colour == 0 else 3
    row = b"\0" + (struct.pack(">H", 65_535) * samples * 8) + (struct.pack(">H", 0) * samples * 8)
    raw = _png((16, 16), 16, colour, row * 16, _chunk(b"tRNS", struct.pack(">H", 65_535) * samples))
    developed = develop_all({"a.png": raw})
    assert not developed.problems
    assert developed.image("a.png").getpixel((12, 8))[3:] in ((255,), ())


@pytest.mark.parametrize("form", ["PNG", "WEBP", "AVIF"])
def test_of_an_animation_only_the_first_frame_is_published(form: str, develop_all: Develop) -> None:
    frames = [Image.new("RGB", (24, 24), colour) for colour in ("red", "#00ff00", "blue")]
    name = f"a.{ENDING[form]}"
    raw = _saved(frames[0], form, save_all=True, append_images=frames[1:], duration=100)
    assert getattr(Image.open(io.BytesIO(raw)), "n_frames", 1) == 3
    developed = develop_all({name: raw})
    shown = developed.image(name)
    assert getattr(shown, "n_frames", 1) == 1
    assert _near(shown.getpixel((12, 12)), (255, 0, 0))
    assert all(b"ANIM" not in each and b"ANMF" not in each for each in developed.files.values())


# -- sizes and names ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "made"),
    [
        (100, [100]),
        (639, [639]),
        (640, [640]),
        (641, [640, 641]),
        (1280, [640, 1280]),
        (1281, [640, 1280]),
        (2000, [640, 1280]),
        (1, [1]),
    ],
)
def test_two_widths_are_made_and_none_larger_than_the_source(width: int, made: list[int], develop_all: Develop) -> None:
    developed = develop_all({"a.png": _saved(Image.new("RGB", (width, 50), "red"), "PNG")})
    picture = developed.pictures["a.png"]
    assert _widths(picture) == {"webp": made}
    assert (picture.fallback.form, picture.fallback.width) == ("jpeg", made[-1])
    for variant in picture.variants:
        image = _opened(developed.files[variant.address])
        assert image.size == (variant.width, variant.height)
        assert variant.height == max(1, round(50 * variant.width / width))


def test_avif_is_made_where_it_is_smaller(develop_all: Develop) -> None:
    files = {"grainy.png": _saved(_grainy((320, 240)), "PNG"), "smooth.png": _saved(_pattern((320, 240)), "PNG")}
    made = develop_all(files, (160, 320))
    assert list(made.pictures["grainy.png"].sources) == ["avif", "webp"]
    assert list(made.pictures["smooth.png"].sources) == ["webp"]
    weight = {
        form: sum(len(made.files[each.address]) for each in variants)
        for form, variants in made.pictures["grainy.png"].sources.items()
    }
    assert weight["avif"] < weight["webp"]


@pytest.mark.parametrize("size", [(3000, 1), (1, 3000), (2, 2)])
def test_a_sliver_is_still_a_picture(size: tuple[int, int], develop_all: Develop) -> None:
    developed = develop_all({"a.png": _saved(Image.new("RGB", size, "red"), "PNG")})
    assert not developed.problems
    assert all(each.height >= 1 for each in developed.pictures["a.png"].variants)


def test_the_name_of_a_file_is_the_digest_of_its_content(develop_all: Develop) -> None:
    raw = _saved(_grainy((700, 40)), "PNG")
    developed = develop_all({"a.png": raw, "同一张.png": raw, "b.png": _saved(_grainy((701, 40)), "PNG")})
    assert developed.pictures["a.png"].variants == developed.pictures["同一张.png"].variants
    assert len(developed.files) == 10
    for name in ("a.png", "b.png"):
        for variant in developed.pictures[name].variants:
            digest = sha256(developed.files[variant.address]).hexdigest()[:20]
            ending = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}[variant.form]
            assert variant.address == f"media/{digest}-{variant.width}.{ending}"


def _many() -> dict[str, bytes]:
    return {
        f"{number}.{ENDING[form]}": _saved(_pattern((60 + number, 40)), form)
        for number, form in enumerate(("JPEG", "PNG", "WEBP", "AVIF") * 3)
    } | {"broken.jpg": _saved(_pattern((60, 40)), "JPEG")[:200], "wrong.png": b"GIF89a"}


def test_one_process_and_two_make_the_same_bytes(develop_all: Develop) -> None:
    files = _many()
    one = develop_all(files, (32, 64), jobs=1, cache="one")
    two = develop_all(files, (32, 64), jobs=2, cache="two")
    assert len(one.pictures) == 12
    assert one == two


def test_the_cache_changes_nothing(develop_all: Develop) -> None:
    files = _many()
    first = develop_all(files, (32, 64))
    assert develop_all(files, (32, 64)) == first
    assert develop_all(files, (32, 64), cache="another") == first


def test_other_widths_and_limits_are_made_anew(develop_all: Develop) -> None:
    files = {"a.png": _saved(_pattern((200, 100)), "PNG")}
    assert _widths(develop_all(files, (32, 64)).pictures["a.png"]) == {"webp": [32, 64]}
    assert _widths(develop_all(files, (50,)).pictures["a.png"]) == {"webp": [50]}
    assert _only(develop_all(files, (50,), Limits(20 << 20, 100))).code == "IMG-005"


def test_a_picture_named_twice_is_made_once_in_all_widths(tmp_path: Path) -> None:
    (tmp_path / "brands/x").mkdir(parents=True)
    (tmp_path / "brands/x/a.png").write_bytes(_saved(_pattern((200, 100)), "PNG"))
    sources, _ = discover(tmp_path)
    wanted = [
        Wanted("brands/x/a.png", Span("a.yml", 1), (32,), True),
        Wanted("brands/x/a.png", Span("a.yml", 2), (64,), True),
        Wanted("brands/x/a.png", Span("a.yml", 3), (128,), False),
    ]
    pictures, problems = develop(wanted, sources, Cache(tmp_path / "c"), LIMITS)
    assert not problems
    assert _widths(pictures["brands/x/a.png"]) == {"webp": [32, 64]}


def test_a_bad_picture_named_twice_is_one_problem_at_the_first_place(tmp_path: Path) -> None:
    (tmp_path / "brands/x").mkdir(parents=True)
    (tmp_path / "brands/x/a.png").write_bytes(b"x")
    sources, _ = discover(tmp_path)
    wanted = [Wanted("brands/x/a.png", Span("a.yml", line), (32,), line == 2) for line in (1, 2)]
    pictures, problems = develop(wanted, sources, Cache(tmp_path / "c"), LIMITS)
    assert not pictures
    assert [(each.code, each.span) for each in problems] == [("IMG-002", Span("a.yml", 1))]


def test_what_is_only_checked_is_not_made(develop_all: Develop) -> None:
    files = {"a.png": _saved(_pattern((20, 20)), "PNG"), "b.png": b"x"}
    developed = develop_all(files, public=False)
    assert not developed.pictures and not developed.files
    assert [each.code for each in developed.problems] == ["IMG-002"]
    assert unpublished(Wanted("a", Span("b"), (1,), True)) == Wanted("a", Span("b"), (1,), False)


# -- what is no picture ------------------------------------------------------------------------------------------------

OTHERS = {
    "a.png": b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
    "b.png": b"<xsvg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "c.jpg": b"<!DOCTYPE html><script>alert(1)</script>",
    "d.jpg": b"BM" + b"\0" * 60,
    "e.jpg": b"II*\0" + b"\0" * 60,
    "f.jpg": b"MM\0*" + b"\0" * 60,
    "g.jpg": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n",
    "h.jpg": b"%PDF-1.7\n",
    "i.png": b"PK\x03\x04" + b"\0" * 60,
    "j.webp": b"RIFF\x10\0\0\0WAVEfmt ",
    "k.avif": b"\0\0\0\x1cftypheic" + b"\0" * 60,
    "l.avif": b"\0\0\0\x1cftypisom" + b"\0" * 60,
    "m.jpg": b"",
    "n.jpg": b"\xff",
    "o.jpg": b"\xff\xd8",
    "p.png": b"\x89PNG\n\x1a\n" + b"\0" * 60,
    "q.gif": b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
    "r.svg": b"\x1f\x8b\x08\0 a packed drawing",
    "s.tiff": b"II*\0" + b"\0" * 60,
    "t": b"x",
    "u.png": b"\0" * 100,
    "v.png": b" \x89PNG\r\n\x1a\n",
    "w.jpg": "品牌".encode("utf-16"),
}


def test_what_does_not_begin_like_a_picture_is_none(develop_all: Develop) -> None:
    developed = develop_all(OTHERS)
    assert not developed.pictures
    assert [(each.code, each.span.line) for each in developed.problems] == [
        ("IMG-002", number) for number in range(1, len(OTHERS) + 1)
    ]


@pytest.mark.parametrize("form", FORMATS)
def test_a_picture_with_the_ending_of_another_is_refused(form: str, develop_all: Develop) -> None:
    raw = _saved(_pattern((16, 16)), form)
    endings = ("jpg", "jpeg", "png", "webp", "avif", "gif", "JPG", "txt")
    files = {f"{number}.{ending}": raw for number, ending in enumerate(endings)}
    developed = develop_all(files)
    right = {"jpg", "jpeg", "JPG"} if form == "JPEG" else {ENDING[form]}
    assert {name.rpartition(".")[2] for name in developed.pictures} == right
    assert {each.code for each in developed.problems} == {"IMG-003"}
    for each in developed.problems:
        assert ENDING[form] in each.text("zh") + each.remedy("zh")


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_cut_anywhere_is_a_picture_or_one_problem(form: str, develop_all: Develop) -> None:
    noise = Image.effect_noise((24, 24), 80).convert("RGB")
    raw = _saved(noise, form)
    files = {f"{length}.{ENDING[form]}": raw[:length] for length in range(0, len(raw), 7)}
    assert len(files) >= 40
    _assert_answered(files, develop_all(files, (16,)))


def _assert_answered(files: Mapping[str, bytes], developed: Developed) -> None:
    """Each file gave a picture or a fault, not both, and what was published can be read. A picture's place is no fault."""
    faults = _faults(developed)
    refused = {list(files)[each.span.line - 1] for each in faults}
    assert len(refused) == len(faults)
    assert refused | set(developed.pictures) == set(files)
    assert not refused & set(developed.pictures)
    assert {each.code for each in faults} <= CODES
    for content in developed.files.values():
        assert _opened(content).format in ("AVIF", "WEBP", "JPEG", "PNG")


def _faults(developed: Developed) -> list[Problem]:
    return [each for each in developed.problems if each.code not in ("PII-010", "PII-011")]


def _mutants(form: str, count: int) -> dict[str, bytes]:
    """Copies of one file, each spoiled in another way, the same in every run."""
    chance = random.Random(form)
    raw = _with_everything(form)
    files = {}
    for number in range(count):
        spoiled = bytearray(raw)
        for _ in range(chance.choice((1, 1, 2, 5, 20))):
            at = chance.randrange(4 if chance.random() < 0.9 else 0, len(spoiled))
            way = chance.randrange(4)
            if way == 0:
                spoiled[at] ^= 1 << chance.randrange(8)
            elif way == 1:
                spoiled[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff"))
            elif way == 2:
                del spoiled[at : at + chance.randrange(1, 40)]
            else:
                spoiled[at:at] = spoiled[chance.randrange(len(spoiled)) :][: chance.randrange(1, 40)]
            if len(spoiled) < 16:
                break
        files[f"{number}.{ENDING[form]}"] = bytes(spoiled)
    return files


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning", "ignore::UserWarning")
@pytest.mark.parametrize("form", FORMATS)
def test_a_spoiled_file_is_a_picture_or_one_problem(form: str, develop_all: Develop) -> None:
    files = _mutants(form, 200)
    developed = develop_all(files, (16,))
    _assert_answered(files, developed)
    assert _faults(developed) and developed.pictures  # both ways out were taken
    for content in developed.files.values():
        assert not [each for each in TELLTALE if each in content]


def _jpeg_of(width: int, height: int) -> bytes:
    """A small JPEG whose header promises another size."""
    raw = bytearray(_saved(_pattern((16, 16)), "JPEG"))
    at = raw.index(b"\xff\xc0")
    raw[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(raw)


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("side", [6_400, 9_000, 10_000, 14_000, 50_000, 65_000])
def test_a_bomb_of_pixels_is_too_large_by_its_header(side: int, develop_all: Develop) -> None:
    files = {"a.png": _png((side, side), 8, 2, b""), "b.jpg": _jpeg_of(side, side)}
    developed = develop_all(files)
    assert not developed.pictures
    assert [each.code for each in developed.problems] == ["IMG-005", "IMG-005"]


@pytest.mark.parametrize("form", FORMATS)
def test_the_limit_of_pixels_holds_for_every_format(form: str, develop_all: Develop) -> None:
    files = {f"a.{ENDING[form]}": _saved(_pattern((50, 40)), form)}
    assert not develop_all(files, limits=Limits(20 << 20, 2_000)).problems
    only = _only(develop_all(files, limits=Limits(20 << 20, 1_999)))
    assert only.code == "IMG-005"
    assert "50 × 40" in only.text("zh") + only.remedy("zh")


def test_the_limit_of_bytes_holds(develop_all: Develop) -> None:
    raw = _saved(_pattern((50, 40)), "PNG")
    files = {"a.png": raw}
    assert not develop_all(files, limits=Limits(len(raw), 40_000_000)).problems
    assert _only(develop_all(files, limits=Limits(len(raw) - 1, 40_000_000))).code == "IMG-005"


def test_a_bomb_of_text_in_a_picture_is_refused_or_dropped(develop_all: Develop) -> None:
    bomb = b"Comment\0\0" + zlib.compress(b"secret" * 3_000_000, 9)
    row = b"\0" + b"\xff\0\0" * 4
    files = {"a.png": _png((4, 4), 8, 2, row * 4, _chunk(b"zTXt", bomb))}
    developed = develop_all(files)
    _assert_answered(files, developed)
    assert not any(b"secret" in each for each in developed.files.values())


def test_a_bomb_of_rows_in_a_small_picture_is_refused_or_cut(develop_all: Develop) -> None:
    files = {"a.png": _png((4, 4), 8, 2, b"\0" * 20_000_000)}
    _assert_answered(files, develop_all(files))


HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script><!--"


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "tail", [HTML, b"PK\x03\x04" + HTML, b"GIF89a" + HTML, HTML * 200], ids=["html", "zip", "gif", "long"]
)
def test_a_page_hidden_behind_a_picture_is_left_behind(form: str, tail: bytes, develop_all: Develop) -> None:
    name = f"a.{ENDING[form]}"
    developed = develop_all({name: _saved(_pattern((32, 32)), form) + tail})
    assert not developed.problems
    assert _corners(developed.image(name)) == ["red", "green", "blue", "white"]
    for content in developed.files.values():
        assert b"<script" not in content and b"html" not in content and b"PK\x03\x04" not in content


def test_a_page_hidden_inside_a_picture_is_left_behind_too(develop_all: Develop) -> None:
    jpeg = _saved(_pattern((32, 32)), "JPEG", comment=HTML)
    row = b"\0" + b"\xff\0\0" * 4
    png = _png((4, 4), 8, 2, row * 4, _chunk(b"teXt", HTML), _chunk(b"haCk", HTML))
    developed = develop_all({"a.jpg": jpeg, "b.png": png})
    assert set(developed.pictures) == {"a.jpg", "b.png"}
    assert not any(b"<script" in each for each in developed.files.values())


def test_one_bad_picture_does_not_hide_the_others(develop_all: Develop) -> None:
    good = _saved(_pattern((32, 32)), "PNG")
    developed = develop_all({"a.png": b"x", "b.png": good, "c.jpg": good, "d.png": good[:50], "e.png": good})
    assert set(developed.pictures) == {"b.png", "e.png"}
    assert [each.code for each in developed.problems] == ["IMG-002", "IMG-003", "IMG-004"]


def test_a_file_that_went_away_is_one_problem(tmp_path: Path) -> None:
    (tmp_path / "brands/x").mkdir(parents=True)
    file = tmp_path / "brands/x/a.png"
    file.write_bytes(_saved(_pattern((8, 8)), "PNG"))
    sources, _ = discover(tmp_path)
    file.unlink()
    pictures, problems = develop(
        [Wanted("brands/x/a.png", Span("a.yml"), (8,), True)], sources, Cache(tmp_path / "c"), LIMITS
    )
    assert not pictures
    assert [each.code for each in problems] == ["SEC-021"]


# -- in a site ---------------------------------------------------------------------------------------------------------

BRAND = "brands/qingfeng/brand.yml"


def _media(site: SiteDriver) -> set[str]:
    return {each for each in site.files() if each.startswith("media/")}


def test_every_published_picture_is_named_by_a_page_and_free_of_metadata(small: SiteDriver) -> None:
    small.write("brands/qingfeng/img/hall.jpg", _with_everything("JPEG")).build()
    assert small.is_published(), small.lines()
    pages = "".join(content.decode() for path, content in small.files().items() if path.endswith(".html"))
    assert _media(small)
    for path in _media(small):
        assert path in pages
        assert not [each for each in TELLTALE if each in small.files()[path]]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("status: published", "status: draft"),
        ("status: published", "status: review"),
        ("status: published", "status: withdrawn\nwithdrawn_on: 2025-01-02\nwithdrawn_reason: 单位撤并"),
        ("published_on: 2024-05-01", "published_on: 2030-05-01"),
    ],
)
def test_the_pictures_of_what_is_not_public_are_checked_but_not_published(
    old: str, new: str, small: SiteDriver
) -> None:
    small.copy_folder("brands/qingfeng", "brands/entwurf").edit(
        "brands/entwurf/brand.yml", "id: qingfeng", "id: entwurf"
    )
    small.build()
    before = _media(small)
    red = _saved(Image.new("RGB", (90, 70), "#123456"), "JPEG")
    small.edit("brands/entwurf/brand.yml", old, new).write("brands/entwurf/img/hall.jpg", red).build()
    assert small.is_published(), small.lines()
    assert _media(small) == before
    small.write("brands/entwurf/img/hall.jpg", red[:300]).check()
    small.without_copies()
    assert [(each.code, each.span.path) for each in small.problems] == [("IMG-004", "brands/entwurf/brand.yml")]


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("img/none.jpg", "IMG-001"),
        ("img", "IMG-001"),
        ("hall.jpg", "IMG-001"),
        ("img/hall.jpg ", None),
        ("img/HALL.jpg", "IMG-006"),
        ("img/hall.JPG", "IMG-006"),
        ("IMG/hall.jpg", "IMG-006"),
        ("./img//hall.jpg", None),
        ("img/../img/hall.jpg", None),
        ("brand.yml", "IMG-002"),
        ("../../../etc/passwd", "SEC-006"),
        ("../../../../../../../../etc/passwd", "SEC-006"),
        ("/etc/passwd", "SEC-006"),
        ("../../site_config.yml", "SEC-006"),
        ("../other/img/hall.jpg", "SEC-006"),
        ("../../brands/other/img/hall.jpg", "SEC-006"),
        ("..", "SEC-006"),
        ("img\\hall.jpg", "SEC-006"),
        ("C:/hall.jpg", "SEC-006"),
        ("file:///etc/passwd", "IMG-001"),
        ("https://example.com/a.jpg", "IMG-001"),
        ("../../content/none.jpg", "IMG-001"),
        ("../../content/index.md", "IMG-002"),
    ],
)
def test_a_picture_is_taken_only_from_the_record_or_the_content(
    target: str, code: str | None, small: SiteDriver
) -> None:
    small.edit(BRAND, "src: img/hall.jpg", f"src: '{target}'").check()
    expected = [] if code is None else [(code, BRAND, 32)]
    assert small.codes() == expected, small.lines()


def test_a_picture_of_the_content_may_be_shown(small: SiteDriver) -> None:
    small.write("content/img/一.png", _saved(_pattern((32, 32)), "PNG"))
    small.edit(BRAND, "src: img/hall.jpg", "src: ../../content/img/一.png").build()
    assert small.is_published(), small.lines()


@pytest.mark.parametrize("target", ["/etc/hostname", "logo.png", "nowhere"])
def test_a_linked_picture_is_one_problem_where_it_stands(target: str, small: SiteDriver) -> None:
    picture = small.root / "brands/qingfeng/img/hall.jpg"
    picture.unlink()
    picture.symlink_to(target)
    assert small.check().codes() == [("SEC-005", "brands/qingfeng/img/hall.jpg", 1)]


def test_the_picture_of_a_story_follows_the_same_rules(small: SiteDriver) -> None:
    story = "brands/qingfeng/story.md"
    small.write(story, "## 由来\n\n![一](img/none.png)\n\n![二](../../../a.png)\n\n![三](img/HALL.jpg)\n").check()
    assert small.codes() == [("IMG-001", story, 3), ("SEC-006", story, 5), ("IMG-006", story, 7)]


def test_two_files_that_differ_in_case_are_told_apart_and_reported(small: SiteDriver) -> None:
    small.copy_file("brands/qingfeng/img/hall.jpg", "brands/qingfeng/img/Hall.jpg").check()
    assert small.codes() == [("ID-005", "brands/qingfeng/img/hall.jpg", 1)]


# -- forms, colours behind and what must stay in sight -------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_no_form_of_a_picture_carries_anything_but_pixels(form: str, develop_all: Develop) -> None:
    """In the sizes that pages show, with both kinds of fallback."""
    image = _grainy((700, 500))
    see_through = image.convert("RGBA")
    see_through.putpixel((0, 0), (0, 0, 0, 0))
    options: dict[str, Any] = {"exif": _exif(), "icc_profile": PROFILE}
    options |= {} if form == "PNG" else {"xmp": XMP}
    files = {f"a.{ENDING[form]}": _saved(image, form, **options)}
    if form != "JPEG":
        files[f"b.{ENDING[form]}"] = _saved(see_through, form, **options)
    developed = develop_all(files, (320, 640))
    assert [each.code for each in developed.problems] == ["PII-010"] * len(files)
    for name, picture in developed.pictures.items():
        assert _widths(picture) == {"webp": [320, 640]}
        assert picture.fallback.form == ("png" if name.startswith("b") else "jpeg")
    for address, content in developed.files.items():
        shown = _opened(content)
        assert not [each for each in (*TELLTALE, b"tEXt", b"iCCP", b"eXIf", b"colrprof") if each in content], address
        assert not dict(shown.getexif()) and not shown.getexif().get_ifd(0x8825)
        assert not {"exif", "icc_profile", "xmp", "comment", "dpi", "photoshop"} & set(shown.info), address
        assert _corners(shown) == ["red", "green", "blue", "white"]
        assert shown.size[0] in (320, 640)


def test_all_forms_are_the_same_whoever_makes_them(develop_all: Develop) -> None:
    noise = Image.effect_noise((900, 700), 60).convert("RGB")
    files = {f"{at}.jpg": _saved(noise.rotate(at), "JPEG", quality=90) for at in range(4)}
    one = develop_all(files, (480, 900), jobs=1, cache="one")
    two = develop_all(dict(reversed(files.items())), (480, 900), jobs=2, cache="two")
    assert {name: each.variants for name, each in one.pictures.items()} == {
        name: each.variants for name, each in two.pictures.items()
    }
    assert one.files == two.files and len(one.files) == 4 * 5


def test_a_large_jpeg_that_is_decoded_smaller_shows_the_same(develop_all: Develop) -> None:
    """The shortcut of the decoder for large JPEG files, upright and turned, against the long way of a PNG."""
    image = _pattern((2400, 1600)).resize((2400, 1600))
    for turn in (1, 6):
        raw = _saved(image, "JPEG", quality=95, exif=_exif(turn))
        upright = image if turn == 1 else image.transpose(Image.Transpose.ROTATE_270)
        developed = develop_all({"a.jpg": raw, "b.png": _saved(upright, "PNG")}, (300,), cache=str(turn))
        one, other = developed.image("a.jpg"), developed.image("b.png")
        assert one.size == other.size
        assert _corners(one) == _corners(other)


def test_the_colour_behind_a_picture_is_the_one_that_most_of_it_has(develop_all: Develop) -> None:
    mostly = Image.new("RGB", (90, 60), (130, 60, 10))
    mostly.paste("white", (0, 0, 30, 60))
    clear = Image.new("RGBA", (20, 20), (255, 0, 0, 90))
    opaque = Image.new("RGBA", (20, 20), (0, 0, 255, 255))
    developed = develop_all(
        {"a.png": _saved(mostly, "PNG"), "b.png": _saved(clear, "PNG"), "c.png": _saved(opaque, "PNG")}
    )
    assert [developed.pictures[each].tint for each in ("a.png", "b.png", "c.png")] == ["tint-210", "", "tint-004"]
    assert developed.pictures["c.png"].fallback.form == "jpeg"


def test_every_class_of_a_page_has_its_rule(small: SiteDriver) -> None:
    small.edit(BRAND, "src: img/hall.jpg", "src: img/hall.jpg\n    focus: 右上").build()
    assert small.is_published(), small.lines()
    style = next(content.decode() for path, content in small.files().items() if path.endswith(".css"))
    page = small.page("brands/qingfeng/")
    classes = set(re.findall(r"\b(?:tint|focus)-[\w-]+", page))
    assert "focus-right-top" in classes and any(each.startswith("tint-") for each in classes)
    assert len(set(re.findall(r"img\.tint-\d\d\d\{", style))) == 125
    for each in classes:
        assert f"img.{each}" in style
    for each in get_args(Focus):
        assert f"img.{focus_class(each)} " in style


def test_what_must_stay_in_sight_is_one_of_nine_places(small: SiteDriver) -> None:
    small.edit(BRAND, "src: img/hall.jpg", "src: img/hall.jpg\n    focus: 上左").check()
    assert [code[:3] for code, _, _ in small.codes()] == ["SCH"]


def test_the_first_picture_of_every_page_is_not_lazy_and_the_others_are(small: SiteDriver) -> None:
    small.build()
    pages = [content.decode() for path, content in small.files().items() if path.endswith(".html")]
    found = [images for page in pages if (images := re.findall(r"<img[^>]*>", page))]
    assert any(len(images) > 1 for images in found)
    for first, *others in found:
        assert "loading=" not in first
        assert all('loading="lazy"' in each for each in others)
        assert all('decoding="async"' in each for each in (first, *others))


def test_a_picture_is_offered_in_every_form_with_one_fallback(small: SiteDriver) -> None:
    large = _saved(Image.effect_noise((1400, 900), 40).convert("RGB"), "JPEG")
    small.write("brands/qingfeng/img/hall.jpg", large).build()
    page = small.main("brands/qingfeng/")
    pictures = re.findall(r"<picture>(.*?)</picture>", page)
    hall = [each for each in pictures if "-1280." in each]
    assert len(hall) == 2  # in the gallery and in the story
    for each in hall:
        assert re.findall(r'type="([^"]*)"', each) == ["image/avif", "image/webp"]
        for form in ("avif", "webp"):
            assert re.search(rf'srcset="[^"]+-640\.{form} 640w, [^"]+-1280\.{form} 1280w" sizes="[^"]+"', each)
        assert re.search(r'<img class="tint-\d{3}" src="[^"]+-1280\.jpg" width="1280" height="823"', each)
    assert all(f'"{address}"' in page or address.rpartition("/")[2] in page for address in _media(small))


def test_the_quality_of_webp_falls_with_the_width_and_never_rises() -> None:
    assert [webp_quality(each) for each in (16, 480, 640, 960, 1280, 1600, 1920, 4000)] == [86, 86, 84, 81, 79, 77, 76, 76]
    found = [webp_quality(each) for each in range(1, 5000)]
    assert found == sorted(found, reverse=True)


@pytest.mark.parametrize("name", ["phone.heic", "phone.jpg"])
def test_a_photograph_as_phones_keep_it_is_told_how_to_be_saved(name: str, develop_all: Develop) -> None:
    found = develop_all({name: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40})
    assert [each.code for each in found.problems] == ["IMG-002"]
    assert "兼容性最佳" in found.problems[0].remedy("zh") and "Most Compatible" in found.problems[0].remedy("en")
