"""Regular expressions that are compiled when they are first used: a command uses few of all that there are."""

from __future__ import annotations

import re
from typing import Any, cast


def late(text: str, flags: int = 0) -> re.Pattern[str]:
    """The regular expression ``text``, for one that takes long to compile or that few texts give rise to ask."""
    return cast("re.Pattern[str]", _Late(text, flags))


class _Late:
    """Becomes, method by method, what it stands for."""

    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._text, self._flags), name)
        setattr(self, name, found)  # the next time nobody asks here
        return found
