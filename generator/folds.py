"""Line breaks inside a value: between words they mean a space, between Han characters nothing at all.

CSS Text Module Level 4, "Segment Break Transformation Rules", says the same of a page's own source.
"""

from __future__ import annotations

import re

_HAN = (
    "\u2e80-\u2fff\u3001-\u30ff\u31c0-\u31ef\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6"
    "\U00020000-\U0003ffff"
)
_WIDE = "“”‘’—…·"  # as wide as a Han character where it stands beside one
_BREAK = re.compile(
    rf"(?:[{_HAN}](?=[ \t]*\n[ \t]*[{_HAN}{_WIDE}])|[{_WIDE}](?=[ \t]*\n[ \t]*[{_HAN}]))([ \t]*\n[ \t]*)"
)
_CONTEXT = 12  # characters on both sides by which a fold is found in the value


def without_han_breaks(value: str, written: str, quote: str = "") -> str:
    """``value`` without the spaces that stand for line breaks between Han characters in ``written``, its source, which
    may stand in quotation marks."""
    if "\n" not in written:
        return value
    if quote == "'":
        written = written.replace("''", "'")
    parts, at = [], 0
    for hit in _BREAK.finditer(written):
        before = written[max(0, hit.start(1) - _CONTEXT) : hit.start(1)].rpartition("\n")[2].lstrip()
        after = written[hit.end(1) : hit.end(1) + _CONTEXT].partition("\n")[0].rstrip()
        if quote:
            before = re.sub(rf"^.*(?:\\.|{quote})", "", before)
            after = re.sub(rf"[\\{quote}].*", "", after)
        found = value.find(f"{before} {after}", at)
        if found >= 0:
            end = found + len(before)
            parts.append(value[at:end])
            at = end + 1
    return "".join(parts) + value[at:]
