"""The country: a village, terraced fields, a clinic in the hills, a greenhouse."""

from __future__ import annotations

import math

from .nature import grove, hills, pine, ridge, sun
from .paint import RED, Scene, mix
from .shapes import Point, bezier, heart, leaf, polar


def village(g: Scene) -> None:
    """White houses among terraced fields."""
    g.sky("#F6ECD6", "#F2D6A3", "#E9B271", bottom=560)
    sun(g, 1150, 300, 86, "#FFF1C9", "#FFC870", 0.55)
    hills(g, (400, 90, "#D9B98C", "#EFD3A2"), (470, 100, "#A9A578", "#DCC592"), (550, 70, "#6F8A68", "#C0B380"))
    g.mist(590, 60, "#F7E3B6", 0.5)
    for i in range(7):  # terraced fields
        y = 600 + i * i * 6.5 + i * 22
        s = g.stencil().poly(ridge(g, y, 14 + i * 5, 0.3, 0.7 + 0.1 * i))
        c = ("#E3B457", "#CF9A45", "#9FA257", "#DDAE55", "#B9883C", "#7E8F4E", "#C9963F")[i]
        g.layer(s, mix(c, "#FFF0C8", 0.22), mix(c, "#5A2A18", 0.25), (y - 30, y + 130), 0.3, (0, -4, 10))
    for cx, cy, k, n in ((430, 655, 0.62, 5), (1120, 690, 0.7, 6), (690, 800, 1.2, 5)):
        grove(
            g,
            (
                (cx + (i - n / 2) * 92 * k + g.random.uniform(-20, 20), cy - 8, 130 * k * g.random.uniform(0.7, 1.2))
                for i in range(n)
            ),
            "#4F7A58",
            "#2E5A45",
            (cy - 150 * k, cy),
            0.25,
        )
        spots = sorted(
            (
                (cx + (i - (n - 1) / 2) * 104 * k + g.random.uniform(-14, 14), cy + g.random.uniform(-14, 34) * k)
                for i in range(n)
            ),
            key=lambda p: p[1],
        )
        for x, y in spots:
            cottage(g, x, y, k)


def cottage(g: Scene, x: float, y: float, k: float) -> None:
    """A white house with a red roof, standing at (x, y)."""
    w, h = 96 * k * g.random.uniform(0.85, 1.1), 62 * k
    g.box((x - w / 2, y - h, x + w / 2, y), "#FDF3DC", "#E8C99A", 0.35, (-5, 3, 8))
    g.shade(g.stencil().rect(x + w * 0.14, y - h, x + w / 2, y), "#C58F5E", 0.35)
    g.layer(
        g.stencil().poly(
            [
                (x - w * 0.6, y - h + 3),
                (x - w * 0.44, y - h * 1.62),
                (x + w * 0.44, y - h * 1.62),
                (x + w * 0.6, y - h + 3),
            ]
        ),
        "#B23A2E",
        "#83201F",
        (y - h * 1.6, y - h),
        0.35,
        (0, 4, 6),
    )
    g.shade(
        g.stencil()
        .rect(x - w * 0.08, y - h * 0.58, x + w * 0.1, y)
        .rect(x - w * 0.36, y - h * 0.66, x - w * 0.2, y - h * 0.34),
        "#7A2A22",
        0.85,
    )


def terraces(g: Scene) -> None:
    """Terraced fields in the evening."""
    g.sky("#FBEBC6", "#F6C983", "#E89B54", bottom=420)
    sun(g, 1140, 260, 92, "#FFF5D2", "#FFC76C", 0.6)
    hills(g, (330, 80, "#D79A68", "#EDBE86"), (390, 70, "#B8744E", "#DDA16C"))
    colours = ("#E9C069", "#C98F3E", "#8E9A52", "#E0B257", "#B9792F", "#6E8A50", "#D39B3D", "#9A6A2A", "#557A4A")
    for i in range(13):
        y = 420 + i * 30 + i * i * 1.7
        pts, a, b = [], g.random.random(), g.random.random()
        for x in range(-10, 1620, 8):
            v = (
                math.sin(math.tau * (x / 1600 * 0.8 + 0.06 * i)) * 46
                + math.sin(math.tau * (x / 1600 * 1.9 + a)) * 13
                + math.sin(math.tau * (x / 1600 * 3.1 + b)) * 5
            )
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
    grove(
        g,
        ((330, 640, 120), (400, 652, 90), (1240, 720, 150), (1330, 742, 110)),
        "#55805A",
        "#2C5A45",
        (500, 740),
        0.3,
        ("#4A2A1C", None, None, 0.1),
    )


def clinic(g: Scene) -> None:
    """A small clinic in the hills."""
    g.sky("#E9EFE4", "#F3E8C8", "#F2CE94", bottom=560)
    sun(g, 520, 300, 78, "#FFF0C2", "#FFD58C", 0.5)
    hills(
        g,
        (350, 130, "#B9C9BC", "#DDE0C4"),
        (430, 130, "#8BA99A", "#C6D0AE"),
        (520, 110, "#55857A", "#A4B893"),
        (610, 80, "#2F6B5E", "#7A9C78"),
    )
    s = g.stencil()
    for _ in range(30):
        pine(g, s, g.random.uniform(-20, 1620), 690 + g.random.uniform(-16, 10), g.random.uniform(70, 150))
    g.layer(s, "#255A4E", "#3D7260", (560, 700), 0.2)
    g.layer(g.stencil().poly(ridge(g, 700, 18, 0.4, 0.8)), "#A9B86C", "#4F7A4E", (680, 1000), 0.25)
    path_l = bezier((1000, 800), (820, 860), (980, 900), (560, 1010))
    path_r = bezier((930, 1010), (1160, 910), (960, 850), (1060, 800))
    g.layer(g.stencil().poly(path_l + path_r), "#F6E2B4", "#E0B77C", (790, 1000), 0.2)
    clinic_house(g)
    grove(
        g,
        ((700, 830, 330), (1450, 850, 420)),
        "#6FA06E",
        "#2F6B4E",
        (430, 760),
        0.35,
        ("#5A3A26", "#43281C", (600, 850), 0.2),
    )
    s = g.stencil()
    for x in range(-20, 520, 26):
        for _ in range(5):
            s.poly(leaf((x, 1014), polar(x, 1014, g.random.uniform(60, 150), g.random.uniform(50, 130)), 9))
    g.layer(s, "#336A4C", "#1C4435", (860, 1000), 0.3)


def clinic_house(g: Scene) -> None:
    """A low white house with a green roof and a heart above the door."""
    x0, x1, top, base = 820, 1300, 520, 806
    g.shade(
        g.stencil().poly([(x0, base - 6), (x1, base - 6), (x1 + 160, base + 44), (x0 + 60, base + 44)]),
        "#23422F",
        0.5,
        14,
    )
    g.box((x0, top, x1, base), "#FFFAEC", "#EBDCB8", 0.4, (-8, 2, 20))
    g.box((x0, base - 46, x1, base), "#4F8575", "#2F6B5E", 0)
    g.layer(
        g.stencil().poly([(x0 - 46, top + 8), (x0 + 60, top - 130), (x1 - 60, top - 130), (x1 + 46, top + 8)]),
        "#3E7A6C",
        "#245449",
        (top - 130, top),
        0.45,
        (0, 10, 14),
    )
    seams = g.stencil()
    for i in range(1, 16):
        t = i / 16
        seams.stroke(
            [(x0 + 60 + (x1 - x0 - 120) * t, top - 130), (x0 - 46 + (x1 - x0 + 92) * t, top + 8)], 3, cap=False
        )
    g.shade(seams, "#8DB3A0", 0.5)
    g.box((1000, 610, 1110, base), "#9B1B1F", "#741518", 0.2, r=4)
    lit = g.stencil().rect(862, 606, 964, 706, 4).rect(1150, 606, 1262, 706, 4).rect(1016, 628, 1094, 700, 3)
    g.layer(lit, "#FFE9B0", "#F5B257", (606, 706), 0.15)
    g.shade(
        g.stencil()
        .rect(910, 606, 915, 706)
        .rect(1203, 606, 1208, 706)
        .rect(862, 652, 964, 656)
        .rect(1150, 652, 1262, 656),
        "#FFFAEC",
        1,
    )
    g.glow(910, 660, 150, "#FFC868", 0.5)
    g.glow(1206, 660, 150, "#FFC868", 0.5)
    g.layer(g.stencil().disc(1056, 480, 46), "#FFFAEC", shadow=0.3, lift=(0, 5, 8))
    g.layer(g.stencil().poly(heart(1056, 481, 30)), RED, shadow=0)


def greenhouse(g: Scene) -> None:
    """Beds of seedlings in a large greenhouse."""
    g.sky("#F6F0DA", "#F3E0AE", "#EFC585")
    sun(g, 800, 330, 120, "#FFF6D4", "#FFDD92", 0.7)
    hills(g, (440, 70, "#BFCBAE", "#E3DDB4"), (500, 50, "#8FB09A", "#CCD0A4"))
    g.layer(
        g.stencil().poly([(640, 560), (960, 560), (1700, 1010), (-100, 1010)]), "#C9A46A", "#7A4A2C", (560, 1000), 0
    )
    g.box((0, 540, 1600, 580), "#86A878", "#6F9868", 0.1)
    g.layer(
        g.stencil().poly([(0, 580), (640, 560), (-100, 1010)]).poly([(1600, 580), (960, 560), (1700, 1010)]),
        "#7FA46C",
        "#4A7A50",
        (560, 1000),
        0,
    )
    for n0, n1 in ((-0.94, -0.62), (-0.5, -0.22), (0.22, 0.5), (0.62, 0.94)):
        bed(g, n0, n1)
    glass_ribs(g)
    end = g.stencil()
    for x in range(640, 961, 64):
        end.rect(x - 2, 350, x + 2, 566)
    end.rect(600, 470, 1000, 474)
    g.shade(end, "#FFFDF2", 0.8)
    g.box((768, 486, 832, 566), "#9B1B1F", "#741518", 0.1, r=3)
    beams = (
        g.stencil()
        .poly([(380, -20), (560, -20), (420, 1010), (40, 1010)])
        .poly([(960, -20), (1080, -20), (1300, 1010), (1010, 1010)])
    )
    g.shade(beams, "#FFF6D0", 0.24, 40)


def bed(g: Scene, n0: float, n1: float) -> None:
    """A bed of seedlings between two lines that run towards the viewer."""
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
        g.layer(
            s,
            mix("#3E8A5A", "#D9D98A", tone * 0.55),
            mix("#235C44", "#8FAE6A", tone * 0.5),
            (y - 60 * k, y),
            0.28,
            (0, 3, 4),
        )
        g.layer(hi, mix("#86BC6A", "#F0E6A0", tone * 0.5), mix("#3E8A5A", "#B9C77A", tone * 0.5), (y - 60 * k, y), 0.1)


def glass_ribs(g: Scene) -> None:
    """The arched ribs of the roof and the rods that join them."""
    ribs = g.stencil()
    for i in range(8):
        t = (i / 7) ** 1.7
        half, foot = 200 + 760 * t, 566 + 470 * t
        arch = [rib_point(t, a) for a in range(0, 181, 3)]
        ribs.stroke([(800 + half, foot), *arch, (800 - half, foot)], 3.5 + 9 * t, cap=False)
    for a in (0, 24, 48, 72, 90, 108, 132, 156, 180):
        ribs.stroke([rib_point((i / 20) ** 1.7, a) for i in range(21)], 3, cap=False)
    g.layer(ribs, "#FFFDF2", "#C9D2B8", (0, 1000), 0.22, (0, 6, 8))


def rib_point(t: float, degrees: float) -> Point:
    """A point of the arch at the depth `t`, 0 at the far end and 1 at the viewer."""
    half, top, base = 200 + 760 * t, 330 - 380 * t, 566 + 470 * t
    spring = base - 90 * (1 + 2 * t)
    angle = math.radians(degrees)
    return 800 + half * math.cos(angle), spring - (spring - top) * math.sin(angle)
