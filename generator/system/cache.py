"""Values kept between builds, found by what they were made from. Deleting the cache changes no byte of any site.

A cache can be put under a build by whoever sends an entry, shares a folder or restores a backup. So it lies in the user's
own cache folder, never in the site's; every value is sealed with a secret that only this user has, and one with another
seal is a miss; and a value is bytes, never an address or a name that is believed.
"""

from __future__ import annotations

import atexit
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from generator.system import own
from generator.system.plainfiles import is_link, make_folder, make_way, read
from generator.text.legible import in_line

if TYPE_CHECKING:
    from filelock import FileLock

_LARGEST = 256 << 20  # bytes of a value; the pictures of one file have a tenth of that
_STEP = re.compile(r"[a-z]{1,32}")
_GROUP, _REST = re.compile(r"[0-9a-f]{2}"), re.compile(r"[0-9a-f]{62}")  # of a name, which is a SHA-256
_NEWEST = "newest-build"  # the list of values that the newest build used
_BUILDS = "builds"  # a locked file for each build that is under way
_TORN = ".new-"  # begins the name of a value that is being written
_GATE = "gate.lock"  # held while a build enters and while the cache is pruned

Kept = TypeVar("Kept", bound=bytes | None)


class InUse(Exception):
    """A build is using the cache."""


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of values. A value that was damaged on disk is a miss, never an error. ``used`` are the values that were
    read or written through this object, as (step, name), ``found`` those of them that were there."""

    root: Path
    secret: bytes = field(default_factory=own.secret, compare=False, repr=False)
    used: set[tuple[str, str]] = field(default_factory=set, compare=False, repr=False)
    found: set[tuple[str, str]] = field(default_factory=set, compare=False, repr=False)

    def get_or_make(
        self, step: str, name: str, make: Callable[[], Kept], is_sound: Callable[[bytes], bool] = lambda kept: True
    ) -> bytes | Kept:
        """Return the value ``name`` of ``step``, making and keeping it when it is not there or not sound. ``None``, from
        ``make``, is not kept."""
        kept = self.read(step, name)
        if kept is not None and is_sound(kept):
            return kept
        value = make()
        if value is not None:
            self.write(step, name, value)
        return value

    def read(self, step: str, name: str) -> bytes | None:
        """Return the value, or ``None`` when there is none or it is not what was written."""
        seal, value = self._parts(step, name)
        if value is None or not own.is_sealed(self.secret, f"{step}/{name}", value, seal):
            return None
        self.used.add((step, name))
        self.found.add((step, name))
        return value

    def read_again(self, step: str, name: str) -> bytes | None:
        """Return a value that this object has read or written before, which needs no second look at what it is."""
        return self._parts(step, name)[1] if (step, name) in self.used else self.read(step, name)

    def _parts(self, step: str, name: str) -> tuple[bytes, bytes | None]:
        """What stands on disk: the seal of the value, and the value."""
        file = self._file(step, name)
        if is_link(file.parent) or is_link(file.parent.parent):
            return b"", None
        content = read(file, _LARGEST)
        return (b"", None) if content is None else (content[: own.SEAL_SIZE], content[own.SEAL_SIZE :])

    def write(self, step: str, name: str, value: bytes) -> bool:
        """Keep ``value`` and return whether that was possible. A full or read-only disk costs the next build time, not
        this one its life."""
        self.used.add((step, name))
        return _put(self.root, f"{step}/{name[:2]}/{name[2:]}", own.seal(self.secret, f"{step}/{name}", value) + value)

    def hits(self, step: str) -> int:
        """How many values of ``step`` were there."""
        return sum(each == step for each, _ in self.found)

    @contextmanager
    def building(self) -> Iterator[None]:
        """While this lasts nothing is pruned."""
        lock = self._enter()
        try:
            yield
        finally:
            if lock is not None:
                lock.release()
                _remove(Path(lock.lock_file))

    def note_used(self) -> None:
        """Put on record what a build used that has published: all else may be pruned."""
        lines = "".join(f"{step}/{name}\n" for step, name in sorted(self.used))
        _put(self.root, _NEWEST, lines.encode())

    def _enter(self) -> FileLock | None:
        """A lock that shows this build, ``None`` where none can be held: on a read-only disk nothing is pruned."""
        from filelock import FileLock, Timeout

        try:
            folder = self.root / _BUILDS
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            make_folder(folder)
            with _gate(self.root):
                handle, name = tempfile.mkstemp(dir=folder, suffix=".lock")
                os.close(handle)
                lock = FileLock(name)
                lock.acquire(timeout=0)
                return lock
        except (OSError, Timeout, NotImplementedError):
            return None

    def _file(self, step: str, name: str) -> Path:
        return self.root / step / name[:2] / name[2:]


@dataclass(frozen=True, slots=True)
class Stat:
    """The values of one step: how many, their bytes on disk, and how many of them the newest build did not use."""

    step: str
    files: int
    size: int
    unused: int


def stat(root: Path) -> tuple[Stat, ...]:
    """What the cache in ``root`` holds, by step."""
    used = _newest(root) or frozenset()
    steps: dict[str, list[tuple[int, bool]]] = {}
    for step, name, file in _values(root):
        steps.setdefault(step, []).append((_size(file), (step, name) in used))
    return tuple(
        Stat(step, len(found), sum(size for size, _ in found), sum(1 for _, is_used in found if not is_used))
        for step, found in sorted(steps.items())
    )


def prune(root: Path) -> tuple[int, int] | None:
    """Remove every value in ``root`` that the newest build did not use, and return how many files and bytes that were;
    ``None``, with nothing removed, where no build left word. Raises ``InUse`` while a build is under way."""
    used = _newest(root)
    if used is None:
        return None
    with _gate(root):
        locks = [each for each in _entries(root / _BUILDS) if each.name.endswith(".lock")]
        if sum(_is_held(each) for each in locks):  # all are asked, so that old ones go
            raise InUse
        unused = [(file, _size(file)) for step, name, file in _values(root) if (step, name) not in used]
        torn = [(file, _size(file)) for file in (*_entries(root), *_members(root)) if file.name.startswith(_TORN) and _is_file(file)]
        removed = [size for file, size in (*unused, *torn) if _remove(file)]
    return len(removed), sum(removed)


def newest_only(step: Path, most: int) -> None:
    """Of the values of a ``step`` keep the ``most`` that were written last."""
    files = [file for step_of, _, file in _values(step.parent) if step_of == step.name]
    for file in sorted(files, key=lambda each: each.stat().st_mtime_ns, reverse=True)[most:]:
        _remove(file)


def _newest(root: Path) -> frozenset[tuple[str, str]] | None:
    told = read(root / _NEWEST, _LARGEST)
    if told is None or not told.isascii():
        return None
    return frozenset((step, name) for step, _, name in (line.partition("/") for line in told.decode().splitlines()))


def _gate(root: Path) -> FileLock:
    from filelock import FileLock

    make_way(root / _GATE)
    return FileLock(root / _GATE)


def _entries(folder: Path) -> list[Path]:
    """What is in ``folder``, in order; nothing where it is a link."""
    try:
        return [] if is_link(folder) else sorted(folder.iterdir())
    except OSError:
        return []


def _members(root: Path) -> Iterator[Path]:
    """All that lies where values do: in a folder of a folder of a step. No link on the way is followed."""
    for step in _entries(root):
        for group in _entries(step) if _STEP.fullmatch(step.name) else ():
            yield from _entries(group) if _GROUP.fullmatch(group.name) else ()


def _values(root: Path) -> Iterator[tuple[str, str, Path]]:
    """Every file that stands and is named as a value is: whatever else may be in the folder is not ours."""
    for file in _members(root):
        if _REST.fullmatch(file.name) and _is_file(file):
            yield file.parent.parent.name, file.parent.name + file.name, file


def _is_held(file: Path) -> bool:
    """Whether a build holds this lock. One that nobody holds is left from a build that was killed, and goes."""
    if not _is_file(file):
        return False  # no build made that
    from filelock import FileLock, Timeout

    lock = FileLock(file)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    _remove(file)
    return False


def _put(root: Path, place: str, content: bytes) -> bool:
    """Write ``content`` in one step at ``place`` below ``root``, through no link, and return whether that was possible."""
    file = root / place
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        for folder in reversed(file.relative_to(root).parents[:-1]):
            make_folder(root / folder)
        handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=_TORN)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(content)
            Path(temporary).replace(file)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            return False
    except OSError:
        return False
    return True


def _remove(file: Path) -> bool:
    try:
        file.unlink()
    except OSError:
        return False
    return True


def _size(file: Path) -> int:
    try:
        return file.lstat().st_size
    except OSError:
        return 0


def _is_file(file: Path) -> bool:
    return not is_link(file) and file.is_file()


def key(step: str, version: str, inputs: Sequence[str]) -> str:
    """The name of a value: a digest of everything it was made from."""
    return sha256("\0".join((step, version, *inputs)).encode()).hexdigest()


def of_site(site: Path, given: Path | None, tell: Callable[[Mapping[str, str]], None]) -> Cache:
    """The cache of the site in the folder ``site``: in ``given``, else in the user's own folder or, where nothing can be
    kept there or it cannot be relied upon, in a new one for this run alone; the latter is told."""
    if own.is_reliable(site):
        return Cache(given if given is not None else folder_of(site))
    if given is None:
        tell({"folder": in_line(str(own.folder()))})
    return Cache(given if given is not None else _of_this_run(), own.secret_of_this_run())


def folder_of(site: Path) -> Path:
    """Where the values of the site in the folder ``site`` are kept: in the user's own folder or, where nothing can be
    written there, in a new one for this run alone."""
    folder = own.folder() / own.SITES / sha256(os.fsencode(site)).hexdigest()[:20]
    try:
        own.folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        (own.folder() / own.SITES).mkdir(mode=0o700, exist_ok=True)
        make_folder(folder)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return _of_this_run()


@cache
def _of_this_run() -> Path:
    folder = tempfile.TemporaryDirectory(prefix="exhibit-", ignore_cleanup_errors=True)
    atexit.register(folder.cleanup)
    return Path(folder.name)
