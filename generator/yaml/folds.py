"""Line breaks inside a value of YAML: between words they mean a space, between Han characters nothing at all, as in a
story (``joining``)."""

from __future__ import annotations

import re

from generator.text.joining import is_no_blank

_BREAK = re.compile(r"(?<=[^ \t\n])[ \t]*\n[ \t]*(?=[^ \t\n])")
_CONTEXT = 12  # characters on both sides by which a fold is found in the value
_MOST_MISSES = 100  # of them in one value; each costs a look through the rest of it


def without_han_breaks(value: str, written: str, quote: str = "") -> str:
    """``value`` without the spaces that stand for line breaks between Han characters in ``written``, its source, which
    may stand in quotation marks."""
    if "\n" not in written:
        return value
    if quote == "'":
        written = written.replace("''", "'")
    parts, at, misses = [], 0, 0
    for hit in _BREAK.finditer(written):
        if not is_no_blank(written[max(0, hit.start() - 2) : hit.start()], written[hit.end() : hit.end() + 2]):
            continue
        before = written[max(0, hit.start() - _CONTEXT) : hit.start()].rpartition("\n")[2].lstrip()
        after = written[hit.end() : hit.end() + _CONTEXT].partition("\n")[0].rstrip()
        if quote:
            before = re.sub(rf"^.*(?:\\.|{quote})", "", before)
            after = re.sub(rf"[\\{quote}].*", "", after)
        found = value.find(f"{before} {after}", at)
        if found >= 0:
            end = found + len(before)
            parts.append(value[at:end])
            at = end + 1
        elif (misses := misses + 1) > _MOST_MISSES:
            break
    return "".join(parts) + value[at:]
