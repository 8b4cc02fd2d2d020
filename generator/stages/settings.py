"""What a command is asked to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from generator.catalog.edition import Frozen
from generator.executors import HERE, Executor
from generator.system import resources
from generator.system.cache import Cache, of_site
from generator.text.addresses import LinkStyle
from generator.themes import basis as themes
from generator.watch import Watch

Tell = Callable[[str, Mapping[str, Any]], None]
DEFAULT_THEME = resources.THEME


@dataclass(frozen=True, slots=True)
class Settings:
    """What a command is asked to do. ``as_of`` is a moment or a day, ``jobs`` a number of processes, ``ffprobe`` the
    path of that tool where there is one. With ``precompress`` every text has a compressed twin beside it. ``basis`` says
    whose theme and configuration count; by default the program's theme and the site's configuration. ``executor`` says
    where pages and pictures are made. With ``frozen`` the edition of the ``year`` is made to be kept. ``tell`` is called
    with the name of a step and its figures, ``watch`` knows how long each takes and how far it is. ``pause`` is called
    again and again: it may wait, or raise to end the work."""

    root: Path
    as_of: datetime | date
    jobs: int = 1
    links: LinkStyle = "site"
    keep_going: bool = False
    year: int | None = None
    frozen: Frozen | None = None
    cache: Path | None = None
    ffprobe: str | None = None
    precompress: bool = False
    basis: themes.Basis | None = None
    tell: Tell = field(default=lambda step, values: None, repr=False)
    executor: Executor = field(default=HERE, compare=False, repr=False)
    watch: Watch = field(default_factory=Watch, compare=False, repr=False)
    pause: Callable[[], None] = field(default=lambda: None, repr=False)

    def counting(self) -> themes.Basis:
        """Whose theme and configuration count."""
        return self.basis or themes.Basis(DEFAULT_THEME, self.root)

    @property
    def is_published_whole(self) -> bool:
        """Whether the site is for publication and of all years: it is built again and again, and most of it is what it was."""
        return not self.keep_going and self.year is None

    def own_cache(self) -> Cache:
        """The cache of the command: the one it was given, else that of the site in the user's own folder."""
        return of_site(self.root, self.cache, partial(self.tell, "fresh_cache"))
