"""Connections of the preview, each with a thread: only so many, none that only waits for long, and no request that never
ends."""

from __future__ import annotations

import io
import socket
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MOST = 64
PATIENCE = 15.0  # seconds in which a request has to come, with all its headers, also the next one of a connection
SENDING = 30.0  # seconds in which a browser has to take a piece of an answer
_IDLE = 1.0  # seconds after which a connection that waits may be closed for another one
_QUEUE = 2.0  # seconds that a new connection waits for a place


class Connections:
    """The connections that are open, and since when those that wait for a request do."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._open: set[socket.socket] = set()
        self._waiting: dict[socket.socket, float] = {}  # the longest first
        self._changed = threading.Condition()

    def admit(self, connection: socket.socket) -> bool:
        """Take ``connection`` in, where there is no place in that of one that only waits; ``False`` without any."""
        deadline = time.monotonic() + _QUEUE
        with self._changed:
            while len(self._open) >= self.most and not self._evict():
                left = deadline - time.monotonic()
                if left <= 0:
                    return False
                self._changed.wait(min(left, 0.1))
            self._open.add(connection)
            self._waiting[connection] = time.monotonic()
            return True

    def _evict(self) -> bool:
        found = next(iter(self._waiting.items()), None)
        if found is None or time.monotonic() - found[1] < _IDLE:
            return False
        del self._waiting[found[0]]
        self._open.discard(found[0])
        with suppress(OSError):  # gone already
            found[0].shutdown(socket.SHUT_RDWR)
        return True

    def waits(self, connection: socket.socket) -> None:
        """``connection`` waits for its next request."""
        with self._changed:
            if connection in self._open:
                self._waiting.pop(connection, None)
                self._waiting[connection] = time.monotonic()

    def works(self, connection: socket.socket) -> None:
        """``connection`` has a request that is being answered."""
        with self._changed:
            self._waiting.pop(connection, None)

    def leave(self, connection: socket.socket) -> None:
        """``connection`` ends."""
        with self._changed:
            self._waiting.pop(connection, None)
            self._open.discard(connection)
            self._changed.notify()


class Timely(io.RawIOBase):
    """Reads from a socket until a moment and no longer, however slowly the bytes come in."""

    def __init__(self, connection: socket.socket) -> None:
        super().__init__()
        self._connection = connection
        self._deadline = 0.0

    def wind(self, seconds: float) -> None:
        """Begin to wait for a request."""
        self._deadline = time.monotonic() + seconds

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read what is there, or wait for it. Raises ``TimeoutError`` at the deadline."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the request did not come in time")
        self._connection.settimeout(left)
        return self._connection.recv_into(buffer)


def end(connection: socket.socket) -> None:
    """Say that nothing more comes, and read what is still on its way: else the system would throw away the answer that
    was sent. Not more, and not for longer, than an honest browser needs."""
    deadline = time.monotonic() + 1.0
    with suppress(OSError):
        connection.shutdown(socket.SHUT_WR)
        for _ in range(64):
            connection.settimeout(max(0.01, deadline - time.monotonic()))
            if not connection.recv(65_536):
                break
    connection.close()
