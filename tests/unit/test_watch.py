"""Stages take their time from the stages around them, and say how far they are."""

from __future__ import annotations

import pytest

from generator import watch
from generator.watch import Watch


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def passes(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(watch.time, "monotonic", lambda: found.now)
    return found


def _seconds(of: Watch) -> dict[str, float]:
    return {name: round(stage.seconds, 3) for name, stage in of.stages.items()}


def test_a_stage_within_another_takes_its_time_from_it(clock: Clock) -> None:
    found = Watch()
    with found.stage("outer"):
        clock.passes(1)
        with found.stage("inner"):
            clock.passes(2)
        clock.passes(4)
        with found.stage("inner"):
            clock.passes(8)
    clock.passes(16)  # of nobody
    assert _seconds(found) == {"outer": 5, "inner": 10}


def test_a_stage_that_fails_ends(clock: Clock) -> None:
    found = Watch()
    with found.stage("outer"):
        with pytest.raises(ValueError, match="no"), found.stage("inner"):
            clock.passes(1)
            raise ValueError("no")
        clock.passes(2)
    assert _seconds(found) == {"outer": 2, "inner": 1}


def test_what_comes_one_by_one_counts_while_it_is_made(clock: Clock) -> None:
    told: list[tuple[str, int, int]] = []
    found = Watch(lambda *each: told.append(each))

    def made() -> object:
        for each in ("a", "bb", "ccc"):
            clock.passes(1)
            yield each

    with found.stage("outer"):
        for _ in found.each("pages", made(), 6, len):  # type: ignore[arg-type]
            clock.passes(10)
    assert _seconds(found) == {"outer": 30, "pages": 3} and found.stages["pages"].count == 6
    assert told == [("pages", 1, 6), ("pages", 3, 6), ("pages", 6, 6), ("pages", 6, 6)]


def test_less_than_was_announced_is_done_all_the_same() -> None:
    told: list[tuple[str, int, int]] = []
    assert [*Watch(lambda *each: told.append(each)).each("pages", [1], 5)] == [1]
    assert told[-1] == ("pages", 5, 5)
