"""A build that has nothing to do is answered before the program is loaded: nothing that it would read has been touched since the
last one began, nothing of what that one published, and the same command is given in the same surroundings.

What a build reads is listed where it begins (``inputs.py``), so that whatever changes while it runs is seen by the next one. The
word that is kept is sealed, and lies in the user's own folder. Whatever is odd, and a system without POSIX, means a whole build.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator.system import own
from generator.system.looks import Look
from generator.system.plainfiles import read

FOLDER, STEP = "unchanged", "builds"  # in the user's own folder
_LARGEST = 1 << 20  # bytes of a word
_VARYING = frozenset({"_", "SHLVL", "PWD", "OLDPWD"})  # what a shell says of itself
_around: list[str] = []
_NOTHING_KEPT = "__pycache__"


@dataclass(frozen=True, slots=True)
class Watched:
    """What a build reads, or looks for, as absolute paths: ``files`` themselves, of ``kinds`` only which and what they are,
    ``folders`` with all that is in them, ``programs`` the same but for what Python keeps there, and what there is in
    ``top`` but for the names ``besides``."""

    files: tuple[str, ...]
    kinds: tuple[str, ...]
    folders: tuple[str, ...]
    programs: tuple[str, ...]
    top: str
    besides: tuple[str, ...]

    def look(self) -> Look:
        """What the system says of all of it now. Raises ``OSError``."""
        seen, programs = Look(), Look()
        seen.at(self.files)
        programs.at(self.kinds, times=False)
        for each in self.folders:
            seen.below(each)
        for each in self.programs:
            programs.below(each, without=lambda name: name == _NOTHING_KEPT)
        with os.scandir(self.top) as found:
            programs.at(sorted(each.path for each in found if each.name not in self.besides), times=False)
        seen.add(programs)
        return seen


@dataclass(frozen=True, slots=True)
class Word:
    """What is kept of a build: it holds ``since`` a moment and ``until`` another (seconds; ``None`` for always) for the site
    in ``site``, as long as what is ``watched`` comes to ``inputs``, and ``target`` and the ``places`` it needs to ``outputs``.
    ``said`` is the answer; ``mark`` stands in it where the seconds go."""

    around: str
    site: str
    since: float
    until: float | None
    watched: Watched
    inputs: str
    target: str
    places: tuple[str, ...]
    outputs: str
    said: str
    mark: str


def answer(arguments: Sequence[str]) -> bool:
    """Answer the command ``arguments`` if it is a build that has nothing to do; whether it was."""
    if os.name != "posix" or arguments[:1] != ["build"] or sys.stdout is None or sys.stderr is None:
        return False
    started = time.monotonic()
    try:
        _around[:] = [_surroundings()]
        word = _kept(arguments)
        if word is None or not _holds(word):
            return False
        sys.stdout.write(word.said.replace(word.mark, f"{time.monotonic() - started:.1f}"))
        sys.stdout.flush()
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return False  # a whole build meets whatever it is, and says so
    return True


def _kept(arguments: Sequence[str]) -> Word | None:
    """The word of the last such build, ``None`` where there is none that this user left."""
    place = f"{STEP}/{name_of(arguments)}"
    content = read(own.folder() / FOLDER / STEP / place[-64:-62] / place[-62:], _LARGEST)
    secret = own.known_secret()
    if content is None or secret is None:
        return None
    given, value = content[: own.SEAL_SIZE], content[own.SEAL_SIZE :]
    if not own.is_sealed(secret, place, value, given):
        return None
    told: dict[str, Any] = json.loads(value)
    watched: dict[str, Any] = told.pop("watched")
    return Word(watched=Watched(**watched), **told)


def _holds(word: Word) -> bool:
    now = time.time()
    return (
        [word.around] == _around
        and (word.until is None or word.since <= now < word.until)
        and own.is_reliable(Path(word.site))
        and word.watched.look().digest == word.inputs
        and outputs(word.target, word.places) == word.outputs
    )


def written(word: Word) -> bytes:
    """``word`` as it is kept."""
    return json.dumps(asdict(word)).encode()


def outputs(target: str, places: Iterable[str]) -> str:
    """What a published site comes to, with all that lies in its folder; of ``places`` it only matters which they are."""
    seen = Look()
    seen.at((*places, target), times=False)
    seen.below(target)
    return seen.digest


def name_of(arguments: Sequence[str]) -> str:
    """The name of what is kept of a command that is given here."""
    return sha256(json.dumps([os.getcwd(), list(arguments)]).encode()).hexdigest()  # noqa: PTH109  light to load


def around() -> str | None:
    """What surrounded this process when it began; ``None`` where nobody asked whether it has anything to do."""
    return _around[0] if _around else None


def _surroundings() -> str:
    """All that surrounds this process and may change what it does or how it speaks, before libraries are loaded that change
    some of it."""
    streams = []
    for each in (sys.stdout, sys.stderr):
        is_terminal = each.isatty()
        streams.append((is_terminal, each.encoding, os.get_terminal_size(each.fileno()) if is_terminal else None))
    told = (
        sorted((key, value) for key, value in os.environ.items() if key not in _VARYING),
        sys.version,
        sys.executable,
        sys.path,
        repr(sys.flags),
        os.geteuid(),
        streams,
    )
    return sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()
