"""Where the files that come with the program lie: inside the package once it is installed, beside it in a checkout
(``setup.py`` says which folder is which)."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent.parent


def _folder(name: str, in_checkout: str) -> Path:
    installed = PACKAGE / name
    return installed if installed.is_dir() else PACKAGE.parent / in_checkout


THEME = _folder("theme", "theme")
SCHEMAS = _folder("schemas", "docs/schema")
GUIDES = _folder("guides", "docs")
