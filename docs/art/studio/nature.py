"""Sky, hills, trees and water, shared by many pictures."""

from __future__ import annotations

import math
from collections.abc import Iterable

from .paint import Scene, Stencil, mix
from .shapes import Point, Span, bezier, leaf, polar

Place = tuple[float, float, float]
Trunk = tuple[str, str | None, Span | None, float]


def sun(g: Scene, x: float, y: float, r: float, colour: str, halo: str, strength: float = 0.55) -> None:
    """A disc of light with a halo."""
    g.glow(x, y, r * 4.5, halo, strength)
    g.layer(g.stencil().disc(x, y, r), mix(colour, "#FFFFFF", 0.25), colour, (y - r, y + r), shadow=0)


def moon(
    g: Scene, x: float, y: float, r: float, halo: tuple[float, str, float], colours: tuple[str, str], bite: float = 0
) -> None:
    """A moon in a halo of (radius, colour, strength); a `bite` is the radius of what the crescent lacks."""
    g.glow(x, y, *halo)
    disc = g.stencil().disc(x, y, r)
    if bite:
        disc.disc(x + 26, y - 14, bite, ink=0)
    g.layer(disc, *colours, (y - 60, y + 60), 0)


def stars(g: Scene, count: int, below: float) -> None:
    """Small stars, scattered from the top down to `below`."""
    r, s = g.random, g.stencil()
    for _ in range(count):
        s.disc(r.uniform(0, g.w), r.uniform(0, below), r.uniform(0.8, 2.2))
    g.shade(s, "#FBF1D8", 0.75)


def birds(g: Scene, x: float, y: float, size: float, colour: str, places: Iterable[Place]) -> None:
    """Birds far off, each at an offset from (x, y) and of a relative size."""
    s = g.stencil()
    for dx, dy, k in places:
        a, b, w = x + dx, y + dy, size * k
        left = bezier((a - w, b - w * 0.18), (a - w * 0.45, b - w * 0.55), (a, b))
        s.poly(left + bezier((a, b), (a - w * 0.4, b - w * 0.28), (a - w, b - w * 0.18)))
        right = bezier((a + w, b - w * 0.30), (a + w * 0.4, b - w * 0.6), (a, b))
        s.poly(right + bezier((a, b), (a + w * 0.45, b - w * 0.26), (a + w, b - w * 0.30)))
    g.shade(s, colour, 0.9)


def ridge(g: Scene, y: float, height: float, rough: float = 0.5, waves: float = 1.5) -> list[Point]:
    """The outline of a range of hills, closed at the bottom of the picture."""
    r = g.random
    parts = [(waves * 2.1**k * r.uniform(0.8, 1.2), r.random(), rough**k) for k in range(5)]
    total = sum(p[2] for p in parts)
    points = []
    for x in range(-10, g.w + 20, 6):
        v = sum(a * math.sin(math.tau * (f * x / g.w + phase)) for f, phase, a in parts) / total
        points.append((x, y - height * v))
    return [*points, (g.w + 10, g.h + 10), (-10, g.h + 10)]


def hills(g: Scene, *bands: tuple[float, float, str, str], rough: float = 0.5, shadow: float = 0.22) -> None:
    """Ranges of hills from far to near, each a (height of the line, rise, top colour, bottom colour)."""
    for i, (y, height, top, bottom) in enumerate(bands):
        s = g.stencil().poly(ridge(g, y, height, rough, 1.1 + 0.35 * i))
        g.layer(s, top, bottom, (y - height, y + height * 1.6 + 120), shadow)


def tree(g: Scene, s: Stencil, x: float, y: float, size: float, trunk: Stencil | None = None) -> None:
    """A round-crowned tree standing at (x, y); its trunk may go on a stencil of its own."""
    r = g.random
    foot, top = size * 0.05, size * 0.025
    (trunk or s).poly([(x - foot, y), (x + foot, y), (x + top, y - size * 0.6), (x - top, y - size * 0.6)])
    s.disc(x, y - size * 0.72, size * 0.3)
    for i in range(7):
        a = i * 360 / 7 + r.uniform(-14, 14)
        px, py = polar(x, y - size * 0.72, size * 0.22, a)
        s.disc(px, py, size * r.uniform(0.17, 0.24))


def grove(
    g: Scene,
    places: Iterable[Place],
    top: str,
    bottom: str,
    span: Span,
    shadow: float,
    trunk: Trunk | None = None,
) -> None:
    """Trees at (x, y, size) on one sheet, their trunks on another behind it when `trunk` says how.

    The places may be drawn one by one from the random numbers of the scene.
    """
    crowns = g.stencil()
    trunks = g.stencil() if trunk else None
    for x, y, size in places:
        tree(g, crowns, x, y, size, trunks)
    if trunks and trunk:
        g.layer(trunks, *trunk)
    g.layer(crowns, top, bottom, span, shadow)


def pine(g: Scene, s: Stencil, x: float, y: float, size: float) -> None:
    """A fir of three tiers standing at (x, y)."""
    s.rect(x - size * 0.03, y - size * 0.2, x + size * 0.03, y)
    for k in range(3):
        w, top = size * (0.26 - 0.06 * k), y - size * (0.42 + 0.28 * k)
        s.poly([(x - w, top + size * 0.28), (x, top - size * 0.1), (x + w, top + size * 0.28)])


def reeds(g: Scene, s: Stencil, x0: float, x1: float, y: float, high: float, count: int, lean: float = 0.25) -> None:
    """Reeds growing from a line, leaning with the wind."""
    r = g.random
    for _ in range(count):
        x, h = r.uniform(x0, x1), high * r.uniform(0.55, 1)
        tip = (x + h * lean * r.uniform(0.6, 1.4), y - h)
        line = bezier((x, y), (x, y - h * 0.6), tip, n=16)
        s.stroke(line, 3.2)
        if r.random() < 0.7:
            s.poly(leaf(line[12], (tip[0] + h * 0.07, tip[1] - h * 0.16), h * 0.032))


def ripples(
    g: Scene,
    x0: float,
    x1: float,
    y0: float,
    y1: float,
    colour: str,
    count: int,
    strength: float,
    long: float = 120,
) -> None:
    """Short strokes of light on water, wider towards the viewer."""
    s = g.stencil()
    for _ in range(count):
        t = g.random.random() ** 1.3
        y, x = y0 + (y1 - y0) * t, g.random.uniform(x0, x1)
        w = long * (0.25 + t) * g.random.uniform(0.4, 1)
        s.rect(x - w / 2, y, x + w / 2, y + 1.6 + 4 * t, 2)
    g.shade(s, colour, strength)
