"""Line ends inside a text: between Han characters they are no blanks, between Latin words they are.

The rules are those of CSS Text 4 for the transformation of segment breaks: a line end vanishes between two wide
characters and beside full-width punctuation. Quotation marks and dashes that Chinese and Latin share count as wide
when what stands on the other side is.
"""

from __future__ import annotations

import re

from generator import patterns

_HAN = "\u2e80-\u2fff\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3040-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_STOPS = (
    "\u3000-\u3004\u3008-\u3020\u3030\ufe10-\ufe1f\ufe30-\ufe6f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
_WIDE = patterns.late(f"[{_HAN}{_STOPS}\uff10-\uff5a]")
_STOP = patterns.late(f"[{_STOPS}]")
_SHARED = frozenset("“”‘’…—·")
_INLINE = patterns.late(r"</?(?:strong|em|del|a|code|span)(?=[ >])")
_BROKEN = patterns.late(r"[^>\s][ \t]*\n|\n[^<\s]|</(?:strong|em|del|a|code|span|sup)>\n")  # a line end in a text
_NOTE = patterns.late(r'<sup class="footnote-ref">.*?</sup>', re.DOTALL)
_TOKEN = patterns.late(r'<sup class="footnote-ref">.*?</sup>|<pre[ >].*?</pre>|<[^>]*>|[^<]+', re.DOTALL)
_TEXT_END = patterns.late(r"[ \t]*\n[ \t\u3000]*")


def is_wide(character: str) -> bool:
    """Whether ``character`` is as wide as a Han character and needs no blank beside it."""
    return bool(_WIDE.match(character))


def is_no_blank(left: str, right: str) -> bool:
    """Whether a line end between the texts ``left`` and ``right`` stands for nothing."""
    one, other = left[-1:], right[:1]
    if not one or not other:
        return False
    if _STOP.match(one) or _STOP.match(other):
        return True
    if one in _SHARED and other in _SHARED:
        return is_wide(left[-2:-1]) or is_wide(right[1:2])
    return (is_wide(one) or one in _SHARED) and (is_wide(other) or other in _SHARED)


def joined(text: str) -> str:
    """``text``, which is plain, with each line end as a blank or as nothing."""
    lines = _TEXT_END.split(text)
    parts = lines[:1]
    for before, line in zip(lines, lines[1:], strict=False):
        parts.append(line if is_no_blank(before, line) else f" {line}")
    return "".join(parts)


def joined_html(html: str) -> str:
    """``html`` without the line ends that stand for nothing. Those between blocks and in code stay."""
    if not _BROKEN.search(html):
        return html
    out: list[str] = []
    left = ""  # the last two characters shown in this block
    open_end: int | None = None  # where in ``out`` a line end waits for what follows
    for token in _TOKEN.findall(html):
        if token[0] == "<":
            out.append(token)
            if not (_INLINE.match(token) or _NOTE.match(token)):
                left, open_end = "", None
            continue
        for number, piece in enumerate(_TEXT_END.split(token)):
            if number:
                if left and open_end is None:
                    open_end = len(out)
                out.append("\n")
            if not piece:
                continue
            if open_end is not None and is_no_blank(left, piece):
                out[open_end] = ""
            open_end = None
            left = (left + piece)[-2:]
            out.append(piece)
    return "".join(out)
