"""Every shade of the site from the five colours of its configuration, with the contrast that reading needs."""

from __future__ import annotations

from collections.abc import Mapping

from generator.config import Colours

_READABLE = 4.5  # WCAG 2.2, success criterion 1.4.3, level AA, normal text

_RGB = tuple[int, int, int]


def palettes(colours: Colours) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The custom properties of the light and of the dark scheme: name → ``#rrggbb``."""
    return _light(colours), _dark(colours)


def _light(colours: Colours) -> Mapping[str, str]:
    paper, ink = colours.paper, colours.ink
    return {
        "paper": paper,
        "card": mix(paper, "#ffffff", 0.72),
        "wash": mix(paper, ink, 0.045),
        "line": mix(paper, ink, 0.14),
        "edge": readable(mix(paper, ink, 0.45), paper, 3.0),
        "ink": readable(ink, paper, 7.0),
        "soft": readable(mix(paper, ink, 0.68), mix(paper, ink, 0.045)),
        "accent": readable(colours.accent, mix(paper, ink, 0.045)),
        "on-accent": readable("#ffffff", readable(colours.accent, paper)),
        "gold": readable(colours.gold, mix(paper, ink, 0.045)),
    }


def _dark(colours: Colours) -> Mapping[str, str]:
    night, bright = colours.night, mix(colours.paper, "#ffffff", 0.1)
    card = mix(night, bright, 0.075)
    return {
        "paper": night,
        "card": card,
        "wash": mix(night, bright, 0.045),
        "line": mix(night, bright, 0.17),
        "edge": readable(mix(night, bright, 0.5), night, 3.0),
        "ink": readable(mix(night, bright, 0.9), card, 7.0),
        "soft": readable(mix(night, bright, 0.68), card),
        "accent": readable(mix(colours.accent, bright, 0.35), card),
        "on-accent": readable(night, readable(mix(colours.accent, bright, 0.35), card)),
        "gold": readable(mix(colours.gold, bright, 0.25), card),
    }


def mix(one: str, other: str, share: float) -> str:
    """``one`` with ``share`` (0 to 1) of ``other`` in it, channel by channel."""
    return _hex(tuple(round(a + (b - a) * share) for a, b in zip(_rgb(one), _rgb(other), strict=True)))


def readable(colour: str, ground: str, least: float = _READABLE) -> str:
    """``colour``, moved towards black or white just as far as its contrast on ``ground`` needs."""
    target = "#000000" if _luminance(ground) > 0.18 else "#ffffff"
    for step in range(101):
        tried = mix(colour, target, step / 100)
        if contrast(tried, ground) >= least:
            return tried
    return target


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2, definition of contrast ratio)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    red, green, blue = (_linear(each / 255) for each in _rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _rgb(colour: str) -> _RGB:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _hex(rgb: tuple[int, ...]) -> str:
    return "#" + "".join(f"{each:02x}" for each in rgb)
