"""Values as YAML, in one way only: plain where no reader can take a text for anything else, in blocks where it has lines,
else in quotation marks (YAML 1.2.2, 7.3 and 8.1). What our own strict reader makes of it are the same values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_PLAIN = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff，。、；：（）《》“”·—./_+-]*")
_WORDS = frozenset({"null", "yes", "no", "on", "off", "y", "n", "true", "false"})  # what other readers take for something else
_KEPT = frozenset({"true", "false"})  # and these mean the same to everybody
_NUMBER = re.compile(r"[0-9][0-9A-Za-z_.:+-]*")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,14}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_STEP = "  "


def written(value: Any) -> str:
    """The text of ``value``, made of mappings, lists, strings and nothing."""
    if isinstance(value, (dict, list)) and value:
        return "\n".join(_lines(value, "")) + "\n"
    return f"{_scalar(value, '')}\n"


def _lines(value: Any, before: str) -> Iterator[str]:
    """The lines of a mapping or list that is not empty; each begins with ``before``."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _entry(f"{before}{_scalar(key, None)}:", each, before)
        return
    for each in value:
        if isinstance(each, (dict, list)) and each:
            first, *rest = _lines(each, before + _STEP)
            yield f"{before}- {first[len(before) + len(_STEP):]}"
            yield from rest
        else:
            yield f"{before}- {_scalar(each, before)}"


def _entry(head: str, value: Any, before: str) -> Iterator[str]:
    if isinstance(value, (dict, list)) and value:
        yield head
        yield from _lines(value, before + _STEP)
    else:
        yield f"{head} {_scalar(value, before)}"


def _scalar(value: Any, before: str | None) -> str:
    """A value of its own; in several lines only where ``before`` says how they begin."""
    if value is None:
        return "null"
    if isinstance(value, (dict, list)):
        return "{}" if isinstance(value, dict) else "[]"
    text = str(value)
    if _is_plain(text):
        return text
    if before is not None and _is_block(text):
        body = "\n".join(f"{before}{_STEP}{line}" if line else "" for line in text.rstrip("\n").split("\n"))
        return f"{'|' if text.endswith(chr(10)) else '|-'}\n{body}"
    return _ODD.sub(lambda hit: f"\\u{ord(hit[0]):04x}", json.dumps(text, ensure_ascii=False))


def _is_plain(text: str) -> bool:
    if text.casefold() in _WORDS:
        return text in _KEPT
    if _NUMBER.fullmatch(text):
        return bool(_WHOLE.fullmatch(text) or _DAY.fullmatch(text))
    return _PLAIN.fullmatch(text) is not None


def _is_block(text: str) -> bool:
    """Whether lines can stand as they are: none begins the text with a blank, none is nothing but blanks, and what ends it
    is one line break at most."""
    lines = text.split("\n")
    if len(lines) < 2 or text.endswith("\n\n") or not lines[0] or lines[0][0].isspace():
        return False
    return not any(_ODD.search(line) or (line and not line.strip()) for line in lines)
