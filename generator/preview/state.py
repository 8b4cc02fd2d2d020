"""What the preview shows at this moment. The builder replaces it as a whole, and whoever answers a request takes it once:
nobody ever sees half of a change."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from generator.messages import Language, say
from generator.problems import Problem
from generator.stages.again import Again
from generator.stages.survey import Outcome

_LOOKS = 0.5  # seconds after which a browser that waits is asked whether it is still there


@dataclass(frozen=True, slots=True)
class Showing:
    """One state: the folder of the last site that was made (``None`` before the first) and of the one before it, since
    when, and what is wrong. ``pages`` are newer than those of the folder, by file: the whole site with them is being made.
    ``failure`` says why the last change made no site; ``secret`` are the problems whose words nobody may read before the
    hour of a release."""

    run: str = field(default_factory=lambda: token_hex(4))  # pages of an earlier run reload too
    number: int = 0
    folder: Path | None = None
    former: Path | None = None
    since: str = ""
    problems: tuple[Problem, ...] = ()
    secret: frozenset[Problem] = frozenset()
    failure: str = ""
    is_first: bool = True  # the first build is still at work
    pages: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def version(self) -> str:
        """What a page compares to see whether it is still current."""
        return f"{self.run}-{self.number}"


@dataclass
class Preview:
    """The state, and the two folders that sites are built in by turns: while one is shown the other is made."""

    base: Path
    language: Language
    now: Showing = field(default_factory=Showing)
    _changed: threading.Condition = field(default_factory=threading.Condition, repr=False)

    @property
    def free(self) -> Path:
        """The folder that the next site is built in."""
        one, other = self.base / "a" / "site", self.base / "b" / "site"
        return other if self.now.folder == one else one

    def begin_with(self, folder: Path, since: str) -> None:
        """Show the site that an earlier preview left, until the first build is done."""
        self._turn_to(replace(self.now, folder=folder, since=since))

    def show(self, outcome: Outcome, folder: Path, ahead: Again | None = None) -> None:
        """Show what was built into ``folder``, with the pages that are newer than that; where nothing was built, the former
        site with the problems why."""
        held = (each for each in outcome.survey.pending if each.is_secret)
        told = replace(
            self.now,
            problems=outcome.survey.problems,
            secret=frozenset(problem for each in held for problem in each.problems),
            failure="" if outcome.published else say("preview.errors", self.language),
            is_first=False,
        )
        if outcome.published is not None:
            told = replace(told, folder=folder, former=self.now.folder, since=f"{datetime.now():%H:%M:%S}", pages={})
            told = replace(told, pages=ahead.pages, problems=ahead.problems) if ahead is not None else told
        self._turn_to(told)

    def show_ahead(self, ahead: Again) -> None:
        """Show pages that are newer than the folder, and what is wrong now."""
        told = replace(self.now, pages=ahead.pages, problems=ahead.problems)
        if told != self.now:
            self._turn_to(told)

    def fail(self, reason: str) -> None:
        """Show that the last change made no site, and go on showing the former one."""
        self._turn_to(replace(self.now, failure=reason, is_first=False))

    def _turn_to(self, told: Showing) -> None:
        with self._changed:
            self.now = replace(told, number=self.now.number + 1)
            self._changed.notify_all()

    def wait(self, version: str, seconds: float, is_gone: Callable[[], bool]) -> None:
        """Wait until another version than this one is shown, at most so long, or until whoever asks ``is_gone``."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while self.now.version == version and time.monotonic() < deadline and not is_gone():
                self._changed.wait(_LOOKS)
