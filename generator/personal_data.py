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

from generator import privacy, webvtt
from generator.problems import Places, Problem, Span, problem
from generator.sources import Sources, SourceText
from generator.yamltree import KeyPath, Tree, leaves

LEAST = 6  # characters; nothing shorter is personal data
_BLOCK = re.compile(r"</?(?:p|h[1-6]|li|ul|ol|td|th|tr|table|thead|tbody|blockquote|pre|section|hr|br)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_INLINE_MARKS = re.compile(r"[*_~`\\\[\]]|\]\([^)\n]*\)|<[^<>\n]*>")
_CELL = re.compile(r'"[^"]*"')


def written(text: SourceText) -> Iterator[Problem]:
    """What looks like personal data anywhere in a file as it is written, comments and keys included."""
    places: Places | None = None
    for finding in privacy.find(text.text):
        places = places or Places(text.path, text.text)
        number = privacy.mask_one(text.text[finding.start : finding.end])
        yield problem(finding.code, places.span(finding.start), number=number)


def in_names(sources: Sources) -> Iterator[Problem]:
    """Personal data in the names of files and folders, which become addresses."""
    for path in sorted({*sources.files, *sources.folders}):
        name = path.rpartition("/")[2]
        for finding in privacy.find(name):
            yield problem(finding.code, Span(path), number=privacy.mask_one(name[finding.start : finding.end]))


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
            yield problem(finding.code, tree.span(path), number=privacy.mask_one(shown[finding.start : finding.end]))


def _unseen(shown: str, written: str) -> Iterator[privacy.Finding]:
    """The findings of what is shown that are not findings of what is written."""
    found = tuple(privacy.find(shown))
    if not found:
        return
    there = Counter(privacy.core(written, each) for each in privacy.find(written))
    for each in found:
        core = privacy.core(shown, each)
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
    shown = html
    for finding in _unseen(shown, text):
        number = shown[finding.start : finding.end]
        yield problem(finding.code, Span(path, _line_of(number, text, first_line)), number=privacy.mask_one(number))


def _line_of(number: str, text: str, first_line: int) -> int:
    wanted = re.sub(r"\s", "", privacy.plain(number))
    lines = [re.sub(r"\s", "", privacy.plain(_INLINE_MARKS.sub("", unescape(each)))) for each in text.split("\n")]
    for at, line in enumerate(lines):
        if wanted in line:
            return at + first_line
    joined = ["".join(lines[at : at + 4]) for at in range(len(lines) + 1)]  # a paragraph may break within a number
    starts = (at for at in range(len(lines)) if wanted in joined[at] and wanted not in joined[at + 1])
    return next(starts, 0) + first_line
