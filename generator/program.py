"""Which program this is: part of the name of a kept value that it has made, for a developer changes it without another
version."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from generator.system.resources import PACKAGE


@cache
def state() -> str:
    """Every file of the program with its size and when it was written, and the Python that runs it."""
    return repr((sorted(_states(PACKAGE)), sys.version))


@cache
def content() -> str:
    """A digest of what every file of the program says: the same for the same program on any machine."""
    digest = sha256()
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in (".py", ".toml"):
            digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _states(folder: Path | str) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for each in entries:
            if each.is_dir():
                yield from _states(each.path)
            elif each.name.endswith((".py", ".toml")):
                yield each.path, each.stat().st_size, each.stat().st_mtime_ns


@cache
def versions(*libraries: str) -> str:
    """The versions of ``libraries``, named as their distributions are. The folders beside them say so, and it takes
    ``importlib.metadata`` longer to load than a small site to be checked."""
    beside = _distributions()
    named = [[each for each in beside if each.lower().startswith(f"{name.lower()}-")] for name in libraries]
    if all(named):
        return repr(named)
    from importlib.metadata import version

    return repr([version(each) for each in libraries])


def installed() -> str:
    """All libraries beside the program, with their versions."""
    return repr(_distributions())


@cache
def _distributions() -> tuple[str, ...]:
    folders = (Path(each) for each in sys.path if os.path.isdir(each))  # noqa: PTH112  an entry may be anything
    return tuple(sorted(file.name for each in folders for file in each.iterdir() if file.name.endswith(".dist-info")))
