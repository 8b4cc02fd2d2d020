"""The pictures of a record as they are printed: those that its page shows with a text in their place, each once."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from generator.archive.items import Item
from generator.archive.sources import Sources, opened

if TYPE_CHECKING:
    from PIL import Image

LARGEST = 960  # pixels of the longer side: 200 to the inch on the widest that is printed, and never less than half of that
_QUALITY = 80
_AS_THEY_ARE = (".jpg", ".jpeg")


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of a page: its file in the year, the text in its place, and what stands below it."""

    file: str
    alt: str
    caption: str = ""


def of_item(item: Item, files: Sources) -> list[Shown]:
    """The pictures of ``item`` in the order of its page, as far as they are among its files."""
    source = files.get(item.page)
    if source is None:
        return []
    with opened(source) as page:
        reader = _Reader(posixpath.dirname(item.page))
        reader.feed(page.read().decode("utf-8", "replace"))
    wanted = set(item.files) & files.keys()
    once: dict[str, Shown] = {}
    for each in reader.shown:
        if each.file in wanted:
            once.setdefault(each.file, each)
    return list(once.values())


@dataclass
class _Reader(HTMLParser):
    """Reads ``<img>`` with their captions. What has no text in its place is an ornament of the page."""

    folder: str
    shown: list[Shown] = field(default_factory=list)
    _first: int | None = None  # of the figure that is open
    _caption: list[str] | None = None

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given: Mapping[str, str] = {name: value or "" for name, value in attrs}
        if tag == "img" and given.get("alt", "").strip():
            path = unquote(urlsplit(given.get("src", "")).path)
            self.shown.append(Shown(posixpath.normpath(posixpath.join(self.folder, path)), given["alt"].strip()))
        elif tag == "figure":
            self._first = len(self.shown)
        elif tag == "figcaption":
            self._caption = []

    def handle_endtag(self, tag: str) -> None:
        if tag == "figcaption" and self._caption is not None:
            caption = " ".join(" ".join(self._caption).split())
            start = len(self.shown) if self._first is None else self._first
            self.shown[start:] = [replace(each, caption=caption) for each in self.shown[start:]]
            self._caption = None
        elif tag == "figure":
            self._first = None

    def handle_data(self, data: str) -> None:
        if self._caption is not None:
            self._caption.append(data)


def printed(source: Path | bytes, name: str) -> tuple[bytes, int, int] | None:
    """The picture ``name`` as JPEG, no larger than it is printed, with its width and height in pixels; ``None`` for what
    is no picture that can be read. What is transparent stands on white."""
    from PIL import Image, UnidentifiedImageError

    with opened(source) as raw:
        content = raw.read()
    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.mode == "RGB" and max(image.size) <= LARGEST and name.lower().endswith(_AS_THEY_ARE):
                return content, *image.size
            if max(image.size) > LARGEST:  # of a JPEG a part is decoded in a part of the time, and a large one never held whole
                part = next((each for each in (2, 4) if max(image.size) <= LARGEST * each), 8)
                image.draft("RGB", (image.width // part, image.height // part))
            plain = _on_white(image)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None
    plain.thumbnail((LARGEST, LARGEST), Image.Resampling.LANCZOS)
    made = io.BytesIO()
    plain.save(made, "JPEG", quality=_QUALITY)
    return made.getvalue(), *plain.size


def _on_white(image: Image.Image) -> Image.Image:
    from PIL import Image

    if image.mode == "RGB":
        image.load()
        return image.copy()
    coloured = image.convert("RGBA")
    white = Image.new("RGBA", coloured.size, "#ffffff")
    return Image.alpha_composite(white, coloured).convert("RGB")
