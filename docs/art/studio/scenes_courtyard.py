"""A courtyard with a stone table under a tree, between old houses or blocks of flats, by day and by night."""

from __future__ import annotations

import math
from typing import NamedTuple

from .indoors import floor_lines
from .nature import hills, stars, sun
from .paint import Scene, mix
from .shapes import bezier

Pair = tuple[str, str]


class Palette(NamedTuple):
    """The colours of the courtyard, pairs from top to bottom."""

    wall: Pair
    roof: Pair
    ground: Pair
    crown: Pair
    wood: Pair


NIGHT = Palette(
    wall=("#6F6478", "#4A4560"),
    roof=("#2C3050", "#1C2140"),
    ground=("#7A6470", "#2A2C48"),
    crown=("#2F5660", "#1A343F"),
    wood=("#8A4A34", "#542A26"),
)
DAY = Palette(
    wall=("#FBEBCB", "#E2B582"),
    roof=("#8E2A26", "#5E181B"),
    ground=("#EFCB94", "#B0693F"),
    crown=("#6FA07A", "#2F6B5E"),
    wood=("#A8482F", "#6E2420"),
)


def courtyard(g: Scene, night: bool = False, blocks: bool = False) -> None:
    """The yard; `blocks` puts flats around it instead of old houses."""
    c = NIGHT if night else DAY
    if night:
        g.sky("#1B2A4A", "#4E4F72", "#C9825E", bottom=600)
        stars(g, 60, 260)
    else:
        g.sky("#FBEFD4", "#F6D5A0", "#EDB578", bottom=600)
        sun(g, 330, 250, 80, "#FFF3CC", "#FFCB7A", 0.55)
    if blocks:
        for x0, x1, top in ((-20, 420, 180), (1180, 1620, 140)):
            flats(g, c, x0, x1, top, night)
        g.box((420, 560, 1180, 700), mix(c.wall[0], c.roof[0], 0.15), c.wall[1], 0.2)
    else:
        hills(g, (440, 70, mix(c.wall[1], c.crown[0], 0.3), mix(c.wall[1], "#FFE2B0", 0.4)))
        for x0, x1, top in ((-60, 480, 400), (1120, 1660, 400), (440, 1160, 440)):
            old_house(g, c, x0, x1, top, night)
        g.box((760, 520, 850, 700), *c.roof, 0.2, r=3)
    g.ground(690, *c.ground, 0.25)
    joints = floor_lines(g, 690, (11, 2.5, 1, 0.2), (16, 80, 210, 1.6))
    g.shade(joints, mix(c.ground[1], "#000000", 0.2), 0.3)
    g.shade(g.stencil().disc(880, 850, 560, 90), "#2A1A20" if night else "#6A2F1E", 0.45, 40)
    old_tree(g, c, night)
    if night:
        g.layer(g.stencil().rect(998, 330, 1001, 470), "#1C1A2A", shadow=0)
        g.layer(g.stencil().disc(1000, 506, 34, 40), "#FFE2A0", "#E98A3A", (466, 546), 0.2)
        g.glow(1000, 506, 380, "#FFB654", 0.8)
        g.glow(900, 850, 480, "#FFAE52", 0.4, 0.35)
    else:
        spots = g.stencil()
        for _ in range(60):
            x, y = 880 + g.random.gauss(0, 220), 850 + g.random.gauss(0, 28)
            spots.disc(x, y, g.random.uniform(8, 22), g.random.uniform(3, 7))
        g.shade(spots, "#FFE6AE", 0.5, 4)
    stone_table(g, c, 900, 800)


def flats(g: Scene, c: Palette, x0: float, x1: float, top: float, night: bool) -> None:
    """A block with twelve windows."""
    g.box((x0, top, x1, 700), *c.wall, 0.3)
    g.layer(g.stencil().rect(x0 - 12, top - 18, x1 + 12, top + 6, 3), c.roof[0], shadow=0.3)
    for row in range(4):
        for column in range(3):
            balcony(g, c, x0 + 46 + column * 136, top + 46 + row * 126, night)


def balcony(g: Scene, c: Palette, x: float, y: float, night: bool) -> None:
    """A window with a ledge, by day perhaps with washing hung out."""
    lit = g.random.random() < (0.75 if night else 0.2)
    dark = (mix(c.wall[1], "#47506E", 0.6), mix(c.wall[1], "#47506E", 0.4))
    pane = g.stencil().rect(x, y, x + 84, y + 66, 3)
    g.layer(pane, *(("#FFE0A0", "#F2A64C") if lit else dark), (y, y + 66), 0.1)
    if lit and night:
        g.shade(pane, "#FFC76E", 0.4, 14)
    g.shade(g.stencil().rect(x + 40, y, x + 44, y + 66), c.wall[0], 1)
    g.layer(g.stencil().rect(x - 10, y + 62, x + 94, y + 74, 2), c.roof[0], shadow=0.3, lift=(0, 6, 6))
    if not night and g.random.random() < 0.5:
        washing = g.stencil()
        for i in range(3):
            washing.rect(x + 2 + i * 30, y + 76, x + 24 + i * 30, y + 76 + g.random.uniform(20, 34), 2)
        colour = g.random.choice(["#FFF6E2", "#C8402E", "#4F7FA5", "#E0A03A"])
        g.layer(washing, colour, shadow=0.2, lift=(2, 3, 3))


def old_house(g: Scene, c: Palette, x0: float, x1: float, top: float, night: bool) -> None:
    """A low house with a curved tiled roof and two barred windows."""
    g.box((x0, top, x1, 700), *c.wall, 0.3)
    left, right = (x0 - 40, top + 14), (x1 + 40, top + 14)
    slope_up = bezier(left, (x0 + 40, top - 30), (x0 + 70, top - 110))
    slope_down = bezier((x1 - 70, top - 110), (x1 - 40, top - 30), right)
    roof = g.stencil().poly([left, *slope_up, (x1 - 70, top - 110), *slope_down])
    g.layer(roof, *c.roof, (top - 110, top + 14), 0.45, (0, 10, 14))
    tiles = g.stencil()
    for i in range(1, round((x1 - x0) / 22)):
        x = x0 + i * 22
        lean = (70 - 140 * (x - x0) / (x1 - x0)) * 0.6
        tiles.stroke([(x, top + 8), (x + lean, top - 106)], 2, cap=False)
    g.shade(tiles, mix(c.roof[0], "#F2A878", 0.45), 0.5)
    panes, bars = g.stencil(), g.stencil()
    for i in range(2):
        x = x0 + (x1 - x0) * (0.26 + 0.36 * i)
        panes.rect(x, top + 70, x + 84, top + 170, 3)
        bars.rect(x, top + 118, x + 84, top + 121)
        for k in range(1, 4):
            bars.rect(x + k * 21 - 1.5, top + 70, x + k * 21 + 1.5, top + 170)
    dark = (mix(c.roof[0], "#5A3A2A", 0.4), mix(c.roof[1], "#3A2018", 0.3))
    g.layer(panes, *(("#FFD88C", "#E79A45") if night else dark), (top + 70, top + 170), 0)
    g.shade(bars, c.wall[0], 0.8)


def old_tree(g: Scene, c: Palette, night: bool) -> None:
    """The tree in the middle of the yard."""
    left = bezier((770, 860), (800, 800), (770, 640), (740, 540))
    right = bezier((870, 560), (846, 660), (850, 800), (890, 860))
    boughs = [(690, 430), (720, 420), (790, 520), (800, 400), (834, 400), (836, 520), (910, 420), (940, 436)]
    bark = (mix(c.wood[0], "#3A2A1E", 0.5), mix(c.wood[1], "#2A1A14", 0.5))
    g.layer(g.stencil().poly([(770, 860), *left, *boughs, *right]), *bark, (400, 860), 0.3, (-8, 2, 12))
    for light, dx, dy, k in ((0, 0, 0, 1.0), (0.25, -70, -30, 0.72), (0.5, -120, -70, 0.45)):
        crown = g.stencil()
        for _ in range(20):
            angle, d = math.radians(g.random.uniform(0, 360)), g.random.random() ** 0.5
            x, y = 815 + dx + 330 * k * d * math.cos(angle), 330 + dy + 190 * k * d * math.sin(angle)
            crown.disc(x, y, g.random.uniform(70, 120) * k + 14)
        top = mix(c.crown[0], "#5F8A88" if night else "#F3DE9A", light * 0.6)
        g.layer(crown, top, mix(c.crown[1], c.crown[0], light), (120, 560), 0.38, (6, 10, 16))


def stone_table(g: Scene, c: Palette, x: float, y: float) -> None:
    """A round table with three cups and four benches around it."""
    bench(g, c, x, y - 66, 250, 0.8)
    bench(g, c, x - 240, y + 50, 180, 1.0)
    bench(g, c, x + 240, y + 50, 180, 1.0)
    g.shade(g.stencil().disc(x, y + 112, 150, 20), "#2A120C", 0.55, 10)
    foot = g.stencil().poly([(x - 16, y), (x + 16, y), (x + 24, y + 110), (x - 24, y + 110)])
    g.layer(foot.disc(x, y + 110, 70, 12), c.wood[1], shadow=0.2)
    g.layer(g.stencil().disc(x, y + 8, 150, 36), mix(c.wood[1], "#000000", 0.2), shadow=0.3, lift=(0, 8, 10))
    g.layer(g.stencil().disc(x, y, 150, 34), mix(c.wood[0], "#FFDFA0", 0.35), c.wood[0], (y - 34, y + 34), 0)
    for dx in (-64, 0, 60):
        cup = g.stencil().rect(x + dx - 13, y - 26 - abs(dx) * 0.06, x + dx + 13, y - 2, 5)
        g.layer(cup, "#FFFAEC", "#D9C29A", (y - 28, y), 0.35, (-4, 3, 4))
    bench(g, c, x, y + 136, 230, 1.2)


def bench(g: Scene, c: Palette, x: float, y: float, w: float, k: float) -> None:
    """A wooden bench, `w` wide and of the height `k`."""
    foot = y + 66 * k
    g.shade(g.stencil().disc(x, foot, w * 0.62, 12 * k), "#2A120C", 0.5, 8)
    legs = g.stencil()
    for side in (-w, w):
        legs.poly([(x + side * 0.42, y), (x + side * 0.34, y), (x + side * 0.40, foot), (x + side * 0.48, foot)])
    g.layer(legs, c.wood[1], shadow=0)
    seat = g.stencil().rect(x - w / 2, y - 8 * k, x + w / 2, y + 12 * k, 4)
    g.layer(seat, *c.wood, (y - 8 * k, y + 30 * k), 0.35, (-4, 6, 6))
