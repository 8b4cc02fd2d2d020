"""How long the same records come to the same site."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from generator.catalog.edition import Edition

ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 6, 1, 12, tzinfo=ZONE)
MIDNIGHT = datetime(2026, 6, 2, tzinfo=ZONE)


def _record(shown: date | datetime | None = None, was: date | datetime | None = None) -> Any:
    return SimpleNamespace(data=SimpleNamespace(shown_from=shown, was_public_from=was))


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ((), MIDNIGHT),
        ((_record(date(2026, 6, 2)), _record(date.min), _record()), MIDNIGHT),
        ((_record(NOON + timedelta(hours=3)), _record(NOON + timedelta(hours=2))), NOON + timedelta(hours=2)),
        ((_record(was=NOON + timedelta(minutes=1)),), NOON + timedelta(minutes=1)),
        ((_record(NOON), _record(NOON - timedelta(hours=1))), MIDNIGHT),
        ((_record(NOON + timedelta(days=3)),), MIDNIGHT),
    ],
)
def test_an_edition_holds_until_a_day_begins_or_the_hour_of_a_record(records: Any, expected: datetime) -> None:
    assert Edition(NOON, ZONE).holds_until(records) == expected
    assert Edition(NOON.astimezone(UTC), ZONE).holds_until(records) == expected


def test_the_edition_of_a_year_that_is_over_holds_for_ever() -> None:
    assert Edition(NOON, ZONE, 2025).holds_until(()) is None
    assert Edition(NOON, ZONE, 2026).holds_until(()) == MIDNIGHT
