"""Where personal data stands in a submission: in files as they are written, in values, stories, captions and tables as they
are shown, and in names. What is seen both ways is one problem.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from itertools import pairwise
from typing import Any

from generator.privacy import masking
from generator.privacy.numbers import Finding
from generator.problems import Places, Problem, Span, problem
from generator.source import webvtt
from generator.source.files import Sources, SourceText
from generator.yaml.strict import KeyPath, Tree, leaves

LEAST = 6  # characters; nothing shorter is personal data
_BLOCK = re.compile(r"</?(?:p|h[1-6]|li|ul|ol|td|th|tr|table|thead|tbody|blockquote|pre|section|hr|br)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_INLINE_MARKS = re.compile(r"[*_~`\\\[\]]|\]\([^)\n]*\)|<[^<>\n]*>")
_MOST_LINES = 20  # that one number is spread over
_MOST_LOOKED_AT = 2_000_000  # lines, for the numbers of one text
_CELL = re.compile(r'"[^"]*"')


def written(text: SourceText) -> Iterator[Problem]:
    """What looks like personal data anywhere in a file as it is written, comments and keys included."""
    places: Places | None = None
    for finding in masking.find(text.text):
        places = places or Places(text.path, text.text)
        number = masking.mask_one(text.text[finding.start : finding.end])
        yield problem(finding.code, places.span(finding.start), number=number)


def in_names(sources: Sources) -> Iterator[Problem]:
    """Personal data in the names of files and folders, which become addresses."""
    for path in sorted({*sources.files, *sources.folders}):
        name = path.rpartition("/")[2]
        for finding in masking.find(name):
            yield problem(finding.code, Span(path), number=masking.mask_one(name[finding.start : finding.end]))


def hidden(tree: Tree) -> Iterator[Problem]:
    """Personal data in values and keys that the file does not show to the letter: by an escape or a folded line."""
    yield from _hidden(tree, leaves(tree.value), tree.marks)
    told = ((path, str(path[-1])) for path in tree.keys)
    yield from _hidden(tree, ((path, key) for path, key in told if not key.replace("_", "").isalpha()), tree.keys)


def _hidden(tree: Tree, texts: Iterable[tuple[KeyPath, str]], marks: Mapping[KeyPath, Any]) -> Iterator[Problem]:
    for path, text in texts:
        mark = marks.get(path)
        start, end = (mark.start, mark.end) if mark else (0, len(tree.text))
        if len(text) < LEAST or tree.text.find(text, start, end) >= 0:  # written as it is shown, it was searched there
            continue
        shown = text.replace("\n", " ")  # as a page joins lines
        for finding in _unseen(shown, tree.text[start:end]):
            yield problem(finding.code, tree.span(path), number=masking.mask_one(shown[finding.start : finding.end]))


def _unseen(shown: str, written: str) -> Iterator[Finding]:
    """The findings of what is shown that are not findings of what is written."""
    found = tuple(masking.find(shown))
    if not found:
        return
    there = Counter(masking.core(written, each) for each in masking.find(written))
    for each in found:
        core = masking.core(shown, each)
        if there[core] > 0:
            there[core] -= 1
        else:
            yield each


def as_shown(text: SourceText) -> str:
    """What people see of captions and of the cells of a table; other texts beside a record are shown as they are written."""
    if text.path.endswith(".csv"):
        return _CELL.sub(lambda hit: hit[0].replace("\n", " "), text.text) if '"' in text.text else ""
    if not text.path.endswith(".vtt"):
        return ""
    lines = text.text.split("\n")
    ends = (" " if _is_said(one) and _is_said(other) else "\n" for one, other in pairwise((*lines, "")))
    return "".join(webvtt.plain(line) + end for line, end in zip(lines, ends, strict=True))


def _is_said(line: str) -> bool:
    return line.strip() != "" and "-->" not in line


def shown(path: str, text: str, html: str, first_line: int) -> Iterator[Problem]:
    """Personal data that a story shows and its source does not: by marks between the digits, or by entities."""
    if not html:
        return
    if not path.endswith((".vtt", ".csv")):
        html = unescape(_TAG.sub("", _BLOCK.sub("\0", html.replace("\n", " ")))).replace("\0", "\n")
    lines: _Lines | None = None
    for finding in _unseen(html, text):
        number = html[finding.start : finding.end]
        lines = lines or _Lines(text)
        yield problem(finding.code, Span(path, lines.next_with(number) + first_line), number=masking.mask_one(number))


class _Lines:
    """The lines of a source without marks, in which numbers are looked for that only the page shows."""

    def __init__(self, text: str) -> None:
        self.lines = [_bare(_INLINE_MARKS.sub("", unescape(each))) for each in text.split("\n")]
        self.told: dict[str, int] = {}  # of each number the line behind the one where it was told last
        self.patience = _MOST_LOOKED_AT

    def next_with(self, number: str) -> int:
        """The line, counted from 0, where ``number`` stands, or begins; the next one each time that it is asked for. Of
        a text that hides thousands of them the last ones are told at the first line."""
        wanted = _bare(number)
        first = self.told.get(wanted, 0)
        if self.patience <= 0:
            return 0
        at = next((at for at in range(first, len(self.lines)) if wanted in self.lines[at]), None)
        if at is None:  # a paragraph may break within a number
            at = next((at for at in range(first, len(self.lines)) if self._begins(wanted, at)), 0)
            self.patience -= _MOST_LINES * (len(self.lines) - first)
        self.patience -= at - first
        self.told[wanted] = at + 1
        return at

    def _begins(self, wanted: str, at: int) -> bool:
        following = "".join(self.lines[at + 1 : at + _MOST_LINES])
        return wanted not in following and wanted in self.lines[at] + following


def _bare(text: str) -> str:
    return re.sub(r"\s", "", masking.plain(text))
