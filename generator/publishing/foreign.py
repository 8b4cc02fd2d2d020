"""What lies in a published folder and is not ours: found, told of, and carried over into the next site as it is.

Ours is what the manifest of the last build names and what still is as it was written. All else belongs to somebody:
``CNAME``, ``_headers``, a repository's ``.git``, a frozen year, pictures that were put there by hand.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from hashlib import file_digest
from pathlib import Path
from typing import Any

from generator.publishing.scaffold import IN_PLACE, CannotPublish
from generator.system import durable

_OF_YEAR, _OF_FROZEN = re.compile(r"[0-9]{4}/"), "manifest.json"
_BLOCK = 1 << 20
FileEntry = dict[str, Any]  # of the manifest: the digest and the size of a file
# What hosts and search engines ask for beside a site: a folder that holds nothing else may take its first site.
_OF_HOSTS = (".*", "CNAME", "_headers", "_redirects", "robots.txt", "*verif*", "google*.html", "BingSiteAuth.xml")
_OF_DISKS = ("lost+found", "System Volume Information", "$RECYCLE.BIN")  # at the top of a disk or a stick
# Of these, what no build makes under any of its names, old addresses included.
_NEVER_OURS = (".git", ".nojekyll", ".htaccess", ".well-known", "CNAME", "_headers", "_redirects", "google*.html", "BingSiteAuth.xml")


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
        return all(_is_any_of((*_OF_HOSTS, *_OF_DISKS), each) for each in (*self.folders, *self.files))

    def kept(self) -> Kept:
        """What there is to tell."""
        return Kept(self.names, len(self.files))


def _is_any_of(patterns: tuple[str, ...], name: str) -> bool:
    """Whether ``name`` is, or lies in, something that one of ``patterns`` means."""
    top = name.partition("/")[0]
    return any(fnmatchcase(top, pattern) for pattern in patterns)


def _is_never_ours(name: str, target: Path, mounted: Collection[str]) -> bool:
    """Whether ``name`` is no build's to take away, whatever a manifest says that somebody laid there: it is a host's, or it
    lies in the edition of a year that was put there by hand, which has a manifest of its own. The frozen years that are
    ``mounted`` are ours: of one that is frozen anew nothing stays that was given up."""
    year = _OF_YEAR.match(name)
    is_of_others = year is not None and year[0][:-1] not in mounted
    return _is_any_of(_NEVER_OURS, name) or (is_of_others and os.path.lexists(target / name[:5] / _OF_FROZEN))


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


def mounted_within(target: Path, mounted: frozenset[Path]) -> frozenset[str]:
    """Where in ``target`` something is mounted, by the path below it."""
    return frozenset(str(each.relative_to(target)) for each in mounted if target in each.parents)


def check_mounts(target: Path) -> None:
    """Raise ``CannotPublish`` where something else is mounted on a folder in ``target``, as far as the system lists that."""
    for each in sorted(mounted_within(target, mounts())):
        if each.split("/")[0] != IN_PLACE:
            raise CannotPublish("publish.mount_inside", name=f"{each}/")


def found(target: Path, known: Collection[str]) -> Foreign:
    """What lies in ``target`` beside the files ``known`` to be ours. Links are never followed. Raises
    ``CannotPublish`` for a folder that something else is mounted on: it cannot move."""
    ours = {folder for name in known for folder in above(name)}
    folders: list[str] = []
    files: list[str] = []
    device, mounted = target.stat().st_dev, mounts()
    within = mounted_within(target, mounted)
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        with os.scandir(f"{target}/{folder}") as entries:  # text: a path for each folder of a site would take longer than the look
            for entry in entries:
                path = f"{folder}/{entry.name}" if folder else entry.name
                if path == IN_PLACE:  # of a build at work
                    continue
                if not entry.is_dir(follow_symlinks=False):
                    files += [] if path in known else [path]
                    continue
                is_other = entry.stat(follow_symlinks=False).st_dev != device or path in within
                if is_other or (not mounted and (target / path).is_mount()):
                    raise CannotPublish("publish.mount_inside", name=f"{path}/")
                folders += [] if path in ours else [path]
                waiting.append(path)
    return Foreign(tuple(sorted(folders)), tuple(sorted(files)))


def fingerprint(file: Path) -> FileEntry | None:
    """The entry that a manifest would have of ``file``, ``None`` for all that is no plain file."""
    try:
        if not stat.S_ISREG(file.lstat().st_mode):
            return None
        with file.open("rb") as source:
            return {"sha256": file_digest(source, "sha256").hexdigest(), "size": source.tell()}
    except OSError:
        return None


def is_as_written(file: Path, entry: FileEntry) -> bool:
    """Whether ``file`` still is what the manifest says of it."""
    try:
        state = file.lstat()
    except OSError:
        return False
    return stat.S_ISREG(state.st_mode) and state.st_size == entry["size"] and fingerprint(file) == entry


def edited(
    target: Path, known: Mapping[str, FileEntry], made: Collection[str], mounted: Collection[str] = ()
) -> tuple[str, ...]:
    """The files ``known`` to have been ours that the new site does not have and that somebody changed since: theirs now.
    So is what cannot have been ours, but for the years that were ``mounted``."""
    gone = (each for each in known if each not in made and _is_there(target / each))
    return tuple(
        sorted(each for each in gone if _is_never_ours(each, target, mounted) or not is_as_written(target / each, known[each]))
    )


def _is_there(file: Path) -> bool:
    try:
        return not stat.S_ISDIR(file.lstat().st_mode)
    except OSError:
        return False


def is_blank(file: Path) -> bool:
    """Whether ``file`` is a plain file with nothing in it or nothing but zeros, as a power cut or a broken disk leave
    them."""
    try:
        if not stat.S_ISREG(file.lstat().st_mode):
            return False
        with file.open("rb") as source:
            return all(not block.strip(b"\0") for block in iter(lambda: source.read(_BLOCK), b""))
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class Claims:
    """What others have where the new site has something: ``twins`` are the very same files, ``files`` other ones,
    ``folders`` lie where it has a file."""

    twins: frozenset[str] = frozenset()
    files: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All that stands in the way."""
        return tuple(sorted([*self.files, *(f"{each}/" for each in self.folders)]))


def claims(others: Foreign, target: Path, made: Mapping[str, FileEntry]) -> Claims:
    """Where ``others`` and what is ``made`` meet."""
    inside = {folder for name in made for folder in above(name)}
    twins = frozenset(each for each in others.files if each in made and fingerprint(target / each) == made[each])
    folders = tuple(each for each in others.folders if each in made)
    blocking = []
    for name in others.files:
        is_below = any(each in made and each not in folders for each in above(name))
        if name not in twins and (name in made or name in inside or is_below):
            blocking.append(name)
    return Claims(twins, tuple(blocking), folders)


def beside(others: Foreign, made: Collection[str], gone: Collection[str]) -> Foreign:
    """``others`` without the files ``gone`` and without folders that the new site has too."""
    inside = {folder for name in made for folder in above(name)}
    return Foreign(
        folders=tuple(each for each in others.folders if each not in inside),
        files=tuple(each for each in others.files if each not in gone),
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
        try:
            durable.link_or_copy(target / name, file)
        except ValueError:
            raise CannotPublish("publish.no_copy", name=name) from None
    for folder in reversed(others.folders):
        durable.take_over_state(target / folder, staging / folder)
