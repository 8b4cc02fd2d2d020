"""How many examples a property is tried with: a few before each commit, all of them in ``make audit``."""

from __future__ import annotations

import os

ALL = os.environ.get("EXHIBIT_EXAMPLES") == "all"
FEWER = 6


def examples(most: int) -> int:
    """``most`` in ``make audit``, a part of them in ``make test``."""
    return most if ALL else max(most // FEWER, 5)
