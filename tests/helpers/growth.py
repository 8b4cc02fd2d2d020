"""How work grows with its size, and whether it ends, judged so that no busy or slow machine decides."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

_TRIES = 6
_STEPS = 500_000
_USUAL = 0.02  # processor seconds for those steps on the machine that limits are written for


def seconds(work: Callable[[], object]) -> float:
    """The processor seconds of ``work``, without those of a collector that looks at what others left."""
    gc.collect()
    gc.disable()
    try:
        started = time.process_time()
        work()
        return time.process_time() - started
    finally:
        gc.enable()


def assert_grows_within(factor: float, small: Callable[[], object], large: Callable[[], object], least: float = 0.05) -> None:
    """Assert that ``large`` takes at most ``factor`` times what ``small`` takes, or what takes ``least`` seconds. What grows
    too fast does so each time, what a machine does meanwhile does not: one good pair of several is enough."""
    seen = []
    for _ in range(_TRIES):
        pair = seconds(small), seconds(large)
        if pair[1] <= factor * max(pair[0], least):
            return
        seen.append(pair)
    raise AssertionError(f"more than {factor} times as long in each of {_TRIES} tries: {seen}")


def assert_ends_within(limit: float, work: Callable[[], object]) -> None:
    """Assert that ``work`` takes at most ``limit`` processor seconds of a usual machine, in one of several tries."""
    seen = []
    for _ in range(_TRIES // 2):
        slowness = max(1.0, seconds(_steps) / _USUAL)
        spent = seconds(work)
        slowness = max(slowness, seconds(_steps) / _USUAL)
        if spent <= limit * slowness:
            return
        seen.append((spent, slowness))
    raise AssertionError(f"more than {limit} s (seconds, slowness): {seen}")


def _steps() -> None:
    for _ in range(_STEPS):
        pass
