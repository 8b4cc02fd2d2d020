"""The first stage: configuration, sources and records, as far as they can be read."""

from __future__ import annotations

from collections.abc import Iterator
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
from generator.ledger.locks import FOLDER, Lock, altered, files_of, read_locks
from generator.ledger.mounted import Mounted, read_mounted
from generator.ledger.reading import FILES, NOTHING, Ledger, read_ledger
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
    records with mistakes, filled in for checks, ``drafted`` what may wait because it is no more than a draft, ``ledger`` the
    addresses that were published and what was taken from them, ``mounted`` the years that never change any more; the edition of
    a year stands alone and has none."""

    config: SiteConfig | None
    tree: Tree | None
    sources: Sources
    reading: Reading
    catalog: Catalog
    edition: Edition
    faulty: tuple[further.Side, ...]
    drafted: drafts.Whereabouts
    problems: tuple[Problem, ...]
    ledger: Ledger = NOTHING
    mounted: Mounted = Mounted()


def read(settings: Settings, cache: Cache) -> Read:
    """Read everything below ``settings.root``; what has not changed comes from ``cache``."""
    config, tree, problems = themes.load(settings.root, settings.counting())
    sources, found = discover(settings.root)
    settings.tell("read", {"files": len(sources.files)})
    reading, of_records = read_all(sources, KINDS, config.context if config else None, cache, settings.jobs, settings.watch, FILES | files_of(sources))
    ledger = read_ledger(sources)
    catalog = gather(reading, KINDS)
    zone = config.zone if config else ZoneInfo(configuration.TIMEZONE)
    edition = Edition(configuration.aware(settings.as_of, zone), zone, settings.year, frozen=settings.frozen)
    locks = read_locks(sources)
    of_base = altered(_locks_of_base(settings), locks)
    mounted = read_mounted(settings.root, locks, edition.today, cache) if settings.year is None else Mounted(problems=locks.problems)
    return Read(
        config=config.in_year(settings.year, is_frozen=settings.frozen is not None) if config else None,
        tree=tree,
        sources=sources,
        reading=reading,
        catalog=catalog,
        edition=edition,
        faulty=further.sides(catalog, reading, BY_NAME),
        drafted=drafts.of_reading(reading, BY_NAME),
        problems=(*problems, *found, *of_records, *ledger.problems, *mounted.problems, *of_base),
        ledger=ledger,
        mounted=mounted,
    )


def _locks_of_base(settings: Settings) -> Iterator[Lock]:
    """The locks of the site that ``--theme`` names: what a submission was made from, which may not take back a frozen year."""
    base = settings.counting().configured
    if base.resolve() != settings.root.resolve():
        yield from (each.data for each in read_locks(discover(base, (FOLDER,))[0]).sound.values())


def shown_in(edition: Edition, config: SiteConfig, settings: Settings) -> Edition:
    """``edition`` as the command shows it: a preview marks what is not public yet. A year that is over awaits nothing."""
    is_marked = settings.keep_going and settings.year is None
    return replace(edition, mark=say("pending.mark", config.words)) if is_marked else edition
