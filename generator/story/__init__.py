"""Stories: Markdown in, safe HTML with an outline out.

A story is read once. Its HTML keeps a token wherever a link or picture goes; when the addresses of the site are
fixed, ``hang`` puts them in. comrak reads CommonMark as a git host previews it (with the option that lets emphasis
touch Han punctuation); nh3 cleans its output as a second wall. HTML written in a story is never passed through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256

from generator.messages import words
from generator.problems import Problem, problem
from generator.story import emphasis, foreign, leftovers, lines, notes, structure
from generator.story.blocks import Blocks, read_blocks
from generator.story.cleaning import VOCABULARY, finish
from generator.story.hanging import UNSAID, hang, linked_pictures
from generator.story.links import is_safe, read_links
from generator.story.markdown import POSITION
from generator.story.model import HEADING_PREFIX, Heading, Link, Source, Story, anchor
from generator.story.official import keep
from generator.text.characters import HIDDEN

__all__ = [
    "HEADING_PREFIX",
    "UNSAID",
    "VOCABULARY",
    "Heading",
    "Link",
    "Story",
    "anchor",
    "hang",
    "is_safe",
    "linked_pictures",
    "read",
]

MOST_COLUMNS = 60
MOST_LINES = 4_000
MOST_NOTES = 1_000
MOST_LINKS = 2_000
MOST_GROWTH, FREE_GROWTH = 20, 1 << 16  # how large a page may be: so many times its text, and so many characters
_DEEP_QUOTE = re.compile(r"(?:[ \t]*>){20}")


def read(path: str, text: str, first_line: int = 1) -> tuple[Story, tuple[Problem, ...]]:
    """Read the Markdown ``text``, which begins on ``first_line`` of ``path``.

    Returns the story and its problems: HTML (SEC-004), links (SEC-002, CDN-001, A11-001, LNK-01*), a first-level
    heading (A11-002), and text that would not be published as its author wrote it (TXT-*).
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    source = Source(path, text, first_line)
    excess = _excess(text)
    if excess:
        return _refused(source, *excess)
    token = f"~{sha256(text.encode()).hexdigest()[:20]}~"
    kept, rendering, problems = emphasis.settle(source, keep(text), token)
    if len(POSITION.sub("", rendering.raw)) > MOST_GROWTH * len(text) + FREE_GROWTH:
        return _refused(source, 1, "excess.rendered")
    problems += foreign.check(source, kept, rendering.raw)
    links, found = read_links(source, rendering, token)
    problems += found
    html, headings = finish(source, rendering.raw)
    problems += foreign.hidden_entities(source, html)
    html = HIDDEN.sub("", html)
    blocks = read_blocks(source, kept, rendering.raw)
    problems += _heading_problems(source, blocks, kept)
    problems += _unmeant(source, blocks, kept, rendering.raw)
    return Story(path, html, token, links, headings), tuple(problems)


def _refused(source: Source, line: int, what: str) -> tuple[Story, tuple[Problem, ...]]:
    return Story(source.path, "", "", (), ()), (problem("SEC-009", source.span(line), what=words(what)),)


def _excess(text: str) -> tuple[int, str] | None:
    """The line on which ``text`` has more structure than any reader wants, and what it has too much of. A short text
    can become a huge page otherwise: each row of a table is filled up to the width of its head."""
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if line.count("|") > MOST_COLUMNS:
            return number, "excess.columns"
        if _DEEP_QUOTE.match(line):
            return number, "excess.quotes"
    for sign, most, what in (("[^", MOST_NOTES, "excess.notes"), ("](", MOST_LINKS, "excess.links")):
        if text.count(sign) > most:
            return 1, what
    return (MOST_LINES + 1, "excess.lines") if len(lines) > MOST_LINES + 1 else None


def _heading_problems(source: Source, blocks: Blocks, kept: str) -> Iterator[Problem]:
    text = kept.split("\n")
    for each in blocks.of("h1"):
        if not structure.is_underlined(each, text):
            yield problem("A11-002", source.span(each.first, each.column))


def _unmeant(source: Source, blocks: Blocks, kept: str, raw: str) -> Iterator[Problem]:
    """What would be published otherwise than written."""
    front = structure.front_matter(source)
    yield from front
    if front:
        return  # what follows from it would be said again, line by line
    formed = list(_one_a_line((*structure.check(source, blocks, kept.split("\n")), *lines.check(source, blocks))))
    yield from formed
    cut = {each.span.line for each in formed if each.code == "TXT-015"}  # rows whose marks a bar has torn apart
    yield from (each for each in leftovers.check(source, blocks) if each.span.line not in cut)
    yield from leftovers.by_source(source, blocks)
    yield from notes.check(source, blocks, raw)


def _one_a_line(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The first problem of each line: a line that looks like two things is one mistake."""
    taken: set[int] = set()
    for each in problems:
        if each.span.line not in taken:
            taken.add(each.span.line)
            yield each
