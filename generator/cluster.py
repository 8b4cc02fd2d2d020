"""Pages and pictures made by other machines, through a scheduler of Dask. The only module that imports it.

What a site's pages are made from is sent to every worker once, then chunks of addresses, and pages come back; of a picture its
bytes go and its published forms come back, made there in the same sealed process as here. Workers have to run the very same
program. Whoever reaches a scheduler can run code on its workers, so it belongs into a trusted network.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import Any, NamedTuple, TypeVar

from generator import program
from generator.executors import Unusable

Common = TypeVar("Common")
Task = TypeVar("Task")
Result = TypeVar("Result")

SCHEME = "dask://"
_PATIENCE = 10.0  # seconds for a scheduler, or a first worker, to answer
_ALONE = 6  # looks, a few seconds apart, that find no worker before the work counts as lost
_LOOK = 5.0
_known: dict[str, Any] = {}  # on a worker: what was sent once, by its digest


class Cluster:
    """The workers of the scheduler at an address, such as ``dask://10.0.0.5:8786`` or ``dask://tls://10.0.0.5:8786``.

    A connection has threads, and a program with threads does not fork (``system.forks``). So there is one only while the
    machines are at work."""

    is_afar = True

    def __init__(self, address: str) -> None:
        """Raises ``Unusable`` where nobody answers there, no worker is there, or one runs another program."""
        self.address = address.removeprefix(SCHEME)
        self._open: Any = None
        try:
            states = self._client.run(program.content)
        except Exception as error:
            self.close()
            raise error if isinstance(error, Unusable) else self._silent() from error
        self.close()
        others = sorted(worker for worker, state in states.items() if state != program.content())
        if others:
            raise Unusable("cluster.other_program", workers=", ".join(others[:3]))

    @property
    def _client(self) -> Any:
        if self._open is None:
            try:
                from distributed import Client
            except ImportError as error:
                raise Unusable("cluster.missing") from error
            place = self.address if "://" in self.address else f"tcp://{self.address}"
            try:
                self._open = Client(place, timeout=_PATIENCE, set_as_default=False)
                self._open.wait_for_workers(1, timeout=_PATIENCE)
            except Exception as error:
                raise self._silent() from error
        return self._open

    def close(self) -> None:
        """See ``Executor.close``."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def lanes(self, jobs: int) -> int:
        """See ``Executor.lanes``: two for each thread of the workers, so that none of them waits for the way."""
        return max(jobs, 2 * sum(self._client.nthreads().values()))

    def spread(
        self, make: Callable[[Common, Task], Result], common: Common, tasks: Sequence[Task], jobs: int
    ) -> Iterator[Result]:
        """See ``Executor.spread``. Raises ``Unusable`` where all workers are lost, or one came that runs another program."""
        if not tasks:
            return
        import cloudpickle

        blob = cloudpickle.dumps(common)
        name = sha256(blob).hexdigest()
        try:
            sent = self._client.scatter(blob, broadcast=True, hash=False)
        except Exception as error:
            raise error if isinstance(error, Unusable) else self._lost() from error
        waiting = [self._asked(_part, sent, name, make, each) for each in reversed(tasks)]
        while waiting:
            yield self._result(waiting.pop())  # which a worker forgets when nobody waits for it any more
        self.close()

    def call(self, ask: Callable[..., Result], *given: Any) -> Result:
        """See ``Executor.call``."""
        return self._result(self._asked(ask, *given))

    def _asked(self, ask: Callable[..., Any], *given: Any) -> Any:
        return self._client.submit(_answered, program.content(), ask, *given, pure=False)

    def _result(self, future: Any) -> Any:
        from distributed import TimeoutError as Late
        from distributed.scheduler import KilledWorker

        alone = 0
        while alone < _ALONE and self._client.status == "running":
            try:
                answer = future.result(timeout=_LOOK)
            except Late:
                alone = alone + 1 if self._is_alone() else 0
                continue
            except KilledWorker as error:
                raise self._lost() from error
            except Exception as error:
                if future.status == "error":  # what was asked for raised it
                    raise
                raise self._lost() from error
            if isinstance(answer, _Other):
                raise Unusable("cluster.other_program", workers=answer.worker)
            return answer
        raise self._lost()

    def _is_alone(self) -> bool:
        return not self._client.scheduler_info(n_workers=-1)["workers"]

    def _silent(self) -> Unusable:
        return Unusable("cluster.silent", address=self.address)

    def _lost(self) -> Unusable:
        return Unusable("cluster.lost", address=self.address)


class _Other(NamedTuple):
    """What a ``worker`` with another program answers, whatever it is asked."""

    worker: str


def _answered(expected: str, ask: Callable[..., Any], *given: Any) -> Any:
    """On a worker: the answer, if it runs the ``expected`` program. One may have come after the first look."""
    if program.content() != expected:
        from distributed import get_worker

        return _Other(str(get_worker().address))
    return ask(*given)


def _part(blob: bytes, name: str, make: Callable[[Any, Any], Any], task: Any) -> Any:
    """On a worker: a part of the work."""
    if name not in _known:
        _known.clear()
        _known[name] = pickle.loads(blob)  # noqa: S301  from whoever may run code here anyway
    return make(_known[name], task)
