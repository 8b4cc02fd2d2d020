"""From what comrak made to HTML that may be published: signs put back, bare addresses linked, everything cleaned."""

from __future__ import annotations

import re
from html import escape, unescape

import nh3

from generator.story.markdown import POSITION
from generator.story.model import HEADING_PREFIX, Heading, Source
from generator.story.official import ADDRESS, has_kept, restored, restored_html
from generator.text import bare_addresses
from generator.text.joining import is_no_blank, joined, joined_html

ALERTS = ("note", "tip", "important", "warning", "caution")
DONE, OPEN = "done", "open"

_TAGS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "blockquote", "pre", "code", "ul", "ol", "li", "hr", "br"),
    *("strong", "em", "del", "sup", "section", "table", "thead", "tbody", "tr", "th", "td", "a", "img"),
    *("dl", "dt", "dd", "span"),
}
_ATTRIBUTES = {
    "a": {"href", "title", "id", "class"},
    "img": {"src", "alt", "title"},
    "th": {"align"},
    "td": {"align"},
    "li": {"id", "class"},
    "ol": {"start"},
    "sup": {"class"},
    "section": {"class"},
    "p": {"class"},
    "span": {"class"},
}
_SCROLLED = {each: {"tabindex": "0"} for each in ("table", "pre")}  # what may be wider than a screen, for the keyboard
_CLASSES = {"footnotes", "footnote-ref", "footnote-backref"}
_OWN_CLASSES = {"alert-name", "task", *(f"alert is-{each}" for each in ALERTS)}
_ALIGNED = re.compile(r'(?<=<t[hd]) align="(left|right|center)"')  # obsolete in HTML, so it becomes a class
_ALIGNMENTS = {"left": "is-left", "right": "is-right", "center": "is-centred"}
VOCABULARY = frozenset(
    _TAGS.union(_CLASSES, _ALIGNMENTS.values(), _ATTRIBUTES, *_ATTRIBUTES.values())
    | {word for each in _OWN_CLASSES for word in each.split()}
)  # what can stand in a story's HTML

_TOKEN = re.compile(r"<[^>]*>|[^<]+")
_ALERT = re.compile(
    r'<div class="markdown-alert markdown-alert-([a-z]+)">\s*<p class="markdown-alert-title">(.*?)</p>', re.DOTALL
)
_BOX = re.compile(r'<li><input type="checkbox"( checked="")? disabled="" />')
_TERMS = re.compile(r"</dl>\n<dl>\n")
_INDENTED = re.compile(r"(<(?:p|li|th|td|dt|dd|h[1-6])(?: [^>]*)?>|<br>\n?)\u3000+")
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_NOT_IN_ANCHOR = re.compile(r"[^\w\- ]")
_PICTURE = re.compile(r'<img data-sourcepos="(\d+):(\d+)-(\d+):(\d+)"[^>]*>')
_ALT = re.compile(r'(?<= alt=")[^"]*')
_TITLE = re.compile(r'(?<= title=")[^"]*')
_NOTE = re.compile(r'<li id="(fn-[^"]*)">')
_LINE_END = re.compile(r"[ \t]*\n[ \t>]*")


def finish(source: Source, raw: str) -> tuple[str, tuple[Heading, ...]]:
    """The HTML that stays of ``raw``, and its outline."""
    html = _TERMS.sub("", _put_back(POSITION.sub("", _with_whole_descriptions(source, raw))))
    html = _BOX.sub(lambda box: f'<li class="task"><span class="task">{DONE if box[1] else OPEN}</span>', html)
    html = _ALERT.sub(_alert, html).replace("</div>", "</section>")
    html = _INDENTED.sub(r"\1", joined_html(_clean(html))).replace("<p></p>\n", "")
    return _with_anchors(_with_one_place_each(html))


def _put_back(html: str) -> str:
    """``html`` with signs put back, and links where bare addresses stand outside of links and code."""
    if not has_kept(html) and "title=" not in html:
        return html
    out, inside = [], {"a": 0, "code": 0}
    for token in _TOKEN.findall(html):
        if token[0] == "<":
            name = token.strip("</>").split(" ", 1)[0]
            if name in inside:
                inside[name] += -1 if token[1] == "/" else 1
            out.append(_TITLE.sub(lambda title: joined(title[0]), restored_html(token)))
            continue
        if not (inside["a"] or inside["code"]):
            token = ADDRESS.sub(lambda found: bare_addresses.link(restored(found[0])), token)
        out.append(restored_html(token, in_code=bool(inside["code"])))
    return "".join(out)


def _with_whole_descriptions(source: Source, raw: str) -> str:
    """comrak writes a blank for each line end in a description. The source tells which of them stand for nothing."""

    def whole(match: re.Match[str]) -> str:
        line, column, last_line, last_column = map(int, match.groups())
        if line == last_line:
            return match[0]
        written = source.text[source.offset(line, column) : source.offset(last_line, last_column) + 1]
        return _ALT.sub(lambda alt: _without_line_ends(alt[0], written), match[0])

    return _PICTURE.sub(whole, raw)


def _without_line_ends(alt: str, written: str) -> str:
    for end in _LINE_END.finditer(written):
        left, right = written[max(0, end.start() - 2) : end.start()], written[end.end() : end.end() + 2]
        if is_no_blank(left, right):
            alt = alt.replace(f"{left[-1]} {right[0]}", left[-1] + right[0], 1)
    return alt


def _with_one_place_each(html: str) -> str:
    """Notes of the same name: only the last has a way back, so only it keeps the id that calls lead to."""
    last = {match[1]: match.start() for match in _NOTE.finditer(html)}
    return _NOTE.sub(lambda note: note[0] if last[note[1]] == note.start() else "<li>", html)


def _alert(match: re.Match[str]) -> str:
    kind, title = match[1], match[2]
    name = kind if title.lower() == kind else title
    return f'<section class="alert is-{kind}"><p class="alert-name">{name}</p>'


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    if name == "id":
        return value if value.startswith(("fn-", "fnref-")) else None
    if name == "class":
        return value if value in _CLASSES or value in _OWN_CLASSES else None
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
