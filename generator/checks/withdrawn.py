"""A day of withdrawal that has not come."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.inspection import Inspection
from generator.messages import Words
from generator.problems import Problem, declare, problem

EARLY = declare(
    "DAT-010",
    "warning",
    Words(
        "撤下日期 {day} 还没有到，状态却已经是 withdrawn：内容现在就撤下了。",
        "The day of withdrawal, {day}, has not come, but the status is withdrawn: the record is off the site already.",
    ),
    Words(
        "核对 withdrawn_on；到那一天再撤下的，先把 status 改回 published。",
        "Check withdrawn_on; to withdraw it on that day, keep status: published until then.",
    ),
)


def check(inspection: Inspection) -> Iterator[Problem]:
    """A record that is withdrawn on a later day is withdrawn already (DAT-010). The edition of a year cannot know."""
    if inspection.edition.year is not None:
        return
    for record in inspection.edition.buried(inspection.catalog):
        day = record.data.withdrawn_on
        if day is not None and day > inspection.today:
            yield problem(EARLY, record.span("withdrawn_on"), day=day.isoformat())
