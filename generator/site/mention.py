"""How a record is shown on the page of a record that it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Mention:
    """How a record is shown on the page of a record that it names.

    ``note`` is a short line of plain text, ``picture`` a view of ``Public.picture``. ``is_honour`` puts it among the
    honours. ``address`` may end in an anchor; ``None`` shows the title without a link.
    """

    title: str
    address: str | None
    note: str = ""
    date: date | None = None
    picture: Mapping[str, Any] | None = field(default=None, repr=False)
    sample: bool = False
    is_honour: bool = False


def mention_view(mention: Mention) -> dict[str, Any]:
    """What the template of a list of mentions shows."""
    return {
        "title": mention.title,
        "address": mention.address,
        "note": mention.note,
        "date": mention.date,
        "picture": mention.picture,
        "sample": mention.sample,
    }
