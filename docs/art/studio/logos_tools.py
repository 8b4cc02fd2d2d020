"""Logos of things in the hand: scales, a desk, a stethoscope, a gear, a steelyard, an abacus, a scroll."""

from __future__ import annotations

import math

from .paint import BLUE, GOLD, JADE, PAPER, RED, Logo, mix
from .shapes import bezier, heart, leaf, mirror, sweep, wedge


def logo_scales(g: Logo) -> None:
    """Scales before a rising sun."""
    s = g.stencil()
    for i in range(11):  # rays, longer in the middle
        a = 12 + i * 15.6
        long = 206 if i % 2 == 0 else 186
        s.poly(wedge(256, 236, 140, long, a, 3.4, 2))
    s.poly(sweep(256, 236, 116, 0, 180))
    g.fill(s, GOLD)
    s = g.stencil()  # a clear space around the beam
    s.stroke(bezier((40, 226), (256, 254), (472, 226)), 34)
    s.stroke([(256, 190), (256, 300)], 44)
    g.cut(s)
    s = g.stencil()
    s.stroke(bezier((64, 236), (256, 262), (448, 236)), 15)
    s.disc(256, 204, 17).poly([(247, 204), (265, 204), (273, 430), (239, 430)])
    s.rect(170, 444, 342, 464, 10).poly(
        [
            (196, 444),
            *bezier((196, 444), (238, 436), (236, 400), (240, 380)),
            (272, 380),
            *bezier((272, 380), (276, 400), (274, 436), (316, 444)),
        ]
    )
    for cx in (94, 418):
        s.stroke([(cx, 240), (cx - 62, 346)], 6).stroke([(cx, 240), (cx + 62, 346)], 6).disc(cx, 240, 11)
        s.poly(bezier((cx - 84, 346), (cx - 60, 420), (cx + 60, 420), (cx + 84, 346)))
    g.fill(s, RED)


def logo_desk(g: Logo) -> None:
    """An open book as a desk, with a sprout."""
    g.fill(g.stencil().stroke(bezier((256, 296), (252, 240), (262, 200), (256, 150)), 14), JADE)
    g.fill(g.stencil().poly(leaf((256, 214), (390, 60), 56)).poly(leaf((256, 250), (128, 128), 46)), JADE)
    s = (
        g.stencil()
        .stroke(bezier((262, 206), (310, 150), (370, 84)), 6)
        .stroke(bezier((250, 244), (206, 196), (146, 146)), 6)
    )
    g.fill(s, PAPER)
    left = bezier((256, 318), (206, 262), (110, 262), (36, 292)) + bezier((36, 348), (110, 318), (206, 318), (256, 372))
    right = mirror(left, g.size)
    g.fill(g.stencil().poly(left).poly(right), GOLD)
    line = bezier((256, 345), (206, 290), (110, 290), (36, 320))
    g.fill(g.stencil().stroke(line, 5).stroke(mirror(line, g.size), 5), PAPER)
    g.cut(g.stencil().rect(250, 296, 262, 420))
    legs = (
        g.stencil()
        .poly([(96, 352), (136, 346), (116, 482), (76, 482)])
        .poly([(416, 352), (376, 346), (396, 482), (436, 482)])
    )
    legs.rect(118, 424, 394, 442)
    g.fill(legs, RED)


def logo_stethoscope(g: Logo) -> None:
    """A stethoscope in the shape of a roof around a heart."""
    s = g.stencil()
    path = bezier((132, 440), (80, 430), (82, 380), (82, 330)) + [(82, 222)]
    path += bezier((82, 222), (82, 196), (100, 184), (120, 168)) + [(256, 62)]
    s.stroke(path, 34).stroke(mirror(path, g.size), 34)
    g.fill(s, JADE)
    g.fill(g.stencil().stroke([(256, 62), (256, 190)], 34), JADE)
    g.fill(g.stencil().disc(144, 442, 27).disc(368, 442, 27), GOLD)
    g.cut(g.stencil().poly(heart(256, 284, 128)))
    g.fill(g.stencil().poly(heart(256, 284, 106)), RED)
    g.fill(
        g.stencil().stroke([(170, 284), (222, 284), (240, 250), (266, 326), (286, 270), (294, 284), (342, 284)], 11),
        PAPER,
        g.stencil().poly(heart(256, 284, 106)),
    )


def logo_gear(g: Logo) -> None:
    """A gear around a golden arched window."""
    s = g.stencil()
    for i in range(12):
        a = i * 30
        s.poly(wedge(256, 256, 190, 240, a, 9.5, 6.6))
    s.disc(256, 256, 204)
    g.fill(s, RED)
    g.fill(g.stencil().disc(256, 256, 160), PAPER)
    arch = g.stencil().rect(172, 226, 340, 366, 6).poly(sweep(256, 228, 84, 0, 180))
    g.fill(arch, GOLD)
    bars = g.stencil().rect(250, 130, 262, 370).rect(160, 222, 352, 234).rect(160, 296, 352, 308)
    g.fill(bars, PAPER, arch)
    g.fill(g.stencil().rect(156, 366, 356, 380, 7), RED)


def logo_steelyard(g: Logo) -> None:
    """A steelyard that weighs a leaf."""
    g.fill(g.stencil().disc(256, 256, 238), RED)
    g.fill(g.stencil().stroke([(214, 214), (214, 126)], 9).ring(214, 102, 33, 20), PAPER)
    g.fill(g.stencil().stroke([(92, 244), (422, 164)], 24), GOLD)
    marks = g.stencil()
    for i in range(7):
        t = 0.46 + i * 0.07
        marks.disc(92 + 330 * t, 244 - 80 * t, 5)
    g.fill(marks, RED)
    g.fill(g.stencil().disc(214, 214, 17), PAPER)
    g.fill(g.stencil().stroke([(392, 172), (392, 250)], 8), PAPER)
    weight = (
        g.stencil()
        .poly([(372, 262), (412, 262), (438, 352), (346, 352)])
        .rect(338, 338, 446, 366, 12)
        .rect(362, 248, 422, 270, 11)
    )
    g.fill(weight, PAPER)
    g.fill(g.stencil().poly([(392, 284), (408, 308), (392, 332), (376, 308)]), RED)
    g.fill(g.stencil().stroke([(116, 238), (66, 344)], 7).stroke([(116, 238), (218, 344)], 7), PAPER)
    g.fill(g.stencil().poly(leaf((92, 338), (204, 262), 34)), GOLD)
    g.fill(g.stencil().stroke(bezier((106, 330), (150, 304), (186, 274)), 5), RED)
    g.fill(g.stencil().poly(bezier((40, 344), (66, 430), (222, 430), (248, 344))), PAPER)


def logo_abacus(g: Logo) -> None:
    """An abacus with three rods."""
    g.fill(g.stencil().rect(36, 36, 476, 476, 40), BLUE)
    g.cut(g.stencil().rect(68, 68, 444, 444, 12))
    g.fill(g.stencil().rect(68, 68, 444, 444, 12), PAPER)
    xs = (138, 256, 374)
    rods = g.stencil()
    for x in xs:
        rods.rect(x - 5, 68, x + 5, 444)
    g.fill(rods, mix(BLUE, PAPER, 0.55))
    g.fill(g.stencil().rect(68, 172, 444, 194), BLUE)

    def bead(cx: float, cy: float, colour: str) -> None:
        """A bead on its rod, with a lighter line across."""
        w, h = 50, 25
        shape = [
            (cx - w, cy),
            (cx - w * 0.62, cy - h),
            (cx + w * 0.62, cy - h),
            (cx + w, cy),
            (cx + w * 0.62, cy + h),
            (cx - w * 0.62, cy + h),
        ]
        g.fill(g.stencil().poly(shape), colour)
        g.fill(g.stencil().stroke([(cx - w * 0.8, cy), (cx + w * 0.8, cy)], 3.5, cap=False), mix(colour, PAPER, 0.5))

    rows = ((144, (224, 276, 360, 416)), (98, (224, 304, 360, 416)), (144, (224, 276, 332, 416)))
    for x, colour, (top, below) in zip(xs, (RED, GOLD, RED), rows, strict=True):
        for y in (top, *below):
            bead(x, y, colour)


def logo_scroll(g: Logo) -> None:
    """A lamp over an unrolled scroll."""
    lamp = g.stencil().rect(249, 14, 263, 60).poly([(216, 58), (296, 58), (342, 132), (170, 132)])
    g.fill(lamp, RED)
    g.fill(g.stencil().poly([(222, 140), *sweep(256, 140, 34, 180, 360), (290, 140)]), GOLD)
    rays = g.stencil()
    for i in range(5):
        a = 222 + i * 24
        long = 176 if i % 2 else 192
        rays.poly(wedge(256, 122, 82, long, a, 4, 2.4))
    g.fill(rays, GOLD)
    sheet = g.stencil().poly(
        [
            (92, 326),
            *bezier((92, 326), (200, 350), (312, 302), (420, 326)),
            (420, 452),
            *bezier((420, 452), (312, 428), (200, 476), (92, 452)),
        ]
    )
    g.fill(sheet, GOLD)
    lines = g.stencil()
    for x in range(140, 390, 38):
        y = 326 + 12 * math.sin((x - 92) / 328 * math.tau)
        lines.rect(x - 3.5, y + 24, x + 3.5, y + (104 if (x // 38) % 3 else 76), 3.5)
    g.fill(lines, PAPER)
    rollers = g.stencil()
    for x in (78, 434):
        rollers.rect(x - 20, 308, x + 20, 470, 8).rect(x - 9, 288, x + 9, 490, 9)
    g.fill(rollers, RED)
