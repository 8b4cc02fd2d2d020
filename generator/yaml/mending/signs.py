"""Repairs of signs: colons, dashes, quotation marks, brackets, and blanks that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator import patterns
from generator.yaml.mending.lines import BLANKS, COLONS, DASHES, LABEL, NAME, Edit, Line, Repair

_FIELD = patterns.late(
    rf"(?P<before>[ {BLANKS}]*(?:(?:- +)*|[{DASHES}*+]+[ {BLANKS}]*))(?P<key>{NAME}|{LABEL}|[“\"'”]{NAME}[”\"'“])"
    rf"(?P<gap>[ {BLANKS}]*)(?P<sign>[:{COLONS}；;＝=])(?P<after>[ {BLANKS}]*)(?P<value>[^\n]*)"
)
_MARK = patterns.late(
    rf"(?P<indent>[ {BLANKS}]*)(?P<mark>(?:[（(]?[0-9]{{1,2}}[.、．)）]|[{DASHES}*+]+))(?P<after>[ {BLANKS}]*)(?P<rest>\S[^\n]*)"
)
_ANY_KEY = r"[^\s\[\]{}\"'#:,&*!|>%@`\-][^:\n]{0,60}?"
_VALUE = patterns.late(rf"(?P<before>[ ]*(?:- +)*{_ANY_KEY}:[ ]+|[ ]*(?:- +)+)(?P<value>\S[^\n]*?)[ ]*$")
_SPECIAL = "@%`*&!>|[]{}?:,-\"'#"
_BLOCK = patterns.late(r"[|>][+-]?[0-9]?[+-]?[ ]+(?=[^\s#])|[|>][+-]?(?=[^\s#+\-0-9])")
_SECOND = patterns.late(rf"(?<=\S)(?P<gap>[，,；; ]*[ ，；])(?={NAME}: )")
_CLOSED = patterns.late(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|\[[^\[\]]*\]|\{[^{}]*\}")
_WIDE_SIGNS = {"，": ", ", "：": ": ", "｛": "{", "｝": "}", "［": "[", "］": "]", "、": ", ", "【": "[", "】": "]"}
_FLOW_SIGN = patterns.late(
    rf"(?P<open>[｛［【])|(?P<close>[｝］】])|(?P<comma>[，、；;][ ]*|,)(?=[ ]*{NAME}[ ]*[:{COLONS}])"
    rf"|(?<=[{{,，、；;｛ ])(?P<key>{NAME})(?P<colon>[ ]*[{COLONS}][ ]*|:(?=[^\s/]))"
)


def colons(line: Line) -> Iterator[Repair]:
    """The Chinese colon, another sign in place of a colon, no blank behind it, or a blank that is none."""
    match = _FIELD.match(line.text)
    if match is None or match["value"].startswith("//"):
        return
    sign, after = match["sign"], match["after"]
    at, end = line.start + match.start("sign"), line.start + match.end("after")
    edits = (Edit(line.start + match.start("gap"), end, ": " if match["value"] else ":"),)
    if sign != ":":
        yield Repair("SCH-020", at, edits, {"sign": sign})
    elif not after and match["value"]:
        yield Repair("SCH-021", at, edits)
    elif after.strip(" "):
        yield Repair("SCH-027", at + 1 + len(after) - len(after.lstrip(" ")), edits)
    if match["key"][0] in "“\"'”":
        bare = Edit(line.start + match.start("key"), line.start + match.end("key"), match["key"][1:-1])
        yield Repair("SCH-026", bare.start, (bare, *edits))


def dashes(line: Line) -> Iterator[Repair]:
    """A dash without a blank, or another sign in place of a dash."""
    match = _MARK.match(line.text)
    if match is None or (match["mark"] == "-" and match["after"].startswith(" ")):
        return
    at = line.start + match.start("mark")
    end = line.start + match.end("after")
    indent = match["indent"] if not match["indent"].strip(" ") else " " * len(match["indent"])
    edits = (Edit(line.start, end, f"{indent}- "),)
    yield Repair("SCH-025", at, edits, {"sign": match["mark"]})


def flows(line: Line) -> Iterator[Repair]:
    """Full-width signs, or colons without a blank, inside braces or brackets."""
    start = re.search(r"[{\[｛［【]", line.text)
    if start is None:
        return
    edits: list[Edit] = []
    for hit in _FLOW_SIGN.finditer(line.text, start.start()):
        edits += _sign_edits(line, hit)
    changed = tuple(each for each in edits if line.text[each.start - line.start : each.end - line.start] != each.text)
    if changed:
        sign = line.text[changed[0].start - line.start : changed[0].end - line.start].strip()[:1]
        yield Repair("SCH-024", changed[0].start, changed, {"sign": sign})


def _sign_edits(line: Line, hit: re.Match[str]) -> Iterator[Edit]:
    group = next(name for name in ("open", "close", "comma", "colon") if hit[name])
    start, end = hit.span(group)
    text = {"comma": ", ", "colon": ": "}.get(group) or _WIDE_SIGNS[hit[group]]
    if group == "comma" and line.text[start:end] == ",":
        text = ", " if line.text[end : end + 1] != " " else ","
    yield Edit(line.start + start, line.start + end, text)


def wide_lists(line: Line) -> Iterator[Repair]:
    """A list in brackets whose commas are Chinese: ``[甲，乙]``."""
    match = re.search(r"[\[［]([^\[\]［］\n]*)([\]］])", line.text)
    if match is None:
        return
    text = re.sub(r"[，、][ ]*", ", ", match[1])
    edit = Edit(line.start + match.start(), line.start + match.end(), f"[{text}]")
    if edit.text != match[0]:
        odd = re.search(r"[，、［］]", match[0])
        assert odd is not None
        yield Repair("SCH-024", edit.start + odd.start(), (edit,), {"sign": odd[0]})


def block_signs(line: Line) -> Iterator[Repair]:
    """``|`` or ``>`` with text on the same line."""
    match = _VALUE.match(line.text)
    sign = _BLOCK.match(match["value"]) if match else None
    if match and sign:
        at = line.start + match.start("value")
        yield Repair("SCH-034", at, (Edit(at, at + sign.end(), ""),), {"sign": sign[0][0]})


def quotes(line: Line) -> Iterator[Repair]:
    """A quotation mark that is never closed, or closed by one of another form."""
    match = _VALUE.match(line.text)
    if match is None or match["value"][0] not in "\"'":
        return
    value, mark = match["value"], match["value"][0]
    if _CLOSED.match(value):
        return
    at, end = line.start + match.start("value"), line.start + match.end("value")
    curly = re.search("[”“]$" if mark == '"' else "[’‘]$", value) or re.search(r"[”“’‘＂＇\"']$", value[1:])
    if curly:
        yield Repair("SCH-026", at, (Edit(end - 1, end, mark),))
    cut = re.search(r"[”“](?=[，。]?$)", value)
    if cut and not curly:
        yield Repair("SCH-026", at, (Edit(at + cut.start(), at + cut.end(), mark),))
    yield Repair("SCH-026", at, (Edit(end, end, mark),))


def brackets(line: Line) -> Iterator[Repair]:
    """A bracket or brace that is never closed, or closed by the wrong one."""
    match = _VALUE.match(line.text)
    if match is None or match["value"][0] not in "[{":
        return
    closing = "]" if match["value"][0] == "[" else "}"
    at, end = line.start + match.start("value"), line.start + match.end("value")
    text = match["value"].rstrip(",")
    if text[-1] in "]}）)】］｝" and text[-1] != closing:
        yield Repair("SCH-033", at, (Edit(at + len(text) - 1, end, closing),), {"sign": closing})
    if text[-1] != closing:
        yield Repair("SCH-033", at, (Edit(at + len(text), end, closing),), {"sign": closing})


def trailing(line: Line) -> Iterator[Repair]:
    """Text behind what a closing quotation mark or bracket has ended."""
    match = _VALUE.match(line.text)
    closed = _CLOSED.match(match["value"]) if match else None
    if match is None or closed is None or closed.end() == len(match["value"]):
        return
    at = line.start + match.start("value")
    rest = closed.end() + len(match["value"][closed.end() :]) - len(match["value"][closed.end() :].lstrip())
    yield Repair("SCH-029", at + rest, (_quoted(at, match["value"]),))


def escapes(line: Line) -> Iterator[Repair]:
    """A backslash in double quotation marks that means nothing to YAML."""
    for hit in re.finditer(r'"((?:[^"\\\n]|\\.)*)"', line.text):
        odd = re.search(r"\\[^0abt\tnvfre \"/\\N_LPxuU]", hit[0])
        if odd:
            edit = Edit(line.start + hit.start(), line.start + hit.end(), "'" + hit[1].replace("'", "''") + "'")
            yield Repair("SCH-036", edit.start + odd.start(), (edit,))


def first_signs(line: Line) -> Iterator[Repair]:
    """A value that begins with a sign that means something to YAML."""
    match = _VALUE.match(line.text)
    if match and match["value"][0] in _SPECIAL:
        at = line.start + match.start("value")
        yield Repair("SCH-028", at, (_quoted(at, match["value"]),), {"sign": match["value"][0]})


def two_fields(line: Line) -> Iterator[Repair]:
    """A second field behind the first, on one line."""
    match = _VALUE.match(line.text)
    second = _SECOND.search(match["value"]) if match else None
    if match and second:
        start, end = (line.start + match.start("value") + each for each in second.span("gap"))
        yield Repair("SCH-050", end, (Edit(start, end, "\n" + " " * line.content),))


def inner_colons(line: Line) -> Iterator[Repair]:
    """A colon and a blank inside a value; in a line that continues one, the colon alone."""
    match = _VALUE.match(line.text)
    inner = re.search(r":(?= |$)", match["value"]) if match else None
    if match and inner:
        at = line.start + match.start("value")
        yield Repair("SCH-030", at + inner.start(), (_quoted(at, match["value"]),))
    free = re.search(r"(?<=\S):(?= |$)", line.text)
    if free and match is None and not line.is_key:
        at = line.start + free.start()
        yield Repair("SCH-030", at, (Edit(at, at + 1 + (free.end() < len(line.text)), "："),), is_text=True)


def _quoted(at: int, value: str) -> Edit:
    mark = "'" if '"' in value or "\\" in value else '"'
    text = value.replace("'", "''") if mark == "'" else value
    return Edit(at, at + len(value), f"{mark}{text}{mark}")


SIGNS = (
    *(colons, dashes, flows, wide_lists, quotes, brackets, trailing, block_signs, escapes, first_signs),
    *(two_fields, inner_colons),
)
