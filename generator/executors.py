"""Where work is done that can be divided: in processes of this machine, or on others (``generator.cluster``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Protocol, TypeVar

from generator.system import forks

Common = TypeVar("Common")
Task = TypeVar("Task")
Result = TypeVar("Result")


class Unusable(Exception):
    """The machines cannot do the work. ``key`` is the wording that says why, ``values`` fill it."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key, self.values = key, values


class Executor(Protocol):
    """Does parts of a work. What ``is_afar`` gets and gives values that can be sent, and functions of modules."""

    is_afar: bool

    def spread(
        self, make: Callable[[Common, Task], Result], common: Common, tasks: Sequence[Task], jobs: int
    ) -> Iterator[Result]:
        """What ``make`` gives for ``common`` and each of ``tasks``, in their order. ``jobs`` bounds the processes of this
        machine. What ``make`` raises is raised here."""

    def lanes(self, jobs: int) -> int:
        """How many calls are worth to be asked for at once."""

    def call(self, ask: Callable[..., Result], *given: Any) -> Result:
        """What ``ask`` gives, asked from any thread."""

    def close(self) -> None:
        """Let go of the machines until they are asked again."""


class Here:
    """This machine."""

    is_afar = False

    def spread(
        self, make: Callable[[Common, Task], Result], common: Common, tasks: Sequence[Task], jobs: int
    ) -> Iterator[Result]:
        """See ``Executor.spread``."""
        return forks.spread(partial(make, common), tasks, jobs)

    def lanes(self, jobs: int) -> int:
        """See ``Executor.lanes``."""
        return jobs

    def call(self, ask: Callable[..., Result], *given: Any) -> Result:
        """See ``Executor.call``."""
        return ask(*given)

    def close(self) -> None:
        """See ``Executor.close``."""


HERE = Here()
