"""The pipeline on one screen: read, check, plan, stop if anything is wrong, render, publish.

Each stage takes values and returns values. ``check`` is the same pipeline stopped after the plan.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import generator
from generator import assets, downloads, feeds, forwarding, further, lobby, search, share, sitemap, years
from generator import config as configuration
from generator.addresses import LinkStyle
from generator.cache import Cache
from generator.catalog import Catalog, Edition, Inspection, blamed, check_references, gather, without
from generator.checks import RULES, files
from generator.config import SiteConfig
from generator.engines import Engine
from generator.kinds import BY_NAME, KINDS
from generator.media import drawings, standins
from generator.media import pictures as media
from generator.media.cards import Drawing
from generator.plan import Site, check_navigation, plan
from generator.problems import Problem, Span, any_errors, in_order, problem
from generator.publish import Published, publish
from generator.records import Reading, read_all
from generator.render import environment, piece, render
from generator.show import Show, check_links
from generator.sources import Sources, discover
from generator.tables import Table
from generator.yamltree import Tree

Tell = Callable[[str, Mapping[str, Any]], None]
DEFAULT_THEME = Path(generator.__file__).parent.parent / "theme"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a command is asked to do. ``as_of`` is a moment or a day, ``jobs`` a number of processes, ``ffprobe`` the
    path of that tool where there is one."""

    root: Path
    as_of: datetime | date
    jobs: int = 1
    links: LinkStyle = "site"
    keep_going: bool = False
    year: int | None = None
    cache: Path | None = None
    ffprobe: str | None = None
    tell: Tell = field(default=lambda step, values: None, repr=False)


@dataclass(frozen=True, slots=True)
class Survey:
    """Everything known after the plan. ``site`` is ``None`` when the configuration cannot be used; ``reading`` counts
    also what is wrong."""

    sources: Sources
    reading: Reading
    problems: tuple[Problem, ...]
    config: SiteConfig | None = None
    public: Catalog | None = None
    site: Site | None = None
    tables: tuple[Table, ...] = field(default=(), repr=False)
    pictures: Mapping[str, media.Picture] = field(default_factory=dict, repr=False)
    effective: date | None = None
    stand_ins: Mapping[str, standins.StandIn] = field(default_factory=dict, repr=False)  # in a preview only

    @property
    def errors(self) -> int:
        """How many problems stop the site from being published."""
        return sum(each.is_error for each in self.problems)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a build ended: nothing was published when ``published`` is ``None``."""

    survey: Survey
    published: Published | None


def survey(settings: Settings, *, to_build: Cache | None = None) -> Survey:
    """Read and check everything below ``settings.root`` and plan the site.

    With ``to_build`` the published forms of the pictures are made and kept there, which a check does not need.
    """
    config, tree, problems = configuration.load(settings.root)
    sources, found = discover(settings.root)
    problems += found
    settings.tell("read", {"files": len(sources.files)})
    reading, found = read_all(sources, KINDS, config.context if config else None)
    problems += found
    catalog = gather(reading, KINDS)
    labels = {kind.name: kind.label for kind in KINDS}
    problems += tuple(check_references(catalog, labels))
    problems += tuple(chain.from_iterable(rule(catalog) for rule in RULES))
    faulty = further.sides(catalog, reading, BY_NAME)
    problems += further.check_values(faulty, labels)
    settings.tell("check", {"records": len(reading.records)})
    if config is None or tree is None:
        return Survey(sources, reading, in_order(problems))
    edition = Edition(_moment(settings.as_of, config), config.zone, settings.year)
    config = config.in_year(settings.year)
    problems += tuple(files.check(sources, reading.used, faulty[0][0] if faulty else catalog, config))
    inspection = _inspection(catalog, config, sources, edition, settings, to_build)
    problems += tuple(_check_each(inspection)) + further.check_kinds(faulty, inspection, BY_NAME)
    also, found = further.named_pictures(faulty, sources)
    problems += found
    pictures, found = _pictures(settings, catalog, edition, config, tree, sources, to_build, also)
    problems += found
    public, effective = edition.of(catalog), edition.effective(catalog)
    # Of a catalog with errors no table is made: what its rows draw on may not be there.
    tables = () if any_errors(problems) else _tables(public, config, effective, settings)
    site, found = _plan(public, config, tables)
    problems += found + tuple(forwarding.check(config, site, tree.span))
    if settings.year is not None:
        problems += tuple(_check_year(settings.year, public))
    elif not any_errors(problems):  # a page that is missing because its source is broken was reported there
        problems += tuple(check_navigation(config, site, _sections(catalog), tree.span))
        problems += tuple(forwarding.check_targets(config, site, _sections(catalog), tree.span))
    links = _links(catalog, site, sources, reading, faulty)
    problems += tuple(each for each in links if each.is_error or settings.year is None)
    stand_ins: Mapping[str, standins.StandIn] = {}
    if settings.keep_going and any_errors(problems):
        catalog = without(catalog, blamed(catalog, (each for each in problems if not standins.is_of_picture(each))))
        public, effective = edition.of(catalog), edition.effective(catalog)
        tables = _tables(public, config, effective, settings)
        site, _ = _plan(public, config, tables)
        stand_ins = _stand_ins(public, config, tree, pictures, problems) if to_build else {}
    found_all = in_order(_without_strays(problems))
    return Survey(sources, reading, found_all, config, public, site, tables, pictures, effective, stand_ins)


def _links(
    catalog: Catalog, site: Site, sources: Sources, reading: Reading, faulty: tuple[further.Side, ...]
) -> tuple[Problem, ...]:
    """What is wrong with the links of all stories, those of faulty records too."""
    return (
        *check_links(catalog, site, sources, reading.used),
        *further.check_story_links(faulty, catalog, site, sources, reading.used),
    )


def _without_strays(problems: tuple[Problem, ...]) -> Iterator[Problem]:
    """``problems`` without those that call a file unused which was named as a picture and is no good one."""
    named = {dict(each.values).get("path") for each in problems if standins.is_of_picture(each)}
    return (each for each in problems if each.code != "ID-008" or each.span.path not in named)


def build(settings: Settings, out: Path, engine: Engine) -> Outcome:
    """Build the site into ``out``. With any error nothing is written, unless ``settings.keep_going`` asks for a
    preview without the records that have one."""
    cache = cache_of(settings)
    with cache.building():
        return _build(settings, out, engine, cache)


def _build(settings: Settings, out: Path, engine: Engine, cache: Cache) -> Outcome:
    found = survey(settings, to_build=cache)
    if found.site is None or found.config is None or found.public is None:
        return Outcome(found, None)
    if any_errors(found.problems) and not settings.keep_going:
        return Outcome(found, None)
    theme = theme_of(settings.root)
    own = assets.gather(theme, engine.stylesheets(), found.config.colours)
    templates = environment(theme, found.config.words, settings.links, own.page_scripts)
    show = replace(_show(found, settings), piece=partial(piece, templates))
    settings.tell("render", {"pages": len(found.site.pages)})
    outputs = _outputs(found.site, show)
    drawn = _drawn(outputs, found.config, settings, cache)
    sizes = {address: _size(drawn.get(address, content)) for address, content in outputs.items()}
    made = chain(
        _contents(outputs, drawn, cache),
        render(replace(show, sizes=sizes, made=_files_of(outputs)), engine, own, theme),
        own.files.items(),
        media.encoded(_published(found), cache),
        {each.picture.fallback.address: each.content for each in found.stand_ins.values()}.items(),
    )
    facts: dict[str, Any] = {
        "generator": generator.__version__,
        "as_of": found.effective.isoformat() if found.effective else None,
    }
    if settings.year is not None:
        facts["year"] = settings.year
    if found.errors:
        facts["preview"] = {"errors": found.errors}
    done = publish(out, made, facts)
    cache.note_used()
    settings.tell("publish", {"files": done.files})
    return Outcome(found, done)


def _show(found: Survey, settings: Settings) -> Show:
    assert found.config is not None and found.public is not None and found.site is not None
    return Show(
        config=found.config,
        catalog=found.public,
        site=found.site,
        pictures={**found.pictures, **{path: each.picture for path, each in found.stand_ins.items()}},
        errors=found.errors,
        links=settings.links,
        kinds=BY_NAME,
        today=found.effective,
        year=settings.year,
        tables={each.name: each for each in found.tables},
    )


def _tables(public: Catalog, config: SiteConfig, effective: date | None, settings: Settings) -> tuple[Table, ...]:
    """The tables of an edition, from a show that has no pages yet."""
    return downloads.gather(Show(config, public, Site({}, {}), {}, kinds=BY_NAME, today=effective, year=settings.year))


def _outputs(site: Site, show: Show) -> dict[str, bytes | Path | Drawing]:
    """Every file that is no page, those that list others after those that do not."""
    made = {each.address: each.make(show) for each in site.outputs.values() if not each.lists_others}
    later = replace(show, made=_files_of(made))
    return made | {each.address: each.make(later) for each in site.outputs.values() if each.lists_others}


def _files_of(outputs: Mapping[str, bytes | Path | Drawing]) -> dict[str, bytes | Path]:
    return {address: each for address, each in outputs.items() if not isinstance(each, Drawing)}


def _drawn(
    outputs: Mapping[str, bytes | Path | Drawing], config: SiteConfig, settings: Settings, cache: Cache
) -> Mapping[str, drawings.Drawn]:
    wanted = {address: each for address, each in outputs.items() if isinstance(each, Drawing)}
    if not wanted:
        return {}
    made, count = drawings.draw(wanted, cache, settings.jobs)
    settings.tell("drawings", {"count": len(made), "drawn": count})
    if share.lacks_codes(config, made):
        settings.tell("posters_without_code", {})
    return made


def _contents(
    outputs: Mapping[str, bytes | Path | Drawing], drawn: Mapping[str, drawings.Drawn], cache: Cache
) -> Iterator[tuple[str, bytes | Path]]:
    """Address → content. Drawings are read one by one: all of them may be more than the memory holds."""
    for address, each in outputs.items():
        yield address, drawings.content(drawn[address], cache) if isinstance(each, Drawing) else each


def _size(content: bytes | Path | Drawing | drawings.Drawn) -> int:
    if isinstance(content, Path):
        return content.stat().st_size
    assert not isinstance(content, Drawing), "a picture is drawn before anybody asks for its size"
    return content.size if isinstance(content, drawings.Drawn) else len(content)


def theme_of(root: Path) -> Path:
    """The site's own theme, or the one that comes with the generator."""
    return root / "theme" if (root / "theme").is_dir() else DEFAULT_THEME


def _moment(as_of: datetime | date, config: SiteConfig) -> datetime:
    """A day means its first moment where the site is; a time without a zone is a time there."""
    if not isinstance(as_of, datetime):
        return datetime.combine(as_of, time(), config.zone)
    return as_of if as_of.tzinfo else as_of.replace(tzinfo=config.zone)


def _inspection(
    catalog: Catalog, config: SiteConfig, sources: Sources, edition: Edition, settings: Settings, cached: Cache | None
) -> Inspection:
    cache = cached or cache_of(settings)
    return Inspection(catalog, config, sources, edition.today, cache, settings.ffprobe, settings.keep_going)


def _check_each(inspection: Inspection) -> Iterator[Problem]:
    for record in inspection.catalog:
        yield from BY_NAME[record.kind].check(record, inspection)


def _sections(catalog: Catalog) -> frozenset[str]:
    """The addresses of all records that were read and of the lists they stand in, public or not."""
    found = {kind.index for kind in KINDS if catalog.all(kind.name)}
    for kind in KINDS:
        if kind.address is not None:
            found |= {kind.address(each.id) for each in catalog.all(kind.name)}
    return frozenset(found)


def _check_year(year: int, public: Catalog) -> Iterator[Problem]:
    """An edition of a year needs something to show. That it cannot yet link to what came later is no news."""
    if not years.years_of(public):
        yield problem("CFG-002", Span(configuration.CONFIG_FILE), year=year)


def _plan(public: Catalog, config: SiteConfig, tables: tuple[Table, ...]) -> tuple[Site, tuple[Problem, ...]]:
    ours = (lobby.pages(public, config), years.pages(public, config), downloads.pages(tables, config))
    news = feeds.gather(public, config)
    ours = (*ours, search.pages(config), feeds.pages(news, config))
    pages = tuple(chain(*ours, *(kind.pages(public, config) for kind in KINDS)))
    at = {each.address: each for each in pages}
    outputs = chain(
        downloads.outputs(tables),
        share.outputs(public, config, KINDS),
        search.outputs(pages, public, KINDS),
        feeds.outputs(news),
        sitemap.outputs(at.values(), config),
        *(kind.outputs(public, config) for kind in KINDS),
        forwarding.outputs(at, public, config, KINDS),
    )
    return plan(pages, public, KINDS, outputs)


def _pictures(
    settings: Settings,
    catalog: Catalog,
    edition: Edition,
    config: SiteConfig,
    tree: Tree,
    sources: Sources,
    to_build: Cache | None,
    also: tuple[media.Wanted, ...],
) -> tuple[Mapping[str, media.Picture], tuple[Problem, ...]]:
    """The pictures of everything in ``catalog``; ``also`` are others, only to be checked."""
    wanted, problems = media.wanted(catalog, edition.of(catalog), sources)
    wanted += also
    of_site, found = lobby.site_pictures(config, tree, sources)
    wanted += of_site
    settings.tell("pictures", {"pictures": len(wanted)})
    limits = media.Limits(config.limits.picture_megabytes << 20, config.limits.picture_megapixels * 1_000_000)
    if to_build is None:
        wanted = tuple(media.unpublished(each) for each in wanted)
    cache = to_build or cache_of(settings)
    made, faults = media.develop(wanted, sources, cache, limits, settings.jobs, config.drawings)
    return made, problems + found + faults


def _stand_ins(
    public: Catalog,
    config: SiteConfig,
    tree: Tree,
    pictures: Mapping[str, media.Picture],
    problems: tuple[Problem, ...],
) -> Mapping[str, standins.StandIn]:
    also = [(each.path, each.span) for each in lobby.named_pictures(config, tree)]
    return standins.needed(public, pictures, problems, config.words, also)


def _published(found: Survey) -> Iterable[media.Picture]:
    """The pictures of what is shown; those of records left out of a preview stay out."""
    assert found.public is not None and found.config is not None
    shown = {each.path for each in media.wanted(found.public, found.public, found.sources)[0]}
    shown |= set(found.config.pictures)
    return [picture for path, picture in found.pictures.items() if path in shown]


def cache_of(settings: Settings) -> Cache:
    """The cache of a command: the one it was given, else one in the site's folder or, where nothing can be written
    there, in the system's folder for temporary files."""
    if settings.cache is not None:
        return Cache(settings.cache)
    folder = settings.root / ".cache" / "exhibit"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return Cache(folder)
    except OSError:
        return Cache(Path(tempfile.gettempdir()) / "exhibit-cache")
