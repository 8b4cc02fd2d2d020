"""Putting a new site where it belongs: whole or not at all, and never over anything that is there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from generator.config import CONFIG_FILE

Result = TypeVar("Result")
NOT_COUNTED = frozenset({".git"})  # a repository that was just begun is as good as an empty folder
RECORDS = ("brands", "content")


class Occupied(Exception):
    """Something is in the way. ``args[0]`` names it: what lies in the folder, relative to it."""


def what_is_there(target: Path) -> tuple[str, ...]:
    """The names in ``target``, in order; of a folder that is empty or not there, none."""
    if not target.is_dir():
        return ()
    return tuple(sorted(each.name for each in target.iterdir() if each.name not in NOT_COUNTED))


def place(target: Path, fill: Callable[[Path], Result], *, beside: bool = False) -> tuple[Result, tuple[str, ...]]:
    """Let ``fill`` write the new files into a folder of their own, and move them to ``target`` if it returns nothing.

    Returns what ``fill`` returned and the paths that were kept because something was there already. Raises ``Occupied``
    where ``target`` holds anything, or with ``beside`` where it holds what a new site cannot stand beside; ``OSError``
    when the disk refuses. In any such case everything is as it was before.
    """
    if what_is_there(target) and not beside:
        raise Occupied(what_is_there(target))
    if os.path.lexists(target / CONFIG_FILE):
        raise Occupied((CONFIG_FILE,))
    with _made_folder(target.parent), _stage(target) as stage:
        result = fill(stage)
        kept: tuple[str, ...] = ()
        if not result:
            kept = _move(stage, target)
    return result, kept


@contextmanager
def _made_folder(folder: Path) -> Iterator[None]:
    """``folder`` with its parents for as long as it holds something."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        for each in missing:
            with suppress(OSError):  # it holds what was made
                each.rmdir()


@contextmanager
def _stage(target: Path) -> Iterator[Path]:
    """A folder on the same disk as ``target``, gone afterwards."""
    stage = (target if target.is_dir() else target.parent) / f".exhibit-init-{os.getpid()}"
    stage.mkdir()
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _move(stage: Path, target: Path) -> tuple[str, ...]:
    if not target.exists():
        stage.rename(target)
        return ()
    files = sorted(each.relative_to(stage) for each in stage.rglob("*") if each.is_file())
    _refuse_blocked(files, target)
    kept = [each for each in files if os.path.lexists(target / each)]
    _refuse_mixture(files, target)
    done: list[Path] = []
    made: list[Path] = []
    try:
        for each in files:
            if each not in kept:
                made += _folders_for(target / each)
                (stage / each).rename(target / each)
                done.append(target / each)
    except BaseException:
        for file in done:
            file.unlink()
        for folder in reversed(made):
            folder.rmdir()
        raise
    return tuple(each.as_posix() for each in kept)


def _refuse_blocked(files: list[Path], target: Path) -> None:
    """A file or a link where a folder is needed is in the way: links are not followed."""
    folders = {parent for each in files for parent in each.parents if parent.name}
    blocked = sorted(each.as_posix() for each in folders if (target / each).is_symlink() or (target / each).is_file())
    if blocked:
        raise Occupied(tuple(blocked))


def _refuse_mixture(files: list[Path], target: Path) -> None:
    """Examples are not mixed with records that are there."""
    own = {each.parts[0] for each in files}
    mixed = tuple(f"{each}/" for each in RECORDS if each in own and what_is_there(target / each))
    if mixed:
        raise Occupied(mixed)


def _folders_for(file: Path) -> list[Path]:
    """Make the folders that ``file`` needs; return the new ones, outermost first."""
    missing = [each for each in file.parents if not each.exists()][::-1]
    for each in missing:
        each.mkdir()
    return missing
