"""Where a site can go, found out before any work is done: as a whole in the place of a folder, or file by file into it."""

from __future__ import annotations

import os
from pathlib import Path

from generator.publishing import foreign, scaffold
from generator.publishing.scaffold import CannotPublish


def place_of(target: Path) -> Path:
    """The folder to build a site for ``target`` in: beside it, or, for a mount and where nothing can be made beside it,
    within. Raises ``CannotPublish`` for what no site can go to."""
    if target.parent == target:
        raise CannotPublish("publish.mount")
    if target.exists() and not target.is_dir():
        raise CannotPublish("publish.not_a_folder", path=target)
    if target.exists() and not _is_open(target):
        raise CannotPublish("publish.read_only", path=target)
    if target.exists() and foreign.is_mount(target, foreign.mounts()):
        return scaffold.within(target)
    above = next(each for each in target.parents if each.exists())
    if not above.is_dir():
        raise CannotPublish("publish.not_a_folder", path=above)
    if not _is_open(above):
        if target.exists():
            return scaffold.within(target)
        raise CannotPublish("publish.read_only_above", path=above)
    return scaffold.of(target)


def _is_open(folder: Path) -> bool:
    return os.access(folder, os.W_OK | os.X_OK)
