"""What lies in a published folder and is not ours: found, told of, and carried over into the next site as it is.

Ours is what the manifest of the last build names and what still is as it was written. All else belongs to somebody:
``CNAME``, ``_headers``, a repository's ``.git``, a frozen year, pictures that were put there by hand.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase
from hashlib import file_digest
from pathlib import Path
from typing import Any

from generator.plainfiles import is_plain
from generator.scaffold import CannotPublish

Entry = dict[str, Any]  # of the manifest: the digest and the size of a file
# What hosts and search engines ask for beside a site: a folder that holds nothing else may take its first site.
_OF_HOSTS = (".*", "CNAME", "_headers", "_redirects", "robots.txt", "*verif*", "google*.html", "BingSiteAuth.xml")
# Of these, what no build makes under any of its names, old addresses included.
_NEVER_OURS = (".git", ".nojekyll", ".htaccess", ".well-known", "CNAME", "_headers", "_redirects", "google*.html", "BingSiteAuth.xml")
_OF_YEAR, _OF_FROZEN = re.compile(r"[0-9]{4}/"), "manifest.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept: each thing by its name, a folder with a slash behind it, and how many files that are."""

    names: tuple[str, ...] = ()
    files: int = 0


@dataclass(frozen=True, slots=True)
class Foreign:
    """Folders and files (links, too) that are not ours, by their path below the target, outer folders first."""

    folders: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Each thing once: what lies in a folder that is not ours goes without saying."""
        folders = frozenset(self.folders)
        outer = [f"{each}/" for each in self.folders if folders.isdisjoint(above(each))]
        return tuple(sorted([*outer, *(each for each in self.files if folders.isdisjoint(above(each)))]))

    @property
    def is_of_hosts(self) -> bool:
        """Whether there is nothing but what a host asks for."""
        return all(_is_any_of(_OF_HOSTS, each) for each in (*self.folders, *self.files))

    def kept(self) -> Kept:
        """What there is to tell."""
        return Kept(self.names, len(self.files))


def _is_any_of(patterns: tuple[str, ...], name: str) -> bool:
    """Whether ``name`` is, or lies in, something that one of ``patterns`` means."""
    top = name.partition("/")[0]
    return any(fnmatchcase(top, pattern) for pattern in patterns)


def _is_never_ours(name: str, target: Path) -> bool:
    """Whether ``name`` is no build's to take away, whatever a manifest says that somebody laid there: it is a host's, or it
    lies in the frozen edition of a year, which has a manifest of its own."""
    year = _OF_YEAR.match(name)
    return _is_any_of(_NEVER_OURS, name) or (year is not None and os.path.lexists(target / year[0] / _OF_FROZEN))


def above(path: str) -> Iterator[str]:
    """The folders that ``path`` lies in, the nearest first."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


_MOUNTS = Path("/proc/self/mountinfo")  # proc(5)
_OCTAL = re.compile(r"\\([0-7]{3})")


def mounts() -> frozenset[Path]:
    """Where something is mounted, as Linux lists it. A folder of the same disk that is mounted a second time is known
    by nothing else."""
    try:
        lines = _MOUNTS.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return frozenset()
    places = (line.split(" ", 5)[4] for line in lines if line.count(" ") >= 5)
    return frozenset(Path(_OCTAL.sub(lambda hit: chr(int(hit[1], 8)), place)) for place in places)


def is_mount(path: Path, mounted: frozenset[Path]) -> bool:
    """Whether something is mounted at ``path``."""
    return path in mounted or path.is_mount()


def found(target: Path, known: Collection[str]) -> Foreign:
    """What lies in ``target`` beside the files ``known`` to be ours. Links are never followed. Raises
    ``CannotPublish`` for a folder that something else is mounted on: it cannot move."""
    ours = {folder for name in known for folder in above(name)}
    folders: list[str] = []
    files: list[str] = []
    device, mounted = target.stat().st_dev, mounts()
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        with os.scandir(target / folder) as entries:
            for entry in entries:
                path = f"{folder}/{entry.name}" if folder else entry.name
                if not entry.is_dir(follow_symlinks=False):
                    files += [] if path in known else [path]
                    continue
                if entry.stat(follow_symlinks=False).st_dev != device or is_mount(target / path, mounted):
                    raise CannotPublish("publish.mount_inside", name=f"{path}/")
                folders += [] if path in ours else [path]
                waiting.append(path)
    return Foreign(tuple(sorted(folders)), tuple(sorted(files)))


def fingerprint(file: Path) -> Entry | None:
    """The entry that a manifest would have of ``file``, ``None`` for all that is no plain file."""
    try:
        if not stat.S_ISREG(file.lstat().st_mode):
            return None
        with file.open("rb") as source:
            return {"sha256": file_digest(source, "sha256").hexdigest(), "size": source.tell()}
    except OSError:
        return None


def is_as_written(file: Path, entry: Entry) -> bool:
    """Whether ``file`` still is what the manifest says of it."""
    try:
        state = file.lstat()
    except OSError:
        return False
    return stat.S_ISREG(state.st_mode) and state.st_size == entry["size"] and fingerprint(file) == entry


def edited(target: Path, known: Mapping[str, Entry], made: Collection[str]) -> tuple[str, ...]:
    """The files ``known`` to have been ours that the new site does not have and that somebody changed since: theirs now.
    So is what cannot have been ours."""
    gone = (each for each in known if each not in made and _is_there(target / each))
    return tuple(
        sorted(each for each in gone if _is_never_ours(each, target) or not is_as_written(target / each, known[each]))
    )


def _is_there(file: Path) -> bool:
    try:
        return not stat.S_ISDIR(file.lstat().st_mode)
    except OSError:
        return False


def without_twins(others: Foreign, target: Path, made: Mapping[str, Entry]) -> Foreign:
    """``others`` without what the new site has in the very same form. Raises ``CannotPublish`` with the names of those
    that stand where the new site has something else."""
    inside = {folder for name in made for folder in above(name)}
    twins = {each for each in others.files if each in made and fingerprint(target / each) == made[each]}
    folders = [each for each in others.folders if each in made]
    blocking = [f"{each}/" for each in folders]
    for name in others.files:
        is_below = any(each in made and each not in folders for each in above(name))
        if name not in twins and (name in made or name in inside or is_below):
            blocking.append(name)
    if blocking:
        raise CannotPublish("publish.in_the_way", names=tuple(sorted(blocking)))
    return Foreign(
        folders=tuple(each for each in others.folders if each not in inside),
        files=tuple(each for each in others.files if each not in twins),
    )


def carry(others: Foreign, target: Path, staging: Path) -> None:
    """Put all of ``others`` into ``staging`` too, where they are in ``target``: the same files where the file system can
    have them in two places, else copies with their times and permissions. ``target`` keeps them all the while."""
    for folder in others.folders:
        (staging / folder).mkdir(parents=True, exist_ok=True)
    for name in others.files:
        file = staging / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if os.path.lexists(file):  # where a file system takes two names for one
            raise CannotPublish("publish.in_the_way", names=(name,))
        link_or_copy(target / name, file)
    for folder in reversed(others.folders):
        take_over_state(target / folder, staging / folder)


def link_or_copy(old: Path, new: Path) -> None:
    """The file ``old`` under the name ``new`` too. FAT, many network shares and a link too many refuse that, each in its
    own way: then it is a copy."""
    try:
        os.link(old, new, follow_symlinks=os.link not in os.supports_follow_symlinks)
    except (OSError, NotImplementedError):
        _copy(old, new)


def keep(old: Path, new: Path) -> None:
    """A file of ours, ``old``, under the name ``new`` too. One that has another name somewhere is copied: whoever changes it
    there must not change what is published."""
    (link_or_copy if is_plain(old) else _copy)(old, new)


def _copy(old: Path, new: Path) -> None:
    mode = old.lstat().st_mode
    if stat.S_ISLNK(mode):
        new.symlink_to(old.readlink(), target_is_directory=old.is_dir())
    elif stat.S_ISREG(mode):
        shutil.copyfile(old, new)
        take_over_state(old, new)
    else:
        raise CannotPublish("publish.no_copy", name=old.name)


def take_over_state(old: Path, new: Path) -> None:
    """The times and permissions of ``old`` for ``new``, as far as the file system knows such things."""
    for take in (shutil.copystat, _take_times):
        with suppress(OSError, NotImplementedError):
            take(old, new)
            return


def _take_times(old: Path, new: Path) -> None:
    state = old.stat()
    os.utime(new, ns=(state.st_atime_ns, state.st_mtime_ns))
