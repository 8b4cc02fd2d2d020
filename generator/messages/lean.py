"""The tables of wordings read fast: every command needs them, and ``tomllib`` takes a tenth of a second for all."""

from __future__ import annotations

import re
import tomllib
from typing import Any

_TEXT = r'"([^"\\\x00-\x1f\x7f]*(?:\\["\\n][^"\\\x00-\x1f\x7f]*)*)"'
_LINE = re.compile(
    rf'"([A-Za-z0-9_.-]+)" = \{{ ?([a-z_]+) = {_TEXT}, ([a-z_]+) = {_TEXT} ?\}}'
    rf"|([a-z_]+) = (?:{_TEXT}|true)"
    r'|\[(?:([A-Za-z0-9-]+)|"([A-Za-z0-9_.-]+)")\]'
    r"|#.*|"
)
_ESCAPE = re.compile(r"\\(.)")
_MEANS = {"n": "\n"}


def read(text: str) -> dict[str, Any]:
    """What the TOML ``text`` says. Whatever is not written in the few ways that our tables are written in, or said twice, is
    left to ``tomllib``."""
    found: dict[str, Any] = {}
    table = found
    for line in text.split("\n"):
        hit = _LINE.fullmatch(line)
        if hit is None:
            return tomllib.loads(text)
        key, one, first, other, second, name, value, bare, dotted = hit.groups()
        head = bare or dotted
        if key is not None and key not in table and one != other:
            table[key] = {one: _plain(first), other: _plain(second)}
        elif name is not None and name not in table:
            table[name] = True if value is None else _plain(value)
        elif head is not None and head not in found:
            found[head] = table = {}
        elif key or name or head:
            return tomllib.loads(text)
    return found


def _plain(text: str) -> str:
    return _ESCAPE.sub(lambda hit: _MEANS.get(hit[1], hit[1]), text) if "\\" in text else text
