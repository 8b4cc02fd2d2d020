"""The stops of a tour as views show them."""

from __future__ import annotations

from typing import Any

from generator.kinds.exhibition.model import Stop
from generator.site.context import Public
from generator.text.dates import known

STATUSES = {"计划": "planned", "进行中": "open", "已结束": "over", "取消": "cancelled"}  # as words and styles say it


def stop_view(stop: Stop, public: Public) -> dict[str, Any]:
    """A stop with its state in words."""
    slug = STATUSES[stop.status]
    status = {"id": slug, "label": public.word(f"stop.{slug}")}
    return stop.model_dump() | {"is_long_term": known(stop.end) is None, "status": status}
