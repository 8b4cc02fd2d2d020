"""What of the site before still stands: pages and files that would come to the same bytes, for nothing that they were made
from has changed.

What was asked for while a thing was made is noted (``reads``) and kept with it. Whatever is not certain is made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.standing.reads import Asked, Reads
from generator.system.sealed import Standing


class Thing(NamedTuple):
    """A page or file as it was made: what was ``asked`` for (``None``: nobody knows), the values of the cache that it came from,
    and whether it is a drawing."""

    asked: Asked | None
    used: tuple[tuple[str, str], ...] = ()
    is_drawing: bool = False


@dataclass(slots=True)
class Standings:
    """The things of the site ``before``, its ``files`` as they lie there, the numbers of the fields that ``changed`` since, and
    what is noted of the things of ``now``, with a digest of the ``frames`` that pages are hung in. Without ``reads`` nothing is noted, and nothing stands."""

    reads: Reads | None = None
    before: Mapping[str, Thing] = field(default_factory=dict, repr=False)
    files: Mapping[str, Standing] = field(default_factory=dict, repr=False)
    changed: frozenset[int] = frozenset()
    now: dict[str, Thing] = field(default_factory=dict, repr=False)
    frames_before: str = ""
    frames: str = ""
    _touched: dict[bytes, bool] = field(default_factory=dict, repr=False)

    def of(self, address: str, file: str, tell: Callable[[str, str], str] | None = None) -> Standing | None:
        """The ``file`` of what is at ``address``, if it stands. ``tell`` says what is told of a file by now; without it
        nothing stands that tells of others."""
        thing, found = self.before.get(address), self.files.get(file)
        if thing is None or found is None or thing.asked is None or self._is_touched(thing.asked):
            return None
        if found.state_now() is None:
            return None
        if any(tell is None or tell(*each) != said for each, said in thing.asked.told.items()):
            return None
        self.now[address] = thing
        return found

    def _is_touched(self, asked: Asked) -> bool:
        if not self.changed:
            return False
        if asked.numbers not in self._touched:
            self._touched[asked.numbers] = asked.has_any(self.changed)
        return self._touched[asked.numbers]

    def hang_in(self, frames: str) -> None:
        """Pages are hung in ``frames``, which is a digest of them: in others no page stands."""
        self.frames = frames
        if frames != self.frames_before:
            self.before = {}

    def begin(self) -> None:
        """Begin to note what the next thing asks for."""
        if self.reads is not None:
            self.reads.begin()

    def taken(self) -> Asked | None:
        """What was asked for since then."""
        return self.reads.taken() if self.reads is not None else None

    def paused(self) -> AbstractContextManager[None]:
        """While this lasts nothing is noted."""
        return self.reads.paused() if self.reads is not None else nullcontext()

    def note(self, address: str, asked: Asked | None, used: Iterable[tuple[str, str]] = (), *, is_drawing: bool = False) -> None:
        """Note what the thing at ``address`` was made from."""
        if self.reads is not None:
            self.now[address] = Thing(asked, tuple(used), is_drawing)
