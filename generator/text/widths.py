"""How wide a text will be where nobody can measure it, and where to break it."""

from __future__ import annotations

from unicodedata import east_asian_width

MEASURE = 12.0  # em, the longest line: what a phone 390 px wide holds in the largest type


def width_of(text: str) -> float:
    """The width of ``text`` in em, estimated from above: a Han character is as wide as it is high."""
    return sum(1.0 if east_asian_width(each) in "WFA" else 0.65 for each in text)


def wrap(text: str, measure: float = MEASURE) -> list[str]:
    """``text`` broken into lines of at most ``measure`` em; punctuation that ends a clause does not begin a line where
    that can be helped."""
    lines: list[str] = []
    line = ""
    for each in " ".join(text.split()):
        if line and width_of(line + each) > measure:
            keep = line[-1] if each in "，。、；：）》”！？,.;:)%" and len(line) > 1 else ""
            lines.append((line[:-1] if keep else line).rstrip())
            line = keep
        line += each
    return [each for each in [*lines, line.strip()] if each] or [""]
