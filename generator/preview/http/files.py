"""Which file of a built site an address means. Nothing outside of the site's folder, whatever is asked for."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from urllib.parse import unquote_to_bytes

from generator.outputs.data.formats import PUBLISHED
from generator.publishing.headers import NAMED_BY_CONTENT
from generator.text.media_types import FEEDS, TYPES, UNKNOWN

_TEXT = re.compile(r"text/|application/(?:json|xml|[a-z]+\+(?:json|xml))|image/svg\+xml")
# In no name that a build writes, and on some system a way out of the folder.
_STRANGE = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')
_UNCHANGING = re.compile(f"(?:{'|'.join(NAMED_BY_CONTENT)})")


def parts_of(target: str) -> tuple[str, ...] | None:
    """The names that the path of an address consists of, ``None`` for what no page of ours is called. The last one is
    empty for a folder."""
    path = target.partition("#")[0].partition("?")[0]
    try:
        names = unquote_to_bytes(path.encode("latin-1")).decode("utf-8").split("/")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return None
    if len(names) < 2 or names[0] or path.lower().count("%2f"):
        return None
    inner, last = names[1:-1], names[-1]
    if any(each in ("", ".", "..") for each in inner) or last in (".", ".."):
        return None
    return None if any(_STRANGE.search(each) or each.endswith((" ", ".")) for each in names) else tuple(names[1:])


def find(folder: Path, parts: tuple[str, ...]) -> Path | None:
    """The file or folder of these names in ``folder``, reached without any link and with the very letters of the
    names."""
    wanted = folder.resolve().joinpath(*[each for each in parts if each])
    try:
        if os.path.realpath(wanted) != str(wanted):
            return None
        mode = wanted.lstat().st_mode
    except (OSError, ValueError):  # no such file, or a name too long to be one
        return None
    return wanted if stat.S_ISDIR(mode) or (stat.S_ISREG(mode) and parts[-1]) else None


def is_unchanging(parts: tuple[str, ...]) -> bool:
    """Whether the address names its content, so that a file of an earlier build is as good."""
    return _UNCHANGING.match("/".join(parts)) is not None


def type_of(parts: tuple[str, ...]) -> str:
    """What the header ``Content-Type`` says of a file."""
    ending = parts[-1].rpartition(".")[2].lower()
    known = FEEDS.get(ending) if parts[0] == "feeds" else None
    kind = known or {**TYPES, **PUBLISHED}.get(ending, UNKNOWN)
    return f"{kind}; charset=utf-8" if _TEXT.match(kind) else kind
