"""A picture with a palette: text, flat areas, codes and one or two pictures on one ground.

Drawn straight into palette indices, because nothing overlaps: each ink has its own ramp of shades towards the ground,
and pictures share the rest. That is several times quicker than drawing in full colour and reducing it, and gives small
files. Coordinates are pixels from the upper left corner.
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping

from PIL import Image, ImageDraw

from generator.media.cards.typesetting import Setting, Style, font, hang, width

_LEVELS = 15
_COLOURS = 256
_SAMPLE = (240, 240)  # enough to choose the colours from, and ten times as quick as all pixels

Box = tuple[int, int, int, int]


class Canvas:
    """``boxes`` are what was put on it, by name: left, top, right, bottom of the ink itself."""

    def __init__(self, size: tuple[int, int], ground: str, inks: Mapping[str, str]) -> None:
        self.size = size
        self.image = Image.new("L", size, 0)  # of palette indices
        self.boxes: list[tuple[str, Box]] = []
        self._ground = _rgb(ground)
        self._palette: list[tuple[int, ...]] = [self._ground]
        self._first: dict[str, int] = {}
        for name, colour in inks.items():
            self._first[name] = len(self._palette)
            self._palette += [_mixed(self._ground, _rgb(colour), level / _LEVELS) for level in range(1, _LEVELS + 1)]

    def text(self, x: float, y: float, line: str, style: Style, ink: str) -> float:
        """Put ``line`` with its left edge at ``x`` and the top of its line at ``y``; return how wide it is."""
        shape = font(style.family, style.size)
        pad = math.ceil(style.weight) + 2
        wide = math.ceil(width(line, style.family, style.size, style.weight)) + 2 * pad
        ascent, descent = shape.getmetrics()
        mask = Image.new("L", (wide, ascent + descent + 2 * pad))
        ImageDraw.Draw(mask).text((pad, pad), line, 255, font=shape, stroke_width=style.weight)
        # fonts for Han stand in lines higher than their body; the body is put into the middle of its step
        top = round(y + (style.step - (ascent + descent)) / 2) - pad
        self._stamp(mask, round(x) - pad, top, ink)
        return wide - 2 * pad

    def lines(self, x: float, y: float, setting: Setting, ink: str) -> float:
        """Put all lines below each other; return the foot of the last."""
        for line in setting.lines:
            self.text(x - hang(line, setting.style), y, line, setting.style, ink)
            y += setting.style.step
        return y

    def area(self, box: Box, ink: str) -> None:
        """Fill ``box`` (right and bottom not included)."""
        self.image.paste(self._first[ink] + _LEVELS - 1, box)
        self.boxes.append(("area", box))

    def picture(self, image: Image.Image, at: tuple[int, int], colours: int) -> None:
        """Put ``image`` there in at most ``colours`` colours of its own; the palette must still have room for them."""
        colours = min(colours, _COLOURS - len(self._palette))
        full = image.convert("RGB")
        small = full.copy()
        small.thumbnail(_SAMPLE)
        reduced = small.quantize(colours, Image.Quantize.MEDIANCUT, kmeans=0)
        dithered = full.quantize(palette=reduced, dither=Image.Dither.FLOYDSTEINBERG)
        own = reduced.getpalette() or []
        first, count = len(self._palette), len(own) // 3
        self._palette += [tuple(own[3 * each : 3 * each + 3]) for each in range(count)]
        indices = Image.frombytes("L", dithered.size, dithered.tobytes())
        shifted = indices.point([min(_COLOURS - 1, each + first) for each in range(_COLOURS)])
        box = (*at, at[0] + image.width, at[1] + image.height)
        self.image.paste(shifted, box)
        self.boxes.append(("picture", box))

    def code(self, matrix: tuple[bytearray, ...], at: tuple[int, int], module: int, inks: tuple[str, str]) -> None:
        """Put a code of square modules there, dark and light in solid ``inks``."""
        dark, light = (self._first[each] + _LEVELS - 1 for each in inks)
        small = Image.frombytes(
            "L", (len(matrix), len(matrix)), bytes(dark if each else light for row in matrix for each in row)
        )
        side = len(matrix) * module
        box = (*at, at[0] + side, at[1] + side)
        self.image.paste(small.resize((side, side), Image.Resampling.NEAREST), box)
        self.boxes.append(("code", box))

    def png(self) -> bytes:
        """The picture as a file: pixels and palette, nothing else."""
        image = self.image.copy()
        image.putpalette([channel for colour in self._palette for channel in colour])
        out = io.BytesIO()
        image.save(out, "PNG", compress_level=6)
        return out.getvalue()

    def _stamp(self, mask: Image.Image, x: int, y: int, ink: str) -> None:
        levels = [(each * _LEVELS + 127) // 255 for each in range(256)]
        first = self._first[ink] - 1
        shades = mask.point([first + each if each else 0 for each in levels])
        ink_of = mask.point([255 if each else 0 for each in levels])
        self.image.paste(shades, (x, y), ink_of)
        inside = ink_of.getbbox()
        if inside:
            self.boxes.append(("text", (x + inside[0], y + inside[1], x + inside[2], y + inside[3])))


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mixed(one: tuple[int, ...], other: tuple[int, ...], share: float) -> tuple[int, ...]:
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
