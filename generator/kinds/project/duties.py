"""How a duty with a deadline stands on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.text.dates import End, is_over


@dataclass(frozen=True, slots=True)
class Standing:
    """``days`` counts the whole days after the deadline: at which it was done (``late``), or by now (``overdue``)."""

    state: Literal["done", "late", "overdue", "open"]
    days: int = 0

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do, in time or not."""
        return self.state in ("done", "late")


def standing(due: End, done_on: date | None, day: date | None) -> Standing:
    """How a duty stands on ``day``. The day of the deadline itself is in time. Without a ``day``
    nothing is overdue, and what is long-term never is."""
    seen = day if done_on is None else done_on
    late = (seen - due).days if isinstance(due, date) and seen is not None and is_over(due, seen) else 0
    if done_on is not None:
        return Standing("late", late) if late else Standing("done")
    return Standing("overdue", late) if late else Standing("open")
