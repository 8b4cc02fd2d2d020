"""The pipeline on one screen: read, check, develop, plan, stop if anything is wrong, make, render, publish.

Each stage takes values and returns values. ``survey`` is the pipeline as far as the plan; ``build`` goes on from there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from generator.catalog import drafts, suppressions
from generator.catalog.making import grouped
from generator.checks import pending
from generator.checks.pending import Pending
from generator.config import CONFIG_FILE, SiteConfig
from generator.kinds import BY_NAME
from generator.media.standins import StandIn
from generator.problems import Problem, Span, in_order, problem
from generator.site.context import Site
from generator.stages import checking, developing, planning
from generator.stages.reading import read, shown_in
from generator.stages.settings import Settings
from generator.stages.survey import Outcome, Survey, facts, lost, planned_site
from generator.standing.reads import Reads, ending
from generator.system.cache import Cache
from generator.system.sealed import Changed, Sealed

if TYPE_CHECKING:
    from generator.engines import Engine
    from generator.stages.render import Hanging
    from generator.themes.look import Look


def survey(settings: Settings, *, to_build: Cache | None = None, reads: Reads | None = None) -> Survey:
    """Read and check everything below ``settings.root`` and plan the site. ``reads`` notes what the plan, and what is made
    from it, asks of the records.

    With ``to_build`` the published forms of the pictures are made and kept there, which a check does not need. What is
    wrong is the same for a site and for its preview; only what is shown of it differs.
    """
    with settings.watch.stage("plan") as stage:  # whatever is none of the stages within it
        found = _survey(settings, to_build or settings.own_cache(), is_build=to_build is not None, reads=reads)
        stage.count = len(found.plan.pages) + len(found.plan.outputs) if found.plan else 0
    return found


def _survey(settings: Settings, cache: Cache, *, is_build: bool, reads: Reads | None = None) -> Survey:
    watch = settings.watch
    with watch.stage("read") as stage:
        found = read(settings, cache)
        stage.count, stage.kept = len(found.reading.records), found.reading.kept
    with watch.stage("check") as stage:
        problems = checking.check(found, settings, cache)
        stage.count = len(found.reading.records)
    config, tree, edition = found.config, found.tree, found.edition
    if config is None or tree is None:
        return Survey(found.sources, found.reading, in_order(drafts.ease(problems, found.drafted)))
    shown = shown_in(edition, config, settings)
    with watch.stage("pictures") as stage:
        made = developing.develop(found, config, tree, shown, settings, cache, to_publish=is_build)
        stage.count, stage.kept = len(made.pictures), cache.hits("pictures")
    problems, lifted = suppressions.apply(chain(problems, made.problems), found.catalog, edition.today)
    problems = drafts.ease(problems, found.drafted)
    plan = partial(planning.planned, ledger=found.ledger, mounted=found.mounted)
    planned = plan(found.catalog, edition, config, made.pictures, problems, reads=reads)
    problems = (*problems, *checking.check_plan(planned, found, config, tree, problems))
    problems = in_order(checking.without_strays(drafts.ease(problems, found.drafted)))
    waiting: tuple[Pending, ...] = ()
    if settings.year is None:
        waiting = pending.gather(found.catalog, found.reading.unfinished, edition, BY_NAME, problems)
    stand_ins: Mapping[str, StandIn] = {}
    if settings.keep_going:
        presentable = checking.presentable(found.catalog, problems, waiting)
        planned = plan(presentable, shown, config, made.pictures, (), waiting, is_preview=True)
        problems = in_order((*problems, *planned.faults))
        if is_build:
            stand_ins = developing.stand_ins(planned.public.catalog, config, tree, made.pictures, problems)
    until = edition.holds_until(found.catalog)
    kept = found if settings.keep_going or settings.frozen is not None else None
    files = found.mounted.files
    return Survey(found.sources, found.reading, problems, config, planned, stand_ins, lifted, waiting, until, kept, found.ledger, files)


def build(settings: Settings, out: Path, engine: Engine) -> Outcome:
    """Build the site into ``out``. With any error nothing is written, unless ``settings.keep_going`` asks for a
    preview without the records that have one."""
    from generator.publishing.publish import prepare  # here, as in all that follows: a check waits for none of it

    if not (settings.counting().configured / CONFIG_FILE).is_file():
        return Outcome(survey(settings), None)  # a mistyped root gets no cache and no other folder
    prepare(out, preview=settings.keep_going, tell=settings.tell)
    cache = settings.own_cache()
    with cache.building(), settings.watch.stage("publish"):
        reads = Reads() if settings.is_published_whole else None
        with ending(reads):
            return _build(settings, out, engine, cache, reads)


def _build(settings: Settings, out: Path, engine: Engine, cache: Cache, reads: Reads | None) -> Outcome:
    from generator.outputs import compress, make
    from generator.publishing.mounting import mounting
    from generator.publishing.publish import publish
    from generator.publishing.staging import SPARES, Spares
    from generator.stages import revision, standing
    from generator.stages.render import render

    begun = revision.begin(settings)
    found = survey(settings, to_build=cache, reads=reads)
    found = found.with_problems(lost(found, out, settings))
    if found.planned is None or (found.errors and not settings.keep_going):
        return Outcome(found, None)
    watch = settings.watch
    with watch.stage("render"):
        theme, refused = _look(found.planned.public.config, engine, settings, cache)
    if theme is None:  # without a theme there is no preview either
        return Outcome(found.with_problems(_unknown(refused, found)), None)
    site = planned_site(found, theme, settings)
    settings.tell("render", {"pages": len(site.plan.pages)})
    with watch.stage("make"):
        before = standing.before(found, site, theme, settings, out, cache, reads, begun.at)
    making = make.Making(site, cache, settings.jobs, watch, before.standings)
    hangings: list[Hanging] = []

    def pages() -> Iterator[tuple[str, bytes | Sealed] | Problem]:
        making.tell(site.config, settings.tell)
        yield from render(making.made(), engine, theme, settings.jobs, hangings.append, before.standings, settings.executor)

    files = watch.each("make", making.files(), len(site.plan.outputs))
    hung = watch.each("render", pages(), len(site.plan.pages))  # asked for when all files are made, whose sizes they tell
    faults = making.faults
    contents = _archived(make.sifted(chain(files, hung, theme.assets.files.items(), _pictures(found, cache)), faults), site, found)
    ready = compress.with_twins(contents) if settings.precompress else contents
    mounted = mounting(settings.root, out, found.mounted, chain(site.plan.pages, site.plan.outputs), cache)
    spares = Spares(None if settings.keep_going else cache.root / SPARES)  # two folders of a preview share their files
    try:
        made = make.unless(faults, chain(ready, mounted.contents()), settings.keep_going, settings.pause)
        done = publish(out, made, facts(found, settings, begun.told(found.sources, settings, cache)), spares)
    except make.Stopped:
        done = None
    except Changed as changed:  # in a preview as well: nobody has looked at what it is now
        done, faults = None, [*faults, problem("SEC-021", Span(changed.path))]
    if done is not None:
        before.keep(done, cache)
        mounted.keep(cache)
        cache.note_used()
        watch.stages["publish"].count = done.files
        settings.tell("publish", {"files": done.files})
    return Outcome(found.with_problems(grouped(faults)), done, *hangings if done is not None else ())


def _look(config: SiteConfig, engine: Engine, settings: Settings, cache: Cache) -> tuple[Look | None, tuple[Problem, ...]]:
    """What the site looks like, and what is wrong with the theme."""
    from generator.themes import look

    return look.of(settings.counting().theme, config, engine.stylesheets(), settings.links, cache)


def _pictures(found: Survey, cache: Cache) -> Iterable[tuple[str, bytes]]:
    """The files of all pictures that are shown."""
    from generator.media import pictures

    assert found.planned is not None
    shown = pictures.encoded(developing.published(found.planned.public, found.sources), cache)
    panels = {each.picture.fallback.address: each.content for each in found.stand_ins.values()}  # some look alike
    return chain(shown, panels.items())


def _archived(contents: Iterator[tuple[str, bytes | Sealed]], site: Site, found: Survey) -> Iterator[tuple[str, bytes | Sealed]]:
    """``contents``, and what a frozen year has more than a site."""
    if site.frozen is None:
        return contents
    from generator.archive.freezing import contents as frozen
    from generator.archive.freezing.records import Given

    assert found.read is not None and found.read.tree is not None
    return frozen.with_archive(contents, site, Given(found.read.catalog, found.sources, found.read.tree))


def _unknown(refused: Iterable[Problem], found: Survey) -> Iterable[Problem]:
    """What keeps the theme from being used and was not told of its files before."""
    known = {each.span.path for each in found.problems if each.is_error}
    return (each for each in refused if each.span.path not in known)
