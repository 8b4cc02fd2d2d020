"""How far long work has come: a bar with an estimate, on a terminal alone, after a second, and gone when the work is done.

Nothing draws it but what the work itself tells: a thread that did would keep processes from being forked.
"""

from __future__ import annotations

import time
from math import ceil
from types import TracebackType
from typing import TYPE_CHECKING, Self

from generator.cli.console import Screen
from generator.messages import Language, say
from generator.text.durations import clock

if TYPE_CHECKING:
    from rich.progress import Progress

_PATIENCE = 1.0  # seconds of work, and as many that are left at least, before a bar is worth while
_STEP = 0.1  # seconds between two pictures of it


class Bar:
    """A bar on ``screen`` for the work that ``reached`` is told of. Leave the ``with`` block before saying how it ended."""

    def __init__(self, screen: Screen, language: Language) -> None:
        self._screen, self._language = screen, language
        self._is_watched = screen.is_watched
        self._work: tuple[str, int] | None = None
        self._began = self._drawn = 0.0
        self._progress: Progress | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def reached(self, stage: str, done: int, total: int) -> None:
        """Of ``total`` things of ``stage``, ``done`` are done."""
        if not self._is_watched:
            return
        now = time.monotonic()
        if self._work != (stage, total) or done >= total:
            self._close()
            self._work, self._began = (stage, total), now
            return
        spent = now - self._began
        left = spent / max(done, 1) * (total - done)
        if self._progress is None and (spent < _PATIENCE or left < _PATIENCE):
            return
        if now - self._drawn >= _STEP:
            self._drawn = now
            self._draw(stage, done, total, left)

    def _draw(self, stage: str, done: int, total: int, left: float) -> None:
        told = say("stats.left", self._language, done=f"{done:,}", total=f"{total:,}", left=clock(ceil(left)))
        if self._progress is None:
            self._progress = self._shown(stage, total)
        (task,) = self._progress.task_ids
        self._progress.update(task, completed=done, told=told)
        self._progress.refresh()

    def _shown(self, stage: str, total: int) -> Progress:
        from rich.progress import BarColumn, Progress, TextColumn

        columns = (TextColumn("{task.description}"), BarColumn(complete_style="green"), TextColumn("{task.fields[told]}"))
        made = Progress(
            *columns,
            console=self._screen.rich,
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        made.add_task(say(f"stats.{stage}", self._language), total=total, told="")
        made.start()
        self._screen.rich.show_cursor(True)  # whoever is ended on the spot gives it back to nobody
        return made

    def _close(self) -> None:
        if self._progress is not None:
            self._progress.stop()
        self._progress = self._work = None
