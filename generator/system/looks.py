"""What the system says of files, taken together: whoever looks again later sees by it whether anything was touched.

Of a file that is its kind, number, size and times (stat(2)). The time of the last change of state is set by the system
alone, so an edit that keeps size and date is seen as well.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

_COARSE = 1_000_000_000  # nanoseconds: file systems that count whole seconds
_TICK = 50_000_000  # nanoseconds: more than the clock of any other file system takes to move on


@dataclass(slots=True)
class Look:
    """A digest of what was looked at, and the newest time of any of it in nanoseconds."""

    newest: int = 0
    _digest: Any = field(default_factory=sha256)

    @property
    def digest(self) -> str:
        """What a later look has to come to."""
        return self._digest.hexdigest()

    def at(self, paths: Iterable[str], *, times: bool = True) -> None:
        """Look at each of ``paths`` itself, whether it is there or not; without ``times`` only at what it is."""
        for path in paths:
            try:
                self._note(path, os.lstat(path), times=times)
            except (OSError, ValueError):
                self._note(path, None, times=times)

    def below(self, folder: str, without: Callable[[str], bool] = lambda name: False) -> None:
        """Look at everything in ``folder``, and in its folders, but for the names ``without`` says. Links are not followed.
        Raises ``OSError`` where nobody may look."""
        waiting = [folder]
        while waiting:
            inner = waiting.pop()
            try:
                with os.scandir(inner) as found:
                    entries = sorted((each for each in found if not without(each.name)), key=lambda each: each.name)
            except (FileNotFoundError, NotADirectoryError):
                self._note(inner, None, times=False)
                continue
            for each in entries:
                is_folder = each.is_dir(follow_symlinks=False)
                self._note(each.path, each.stat(follow_symlinks=False), times=not is_folder)
                if is_folder:
                    waiting.append(each.path)

    def add(self, other: Look) -> None:
        """Count what ``other`` came to as well; how new it is does not matter."""
        self._digest.update(other._digest.digest())

    def _note(self, path: str, state: os.stat_result | None, *, times: bool) -> None:
        if state is None:
            told = f"{path}\0-\n"
        elif times:
            told = (
                f"{path}\0{state.st_mode} {state.st_dev} {state.st_ino} {state.st_uid} {state.st_size} {state.st_mtime_ns} "
                f"{state.st_ctime_ns}\n"
            )
            self.newest = max(self.newest, state.st_mtime_ns, state.st_ctime_ns)
        else:
            told = f"{path}\0{state.st_mode} {state.st_dev} {state.st_ino} {state.st_uid}\n"
        self._digest.update(told.encode("utf-8", "surrogatepass"))

    def is_settled(self, now: int) -> bool:
        """Whether a change after ``now``, the time in nanoseconds, could not go by the same time as one before."""
        return is_settled((self.newest,), now)


def is_settled(times: Iterable[int], now: int) -> bool:
    """Whether a change after ``now`` could not go by the same ``times`` as one before; all in nanoseconds."""
    newest = max(times, default=0)
    return newest + (2 * _COARSE if newest % _COARSE == 0 else _TICK) < now
