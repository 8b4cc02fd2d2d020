"""What the preview shows at this moment. The builder replaces it as a whole, and whoever answers a request takes it once:
nobody ever sees half of a change."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from generator.messages import Language, say
from generator.problems import Problem
from generator.stages.survey import Outcome


@dataclass(frozen=True, slots=True)
class Showing:
    """One state: the folder of the last site that was made (``None`` before the first) and of the one before it, since
    when, and what is wrong. ``failure`` says why the last change made no site; ``secret`` are the problems whose words
    nobody may read before the hour of a release."""

    run: str = field(default_factory=lambda: token_hex(4))  # pages of an earlier run reload too
    number: int = 0
    folder: Path | None = None
    former: Path | None = None
    since: str = ""
    problems: tuple[Problem, ...] = ()
    secret: frozenset[Problem] = frozenset()
    failure: str = ""
    is_first: bool = True  # the first build is still at work

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

    @property
    def free(self) -> Path:
        """The folder that the next site is built in."""
        one, other = self.base / "a" / "site", self.base / "b" / "site"
        return other if self.now.folder == one else one

    def show(self, outcome: Outcome, folder: Path) -> None:
        """Show what was built into ``folder``; where nothing was, the former site with the problems why."""
        held = (each for each in outcome.survey.pending if each.is_secret)
        told = replace(
            self.now,
            number=self.now.number + 1,
            problems=outcome.survey.problems,
            secret=frozenset(problem for each in held for problem in each.problems),
            failure="" if outcome.published else say("preview.errors", self.language),
            is_first=False,
        )
        if outcome.published is not None:
            told = replace(told, folder=folder, former=self.now.folder, since=f"{datetime.now():%H:%M:%S}")
        self.now = told

    def fail(self, reason: str) -> None:
        """Show that the last change made no site, and go on showing the former one."""
        self.now = replace(self.now, number=self.now.number + 1, failure=reason, is_first=False)
