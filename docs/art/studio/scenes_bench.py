"""Things to work and to weigh with: a workbench and a steelyard."""

from __future__ import annotations

from .indoors import lamp_cone, tabletop
from .paint import Scene, mix
from .shapes import Point, bezier, leaf, polar, sweep, wave

DROP = (26, 24, 20)  # what hangs in front of the wall throws its shadow to the lower right


def workbench(g: Scene) -> None:
    """Cogs and tools on a bench."""
    g.sky("#5A2E2A", "#7A4032", "#4A221F")
    board = g.stencil()
    for i in range(8):
        board.rect(0, 40 + i * 88, 1600, 42 + i * 88)
    g.shade(board, "#3A1816", 0.5)
    lamp_cone(g, 760, 170, 640)
    g.layer(
        g.stencil().rect(752, -10, 768, 90).poly([(690, 180), (830, 180), (800, 88), (720, 88)]),
        "#9B1B1F",
        "#6B1417",
        (0, 180),
        0.5,
        (0, 10, 18),
    )
    g.layer(g.stencil().disc(760, 182, 46, 14), "#FFF4D0", shadow=0)
    hanging_tools(g)
    tabletop(g, 700, "#C98A50", "#6E3521", 0.5, (0, -8, 26), "#FFDDA0", 9)
    grain = g.stencil()
    for i in range(9):
        grain.stroke(wave(-20, 1620, 728 + i * i * 3 + i * 6, 4, 1.4 + (i % 3) * 0.3, i * 0.31), 2)
    g.shade(grain, "#5A2618", 0.4)
    g.glow(760, 800, 620, "#FFC973", 0.4, 0.35)
    cog(g, 640, 690, 150, 14, "#D9A54E", "#8A5A26")
    cog(g, 838, 760, 92, 10, "#B23A2E", "#741B1D")
    cog(g, 500, 846, 80, 10, "#7F95A8", "#3F5670")
    calliper(g)
    for x, y, r in ((250, 860, 26), (320, 900, 20), (1480, 900, 26)):
        nut = g.stencil().poly([polar(x, y, r, 60 * i + 12) for i in range(6)]).disc(x, y, r * 0.45, ink=0)
        g.layer(nut, "#E0B878", "#94643A", (y - r, y + r), 0.5, (3, 8, 8))


def hanging_tools(g: Scene) -> None:
    """Spanners, a hammer and a saw on the wall."""
    tools = g.stencil()
    for x, long in ((300, 260), (400, 220), (490, 180)):  # spanners
        tools.rect(x - 11, 280, x + 11, 280 + long, 10).disc(x, 276, 34).disc(x, 280 + long, 28)
        tools.poly([(x - 14, 230), (x + 14, 230), (x + 14, 276), (x - 14, 276)], ink=0).disc(x, 280 + long, 13, ink=0)
    g.layer(tools, "#E9C58A", "#A9713F", (230, 560), 0.55, (10, 14, 14))
    hammer = g.stencil().rect(1088, 300, 1112, 580, 10).rect(1040, 268, 1170, 322, 8)
    g.layer(hammer, "#D9A564", "#8A4A2C", (260, 580), 0.55, (-10, 14, 14))
    saw = g.stencil().poly([(1260, 290), (1300, 290), (1370, 560), (1290, 560)])
    saw.rect(1238, 230, 1322, 306, 22).rect(1260, 248, 1300, 284, 14, ink=0)
    g.layer(saw, "#E9C58A", "#A9713F", (230, 560), 0.5, (-10, 14, 14))


def cog(g: Scene, cx: float, cy: float, r: float, n: int, c0: str, c1: str) -> None:
    """A cog with `n` teeth, lying on the bench."""
    s = g.stencil()
    edge = []
    for i in range(n):
        for turn, reach in ((-0.30, 0.84), (-0.17, 1.0), (0.17, 1.0), (0.30, 0.84)):
            edge.append(polar(cx, cy, r * reach, (i + turn) * 360 / n))
    s.poly(edge).disc(cx, cy, r * 0.3, ink=0)
    g.layer(s, c0, c1, (cy - r, cy + r), 0.6, (6, 16, 16))
    g.shade(g.stencil().stroke(sweep(cx, cy, r * 0.66, 0, -360, 80), 5), "#FFF0C8", 0.4)


def calliper(g: Scene) -> None:
    """A calliper with its scale."""
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


def steelyard(g: Scene) -> None:
    """A steelyard with fruit in its pan."""
    g.sky("#EBC894", "#DDA76C", "#B66F45")
    g.layer(g.stencil().rect(0, 0, 1600, 1010), "#E9C48E", "#C07C4E", (0, 900), 0)
    g.glow(420, 260, 900, "#FFE1A0", 0.45)
    panes = g.stencil()
    for i in range(3):
        for j in range(2):
            x, y = 120 + i * 210 + j * 66, 90 + j * 250
            panes.poly([(x, y), (x + 180, y), (x + 246, y + 222), (x + 66, y + 222)])
    g.shade(panes, "#FFF0C8", 0.5, 6)
    tabletop(g, 800, "#A85F38", "#64301E", 0.45, (0, -8, 26), "#F8D198", 8)
    g.layer(g.stencil().stroke([(640, -10), (640, 250)], 6), "#5A2318", shadow=0.35, lift=DROP)
    a, b = (300, 352), (1370, 210)
    beam(g, a, b)
    cord = a[1] + (b[1] - a[1]) * (1130 - a[0]) / (b[0] - a[0])
    weight(g, 1130, cord)
    pan(g, 330, 690)


def beam(g: Scene, a: Point, b: Point) -> None:
    """The beam of the steelyard from `a` to `b`, with its marks and its brass ends."""
    g.layer(
        g.stencil().poly([(a[0], a[1] - 16), (a[0], a[1] + 18), (b[0], b[1] + 6), (b[0], b[1] - 6)]),
        "#8A3B22",
        "#5A2016",
        (190, 370),
        0.45,
        DROP,
    )
    marks = g.stencil()
    for i in range(26):
        t = 0.36 + i * 0.024
        x, y = a[0] + (b[0] - a[0]) * t, a[1] + 1 + (b[1] - a[1]) * t
        marks.disc(x, y, 4.2 if i % 5 == 0 else 2.2)
    g.shade(marks, "#F8D37E", 1)
    brass = (
        g.stencil()
        .rect(a[0] - 12, a[1] - 20, a[0] + 34, a[1] + 22, 6)
        .rect(b[0] - 18, b[1] - 9, b[0] + 8, b[1] + 9, 4)
        .ring(640, 266, 26, 15)
        .disc(640, 306, 17)
    )
    g.layer(brass, "#F0C468", "#A8742C", (190, 370), 0.4, DROP)


def weight(g: Scene, x: float, y: float) -> None:
    """The weight on its cord, hanging from (x, y)."""
    g.layer(g.stencil().stroke([(x, y), (x, y + 150)], 5), "#5A2318", shadow=0.35, lift=DROP)
    w = (
        g.stencil()
        .ring(x, y + 160, 24, 13)
        .poly([(x - 40, y + 192), (x + 40, y + 192), (x + 82, y + 372), (x - 82, y + 372)])
        .rect(x - 92, y + 360, x + 92, y + 396, 12)
        .rect(x - 50, y + 180, x + 50, y + 204, 10)
    )
    g.layer(w, "#B23A2E", "#5E1216", (y + 160, y + 400), 0.5, DROP)
    g.shade(
        g.stencil().poly([(x - 22, y + 210), (x - 6, y + 210), (x - 22, y + 350), (x - 50, y + 350)]), "#F2A07A", 0.4, 6
    )


def pan(g: Scene, px: float, py: float) -> None:
    """The brass pan with fruit in it."""
    g.layer(
        g.stencil()
        .stroke([(316, 362), (px - 200, py)], 4)
        .stroke([(316, 362), (px + 200, py)], 4)
        .stroke([(316, 362), (px - 60, py)], 4)
        .stroke([(316, 362), (px + 70, py)], 4),
        "#5A2318",
        shadow=0.3,
        lift=DROP,
    )
    for cx, cy, r, c in (
        (px - 96, py - 44, 62, "#C8402E"),
        (px + 96, py - 40, 58, "#D9752E"),
        (px, py - 60, 70, "#E0A03A"),
        (px + 20, py - 6, 54, "#B22A26"),
    ):
        fruit(g, cx, cy, r, c)
    bowl = g.stencil().poly(
        [
            (px - 236, py),
            (px + 236, py),
            *bezier((px + 236, py), (px + 170, py + 104), (px - 170, py + 104), (px - 236, py)),
        ]
    )
    g.layer(bowl, "#F2CC7A", "#9A6626", (py, py + 90), 0.5, DROP)
    g.shade(g.stencil().rect(px - 236, py - 2, px + 236, py + 6, 3), "#FFF1C4", 0.8)


def fruit(g: Scene, cx: float, cy: float, r: float, c: str) -> None:
    """A fruit with its stem and one leaf."""
    g.layer(
        g.stencil().disc(cx, cy, r, r * 0.94),
        mix(c, "#FFE2A0", 0.35),
        mix(c, "#5A1410", 0.3),
        (cy - r, cy + r),
        0.4,
        (10, 10, 12),
    )
    g.shade(g.stencil().disc(cx - r * 0.3, cy - r * 0.35, r * 0.26, r * 0.2), "#FFF4D4", 0.6, 8)
    g.layer(
        g.stencil().stroke(bezier((cx, cy - r * 0.9), (cx + 4, cy - r * 1.1), (cx + 12, cy - r * 1.25)), 6),
        "#5A3A1E",
        shadow=0,
    )
    g.layer(
        g.stencil().poly(leaf((cx + 8, cy - r * 1.05), (cx + 54, cy - r * 1.3), 13)),
        "#5E8A5A",
        "#2F6B4E",
        (cy - r * 1.4, cy - r),
        0.3,
        (6, 6, 6),
    )
