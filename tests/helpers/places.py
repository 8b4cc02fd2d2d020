"""Where things lie."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).parent.parent
ROOT = TESTS.parent
SITES = TESTS / "sites"
CITY = SITES / "city"  # a whole exhibition: what hangs in the repository's own may change at any time
DATA = TESTS / "data"
