"""Where a preview works: a folder of the user's own that is kept, so that the next preview of the same has a site to show at
once, also after a computer that went off. It holds what is not public, as the cache beside it does, and is the user's alone.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import generator
from generator.publishing.manifest import MANIFEST, is_preview, read_manifest
from generator.stages.settings import Settings
from generator.system import own
from generator.system.plainfiles import clear, doubt_of, is_link

PREVIEWS = "previews"  # in the user's own folder
_MOST = 2  # that are kept
_LOCK = "lock"


class Former(NamedTuple):
    """A site that an earlier preview made, and when."""

    folder: Path
    made: datetime


@contextmanager
def workplace(settings: Settings) -> Iterator[Path]:
    """A folder to work in: the one that is kept for what ``settings`` ask for, or a passing one where another preview works
    there at this moment, or nothing can be kept."""
    with ExitStack() as stack:
        place = _taken(stack, settings) or Path(stack.enter_context(_passing()))
        yield place


def former(place: Path) -> Former | None:
    """The newest whole site in ``place`` that this version of the program made for a preview."""
    manifests = sorted(place.glob(f"*/site/{MANIFEST}"), key=_age, reverse=True)
    return next((found for each in manifests if (found := _of(each)) is not None), None)


def clear_all() -> None:
    """Remove every one at which nobody is at work."""
    _keep_newest(0)


def _passing() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="exhibit-preview-", ignore_cleanup_errors=True)


def _taken(stack: ExitStack, settings: Settings) -> Path | None:
    """The folder that is kept for ``settings``, locked while ``stack`` lasts."""
    if not own.is_reliable(settings.root) or is_link(own.folder() / PREVIEWS):
        return None
    place = own.folder() / PREVIEWS / _name(settings)
    try:
        for each in (place.parent.parent, place.parent, place):
            each.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    if doubt_of(place.parent) is not None or doubt_of(place) is not None or not _is_locked(stack, place):
        return None
    os.utime(place)
    stack.callback(_keep_newest, _MOST)
    return place


def _is_locked(stack: ExitStack, place: Path) -> bool:
    from filelock import FileLock, Timeout  # here: `exhibit cache` asks for less

    lock = FileLock(place / _LOCK, timeout=0)
    try:
        stack.enter_context(lock)
    except (Timeout, OSError, NotImplementedError):  # somebody is there, or the disk knows no locks
        return False
    return True


def _name(settings: Settings) -> str:
    """What is kept is for one site, seen in one way."""
    is_now = isinstance(settings.as_of, datetime) and settings.as_of.tzinfo is UTC
    way = (settings.year, settings.links, None if is_now else settings.as_of.isoformat(), settings.basis)
    return sha256(os.fsencode(settings.root.resolve()) + repr(way).encode("utf-8", "surrogateescape")).hexdigest()[:20]


def _of(manifest: Path) -> Former | None:
    told = read_manifest(manifest.parent)
    if told is None or not is_preview(told) or told.get("generator") != generator.__version__:
        return None
    return Former(manifest.parent, datetime.fromtimestamp(_age(manifest)))


def _keep_newest(most: int) -> None:
    """Remove all but the newest, and those at which somebody is at work."""
    folder = own.folder() / PREVIEWS
    if is_link(folder) or not folder.is_dir():
        return
    with suppress(OSError):
        for each in sorted(folder.iterdir(), key=_age, reverse=True)[most:]:
            with ExitStack() as stack:
                if _is_locked(stack, each):
                    clear(each)  # its lock too, while it is held: who comes just now finds no folder, and works elsewhere


def _age(path: Path) -> float:
    return path.lstat().st_mtime
