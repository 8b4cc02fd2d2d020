"""Where the numbers of a chart stand: beside each other on a narrow phone, and on no line.

Places along a chart are per cent of its width, which is at least ``ROOM``. What is clear of a line there is clear of it on any
wider screen, where a text covers less of the line.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.text.widths import MEASURE, width_of

LINE = 1.5  # em from one line of text to the next
ROOM = MEASURE  # em, the width that labels along an axis may count on
_ABOVE = 1.9  # em from a point up to where its number begins
_TOP, _BOTTOM = 0.25, 1.25  # em from where a line of text begins to the top and the bottom of its numbers
_GAP = 0.3  # em between a number and a line, or the point that it belongs to

Spot = tuple[float, float]  # per cent along the chart, em down
Way = tuple[Spot, Spot]  # from one point to the next


def beside_points(points: Sequence[tuple[Spot, str]], ways: Sequence[Way], across: Sequence[float], axis: float) -> list[Spot]:
    """Where the text of each point begins: above it; else below it, where nothing runs through it there and it ends above the
    ``axis``; else above all that runs through its room. ``ways`` lead from point to point, lines run ``across`` the whole
    chart (em down)."""
    return [(spot[0], _down(spot, text, ways, across, axis)) for spot, text in points]


def _down(spot: Spot, text: str, ways: Sequence[Way], across: Sequence[float], axis: float) -> float:
    x, y = spot
    left = anchored(x / 100 * ROOM, width_of(text))[1]
    passed = [*_passed(ways, left / ROOM * 100, (left + width_of(text)) / ROOM * 100), y]
    above = clear_of(across, y - _ABOVE)
    if above + _BOTTOM <= min(passed) - _GAP:
        return above
    below = max(passed) + _GAP - _TOP
    if below + _BOTTOM <= axis - 0.1 and clear_of(across, below) == below:
        return below
    return clear_of(across, min(above, min(passed) - _GAP - _BOTTOM))


def _passed(ways: Sequence[Way], left: float, right: float) -> list[float]:
    """How far down the ways are where they enter and leave the room between ``left`` and ``right``."""
    found = []
    for (x, y), (next_x, next_y) in ways:
        first, last = max(left, x), min(right, next_x)
        if first <= last and x < next_x:
            found += [y + (next_y - y) * (each - x) / (next_x - x) for each in (first, last)]
    return found


def clear_of(across: Sequence[float], y: float) -> float:
    """Where a line of text that would begin at ``y`` begins so that none of the lines ``across`` runs through it."""
    for line in sorted(across, reverse=True):
        if y + 0.05 < line < y + LINE:
            y = line - LINE
    return y


def spread(numbers: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    """Texts as near their places (per cent, in their order) as they can stand side by side on a narrow phone. Where there is no
    room for all, the longest are left out and stand in the table alone."""
    wides = [100 * (width_of(text) + 0.6) / ROOM for text, _ in numbers]
    while sum(wides) > 100:
        at = wides.index(max(wides))
        numbers, wides = [*numbers[:at], *numbers[at + 1 :]], [*wides[:at], *wides[at + 1 :]]
    places, left = [], 0.0
    for (_, x), wide in zip(numbers, wides, strict=True):
        places.append(max(x, left + wide / 2))
        left = places[-1] + wide / 2
    right = 100.0
    for at in range(len(places) - 1, -1, -1):
        places[at] = min(places[at], right - wides[at] / 2)
        right = places[at] - wides[at] / 2
    return [(text, x) for (text, _), x in zip(numbers, places, strict=True)]


def anchored(x: float, wide: float) -> tuple[str, float]:
    """How a text hangs at ``x`` without leaving the room, and where it begins (both in em)."""
    if x - wide / 2 < 0:
        return "start", x
    if x + wide / 2 > ROOM:
        return "end", x - wide
    return "middle", x - wide / 2
