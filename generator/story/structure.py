"""Blocks that came about by accident or lose what was written: code, tables, headings, numbers (TXT-015, 017, 018,
022, 023, 026, 028)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from generator import patterns
from generator.messages import words
from generator.problems import Problem, problem
from generator.story.blocks import Block, Blocks
from generator.story.lines import FINISHED, paragraphs
from generator.story.model import Source, short
from generator.story.official import restored

_HAN = patterns.late(r"[\u3400-\u9fff]")
_FENCE = patterns.late(r"(`{3,}|~{3,})(.*)")
_AROUND = patterns.late(r"[ \t>]*")
_CELL_END = patterns.late(r"(?<!\\)\|")
_NUMBER = patterns.late(r"([0-9]{1,9})[.)]")
_FRONT = patterns.late(r"\A\s*---[ ]*\n((?:[^\n]*\n){1,60}?)---[ ]*(?:\n|\Z)")
_FIELD = patterns.late(r"[\w\- ]{1,40}[:：]")
_ITEM = patterns.late(r"[-+*][ \t]+[0-9０-９]")


def front_matter(source: Source) -> tuple[Problem, ...]:
    """Fields at the head of a story, where nothing reads them (TXT-026)."""
    match = _FRONT.match(source.text)
    if match is None or not any(_FIELD.match(each) for each in match[1].split("\n")):
        return ()
    return (problem("TXT-026", source.span_at(source.text.index("---"))),)


def check(source: Source, blocks: Blocks, lines: list[str]) -> Iterator[Problem]:
    """``lines`` are those of the text as it was given to comrak."""
    for each in blocks.of("pre"):
        yield from _code(source, each, lines)
    yield from _headings(source, blocks, lines)
    yield from _tables(source, blocks, lines)
    yield from _numbers(source, blocks, lines)
    yield from _beginnings(source, blocks, lines)
    yield from _swallowed(source, blocks, lines)


def _code(source: Source, block: Block, lines: list[str]) -> Iterator[Problem]:
    span = source.span(block.first, block.column)
    fence = _FENCE.match(lines[block.first - 1], block.column - 1)
    inside = "\n".join(lines[block.first - (0 if fence else 1) : block.last])
    if fence is None:
        if _HAN.search(inside):
            yield problem("TXT-017", source.span(block.first), why=words("text.indented"))
        return
    last = lines[block.last - 1]
    end = last[_AROUND.match(last).end() :].rstrip()  # type: ignore[union-attr]  # matches any text
    is_closed = block.last > block.first and len(end) >= len(fence[1]) and not end.strip(fence[1][0])
    if not is_closed:
        yield problem("TXT-018", span, fence=fence[1][:10])
    elif _HAN.search(fence[2]):
        yield problem("TXT-017", span, why=words("text.behind_fence"))
    elif fence[1][0] == "~" and _HAN.search(inside):
        yield problem("TXT-017", span, why=words("text.tildes"))


def is_underlined(block: Block, lines: list[str]) -> bool:
    """Whether a heading was made by a line below it."""
    return not lines[block.first - 1][block.column - 1 :].lstrip(" ").startswith("#")


def _headings(source: Source, blocks: Blocks, lines: list[str]) -> Iterator[Problem]:
    for each in blocks.of("h1", "h2", "h3", "h4", "h5", "h6"):
        if is_underlined(each, lines):
            mark = lines[each.last - 1].strip(" \t>")[:3]
            yield problem(
                "TXT-022", source.span(each.last), mark=mark, text=short(restored(each.text).replace("\n", " "))
            )
        elif not each.text.strip():
            yield problem("TXT-011", source.span(each.first, each.column), marks="#" * int(each.tag[1]), right="## …")


def _tables(source: Source, blocks: Blocks, lines: list[str]) -> Iterator[Problem]:
    heads: dict[int, int] = defaultdict(int)
    for each in blocks.of("th"):
        heads[each.parent] += 1
    width, head = 0, ""
    for index, each in enumerate(blocks.all):
        if each.tag != "tr":
            continue
        line = lines[each.first - 1][each.column - 1 :].strip()
        if index in heads:
            width, head = heads[index], line
            continue
        cells = _CELL_END.split(line.removeprefix("|"))
        while len(cells) > width and not cells[-1].strip():
            cells.pop()
        if len(cells) > width:
            lost = short(restored("｜".join(each.strip() for each in cells[width:])))
            yield problem("TXT-015", source.span(each.first, each.column), cells=len(cells), width=width, lost=lost)
        elif "|" in head and not _CELL_END.search(line):
            yield problem("TXT-023", source.span(each.first, each.column), why=words("text.in_table"))


def _numbers(source: Source, blocks: Blocks, lines: list[str]) -> Iterator[Problem]:
    """A list is counted from its first number on: other numbers than that are not shown."""
    items: dict[int, list[Block]] = defaultdict(list)
    for each in blocks.of("li"):
        if each.parent >= 0 and blocks.all[each.parent].tag == "ol":
            items[each.parent].append(each)
    for parent, found in items.items():
        written = [(each, _NUMBER.match(lines[each.first - 1], each.column - 1)) for each in found]
        numbers = [int(match[1]) if match else None for _, match in written]
        if None in numbers or len(set(numbers)) == 1:
            continue
        for count, (each, _) in enumerate(written):
            shown = blocks.all[parent].number + count
            if numbers[count] != shown:
                yield problem("TXT-028", source.span(each.first, each.column), number=numbers[count], shown=shown)
                break


def _beginnings(source: Source, blocks: Blocks, lines: list[str]) -> Iterator[Problem]:
    """Quotations, and lists of one number, that begin right below a sentence that goes on."""
    single = _single_items(blocks)
    for index, each in enumerate(blocks.all):
        is_quote = each.tag == "blockquote"
        is_item = index in single and bool(_ITEM.match(lines[each.first - 1], each.column - 1))
        if not (is_quote or is_item) or each.first < 2:
            continue
        owner = blocks.owner.get(each.first - 1)
        before = lines[each.first - 2].rstrip()
        if owner is None or not before.strip() or blocks.all[owner].tag != "p" or FINISHED.search(before):
            continue
        why = words("text.quote_begins" if is_quote else "text.list_begins")
        yield problem("TXT-023", source.span(each.first, each.column), why=why)


def _single_items(blocks: Blocks) -> set[int]:
    count: dict[int, list[int]] = defaultdict(list)
    for index, each in enumerate(blocks.all):
        if each.tag == "li" and each.parent >= 0 and blocks.all[each.parent].tag == "ul":
            count[each.parent].append(index)
    return {found[0] for found in count.values() if len(found) == 1}


def _swallowed(source: Source, blocks: Blocks, lines: list[str]) -> Iterator[Problem]:
    """Lines at the margin that a list item or a quotation above took in though its sentence was over."""
    for block, found in paragraphs(source, blocks):
        quoted = _is_in_quote(blocks, block)
        if block.tag not in ("li", "dd") and not quoted:
            continue
        for before, line in zip(found, found[1:], strict=False):
            raw = lines[line.number - 1]
            is_at_margin = not raw.lstrip(" ").startswith(">") if quoted else not raw[:1].isspace()
            if is_at_margin and FINISHED.search(before.body.rstrip()) and not before.is_kept:
                why = words("text.in_quote" if quoted else "text.in_item")
                yield problem("TXT-023", source.span(line.number), why=why)
                break


def _is_in_quote(blocks: Blocks, block: Block) -> bool:
    return block.parent >= 0 and blocks.all[block.parent].tag in ("blockquote", "div")
