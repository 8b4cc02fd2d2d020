"""How a duty with a deadline stands on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Standing:
    """``days`` counts the whole days after the deadline: at which it was done (``late``), or by now (``overdue``)."""

    state: Literal["done", "late", "overdue", "open"]
    days: int = 0

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do, in time or not."""
        return self.state in ("done", "late")


def standing(due: date, done_on: date | None, day: date | None) -> Standing:
    """How a duty stands on ``day``. The day of the deadline itself is in time. Without a ``day`` nothing is overdue."""
    if done_on is not None:
        return Standing("late", (done_on - due).days) if done_on > due else Standing("done")
    if day is not None and day > due:
        return Standing("overdue", (day - due).days)
    return Standing("open")
