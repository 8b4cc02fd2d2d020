"""A submitted picture becomes pixels: upright, sRGB, RGB or RGBA, nothing attached. The one place where it happens.

Only JPEG, PNG, WebP and AVIF by their first bytes, bounded in pixels before a pixel is decoded, first frame. Runs in
worker processes only (``workers.py``): decoders of untrusted bytes may crash, hang or take all memory.
"""

from __future__ import annotations

import io
from typing import cast

from PIL import AvifImagePlugin, Image, ImageCms, ImageFile

from generator.media.formats.forms import Limits, form_of

AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # memory and time must not depend on how many cores a machine has

LONGEST_SIDE = 16_383  # pixels, what WebP can hold
_LARGEST = {"WEBP": 24_000_000, "AVIF": 24_000_000}  # pixels; their decoders hold several copies of a picture
_ORIENTATION = 0x0112  # the EXIF tag
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class PictureFault(Exception):
    """Bytes that are no usable picture: the code of the problem and what its wording needs."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


def picture(raw: bytes, limits: Limits, least: int = 0) -> Image.Image:
    """The first frame of ``raw``, upright, in sRGB, as RGB or RGBA, without anything attached.

    With ``least`` (pixels) a large JPEG may come out smaller, but never less than twice as wide as that, which costs
    no quality and a quarter of the memory. Raises ``PictureFault`` with IMG-002, IMG-004 or IMG-005, and ``MemoryError``.
    """
    form = form_of(raw)
    if form is None:
        raise PictureFault("IMG-002")
    if len(raw) > limits.file_size:
        raise PictureFault("IMG-005", limit=f"{limits.file_size >> 20} MB")
    try:
        return _plain(_decoded(raw, form, limits, least))
    except (PictureFault, MemoryError):
        raise
    except Image.DecompressionBombError:
        raise PictureFault("IMG-005", limit=f"{limits.pixels // 1_000_000} MP") from None
    except Exception as error:  # noqa: BLE001  decoders of untrusted bytes raise whatever they like: it is broken
        raise PictureFault("IMG-004", reason=form) from error


def is_blank(image: Image.Image) -> bool:
    """Whether ``image`` (RGB or RGBA) shows nothing: all of it has one colour, or nobody sees any of it."""
    if image.mode == "RGBA" and image.getchannel("A").getextrema()[1] == 0:
        return True
    extremes = cast("tuple[tuple[int, int], ...]", image.getextrema())  # as of every picture with several channels
    return all(low == high for low, high in extremes)


def _decoded(raw: bytes, form: str, limits: Limits, least: int) -> Image.Image:
    pixels = min(limits.pixels, _LARGEST.get(form, limits.pixels))
    with Image.open(io.BytesIO(raw), formats=[form]) as source:
        size = f"{source.width} × {source.height}"
        if source.width * source.height > pixels:
            raise PictureFault("IMG-005", limit=f"{pixels // 1_000_000} MP ({size})")
        if max(source.size) > LONGEST_SIDE:
            raise PictureFault("IMG-005", limit=f"{LONGEST_SIDE} px ({size})")
        if form == "JPEG" and least:
            across = _orientation(source) >= 5
            source.draft(None, (1, 2 * least) if across else (2 * least, 1))
        source.load()
    return source


def _orientation(source: Image.Image) -> int:
    """How the picture lies (EXIF, 1 to 8); damaged EXIF says nothing about the pixels."""
    try:
        found = source.getexif().get(_ORIENTATION, 1)
    except Exception:  # noqa: BLE001  as with all parsers of untrusted bytes
        return 1
    return found if found in _TURNS else 1


def _plain(image: Image.Image) -> Image.Image:
    """Everything done to the pixels; each step lets go of the one before, as memory is limited."""
    turn, profile = _TURNS.get(_orientation(image)), image.info.get("icc_profile")
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 257).convert("L")
    transparent = image.has_transparency_data
    plain = "RGBA" if transparent else "RGB"
    if image.mode in ("P", "PA") or (transparent and image.mode != "LA"):
        image = _in_mode(image, plain)
    if profile:
        image = _to_srgb(image, profile)
    image = _in_mode(image, plain)
    if transparent and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    if turn is not None:
        image = image.transpose(turn)
    elif isinstance(image, ImageFile.ImageFile):
        image = image.copy()  # nothing of the file hangs on what is passed on
    image.info.clear()
    return image


def _in_mode(image: Image.Image, mode: str) -> Image.Image:
    return image if image.mode == mode else image.convert(mode)


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """The colours that ``profile`` says these are. A broken profile, or one for other kinds of colours, says nothing,
    so they are taken as they are."""
    alpha = image.getchannel("A") if image.mode == "LA" else None
    given = image.getchannel("L") if alpha else image
    mode = "RGBA" if given.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        made = ImageCms.profileToProfile(given, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    if made is None:
        return image
    if alpha:
        made.putalpha(alpha)
    return made
