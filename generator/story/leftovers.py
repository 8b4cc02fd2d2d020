"""Marks that stand on the page as they were typed (TXT-019, TXT-021, TXT-024, TXT-027, LNK-010, LNK-011, LNK-014).

What is looked for is the text that a visitor would read, without code and without signs that the author escaped.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator import patterns
from generator.messages import words
from generator.problems import Problem, problem
from generator.story.blocks import Block, Blocks
from generator.story.model import Source, short
from generator.story.official import restored

_FILE = r"(?:jpe?g|png|webp|gif|avif|svg|bmp|heic|tiff?)"
_PATH = (
    r"[ ]?(?:https?:|http:|www\.|\.{0,2}/|#|img/|[^\s()（）\[\]]{1,80}\."
    rf"(?:md|ya?ml|html?|pdf|docx?|xlsx?|zip|{_FILE}))"
)
_INNER = r"[^\[\]\n]{0,200}"
_RULES = (
    (
        "picture",
        (
            rf"[!！]\[{_INNER}\][ \u3000]?[（(\[]|[!！]【[^】\n]{{0,200}}】[ ]?[（(]|[!！]\[\["
            rf"|[!！]\[[^\]\n]{{0,200}}[（(][^)）\n]{{1,200}}\.{_FILE}"
        ),
    ),
    (
        "link",
        (
            rf"\[{_INNER}\]\(|[\[［][^\[\]［］\n]{{0,200}}[\]］][ \u3000]?[（(【\[［](?={_PATH})"
            rf"|【[^【】\n]{{0,200}}】[ ]?[(\[](?={_PATH})|[)）]\[(?={_PATH})|\]\((?!\))"
        ),
    ),
    ("reference", rf"\[\[{_INNER}\]\]|\[[^\[\]\n]{{0,99}}[^\[\]\n0-9]\]\[{_INNER}\]"),
    ("note", r"[\[［【]\^[^\]］】\s]{1,100}[\]］】]"),
    (
        "emphasis",
        (
            r"(?<!\*)\*{2,3}(?!\*)(?=\S)|(?<=[^\s*])\*{2,3}(?!\*)|(?<!~)~~(?!~)(?=\S)|(?<=[^\s~])~~(?!~)"
            r"|(?<![\w])__(?=[^\s_])(?![年月日号第个人])|(?<=[^\s_])__(?!\w)|__[^_\s]{2,100}__|`"
            r"|＊＊[^＊\n]{1,100}＊＊|～～[^～\n]{1,100}～～|＿＿[^＿\n]{1,100}＿＿|｀[^｀\n]{1,100}｀"
        ),
    ),
    (
        "entity",
        (
            r"[&＆](?:nbsp|ensp|emsp|lt|gt|amp|quot|apos|middot|[lr][ds]quo|hellip|[mn]dash|times|deg)(?![A-Za-z0-9=])[;；]?"
            r"|[&＆]#(?:[0-9]{2,6}|[xX][0-9a-fA-F]{2,6})[;；]?"
        ),
    ),
    ("line_end", r"\\[nrt](?![A-Za-z])|\\\Z"),
    (
        "formula",
        (
            r"\$[^$\n]{0,100}[\\^_{}][^$\n]{0,100}\$|\\[A-Za-z]{2,20}\{"
            r"|\\(?:times|geq?|leq?|approx|pm|cdot|(?:right|left)arrow|sim|neq?|infty|sqrt|sum|alpha|beta|Delta)(?![A-Za-z])"
        ),
    ),
    ("alert", r"\[![^\[\]\n]{1,30}\]"),
    ("task", r"(?:(?<=\A)|(?<=\n))[\[［【][ \u3000xXvV]?[\]］】](?![(（:：\[])"),
    (
        "dialect",
        (
            r"(?:(?<=\A)|(?<=\n))(?::{3,}|!!!|\?\?\?)[ ]?\w|\[(?:TOC|toc)\]|==[^=\s][^=\n]{0,100}=="
            r"|\{\{[^{}\n]{1,100}\}\}|\{%[^%\n]{1,100}%\}|(?<![A-Za-z0-9+])\+\+(?=[^\s+])[^+\n]{0,100}(?<=[^\s+])\+\+(?![A-Za-z0-9+])"
            r"|\{[:#.][^}\n]{1,100}\}|\{(?:width|height|style|align)=|(?<![\w:]):[a-z][a-z0-9_+]{2,30}:(?!\w)"
        ),
    ),
)
_ANY = patterns.late("|".join(f"(?P<{name}>{pattern})" for name, pattern in _RULES))
_SIGN = patterns.late(r"[\[\]［【*~_`＊～＿｀&＆\\$={:!?+]")  # without one of them nothing is left over
_CODES = {"picture": "LNK-010", "link": "LNK-011", "reference": "LNK-014", "note": "TXT-024", "emphasis": "TXT-019"}
_BRACKET_END = patterns.late(r"[)）\]]")
_NOTE_TEXT = patterns.late(r"(\[\^[^\]\s]{1,100}\])：")
_WIDE_MARK = patterns.late(r"！(?=\[[^\]\n]{0,200}\]\([^)\n]{1,200}\))")
_PROGRAM = patterns.late(
    r"[\ue000-\uf8ff\ufffc\U000f0000-\U0010efff]|错误[!！]未找到引用源|错误[!！]未定义书签|Error! (?:Reference|Bookmark)"
    r"|\b(?:HYPERLINK|PAGEREF|MERGEFORMAT)\b|\bMso(?:Normal|ListParagraph)\b|\bmso-[a-z]"
)


def check(source: Source, blocks: Blocks) -> Iterator[Problem]:
    """Marks in the text that blocks show, one of each sort in a line."""
    texts = {match[1] for each in blocks.all for match in [_NOTE_TEXT.match(each.text)] if match}
    seen: set[tuple[str, int]] = set()
    for each in blocks.all:
        if not _SIGN.search(each.text):
            continue
        for name, at, text in _found(source, blocks, each):
            line, column = source.place(at)
            if (name, line) in seen and (name not in _CODES or name == "emphasis"):
                continue  # one pair of marks is found at both of its ends
            if name == "note" and text in texts and not _NOTE_TEXT.match(blocks.masked, at):
                continue  # its text is there, with a wrong colon, and reported there
            seen.add((name, line))
            yield _problem(
                source, name, line, column, _whole(source, at, text) if name in ("picture", "link") else text
            )


def _whole(source: Source, at: int, text: str) -> str:
    """A picture or link as it was written, up to the bracket that ends it."""
    line = source.text[at : at + 300].split("\n", 1)[0]
    end = _BRACKET_END.search(line, min(len(text), len(line)))
    return line[: end.end()] if end else line


def _problem(source: Source, name: str, line: int, column: int, text: str) -> Problem:
    span = source.span(line, column)
    shown = short(restored(text).replace("\n", " "))
    if name in _CODES:
        return problem(_CODES[name], span, text=shown)
    return problem("TXT-021", span, text=shown, what=words(f"text.{name}"))


def _found(source: Source, blocks: Blocks, block: Block) -> Iterator[tuple[str, int, str]]:
    """What is left in ``block``: its name, its place in the source, its text."""
    at, end = source.offset(block.first, block.column), source.offset(block.last + 1, 1)
    for match in _ANY.finditer(block.text):
        name, text = match.lastgroup or "", match[0]
        here = blocks.masked.find(text[:8].split("\n")[0], at, end)
        if here < 0 and name == "entity":
            here = blocks.masked.find(f"&amp;{text[1:7]}", at, end)
        if here < 0:
            here = blocks.masked.find(text[:2], at, end)
        if here < 0:
            continue  # it came from signs written by their numbers, which is a way to mean them
        at = here + min(len(text), 2)
        if text == "`" and blocks.masked[here - 1 : here] == "\\":
            continue
        yield name, here, text


def by_source(source: Source, blocks: Blocks) -> Iterator[Problem]:
    """What only the source shows: a full-width mark before a picture (LNK-010), leftovers of a word processor (TXT-027)."""
    for match in _WIDE_MARK.finditer(blocks.masked):
        yield problem("LNK-010", source.span_at(match.start()), text="！[…](…)")
    reported: set[int] = set()
    for match in _PROGRAM.finditer(blocks.masked):
        line, column = source.place(match.start())
        if line not in reported:
            reported.add(line)
            shown = f"U+{ord(match[0]):04X}" if len(match[0]) == 1 else match[0]
            yield problem("TXT-027", source.span(line, column), text=shown)
