"""The files that are no pages: made one by one, drawings in worker processes, those that list others last.

One that cannot be made is a problem at its place and keeps none of the others from being made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import partial
from typing import Any, cast

import generator
from generator import program
from generator.catalog.making import attempt, fault
from generator.config import SiteConfig
from generator.media.cards import drawings
from generator.media.cards.faces import Drawing
from generator.messages import Words
from generator.outputs import share
from generator.problems import Problem
from generator.site.context import Listing, Made, Output, Site
from generator.system.cache import Cache, key
from generator.system.forks import aside
from generator.system.sealed import Sealed
from generator.watch import Watch

_STEP = "files"
_WORTH_A_PROCESS = 64  # files; fewer are made before a process has begun
Content = bytes | Sealed | drawings.Drawn  # what is published
Raw = bytes | Sealed | Drawing  # what was made, before drawings are drawn
Planned = Output | Listing


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a site that are no pages: ``contents`` by address, in the order of the plan, and a fault for each that
    is missing. ``drawn`` is how many drawings were really drawn and not in the cache."""

    contents: Mapping[str, Content] = field(repr=False)
    faults: tuple[Problem, ...]
    drawn: int

    @property
    def drawings(self) -> int:
        """How many of them are drawings."""
        return sum(isinstance(each, drawings.Drawn) for each in self.contents.values())

    def tell(self, config: SiteConfig, tell: Callable[[str, Mapping[str, Any]], None]) -> None:
        """Say what was drawn."""
        if self.drawings:
            tell("drawings", {"count": self.drawings, "drawn": self.drawn})
            if share.lacks_codes(config, self.contents):
                tell("posters_without_code", {})

    def of(self, site: Site) -> Made:
        """``site`` with these files."""
        return _with(site, self.contents, {address: _size(each) for address, each in self.contents.items()})

    def read(self, cache: Cache) -> Iterator[tuple[str, bytes | Sealed]]:
        """Address → content. Drawings are read one by one: all of them may be more than the memory holds."""
        for address, each in self.contents.items():
            yield address, drawings.content(each, cache) if isinstance(each, drawings.Drawn) else each


def make(site: Site, cache: Cache, jobs: int, watch: Watch | None = None) -> Files:
    """Make every file of ``site`` that is no page. Those that list others are not made where one is missing that they
    would list. ``watch`` is told how long the drawings take, and how far they are."""
    watch = watch or Watch()
    planned = site.plan.outputs
    first = [each for each in planned.values() if isinstance(each, Output)]
    apart = [each for each in first if each.is_apart]
    with aside(partial(_each, partial(_maker, site, cache), apart), jobs if len(apart) >= _WORTH_A_PROCESS else 1) as others:
        found, faults = _each(partial(_maker, site, cache), (each for each in first if not each.is_apart))
        more, more_faults = others()
    found |= more
    faults += more_faults
    if not faults:
        made = _with(site, found, {})
        later, faults = _each(partial(_maker, made, cache), (each for each in planned.values() if isinstance(each, Listing)))
        found |= later
    wanted = {address: each for address, each in found.items() if isinstance(each, Drawing)}
    drawn, count = _draw(wanted, cache, jobs, watch) if wanted else ({}, 0)
    contents: dict[str, Content] = {}
    for address, each in found.items():
        content = drawn[address] if isinstance(each, Drawing) else each
        if isinstance(content, (str, Words)):
            faults.append(fault(content, planned[address].origin, "card", address))
        else:
            contents[address] = content
    return Files(contents, tuple(faults), count)


def _draw(
    wanted: Mapping[str, Drawing], cache: Cache, jobs: int, watch: Watch
) -> tuple[Mapping[str, drawings.Drawn | drawings.Reason], int]:
    with watch.stage(drawings.STAGE) as stage:
        drawn, count = drawings.draw(wanted, cache, jobs, watch)
        stage.count, stage.kept = len(wanted), len(wanted) - count
    return drawn, count


def _each(
    maker: Callable[[Planned], Callable[[], Raw]], planned: Iterable[Planned]
) -> tuple[dict[str, Raw], list[Problem]]:
    made: dict[str, Raw] = {}
    faults: list[Problem] = []
    for each in planned:
        content = attempt(maker(each), each.origin, "file", each.address)
        if isinstance(content, Problem):
            faults.append(content)
        else:
            made[each.address] = content
    return made, faults


def _maker(known: Any, cache: Cache, planned: Planned) -> Callable[[], Raw]:
    make = partial(planned.make, known)
    if not isinstance(planned, Output) or planned.recipe is None:
        return make
    made_from = (program.state(), program.versions("pydantic"), planned.address, planned.recipe(known))
    return partial(cache.get_or_make, _STEP, key(_STEP, generator.__version__, made_from), cast("Callable[[], bytes]", make))


def _with(site: Site, contents: Mapping[str, Content | Drawing], sizes: Mapping[str, int]) -> Made:
    known = {each.name: getattr(site, each.name) for each in fields(Site)}
    files = {address: each for address, each in contents.items() if isinstance(each, (bytes, Sealed))}
    return Made(**known, files=files, sizes=sizes)


def _size(content: Content) -> int:
    return len(content) if isinstance(content, bytes) else content.size


def sifted(
    made: Iterable[tuple[str, bytes | Sealed] | Problem], faults: list[Problem]
) -> Iterator[tuple[str, bytes | Sealed]]:
    """What was made; ``faults`` gets the problems of what was not, once all of it was asked for."""
    for each in made:
        if isinstance(each, Problem):
            faults.append(each)
        else:
            yield each


class Stopped(Exception):
    """Something could not be made, so nothing is published."""


def unless(
    faults: list[Problem],
    made: Iterable[tuple[str, bytes | Sealed]],
    keep_going: bool,
    pause: Callable[[], None] = lambda: None,
) -> Iterator[tuple[str, bytes | Sealed]]:
    """All of ``made``, and then the end of the publication if there were faults. A preview goes on without those."""
    for each in made:
        pause()
        yield each
    if faults and not keep_going:
        raise Stopped
