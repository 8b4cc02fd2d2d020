"""All that a build may read or look for, listed before it begins, and the word that is kept of one that published."""

from __future__ import annotations

import os
import secrets
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import TZPATH

from generator.archive.freezing import commits
from generator.cli import unchanged
from generator.cli.unchanged import Watched, Word
from generator.config import CONFIG_FILE
from generator.ledger.locks import FOLDER as LOCKS
from generator.ledger.locks import YEARS
from generator.publishing import scaffold
from generator.source.files import SOURCE_FOLDERS
from generator.stages.settings import Settings
from generator.system import gitindex, own
from generator.system.cache import Cache, newest_only
from generator.system.looks import Look
from generator.system.resources import PACKAGE, THEME
from generator.themes import basis

_WORDS = 64  # that are kept, at most
_INSTALLED = ("site-packages", "dist-packages")


@dataclass(frozen=True, slots=True)
class Begun:
    """A build that begins: what it reads, and what the system says of that by now."""

    around: str
    root: Path
    target: Path
    places: tuple[str, ...]
    watched: Watched
    seen: Look
    since: float

    def keep(self, arguments: Sequence[str], until: datetime | None, said: str, mark: str) -> None:
        """Keep word of this build, which has published, where all is as it was when it began. ``until`` is the moment at which
        another site would come of the same records; ``said`` is what the next such build answers."""
        with suppress(OSError):
            now = self.watched.look()
            if now.digest != self.seen.digest or not self.seen.is_settled(int(self.since * 1e9)):
                return
            word = Word(
                around=self.around,
                site=str(self.root),
                since=self.since,
                until=until.timestamp() if until is not None else None,
                watched=self.watched,
                inputs=now.digest,
                target=str(self.target),
                places=self.places,
                outputs=unchanged.outputs(str(self.target), self.places),
                said=said,
                mark=mark,
            )
            kept = Cache(own.folder() / unchanged.FOLDER)
            kept.write(unchanged.STEP, unchanged.name_of(arguments), unchanged.written(word))
            newest_only(kept.root / unchanged.STEP, _WORDS)


def begin(settings: Settings, target: Path) -> Begun | None:
    """Look at all that a build of ``settings`` into ``target`` will read; ``None`` where no word of it can be kept."""
    around = unchanged.around()
    if around is None or not own.is_reliable(settings.root):
        return None
    try:
        place = target.resolve()
        watched = _watched(settings, place)
        places = (*_way(place), *_way(target.absolute()), settings.own_cache().root, own.folder())
        return Begun(around, settings.root, place, tuple(map(str, places)), watched, watched.look(), time.time())
    except (OSError, RuntimeError):
        return None


def new_mark() -> str:
    """What stands for the seconds: nothing that any answer holds."""
    return secrets.token_hex(8)


def _watched(settings: Settings, place: Path) -> Watched:
    root, chosen = settings.root, settings.counting()
    folders = (*(root / each for each in (*SOURCE_FOLDERS, YEARS, basis.FOLDER)), chosen.theme, chosen.configured / LOCKS)
    return Watched(
        files=tuple(map(str, _files(settings, chosen))),
        kinds=tuple(map(str, _kinds(root, chosen))),
        folders=tuple(map(str, dict.fromkeys(folders))),
        programs=(str(PACKAGE), str(THEME)),
        top=str(root),
        besides=(place.name, scaffold.of(place).name) if place.parent == root else (),
    )


def _way(target: Path) -> Iterator[Path]:
    """The folders through which ``target`` is reached, and itself."""
    yield from (*reversed(target.parents), target)


def _files(settings: Settings, chosen: basis.Basis) -> Iterator[Path]:
    here = Path.cwd()
    yield from (each / CONFIG_FILE for each in (here, *here.parents, settings.root, chosen.configured))
    yield from (each for each in _git(settings.root) if not each.is_dir())
    index = gitindex.index_of(settings.root)
    if index is not None:
        yield index
    yield from commits.told_by(settings.root)
    yield from (Path(each) for each in sys.path if Path(each).name in _INSTALLED)
    yield from (Path(each) / "ffprobe" for each in os.environ.get("PATH", os.defpath).split(os.pathsep))
    if settings.ffprobe is not None:
        yield Path(settings.ffprobe).resolve()
    yield from map(Path, TZPATH)


def _kinds(root: Path, chosen: basis.Basis) -> Iterator[Path]:
    yield from (each / basis.FOLDER for each in (root, chosen.configured))
    yield from (root / each for each in (*SOURCE_FOLDERS, YEARS))
    for each in _git(root):
        yield from (each, each / "HEAD", each / "index")
    index = gitindex.index_of(root)
    if index is not None:
        yield from (index, index.with_name("HEAD"))


def _git(root: Path) -> Iterator[Path]:
    """Where git may say which work tree ``root`` lies in."""
    yield from (each / ".git" for each in (root, *root.parents))
