"""Worker processes for pictures: one that dies, hangs or takes too much memory costs one picture and not the build.

Each worker is a Python process of its own that holds nothing but the decoders. It gets bytes and gives bytes, through
pipes: its answers are JSON and never unpickled, so not even a worker that was taken over by a picture speaks for us.
"""

from __future__ import annotations

import errno
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Protocol, Self, get_args

from generator.executors import Executor
from generator.media.formats import tints, vector
from generator.media.formats.forms import FAULTS, form_of
from generator.media.workers import job
from generator.system import machine

MODULE = "generator.media.workers.job"  # what a worker runs
PATIENCE = 10.0  # seconds in which a worker must get on: decode a picture, or make one of its files
_START = 60.0  # seconds in which a worker must be there; a busy machine is no fault of a picture
_DYING = 1.0  # seconds in which a process whose answers have ended is gone
_KILLED = -getattr(signal, "SIGKILL", 9)  # what Linux sends to one that it has no more memory for
_TRIES = 2
_MOST_STEPS = 100  # that a worker may report; far more than there are files of one picture
KEPT = ("PATH", "LD_LIBRARY_PATH", "PYTHONHOME", "SYSTEMROOT", "TEMP", "TMP")

Loss = Literal["died", "killed", "slow", "memory"]  # killed: by the system, which does so for lack of memory


class CannotStart(OSError):
    """No worker can be had on this machine: ``errno`` says whether for lack of memory."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A picture that no worker could finish, and why."""

    reason: Loss


class Crew:
    """Up to ``size`` workers, started when they are needed and ended with the ``with`` block. ``ask`` may be called
    from several threads; a call waits for a free worker. ``patience`` is in seconds."""

    def __init__(self, size: int, patience: float | None = None) -> None:
        self._patience = PATIENCE if patience is None else patience
        from concurrent.futures import ThreadPoolExecutor  # here: a site without new pictures needs no worker

        # A worker ends with the thread that started it (system/lifeline.py), so one thread starts them all and outlives them.
        self._starter = ThreadPoolExecutor(1, "starter")
        self._idle: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        for _ in range(max(1, size)):
            self._idle.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while not self._idle.empty():
            worker = self._idle.get()
            if worker is not None:
                worker.end()
        self._starter.shutdown()

    def ask(self, head: Mapping[str, Any], raw: bytes) -> job.Frame | Lost:
        """The answer to one request of ``job.answers``. A picture is lost only when a worker that had done nothing
        before fails as well, so the order of the pictures and the number of workers change nothing; one that hangs
        is not tried again."""
        worker = self._idle.get()
        outcome: job.Frame | Lost = Lost("died")
        try:
            for _ in range(_TRIES):
                worker = worker or self._starter.submit(_started).result()
                outcome, was_fresh = worker.ask(head, raw, self._patience), worker.is_fresh
                worker.is_fresh = False
                if not isinstance(outcome, Lost):
                    break
                worker.end()
                worker = None
                if outcome.reason == "slow" or was_fresh and outcome.reason == "memory":
                    break
        finally:
            self._idle.put(worker)
        return outcome


class _Afar:
    """A crew on other machines, which are let go with the ``with`` block."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._executor.close()

    def ask(self, head: Mapping[str, Any], raw: bytes) -> job.Frame | Lost:
        """See ``Crew.ask``."""
        answer = self._executor.call(_asked, dict(head), raw)
        return answer if isinstance(answer, Lost) or is_sound(*answer, head["publish"]) else Lost("died")


class Answering(Protocol):
    """Whoever answers what is asked of pictures."""

    def ask(self, head: Mapping[str, Any], raw: bytes) -> job.Frame | Lost:
        """See ``Crew.ask``."""


def crew_of(executor: Executor, jobs: int) -> AbstractContextManager[Answering]:
    """The crew of ``executor``, of ``jobs`` workers where it is this machine."""
    return _Afar(executor) if executor.is_afar else Crew(jobs)


@cache
def _own() -> Crew:
    """The crew of a machine that is asked from afar; it ends with the process."""
    return Crew(machine.jobs())


def _asked(head: Mapping[str, Any], raw: bytes) -> job.Frame | Lost:
    return _own().ask(head, raw)


def _started() -> _Worker:
    """A new worker. One that something ended while it started says nothing of the next."""
    for _ in range(_TRIES):
        with suppress(CannotStart):
            return _Worker()
    return _Worker()


class _Worker:
    """One process, with a watch that ends it when it does not get on."""

    def __init__(self) -> None:
        self.is_fresh = True
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )
        answer = self._reply(_START)
        if answer != ({"step": "ready"}, b""):
            self.end()
            cause = errno.ENOMEM if answer == Lost("killed") else errno.EAGAIN
            raise CannotStart(cause, "a worker for pictures could not be started")

    def ask(self, head: Mapping[str, Any], raw: bytes, patience: float) -> job.Frame | Lost:
        """What the worker answers. After ``Lost`` it is of no more use."""
        assert self._process.stdin is not None
        watch = _Watch(self._process, patience)
        with watch:
            try:
                job.send(self._process.stdin, head, raw)
            except OSError:
                return watch.loss
        for _ in range(_MOST_STEPS):
            answer = self._reply(patience)
            if isinstance(answer, Lost):
                return answer
            if answer[0].get("lost") in get_args(Loss):
                return Lost(answer[0]["lost"])
            if "step" not in answer[0]:
                return answer if is_sound(*answer, head["publish"]) else Lost("died")
        return Lost("slow")

    def end(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.communicate()

    def _reply(self, patience: float) -> job.Frame | Lost:
        assert self._process.stdout is not None
        with _Watch(self._process, patience) as watch:
            try:
                answer = job.receive(self._process.stdout)
            except (OSError, ValueError):
                answer = None
        return watch.loss if answer is None else answer


def is_sound(head: Mapping[str, Any], body: bytes, is_published: bool) -> bool:
    """Whether an answer is one that a worker gives while it is itself: known words, and files that begin as they
    should and fill the body; none where the picture was only to be checked."""
    try:
        if "fault" in head:
            return head["fault"] in FAULTS and _is_sound_fault(head)
        if type(head["blank"]) is not bool or not _is_size(head["seen"]):
            return False
        at = 0
        for form, *numbers in head["made"]:
            if len(numbers) != 3 or {type(each) for each in numbers} != {int} or min(numbers) < 1:
                return False
            found = form_of(body[at : at + numbers[2]])
            if found is None or found.lower() != form:
                return False
            at += numbers[2]
        return at == len(body) and tints.is_name(head["tint"]) and bool(head["made"]) == is_published
    except (AttributeError, KeyError, TypeError, ValueError):
        return False


def _is_sound_fault(head: Mapping[str, Any]) -> bool:
    values, place = head["values"], head.get("place")
    is_known = head["fault"] != "IMG-009" or values["reason"] in vector.REASONS
    return is_known and all(isinstance(each, str) for each in values.values()) and _is_size(place)


def _is_size(pair: Any) -> bool:
    """Whether ``pair`` is nothing, or two numbers from 1."""
    return pair is None or (len(pair) == 2 and all(type(each) is int and each > 0 for each in pair))


def _environment() -> dict[str, str]:
    """What a worker knows of the world: where Python is, and none of the secrets that a CI keeps in variables."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(each or str(Path.cwd()) for each in sys.path)}


class _Watch:
    """Kills a process that is not done in time, which ends every wait for it."""

    def __init__(self, process: subprocess.Popen[bytes], patience: float) -> None:
        self._process = process
        self._is_late = False
        self._timer = threading.Timer(patience, self._kill)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    @property
    def loss(self) -> Lost:
        """Why the process did not answer."""
        if self._is_late:
            return Lost("slow")
        with suppress(subprocess.TimeoutExpired):
            if self._process.wait(_DYING) == _KILLED:
                return Lost("killed")
        return Lost("died")

    def _kill(self) -> None:
        self._is_late = True
        self._process.kill()
