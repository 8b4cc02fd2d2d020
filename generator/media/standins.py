"""What stands in a preview where a picture cannot be shown: a neutral panel with the file's name and what is wrong.

The panel is drawn here as a small SVG of our own. It is published in previews only.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from unicodedata import east_asian_width

from generator.catalog.catalog import Catalog
from generator.media.pictures import named
from generator.media.published import Picture, Variant
from generator.messages import Language, say
from generator.problems import Problem, Span, is_of_picture
from generator.source.files import locate

WIDTH, HEIGHT = 640, 400
_LINE = 50  # columns of text in a line; a Han character takes two
_LINES = 4
_CLOSING = "。，、；：？！”’）》」』"


@dataclass(frozen=True, slots=True)
class StandIn:
    """What is shown instead of a picture, and the bytes of its one file."""

    picture: Picture
    content: bytes


def needed(
    public: Catalog,
    pictures: Mapping[str, Picture],
    problems: Iterable[Problem],
    language: Language,
    also: Iterable[tuple[str, Span]] = (),
) -> Mapping[str, StandIn]:
    """A stand-in for every picture that a record of ``public`` or ``also`` names and that could not be made: source
    path → stand-in. ``problems`` are those of the whole submission; the one that explains a picture is written on it."""
    known = tuple(each for each in problems if each.is_grave)
    by_span = {each.span: each for each in known if is_of_picture(each)}
    by_path = {path: each for each in known for path in _paths(each)}
    found: dict[str, StandIn] = {}
    for path, span in (*_named(public, pictures.keys() | by_path.keys()), *also):
        if path not in pictures and path not in found:
            found[path] = draw(path, by_path.get(path) or by_span.get(span), language)
    return found


def _paths(problem: Problem) -> Iterator[str]:
    """The paths a problem may be known by: that of a file that was refused, or that of a picture."""
    yield problem.span.path
    if is_of_picture(problem):
        yield from (value for name, value in problem.values if name == "path" and isinstance(value, str))


def _named(public: Catalog, known: Container[str]) -> Iterator[tuple[str, Span]]:
    for record in public:
        for target, span, *_ in named(record):
            path = locate(record.folder, target, known)
            if path:
                yield path, span


def draw(path: str, problem: Problem | None, language: Language) -> StandIn:
    """The panel for the picture at ``path``: its name and, in ``language``, what ``problem`` says."""
    name = path.rpartition("/")[2]
    text = problem.text(language) if problem else say("standin.unknown", language)
    code = problem.code if problem else ""
    rows = [(say("standin.title", language), 30, 700), (_cut(name), 24, 400)]
    rows += [(line, 20, 400) for line in _wrapped(text)] + [(code, 18, 400)]
    content = _svg([row for row in rows if row[0]]).encode()
    address = f"media/{sha256(content).hexdigest()[:20]}-standin.svg"
    return StandIn(Picture((Variant("svg", address, WIDTH, HEIGHT),), "", ""), content)


def _svg(rows: list[tuple[str, int, int]]) -> str:
    """Rows of (text, size in pixels, weight) in the middle of a dashed frame; grey on grey reads on any ground."""
    total = sum(size * 1.6 for _, size, _ in rows)
    at = (HEIGHT - total) / 2
    texts = []
    for text, size, weight in rows:
        at += size * 1.6
        texts.append(
            f'<text x="{WIDTH // 2}" y="{at - size * 0.5:.0f}" font-size="{size}" font-weight="{weight}">'
            f"{escape(_plain(text))}</text>"
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#e2e2e2"/>'
        f'<rect x="12" y="12" width="{WIDTH - 24}" height="{HEIGHT - 24}" fill="none" stroke="#757575" '
        f'stroke-width="3" stroke-dasharray="12 9"/>'
        f'<g fill="#333333" font-family="sans-serif" text-anchor="middle">{"".join(texts)}</g></svg>\n'
    )


def _plain(text: str) -> str:
    """Only what XML allows and an eye can see."""
    return "".join(each if each.isprintable() else "\ufffd" for each in text)


def _columns(text: str) -> int:
    return sum(2 if east_asian_width(each) in "FWA" else 1 for each in text)


def _cut(name: str) -> str:
    """``name`` in one line, its end kept: there the format stands."""
    while _columns(name) > _LINE - 8:
        name = "…" + name.lstrip("…")[1:]
    return name


def _wrapped(text: str) -> list[str]:
    """``text`` in lines of about the same length, none of them beginning with a closing mark."""
    count = -(-_columns(text) // _LINE)
    width = min(_LINE, -(-_columns(text) // max(1, count)) + 2)
    lines = [""]
    for each in text:
        if _columns(lines[-1] + each) > width and each not in _CLOSING:
            lines.append("")
        lines[-1] += each
    return lines if len(lines) <= _LINES else [*lines[: _LINES - 1], lines[_LINES - 1][:-1] + "…"]
