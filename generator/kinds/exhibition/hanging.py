"""What hangs in a hall, in its order: stands, and the panels between them.

A panel has no number and no stand of its own. On the walk it is read at the stand behind it, and one behind the last stand
of its hall at that one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.kinds.exhibition.model import Hall
from generator.site.route import Stand

Hung = tuple[tuple[str, ...], tuple[Stand, ...]]  # panels, and the stands behind them


def in_order(hall: Hall, found: Sequence[Stand]) -> Iterator[Stand | str]:
    """The stands of ``hall``, which are ``found``, and the texts of its panels, in the order of the visit."""
    by_place = {each.at: each for each in found}
    for at, item in enumerate(hall.items):
        if item.panel is not None:
            yield item.panel
        if at in by_place:
            yield by_place[at]


def groups(hall: Hall, found: Sequence[Stand]) -> tuple[Hung, ...]:
    """What hangs in ``hall``, divided before each panel; there are no panels in the first group of a hall that begins with a
    stand, and no stands in the last of one that ends with a panel."""
    made: list[tuple[list[str], list[Stand]]] = []
    for is_panel, parts in groupby(in_order(hall, found), lambda each: isinstance(each, str)):
        if is_panel or not made:
            made.append(([], []))
        for each in parts:
            if isinstance(each, str):
                made[-1][0].append(each)
            else:
                made[-1][1].append(each)
    return tuple((tuple(panels), tuple(stands)) for panels, stands in made)


def read_at(stand: Stand, hall: Hall, found: Sequence[Stand]) -> tuple[str, ...]:
    """What is read on the walls of ``hall`` at ``stand``, one of those ``found`` there: what leads in at the first of them,
    the panels before it, and at the last of them also those behind it."""
    said: list[str] = [hall.intro] if hall.intro and stand == found[0] else []
    for panels, stands in groups(hall, found):
        if stands[:1] == (stand,) or (not stands and stand == found[-1]):
            said += panels
    return tuple(said)
