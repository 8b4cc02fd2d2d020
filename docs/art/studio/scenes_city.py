"""Towns seen from outside: a hall, towers at dawn and at night, offices, a works."""

from __future__ import annotations

import math

from .nature import birds, grove, hills, moon, stars, sun
from .paint import Scene, mix
from .shapes import Box, Point, Span, sweep
from .town import town, windows


def hall_steps(g: Scene) -> None:
    """A pillared hall at the top of wide steps."""
    g.sky("#D9894F", "#F0C98C", "#F8E9CC")
    sun(g, 800, 380, 150, "#F6D9A0", "#FFC873", 0.7)
    hills(g, (560, 60, "#E4B27C", "#F0CFA0"), (620, 50, "#CC8C5C", "#E9BC88"))
    town(g, (700, 40, 150), "#B9623F", "#D89A6B", (520, 720), 0.15)
    dark, mid, lit = "#7C1A1C", "#A52A28", "#D9744A"
    g.layer(
        g.stencil().poly([(330, 330), (800, 190), (1270, 330)]).rect(310, 326, 1290, 352).rect(330, 348, 1270, 372),
        "#B23A2E",
        mid,
        (190, 372),
        0.4,
        (0, 8, 24),
    )
    g.layer(g.stencil().poly([(450, 318), (800, 214), (1150, 318)]), dark, "#94251F", (214, 318), 0)
    g.box((360, 372, 1240, 700), "#4A1013", "#7C2A1F", 0.2)
    g.layer(g.stencil().rect(716, 470, 884, 700).poly(sweep(800, 472, 84, 0, 180)), "#F8D893", "#EDA65B", (400, 700), 0)
    g.layer(g.stencil().rect(797, 390, 803, 700), "#8E3B22", shadow=0)
    g.glow(800, 590, 420, "#FFBE66", 0.55)
    for i in range(6):
        column(g, 394 + i * 162.4, mid, lit)
    for i in range(9):  # the steps widen towards the viewer
        y, spread = 700 + i * 4.2 * (1 + i * 0.86), 520 + i * 52 + i * i * 6
        top = mix("#E7A66F", "#6F1719", i / 9)
        g.layer(
            g.stencil().rect(800 - spread, y, 800 + spread, g.h + 10),
            mix(top, "#FFE9C4", 0.18),
            mix(top, "#5A1214", 0.35),
            (y, y + 60),
            0.35,
            (0, -3, 8),
        )
        g.shade(g.stencil().rect(800 - spread, y, 800 + spread, y + 3), "#FFE3B0", 0.5)
    g.shade(g.stencil().poly([(716, 704), (884, 704), (1180, 1010), (420, 1010)]), "#FFCF86", 0.32, 30)


def column(g: Scene, x: float, mid: str, lit: str) -> None:
    """A column of the portico, lit on the side of the door."""
    col = g.stencil().poly([(x - 30, 398), (x + 30, 398), (x + 34, 690), (x - 34, 690)])
    g.layer(col, "#C4523A", mid, (380, 700), 0.5, (8 if x < 800 else -8, 4, 14))
    side = (
        g.stencil().poly([(x - 30, 398), (x - 12, 398), (x - 14, 690), (x - 34, 690)])
        if x > 800
        else g.stencil().poly([(x + 12, 398), (x + 30, 398), (x + 34, 690), (x + 14, 690)])
    )
    g.shade(side, "#F2A765", 0.55, 3)
    g.layer(
        g.stencil().rect(x - 44, 372, x + 44, 400, 4).rect(x - 46, 684, x + 46, 704, 3),
        lit,
        mid,
        (372, 704),
        0.35,
        (0, 4, 8),
    )


def sunrise(g: Scene) -> None:
    """The sun over hills and the roofs of a town."""
    g.sky("#F8EFDD", "#F5DDB4", "#EBB67A", bottom=720)
    sun(g, 1080, 420, 128, "#E8A33F", "#FFC562", 0.55)
    hills(
        g,
        (520, 90, "#E6B483", "#F2D3A4"),
        (580, 100, "#D28B5E", "#E9BC8A"),
        (660, 90, "#B44F3B", "#DC9567"),
        (730, 80, "#8E2426", "#BD5B42"),
    )
    g.mist(800, 90, "#F6D9A8", 0.5)
    birds(g, 620, 250, 30, "#7C2A22", [(0, 0, 1), (70, -30, 0.7), (120, 18, 0.55), (-60, 40, 0.5)])
    town(g, (940, 60, 270), "#70171B", "#9F3A30", (700, 940), 0.3, wide=(36, 84), gap=0.05)
    boxes = town(g, (1010, 50, 220), "#3F0D12", "#571419", (840, 1000), 0.4, wide=(60, 120))
    windows(g, boxes, "#F1B65C", 0.16, glow=0.4)


def morning_city(g: Scene) -> None:
    """Towers in morning mist."""
    g.sky("#DDE3DF", "#F2E7CC", "#F4D19A", bottom=760)
    sun(g, 430, 330, 92, "#F7D68D", "#FFD98F", 0.5)
    for base, low, high, wide, top, bottom, fog in (
        (720, 80, 380, (30, 62), "#C9C7B4", "#F0DDB6", 0.45),
        (790, 80, 360, (40, 84), "#9FAAA0", "#E6D3AA", 0.5),
        (880, 80, 360, (56, 104), "#62817A", "#C9BE98", 0.45),
        (1010, 120, 330, (84, 150), "#2F5B55", "#3F655B", 0.0),
    ):
        boxes = town(g, (base, low, high), top, bottom, (base - high, base), 0.2, wide=wide)
        if base < 900:
            g.mist(base, 60, "#F6E6C2", fog)
        else:
            windows(g, boxes, "#F5CF86", 0.22, (12, 15), (28, 36), 0.4)
    grove(
        g,
        ((x + g.random.uniform(-30, 30), 1020, g.random.uniform(70, 130)) for x in range(-20, 1640, 92)),
        "#1F4640",
        "#14322E",
        (830, 1000),
        0.35,
    )
    birds(g, 980, 240, 28, "#4F6B66", [(0, 0, 1), (66, -34, 0.8), (130, 6, 0.6), (40, 50, 0.5)])


def night_blocks(
    g: Scene,
    sky: tuple[str, ...] = ("#0F1C33", "#1F3A63", "#58719A"),
    far: str = "#2B466F",
    mid: str = "#1D3357",
    near: str = "#122341",
    light: str = "#F4BF63",
    snow: bool = False,
    place: Point = (1270, 190),
) -> None:
    """Blocks of flats with lit windows under the moon; `place` is where the moon stands."""
    g.sky(*sky, bottom=800)
    stars(g, 90, 430)
    moon(g, *place, 58, (260, "#E9D9AE", 0.45), ("#FBEFCB", "#F0D795"), bite=52)
    hills(g, (560, 50, mix(far, sky[2], 0.55), mix(far, sky[2], 0.75)))
    g.glow(700, 800, 820, mix(light, "#7A4520", 0.55), 0.45, 0.4)
    r = g.random
    for base, low, high, wide, colour, chance, size, step in (
        (720, 80, 300, (60, 110), far, 0.20, (6, 8), (17, 21)),
        (860, 130, 420, (100, 170), mid, 0.34, (11, 15), (27, 34)),
        (1010, 180, 440, (170, 260), near, 0.46, (19, 25), (43, 54)),
    ):
        boxes = blocks(g, base, low, high, wide, colour, snow)
        windows(g, boxes, mix(light, "#FFFFFF", 0.12), chance, size, step, 0.55)
        g.mist(base + 10, 70, mix(far, light, 0.28), 0.22)
    if snow:
        s = g.stencil()
        for _ in range(420):
            s.disc(r.uniform(0, 1600), r.uniform(0, 1000), r.uniform(1.2, 4.2))
        g.shade(s, "#FFFFFF", 0.62, 0.8)
    else:
        grove(
            g,
            ((x, 1010, r.uniform(130, 210)) for x in (90, 330, 560, 980, 1210, 1500)),
            "#0D1A30",
            "#091224",
            (800, 1000),
            0.3,
        )


def blocks(g: Scene, base: float, low: float, high: float, wide: Span, colour: str, snow: bool) -> list[Box]:
    """A row of blocks of flats with water tanks; gives back their boxes."""
    r = g.random
    x, boxes, s, caps = r.uniform(-60, -10), [], g.stencil(), g.stencil()
    while x < 1620:
        w = r.uniform(*wide)
        h = low + (high - low) * abs(math.sin(x * 0.0041 + base)) * r.uniform(0.6, 1)
        top = base - h
        s.rect(x, top, x + w, 1010)
        tank = r.uniform(0.2, 0.6)
        s.rect(x + w * tank, top - w * 0.16, x + w * (tank + 0.24), top + 3)
        caps.rect(x - 5, top - 7, x + w + 5, top + 6, 6).rect(
            x + w * tank - 3, top - w * 0.16 - 6, x + w * (tank + 0.24) + 3, top - w * 0.16 + 5, 5
        )
        boxes.append((x, top, x + w, base))
        x += w + r.uniform(4, 46)
    g.layer(s, mix(colour, "#FFFFFF", 0.06), mix(colour, "#000000", 0.25), (base - high, base), 0.45, (0, -4, 18))
    if snow:
        g.shade(caps, "#EEF0F0", 0.92)
    return boxes


def offices(g: Scene) -> None:
    """An office building in the evening."""
    g.sky("#2B4C7E", "#8A7F92", "#EDB27A", "#F9DDA8", bottom=700)
    sun(g, 260, 560, 92, "#FFEBB8", "#FFB45E", 0.6)
    town(g, (800, 100, 360), "#B98672", "#EBBE8E", (440, 800), 0.1, wide=(60, 120))
    town(g, (820, 60, 240), "#7E5F6B", "#C4937A", (580, 820), 0.15, wide=(80, 150))
    g.ground(810, "#A97862", "#33344E", 0.15)
    x0, x1, top, base = 560, 1400, 190, 850
    g.shade(g.stencil().poly([(x0, base), (x1, base), (x1 + 200, 960), (x0 + 160, 960)]), "#1F1F38", 0.5, 20)
    g.layer(
        g.stencil().poly([(x1, top), (x1 + 120, top + 60), (x1 + 120, base - 10), (x1, base)]),
        "#3B3E5E",
        "#2C2F4C",
        (top, base),
        0.3,
    )
    g.box((x0, top, x1, base), "#F3D3A4", "#B9805E", 0.45, (-8, 2, 24))
    g.box((x0 - 14, top - 26, x1 + 14, top + 10), "#9B1B1F", "#7A1719", 0.4, (0, 8, 12), r=3)
    office_windows(g, x0, x1, top, base)
    g.box((x0, base - 108, x1, base), "#8A3B2E", "#5E201E", 0.25)
    entrance = g.stencil().rect(880, base - 96, 1080, base)
    g.layer(entrance, "#FFF0C6", "#F5B257", (base - 96, base), 0)
    g.shade(g.stencil().rect(944, base - 96, 950, base).rect(1010, base - 96, 1016, base), "#6B2A20", 0.9)
    g.glow(980, base - 40, 260, "#FFC264", 0.5)
    for i in range(4):
        g.layer(
            g.stencil().rect(820 - i * 26, base + i * 9, 1140 + i * 26, base + i * 9 + 11, 2),
            mix("#E9BE8C", "#6B4A4E", i / 5),
            shadow=0.3,
            lift=(0, 3, 4),
        )
    g.shade(g.stencil().poly([(880, base + 36), (1080, base + 36), (1240, 1010), (720, 1010)]), "#FFC873", 0.3, 24)
    grove(
        g,
        ((470, 880, 240), (360, 900, 300), (1500, 890, 330), (90, 930, 340)),
        "#3E6B66",
        "#1F423F",
        (560, 860),
        0.35,
        ("#2C2430", None, None, 0.1),
    )


def office_windows(g: Scene, x0: float, x1: float, top: float, base: float) -> None:
    """Eight floors of windows, fewer lit than dark."""
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


def works(g: Scene) -> None:
    """Workshops, chimneys and a crane before the sunset."""
    g.sky("#2E4468", "#A3705F", "#EE9C58", "#FBD793", bottom=640)
    sun(g, 980, 560, 120, "#FFE9B0", "#FFA848", 0.7)
    hills(g, (600, 50, "#D97F4E", "#F2B270"))
    town(g, (700, 30, 140), "#A8553F", "#D9834F", (560, 700), 0.1, wide=(50, 110))
    for base, k, c0, c1, off in ((780, 0.8, "#7A3436", "#B3553F", 120), (900, 1.25, "#47202F", "#7A3436", -80)):
        workshops(g, base, k, c0, c1, off)
    crane(g)
    g.ground(890, "#3A1826", "#1F0E18", 0.4)
    grove(
        g, ((x, 1012, g.random.uniform(70, 130)) for x in range(-20, 1640, 58)), "#2A1420", "#190B14", (900, 1000), 0.3
    )


def workshops(g: Scene, base: float, k: float, c0: str, c1: str, off: float) -> None:
    """A row of saw-tooth roofs, chimneys and tanks with some lit windows."""
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


def crane(g: Scene) -> None:
    """A crane with its load."""
    shape = (
        g.stencil()
        .rect(300, 250, 316, 800)
        .rect(180, 262, 700, 274)
        .poly([(308, 200), (316, 200), (690, 264), (184, 264)])
    )
    shape.poly([(312, 214), (660, 262), (206, 262)], ink=0).rect(300, 200, 316, 800).rect(560, 270, 563, 430).rect(
        540, 428, 584, 452
    )
    g.layer(shape, "#54232C", "#6E2B30", (200, 800), 0.15)
