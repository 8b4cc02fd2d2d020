"""Desks seen from close by: at a window, with a ledger, under a lamp."""

from __future__ import annotations

import math

from .indoors import lamp_cone, page, tabletop
from .nature import grove, hills, moon, stars, sun
from .paint import RED, Scene, mix
from .shapes import Point, bezier, leaf, polar, wave
from .town import town, windows


def window_desk(g: Scene) -> None:
    """A desk with a book at a window."""
    g.sky("#C98A55", "#B06F46", "#8C4A36")
    g.layer(g.stencil().rect(0, 0, 1600, 1000), "#E3B981", "#B87A50", (0, 800), 0)
    evening_window(g)
    beam = (
        g.stencil()
        .poly([(496, 276), (920, 276), (560, 1010), (-160, 1010)])
        .poly([(944, 276), (1364, 276), (1240, 1010), (640, 1010)])
    )
    g.box((430, 676, 1430, 706), "#8A4630", "#5E281D", 0.35, (0, 6, 12), r=6)
    tabletop(g, 760, "#B9713F", "#6E3321", 0.45, (0, -8, 26), "#F7CE8E", 8)
    grain = g.stencil()
    for i in range(10):
        y = 784 + i * i * 2.4 + i * 6
        grain.stroke(wave(-20, 1620, y, 3 + i * 0.4, 1.5 + (i % 3) * 0.4, i * 0.37), 1.6)
    g.shade(grain, "#5A2618", 0.4)
    g.shade(beam, "#FFD78C", 0.26, 14)
    open_book(g)
    potted_plant(g)
    cup_of_pens(g)
    g.glow(980, 420, 700, "#FFC36B", 0.3)


def evening_window(g: Scene) -> None:
    """A window with the town at sunset behind it."""
    g.box((470, 70, 1390, 690), "#7A3524", "#5A231C", 0.4, (0, 8, 26), r=8)
    view = g.stencil().rect(496, 96, 1364, 664)
    with g.through(view):
        g.sky("#F8D79B", "#F6B56B", "#E0814C", bottom=664)
        sun(g, 1010, 360, 86, "#FFF2C4", "#FFD07C", 0.7)
        hills(g, (470, 60, "#D9825A", "#EBAF77"), (530, 50, "#B45844", "#D98A5E"))
        town(g, (670, 40, 150), "#8B3A34", "#B5614A", (520, 664), 0.2, wide=(40, 80), x0=480, x1=1380)
        grove(
            g,
            ((x, 690, g.random.uniform(170, 230)) for x in (530, 640, 1230, 1330)),
            "#5A2C2A",
            "#43201F",
            (500, 664),
            0.25,
        )
    g.layer(
        g.stencil().rect(920, 96, 940, 664).rect(496, 262, 1364, 276), "#6B2C20", "#8A4630", (96, 664), 0.3, (-4, 3, 6)
    )


def open_book(g: Scene) -> None:
    """An open book with lines on both pages."""
    g.shade(g.stencil().disc(830, 900, 360, 34), "#3A140E", 0.5, 16)
    for sign in (-1, 1):
        for k in range(3, -1, -1):
            upper = [(0, 838 - k * 3), (110, 786 - k * 4), (240, 800 - k * 4), (330 - k * 6, 836 - k * 3)]
            lower = [(372 - k * 6, 912 - k * 3), (250, 872 - k * 4), (120, 862 - k * 4), (0, 908 - k * 3)]
            g.layer(
                g.stencil().poly(page(830, sign, upper, lower)),
                mix("#FFF8E6", "#E3BE8B", 0.5 if k == 3 else 0.12),
                "#E6C08C" if sign < 0 else "#F6DFB4",
                (790, 915),
                0.25,
                (0, 4, 6),
            )
    rows = g.stencil()
    for sign in (-1, 1):
        for i in range(6):
            t = 0.14 + i * 0.13
            a = [
                (830 + sign * (36 + t * 26 + x * 2.6), 838 + t * 62 - 26 * math.sin(math.pi * (0.12 + x / 128)) + 4)
                for x in range(0, 100, 4)
            ]
            rows.stroke(a, 2.6)
    g.shade(rows, "#9A6A48", 0.55)


def potted_plant(g: Scene) -> None:
    """A plant in a red pot."""
    pot = g.stencil().poly([(300, 760), (470, 760), (448, 884), (322, 884)]).rect(288, 738, 482, 770, 6)
    g.shade(g.stencil().disc(370, 888, 130, 16), "#3A140E", 0.55, 10)
    plant = g.stencil()
    for i in range(11):
        a = 24 + i * 13.2
        plant.poly(leaf((385, 744), polar(385, 744, g.random.uniform(180, 290), a), 30))
    g.layer(plant, "#5E9277", "#27594C", (460, 760), 0.4, (-8, 6, 14))
    g.layer(pot, "#B23A2E", "#741B1D", (738, 884), 0.35, (-8, 4, 12))


def cup_of_pens(g: Scene) -> None:
    """Three pens in a blue cup."""
    cup = g.stencil().rect(1300, 770, 1400, 890, 14)
    g.shade(g.stencil().disc(1340, 892, 90, 13), "#3A140E", 0.55, 9)
    pens = (
        g.stencil()
        .stroke([(1330, 790), (1306, 650)], 12)
        .stroke([(1352, 790), (1356, 636)], 12)
        .stroke([(1374, 790), (1402, 660)], 12)
    )
    g.layer(pens, "#E8B45C", "#9B1B1F", (640, 790), 0.35, (-5, 4, 8))
    g.layer(cup, "#4B6E8F", "#2B4C7E", (770, 890), 0.35, (-8, 4, 10))


def ledger_desk(g: Scene) -> None:
    """A ledger and an abacus in lamplight."""
    g.sky("#3A2320", "#5A342A", "#2C1816")
    files(g)
    lamp_cone(g, 1090, 330, 620)
    tabletop(g, 700, "#B8763F", "#5C2A1B", 0.5, (0, -10, 30), "#F8CF8E", 9)
    g.glow(1010, 830, 640, "#FFC973", 0.5, 0.4)
    bent_lamp(g)
    ledger(g)
    abacus(g, 1180, 856)
    striped_jar(g)


def files(g: Scene) -> None:
    """Three boards of files on the wall."""
    shelf = g.stencil()
    for row in range(3):
        y = 60 + row * 200
        x = 20.0
        while x < 1600:
            w, h = g.random.uniform(28, 62), g.random.uniform(120, 164)
            shelf.rect(x, y + 170 - h, x + w - 5, y + 170, 3)
            x += w
    g.layer(shelf, "#6E4232", "#4A2A22", (0, 640), 0.4)
    g.layer(
        g.stencil().rect(0, 230, 1600, 246).rect(0, 430, 1600, 446).rect(0, 630, 1600, 646),
        "#2C1613",
        shadow=0.5,
        lift=(0, 8, 10),
    )


def bent_lamp(g: Scene) -> None:
    """A desk lamp with a bent stem and a green shade."""
    g.shade(g.stencil().disc(1120, 800, 170, 22), "#2A0E08", 0.5, 12)
    g.layer(
        g.stencil()
        .stroke([(1120, 780), (1120, 560)], 16)
        .stroke(bezier((1120, 560), (1120, 480), (1150, 400), (1090, 330)), 14)
        .rect(1010, 774, 1230, 800, 12),
        "#D9A54E",
        "#7E5222",
        (330, 800),
        0.4,
        (-8, 6, 12),
    )
    g.layer(
        g.stencil().poly(
            [
                (900, 372),
                *bezier((900, 372), (920, 250), (1060, 220), (1120, 220)),
                *bezier((1120, 220), (1220, 220), (1280, 290), (1290, 372)),
            ]
        ),
        "#3F8270",
        "#1F5146",
        (220, 372),
        0.5,
        (0, 10, 16),
    )
    g.layer(g.stencil().rect(892, 366, 1298, 384, 8), "#E9C46C", shadow=0.3)
    g.shade(g.stencil().disc(1094, 388, 150, 14), "#FFF6D2", 0.95, 3)


def ledger(g: Scene) -> None:
    """An open ledger with its lines and columns."""
    g.shade(g.stencil().disc(560, 950, 420, 30), "#2A0E08", 0.5, 14)
    for sign in (-1, 1):
        for k in range(4, -1, -1):
            upper = [(0, 824 - k * 4), (110, 764 - k * 5), (250, 778 - k * 5), (342 - k * 5, 812 - k * 3)]
            lower = [(404 - k * 5, 928 - k * 3), (270, 882 - k * 5), (130, 876 - k * 5), (0, 944 - k * 4)]
            g.layer(
                g.stencil().poly(page(620, sign, upper, lower)),
                "#FFF6DE" if k == 0 else "#E6C693",
                "#E3BD86" if sign < 0 else "#F8E2B4",
                (770, 944),
                0.3,
                (0, 5, 6),
            )
    for sign in (-1, 1):
        ledger_lines(g, sign)


def ledger_lines(g: Scene, sign: int) -> None:
    """The lines across a page of the ledger and its red and blue columns."""

    def at(down: float, across: float) -> Point:
        """A point of the page, both numbers from 0 to 1, `across` from the spine outwards."""
        x = 620 + sign * (30 + down * 30 + across * (290 + down * 36))
        return x, 826 + down * 100 - 44 * math.sin(math.pi * min(1, 0.16 + across * 0.72)) + across * 8 - 6

    for i in range(6):
        g.shade(g.stencil().stroke([at(i / 6, x / 24) for x in range(25)], 2.2), "#8A5A3A", 0.7)
    for across, colour in ((0.24, "#9B1B1F"), (0.62, "#9B1B1F"), (0.8, "#2B4C7E")):
        column = [at(down, across) for down in (0, 0.2, 0.4, 0.6, 0.8, 0.98)]
        g.shade(g.stencil().stroke(column, 2.4), colour, 0.7)


def abacus(g: Scene, ax: float, ay: float) -> None:
    """An abacus lying at (ax, ay), its beads as chance will have them."""
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


def striped_jar(g: Scene) -> None:
    """A blue jar of brushes."""
    jar = g.stencil().rect(90, 742, 250, 900, 14)
    g.shade(g.stencil().disc(190, 902, 130, 16), "#2A0E08", 0.6, 10)
    pens = (
        g.stencil()
        .stroke([(140, 760), (104, 590)], 13)
        .stroke([(176, 760), (180, 570)], 13)
        .stroke([(206, 760), (246, 606)], 13)
    )
    g.layer(pens, "#D9A54E", "#7E3A22", (570, 760), 0.4, (-6, 5, 8))
    g.layer(jar, "#4F7FA5", "#23446B", (742, 900), 0.4, (-6, 5, 12))
    g.shade(g.stencil().rect(90, 800, 250, 806).rect(90, 846, 250, 850), "#D8E4EA", 0.6)


def lamp_desk(g: Scene) -> None:
    """A scroll on a desk at night."""
    g.layer(g.stencil().rect(0, 0, 1600, 1010), "#23352F", "#2E443A", (0, 800), 0)
    night_window(g)
    lamp_cone(g, 520, 400, 560)
    tabletop(g, 700, "#A8663A", "#4E2418", 0.5, (0, -10, 30), "#F5CB8A", 8)
    g.glow(600, 820, 640, "#FFC973", 0.55, 0.4)
    green_lamp(g)
    hand_scroll(g)
    for i, (x, y, r) in enumerate(((120, 880, -6), (150, 850, 4), (130, 820, -3))):
        c = ("#9B2A26", "#2B4C7E", "#C9A062")[i]
        s = g.stencil().poly([(x - 90, y + r), (x + 170, y - r), (x + 176, y + 30 - r), (x - 86, y + 32 + r)])
        g.layer(s, mix(c, "#FFE2AE", 0.25), mix(c, "#1A0A08", 0.35), (y, y + 34), 0.5, (4, 8, 10))
    vase(g)


def night_window(g: Scene) -> None:
    """A window with the moon and a lit town behind it."""
    view = g.stencil().rect(980, 80, 1420, 560, 6)
    with g.through(view):
        g.sky("#15233F", "#34507A", "#7E7F8A", bottom=560)
        stars(g, 70, 420)
        moon(g, 1300, 190, 36, (150, "#E9DDB5", 0.5), ("#FFF3D0", "#FFF3D0"))
        boxes = town(g, (570, 50, 190), "#1C2C48", "#2E4260", (380, 560), 0.2, wide=(46, 90), x0=960, x1=1440)
        windows(g, boxes, "#F4C46C", 0.25, (7, 9), (18, 22), 0.4)
    frame = (
        g.stencil()
        .rect(960, 60, 1440, 580, 8)
        .rect(980, 80, 1420, 560, 4, ink=0)
        .rect(1194, 70, 1206, 570)
        .rect(970, 236, 1430, 246)
    )
    g.layer(frame, "#5E3322", "#43221A", (60, 580), 0.4, (-6, 8, 14))


def green_lamp(g: Scene) -> None:
    """A desk lamp with a wide green glass shade."""
    g.shade(g.stencil().disc(470, 800, 170, 22), "#200B06", 0.55, 12)
    g.layer(
        g.stencil().rect(450, 470, 470, 780, 8).disc(460, 640, 24, 40).rect(360, 772, 560, 800, 14),
        "#E0B058",
        "#7E5222",
        (440, 800),
        0.4,
        (-8, 6, 12),
    )
    g.layer(
        g.stencil().poly(
            [
                (250, 440),
                *bezier((250, 440), (270, 280), (420, 270), (480, 270)),
                *bezier((480, 270), (600, 270), (690, 290), (710, 440)),
            ]
        ),
        "#5CA48A",
        "#1F6150",
        (270, 440),
        0.5,
        (0, 12, 18),
    )
    g.shade(
        g.stencil().poly(
            bezier((300, 420), (320, 330), (380, 300), (440, 292))
            + bezier((440, 292), (400, 320), (350, 350), (330, 420))
        ),
        "#CFE8D2",
        0.4,
        5,
    )
    g.layer(g.stencil().rect(242, 434, 718, 450, 8), "#F1CF7C", shadow=0.3)
    g.shade(g.stencil().disc(480, 455, 190, 12), "#FFF8DA", 0.95, 3)


def hand_scroll(g: Scene) -> None:
    """An unrolled scroll with columns of writing and a seal."""
    g.shade(g.stencil().rect(560, 868, 1330, 930, 20), "#200B06", 0.55, 16)
    sheet = bezier((600, 790), (800, 764), (1000, 806), (1240, 778)) + bezier(
        (1300, 900), (1040, 930), (820, 882), (580, 912)
    )
    g.layer(g.stencil().poly(sheet), "#FFF3D2", "#E3BC80", (770, 920), 0.4, (-4, 8, 10))
    text = g.stencil()
    for i in range(14):
        x = 660 + i * 42
        y = 790 + 8 * math.sin(i * 0.5)
        text.poly(
            [
                (x, y + 16),
                (x + 6, y + 16),
                (x + 4 + i * 0.8, y + 92 - (i % 4) * 12),
                (x - 3 + i * 0.8, y + 92 - (i % 4) * 12),
            ]
        )
    g.shade(text, "#8A5A3A", 0.6)
    g.layer(g.stencil().rect(1180, 858, 1216, 894, 3), RED, shadow=0.1)
    for x, y0, y1 in ((584, 772, 930), (1272, 760, 920)):
        g.layer(
            g.stencil().rect(x - 22, y0, x + 22, y1, 14).rect(x - 9, y0 - 22, x + 9, y1 + 22, 8),
            "#B23A2E",
            "#641518",
            (y0, y1),
            0.5,
            (6, 8, 10),
        )


def vase(g: Scene) -> None:
    """A white vase with two twigs."""
    jar = g.stencil().rect(1390, 700, 1500, 870, 30).rect(1412, 670, 1478, 720, 10)
    g.shade(g.stencil().disc(1440, 872, 110, 15), "#200B06", 0.6, 10)
    twigs = (
        g.stencil()
        .stroke([(1440, 690), (1420, 520)], 9)
        .stroke([(1450, 690), (1480, 500)], 9)
        .poly(leaf((1418, 530), (1410, 450), 12))
        .poly(leaf((1480, 512), (1492, 430), 12))
    )
    g.layer(twigs, "#6E3A24", "#8A4A2C", (430, 690), 0.3)
    g.layer(jar, "#F3EAD6", "#8FA7B5", (670, 870), 0.4, (-6, 6, 12))
    g.shade(g.stencil().rect(1390, 770, 1500, 778).rect(1390, 830, 1500, 834), "#2B4C7E", 0.7)
