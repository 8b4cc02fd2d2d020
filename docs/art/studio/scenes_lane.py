"""An old lane between houses, by day and by night."""

from __future__ import annotations

from typing import NamedTuple

from .nature import hills, stars, sun, tree
from .paint import Scene, mix
from .shapes import Point, bezier, leaf, polar

Pair = tuple[str, str]


class Palette(NamedTuple):
    """The colours of the lane, pairs from top to bottom."""

    wall: Pair
    roof: Pair
    tiles: str
    ground: Pair
    joints: str
    trees: Pair
    pane: Pair
    bush: Pair
    pot: Pair
    pot_shadow: str
    light: str


NIGHT = Palette(
    wall=("#4A5069", "#26304C"),
    roof=("#2C3553", "#141C34"),
    tiles="#6B6C7E",
    ground=("#6D5B5E", "#20263F"),
    joints="#1E1520",
    trees=("#2C4A5C", "#5E6470"),
    pane=("#FFCB73", mix("#FFCB73", "#D9772F", 0.4)),
    bush=("#35605C", "#1B3A40"),
    pot=("#8A4A3A", "#4A2428"),
    pot_shadow="#140C12",
    light="#FFCB73",
)
DAY = Palette(
    wall=("#F3DDB6", "#D29E6D"),
    roof=("#8E2A26", "#561619"),
    tiles="#B06A48",
    ground=("#EBC08A", "#8A4632"),
    joints="#7A3A28",
    trees=("#8FAE86", "#5E8A6C"),
    pane=("#8A4A38", "#6B3029"),
    bush=("#6F9A70", "#2F6B55"),
    pot=("#B5482F", "#7A2420"),
    pot_shadow="#5A2018",
    light="#FFE3A5",
)


def lane(g: Scene, night: bool = True) -> None:
    """The lane runs from the viewer to a bright end among trees."""
    c = NIGHT if night else DAY
    if night:
        g.sky("#14213D", "#3A4E78", "#C98A62", bottom=620)
        stars(g, 40, 300)
    else:
        g.sky("#F6E2B8", "#F0BF7F", "#E2925A", bottom=620)
        sun(g, 800, 300, 92, "#FFF0C8", "#FFC065", 0.7)
    hills(g, (520, 60, mix(c.wall[0], "#E0A070", 0.4), mix(c.wall[1], "#E0A070", 0.5)))
    s = g.stencil()
    for x, size in ((730, 190), (850, 240), (930, 150), (640, 160)):
        tree(g, s, x, 590, size)
    g.layer(s, *c.trees, (360, 590), 0.2)
    g.ground(560, *c.ground, 0)
    g.glow(800, 585, 420, c.light, 0.55, 0.6)
    for k in (0.16, 0.24, 0.36, 0.54, 0.82, 1.25):  # from the far end to the viewer
        for sign in (-1, 1):
            house(g, c, k, sign, night)
    paving(g, c)
    for x, y, k in ((150, 968, 1.15), (1478, 940, 1.0), (392, 800, 0.55), (1190, 790, 0.5)):
        potted_bush(g, c, x, y, k)
    if night:
        lantern(g, 540, 446)
    else:
        shade = [(-10, 300), (60, 420), (520, 566), (700, 580), (620, 640), (420, 800), (120, 1010), (-10, 1010)]
        g.shade(g.stencil().poly(shade), "#7A2A2A", 0.20, 10)
        g.shade(g.stencil().poly([(760, 590), (860, 590), (1500, 1010), (700, 1010)]), "#FFE3A8", 0.22, 70)


def house(g: Scene, c: Palette, k: float, sign: int, night: bool) -> None:
    """A house at the distance `k`, on the left for -1 and on the right for 1."""
    edge, far = 800 + sign * (40 + 560 * k), 800 + sign * (40 + 560 * k * 0.62)
    base, eave, top = 575 + 400 * k, 575 - 250 * k, 575 - 430 * k
    base2, eave2, top2 = 575 + 400 * k * 0.62, 575 - 250 * k * 0.62, 575 - 430 * k * 0.62
    haze = min(1, k)
    front = (mix(c.wall[0], "#E8B888", 0.5 - 0.5 * haze), mix(c.wall[1], "#C98A62", 0.4 - 0.4 * haze))
    side = g.stencil().poly([(edge, base), (far, base2), (far, eave2), (edge, eave)])
    g.layer(side, mix(front[0], c.light, 0.10), front[1], (eave, base), 0.3, (-sign * 6, 0, 14))
    out = 800 + sign * 1500
    face = g.stencil().poly([(edge, base), (out, base), (out, eave), (edge + sign * 260 * k, top), (edge, eave)])
    g.layer(face, mix(front[0], "#000000", 0.10), mix(front[1], "#000000", 0.16), (top, base), 0.2)

    over = 34 * k  # how far the roof stands out
    near_eave, far_eave = (edge - sign * over, eave + over * 0.5), (far - sign * over * 0.62, eave2 + over * 0.3)
    near_top, far_top = (edge + sign * 250 * k, top - 12 * k), (far + sign * 200 * k * 0.62, top2)
    slab = g.stencil().poly([near_eave, far_eave, far_top, near_top, (edge + sign * 260 * k, top + 4)])
    g.layer(slab, *c.roof, (top, eave + over), 0.4, (0, 8 * k, 12))
    tiles = g.stencil()
    for i in range(1, 8):
        tiles.stroke([between(near_eave, far_eave, i / 8), between(near_top, far_top, i / 8)], 1 + 3 * k, cap=False)
    g.shade(tiles, c.tiles, 0.5)

    def on_side(x0: float, x1: float, y0: float, y1: float, tall: float) -> list[Point]:
        """A rectangle on the wall along the lane, as it is seen from here."""
        corners = []
        for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1)):
            above, below = between((edge, eave), (far, eave2), x), between((edge, base), (far, base2), x)
            corners.append((above[0], above[1] + (below[1] - above[1]) * (0.22 + tall * y)))
        return corners

    door = g.stencil().poly(on_side(0.56, 0.84, 0.22, 0.98, 0.78))
    g.layer(door, mix(c.roof[0], "#7A2A20", 0.5), c.roof[1], (eave, base), 0.1)
    pane = g.stencil().poly(on_side(0.16, 0.36, 0.02, 0.62, 0.5))
    g.layer(pane, *c.pane, (eave, base), 0)
    if night:
        g.shade(pane, c.light, 0.35, 10 * k + 4)


def between(a: Point, b: Point, t: float) -> Point:
    """The point that lies at `t` on the way from one to the other."""
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


def paving(g: Scene, c: Palette) -> None:
    """Paving stones, every other row shifted by half a stone."""
    joints = g.stencil()
    for i in range(1, 19):
        y, y2 = 578 + 1.3 * i * i, 578 + 1.3 * (i + 1) ** 2
        half, half2 = 42 + (y - 575) * 1.4, 42 + (y2 - 575) * 1.4
        joints.rect(800 - half, y, 800 + half, y + 1 + i * 0.16)
        for j in range(-4, 5):
            f = (j + (0.5 if i % 2 else 0)) / 4.5
            if abs(f) < 1:
                joints.stroke([(800 + half * f, y), (800 + half2 * f, y2)], 1 + i * 0.12, cap=False)
    g.shade(joints, c.joints, 0.35)


def potted_bush(g: Scene, c: Palette, x: float, y: float, k: float) -> None:
    """A bush in a clay pot of the size `k` standing at (x, y)."""
    g.shade(g.stencil().disc(x, y + 4, 74 * k, 11 * k), c.pot_shadow, 0.5, 8)
    bush = g.stencil()
    for i in range(13):
        tip = polar(x, y - 70 * k, g.random.uniform(80, 130) * k, 12 + i * 13)
        bush.poly(leaf((x, y - 70 * k), tip, 15 * k))
    g.layer(bush, *c.bush, (y - 200 * k, y - 60 * k), 0.35, (-4, 4, 8))
    pot = g.stencil().poly([(x - 46 * k, y - 78 * k), (x + 46 * k, y - 78 * k), (x + 34 * k, y), (x - 34 * k, y)])
    pot.rect(x - 52 * k, y - 88 * k, x + 52 * k, y - 68 * k, 4 * k)
    g.layer(pot, *c.pot, (y - 88 * k, y), 0.35, (-4, 4, 8))


def lantern(g: Scene, x: float, y: float) -> None:
    """A lit paper lantern that hangs from a bracket, and its light on the ground."""
    bracket = g.stencil().stroke([(318, 410), (x, 410)], 9).stroke([(x, 410), (x, y)], 5)
    bracket.stroke(bezier((318, 480), (360, 470), (420, 440), (430, 412)), 6)
    g.layer(bracket, "#121A30", shadow=0.2)
    g.layer(g.stencil().disc(x, y + 56, 44, 54), "#F9C667", "#C2401F", (y, y + 110), 0.3, (0, 6, 14))
    caps = g.stencil().rect(x - 24, y - 4, x + 24, y + 9, 3).rect(x - 24, y + 104, x + 24, y + 116, 3)
    g.layer(caps, "#5A1517", shadow=0)
    g.glow(x, y + 56, 330, "#FFB550", 0.85)
    g.glow(x + 90, 800, 420, "#FFB04A", 0.35, 0.4)
