"""Stories: Markdown in, safe HTML with an outline out.

A story is read once. Its HTML keeps a token wherever a link or picture goes; when the addresses of the site are
fixed, ``hang`` puts them in. comrak reads CommonMark as a git host previews it (with the option that lets emphasis
touch Han punctuation); nh3 cleans its output as a second wall. HTML written in a story is never passed through.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape, unescape
from itertools import islice
from os.path import commonprefix

import comrak
import nh3

from generator.characters import HIDDEN, names
from generator.messages import words
from generator.privacy import mask
from generator.problems import Problem, Span, problem

HEADING_PREFIX = "s-"
_OMITTED = "<!-- raw HTML omitted -->"
_OUTSIDE = re.compile(r"\A(?:https?://[^/\\]|mailto:|tel:)", re.IGNORECASE)
_SCHEME = re.compile(r"\A[A-Za-z][A-Za-z0-9+.-]*:")
_POSITION = re.compile(r'data-sourcepos="(\d+):(\d+)-\d+:\d+"')
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_NOT_IN_ANCHOR = re.compile(r"[^\w\- ]")
_HEADING_TAG = re.compile(r"(</?h)([1-6])(?=[ >])")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LINK_START = re.compile(r"!?\[|<|[a-z]+:|www")
MOST_COLUMNS = 60
MOST_LINES = 4_000
_DEEP_QUOTE = re.compile(r"(?:[ \t]*>){20}")
_TAG_START = re.compile(r"<([A-Za-z/!?])(?!--)")
_AUTOLINK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]+@[^\s<>]+)>")
_TOKEN = r"(~[0-9a-f]{20}~)([0-9]+)~"
_PICTURE_TOKEN = re.compile(rf'<img src="{_TOKEN}" alt="([^"]*)"(?: title="([^"]*)")?>')
_LINK_TOKEN = re.compile(rf'<a href="{_TOKEN}"([^>]*)>(.*?)</a>', re.DOTALL)
_STAND_IN = "%"  # punctuation like "<", and like it a boundary of emphasis, but without a meaning of its own
_WORK = 2_000_000  # characters rendered at most while looking for the places of HTML
_LINK = re.compile(r'<(a|img) data-sourcepos="(\d+):(\d+)-\d+:\d+" (?:href|src)="([^"]*)"([^>]*)>')

_TAGS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "blockquote", "pre", "code", "ul", "ol", "li", "hr", "br"),
    *("strong", "em", "del", "sup", "section", "table", "thead", "tbody", "tr", "th", "td", "a", "img"),
}
_ATTRIBUTES = {
    "a": {"href", "title", "id", "class"},
    "img": {"src", "alt", "title"},
    "th": {"align"},
    "td": {"align"},
    "li": {"id"},
    "ol": {"start"},
    "sup": {"class"},
    "section": {"class"},
}
_SCROLLED = {each: {"tabindex": "0"} for each in ("table", "pre")}  # what may be wider than a screen, for the keyboard
_CLASSES = {"footnotes", "footnote-ref", "footnote-backref"}
_ALIGNED = re.compile(r'(?<=<t[hd]) align="(left|right|center)"')  # obsolete in HTML, so it becomes a class
_ALIGNMENTS = {"left": "is-left", "right": "is-right", "center": "is-centred"}
VOCABULARY = frozenset(
    _TAGS.union(_CLASSES, _ALIGNMENTS.values(), _ATTRIBUTES, *_ATTRIBUTES.values())
)  # what can stand in a story's HTML


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


class _Source:
    """A text that tells places from offsets without counting from its beginning each time."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, at: int) -> tuple[int, int]:
        """Line and column, from 1, of the character at offset ``at``."""
        line = bisect_right(self.starts, at)
        return line, at - self.starts[line - 1] + 1


def _options(links: Callable[[str], str], pictures: Callable[[str], str]) -> tuple[object, object, object]:
    extension = comrak.ExtensionOptions()
    extension.table = extension.footnotes = extension.strikethrough = extension.autolink = True
    extension.cjk_friendly_emphasis = True
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
    excess = _excess(text)
    if excess:
        line, what = excess
        return Story(path, "", "", (), ()), (problem("SEC-009", Span(path, line + first_line - 1), what=words(what)),)
    token = f"~{sha256(text.encode()).hexdigest()[:20]}~"
    targets: list[str] = []

    def keep(target: str) -> str:
        if _OUTSIDE.match(target):
            return target  # stays in the HTML, where nh3 judges it once more
        targets.append(target)
        return f"{token}{len(targets) - 1}~"

    raw = comrak.render_markdown(text, *_options(keep, keep))
    offset = first_line - 1
    source = _Source(text)
    problems = list(_html_problems(path, source, raw, offset))
    links, found = _read_links(path, source, raw, token, targets, offset)
    problems += found
    html, headings = _with_anchors(_clean(_POSITION.sub("", raw)))
    problems += _heading_problems(path, raw, offset)
    problems += _hidden_entities(path, source, html, offset)
    html = HIDDEN.sub("", html)
    return Story(path, html, token, links, headings), tuple(problems)


def _excess(text: str) -> tuple[int, str] | None:
    """The line on which ``text`` has more structure than any reader wants, and what it has too much of. A short text
    can become a huge page otherwise: each row of a table is filled up to the width of its head."""
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if line.count("|") > MOST_COLUMNS:
            return number, "excess.columns"
        if _DEEP_QUOTE.match(line):
            return number, "excess.quotes"
    return (MOST_LINES + 1, "excess.lines") if len(lines) > MOST_LINES + 1 else None


def _with_anchors(html: str) -> tuple[str, tuple[Heading, ...]]:
    """Give every heading its anchor, as a git host derives it from the text. comrak could, but needs quadratic time
    for headings of the same name."""
    headings: list[Heading] = []
    seen: dict[str, int] = {}

    def name(match: re.Match[str]) -> str:
        text = unescape(_TAG.sub("", match[2])).strip()
        slug = _NOT_IN_ANCHOR.sub("", text.lower()).replace(" ", "-")
        number = seen.get(slug, 0)
        seen[slug] = number + 1
        headings.append(
            Heading(int(match[1]), f"{HEADING_PREFIX}{slug}-{number}" if number else HEADING_PREFIX + slug, text)
        )
        return f'<h{match[1]} id="{escape(headings[-1].id)}">{match[2]}</h{match[1]}>'

    return _HEADING.sub(name, html), tuple(headings)


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    if name == "id":
        return value if value.startswith(("fn-", "fnref-")) else None
    if name == "class":
        return value if value in _CLASSES else None
    return value


def _clean(html: str) -> str:
    safe = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        set_tag_attribute_values=_SCROLLED,
        attribute_filter=_keep_attribute,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )
    return _ALIGNED.sub(lambda match: f' class="{_ALIGNMENTS[match[1]]}"', safe)


def _read_links(
    path: str, source: _Source, raw: str, token: str, targets: list[str], offset: int
) -> tuple[tuple[Link, ...], list[Problem]]:
    links: dict[int, Link] = {}
    problems: list[Problem] = []
    for kind, line, column, address, rest in _LINK.findall(raw):
        line, column = _settled(source, int(line), int(column))
        span = Span(path, line + offset, column)
        number = int(address[len(token) : -1]) if address.startswith(token) else None
        target = unescape(address) if number is None else targets[number]
        if kind == "img" and 'alt=""' in rest:
            problems.append(problem("A11-001", span))
        if not target or not is_safe(target):  # comrak itself blanks javascript:, vbscript:, file: and data:
            start = source.starts[line - 1] + column - 1
            shown = target or mask(source.text[start : start + 400].split("\n", 1)[0])[:40]
            problems.append(problem("SEC-002", span, label=words("label.link"), address=_short(shown)))
        elif kind == "img" and _OUTSIDE.match(target):
            problems.append(problem("CDN-001", span, address=_short(target)))
        if number is not None:
            links[number] = Link(target, span, kind == "img")
    unseen = (Link(target, Span(path), False) for target in targets)
    return tuple(links.get(index, blank) for index, blank in enumerate(unseen)), problems


def _settled(source: _Source, line: int, column: int) -> tuple[int, int]:
    """The place of a link. comrak's is too early behind a definition or a title of several lines; the link begins at
    the next bracket then."""
    at = source.starts[line - 1] + column - 1
    match = _LINK_START.match(source.text, at) or _LINK_START.search(source.text, at, at + 2000)
    return source.place(match.start()) if match else (line, column)


def is_safe(target: str) -> bool:
    """Whether an address written in a story may become a link: http(s), mail, telephone, or a path."""
    plain = unescape(target)
    if plain[:1].isspace() or any(ord(each) < 0x20 or each in "\x7f\\" for each in plain):
        return False
    return bool(_OUTSIDE.match(plain)) or not (_SCHEME.match(plain) or plain.startswith("//"))


def _short(text: str) -> str:
    text = mask(text)
    return text if len(text) <= 60 else text[:59] + "…"


def _heading_problems(path: str, raw: str, offset: int) -> Iterator[Problem]:
    for match in re.finditer(r'<h1 [^>]*?data-sourcepos="(\d+):(\d+)-', raw):
        yield problem("A11-002", Span(path, int(match[1]) + offset, int(match[2])))


def _hidden_entities(path: str, source: _Source, html: str, offset: int) -> Iterator[Problem]:
    """Hidden characters that were written by their number, such as ``&#x202e;``."""
    if not HIDDEN.search(html):
        return
    for match in _ENTITY.finditer(source.text):
        if HIDDEN.search(unescape(match.group())):
            line, column = source.place(match.start())
            yield problem("SEC-001", Span(path, line + offset, column), names=names(unescape(match.group())))


def _html_problems(path: str, source: _Source, raw: str, offset: int) -> Iterator[Problem]:
    """Where the author wrote HTML. comrak says only that it left some out. So each ``<`` that may begin a tag is
    replaced in turn: where the page then changes by more than that character, it was markup."""
    if _OMITTED not in raw:
        return
    text = source.text
    shown = _plain_rendering(text)
    reported: set[int] = set()
    closing: list[Problem] = []
    for match in islice(_TAG_START.finditer(text), max(8, _WORK // len(text))):
        at = match.start()
        line, column = source.place(at)
        if line in reported or _is_text(text, at, shown):
            continue
        span = Span(path, line + offset, column)
        found = problem("SEC-004", span, markup=_short(text[at:].split("\n", 1)[0].partition(">")[0] + ">"))
        if match[1] == "/":
            closing.append(found)
        else:
            reported.add(line)
            yield found
    if not reported:
        yield from closing[:1] or _left_out(path, text, raw, offset)


def _left_out(path: str, text: str, raw: str, offset: int) -> Iterator[Problem]:
    """The block in which something was left out, when its very place could not be found; comments do not count."""
    if _OMITTED in _plain_rendering(_without_comments(text)):
        before = _POSITION.findall(raw.partition(_OMITTED)[0])
        yield problem("SEC-004", Span(path, (int(before[-1][0]) if before else 1) + offset), markup="…")


def _without_comments(text: str) -> str:
    """``text`` without its closed comments. A pattern would look for the end of each open one anew, to the last line."""
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts.append(text[at:start])
        at = end + 3
    return "".join((*parts, text[at:]))


def _is_text(text: str, at: int, shown: str) -> bool:
    """Whether the ``<`` at ``at`` is no markup of its own: shown as itself, an autolink, around the target of a link."""
    if _AUTOLINK.match(text, at) or text[:at].endswith(("](", "]: ")):
        return True
    changed = _plain_rendering(f"{text[:at]}{_STAND_IN}{text[at + 1 :]}")
    if changed == shown:
        return True  # it lies within something else that is left out
    same = len(commonprefix((shown, changed)))
    return shown[same:].startswith("&lt;") and changed[same:] == _STAND_IN + shown[same + 4 :]


def _plain_rendering(text: str) -> str:
    return _POSITION.sub("", comrak.render_markdown(text, *_options(lambda _: "", lambda _: "")))


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


def linked_pictures(story: Story) -> frozenset[Link]:
    """The pictures of ``story`` that the author put inside a link: they lead where that leads."""
    return frozenset(
        story.links[int(match[2])]
        for match in _PICTURE_TOKEN.finditer(story.html)
        if match[1] == story.token
        and story.html.rfind("<a ", 0, match.start()) > story.html.rfind("</a>", 0, match.start())
    )


def _hang_pictures(story: Story, picture: Callable[[Link, str, str], str]) -> str:
    def replace(match: re.Match[str]) -> str:
        if match[1] != story.token:
            return match[0]  # someone wrote what looks like a token
        return picture(story.links[int(match[2])], unescape(match[3]), unescape(match[4] or ""))

    return _PICTURE_TOKEN.sub(replace, story.html)


def _hang_links(story: Story, html: str, place: Callable[[Link], str | None]) -> str:
    def replace(match: re.Match[str]) -> str:
        if match[1] != story.token:
            return match[0]
        address = place(story.links[int(match[2])])
        return match[4] if address is None else f'<a href="{escape(address)}"{match[3]}>{match[4]}</a>'

    return _LINK_TOKEN.sub(replace, html)
