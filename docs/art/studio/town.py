"""Houses in the distance, their lit windows, and what stands in a street."""

from __future__ import annotations

import math
from collections.abc import Iterable

from .paint import Scene, Stencil
from .shapes import Box, Span


def skyline(
    g: Scene,
    s: Stencil,
    base: float,
    low: float,
    high: float,
    wide: Span = (46, 120),
    x0: float = -20,
    x1: float | None = None,
    gap: float = 0.12,
) -> list[Box]:
    """Houses and towers from left to right; gives back their boxes."""
    r, x, boxes = g.random, x0, []
    x1 = g.w + 20 if x1 is None else x1
    while x < x1:
        w = r.uniform(*wide)
        t = 0.5 + 0.5 * math.sin(x / g.w * 7.1 + low)
        h = low + (high - low) * (0.25 + 0.75 * t) * r.uniform(0.45, 1)
        top = base - h
        s.rect(x, top, x + w, base + 4)
        roof(s, x, w, top, r.random())
        boxes.append((x, top, x + w, base))
        x += w * (1 + (r.uniform(0.1, 0.5) if r.random() < gap else -0.06))
    return boxes


def roof(s: Stencil, x: float, w: float, top: float, kind: float) -> None:
    """What a house carries on top, chosen by a number between 0 and 1: steps, a slope, a gable, a mast or a shed."""
    if kind < 0.24:
        s.rect(x + w * 0.16, top - w * 0.26, x + w * 0.84, top + 2)
        s.rect(x + w * 0.34, top - w * 0.48, x + w * 0.66, top + 2)
    elif kind < 0.34:
        s.poly([(x, top + 1), (x + w, top + 1), (x + w, top - w * 0.16)])
    elif kind < 0.40:
        s.poly([(x - 3, top + 1), (x + w / 2, top - w * 0.3), (x + w + 3, top + 1)])
    elif kind < 0.52:
        s.rect(x + w / 2 - 2, top - w * 0.75 - 12, x + w / 2 + 2, top + 2)
        s.rect(x + w * 0.28, top - w * 0.16, x + w * 0.72, top + 2)
    elif kind < 0.66:
        s.rect(x + w * 0.1, top - w * 0.14, x + w * 0.42, top + 2)


def town(
    g: Scene,
    heights: tuple[float, float, float],
    top: str,
    bottom: str,
    span: Span,
    shadow: float,
    wide: Span = (46, 120),
    x0: float = -20,
    x1: float | None = None,
    gap: float = 0.12,
) -> list[Box]:
    """A skyline on a sheet of its own; `heights` are the ground, the lowest and the highest house."""
    s = g.stencil()
    boxes = skyline(g, s, *heights, wide, x0, x1, gap)
    g.layer(s, top, bottom, span, shadow)
    return boxes


def windows(
    g: Scene,
    boxes: Iterable[Box],
    colour: str,
    chance: float,
    size: Span = (9, 12),
    step: Span = (22, 27),
    glow: float = 0.0,
) -> None:
    """Lit windows in those boxes, each lit by chance, with a soft light around them when `glow` is given."""
    r, s = g.random, g.stencil()
    for x0, y0, x1, y1 in boxes:
        cols = int((x1 - x0 - 12) // step[0])
        if cols < 1:
            continue
        pad = (x1 - x0 - (cols - 1) * step[0] - size[0]) / 2
        y = y0 + 16
        while y < y1 - size[1]:
            for c in range(cols):
                if r.random() < chance:
                    x = x0 + pad + c * step[0]
                    s.rect(x, y, x + size[0], y + size[1], 1)
            y += step[1]
    if glow:
        g.shade(s, colour, glow, 7)
    g.shade(s, colour, 0.95)
