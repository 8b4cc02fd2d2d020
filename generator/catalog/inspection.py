"""What checks may look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.catalog.catalog import Catalog
from generator.config import SiteConfig
from generator.source.files import Sources
from generator.system.cache import Cache


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a check of one record may look at. ``catalog`` holds everything that was read, public or not; ``today`` is
    the day of ``--as-of`` where the site is. ``ffprobe`` is the path of that tool, ``None`` without it. With
    ``trusts_times`` a file with unchanged times counts as unchanged, which is good enough for a preview only."""

    catalog: Catalog
    config: SiteConfig
    sources: Sources
    today: date
    cache: Cache | None = None
    ffprobe: str | None = None
    trusts_times: bool = False
