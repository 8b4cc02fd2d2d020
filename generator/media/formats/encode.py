"""Pixels become the files that are published: the recipe of every picture of the site, in one place."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from math import log2
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

from generator.media.formats import tints

if TYPE_CHECKING:
    from PIL import Image

Encoding = Literal["avif", "webp", "jpeg", "png"]

# Qualities are those of each library, 0 to 100; decision 018 says how they were found and what they cost.
RECIPES: Mapping[Encoding, Mapping[str, Any]] = {
    "avif": {"quality": 63, "speed": 9, "subsampling": "4:2:0", "max_threads": 1},  # more threads, other bytes
    "webp": {"method": 2, "exact": False},  # of photographs: their quality depends on the width
    "jpeg": {"quality": 79, "optimize": True, "progressive": True, "subsampling": "4:2:0"},
    "png": {"compress_level": 9},
}
MARK = {"quality": 80, "method": 4, "exact": False}  # WebP of what has alpha: few pixels, seen on every list
# WebP: the best quality, the width (pixels) up to which it is used, what each doubling takes from it, and the least.
WEBP_QUALITY = (86, 480, 5, 76)
ENDINGS: Mapping[str, str] = {"avif": "avif", "webp": "webp", "jpeg": "jpg", "png": "png"}
AVIF_MOST = 8_000_000  # pixels; its encoder takes some 25 bytes for each
_SAMPLES = 32  # pixels a side, from which the colour behind a picture is taken


class Encoded(NamedTuple):
    """One published form of a picture: its size in pixels and its bytes."""

    form: Encoding
    width: int
    height: int
    content: bytes


@cache
def version() -> str:
    """What decides about the bytes that are made: whoever changes one of it gets all of them anew."""
    import PIL
    from PIL import AvifImagePlugin, features

    libraries = ("webp", "avif", "libjpeg_turbo", "jpg", "zlib", "littlecms2")
    return " ".join(
        (
            "6",
            repr({form: dict(recipe) for form, recipe in RECIPES.items()}),
            repr((MARK, WEBP_QUALITY)),
            f"pillow {PIL.__version__}",
            *(f"{name} {features.version(name)}" for name in libraries),
            f"aom {AvifImagePlugin.get_codec_version('aom')}",
        )
    )


def widths_of(widths: Iterable[int], width: int) -> list[int]:
    """Which of ``widths`` are made of a picture ``width`` pixels wide, smallest first: none larger than the source,
    which stands in for those that are, so at least one if any was asked for."""
    return sorted({min(each, width) for each in widths})


def variants(image: Image.Image, widths: Iterable[int], done: Callable[[], None] = lambda: None) -> list[Encoded]:
    """The published forms of ``image`` (RGB or RGBA): AVIF and WebP in ``widths`` (pixels), smallest first, and last the
    one fallback for what can read neither, in the largest of them: JPEG, or PNG where there is alpha. There is no AVIF
    of a picture for which it is not smaller: a browser takes the first form it knows and never weighs one against another;
    nor of one so large (a phone's capture of a long page) that its encoder would not fit into a worker.

    ``done`` is called after each. The same pixels give the same bytes on every machine with the same libraries."""
    wanted = widths_of(widths, image.width)
    if not wanted:
        return []
    sizes = _resized(image, wanted)
    avif = _in_form("avif", sizes, done) if sizes[-1].width * sizes[-1].height <= AVIF_MOST else []
    webp = _in_form("webp", sizes, done)
    fallback = _in_form(fallback_of(image), sizes[-1:], done)
    return [*(avif if _weight(avif) < _weight(webp) else []), *webp, *fallback]


def fallback_of(image: Image.Image) -> Encoding:
    """The form that every browser can show."""
    return "png" if image.mode == "RGBA" else "jpeg"


def _resized(image: Image.Image, widths: list[int]) -> list[Image.Image]:
    """``image`` in ``widths``, smallest first. Each is made from the next larger one that is at least twice as wide:
    quicker than from the source, and no eye can tell."""
    from PIL.Image import Resampling

    made: list[Image.Image] = []
    for width in reversed(widths):
        height = max(1, round(image.height * width / image.width))
        source = next((each for each in reversed(made) if each.width >= 2 * width), image)
        made.append(source if source.size == (width, height) else source.resize((width, height), Resampling.LANCZOS))
    return made[::-1]


def _in_form(form: Encoding, sizes: Iterable[Image.Image], done: Callable[[], None]) -> list[Encoded]:
    made = []
    for each in sizes:
        made.append(Encoded(form, each.width, each.height, _encoded(each, form)))
        done()
    return made


def _weight(made: Iterable[Encoded]) -> int:
    """The bytes of all files together."""
    return sum(len(each.content) for each in made)


def _encoded(image: Image.Image, form: Encoding) -> bytes:
    out = io.BytesIO()
    image.save(out, form.upper(), **_recipe(form, image))
    return out.getvalue()


def _recipe(form: Encoding, image: Image.Image) -> Mapping[str, Any]:
    if form != "webp":
        return RECIPES[form]
    return MARK if image.mode == "RGBA" else {**RECIPES[form], "quality": webp_quality(image.width)}


def webp_quality(width: int) -> int:
    """The quality of a WebP ``width`` pixels wide. A wide one is seen with several of its pixels to a point of the
    screen, a small one pixel by pixel, and bytes buy more likeness there."""
    best, least_width, step, least = WEBP_QUALITY
    return max(least, round(best - step * log2(max(width, least_width) / least_width)))


def tint(image: Image.Image) -> str:
    """The colour that stands behind ``image`` while it loads: the name of a class of ``tints.py``, such as ``tint-420``,
    for the colour that most of it has. Empty for a picture with alpha, through which it would be seen for ever."""
    if image.mode != "RGB":
        return ""
    from PIL.Image import Resampling

    small = image.resize((_SAMPLES, _SAMPLES), Resampling.BOX)
    levels = small.point([tints.level(value) for value in range(256)] * 3)
    found = levels.getcolors(_SAMPLES**2)  # of RGB, and no more colours than pixels
    _, most = max(cast("list[tuple[int, tuple[int, int, int]]]", found))
    return tints.name(most)
