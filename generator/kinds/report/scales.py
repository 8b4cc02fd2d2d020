"""From numbers to places in a drawing: the ends of a scale, where a number stands on it, how a coordinate is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers from ``low`` to ``high`` as per cent of the room."""

    low: Decimal
    high: Decimal

    def of(self, value: Decimal) -> float:
        """Where ``value`` stands; in the middle where all numbers are the same."""
        if self.high == self.low:
            return 50.0
        return float((value - self.low) * 100 / (self.high - self.low))


def ends_of(values: Sequence[Decimal], *, from_zero: bool) -> tuple[Decimal, Decimal]:
    """The ends of a scale: bars begin at zero, for a bar of another length would lie; lines fill their room."""
    if from_zero:
        return min([Decimal(0), *values]), max([Decimal(0), *values]) or (Decimal(0) if any(values) else Decimal(1))
    return (min(values), max(values)) if values else (Decimal(0), Decimal(0))


def is_wide(values: Sequence[Decimal]) -> bool:
    """Whether numbers lie so far apart that a line of them would mislead unless it stood on zero."""
    return bool(values) and (min(values) < 0 or min(values) * 2 < max(values))


def short(value: float) -> str:
    """A coordinate with at most two decimals."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text
