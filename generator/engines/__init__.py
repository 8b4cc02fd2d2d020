"""What an engine is: given a frame_data, it renders editorial pages whole and frames for everything else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any, Protocol

from generator.story import Heading
from generator.system.cache import Cache
from generator.text.addresses import LinkStyle

FrameKey = tuple[str, int]  # section, depth

TITLE, HEAD, BODY = "exhibit-sentinel-title", "exhibit-sentinel-head", "exhibit-sentinel-body"
REPORT = "exhibit-sentinel-report"  # where the frame leads whoever found an error; not every frame_data has such a link
IMPRINT = "exhibit-sentinel-imprint"
STYLES = "exhibit-sentinel-styles"  # behind the style sheet of all pages, whose rules those of single pages change
_NEEDED = frozenset({TITLE, HEAD, STYLES, BODY, IMPRINT})
_SENTINEL = re.compile(f"({TITLE}|{HEAD}|{STYLES}|{BODY}|{REPORT}|{IMPRINT})")


@dataclass(frozen=True, slots=True)
class Frame:
    """A page of the engine with nothing in it. ``parts`` alternate between its own markup and the names of what
    goes there."""

    parts: tuple[str, ...] = field(repr=False)

    @property
    def digest(self) -> str:
        """The same for frames that are the same."""
        return sha256("\0".join(self.parts).encode("utf-8", "surrogatepass")).hexdigest()

    def hang(self, title: str, head: str, body: str, report: str = "", imprint: str = "", styles: str = "") -> str:
        """The frame with ``title`` and the address ``report`` (plain text), ``head``, ``body``, ``imprint`` and the links
        to further ``styles`` (markup) in their places."""
        content = {TITLE: escape(title), HEAD: head, STYLES: styles, BODY: body, REPORT: escape(report), IMPRINT: imprint}
        return "".join(content[part] if index % 2 else part for index, part in enumerate(self.parts))


def cut(html: str) -> Frame:
    """Cut the page ``html`` at its sentinels. Raises ``ValueError`` when one is missing: an override lost it."""
    parts = tuple(_SENTINEL.split(html))
    missing = _NEEDED - set(parts[1::2])
    if missing:
        raise ValueError(f"the frame lost its sentinels: {', '.join(sorted(missing))}")
    return Frame(parts)


@dataclass(frozen=True, slots=True)
class Document:
    """An editorial page: safe HTML with relative links, and its outline. ``title`` is its heading, text or markup, ``window`` the
    title of the browser's window, ``head`` markup for its head, ``report`` the address at which an error in it is
    reported, ``imprint`` what it says of itself on paper."""

    address: str
    section: str
    title: str
    window: str
    head: str
    html: str = field(repr=False)
    outline: tuple[Heading, ...]
    report: str = ""
    imprint: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class FrameData:
    """What all pages share. ``navigation`` is (title, address, whether it is a document); ``footer``, ``search`` and
    ``words`` are plain data for the theme's templates; ``styles`` and ``scripts`` are addresses of files in the site.
    ``wordmark`` is the view of a picture of the name, ``host`` what stands above and below all pages. ``cache`` may keep what
    an engine has made."""

    name: str
    description: str
    language: str
    theme: Path
    links: LinkStyle
    navigation: tuple[tuple[str, str], ...]
    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    footer: Mapping[str, Any]
    search: Mapping[str, Any]
    words: Mapping[str, str]
    wordmark: Mapping[str, Any] | None = None
    host: Mapping[str, Any] = field(default_factory=dict)
    cache: Cache | None = field(default=None, repr=False, compare=False)


class Engine(Protocol):
    """Renders frames and documents. Given the same frame_data it gives the same bytes."""

    name: str

    def stylesheets(self) -> tuple[str, ...]:
        """The texts of the engine's own style sheets, in their order."""

    def render(
        self, frame_data: FrameData, documents: tuple[Document, ...], frames: frozenset[FrameKey]
    ) -> tuple[Mapping[str, str], Mapping[FrameKey, Frame]]:
        """Return address → HTML of the documents, and the frames."""
