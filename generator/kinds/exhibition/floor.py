"""The floor plan of an exhibition: its halls as rooms side by side, with doors on the way of the visit, and a dot for each stand.

Rooms of one row stand from left to right and those of the next one back, so that each hall is next to the one before it.
All is measured in the units of the drawing, of which a dot takes ``_STEP`` each way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from generator.site.route import Stand

_STEP, _PAD, _HEAD = 20, 16, 26  # between dots; from a wall to the middle of the nearest one; above them, for the number
_MOST = 6  # dots beside each other in a room
_ROOMS = 3  # rooms beside each other
_DOOR = 16
_EDGE = 1  # around all of it, for the strokes


@dataclass(frozen=True, slots=True)
class Room:
    """A hall as it is drawn: its ``number``, its upper left corner, its size, the middle of its dots in the order of the
    visit, and the line that its walls are, with a gap where there is a door."""

    number: int
    left: int
    top: int
    width: int
    height: int
    dots: tuple[tuple[int, int], ...]
    walls: str
    stands: tuple[Stand, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Floor:
    """A floor plan: its size and its rooms."""

    width: int
    height: int
    rooms: tuple[Room, ...]


def floor_of(route: Sequence[Stand]) -> Floor:
    """The plan of the halls in which something of ``route`` hangs."""
    halls = [(number, tuple(each)) for number, each in groupby(route, key=lambda stand: stand.hall)]
    most = max((len(each) for _, each in halls), default=1)
    across = min(_MOST, max(2, -(-most // 2)))
    width = 2 * _PAD + (across - 1) * _STEP
    rows = [halls[at : at + _ROOMS] for at in range(0, len(halls), _ROOMS)]
    rooms: list[Room] = []
    top = _EDGE
    for line, row in enumerate(rows):
        deep = max(-(-len(each) // across) for _, each in row)
        height = _HEAD + 2 * _PAD + (deep - 1) * _STEP - _PAD // 2
        for at, (number, stands) in enumerate(row):
            column = at if line % 2 == 0 else min(_ROOMS, len(halls)) - 1 - at
            left = _EDGE + column * width
            dots = tuple(
                (left + _PAD + place % across * _STEP, top + _HEAD + _PAD // 2 + place // across * _STEP)
                for place in range(len(stands))
            )
            doors = _doors(line, at, len(row), is_last=line == len(rows) - 1)
            walls = _walls(left, top, width, height, doors)
            rooms.append(Room(number, left, top, width, height, dots, walls, stands))
        top += height
    return Floor(2 * _EDGE + width * min(_ROOMS, len(halls)), top + _EDGE, tuple(rooms))


def _doors(line: int, at: int, count: int, *, is_last: bool) -> frozenset[str]:
    """The sides of a room that have a door: to the hall before and to the next, and where a visitor comes in and leaves."""
    ahead, back = ("right", "left") if line % 2 == 0 else ("left", "right")
    enters = back if at or not line else "top"
    leaves = ahead if at < count - 1 or is_last else "bottom"
    return frozenset((enters, leaves))


def _walls(left: int, top: int, width: int, height: int, doors: frozenset[str]) -> str:
    """The walls of a room as the data of a path, clockwise from its upper left corner."""
    right, bottom = left + width, top + height
    corners = {
        "top": ((left, top), (right, top)),
        "right": ((right, top), (right, bottom)),
        "bottom": ((right, bottom), (left, bottom)),
        "left": ((left, bottom), (left, top)),
    }
    steps = [f"M{left} {top}"]
    for side, ((x, y), (to_x, to_y)) in corners.items():
        if side in doors:
            middle_x, middle_y = (x + to_x) // 2, (y + to_y) // 2
            toward_x, toward_y = (to_x > x) - (to_x < x), (to_y > y) - (to_y < y)
            half = _DOOR // 2
            steps.append(f"L{middle_x - toward_x * half} {middle_y - toward_y * half}")
            steps.append(f"M{middle_x + toward_x * half} {middle_y + toward_y * half}")
        steps.append(f"L{to_x} {to_y}")
    return "".join(steps)


def floor_view(route: Sequence[Stand], links: Mapping[int, str], labels: Mapping[int, str], here: int = 0) -> dict[str, Any]:
    """The view of a floor plan. ``links`` are the addresses to which the rooms lead, ``labels`` what they are called, by the
    numbers of the halls; ``here`` is the number of the stand at which one is, 0 for none."""
    floor = floor_of(route)
    return {
        "width": floor.width,
        "height": floor.height,
        "rooms": [
            {
                "address": links.get(room.number),
                "label": labels.get(room.number, ""),
                "number": room.number,
                "left": room.left,
                "top": room.top,
                "width": room.width,
                "height": room.height,
                "walls": room.walls,
                "is_here": any(stand.number == here for stand in room.stands),
                "dots": [
                    {"x": x, "y": y, "item": "/".join(stand.key), "is_here": stand.number == here}
                    for stand, (x, y) in zip(room.stands, room.dots, strict=True)
                ],
            }
            for room in floor.rooms
        ],
    }
