"""Files of the submission are opened so that what is read is what was listed, and what was checked is what is published.

Whoever hands in files may change them while a build runs. So none is opened through a link, at any part of its path;
none that is a pipe or a device is waited for; what changes while it is read is refused; and a file that is copied later
has to have the digest that was checked.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from io import BufferedReader
from pathlib import Path

_BLOCK = 1 << 20
_CLOSELY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | _CLOSELY
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _CLOSELY
_HAS_WALK = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")
_ELSE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.EISDIR, errno.ENXIO, errno.ENODEV, errno.EMLINK})


class Changed(Exception):
    """A file is no longer what it was when it was listed or checked; ``path`` is relative to the root."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file as it was checked, to be copied only while it is the same: ``path`` below ``root``, ``size`` in bytes."""

    root: Path
    path: str
    sha256: str
    size: int

    def blocks(self) -> Iterator[bytes]:
        """Its bytes. Raises ``Changed``, at the end at the latest: what was taken until then is of no use."""
        digest, size = sha256(), 0
        with opened(self.root, self.path) as file:
            while block := file.read(min(_BLOCK, self.size + 1 - size)):
                digest.update(block)
                size += len(block)
                yield block
        if size != self.size or digest.hexdigest() != self.sha256:
            raise Changed(self.path)

    def read(self) -> bytes:
        """All of its bytes. Raises ``Changed``."""
        return b"".join(self.blocks())


@dataclass(frozen=True, slots=True)
class Standing(Sealed):
    """A file of the site before that the next one has too: where its ``state`` is what it was, nobody touched it."""

    state: tuple[int, ...]

    def state_now(self) -> os.stat_result | None:
        """What the system says of it, as long as that is what it was."""
        try:
            found = os.lstat(f"{self.root}/{self.path}")
        except OSError:
            return None
        return found if state_of(found) == self.state else None


@contextmanager
def opened(root: Path, path: str) -> Iterator[BufferedReader]:
    """The file at ``path`` below ``root``, which is no link, nor is a folder on the way. Raises ``Changed`` where it is not
    there any more, is something else, or was written to meanwhile; ``OSError`` where it may not be read."""
    try:
        handle = _handle(root, path)
    except OSError as error:
        if error.errno in _ELSE:
            raise Changed(path) from None
        raise
    before = os.fstat(handle)
    if not stat.S_ISREG(before.st_mode):
        os.close(handle)
        raise Changed(path)
    with os.fdopen(handle, "rb") as file:
        yield file
        if _state(os.fstat(handle)) != _state(before):
            raise Changed(path)


def read(root: Path, path: str, most: int) -> bytes:
    """The bytes of a file, up to ``most``. Raises as ``opened`` does."""
    with opened(root, path) as file:
        return file.read(most)


def _handle(root: Path, path: str) -> int:
    *folders, name = path.split("/")
    if not _HAS_WALK:
        return _handle_by_path(root, folders, name)
    above = os.open(root, _FOLDER & ~getattr(os, "O_NOFOLLOW", 0))  # the root may well be a link of whoever builds
    try:
        for each in folders:
            below = os.open(each, _FOLDER, dir_fd=above)
            os.close(above)
            above = below
        return os.open(name, _READ, dir_fd=above)
    finally:
        os.close(above)


def _handle_by_path(root: Path, folders: list[str], name: str) -> int:
    """The same where folders cannot be opened (Windows)."""
    place = root
    for each in folders:
        place /= each
        if place.is_symlink() or not place.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(place))
    if (place / name).is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(place / name))
    return os.open(place / name, _READ)


def state_of(facts: os.stat_result) -> tuple[int, ...]:
    """What the system says of a file. Whoever writes to it, moves or replaces it changes some of that (stat(2))."""
    return facts.st_mode, facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns


def _state(facts: os.stat_result) -> tuple[int, int]:
    return facts.st_size, facts.st_mtime_ns
