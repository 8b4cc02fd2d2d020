"""Repairs of layout: blanks and tabs before a line, lines that stand too far left or right, text without a field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from generator import patterns
from generator.yaml.mending.lines import BLANKS, NAME, Edit, Line, Repair, said_before
from generator.yaml.mending.probe import Stop

_ODD_INDENT = patterns.late(rf"[ {BLANKS}]*[{BLANKS}][ {BLANKS}]*(?=\S)")
_ODD_DASH = patterns.late(rf"[ ]*-(?P<blank>[ ]*[{BLANKS}][ {BLANKS}]*)(?=\S)")
_BLOCK_HEADER = patterns.late(r"(?:^|[:\-] )[ ]*[|>][+-]?[0-9]?[+-]?[ ]*(?:#.*)?$")
_WORDS = patterns.late(rf"(?P<before>[ ]*(?:- +)*)(?P<key>{NAME})(?:(?P<gap>[ {BLANKS}]+)(?P<value>\S.*))?$")
_LOOK_BACK = 30  # lines
FIRST_FIELDS = ("title", "name", "text", "task", "stage", "date", "src", "brand", "id", "kind")  # of items


def odd_indents(lines: Sequence[Line], line: Line, stop: Stop) -> Iterator[Repair]:
    """Tabs, wide and no-break blanks before a line or behind its dash."""
    match = _ODD_INDENT.match(line.text)
    if match:
        odd = re.search(f"[{BLANKS}]", match.group())
        assert odd is not None
        code = "SCH-011" if odd.group() == "\t" else "SCH-027"
        shown = sum(1 if each in " \u00a0" else 2 for each in match.group())
        bare = Line(line.number, line.start, line.text[match.end() :])
        is_text = not bare.is_key and not bare.is_item
        for width in _widths(lines, line, stop, shown):
            edit = Edit(line.start, line.start + match.end(), " " * width)
            yield Repair(code, line.start + odd.start(), (edit,), is_text=is_text)
    dash = _ODD_DASH.match(line.text)
    if dash:
        start, end = (line.start + each for each in dash.span("blank"))
        blank = dash["blank"]
        yield Repair("SCH-027", start + len(blank) - len(blank.lstrip(" ")), (Edit(start, end, " "),))


def _widths(lines: Sequence[Line], line: Line, stop: Stop, shown: int) -> list[int]:
    """The indentations that could be meant, the likeliest first: as wide as it looks, like the lines around it."""
    before = said_before(list(lines), line.number)
    known = [before.content + 2, before.content] if before and before.opens else [before.content] if before else []
    known = [*known, *reversed(stop.columns), 0]
    if shown in known or (before and before.opens and shown > before.content):
        known.insert(0, shown)
    return list(dict.fromkeys((*known, shown)))


def shifts(lines: Sequence[Line], suspects: Iterable[Line], stop: Stop) -> list[Repair]:
    """A field or an item that stands too far left or right. What belongs to it moves with it. An odd number of blanks
    is likelier wrong than an even one, one line likelier than several."""
    found = []
    for line in suspects:
        if not (line.is_key or line.is_item):
            continue
        for width in _columns(lines, line, stop) - {line.indent}:
            for run in dict.fromkeys(((line,), _run(lines, line, True), _run(lines, line, False))):
                edits = tuple(_shift(each, width - line.indent) for each in run)
                values = {"have": line.indent, "want": width}
                rank = (line.indent % 2 == 0, len(edits), line.number != stop.line, abs(width - line.indent), -width)
                found.append((rank, Repair("SCH-023", line.start + line.indent, edits, values)))
    return [repair for _, repair in sorted(found, key=lambda each: each[0])]


def _columns(lines: Sequence[Line], line: Line, stop: Stop) -> set[int]:
    """Where the lines around begin, and where those below an open field would."""
    found = set(stop.columns)
    for each in lines[max(0, line.number - _LOOK_BACK) : line.number]:
        if not each.is_empty:
            found |= {each.indent, each.content}
            found |= {each.content + 2} if each.opens else set()
    found |= {each.indent for each in lines[line.number + 1 : line.number + 4] if not each.is_empty}
    return found


def _run(lines: Sequence[Line], line: Line, with_siblings: bool) -> tuple[Line, ...]:
    """``line`` and the lines after it that belong to it, or stand beside it."""
    run = [line]
    for each in lines[line.number + 1 :]:
        if each.is_empty:
            run.append(each)
            continue
        deeper = each.indent > line.indent or (with_siblings and each.indent == line.indent)
        if not deeper:
            break
        run.append(each)
    while run[-1].is_empty and len(run) > 1:
        run.pop()
    return tuple(run)


def _shift(line: Line, by: int) -> Edit:
    if by > 0:
        return Edit(line.start, line.start, " " * by if line.text.strip() else "")
    return Edit(line.start, line.start + min(-by, line.indent), "")


def nameless(lines: Sequence[Line], line: Line) -> Iterator[Repair]:
    """The first line of an item that has fields, but none itself: ``- 来信当天登记`` above ``body: …``."""
    after = next((each for each in lines[line.number + 1 :] if not each.is_empty), None)
    if not line.is_item or line.is_key or after is None or not after.is_key or after.indent != line.content:
        return
    at = line.start + line.content
    for name in FIRST_FIELDS:
        yield Repair("SCH-039", at, (Edit(at, at, f"{name}: "),))


def undashed(lines: Sequence[Line], line: Line) -> Iterator[Repair]:
    """Fields above an item, or below one, of which the first should have been an item itself."""
    if line.is_item and line.is_key:
        run: list[Line] = []
        for each in reversed(lines[: line.number]):
            if not each.is_empty and (each.indent < line.indent or each.is_item):
                break
            run.insert(0, each)
        if any(each.indent == line.indent for each in run if not each.is_empty):
            yield from _dashed([each for each in run if not each.is_empty], line.indent)
    elif line.is_key:
        above = (each for each in reversed(lines[: line.number]) if each.is_item and each.indent == line.indent)
        item = next(above, None)
        if item is not None and item.text[item.content :].split(":")[0] == line.text.strip().split(":")[0]:
            yield from _dashed([each for each in _run(lines, line, True) if not each.is_empty], line.indent)


def _dashed(run: list[Line], indent: int) -> Iterator[Repair]:
    """Make an item of lines that begin at ``indent``."""
    end = next((number for number, each in enumerate(run) if each.is_item and each.indent == indent), len(run))
    if not run[:end] or not run[0].is_key or run[0].indent != indent:
        return
    at = run[0].start + indent
    rest = (Edit(each.start, each.start, "  ") for each in run[1:end])
    yield Repair("SCH-025", at, (Edit(at, at, "- "), *rest), {"sign": run[0].text.strip().partition(":")[0]})


def texts(lines: Sequence[Line], line: Line, stop: Stop) -> Iterator[Repair]:
    """Text that has no field: the name of one without its colon, or what continues the line before."""
    words = _WORDS.match(line.text)
    if words and not line.is_key and not line.is_empty and (words["value"] or not line.is_item):
        yield _missing_colon(line, words)
    if line.is_key or line.is_item or line.is_empty or line.text.lstrip().startswith(("? ", ": ")):
        return
    before = said_before(list(lines), line.number)
    if before is None or line.number == 0:
        return
    header = next((each for each in _backwards(lines, line) if _BLOCK_HEADER.search(each.text)), None)
    run = _text_run(lines, line)
    for base in filter(None, dict.fromkeys((header, before))):
        width = base.content + 2
        edits = tuple(Edit(each.start, each.start + _blanks(each), " " * width) for each in run)
        yield Repair("SCH-022", line.start + _blanks(line), edits, {"want": width}, is_text=True)


def _missing_colon(line: Line, words: re.Match[str]) -> Repair:
    end = line.start + words.end("key")
    stop = line.start + (words.end("gap") if words["gap"] else words.end("key"))
    return Repair("SCH-035", end, (Edit(end, stop, ": " if words["value"] else ":"),), {"key": words["key"]})


def _backwards(lines: Sequence[Line], line: Line) -> Iterator[Line]:
    """The lines before ``line``, up to the first that begins a field of its own level."""
    for at in range(line.number - 1, max(-1, line.number - _LOOK_BACK), -1):
        yield lines[at]
        if lines[at].is_key and lines[at].indent <= line.indent:
            return


def _text_run(lines: Sequence[Line], line: Line) -> list[Line]:
    run = [line]
    for each in lines[line.number + 1 :]:
        if each.text.strip() and (each.is_key or each.is_item or each.indent > line.indent + 8):
            break
        if each.text.strip():
            run.append(each)
    return run


def _blanks(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip())


def candidates(lines: Sequence[Line], suspects: Iterable[Line], stop: Stop) -> Iterator[Repair]:
    """Every repair of layout that may be tried on the ``suspects``, likelier ones first."""
    known = tuple(suspects)
    for line in known:
        yield from texts(lines, line, stop)
    for line in known:
        yield from nameless(lines, line)
        yield from undashed(lines, line)
    yield from shifts(lines, known, stop)
