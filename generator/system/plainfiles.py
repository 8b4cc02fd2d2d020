"""Files and folders that are what they seem. In a place where somebody else can put things, a name may be a link to
anywhere, a pipe that never ends, or the folder of a neighbour; none of them is opened here.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Literal

Doubt = Literal["link", "owner", "shared"]
_CAREFULLY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_MANY = 64  # folders; fewer are removed before threads have begun
_AT_ONCE = 4
_READABLE = 0o644
_HAS_OWNERS = os.name == "posix"


def read(file: Path, limit: int) -> bytes | None:
    """What is in ``file``; ``None`` where there is none, where it is no plain file (a link is none) and where it has more
    than ``limit`` bytes. Never waits for anything."""
    try:
        handle = os.open(file, os.O_RDONLY | _CAREFULLY | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError):
        return None
    try:
        with os.fdopen(handle, "rb", buffering=0) as opened:
            state = os.fstat(handle)
            if not stat.S_ISREG(state.st_mode) or state.st_size > limit:
                return None
            content = opened.read(state.st_size + 1)
            return content if len(content) <= limit else None
    except OSError:
        return None


def is_link(path: Path) -> bool:
    """Whether ``path`` itself leads elsewhere: a symbolic link or, on Windows, a junction."""
    try:
        state = path.lstat()
    except (OSError, ValueError):
        return False
    return stat.S_ISLNK(state.st_mode) or getattr(state, "st_reparse_tag", 0) == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)


def is_plain(path: Path) -> bool:
    """Whether ``path`` is a file with content and no other name: what is written to it changes nothing elsewhere."""
    try:
        state = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(state.st_mode) and state.st_nlink == 1


def replace_source(file: Path, content: bytes) -> None:
    """Put ``content`` in place of ``file``, which somebody else may have written and need not be there yet, in one step, so
    that a crash leaves the old one whole. Raises ``OSError``."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.stem}-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        with suppress(OSError):  # FAT and network shares know no permissions
            Path(name).chmod(file.stat().st_mode if file.exists() else _READABLE)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def clear(path: Path) -> None:
    """Remove a folder with all that is in it, also where folders are read-only; of anything else, a link or a pipe, only
    its name. Raises ``OSError`` where something stays."""
    try:
        state = path.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(state.st_mode):
        path.unlink()
        return
    _remove(path)
    if os.path.lexists(path):
        for base, _, _ in os.walk(path):
            with suppress(OSError):  # what cannot be removed then is reported below
                Path(base).chmod(0o700)
        shutil.rmtree(path)


def _remove(folder: Path) -> None:
    """Remove what can be removed of ``folder``. The disk takes its time for each folder in it, so it is asked for several at
    once."""
    inner = [inmost for each in _folders(folder) for inmost in _folders(each)]
    if len(inner) >= _MANY:
        from concurrent.futures import ThreadPoolExecutor  # dear to load, and mostly there is nothing to remove

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for done in [pool.submit(shutil.rmtree, each, ignore_errors=True) for each in inner]:
                done.result()
    shutil.rmtree(folder, ignore_errors=True)


def _folders(folder: str | Path) -> list[str]:
    try:
        with os.scandir(folder) as found:
            return [each.path for each in found if each.is_dir(follow_symlinks=False)]
    except OSError:
        return []


def make_way(path: Path) -> None:
    """Remove what stands at ``path`` where a file of ours belongs, unless it is a plain file."""
    if os.path.lexists(path) and not is_plain(path):
        clear(path)


def write_new(file: Path, content: bytes) -> None:
    """Put ``content`` at ``file`` as a new file: what stood there, a link or another name of some file, is not written
    through. Raises ``OSError``, also where a folder is in the way."""
    if os.path.lexists(file):
        file.unlink()
    with file.open("xb") as out:
        out.write(content)


def make_folder(folder: Path) -> None:
    """Make ``folder``, in a folder that is there. What leads elsewhere under its name is removed first."""
    if is_link(folder):
        folder.unlink()
    folder.mkdir(exist_ok=True)


def doubt_of(folder: Path) -> Doubt | None:
    """Why what lies in ``folder`` may be somebody else's, ``None`` for no reason: it is a link, it belongs to another
    user, or others can write in it. A folder that is not there is in no doubt."""
    if is_link(folder):
        return "link"
    try:
        state = folder.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not _HAS_OWNERS:
        return None
    if state.st_uid != os.geteuid():
        return "owner"
    return "shared" if state.st_mode & 0o022 else None


def link_on_the_way(path: Path, inside: Path) -> Path | None:
    """The first link in ``path`` that lies in the folder ``inside``, where whoever sends files can put one; ``None`` for
    none. Links outside, such as ``/tmp`` on some systems, belong to the machine."""
    whole, inner = path.absolute(), inside.resolve()
    for each in (*reversed(whole.parents), whole):
        if is_link(each) and each.parent.resolve().is_relative_to(inner):
            return each
    return None
