"""The pipeline on one screen: read, check, plan, stop if anything is wrong, render, publish.

Each stage takes values and returns values. ``check`` is the same pipeline stopped after the plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import generator
from generator import config as configuration
from generator import further, planning
from generator.catalog import drafts, making, suppressions
from generator.catalog.catalog import Catalog, blamed, without
from generator.catalog.edition import Edition
from generator.catalog.gathering import gather
from generator.catalog.inspection import Inspection
from generator.catalog.making import attempt
from generator.catalog.record import Reading
from generator.catalog.records import read_all
from generator.catalog.suppressions import Lifted
from generator.checks import RULES, copies, files, root
from generator.checks.references import check_references
from generator.config import SiteConfig
from generator.engines import Engine
from generator.kinds import BY_NAME, KINDS, mention
from generator.media import pictures as media
from generator.media import standins
from generator.messages import say
from generator.outputs import compress, feeds, make, share
from generator.pages import lobby, redirects, withdrawal, years
from generator.planning import SECTIONS, sections
from generator.problems import Problem, Span, any_errors, in_order, is_of_picture, problem
from generator.publishing.manifest import PREVIEW, is_preview, read_manifest
from generator.publishing.publish import Published, prepare, publish
from generator.render import environment, piece, render
from generator.site import unpublished
from generator.site.context import Show, check_links
from generator.site.plan import Site, check_navigation
from generator.site.tables import Table
from generator.site.unpublished import Pending
from generator.source.files import Sources, discover
from generator.system import resources
from generator.system.cache import Cache, of_site
from generator.system.sealed import Changed
from generator.text.addresses import LinkStyle
from generator.themes import assets
from generator.themes import basis as themes
from generator.yaml.strict import Tree

Tell = Callable[[str, Mapping[str, Any]], None]
_LABELS = {kind.name: kind.label for kind in KINDS}
DEFAULT_THEME = resources.THEME


@dataclass(frozen=True, slots=True)
class Settings:
    """What a command is asked to do. ``as_of`` is a moment or a day, ``jobs`` a number of processes, ``ffprobe`` the
    path of that tool where there is one. With ``precompress`` every text has a compressed twin beside it. ``basis`` says
    whose theme and configuration count; by default the program's theme and the site's configuration."""

    root: Path
    as_of: datetime | date
    jobs: int = 1
    links: LinkStyle = "site"
    keep_going: bool = False
    year: int | None = None
    cache: Path | None = None
    ffprobe: str | None = None
    precompress: bool = False
    basis: themes.Basis | None = None
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
    lifted: tuple[Lifted, ...] = ()  # what suppressions of the records lifted
    pending: tuple[Pending, ...] = field(default=(), repr=False)  # what is not public yet

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

    With ``to_build`` the published forms of the pictures are made and kept there, which a check does not need. What is
    wrong is the same for a site and for its preview; only what is shown of it differs.
    """
    config, tree, problems = themes.load(settings.root, basis_of(settings))
    sources, found = discover(settings.root)
    problems += (*found, *root.check(settings.root))
    settings.tell("read", {"files": len(sources.files)})
    reading, found = read_all(sources, KINDS, config.context if config else None)
    problems += found
    catalog = gather(reading, KINDS)
    drafted = drafts.of_reading(reading, BY_NAME)
    faulty = further.sides(catalog, reading, BY_NAME)
    problems = drafts.ease(chain(problems, _check_all(catalog), further.check_values(faulty, _LABELS)), drafted)
    settings.tell("check", {"records": len(reading.records)})
    if config is None or tree is None:
        return Survey(sources, reading, in_order(problems))
    edition = Edition(config.moment(settings.as_of), config.zone, settings.year)
    config = config.in_year(settings.year)
    problems += tuple(files.check(sources, reading.used, faulty[0][0] if faulty else catalog, config))
    problems += tuple(copies.check(catalog, sources))
    inspection = _inspection(catalog, config, sources, edition, settings, to_build)
    problems += tuple(_check_each(inspection)) + further.check_kinds(faulty, inspection, BY_NAME)
    problems += tuple(withdrawal.check(withdrawal.buried(catalog, edition), edition))
    is_marked = settings.keep_going and settings.year is None  # a year that is over awaits nothing
    preview = replace(edition, mark=say("pending.mark", config.words)) if is_marked else edition
    also, found = further.named_pictures(faulty, sources)
    problems += found
    pictures, found = _pictures(settings, catalog, preview, config, tree, sources, to_build, also)
    problems, lifted = suppressions.apply(chain(problems, found), catalog, edition.today)
    problems = drafts.ease(problems, drafted)
    planned = planning.planned(catalog, edition, config, settings.year, problems)
    problems += planned.problems + tuple(redirects.check(config, planned.site, tree.span))
    problems += tuple(feeds.check(config, planned.site, tree.span))
    if settings.year is not None:
        problems += tuple(_check_year(settings.year, planned.public))
    elif not any_errors(problems):  # a page that is missing because its source is broken was reported there
        problems += tuple(check_navigation(config, planned.site, sections(catalog), SECTIONS, tree.span))
        problems += tuple(redirects.check_targets(config, planned.site, sections(catalog) | SECTIONS, tree.span))
    links = _links(catalog, planned.site, sources, reading, faulty)
    problems += tuple(each for each in links if each.is_error or settings.year is None)
    problems = in_order(_without_strays(drafts.ease(problems, drafted)))
    waiting: tuple[Pending, ...] = ()
    if settings.year is None:
        waiting = unpublished.gather(catalog, reading.unfinished, edition, BY_NAME, problems)
    found_all = Survey(sources, reading, problems, config, pictures=pictures, pending=waiting, lifted=lifted)
    if not settings.keep_going:
        return _with(found_all, planned)
    kept = _presentable(catalog, problems, waiting)
    planned = planning.planned(kept, preview, config, settings.year, (), waiting, is_preview=True)
    problems = in_order((*problems, *planned.faults))
    stand_ins = _stand_ins(planned.public, config, tree, pictures, problems) if to_build else {}
    return _with(replace(found_all, problems=problems, stand_ins=stand_ins), planned)


def _with(found: Survey, planned: planning.Planned) -> Survey:
    return replace(found, public=planned.public, site=planned.site, tables=planned.tables, effective=planned.effective)


def _presentable(catalog: Catalog, problems: Iterable[Problem], waiting: Iterable[Pending]) -> Catalog:
    """What a preview can show: no record with an error, but for its pictures, and no draft that lacks something."""
    gone = blamed(catalog, (each for each in problems if not is_of_picture(each)))
    gone |= {(each.kind, each.id) for each in waiting if not each.is_shown}
    return without(catalog, gone) if gone else catalog


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
    if not (basis_of(settings).configured / configuration.CONFIG_FILE).is_file():
        return Outcome(survey(settings), None)  # a mistyped root gets no cache and no other folder
    prepare(out, preview=settings.keep_going, tell=settings.tell)
    cache = cache_of(settings)
    with cache.building():
        return _build(settings, out, engine, cache)


def _build(settings: Settings, out: Path, engine: Engine, cache: Cache) -> Outcome:
    found = survey(settings, to_build=cache)
    if found.site is None or found.config is None or found.public is None:
        return Outcome(found, None)
    found = replace(found, problems=in_order((*found.problems, *_lost(found, out, settings))))
    if any_errors(found.problems) and not settings.keep_going:
        return Outcome(found, None)
    theme = basis_of(settings).theme
    if refused := themes.check(theme):  # without a theme there is no preview either
        known = {each.span.path for each in found.problems if each.is_error}
        told = (*found.problems, *(each for each in refused if each.span.path not in known))
        return Outcome(replace(found, problems=in_order(told)), None)
    own = assets.gather(theme, engine.stylesheets(), found.config.colours)
    templates = environment(theme, found.config.words, settings.links, own.page_scripts)
    show = replace(_show(found, settings), piece=partial(piece, templates))
    settings.tell("render", {"pages": len(found.site.pages)})
    made = make.make(found.site, show, cache, settings.jobs)
    _tell_drawings(made, found.config, settings)
    show = replace(show, sizes=made.sizes(), made=made.files)
    faults = list(made.faults)
    files_ = make.sifted(
        chain(
            made.read(cache),
            render(show, engine, own, theme),
            own.files.items(),
            media.encoded(_published(found), cache),
            {each.picture.fallback.address: each.content for each in found.stand_ins.values()}.items(),
        ),
        faults,
    )
    ready = compress.with_twins(files_) if settings.precompress else files_
    try:
        done = publish(out, make.unless(faults, ready, settings.keep_going), _facts(found, settings))
    except make.Stopped:
        done = None
    except Changed as changed:  # in a preview as well: nobody has looked at what it is now
        done, faults = None, [*faults, problem("SEC-021", Span(changed.path))]
    found = replace(found, problems=in_order((*found.problems, *making.told(faults))))
    if done is None:
        return Outcome(found, None)
    cache.note_used()
    settings.tell("publish", {"files": done.files})
    return Outcome(found, done)


def _facts(found: Survey, settings: Settings) -> dict[str, Any]:
    """What the manifest says of the site beside its files."""
    assert found.config is not None and found.public is not None and found.site is not None
    facts: dict[str, Any] = {
        "generator": generator.__version__,
        "as_of": found.effective.isoformat() if found.effective else None,
        "addresses": redirects.permanent(found.site, found.public, found.config, KINDS),
    }
    withdrawn = sorted(each.address for each in found.site.pages.values() if each.is_gone)
    if withdrawn:
        facts["withdrawn"] = withdrawn
    if settings.year is not None:
        facts["year"] = settings.year
    if settings.keep_going:
        facts[PREVIEW] = {"errors": found.errors} | ({"unpublished": len(found.pending)} if found.pending else {})
    return facts


def _lost(found: Survey, out: Path, settings: Settings) -> Iterator[Problem]:
    """What the site that ``out`` holds had and the new one has not. Of what is not for publication nobody keeps addresses."""
    before = read_manifest(out) or {}
    known = before.get("addresses")
    is_same = before.get("year") == settings.year and not is_preview(before) and not settings.keep_going
    if is_same and isinstance(known, list) and found.site is not None and not any_errors(found.problems):
        assert found.public is not None and found.config is not None
        now = redirects.permanent(found.site, found.public, found.config, KINDS)
        yield from redirects.lost((each for each in known if isinstance(each, str)), found.site, now, KINDS)


def _show(found: Survey, settings: Settings) -> Show:
    assert found.config is not None and found.public is not None and found.site is not None
    return Show(
        config=found.config,
        catalog=found.public,
        site=found.site,
        pictures={**found.pictures, **{path: each.picture for path, each in found.stand_ins.items()}},
        errors=found.errors,
        is_preview=settings.keep_going,
        pending=unpublished.by_page(found.pending, found.site) if settings.keep_going else {},
        unpublished=len(found.pending),
        links=settings.links,
        kinds=BY_NAME, mention=mention,
        today=found.effective,
        year=settings.year,
        tables={each.name: each for each in found.tables},
    )


def _tell_drawings(made: make.Made, config: SiteConfig, settings: Settings) -> None:
    if not made.drawings:
        return
    settings.tell("drawings", {"count": made.drawings, "drawn": made.drawn})
    if share.lacks_codes(config, made.contents):
        settings.tell("posters_without_code", {})


def basis_of(settings: Settings) -> themes.Basis:
    """Whose theme and configuration count."""
    return settings.basis or themes.Basis(DEFAULT_THEME, settings.root)


def _inspection(
    catalog: Catalog, config: SiteConfig, sources: Sources, edition: Edition, settings: Settings, cached: Cache | None
) -> Inspection:
    cache = cached or cache_of(settings)
    return Inspection(catalog, config, sources, edition.today, cache, settings.ffprobe, settings.keep_going)


def _check_all(catalog: Catalog) -> Iterator[Problem]:
    """What is wrong with the records among each other."""
    yield from check_references(catalog, _LABELS)
    for rule in RULES:
        yield from rule(catalog)


def _check_each(inspection: Inspection) -> Iterator[Problem]:
    for record in inspection.catalog:
        found = attempt(lambda: [*BY_NAME[record.kind].check(record, inspection)], record.span(), "check", record.id)  # noqa: B023  asked at once
        yield from (found,) if isinstance(found, Problem) else found


def _check_year(year: int, public: Catalog) -> Iterator[Problem]:
    """An edition of a year needs something to show. That it cannot yet link to what came later is no news."""
    if not years.years_of(public):
        yield problem("CFG-002", Span(configuration.CONFIG_FILE), year=year)


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
    public: Catalog, config: SiteConfig, tree: Tree, pictures: Mapping[str, media.Picture], problems: tuple[Problem, ...]
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
    """The cache of a command: the one it was given, else that of the site in the user's own folder."""
    return of_site(settings.root, settings.cache, partial(settings.tell, "fresh_cache"))
