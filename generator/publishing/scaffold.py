"""The folder that a site is built in, beside the place it goes to, with the lock that keeps two builds apart.

Everything a build needs for itself lies in that one folder, which tells git to leave it alone and is gone when the build
ends, well or badly. What a killed build left there is taken away by the next one. A folder of that name which no build
made is left alone, and the only copy of a site never goes.
"""

from __future__ import annotations

import errno
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from generator.system.plainfiles import clear, is_link, make_way, read

if TYPE_CHECKING:
    from filelock import BaseFileLock

_ATTEMPTS = 100  # to get hold of a folder that other builds keep taking down
_LONGEST_NUMBER = 20  # digits of a process
_LOOKS = 4  # at a folder that may not be ours
_WAIT = 0.2  # seconds in which a build that is just ending may end
# What flock answers on file systems of networks that know no such locks.
_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EINVAL})
_NEXT, _OLD, _LOCK, _SOFT, _HOLDER, _IGNORE = "next", "old", "lock", "lock.soft", "holder", ".gitignore"
_JOURNAL, _README = "journal.json", "README.txt"
_OURS = frozenset({_NEXT, _OLD, _SOFT, _HOLDER, _IGNORE, _JOURNAL, f"{_JOURNAL}.new", _README})
IN_PLACE = ".exhibit-publishing"  # the scaffold of a folder that nothing can be put beside, within it


class CannotPublish(Exception):
    """Nothing can be published there. ``key`` is the wording that says why, ``values`` fill it."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key, self.values = key, values


class Busy(CannotPublish):
    """Another build works on the same target; ``pid`` says which process."""

    def __init__(self, pid: str) -> None:
        super().__init__("cli.busy", pid=pid)


class Scaffold:
    """The folders of one build."""

    def __init__(self, place: Path) -> None:
        self.place, self.next, self.old, self.journal = place, place / _NEXT, place / _OLD, place / _JOURNAL

    def explain(self, text: str) -> None:
        """Leave ``text`` for whoever finds this after a power cut."""
        _put(self.place / _README, text)


def of(target: Path) -> Path:
    """The folder that a site for ``target`` is built in."""
    return target.with_name(f".{target.name}.building")


def within(target: Path) -> Path:
    """The same for a folder that nothing can be put beside."""
    return target / IN_PLACE


@contextmanager
def raised(target: Path, place: Path) -> Iterator[Scaffold]:
    """The scaffold of ``target`` at ``place`` while this lasts. Folders above that had to be made for it, and in which
    nothing stands at the end, are gone afterwards. Raises ``Busy`` and ``CannotPublish``."""
    above = [each for each in (target.parent, *target.parent.parents) if not each.exists()]
    try:
        with _ending_in_order():
            lock = _locked(place)
            try:
                _put(place / _IGNORE, "*\n")
                _put(place / _HOLDER, str(os.getpid()))
                yield Scaffold(place)
            finally:
                _take_down(place, target, lock)
    finally:
        for each in above:
            with suppress(OSError):  # it holds the site, or what another build put there
                each.rmdir()


def _check_ours(place: Path) -> None:
    """Raise ``CannotPublish`` for a folder that looks like one of ours and is somebody's. While it is looked at another
    build may take its own down, so what seems strange is looked at again."""
    for _ in range(_LOOKS):
        if not _is_strange(place):
            return
        time.sleep(_WAIT / _LOOKS)
    raise CannotPublish("publish.not_scaffold", path=place)


def _is_strange(place: Path) -> bool:
    names = {each.name for each in place.iterdir() if not each.name.startswith(_LOCK)}
    folders = [each for each in (*_OURS - {_NEXT, _OLD}, _LOCK) if (place / each).is_dir() and not is_link(place / each)]
    full = [each for each in (_NEXT, _OLD) if _is_full(place / each)]
    return bool(names - _OURS or folders or (full and not _is_plain(place / _HOLDER)))


def _check_owner(place: Path) -> None:
    """What another user laid there is no place to build in, unless all around it is theirs anyway: then the folder would be
    in their hands all the same, or the file system says so of every file."""
    if os.name == "posix" and place.lstat().st_uid not in (os.geteuid(), place.parent.stat().st_uid):
        raise CannotPublish("publish.of_others", path=place)


def _is_full(folder: Path) -> bool:
    return folder.is_dir() and not folder.is_symlink() and any(folder.iterdir())


def _is_plain(file: Path) -> bool:
    return file.is_file() and not file.is_symlink()


def _locked(place: Path) -> BaseFileLock:
    from filelock import Timeout  # here, for who only looks at what was published locks nothing

    for attempt in range(_ATTEMPTS):
        if is_link(place):
            raise CannotPublish("publish.not_a_folder", path=place)
        try:
            place.mkdir(parents=True, exist_ok=True)
            _check_owner(place)
            _check_ours(place)
            return _lock(place)
        except FileNotFoundError:
            if attempt == _ATTEMPTS - 1:
                raise  # no builds, but a place where nothing can be made
            continue  # another build has taken it down at this moment
        except FileExistsError:
            if os.path.lexists(place) and not place.is_dir():  # else it was there for a moment, or is there again
                raise CannotPublish("publish.not_a_folder", path=place) from None
        except Timeout:
            raise Busy(_holder(place)) from None
    raise Busy(_holder(place))


def _lock(place: Path) -> BaseFileLock:
    """A lock of the system; where the file system has none, a file that is there or not."""
    from filelock import FileLock, SoftFileLock, Timeout

    make_way(place / _LOCK)  # the other kind is only ever made new
    lock: BaseFileLock = FileLock(place / _LOCK, fallback_to_soft=False)
    try:
        lock.acquire(timeout=_WAIT)
    except OSError as error:
        if isinstance(error, Timeout) or error.errno not in _NO_LOCKS:
            raise
        lock = SoftFileLock(place / _SOFT)
        lock.acquire(timeout=_WAIT)
    return lock


def _holder(place: Path) -> str:
    told = read(place / _HOLDER, _LONGEST_NUMBER) or b""
    return told.decode("ascii") if told.isdigit() else "?"


def _put(file: Path, text: str) -> None:
    """Write a new file: whatever stood there under its name, a link perhaps, is not written through."""
    clear(file)
    with file.open("x", encoding="utf-8") as out:
        out.write(text)


def _take_down(place: Path, target: Path, lock: BaseFileLock) -> None:
    """Remove the scaffold, unless it holds what is needed to finish. The lock goes last and while it is still held: who
    waited for it then finds that its file has no name any more, and asks again."""
    try:
        if _is_plain(place / _JOURNAL):
            return
        put_back(Scaffold(place), target)
        for each in (_NEXT, _OLD):
            clear(place / each)
        for name in (_README, f"{_JOURNAL}.new", _IGNORE, _HOLDER, _LOCK):
            with suppress(OSError):  # Windows keeps a file that is open; the lock removes it itself there
                (place / name).unlink()
    finally:
        lock.release()
        with suppress(OSError):  # another build is at work in it already
            place.rmdir()


def put_back(folders: Scaffold, target: Path) -> bool:
    """Give ``target`` its old site back where it was taken out and nothing came in its place; whether that was so."""
    if os.path.lexists(target) or folders.old.is_symlink() or not folders.old.is_dir():
        return False
    folders.old.rename(target)
    return True


@contextmanager
def _ending_in_order() -> Iterator[None]:
    """Let a request to end (SIGTERM, as CI sends it) unwind the build as Ctrl+C does, so that it clears up."""
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGTERM) != signal.SIG_DFL:
        yield
        return
    builder = os.getpid()

    def end(number: int, _: FrameType | None) -> None:
        if os.getpid() == builder:
            raise SystemExit(128 + number)
        signal.signal(number, signal.SIG_DFL)  # a worker that was forked meanwhile ends as it always does
        os.kill(os.getpid(), number)

    signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
