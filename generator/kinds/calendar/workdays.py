"""Working days by a replaceable calendar: weekends are free, except where the State Council moved them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5
_LAST_WEEK = (12, 25)  # from here on, New Year of the next year may have moved a day (as on 2018-12-29 and 31)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Days off, working days that fall on weekends, and the years whose arrangements the calendar knows."""

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool:
        """Whether offices work on ``day``."""
        return day in self.workdays or (day.weekday() < _SATURDAY and day not in self.holidays)

    def unknown(self, first: date, last: date) -> tuple[int, ...]:
        """The years whose arrangements must be known to count from ``first`` to ``last``, and are not."""
        until = last.year + ((last.month, last.day) >= _LAST_WEEK)
        return tuple(year for year in range(first.year, until + 1) if year not in self.years)

    def count(self, first: date, last: date) -> int:
        """The working days from ``first`` to ``last``, both included; 0 where ``last`` is earlier."""
        return sum(1 for day in days(first, last) if self.is_workday(day))


def days(first: date, last: date) -> Iterator[date]:
    """The days from ``first`` to ``last``, both included."""
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
