"""What a story is once it has been read."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from re import finditer
from unicodedata import normalize
from urllib.parse import unquote

from generator.privacy.masking import mask_quoted
from generator.problems import Span

HEADING_PREFIX = "s-"


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the outline."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link or picture of a story as it was written, with its place."""

    target: str
    span: Span
    is_picture: bool


@dataclass(frozen=True, slots=True)
class Story:
    """A story ready to be hung: HTML with tokens, the links they stand for, the outline."""

    path: str
    html: str = field(repr=False)
    token: str
    links: tuple[Link, ...]
    headings: tuple[Heading, ...]

    @property
    def ids(self) -> frozenset[str]:
        """The ids of its headings."""
        return frozenset(each.id for each in self.headings)

    @property
    def anchors(self) -> frozenset[str]:
        """The anchors another page may point to, as a git host writes them."""
        return frozenset(each.id.removeprefix(HEADING_PREFIX) for each in self.headings)


def anchor(written: str) -> str:
    """The id of the heading that ``written`` behind a ``#`` means. A git host puts the bytes of Han characters on the
    clipboard and finds a heading whatever the case of its letters."""
    plain = unquote(unquote(written))
    return HEADING_PREFIX + normalize("NFC", plain).lower()


class Source:
    """The text of a story that tells places from offsets and back without counting from its beginning each time.
    Its first line is ``first_line`` of ``path``."""

    def __init__(self, path: str, text: str, first_line: int = 1) -> None:
        self.path, self.text, self.first_line = path, text, first_line
        self.starts = [0, *(match.end() for match in finditer("\n", text))]

    def place(self, at: int) -> tuple[int, int]:
        """Line and column, from 1, of the character at offset ``at``."""
        line = bisect_right(self.starts, at)
        return line, at - self.starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The offset of a place; one beyond the text is its end."""
        return self.starts[line - 1] + column - 1 if line <= len(self.starts) else len(self.text)

    def span(self, line: int, column: int = 1) -> Span:
        """A place of this text as a place of its file."""
        return Span(self.path, line + self.first_line - 1, column)

    def span_at(self, at: int) -> Span:
        """The place in its file of the character at offset ``at``."""
        return self.span(*self.place(at))


def short(text: str) -> str:
    """``text`` as it fits into a message; masked first, as half a number can still be read."""
    text = mask_quoted(text)
    return text if len(text) <= 60 else text[:59] + "…"
