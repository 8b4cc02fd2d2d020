"""Values kept between builds, found by what they were made from. Deleting the cache changes no byte of any site.

A cache can be put under a build by whoever sends an entry, shares a folder or restores a backup. So it lies in the user's
own cache folder, never in the site's; every value is sealed with a secret that only this user has, and one with another
seal is a miss; and a value is bytes, never an address or a name that is believed.
"""

from __future__ import annotations

import atexit
import os
import secrets
import stat as modes
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b, sha256
from pathlib import Path

import platformdirs
from filelock import FileLock, Timeout

_SEAL_SIZE = 32
_SECRET_SIZE = 32
_SECRET = "secret"  # the file that holds it, in the user's own folder
_NAME_SIZE = 64  # hexadecimal digits
_NEWEST = "newest-build"  # the list of values that the newest build used
_BUILDS = "builds"  # a locked file for each build that is under way
_GATE = "gate.lock"  # held while a build enters and while the cache is pruned


class InUse(Exception):
    """A build is using the cache."""


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of values. A value that was damaged on disk is a miss, never an error. ``used`` are the values that were
    read or written through this object, as (step, name)."""

    root: Path
    secret: bytes = field(default_factory=lambda: own_secret(), compare=False, repr=False)
    used: set[tuple[str, str]] = field(default_factory=set, compare=False, repr=False)

    def get_or_make(self, step: str, version: str, inputs: Sequence[str], make: Callable[[], bytes]) -> bytes:
        """Return the value made by ``step`` of ``version`` from ``inputs`` (digests and settings), making it when it
        is not there. ``version`` names everything else the value depends on, such as a library's release."""
        name = key(step, version, inputs)
        value = self.read(step, name)
        if value is None:
            value = make()
            self.write(step, name, value)
        return value

    def read(self, step: str, name: str) -> bytes | None:
        """Return the value, or ``None`` when there is none or it is not what was written."""
        seal, value = self._parts(step, name)
        if value is None or not secrets.compare_digest(self._seal(step, name, value), seal):
            return None
        self.used.add((step, name))
        return value

    def read_again(self, step: str, name: str) -> bytes | None:
        """Return a value that this object has read or written before, which needs no second look at what it is."""
        return self._parts(step, name)[1] if (step, name) in self.used else self.read(step, name)

    def _parts(self, step: str, name: str) -> tuple[bytes, bytes | None]:
        """What stands on disk: the seal of the value, and the value."""
        try:
            with self._file(step, name).open("rb", buffering=0) as file:
                return file.read(_SEAL_SIZE), file.readall()
        except OSError:
            return b"", None

    def write(self, step: str, name: str, value: bytes) -> bool:
        """Keep ``value`` and return whether that was possible. A full or read-only disk costs the next build time, not
        this one its life."""
        self.used.add((step, name))
        return _put(self._file(step, name), self._seal(step, name, value) + value)

    def _seal(self, step: str, name: str, value: bytes) -> bytes:
        """What only this user can write before ``value``, and only at this place (BLAKE2b with a key, RFC 7693)."""
        return blake2b(value, digest_size=_SEAL_SIZE, key=self.secret, person=sha256(f"{step}/{name}".encode()).digest()[:16]).digest()

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
        _put(self.root / _NEWEST, lines.encode())

    def _enter(self) -> FileLock | None:
        """A lock that shows this build, ``None`` where none can be held: on a read-only disk nothing is pruned."""
        try:
            folder = self.root / _BUILDS
            folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self.root / _GATE):
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
    with FileLock(root / _GATE):
        if sum(_is_held(each) for each in (root / _BUILDS).glob("*.lock")):  # all are asked, so that old ones go
            raise InUse
        unused = [(file, _size(file)) for step, name, file in _values(root) if (step, name) not in used]
        torn = [(file, _size(file)) for file in root.rglob(".new-*") if file.is_file()]
        removed = [size for file, size in (*unused, *torn) if _remove(file)]
    return len(removed), sum(removed)


def _newest(root: Path) -> frozenset[tuple[str, str]] | None:
    try:
        lines = (root / _NEWEST).read_text("ascii").splitlines()
    except (OSError, ValueError):
        return None
    return frozenset((step, name) for step, _, name in (line.partition("/") for line in lines))


def _values(root: Path) -> Iterator[tuple[str, str, Path]]:
    """Every file that stands and is named as a value is: whatever else may be in the folder is not ours."""
    for file in sorted(root.glob("*/??/*")):
        name = file.parent.name + file.name
        if len(name) == _NAME_SIZE and not set(name) - set("0123456789abcdef") and file.is_file():
            yield file.parent.parent.name, name, file


def _is_held(file: Path) -> bool:
    """Whether a build holds this lock. One that nobody holds is left from a build that was killed, and goes."""
    lock = FileLock(file)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    _remove(file)
    return False


def _put(file: Path, content: bytes) -> bool:
    """Write ``content`` in one step and return whether that was possible."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=".new-")
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
        return file.stat().st_size
    except OSError:
        return 0


def key(step: str, version: str, inputs: Sequence[str]) -> str:
    """The name of a value: a digest of everything it was made from."""
    return sha256("\0".join((step, version, *inputs)).encode()).hexdigest()


def own_folder() -> Path:
    """The folder for kept values that belongs to whoever runs this program."""
    return platformdirs.user_cache_path("exhibit", appauthor=False)


def folder_of(site: Path) -> Path:
    """Where the values of the site in the folder ``site`` are kept: in the user's own folder or, where nothing can be
    written there, in a new one for this run alone."""
    folder = own_folder() / "sites" / sha256(os.fsencode(site)).hexdigest()[:20]
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return _of_this_run()


@cache
def _of_this_run() -> Path:
    folder = tempfile.TemporaryDirectory(prefix="exhibit-", ignore_cleanup_errors=True)
    atexit.register(folder.cleanup)
    return Path(folder.name)


@cache
def own_secret() -> bytes:
    """What this user's values are sealed with: made once and kept in the user's own folder, for this run alone where that
    cannot be."""
    file = own_folder() / _SECRET
    known = _read_secret(file)
    if known is None:
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=".new-")  # readable by its owner alone
            with os.fdopen(handle, "wb") as out:
                out.write(secrets.token_bytes(_SECRET_SIZE))
            try:
                os.link(temporary, file)  # whoever comes first decides
            except OSError:
                if _read_secret(file) is None:
                    Path(temporary).replace(file)
            Path(temporary).unlink(missing_ok=True)
        except OSError:
            return secrets.token_bytes(_SECRET_SIZE)
        known = _read_secret(file)
    return known if known is not None else secrets.token_bytes(_SECRET_SIZE)


def _read_secret(file: Path) -> bytes | None:
    """The secret in ``file``, ``None`` unless it is a plain file of ours that nobody else can read or write."""
    try:
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return None
    with os.fdopen(handle, "rb") as opened:
        facts = os.fstat(opened.fileno())
        is_ours = os.name != "posix" or (facts.st_uid == os.geteuid() and not facts.st_mode & 0o077)
        value = opened.read(_SECRET_SIZE + 1) if modes.S_ISREG(facts.st_mode) and is_ours else b""
    return value if len(value) == _SECRET_SIZE else None
