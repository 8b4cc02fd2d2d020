"""What checks may look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from generator.catalog.catalog import Catalog
from generator.catalog.edition import Edition
from generator.config import SiteConfig
from generator.messages import Words
from generator.source.files import Sources
from generator.system.cache import Cache


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a rule may look at. ``catalog`` holds everything that was read, public or not; ``filled`` also records with
    mistakes, filled in. ``used`` are the files that belong to a record, ``labels`` say what kinds are called.
    ``configured`` is the configuration, ``None`` where it cannot be used. ``ffprobe`` is the path of that tool, ``None``
    without it. With ``trusts_times`` a file with unchanged times counts as unchanged, which is good enough for a preview
    only."""

    catalog: Catalog
    filled: Catalog = field(repr=False)
    edition: Edition
    sources: Sources = field(repr=False)
    used: frozenset[str] = field(repr=False)
    labels: Mapping[str, Words] = field(repr=False)
    configured: SiteConfig | None
    cache: Cache
    ffprobe: str | None = None
    trusts_times: bool = False

    @property
    def config(self) -> SiteConfig:
        """The configuration. Rules of a kind are asked only where there is one."""
        assert self.configured is not None, "this rule needs a configuration"
        return self.configured

    @property
    def today(self) -> date:
        """The day of ``--as-of`` where the site is."""
        return self.edition.today
