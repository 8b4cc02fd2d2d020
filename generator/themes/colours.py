"""Every shade of the site from the five colours of its configuration, with the contrast that reading needs."""

from __future__ import annotations

from collections.abc import Mapping

from generator.config import Colours

_READABLE = 4.5  # WCAG 2.2, success criterion 1.4.3, level AA, normal text
_ENHANCED = 7.0  # the same, success criterion 1.4.6, level AAA
_CLEAR = 15.0  # what black or white has on a ground of the high-contrast palettes, so that a hue can still reach 7
_BLACK, _WHITE = "#000000", "#ffffff"

_RGB = tuple[int, int, int]


def palettes(colours: Colours) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The custom properties of the light and of the dark scheme: name → ``#rrggbb``."""
    return _light(colours), _dark(colours)


def _light(colours: Colours) -> Mapping[str, str]:
    paper, far = colours.paper, _far_from(colours.paper)
    raised = _ground(paper, "#ffffff", 0.72 if far == _BLACK else 0.075, far)
    sunken = _ground(paper, mix(colours.ink, colours.gold, 0.6), 0.085, far)  # a warm wall, not a grey one
    grounds = (paper, raised, sunken)
    accent = readable(colours.accent, *grounds)
    return {
        "paper": paper,
        "card": raised,
        "wash": sunken,
        "line": mix(paper, colours.ink, 0.14),
        "edge": readable(mix(paper, colours.ink, 0.45), paper, least=3.0),
        "ink": readable(colours.ink, *grounds, least=7.0),
        "soft": readable(mix(paper, colours.ink, 0.68), *grounds),
        "accent": accent,
        "on-accent": readable("#ffffff", accent),
        "gold": readable(colours.gold, *grounds),
    }


def _dark(colours: Colours) -> Mapping[str, str]:
    night, bright = colours.night, mix(colours.paper, "#ffffff", 0.1)
    far = _far_from(night)
    raised, sunken = _ground(night, bright, 0.075, far), _ground(night, bright, 0.045, far)
    grounds = (night, raised, sunken)
    accent = readable(mix(colours.accent, bright, 0.35), *grounds)
    return {
        "paper": night,
        "card": raised,
        "wash": sunken,
        "line": mix(night, bright, 0.17),
        "edge": readable(mix(night, bright, 0.5), night, least=3.0),
        "ink": readable(mix(night, bright, 0.9), *grounds, least=7.0),
        "soft": readable(mix(night, bright, 0.68), *grounds),
        "accent": accent,
        "on-accent": readable(night, accent),
        "gold": readable(mix(colours.gold, bright, 0.25), *grounds),
    }


def contrasting(colours: Colours) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The same for a visitor who asks for high contrast: the city's colours where they are strong enough, else moved
    until every text has 7 : 1 and every line 4.5 : 1."""
    light, dark = palettes(colours)
    return _strong(light), _strong(dark)


def _strong(palette: Mapping[str, str]) -> Mapping[str, str]:
    far = _far_from(palette["paper"])
    paper = readable(palette["paper"], far, least=_CLEAR)
    wash = _ground(paper, palette["ink"], 0.045, far, least=_CLEAR)
    grounds = (paper, wash)
    line = readable(palette["line"], *grounds, least=_READABLE)
    strong = {name: readable(palette[name], *grounds, least=_ENHANCED) for name in ("soft", "accent", "gold")}
    return {
        **strong,
        "paper": paper,
        "card": paper,
        "wash": wash,
        "line": line,
        "edge": readable(palette["edge"], *grounds, least=_ENHANCED),
        "ink": readable(palette["ink"], *grounds, least=_CLEAR),
        "on-accent": paper,
    }


def standing(colours: Colours) -> Mapping[str, str]:
    """The custom properties that are the same in both schemes: the plate is the light ground that logos and the words
    over the opening picture need, the stage the dark room of films and of the ceremony, the curtain what it opens with."""
    plate = readable(mix(colours.paper, colours.gold, 0.04), _BLACK, least=_CLEAR)
    text = readable(colours.ink, plate, least=_ENHANCED)
    stage = readable(mix(colours.night, colours.accent, 0.05), _WHITE, least=_CLEAR)
    ink = readable(mix(colours.paper, colours.gold, 0.06), stage, least=_ENHANCED)
    curtain = readable(mix(colours.accent, _BLACK, 0.06), _far_from(stage), least=_ENHANCED)
    return {
        "plate": plate,
        "plate-text": text,
        "plate-soft": readable(mix(plate, text, 0.7), plate),
        "plate-accent": readable(mix(colours.accent, _BLACK, 0.2), plate),
        "plate-edge": readable(mix(plate, text, 0.45), plate, least=3.0),
        "stage": stage,
        "stage-ink": ink,
        "stage-soft": readable(mix(ink, stage, 0.09), stage, least=_ENHANCED),
        "stage-gold": readable(mix(_bright(colours.gold), _WHITE, 0.15), stage, least=_ENHANCED),
        "curtain": curtain,
        "on-curtain": readable(ink, curtain, least=_ENHANCED),
    }


def standing_in_contrast(colours: Colours) -> Mapping[str, str]:
    """The same for a visitor who asks for high contrast: white plates, a black stage, every text with 7 : 1."""
    plain = standing(colours)
    on_plate = {name: readable(plain[name], _WHITE, least=_ENHANCED) for name in plain if name.startswith("plate-")}
    return {
        **on_plate,
        "plate": _WHITE,
        "stage": _BLACK,
        "stage-ink": _WHITE,
        "stage-soft": _WHITE,
        "stage-gold": readable(plain["stage-gold"], _BLACK, least=_ENHANCED),
        "curtain": readable(plain["curtain"], _WHITE, least=_ENHANCED),
        "on-curtain": _WHITE,
    }


def _bright(colour: str) -> str:
    """``colour`` at full brightness, its hue kept."""
    most = max(_rgb(colour)) or 255
    return _hex(tuple(round(each * 240 / most) for each in _rgb(colour)))


def triplet(colour: str) -> str:
    """The channels of ``colour`` as CSS takes them where some of the ground shows through: ``rgb(var(--x) / 80%)``."""
    return " ".join(map(str, _rgb(colour)))


def _far_from(ground: str) -> str:
    """Black or white, whichever can be read better on ``ground``; one of them always reaches 4.58."""
    return max(_BLACK, _WHITE, key=lambda each: contrast(each, ground))


def _ground(paper: str, towards: str, share: float, far: str, least: float = _READABLE) -> str:
    """``paper`` with up to ``share`` of ``towards``: as much as still leaves text near ``far`` readable on it."""
    for step in range(20, 0, -1):
        tried = mix(paper, towards, share * step / 20)
        if contrast(tried, far) >= least:
            return tried
    return paper


def mix(one: str, other: str, share: float) -> str:
    """``one`` with ``share`` (0 to 1) of ``other`` in it, channel by channel."""
    return _hex(tuple(round(a + (b - a) * share) for a, b in zip(_rgb(one), _rgb(other), strict=True)))


def readable(colour: str, *grounds: str, least: float = _READABLE) -> str:
    """``colour``, moved towards black or white just as far as its contrast on all ``grounds`` needs; black or white
    itself where ``least`` cannot be reached. The first ground decides the direction."""
    target = _far_from(grounds[0])
    for step in range(101):
        tried = mix(colour, target, step / 100)
        if all(contrast(tried, ground) >= least for ground in grounds):
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
