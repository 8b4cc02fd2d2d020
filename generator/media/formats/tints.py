"""The colours that stand behind pictures while they load: a few classes, since pages carry no style of their own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

LEVELS = 5  # of each channel, so 125 classes
_STEP = 255 / (LEVELS - 1)


def level(value: float) -> int:
    """The level nearest to a channel's ``value`` (0 to 255)."""
    return round(value / _STEP)


def name(levels: Sequence[int]) -> str:
    """The class of the colour with these levels of red, green and blue, such as ``tint-420``."""
    return f"tint-{''.join(map(str, levels))}"


def is_name(text: object) -> bool:
    """Whether ``text`` is the name of a class, or the empty text that stands for none."""
    return text == "" or (isinstance(text, str) and text in _NAMES)


_NAMES = frozenset(name(each) for each in product(range(LEVELS), repeat=3))


def rules() -> str:
    """The rules of all classes. They stand last in the style sheet and weigh as much as those of one class and an
    element, so they win over the plain ground that some pictures have."""
    colours = product(range(LEVELS), repeat=3)
    return "".join(
        f"img.{name(each)}{{background-color:#{''.join(f'{round(level * _STEP):02x}' for level in each)}}}"
        for each in colours
    )
