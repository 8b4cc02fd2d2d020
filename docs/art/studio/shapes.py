"""Points, curves and outlines; nothing here knows about colours."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise

Point = tuple[float, float]
Span = tuple[float, float]
Box = tuple[float, float, float, float]


def polar(cx: float, cy: float, r: float, degrees: float) -> Point:
    """A point on a circle; 0 is to the right, 90 is up."""
    angle = math.radians(degrees)
    return cx + r * math.cos(angle), cy - r * math.sin(angle)


def sweep(cx: float, cy: float, r: float, start: float, end: float, n: int = 90) -> list[Point]:
    """An arc of a circle, in degrees."""
    return [polar(cx, cy, r, start + (end - start) * i / n) for i in range(n + 1)]


def bezier(*p: Point, n: int = 60) -> list[Point]:
    """A Bézier curve of any degree, as points."""
    out = []
    for i in range(n + 1):
        t, q = i / n, list(p)
        while len(q) > 1:
            q = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in pairwise(q)]
        out.append(q[0])
    return out


def shift(points: Iterable[Point], dx: float, dy: float) -> list[Point]:
    """The same outline somewhere else."""
    return [(x + dx, y + dy) for x, y in points]


def mirror(points: Iterable[Point], width: float) -> list[Point]:
    """The same outline with left and right exchanged in a picture of that width."""
    return [(width - x, y) for x, y in points]


def wedge(cx: float, cy: float, inner: float, outer: float, degrees: float, foot: float, tip: float) -> list[Point]:
    """A ray or a tooth between two radii; `foot` and `tip` are its half widths there, in degrees."""
    return [
        polar(cx, cy, inner, degrees - foot),
        polar(cx, cy, outer, degrees - tip),
        polar(cx, cy, outer, degrees + tip),
        polar(cx, cy, inner, degrees + foot),
    ]


def heart(cx: float, cy: float, s: float) -> list[Point]:
    """A heart, `s` wide to each side."""
    points = []
    for i in range(181):
        t = math.tau * i / 180
        x = 16 * math.sin(t) ** 3
        y = 13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)
        points.append((cx + x * s / 17, cy - (y + 2.4) * s / 17))
    return points


def leaf(base: Point, tip: Point, bulge: float) -> list[Point]:
    """A pointed leaf between two points; `bulge` is its half width."""
    (x0, y0), (x1, y1) = base, tip
    dx, dy = x1 - x0, y1 - y0
    length = math.hypot(dx, dy)
    nx, ny = -dy / length * bulge * 1.35, dx / length * bulge * 1.35
    a = bezier(base, (x0 + dx * 0.22 + nx, y0 + dy * 0.22 + ny), (x0 + dx * 0.72 + nx, y0 + dy * 0.72 + ny), tip)
    b = bezier(tip, (x0 + dx * 0.72 - nx, y0 + dy * 0.72 - ny), (x0 + dx * 0.22 - nx, y0 + dy * 0.22 - ny), base)
    return a + b


def wave(x0: float, x1: float, y: float, amplitude: float, waves: float, phase: float = 0.0) -> list[Point]:
    """A sine line from left to right."""
    n = 120
    return [
        (x0 + (x1 - x0) * i / n, y + amplitude * math.sin(math.tau * (waves * i / n + phase))) for i in range(n + 1)
    ]
