"""What the machine refused, told to the person who can do something about it."""

from __future__ import annotations

import errno
import os
import socket

from generator.messages import Language, say
from generator.text.legible import in_line


class CannotDo(Exception):
    """What was asked for cannot be done. The message says why, and what to type instead."""


_NAMES = {
    "permission": ("EACCES", "EPERM"),
    "read_only": ("EROFS",),
    "full": ("ENOSPC", "EDQUOT", "EFBIG"),
    "missing": ("ENOENT",),
    "no_folder": ("ENOTDIR",),
    "is_folder": ("EISDIR",),
    "is_file": ("EEXIST",),
    "long_name": ("ENAMETOOLONG",),
    "open_files": ("EMFILE", "ENFILE"),
    "broken_disk": ("EIO", "ESTALE"),
    "in_use": ("EBUSY", "ETXTBSY"),
    "memory": ("ENOMEM",),
    "processes": ("EAGAIN",),
    "loop": ("ELOOP",),
}
# Not every system has every one of these numbers.
_CAUSES = {getattr(errno, name): key for key, names in _NAMES.items() for name in names if hasattr(errno, name)}
_WINDOWS_CAUSES = {32: "in_use", 33: "in_use", 112: "full", 206: "long_name", 1224: "in_use"}


def cause_of(error: OSError | MemoryError, language: Language) -> str:
    """Why the machine refused something, which file it was, and what to do."""
    if isinstance(error, MemoryError):
        return say("machine.memory", language, path="")
    key = _WINDOWS_CAUSES.get(getattr(error, "winerror", None) or 0) or _CAUSES.get(error.errno or 0)
    path = _file_of(error)
    if key is None:
        return say("machine.other", language, path=path, reason=in_line(error.strerror or str(error)))
    return say(f"machine.{key}", language, path=path)


def _file_of(error: OSError) -> str:
    """The file it was about, as a beginning of a sentence; empty where the system does not say."""
    named = [each for each in (error.filename, error.filename2) if each is not None and not isinstance(each, int)]
    return f"{in_line(os.fsdecode(named[0]))}: " if named else ""


def no_server(error: OSError, host: str, port: int, language: Language) -> str:
    """Why nothing can be served at ``host`` and ``port``, and what to type instead."""
    values = {"host": in_line(host), "port": port}
    if isinstance(error, socket.gaierror) or error.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
        return say("serve.host", language, **values)
    if error.errno == errno.EADDRINUSE:
        return say("serve.busy", language, other=port + 1 if port < 65535 else 0, **values)
    if error.errno in (errno.EACCES, errno.EPERM):
        return say("serve.forbidden", language, **values)
    return say("serve.other", language, reason=in_line(error.strerror or str(error)), **values)
