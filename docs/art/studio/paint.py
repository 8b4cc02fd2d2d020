"""Colours, stencils and the two canvases: a flat one for logos, a layered one for pictures."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .shapes import Box, Point, Span

RGB = tuple[int, int, int]
Lift = tuple[float, float, float]

RED, GOLD, INK = "#9B1B1F", "#B8893B", "#23211F"
JADE, BLUE, PAPER = "#2F6B5E", "#2B4C7E", "#F7F2E8"
SHADOW, EDGE = "#2A1210", "#1D0F0C"


def rgb(colour: str) -> RGB:
    """The three numbers of a "#RRGGBB"."""
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))  # type: ignore[return-value]


def mix(a: str, b: str, t: float) -> str:
    """The colour that lies at `t` on the way from one to the other."""
    return "#" + "".join(f"{round(x + (y - x) * t):02X}" for x, y in zip(rgb(a), rgb(b), strict=True))


class Stencil:
    """A mask drawn in the units of the picture; `ink=0` cuts a hole."""

    def __init__(self, width: int, height: int, scale: int) -> None:
        self.scale = scale
        self.image = Image.new("L", (width * scale, height * scale), 0)
        self.draw = ImageDraw.Draw(self.image)

    def _s(self, points: Iterable[Point]) -> list[Point]:
        return [(x * self.scale, y * self.scale) for x, y in points]

    def within(self, other: Stencil) -> Stencil:
        """What both stencils let through, as a new one."""
        return self._of(ImageChops.multiply(self.image, other.image))

    def without(self, other: Stencil) -> Stencil:
        """What this stencil lets through and the other does not, as a new one."""
        return self._of(ImageChops.subtract(self.image, other.image))

    def _of(self, mask: Image.Image) -> Stencil:
        made = object.__new__(Stencil)
        made.scale, made.image, made.draw = self.scale, mask, ImageDraw.Draw(mask)
        return made

    def poly(self, points: Iterable[Point], ink: int = 255) -> Stencil:
        """A filled outline."""
        self.draw.polygon(self._s(points), fill=ink)
        return self

    def rect(self, x0: float, y0: float, x1: float, y1: float, r: float = 0, ink: int = 255) -> Stencil:
        """A rectangle, its corners rounded by `r`."""
        box = self._s([(x0, y0), (x1, y1)])
        self.draw.rounded_rectangle((*box[0], *box[1]), radius=r * self.scale, fill=ink)
        return self

    def disc(self, cx: float, cy: float, rx: float, ry: float | None = None, ink: int = 255) -> Stencil:
        """A circle, or an ellipse when `ry` is given."""
        ry = rx if ry is None else ry
        box = self._s([(cx - rx, cy - ry), (cx + rx, cy + ry)])
        self.draw.ellipse((*box[0], *box[1]), fill=ink)
        return self

    def ring(self, cx: float, cy: float, outer: float, inner: float) -> Stencil:
        """A circle with a round hole."""
        return self.disc(cx, cy, outer).disc(cx, cy, inner, ink=0)

    def stroke(self, points: list[Point], width: float, ink: int = 255, cap: bool = True) -> Stencil:
        """A line with round joins, and round ends unless `cap` is false."""
        p, w = self._s(points), width * self.scale
        for a, b in pairwise(p):
            length = math.hypot(b[0] - a[0], b[1] - a[1]) or 1
            nx, ny = (a[1] - b[1]) / length * w / 2, (b[0] - a[0]) / length * w / 2
            sides = [(a[0] + nx, a[1] + ny), (b[0] + nx, b[1] + ny), (b[0] - nx, b[1] - ny), (a[0] - nx, a[1] - ny)]
            self.draw.polygon(sides, fill=ink)
        for x, y in p if cap else p[1:-1]:
            self.draw.ellipse((x - w / 2, y - w / 2, x + w / 2, y + w / 2), fill=ink)
        return self


class Logo:
    """A flat emblem on a 512-unit square, drawn at four times its size."""

    size, scale = 512, 4

    def __init__(self) -> None:
        self.image = Image.new("RGBA", (self.size * self.scale,) * 2, (0, 0, 0, 0))

    def stencil(self) -> Stencil:
        """An empty stencil of the size of this picture."""
        return Stencil(self.size, self.size, self.scale)

    def fill(self, stencil: Stencil, colour: str, within: Stencil | None = None) -> None:
        """Colours the stencil, and only what lies `within` the other one when there is one."""
        mask = stencil.image if within is None else ImageChops.multiply(stencil.image, within.image)
        self.image.paste((*rgb(colour), 255), (0, 0), mask)

    def cut(self, stencil: Stencil) -> None:
        """Makes the stencil transparent again."""
        alpha = ImageChops.subtract(self.image.getchannel("A"), stencil.image)
        self.image.putalpha(alpha)

    def save(self, path: Path) -> None:
        """Writes a PNG at the size of the logo."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.image.resize((self.size, self.size), Image.Resampling.LANCZOS).save(path, optimize=True)


class Scene:
    """A picture built of paper layers, each with its own gradient and a soft shadow on what lies behind."""

    scale = 2

    def __init__(self, seed: str, width: int = 1600, height: int = 1000) -> None:
        self.w, self.h = width, height
        self.random = random.Random(seed)
        self.image = Image.new("RGB", (width, height), PAPER)

    def stencil(self) -> Stencil:
        """An empty stencil of the size of this picture."""
        return Stencil(self.w, self.h, self.scale)

    def gradient(self, stops: list[tuple[float, str]]) -> Image.Image:
        """A vertical gradient through (y, colour) stops."""
        strip = Image.new("RGB", (1, self.h))
        for y in range(self.h):
            before = max((s for s in stops if s[0] <= y), default=stops[0], key=lambda s: s[0])
            after = min((s for s in stops if s[0] > y), default=stops[-1], key=lambda s: s[0])
            span = after[0] - before[0]
            t = (y - before[0]) / span if span > 0 else 0
            strip.putpixel((0, y), rgb(mix(before[1], after[1], min(max(t, 0), 1))))
        return strip.resize((self.w, self.h))

    def sky(self, *colours: str, bottom: float | None = None) -> None:
        """Fills the picture with evenly spaced colours from the top down to `bottom`."""
        bottom = self.h if bottom is None else bottom
        n = len(colours) - 1
        self.image.paste(self.gradient([(bottom * i / n, c) for i, c in enumerate(colours)]))

    def small(self, stencil: Stencil) -> Image.Image:
        """The stencil as a mask in the pixels of the picture."""
        return stencil.image.resize((self.w, self.h), Image.Resampling.BOX)

    def layer(
        self,
        stencil: Stencil,
        top: str,
        bottom: str | None = None,
        span: Span | None = None,
        shadow: float = 0.28,
        lift: Lift = (0, -6, 14),
        alpha: float = 1.0,
    ) -> None:
        """Lays a sheet down, shaded from `top` to `bottom` over the heights of `span`.

        `lift` is the shadow's offset and blur; an `alpha` below 1 lets light through.
        """
        mask = self.small(stencil)
        if shadow:
            dx, dy, blur = lift
            soft = Image.new("L", mask.size, 0)
            soft.paste(mask, (round(dx), round(dy)))
            soft = soft.filter(ImageFilter.GaussianBlur(blur)).point(lambda v: round(v * shadow))
            self.image.paste(Image.new("RGB", self.image.size, SHADOW), (0, 0), soft)
        y0, y1 = span or (0, self.h)
        fill = self.gradient([(y0, top), (y1, bottom or top)])
        if alpha < 1:
            mask = mask.point(lambda v: round(v * alpha))
        self.image.paste(fill, (0, 0), mask)

    def box(
        self,
        box: Box,
        top: str,
        bottom: str | None = None,
        shadow: float = 0.28,
        lift: Lift = (0, -6, 14),
        r: float = 0,
    ) -> None:
        """A rectangle on a sheet of its own, shaded over its own height."""
        self.layer(self.stencil().rect(*box, r), top, bottom, (box[1], box[3]), shadow, lift)

    def ground(
        self,
        y: float,
        top: str,
        bottom: str,
        shadow: float = 0.28,
        lift: Lift = (0, -6, 14),
    ) -> None:
        """A sheet from `y` down to the bottom of the picture, over its whole width."""
        self.layer(self.stencil().rect(0, y, self.w, self.h + 10), top, bottom, (y, self.h), shadow, lift)

    def glow(self, x: float, y: float, r: float, colour: str, strength: float = 0.8, squash: float = 1.0) -> None:
        """Warm light that falls off smoothly, added like light and not like paint."""
        spot = ImageChops.invert(Image.radial_gradient("L"))
        spot = spot.point(lambda v: round((max(0, v - 76) / 179) ** 1.5 * 255 * strength))
        spot = spot.resize((round(2 * r), round(2 * r * squash)), Image.Resampling.BICUBIC)
        mask = Image.new("L", self.image.size, 0)
        mask.paste(spot, (round(x - r), round(y - r * squash)))
        light = Image.composite(Image.new("RGB", self.image.size, colour), Image.new("RGB", self.image.size), mask)
        self.image = ImageChops.screen(self.image, light)

    def shade(self, stencil: Stencil, colour: str, strength: float, blur: float = 0) -> None:
        """Tints what is already there, with soft edges when `blur` is given."""
        mask = self.small(stencil)
        if blur:
            mask = mask.filter(ImageFilter.GaussianBlur(blur))
        self.image.paste(Image.new("RGB", self.image.size, colour), (0, 0), mask.point(lambda v: round(v * strength)))

    def mist(self, y: float, thickness: float, colour: str, strength: float) -> None:
        """A band of mist across the picture."""
        band = self.stencil().disc(self.w / 2, y, self.w * 0.8, thickness)
        self.shade(band, colour, strength, thickness * 0.7)

    @contextmanager
    def through(self, opening: Stencil) -> Iterator[None]:
        """What is painted meanwhile shows only through the opening, as through a window."""
        before = self.image.copy()
        yield
        self.image = Image.composite(self.image, before, self.small(opening))

    def finish(self, path: Path, limit: int = 150_000, dark: float = 0.30) -> None:
        """Paper grain, a little darkness at the edges, and the best quality that stays below the limit."""
        noise = Image.frombytes("L", (self.w // 2, self.h // 2), self.random.randbytes(self.w * self.h // 4))
        noise = noise.resize(self.image.size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(1.1))
        noise = noise.point(lambda v: round(128 + (v - 128) * 0.115))
        picture = ImageChops.soft_light(self.image, Image.merge("RGB", (noise,) * 3))
        edge = Image.radial_gradient("L").resize((self.w * 3 // 2, self.h * 3 // 2))
        edge = edge.crop((self.w // 4, self.h // 4, self.w // 4 + self.w, self.h // 4 + self.h))
        edge = edge.point(lambda v: max(0, round((v - 110) * dark)))
        picture.paste(Image.new("RGB", picture.size, EDGE), (0, 0), edge)
        path.parent.mkdir(parents=True, exist_ok=True)
        for quality in range(86, 58, -3):
            picture.save(path, quality=quality, optimize=True, progressive=True)
            if path.stat().st_size <= limit:
                break
