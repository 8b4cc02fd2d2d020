"""Two folders change places: in one step where the system can, else in two, the first of which can be taken back."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

from generator.publishing import scaffold
from generator.publishing.scaffold import CannotPublish, Scaffold
from generator.system import durable

_EXCHANGE = 2  # RENAME_EXCHANGE, Linux renameat2(2)
_AT_FDCWD = -100
# What a system answers of a folder that it cannot move: a mount, a layer below (overlay), somebody else's in /tmp, one
# that another program has open (Windows).
_UNMOVABLE = frozenset({errno.EXDEV, errno.EBUSY, errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EINVAL, errno.ENOSYS})
_README = """这里是 exhibit build 换上新网站时用的文件夹。如果旁边的网站不见了：旧网站在 old 文件夹里。
再运行一次 exhibit build 就会放回去，也可以把 old 移回原处，改成原来的名字：{name}

exhibit build uses this folder while it puts a new site in its place. If the site beside it is gone, the old one is in
the folder "old": run exhibit build again, which puts it back, or move it back under its name: {name}
"""


def swap(folders: Scaffold, target: Path) -> bool:
    """Put the new site in the place of ``target``, whole; ``False`` when the folder cannot be moved and nothing has
    changed. Raises ``OSError`` when the disk refuses, and the old site then is where it was; ``CannotPublish`` with the
    place of the old site when it could not be put back."""
    durable.settle(folders.next)
    if not target.exists():
        folders.next.rename(target)
        return True
    with suppress(OSError):  # FAT and network shares know no permissions
        shutil.copymode(target, folders.next)
    if exchange(folders.next, target):
        return True  # the old site now stands in the scaffold and goes with it
    folders.explain(_README.format(name=target.name))
    durable.settle_folder(folders.place)
    try:
        target.rename(folders.old)
    except OSError as error:
        if error.errno in _UNMOVABLE:
            return False  # its files can be replaced all the same
        raise
    try:
        folders.next.rename(target)
    except BaseException as error:
        _take_back(folders, target, error)
        raise
    return True


def _take_back(folders: Scaffold, target: Path, reason: BaseException) -> None:
    try:
        scaffold.put_back(folders, target)
    except OSError as error:
        known = reason if isinstance(reason, OSError) else error
        raise CannotPublish("publish.stranded", path=folders.old, reason=known) from error


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; ``False`` where the system or the file system has no such call."""
    if not sys.platform.startswith("linux"):
        return False
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    done: int = call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE)
    return done == 0
