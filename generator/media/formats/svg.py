"""Drawings (SVG) from a folder that the city itself looks after, reduced to shapes and colours.

An SVG is a program: it can hold scripts, load other files, and change with the fonts of whoever looks at it. Of one that is
shown nothing passes here but the shapes of SVG 1.1 (chapters 7 to 14: paths, basic shapes, gradients, clipping) with
attributes whose values can name nothing outside the file. What an editor adds for itself is left out without a word; what
would change the picture is told with its place, and the drawing is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from generator.privacy.masking import mask_quoted

MOST_BYTES = 256 << 10
MOST_ELEMENTS = 5_000
MOST_DEPTH = 64
_MOST_FAULTS = 20
_SVG = "http://www.w3.org/2000/svg"
_XLINK_HREF = "http://www.w3.org/1999/xlink href"
_ELEMENTS = frozenset(
    [
        "g",
        "defs",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
    ]
)
_UNSEEN = frozenset(["title", "desc", "metadata"])  # says something about the drawing and draws nothing
_PAINT = frozenset(
    [
        "clip-path",
        "clip-rule",
        "color",
        "display",
        "fill",
        "fill-opacity",
        "fill-rule",
        "opacity",
        "stop-color",
        "stop-opacity",
        "stroke",
        "stroke-dasharray",
        "stroke-dashoffset",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "stroke-opacity",
        "stroke-width",
        "visibility",
    ]
)
_GEOMETRY = frozenset(
    [
        "id",
        "d",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "fx",
        "fy",
        "width",
        "height",
        "points",
        "transform",
        "offset",
        "gradientUnits",
        "gradientTransform",
        "spreadMethod",
        "clipPathUnits",
        "viewBox",
        "preserveAspectRatio",
    ]
)
_VALUE = re.compile(r"[\w\s#%.,()+\-]*")
_INNER = re.compile(r"url\(\s*(['\"]?)#([\w.\-]+)\1\s*\)((?:\s+[\w#%.,()+\-]+)*)\s*")
_NUMBER = re.compile(r"\s*([0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?)\s*(?:px)?\s*")


class DrawingFault(NamedTuple):
    """Something that a drawing must not hold: its line and column (from 1), a key of ``svg.*``, and what it is."""

    line: int
    column: int
    reason: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A drawing that holds nothing but shapes, and the size (pixels) in which it is shown at most."""

    content: bytes
    width: int
    height: int


def clean(raw: bytes, wide: int) -> Cleaned | tuple[DrawingFault, ...]:
    """``raw`` with nothing but shapes, ``wide`` pixels wide; or everything that keeps it from being shown, at most 20.

    Linear in its length. The same bytes give the same bytes."""
    if len(raw) > MOST_BYTES:
        return (DrawingFault(1, 1, "size", f"{MOST_BYTES >> 10} kB"),)
    reader = _Reader()
    try:
        reader.read(raw)
    except expat.ExpatError as error:
        return (*reader.faults, DrawingFault(error.lineno, error.offset + 1, "xml"))
    except _Enough:
        return tuple(reader.faults)
    if reader.box is None and not reader.faults:
        reader.faults.append(DrawingFault(1, 1, "box"))
    if reader.faults or reader.box is None:
        return tuple(reader.faults)
    ratio = reader.box[3] / reader.box[2]
    height = max(1, round(wide * ratio))
    head = f'<svg xmlns="{_SVG}" width="{wide}" height="{height}" viewBox="{" ".join(map(_plain, reader.box))}">'
    return Cleaned((head + "".join(reader.out) + "</svg>\n").encode(), wide, height)


def _plain(number: float) -> str:
    return f"{number:.6g}"


class _Enough(Exception):
    """There is no point in reading on."""


@dataclass(slots=True)
class _Reader:
    """Writes down what may stay, as expat reads. ``skipped`` counts the open elements of a part that is left out."""

    out: list[str] = field(default_factory=list)
    faults: list[DrawingFault] = field(default_factory=list)
    box: tuple[float, float, float, float] | None = None
    depth: int = 0
    skipped: int = 0
    elements: int = 0
    parser: expat.XMLParserType = field(default_factory=lambda: expat.ParserCreate("utf-8", " "))

    def read(self, raw: bytes) -> None:
        """Read the whole of ``raw``. Raises ``ExpatError`` for what is no XML."""
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._instruction
        self.parser.Parse(raw, True)

    def _fault(self, reason: str, what: str = "") -> None:
        place = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        self.faults.append(DrawingFault(*place, reason, mask_quoted(what)[:60]))
        if len(self.faults) >= _MOST_FAULTS:
            raise _Enough

    def _doctype(self, name: str, system: str | None, public: str | None, has_internal_subset: bool) -> None:
        if has_internal_subset:  # where entities are declared; the mere name of a grammar is harmless and never loaded
            self._fault("doctype")
            raise _Enough

    def _instruction(self, target: str, data: str) -> None:
        self._fault("instruction", target)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > MOST_DEPTH or self.elements > MOST_ELEMENTS:
            self._fault("much", str(MOST_ELEMENTS))
            raise _Enough
        space, _, local = name.rpartition(" ")
        if self.depth == 1:
            self._root(space, local, attributes)
        elif self.skipped or space != _SVG or local in _UNSEEN:
            self.skipped += 1
        elif local not in _ELEMENTS:
            self._fault("element", local)
            self.skipped += 1
        else:
            kept = "".join(f" {key}={_quoted(value)}" for key, value in self._attributes(attributes))
            self.out.append(f"<{local}{kept}>")

    def _end(self, name: str) -> None:
        self.depth -= 1
        if self.skipped:
            self.skipped -= 1
        else:
            self.out.append(f"</{name.rpartition(' ')[2]}>" if self.depth else "</g>")

    def _root(self, space: str, local: str, attributes: Mapping[str, str]) -> None:
        if (space, local) != (_SVG, "svg"):
            self._fault("root", local)
            raise _Enough
        self.box = _box(attributes)
        paint = [(key, value) for key, value in self._attributes(attributes) if key in _PAINT]
        self.out.append("<g" + "".join(f" {key}={_quoted(value)}" for key, value in paint) + ">")

    def _attributes(self, attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """The attributes that may stay, those of ``style`` taken apart, in the order of their names."""
        given = dict(attributes)
        given |= dict(self._styles(given.pop("style", "")))
        if "href" in given:  # SVG 2, section 16.1: the old spelling counts only where the new one is missing
            given.pop(_XLINK_HREF, None)
        for key, value in sorted(given.items()):
            if key.startswith("on"):
                self._fault("attribute", key)
            elif key in ("href", _XLINK_HREF):
                if not re.fullmatch(r"#[\w.\-]+", value.strip()):
                    self._fault("reference", value)
                else:
                    yield "href", value.strip()
            elif key in _PAINT or key in _GEOMETRY:
                if _VALUE.fullmatch(value) and "url(" not in value.lower():
                    yield key, value
                elif key in _PAINT and (inner := _INNER.fullmatch(value.strip())):
                    yield key, f"url(#{inner[2]}){inner[3]}"
                else:
                    self._fault("value", f"{key}={value}")

    def _styles(self, style: str) -> Iterator[tuple[str, str]]:
        for each in style.split(";"):
            key, _, value = each.partition(":")
            if key.strip() in _PAINT:
                yield key.strip(), value.strip()
            elif "url(" in value.lower() or "expression" in value.lower():
                self._fault("value", each.strip())


def _box(attributes: Mapping[str, str]) -> tuple[float, float, float, float] | None:
    """The part of the plane that the drawing shows: left, top, width, height; ``None`` where it does not say."""
    numbers = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
    if len(numbers) == 4:
        try:
            left, top, width, height = map(float, numbers)
        except ValueError:
            return None
    else:
        sizes = [_NUMBER.fullmatch(attributes.get(name, "")) for name in ("width", "height")]
        if None in sizes:
            return None
        left, top, (width, height) = 0.0, 0.0, (float(each[1]) for each in sizes if each)
    fits = all(abs(each) < 1e6 for each in (left, top)) and 0.001 < width < 1e6 and 0.001 < height < 1e6
    return (left, top, width, height) if fits and 0.02 < height / width < 50 else None


def _quoted(value: str) -> str:
    from xml.sax.saxutils import quoteattr  # here, for it brings half of the network along

    return quoteattr(value)
