"""Lines that look like markup and are none: headings, lists, tables, indentation (TXT-011 … TXT-014, 016, 023, 029).

A paragraph swallows them: what the author wrote line by line comes out in one piece, with its marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from generator import patterns
from generator.messages import words
from generator.problems import Problem, problem
from generator.story.blocks import Block, Blocks
from generator.story.model import Source, short
from generator.story.official import restored

FINISHED = patterns.late(r"[。；：;:！？!?…”’）)》」.]\Z")
_PREFIX = patterns.late(r"[ \t]*(?:(?:>|[-+*](?=[ \t])|[0-9]{1,9}[.)](?=[ \t])|\[\^[^\]]{1,100}\]:|:(?=[ \t]))[ \t]*)*")
_AROUND = patterns.late(r"(?:[ \t]*>[ ]?)*")
_INDENT = " \t\u3000\u00a0\u2002\u2003"
_FLOWING = frozenset(("p", "li", "dt", "dd"))
_WIDE_BLANKS = patterns.late(r"[\u3000\u00a0\u2002\u2003]")
_HASHES = patterns.late(r"([#＃]+)(.*)")
_HAN_NUMBER = "[一二三四五六七八九十百]"
_NUMBERED = patterns.late(
    rf"[0-9０-９]{{1,3}}[、．.)）](?![0-9０-９])|[(（][0-9０-９]{{1,3}}[)）]|[①-⒛㈠-㈩㊀-㊉❶-❿Ⅰ-ⅿ]"
    rf"|{_HAN_NUMBER}{{1,3}}[、．.是]|[(（]{_HAN_NUMBER}{{1,3}}[)）]|第{_HAN_NUMBER}{{1,3}}[，、：条章节步]"
    r"|首先[，、]|其次[，、]|再次[，、]|最后[，、]|[甲乙丙丁戊己庚辛][、．.]|[A-Za-z][.)、）．](?![A-Za-z0-9.])"
)
_LABELLED = patterns.late(r"[\u3400-\u9fff][\u3400-\u9fff \u3000]{1,9}[：:]\S")
_SHORT = patterns.late(r"[^\s]{2,20}(?<![，。；：、！？…）”》」,.;:!?)\-—|｜])[ \t]*\Z")
_DOTTED = patterns.late(r"[·•●○◦■□◆◇▪▫▶►▸➤➢✓✔√★☆※‣⁃∙⦁・▲△◎－–+*](?![+*0-9])|—(?!—)|-(?![-0-9\s>=|])|[\ue000-\uf8ff]")
_GLUED = patterns.late(r"[-+*][\u3000\u00a0\u2002\u2003]|-(?=[\u3400-\u9fff“《（A-Za-z])")
_MARKED = patterns.late(r"(?:[-+*]|[0-9]{1,9}[.)])[ \t]")
_BAR = patterns.late(r"(?<!\\)[|｜]")
_RULE_ROW = patterns.late(r"[|｜\s:：\-—－─=+]*[-—－─=]{2}[|｜\s:：\-—－─=+]*\Z")
_GRID = patterns.late(r"\+[-=+]{3,}\+\s*\Z")
_COLUMNS = patterns.late(r"\S\t+\S|\S(?: {3,}|\u3000{2,})\S|\S[ ][|｜][ ]\S")


class Line:
    """A line of a paragraph: ``body`` is what is left of it without what surrounds it (up to ``start``) and indents it,
    ``text`` the same as its author wrote it."""

    def __init__(self, number: int, raw: str, written: str, start: int) -> None:
        self.number = number
        self.body = raw[start:].lstrip(_INDENT)
        self.column = len(raw) - len(self.body) + 1
        self.text = written[self.column - 1 :]
        self.indent = raw[start : self.column - 1]
        self.is_kept = raw.endswith(("  ", "\\"))  # the author broke the line there

    @property
    def is_wide(self) -> bool:
        """Whether it is indented as in a word processor, which keeps every mark behind from being one."""
        return bool(_WIDE_BLANKS.search(self.indent))


def paragraphs(source: Source, blocks: Blocks) -> Iterator[tuple[Block, list[Line]]]:
    """The lines of each paragraph, also of those in lists and quotations."""
    masked, written = blocks.masked.split("\n"), source.text.split("\n")
    found: dict[int, list[Line]] = {}
    for number, index in blocks.owner.items():
        block, raw = blocks.all[index], masked[number - 1]
        if block.tag in _FLOWING and raw.strip():
            start = _start(block, number, raw)
            found.setdefault(index, []).append(Line(number, raw, written[number - 1], start))
    for index, lines in found.items():
        yield blocks.all[index], lines


def _start(block: Block, number: int, raw: str) -> int:
    """Where in the line ``number`` the text of ``block`` begins."""
    if number != block.first:
        return _AROUND.match(raw).end()  # type: ignore[union-attr]  # matches any text
    return block.column - 1 if block.tag == "p" else _PREFIX.match(raw).end()  # type: ignore[union-attr]  # matches any text


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


def _is_listed(line: Line) -> bool:
    return bool(_NUMBERED.match(line.body) or _LABELLED.match(line.body))


def _unfinished(lines: list[Line]) -> Line | None:
    """The first of three lines that are all short and end with nothing: names, each on a line of its own."""
    for three in zip(lines, lines[1:], lines[2:], strict=False):
        if all(_SHORT.match(each.body) for each in three) and not any(each.is_kept for each in three[:2]):
            return three[0]
    return None


def _list(source: Source, lines: list[Line]) -> Iterator[Problem]:
    """The first line of each list that is none: numbered or dotted lines that flow into one paragraph."""
    numbered = dotted = False
    names = _unfinished(lines)
    if names:
        yield problem("TXT-012", source.span(names.number, names.column), text=short(names.text))
        return
    for at, line in enumerate(lines):
        follows = at > 0 and not lines[at - 1].is_kept
        before = lines[at - 1].body.rstrip() if follows else ""
        after = lines[at + 1] if at + 1 < len(lines) and not line.is_kept else None
        joins = bool(before and FINISHED.search(before))
        marked = _MARKED.match(line.body) if line.is_wide else None
        if (_is_listed(line) or (marked and marked[0][0].isdigit())) and not numbered:
            if (joins and _NUMBERED.match(line.body)) or marked or (after and _is_listed(after)):
                numbered = True
                yield problem("TXT-012", source.span(line.number, line.column), text=short(line.text.replace("**", "")))
        elif (_DOTTED.match(line.body) or _GLUED.match(line.body) or marked) and not dotted:
            pair = after is not None and bool(_DOTTED.match(after.body)) and after.body[0] == line.body[0]
            if pair or marked or _GLUED.match(line.body) or (joins and line.body[0] not in "*+"):
                dotted = True
                yield problem("TXT-013", source.span(line.number, line.column), text=short(line.text.replace("**", "")))


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
