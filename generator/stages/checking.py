"""What is wrong with a site: the rules for all kinds, those of each kind, and what its plan shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.catalog.catalog import Catalog, blamed, without
from generator.catalog.inspection import Inspection
from generator.catalog.making import attempt
from generator.checks import RULES, links, unpublished
from generator.checks.pending import Pending
from generator.config import CONFIG_FILE, SiteConfig
from generator.kinds import BY_NAME, KINDS
from generator.ledger.mounted import Mounted, meeting
from generator.ledger.tombstones import check as of_stones
from generator.outputs import feeds
from generator.pages import redirects, tombstones, years
from generator.problems import Problem, Span, any_errors, is_of_picture, problem
from generator.site.plan import check_navigation
from generator.stages import addresses, further
from generator.stages.planning import SECTIONS, Planned, sections
from generator.stages.reading import Read
from generator.stages.settings import Settings
from generator.system.cache import Cache
from generator.yaml.strict import Tree

_LABELS = {kind.name: kind.label for kind in KINDS}


def check(read: Read, settings: Settings, cache: Cache) -> tuple[Problem, ...]:
    """What is wrong with the records, each by itself and among each other, and with the files around them."""
    if settings.frozen is not None and settings.frozen.is_again:
        return read.problems  # the rest was checked when the year was frozen, and what it needs is not kept
    inspection = inspection_of(read, settings, cache)
    found = [each for rule in RULES for each in rule(inspection)]
    found += further.check_values(read.faulty, inspection)
    settings.tell("check", {"records": len(read.reading.records)})
    if read.edition.frozen is not None:
        found += unpublished.check(read.catalog, read.reading.unfinished, read.edition, _LABELS)
    if read.config is not None:
        found += _of_kinds(inspection)
        found += further.check_kinds(read.faulty, inspection, BY_NAME)
    return (*read.problems, *found)


def inspection_of(read: Read, settings: Settings, cache: Cache) -> Inspection:
    """What the rules may look at."""
    return Inspection(
        catalog=read.catalog,
        filled=read.faulty[0][0] if read.faulty else read.catalog,
        edition=read.edition,
        sources=read.sources,
        used=read.reading.used,
        labels=_LABELS,
        configured=read.config,
        cache=cache,
        ffprobe=settings.ffprobe,
        trusts_times=settings.keep_going,
    )


def presentable(catalog: Catalog, problems: Iterable[Problem], waiting: Iterable[Pending]) -> Catalog:
    """What a preview can show: no record with an error, but for its pictures, and no draft that lacks something."""
    gone = blamed(catalog, (each for each in problems if not is_of_picture(each)))
    gone |= {(each.kind, each.id) for each in waiting if not each.is_shown}
    return without(catalog, gone) if gone else catalog


def _of_kinds(inspection: Inspection) -> Iterator[Problem]:
    for record in inspection.catalog:
        found = attempt(lambda: [*BY_NAME[record.kind].check(record, inspection)], record.span(), "check", record.id)  # noqa: B023  asked at once
        yield from (found,) if isinstance(found, Problem) else found


def check_plan(
    planned: Planned, read: Read, config: SiteConfig, tree: Tree, problems: Iterable[Problem]
) -> Iterator[Problem]:
    """What is wrong with the addresses of a site and with what leads to them. ``problems`` were found before."""
    plan, year, known = planned.plan, read.edition.year, sections(read.catalog)
    yield from planned.problems
    if read.edition.frozen is not None and read.edition.frozen.is_again:
        return
    yield from redirects.check(config, plan, tree.span)
    yield from feeds.check(config, plan, tree.span)
    yield from tombstones.check(read.ledger, plan, config, KINDS)
    yield from of_stones(read.ledger.stones, read.edition.today if year is None else None)
    is_sound = not any_errors((*problems, *planned.problems))  # a page may be missing because its source is broken
    yield from addresses.lost(planned, read.catalog, is_sound=is_sound)
    yield from _check_mounted(planned, read.mounted)
    if year is not None:
        yield from _check_year(year, planned.public.catalog)
    elif is_sound:
        yield from check_navigation(config, plan.pages, known, SECTIONS, tree.span)
        yield from redirects.check_targets(config, plan, known | SECTIONS, tree.span)
    yield from (each for each in _links(read, plan.places) if each.is_error or year is None)


def _check_mounted(planned: Planned, mounted: Mounted) -> Iterator[Problem]:
    """What wants an address within a frozen year (ARC-007), but for what was told as a page in the folder of a year."""
    plan, told = planned.plan, {each.span.path for each in planned.clashes}
    for year, found in meeting(mounted.files, (*plan.pages, *plan.outputs)).items():
        for address in found:
            origin = (plan.pages.get(address) or plan.outputs[address]).origin
            if origin.path not in told:
                yield problem("ARC-007", origin, year=year, address=address)


def _check_year(year: int, public: Catalog) -> Iterator[Problem]:
    """An edition of a year needs something to show. That it cannot yet link to what came later is no news."""
    if not years.years_of(public):
        yield problem("CFG-002", Span(CONFIG_FILE), year=year)


def _links(read: Read, places: Mapping[str, str]) -> Iterator[Problem]:
    """What is wrong with the links of all stories, those of faulty records too."""
    yield from links.check(read.catalog, places, read.sources, read.reading.used)
    yield from further.check_story_links(read.faulty, read.catalog, places, read.sources, read.reading.used)


def without_strays(problems: tuple[Problem, ...]) -> Iterator[Problem]:
    """``problems`` without those that call a file unused which was named as a picture and is no good one."""
    named = {dict(each.values).get("path") for each in problems if is_of_picture(each)}
    return (each for each in problems if each.code != "ID-008" or each.span.path not in named)
