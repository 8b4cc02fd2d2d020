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
_HEADING_TAG = re.compile(r"(</?h)([1-6])(?=[ >])")
_RAW_TAG = re.compile(r"\s*<[^>\n]*>?")
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
    links, found = _read_links(path, text, raw, token, targets, offset)
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
    path: str, text: str, raw: str, token: str, targets: list[str], offset: int
) -> tuple[tuple[Link, ...], list[Problem]]:
    links: dict[int, Link] = {}
    problems: list[Problem] = []
    for kind, line, column, address, rest in _LINK.findall(raw):
        span = Span(path, int(line) + offset, int(column))
        number = int(address[len(token) : -1]) if address.startswith(token) else None
        target = unescape(address) if number is None else targets[number]
        if kind == "img" and 'alt=""' in rest:
            problems.append(problem("A11-001", span))
        if not target or not is_safe(target):  # comrak itself blanks javascript:, vbscript:, file: and data:
            shown = target or _written(text, int(line), int(column))
            problems.append(problem("SEC-002", span, label=words("label.link"), address=_short(shown)))
        elif kind == "img" and _OUTSIDE.match(target):
            problems.append(problem("CDN-001", span, address=_short(target)))
        if number is not None:
            links[number] = Link(target, span, kind == "img")
    unseen = (Link(target, Span(path), False) for target in targets)
    return tuple(links.get(index, blank) for index, blank in enumerate(unseen)), problems


def _written(text: str, line: int, column: int) -> str:
    """The link as it stands in the source, for an address that comrak has blanked."""
    return text.split("\n")[line - 1][column - 1 :][:40]


def is_safe(target: str) -> bool:
    """Whether an address written in a story may become a link: http(s), mail, telephone, or a path."""
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
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    reported: set[int] = set()
    cursor = 0
    for html, block in _omitted(text):
        first = html.split("\n", 1)[0]
        at = text.find(first, max(cursor, starts[min(block, len(starts)) - 1]))
        at = at if at >= 0 else max(text.find(first), 0)
        cursor = at + len(first)
        line = text.count("\n", 0, at) + 1
        if not html.startswith(("<!--", "</")) and line not in reported:
            reported.add(line)
            yield problem("SEC-004", Span(path, line + offset, at - starts[line - 1] + 1), markup=_short(first))


def _omitted(text: str) -> Iterator[tuple[str, int]]:
    """The pieces of HTML that were left out, in the order of the page, each with the line its block begins on."""
    extension, parse, render = _options(lambda _: "", lambda _: "")
    pieces = comrak.render_markdown(text, extension, parse, render).split(_OMITTED)
    render.unsafe_ = True  # type: ignore[attr-defined]
    kept = comrak.render_markdown(text, extension, parse, render)
    at = len(pieces[0])
    line = 1
    for number, after in enumerate(pieces[1:], 1):
        positions = _POSITION.findall(pieces[number - 1])
        line = int(positions[-1][0]) if positions else line
        if not after and number < len(pieces) - 1:
            continue  # two tags side by side: read them as one piece
        end = kept.find(after, at + 1) if after.strip() else kept.rfind(after)
        end = end if end > at else len(kept)
        html = _RAW_TAG.match(kept, at)
        yield (html.group() if html else kept[at:end]).strip(), line
        at = end + len(after)


def hang(
    story: Story, place: Callable[[Link], str | None], picture: Callable[[Link, str, str], str], deeper: int = 0
) -> str:
    """Return the HTML of ``story`` with every token replaced and its headings ``deeper`` levels further down.

    ``place`` gives the address of a link, or ``None`` to leave only its text; ``picture`` gives the markup of a
    picture from its link, description and title (both already plain text).
    """
    html = _hang_links(story, _hang_pictures(story, picture), place)
    if deeper:
        html = _HEADING_TAG.sub(lambda tag: f"{tag[1]}{min(6, int(tag[2]) + deeper)}", html)
    return html


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
