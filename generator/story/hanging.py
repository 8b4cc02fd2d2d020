"""Hanging a story: addresses, pictures and words go where its HTML has kept room for them."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape

from generator.messages import say
from generator.story.cleaning import ALERTS, DONE, OPEN
from generator.story.model import Link, Story

_TOKEN = r"(~[0-9a-f]{20}~)([0-9]+)~"
_PICTURE_TOKEN = re.compile(rf'<img src="{_TOKEN}" alt="([^"]*)"(?: title="([^"]*)")?>')
_LINK_TOKEN = re.compile(rf'<a href="{_TOKEN}"([^>]*)>(.*?)</a>', re.DOTALL)
_HEADING_TAG = re.compile(r"(</?h)([1-6])(?=[ >])")
_NAME = re.compile(rf'(?<=<p class="alert-name">)(?:{"|".join(ALERTS)})(?=</p>)')
_TASK = re.compile(rf'<span class="task">({DONE}|{OPEN})</span>')
UNSAID = re.compile(rf'<p class="alert-name">(?:{"|".join(ALERTS)})</p>|{_TASK.pattern}')  # words that no author wrote
_BOXES = {DONE: "☑", OPEN: "☐"}


def _in_chinese(key: str) -> str:
    return say(key, "zh")


def hang(
    story: Story,
    place: Callable[[Link], str | None],
    picture: Callable[[Link, str, str], str],
    deeper: int = 0,
    word: Callable[[str], str] = _in_chinese,
) -> str:
    """Return the HTML of ``story`` with every token replaced and its headings ``deeper`` levels further down.

    ``place`` gives the address of a link, or ``None`` to leave only its text; ``picture`` gives the markup of a
    picture from its link, description and title (both already plain text); ``word`` gives a wording by its key.
    """
    html = _hang_links(story, _hang_pictures(story, picture), place)
    html = _NAME.sub(lambda name: escape(word(f"story.{name[0]}")), html)
    html = _TASK.sub(lambda task: _box(task[1], word), html)
    if deeper:
        html = _HEADING_TAG.sub(lambda tag: f"{tag[1]}{min(6, int(tag[2]) + deeper)}", html)
    return html


def _box(state: str, word: Callable[[str], str]) -> str:
    """A box that cannot be taken for something to press: a sign with its meaning in words."""
    return f'<span class="task" role="img" aria-label="{escape(word(f"story.{state}"))}">{_BOXES[state]}</span>'


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
