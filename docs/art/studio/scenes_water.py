"""Bridges, a river, a wetland and boats."""

from __future__ import annotations

import math

from PIL import Image, ImageFilter

from .nature import birds, grove, hills, reeds, ripples, sun
from .paint import Scene, mix
from .shapes import Point, bezier, polar, sweep
from .town import town


def cable_bridge(g: Scene) -> None:
    """A long bridge hung on cables."""
    g.sky("#F7EBD0", "#F3D09A", "#E59E62", bottom=640)
    sun(g, 470, 470, 104, "#FBE6B6", "#FFB85E", 0.7)
    hills(g, (540, 50, "#E1A877", "#EFC795"))
    town(g, (650, 40, 190), "#C27A55", "#EBBE8C", (440, 650), 0.1, wide=(34, 80))
    town(g, (656, 20, 110), "#9E5647", "#D99C72", (540, 660), 0.12, wide=(40, 90))
    g.ground(650, "#EDC18B", "#3C5277", 0.1)
    g.glow(470, 700, 330, "#FFD58C", 0.55, 0.5)
    ripples(g, 300, 650, 664, 980, "#FFF1CF", 90, 0.6)
    ripples(g, 0, 1600, 670, 1000, "#F7D9A5", 120, 0.28, 170)
    ripples(g, 0, 1600, 720, 1000, "#2C4168", 120, 0.3, 190)
    cables_and_towers(g)
    bridge_road(g)
    s = g.stencil()
    reeds(g, s, -30, 420, 1010, 200, 70)
    g.layer(s, "#26395A", "#1B2A45", (780, 1000), 0.3)


def cables_and_towers(g: Scene) -> None:
    """Two towers and the cables that hold the road."""
    cables = g.stencil()
    for px, top in ((640, 150), (1290, 110)):
        for i in range(1, 15):
            for sign in (-1, 1):
                x = px + sign * (24 + i * 28)
                cables.stroke([(px, top + 24 + i * 9), (x, deck(x))], 2.4, cap=False)
    g.shade(cables, "#6E2420", 0.85)
    towers = g.stencil()
    for px, top, k in ((640, 150, 1), (1290, 110, 1.1)):
        towers.poly(
            [
                (px - 8 * k, top),
                (px + 8 * k, top),
                (px + 40 * k, 800),
                (px + 20 * k, 800),
                (px, 330),
                (px - 20 * k, 800),
                (px - 40 * k, 800),
            ]
        )
        towers.rect(px - 29 * k, 646, px + 29 * k, 664)
        towers.rect(px - 60 * k, 792, px + 60 * k, 822, 8)
    g.layer(towers, "#A32A26", "#5C1517", (110, 820), 0.3, (6, 4, 10))


def deck(x: float) -> float:
    """The height of the road at `x`."""
    return 640 - 46 * math.sin(math.pi * (x + 60) / 1720) - 10


def bridge_road(g: Scene) -> None:
    """The road of the bridge with its lamps."""
    road = [(x, deck(x)) for x in range(-10, 1620, 10)]
    g.layer(
        g.stencil().poly([*road, *[(x, y + 22) for x, y in reversed(road)]]),
        "#8B1F20",
        "#4D1114",
        (570, 670),
        0.4,
        (0, 10, 14),
    )
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


def arch_bridge(g: Scene) -> None:
    """An arched bridge mirrored in a canal."""
    g.sky("#F6EAD0", "#F3D3A0", "#E8AC74", bottom=560)
    sun(g, 1250, 270, 74, "#FFF0C6", "#FFCA7B", 0.5)
    hills(g, (420, 80, "#D9B08A", "#EDCDA0"), (490, 60, "#B98668", "#DDB084"))
    horizon = 610
    g.ground(horizon, "#EBC596", "#4D6F78", 0)
    still = g.image.copy()
    for xs in ((20, 130, 262), (1330, 1460, 1580)):
        for x, h in zip(xs, (150, 196, 168), strict=True):
            canal_house(g, x, h, horizon)
    stone_arch(g, horizon)
    grove(g, ((1400, 618, 330),), "#5C8A70", "#2F6B5E", (330, 580), 0.3, ("#4A2A20", None, None, 0.1))
    reflect(g, still, horizon)
    g.shade(g.stencil().rect(0, horizon - 2, 1600, horizon + 5), "#5A3226", 0.5, 3)
    g.shade(g.stencil().rect(0, 800, 1600, 1010), "#2B5660", 0.4, 70)
    ripples(g, 0, 1600, horizon + 20, 1000, "#FFF1D0", 130, 0.4, 150)
    ripples(g, 0, 1600, horizon + 60, 1000, "#35565C", 80, 0.28, 170)
    s = g.stencil()
    reeds(g, s, -20, 260, 1010, 210, 50)
    reeds(g, s, 1420, 1620, 1010, 180, 36, -0.2)
    g.layer(s, "#27534D", "#173A36", (800, 1000), 0.3)


def canal_house(g: Scene, x: float, h: float, horizon: float) -> None:
    """A white house with a dark curved roof at the edge of the water."""
    w = 150
    g.box((x - w / 2, horizon - h, x + w / 2, horizon), "#FBEFD6", "#DDB88A", 0.3, (-6, 2, 12))
    g.shade(g.stencil().rect(x + w * 0.16, horizon - h, x + w / 2, horizon), "#B57A52", 0.3)
    left, right, peak = (x - w * 0.62, horizon - h + 6), (x + w * 0.62, horizon - h + 6), (x, horizon - h - 84)
    slope_up = bezier(left, (x - w * 0.3, horizon - h - 10), peak)
    slope_down = bezier(peak, (x + w * 0.3, horizon - h - 10), right)
    roof = g.stencil().poly([left, *slope_up, *slope_down])
    g.layer(roof, "#6A5A58", "#3C3535", (horizon - h - 84, horizon - h), 0.4, (0, 8, 10))
    g.shade(
        g.stencil()
        .rect(x - 44, horizon - 96, x - 14, horizon - 50, 2)
        .rect(x + 16, horizon - 96, x + 44, horizon - 50, 2),
        "#8C2A22",
        0.9,
    )


def stone_arch(g: Scene, horizon: float) -> None:
    """The bridge: a round arch, its stones and a red rail."""
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


def reflect(g: Scene, still: Image.Image, horizon: int) -> None:
    """Mirrors what stands above the horizon into the water; `still` is the picture without it."""
    upper = (
        g.image.crop((0, horizon - 390, 1600, horizon))
        .transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        .filter(ImageFilter.GaussianBlur(2.4))
    )
    mirrored = still.copy()
    mirrored.paste(upper, (0, horizon))
    water = Image.blend(still, mirrored, 0.66)
    g.image.paste(water.crop((0, horizon, 1600, 1000)), (0, horizon))


def river_bend(g: Scene) -> None:
    """A river winding through meadows."""
    g.sky("#F4F0DA", "#E9E7C2", "#F0D9A0", bottom=460)
    sun(g, 1120, 200, 78, "#FFF3CB", "#FFDC92", 0.5)
    hills(g, (280, 110, "#BFCFBE", "#DCE0C2"), (350, 120, "#8FB3A4", "#C3D2B0"), (430, 90, "#5F9483", "#A6C09C"))
    bank = g.stencil().rect(0, 440, 1600, 1010)
    g.layer(bank, "#7FA87C", "#3B7158", (440, 1000), 0.2)
    bends = [(1010, 452), (700, 470), (560, 490), (640, 530), (760, 590), (1320, 600), (1180, 700), (1040, 800)]
    far = bezier(*bends, (300, 800), (120, 1040), n=120)
    bends = [(1050, 452), (840, 474), (740, 492), (840, 530), (1000, 586), (1700, 600), (1560, 740), (1400, 880)]
    near = bezier(*bends, (1180, 860), (1020, 1040), n=120)
    water = g.stencil().poly([*far, *reversed(near)])
    g.layer(water, "#F6E7B8", "#3E8C94", (450, 860), 0.35, (0, 4, 12))
    with g.through(water):
        ripples(g, 100, 1500, 470, 1000, "#FFF7DA", 150, 0.55, 130)
        ripples(g, 100, 1500, 560, 1000, "#256A72", 110, 0.32, 150)
        g.glow(980, 520, 300, "#FFE9A8", 0.5, 0.5)
    for pts in (far, near):
        g.shade(g.stencil().stroke(pts[:-2], 4), "#F7F0CF", 0.7)
    grove(
        g,
        (
            (300, 520, 120),
            (390, 530, 90),
            (220, 540, 150),
            (470, 560, 110),
            (1320, 510, 110),
            (1410, 520, 150),
            (1510, 530, 120),
        ),
        "#5E9A74",
        "#2F6B55",
        (400, 540),
        0.3,
        ("#3E4A30", None, None, 0.1),
    )
    g.layer(
        g.stencil().poly(
            [
                (-10, 640),
                *bezier((-10, 640), (260, 600), (420, 680), (380, 760)),
                *bezier((380, 760), (300, 840), (120, 880), (-10, 1010)),
            ]
        ),
        "#5C9270",
        "#2A6150",
        (620, 960),
        0.35,
        (4, 4, 14),
    )
    grove(g, ((70, 720, 190), (190, 740, 150)), "#3C7D62", "#1F5546", (560, 740), 0.3)
    s = g.stencil()
    reeds(g, s, 1120, 1640, 1014, 300, 90, -0.22)
    g.layer(s, "#2C6455", "#153C34", (720, 1000), 0.35)
    s = g.stencil()
    reeds(g, s, -40, 120, 1014, 220, 30, 0.25)
    g.layer(s, "#235749", "#12352E", (800, 1000), 0.35)
    birds(g, 560, 250, 26, "#3F6B62", [(0, 0, 1), (60, -26, 0.75), (118, 8, 0.6)])


def wetland(g: Scene) -> None:
    """Reeds and open water in the morning."""
    g.sky("#E6E9DF", "#F2E6C4", "#F3CD92", bottom=560)
    sun(g, 760, 440, 96, "#FFF0C2", "#FFCB7A", 0.6)
    hills(g, (500, 50, "#C3C9B4", "#E6DEB8"), (540, 34, "#96AFA0", "#D2D2AC"))
    grove(
        g,
        ((g.random.uniform(-20, 1620), 588, g.random.uniform(40, 90)) for _ in range(40)),
        "#6F978A",
        "#A9BFA0",
        (520, 590),
        0.12,
    )
    g.ground(582, "#F5DBA6", "#4A8088", 0)
    g.glow(760, 650, 420, "#FFE3A2", 0.6, 0.4)
    ripples(g, 560, 980, 596, 980, "#FFF8E0", 90, 0.6, 130)
    ripples(g, 0, 1600, 600, 1000, "#FFF3D2", 90, 0.3, 200)
    ripples(g, 0, 1600, 660, 1000, "#2C6269", 90, 0.24, 220)
    g.mist(590, 46, "#FBEFD0", 0.7)
    for y, x0, x1, c0, c1, h in (
        (690, 980, 1700, "#6E9A84", "#4A7F6E", 150),
        (760, -100, 520, "#4F8572", "#33695B", 210),
        (900, 1050, 1720, "#2F6B5E", "#1D4D44", 320),
    ):
        s = g.stencil().disc((x0 + x1) / 2, y + 18, (x1 - x0) / 2, 26)
        reeds(g, s, x0 + 60, x1 - 60, y + 10, h, 80, 0.16)
        g.layer(s, c0, c1, (y - h, y), 0.25, (0, 4, 10))
    s = g.stencil()
    reeds(g, s, -40, 640, 1020, 330, 80, 0.22)
    g.layer(s, "#184A42", "#0E2F2B", (680, 1000), 0.35)
    birds(g, 880, 300, 64, "#2F5F58", [(0, 0, 1), (150, -60, 0.72), (270, 20, 0.55)])


def sails(g: Scene) -> None:
    """Four boats on a calm sea."""
    g.sky("#DCE7EA", "#F4EBCF", "#F6CE92", bottom=560)
    sun(g, 470, 400, 104, "#FFF0C0", "#FFCB74", 0.6)
    hills(g, (500, 60, "#A9BFCB", "#DCDCC8"), (535, 40, "#7FA0B5", "#C4CDC2"))
    g.layer(g.stencil().rect(0, 560, 1600, 1010), "#F3DCAA", "#2F6488", (560, 960), 0)
    g.glow(470, 620, 420, "#FFE2A0", 0.6, 0.4)
    ripples(g, 280, 680, 572, 980, "#FFF8E0", 110, 0.6, 130)
    ripples(g, 0, 1600, 590, 1000, "#FFF4D8", 120, 0.3, 190)
    ripples(g, 0, 1600, 640, 1000, "#1F4F76", 120, 0.3, 210)
    g.mist(560, 34, "#FBEFD2", 0.6)
    for x, y, k, c in (
        (300, 590, 0.3, "#9B1B1F"),
        (1350, 600, 0.36, "#B8893B"),
        (720, 620, 0.5, "#2B4C7E"),
        (1130, 790, 1.25, "#9B1B1F"),
    ):
        boat(g, x, y, k, c)
    birds(g, 900, 210, 34, "#46697E", [(0, 0, 1), (84, -34, 0.7), (-70, 44, 0.55), (160, 20, 0.5)])


def boat(g: Scene, x: float, y: float, k: float, c: str) -> None:
    """A sailing boat of the size `k` at (x, y), its jib of the colour `c`."""

    def at(dx: float, dy: float) -> Point:
        """A point of the boat, measured from where it floats."""
        return x + dx * k, y + dy * k

    reflection = g.stencil().poly([at(-150, 20), at(170, 20), at(90, 230), at(-60, 230)])
    g.shade(reflection, "#FFF6DE", 0.25, 14 * k + 3)
    g.layer(g.stencil().rect(x - 4 * k, y - 440 * k, x + 4 * k, y), "#5A3320", shadow=0)
    main = [at(14, -430), *bezier(at(14, -430), at(150, -300), at(200, -140), at(190, -40)), at(14, -34)]
    span = (y - 430 * k, y - 30 * k)
    g.layer(g.stencil().poly(main), "#FFFDF4", "#E9D2A2", span, 0.35, (-8 * k, 6 * k, 12 * k + 2))
    jib = [at(-14, -380), *bezier(at(-14, -380), at(-100, -230), at(-150, -120), at(-176, -44)), at(-14, -34)]
    span = (y - 380 * k, y - 40 * k)
    g.layer(g.stencil().poly(jib), mix(c, "#FFF0C8", 0.25), c, span, 0.35, (-6 * k, 6 * k, 10 * k + 2))
    seams = g.stencil()
    for t in (0.3, 0.52, 0.74):
        seams.stroke([at(14, 396 * t - 430), at(14 + 176 * math.sin(t * 1.75), 360 * t - 420)], 2.4 * k)
    g.shade(seams, "#C9A56C", 0.7)
    bow = bezier(at(220, -24), at(190, 34), at(120, 40), at(0, 40))
    stern = bezier(at(0, 40), at(-110, 40), at(-170, 20), at(-200, -24))
    hull = g.stencil().poly([at(-200, -24), at(220, -24), *bow, *stern])
    g.layer(hull, mix("#8A3B2A", "#FFDFA0", 0.15), "#4A1B18", (y - 24 * k, y + 40 * k), 0.35, (0, 8 * k, 8))
    g.shade(g.stencil().rect(x - 196 * k, y - 24 * k, x + 218 * k, y - 15 * k), "#F6D596", 0.8)
    g.shade(g.stencil().disc(x + 10 * k, y + 42 * k, 250 * k, 10 * k), "#FFF8E6", 0.5, 4)
