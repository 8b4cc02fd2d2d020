"""The pictures of a site: those that are named, decoded and made, and what a preview shows in place of bad ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator.catalog.catalog import Catalog
from generator.catalog.edition import Edition
from generator.config import SiteConfig
from generator.media import pictures, standins
from generator.media.formats.forms import Limits
from generator.media.published import Picture
from generator.pages import site_pictures
from generator.problems import Problem
from generator.site.context import Public
from generator.source.files import Sources
from generator.stages import further
from generator.stages.reading import Read
from generator.stages.settings import Settings
from generator.system.cache import Cache
from generator.yaml.strict import Tree


class Developed(NamedTuple):
    """The pictures by the path of their source, and what is wrong with any."""

    pictures: Mapping[str, Picture]
    problems: tuple[Problem, ...]


def develop(
    read: Read, config: SiteConfig, tree: Tree, edition: Edition, settings: Settings, cache: Cache, *, to_publish: bool
) -> Developed:
    """The pictures of everything that was read, of what is public in ``edition`` to be published. Without ``to_publish``
    they are only looked at."""
    wanted, problems = pictures.wanted(read.catalog, edition.of(read.catalog), read.sources)
    of_faulty, faults_of_faulty = further.named_pictures(read.faulty, read.sources)
    of_site, faults_of_site = site_pictures.found(config, tree, read.sources)
    wanted = (*wanted, *of_faulty, *of_site)
    settings.tell("pictures", {"pictures": len(wanted)})
    if not to_publish:
        wanted = tuple(pictures.unpublished(each) for each in wanted)
    limits = Limits(config.limits.picture_megabytes << 20, config.limits.picture_megapixels * 1_000_000)
    made, faults = pictures.develop(
        wanted, read.sources, cache, limits, settings.jobs, config.drawings, settings.watch, settings.executor
    )
    return Developed(made, (*problems, *faults_of_faulty, *faults_of_site, *faults))


def stand_ins(
    public: Catalog, config: SiteConfig, tree: Tree, made: Mapping[str, Picture], problems: Iterable[Problem]
) -> Mapping[str, standins.StandIn]:
    """What a preview shows where a picture is no good, by the path of that."""
    also = [(each.path, each.span) for each in site_pictures.named(config, tree)]
    return standins.needed(public, made, tuple(problems), config.words, also)


def published(public: Public, sources: Sources) -> list[Picture]:
    """The pictures of what is shown; those of records left out of a preview stay out."""
    shown = {each.path for each in pictures.wanted(public.catalog, public.catalog, sources)[0]}
    shown |= set(public.config.pictures)
    return [picture for path, picture in public.pictures.items() if path in shown]
