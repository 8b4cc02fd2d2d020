"""Large rooms: a service hall, a canteen, the shelves of an archive."""

from __future__ import annotations

import math
from itertools import pairwise

from PIL import Image, ImageChops

from .indoors import floor_lines
from .nature import sun
from .paint import Scene, mix
from .shapes import Point, bezier, sweep
from .town import skyline, town, windows

BAYS = (0.0, 0.17, 0.32, 0.455, 0.575, 0.68, 0.77, 0.85, 0.925)
BACKS = ("#9B1B1F", "#B8893B", "#2B4C7E", "#2F6B5E", "#7A3A2A", "#D9B47A", "#5A2A26", "#C9A06A")


def service_hall(g: Scene) -> None:
    """A sunlit hall with counters on both sides."""
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
    arched_windows(g)
    g.glow(800, 470, 640, "#FFD489", 0.45)
    for sign in (-1, 1):
        counter_wall(g, sign)
    floor = g.stencil().poly([(420, 640), (1180, 640), (1600, 1010), (0, 1010)])
    g.layer(floor, "#F3CF93", "#B5663F", (640, 1000), 0.1)
    lines = floor_lines(g, 640, (7, 6.2, 1, 0.3), (12, 63.3, 190, 2))
    g.shade(lines.within(floor), "#9A5234", 0.35)
    for i in range(4):
        x0, x1 = 470 + i * 170, 620 + i * 170
        f = g.stencil().poly(
            [(x0, 646), (x1, 646), (800 + (x1 - 800) * 2.1 - 140, 940), (800 + (x0 - 800) * 2.1 - 140, 940)]
        )
        g.shade(f, "#FFF0C9", 0.5, 12)
    for x, y, k in ((610, 800, 1.0), (990, 800, 1.0), (690, 712, 0.62), (910, 712, 0.62)):
        bench(g, x, y, k)
    for i in range(3):
        x, y, r = 800, 70 + i * 62, 150 - i * 40
        g.layer(g.stencil().disc(x, y, r, r * 0.16), "#FFF6DC", "#F6C877", (y - 20, y + 20), 0.3, (0, 6, 12))
        g.glow(x, y, r * 1.7, "#FFD98C", 0.35, 0.5)


def arched_windows(g: Scene) -> None:
    """The wall at the end of the hall: four arched windows with the town behind them."""
    g.box((420, 250, 1180, 640), "#F9EBC8", "#F3CC8A", 0.25)
    s = g.stencil()
    for i in range(4):
        x = 470 + i * 170
        s.rect(x, 350, x + 150, 640).poly(sweep(x + 75, 352, 75, 0, 180))
    g.layer(s, "#FFF7E0", "#F6B968", (270, 640), 0)
    city = g.stencil()
    skyline(g, city, 646, 40, 200, (26, 60), 400, 1200)
    mask = ImageChops.multiply(g.small(city), g.small(s)).point(lambda v: round(v * 0.55))
    g.image.paste(Image.new("RGB", g.image.size, "#D58650"), (0, 0), mask)
    bars = g.stencil()
    for i in range(4):
        x = 470 + i * 170
        bars.rect(x + 73, 270, x + 77, 640).rect(x, 420, x + 150, 424).rect(x, 530, x + 150, 534)
    g.shade(bars, "#8E4B2C", 0.8)


def counter_wall(g: Scene, sign: int) -> None:
    """A side wall with lit counters; `sign` is -1 for the left one and 1 for the right one."""
    outer = 800 + sign * 800
    wall = g.stencil().poly([(outer, 0), (800 + sign * 380, 250), (800 + sign * 380, 640), (outer, 1010)])
    g.layer(wall, "#B5533A", "#7A1D1E", (0, 1000), 0.3, (-sign * 10, 0, 22))

    def at(u: float, v: float) -> Point:
        """A point of the wall: u from the viewer inwards, v from the ceiling down."""
        return outer - sign * 420 * u, 250 * u + (1010 - 620 * u) * v

    for i in range(3):
        u0, u1 = 0.14 + i * 0.29, 0.14 + i * 0.29 + 0.21
        arch = [
            at(u0 + (u1 - u0) * (0.5 - 0.5 * math.cos(math.radians(k))), 0.36 - 0.13 * math.sin(math.radians(k)))
            for k in range(0, 181, 4)
        ]
        window = [*arch, at(u1, 0.66), at(u0, 0.66)]
        g.layer(g.stencil().poly(window), "#FDEAC0", "#F0A554", (190, 660), 0.3, (-sign * 4, 4, 10))
        g.shade(g.stencil().poly(window), "#FFD98E", 0.30, 26)
        bars = g.stencil().stroke([at((u0 + u1) / 2, 0.235), at((u0 + u1) / 2, 0.66)], 3, cap=False)
        g.shade(bars.stroke([at(u0, 0.40), at(u1, 0.40)], 3, cap=False), "#9B4A2A", 0.7)
    top = [at(0.06, 0.66), at(0.96, 0.66)]
    inner = [(top[1][0] - sign * 22, top[1][1] + 14), (top[0][0] - sign * 74, top[0][1] + 46)]
    front = [inner[1], inner[0], (inner[0][0], inner[0][1] + 84), (inner[1][0], inner[1][1] + 236)]
    g.layer(g.stencil().poly(front), "#8E2A22", "#5E1618", (520, 960), 0.3)
    g.layer(g.stencil().poly([*top, *inner]), "#F3C88A", "#D08A48", (480, 760), 0.45, (0, 10, 12))


def bench(g: Scene, x: float, y: float, k: float) -> None:
    """A red bench of the size `k` standing at (x, y)."""
    seat = (
        g.stencil()
        .rect(x - 110 * k, y, x + 110 * k, y + 26 * k, 8 * k)
        .rect(x - 96 * k, y + 20 * k, x - 84 * k, y + 74 * k)
        .rect(x + 84 * k, y + 20 * k, x + 96 * k, y + 74 * k)
    )
    g.layer(seat, "#9B1B1F", "#5E1216", (y, y + 80), 0.45, (-10, 14, 14))


def canteen(g: Scene) -> None:
    """A canteen in the evening, with steaming bowls."""
    g.layer(g.stencil().rect(0, 0, 1600, 1010), "#E9C796", "#C98F60", (0, 700), 0)
    g.box((150, 110, 1450, 540), "#7A2E22", "#5E211C", 0.35, (0, 8, 20), r=8)
    view = g.stencil()
    for i in range(4):
        view.rect(170 + i * 318, 130, 170 + i * 318 + 300, 520)
    with g.through(view):
        g.sky("#4A5C88", "#B9778A", "#F2A469", "#FBD899", bottom=540)
        sun(g, 1010, 440, 60, "#FFEDBE", "#FFB45E", 0.7)
        boxes = town(g, (530, 60, 240), "#5A3F5C", "#A8646A", (300, 530), 0.15, wide=(60, 120))
        windows(g, boxes, "#FFD98C", 0.3, (8, 10), (20, 25), 0.4)
    g.shade(g.stencil().rect(150, 300, 1450, 306), "#5E211C", 0.9)
    g.ground(560, "#B5693F", "#6A2E20", 0.3)
    g.shade(floor_lines(g, 560, (9, 4.6, 2, 0), (18, 90, 220, 2)), "#4E1F16", 0.35)
    for x in (330, 800, 1270):
        g.layer(g.stencil().rect(x - 2, -10, x + 2, 110), "#4A1F18", shadow=0)
        g.layer(
            g.stencil().poly([(x - 86, 168), *bezier((x - 86, 168), (x - 60, 100), (x + 60, 100), (x + 86, 168))]),
            "#A8231F",
            "#741619",
            (104, 168),
            0.4,
            (0, 8, 12),
        )
        g.layer(g.stencil().disc(x, 168, 72, 9), "#FFF4CE", shadow=0)
        g.glow(x, 190, 330, "#FFC566", 0.6)
    for tx, ty, k in (
        (420, 640, 0.62),
        (800, 630, 0.6),
        (1180, 640, 0.62),
        (250, 800, 1.05),
        (800, 820, 1.15),
        (1350, 800, 1.05),
    ):
        dining_table(g, tx, ty, k)
        for dx, dy in ((-78, -4), (0, -14), (78, -4), (0, 14)):
            bowl(g, tx + dx * k, ty + dy * k, k, dy < 10)


def dining_table(g: Scene, tx: float, ty: float, k: float) -> None:
    """A round table of the size `k` with a stool on either side."""
    for dx in (-1, 1):
        x = tx + dx * 176 * k
        g.shade(g.stencil().disc(x, ty + 92 * k, 52 * k, 9 * k), "#2A0E08", 0.45, 6)
        g.layer(
            g.stencil()
            .rect(x - 34 * k, ty + 28 * k, x - 27 * k, ty + 92 * k)
            .rect(x + 27 * k, ty + 28 * k, x + 34 * k, ty + 92 * k),
            "#4E1F16",
            shadow=0,
        )
        g.layer(
            g.stencil().disc(x, ty + 28 * k, 46 * k, 12 * k),
            "#C9503A",
            "#8E2420",
            (ty + 14 * k, ty + 40 * k),
            0.35,
            (0, 6, 6),
        )
    g.shade(g.stencil().disc(tx, ty + 128 * k, 150 * k, 20 * k), "#2A0E08", 0.5, 10)
    g.layer(
        g.stencil()
        .poly([(tx - 14 * k, ty), (tx + 14 * k, ty), (tx + 22 * k, ty + 124 * k), (tx - 22 * k, ty + 124 * k)])
        .disc(tx, ty + 124 * k, 66 * k, 11 * k),
        "#54231A",
        shadow=0.2,
    )
    g.layer(g.stencil().disc(tx, ty + 9 * k, 146 * k, 37 * k), "#74341F", shadow=0.35, lift=(0, 10, 12))
    g.layer(g.stencil().disc(tx, ty, 146 * k, 36 * k), "#F6CF92", "#D99A58", (ty - 36 * k, ty + 36 * k), 0)


def bowl(g: Scene, x: float, y: float, k: float, steams: bool) -> None:
    """A bowl of soup on a table."""
    left, right = (x - 25 * k, y - 14 * k), (x + 25 * k, y - 14 * k)
    cup = [left, right, *bezier(right, (x + 18 * k, y + 12 * k), (x - 18 * k, y + 12 * k), left)]
    g.layer(g.stencil().poly(cup), "#FFFBF0", "#D8C2A0", (y - 14 * k, y + 8 * k), 0.4, (0, 4, 5))
    g.layer(g.stencil().disc(x, y - 14 * k, 25 * k, 7 * k), "#FFF3D2", "#E9B45C", (y - 21 * k, y - 7 * k), 0)
    if steams:
        steam = g.stencil()
        for off in (-8, 8):
            bends = ((off, 24), (off - 12, 46), (off + 12, 66), (off, 92))
            steam.stroke(bezier(*[(x + dx * k, y - dy * k) for dx, dy in bends]), 5 * k)
        g.shade(steam, "#FFF7E4", 0.42, 3.5)


def shelves(g: Scene) -> None:
    """A corridor of shelves that leads to a bright door."""
    g.layer(g.stencil().rect(0, 0, 1600, 1010), "#2A1D1C", "#3A2622", (0, 1000), 0)
    g.box((640, 320, 960, 640), "#F8DFA4", "#C9854A", 0)
    g.layer(
        g.stencil().rect(740, 400, 860, 640, 3).poly(sweep(800, 402, 60, 0, 180)), "#FFF4D0", "#F7C575", (340, 640), 0.2
    )
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
    for sign in (-1, 1):
        g.layer(g.stencil().poly(panel(sign, 0, 0, 1, 1)), "#3E2620", "#2C1A18", (0, 1000), 0.3)
        for b0, b1 in pairwise(BAYS):
            bay(g, sign, b0, b1)
    g.layer(
        g.stencil().rect(798, 0, 802, 250).poly([(736, 306), (864, 306), (830, 246), (770, 246)]),
        "#9B1B1F",
        "#6B1417",
        (200, 306),
        0.4,
    )
    g.layer(g.stencil().disc(800, 307, 52, 9), "#FFF8DC", shadow=0)
    g.glow(800, 330, 420, "#FFCE7C", 0.7)
    g.glow(800, 700, 520, "#FFC46A", 0.35, 0.5)
    g.shade(g.stencil().poly([(740, 316), (860, 316), (1080, 860), (520, 860)]), "#FFE2A2", 0.16, 30)


def panel(sign: int, t0: float, v0: float, t1: float, v1: float) -> list[Point]:
    """A piece of a wall of shelves: t is the depth and v the height from the top, both from 0 to 1."""
    corners = []
    for t, v in ((t0, v0), (t1, v0), (t1, v1), (t0, v1)):
        top, bottom = -190 + 510 * t, 1160 - 520 * t
        corners.append((800 + sign * (800 * (1 - t) + 160 * t), top + (bottom - top) * v))
    return corners


def bay(g: Scene, sign: int, b0: float, b1: float) -> None:
    """The six boards between two uprights of a wall, lighter the farther back they are."""
    light = b1**1.5
    for row in range(6):
        v0, v1 = 0.07 + row * 0.147, 0.07 + row * 0.147 + 0.126
        hole = g.stencil().poly(panel(sign, b0 + 0.008, v0, b1 - 0.008, v1))
        g.layer(hole, mix("#1B1110", "#8A5530", light * 0.55), shadow=0)
        folders(g, sign, b0, b1, v0, v1)
        edge = g.stencil().poly(panel(sign, b0, v1, b1, v1 + 0.018))
        g.shade(edge, mix("#6A3E28", "#FFCE82", light * 0.7), 1)
    upright = g.stencil().poly(panel(sign, b0 - 0.004, 0, b0 + 0.010, 1))
    g.shade(upright, mix("#54301F", "#FFC878", light * 0.6), 1)


def folders(g: Scene, sign: int, b0: float, b1: float, v0: float, v1: float) -> None:
    """A board of labelled folders, a few of them missing."""
    light, high = b1**1.5, v1 - v0
    t, step = b0 + 0.012, (b1 - b0 - 0.024) / 9
    run = g.random.choice(BACKS)
    for _ in range(9):
        if g.random.random() < 0.35:
            run = g.random.choice(BACKS)
        if g.random.random() < 0.07:
            t += step
            continue
        tall = g.random.uniform(0.72, 0.95)
        back = g.stencil().poly(panel(sign, t, v1 - high * tall, t + step * 0.88, v1))
        g.shade(back, mix(mix(run, "#1C1110", 0.42 * (1 - light)), "#FFD890", 0.42 * light), 1)
        label = panel(sign, t + step * 0.18, v1 - high * tall * 0.72, t + step * 0.7, v1 - high * tall * 0.5)
        g.shade(g.stencil().poly(label), mix("#E9D3A6", "#4A3226", 0.35 * (1 - light)), 0.85)
        t += step
