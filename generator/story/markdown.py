"""comrak with its options: CommonMark as a git host previews it, with the places of what was read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import comrak

from generator.story.official import restored

OMITTED = "<!-- raw HTML omitted -->"
POSITION = re.compile(r' data-sourcepos="[0-9:-]*"')
OUTSIDE = re.compile(r"\A(?:https?://[^/\\]|mailto:|tel:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rendering:
    """What comrak makes of a text: HTML with places, and the addresses for which a token stands in it."""

    raw: str
    targets: tuple[str, ...]


def _options(address: Callable[[str], str]) -> tuple[comrak.ExtensionOptions, comrak.ParseOptions, comrak.RenderOptions]:
    extension = comrak.ExtensionOptions()
    extension.table = extension.footnotes = extension.strikethrough = True
    extension.alerts = extension.tasklist = extension.description_lists = True
    extension.cjk_friendly_emphasis = True
    extension.link_url_rewriter = extension.image_url_rewriter = address
    parse = comrak.ParseOptions()
    parse.sourcepos_chars = True
    render = comrak.RenderOptions()
    render.sourcepos = True
    return extension, parse, render


def render(kept: str, token: str) -> Rendering:
    """Render ``kept``, in which signs of official text are exchanged. An address of the site becomes ``token`` and its
    number; one that leads elsewhere stays, and is judged once more when the HTML is cleaned."""
    targets: list[str] = []

    def keep(target: str) -> str:
        target = restored(target)
        if OUTSIDE.match(target):
            return target
        targets.append(target)
        return f"{token}{len(targets) - 1}~"

    return Rendering(comrak.render_markdown(kept, *_options(keep)), tuple(targets))


def plain(kept: str) -> str:
    """Render ``kept`` without addresses and places, to compare it."""
    return POSITION.sub("", comrak.render_markdown(kept, *_options(lambda _: "")))
