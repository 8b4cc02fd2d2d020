"""Logos of what leads on: a road, a bridge, a river in a leaf, sails."""

from __future__ import annotations

from .paint import BLUE, GOLD, JADE, PAPER, RED, Logo, mix
from .shapes import bezier, leaf, sweep, wave


def logo_road(g: Logo) -> None:
    """A road to the middle of a disc, where a signal spreads upwards."""
    disc = g.stencil().disc(256, 256, 236)
    g.fill(disc, BLUE)
    road = g.stencil().poly([(244, 262), (268, 262), (410, 520), (102, 520)])
    g.fill(road, PAPER, disc)
    dashes = g.stencil()
    for y0, y1 in ((292, 312), (332, 362), (388, 430), (462, 520)):
        w0, w1 = (y0 - 250) * 0.05 + 1, (y1 - 250) * 0.05 + 1
        dashes.poly([(256 - w0, y0), (256 + w0, y0), (256 + w1, y1), (256 - w1, y1)])
    g.fill(dashes, RED, disc)
    fields = g.stencil()
    for k in (0, 1):
        sign = -1 if k == 0 else 1
        for r, w in ((420, 10), (300, 7)):
            fields.stroke([(256 + sign * 24, 268), (256 + sign * r * 0.72, 268 + r * 0.62)], w, cap=False)
    g.fill(fields, mix(BLUE, PAPER, 0.28), disc)
    g.fill(road, PAPER, disc)
    g.fill(dashes, RED, disc)
    for r, colour in ((62, GOLD), (112, PAPER), (162, GOLD)):
        g.fill(g.stencil().stroke(sweep(256, 250, r, 38, 142), 24), colour)
    g.fill(g.stencil().disc(256, 246, 25), PAPER)
    g.fill(g.stencil().disc(256, 246, 14), RED)


def logo_bridge(g: Logo) -> None:
    """An arched bridge over waves."""
    deck = bezier((14, 264), (150, 236), (160, 62), (256, 62), (352, 62), (362, 236), (498, 264))
    s = g.stencil().poly([*deck, (498, 272), (14, 272)]).disc(256, 272, 124, ink=0).rect(0, 272, 512, 512, ink=0)
    g.fill(s, RED)
    rail = [(x, y + 26) for x, y in deck if 120 < x < 392]
    g.fill(g.stencil().stroke(rail, 6), PAPER, s)
    below = g.stencil().disc(256, 284, 188).disc(256, 284, 124, ink=0)
    water = g.stencil()
    for i, y in enumerate((304, 344, 384, 424, 462)):
        water.stroke(wave(-20, 532, y, 6, 3, i * 0.5), 22)
    water.rect(0, 0, 512, 288, ink=0)
    g.fill(water, GOLD, below)


def logo_leaf(g: Logo) -> None:
    """A leaf above the water, its vein a winding river."""
    shape = leaf((110, 386), (436, 34), 128)
    body = g.stencil().poly(shape)
    g.fill(body, JADE)
    a = bezier((100, 396), (330, 420), (60, 190), (256, 214), (452, 238), (230, 120), (404, 66), n=600)
    river = g.stencil()
    for i, p in enumerate(a):
        river.disc(p[0], p[1], 25 - 21 * i / len(a))
    g.fill(river, PAPER)
    g.cut(river.without(body))
    for i in (0, 1, 2):
        g.fill(g.stencil().stroke(wave(70 + i * 44, 442 - i * 44, 412 + i * 34, 7, 3, i * 0.5), 13), BLUE)


def logo_sails(g: Logo) -> None:
    """A boat with two sails."""
    right = [
        (268, 34),
        *bezier((268, 34), (420, 120), (452, 250), (440, 340)),
        *bezier((440, 340), (380, 318), (320, 318), (268, 336)),
    ]
    g.fill(g.stencil().poly(right), BLUE)
    left = [
        (240, 102),
        *bezier((240, 102), (120, 160), (76, 262), (72, 344)),
        *bezier((72, 344), (130, 320), (190, 320), (240, 336)),
    ]
    g.fill(g.stencil().poly(left), GOLD)
    seam = (
        g.stencil()
        .stroke(bezier((268, 190), (330, 186), (382, 204), (428, 232)), 7, cap=False)
        .stroke(bezier((240, 226), (190, 222), (140, 240), (92, 262)), 7, cap=False)
    )
    g.cut(seam)
    hull = bezier((30, 372), (120, 332), (190, 400), (256, 372)) + bezier(
        (256, 372), (330, 340), (400, 404), (482, 360)
    )
    hull += bezier((482, 360), (450, 460), (380, 478), (256, 478)) + bezier(
        (256, 478), (140, 478), (62, 460), (30, 372)
    )
    g.fill(g.stencil().poly(hull), RED)
    g.fill(g.stencil().stroke(wave(96, 416, 424, 9, 2), 8), PAPER)
