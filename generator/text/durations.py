"""Durations as people write and read them: 3:25, 1:02:03. Kept as whole seconds."""

from __future__ import annotations

import re

PATTERN = r"^([0-9]{1,2}:[0-5][0-9]|[0-5]?[0-9]):[0-5][0-9]$"


def seconds_of(text: str) -> int | None:
    """The seconds that ``text`` means: minutes and seconds, or hours, minutes and seconds. ``None`` when it is written
    otherwise or means nothing at all (``0:00``)."""
    if not re.fullmatch(PATTERN, text) or text.endswith("\n"):
        return None
    total = 0
    for part in text.split(":"):
        total = total * 60 + int(part)
    return total or None


def clock(seconds: int) -> str:
    """``seconds`` as shown to people: 0:09, 3:25, 1:02:03."""
    hours, rest = divmod(seconds, 3600)
    minutes, last = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{last:02}" if hours else f"{minutes}:{last:02}"


def iso(seconds: int) -> str:
    """``seconds`` for ``<time datetime>`` (ISO 8601): PT3M25S."""
    hours, rest = divmod(seconds, 3600)
    minutes, last = divmod(rest, 60)
    parts = ((hours, "H"), (minutes, "M"), (last, "S"))
    return "PT" + ("".join(f"{number}{letter}" for number, letter in parts if number) or "0S")
