"""Five colours that a city might choose."""

from __future__ import annotations

from hypothesis import strategies as st

from generator.config import Colours

COLOURS = st.tuples(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255)).map(
    lambda rgb: f"#{rgb[0]:02x}{rgb[1]:02x}{rgb[2]:02x}"
)


def _five(accent: str, paper: str, ink: str, gold: str, night: str) -> Colours:
    return Colours(accent=accent, paper=paper, ink=ink, gold=gold, night=night)


GOOD = _five("#9b1b1f", "#faf7f1", "#23211f", "#8a6420", "#171412")

FIVE = st.builds(_five, COLOURS, COLOURS, COLOURS, COLOURS, COLOURS)

ODD_FIVES = (
    GOOD,
    _five(*(["#000000"] * 5)),
    _five(*(["#ffffff"] * 5)),
    _five(*(["#777777"] * 5)),
    _five("#ffff00", "#ffffff", "#ffffff", "#ffff00", "#000000"),
    _five("#000000", "#000000", "#000000", "#000000", "#ffffff"),
    _five("#ff0000", "#00ff00", "#0000ff", "#ff00ff", "#00ffff"),
    _five("#9b1b1f", "#6f6f6f", "#808080", "#8a6420", "#757575"),
)
