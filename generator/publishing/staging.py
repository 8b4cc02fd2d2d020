"""Where a site is put together: in a new folder or, where the cache has it, in the site before the last one.

A site has thousands of folders, and a disk takes longer to make and to remove them than to do all else that an edit needs. So
the site that was replaced is kept in the user's own cache, where it costs no more than its folders: what has not changed is
the same file under two names. Nothing in it is believed: what the new site has is looked for in the published one, all else is
removed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from generator.publishing.foreign import above
from generator.system import plainfiles

SPARES = "replaced-sites"  # in the cache
_MOST = 2  # sites that are kept: a city builds its site and perhaps one year


@dataclass(slots=True)
class Staging:
    """The folder of a site that is being put together, with the files (path → number) and folders it began with."""

    folder: Path
    _files: dict[str, int] = field(default_factory=dict)
    _folders: set[str] = field(default_factory=set)
    _wanted: set[str] = field(default_factory=set)

    @classmethod
    def at(cls, folder: Path) -> Staging:
        """The one at ``folder``, which is there. What is neither a file nor a folder in it is removed."""
        found = cls(folder, _folders={""})
        for path, entry in _below(str(folder)):
            if entry.is_dir(follow_symlinks=False):
                found._folders.add(path)
            elif entry.is_file(follow_symlinks=False):
                found._files[path] = entry.inode()
            else:
                Path(entry.path).unlink()
        return found

    def has(self, name: str, state: os.stat_result) -> bool:
        """Whether ``name`` is here, and the very file whose ``state`` is given."""
        return self._files.get(name) == state.st_ino

    def keep(self, name: str) -> None:
        """Leave the file ``name`` as it is here."""
        self._wanted.add(name)

    def room(self, name: str) -> Path:
        """Where a new file ``name`` is to be written: nothing is there, and its folder is."""
        file = self.folder / name
        if name in self._files:
            file.unlink()
            del self._files[name]
        elif name in self._folders:
            self._drop(name)
        parent = name.rpartition("/")[0]
        if parent not in self._folders:
            self._make(parent)
        self._wanted.add(name)
        return file

    def _make(self, folder: str) -> None:
        for each in (*reversed([*above(folder)]), folder):
            if each not in self._folders:
                if each in self._files:
                    (self.folder / each).unlink()
                    del self._files[each]
                (self.folder / each).mkdir()
                self._folders.add(each)

    def _drop(self, folder: str) -> None:
        """Remove a folder that stands where a file belongs."""
        plainfiles.clear(self.folder / folder)
        inside = f"{folder}/"
        self._folders = {each for each in self._folders if each != folder and not each.startswith(inside)}
        self._files = {name: each for name, each in self._files.items() if not name.startswith(inside)}

    def finish(self) -> None:
        """Remove what the new site has not."""
        for name in self._files.keys() - self._wanted:
            (self.folder / name).unlink()
        needed = {folder for name in self._wanted for folder in above(name)} | {""}
        for folder in sorted(self._folders - needed, key=lambda each: -each.count("/")):
            (self.folder / folder).rmdir()


def _below(root: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything below ``root`` by its path there, a folder before what is in it."""
    waiting = [""]
    while waiting:
        inner = waiting.pop()
        with os.scandir(f"{root}/{inner}") as entries:
            for entry in entries:
                name = f"{inner}/{entry.name}" if inner else entry.name
                yield name, entry
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(name)


@dataclass(frozen=True, slots=True)
class Spares:
    """The sites that were replaced, in ``folder``, which is the user's own. ``None`` for a folder keeps nothing."""

    folder: Path | None = None

    def take(self, target: Path, into: Path) -> Staging:
        """A folder at ``into`` to put a site for ``target`` together in: the one kept of it, or a new one."""
        spare = self.of(target)
        if spare is None or not _is_own(spare) or not _moved(spare, into):
            into.mkdir()
        return Staging.at(into)

    def keep(self, target: Path, replaced: Path) -> None:
        """Keep the site that was ``replaced`` at ``target``, and of others the newest. Where that cannot be, it is left where it
        is."""
        spare = self.of(target)
        if spare is None or not replaced.is_dir() or plainfiles.is_link(replaced):
            return
        with suppress(OSError):
            spare.parent.mkdir(mode=0o700, exist_ok=True)
            plainfiles.clear(spare)
            if _moved(replaced, spare):
                os.utime(spare)
                self._limit()

    def clear(self) -> None:
        """Remove all of them."""
        if self.folder is not None and not plainfiles.is_link(self.folder):
            plainfiles.clear(self.folder)

    def of(self, target: Path) -> Path | None:
        """Where the site is kept that was replaced at ``target``, there or not."""
        if self.folder is None or plainfiles.is_link(self.folder):
            return None
        return self.folder / sha256(os.fsencode(target)).hexdigest()[:20]

    def _limit(self) -> None:
        assert self.folder is not None
        kept = sorted(self.folder.iterdir(), key=lambda each: each.lstat().st_mtime_ns, reverse=True)
        for each in kept[_MOST:]:
            plainfiles.clear(each)


def _is_own(folder: Path) -> bool:
    """Whether ``folder`` is one, and nobody else's."""
    try:
        state = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(state.st_mode) and plainfiles.doubt_of(folder) in (None, "shared")


def _moved(folder: Path, to: Path) -> bool:
    try:
        folder.rename(to)
    except OSError:  # on another disk
        return False
    return True
