"""Many small tasks of our own in several processes. A process that dies costs the one task that it died of.

They are our own code with our own values, so they come and go as Python passes them on; what was submitted goes to the
workers of ``workers.py`` instead.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import connection
from typing import TypeVar

from generator.system import lifeline

Task = TypeVar("Task")
Result = TypeVar("Result")
_TOGETHER = 6  # tasks that a process gets at once
_REQUESTS = {getattr(signal, each) for each in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, each)}
_TRIES = 2  # that a task gets alone; a system short of memory does not end the one that is to blame


@dataclass(frozen=True, slots=True)
class Died:
    """What a task gave whose process ended before it had an answer, again and again."""


def run(
    work: Callable[[Task], Result], tasks: Sequence[Task], jobs: int, told: Callable[[int], None] = lambda done: None
) -> list[Result | Died]:
    """What ``work`` gives for each of ``tasks``, in their order, in ``jobs`` processes. Where one of them dies, what was
    in hand is tried again, each task alone, and the rest goes on as before. ``told`` is called with how many are done."""
    found: dict[int, Result | Died] = {}
    waiting = [range(at, min(at + _TOGETHER, len(tasks))) for at in range(0, len(tasks), _TOGETHER)]
    waiting.reverse()
    while waiting:
        suspects = _round(work, tasks, waiting, jobs, found, told)
        _alone(work, tasks, [at for batch in suspects for at in batch], found)
    return [found[at] for at in range(len(tasks))]


def _round(
    work: Callable[[Task], Result],
    tasks: Sequence[Task],
    waiting: list[range],
    jobs: int,
    found: dict[int, Result | Died],
    told: Callable[[int], None],
) -> list[range]:
    """Take from the end of ``waiting`` until nothing is left or a process died; return what was in hand then. No more
    is ever handed out than there are processes."""
    in_hand: dict[Future[list[Result]], range] = {}
    with _pool(min(jobs, len(waiting))) as pool:
        while waiting or in_hand:
            while waiting and len(in_hand) < jobs:
                try:
                    future = _submit(pool, work, [tasks[at] for at in waiting[-1]])
                except BrokenProcessPool:
                    break
                in_hand[future] = waiting.pop()
            for future in wait(in_hand, return_when=FIRST_COMPLETED).done:
                if isinstance(future.exception(), BrokenProcessPool):
                    return _unfinished(in_hand, found)
                found.update(zip(in_hand.pop(future), future.result(), strict=True))
                told(len(found))
    return []


def _unfinished(in_hand: dict[Future[list[Result]], range], found: dict[int, Result | Died]) -> list[range]:
    """What is left of ``in_hand``, once what was done when the process died is in ``found``."""
    suspects = []
    for future, batch in in_hand.items():
        if future.exception() is None:
            found.update(zip(batch, future.result(), strict=True))
        else:
            suspects.append(batch)
    return suspects


def _alone(
    work: Callable[[Task], Result], tasks: Sequence[Task], suspects: list[int], found: dict[int, Result | Died]
) -> None:
    """Do one task after the other in one process, and in a new one where that dies."""
    left = [at for at in reversed(suspects) for _ in range(_TRIES)]
    while left:
        with _pool(1) as pool:
            while left:
                at = left.pop()
                if isinstance(found.get(at, Died()), Died):
                    try:
                        (found[at],) = _submit(pool, work, [tasks[at]]).result()
                    except BrokenProcessPool:
                        found[at] = Died()
                        break


def _submit(pool: ProcessPoolExecutor, work: Callable[[Task], Result], tasks: list[Task]) -> Future[list[Result]]:
    """Hand out ``tasks``. The first call forks, and what a signal raises in the hooks of a fork is lost: it waits."""
    if not hasattr(signal, "pthread_sigmask"):
        return pool.submit(_each, work, tasks)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _REQUESTS)
    try:
        return pool.submit(_each, work, tasks)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    pool = ProcessPoolExecutor(jobs, initializer=_begin)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _begin() -> None:
    """Ctrl+C in a terminal reaches every process of it; the one that was started by a person answers, and whoever ends
    that ends this."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for each in _REQUESTS - {signal.SIGINT}:
        signal.signal(each, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _REQUESTS)
    parent = multiprocessing.parent_process()
    assert parent is not None
    lifeline.hold(lambda: connection.wait([parent.sentinel]), lambda: _is_gone(parent))


def _is_gone(parent: multiprocessing.process.BaseProcess) -> bool:
    """Whether the parent has ended. Where it forks, its pipe alone does not tell: those forked later hold it, too."""
    is_forked = multiprocessing.get_start_method() == "fork"  # a server that forks is another process
    return not parent.is_alive() or (is_forked and os.getppid() != parent.pid)


def _each(work: Callable[[Task], Result], tasks: list[Task]) -> list[Result]:
    return [work(each) for each in tasks]
