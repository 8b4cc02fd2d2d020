"""The first stage: configuration, sources and records, as far as they can be read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from generator import config as configuration
from generator.catalog import drafts
from generator.catalog.catalog import Catalog
from generator.catalog.edition import Edition
from generator.catalog.gathering import gather
from generator.catalog.record import Reading
from generator.catalog.records import read_all
from generator.config import SiteConfig
from generator.kinds import BY_NAME, KINDS
from generator.messages import say
from generator.problems import Problem
from generator.source.files import Sources, discover
from generator.stages import further
from generator.stages.settings import Settings
from generator.system.cache import Cache
from generator.themes import basis as themes
from generator.yaml.strict import Tree


@dataclass(frozen=True, slots=True)
class Read:
    """What a site consists of. ``config`` is that of the edition, ``None`` where it cannot be used, ``faulty`` are the
    records with mistakes, filled in for checks, ``drafted`` what may wait because it is no more than a draft."""

    config: SiteConfig | None
    tree: Tree | None
    sources: Sources
    reading: Reading
    catalog: Catalog
    edition: Edition
    faulty: tuple[further.Side, ...]
    drafted: drafts.Whereabouts
    problems: tuple[Problem, ...]


def read(settings: Settings, cache: Cache) -> Read:
    """Read everything below ``settings.root``; what has not changed comes from ``cache``."""
    config, tree, problems = themes.load(settings.root, settings.counting())
    sources, found = discover(settings.root)
    settings.tell("read", {"files": len(sources.files)})
    reading, of_records = read_all(sources, KINDS, config.context if config else None, cache, settings.jobs, settings.watch)
    catalog = gather(reading, KINDS)
    zone = config.zone if config else ZoneInfo(configuration.TIMEZONE)
    return Read(
        config=config.in_year(settings.year) if config else None,
        tree=tree,
        sources=sources,
        reading=reading,
        catalog=catalog,
        edition=Edition(configuration.aware(settings.as_of, zone), zone, settings.year),
        faulty=further.sides(catalog, reading, BY_NAME),
        drafted=drafts.of_reading(reading, BY_NAME),
        problems=(*problems, *found, *of_records),
    )


def shown_in(edition: Edition, config: SiteConfig, settings: Settings) -> Edition:
    """``edition`` as the command shows it: a preview marks what is not public yet. A year that is over awaits nothing."""
    is_marked = settings.keep_going and settings.year is None
    return replace(edition, mark=say("pending.mark", config.words)) if is_marked else edition
