"""The files that are no pages: made one by one, drawings in worker processes, those that list others last.

One that cannot be made is a problem at its place and keeps none of the others from being made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from generator.catalog.making import attempt, fault
from generator.media.cards import drawings
from generator.media.cards.faces import Drawing
from generator.messages import Words
from generator.problems import Problem
from generator.site.context import Show
from generator.site.plan import Output, Site
from generator.system.cache import Cache
from generator.system.sealed import Sealed

Content = bytes | Sealed | drawings.Drawn


@dataclass(frozen=True, slots=True)
class Made:
    """The outputs of a site: ``contents`` by address, in the order of the plan, and a fault for each that is missing.
    ``drawn`` is how many drawings were really drawn and not in the cache."""

    contents: Mapping[str, Content] = field(repr=False)
    faults: tuple[Problem, ...]
    drawn: int

    @property
    def files(self) -> dict[str, bytes | Sealed]:
        """Those that are no drawings."""
        return _files_of(self.contents)

    @property
    def drawings(self) -> int:
        """How many of them are drawings."""
        return sum(isinstance(each, drawings.Drawn) for each in self.contents.values())

    def sizes(self) -> dict[str, int]:
        """Address → bytes."""
        return {address: _size(each) for address, each in self.contents.items()}

    def read(self, cache: Cache) -> Iterator[tuple[str, bytes | Sealed]]:
        """Address → content. Drawings are read one by one: all of them may be more than the memory holds."""
        for address, each in self.contents.items():
            yield address, drawings.content(each, cache) if isinstance(each, drawings.Drawn) else each


def make(site: Site, show: Show, cache: Cache, jobs: int) -> Made:
    """Make every output of ``site``. Those that list others are not made where one is missing that they would list."""
    first, faults = _each(site, show, lists_others=False)
    found = dict(first)
    if not faults:
        later, faults = _each(site, replace(show, made=_files_of(first)), lists_others=True)
        found |= later
    wanted = {address: each for address, each in found.items() if isinstance(each, Drawing)}
    drawn, count = drawings.draw(wanted, cache, jobs) if wanted else ({}, 0)
    contents: dict[str, Content] = {}
    for address, each in found.items():
        content = drawn[address] if isinstance(each, Drawing) else each
        if isinstance(content, (str, Words)):
            faults.append(fault(content, site.outputs[address].origin, "card", address))
        else:
            contents[address] = content
    return Made(contents, tuple(faults), count)


def _each(site: Site, show: Show, *, lists_others: bool) -> tuple[dict[str, bytes | Sealed | Drawing], list[Problem]]:
    made: dict[str, bytes | Sealed | Drawing] = {}
    faults: list[Problem] = []
    for each in site.outputs.values():
        if each.lists_others is lists_others:
            content = attempt(_maker(each, show), each.origin, "file", each.address)
            if isinstance(content, Problem):
                faults.append(content)
            else:
                made[each.address] = content
    return made, faults


def _maker(output: Output, show: Show) -> Callable[[], bytes | Sealed | Drawing]:
    return partial(output.make, show)


def _files_of(contents: Mapping[str, Content | Drawing]) -> dict[str, bytes | Sealed]:
    return {address: each for address, each in contents.items() if isinstance(each, (bytes, Sealed))}


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
    faults: list[Problem], made: Iterable[tuple[str, bytes | Sealed]], keep_going: bool
) -> Iterator[tuple[str, bytes | Sealed]]:
    """All of ``made``, and then the end of the publication if there were faults. A preview goes on without those."""
    yield from made
    if faults and not keep_going:
        raise Stopped
