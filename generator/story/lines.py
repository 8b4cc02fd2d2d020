"""Lines that look like markup and are none: headings, lists, tables, indentation (TXT-011 … TXT-014, 016, 023, 029).

A paragraph swallows them: what the author wrote line by line comes out in one piece, with its marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from generator.messages import words
from generator.problems import Problem, problem
from generator.story.blocks import Block, Blocks
from generator.story.model import Source, short
from generator.story.official import restored

FINISHED = re.compile(r"[。；：;:！？!?…”’）)》」.]\Z")
_PREFIX = re.compile(r"[ \t]*(?:(?:>|[-+*](?=[ \t])|[0-9]{1,9}[.)](?=[ \t])|\[\^[^\]]{1,100}\]:|:(?=[ \t]))[ \t]*)*")
_AROUND = re.compile(r"[ \t>]*")
_WIDE_BLANKS = re.compile(r"[\u3000\u00a0\u2002\u2003]")
_HASHES = re.compile(r"([#＃]+)(.*)")
_HAN_NUMBER = "[一二三四五六七八九十百]"
_NUMBERED = re.compile(
    rf"[0-9０-９]{{1,3}}[、．.)）](?![0-9０-９])|[(（][0-9０-９]{{1,3}}[)）]|[①-⒛㈠-㈩㊀-㊉❶-❿Ⅰ-ⅿ]"
    rf"|{_HAN_NUMBER}{{1,3}}[、．.是]|[(（]{_HAN_NUMBER}{{1,3}}[)）]|第{_HAN_NUMBER}{{1,3}}[，、：条章节步]"
    r"|[甲乙丙丁戊己庚辛][、．.]|[A-Za-z][.)、）．](?![A-Za-z0-9.])"
)
_DOTTED = re.compile(r"[·•●○◦■□◆◇▪▫▶►▸➤➢✓✔√★☆※‣⁃∙⦁・▲△◎－–+*](?![+*0-9])|—(?!—)|-(?![-0-9\s>=|])|[\ue000-\uf8ff]")
_GLUED = re.compile(r"-(?=[\u3400-\u9fff“《（A-Za-z])")
_MARKED = re.compile(r"(?:[-+*]|[0-9]{1,9}[.)])[ \t]")
_BAR = re.compile(r"(?<!\\)[|｜]")
_RULE_ROW = re.compile(r"[|｜\s:：\-—－─=+]*[-—－─=]{2}[|｜\s:：\-—－─=+]*\Z")
_GRID = re.compile(r"\+[-=+]{3,}\+\s*\Z")
_COLUMNS = re.compile(r"\S\t+\S|\S(?: {3,}|\u3000{2,})\S")


class Line:
    """A line of a paragraph: ``body`` is what is left of it without what surrounds and indents it."""

    def __init__(self, number: int, raw: str, column: int) -> None:
        self.number = number
        inner = raw[column - 1 :]
        self.body = inner.lstrip(" \t\u3000\u00a0\u2002\u2003")
        self.column = len(raw) - len(self.body) + 1
        self.indent = raw[_AROUND.match(raw).end() if column > 1 else 0 : self.column - 1]  # type: ignore[union-attr]
        self.is_kept = raw.endswith(("  ", "\\"))  # the author broke the line there

    @property
    def is_wide(self) -> bool:
        """Whether it is indented as in a word processor, which keeps every mark behind from being one."""
        return bool(_WIDE_BLANKS.search(self.indent))


def paragraphs(source: Source, blocks: Blocks) -> Iterator[tuple[Block, list[Line]]]:
    """The lines of each paragraph, also of those in lists and quotations."""
    lines = blocks.masked.split("\n")
    mine: dict[int, list[Line]] = {}
    for number, index in blocks.owner.items():
        block = blocks.all[index]
        if block.tag not in ("p", "li", "dt", "dd") or not lines[number - 1].strip():
            continue
        raw = lines[number - 1]
        first = number == block.first
        column = block.column if first and block.tag == "p" else (_PREFIX if first else _AROUND).match(raw).end() + 1  # type: ignore[union-attr]
        mine.setdefault(index, []).append(Line(number, raw, column))
    for index, found in mine.items():
        yield blocks.all[index], found


def check(source: Source, blocks: Blocks) -> Iterator[Problem]:
    """What the lines of paragraphs look like and are not."""
    for block, lines in paragraphs(source, blocks):
        yield from _headings(source, lines)
        yield from _quotes(source, lines)
        table = _table(lines)
        if table:
            yield problem("TXT-014", source.span(table.number, table.column))
            continue
        columns = next((one for one, other in pairwise(lines) if _is_row(one) and _is_row(other)), None)
        if columns:
            yield problem("TXT-016", source.span(columns.number, columns.column))
            continue
        yield from _list(source, lines)
        yield from _indented(source, block, lines)


def _headings(source: Source, lines: list[Line]) -> Iterator[Problem]:
    for line in lines:
        match = _HASHES.match(line.body)
        if not match or not match[2].strip():
            continue
        marks, rest = match[1], match[2]
        if len(marks) == 1 and ("#" in rest or "＃" in rest or rest[0].isdigit()):
            continue  # a topic between two marks, a number
        title = restored(rest).strip().strip("#＃").strip()
        shown = short(f"{'#' * max(2, min(len(marks), 6))} {title}")
        yield problem("TXT-011", source.span(line.number, line.column), marks=marks[:8], right=shown)


def _quotes(source: Source, lines: list[Line]) -> Iterator[Problem]:
    for line in lines:
        if line.body.startswith("＞") or (line.is_wide and line.body.startswith("> ")):
            yield problem("TXT-023", source.span(line.number, line.column), why=words("text.wide_quote"))


def _table(lines: list[Line]) -> Line | None:
    """The first line of what was meant to be a table."""
    for at, line in enumerate(lines):
        bars = len(_BAR.findall(line.body))
        if _GRID.match(line.body) or (bars >= 3 and line.body[0] in "|｜" and line.body.rstrip()[-1] in "|｜"):
            return lines[at - 1] if at and _BAR.search(lines[at - 1].body) else line
        if not bars or at + 1 == len(lines):
            continue
        following = lines[at + 1].body
        if line.body[0] in "|｜" and following[0] in "|｜":
            return line
        if _BAR.search(following) and _RULE_ROW.match(following):
            return line
    return None


def _is_row(line: Line) -> bool:
    return bool(_COLUMNS.search(line.body)) and not line.is_kept


def _list(source: Source, lines: list[Line]) -> Iterator[Problem]:
    """The first line of each list that is none: numbered or dotted lines that flow into one paragraph."""
    numbered = dotted = False
    for at, line in enumerate(lines):
        follows = at > 0 and not lines[at - 1].is_kept
        before = lines[at - 1].body.rstrip() if follows else ""
        after = lines[at + 1] if at + 1 < len(lines) and not line.is_kept else None
        joins = bool(before and FINISHED.search(before))
        marked = _MARKED.match(line.body) if line.is_wide else None
        if (_NUMBERED.match(line.body) or (marked and marked[0][0].isdigit())) and not numbered:
            if joins or marked or (after and _NUMBERED.match(after.body)):
                numbered = True
                yield problem("TXT-012", source.span(line.number, line.column), text=short(restored(line.body)))
        elif (_DOTTED.match(line.body) or marked) and not dotted:
            pair = after is not None and bool(_DOTTED.match(after.body)) and after.body[0] == line.body[0]
            if pair or marked or _GLUED.match(line.body) or (joins and line.body[0] not in "*+"):
                dotted = True
                yield problem("TXT-013", source.span(line.number, line.column), text=short(restored(line.body)))


def _indented(source: Source, block: Block, lines: list[Line]) -> Iterator[Problem]:
    """A line in the middle of a paragraph that is indented as if it began one."""
    for before, line in pairwise(lines):
        if before.is_kept or _NUMBERED.match(line.body) or _DOTTED.match(line.body):
            continue
        begins = line.is_wide or (
            block.tag == "p" and block.column < 4 and len(line.indent) >= 2 and FINISHED.search(before.body.rstrip())
        )
        if begins:
            yield problem("TXT-029", source.span(line.number, line.column))
            return
