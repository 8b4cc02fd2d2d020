"""Readers of what a build writes, which say what nobody could read."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser
from io import BytesIO
from zipfile import ZipFile

import icalendar

_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])

_LOOSE = frozenset(["p", "li", "dt", "dd", "option", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "rp", "rt"])  # may end unsaid

_SVG_VOID = frozenset(["path", "circle", "rect", "line", "polyline", "polygon", "ellipse", "use", "image", "stop"])


class _Reader(HTMLParser):
    """Reads a page tag by tag and keeps those that are open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID | _SVG_VOID:
            self.faults.append(f"<{tag}/>")

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open[-1] != tag and self.open[-1] in _LOOSE:
            self.open.pop()
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")


def read_html(text: str) -> list[str]:
    """What is wrong with the tags of a page."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.faults + [each for each in reader.open if each not in _LOOSE]


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} in JSON")


def unreadable(files: dict[str, bytes]) -> list[str]:
    """The files that programs of their kind could not read."""
    wrong = []
    for name, content in files.items():
        try:
            if name.endswith(".html"):
                faults = read_html(content.decode())
                if faults:
                    raise ValueError(faults[:3])
            elif name.endswith((".json", ".geojson", ".webmanifest")):
                json.loads(content, parse_constant=_no_constant)
            elif name.endswith((".xml", ".atom", ".svg", ".rss")):
                ElementTree.fromstring(content)  # noqa: S314  made here
            elif name.endswith(".ics"):
                icalendar.Calendar.from_ical(content)
            elif name.endswith(".xlsx"):
                with ZipFile(BytesIO(content)) as book:
                    for each in book.namelist():
                        ElementTree.fromstring(book.read(each))  # noqa: S314  made here
        except Exception as error:  # noqa: BLE001  whatever it is, it is told with the file's name
            wrong.append(f"{name}: {type(error).__name__} {error}"[:300])
    return wrong
