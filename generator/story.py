"""Stories: Markdown in, safe HTML with an outline out.

A story is read once. Its HTML keeps a token wherever a link or picture goes; when the addresses of the site are
fixed, ``hang`` puts them in. comrak reads CommonMark as a git host previews it (with the option that lets emphasis
touch Han punctuation); nh3 cleans its output as a second wall. HTML written in a story is never passed through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape, unescape

import comrak
import nh3

from generator.messages import words
from generator.problems import Problem, Span, problem

HEADING_PREFIX = "s-"
_OMITTED = "<!-- raw HTML omitted -->"
_OUTSIDE = re.compile(r"\A(?:https?://[^/\\]|mailto:|tel:)", re.IGNORECASE)
_SCHEME = re.compile(r"\A[A-Za-z][A-Za-z0-9+.-]*:")
_POSITION = re.compile(r'data-sourcepos="(\d+):(\d+)-\d+:\d+"')
_ANCHOR = re.compile(r'<a href="#[^"]*" aria-label="[^"]*" data-heading-content="[^"]*" class="anchor"></a>')
_HEADING = re.compile(r'<h([1-6]) id="([^"]*)">(.*?)</h\1>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile(r'<(a|img) data-sourcepos="(\d+):(\d+)-\d+:\d+" (?:href|src)="([^"]*)"([^>]*)>')

_TAGS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "blockquote", "pre", "code", "ul", "ol", "li", "hr", "br"),
    *("strong", "em", "del", "sup", "section", "table", "thead", "tbody", "tr", "th", "td", "a", "img"),
}
_HEADINGS = {f"h{level}": {"id"} for level in range(1, 7)}
_ATTRIBUTES = {
    **_HEADINGS,
    "a": {"href", "title", "id", "class"},
    "img": {"src", "alt", "title"},
    "th": {"align"},
    "td": {"align"},
    "li": {"id"},
    "ol": {"start"},
    "sup": {"class"},
    "section": {"class"},
}
_CLASSES = {"footnotes", "footnote-ref", "footnote-backref"}


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
    def anchors(self) -> frozenset[str]:
        """The anchors another page may point to, as a git host writes them."""
        return frozenset(each.id.removeprefix(HEADING_PREFIX) for each in self.headings)


def _options(links: Callable[[str], str], pictures: Callable[[str], str]) -> tuple[object, object, object]:
    extension = comrak.ExtensionOptions()
    extension.table = extension.footnotes = extension.strikethrough = extension.autolink = True
    extension.cjk_friendly_emphasis = True
    extension.header_id_prefix = HEADING_PREFIX
    extension.link_url_rewriter = links
    extension.image_url_rewriter = pictures
    parse = comrak.ParseOptions()
    parse.sourcepos_chars = True
    render = comrak.RenderOptions()
    render.sourcepos = True
    return extension, parse, render


def read(path: str, text: str, first_line: int = 1) -> tuple[Story, tuple[Problem, ...]]:
    """Read the Markdown ``text``, which begins on ``first_line`` of ``path``.

    Returns the story and its problems: HTML (SEC-004), unsafe addresses (SEC-002), pictures from elsewhere
    (CDN-001), pictures without a description (A11-001), a first-level heading (A11-002).
    """
    token = f"~{sha256(text.encode()).hexdigest()[:20]}~"
    targets: list[str] = []

    def keep(target: str) -> str:
        if _OUTSIDE.match(target):
            return target  # stays in the HTML, where nh3 judges it once more
        targets.append(target)
        return f"{token}{len(targets) - 1}~"

    raw = comrak.render_markdown(text, *_options(keep, keep))
    offset = first_line - 1
    problems = list(_html_problems(path, text, raw, offset))
    links, found = _read_links(path, raw, token, targets, offset)
    problems += found
    html = _clean(_POSITION.sub("", _ANCHOR.sub("", raw)))
    headings = tuple(
        Heading(int(level), id, unescape(_TAG.sub("", inner)).strip()) for level, id, inner in _HEADING.findall(html)
    )
    problems += _heading_problems(path, raw, offset)
    return Story(path, html, token, links, headings), tuple(problems)


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    if name == "id":
        return value if value.startswith((HEADING_PREFIX, "fn-", "fnref-")) else None
    if name == "class":
        return value if value in _CLASSES else None
    return value


def _clean(html: str) -> str:
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_keep_attribute,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )


def _read_links(
    path: str, raw: str, token: str, targets: list[str], offset: int
) -> tuple[tuple[Link, ...], list[Problem]]:
    links: dict[int, Link] = {}
    problems: list[Problem] = []
    for kind, line, column, address, rest in _LINK.findall(raw):
        span = Span(path, int(line) + offset, int(column))
        number = int(address[len(token) : -1]) if address.startswith(token) else None
        target = unescape(address) if number is None else targets[number]
        if kind == "img" and 'alt=""' in rest:
            problems.append(problem("A11-001", span))
        if not target or not _is_safe(target):  # comrak itself blanks javascript:, vbscript:, file: and data:
            problems.append(problem("SEC-002", span, label=words("label.link"), address=_short(target)))
        elif kind == "img" and _OUTSIDE.match(target):
            problems.append(problem("CDN-001", span, address=_short(target)))
        if number is not None:
            links[number] = Link(target, span, kind == "img")
    unseen = (Link(target, Span(path), False) for target in targets)
    return tuple(links.get(index, blank) for index, blank in enumerate(unseen)), problems


def _is_safe(target: str) -> bool:
    if _OUTSIDE.match(target):
        return True
    return not (
        _SCHEME.match(target)
        or target.startswith(("//", "/\\", "\\"))
        or any(ord(each) < 0x20 or each == "\\" for each in unescape(target))
    )


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def _heading_problems(path: str, raw: str, offset: int) -> Iterator[Problem]:
    for match in re.finditer(r'<h1 [^>]*?data-sourcepos="(\d+):(\d+)-', raw):
        yield problem("A11-002", Span(path, int(match[1]) + offset, int(match[2])))


def _html_problems(path: str, text: str, raw: str, offset: int) -> Iterator[Problem]:
    """Where the author wrote HTML. comrak says only that it left some out; a second rendering that keeps it (and
    is thrown away) tells what it was, and the source is searched from the block it stands in."""
    if _OMITTED not in raw:
        return
    reported: set[int] = set()
    starts = _line_starts(text)
    cursor = 0
    for html, block_line in _omitted(text, raw):
        first = html.strip().split("\n", 1)[0]
        cursor = max(cursor, starts[min(block_line, len(starts)) - 1])
        at = text.find(first, cursor)
        if at < 0:
            at = max(text.find(first), 0)
        cursor = at + len(first)
        line = text.count("\n", 0, at) + 1
        if html.strip().startswith(("<!--", "</")) or line in reported:
            continue
        reported.add(line)
        yield problem("SEC-004", Span(path, line + offset, at - starts[line - 1] + 1), markup=_short(first))


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]


def _omitted(text: str, raw: str) -> Iterator[tuple[str, int]]:
    """The pieces of HTML that were left out, in the order of the page, each with the line its block begins on."""
    extension, parse, render = _options(lambda _: "", lambda _: "")
    render.unsafe_ = True  # type: ignore[attr-defined]
    kept = _strip_targets(comrak.render_markdown(text, extension, parse, render))
    pieces = _strip_targets(raw).split(_OMITTED)
    at = len(pieces[0])
    line = 1
    for before, after in zip(pieces, pieces[1:], strict=False):
        positions = _POSITION.findall(before)
        line = int(positions[-1][0]) if positions else line
        end = kept.find(after, at + 1) if after else len(kept)
        yield kept[at : end if end >= 0 else None], line
        at = end + len(after) if end >= 0 else len(kept)


def _strip_targets(html: str) -> str:
    return re.sub(r' (href|src)="[^"]*"', r' \1=""', html)


def hang(story: Story, place: Callable[[Link], str | None], picture: Callable[[Link, str, str], str]) -> str:
    """Return the HTML of ``story`` with every token replaced.

    ``place`` gives the address of a link, or ``None`` to leave only its text; ``picture`` gives the markup of a
    picture from its link, description and title (both already plain text).
    """
    html = _hang_pictures(story, picture)
    return _hang_links(story, html, place)


def _hang_pictures(story: Story, picture: Callable[[Link, str, str], str]) -> str:
    tag = re.compile(rf'<img src="{story.token}(\d+)~" alt="([^"]*)"(?: title="([^"]*)")?>')

    def replace(match: re.Match[str]) -> str:
        link = story.links[int(match[1])]
        return picture(link, unescape(match[2]), unescape(match[3] or ""))

    return tag.sub(replace, story.html)


def _hang_links(story: Story, html: str, place: Callable[[Link], str | None]) -> str:
    tag = re.compile(rf'<a href="{story.token}(\d+)~"([^>]*)>(.*?)</a>', re.DOTALL)

    def replace(match: re.Match[str]) -> str:
        address = place(story.links[int(match[1])])
        if address is None:
            return match[3]
        return f'<a href="{escape(address)}"{match[2]}>{match[3]}</a>'

    return tag.sub(replace, html)
