"""A department's drawing (SVG) becomes pixels: no byte of it is published, so it may be drawn with all that SVG has.

What it may not do is reach outside its file or grow without bound. It is read by expat and written anew before the
renderer sees it: scripts, handlers, animations and what an editor keeps for itself are left out; a name of anything but
a part of the same file or a bitmap inside it is a fault, for without it the picture would lack something. Runs in worker
processes only (``workers.py``), with the bounds of time and memory that every picture has.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.parsers import expat

from generator import patterns

if TYPE_CHECKING:
    from PIL import Image


MOST_BYTES = 4 << 20  # of the file; a mark that is drawn has a few thousand, bitmaps inside it make it long
MOST_WRITTEN = 16 << 20  # characters after entities are filled in
MOST_ELEMENTS = 20_000
MOST_DRAWN = 60_000  # elements after every ``use`` is filled in
MOST_DEPTH = 64
MOST_NESTED = 4 * MOST_DEPTH  # elements inside each other after every ``use`` is filled in
FLATTEST, TALLEST = 0.02, 50.0  # height by width
REASONS = frozenset(["attribute", "box", "doctype", "element", "empty", "much", "reference", "render", "root", "size", "xml"])
_SVG = "http://www.w3.org/2000/svg"
_XLINK, _XML = "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"
_UNDRAWN = frozenset(  # says, does or moves something, and draws nothing of a still picture
    ["script", "metadata", "title", "desc", "animate", "animateColor", "animateMotion", "animateTransform", "set", "mpath",
     "color-profile", "cursor", "view", "handler", "listener", "discard", "audio", "video", "iframe", "canvas", "embed", "object"]
)  # fmt: skip
_LETTERED = frozenset(["text", "tspan", "textPath", "tref"])
_WITH_TEXT = _LETTERED | {"style"}
_INSIDE = patterns.late(r"\s*#[^\s]+\s*")
_BITMAP = patterns.late(r"\s*data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
_OUTSIDE_URL = patterns.late(r"url\(\s*(?:['\"]\s*)?([^#\s'\")][^)'\"]*)", re.IGNORECASE)
_AT_RULE = patterns.late(r"@(?:import[^;]*;?|(?:font-face|media|keyframes|charset)[^{]*(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\})?)", re.IGNORECASE)
_LENGTH = patterns.late(r"\s*\+?([0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?)\s*(px|pt|pc|mm|cm|in|em|ex|rem)?\s*")
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "em": 16.0, "ex": 8.0, "rem": 16.0}
_STARTS = re.compile(rb"\s*<(?:\?xml|!--|!DOCTYPE\s+svg|(?:[A-Za-z]+:)?svg[\s>])", re.IGNORECASE)


class Refused(Exception):
    """Why a drawing cannot be drawn: one of ``REASONS``, what it is, and the place (line and column, from 1) or ``None``."""

    def __init__(self, reason: str, what: str = "", place: tuple[int, int] | None = None) -> None:
        super().__init__(reason, what, place)
        self.reason, self.what, self.place = reason, what[:60], place


class Restated(NamedTuple):
    """A drawing as it is given to the renderer: its text, height by width, and whether it holds letters."""

    text: str
    ratio: float
    is_lettered: bool


def is_drawing(raw: bytes) -> bool:
    """Whether ``raw`` begins as an SVG does; UTF-16 counts too."""
    start = raw[:4096].removeprefix(b"\xef\xbb\xbf")
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        start = start.replace(b"\0", b"")[2:]
    return bool(_STARTS.match(start)) and b"<html" not in start.lower()


def pixels(raw: bytes, width: int, most: int) -> Image.Image:
    """``raw`` drawn ``width`` pixels wide, RGBA. ``most`` is the number of pixels it may have.

    Raises ``Refused``, and ``MemoryError``. Fonts are ours alone, so the same bytes look the same on every machine."""
    import resvg_py
    from PIL import Image

    stated = restate(raw)
    if width * width * stated.ratio > most:
        width = max(1, int((most / stated.ratio) ** 0.5))
    try:
        drawn = resvg_py.svg_to_bytes(
            svg_string=stated.text, width=width, dpi=96, skip_system_fonts=True, **(_fonts() if stated.is_lettered else {})
        )
    except ValueError as error:
        raise Refused("render", str(error)) from error
    image = Image.open(io.BytesIO(drawn), formats=["PNG"]).convert("RGBA")
    if image.getchannel("A").getextrema()[1] == 0:
        raise Refused("empty")
    return image


def _fonts() -> dict[str, Any]:
    import pylopdf_fonts_zh_cn as fonts

    sans, serif = "Noto Sans SC", "Noto Serif SC"
    families = {f"{name}_family": sans for name in ("sans_serif", "cursive", "fantasy", "monospace")}
    files = [str(fonts.sans_path()), str(fonts.serif_path())]
    return {"font_files": files, "font_family": sans, "serif_family": serif, **families}


def restate(raw: bytes) -> Restated:
    """``raw`` without anything that acts or reaches outside. Raises ``Refused``. Linear in its length."""
    if len(raw) > MOST_BYTES:
        raise Refused("size", f"{MOST_BYTES >> 20} MB")
    reader = _Reader()
    try:
        reader.read(_in_utf8(raw))
    except expat.ExpatError as error:
        raise Refused("xml", "", (error.lineno, error.offset + 1)) from error
    except ValueError as error:  # bytes that are no text
        raise Refused("xml", str(error)) from error
    if reader.drawn() > MOST_DRAWN:
        raise Refused("much", str(MOST_DRAWN))
    assert reader.ratio is not None, "the root was read, or expat would have complained"
    return Restated("".join(reader.out), reader.ratio, reader.is_lettered)


def _in_utf8(raw: bytes) -> bytes:
    """``raw`` in UTF-8, whatever its first line claims: drawing programs write one encoding there and save in another.
    Raises ``ValueError`` for what is in none that they use."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16").encode()
    try:
        return raw.decode("utf-8-sig").encode()
    except UnicodeDecodeError:
        return raw.decode("gb18030").encode()


@dataclass(slots=True)
class _Node:
    """What drawing an element costs: itself, what it holds, and what it uses by name."""

    own: int = 1
    inner: list[_Node] = field(default_factory=list)
    used: str = ""


@dataclass(slots=True)
class _Reader:
    """Writes the drawing anew, as expat reads. ``skipped`` counts the open elements of a part that is left out."""

    out: list[str] = field(default_factory=list)
    ratio: float | None = None
    is_lettered: bool = False
    open: list[str] = field(default_factory=list)
    nodes: list[_Node] = field(default_factory=lambda: [_Node(0)])
    by_id: dict[str, _Node] = field(default_factory=dict)
    skipped: int = 0
    elements: int = 0
    written: int = 0
    style: list[str] = field(default_factory=list)
    parser: expat.XMLParserType = field(default_factory=lambda: expat.ParserCreate("utf-8", " "))

    def read(self, raw: bytes) -> None:
        """Read the whole of ``raw``. Raises ``ExpatError`` for what is no XML, ``Refused`` for what may not be."""
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.EntityDeclHandler = self._entity
        self.parser.buffer_text = True
        self.parser.Parse(raw, True)

    def drawn(self) -> int:
        """How many elements are drawn once every ``use`` is filled in; past ``MOST_DRAWN`` nobody counts on."""
        costs: dict[int, int] = {}
        on_way: set[int] = set()

        def cost(node: _Node) -> int:
            at = id(node)
            if at in costs or at in on_way:  # a ring is cut by the renderer
                return costs.get(at, 0)
            if len(on_way) > MOST_NESTED:
                return MOST_DRAWN + 1
            on_way.add(at)
            total = node.own
            for each in (*node.inner, *([self.by_id[node.used]] if node.used in self.by_id else ())):
                total += cost(each)
                if total > MOST_DRAWN:
                    break
            on_way.discard(at)
            costs[at] = total
            return total

        return cost(self.nodes[0])

    def _refuse(self, reason: str, what: str = "") -> Refused:
        return Refused(reason, what, (self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1))

    def _entity(
        self, name: str, is_parameter: bool, value: str | None, base: str | None, system: str | None, public: str | None, notation: str | None
    ) -> None:
        if value is None or is_parameter:  # drawing programs declare names of namespaces; nothing else is wanted
            raise self._refuse("doctype", name)

    def _write(self, text: str) -> None:
        self.written += len(text)
        if self.written > MOST_WRITTEN:
            raise self._refuse("size", f"{MOST_WRITTEN >> 20} MB")
        self.out.append(text)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.elements += 1
        space, _, local = name.rpartition(" ")
        if self.elements > MOST_ELEMENTS or len(self.open) + self.skipped >= MOST_DEPTH:
            raise self._refuse("much", str(MOST_ELEMENTS))
        if not self.open and not self.skipped:
            self._root(space, local, attributes)
        elif self.skipped or space not in (_SVG, "") or local in _UNDRAWN:
            self.skipped += 1
            return
        elif local == "foreignObject":
            if "switch" not in self.open:
                raise self._refuse("element", local)
            self.skipped += 1
            return
        self._keep("g" if local == "a" else local, attributes)

    def _root(self, space: str, local: str, attributes: Mapping[str, str]) -> None:
        if local != "svg" or space not in (_SVG, ""):
            raise self._refuse("root", local)
        self.ratio = _ratio(attributes)
        if self.ratio is None or not FLATTEST <= self.ratio <= TALLEST:
            raise self._refuse("box")

    def _keep(self, local: str, attributes: Mapping[str, str]) -> None:
        head = f' xmlns="{_SVG}"' if not self.open else ""
        node = _Node()
        for key, value in sorted(attributes.items()):
            space, _, bare = key.rpartition(" ")
            if bare.lower().startswith("on") or (space not in ("", _XLINK, _XML)):
                continue
            if bare == "href":
                node.used = self._reference(local, value)
            elif space == _XLINK:
                continue
            elif (outside := _OUTSIDE_URL.search(value)) is not None:
                raise self._refuse("reference", outside[1] or value)
            if bare == "id":
                self.by_id.setdefault(value, node)
            head += f" {'xml:' if space == _XML else ''}{bare}={_quoted(value)}"
        self.is_lettered = self.is_lettered or local in _LETTERED
        self.open.append(local)
        self.nodes[-1].inner.append(node)
        self.nodes.append(node)
        self._write(f"<{local}{head}>")

    def _reference(self, local: str, value: str) -> str:
        """The name within the file that ``value`` is, empty for a bitmap inside it or a link that leads nowhere here."""
        if local == "g" or _BITMAP.fullmatch(value) and local in ("image", "feImage"):
            return ""
        if not _INSIDE.fullmatch(value):
            raise self._refuse("reference", value)
        return value.strip()[1:] if local == "use" else ""

    def _characters(self, text: str) -> None:
        if self.skipped or not self.open or self.open[-1] not in _WITH_TEXT:
            return
        if self.open[-1] == "style":
            self.style.append(text)
        else:
            self._write(_escaped(text))

    def _end(self, name: str) -> None:
        if self.skipped:
            self.skipped -= 1
            return
        local = self.open.pop()
        self.nodes.pop()
        if local == "style":
            self._styles()
        self._write(f"</{local}>")

    def _styles(self) -> None:
        sheet = _AT_RULE.sub("", "".join(self.style))
        self.style.clear()
        outside = _OUTSIDE_URL.search(sheet)
        if outside is not None:
            raise self._refuse("reference", outside[1])
        self._write(_escaped(sheet))


def _ratio(attributes: Mapping[str, str]) -> float | None:
    """Height by width of what the drawing shows (SVG 2, section 8.2); ``None`` where it does not say."""
    sizes = [_LENGTH.fullmatch(attributes.get(name, "")) for name in ("width", "height")]
    if all(sizes):
        wide, high = (float(each[1]) * _UNITS[each[2] or ""] for each in sizes if each)
    else:
        numbers = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
        try:
            _, _, wide, high = map(float, numbers)
        except ValueError:
            return None
    return high / wide if 0 < wide < 1e9 and 0 < high < 1e9 else None


def _quoted(value: str) -> str:
    from xml.sax.saxutils import quoteattr  # here, for it brings half of the network along

    return quoteattr(value)


def _escaped(text: str) -> str:
    from xml.sax.saxutils import escape

    return escape(text)
