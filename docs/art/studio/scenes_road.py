"""Roads with what travels on them: buses at dawn, a lit road through the hills at night."""

from __future__ import annotations

from .nature import hills, moon, pine, stars, sun
from .paint import Scene, mix
from .shapes import bezier


def dawn_road(g: Scene) -> None:
    """Two buses on a road at dawn."""
    g.sky("#27466F", "#6F7F98", "#E0A877", "#F7DDA9", bottom=560)
    sun(g, 830, 505, 74, "#FBE3AE", "#FFC06A", 0.75)
    hills(g, (500, 60, "#B98F86", "#E9BE92"), (540, 60, "#7E6C7E", "#C39A86"), (580, 40, "#4B5472", "#8C7A80"))
    s = g.stencil()
    for _ in range(36):
        x = g.random.choice([g.random.uniform(-20, 640), g.random.uniform(1010, 1620)])
        pine(g, s, x, 640, g.random.uniform(60, 130))
    g.layer(s, "#26365A", "#3B4664", (520, 640), 0.2)
    g.ground(612, "#4E5570", "#1C2742", 0.2)
    g.layer(
        g.stencil().poly([(0, 700), *bezier((0, 700), (400, 610), (620, 620), (806, 602)), (806, 1010), (0, 1010)]),
        "#38476A",
        "#15203A",
        (610, 1000),
        0.25,
    )
    g.layer(
        g.stencil().poly(
            [(1600, 690), *bezier((1600, 690), (1240, 600), (1050, 618), (852, 602)), (852, 1010), (1600, 1010)]
        ),
        "#38476A",
        "#15203A",
        (610, 1000),
        0.25,
    )
    g.layer(
        g.stencil().poly([(806, 602), (852, 602), (1560, 1010), (80, 1010)]), "#D9A174", "#2B2C3B", (602, 960), 0.35
    )
    road_lines(g)
    street_lamps(g)
    bus(g, 915, 716, 96, "#9B1B1F")
    bus(g, 1150, 900, 250, "#9B1B1F")


def road_lines(g: Scene) -> None:
    """The white lines of the road, longer towards the viewer."""
    lines = g.stencil()
    for sign in (-1, 1):
        lines.poly([(829 + sign * 20, 604), (829 + sign * 22, 604), (820 + sign * 712, 1010), (820 + sign * 690, 1010)])
    y, k = 612.0, 5.0
    while y < 1010:
        w0, w1 = (y - 600) * 0.018 + 0.6, (y + k * 2 - 600) * 0.018 + 0.6
        lines.poly([(829 - w0, y), (829 + w0, y), (829 + w1, y + k * 2), (829 - w1, y + k * 2)])
        y, k = y + k * 3.6, k * 1.42
    g.shade(lines, "#F8E6BE", 0.85)


def street_lamps(g: Scene) -> None:
    """Lit lamps on both sides of the road."""
    s, lamps = g.stencil(), []
    for k in (0.16, 0.27, 0.45, 0.78, 1.3):
        for sign in (-1, 1):
            x, y, h = 829 + sign * (60 + 760 * k * 0.92), 604 + 330 * k, 330 * k + 30
            s.stroke([(x, y), (x, y - h)], 2 + 7 * k).stroke(
                bezier((x, y - h), (x, y - h - 24 * k), (x - sign * 90 * k, y - h - 24 * k)), 2 + 5 * k
            )
            lamps.append((x - sign * 92 * k, y - h - 20 * k, k))
    g.layer(s, "#1A2440", "#141B30", (300, 900), 0.2)
    for x, y, k in lamps:
        g.layer(g.stencil().disc(x, y, 12 * k + 2, 6 * k + 2), "#FFF0C4", shadow=0)
        g.glow(x, y, 150 * k + 20, "#FFCF7D", 0.6)


def bus(g: Scene, x: float, y: float, k: float, body: str) -> None:
    """A bus seen from the front, standing at (x, y), `k` wide."""
    w, h = k, k * 1.12
    g.shade(g.stencil().disc(x, y + 2, w * 0.62, w * 0.09), "#1A0C0A", 0.55, w * 0.05)
    g.layer(
        g.stencil()
        .rect(x - w * 0.42, y - h * 0.14, x - w * 0.24, y + w * 0.03, w * 0.04)
        .rect(x + w * 0.24, y - h * 0.14, x + w * 0.42, y + w * 0.03, w * 0.04),
        "#191514",
        shadow=0,
    )
    g.layer(
        g.stencil().rect(x - w / 2, y - h, x + w / 2, y - h * 0.07, w * 0.11),
        mix(body, "#FFFFFF", 0.12),
        mix(body, "#000000", 0.25),
        (y - h, y),
        shadow=0.3,
        lift=(0, 4, w * 0.08),
    )
    g.layer(
        g.stencil().rect(x - w * 0.42, y - h * 0.84, x + w * 0.42, y - h * 0.36, w * 0.06),
        "#F5DDA8",
        "#54433D",
        (y - h * 0.9, y - h * 0.36),
        shadow=0,
    )
    g.layer(g.stencil().rect(x - w * 0.3, y - h * 0.95, x + w * 0.3, y - h * 0.88, w * 0.02), "#F6D58A", shadow=0)
    g.layer(
        g.stencil().rect(x - w * 0.01, y - h * 0.84, x + w * 0.01, y - h * 0.36), mix(body, "#000000", 0.3), shadow=0
    )
    for sign in (-1, 1):
        g.layer(g.stencil().disc(x + sign * w * 0.36, y - h * 0.22, w * 0.065), "#FFF2CC", shadow=0)
        g.layer(
            g.stencil().rect(
                x + sign * w * 0.56 - w * 0.035, y - h * 0.74, x + sign * w * 0.56 + w * 0.035, y - h * 0.56, w * 0.02
            ),
            "#191514",
            shadow=0,
        )
        g.glow(x + sign * w * 0.36, y - h * 0.22, w * 0.55, "#FFD98A", 0.75)


def night_road(g: Scene) -> None:
    """A winding road with lamps, leading to a house with light."""
    g.sky("#0E1B33", "#24416B", "#5F7E9C", bottom=620)
    stars(g, 130, 460)
    moon(g, 1180, 210, 62, (280, "#E9DDB8", 0.5), ("#FFF6DC", "#F1DDA8"))
    hills(
        g,
        (460, 120, "#3A5C80", "#6E8FA6"),
        (560, 130, "#274A6C", "#4F7590"),
        (680, 130, "#173555", "#33597A"),
        rough=0.55,
    )
    g.mist(690, 70, "#9CB8C4", 0.3)
    hills(g, (800, 90, "#102843", "#1F4466"), (930, 60, "#0A1B31", "#122E4C"))
    bends = [(1630, 940), (1000, 1000), (860, 860), (560, 850), (200, 836), (240, 740), (560, 716), (900, 690)]
    road = bezier(*bends, (760, 640), (640, 612), n=120)
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
        pine(g, s, x, 1020 + g.random.uniform(-10, 20), g.random.uniform(90, 210))
    g.layer(s, "#081628", "#060F1D", (820, 1000), 0.35)
    hx, hy = 610, 590
    g.layer(
        g.stencil()
        .rect(hx - 34, hy - 26, hx + 34, hy + 16)
        .poly([(hx - 44, hy - 24), (hx, hy - 58), (hx + 44, hy - 24)]),
        "#0E2440",
        shadow=0.2,
    )
    g.shade(g.stencil().rect(hx - 20, hy - 16, hx - 4, hy + 2).rect(hx + 6, hy - 16, hx + 22, hy + 2), "#FFD27A", 1)
    g.glow(hx, hy - 8, 90, "#FFC15C", 0.7)
