"""The files that are no pages: made one by one and handed on at once, drawings in worker processes, those that list others
after those, and drawings last.

Of a file that was handed on its size and its digest are left: all of them may be more than the memory holds. One that cannot
be made is a problem at its place and keeps none of the others from being made.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import partial
from hashlib import sha256
from typing import Any, cast

import generator
from generator import program
from generator.catalog.making import attempt, fault
from generator.config import SiteConfig
from generator.media.cards import drawings
from generator.media.cards.faces import Drawing
from generator.outputs import share
from generator.problems import Problem
from generator.site.context import Digest, Listing, Made, Output, Site
from generator.standing.reads import EVERYTHING, Asked
from generator.standing.things import Standings
from generator.system.cache import Cache, key
from generator.system.forks import aside
from generator.system.sealed import Sealed, Standing
from generator.watch import Watch

_STEP = "files"
_WORTH_A_PROCESS = 64  # files; fewer are made before a process has begun
Content = bytes | Sealed  # what is published
Raw = Content | Drawing  # what was made, before drawings are drawn
Planned = Output | Listing
File = tuple[str, Content]  # an address and what is there


@dataclass(slots=True)
class Making:
    """The making of the files of ``site`` that are no pages: what is known of them by now, complete when ``files`` has ended.

    ``digests`` are those of all but drawings, ``sizes`` are in bytes, ``faults`` has one for each file that is missing. Of the
    ``drawings`` ``drawn`` were really drawn and not in the cache."""

    site: Site
    cache: Cache = field(repr=False)
    jobs: int = 1
    watch: Watch = field(default_factory=Watch, repr=False)
    standings: Standings = field(default_factory=Standings, repr=False)
    digests: dict[str, Digest] = field(default_factory=dict, repr=False)
    sizes: dict[str, int] = field(default_factory=dict, repr=False)
    faults: list[Problem] = field(default_factory=list)
    drawings: int = 0
    drawn: int = 0

    def files(self) -> Iterator[File]:
        """Make every file. Those that list others are not made where one is missing that they would list; what stands by
        ``standings`` is not made. Drawings are read one by one from the cache, where they are made first."""
        wanted: dict[str, tuple[Drawing, Asked | None]] = {}
        standing = self._standing()
        drawn = {address: each for address, each in standing.items() if self.standings.now[address].is_drawing}
        for address, each in standing.items():
            self.cache.used.update(self.standings.now[address].used)
            if address not in drawn:
                yield self._handed_on(address, each)
        for address, made, asked in self._first(standing):
            if isinstance(made, Drawing):
                wanted[address] = made, asked
            else:
                yield self._handed_on(address, made)
        if not self.faults:
            known = self.made()
            for listing in self.site.plan.outputs.values():
                if isinstance(listing, Listing) and (content := self._made(known, listing)) is not None:
                    yield self._handed_on(listing.address, cast("bytes", content))
        for address, each in drawn.items():
            self.sizes[address] = each.size
            self.drawings += 1
            yield address, each
        yield from self._drawn(wanted)

    def made(self) -> Made:
        """``site`` with what is known of these files, in the order of the plan."""
        known = {each.name: getattr(self.site, each.name) for each in fields(Site)}
        planned = self.site.plan.outputs
        digests = {each: self.digests[each] for each in planned if each in self.digests}
        return Made(**known, files=digests, sizes={each: self.sizes[each] for each in planned if each in self.sizes})

    def tell(self, config: SiteConfig, tell: Callable[[str, Mapping[str, Any]], None]) -> None:
        """Say what was drawn."""
        if self.drawings:
            tell("drawings", {"count": self.drawings, "drawn": self.drawn})
            if share.lacks_codes(config, self.sizes):
                tell("posters_without_code", {})

    def _standing(self) -> dict[str, Standing]:
        """The files of the site before that stay."""
        planned = (each for each in self.site.plan.outputs.values() if isinstance(each, Output) and each.recipe is None)
        found = {each.address: self.standings.of(each.address, each.address) for each in planned}
        return {address: each for address, each in found.items() if each is not None}

    def _first(self, standing: Collection[str]) -> Iterator[tuple[str, Raw, Asked | None]]:
        """Every file that lists no others and is not among those ``standing``, with what it was made from."""
        planned = self.site.plan.outputs.values()
        missing = [each for each in planned if isinstance(each, Output) and each.address not in standing]
        apart = [each for each in missing if each.is_apart]
        with aside(partial(self._apart, apart), self.jobs if len(apart) >= _WORTH_A_PROCESS else 1) as others:
            for each in missing:
                if not each.is_apart:
                    self.standings.begin()
                    content = self._made(self.site, each)
                    asked = self.standings.taken()
                    if content is not None:
                        self.standings.note(each.address, asked)
                        yield each.address, content, asked
            made, faults = others()
        self.faults += faults
        for each in apart:
            if each.address in made:
                self.standings.note(each.address, EVERYTHING)
                yield each.address, made.pop(each.address), EVERYTHING

    def _apart(self, planned: Sequence[Output]) -> tuple[dict[str, Raw], list[Problem]]:
        """Those that share their work: what the first of them asks for, the others have from it."""
        before, self.faults = self.faults, []
        with self.standings.paused():
            made = {each.address: content for each in planned if (content := self._made(self.site, each)) is not None}
        faults, self.faults = self.faults, before
        return made, faults

    def _made(self, known: Site, planned: Planned) -> Raw | None:
        """A file; ``None`` with a fault where there is none."""
        content = attempt(_maker(known, self.cache, planned), planned.origin, "file", planned.address)
        if not isinstance(content, Problem):
            return content
        self.faults.append(content)
        return None

    def _handed_on(self, address: str, content: Content) -> File:
        if isinstance(content, bytes):
            self.sizes[address], self.digests[address] = len(content), Digest(sha256(content).hexdigest())
        else:
            self.sizes[address], self.digests[address] = content.size, Digest(content.sha256)
        return address, content

    def _drawn(self, wanted: Mapping[str, tuple[Drawing, Asked | None]]) -> Iterator[File]:
        if not wanted:
            return
        with self.watch.stage(drawings.STAGE) as stage:
            drawn, self.drawn = drawings.draw({at: each for at, (each, _) in wanted.items()}, self.cache, self.jobs, self.watch)
            stage.count, stage.kept = len(wanted), len(wanted) - self.drawn
        for address, (_, asked) in wanted.items():
            found = drawn[address]
            if not isinstance(found, drawings.Drawn):
                self.faults.append(fault(found, self.site.plan.outputs[address].origin, "card", address))
                continue
            self.drawings += 1
            self.sizes[address] = found.size
            self.standings.note(address, asked, [found.kept_as], is_drawing=True)
            yield address, drawings.content(found, self.cache)


def _maker(known: Any, cache: Cache, planned: Planned) -> Callable[[], Raw]:
    if isinstance(planned, Output) and planned.is_apart:
        return partial(planned.make, known, cache)
    make = partial(planned.make, known)
    if not isinstance(planned, Output) or planned.recipe is None:
        return make
    made_from = (program.state(), program.versions("pydantic"), planned.address, planned.recipe(known))
    return partial(cache.get_or_make, _STEP, key(_STEP, generator.__version__, made_from), cast("Callable[[], bytes]", make))


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
