"""How long each stage of a run takes, how many things it has to do, and how far it has come.

A stage within another takes its time from that one, so that all seconds together are those of the run. Only the process that
began keeps count: what others do for it counts when it arrives.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

Thing = TypeVar("Thing")
Told = Callable[[str, int, int], None]


@dataclass(slots=True)
class Stage:
    """One stage: ``count`` are the things that it had to do, ``kept`` those of them that came from the cache, ``None`` where
    nothing is kept."""

    name: str
    count: int = 0
    seconds: float = 0.0
    kept: int | None = None


class Watch:
    """The ``stages`` of a run by name, in the order in which they began. ``told`` is called with the name of a stage, how
    many of its things are done, and how many there are."""

    def __init__(self, told: Told = lambda stage, done, total: None) -> None:
        self.stages: dict[str, Stage] = {}
        self._told = told
        self._open: list[Stage] = []
        self._since = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[Stage]:
        """While this lasts the time counts for the stage ``name``."""
        found = self.stages.setdefault(name, Stage(name))
        self._settle()
        self._open.append(found)
        try:
            yield found
        finally:
            self._settle()
            self._open.pop()

    def each(
        self, name: str, made: Iterable[Thing], total: int, size: Callable[[Thing], int] = lambda thing: 1
    ) -> Iterator[Thing]:
        """All of ``made``. The time to make it counts for the stage ``name``, what is done with it does not. ``total`` is how
        much there is of it, and ``size`` how much of that one of them is."""
        things, done = iter(made), 0
        while True:
            with self.stage(name) as stage:
                try:
                    thing = next(things)
                except StopIteration:
                    self._told(name, total, total)
                    return
            stage.count += size(thing)
            done += size(thing)
            self._told(name, min(done, total), total)
            yield thing

    def reached(self, name: str, done: int, total: int) -> None:
        """Tell how far the stage ``name`` is, where its things do not come one by one."""
        self._told(name, done, total)

    def _settle(self) -> None:
        now = time.monotonic()
        if self._open:
            self._open[-1].seconds += now - self._since
        self._since = now
