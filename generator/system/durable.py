"""What was written is on the disk, and not only on its way there: it outlives a power cut.

A system keeps what is written in memory for up to a minute, and it may put the name of a file on the disk long before its
content. Files copied here are written once, to a name that nothing has yet, so no link is written through.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

_BLOCK = 1 << 20
# What file systems answer that know no such request, mostly those of networks and of user space.
_UNKNOWN = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EBADF})


def settle(folder: Path) -> None:
    """Return when all that was written below ``folder`` is on its disk. Raises ``OSError`` when the disk refuses."""
    if _sync_disk(folder):
        return
    for base, _, names in os.walk(folder):
        for file in (Path(base, name) for name in names):
            if not file.is_symlink():
                _flush(file, os.O_RDWR)
        settle_folder(Path(base))


def settle_folder(folder: Path) -> None:
    """Return when the names in ``folder`` are on its disk. Where folders cannot be written out singly nothing happens."""
    if sys.platform == "win32":
        return
    try:
        _flush(folder, os.O_RDONLY)
    except OSError as error:
        if error.errno not in _UNKNOWN:
            raise


def _sync_disk(folder: Path) -> bool:
    """Write out the whole file system of ``folder`` by the one call that Linux has for it (syncfs(2)): a thousand times
    faster than file by file. ``False`` where there is no such call."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None) if sys.platform.startswith("linux") else None
    if call is None:
        return False
    number = os.open(folder, os.O_RDONLY)
    try:
        if call(number) == 0:
            return True
        code = ctypes.get_errno()
    finally:
        os.close(number)
    if code in _UNKNOWN:
        return False
    raise OSError(code, os.strerror(code), str(folder))


def _flush(path: Path, how: int) -> None:
    number = os.open(path, how | getattr(os, "O_BINARY", 0))
    try:
        if sys.platform == "darwin":  # there fsync(2) leaves the content in the cache of the disk
            import fcntl

            with suppress(OSError):  # not every disk has it
                fcntl.fcntl(number, fcntl.F_FULLFSYNC)
                return
        os.fsync(number)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        os.close(number)


def write(file: Path, content: bytes) -> None:
    """Write a new file. A name that is taken already raises ``FileExistsError``."""
    with _about(file), file.open("xb") as out:
        out.write(content)


def write_blocks(file: Path, blocks: Iterable[bytes]) -> None:
    """Write a new file of ``blocks``. Their own errors are theirs."""
    with file.open("xb") as out:
        for block in blocks:
            with _about(file):
                out.write(block)


def copy(source: Path, file: Path) -> None:
    """Copy ``source`` to a new file in blocks. An error names the file it was about, that which was read or that which
    was written."""
    with source.open("rb") as old, _about(file), file.open("xb") as out:
        while block := _next_of(old, source):
            out.write(block)


def _next_of(stream: IO[bytes], source: Path) -> bytes:
    with _about(source):
        return stream.read(_BLOCK)


def replace_file(file: Path, content: bytes) -> None:
    """Put ``content`` at ``file`` so that at any moment, power cut or not, the file is the old one or the new one."""
    new = file.with_name(f"{file.name}.new")
    new.unlink(missing_ok=True)
    write(new, content)
    _flush(new, os.O_RDWR)
    new.replace(file)
    settle_folder(file.parent)


@contextmanager
def _about(file: Path) -> Iterator[None]:
    """Name ``file`` in an error of the system that names none: a disk that is full says so when one writes, and only an
    opening knows a name."""
    try:
        yield
    except OSError as error:
        if error.filename is None and error.errno is not None:
            raise OSError(error.errno, error.strerror, str(file)) from error
        raise


def link_or_copy(old: Path, new: Path) -> None:
    """The file ``old`` under the name ``new`` too. FAT, many network shares and a link too many refuse that, each in its
    own way: then it is a copy, with its times and permissions. A link stays one. Raises ``FileExistsError``, and
    ``ValueError`` for what is neither."""
    try:
        os.link(old, new, follow_symlinks=os.link not in os.supports_follow_symlinks)
    except (OSError, NotImplementedError):
        if old.is_symlink():
            new.symlink_to(old.readlink(), target_is_directory=old.is_dir())
        elif old.is_file():
            copy(old, new)
            take_over_state(old, new)
        else:
            raise ValueError(f"neither a file nor a link: {old}") from None


def take_over_state(old: Path, new: Path) -> None:
    """The times and permissions of ``old`` for ``new``, as far as the file system knows such things."""
    for take in (shutil.copystat, _take_times):
        with suppress(OSError, NotImplementedError):
            take(old, new)
            return


def _take_times(old: Path, new: Path) -> None:
    state = old.stat()
    os.utime(new, ns=(state.st_atime_ns, state.st_mtime_ns))
