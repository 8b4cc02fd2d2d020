"""Pictures lose what is attached to them and not a pixel."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image, ImageChops, ImageCms, PngImagePlugin

from generator.archive.freezing.originals import bare
from generator.media.formats import attached

FORMS = ["JPEG", "PNG", "WEBP", "AVIF"]
SECRET = b"Kept-Secret-9"


def _picture(form: str, turned: int = 1) -> bytes:
    """A picture with a place, a note, a profile of its colours, and which side is up."""
    image = Image.frombytes("RGB", (40, 24), random.Random(turned).randbytes(40 * 24 * 3))
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif[0x0112] = turned
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 14.0, 5.0), 3: "E", 4: (121.0, 28.0, 1.0)})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    more: dict[str, object] = {"exif": exif, "icc_profile": profile}
    if form == "PNG":
        more["pnginfo"] = note = PngImagePlugin.PngInfo()
        note.add_text("Comment", SECRET.decode())
        note.add_itxt("Author", SECRET.decode(), zip=True)
    else:
        more["xmp"] = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRET + b"</x:xmpmeta>"
    if form == "JPEG":
        more["comment"] = SECRET
    out = io.BytesIO()
    image.save(out, form, **more)
    return out.getvalue()


def _shown(raw: bytes) -> tuple[Image.Image, int, bytes | None]:
    with Image.open(io.BytesIO(raw)) as image:
        image.load()
        return image.copy(), image.getexif().get(0x0112, 1), image.info.get("icc_profile")


@pytest.mark.parametrize("turned", [1, 6, 3])
@pytest.mark.parametrize("form", FORMS)
def test_notes_go_and_what_is_seen_stays(form: str, turned: int) -> None:
    raw = _picture(form, turned)
    made = bare(raw)
    assert SECRET in raw and SECRET not in made
    assert attached.read(raw).has_place and not attached.read(made).has_place
    before, after = _shown(raw), _shown(made)
    assert ImageChops.difference(before[0], after[0]).getbbox() is None
    assert before[1:] == after[1:]
    assert bare(made) == made


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_what_comes_after_the_end_belongs_to_no_picture(form: str) -> None:
    assert bare(_picture(form) + SECRET * 3) == bare(_picture(form))


@pytest.mark.parametrize("form", FORMS)
def test_damaged_pictures_never_raise(form: str) -> None:
    raw, chance = _picture(form), random.Random(form)
    for _ in range(300):
        broken = bytearray(raw[: chance.randrange(len(raw))] if chance.random() < 0.5 else raw)
        for _ in range(chance.randrange(4)):
            if broken:
                broken[chance.randrange(len(broken))] = chance.randrange(256)
        assert isinstance(bare(bytes(broken)), bytes)


def test_which_side_is_up_can_be_said_in_xmp_alone() -> None:
    image, out = Image.new("RGB", (8, 8)), io.BytesIO()
    image.save(out, "JPEG", xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><r tiff:Orientation='6'/></x:xmpmeta>")
    assert attached.orientation(out.getvalue()) == 6 == attached.orientation(bare(out.getvalue()))
