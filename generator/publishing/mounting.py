"""Frozen years in the site: their files, byte for byte, at ``<year>/``.

None is ever held or made again. A file that the published site has already is taken over as it is, without a look into it, while
the system says of it what it said when it was published; any other is copied and compared with its digest meanwhile.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from generator.ledger.folders import Sum
from generator.ledger.locks import YEARS
from generator.ledger.mounted import meeting
from generator.system.cache import Cache, key
from generator.system.packing import packed, unpacked
from generator.system.sealed import Sealed, Standing, state_of

_STEP, _FORM = "mounted", "1"  # of what is kept
Files = Mapping[int, Mapping[str, Sum]]


@dataclass(frozen=True, slots=True)
class Mounting:
    """The ``files`` of the years that the site at ``target`` gets from the sources in ``root``. ``before`` is what is known of
    those that it has, by their paths there: digest and state."""

    root: Path
    target: Path
    files: Files = field(repr=False)
    before: Mapping[str, tuple[str, tuple[int, ...]]] = field(default_factory=dict, repr=False)

    def contents(self) -> Iterator[tuple[str, Sealed]]:
        """Every file by its address."""
        for year, files in self.files.items():
            for name, known in files.items():
                address = f"{year}/{name}"
                yield address, self._standing(address, known) or Sealed(self.root, f"{YEARS}/{address}", known.sha256, known.size)

    def _standing(self, address: str, known: Sum) -> Standing | None:
        digest, state = self.before.get(address, ("", ()))
        if digest != known.sha256:
            return None
        standing = Standing(self.target, address, known.sha256, known.size, state)
        return standing if standing.state_now() is not None else None

    def keep(self, cache: Cache) -> None:
        """Keep what the system says of the files, now that they are published."""
        if not self.files:
            return
        found = {}
        for year, files in self.files.items():
            for name, known in files.items():
                try:
                    state = state_of(os.lstat(f"{self.target}/{year}/{name}"))
                except OSError:
                    continue
                found[f"{year}/{name}"] = known.sha256, state
        if found != self.before:
            cache.write(_STEP, _name(self.target), packed(found))


def mounting(root: Path, target: Path, files: Files, planned: Iterable[str], cache: Cache) -> Mounting:
    """What to put into the site at ``target``. A year that meets one of the ``planned`` addresses is left out, which a problem
    tells: only a preview goes on then."""
    target = target.resolve()
    met = meeting(files, planned)
    free = {year: each for year, each in files.items() if year not in met}
    kept = unpacked(cache.read(_STEP, _name(target)) or b"", dict) if free else None
    return Mounting(root, target, free, kept or {})


def _name(target: Path) -> str:
    return key(_STEP, _FORM, (sha256(os.fsencode(target)).hexdigest(),))
