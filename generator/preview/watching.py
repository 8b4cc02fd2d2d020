"""What changed since the last build began. Looking at the files decides; what the system tells only says when to look, so an
edit during a build, a folder that comes and goes, a save by renaming and a drive that tells nothing are all seen."""

from __future__ import annotations

import os
import stat
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from watchfiles import watch

from generator.config import CONFIG_FILE
from generator.source.files import SOURCE_FOLDERS, is_ignored
from generator.themes.basis import Basis

FOLDERS = (*SOURCE_FOLDERS, "theme")
_BRIEF = 0.03  # seconds without a change after which single files are looked at
_BRIEFEST = 0.15  # seconds that a burst may put that off
_QUIET = 0.12  # seconds without a change after which a burst of edits is over
_LONGEST = 1.5  # seconds that a burst may put off a build
_AWAKE = (2.0, 50.0)  # how often to look though nothing was told: seconds, and times what a look costs
_BLIND = (0.5, 10.0)  # the same where the system tells nothing
_NAMED = 5  # files that a line names
_DEEPEST = 32  # folders in folders; sources are never that deep

Stamps = Mapping[str, tuple[int, ...]]


def stamps(root: Path, base: Basis | None = None) -> Stamps:
    """Every source of the site below ``root``, with what the system knows of it; of ``base`` the theme and configuration
    that count instead of the site's own. What vanishes meanwhile is left out, and links are followed in the theme only."""
    found: dict[str, tuple[int, ...]] = {}
    if base is not None:
        for folder, name in ((base.theme, "--theme/theme"), (base.configured / CONFIG_FILE, f"--theme/{CONFIG_FILE}")):
            with suppress(OSError):
                found[name] = _stamp(folder.stat())
                if folder.is_dir():
                    _look(folder, name, found, set(), 0)
    with suppress(OSError):
        found[CONFIG_FILE] = _stamp((root / CONFIG_FILE).stat())
    for name in FOLDERS:
        with suppress(OSError):
            known = (root / name).lstat()
            found[name] = (known.st_ino, known.st_dev)
            if name not in SOURCE_FOLDERS or stat.S_ISDIR(known.st_mode):
                _look(root / name, name, found, set(), 0)
    return found


def _look(folder: Path, path: str, found: dict[str, tuple[int, ...]], seen: set[tuple[int, int]], depth: int) -> None:
    """Add what is in ``folder``. One that cannot be read or has just gone adds nothing: the build says what is wrong."""
    known = folder.stat()
    if (known.st_dev, known.st_ino) in seen or depth > _DEEPEST:  # links lead round in a circle
        return
    seen.add((known.st_dev, known.st_ino))
    with os.scandir(folder) as listed:
        entries = [each for each in listed if not is_ignored(each.name)]
    is_theme = path.partition("/")[0] not in SOURCE_FOLDERS
    for entry in entries:
        name = f"{path}/{entry.name}"
        with suppress(OSError):
            is_folder = entry.is_dir(follow_symlinks=is_theme)
            found[name] = () if is_folder else _stamp(entry.stat(follow_symlinks=is_theme))
            if is_folder:
                _look(Path(entry.path), name, found, seen, depth + 1)


def stamp_at(root: Path, path: str) -> tuple[int, ...] | None:
    """What the system knows of one source, in the form in which ``stamps`` has it; ``None`` where there is none."""
    try:
        known = (root / path).lstat()
    except OSError:
        return None
    if path in FOLDERS:
        return (known.st_ino, known.st_dev)
    return () if stat.S_ISDIR(known.st_mode) else _stamp(known)


def is_source(path: str) -> bool:
    """Whether ``path`` is one of the records or the configuration and nothing of a theme, which can be anywhere."""
    return path.partition("/")[0] in (*SOURCE_FOLDERS, CONFIG_FILE)


def _stamp(known: os.stat_result) -> tuple[int, ...]:
    return (known.st_mtime_ns, known.st_size, known.st_ino, known.st_ctime_ns)


class Change(NamedTuple):
    """Some of the paths that changed, and everything that is there since."""

    files: list[str]
    now: Stamps


def changes(
    root: Path,
    before: Stamps,
    on_blind: Callable[[], None],
    base: Basis | None = None,
    on_told: Callable[[frozenset[str]], None] = lambda paths: None,
) -> Iterator[Change]:
    """What changed, each time when something did since ``before`` or since the last was given. ``base`` is looked at as
    well, if not as soon. ``on_told`` is called as soon as the system has told of some paths, and with all that a look has
    found; whether anything is different there it has to see itself. ``on_blind`` is called once where the system tells of
    no changes."""
    hints = _Hints(root)
    is_told = False
    try:
        while True:
            hints.follow(before)
            if hints.is_blind and not is_told:
                is_told = True
                on_blind()
            started = time.monotonic()
            now = stamps(root, base)
            cost = time.monotonic() - started
            if now == before:
                least, times = _BLIND if hints.is_blind else _AWAKE
                hints.wait(max(least, times * cost))
                _pass_on(hints, on_told)
                continue
            on_told(frozenset(_different(before, now)))
            now = _settled(root, base, now, partial(_pass_on, hints, on_told))
            if now != before:  # a file that came and went again is no change
                yield Change(_named(before, now), now)
            before = now
    finally:
        hints.stop()


def _pass_on(hints: _Hints, on_told: Callable[[frozenset[str]], None]) -> None:
    """Hand on what the system has told of, once it tells of nothing more."""
    deadline = time.monotonic() + _BRIEFEST
    paths: set[str] = set()
    while (told := hints.told()) and time.monotonic() < deadline:
        paths |= told
        time.sleep(_BRIEF)
    if paths | told:
        on_told(frozenset(paths | told))


def _settled(root: Path, base: Basis | None, now: Stamps, meanwhile: Callable[[], None]) -> Stamps:
    """What is there once nothing changes any more, or a burst of edits has lasted too long."""
    deadline = time.monotonic() + _LONGEST
    while time.monotonic() < deadline:
        time.sleep(_QUIET)
        meanwhile()
        later = stamps(root, base)
        if later == now:
            break
        now = later
    return now


def _different(before: Stamps, now: Stamps) -> set[str]:
    return {each for each in before.keys() | now.keys() if before.get(each) != now.get(each)}


def _named(before: Stamps, now: Stamps) -> list[str]:
    changed = _different(before, now)
    files = sorted(each for each in changed if before.get(each, now.get(each)) and each not in FOLDERS)
    return (files or sorted(changed))[:_NAMED]


class _Hints:
    """What the system tells of changes, by threads that end with the command."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.is_blind = False
        self._woken = threading.Event()
        self._all = threading.Event()
        self._deep = threading.Event()
        self._followed: tuple[object, ...] | None = None
        self._roots = tuple(dict.fromkeys((root, root.absolute(), root.resolve())))
        self._told: set[str] = set()
        self._lock = threading.Lock()
        # The folder itself tells of a configuration saved by renaming and of new folders; watching the file would not.
        names = {CONFIG_FILE, *FOLDERS}
        self._start((root,), self._all, lambda _, path: Path(path).name in names, is_deep=False)

    def follow(self, now: Stamps) -> None:
        """Watch the folders of sources that are there. One that was replaced is watched anew."""
        tops = tuple((name, now[name]) for name in FOLDERS if name in now)
        if tops != self._followed:
            self._deep.set()
            self._deep, self._followed = threading.Event(), tops
            folders = tuple(self.root / name for name, _ in tops if (self.root / name).is_dir())
            if folders:
                self._start(folders, self._deep, None, is_deep=True)

    def wait(self, seconds: float) -> None:
        """Wait until something is told, at most so long."""
        self._woken.wait(seconds)
        self._woken.clear()

    def told(self) -> set[str]:
        """The sources of which something was told since this was asked the last time."""
        with self._lock:
            told, self._told = self._told, set()
        return told

    def _note(self, paths: Iterable[str]) -> None:
        found = {path.relative_to(root).as_posix() for path in map(Path, paths) for root in self._roots if path.is_relative_to(root)}
        with self._lock:
            self._told |= {each for each in found if not any(map(is_ignored, each.split("/")))}

    def stop(self) -> None:
        """Listen no more."""
        self._deep.set()
        self._all.set()

    def _start(
        self, paths: tuple[Path, ...], ended: threading.Event, wanted: Callable[..., bool] | None, *, is_deep: bool
    ) -> None:
        arguments = (paths, ended, wanted, is_deep)
        threading.Thread(target=self._listen, args=arguments, daemon=True).start()

    def _listen(
        self, paths: tuple[Path, ...], ended: threading.Event, wanted: Callable[..., bool] | None, is_deep: bool
    ) -> None:
        options: dict[str, Any] = {"debounce": 50, "step": 10, "rust_timeout": 1000, "raise_interrupt": False, "recursive": is_deep}
        try:
            for told in watch(*paths, watch_filter=wanted, stop_event=ended, **options):
                self._note(path for _, path in told)
                self._woken.set()
        except Exception:  # noqa: BLE001  no more watches, no such call: whatever it is, looking goes on without it
            self.is_blind = self.is_blind or all(each.exists() for each in paths)
            self._woken.set()
