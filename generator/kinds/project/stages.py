"""The stages of a project, in their order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, get_args

Stage = Literal["立项", "实施", "验收", "结项"]
STAGES: Final[tuple[Stage, ...]] = get_args(Stage)
APPROVED, UNDER_WAY, ACCEPTANCE, CLOSED = STAGES
SLUGS: Final[Mapping[Stage, str]] = dict(  # as addresses and wordings say it
    zip(STAGES, ("approved", "under-way", "acceptance", "closed"), strict=True)
)
