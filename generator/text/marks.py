"""What every page of ours says of itself, by which a later build knows it again."""

from __future__ import annotations

from typing import Final

MARK: Final = '<meta name="generator" content="exhibit">'
