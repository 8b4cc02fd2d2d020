"""Links and pictures of a story: where they stand, where they may lead, and what is wrong with them."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

from generator.messages import words
from generator.privacy.masking import mask_quoted
from generator.problems import Problem, Span, problem
from generator.story.markdown import OUTSIDE, Rendering
from generator.story.model import Link, Source, short
from generator.story.official import restored
from generator.text.destinations import misleading, without_secret

_SCHEME = re.compile(r"\A[A-Za-z][A-Za-z0-9+.-]*:")
_UNDESCRIBED = re.compile(r' alt="\s*"')
_SPOILT_HOST = re.compile(
    r"https?://[^/?#]*[\u3000-\u3004\u3008-\u301f\uff01-\uff0f\uff1a-\uff20“”‘’…—]", re.IGNORECASE
)
_LINK_START = re.compile(r"!?\[|<|[a-z]+:|www")
_LINK = re.compile(r'<(a|img) data-sourcepos="(\d+):(\d+)-\d+:\d+" (?:href|src)="([^"]*)"([^>]*)>(\s*</a>)?')


def is_safe(target: str) -> bool:
    """Whether an address written in a story may become a link: http(s), mail, telephone, or a path."""
    plain = unescape(target)
    if plain[:1].isspace() or any(ord(each) < 0x20 or each in "\x7f\\" for each in plain):
        return False
    return bool(OUTSIDE.match(plain)) or not (_SCHEME.match(plain) or plain.startswith("//"))


def read_links(source: Source, rendering: Rendering, token: str) -> tuple[tuple[Link, ...], list[Problem]]:
    """The links for which a token stands, by their number, and the problems of all links: unsafe addresses (SEC-002),
    pictures from elsewhere (CDN-001) or without a description (A11-001), links without a text (LNK-012)."""
    links: dict[int, Link] = {}
    problems: list[Problem] = []
    for kind, line, column, address, rest, emptied in _LINK.findall(rendering.raw):
        span = source.span(*_settled(source, int(line), int(column)))
        number = int(address[len(token) : -1]) if address.startswith(token) else None
        target = restored(unescape(address)) if number is None else rendering.targets[number]
        if kind == "img" and _UNDESCRIBED.search(rest):
            problems.append(problem("A11-001", span))
        if kind == "a" and emptied and target:
            problems.append(problem("LNK-012", span, target=short(target)))
        problems += _unfit(source, span, target, kind == "img")
        if number is not None:
            links[number] = Link(target, span, kind == "img")
    unseen = (Link(target, Span(source.path), False) for target in rendering.targets)
    return tuple(links.get(index, blank) for index, blank in enumerate(unseen)), problems


def _unfit(source: Source, span: Span, target: str, is_picture: bool) -> list[Problem]:
    if (
        not target or not is_safe(target) or _SPOILT_HOST.match(unquote(target))
    ):  # comrak itself blanks javascript:, vbscript:, file: and data:
        at = source.offset(span.line - source.first_line + 1, span.column)
        shown = target or mask_quoted(source.text[at : at + 400].split("\n", 1)[0])[:40]
        return [problem("SEC-002", span, label=words("label.link"), address=short(without_secret(shown)))]
    code = misleading(target)
    if code is not None:
        return [problem(code, span, label=words("label.link"), address=short(without_secret(target)))]
    if is_picture and OUTSIDE.match(target):
        return [problem("CDN-001", span, address=short(target))]
    return []


def _settled(source: Source, line: int, column: int) -> tuple[int, int]:
    """The place of a link. comrak's is too early behind a definition or a title of several lines; the link begins at
    the next bracket then."""
    at = source.offset(line, column)
    match = _LINK_START.match(source.text, at) or _LINK_START.search(source.text, at, at + 2000)
    return source.place(match.start()) if match else (line, column)
