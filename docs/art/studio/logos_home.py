"""Logos of homes and neighbours: a house, benches, a window, a station, a lantern, a key."""

from __future__ import annotations

import math

from .paint import BLUE, GOLD, JADE, PAPER, RED, Logo, mix
from .shapes import bezier, heart, sweep


def logo_home(g: Logo) -> None:
    """A house whose walls make an E, its middle bar golden."""
    s = g.stencil()
    s.poly([(256, 40), (486, 226), (454, 266), (256, 106), (58, 266), (26, 226)])
    s.rect(356, 70, 404, 160)
    s.rect(96, 256, 152, 470)
    s.rect(96, 256, 416, 306).rect(96, 420, 416, 470)
    g.fill(s, BLUE)
    g.cut(g.stencil().poly([(256, 118), (446, 272), (470, 256), (470, 306), (40, 306), (40, 256), (66, 272)]))
    s = g.stencil()
    s.rect(96, 262, 152, 470).rect(96, 262, 416, 314).rect(96, 418, 416, 470)
    s.poly([(96, 262), (256, 134), (256, 200), (180, 262)]).poly([(416, 262), (256, 134), (256, 200), (332, 262)])
    g.fill(s, BLUE)
    g.fill(g.stencil().rect(176, 340, 372, 392, 0), GOLD)


def logo_benches(g: Logo) -> None:
    """Four benches around a table with a drop of tea."""
    s = g.stencil()
    for a in (45, 135, 225, 315):
        s.stroke(sweep(256, 256, 204, a - 31, a + 31), 52)
    g.fill(s, RED)
    s = g.stencil()
    for a in (45, 135, 225, 315):
        s.stroke(sweep(256, 256, 204, a - 27, a + 27), 5)
    g.fill(s, mix(RED, PAPER, 0.32))
    g.fill(g.stencil().disc(256, 256, 140), GOLD)
    g.fill(g.stencil().ring(256, 256, 122, 115), PAPER)
    drop = bezier((256, 166), (262, 206), (322, 240), (322, 284)) + sweep(256, 284, 66, 0, -180)
    drop += bezier((190, 284), (190, 240), (250, 206), (256, 166))
    g.fill(g.stencil().poly(drop), PAPER)
    small = [(256 + (x - 256) * 0.78, 270 + (y - 270) * 0.78) for x, y in drop]
    g.fill(g.stencil().poly(small), JADE)
    g.fill(g.stencil().stroke(sweep(256, 282, 33, 200, 262), 8), PAPER)


def logo_window(g: Logo) -> None:
    """A round lattice window that opens on a heart."""
    leaves = g.stencil().disc(256, 256, 200)
    g.fill(leaves, RED)
    lattice = g.stencil().ring(256, 256, 172, 164)
    lattice.stroke([(84, 256), (428, 256)], 8, cap=False)
    for sign in (-1, 1):
        lattice.stroke([(256 + sign * 92, 117), (256 + sign * 92, 395)], 8, cap=False)
    g.fill(lattice, mix(RED, PAPER, 0.5), leaves)
    g.cut(g.stencil().rect(250, 40, 262, 216).rect(250, 330, 262, 472))
    g.fill(g.stencil().ring(256, 256, 240, 216), GOLD)
    g.cut(g.stencil().poly(heart(256, 258, 138)))
    glow = g.stencil().poly(heart(256, 257, 112))
    g.fill(glow, GOLD)
    g.fill(g.stencil().poly([(250, 110), (262, 110), (259, 420), (253, 420)]), PAPER, glow)


def logo_station(g: Logo) -> None:
    """A map pin in the shape of a house, above an arc between two points."""
    arc = bezier((58, 438), (150, 340), (362, 340), (454, 438))
    g.fill(g.stencil().stroke(arc, 26).disc(58, 438, 38).disc(454, 438, 38), GOLD)
    g.fill(g.stencil().disc(58, 438, 16).disc(454, 438, 16), PAPER)
    pin = [(256, 30), (428, 156), (390, 156), (390, 236), *bezier((390, 236), (390, 300), (300, 330), (256, 396))]
    pin += [*bezier((256, 396), (212, 330), (122, 300), (122, 236)), (122, 156), (84, 156)]
    g.cut(g.stencil().poly([(256 + (x - 256) * 1.16, 236 + (y - 236) * 1.12) for x, y in pin]))
    g.fill(g.stencil().poly(pin), RED)
    g.fill(g.stencil().rect(204, 186, 308, 276, 0).poly(sweep(256, 188, 52, 0, 180)), PAPER)
    g.fill(g.stencil().rect(204, 264, 308, 276), GOLD)
    g.fill(g.stencil().poly(heart(256, 216, 30)), RED)


def logo_lantern(g: Logo) -> None:
    """A lantern with rising steam above, a bowl below."""
    body = g.stencil().disc(256, 272, 186)
    upper = g.stencil().rect(0, 0, 512, 270)
    g.fill(body, GOLD, upper)
    ribs = g.stencil()
    for rx in (62, 124):
        ribs.stroke(
            [(256 + rx * math.cos(math.radians(a)), 272 - 186 * math.sin(math.radians(a))) for a in range(0, 181, 3)],
            6,
            cap=False,
        )
    g.fill(ribs, mix(GOLD, PAPER, 0.5), upper)
    for x, y0, y1 in ((196, 236, 150), (256, 236, 122), (316, 236, 150)):
        steam = bezier((x, y0), (x - 30, y0 - (y0 - y1) * 0.35), (x + 30, y0 - (y0 - y1) * 0.65), (x, y1))
        g.fill(g.stencil().stroke(steam, 15), PAPER)
    g.fill(g.stencil().rect(196, 74, 316, 104, 8).ring(256, 48, 28, 17), RED)
    g.cut(g.stencil().rect(0, 270, 512, 512))
    bowl = g.stencil().poly([(56, 288), *sweep(256, 272, 188, 185, 355), (456, 288)])
    bowl.rect(44, 286, 468, 308, 10)
    bowl.rect(0, 440, 512, 512, ink=0)
    g.fill(bowl, RED)
    g.fill(g.stencil().poly([(186, 436), (326, 436), (340, 476), (172, 476)]), RED)
    g.fill(g.stencil().stroke(sweep(256, 272, 150, 215, 325), 6), mix(RED, PAPER, 0.4))


def logo_key(g: Logo) -> None:
    """A key whose bow is an old house."""
    s = g.stencil().poly(
        [(256, 24), (424, 136), (424, 152), (388, 152), (388, 276), (124, 276), (124, 152), (88, 152), (88, 136)]
    )
    s.rect(232, 270, 280, 492, 8)
    s.poly([(280, 372), (352, 372), (352, 408), (280, 408)]).rect(280, 436, 330, 474)
    g.fill(s, RED)
    g.cut(g.stencil().rect(124, 276, 222, 290))
    g.fill(g.stencil().rect(186, 148, 326, 244, 4), PAPER)
    panes = (
        g.stencil().rect(194, 156, 251, 191).rect(261, 156, 318, 191).rect(194, 201, 251, 236).rect(261, 201, 318, 236)
    )
    g.fill(panes, GOLD)
    g.fill(g.stencil().disc(256, 98, 17), PAPER)
    g.fill(g.stencil().rect(216, 294, 296, 314, 8), GOLD)
