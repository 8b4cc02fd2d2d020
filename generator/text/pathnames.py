"""Names that every computer can hold. A name that only some systems allow would get lost on the way to a stick, a
Windows machine or the computer of the next clerk.

Microsoft, "Naming Files, Paths, and Namespaces"; the superscript digits count as digits there.
"""

from __future__ import annotations

import re
import unicodedata

PATH_LIMIT = 240  # characters; Windows has 260 for a whole path, and the site lies in some folder
NAME_LIMIT = 200  # bytes of one name; most file systems have 255, and copies get endings such as " (1)"

_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])[ ]*(?:[.:].*)?", re.IGNORECASE | re.S)
_CHARACTERS = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')


def is_reserved(name: str) -> bool:
    """Whether Windows keeps ``name``, alone or with any ending, for a device."""
    return _RESERVED.fullmatch(name) is not None


def is_portable(name: str) -> bool:
    """Whether every system can hold a file or folder called ``name``, one part of a path, and tell it from others."""
    try:
        size = len(name.encode("utf-8"))
    except UnicodeEncodeError:
        return False
    return (
        0 < size <= NAME_LIMIT
        and unicodedata.normalize("NFC", name) == name
        and not name.endswith((".", " "))
        and not _CHARACTERS.search(name)
        and not is_reserved(name)
    )


def is_portable_path(path: str) -> bool:
    """Whether every part of ``path``, written with ``/``, is portable."""
    return all(is_portable(each) for each in path.split("/"))


def is_short_enough(path: str) -> bool:
    """Whether ``path``, relative to some folder, leaves room for the way to that folder."""
    return len(path.encode("utf-16-le", "surrogatepass")) // 2 <= PATH_LIMIT


def folded(path: str) -> str:
    """What two paths have in common that are one file where case, or how an accent is stored, makes no difference."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
