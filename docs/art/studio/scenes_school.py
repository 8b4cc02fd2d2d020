"""Schools: one with a running track in the evening sun, one with classes at night."""

from __future__ import annotations

import math

from .nature import grove, hills, moon, stars, sun
from .paint import INK, Scene
from .town import town


def school(g: Scene) -> None:
    """A school beside its running track."""
    g.sky("#F9E9CF", "#F6C99A", "#E99C73", bottom=600)
    sun(g, 360, 400, 100, "#FFEDBE", "#FFB867", 0.6)
    hills(g, (470, 80, "#DF9C7C", "#EFC09A"), (530, 70, "#C56C58", "#E2A07C"), (590, 40, "#8FA07A", "#C9B98A"))
    grove(
        g, ((x, 650, g.random.uniform(90, 160)) for x in range(-20, 1640, 84)), "#5C8A6C", "#37684F", (500, 650), 0.25
    )
    g.ground(640, "#D98A5A", "#A8452F", 0.2)
    running_track(g)
    school_house(g)
    grove(
        g,
        ((1530, 720, 330), (830, 700, 230)),
        "#4C8468",
        "#2A5E4C",
        (400, 640),
        0.35,
        ("#5A2A20", "#43201A", (500, 720), 0.2),
    )


def running_track(g: Scene) -> None:
    """The oval track around the green."""
    lanes = g.stencil()
    g.layer(g.stencil().disc(500, 860, 900, 190), "#C2573A", "#8E2C26", (660, 1000), 0.25)
    for k in range(5):
        rx, ry = 900 - k * 74, 190 - k * 22
        pts = [(500 + rx * math.cos(math.tau * i / 200), 860 + ry * math.sin(math.tau * i / 200)) for i in range(201)]
        lanes.stroke(pts, 3.2)
    g.shade(lanes, "#FBE3BE", 0.8)
    g.layer(g.stencil().disc(500, 860, 600, 98), "#7BA06F", "#3F7657", (760, 960), 0.15)
    g.shade(g.stencil().disc(430, 850, 380, 52), "#B9C07F", 0.35, 26)


def school_house(g: Scene) -> None:
    """The school: three floors of lit windows and a clock above the door."""
    x0, x1, top, base = 880, 1500, 300, 668
    g.shade(
        g.stencil().poly([(x0, base), (x1, base), (x1 + 120, base + 60), (x0 + 40, base + 60)]), "#5A1D18", 0.45, 14
    )
    g.box((x0, top, x1, base), "#FBEBCB", "#EBC393", 0.4, (-8, 2, 20))
    g.box((x0 - 22, top - 22, x1 + 22, top + 8), "#9B1B1F", "#7A1719", 0.35, (0, 6, 10), r=4)
    g.box((1110, top - 90, 1270, base), "#B23A2E", "#8A2020", 0.35, (-6, 2, 14))
    g.layer(g.stencil().disc(1190, top - 30, 38), "#FFF3D6", "#F4D79C", (top - 70, top + 10), 0.2)
    g.layer(
        g.stencil().stroke([(1190, top - 30), (1190, top - 54)], 5).stroke([(1190, top - 30), (1208, top - 22)], 5),
        INK,
        shadow=0,
    )
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


def night_class(g: Scene) -> None:
    """A school with its windows lit at night."""
    g.sky("#101D37", "#2A3F68", "#7D6673", bottom=720)
    stars(g, 110, 400)
    moon(g, 300, 190, 56, (240, "#EADDB5", 0.5), ("#FFF3D0", "#F0DBA0"), bite=50)
    town(g, (780, 60, 300), "#2A3B60", "#4B4E70", (480, 780), 0.2, wide=(70, 140))
    g.ground(780, "#5A4A5E", "#141C34", 0.2)
    x0, x1, top, base = 420, 1420, 260, 812
    g.box((x0, top, x1, base), "#3A2A3C", "#57303A", 0.5, (0, 0, 26))
    g.layer(
        g.stencil()
        .rect(x0 - 16, top - 24, x1 + 16, top + 6, 4)
        .rect(560, top - 70, 760, top - 10)
        .rect(1240, top - 50, 1340, top - 10),
        "#251C30",
        shadow=0.3,
    )
    cols, rows = 6, 3
    cw, rh = (x1 - x0 - 40) / cols, (base - top - 40) / rows
    for r in range(rows):
        for c in range(cols):
            if r < 2 or c not in (2, 3):  # the door is in the middle of the ground floor
                classroom(g, x0 + 30 + c * cw, top + 32 + r * rh, cw - 22, rh - 44)
        y = top + 32 + (r + 1) * rh - 30
        if r < rows - 1:
            g.shade(g.stencil().rect(x0, y, x1, y + 9), "#241B2E", 0.8)
    lit_door(g, x0 + 30 + 2 * cw, cw, base)
    grove(
        g,
        ((330, 850, 330), (1500, 850, 380), (120, 880, 260)),
        "#1E3350",
        "#131F38",
        (500, 850),
        0.35,
        ("#121A30", None, None, 0.1),
    )


def classroom(g: Scene, a: float, b: float, w: float, h: float) -> None:
    """A window, mostly lit, with the outlines of benches or machines and three lamps."""
    on = g.random.random() < 0.86
    pane = g.stencil().rect(a, b, a + w, b + h, 3)
    g.layer(pane, "#FFE6A6" if on else "#34405E", "#F09A3E" if on else "#26314E", (b, b + h), 0)
    if on:
        inner = g.stencil()
        kind = g.random.randrange(3)
        if kind == 0:
            for i in range(3):
                inner.rect(a + 14 + i * w * 0.31, b + h - 34, a + 14 + i * w * 0.31 + 34, b + h - 26).rect(
                    a + 28 + i * w * 0.31, b + h - 28, a + 32 + i * w * 0.31, b + h
                )
        elif kind == 1:
            inner.rect(a + w * 0.2, b + h - 62, a + w * 0.56, b + h, 4).rect(
                a + w * 0.56, b + h - 40, a + w * 0.82, b + h, 3
            ).disc(a + w * 0.38, b + h - 62, 18)
        else:
            inner.rect(a + w * 0.12, b + 20, a + w * 0.66, b + 62, 3).rect(
                a + w * 0.7, b + h - 46, a + w * 0.92, b + h, 3
            )
        for i in range(3):
            lx = a + w * (0.22 + 0.28 * i)
            inner.rect(lx - 1, b, lx + 1, b + 12).rect(lx - 12, b + 10, lx + 12, b + 15, 2)
        g.shade(inner, "#9B4A24", 0.7)
        g.glow(a + w / 2, b + h / 2, w * 0.85, "#FFAE4A", 0.30)
    g.shade(g.stencil().rect(a + w / 2 - 2, b, a + w / 2 + 2, b + h), "#4A2530", 0.9)


def lit_door(g: Scene, ax: float, cw: float, base: float) -> None:
    """The open door under its red roof, and the light that falls out of it."""
    g.box((ax, 640, ax + 2 * cw - 22, base), "#FFF0C2", "#F5A84A", 0, r=3)
    g.shade(g.stencil().rect(ax + cw - 13, 640, ax + cw - 9, base).rect(ax, 640, ax + 2 * cw - 22, 648), "#6B3028", 0.9)
    g.box((ax - 40, 612, ax + 2 * cw + 18, 640), "#9B1B1F", "#6F1518", 0.4, (0, 8, 12), r=4)
    g.shade(
        g.stencil().poly([(ax, base), (ax + 2 * cw - 22, base), (ax + 2 * cw + 240, 1010), (ax - 260, 1010)]),
        "#FFB957",
        0.42,
        26,
    )
