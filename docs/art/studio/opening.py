"""The opening picture of the home page."""

from __future__ import annotations

import math

from .nature import birds, grove, hills, ridge, ripples
from .paint import Scene
from .shapes import bezier
from .town import skyline, town, windows


def opening(g: Scene) -> None:
    """The home page: wide, quiet, and empty on the upper left, where the title stands."""
    g.sky("#F8F1E2", "#F7E8CB", "#F3D2A0", "#E9AF73", bottom=820)
    g.glow(1480, 560, 900, "#FFD48A", 0.5)
    g.layer(g.stencil().disc(1480, 520, 128), "#F2B64F", "#DE8A3A", (392, 648), 0)
    g.glow(1480, 520, 330, "#FFD88C", 0.4)
    hills(
        g,
        (640, 54, "#EFCFA2", "#F4DCB4"),
        (690, 66, "#E3B283", "#EFCB9C"),
        (740, 64, "#CF8B62", "#E3B082"),
        shadow=0.12,
    )
    town(g, (850, 40, 250), "#C57A57", "#E6B486", (640, 850), 0.14, wide=(26, 58), x0=620)
    g.mist(850, 40, "#F6D9A8", 0.5)
    hills(g, (800, 40, "#B25643", "#D18C66"), shadow=0.2)
    s = g.stencil()
    skyline(g, s, 920, 40, 250, (36, 76), 380)
    s.poly([(1660, 930), (1676, 560), (1680, 470), (1684, 560), (1700, 930)]).disc(1680, 610, 30, 20).disc(
        1680, 680, 22, 12
    )
    g.layer(s, "#972E2B", "#BC5F47", (640, 920), 0.24)
    g.mist(915, 46, "#E9A877", 0.35)
    hills(g, (880, 36, "#86201F", "#A2423A"), shadow=0.25)
    g.layer(
        g.stencil().poly([(0, 930), *bezier((0, 930), (500, 912), (900, 916), (2010, 908)), (2010, 1010), (0, 1010)]),
        "#EDB07A",
        "#A8453A",
        (908, 990),
        0.15,
    )
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
    boxes = town(g, (1010, 50, 260), "#6A1518", "#7A2020", (800, 1000), 0.3, wide=(50, 104), x0=1170)
    windows(g, boxes, "#F0BE6A", 0.14, (9, 12), (24, 30), 0.35)
    boxes = town(g, (1010, 30, 130), "#6A1518", "#7A2020", (880, 1000), 0.28, wide=(50, 100), x0=-20, x1=560)
    windows(g, boxes, "#F0BE6A", 0.12, (9, 12), (24, 30), 0.3)
    g.layer(g.stencil().poly(ridge(g, 962, 12, 0.5, 1.2)), "#4E0F13", "#3A0A0E", (940, 1000), 0.35)
    grove(
        g,
        ((g.random.uniform(-20, 2020), 985 + g.random.uniform(-4, 20), g.random.uniform(34, 84)) for _ in range(34)),
        "#430C10",
        "#330A0D",
        (900, 1000),
        0.25,
    )
    birds(g, 1120, 330, 26, "#8E3A2E", [(0, 0, 1), (62, -28, 0.75), (116, 4, 0.6), (-50, 36, 0.5), (170, -20, 0.45)])
