"""Work on many values that are too large to be handed to another process: the process splits in two instead.

A child that is forked has all that its parent has, and sends back only what it made. Each takes the next task as soon as
it has done one, so a machine of any size is used to its end. The results come in the order of the tasks, so nobody can tell
how many processes there were. Where a child dies, or cannot send what it made, the parent does that task itself.
"""

from __future__ import annotations

import gc
import os
import pickle
import selectors
import signal
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Generic, Self, TypeVar

from generator.system import lifeline

Task = TypeVar("Task")
Result = TypeVar("Result")

_NUMBER = struct.Struct("=I")  # of a task
_HEAD = struct.Struct("=IQ")  # the number of a task, and how many bytes of its result follow
_UNSENT = (1 << 64) - 1  # for a result that cannot be sent
_MOST_TASKS = 8192  # their numbers fit into half a pipe of Linux, which nobody reads while they are written
_WIDE = 1 << 20  # bytes that a child may be ahead
_F_SETPIPE_SZ = 1031  # fcntl(2), Linux
_REQUESTS = {getattr(signal, each) for each in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, each)}


def can_fork() -> bool:
    """Whether this process can be split: the system does it, and no other thread could hold a lock while it does."""
    return sys.platform.startswith("linux") and threading.active_count() == 1


def spread(make: Callable[[Task], Result], tasks: Sequence[Task], jobs: int) -> Iterator[Result]:
    """What ``make`` gives for each of ``tasks``, in their order, made by up to ``jobs`` processes, this one included. What
    ``make`` raises is raised here, when it is the turn of that task."""
    helpers = min(jobs, len(tasks)) - 1
    if helpers < 1 or len(tasks) > _MOST_TASKS or not can_fork():
        yield from map(make, tasks)
        return
    with _Crew(make, tasks, helpers) as crew:
        yield from crew.results()


@contextmanager
def aside(make: Callable[[], Result], jobs: int) -> Iterator[Callable[[], Result]]:
    """Let another process begin with ``make`` while the ``with`` block does something else, and give a call that waits for
    what it made. With one job, or where nothing forks, that call makes it."""
    if jobs < 2 or not can_fork():
        yield make
        return
    with _Crew(_called, (make,), 1) as crew:
        yield lambda: next(crew.results(is_helping=False))


def _called(make: Callable[[], Result]) -> Result:
    return make()


def batches(tasks: Sequence[Task], least: int) -> list[Sequence[Task]]:
    """``tasks`` in parts of at least ``least``, as few as ``spread`` can hand out."""
    size = max(least, -(-len(tasks) // _MOST_TASKS))
    return [tasks[at : at + size] for at in range(0, len(tasks), size)]


class _Crew(Generic[Task, Result]):
    """The children, and what has come from them. The numbers of the tasks stand in a pipe from which all of them take."""

    def __init__(self, make: Callable[[Task], Result], tasks: Sequence[Task], helpers: int) -> None:
        self._make, self._tasks = make, tasks
        self._made: dict[int, Result] = {}
        self._failed: dict[int, Exception] = {}
        self._again: set[int] = set()  # what a child made and could not send
        self._came: dict[int, bytearray] = {}  # by the end of a child's pipe, what came and is no whole result yet
        self._children: list[int] = []
        self._selector = selectors.DefaultSelector()
        self._queue, end = os.pipe()
        os.write(end, b"".join(map(_NUMBER.pack, range(len(tasks)))))
        os.close(end)
        self._helpers = helpers

    def __enter__(self) -> Self:
        gc.freeze()  # else a child that collects garbage would copy what it only looks at
        for _ in range(self._helpers):
            with suppress(OSError):  # no more processes: then fewer
                self._fork()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for end in [*self._came]:
            self._close(end)
        self._selector.close()
        os.close(self._queue)
        for child in self._children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        gc.unfreeze()

    def results(self, *, is_helping: bool = True) -> Iterator[Result]:
        """All results, in the order of the tasks. This process does some of them only if it ``is_helping``, or if nobody
        else is left."""
        for turn in range(len(self._tasks)):
            while turn not in self._made:
                self._listen(patience=0)
                if turn in self._made:
                    break
                if turn in self._failed:
                    raise self._failed[turn]
                number = turn if turn in self._again else self._next() if is_helping else None
                if number is not None:
                    self._do(number)
                elif self._came:
                    self._listen(patience=None)
                else:
                    self._do(turn)  # the child that had taken it is gone
            yield self._made.pop(turn)

    def _do(self, number: int) -> None:
        try:
            self._made[number] = self._make(self._tasks[number])
        except Exception as error:  # noqa: BLE001  it is raised when it is the turn of this task
            self._failed[number] = error

    def _next(self) -> int | None:
        """The number of the next task that nobody has taken."""
        taken = os.read(self._queue, _NUMBER.size)
        return _NUMBER.unpack_from(taken)[0] if len(taken) == _NUMBER.size else None

    # -- the parent's end ------------------------------------------------------------------------------------------------

    def _listen(self, patience: int | None) -> None:
        """Take what has come from the children; with ``patience`` ``None`` wait until something has."""
        for key, _ in self._selector.select(patience):
            came = os.read(key.fd, _WIDE)
            if came:
                self._came[key.fd] += came
                self._sort(self._came[key.fd])
            else:
                self._close(key.fd)

    def _sort(self, came: bytearray) -> None:
        while len(came) >= _HEAD.size:
            number, size = _HEAD.unpack_from(came)
            if size == _UNSENT:
                self._again.add(number)
                size = 0
            elif len(came) < _HEAD.size + size:
                return
            else:
                self._made[number] = pickle.loads(memoryview(came)[_HEAD.size : _HEAD.size + size])  # noqa: S301  from ourselves
            del came[: _HEAD.size + size]

    def _close(self, end: int) -> None:
        self._selector.unregister(end)
        os.close(end)
        del self._came[end]

    # -- the child's end -------------------------------------------------------------------------------------------------

    def _fork(self) -> None:
        mine, theirs = os.pipe()
        parent = os.getpid()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _REQUESTS)  # what a signal raises while it forks is lost
        try:
            child = os.fork()
            if child == 0:
                self._serve(theirs, parent)
        except OSError:
            os.close(mine)
            raise
        finally:
            os.close(theirs)
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        self._children.append(child)
        self._came[mine] = bytearray()
        self._selector.register(mine, selectors.EVENT_READ)

    def _serve(self, end: int, parent: int) -> None:
        """Work as a child until nothing is left to do; never returns."""
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all; the parent answers
            for each in _REQUESTS - {signal.SIGINT}:
                signal.signal(each, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _REQUESTS)
            lifeline.hold(lambda: _until(lambda: os.getppid() != parent), lambda: os.getppid() != parent)
            _widen(end)
            while (number := self._next()) is not None:
                self._send(end, number)
        finally:
            os._exit(0)

    def _send(self, end: int, number: int) -> None:
        try:
            made = pickle.dumps(self._make(self._tasks[number]), pickle.HIGHEST_PROTOCOL)
        except Exception:  # noqa: BLE001  the parent will meet it, too
            _write(end, _HEAD.pack(number, _UNSENT))
        else:
            _write(end, _HEAD.pack(number, len(made)))
            _write(end, made)


def _widen(end: int) -> None:
    import fcntl  # there is none on Windows, where nothing forks

    with suppress(OSError):  # more than one user may have
        fcntl.fcntl(end, _F_SETPIPE_SZ, _WIDE)


def _write(end: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(end, left) :]


def _until(is_over: Callable[[], bool]) -> None:
    while not is_over():
        time.sleep(0.5)
