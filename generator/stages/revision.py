"""The commit that a site was built from, and whether its sources are as that has them; for the manifest alone.

It is in no page: every commit would make every page anew. Which file is the same as which object of the commit is kept with what
the system says of the file, so that it is read once.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from generator.archive.freezing import commits
from generator.config import CONFIG_FILE
from generator.source.files import SOURCE_FOLDERS, SourceFile, Sources
from generator.stages.settings import Settings
from generator.system.cache import Cache, key
from generator.system.looks import is_settled
from generator.system.packing import packed, unpacked
from generator.system.sealed import Changed, state_of
from generator.themes.basis import FOLDER as THEME

_STEP, _FORM = "revision", "1"  # of what is kept
_Kept = dict[str, tuple[tuple[int, ...], str]]  # path → what the system said of the file, the object that it is


class Begun(NamedTuple):
    """A build that begins ``at`` a time (nanoseconds), and the ``commit`` that the sources stand at by then, ``None`` where there
    is none."""

    at: int
    commit: str | None

    def told(self, sources: Sources, settings: Settings, cache: Cache) -> Mapping[str, Any] | None:
        """What the manifest says of the commit. ``differs`` is ``None`` where that cannot be told, as in a clone without the
        folders of the commit."""
        return _told(self.commit, sources, settings, cache, self.at) if self.commit is not None else None


def begin(settings: Settings) -> Begun:
    """Look at the commit. A preview tells of none, a frozen year of its own."""
    found = commits.head(settings.root) if not settings.keep_going and settings.frozen is None else None
    return Begun(time.time_ns(), found.name if found is not None else None)


def _told(name: str, sources: Sources, settings: Settings, cache: Cache, begun: int) -> Mapping[str, Any]:
    own = (THEME,) if settings.counting().theme == settings.root / THEME else ()
    known = commits.listed(settings.root, name, (*SOURCE_FOLDERS, CONFIG_FILE, *own))
    if known is None:
        return {"commit": name, "differs": None}
    files = {**sources.files, **{each.path: each for each in _others(settings.root, own)}}
    return {"commit": name, "differs": _differ(known, files, settings.root, cache, begun)}


def _others(root: Path, folders: tuple[str, ...]) -> Iterator[SourceFile]:
    """The configuration, and the theme where the site has its own."""
    found = [root / CONFIG_FILE]
    found += [Path(base, name) for folder in folders for base, _, names in os.walk(root / folder) for name in names]
    for each in found:
        if each.is_file():
            yield SourceFile(each.relative_to(root).as_posix(), each, each.stat().st_size)


def _differ(known: Mapping[str, str], files: Mapping[str, SourceFile], root: Path, cache: Cache, begun: int) -> bool:
    """Whether any of ``files`` is not in the commit as it is, or any that it has, ``known`` by path, is gone."""
    if files.keys() - known.keys() or any(not os.path.lexists(root / path) for path in known.keys() - files.keys()):
        return True
    name = key(_STEP, _FORM, (sha256(os.fsencode(root)).hexdigest(),))
    kept: _Kept = unpacked(cache.read(_STEP, name) or b"", dict) or {}
    found: _Kept = {}
    try:
        for path, file in files.items():
            state = state_of(os.lstat(file.absolute))
            if kept.get(path) != (state, known[path]) and not commits.is_in(file, known[path]):
                return True
            if is_settled(state[-2:], begun):
                found[path] = state, known[path]
    except (OSError, Changed):  # somebody writes there at this moment
        return True
    finally:
        if not found.items() <= kept.items():
            cache.write(_STEP, name, packed({**kept, **found} if len(found) < len(files) else found))
    return False
