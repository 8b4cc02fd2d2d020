"""Lamp light, table tops, floors and open books."""

from __future__ import annotations

from .paint import Lift, Scene, Stencil
from .shapes import Point, bezier


def lamp_cone(g: Scene, x: float, y: float, reach: float, colour: str = "#FFD58A") -> None:
    """The light that falls from a lamp at (x, y)."""
    cone = [(x - 70, y), (x + 70, y), (x + reach * 0.75, y + reach), (x - reach * 0.75, y + reach)]
    g.shade(g.stencil().poly(cone), colour, 0.22, 34)
    g.glow(x, y + reach * 0.25, reach, colour, 0.42)


def tabletop(
    g: Scene,
    y: float,
    top: str,
    bottom: str,
    shadow: float,
    lift: Lift,
    edge: str,
    rim: float,
) -> None:
    """A table from `y` down to the bottom of the picture, with a lit rim at the back."""
    g.ground(y, top, bottom, shadow, lift)
    g.shade(g.stencil().rect(0, y, g.w, y + rim), edge, 0.8)


def floor_lines(
    g: Scene, y: float, rows: tuple[int, float, float, float], columns: tuple[int, float, float, float]
) -> Stencil:
    """The joints of a floor that begins at `y`.

    `rows` are a count, how fast they spread towards the viewer, their width and its growth; `columns` are a
    count to each side of the middle, their distance at the back and at the front, and their width.
    """
    count, spread, width, growth = rows
    s, middle = g.stencil(), g.w / 2
    for i in range(1, count + 1):
        row = y + spread * i * i
        s.rect(0, row, g.w, row + width + i * growth)
    count, back, front, width = columns
    for i in range(-count, count + 1):
        s.stroke([(middle + i * back, y), (middle + i * front, g.h + 10)], width, cap=False)
    return s


def page(cx: float, side: int, upper: list[Point], lower: list[Point]) -> list[Point]:
    """A curved page of a book whose spine is at `cx`; the points are distances from the spine, outwards and back."""
    outwards = [(cx + side * x, y) for x, y in upper]
    back = [(cx + side * x, y) for x, y in lower]
    return [*bezier(*outwards), back[0], *bezier(*back)]
