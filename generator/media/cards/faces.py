"""Share cards and posters: what a record shows of itself where people pass it on, set like a label in a museum.

Three forms: ``card`` for Open Graph and its kin, ``square`` for messengers, ``poster`` for a telephone's screen. All are
PNG files with a palette. A code (ISO/IEC 18004, level M or better) leads to the permanent address and stands on white
with the four modules of quiet that the standard asks for.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from generator.media.cards.typesetting import Setting, Style, paragraph, phrase, title, width
from generator.media.published import Picture
from generator.themes.colours import contrast

if TYPE_CHECKING:
    from PIL import Image

    from generator.media.cards.canvas import Box, Canvas

CardForm = Literal["card", "square", "poster"]

SIZES: Mapping[CardForm, tuple[int, int]] = {"card": (1200, 630), "square": (600, 600), "poster": (1080, 1920)}
MARGINS: Mapping[CardForm, int] = {"card": 72, "square": 48, "poster": 96}
QUIET = 4  # modules, ISO/IEC 18004
LEAST_MODULE = 3  # pixels that a camera can still tell apart on a screen
_MARK_COLOURS, _PHOTO_COLOURS = 48, 140
_WHITE, _BLACK = "#ffffff", "#000000"


@dataclass(frozen=True, slots=True)
class CardFace:
    """What a record shows of itself, as plain text. ``label`` says what it is, ``line`` is its slogan or first line,
    ``text`` what its poster tells, ``entries`` what its poster lists (name, note). ``mark`` is a logo and shown whole,
    ``photo`` a picture and cut to fit, ``credit`` whose it is."""

    title: str
    label: str = ""
    line: str = ""
    unit: str = ""
    text: str = ""
    entries: tuple[tuple[str, str], ...] = ()
    mark: Picture | None = None
    photo: Picture | None = None
    credit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture to be drawn. ``address`` is what the code leads to, empty for no code; ``hint`` stands by it. ``inks``
    are the shades of the light scheme, name → ``#rrggbb``."""

    form: CardForm
    face: CardFace
    site: str
    address: str
    hint: str
    inks: tuple[tuple[str, str], ...] = field(repr=False)


def compose(drawing: Drawing, mark: bytes | None = None, photo: bytes | None = None) -> Canvas:
    """The canvas of ``drawing``; ``mark`` and ``photo`` are the files of its face's pictures."""
    inks = dict(drawing.inks)
    code_ink = inks["ink"] if contrast(inks["ink"], _WHITE) >= 7 else _BLACK
    used = {name: inks[name] for name in ("ink", "soft", "accent", "line", "card")}
    from generator.media.cards.canvas import Canvas  # here, so that only who draws waits for the library

    canvas = Canvas(SIZES[drawing.form], inks["paper"], used | {"white": _WHITE, "code": code_ink})
    pictures = _Pictures(_opened(mark), _opened(photo))
    if drawing.form != "poster" and pictures.mark is not None:
        pictures = _Pictures(pictures.mark, None)
    {"card": _card, "square": _square, "poster": _poster}[drawing.form](canvas, drawing, pictures)
    return canvas


def png(drawing: Drawing, mark: bytes | None = None, photo: bytes | None = None) -> bytes:
    """The file of ``drawing``, see ``compose``."""
    return compose(drawing, mark, photo).png()


@dataclass(frozen=True, slots=True)
class _Pictures:
    mark: Image.Image | None
    photo: Image.Image | None

    @property
    def any(self) -> bool:
        """Whether there is one."""
        return self.mark is not None or self.photo is not None


def _opened(content: bytes | None) -> Image.Image | None:
    """A picture that was published, so its bytes are our own; transparent parts stand on white."""
    if content is None:
        return None
    from PIL import Image

    image: Image.Image = Image.open(io.BytesIO(content))
    if image.mode == "RGB":
        return image
    image = image.convert("RGBA")
    white = Image.new("RGBA", image.size, _WHITE)
    return Image.alpha_composite(white, image).convert("RGB")


# -- the forms ---------------------------------------------------------------------------------------------------------


def _card(canvas: Canvas, drawing: Drawing, pictures: _Pictures) -> None:
    (wide, high), margin = SIZES["card"], MARGINS["card"]
    room = wide - 2 * margin
    if pictures.any:
        column = _hung_size(pictures, (264, 264), (380, 232))[0]
        _hang(canvas, pictures, (wide - margin - column, margin), (264, 264), (380, 232))
        _credit(canvas, drawing.face, pictures, (wide - margin - column, margin + 240), column)
        room -= column + 56
    code = _code(drawing.address, 204)
    if code is not None:
        _put_code(canvas, code, wide - margin - code.side, high - margin - code.side)
        room = min(room, wide - 2 * margin - code.side - 56)
    top = _eyebrow(canvas, drawing, margin, margin, room, 26)
    foot = _signature(canvas, drawing, margin, high - margin, room, (30, 24))
    _stack(canvas, drawing.face, (margin, top + 22, margin + room, foot - 32), (92, 40, 34))


def _square(canvas: Canvas, drawing: Drawing, pictures: _Pictures) -> None:
    wide, margin, side = SIZES["square"][0], MARGINS["square"], 148
    room = foot_room = wide - 2 * margin
    code = _code(drawing.address, side)
    note = ""
    if pictures.any:
        _hang(canvas, pictures, (margin, margin), (side, side), (room - 200, side))
        top = _credit(canvas, drawing.face, pictures, (margin, margin + side + 6), room)
        note = drawing.face.note
    else:
        top = _eyebrow(canvas, drawing, margin, margin, room, 24)
    if code is not None:
        across = margin if pictures.any else wide - margin - code.side
        _put_code(canvas, code, wide - margin - code.side, across)
        foot_room -= 0 if pictures.any else code.side + 24
    foot = _signature(canvas, drawing, margin, wide - margin, foot_room, (26, 22), also=note)
    if code is not None and not pictures.any:
        foot = min(foot, wide - margin - code.side)
    _stack(canvas, drawing.face, (margin, top, margin + room, foot - 12), (76, 30, 28))


def _poster(canvas: Canvas, drawing: Drawing, pictures: _Pictures) -> None:
    wide, margin = SIZES["poster"][0], MARGINS["poster"]
    room = wide - 2 * margin
    top = _poster_picture(canvas, drawing, pictures, room)
    head_room, beside = room, top
    if pictures.photo is not None and pictures.mark is not None:
        _hang(canvas, _Pictures(pictures.mark, None), (wide - margin - 196, top), (196, 196), (196, 196))
        head_room, beside = room - 196 - 40, top + 196
    top = _eyebrow(canvas, drawing, margin, top, head_room, 32) + 20
    foot = _poster_foot(canvas, drawing, room)
    heading = title(drawing.face.title, Style("serif", 108, 1.26, 0.009), 48, head_room, 420)
    top = round(canvas.lines(margin, top, heading, "ink"))
    if drawing.face.line and not drawing.face.text.startswith(drawing.face.line):
        line = phrase(drawing.face.line, Style("serif", 44, 1.5), head_room, 2)
        top = round(canvas.lines(margin, top + 14, line, "accent"))
    _tell(canvas, drawing.face, margin, max(top, beside) + 44, foot - 56, room)


def _poster_picture(canvas: Canvas, drawing: Drawing, pictures: _Pictures, room: int) -> int:
    margin, high = MARGINS["poster"], 560
    if pictures.photo is not None:
        canvas.picture(_cut(pictures.photo, (room, high)), (margin, margin), _PHOTO_COLOURS)
        _credit(canvas, drawing.face, pictures, (margin, margin + high + 10), room)
        return margin + high + 76
    if pictures.mark is not None:
        _hang(canvas, _Pictures(pictures.mark, None), (margin, margin), (340, 340), (340, 340))
        return margin + 340 + 72
    return margin + 150


def _poster_foot(canvas: Canvas, drawing: Drawing, room: int) -> int:
    margin, foot = MARGINS["poster"], SIZES["poster"][1] - MARGINS["poster"]
    code = _code(drawing.address, 368, favourite=8)
    if code is None:
        return _signature(canvas, drawing, margin, foot, room, (36, 30))
    _put_code(canvas, code, margin + room - code.side, foot - code.side)
    return min(
        _signature(canvas, drawing, margin, foot, room - code.side - 48, (36, 30), drawing.hint), foot - code.side
    )


def _tell(canvas: Canvas, face: CardFace, x: int, top: int, foot: int, room: int) -> None:
    """What a poster says between its title and its foot: a list, or a text; as much as there is space for."""
    if foot - top < 120 or not (face.entries or face.text):
        return
    canvas.area((x, top, x + room, top + 2), "line")
    if face.entries:
        _list(canvas, face.entries, x, top + 36, foot, room)
        return
    style = Style("sans", 36, 1.9) if face.photo or face.mark else Style("serif", 46, 1.8)
    body: list[str] = []
    most = (foot - top - 30) // style.step
    for each in (part.strip() for part in face.text.split("\n")):
        if each and len(body) < most:
            body += paragraph(each, style, room, most - len(body)).lines
    canvas.lines(x, top + 30, Setting(tuple(body), style), "ink")


def _list(canvas: Canvas, entries: tuple[tuple[str, str], ...], x: int, top: int, foot: int, room: int) -> None:
    step = min(92, (foot - top) // len(entries))
    if step < 34:
        return
    size = min(44, round(step * 0.6))
    small = round(size * 0.64)
    name, number = Style("serif", size, step / size, 0.009), Style("serif", size, step / size)
    beside, column = Style("sans", small, step / small), round(size * 1.9)
    for place, (text, note) in enumerate(entries, start=1):
        canvas.text(x, top, str(place), number, "accent")
        canvas.lines(x + column, top, paragraph(text, name, room * 0.58 - column, 1), "ink")
        for line in paragraph(note, beside, room * 0.42 - 16, 1).lines:
            canvas.text(x + room - width(line, beside.family, beside.size), top, line, beside, "soft")
        top += step


# -- their pieces ------------------------------------------------------------------------------------------------------


def _eyebrow(canvas: Canvas, drawing: Drawing, x: int, y: int, room: int, size: int) -> int:
    """A short rule in the accent and what this is; returns where the next thing may begin."""
    canvas.area((x, y, x + round(size * 2.2), y + max(4, size // 5)), "accent")
    top = y + size
    label = " · ".join(each for each in (drawing.face.label, drawing.face.note) if each)
    if label:
        top = round(canvas.lines(x, top, paragraph(label, Style("sans", size, 1.5), room, 1), "soft"))
    return top


def _signature(
    canvas: Canvas, drawing: Drawing, x: int, foot: int, room: int, sizes: tuple[int, int], also: str = ""
) -> int:
    """Whose it is, at the foot: the unit, and below it the site and what has to be said as well; returns where this
    begins."""
    large, small = (Style("sans", each, 1.5) for each in sizes)
    parts = [(drawing.face.unit, large, "ink", 2), (drawing.site, small, "soft", 1), (also, small, "soft", 2)]
    settings = [(paragraph(text, style, room, most), ink) for text, style, ink, most in parts if text]
    top = foot - sum(each.height for each, _ in settings)
    y: float = top
    for each, ink in settings:
        y = canvas.lines(x, y, each, ink)
    return top


def _stack(canvas: Canvas, face: CardFace, box: Box, sizes: tuple[int, int, int]) -> None:
    """The title and the line below it, a little above the middle of ``box``. ``sizes`` are those of the title, at most
    and at least, and of the line; the line gives way to the title."""
    left, top, right, foot = box
    most, least, small = sizes
    style, gap = Style("serif", small, 1.5), round(small * 0.5)
    high = foot - top
    line = phrase(face.line, style, right - left, 2) if face.line else None
    reserved = line.height + gap if line else 0
    heading = title(face.title, Style("serif", most, 1.26, 0.009), least, right - left, high - reserved)
    if line is not None and heading.height + reserved > high:
        line, reserved = None, 0
    y = canvas.lines(left, top + max(0, (high - heading.height - reserved) * 0.42), heading, "ink")
    if line is not None:
        canvas.lines(left, y + gap, line, "accent")


def _hung_size(pictures: _Pictures, mount: tuple[int, int], most: tuple[int, int]) -> tuple[int, int]:
    """How large a mark is on its ``mount``, or a photo that is shown whole in ``most``, unless it is a mere strip."""
    if pictures.mark is not None or pictures.photo is None:
        return mount
    ratio = min(max(pictures.photo.width / pictures.photo.height, 0.7), 2.2)
    return (round(most[1] * ratio), most[1]) if most[1] * ratio <= most[0] else (most[0], round(most[0] / ratio))


def _hang(
    canvas: Canvas, pictures: _Pictures, at: tuple[int, int], mount: tuple[int, int], most: tuple[int, int]
) -> None:
    """A mark on a white mount with a hairline, else a photo."""
    (x, y), size = at, _hung_size(pictures, mount, most)
    if pictures.mark is None:
        assert pictures.photo is not None
        canvas.picture(_cut(pictures.photo, size), at, _PHOTO_COLOURS)
        return
    from PIL import Image, ImageOps

    border = max(16, size[0] // 12)
    canvas.area((x, y, x + size[0], y + size[1]), "line")
    canvas.area((x + 2, y + 2, x + size[0] - 2, y + size[1] - 2), "white")
    inner = (size[0] - 2 * border, size[1] - 2 * border)
    shown = ImageOps.contain(pictures.mark, inner, Image.Resampling.LANCZOS)
    place = (x + (size[0] - shown.width) // 2, y + (size[1] - shown.height) // 2)
    canvas.picture(shown, place, _MARK_COLOURS)


def _credit(canvas: Canvas, face: CardFace, pictures: _Pictures, at: tuple[int, int], room: int) -> int:
    """Whose photo it is, below it; returns where the next thing may begin."""
    if pictures.photo is None or not face.credit:
        return at[1]
    setting = paragraph(face.credit, Style("sans", 20, 1.5), room, 1)
    return round(canvas.lines(at[0], at[1], setting, "soft"))


def _cut(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    from PIL import Image, ImageOps

    return ImageOps.fit(image, size, Image.Resampling.BICUBIC, centering=(0.5, 0.4))


@dataclass(frozen=True, slots=True)
class _Code:
    matrix: tuple[bytearray, ...]
    module: int

    @property
    def quiet(self) -> int:
        """The width of the white around it."""
        return QUIET * self.module

    @property
    def side(self) -> int:
        """With its quiet zone."""
        return (len(self.matrix) + 2 * QUIET) * self.module


@lru_cache(maxsize=8)
def _matrix(address: str) -> tuple[bytearray, ...] | None:
    """Kept for the other forms of the same record."""
    import segno

    try:
        return segno.make_qr(address, error="m").matrix
    except segno.DataOverflowError:
        return None


def _code(address: str, room: int, favourite: int = LEAST_MODULE) -> _Code | None:
    """The code of ``address``, its modules as large as ``room`` allows, and ``favourite`` pixels even where that takes
    a little more; ``None`` without an address, or for one so long that no camera could read it."""
    matrix = _matrix(address) if address else None
    if matrix is None:
        return None
    modules = len(matrix) + 2 * QUIET
    module = max(room // modules, favourite)
    return _Code(matrix, module) if modules * module <= room * 1.3 else None


def _put_code(canvas: Canvas, code: _Code, x: int, y: int) -> None:
    canvas.area((x, y, x + code.side, y + code.side), "white")
    canvas.code(code.matrix, (x + code.quiet, y + code.quiet), code.module, ("code", "white"))
