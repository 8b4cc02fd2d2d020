"""Draws the logos and pictures of the sample brands, and the opening picture of the home page.

    python docs/art/draw.py                    everything
    python docs/art/draw.py fangxin-cheng      one brand
    python docs/art/draw.py opening            the opening picture
    python docs/art/draw.py --sheet /tmp/sheet contact sheets, to look at

Only Pillow is needed, and no font: the drawings carry no text. Every picture comes from a seed,
so that a second run gives the same picture.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

ROOT = Path(__file__).resolve().parents[2]

RED, GOLD, INK = "#9B1B1F", "#B8893B", "#23211F"
JADE, BLUE, PAPER = "#2F6B5E", "#2B4C7E", "#F7F2E8"

Point = tuple[float, float]
RGB = tuple[int, int, int]


def rgb(colour: str) -> RGB:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))  # type: ignore[return-value]


def mix(a: str, b: str, t: float) -> str:
    return "#" + "".join(f"{round(x + (y - x) * t):02X}" for x, y in zip(rgb(a), rgb(b), strict=True))


def polar(cx: float, cy: float, r: float, degrees: float) -> Point:
    """A point on a circle; 0 is to the right, 90 is up."""
    angle = math.radians(degrees)
    return cx + r * math.cos(angle), cy - r * math.sin(angle)


def sweep(cx: float, cy: float, r: float, start: float, end: float, n: int = 90) -> list[Point]:
    return [polar(cx, cy, r, start + (end - start) * i / n) for i in range(n + 1)]


def bezier(*p: Point, n: int = 60) -> list[Point]:
    """A Bézier curve of any degree, as points."""
    out = []
    for i in range(n + 1):
        t, q = i / n, list(p)
        while len(q) > 1:
            q = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in pairwise(q)]
        out.append(q[0])
    return out


def shift(points: Iterable[Point], dx: float, dy: float) -> list[Point]:
    return [(x + dx, y + dy) for x, y in points]


class Stencil:
    """A mask drawn in the units of the picture; `ink=0` cuts a hole."""

    def __init__(self, width: int, height: int, scale: int) -> None:
        self.scale = scale
        self.image = Image.new("L", (width * scale, height * scale), 0)
        self.draw = ImageDraw.Draw(self.image)

    def _s(self, points: Iterable[Point]) -> list[Point]:
        return [(x * self.scale, y * self.scale) for x, y in points]

    def poly(self, points: Iterable[Point], ink: int = 255) -> Stencil:
        self.draw.polygon(self._s(points), fill=ink)
        return self

    def rect(self, x0: float, y0: float, x1: float, y1: float, r: float = 0, ink: int = 255) -> Stencil:
        box = self._s([(x0, y0), (x1, y1)])
        self.draw.rounded_rectangle((*box[0], *box[1]), radius=r * self.scale, fill=ink)
        return self

    def disc(self, cx: float, cy: float, rx: float, ry: float | None = None, ink: int = 255) -> Stencil:
        ry = rx if ry is None else ry
        box = self._s([(cx - rx, cy - ry), (cx + rx, cy + ry)])
        self.draw.ellipse((*box[0], *box[1]), fill=ink)
        return self

    def ring(self, cx: float, cy: float, outer: float, inner: float) -> Stencil:
        return self.disc(cx, cy, outer).disc(cx, cy, inner, ink=0)

    def stroke(self, points: list[Point], width: float, ink: int = 255, cap: bool = True) -> Stencil:
        """A line with round joins, and round ends unless `cap` is false."""
        p, w = self._s(points), width * self.scale
        for a, b in pairwise(p):
            length = math.hypot(b[0] - a[0], b[1] - a[1]) or 1
            nx, ny = (a[1] - b[1]) / length * w / 2, (b[0] - a[0]) / length * w / 2
            self.draw.polygon([(a[0] + nx, a[1] + ny), (b[0] + nx, b[1] + ny), (b[0] - nx, b[1] - ny), (a[0] - nx, a[1] - ny)], fill=ink)
        for x, y in p if cap else p[1:-1]:
            self.draw.ellipse((x - w / 2, y - w / 2, x + w / 2, y + w / 2), fill=ink)
        return self


# --------------------------------------------------------------------------------------- logos


class Logo:
    """A flat emblem on a 512-unit square, drawn at four times its size."""

    size, scale = 512, 4

    def __init__(self) -> None:
        self.image = Image.new("RGBA", (self.size * self.scale,) * 2, (0, 0, 0, 0))

    def stencil(self) -> Stencil:
        return Stencil(self.size, self.size, self.scale)

    def fill(self, stencil: Stencil, colour: str, within: Stencil | None = None) -> None:
        mask = stencil.image if within is None else ImageChops.multiply(stencil.image, within.image)
        self.image.paste((*rgb(colour), 255), (0, 0), mask)

    def cut(self, stencil: Stencil) -> None:
        alpha = ImageChops.subtract(self.image.getchannel("A"), stencil.image)
        self.image.putalpha(alpha)

    def save(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.image.resize((self.size, self.size), Image.Resampling.LANCZOS).save(path, optimize=True)


def heart(cx: float, cy: float, s: float) -> list[Point]:
    points = []
    for i in range(181):
        t = math.tau * i / 180
        x = 16 * math.sin(t) ** 3
        y = 13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)
        points.append((cx + x * s / 17, cy - (y + 2.4) * s / 17))
    return points


def leaf(base: Point, tip: Point, bulge: float) -> list[Point]:
    """A pointed leaf between two points; `bulge` is its half width."""
    (x0, y0), (x1, y1) = base, tip
    dx, dy = x1 - x0, y1 - y0
    length = math.hypot(dx, dy)
    nx, ny = -dy / length * bulge * 1.35, dx / length * bulge * 1.35
    a = bezier(base, (x0 + dx * 0.22 + nx, y0 + dy * 0.22 + ny), (x0 + dx * 0.72 + nx, y0 + dy * 0.72 + ny), tip)
    b = bezier(tip, (x0 + dx * 0.72 - nx, y0 + dy * 0.72 - ny), (x0 + dx * 0.22 - nx, y0 + dy * 0.22 - ny), base)
    return a + b


def wave(x0: float, x1: float, y: float, amplitude: float, waves: float, phase: float = 0.0) -> list[Point]:
    n = 120
    return [(x0 + (x1 - x0) * i / n, y + amplitude * math.sin(math.tau * (waves * i / n + phase))) for i in range(n + 1)]


def logo_scales(g: Logo) -> None:
    s = g.stencil()
    for i in range(11):  # rays, longer in the middle
        a = 12 + i * 15.6
        long = 206 if i % 2 == 0 else 186
        s.poly([polar(256, 236, 140, a - 3.4), polar(256, 236, long, a - 2), polar(256, 236, long, a + 2), polar(256, 236, 140, a + 3.4)])
    s.poly(sweep(256, 236, 116, 0, 180))
    g.fill(s, GOLD)
    s = g.stencil()  # a clear space around the beam
    s.stroke(bezier((40, 226), (256, 254), (472, 226)), 34)
    s.stroke([(256, 190), (256, 300)], 44)
    g.cut(s)
    s = g.stencil()
    s.stroke(bezier((64, 236), (256, 262), (448, 236)), 15)
    s.disc(256, 204, 17).poly([(247, 204), (265, 204), (273, 430), (239, 430)])
    s.rect(170, 444, 342, 464, 10).poly([(196, 444), *bezier((196, 444), (238, 436), (236, 400), (240, 380)), (272, 380), *bezier((272, 380), (276, 400), (274, 436), (316, 444))])
    for cx in (94, 418):
        s.stroke([(cx, 240), (cx - 62, 346)], 6).stroke([(cx, 240), (cx + 62, 346)], 6).disc(cx, 240, 11)
        s.poly(bezier((cx - 84, 346), (cx - 60, 420), (cx + 60, 420), (cx + 84, 346)))
    g.fill(s, RED)


def logo_road(g: Logo) -> None:
    disc = g.stencil().disc(256, 256, 236)
    g.fill(disc, BLUE)
    road = g.stencil().poly([(244, 262), (268, 262), (410, 520), (102, 520)])
    g.fill(road, PAPER, disc)
    dashes = g.stencil()
    for y0, y1 in ((292, 312), (332, 362), (388, 430), (462, 520)):
        w0, w1 = (y0 - 250) * 0.05 + 1, (y1 - 250) * 0.05 + 1
        dashes.poly([(256 - w0, y0), (256 + w0, y0), (256 + w1, y1), (256 - w1, y1)])
    g.fill(dashes, RED, disc)
    fields = g.stencil()
    for k in (0, 1):
        sign = -1 if k == 0 else 1
        for r, w in ((420, 10), (300, 7)):
            fields.stroke([(256 + sign * 24, 268), (256 + sign * r * 0.72, 268 + r * 0.62)], w, cap=False)
    g.fill(fields, mix(BLUE, PAPER, 0.28), disc)
    g.fill(road, PAPER, disc)
    g.fill(dashes, RED, disc)
    for r, colour in ((62, GOLD), (112, PAPER), (162, GOLD)):
        g.fill(g.stencil().stroke(sweep(256, 250, r, 38, 142), 24), colour)
    g.fill(g.stencil().disc(256, 246, 25), PAPER)
    g.fill(g.stencil().disc(256, 246, 14), RED)


def logo_home(g: Logo) -> None:
    s = g.stencil()
    s.poly([(256, 40), (486, 226), (454, 266), (256, 106), (58, 266), (26, 226)])
    s.rect(356, 70, 404, 160)
    s.rect(96, 256, 152, 470)
    s.rect(96, 256, 416, 306).rect(96, 420, 416, 470)
    g.fill(s, BLUE)
    g.cut(g.stencil().poly([(256, 118), (446, 272), (470, 256), (470, 306), (40, 306), (40, 256), (66, 272)]))
    s = g.stencil()
    s.rect(96, 262, 152, 470).rect(96, 262, 416, 314).rect(96, 418, 416, 470)
    s.poly([(96, 262), (256, 134), (256, 200), (180, 262)]).poly([(416, 262), (256, 134), (256, 200), (332, 262)])
    g.fill(s, BLUE)
    g.fill(g.stencil().rect(176, 340, 372, 392, 0), GOLD)


def logo_benches(g: Logo) -> None:
    s = g.stencil()
    for a in (45, 135, 225, 315):
        s.stroke(sweep(256, 256, 204, a - 31, a + 31), 52)
    g.fill(s, RED)
    s = g.stencil()
    for a in (45, 135, 225, 315):
        s.stroke(sweep(256, 256, 204, a - 27, a + 27), 5)
    g.fill(s, mix(RED, PAPER, 0.32))
    g.fill(g.stencil().disc(256, 256, 140), GOLD)
    g.fill(g.stencil().ring(256, 256, 122, 115), PAPER)
    drop = bezier((256, 166), (262, 206), (322, 240), (322, 284)) + sweep(256, 284, 66, 0, -180)
    drop += bezier((190, 284), (190, 240), (250, 206), (256, 166))
    g.fill(g.stencil().poly(drop), PAPER)
    small = [(256 + (x - 256) * 0.78, 270 + (y - 270) * 0.78) for x, y in drop]
    g.fill(g.stencil().poly(small), JADE)
    g.fill(g.stencil().stroke(sweep(256, 282, 33, 200, 262), 8), PAPER)


def logo_window(g: Logo) -> None:
    leaves = g.stencil().disc(256, 256, 200)
    g.fill(leaves, RED)
    lattice = g.stencil().ring(256, 256, 172, 164)
    lattice.stroke([(84, 256), (428, 256)], 8, cap=False)
    for sign in (-1, 1):
        lattice.stroke([(256 + sign * 92, 117), (256 + sign * 92, 395)], 8, cap=False)
    g.fill(lattice, mix(RED, PAPER, 0.5), leaves)
    g.cut(g.stencil().rect(250, 40, 262, 216).rect(250, 330, 262, 472))
    g.fill(g.stencil().ring(256, 256, 240, 216), GOLD)
    g.cut(g.stencil().poly(heart(256, 258, 138)))
    glow = g.stencil().poly(heart(256, 257, 112))
    g.fill(glow, GOLD)
    g.fill(g.stencil().poly([(250, 110), (262, 110), (259, 420), (253, 420)]), PAPER, glow)


def logo_station(g: Logo) -> None:
    arc = bezier((58, 438), (150, 340), (362, 340), (454, 438))
    g.fill(g.stencil().stroke(arc, 26).disc(58, 438, 38).disc(454, 438, 38), GOLD)
    g.fill(g.stencil().disc(58, 438, 16).disc(454, 438, 16), PAPER)
    pin = [(256, 30), (428, 156), (390, 156), (390, 236), *bezier((390, 236), (390, 300), (300, 330), (256, 396))]
    pin += [*bezier((256, 396), (212, 330), (122, 300), (122, 236)), (122, 156), (84, 156)]
    g.cut(g.stencil().poly([(256 + (x - 256) * 1.16, 236 + (y - 236) * 1.12) for x, y in pin]))
    g.fill(g.stencil().poly(pin), RED)
    g.fill(g.stencil().rect(204, 186, 308, 276, 0).poly(sweep(256, 188, 52, 0, 180)), PAPER)
    g.fill(g.stencil().rect(204, 264, 308, 276), GOLD)
    g.fill(g.stencil().poly(heart(256, 216, 30)), RED)


def logo_desk(g: Logo) -> None:
    g.fill(g.stencil().stroke(bezier((256, 296), (252, 240), (262, 200), (256, 150)), 14), JADE)
    g.fill(g.stencil().poly(leaf((256, 214), (390, 60), 56)).poly(leaf((256, 250), (128, 128), 46)), JADE)
    s = g.stencil().stroke(bezier((262, 206), (310, 150), (370, 84)), 6).stroke(bezier((250, 244), (206, 196), (146, 146)), 6)
    g.fill(s, PAPER)
    left = bezier((256, 318), (206, 262), (110, 262), (36, 292)) + bezier((36, 348), (110, 318), (206, 318), (256, 372))
    right = [(512 - x, y) for x, y in left]
    g.fill(g.stencil().poly(left).poly(right), GOLD)
    line = [(x, y) for x, y in bezier((256, 345), (206, 290), (110, 290), (36, 320))]
    g.fill(g.stencil().stroke(line, 5).stroke([(512 - x, y) for x, y in line], 5), PAPER)
    g.cut(g.stencil().rect(250, 296, 262, 420))
    legs = g.stencil().poly([(96, 352), (136, 346), (116, 482), (76, 482)]).poly([(416, 352), (376, 346), (396, 482), (436, 482)])
    legs.rect(118, 424, 394, 442)
    g.fill(legs, RED)


def logo_stethoscope(g: Logo) -> None:
    s = g.stencil()
    path = bezier((132, 440), (80, 430), (82, 380), (82, 330)) + [(82, 222)]
    path += bezier((82, 222), (82, 196), (100, 184), (120, 168)) + [(256, 62)]
    s.stroke(path, 34).stroke([(512 - x, y) for x, y in path], 34)
    g.fill(s, JADE)
    g.fill(g.stencil().stroke([(256, 62), (256, 190)], 34), JADE)
    g.fill(g.stencil().disc(144, 442, 27).disc(368, 442, 27), GOLD)
    g.cut(g.stencil().poly(heart(256, 284, 128)))
    g.fill(g.stencil().poly(heart(256, 284, 106)), RED)
    g.fill(g.stencil().stroke([(170, 284), (222, 284), (240, 250), (266, 326), (286, 270), (294, 284), (342, 284)], 11), PAPER, g.stencil().poly(heart(256, 284, 106)))


def logo_bridge(g: Logo) -> None:
    deck = bezier((14, 264), (150, 236), (160, 62), (256, 62), (352, 62), (362, 236), (498, 264))
    s = g.stencil().poly([*deck, (498, 272), (14, 272)]).disc(256, 272, 124, ink=0).rect(0, 272, 512, 512, ink=0)
    g.fill(s, RED)
    rail = [(x, y + 26) for x, y in deck if 120 < x < 392]
    g.fill(g.stencil().stroke(rail, 6), PAPER, s)
    below = g.stencil().disc(256, 284, 188).disc(256, 284, 124, ink=0)
    water = g.stencil()
    for i, y in enumerate((304, 344, 384, 424, 462)):
        water.stroke(wave(-20, 532, y, 6, 3, i * 0.5), 22)
    water.rect(0, 0, 512, 288, ink=0)
    g.fill(water, GOLD, below)


def logo_gear(g: Logo) -> None:
    s = g.stencil()
    for i in range(12):
        a = i * 30
        s.poly([polar(256, 256, 190, a - 9.5), polar(256, 256, 240, a - 6.6), polar(256, 256, 240, a + 6.6), polar(256, 256, 190, a + 9.5)])
    s.disc(256, 256, 204)
    g.fill(s, RED)
    g.fill(g.stencil().disc(256, 256, 160), PAPER)
    arch = g.stencil().rect(172, 226, 340, 366, 6).poly(sweep(256, 228, 84, 0, 180))
    g.fill(arch, GOLD)
    bars = g.stencil().rect(250, 130, 262, 370).rect(160, 222, 352, 234).rect(160, 296, 352, 308)
    g.fill(bars, PAPER, arch)
    g.fill(g.stencil().rect(156, 366, 356, 380, 7), RED)


def logo_steelyard(g: Logo) -> None:
    g.fill(g.stencil().disc(256, 256, 238), RED)
    g.fill(g.stencil().stroke([(214, 214), (214, 126)], 9).ring(214, 102, 33, 20), PAPER)
    g.fill(g.stencil().stroke([(92, 244), (422, 164)], 24), GOLD)
    marks = g.stencil()
    for i in range(7):
        t = 0.46 + i * 0.07
        marks.disc(92 + 330 * t, 244 - 80 * t, 5)
    g.fill(marks, RED)
    g.fill(g.stencil().disc(214, 214, 17), PAPER)
    g.fill(g.stencil().stroke([(392, 172), (392, 250)], 8), PAPER)
    weight = g.stencil().poly([(372, 262), (412, 262), (438, 352), (346, 352)]).rect(338, 338, 446, 366, 12).rect(362, 248, 422, 270, 11)
    g.fill(weight, PAPER)
    g.fill(g.stencil().poly([(392, 284), (408, 308), (392, 332), (376, 308)]), RED)
    g.fill(g.stencil().stroke([(116, 238), (66, 344)], 7).stroke([(116, 238), (218, 344)], 7), PAPER)
    g.fill(g.stencil().poly(leaf((92, 338), (204, 262), 34)), GOLD)
    g.fill(g.stencil().stroke(bezier((106, 330), (150, 304), (186, 274)), 5), RED)
    g.fill(g.stencil().poly(bezier((40, 344), (66, 430), (222, 430), (248, 344))), PAPER)


def logo_abacus(g: Logo) -> None:
    g.fill(g.stencil().rect(36, 36, 476, 476, 40), BLUE)
    g.cut(g.stencil().rect(68, 68, 444, 444, 12))
    g.fill(g.stencil().rect(68, 68, 444, 444, 12), PAPER)
    xs = (138, 256, 374)
    rods = g.stencil()
    for x in xs:
        rods.rect(x - 5, 68, x + 5, 444)
    g.fill(rods, mix(BLUE, PAPER, 0.55))
    g.fill(g.stencil().rect(68, 172, 444, 194), BLUE)

    def bead(cx: float, cy: float, colour: str) -> None:
        w, h = 50, 25
        shape = [(cx - w, cy), (cx - w * 0.62, cy - h), (cx + w * 0.62, cy - h), (cx + w, cy), (cx + w * 0.62, cy + h), (cx - w * 0.62, cy + h)]
        g.fill(g.stencil().poly(shape), colour)
        g.fill(g.stencil().stroke([(cx - w * 0.8, cy), (cx + w * 0.8, cy)], 3.5, cap=False), mix(colour, PAPER, 0.5))

    rows = ((144, (224, 276, 360, 416)), (98, (224, 304, 360, 416)), (144, (224, 276, 332, 416)))
    for x, colour, (top, below) in zip(xs, (RED, GOLD, RED), rows, strict=True):
        for y in (top, *below):
            bead(x, y, colour)


def logo_lantern(g: Logo) -> None:
    body = g.stencil().disc(256, 272, 186)
    upper = g.stencil().rect(0, 0, 512, 270)
    g.fill(body, GOLD, upper)
    ribs = g.stencil()
    for rx in (62, 124):
        ribs.stroke([(256 + rx * math.cos(math.radians(a)), 272 - 186 * math.sin(math.radians(a))) for a in range(0, 181, 3)], 6, cap=False)
    g.fill(ribs, mix(GOLD, PAPER, 0.5), upper)
    for x, y0, y1 in ((196, 236, 150), (256, 236, 122), (316, 236, 150)):
        steam = bezier((x, y0), (x - 30, y0 - (y0 - y1) * 0.35), (x + 30, y0 - (y0 - y1) * 0.65), (x, y1))
        g.fill(g.stencil().stroke(steam, 15), PAPER)
    g.fill(g.stencil().rect(196, 74, 316, 104, 8).ring(256, 48, 28, 17), RED)
    g.cut(g.stencil().rect(0, 270, 512, 512))
    bowl = g.stencil().poly([(56, 288), *shift(sweep(0, 0, 188, 185, 355), 256, 272), (456, 288)])
    bowl.rect(44, 286, 468, 308, 10)
    bowl.rect(0, 440, 512, 512, ink=0)
    g.fill(bowl, RED)
    g.fill(g.stencil().poly([(186, 436), (326, 436), (340, 476), (172, 476)]), RED)
    g.fill(g.stencil().stroke(sweep(256, 272, 150, 215, 325), 6), mix(RED, PAPER, 0.4))


def logo_leaf(g: Logo) -> None:
    shape = leaf((110, 386), (436, 34), 128)
    body = g.stencil().poly(shape)
    g.fill(body, JADE)
    a = bezier((100, 396), (330, 420), (60, 190), (256, 214), (452, 238), (230, 120), (404, 66), n=600)
    river = g.stencil()
    for i, p in enumerate(a):
        river.disc(p[0], p[1], 25 - 21 * i / len(a))
    g.fill(river, PAPER)
    g.cut(ImageStencil(ImageChops.subtract(river.image, body.image), g))
    for i in (0, 1, 2):
        g.fill(g.stencil().stroke(wave(70 + i * 44, 442 - i * 44, 412 + i * 34, 7, 3, i * 0.5), 13), BLUE)


class ImageStencil(Stencil):
    """A stencil made of a mask that exists already."""

    def __init__(self, image: Image.Image, logo: Logo) -> None:
        self.image, self.scale = image, logo.scale
        self.draw = ImageDraw.Draw(image)


def logo_key(g: Logo) -> None:
    s = g.stencil().poly([(256, 24), (424, 136), (424, 152), (388, 152), (388, 276), (124, 276), (124, 152), (88, 152), (88, 136)])
    s.rect(232, 270, 280, 492, 8)
    s.poly([(280, 372), (352, 372), (352, 408), (280, 408)]).rect(280, 436, 330, 474)
    g.fill(s, RED)
    g.cut(g.stencil().rect(124, 276, 222, 290))
    g.fill(g.stencil().rect(186, 148, 326, 244, 4), PAPER)
    panes = g.stencil().rect(194, 156, 251, 191).rect(261, 156, 318, 191).rect(194, 201, 251, 236).rect(261, 201, 318, 236)
    g.fill(panes, GOLD)
    g.fill(g.stencil().disc(256, 98, 17), PAPER)
    g.fill(g.stencil().rect(216, 294, 296, 314, 8), GOLD)


def logo_scroll(g: Logo) -> None:
    lamp = g.stencil().rect(249, 14, 263, 60).poly([(216, 58), (296, 58), (342, 132), (170, 132)])
    g.fill(lamp, RED)
    g.fill(g.stencil().poly([(222, 140), *sweep(256, 140, 34, 180, 360), (290, 140)]), GOLD)
    rays = g.stencil()
    for i in range(5):
        a = 222 + i * 24
        long = 176 if i % 2 else 192
        rays.poly([polar(256, 122, 82, a - 4), polar(256, 122, long, a - 2.4), polar(256, 122, long, a + 2.4), polar(256, 122, 82, a + 4)])
    g.fill(rays, GOLD)
    sheet = g.stencil().poly([(92, 326), *bezier((92, 326), (200, 350), (312, 302), (420, 326)), (420, 452), *bezier((420, 452), (312, 428), (200, 476), (92, 452))])
    g.fill(sheet, GOLD)
    lines = g.stencil()
    for x in range(140, 390, 38):
        y = 326 + 12 * math.sin((x - 92) / 328 * math.tau)
        lines.rect(x - 3.5, y + 24, x + 3.5, y + (104 if (x // 38) % 3 else 76), 3.5)
    g.fill(lines, PAPER)
    rollers = g.stencil()
    for x in (78, 434):
        rollers.rect(x - 20, 308, x + 20, 470, 8).rect(x - 9, 288, x + 9, 490, 9)
    g.fill(rollers, RED)


def logo_sails(g: Logo) -> None:
    right = [(268, 34), *bezier((268, 34), (420, 120), (452, 250), (440, 340)), *bezier((440, 340), (380, 318), (320, 318), (268, 336))]
    g.fill(g.stencil().poly(right), BLUE)
    left = [(240, 102), *bezier((240, 102), (120, 160), (76, 262), (72, 344)), *bezier((72, 344), (130, 320), (190, 320), (240, 336))]
    g.fill(g.stencil().poly(left), GOLD)
    seam = g.stencil().stroke(bezier((268, 190), (330, 186), (382, 204), (428, 232)), 7, cap=False).stroke(bezier((240, 226), (190, 222), (140, 240), (92, 262)), 7, cap=False)
    g.cut(seam)
    hull = bezier((30, 372), (120, 332), (190, 400), (256, 372), n=60) + bezier((256, 372), (330, 340), (400, 404), (482, 360), n=60)
    hull += bezier((482, 360), (450, 460), (380, 478), (256, 478)) + bezier((256, 478), (140, 478), (62, 460), (30, 372))
    g.fill(g.stencil().poly(hull), RED)
    g.fill(g.stencil().stroke(shift(wave(96, 416, 424, 9, 2), 0, 0), 8), PAPER)


LOGOS: dict[str, Callable[[Logo], None]] = {
    "yangguang-tianping": logo_scales,
    "aibo-yilu": logo_road,
    "jingmin-ejia": logo_home,
    "bandeng-tiaojie": logo_benches,
    "yichuang-tongxin": logo_window,
    "bangban-xiaozhan": logo_station,
    "yimi-shuzhuo": logo_desk,
    "jiamenkou-tingzhenqi": logo_stethoscope,
    "zhitong-wanjia": logo_bridge,
    "jiangxin-yexiao": logo_gear,
    "fangxin-cheng": logo_steelyard,
    "yiben-mingbaizhang": logo_abacus,
    "yinling-denghuo": logo_lantern,
    "yiye-zhiqing": logo_leaf,
    "laojie-xinlin": logo_key,
    "lantai-youguang": logo_scroll,
    "qingchun-hehuoren": logo_sails,
}


# ------------------------------------------------------------------------------------ pictures


class Scene:
    """A picture built of paper layers, each with its own gradient and a soft shadow on what lies behind."""

    scale = 2

    def __init__(self, seed: str, width: int = 1600, height: int = 1000) -> None:
        self.w, self.h = width, height
        self.random = random.Random(seed)
        self.image = Image.new("RGB", (width, height), PAPER)

    def stencil(self) -> Stencil:
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
        bottom = self.h if bottom is None else bottom
        n = len(colours) - 1
        self.image.paste(self.gradient([(bottom * i / n, c) for i, c in enumerate(colours)]))

    def small(self, stencil: Stencil) -> Image.Image:
        return stencil.image.resize((self.w, self.h), Image.Resampling.BOX)

    def layer(
        self,
        stencil: Stencil,
        top: str,
        bottom: str | None = None,
        span: tuple[float, float] | None = None,
        shadow: float = 0.28,
        lift: tuple[float, float, float] = (0, -6, 14),
        alpha: float = 1.0,
    ) -> Image.Image:
        """Lays a sheet down: `lift` is the shadow's offset and blur, `alpha` below 1 lets light through."""
        mask = self.small(stencil)
        if shadow:
            dx, dy, blur = lift
            soft = Image.new("L", mask.size, 0)
            soft.paste(mask, (round(dx), round(dy)))
            soft = soft.filter(ImageFilter.GaussianBlur(blur)).point(lambda v: round(v * shadow))
            self.image.paste(Image.new("RGB", self.image.size, "#2A1210"), (0, 0), soft)
        y0, y1 = span or (0, self.h)
        fill = self.gradient([(y0, top), (y1, bottom or top)])
        if alpha < 1:
            mask = mask.point(lambda v: round(v * alpha))
        self.image.paste(fill, (0, 0), mask)
        return mask

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
        mask = self.small(stencil)
        if blur:
            mask = mask.filter(ImageFilter.GaussianBlur(blur))
        self.image.paste(Image.new("RGB", self.image.size, colour), (0, 0), mask.point(lambda v: round(v * strength)))

    def mist(self, y: float, thickness: float, colour: str, strength: float) -> None:
        band = self.stencil().disc(self.w / 2, y, self.w * 0.8, thickness)
        self.shade(band, colour, strength, thickness * 0.7)

    def finish(self, path: Path, limit: int = 150_000, dark: float = 0.30) -> None:
        """Paper grain, a little darkness at the edges, and the best quality that stays below the limit."""
        noise = Image.frombytes("L", (self.w // 2, self.h // 2), self.random.randbytes(self.w * self.h // 4))
        noise = noise.resize(self.image.size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(1.1))
        noise = noise.point(lambda v: round(128 + (v - 128) * 0.115))
        picture = ImageChops.soft_light(self.image, Image.merge("RGB", (noise,) * 3))
        edge = Image.radial_gradient("L").resize((self.w * 3 // 2, self.h * 3 // 2))
        edge = edge.crop((self.w // 4, self.h // 4, self.w // 4 + self.w, self.h // 4 + self.h))
        edge = edge.point(lambda v: max(0, round((v - 110) * dark)))
        picture.paste(Image.new("RGB", picture.size, "#1D0F0C"), (0, 0), edge)
        path.parent.mkdir(parents=True, exist_ok=True)
        for quality in range(86, 58, -3):
            picture.save(path, quality=quality, optimize=True, progressive=True)
            if path.stat().st_size <= limit:
                break

    # ---- things that many scenes share

    def ridge(self, y: float, height: float, rough: float = 0.5, waves: float = 1.5) -> list[Point]:
        """The outline of a range of hills, closed at the bottom of the picture."""
        r = self.random
        parts = [(waves * 2.1**k * r.uniform(0.8, 1.2), r.random(), rough**k) for k in range(5)]
        total = sum(p[2] for p in parts)
        points = []
        for x in range(-10, self.w + 20, 6):
            v = sum(a * math.sin(math.tau * (f * x / self.w + phase)) for f, phase, a in parts) / total
            points.append((x, y - height * v))
        return [*points, (self.w + 10, self.h + 10), (-10, self.h + 10)]

    def hills(self, *bands: tuple[float, float, str, str], rough: float = 0.5, shadow: float = 0.22) -> None:
        for i, (y, height, top, bottom) in enumerate(bands):
            s = self.stencil().poly(self.ridge(y, height, rough, 1.1 + 0.35 * i))
            self.layer(s, top, bottom, (y - height, y + height * 1.6 + 120), shadow)

    def skyline(
        self, s: Stencil, base: float, low: float, high: float, wide: tuple[float, float] = (46, 120), x0: float = -20, x1: float | None = None, gap: float = 0.12
    ) -> list[tuple[float, float, float, float]]:
        """Houses and towers from left to right; gives back their boxes."""
        r, x, boxes = self.random, x0, []
        x1 = self.w + 20 if x1 is None else x1
        while x < x1:
            w = r.uniform(*wide)
            t = 0.5 + 0.5 * math.sin(x / self.w * 7.1 + low)
            h = low + (high - low) * (0.25 + 0.75 * t) * r.uniform(0.45, 1)
            top = base - h
            s.rect(x, top, x + w, base + 4)
            kind = r.random()
            if kind < 0.24:
                s.rect(x + w * 0.16, top - w * 0.26, x + w * 0.84, top + 2)
                s.rect(x + w * 0.34, top - w * 0.48, x + w * 0.66, top + 2)
            elif kind < 0.34:
                s.poly([(x, top + 1), (x + w, top + 1), (x + w, top - w * 0.16)])
            elif kind < 0.40:
                s.poly([(x - 3, top + 1), (x + w / 2, top - w * 0.3), (x + w + 3, top + 1)])
            elif kind < 0.52:
                s.rect(x + w / 2 - 2, top - w * 0.75 - 12, x + w / 2 + 2, top + 2)
                s.rect(x + w * 0.28, top - w * 0.16, x + w * 0.72, top + 2)
            elif kind < 0.66:
                s.rect(x + w * 0.1, top - w * 0.14, x + w * 0.42, top + 2)
            boxes.append((x, top, x + w, base))
            x += w * (1 + (r.uniform(0.1, 0.5) if r.random() < gap else -0.06))
        return boxes

    def windows(
        self,
        boxes: list[tuple[float, float, float, float]],
        colour: str,
        chance: float,
        size: tuple[float, float] = (9, 12),
        step: tuple[float, float] = (22, 27),
        glow: float = 0.0,
        below: float = 1e9,
    ) -> None:
        r, s = self.random, self.stencil()
        for x0, y0, x1, y1 in boxes:
            cols = int((x1 - x0 - 12) // step[0])
            if cols < 1:
                continue
            pad = (x1 - x0 - (cols - 1) * step[0] - size[0]) / 2
            y = y0 + 16
            while y < min(y1, below) - size[1]:
                for c in range(cols):
                    if r.random() < chance:
                        x = x0 + pad + c * step[0]
                        s.rect(x, y, x + size[0], y + size[1], 1)
                y += step[1]
        if glow:
            self.shade(s, colour, glow, 7)
        self.shade(s, colour, 0.95)

    def tree(self, s: Stencil, x: float, y: float, size: float, trunk: Stencil | None = None) -> None:
        """A round-crowned tree standing at (x, y)."""
        r = self.random
        t = trunk or s
        t.poly([(x - size * 0.05, y), (x + size * 0.05, y), (x + size * 0.025, y - size * 0.6), (x - size * 0.025, y - size * 0.6)])
        s.disc(x, y - size * 0.72, size * 0.3)
        for i in range(7):
            a = i * 360 / 7 + r.uniform(-14, 14)
            px, py = polar(x, y - size * 0.72, size * 0.22, a)
            s.disc(px, py, size * r.uniform(0.17, 0.24))

    def pine(self, s: Stencil, x: float, y: float, size: float) -> None:
        s.rect(x - size * 0.03, y - size * 0.2, x + size * 0.03, y)
        for k in range(3):
            w, top = size * (0.26 - 0.06 * k), y - size * (0.42 + 0.28 * k)
            s.poly([(x - w, top + size * 0.28), (x, top - size * 0.1), (x + w, top + size * 0.28)])

    def reeds(self, s: Stencil, x0: float, x1: float, y: float, high: float, count: int, lean: float = 0.25) -> None:
        r = self.random
        for _ in range(count):
            x, h = r.uniform(x0, x1), high * r.uniform(0.55, 1)
            tip = (x + h * lean * r.uniform(0.6, 1.4), y - h)
            line = bezier((x, y), (x, y - h * 0.6), tip, n=16)
            s.stroke(line, 3.2)
            if r.random() < 0.7:
                s.poly(leaf(line[12], (tip[0] + h * 0.07, tip[1] - h * 0.16), h * 0.032))

    def birds(self, x: float, y: float, size: float, colour: str, places: list[tuple[float, float, float]]) -> None:
        s = self.stencil()
        for dx, dy, k in places:
            a, b, w = x + dx, y + dy, size * k
            s.poly(bezier((a - w, b - w * 0.18), (a - w * 0.45, b - w * 0.55), (a, b)) + bezier((a, b), (a - w * 0.4, b - w * 0.28), (a - w, b - w * 0.18)))
            s.poly(bezier((a + w, b - w * 0.30), (a + w * 0.4, b - w * 0.6), (a, b)) + bezier((a, b), (a + w * 0.45, b - w * 0.26), (a + w, b - w * 0.30)))
        self.shade(s, colour, 0.9)

    def sun(self, x: float, y: float, r: float, colour: str, halo: str, strength: float = 0.55) -> None:
        self.glow(x, y, r * 4.5, halo, strength)
        self.layer(self.stencil().disc(x, y, r), mix(colour, "#FFFFFF", 0.25), colour, (y - r, y + r), shadow=0)

    def stars(self, count: int, below: float) -> None:
        r, s = self.random, self.stencil()
        for _ in range(count):
            s.disc(r.uniform(0, self.w), r.uniform(0, below), r.uniform(0.8, 2.2))
        self.shade(s, "#FBF1D8", 0.75)


def ripples(g: Scene, x0: float, x1: float, y0: float, y1: float, colour: str, count: int, strength: float, long: float = 120) -> None:
    """Short strokes of light on water, wider towards the viewer."""
    s = g.stencil()
    for _ in range(count):
        t = g.random.random() ** 1.3
        y, x = y0 + (y1 - y0) * t, g.random.uniform(x0, x1)
        w = long * (0.25 + t) * g.random.uniform(0.4, 1)
        s.rect(x - w / 2, y, x + w / 2, y + 1.6 + 4 * t, 2)
    g.shade(s, colour, strength)


def bus(g: Scene, x: float, y: float, k: float, body: str) -> None:
    """A bus seen from the front, standing at (x, y), `k` wide."""
    w, h = k, k * 1.12
    g.shade(g.stencil().disc(x, y + 2, w * 0.62, w * 0.09), "#1A0C0A", 0.55, w * 0.05)
    g.layer(
        g.stencil().rect(x - w * 0.42, y - h * 0.14, x - w * 0.24, y + w * 0.03, w * 0.04).rect(x + w * 0.24, y - h * 0.14, x + w * 0.42, y + w * 0.03, w * 0.04),
        "#191514",
        shadow=0,
    )
    g.layer(
        g.stencil().rect(x - w / 2, y - h, x + w / 2, y - h * 0.07, w * 0.11), mix(body, "#FFFFFF", 0.12), mix(body, "#000000", 0.25), (y - h, y), shadow=0.3, lift=(0, 4, w * 0.08)
    )
    g.layer(g.stencil().rect(x - w * 0.42, y - h * 0.84, x + w * 0.42, y - h * 0.36, w * 0.06), "#F5DDA8", "#54433D", (y - h * 0.9, y - h * 0.36), shadow=0)
    g.layer(g.stencil().rect(x - w * 0.3, y - h * 0.95, x + w * 0.3, y - h * 0.88, w * 0.02), "#F6D58A", shadow=0)
    g.layer(g.stencil().rect(x - w * 0.01, y - h * 0.84, x + w * 0.01, y - h * 0.36), mix(body, "#000000", 0.3), shadow=0)
    for sign in (-1, 1):
        g.layer(g.stencil().disc(x + sign * w * 0.36, y - h * 0.22, w * 0.065), "#FFF2CC", shadow=0)
        g.layer(g.stencil().rect(x + sign * w * 0.56 - w * 0.035, y - h * 0.74, x + sign * w * 0.56 + w * 0.035, y - h * 0.56, w * 0.02), "#191514", shadow=0)
        g.glow(x + sign * w * 0.36, y - h * 0.22, w * 0.55, "#FFD98A", 0.75)


# ---- the scenes; each takes the scene and a palette


def hall_steps(g: Scene) -> None:
    g.sky("#D9894F", "#F0C98C", "#F8E9CC")
    g.sun(800, 380, 150, "#F6D9A0", "#FFC873", 0.7)
    g.hills((560, 60, "#E4B27C", "#F0CFA0"), (620, 50, "#CC8C5C", "#E9BC88"))
    s = g.stencil()
    g.skyline(s, 700, 40, 150)
    g.layer(s, "#B9623F", "#D89A6B", (520, 720), 0.15)
    dark, mid, lit = "#7C1A1C", "#A52A28", "#D9744A"
    g.layer(g.stencil().poly([(330, 330), (800, 190), (1270, 330)]).rect(310, 326, 1290, 352).rect(330, 348, 1270, 372), "#B23A2E", mid, (190, 372), 0.4, (0, 8, 24))
    g.layer(g.stencil().poly([(450, 318), (800, 214), (1150, 318)]), dark, "#94251F", (214, 318), 0)
    g.layer(g.stencil().rect(360, 372, 1240, 700), "#4A1013", "#7C2A1F", (372, 700), 0.2)
    g.layer(g.stencil().rect(716, 470, 884, 700).poly(sweep(800, 472, 84, 0, 180)), "#F8D893", "#EDA65B", (400, 700), 0)
    g.layer(g.stencil().rect(797, 390, 803, 700), "#8E3B22", shadow=0)
    g.glow(800, 590, 420, "#FFBE66", 0.55)
    for i in range(6):
        x = 394 + i * 162.4
        col = g.stencil().poly([(x - 30, 398), (x + 30, 398), (x + 34, 690), (x - 34, 690)])
        g.layer(col, "#C4523A", mid, (380, 700), 0.5, (8 if x < 800 else -8, 4, 14))
        side = (
            g.stencil().poly([(x - 30, 398), (x - 12, 398), (x - 14, 690), (x - 34, 690)])
            if x > 800
            else g.stencil().poly([(x + 12, 398), (x + 30, 398), (x + 34, 690), (x + 14, 690)])
        )
        g.shade(side, "#F2A765", 0.55, 3)
        g.layer(g.stencil().rect(x - 44, 372, x + 44, 400, 4).rect(x - 46, 684, x + 46, 704, 3), lit, mid, (372, 704), 0.35, (0, 4, 8))
    for i in range(9):  # the steps widen towards the viewer
        y, spread = 700 + i * 4.2 * (1 + i * 0.86), 520 + i * 52 + i * i * 6
        top = mix("#E7A66F", "#6F1719", i / 9)
        g.layer(g.stencil().rect(800 - spread, y, 800 + spread, g.h + 10), mix(top, "#FFE9C4", 0.18), mix(top, "#5A1214", 0.35), (y, y + 60), 0.35, (0, -3, 8))
        g.shade(g.stencil().rect(800 - spread, y, 800 + spread, y + 3), "#FFE3B0", 0.5)
    g.shade(g.stencil().poly([(716, 704), (884, 704), (1180, 1010), (420, 1010)]), "#FFCF86", 0.32, 30)


def sunrise(g: Scene) -> None:
    g.sky("#F8EFDD", "#F5DDB4", "#EBB67A", bottom=720)
    g.sun(1080, 420, 128, "#E8A33F", "#FFC562", 0.55)
    g.hills((520, 90, "#E6B483", "#F2D3A4"), (580, 100, "#D28B5E", "#E9BC8A"), (660, 90, "#B44F3B", "#DC9567"), (730, 80, "#8E2426", "#BD5B42"))
    g.mist(800, 90, "#F6D9A8", 0.5)
    g.birds(620, 250, 30, "#7C2A22", [(0, 0, 1), (70, -30, 0.7), (120, 18, 0.55), (-60, 40, 0.5)])
    s = g.stencil()
    g.skyline(s, 940, 60, 270, (36, 84), gap=0.05)
    g.layer(s, "#70171B", "#9F3A30", (700, 940), 0.3)
    s = g.stencil()
    boxes = g.skyline(s, 1010, 50, 220, (60, 120))
    g.layer(s, "#3F0D12", "#571419", (840, 1000), 0.4)
    g.windows(boxes, "#F1B65C", 0.16, glow=0.4)


def dawn_road(g: Scene) -> None:
    g.sky("#27466F", "#6F7F98", "#E0A877", "#F7DDA9", bottom=560)
    g.sun(830, 505, 74, "#FBE3AE", "#FFC06A", 0.75)
    g.hills((500, 60, "#B98F86", "#E9BE92"), (540, 60, "#7E6C7E", "#C39A86"), (580, 40, "#4B5472", "#8C7A80"))
    s = g.stencil()
    for _ in range(36):
        x = g.random.choice([g.random.uniform(-20, 640), g.random.uniform(1010, 1620)])
        g.pine(s, x, 640, g.random.uniform(60, 130))
    g.layer(s, "#26365A", "#3B4664", (520, 640), 0.2)
    g.layer(g.stencil().rect(0, 612, 1600, 1000), "#4E5570", "#1C2742", (612, 1000), 0.2)
    g.layer(g.stencil().poly([(0, 700), *bezier((0, 700), (400, 610), (620, 620), (806, 602)), (806, 1010), (0, 1010)]), "#38476A", "#15203A", (610, 1000), 0.25)
    g.layer(g.stencil().poly([(1600, 690), *bezier((1600, 690), (1240, 600), (1050, 618), (852, 602)), (852, 1010), (1600, 1010)]), "#38476A", "#15203A", (610, 1000), 0.25)
    g.layer(g.stencil().poly([(806, 602), (852, 602), (1560, 1010), (80, 1010)]), "#D9A174", "#2B2C3B", (602, 960), 0.35)
    s = g.stencil()
    for sign, far, near in ((-1, 20, 690), (1, 20, 690)):
        s.poly([(829 + sign * far, 604), (829 + sign * (far + 2), 604), (829 + sign * near + sign * 22 - 9, 1010), (829 + sign * near - 9, 1010)])
    y, k = 612.0, 5.0
    while y < 1010:
        w0, w1 = (y - 600) * 0.018 + 0.6, (y + k * 2 - 600) * 0.018 + 0.6
        s.poly([(829 - w0, y), (829 + w0, y), (829 + w1, y + k * 2), (829 - w1, y + k * 2)])
        y, k = y + k * 3.6, k * 1.42
    g.shade(s, "#F8E6BE", 0.85)
    s, lamps = g.stencil(), []
    for k in (0.16, 0.27, 0.45, 0.78, 1.3):
        for sign in (-1, 1):
            x, y, h = 829 + sign * (60 + 760 * k * 0.92), 604 + 330 * k, 330 * k + 30
            s.stroke([(x, y), (x, y - h)], 2 + 7 * k).stroke(bezier((x, y - h), (x, y - h - 24 * k), (x - sign * 90 * k, y - h - 24 * k)), 2 + 5 * k)
            lamps.append((x - sign * 92 * k, y - h - 20 * k, k))
    g.layer(s, "#1A2440", "#141B30", (300, 900), 0.2)
    for x, y, k in lamps:
        g.layer(g.stencil().disc(x, y, 12 * k + 2, 6 * k + 2), "#FFF0C4", shadow=0)
        g.glow(x, y, 150 * k + 20, "#FFCF7D", 0.6)
    bus(g, 915, 716, 96, "#9B1B1F")
    bus(g, 1150, 900, 250, "#9B1B1F")


def cable_bridge(g: Scene) -> None:
    g.sky("#F7EBD0", "#F3D09A", "#E59E62", bottom=640)
    g.sun(470, 470, 104, "#FBE6B6", "#FFB85E", 0.7)
    g.hills((540, 50, "#E1A877", "#EFC795"))
    s = g.stencil()
    g.skyline(s, 650, 40, 190, (34, 80))
    g.layer(s, "#C27A55", "#EBBE8C", (440, 650), 0.1)
    s = g.stencil()
    g.skyline(s, 656, 20, 110, (40, 90))
    g.layer(s, "#9E5647", "#D99C72", (540, 660), 0.12)
    g.layer(g.stencil().rect(0, 650, 1600, 1000), "#EDC18B", "#3C5277", (650, 1000), 0.1)
    g.glow(470, 700, 330, "#FFD58C", 0.55, 0.5)
    ripples(g, 300, 650, 664, 980, "#FFF1CF", 90, 0.6)
    ripples(g, 0, 1600, 670, 1000, "#F7D9A5", 120, 0.28, 170)
    ripples(g, 0, 1600, 720, 1000, "#2C4168", 120, 0.3, 190)
    deck = lambda x: 640 - 46 * math.sin(math.pi * (x + 60) / 1720) - 10  # noqa: E731
    cables = g.stencil()
    for px, top in ((640, 150), (1290, 110)):
        for i in range(1, 15):
            for sign in (-1, 1):
                x = px + sign * (24 + i * 28)
                cables.stroke([(px, top + 24 + i * 9), (x, deck(x))], 2.4, cap=False)
    g.shade(cables, "#6E2420", 0.85)
    towers = g.stencil()
    for px, top, k in ((640, 150, 1), (1290, 110, 1.1)):
        towers.poly([(px - 8 * k, top), (px + 8 * k, top), (px + 40 * k, 800), (px + 20 * k, 800), (px, 330), (px - 20 * k, 800), (px - 40 * k, 800)])
        towers.rect(px - 29 * k, 646, px + 29 * k, 664)
        towers.rect(px - 60 * k, 792, px + 60 * k, 822, 8)
    g.layer(towers, "#A32A26", "#5C1517", (110, 820), 0.3, (6, 4, 10))
    road = [(x, deck(x)) for x in range(-10, 1620, 10)]
    g.layer(g.stencil().poly([*road, *[(x, y + 22) for x, y in reversed(road)]]), "#8B1F20", "#4D1114", (570, 670), 0.4, (0, 10, 14))
    g.shade(g.stencil().stroke(road, 3), "#FFD9A0", 0.8)
    s = g.stencil()
    for x in range(20, 1600, 74):
        s.rect(x - 1.5, deck(x) - 40, x + 1.5, deck(x))
    g.shade(s, "#5A1618", 0.9)
    s = g.stencil()
    for x in range(20, 1600, 74):
        s.disc(x, deck(x) - 42, 4)
    g.shade(s, "#FFE9B8", 0.5, 8)
    g.shade(s, "#FFE9B8", 1)
    s = g.stencil()
    g.reeds(s, -30, 420, 1010, 200, 70)
    g.layer(s, "#26395A", "#1B2A45", (780, 1000), 0.3)


def night_blocks(
    g: Scene,
    sky: tuple[str, ...] = ("#0F1C33", "#1F3A63", "#58719A"),
    far: str = "#2B466F",
    mid: str = "#1D3357",
    near: str = "#122341",
    light: str = "#F4BF63",
    snow: bool = False,
    moon: tuple[float, float] = (1270, 190),
) -> None:
    g.sky(*sky, bottom=800)
    g.stars(90, 430)
    g.glow(moon[0], moon[1], 260, "#E9D9AE", 0.45)
    m = g.stencil().disc(moon[0], moon[1], 58).disc(moon[0] + 26, moon[1] - 14, 52, ink=0)
    g.layer(m, "#FBEFCB", "#F0D795", (moon[1] - 60, moon[1] + 60), 0)
    g.hills((560, 50, mix(far, sky[2], 0.55), mix(far, sky[2], 0.75)))
    g.glow(700, 800, 820, mix(light, "#7A4520", 0.55), 0.45, 0.4)
    r = g.random
    for base, low, high, wide, colour, chance, size, step in (
        (720, 80, 300, (60, 110), far, 0.20, (6, 8), (17, 21)),
        (860, 130, 420, (100, 170), mid, 0.34, (11, 15), (27, 34)),
        (1010, 180, 440, (170, 260), near, 0.46, (19, 25), (43, 54)),
    ):
        x, boxes, s, caps = r.uniform(-60, -10), [], g.stencil(), g.stencil()
        while x < 1620:
            w = r.uniform(*wide)
            h = low + (high - low) * abs(math.sin(x * 0.0041 + base)) * r.uniform(0.6, 1)
            top = base - h
            s.rect(x, top, x + w, 1010)
            tank = r.uniform(0.2, 0.6)
            s.rect(x + w * tank, top - w * 0.16, x + w * (tank + 0.24), top + 3)
            caps.rect(x - 5, top - 7, x + w + 5, top + 6, 6).rect(x + w * tank - 3, top - w * 0.16 - 6, x + w * (tank + 0.24) + 3, top - w * 0.16 + 5, 5)
            boxes.append((x, top, x + w, base))
            x += w + r.uniform(4, 46)
        g.layer(s, mix(colour, "#FFFFFF", 0.06), mix(colour, "#000000", 0.25), (base - high, base), 0.45, (0, -4, 18))
        if snow:
            g.shade(caps, "#EEF0F0", 0.92)
        g.windows(boxes, mix(light, "#FFFFFF", 0.12), chance, size, step, 0.55)
        g.mist(base + 10, 70, mix(far, light, 0.28), 0.22)
    if snow:
        s = g.stencil()
        for _ in range(420):
            s.disc(r.uniform(0, 1600), r.uniform(0, 1000), r.uniform(1.2, 4.2))
        g.shade(s, "#FFFFFF", 0.62, 0.8)
    else:
        s = g.stencil()
        for x in (90, 330, 560, 980, 1210, 1500):
            g.tree(s, x, 1010, r.uniform(130, 210))
        g.layer(s, "#0D1A30", "#091224", (800, 1000), 0.3)


def lane(g: Scene, night: bool = True) -> None:
    if night:
        g.sky("#14213D", "#3A4E78", "#C98A62", bottom=620)
        wall, roof, trim, lamp = ("#4A5069", "#26304C"), ("#2C3553", "#141C34"), "#6B6C7E", "#FFCB73"
        ground = ("#6D5B5E", "#20263F")
        g.stars(40, 300)
    else:
        g.sky("#F6E2B8", "#F0BF7F", "#E2925A", bottom=620)
        wall, roof, trim, lamp = ("#F3DDB6", "#D29E6D"), ("#8E2A26", "#561619"), "#B06A48", "#FFE3A5"
        ground = ("#EBC08A", "#8A4632")
        g.sun(800, 300, 92, "#FFF0C8", "#FFC065", 0.7)
    g.hills((520, 60, mix(wall[0], "#E0A070", 0.4), mix(wall[1], "#E0A070", 0.5)))
    s = g.stencil()
    for x, k in ((730, 190), (850, 240), (930, 150), (640, 160)):
        g.tree(s, x, 590, k)
    g.layer(s, *(("#2C4A5C", "#5E6470") if night else ("#8FAE86", "#5E8A6C")), (360, 590), 0.2)
    g.layer(g.stencil().rect(0, 560, 1600, 1000), ground[0], ground[1], (560, 1000), 0)
    g.glow(800, 585, 420, lamp, 0.55, 0.6)
    depths = [0.16, 0.24, 0.36, 0.54, 0.82, 1.25]
    for k in depths:  # houses on both sides, from the far end to the viewer
        for sign in (-1, 1):
            edge = 800 + sign * (40 + 560 * k)
            far_x = 800 + sign * (40 + 560 * k * 0.62)
            base, eave, top = 575 + 400 * k, 575 - 250 * k, 575 - 430 * k
            base2, eave2 = 575 + 400 * k * 0.62, 575 - 250 * k * 0.62
            t = min(1, k)
            front = (mix(wall[0], "#E8B888", 0.5 - 0.5 * t), mix(wall[1], "#C98A62", 0.4 - 0.4 * t))
            side = g.stencil().poly([(edge, base), (far_x, base2), (far_x, eave2), (edge, eave)])
            g.layer(side, mix(front[0], lamp, 0.10), front[1], (eave, base), 0.3, (-sign * 6, 0, 14))
            out = 800 + sign * 1500
            face = g.stencil().poly([(edge, base), (out, base), (out, eave), (edge + sign * 260 * k, top), (edge, eave)])
            g.layer(face, mix(front[0], "#000000", 0.10), mix(front[1], "#000000", 0.16), (top, base), 0.2)
            ov = 34 * k
            slab = g.stencil().poly(
                [
                    (edge - sign * ov, eave + ov * 0.5),
                    (far_x - sign * ov * 0.62, eave2 + ov * 0.3),
                    (far_x + sign * 200 * k * 0.62, 575 - 430 * k * 0.62),
                    (edge + sign * 250 * k, top - 12 * k),
                    (edge + sign * 260 * k, top + 4),
                ]
            )
            g.layer(slab, roof[0], roof[1], (top, eave + ov), 0.4, (0, 8 * k, 12))
            tiles = g.stencil()
            for i in range(1, 8):
                f = i / 8
                a = (edge - sign * ov + (far_x - sign * ov * 0.62 - edge + sign * ov) * f, eave + ov * 0.5 + (eave2 + ov * 0.3 - eave - ov * 0.5) * f)
                b = (edge + sign * 250 * k + (far_x + sign * 200 * k * 0.62 - edge - sign * 250 * k) * f, top - 12 * k + (575 - 430 * k * 0.62 - top + 12 * k) * f)
                tiles.stroke([a, b], 1 + 3 * k, cap=False)
            g.shade(tiles, trim, 0.5)
            door = g.stencil()
            glow = g.stencil()
            for f0, f1, y0, y1, pane in ((0.16, 0.36, 0.02, 0.62, True), (0.56, 0.84, 0.22, 0.98, False)):
                pts = []
                for f, yy in ((f0, y0), (f1, y0), (f1, y1), (f0, y1)):
                    x = edge + (far_x - edge) * f
                    ya, yb = eave + (eave2 - eave) * f, base + (base2 - base) * f
                    pts.append((x, ya + (yb - ya) * (0.22 + 0.78 * yy if not pane else 0.22 + 0.5 * yy)))
                (glow if pane else door).poly(pts)
            g.layer(door, mix(roof[0], "#7A2A20", 0.5), roof[1], (eave, base), 0.1)
            g.layer(glow, lamp if night else "#8A4A38", mix(lamp, "#D9772F", 0.4) if night else "#6B3029", (eave, base), 0)
            if night:
                g.shade(glow, lamp, 0.35, 10 * k + 4)
    stones = g.stencil()
    for i in range(1, 19):  # paving, every other row shifted by half a stone
        y, y2 = 578 + 1.3 * i * i, 578 + 1.3 * (i + 1) ** 2
        half, half2 = 42 + (y - 575) * 1.4, 42 + (y2 - 575) * 1.4
        stones.rect(800 - half, y, 800 + half, y + 1 + i * 0.16)
        for j in range(-4, 5):
            f = (j + (0.5 if i % 2 else 0)) / 4.5
            if abs(f) < 1:
                stones.stroke([(800 + half * f, y), (800 + half2 * f, y2)], 1 + i * 0.12, cap=False)
    g.shade(stones, "#1E1520" if night else "#7A3A28", 0.35)
    for px, py, k in ((150, 968, 1.15), (1478, 940, 1.0), (392, 800, 0.55), (1190, 790, 0.5)):
        g.shade(g.stencil().disc(px, py + 4, 74 * k, 11 * k), "#140C12" if night else "#5A2018", 0.5, 8)
        bush = g.stencil()
        for i in range(13):
            a = 12 + i * 13
            bush.poly(leaf((px, py - 70 * k), polar(px, py - 70 * k, g.random.uniform(80, 130) * k, a), 15 * k))
        g.layer(bush, "#35605C" if night else "#6F9A70", "#1B3A40" if night else "#2F6B55", (py - 200 * k, py - 60 * k), 0.35, (-4, 4, 8))
        g.layer(
            g.stencil()
            .poly([(px - 46 * k, py - 78 * k), (px + 46 * k, py - 78 * k), (px + 34 * k, py), (px - 34 * k, py)])
            .rect(px - 52 * k, py - 88 * k, px + 52 * k, py - 68 * k, 4 * k),
            "#8A4A3A" if night else "#B5482F",
            "#4A2428" if night else "#7A2420",
            (py - 88 * k, py),
            0.35,
            (-4, 4, 8),
        )
    if not night:
        g.shade(g.stencil().poly([(-10, 300), (60, 420), (520, 566), (700, 580), (620, 640), (420, 800), (120, 1010), (-10, 1010)]), "#7A2A2A", 0.20, 10)
        g.shade(g.stencil().poly([(760, 590), (860, 590), (1500, 1010), (700, 1010)]), "#FFE3A8", 0.22, 70)
    if night:
        x, y = 540, 446
        g.layer(
            g.stencil().stroke([(318, 410), (x, 410)], 9).stroke(bezier((318, 480), (360, 470), (420, 440), (430, 412)), 6).stroke([(x, 410), (x, y)], 5), "#121A30", shadow=0.2
        )
        g.layer(g.stencil().disc(x, y + 56, 44, 54), "#F9C667", "#C2401F", (y, y + 110), 0.3, (0, 6, 14))
        g.layer(g.stencil().rect(x - 24, y - 4, x + 24, y + 9, 3).rect(x - 24, y + 104, x + 24, y + 116, 3), "#5A1517", shadow=0)
        g.glow(x, y + 56, 330, "#FFB550", 0.85)
        g.glow(x + 90, 800, 420, "#FFB04A", 0.35, 0.4)


def service_hall(g: Scene) -> None:
    g.sky("#EFD9B2", "#F7E9CD", "#EBCB98")
    g.layer(g.stencil().poly([(0, 0), (1600, 0), (1180, 250), (420, 250)]), "#C98F58", "#F2D8A6", (0, 250), 0)
    beams = g.stencil()
    for i in range(9):
        x = i * 200
        beams.stroke([(x, 0), (420 + i * 95, 250)], 7, cap=False)
    for t in (0.28, 0.58, 0.84):
        y = 250 * t
        beams.stroke([(420 * t, y), (1600 - 420 * t, y)], 8 - 4 * t, cap=False)
    g.shade(beams, "#8B4A2E", 0.5)
    g.layer(g.stencil().rect(420, 250, 1180, 640), "#F9EBC8", "#F3CC8A", (250, 640), 0.25)
    s = g.stencil()
    for i in range(4):
        x = 470 + i * 170
        s.rect(x, 350, x + 150, 640).poly(sweep(x + 75, 352, 75, 0, 180))
    g.layer(s, "#FFF7E0", "#F6B968", (270, 640), 0)
    city = g.stencil()
    g.skyline(city, 646, 40, 200, (26, 60), 400, 1200)
    mask = ImageChops.multiply(g.small(city), g.small(s)).point(lambda v: round(v * 0.55))
    g.image.paste(Image.new("RGB", g.image.size, "#D58650"), (0, 0), mask)
    bars = g.stencil()
    for i in range(4):
        x = 470 + i * 170
        bars.rect(x + 73, 270, x + 77, 640).rect(x, 420, x + 150, 424).rect(x, 530, x + 150, 534)
    g.shade(bars, "#8E4B2C", 0.8)
    g.glow(800, 470, 640, "#FFD489", 0.45)
    for sign in (-1, 1):  # the counters on both walls
        outer = 800 + sign * 800
        wall = g.stencil().poly([(outer, 0), (800 + sign * 380, 250), (800 + sign * 380, 640), (outer, 1010)])
        g.layer(wall, "#B5533A", "#7A1D1E", (0, 1000), 0.3, (-sign * 10, 0, 22))

        def at(u: float, v: float, s: int = sign, o: float = outer) -> Point:
            """A point of the wall: u from the viewer inwards, v from the ceiling down."""
            return o - s * 420 * u, 250 * u + (1010 - 620 * u) * v

        for i in range(3):
            u0, u1 = 0.14 + i * 0.29, 0.14 + i * 0.29 + 0.21
            arch = [at(u0 + (u1 - u0) * (0.5 - 0.5 * math.cos(math.radians(k))), 0.36 - 0.13 * math.sin(math.radians(k))) for k in range(0, 181, 4)]
            opening_ = [*arch, at(u1, 0.66), at(u0, 0.66)]
            g.layer(g.stencil().poly(opening_), "#FDEAC0", "#F0A554", (190, 660), 0.3, (-sign * 4, 4, 10))
            g.shade(g.stencil().poly(opening_), "#FFD98E", 0.30, 26)
            g.shade(g.stencil().stroke([at((u0 + u1) / 2, 0.235), at((u0 + u1) / 2, 0.66)], 3, cap=False).stroke([at(u0, 0.40), at(u1, 0.40)], 3, cap=False), "#9B4A2A", 0.7)
        top = [at(0.06, 0.66), at(0.96, 0.66)]
        inner = [(top[1][0] - sign * 22, top[1][1] + 14), (top[0][0] - sign * 74, top[0][1] + 46)]
        g.layer(g.stencil().poly([inner[1], inner[0], (inner[0][0], inner[0][1] + 84), (inner[1][0], inner[1][1] + 236)]), "#8E2A22", "#5E1618", (520, 960), 0.3)
        g.layer(g.stencil().poly([*top, *inner]), "#F3C88A", "#D08A48", (480, 760), 0.45, (0, 10, 12))
    floor = g.stencil().poly([(420, 640), (1180, 640), (1600, 1010), (0, 1010)])
    g.layer(floor, "#F3CF93", "#B5663F", (640, 1000), 0.1)
    lines = g.stencil()
    for i in range(-12, 13):
        lines.stroke([(800 + i * 63.3, 640), (800 + i * 190, 1010)], 2, cap=False)
    for i in range(1, 8):
        y = 640 + 6.2 * i * i
        lines.rect(0, y, 1600, y + 1 + i * 0.3)
    g.shade(ImageMask(ImageChops.multiply(lines.image, floor.image), g), "#9A5234", 0.35)
    for i in range(4):
        x0, x1 = 470 + i * 170, 620 + i * 170
        f = g.stencil().poly([(x0, 646), (x1, 646), (800 + (x1 - 800) * 2.1 - 140, 940), (800 + (x0 - 800) * 2.1 - 140, 940)])
        g.shade(f, "#FFF0C9", 0.5, 12)
    for x, y, k in ((610, 800, 1.0), (990, 800, 1.0), (690, 712, 0.62), (910, 712, 0.62)):
        seat = (
            g.stencil()
            .rect(x - 110 * k, y, x + 110 * k, y + 26 * k, 8 * k)
            .rect(x - 96 * k, y + 20 * k, x - 84 * k, y + 74 * k)
            .rect(x + 84 * k, y + 20 * k, x + 96 * k, y + 74 * k)
        )
        g.layer(seat, "#9B1B1F", "#5E1216", (y, y + 80), 0.45, (-10, 14, 14))
    for i in range(3):
        x, y, r = 800, 70 + i * 62, 150 - i * 40
        g.layer(g.stencil().disc(x, y, r, r * 0.16), "#FFF6DC", "#F6C877", (y - 20, y + 20), 0.3, (0, 6, 12))
        g.glow(x, y, r * 1.7, "#FFD98C", 0.35, 0.5)


class ImageMask(Stencil):
    """A stencil for a scene made of a mask that exists already."""

    def __init__(self, image: Image.Image, scene: Scene) -> None:
        self.image, self.scale = image, scene.scale
        self.draw = ImageDraw.Draw(image)


def morning_city(g: Scene) -> None:
    g.sky("#DDE3DF", "#F2E7CC", "#F4D19A", bottom=760)
    g.sun(430, 330, 92, "#F7D68D", "#FFD98F", 0.5)
    for base, low, high, wide, top, bottom, fog in (
        (720, 80, 380, (30, 62), "#C9C7B4", "#F0DDB6", 0.45),
        (790, 80, 360, (40, 84), "#9FAAA0", "#E6D3AA", 0.5),
        (880, 80, 360, (56, 104), "#62817A", "#C9BE98", 0.45),
        (1010, 120, 330, (84, 150), "#2F5B55", "#3F655B", 0.0),
    ):
        s = g.stencil()
        boxes = g.skyline(s, base, low, high, wide)
        g.layer(s, top, bottom, (base - high, base), 0.2)
        if base < 900:
            g.mist(base, 60, "#F6E6C2", fog)
        else:
            g.windows(boxes, "#F5CF86", 0.22, (12, 15), (28, 36), 0.4)
    s = g.stencil()
    for x in range(-20, 1640, 92):
        g.tree(s, x + g.random.uniform(-30, 30), 1020, g.random.uniform(70, 130))
    g.layer(s, "#1F4640", "#14322E", (830, 1000), 0.35)
    g.birds(980, 240, 28, "#4F6B66", [(0, 0, 1), (66, -34, 0.8), (130, 6, 0.6), (40, 50, 0.5)])


def kiosk(g: Scene) -> None:
    g.sky("#F8EBD2", "#F4D3A6", "#EBB27C", bottom=640)
    g.sun(1260, 330, 80, "#FFF0C4", "#FFC878", 0.55)
    s = g.stencil()
    g.skyline(s, 700, 80, 300, (60, 120))
    g.layer(s, "#DDA777", "#F0CE9E", (400, 700), 0.12)
    s = g.stencil()
    g.skyline(s, 720, 50, 210, (80, 160))
    g.layer(s, "#C17F5C", "#E2B080", (500, 720), 0.15)
    g.layer(g.stencil().rect(0, 716, 1600, 1000), "#EBC492", "#B56B48", (716, 1000), 0.15)
    g.layer(g.stencil().rect(0, 860, 1600, 1000), "#A65A42", "#71302A", (860, 1000), 0.3)
    g.shade(g.stencil().rect(0, 860, 1600, 868), "#F6D9A6", 0.7)
    back, front = g.stencil(), g.stencil()
    trunks = g.stencil()
    g.tree(back, 300, 800, 520, trunks)
    g.tree(back, 1330, 800, 430, trunks)
    g.layer(trunks, "#5A2A20", "#43201A", (500, 800), 0.3, (-8, 2, 10))
    g.layer(back, "#3F7A68", "#24564B", (280, 640), 0.4, (-10, 6, 20))
    for x, y, r in ((270, 390, 90), (1310, 470, 70)):
        g.shade(g.stencil().disc(x + 60, y - 30, r), "#A9B877", 0.35, 30)
    g.shade(g.stencil().poly([(560, 800), (1080, 800), (960, 850), (400, 850)]), "#5A2018", 0.5, 12)
    g.layer(g.stencil().rect(590, 470, 1050, 806, 4), "#FBEBCB", "#E9BE88", (470, 806), 0.4, (-10, 4, 20))
    g.layer(g.stencil().rect(640, 540, 900, 700, 4), "#FFE3A1", "#F2A94F", (540, 700), 0)
    g.shade(g.stencil().rect(767, 540, 773, 700).rect(640, 612, 900, 616), "#9B4A2A", 0.8)
    g.layer(g.stencil().rect(620, 698, 920, 718, 4), "#9B1B1F", shadow=0.4, lift=(0, 8, 10))
    g.layer(g.stencil().rect(934, 560, 1020, 806, 4), "#8C1E20", "#64161A", (560, 806), 0.15)
    g.shade(g.stencil().rect(948, 578, 1006, 680, 3), "#F9CF84", 0.9)
    g.layer(g.stencil().poly([(530, 484), (1110, 484), (1010, 350), (630, 350)]), "#B7302B", "#861A1D", (350, 484), 0.5, (0, 12, 16))
    stripes = g.stencil()
    for i in range(1, 10):
        t = i / 10
        stripes.stroke([(630 + 380 * t, 350), (530 + 580 * t, 484)], 4, cap=False)
    g.shade(stripes, "#E38A62", 0.6)
    g.layer(g.stencil().rect(604, 338, 1036, 358, 8), "#CE5240", shadow=0.3)
    g.glow(770, 620, 330, "#FFC367", 0.6)
    g.glow(770, 830, 320, "#FFC367", 0.35, 0.3)
    bench = g.stencil().rect(1130, 744, 1420, 762, 6).rect(1130, 704, 1420, 718, 6).rect(1130, 724, 1420, 736, 5)
    bench.rect(1160, 700, 1174, 822).rect(1376, 700, 1390, 822)
    g.shade(g.stencil().disc(1270, 824, 160, 12), "#5A2018", 0.5, 8)
    g.layer(bench, "#8A3B2A", "#5A221C", (700, 820), 0.35, (-6, 6, 8))
    for x, k in ((90, 1), (1520, 1.2), (180, 0.8)):
        for i in range(9):
            a = 30 + i * 15
            front.poly(leaf((x, 1010), polar(x, 1010, 190 * k * g.random.uniform(0.7, 1), a), 20 * k))
    g.layer(front, "#2C6455", "#173F37", (820, 1000), 0.35)


def village(g: Scene) -> None:
    g.sky("#F6ECD6", "#F2D6A3", "#E9B271", bottom=560)
    g.sun(1150, 300, 86, "#FFF1C9", "#FFC870", 0.55)
    g.hills((400, 90, "#D9B98C", "#EFD3A2"), (470, 100, "#A9A578", "#DCC592"), (550, 70, "#6F8A68", "#C0B380"))
    g.mist(590, 60, "#F7E3B6", 0.5)
    for i in range(7):  # terraced fields
        y = 600 + i * i * 6.5 + i * 22
        s = g.stencil().poly(g.ridge(y, 14 + i * 5, 0.3, 0.7 + 0.1 * i))
        c = ("#E3B457", "#CF9A45", "#9FA257", "#DDAE55", "#B9883C", "#7E8F4E", "#C9963F")[i]
        g.layer(s, mix(c, "#FFF0C8", 0.22), mix(c, "#5A2A18", 0.25), (y - 30, y + 130), 0.3, (0, -4, 10))
    for cx, cy, k, n in ((430, 655, 0.62, 5), (1120, 690, 0.7, 6), (690, 800, 1.2, 5)):
        s = g.stencil()
        for i in range(n):
            g.tree(s, cx + (i - n / 2) * 92 * k + g.random.uniform(-20, 20), cy - 8, 130 * k * g.random.uniform(0.7, 1.2))
        g.layer(s, "#4F7A58", "#2E5A45", (cy - 150 * k, cy), 0.25)
        spots = sorted(((cx + (i - (n - 1) / 2) * 104 * k + g.random.uniform(-14, 14), cy + g.random.uniform(-14, 34) * k) for i in range(n)), key=lambda p: p[1])
        for x, y in spots:
            w, h = 96 * k * g.random.uniform(0.85, 1.1), 62 * k
            g.layer(g.stencil().rect(x - w / 2, y - h, x + w / 2, y), "#FDF3DC", "#E8C99A", (y - h, y), 0.35, (-5, 3, 8))
            g.shade(g.stencil().rect(x + w * 0.14, y - h, x + w / 2, y), "#C58F5E", 0.35)
            g.layer(
                g.stencil().poly([(x - w * 0.6, y - h + 3), (x - w * 0.44, y - h * 1.62), (x + w * 0.44, y - h * 1.62), (x + w * 0.6, y - h + 3)]),
                "#B23A2E",
                "#83201F",
                (y - h * 1.6, y - h),
                0.35,
                (0, 4, 6),
            )
            g.shade(g.stencil().rect(x - w * 0.08, y - h * 0.58, x + w * 0.1, y).rect(x - w * 0.36, y - h * 0.66, x - w * 0.2, y - h * 0.34), "#7A2A22", 0.85)


def window_desk(g: Scene) -> None:
    g.sky("#C98A55", "#B06F46", "#8C4A36")
    g.layer(g.stencil().rect(0, 0, 1600, 1000), "#E3B981", "#B87A50", (0, 800), 0)
    g.layer(g.stencil().rect(470, 70, 1390, 690, 8), "#7A3524", "#5A231C", (70, 690), 0.4, (0, 8, 26))
    view = g.stencil().rect(496, 96, 1364, 664)
    keep = g.image.copy()
    g.sky("#F8D79B", "#F6B56B", "#E0814C", bottom=664)
    g.sun(1010, 360, 86, "#FFF2C4", "#FFD07C", 0.7)
    g.hills((470, 60, "#D9825A", "#EBAF77"), (530, 50, "#B45844", "#D98A5E"))
    s = g.stencil()
    g.skyline(s, 670, 40, 150, (40, 80), 480, 1380)
    g.layer(s, "#8B3A34", "#B5614A", (520, 664), 0.2)
    s = g.stencil()
    for x in (530, 640, 1230, 1330):
        g.tree(s, x, 690, g.random.uniform(170, 230))
    g.layer(s, "#5A2C2A", "#43201F", (500, 664), 0.25)
    g.image = Image.composite(g.image, keep, g.small(view))
    g.layer(g.stencil().rect(920, 96, 940, 664).rect(496, 262, 1364, 276), "#6B2C20", "#8A4630", (96, 664), 0.3, (-4, 3, 6))
    beam = g.stencil().poly([(496, 276), (920, 276), (560, 1010), (-160, 1010)]).poly([(944, 276), (1364, 276), (1240, 1010), (640, 1010)])
    g.layer(g.stencil().rect(430, 676, 1430, 706, 6), "#8A4630", "#5E281D", (676, 706), 0.35, (0, 6, 12))
    g.layer(g.stencil().rect(0, 760, 1600, 1010), "#B9713F", "#6E3321", (760, 1000), 0.45, (0, -8, 26))
    g.shade(g.stencil().rect(0, 760, 1600, 768), "#F7CE8E", 0.8)
    grain = g.stencil()
    for i in range(10):
        y = 784 + i * i * 2.4 + i * 6
        grain.stroke(wave(-20, 1620, y, 3 + i * 0.4, 1.5 + (i % 3) * 0.4, i * 0.37), 1.6)
    g.shade(grain, "#5A2618", 0.4)
    g.shade(beam, "#FFD78C", 0.26, 14)
    g.shade(g.stencil().disc(830, 900, 360, 34), "#3A140E", 0.5, 16)
    for sign in (-1, 1):
        for k in range(3, -1, -1):
            page = bezier((830, 838 - k * 3), (830 + sign * 110, 786 - k * 4), (830 + sign * 240, 800 - k * 4), (830 + sign * (330 - k * 6), 836 - k * 3))
            page += [(830 + sign * (372 - k * 6), 912 - k * 3)] + bezier(
                (830 + sign * (372 - k * 6), 912 - k * 3), (830 + sign * 250, 872 - k * 4), (830 + sign * 120, 862 - k * 4), (830, 908 - k * 3)
            )
            g.layer(g.stencil().poly(page), mix("#FFF8E6", "#E3BE8B", 0.5 if k == 3 else 0.12), "#E6C08C" if sign < 0 else "#F6DFB4", (790, 915), 0.25, (0, 4, 6))
    rows = g.stencil()
    for sign in (-1, 1):
        for i in range(6):
            t = 0.14 + i * 0.13
            a = [(830 + sign * (36 + t * 26 + x * 2.6), 838 + t * 62 - 26 * math.sin(math.pi * (0.12 + x / 128)) + 4) for x in range(0, 100, 4)]
            rows.stroke(a, 2.6)
    g.shade(rows, "#9A6A48", 0.55)
    pot = g.stencil().poly([(300, 760), (470, 760), (448, 884), (322, 884)]).rect(288, 738, 482, 770, 6)
    g.shade(g.stencil().disc(370, 888, 130, 16), "#3A140E", 0.55, 10)
    plant = g.stencil()
    for i in range(11):
        a = 24 + i * 13.2
        plant.poly(leaf((385, 744), polar(385, 744, g.random.uniform(180, 290), a), 30))
    g.layer(plant, "#5E9277", "#27594C", (460, 760), 0.4, (-8, 6, 14))
    g.layer(pot, "#B23A2E", "#741B1D", (738, 884), 0.35, (-8, 4, 12))
    cup = g.stencil().rect(1300, 770, 1400, 890, 14)
    g.shade(g.stencil().disc(1340, 892, 90, 13), "#3A140E", 0.55, 9)
    pens = g.stencil().stroke([(1330, 790), (1306, 650)], 12).stroke([(1352, 790), (1356, 636)], 12).stroke([(1374, 790), (1402, 660)], 12)
    g.layer(pens, "#E8B45C", "#9B1B1F", (640, 790), 0.35, (-5, 4, 8))
    g.layer(cup, "#4B6E8F", "#2B4C7E", (770, 890), 0.35, (-8, 4, 10))
    g.glow(980, 420, 700, "#FFC36B", 0.3)


def school(g: Scene) -> None:
    g.sky("#F9E9CF", "#F6C99A", "#E99C73", bottom=600)
    g.sun(360, 400, 100, "#FFEDBE", "#FFB867", 0.6)
    g.hills((470, 80, "#DF9C7C", "#EFC09A"), (530, 70, "#C56C58", "#E2A07C"), (590, 40, "#8FA07A", "#C9B98A"))
    s = g.stencil()
    for x in range(-20, 1640, 84):
        g.tree(s, x, 650, g.random.uniform(90, 160))
    g.layer(s, "#5C8A6C", "#37684F", (500, 650), 0.25)
    g.layer(g.stencil().rect(0, 640, 1600, 1000), "#D98A5A", "#A8452F", (640, 1000), 0.2)
    lanes = g.stencil()
    g.layer(g.stencil().disc(500, 860, 900, 190), "#C2573A", "#8E2C26", (660, 1000), 0.25)
    for k in range(5):
        rx, ry = 900 - k * 74, 190 - k * 22
        pts = [(500 + rx * math.cos(math.tau * i / 200), 860 + ry * math.sin(math.tau * i / 200)) for i in range(201)]
        lanes.stroke(pts, 3.2)
    g.shade(lanes, "#FBE3BE", 0.8)
    g.layer(g.stencil().disc(500, 860, 600, 98), "#7BA06F", "#3F7657", (760, 960), 0.15)
    g.shade(g.stencil().disc(430, 850, 380, 52), "#B9C07F", 0.35, 26)
    x0, x1, top, base = 880, 1500, 300, 668
    g.shade(g.stencil().poly([(x0, base), (x1, base), (x1 + 120, base + 60), (x0 + 40, base + 60)]), "#5A1D18", 0.45, 14)
    g.layer(g.stencil().rect(x0, top, x1, base), "#FBEBCB", "#EBC393", (top, base), 0.4, (-8, 2, 20))
    g.layer(g.stencil().rect(x0 - 22, top - 22, x1 + 22, top + 8, 4), "#9B1B1F", "#7A1719", (top - 22, top + 8), 0.35, (0, 6, 10))
    g.layer(g.stencil().rect(1110, top - 90, 1270, base), "#B23A2E", "#8A2020", (top - 90, base), 0.35, (-6, 2, 14))
    g.layer(g.stencil().disc(1190, top - 30, 38), "#FFF3D6", "#F4D79C", (top - 70, top + 10), 0.2)
    g.layer(g.stencil().stroke([(1190, top - 30), (1190, top - 54)], 5).stroke([(1190, top - 30), (1208, top - 22)], 5), INK, shadow=0)
    lit = g.stencil()
    for row in range(3):
        y = top + 40 + row * 116
        for i in range(3):
            for bx in (x0 + 22 + i * 68, 1290 + i * 68):
                lit.rect(bx, y, bx + 52, y + 62, 3)
        lit.rect(1142, y, 1238, y + 62, 3)
        g.shade(g.stencil().rect(x0, y + 84, 1110, y + 90).rect(1270, y + 84, x1, y + 90), "#B5734A", 0.7)
    g.layer(lit, "#FFE7AE", "#F3A653", (top, base), 0.12)
    g.shade(lit, "#FFD07A", 0.3, 12)
    g.layer(g.stencil().rect(1150, 590, 1230, base, 3), "#5E1418", shadow=0)
    s, tr = g.stencil(), g.stencil()
    g.tree(s, 1530, 720, 330, tr)
    g.tree(s, 830, 700, 230, tr)
    g.layer(tr, "#5A2A20", "#43201A", (500, 720), 0.2)
    g.layer(s, "#4C8468", "#2A5E4C", (400, 640), 0.35)


def clinic(g: Scene) -> None:
    g.sky("#E9EFE4", "#F3E8C8", "#F2CE94", bottom=560)
    g.sun(520, 300, 78, "#FFF0C2", "#FFD58C", 0.5)
    g.hills((350, 130, "#B9C9BC", "#DDE0C4"), (430, 130, "#8BA99A", "#C6D0AE"), (520, 110, "#55857A", "#A4B893"), (610, 80, "#2F6B5E", "#7A9C78"))
    s = g.stencil()
    for _ in range(30):
        g.pine(s, g.random.uniform(-20, 1620), 690 + g.random.uniform(-16, 10), g.random.uniform(70, 150))
    g.layer(s, "#255A4E", "#3D7260", (560, 700), 0.2)
    g.layer(g.stencil().poly(g.ridge(700, 18, 0.4, 0.8)), "#A9B86C", "#4F7A4E", (680, 1000), 0.25)
    path_l = bezier((1000, 800), (820, 860), (980, 900), (560, 1010))
    path_r = bezier((930, 1010), (1160, 910), (960, 850), (1060, 800))
    g.layer(g.stencil().poly(path_l + path_r), "#F6E2B4", "#E0B77C", (790, 1000), 0.2)
    x0, x1, top, base = 820, 1300, 520, 806
    g.shade(g.stencil().poly([(x0, base - 6), (x1, base - 6), (x1 + 160, base + 44), (x0 + 60, base + 44)]), "#23422F", 0.5, 14)
    g.layer(g.stencil().rect(x0, top, x1, base), "#FFFAEC", "#EBDCB8", (top, base), 0.4, (-8, 2, 20))
    g.layer(g.stencil().rect(x0, base - 46, x1, base), "#4F8575", "#2F6B5E", (base - 46, base), 0)
    g.layer(g.stencil().poly([(x0 - 46, top + 8), (x0 + 60, top - 130), (x1 - 60, top - 130), (x1 + 46, top + 8)]), "#3E7A6C", "#245449", (top - 130, top), 0.45, (0, 10, 14))
    ridge = g.stencil()
    for i in range(1, 16):
        t = i / 16
        ridge.stroke([(x0 + 60 + (x1 - x0 - 120) * t, top - 130), (x0 - 46 + (x1 - x0 + 92) * t, top + 8)], 3, cap=False)
    g.shade(ridge, "#8DB3A0", 0.5)
    g.layer(g.stencil().rect(1000, 610, 1110, base, 4), "#9B1B1F", "#741518", (610, base), 0.2)
    lit = g.stencil().rect(862, 606, 964, 706, 4).rect(1150, 606, 1262, 706, 4).rect(1016, 628, 1094, 700, 3)
    g.layer(lit, "#FFE9B0", "#F5B257", (606, 706), 0.15)
    g.shade(g.stencil().rect(910, 606, 915, 706).rect(1203, 606, 1208, 706).rect(862, 652, 964, 656).rect(1150, 652, 1262, 656), "#FFFAEC", 1)
    g.glow(910, 660, 150, "#FFC868", 0.5)
    g.glow(1206, 660, 150, "#FFC868", 0.5)
    g.layer(g.stencil().disc(1056, 480, 46), "#FFFAEC", shadow=0.3, lift=(0, 5, 8))
    g.layer(g.stencil().poly(heart(1056, 481, 30)), RED, shadow=0)
    s, tr = g.stencil(), g.stencil()
    g.tree(s, 700, 830, 330, tr)
    g.tree(s, 1450, 850, 420, tr)
    g.layer(tr, "#5A3A26", "#43281C", (600, 850), 0.2)
    g.layer(s, "#6FA06E", "#2F6B4E", (430, 760), 0.35)
    s = g.stencil()
    for x in range(-20, 520, 26):
        for _ in range(5):
            s.poly(leaf((x, 1014), polar(x, 1014, g.random.uniform(60, 150), g.random.uniform(50, 130)), 9))
    g.layer(s, "#336A4C", "#1C4435", (860, 1000), 0.3)


def night_road(g: Scene) -> None:
    g.sky("#0E1B33", "#24416B", "#5F7E9C", bottom=620)
    g.stars(130, 460)
    g.glow(1180, 210, 280, "#E9DDB8", 0.5)
    g.layer(g.stencil().disc(1180, 210, 62), "#FFF6DC", "#F1DDA8", (150, 270), 0)
    g.hills((460, 120, "#3A5C80", "#6E8FA6"), (560, 130, "#274A6C", "#4F7590"), (680, 130, "#173555", "#33597A"), rough=0.55)
    g.mist(690, 70, "#9CB8C4", 0.3)
    g.hills((800, 90, "#102843", "#1F4466"), (930, 60, "#0A1B31", "#122E4C"))
    road = bezier((1630, 940), (1000, 1000), (860, 860), (560, 850), (200, 836), (240, 740), (560, 716), (900, 690), (760, 640), (640, 612), n=120)
    s = g.stencil()
    for i in range(len(road) - 1):
        s.stroke([road[i], road[i + 1]], 40 * (1 - i / 122) + 5)
    g.layer(s, "#6E8396", "#40566E", (600, 980), 0.35, (0, 4, 10))
    for i in range(12, 118, 9):
        k = 1 - i / 140
        x, y = road[i]
        g.layer(g.stencil().disc(x, y - 10 * k, 7 * k + 1.5), "#FFF1C6", shadow=0)
        g.glow(x, y - 10 * k, 90 * k + 14, "#FFBF5C", 0.8)
    s = g.stencil()
    for _ in range(46):
        x = g.random.uniform(-20, 1620)
        g.pine(s, x, 1020 + g.random.uniform(-10, 20), g.random.uniform(90, 210))
    g.layer(s, "#081628", "#060F1D", (820, 1000), 0.35)
    hx, hy = 610, 590
    g.layer(g.stencil().rect(hx - 34, hy - 26, hx + 34, hy + 16).poly([(hx - 44, hy - 24), (hx, hy - 58), (hx + 44, hy - 24)]), "#0E2440", shadow=0.2)
    g.shade(g.stencil().rect(hx - 20, hy - 16, hx - 4, hy + 2).rect(hx + 6, hy - 16, hx + 22, hy + 2), "#FFD27A", 1)
    g.glow(hx, hy - 8, 90, "#FFC15C", 0.7)


def terraces(g: Scene) -> None:
    g.sky("#FBEBC6", "#F6C983", "#E89B54", bottom=420)
    g.sun(1140, 260, 92, "#FFF5D2", "#FFC76C", 0.6)
    g.hills((330, 80, "#D79A68", "#EDBE86"), (390, 70, "#B8744E", "#DDA16C"))
    colours = ("#E9C069", "#C98F3E", "#8E9A52", "#E0B257", "#B9792F", "#6E8A50", "#D39B3D", "#9A6A2A", "#557A4A")
    for i in range(13):
        y = 420 + i * 30 + i * i * 1.7
        pts, a, b = [], g.random.random(), g.random.random()
        for x in range(-10, 1620, 8):
            v = math.sin(math.tau * (x / 1600 * 0.8 + 0.06 * i)) * 46 + math.sin(math.tau * (x / 1600 * 1.9 + a)) * 13 + math.sin(math.tau * (x / 1600 * 3.1 + b)) * 5
            pts.append((x, y + v * (0.7 + i * 0.07)))
        c = colours[i % 9]
        s = g.stencil().poly([*pts, (1620, 1010), (-10, 1010)])
        g.layer(s, mix(c, "#FFF2C8", 0.35), mix(c, "#4A2412", 0.2), (y - 60, y + 90), 0.38, (0, -5, 10))
        g.shade(g.stencil().stroke(pts, 3 + i * 0.3), "#FFF3CF", 0.75)
        if i > 3:
            rows = g.stencil()
            for k in range(1, 4):
                rows.stroke([(x, yy + k * (6 + i * 1.1)) for x, yy in pts], 1.4)
            g.shade(rows, mix(c, "#3A2010", 0.5), 0.35)
    s, tr = g.stencil(), g.stencil()
    for x, y, k in ((330, 640, 120), (400, 652, 90), (1240, 720, 150), (1330, 742, 110)):
        g.tree(s, x, y, k, tr)
    g.layer(tr, "#4A2A1C", shadow=0.1)
    g.layer(s, "#55805A", "#2C5A45", (500, 740), 0.3)


def arch_bridge(g: Scene) -> None:
    g.sky("#F6EAD0", "#F3D3A0", "#E8AC74", bottom=560)
    g.sun(1250, 270, 74, "#FFF0C6", "#FFCA7B", 0.5)
    g.hills((420, 80, "#D9B08A", "#EDCDA0"), (490, 60, "#B98668", "#DDB084"))
    horizon = 610
    g.layer(g.stencil().rect(0, horizon, 1600, 1010), "#EBC596", "#4D6F78", (horizon, 1000), 0)
    before = g.image.copy()
    for side in (-1, 1):
        xs = (20, 130, 262) if side < 0 else (1330, 1460, 1580)
        for i, x in enumerate(xs):
            w, h = 150, (150, 196, 168)[i]
            g.layer(g.stencil().rect(x - w / 2, horizon - h, x + w / 2, horizon), "#FBEFD6", "#DDB88A", (horizon - h, horizon), 0.3, (-6, 2, 12))
            g.shade(g.stencil().rect(x + w * 0.16, horizon - h, x + w / 2, horizon), "#B57A52", 0.3)
            g.layer(
                g.stencil().poly(
                    [
                        (x - w * 0.62, horizon - h + 6),
                        *bezier((x - w * 0.62, horizon - h + 6), (x - w * 0.3, horizon - h - 10), (x, horizon - h - 84)),
                        *bezier((x, horizon - h - 84), (x + w * 0.3, horizon - h - 10), (x + w * 0.62, horizon - h + 6)),
                    ]
                ),
                "#6A5A58",
                "#3C3535",
                (horizon - h - 84, horizon - h),
                0.4,
                (0, 8, 10),
            )
            g.shade(g.stencil().rect(x - 44, horizon - 96, x - 14, horizon - 50, 2).rect(x + 16, horizon - 96, x + 44, horizon - 50, 2), "#8C2A22", 0.9)
    deck = bezier((250, 606), (470, 590), (560, 300), (800, 300), (1040, 300), (1130, 590), (1350, 606), n=140)
    body = g.stencil().poly([*deck, (1350, horizon), (250, horizon)]).disc(800, horizon, 196, ink=0)
    g.layer(body, "#C98A5E", "#7E3A2A", (300, horizon), 0.4, (-8, 4, 18))
    stones = g.stencil()
    for i in range(19):
        a = i * 10
        stones.stroke([polar(800, horizon, 198, a), polar(800, horizon, 236, a)], 3, cap=False)
    stones.stroke(sweep(800, horizon, 237, 0, 180), 3, cap=False)
    g.shade(stones, "#F3CD9A", 0.6)
    rail = [(x, y - 24) for x, y in deck if 330 < x < 1270]
    posts = g.stencil().stroke(rail, 9)
    for x, y in rail[::7]:
        posts.rect(x - 5, y - 14, x + 5, y + 26, 2)
    g.layer(posts, "#9B2A22", "#6E1A1B", (260, 600), 0.3, (-3, 4, 6))
    s, tr = g.stencil(), g.stencil()
    g.tree(s, 1400, 618, 330, tr)
    g.layer(tr, "#4A2A20", shadow=0.1)
    g.layer(s, "#5C8A70", "#2F6B5E", (330, 580), 0.3)
    upper = g.image.crop((0, horizon - 390, 1600, horizon)).transpose(Image.Transpose.FLIP_TOP_BOTTOM).filter(ImageFilter.GaussianBlur(2.4))
    mirror = before.copy()
    mirror.paste(upper, (0, horizon))
    water = Image.blend(before, mirror, 0.66)
    g.image.paste(water.crop((0, horizon, 1600, 1000)), (0, horizon))
    g.shade(g.stencil().rect(0, horizon - 2, 1600, horizon + 5), "#5A3226", 0.5, 3)
    g.shade(g.stencil().rect(0, 800, 1600, 1010), "#2B5660", 0.4, 70)
    ripples(g, 0, 1600, horizon + 20, 1000, "#FFF1D0", 130, 0.4, 150)
    ripples(g, 0, 1600, horizon + 60, 1000, "#35565C", 80, 0.28, 170)
    s = g.stencil()
    g.reeds(s, -20, 260, 1010, 210, 50)
    g.reeds(s, 1420, 1620, 1010, 180, 36, -0.2)
    g.layer(s, "#27534D", "#173A36", (800, 1000), 0.3)


def works(g: Scene) -> None:
    g.sky("#2E4468", "#A3705F", "#EE9C58", "#FBD793", bottom=640)
    g.sun(980, 560, 120, "#FFE9B0", "#FFA848", 0.7)
    g.hills((600, 50, "#D97F4E", "#F2B270"))
    s = g.stencil()
    g.skyline(s, 700, 30, 140, (50, 110))
    g.layer(s, "#A8553F", "#D9834F", (560, 700), 0.1)
    for base, k, c0, c1, off in ((780, 0.8, "#7A3436", "#B3553F", 120), (900, 1.25, "#47202F", "#7A3436", -80)):
        s = g.stencil()
        x = off - 200
        while x < 1700:
            n = g.random.choice((3, 4))
            w, h = 92 * k, 150 * k
            for i in range(n):
                a = x + i * w
                s.poly([(a, base + 10), (a, base - h), (a + 6, base - h - 70 * k), (a + w, base - h), (a + w, base + 10)])
            cx = x + n * w + 40 * k
            hh = (330 + g.random.uniform(-60, 60)) * k
            s.poly([(cx - 22 * k, base + 10), (cx - 13 * k, base - hh), (cx + 13 * k, base - hh), (cx + 22 * k, base + 10)])
            s.rect(cx - 18 * k, base - hh - 8, cx + 18 * k, base - hh + 8, 3)
            tx = cx + 100 * k
            s.disc(tx, base - 130 * k, 52 * k, 18 * k).rect(tx - 52 * k, base - 130 * k, tx + 52 * k, base + 10)
            x = tx + 90 * k
        g.layer(s, c0, c1, (base - 300 * k, base), 0.35)
        lit = g.stencil()
        for x in range(-40, 1640, round(46 * k)):
            if g.random.random() < 0.5:
                lit.rect(x, base - 74 * k, x + 22 * k, base - 44 * k, 2)
        g.shade(lit, "#FFC469", 0.4, 9)
        g.shade(lit, "#FFDB98", 0.9)
        g.mist(base + 6, 50, "#F0A763", 0.3)
    crane = g.stencil().rect(300, 250, 316, 800).rect(180, 262, 700, 274).poly([(308, 200), (316, 200), (690, 264), (184, 264)])
    crane.poly([(312, 214), (660, 262), (206, 262)], ink=0).rect(300, 200, 316, 800).rect(560, 270, 563, 430).rect(540, 428, 584, 452)
    g.layer(crane, "#54232C", "#6E2B30", (200, 800), 0.15)
    g.layer(g.stencil().rect(0, 890, 1600, 1010), "#3A1826", "#1F0E18", (890, 1000), 0.4)
    s = g.stencil()
    for x in range(-20, 1640, 58):
        g.tree(s, x, 1012, g.random.uniform(70, 130))
    g.layer(s, "#2A1420", "#190B14", (900, 1000), 0.3)


def night_class(g: Scene) -> None:
    g.sky("#101D37", "#2A3F68", "#7D6673", bottom=720)
    g.stars(110, 400)
    g.glow(300, 190, 240, "#EADDB5", 0.5)
    g.layer(g.stencil().disc(300, 190, 56).disc(326, 176, 50, ink=0), "#FFF3D0", "#F0DBA0", (130, 250), 0)
    s = g.stencil()
    g.skyline(s, 780, 60, 300, (70, 140))
    g.layer(s, "#2A3B60", "#4B4E70", (480, 780), 0.2)
    g.layer(g.stencil().rect(0, 780, 1600, 1010), "#5A4A5E", "#141C34", (780, 1000), 0.2)
    x0, x1, top, base = 420, 1420, 260, 812
    g.layer(g.stencil().rect(x0, top, x1, base), "#3A2A3C", "#57303A", (top, base), 0.5, (0, 0, 26))
    g.layer(g.stencil().rect(x0 - 16, top - 24, x1 + 16, top + 6, 4).rect(560, top - 70, 760, top - 10).rect(1240, top - 50, 1340, top - 10), "#251C30", shadow=0.3)
    cols, rows = 6, 3
    cw, rh = (x1 - x0 - 40) / cols, (base - top - 40) / rows
    for r in range(rows):
        for c in range(cols):
            a, b = x0 + 30 + c * cw, top + 32 + r * rh
            w, h = cw - 22, rh - 44
            if r == 2 and c in (2, 3):
                continue
            on = g.random.random() < 0.86
            pane = g.stencil().rect(a, b, a + w, b + h, 3)
            g.layer(pane, "#FFE6A6" if on else "#34405E", "#F09A3E" if on else "#26314E", (b, b + h), 0)
            if on:
                inner = g.stencil()
                kind = g.random.randrange(3)
                if kind == 0:
                    for i in range(3):
                        inner.rect(a + 14 + i * w * 0.31, b + h - 34, a + 14 + i * w * 0.31 + 34, b + h - 26).rect(a + 28 + i * w * 0.31, b + h - 28, a + 32 + i * w * 0.31, b + h)
                elif kind == 1:
                    inner.rect(a + w * 0.2, b + h - 62, a + w * 0.56, b + h, 4).rect(a + w * 0.56, b + h - 40, a + w * 0.82, b + h, 3).disc(a + w * 0.38, b + h - 62, 18)
                else:
                    inner.rect(a + w * 0.12, b + 20, a + w * 0.66, b + 62, 3).rect(a + w * 0.7, b + h - 46, a + w * 0.92, b + h, 3)
                for i in range(3):
                    lx = a + w * (0.22 + 0.28 * i)
                    inner.rect(lx - 1, b, lx + 1, b + 12).rect(lx - 12, b + 10, lx + 12, b + 15, 2)
                g.shade(inner, "#9B4A24", 0.7)
                g.glow(a + w / 2, b + h / 2, w * 0.85, "#FFAE4A", 0.30)
            g.shade(g.stencil().rect(a + w / 2 - 2, b, a + w / 2 + 2, b + h), "#4A2530", 0.9)
        y = top + 32 + (r + 1) * rh - 30
        if r < rows - 1:
            g.shade(g.stencil().rect(x0, y, x1, y + 9), "#241B2E", 0.8)
    ax = x0 + 30 + 2 * cw
    g.layer(g.stencil().rect(ax, 640, ax + 2 * cw - 22, base, 3), "#FFF0C2", "#F5A84A", (640, base), 0)
    g.shade(g.stencil().rect(ax + cw - 13, 640, ax + cw - 9, base).rect(ax, 640, ax + 2 * cw - 22, 648), "#6B3028", 0.9)
    g.layer(g.stencil().rect(ax - 40, 612, ax + 2 * cw + 18, 640, 4), "#9B1B1F", "#6F1518", (612, 640), 0.4, (0, 8, 12))
    g.shade(g.stencil().poly([(ax, base), (ax + 2 * cw - 22, base), (ax + 2 * cw + 240, 1010), (ax - 260, 1010)]), "#FFB957", 0.42, 26)
    s, tr = g.stencil(), g.stencil()
    for x, y, k in ((330, 850, 330), (1500, 850, 380), (120, 880, 260)):
        g.tree(s, x, y, k, tr)
    g.layer(tr, "#121A30", shadow=0.1)
    g.layer(s, "#1E3350", "#131F38", (500, 850), 0.35)


def lamp_cone(g: Scene, x: float, y: float, reach: float, colour: str = "#FFD58A") -> None:
    g.shade(g.stencil().poly([(x - 70, y), (x + 70, y), (x + reach * 0.75, y + reach), (x - reach * 0.75, y + reach)]), colour, 0.22, 34)
    g.glow(x, y + reach * 0.25, reach, colour, 0.42)


def workbench(g: Scene) -> None:
    g.sky("#5A2E2A", "#7A4032", "#4A221F")
    board = g.stencil()
    for i in range(8):
        board.rect(0, 40 + i * 88, 1600, 42 + i * 88)
    g.shade(board, "#3A1816", 0.5)
    lamp_cone(g, 760, 170, 640)
    g.layer(g.stencil().rect(752, -10, 768, 90).poly([(690, 180), (830, 180), (800, 88), (720, 88)]), "#9B1B1F", "#6B1417", (0, 180), 0.5, (0, 10, 18))
    g.layer(g.stencil().disc(760, 182, 46, 14), "#FFF4D0", shadow=0)
    tools = g.stencil()
    for x, long in ((300, 260), (400, 220), (490, 180)):  # spanners
        tools.rect(x - 11, 280, x + 11, 280 + long, 10).disc(x, 276, 34).disc(x, 280 + long, 28)
        tools.poly([(x - 14, 230), (x + 14, 230), (x + 14, 276), (x - 14, 276)], ink=0).disc(x, 280 + long, 13, ink=0)
    g.layer(tools, "#E9C58A", "#A9713F", (230, 560), 0.55, (10, 14, 14))
    ham = g.stencil().rect(1088, 300, 1112, 580, 10).rect(1040, 268, 1170, 322, 8)
    g.layer(ham, "#D9A564", "#8A4A2C", (260, 580), 0.55, (-10, 14, 14))
    saw = g.stencil().poly([(1260, 290), (1300, 290), (1370, 560), (1290, 560)])
    saw.rect(1238, 230, 1322, 306, 22).rect(1260, 248, 1300, 284, 14, ink=0)
    g.layer(saw, "#E9C58A", "#A9713F", (230, 560), 0.5, (-10, 14, 14))
    g.layer(g.stencil().rect(0, 700, 1600, 1010), "#C98A50", "#6E3521", (700, 1000), 0.5, (0, -8, 26))
    g.shade(g.stencil().rect(0, 700, 1600, 709), "#FFDDA0", 0.8)
    grain = g.stencil()
    for i in range(9):
        grain.stroke(wave(-20, 1620, 728 + i * i * 3 + i * 6, 4, 1.4 + (i % 3) * 0.3, i * 0.31), 2)
    g.shade(grain, "#5A2618", 0.4)
    g.glow(760, 800, 620, "#FFC973", 0.4, 0.35)

    def cog(cx: float, cy: float, r: float, n: int, c0: str, c1: str, squash: float = 1.0) -> None:
        s = g.stencil()
        pts = []
        for i in range(n):
            for da, rr in ((-0.30, 0.84), (-0.17, 1.0), (0.17, 1.0), (0.30, 0.84)):
                x, y = polar(0, 0, r * rr, (i + da) * 360 / n)
                pts.append((cx + x, cy + y * squash))
        s.poly(pts).disc(cx, cy, r * 0.3, r * 0.3 * squash, ink=0)
        g.layer(s, c0, c1, (cy - r, cy + r), 0.6, (6, 16, 16))
        g.shade(g.stencil().stroke([(cx + r * 0.66 * math.cos(math.tau * i / 80), cy + r * 0.66 * squash * math.sin(math.tau * i / 80)) for i in range(81)], 5), "#FFF0C8", 0.4)

    cog(640, 690, 150, 14, "#D9A54E", "#8A5A26")
    cog(838, 760, 92, 10, "#B23A2E", "#741B1D")
    cog(500, 846, 80, 10, "#7F95A8", "#3F5670")
    s = (
        g.stencil()
        .rect(980, 846, 1400, 872, 4)
        .poly([(980, 846), (1016, 846), (1016, 770), (996, 770)])
        .poly([(1100, 846), (1136, 846), (1120, 770), (1100, 770)])
        .rect(1086, 836, 1160, 884, 6)
    )
    for i in range(20):
        s.rect(1178 + i * 11, 872, 1180 + i * 11, 880 if i % 5 else 886)
    g.layer(s, "#EED6A8", "#B58A58", (770, 890), 0.5, (4, 12, 12))
    for x, y, r in ((250, 860, 26), (320, 900, 20), (1480, 900, 26)):
        hexa = g.stencil().poly([polar(x, y, r, 60 * i + 12) for i in range(6)]).disc(x, y, r * 0.45, ink=0)
        g.layer(hexa, "#E0B878", "#94643A", (y - r, y + r), 0.5, (3, 8, 8))


def market(g: Scene) -> None:
    g.sky("#F9EBD0", "#F5CF98", "#EBA868", bottom=520)
    g.sun(330, 230, 84, "#FFF2CA", "#FFC672", 0.6)
    s = g.stencil()
    g.skyline(s, 600, 60, 260, (60, 130))
    g.layer(s, "#D89C6C", "#F0CC9A", (340, 600), 0.12)
    g.layer(g.stencil().rect(0, 590, 1600, 1010), "#E9B97F", "#A85B3C", (590, 1000), 0.1)
    for base, k, xs in ((700, 0.62, (-20, 250, 520, 790, 1060, 1330, 1600)), (900, 1.1, (60, 540, 1020, 1500))):
        for n, x in enumerate(xs):
            w = 210 * k
            g.layer(
                g.stencil().rect(x - w * 0.96, base - 300 * k, x - w * 0.92, base).rect(x + w * 0.92, base - 300 * k, x + w * 0.96, base),
                "#7A3A28",
                "#542319",
                (base - 300 * k, base),
                0.2,
            )
            g.layer(g.stencil().rect(x - w * 0.9, base - 300 * k, x + w * 0.9, base - 60 * k), "#8A3B2A", "#5E221C", (base - 300 * k, base), 0.1, alpha=0.75)
            goods = g.random.sample(["#C8402E", "#E39A35", "#7E9A4A", "#D9752E", "#9B1B1F", "#B9B04A"], 4)
            for i in range(4):
                cx = x - w * 0.66 + i * w * 0.44
                for row, cnt in ((0, 4), (1, 3), (2, 2)):
                    heap = g.stencil()
                    for j in range(cnt):
                        heap.disc(cx + (j - (cnt - 1) / 2) * 21 * k, base - 104 * k - row * 16 * k, 12.5 * k)
                    g.layer(heap, mix(goods[i], "#FFE9B0", 0.35), mix(goods[i], "#4A1410", 0.2), (base - 150 * k, base - 88 * k), 0.3, (0, 3, 4))
            stand = g.stencil().rect(x - w * 0.94, base - 96 * k, x + w * 0.94, base)
            g.layer(stand, "#B5693F", "#74321F", (base - 96 * k, base), 0.4, (0, 8, 12))
            g.shade(g.stencil().rect(x - w * 0.94, base - 96 * k, x + w * 0.94, base - 88 * k), "#F6CE92", 0.8)
            planks = g.stencil()
            for i in range(1, 9):
                planks.rect(x - w * 0.94 + i * w * 0.209 - 1, base - 88 * k, x - w * 0.94 + i * w * 0.209 + 1, base)
            g.shade(planks, "#4E1F16", 0.5)
            stripe = ("#A8231F", "#FBEFD6") if (n + (k > 1)) % 2 == 0 else ("#B8893B", "#FBEFD6")
            for i in range(8):
                a0, a1 = x - w * 0.8 + i * w * 0.2, x - w * 0.8 + (i + 1) * w * 0.2
                b0, b1 = x - w * 1.06 + i * w * 0.265, x - w * 1.06 + (i + 1) * w * 0.265
                y0, y1 = base - 360 * k, base - 262 * k
                c = stripe[i % 2]
                s = g.stencil().poly([(a0, y0), (a1, y0), (b1, y1), (b0, y1)]).poly(sweep((b0 + b1) / 2, y1, (b1 - b0) / 2, 180, 360))
                g.layer(s, mix(c, "#FFFFFF", 0.1), mix(c, "#6A2A18", 0.28), (y0, y1 + 26 * k), 0.35, (0, 8 * k, 10 * k))
        if base == 700:
            g.mist(690, 50, "#F6D39C", 0.35)
            g.shade(g.stencil().poly([(-10, 700), (1610, 700), (1610, 720), (-10, 720)]), "#5A2018", 0.3, 8)
    g.shade(g.stencil().rect(0, 900, 1600, 925), "#4A170F", 0.5, 10)
    g.shade(g.stencil().poly([(-100, 0), (300, 0), (1300, 1010), (500, 1010)]), "#FFE2A4", 0.22, 60)


def steelyard(g: Scene) -> None:
    g.sky("#EBC894", "#DDA76C", "#B66F45")
    g.layer(g.stencil().rect(0, 0, 1600, 1010), "#E9C48E", "#C07C4E", (0, 900), 0)
    g.glow(420, 260, 900, "#FFE1A0", 0.45)
    panes = g.stencil()
    for i in range(3):
        for j in range(2):
            x, y = 120 + i * 210 + j * 66, 90 + j * 250
            panes.poly([(x, y), (x + 180, y), (x + 246, y + 222), (x + 66, y + 222)])
    g.shade(panes, "#FFF0C8", 0.5, 6)
    g.layer(g.stencil().rect(0, 800, 1600, 1010), "#A85F38", "#64301E", (800, 1000), 0.45, (0, -8, 26))
    g.shade(g.stencil().rect(0, 800, 1600, 808), "#F8D198", 0.8)
    drop = (26, 24, 20)
    g.layer(g.stencil().stroke([(640, -10), (640, 250)], 6), "#5A2318", shadow=0.35, lift=drop)
    a, b = (300, 352), (1370, 210)
    g.layer(g.stencil().poly([(a[0], a[1] - 16), (a[0], a[1] + 18), (b[0], b[1] + 6), (b[0], b[1] - 6)]), "#8A3B22", "#5A2016", (190, 370), 0.45, drop)
    marks = g.stencil()
    for i in range(26):
        t = 0.36 + i * 0.024
        x, y = a[0] + (b[0] - a[0]) * t, a[1] + 1 + (b[1] - a[1]) * t
        marks.disc(x, y, 4.2 if i % 5 == 0 else 2.2)
    g.shade(marks, "#F8D37E", 1)
    brass = g.stencil().rect(a[0] - 12, a[1] - 20, a[0] + 34, a[1] + 22, 6).rect(b[0] - 18, b[1] - 9, b[0] + 8, b[1] + 9, 4).ring(640, 266, 26, 15).disc(640, 306, 17)
    g.layer(brass, "#F0C468", "#A8742C", (190, 370), 0.4, drop)
    x, y = 1130, a[1] + (b[1] - a[1]) * (1130 - a[0]) / (b[0] - a[0])
    g.layer(g.stencil().stroke([(x, y), (x, y + 150)], 5), "#5A2318", shadow=0.35, lift=drop)
    w = (
        g.stencil()
        .ring(x, y + 160, 24, 13)
        .poly([(x - 40, y + 192), (x + 40, y + 192), (x + 82, y + 372), (x - 82, y + 372)])
        .rect(x - 92, y + 360, x + 92, y + 396, 12)
        .rect(x - 50, y + 180, x + 50, y + 204, 10)
    )
    g.layer(w, "#B23A2E", "#5E1216", (y + 160, y + 400), 0.5, drop)
    g.shade(g.stencil().poly([(x - 22, y + 210), (x - 6, y + 210), (x - 22, y + 350), (x - 50, y + 350)]), "#F2A07A", 0.4, 6)
    px, py = 330, 690
    g.layer(
        g.stencil().stroke([(316, 362), (px - 200, py)], 4).stroke([(316, 362), (px + 200, py)], 4).stroke([(316, 362), (px - 60, py)], 4).stroke([(316, 362), (px + 70, py)], 4),
        "#5A2318",
        shadow=0.3,
        lift=drop,
    )
    for cx, cy, r, c in ((px - 96, py - 44, 62, "#C8402E"), (px + 96, py - 40, 58, "#D9752E"), (px, py - 60, 70, "#E0A03A"), (px + 20, py - 6, 54, "#B22A26")):
        g.layer(g.stencil().disc(cx, cy, r, r * 0.94), mix(c, "#FFE2A0", 0.35), mix(c, "#5A1410", 0.3), (cy - r, cy + r), 0.4, (10, 10, 12))
        g.shade(g.stencil().disc(cx - r * 0.3, cy - r * 0.35, r * 0.26, r * 0.2), "#FFF4D4", 0.6, 8)
        g.layer(g.stencil().stroke(bezier((cx, cy - r * 0.9), (cx + 4, cy - r * 1.1), (cx + 12, cy - r * 1.25)), 6), "#5A3A1E", shadow=0)
        g.layer(g.stencil().poly(leaf((cx + 8, cy - r * 1.05), (cx + 54, cy - r * 1.3), 13)), "#5E8A5A", "#2F6B4E", (cy - r * 1.4, cy - r), 0.3, (6, 6, 6))
    pan = g.stencil().poly([(px - 236, py), (px + 236, py), *bezier((px + 236, py), (px + 170, py + 104), (px - 170, py + 104), (px - 236, py))])
    g.layer(pan, "#F2CC7A", "#9A6626", (py, py + 90), 0.5, drop)
    g.shade(g.stencil().rect(px - 236, py - 2, px + 236, py + 6, 3), "#FFF1C4", 0.8)


def ledger_desk(g: Scene) -> None:
    g.sky("#3A2320", "#5A342A", "#2C1816")
    shelf = g.stencil()
    for row in range(3):
        y = 60 + row * 200
        x = 20.0
        while x < 1600:
            w, h = g.random.uniform(28, 62), g.random.uniform(120, 164)
            shelf.rect(x, y + 170 - h, x + w - 5, y + 170, 3)
            x += w
    g.layer(shelf, "#6E4232", "#4A2A22", (0, 640), 0.4)
    g.layer(g.stencil().rect(0, 230, 1600, 246).rect(0, 430, 1600, 446).rect(0, 630, 1600, 646), "#2C1613", shadow=0.5, lift=(0, 8, 10))
    lamp_cone(g, 1090, 330, 620)
    g.layer(g.stencil().rect(0, 700, 1600, 1010), "#B8763F", "#5C2A1B", (700, 1000), 0.5, (0, -10, 30))
    g.shade(g.stencil().rect(0, 700, 1600, 709), "#F8CF8E", 0.8)
    g.glow(1010, 830, 640, "#FFC973", 0.5, 0.4)
    g.shade(g.stencil().disc(1120, 800, 170, 22), "#2A0E08", 0.5, 12)
    g.layer(
        g.stencil().stroke([(1120, 780), (1120, 560)], 16).stroke(bezier((1120, 560), (1120, 480), (1150, 400), (1090, 330)), 14).rect(1010, 774, 1230, 800, 12),
        "#D9A54E",
        "#7E5222",
        (330, 800),
        0.4,
        (-8, 6, 12),
    )
    g.layer(
        g.stencil().poly([(900, 372), *bezier((900, 372), (920, 250), (1060, 220), (1120, 220)), *bezier((1120, 220), (1220, 220), (1280, 290), (1290, 372))]),
        "#3F8270",
        "#1F5146",
        (220, 372),
        0.5,
        (0, 10, 16),
    )
    g.layer(g.stencil().rect(892, 366, 1298, 384, 8), "#E9C46C", shadow=0.3)
    g.shade(g.stencil().disc(1094, 388, 150, 14), "#FFF6D2", 0.95, 3)
    g.shade(g.stencil().disc(560, 950, 420, 30), "#2A0E08", 0.5, 14)
    for sign in (-1, 1):
        for k in range(4, -1, -1):
            page = bezier((620, 824 - k * 4), (620 + sign * 110, 764 - k * 5), (620 + sign * 250, 778 - k * 5), (620 + sign * (342 - k * 5), 812 - k * 3))
            page += [(620 + sign * (404 - k * 5), 928 - k * 3)] + bezier(
                (620 + sign * (404 - k * 5), 928 - k * 3), (620 + sign * 270, 882 - k * 5), (620 + sign * 130, 876 - k * 5), (620, 944 - k * 4)
            )
            g.layer(g.stencil().poly(page), "#FFF6DE" if k == 0 else "#E6C693", "#E3BD86" if sign < 0 else "#F8E2B4", (770, 944), 0.3, (0, 5, 6))
    for sign in (-1, 1):
        for i in range(6):
            t = i / 6
            line = [
                (620 + sign * (30 + t * 30 + f * (290 + t * 36)), 826 + t * 100 - 44 * math.sin(math.pi * min(1, 0.16 + f * 0.72)) + f * 8 - 6) for f in [j / 24 for j in range(25)]
            ]
            g.shade(g.stencil().stroke(line, 2.2), "#8A5A3A", 0.7)
        for f, c in ((0.24, "#9B1B1F"), (0.62, "#9B1B1F"), (0.8, "#2B4C7E")):
            col = [
                (620 + sign * (30 + t * 30 + f * (290 + t * 36)), 826 + t * 100 - 44 * math.sin(math.pi * min(1, 0.16 + f * 0.72)) + f * 8 - 6)
                for t in (0, 0.2, 0.4, 0.6, 0.8, 0.98)
            ]
            g.shade(g.stencil().stroke(col, 2.4), c, 0.7)
    ax, ay = 1180, 856
    frame = g.stencil().rect(ax, ay, ax + 360, ay + 128, 10).rect(ax + 14, ay + 14, ax + 346, ay + 114, 3, ink=0)
    g.shade(g.stencil().rect(ax + 6, ay + 20, ax + 374, ay + 146, 12), "#2A0E08", 0.6, 12)
    g.layer(g.stencil().rect(ax + 10, ay + 10, ax + 350, ay + 118), "#7E4526", "#5C2F1B", (ay, ay + 128), 0)
    rods, beads = g.stencil(), g.stencil()
    for i in range(9):
        x = ax + 36 + i * 36
        rods.rect(x - 1.5, ay + 10, x + 1.5, ay + 118)
        up = g.random.random() < 0.5
        beads.rect(x - 14, ay + (18 if up else 28), x + 14, ay + (29 if up else 39), 5)
        n = g.random.randrange(5)
        for j in range(4):
            yy = ay + 58 + j * 11.5 if j < n else ay + 112 - (4 - j) * 11.5
            beads.rect(x - 14, yy, x + 14, yy + 10.5, 5)
    g.layer(rods, "#E2B56C", shadow=0)
    g.layer(beads, "#B5342A", "#7E1A1C", (ay, ay + 128), 0.4, (2, 4, 4))
    g.layer(frame.rect(ax + 10, ay + 44, ax + 350, ay + 54), "#54291A", "#3A190F", (ay, ay + 128), 0.5, (2, 6, 6))
    s = g.stencil().rect(90, 742, 250, 900, 14)
    g.shade(g.stencil().disc(190, 902, 130, 16), "#2A0E08", 0.6, 10)
    pens = g.stencil().stroke([(140, 760), (104, 590)], 13).stroke([(176, 760), (180, 570)], 13).stroke([(206, 760), (246, 606)], 13)
    g.layer(pens, "#D9A54E", "#7E3A22", (570, 760), 0.4, (-6, 5, 8))
    g.layer(s, "#4F7FA5", "#23446B", (742, 900), 0.4, (-6, 5, 12))
    g.shade(g.stencil().rect(90, 800, 250, 806).rect(90, 846, 250, 850), "#D8E4EA", 0.6)


def offices(g: Scene) -> None:
    g.sky("#2B4C7E", "#8A7F92", "#EDB27A", "#F9DDA8", bottom=700)
    g.sun(260, 560, 92, "#FFEBB8", "#FFB45E", 0.6)
    s = g.stencil()
    g.skyline(s, 800, 100, 360, (60, 120))
    g.layer(s, "#B98672", "#EBBE8E", (440, 800), 0.1)
    s = g.stencil()
    g.skyline(s, 820, 60, 240, (80, 150))
    g.layer(s, "#7E5F6B", "#C4937A", (580, 820), 0.15)
    g.layer(g.stencil().rect(0, 810, 1600, 1010), "#A97862", "#33344E", (810, 1000), 0.15)
    x0, x1, top, base = 560, 1400, 190, 850
    g.shade(g.stencil().poly([(x0, base), (x1, base), (x1 + 200, 960), (x0 + 160, 960)]), "#1F1F38", 0.5, 20)
    g.layer(g.stencil().poly([(x1, top), (x1 + 120, top + 60), (x1 + 120, base - 10), (x1, base)]), "#3B3E5E", "#2C2F4C", (top, base), 0.3)
    g.layer(g.stencil().rect(x0, top, x1, base), "#F3D3A4", "#B9805E", (top, base), 0.45, (-8, 2, 24))
    g.layer(g.stencil().rect(x0 - 14, top - 26, x1 + 14, top + 10, 3), "#9B1B1F", "#7A1719", (top - 26, top + 10), 0.4, (0, 8, 12))
    rows, cols = 8, 11
    cw, rh = (x1 - x0 - 40) / cols, (base - top - 150) / rows
    for r in range(rows):
        day, lit = g.stencil(), g.stencil()
        for c in range(cols):
            x, y = x0 + 26 + c * cw, top + 34 + r * rh
            (lit if g.random.random() < 0.30 else day).rect(x, y, x + cw - 14, y + rh - 20, 2)
        y = top + 34 + r * rh
        g.layer(day, mix("#47618C", "#F1BE86", r / 12), mix("#6F7896", "#E8B080", r / 10), (y, y + rh), 0.2, (0, 3, 4))
        g.layer(lit, "#FFEFC0", "#F8BC63", (y, y + rh), 0)
        g.shade(lit, "#FFD27E", 0.3, 10)
    lines = g.stencil()
    for c in range(cols + 1):
        lines.rect(x0 + 17 + c * cw, top + 16, x0 + 21 + c * cw, base - 110)
    g.shade(lines, "#9A5A40", 0.45)
    g.layer(g.stencil().rect(x0, base - 108, x1, base), "#8A3B2E", "#5E201E", (base - 108, base), 0.25)
    ent = g.stencil().rect(880, base - 96, 1080, base)
    g.layer(ent, "#FFF0C6", "#F5B257", (base - 96, base), 0)
    g.shade(g.stencil().rect(944, base - 96, 950, base).rect(1010, base - 96, 1016, base), "#6B2A20", 0.9)
    g.glow(980, base - 40, 260, "#FFC264", 0.5)
    for i in range(4):
        g.layer(g.stencil().rect(820 - i * 26, base + i * 9, 1140 + i * 26, base + i * 9 + 11, 2), mix("#E9BE8C", "#6B4A4E", i / 5), shadow=0.3, lift=(0, 3, 4))
    g.shade(g.stencil().poly([(880, base + 36), (1080, base + 36), (1240, 1010), (720, 1010)]), "#FFC873", 0.3, 24)
    s, tr = g.stencil(), g.stencil()
    for x, y, k in ((470, 880, 240), (360, 900, 300), (1500, 890, 330), (90, 930, 340)):
        g.tree(s, x, y, k, tr)
    g.layer(tr, "#2C2430", shadow=0.1)
    g.layer(s, "#3E6B66", "#1F423F", (560, 860), 0.35)


def river_bend(g: Scene) -> None:
    g.sky("#F4F0DA", "#E9E7C2", "#F0D9A0", bottom=460)
    g.sun(1120, 200, 78, "#FFF3CB", "#FFDC92", 0.5)
    g.hills((280, 110, "#BFCFBE", "#DCE0C2"), (350, 120, "#8FB3A4", "#C3D2B0"), (430, 90, "#5F9483", "#A6C09C"))
    bank = g.stencil().rect(0, 440, 1600, 1010)
    g.layer(bank, "#7FA87C", "#3B7158", (440, 1000), 0.2)
    far = bezier((1010, 452), (700, 470), (560, 490), (640, 530), (760, 590), (1320, 600), (1180, 700), (1040, 800), (300, 800), (120, 1040), n=120)
    near = bezier((1050, 452), (840, 474), (740, 492), (840, 530), (1000, 586), (1700, 600), (1560, 740), (1400, 880), (1180, 860), (1020, 1040), n=120)
    water = g.stencil().poly([*far, *reversed(near)])
    g.layer(water, "#F6E7B8", "#3E8C94", (450, 860), 0.35, (0, 4, 12))
    keep = g.image.copy()
    ripples(g, 100, 1500, 470, 1000, "#FFF7DA", 150, 0.55, 130)
    ripples(g, 100, 1500, 560, 1000, "#256A72", 110, 0.32, 150)
    g.glow(980, 520, 300, "#FFE9A8", 0.5, 0.5)
    g.image = Image.composite(g.image, keep, g.small(water))
    for pts in (far, near):
        g.shade(g.stencil().stroke(pts[:-2], 4), "#F7F0CF", 0.7)
    s, tr = g.stencil(), g.stencil()
    for x, y, k in ((300, 520, 120), (390, 530, 90), (220, 540, 150), (470, 560, 110), (1320, 510, 110), (1410, 520, 150), (1510, 530, 120)):
        g.tree(s, x, y, k, tr)
    g.layer(tr, "#3E4A30", shadow=0.1)
    g.layer(s, "#5E9A74", "#2F6B55", (400, 540), 0.3)
    g.layer(
        g.stencil().poly([(-10, 640), *bezier((-10, 640), (260, 600), (420, 680), (380, 760)), *bezier((380, 760), (300, 840), (120, 880), (-10, 1010))]),
        "#5C9270",
        "#2A6150",
        (620, 960),
        0.35,
        (4, 4, 14),
    )
    s = g.stencil()
    for x, y, k in ((70, 720, 190), (190, 740, 150)):
        g.tree(s, x, y, k)
    g.layer(s, "#3C7D62", "#1F5546", (560, 740), 0.3)
    s = g.stencil()
    g.reeds(s, 1120, 1640, 1014, 300, 90, -0.22)
    g.layer(s, "#2C6455", "#153C34", (720, 1000), 0.35)
    s = g.stencil()
    g.reeds(s, -40, 120, 1014, 220, 30, 0.25)
    g.layer(s, "#235749", "#12352E", (800, 1000), 0.35)
    g.birds(560, 250, 26, "#3F6B62", [(0, 0, 1), (60, -26, 0.75), (118, 8, 0.6)])


def wetland(g: Scene) -> None:
    g.sky("#E6E9DF", "#F2E6C4", "#F3CD92", bottom=560)
    g.sun(760, 440, 96, "#FFF0C2", "#FFCB7A", 0.6)
    g.hills((500, 50, "#C3C9B4", "#E6DEB8"), (540, 34, "#96AFA0", "#D2D2AC"))
    s = g.stencil()
    for _ in range(40):
        g.tree(s, g.random.uniform(-20, 1620), 588, g.random.uniform(40, 90))
    g.layer(s, "#6F978A", "#A9BFA0", (520, 590), 0.12)
    g.layer(g.stencil().rect(0, 582, 1600, 1010), "#F5DBA6", "#4A8088", (582, 1000), 0)
    g.glow(760, 650, 420, "#FFE3A2", 0.6, 0.4)
    ripples(g, 560, 980, 596, 980, "#FFF8E0", 90, 0.6, 130)
    ripples(g, 0, 1600, 600, 1000, "#FFF3D2", 90, 0.3, 200)
    ripples(g, 0, 1600, 660, 1000, "#2C6269", 90, 0.24, 220)
    g.mist(590, 46, "#FBEFD0", 0.7)
    for y, x0, x1, c0, c1, h in ((690, 980, 1700, "#6E9A84", "#4A7F6E", 150), (760, -100, 520, "#4F8572", "#33695B", 210), (900, 1050, 1720, "#2F6B5E", "#1D4D44", 320)):
        s = g.stencil().disc((x0 + x1) / 2, y + 18, (x1 - x0) / 2, 26)
        g.reeds(s, x0 + 60, x1 - 60, y + 10, h, 80, 0.16)
        g.layer(s, c0, c1, (y - h, y), 0.25, (0, 4, 10))
    s = g.stencil()
    g.reeds(s, -40, 640, 1020, 330, 80, 0.22)
    g.layer(s, "#184A42", "#0E2F2B", (680, 1000), 0.35)
    g.birds(880, 300, 64, "#2F5F58", [(0, 0, 1), (150, -60, 0.72), (270, 20, 0.55)])


def courtyard(g: Scene, night: bool = False, blocks: bool = False) -> None:
    if night:
        g.sky("#1B2A4A", "#4E4F72", "#C9825E", bottom=600)
        wall, roof, ground, crown, wood = (("#6F6478", "#4A4560"), ("#2C3050", "#1C2140"), ("#7A6470", "#2A2C48"), ("#2F5660", "#1A343F"), ("#8A4A34", "#542A26"))
        g.stars(60, 260)
    else:
        g.sky("#FBEFD4", "#F6D5A0", "#EDB578", bottom=600)
        wall, roof, ground, crown, wood = (("#FBEBCB", "#E2B582"), ("#8E2A26", "#5E181B"), ("#EFCB94", "#B0693F"), ("#6FA07A", "#2F6B5E"), ("#A8482F", "#6E2420"))
        g.sun(330, 250, 80, "#FFF3CC", "#FFCB7A", 0.55)
    if blocks:
        for x0, x1, top in ((-20, 420, 180), (1180, 1620, 140)):
            g.layer(g.stencil().rect(x0, top, x1, 700), wall[0], wall[1], (top, 700), 0.3)
            g.layer(g.stencil().rect(x0 - 12, top - 18, x1 + 12, top + 6, 3), roof[0], shadow=0.3)
            for r in range(4):
                for c in range(3):
                    x, y = x0 + 46 + c * 136, top + 46 + r * 126
                    lit = g.random.random() < (0.75 if night else 0.2)
                    w = g.stencil().rect(x, y, x + 84, y + 66, 3)
                    g.layer(w, "#FFE0A0" if lit else mix(wall[1], "#47506E", 0.6), "#F2A64C" if lit else mix(wall[1], "#47506E", 0.4), (y, y + 66), 0.1)
                    if lit and night:
                        g.shade(w, "#FFC76E", 0.4, 14)
                    g.shade(g.stencil().rect(x + 40, y, x + 44, y + 66), wall[0], 1)
                    g.layer(g.stencil().rect(x - 10, y + 62, x + 94, y + 74, 2), roof[0], shadow=0.3, lift=(0, 6, 6))
                    if not night and g.random.random() < 0.5:
                        cloth = g.stencil()
                        for k in range(3):
                            cloth.rect(x + 2 + k * 30, y + 76, x + 24 + k * 30, y + 76 + g.random.uniform(20, 34), 2)
                        g.layer(cloth, g.random.choice(["#FFF6E2", "#C8402E", "#4F7FA5", "#E0A03A"]), shadow=0.2, lift=(2, 3, 3))
        g.layer(g.stencil().rect(420, 560, 1180, 700), mix(wall[0], roof[0], 0.15), wall[1], (560, 700), 0.2)
    else:
        g.hills((440, 70, mix(wall[1], crown[0], 0.3), mix(wall[1], "#FFE2B0", 0.4)))
        for x0, x1, top in ((-60, 480, 400), (1120, 1660, 400), (440, 1160, 440)):
            g.layer(g.stencil().rect(x0, top, x1, 700), wall[0], wall[1], (top, 700), 0.3)
            ov = 40
            g.layer(
                g.stencil().poly(
                    [
                        (x0 - ov, top + 14),
                        *bezier((x0 - ov, top + 14), (x0 + 40, top - 30), (x0 + 70, top - 110)),
                        (x1 - 70, top - 110),
                        *bezier((x1 - 70, top - 110), (x1 - 40, top - 30), (x1 + ov, top + 14)),
                    ]
                ),
                roof[0],
                roof[1],
                (top - 110, top + 14),
                0.45,
                (0, 10, 14),
            )
            t = g.stencil()
            for i in range(1, round((x1 - x0) / 22)):
                x = x0 + i * 22
                t.stroke([(x, top + 8), (x + (70 - 140 * (x - x0) / (x1 - x0)) * 0.6, top - 106)], 2, cap=False)
            g.shade(t, mix(roof[0], "#F2A878", 0.45), 0.5)
            w = g.stencil()
            for i in range(2):
                x = x0 + (x1 - x0) * (0.26 + 0.36 * i)
                w.rect(x, top + 70, x + 84, top + 170, 3)
            g.layer(w, "#FFD88C" if night else mix(roof[0], "#5A3A2A", 0.4), "#E79A45" if night else mix(roof[1], "#3A2018", 0.3), (top + 70, top + 170), 0)
            bars = g.stencil()
            for i in range(2):
                x = x0 + (x1 - x0) * (0.26 + 0.36 * i)
                for k in range(1, 4):
                    bars.rect(x + k * 21 - 1.5, top + 70, x + k * 21 + 1.5, top + 170)
                bars.rect(x, top + 118, x + 84, top + 121)
            g.shade(bars, wall[0], 0.8)
        g.layer(g.stencil().rect(760, 520, 850, 700, 3), roof[0], roof[1], (520, 700), 0.2)
    g.layer(g.stencil().rect(0, 690, 1600, 1010), ground[0], ground[1], (690, 1000), 0.25)
    tiles = g.stencil()
    for i in range(1, 12):
        y = 690 + 2.5 * i * i
        tiles.rect(0, y, 1600, y + 1 + i * 0.2)
    for i in range(-16, 17):
        tiles.stroke([(800 + i * 80, 690), (800 + i * 210, 1010)], 1.6, cap=False)
    g.shade(tiles, mix(ground[1], "#000000", 0.2), 0.3)
    shadow = g.stencil().disc(880, 850, 560, 90)
    g.shade(shadow, "#2A1A20" if night else "#6A2F1E", 0.45, 40)
    trunk = g.stencil().poly(
        [
            (770, 860),
            *bezier((770, 860), (800, 800), (770, 640), (740, 540)),
            (690, 430),
            (720, 420),
            (790, 520),
            (800, 400),
            (834, 400),
            (836, 520),
            (910, 420),
            (940, 436),
            *bezier((870, 560), (846, 660), (850, 800), (890, 860)),
        ]
    )
    g.layer(trunk, mix(wood[0], "#3A2A1E", 0.5), mix(wood[1], "#2A1A14", 0.5), (400, 860), 0.3, (-8, 2, 12))
    for shade_, dx, dy, k in ((0, 0, 0, 1.0), (0.25, -70, -30, 0.72), (0.5, -120, -70, 0.45)):
        s = g.stencil()
        for _ in range(20):
            a, d = g.random.uniform(0, 360), g.random.random() ** 0.5
            s.disc(815 + dx + 330 * k * d * math.cos(math.radians(a)), 330 + dy + 190 * k * d * math.sin(math.radians(a)), g.random.uniform(70, 120) * k + 14)
        g.layer(s, mix(crown[0], "#F3DE9A" if not night else "#5F8A88", shade_ * 0.6), mix(crown[1], crown[0], shade_), (120, 560), 0.38, (6, 10, 16))
    if not night:
        spots = g.stencil()
        for _ in range(60):
            spots.disc(880 + g.random.gauss(0, 220), 850 + g.random.gauss(0, 28), g.random.uniform(8, 22), g.random.uniform(3, 7))
        g.shade(spots, "#FFE6AE", 0.5, 4)
    else:
        g.layer(g.stencil().rect(998, 330, 1001, 470), "#1C1A2A", shadow=0)
        g.layer(g.stencil().disc(1000, 506, 34, 40), "#FFE2A0", "#E98A3A", (466, 546), 0.2)
        g.glow(1000, 506, 380, "#FFB654", 0.8)
        g.glow(900, 850, 480, "#FFAE52", 0.4, 0.35)
    tx, ty = 900, 800

    def bench(x: float, y: float, w: float, k: float) -> None:
        g.shade(g.stencil().disc(x, y + 66 * k, w * 0.62, 12 * k), "#2A120C", 0.5, 8)
        g.layer(
            g.stencil()
            .poly([(x - w * 0.42, y), (x - w * 0.34, y), (x - w * 0.40, y + 66 * k), (x - w * 0.48, y + 66 * k)])
            .poly([(x + w * 0.42, y), (x + w * 0.34, y), (x + w * 0.40, y + 66 * k), (x + w * 0.48, y + 66 * k)]),
            wood[1],
            shadow=0,
        )
        g.layer(g.stencil().rect(x - w / 2, y - 8 * k, x + w / 2, y + 12 * k, 4), wood[0], wood[1], (y - 8 * k, y + 30 * k), 0.35, (-4, 6, 6))

    bench(tx, ty - 66, 250, 0.8)
    bench(tx - 240, ty + 50, 180, 1.0)
    bench(tx + 240, ty + 50, 180, 1.0)
    g.shade(g.stencil().disc(tx, ty + 112, 150, 20), "#2A120C", 0.55, 10)
    g.layer(g.stencil().poly([(tx - 16, ty), (tx + 16, ty), (tx + 24, ty + 110), (tx - 24, ty + 110)]).disc(tx, ty + 110, 70, 12), wood[1], shadow=0.2)
    g.layer(g.stencil().disc(tx, ty + 8, 150, 36), mix(wood[1], "#000000", 0.2), shadow=0.3, lift=(0, 8, 10))
    g.layer(g.stencil().disc(tx, ty, 150, 34), mix(wood[0], "#FFDFA0", 0.35), wood[0], (ty - 34, ty + 34), 0)
    for dx in (-64, 0, 60):
        g.layer(g.stencil().rect(tx + dx - 13, ty - 26 - abs(dx) * 0.06, tx + dx + 13, ty - 2, 5), "#FFFAEC", "#D9C29A", (ty - 28, ty), 0.35, (-4, 3, 4))
    bench(tx, ty + 136, 230, 1.2)


def canteen(g: Scene) -> None:
    g.layer(g.stencil().rect(0, 0, 1600, 1010), "#E9C796", "#C98F60", (0, 700), 0)
    g.layer(g.stencil().rect(150, 110, 1450, 540, 8), "#7A2E22", "#5E211C", (110, 540), 0.35, (0, 8, 20))
    view = g.stencil()
    for i in range(4):
        view.rect(170 + i * 318, 130, 170 + i * 318 + 300, 520)
    keep = g.image.copy()
    g.sky("#4A5C88", "#B9778A", "#F2A469", "#FBD899", bottom=540)
    g.sun(1010, 440, 60, "#FFEDBE", "#FFB45E", 0.7)
    s = g.stencil()
    boxes = g.skyline(s, 530, 60, 240, (60, 120))
    g.layer(s, "#5A3F5C", "#A8646A", (300, 530), 0.15)
    g.windows(boxes, "#FFD98C", 0.3, (8, 10), (20, 25), 0.4)
    g.image = Image.composite(g.image, keep, g.small(view))
    g.shade(g.stencil().rect(150, 300, 1450, 306), "#5E211C", 0.9)
    g.layer(g.stencil().rect(0, 560, 1600, 1010), "#B5693F", "#6A2E20", (560, 1000), 0.3)
    floor = g.stencil()
    for i in range(1, 10):
        y = 560 + 4.6 * i * i
        floor.rect(0, y, 1600, y + 2)
    for i in range(-18, 19):
        floor.stroke([(800 + i * 90, 560), (800 + i * 220, 1010)], 2, cap=False)
    g.shade(floor, "#4E1F16", 0.35)
    for x in (330, 800, 1270):
        g.layer(g.stencil().rect(x - 2, -10, x + 2, 110), "#4A1F18", shadow=0)
        g.layer(g.stencil().poly([(x - 86, 168), *bezier((x - 86, 168), (x - 60, 100), (x + 60, 100), (x + 86, 168))]), "#A8231F", "#741619", (104, 168), 0.4, (0, 8, 12))
        g.layer(g.stencil().disc(x, 168, 72, 9), "#FFF4CE", shadow=0)
        g.glow(x, 190, 330, "#FFC566", 0.6)
    for tx, ty, k in ((420, 640, 0.62), (800, 630, 0.6), (1180, 640, 0.62), (250, 800, 1.05), (800, 820, 1.15), (1350, 800, 1.05)):
        for dx in (-1, 1):
            x = tx + dx * 176 * k
            g.shade(g.stencil().disc(x, ty + 92 * k, 52 * k, 9 * k), "#2A0E08", 0.45, 6)
            g.layer(g.stencil().rect(x - 34 * k, ty + 28 * k, x - 27 * k, ty + 92 * k).rect(x + 27 * k, ty + 28 * k, x + 34 * k, ty + 92 * k), "#4E1F16", shadow=0)
            g.layer(g.stencil().disc(x, ty + 28 * k, 46 * k, 12 * k), "#C9503A", "#8E2420", (ty + 14 * k, ty + 40 * k), 0.35, (0, 6, 6))
        g.shade(g.stencil().disc(tx, ty + 128 * k, 150 * k, 20 * k), "#2A0E08", 0.5, 10)
        g.layer(
            g.stencil().poly([(tx - 14 * k, ty), (tx + 14 * k, ty), (tx + 22 * k, ty + 124 * k), (tx - 22 * k, ty + 124 * k)]).disc(tx, ty + 124 * k, 66 * k, 11 * k),
            "#54231A",
            shadow=0.2,
        )
        g.layer(g.stencil().disc(tx, ty + 9 * k, 146 * k, 37 * k), "#74341F", shadow=0.35, lift=(0, 10, 12))
        g.layer(g.stencil().disc(tx, ty, 146 * k, 36 * k), "#F6CF92", "#D99A58", (ty - 36 * k, ty + 36 * k), 0)
        for dx, dy in ((-78, -4), (0, -14), (78, -4), (0, 14)):
            x, y = tx + dx * k, ty + dy * k
            b = g.stencil().poly(
                [
                    (x - 25 * k, y - 14 * k),
                    (x + 25 * k, y - 14 * k),
                    *bezier((x + 25 * k, y - 14 * k), (x + 18 * k, y + 12 * k), (x - 18 * k, y + 12 * k), (x - 25 * k, y - 14 * k)),
                ]
            )
            g.layer(b, "#FFFBF0", "#D8C2A0", (y - 14 * k, y + 8 * k), 0.4, (0, 4, 5))
            g.layer(g.stencil().disc(x, y - 14 * k, 25 * k, 7 * k), "#FFF3D2", "#E9B45C", (y - 21 * k, y - 7 * k), 0)
            if dy < 10:
                st = g.stencil()
                for off in (-8, 8):
                    st.stroke(bezier((x + off * k, y - 24 * k), (x + (off - 12) * k, y - 46 * k), (x + (off + 12) * k, y - 66 * k), (x + off * k, y - 92 * k)), 5 * k)
                g.shade(st, "#FFF7E4", 0.42, 3.5)


def roofs(g: Scene) -> None:
    g.sky("#FBE9C6", "#F7C58A", "#E9925E", bottom=460)
    g.sun(1180, 300, 100, "#FFF1C4", "#FFB65E", 0.65)
    g.hills((340, 60, "#E2A076", "#F1C394"), (390, 40, "#C9785A", "#E3A47A"))
    t = g.stencil().rect(320, 150, 392, 470).poly([(308, 156), (356, 76), (404, 156)]).rect(308, 236, 404, 248)
    g.layer(t, "#A8483A", "#C9785A", (80, 470), 0.2)
    g.layer(g.stencil().disc(356, 196, 25), "#FFF0CC", shadow=0.1)
    g.shade(g.stencil().stroke([(356, 196), (356, 180)], 3).stroke([(356, 196), (368, 200)], 3), "#5A1A18", 1)
    for row in range(7):
        k = 0.34 + row * 0.17
        base = 440 + row * row * 8.6 + row * 34
        x = -160 * g.random.random() - 40
        tone = row / 6
        while x < 1640:
            w = (190 + g.random.uniform(-30, 60)) * k
            h = 92 * k * g.random.uniform(0.9, 1.12)
            y = base + g.random.uniform(-16, 16) * k
            wall = mix("#F3CFA0", "#F8E6C6", tone)
            g.layer(g.stencil().rect(x + w * 0.08, y, x + w * 0.92, y + 200 * k), wall, mix(wall, "#A8603E", 0.5), (y, y + 130 * k), 0.2)
            win = g.stencil()
            for i in range(2):
                win.rect(x + w * (0.2 + 0.36 * i), y + 30 * k, x + w * (0.2 + 0.36 * i) + 30 * k, y + 66 * k, 2)
            g.shade(win, "#FFD684" if g.random.random() < 0.45 else "#7E3A2C", 0.95)
            red = g.random.choice(["#B8402F", "#A62C27", "#C2553A", "#8E2424", "#9B3A34"])
            top0, top1 = mix(red, "#F1B27E", 0.5 * (1 - tone)), mix(red, "#3E0E10", 0.30 * tone + 0.12)
            skew = g.random.uniform(-0.1, 0.1) * w
            roof = g.stencil().poly([(x, y + 8 * k), (x + w * 0.16 + skew, y - h), (x + w * 0.84 + skew, y - h), (x + w, y + 8 * k)])
            g.layer(roof, mix(top0, "#FFD9A0", 0.14), top1, (y - h, y + 8 * k), 0.42, (-4, 6 * k, 10 * k))
            tiles = g.stencil()
            for i in range(1, 13):
                f = i / 13
                tiles.stroke([(x + w * 0.16 + skew + w * 0.68 * f, y - h), (x + w * f, y + 8 * k)], 1 + 1.6 * k, cap=False)
            g.shade(tiles, mix(top1, "#2A0808", 0.4), 0.38)
            g.layer(g.stencil().rect(x + w * 0.13 + skew, y - h - 6 * k, x + w * 0.87 + skew, y - h + 5 * k, 3 * k), mix(red, "#FFE2B4", 0.35), shadow=0.2)
            if g.random.random() < 0.3:
                cx = x + w * g.random.uniform(0.3, 0.7)
                g.layer(g.stencil().rect(cx - 11 * k, y - h - 36 * k, cx + 11 * k, y - h * 0.55), mix(wall, "#B5603E", 0.3), top1, (y - h - 36 * k, y - h * 0.4), 0.35, (4, 3, 6))
            x += w * g.random.uniform(0.9, 1.02)
        if 1 < row < 6 and g.random.random() < 0.9:
            s = g.stencil()
            for _ in range(3):
                g.tree(s, g.random.uniform(0, 1600), base + 60 * k, 150 * k)
            g.layer(s, mix("#6F9A78", "#2F6B5E", tone), mix("#5A8A6C", "#1F4F45", tone), (base - 90 * k, base + 60 * k), 0.3)
        if row < 3:
            g.mist(base + 16, 34, "#FAD7A0", 0.35)


def shelves(g: Scene) -> None:
    g.layer(g.stencil().rect(0, 0, 1600, 1010), "#2A1D1C", "#3A2622", (0, 1000), 0)
    vx = 800
    g.layer(g.stencil().rect(640, 320, 960, 640), "#F8DFA4", "#C9854A", (320, 640), 0)
    g.layer(g.stencil().rect(740, 400, 860, 640, 3).poly(sweep(800, 402, 60, 0, 180)), "#FFF4D0", "#F7C575", (340, 640), 0.2)
    g.layer(g.stencil().poly([(640, 640), (960, 640), (1330, 1010), (270, 1010)]), "#E9B36A", "#4A2A20", (640, 960), 0)
    tiles = g.stencil()
    for i in range(1, 9):
        y = 640 + 5.4 * i * i
        tiles.rect(200, y, 1400, y + 1 + i * 0.3)
    g.shade(tiles, "#5A2E1E", 0.4)
    g.layer(g.stencil().poly([(640, 320), (960, 320), (1330, -10), (270, -10)]), "#8A5A3C", "#2C1B1A", (320, 0), 0)
    beams = g.stencil()
    for i in range(1, 8):
        y = 320 - 5.2 * i * i
        beams.rect(200, y - 4 - i, 1400, y)
    g.shade(beams, "#1E1212", 0.5)
    bays = [0.0, 0.17, 0.32, 0.455, 0.575, 0.68, 0.77, 0.85]
    palette = ["#9B1B1F", "#B8893B", "#2B4C7E", "#2F6B5E", "#7A3A2A", "#D9B47A", "#5A2A26", "#C9A06A"]
    for sign in (-1, 1):

        def pt(t: float, v: float, sign: int = sign) -> Point:
            """t: depth 0..1 along the wall, v: 0 top .. 1 bottom."""
            x = vx + sign * (800 * (1 - t) + 160 * t)
            return x, (-190 + 510 * t) + ((1160 - 520 * t) - (-190 + 510 * t)) * v

        wall = g.stencil().poly([pt(0, 0), pt(1, 0), pt(1, 1), pt(0, 1)])
        g.layer(wall, "#3E2620", "#2C1A18", (0, 1000), 0.3)
        for b0, b1 in pairwise([*bays, 0.925]):
            light = b1**1.5
            for row in range(6):
                v0, v1 = 0.07 + row * 0.147, 0.07 + row * 0.147 + 0.126
                hole = g.stencil().poly([pt(b0 + 0.008, v0), pt(b1 - 0.008, v0), pt(b1 - 0.008, v1), pt(b0 + 0.008, v1)])
                g.layer(hole, mix("#1B1110", "#8A5530", light * 0.55), shadow=0)
                n = 9
                t = b0 + 0.012
                step = (b1 - b0 - 0.024) / n
                run = g.random.choice(palette)
                for _ in range(n):
                    if g.random.random() < 0.35:
                        run = g.random.choice(palette)
                    if g.random.random() < 0.07:
                        t += step
                        continue
                    hgt = g.random.uniform(0.72, 0.95)
                    bk = g.stencil().poly([pt(t, v1 - (v1 - v0) * hgt), pt(t + step * 0.88, v1 - (v1 - v0) * hgt), pt(t + step * 0.88, v1), pt(t, v1)])
                    col = mix(mix(run, "#1C1110", 0.42 * (1 - light)), "#FFD890", 0.42 * light)
                    g.shade(bk, col, 1)
                    lab = g.stencil().poly(
                        [
                            pt(t + step * 0.18, v1 - (v1 - v0) * hgt * 0.72),
                            pt(t + step * 0.7, v1 - (v1 - v0) * hgt * 0.72),
                            pt(t + step * 0.7, v1 - (v1 - v0) * hgt * 0.5),
                            pt(t + step * 0.18, v1 - (v1 - v0) * hgt * 0.5),
                        ]
                    )
                    g.shade(lab, mix("#E9D3A6", "#4A3226", 0.35 * (1 - light)), 0.85)
                    t += step
                edge = g.stencil().poly([pt(b0, v1), pt(b1, v1), pt(b1, v1 + 0.018), pt(b0, v1 + 0.018)])
                g.shade(edge, mix("#6A3E28", "#FFCE82", light * 0.7), 1)
            up = g.stencil().poly([pt(b0 - 0.004, 0), pt(b0 + 0.010, 0), pt(b0 + 0.010, 1), pt(b0 - 0.004, 1)])
            g.shade(up, mix("#54301F", "#FFC878", light * 0.6), 1)
    g.layer(g.stencil().rect(798, 0, 802, 250).poly([(736, 306), (864, 306), (830, 246), (770, 246)]), "#9B1B1F", "#6B1417", (200, 306), 0.4)
    g.layer(g.stencil().disc(800, 307, 52, 9), "#FFF8DC", shadow=0)
    g.glow(800, 330, 420, "#FFCE7C", 0.7)
    g.glow(800, 700, 520, "#FFC46A", 0.35, 0.5)
    g.shade(g.stencil().poly([(740, 316), (860, 316), (1080, 860), (520, 860)]), "#FFE2A2", 0.16, 30)


def lamp_desk(g: Scene) -> None:
    g.layer(g.stencil().rect(0, 0, 1600, 1010), "#23352F", "#2E443A", (0, 800), 0)
    win = g.stencil().rect(980, 80, 1420, 560, 6)
    keep = g.image.copy()
    g.sky("#15233F", "#34507A", "#7E7F8A", bottom=560)
    g.stars(70, 420)
    g.glow(1300, 190, 150, "#E9DDB5", 0.5)
    g.layer(g.stencil().disc(1300, 190, 36), "#FFF3D0", shadow=0)
    s = g.stencil()
    boxes = g.skyline(s, 570, 50, 190, (46, 90), 960, 1440)
    g.layer(s, "#1C2C48", "#2E4260", (380, 560), 0.2)
    g.windows(boxes, "#F4C46C", 0.25, (7, 9), (18, 22), 0.4)
    g.image = Image.composite(g.image, keep, g.small(win))
    frame = g.stencil().rect(960, 60, 1440, 580, 8).rect(980, 80, 1420, 560, 4, ink=0).rect(1194, 70, 1206, 570).rect(970, 236, 1430, 246)
    g.layer(frame, "#5E3322", "#43221A", (60, 580), 0.4, (-6, 8, 14))
    lamp_cone(g, 520, 400, 560)
    g.layer(g.stencil().rect(0, 700, 1600, 1010), "#A8663A", "#4E2418", (700, 1000), 0.5, (0, -10, 30))
    g.shade(g.stencil().rect(0, 700, 1600, 708), "#F5CB8A", 0.8)
    g.glow(600, 820, 640, "#FFC973", 0.55, 0.4)
    g.shade(g.stencil().disc(470, 800, 170, 22), "#200B06", 0.55, 12)
    g.layer(g.stencil().rect(450, 470, 470, 780, 8).disc(460, 640, 24, 40).rect(360, 772, 560, 800, 14), "#E0B058", "#7E5222", (440, 800), 0.4, (-8, 6, 12))
    g.layer(
        g.stencil().poly([(250, 440), *bezier((250, 440), (270, 280), (420, 270), (480, 270)), *bezier((480, 270), (600, 270), (690, 290), (710, 440))]),
        "#5CA48A",
        "#1F6150",
        (270, 440),
        0.5,
        (0, 12, 18),
    )
    g.shade(g.stencil().poly(bezier((300, 420), (320, 330), (380, 300), (440, 292)) + bezier((440, 292), (400, 320), (350, 350), (330, 420))), "#CFE8D2", 0.4, 5)
    g.layer(g.stencil().rect(242, 434, 718, 450, 8), "#F1CF7C", shadow=0.3)
    g.shade(g.stencil().disc(480, 455, 190, 12), "#FFF8DA", 0.95, 3)
    g.shade(g.stencil().rect(560, 868, 1330, 930, 20), "#200B06", 0.55, 16)
    sheet = bezier((600, 790), (800, 764), (1000, 806), (1240, 778)) + bezier((1300, 900), (1040, 930), (820, 882), (580, 912))
    g.layer(g.stencil().poly(sheet), "#FFF3D2", "#E3BC80", (770, 920), 0.4, (-4, 8, 10))
    text = g.stencil()
    for i in range(14):
        x = 660 + i * 42
        y = 790 + 8 * math.sin(i * 0.5)
        text.poly([(x, y + 16), (x + 6, y + 16), (x + 4 + i * 0.8, y + 92 - (i % 4) * 12), (x - 3 + i * 0.8, y + 92 - (i % 4) * 12)])
    g.shade(text, "#8A5A3A", 0.6)
    g.layer(g.stencil().rect(1180, 858, 1216, 894, 3), RED, shadow=0.1)
    for x, y0, y1 in ((584, 772, 930), (1272, 760, 920)):
        g.layer(g.stencil().rect(x - 22, y0, x + 22, y1, 14).rect(x - 9, y0 - 22, x + 9, y1 + 22, 8), "#B23A2E", "#641518", (y0, y1), 0.5, (6, 8, 10))
    for i, (x, y, r) in enumerate(((120, 880, -6), (150, 850, 4), (130, 820, -3))):
        c = ("#9B2A26", "#2B4C7E", "#C9A062")[i]
        s = g.stencil().poly([(x - 90, y + r), (x + 170, y - r), (x + 176, y + 30 - r), (x - 86, y + 32 + r)])
        g.layer(s, mix(c, "#FFE2AE", 0.25), mix(c, "#1A0A08", 0.35), (y, y + 34), 0.5, (4, 8, 10))
    jar = g.stencil().rect(1390, 700, 1500, 870, 30).rect(1412, 670, 1478, 720, 10)
    g.shade(g.stencil().disc(1440, 872, 110, 15), "#200B06", 0.6, 10)
    br = g.stencil().stroke([(1440, 690), (1420, 520)], 9).stroke([(1450, 690), (1480, 500)], 9).poly(leaf((1418, 530), (1410, 450), 12)).poly(leaf((1480, 512), (1492, 430), 12))
    g.layer(br, "#6E3A24", "#8A4A2C", (430, 690), 0.3)
    g.layer(jar, "#F3EAD6", "#8FA7B5", (670, 870), 0.4, (-6, 6, 12))
    g.shade(g.stencil().rect(1390, 770, 1500, 778).rect(1390, 830, 1500, 834), "#2B4C7E", 0.7)


def sails(g: Scene) -> None:
    g.sky("#DCE7EA", "#F4EBCF", "#F6CE92", bottom=560)
    g.sun(470, 400, 104, "#FFF0C0", "#FFCB74", 0.6)
    g.hills((500, 60, "#A9BFCB", "#DCDCC8"), (535, 40, "#7FA0B5", "#C4CDC2"))
    g.layer(g.stencil().rect(0, 560, 1600, 1010), "#F3DCAA", "#2F6488", (560, 960), 0)
    g.glow(470, 620, 420, "#FFE2A0", 0.6, 0.4)
    ripples(g, 280, 680, 572, 980, "#FFF8E0", 110, 0.6, 130)
    ripples(g, 0, 1600, 590, 1000, "#FFF4D8", 120, 0.3, 190)
    ripples(g, 0, 1600, 640, 1000, "#1F4F76", 120, 0.3, 210)
    g.mist(560, 34, "#FBEFD2", 0.6)
    for x, y, k, c in ((300, 590, 0.3, "#9B1B1F"), (1350, 600, 0.36, "#B8893B"), (720, 620, 0.5, "#2B4C7E"), (1130, 790, 1.25, "#9B1B1F")):
        ref = g.stencil().poly([(x - 150 * k, y + 20 * k), (x + 170 * k, y + 20 * k), (x + 90 * k, y + 230 * k), (x - 60 * k, y + 230 * k)])
        g.shade(ref, "#FFF6DE", 0.25, 14 * k + 3)
        g.layer(g.stencil().rect(x - 4 * k, y - 440 * k, x + 4 * k, y), "#5A3320", shadow=0)
        main = g.stencil().poly(
            [
                (x + 14 * k, y - 430 * k),
                *bezier((x + 14 * k, y - 430 * k), (x + 150 * k, y - 300 * k), (x + 200 * k, y - 140 * k), (x + 190 * k, y - 40 * k)),
                (x + 14 * k, y - 34 * k),
            ]
        )
        g.layer(main, "#FFFDF4", "#E9D2A2", (y - 430 * k, y - 30 * k), 0.35, (-8 * k, 6 * k, 12 * k + 2))
        jib = g.stencil().poly(
            [
                (x - 14 * k, y - 380 * k),
                *bezier((x - 14 * k, y - 380 * k), (x - 100 * k, y - 230 * k), (x - 150 * k, y - 120 * k), (x - 176 * k, y - 44 * k)),
                (x - 14 * k, y - 34 * k),
            ]
        )
        g.layer(jib, mix(c, "#FFF0C8", 0.25), c, (y - 380 * k, y - 40 * k), 0.35, (-6 * k, 6 * k, 10 * k + 2))
        seams = g.stencil()
        for t in (0.3, 0.52, 0.74):
            seams.stroke([(x + 14 * k, y - (430 - 396 * t) * k), (x + (14 + 176 * math.sin(t * 1.75)) * k, y - (420 - 360 * t) * k)], 2.4 * k)
        g.shade(seams, "#C9A56C", 0.7)
        hull = g.stencil().poly(
            [
                (x - 200 * k, y - 24 * k),
                (x + 220 * k, y - 24 * k),
                *bezier((x + 220 * k, y - 24 * k), (x + 190 * k, y + 34 * k), (x + 120 * k, y + 40 * k), (x, y + 40 * k)),
                *bezier((x, y + 40 * k), (x - 110 * k, y + 40 * k), (x - 170 * k, y + 20 * k), (x - 200 * k, y - 24 * k)),
            ]
        )
        g.layer(hull, mix("#8A3B2A", "#FFDFA0", 0.15), "#4A1B18", (y - 24 * k, y + 40 * k), 0.35, (0, 8 * k, 8))
        g.shade(g.stencil().rect(x - 196 * k, y - 24 * k, x + 218 * k, y - 15 * k), "#F6D596", 0.8)
        g.shade(g.stencil().disc(x + 10 * k, y + 42 * k, 250 * k, 10 * k), "#FFF8E6", 0.5, 4)
    g.birds(900, 210, 34, "#46697E", [(0, 0, 1), (84, -34, 0.7), (-70, 44, 0.55), (160, 20, 0.5)])


def greenhouse(g: Scene) -> None:
    g.sky("#F6F0DA", "#F3E0AE", "#EFC585")
    g.sun(800, 330, 120, "#FFF6D4", "#FFDD92", 0.7)
    g.hills((440, 70, "#BFCBAE", "#E3DDB4"), (500, 50, "#8FB09A", "#CCD0A4"))
    g.layer(g.stencil().poly([(640, 560), (960, 560), (1700, 1010), (-100, 1010)]), "#C9A46A", "#7A4A2C", (560, 1000), 0)
    g.layer(g.stencil().rect(0, 540, 1600, 580), "#86A878", "#6F9868", (540, 580), 0.1)
    g.layer(g.stencil().poly([(0, 580), (640, 560), (-100, 1010)]).poly([(1600, 580), (960, 560), (1700, 1010)]), "#7FA46C", "#4A7A50", (560, 1000), 0)
    for n0, n1 in ((-0.94, -0.62), (-0.5, -0.22), (0.22, 0.5), (0.62, 0.94)):
        f0, f1, w0, w1 = 800 + n0 * 160, 800 + n1 * 160, 800 + n0 * 1000, 800 + n1 * 1000
        bed = g.stencil().poly([(f0, 566), (f1, 566), (w1, 1010), (w0, 1010)])
        g.layer(bed, "#8A5A36", "#54301F", (560, 1000), 0.3, (0, 4, 8))
        for i in range(17):
            t = (i / 16) ** 2
            y = 572 + 440 * t
            k = 0.08 + 0.92 * t
            s, hi = g.stencil(), g.stencil()
            a, b = f0 + (w0 - f0) * t, f1 + (w1 - f1) * t
            for j in range(4):
                x = a + (b - a) * (j + 0.5) / 4 + g.random.uniform(-3, 3) * k
                for m in range(7):
                    ang = 20 + m * 23.5 + g.random.uniform(-8, 8)
                    tip = polar(x, y, (46 + 16 * math.sin(m * 1.4)) * k + 3, ang)
                    (hi if m in (2, 4) else s).poly(leaf((x, y), tip, 9.5 * k + 1))
            tone = 1 - t
            g.layer(s, mix("#3E8A5A", "#D9D98A", tone * 0.55), mix("#235C44", "#8FAE6A", tone * 0.5), (y - 60 * k, y), 0.28, (0, 3, 4))
            g.layer(hi, mix("#86BC6A", "#F0E6A0", tone * 0.5), mix("#3E8A5A", "#B9C77A", tone * 0.5), (y - 60 * k, y), 0.1)
    ribs = g.stencil()
    for i in range(8):
        t = (i / 7) ** 1.7
        half, top, base = 200 + 760 * t, 330 - 380 * t, 566 + 470 * t
        pts = [(800 + half * math.cos(math.radians(a)), base - 90 * (1 + 2 * t) - (base - 90 * (1 + 2 * t) - top) * math.sin(math.radians(a))) for a in range(0, 181, 3)]
        ribs.stroke([(800 + half, base), *pts, (800 - half, base)], 3.5 + 9 * t, cap=False)
    for a in (0, 24, 48, 72, 90, 108, 132, 156, 180):
        line = []
        for i in range(21):
            t = (i / 20) ** 1.7
            half, top, base = 200 + 760 * t, 330 - 380 * t, 566 + 470 * t
            s0 = base - 90 * (1 + 2 * t)
            line.append((800 + half * math.cos(math.radians(a)), s0 - (s0 - top) * math.sin(math.radians(a))))
        ribs.stroke(line, 3, cap=False)
    g.layer(ribs, "#FFFDF2", "#C9D2B8", (0, 1000), 0.22, (0, 6, 8))
    end = g.stencil()
    for x in range(640, 961, 64):
        end.rect(x - 2, 350, x + 2, 566)
    end.rect(600, 470, 1000, 474)
    g.shade(end, "#FFFDF2", 0.8)
    g.layer(g.stencil().rect(768, 486, 832, 566, 3), "#9B1B1F", "#741518", (486, 566), 0.1)
    beams = g.stencil().poly([(380, -20), (560, -20), (420, 1010), (40, 1010)]).poly([(960, -20), (1080, -20), (1300, 1010), (1010, 1010)])
    g.shade(beams, "#FFF6D0", 0.24, 40)


def opening(g: Scene) -> None:
    """The home page: wide, quiet, and empty on the upper left, where the title stands."""
    g.sky("#F8F1E2", "#F7E8CB", "#F3D2A0", "#E9AF73", bottom=820)
    g.glow(1480, 560, 900, "#FFD48A", 0.5)
    g.layer(g.stencil().disc(1480, 520, 128), "#F2B64F", "#DE8A3A", (392, 648), 0)
    g.glow(1480, 520, 330, "#FFD88C", 0.4)
    g.hills((640, 54, "#EFCFA2", "#F4DCB4"), (690, 66, "#E3B283", "#EFCB9C"), (740, 64, "#CF8B62", "#E3B082"), shadow=0.12)
    s = g.stencil()
    g.skyline(s, 850, 40, 250, (26, 58), 620)
    g.layer(s, "#C57A57", "#E6B486", (640, 850), 0.14)
    g.mist(850, 40, "#F6D9A8", 0.5)
    g.hills((800, 40, "#B25643", "#D18C66"), shadow=0.2)
    s = g.stencil()
    g.skyline(s, 920, 40, 250, (36, 76), 380)
    s.poly([(1660, 930), (1676, 560), (1680, 470), (1684, 560), (1700, 930)]).disc(1680, 610, 30, 20).disc(1680, 680, 22, 12)
    g.layer(s, "#972E2B", "#BC5F47", (640, 920), 0.24)
    g.mist(915, 46, "#E9A877", 0.35)
    g.hills((880, 36, "#86201F", "#A2423A"), shadow=0.25)
    g.layer(g.stencil().poly([(0, 930), *bezier((0, 930), (500, 912), (900, 916), (2010, 908)), (2010, 1010), (0, 1010)]), "#EDB07A", "#A8453A", (908, 990), 0.15)
    ripples(g, 300, 1700, 918, 975, "#FBE3B4", 70, 0.55, 90)
    g.glow(1480, 935, 260, "#FFDFA0", 0.5, 0.25)
    deck = [(x, 908 - 34 * math.sin(math.pi * (x - 460) / 920)) for x in range(460, 1381, 8)]
    arch = [(x, 926 - 190 * math.sin(math.pi * (x - 640) / 560)) for x in range(640, 1201, 8)]
    bridge = g.stencil().poly([*deck, *[(x, y + 15) for x, y in reversed(deck)]]).stroke(arch, 11)
    for x in range(680, 1180, 28):
        ya = 926 - 190 * math.sin(math.pi * (x - 640) / 560)
        yd = 908 - 34 * math.sin(math.pi * (x - 460) / 920)
        if ya < yd:
            bridge.rect(x - 1.3, ya, x + 1.3, yd)
    g.layer(bridge, "#7C191B", "#8E2A27", (740, 920), 0.3)
    s = g.stencil()
    boxes = g.skyline(s, 1010, 50, 260, (50, 104), 1170)
    g.layer(s, "#6A1518", "#7A2020", (800, 1000), 0.3)
    g.windows(boxes, "#F0BE6A", 0.14, (9, 12), (24, 30), 0.35)
    s = g.stencil()
    boxes = g.skyline(s, 1010, 30, 130, (50, 100), -20, 560)
    g.layer(s, "#6A1518", "#7A2020", (880, 1000), 0.28)
    g.windows(boxes, "#F0BE6A", 0.12, (9, 12), (24, 30), 0.3)
    g.layer(g.stencil().poly(g.ridge(962, 12, 0.5, 1.2)), "#4E0F13", "#3A0A0E", (940, 1000), 0.35)
    s = g.stencil()
    for _ in range(34):
        g.tree(s, g.random.uniform(-20, 2020), 985 + g.random.uniform(-4, 20), g.random.uniform(34, 84))
    g.layer(s, "#430C10", "#330A0D", (900, 1000), 0.25)
    g.birds(1120, 330, 26, "#8E3A2E", [(0, 0, 1), (62, -28, 0.75), (116, 4, 0.6), (-50, 36, 0.5), (170, -20, 0.45)])


SCENES: dict[str, dict[str, Callable[[Scene], None]]] = {
    "yangguang-tianping": {"steps": hall_steps, "sunrise": sunrise},
    "aibo-yilu": {"dawn-road": dawn_road, "bridge": cable_bridge},
    "jingmin-ejia": {"night-homes": night_blocks, "lane": lane},
    "bandeng-tiaojie": {"courtyard": courtyard, "eaves": lambda g: lane(g, night=False)},
    "yichuang-tongxin": {"hall": service_hall, "morning-city": morning_city},
    "bangban-xiaozhan": {"kiosk": kiosk, "village": village},
    "yimi-shuzhuo": {"window-desk": window_desk, "school": school},
    "jiamenkou-tingzhenqi": {"clinic": clinic, "night-round": night_road, "herbs": terraces},
    "zhitong-wanjia": {"arch-bridge": arch_bridge, "works": works},
    "jiangxin-yexiao": {"night-class": night_class, "workbench": workbench},
    "fangxin-cheng": {"market": market, "steelyard": steelyard},
    "yiben-mingbaizhang": {"ledger": ledger_desk, "column": offices},
    "yinling-denghuo": {
        "lantern-night": lambda g: night_blocks(g, ("#27314F", "#5A5878", "#B98A86"), "#5D5C7C", "#434468", "#2C2E50", "#FFC267", snow=True, moon=(380, 190)),
        "canteen": canteen,
        "yard-night": lambda g: courtyard(g, night=True, blocks=True),
    },
    "yiye-zhiqing": {"river": river_bend, "wetland": wetland},
    "laojie-xinlin": {"roofs": roofs, "yard-tree": lambda g: courtyard(g, blocks=True)},
    "lantai-youguang": {"shelves": shelves, "lamp-desk": lamp_desk},
    "qingchun-hehuoren": {"sails": sails, "greenhouse": greenhouse},
}


def contact_sheet(paths: list[Path], columns: int, size: tuple[int, int], target: Path) -> None:
    rows = -(-len(paths) // columns)
    sheet = Image.new("RGB", (columns * (size[0] + 16), rows * (size[1] + 16)), PAPER)
    for i, path in enumerate(paths):
        with Image.open(path) as picture:
            small = picture.convert("RGBA").resize(size, Image.Resampling.LANCZOS)
        sheet.paste(small, ((i % columns) * (size[0] + 16) + 8, (i // columns) * (size[1] + 16) + 8), small)
    sheet.save(target)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="brand ids, brand/picture, or opening; all when none is given")
    parser.add_argument("--sheet", type=Path, help="also write contact sheets into this folder")
    args = parser.parse_args()
    wanted = set(args.names)
    known = {"opening", *LOGOS, *(f"{b}/{p}" for b, ps in SCENES.items() for p in ps)}
    if unknown := wanted - known:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    logos, pictures = [], []
    for brand, pattern in LOGOS.items():
        if not wanted or brand in wanted:
            logo = Logo()
            pattern(logo)
            logos.append(ROOT / "brands" / brand / "img" / "logo.png")
            logo.save(logos[-1])
        for name, paint in SCENES[brand].items():
            if not wanted or brand in wanted or f"{brand}/{name}" in wanted:
                scene = Scene(f"{brand}/{name}")
                paint(scene)
                pictures.append(ROOT / "brands" / brand / "img" / f"{name}.jpg")
                scene.finish(pictures[-1])
    if not wanted or "opening" in wanted:
        scene = Scene("opening", 2000, 1000)
        opening(scene)
        pictures.append(ROOT / "content" / "img" / "opening.jpg")
        scene.finish(pictures[-1], 175_000, 0.10)
    if args.sheet:
        args.sheet.mkdir(parents=True, exist_ok=True)
        if logos:
            contact_sheet(logos, 6, (300, 300), args.sheet / "logos.png")
        for n in range(0, len(pictures), 9):
            contact_sheet(pictures[n : n + 9], 3, (640, 400), args.sheet / f"pictures-{n // 9 + 1}.png")


if __name__ == "__main__":
    main()
