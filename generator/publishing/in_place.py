"""Publishing file by file, into a folder that cannot be replaced as a whole: a mount, a folder whose parent is closed, a
layer that cannot be moved.

Each file is old or new at any moment, the site as a whole is not: for the time of the moving, and when it is cut short, new
pages stand beside old ones. So what is to be done is written down before the first step, with the whole new site beside
it, and the next build finishes it before anything else. New addresses come first, pages after what they show, the start
page after all other pages; what went out of use goes last.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from generator.publishing import foreign
from generator.publishing.foreign import FileEntry, above
from generator.publishing.manifest import MANIFEST, is_entry
from generator.publishing.scaffold import CannotPublish, Scaffold
from generator.system import durable, plainfiles
from generator.text.pathnames import is_portable_path

_LONGEST = 256 << 20  # bytes of a journal


def put(folders: Scaffold, target: Path, made: Collection[str], gone: Mapping[str, FileEntry]) -> None:
    """Move the files ``made`` and the manifest from the scaffold to ``target``, and remove those that are ``gone`` and
    still as they were written. Raises ``CannotPublish`` when that stops half way."""
    durable.settle(folders.next)
    plan = {"moves": sorted(made, key=_turn) + [MANIFEST], "gone": dict(gone)}
    durable.replace_file(folders.journal, json.dumps(plan, ensure_ascii=False).encode("utf-8", "surrogateescape"))
    finish(folders, target)


def finish(folders: Scaffold, target: Path) -> bool:
    """Do what a journal says is still to be done; whether there was one. Every step may be done twice."""
    plan = _read(folders.journal)
    if plan is None:
        return False
    moves, gone = plan
    try:
        _remove(target, {name: each for name, each in gone.items() if name in _hindering(moves, gone)})
        for name in moves:
            _move(folders.next / name, target, name)
        _remove(target, gone)
        durable.settle(target)
        folders.journal.unlink()
    except OSError as error:
        raise CannotPublish("publish.half_done", reason=error) from error
    return True


def _turn(name: str) -> tuple[bool, int, str]:
    """When a file has its turn: pages after all else, the nearest to the start page last."""
    return name.endswith((".html", ".html.gz", ".html.br")), -name.count("/"), name


def _read(journal: Path) -> tuple[list[str], dict[str, FileEntry]] | None:
    try:
        plan = json.loads((plainfiles.read(journal, _LONGEST) or b"").decode("utf-8", "surrogateescape"))
        moves, gone = plan["moves"], plan["gone"]
        is_whole = all(map(is_portable_path, moves)) and all(map(is_entry, gone.keys(), gone.values()))
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return None
    return (moves, gone) if is_whole else None


def _hindering(moves: Collection[str], gone: Collection[str]) -> set[str]:
    """Those of ``gone`` that stand where a folder is needed, or in a folder where a file is."""
    files = frozenset(moves)
    folders = {folder for name in moves for folder in above(name)}
    return {name for name in gone if name in folders or not files.isdisjoint(above(name))}


def _move(new: Path, target: Path, name: str) -> None:
    if not os.path.lexists(new):
        return  # it was moved before the interruption
    place = target / name
    if any((target / folder).is_symlink() for folder in above(name)):
        raise CannotPublish("publish.in_the_way", names=(name,))
    place.parent.mkdir(parents=True, exist_ok=True)
    new.replace(place)


def _remove(target: Path, gone: Mapping[str, FileEntry]) -> None:
    emptied: set[str] = set()
    for name, entry in gone.items():
        if foreign.is_as_written(target / name, entry) and not any((target / each).is_symlink() for each in above(name)):
            (target / name).unlink()
            emptied.update(above(name))
    for folder in _inner_first(emptied):
        with suppress(OSError):  # something is left in it
            (target / folder).rmdir()


def _inner_first(folders: Collection[str]) -> Iterator[str]:
    return iter(sorted(folders, key=lambda each: -each.count("/")))
