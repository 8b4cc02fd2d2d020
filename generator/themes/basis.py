"""What a site is judged and shown by: which theme, and whose configuration.

A folder that holds a change by somebody else is data. Its own ``theme/`` is used only where whoever gives the command says so;
with the folder of a site as the base, the configuration too comes from there. See decision 046.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator import config as configuration
from generator.config import CONFIG_FILE, SiteConfig
from generator.media.formats import svg
from generator.problems import Problem, Span, problem
from generator.system.resources import THEME
from generator.yaml.strict import Tree

FOLDER = "theme"  # where a site has its own
PARTS = ("frame/main.html", "exhibits/parts.html", "assets/icon.svg")  # one file of each part of a theme
MOST_FILES = 2_000
MOST_DEPTH = 8
MOST_BYTES = 4 << 20  # of one file


@dataclass(frozen=True, slots=True)
class Basis:
    """What a site at ``root`` is shown with: ``theme`` is the folder of its templates, ``configured`` that of its
    ``site_config.yml``."""

    theme: Path
    configured: Path


def is_theme(folder: Path) -> bool:
    """Whether ``folder`` looks like a theme, whole or not."""
    return any((folder / each.partition("/")[0]).is_dir() for each in PARTS[:2])


def lacking(theme: Path) -> str | None:
    """A file that ``theme`` has to have and has not."""
    return next((each for each in PARTS if not (theme / each).is_file()), None)


def basis(root: Path, given: Path | None) -> Basis | None:
    """The basis of the site at ``root`` where ``--theme`` names ``given``: a site, whose theme and configuration it is
    then, or a theme. ``None`` where it is neither."""
    if given is None:
        return Basis(THEME, root)
    folder = given.resolve()
    if os.path.lexists(folder / CONFIG_FILE):
        own = folder / FOLDER
        return Basis(own if os.path.lexists(own) else THEME, folder)
    return Basis(folder, root) if is_theme(folder) else None


def load(root: Path, chosen: Basis) -> tuple[SiteConfig | None, Tree | None, tuple[Problem, ...]]:
    """The configuration that counts, and what is told of what the site at ``root`` has of its own and what does not count."""
    config, tree, problems = configuration.load(chosen.configured)
    return config, tree, (*problems, *_of_config(root, chosen), *_of_theme(root, chosen))


def _of_config(root: Path, chosen: Basis) -> Iterator[Problem]:
    """A configuration that is changed is not used, but has to be sound: it is checked by itself."""
    if chosen.configured == root:
        return
    own, _, problems = configuration.load(root)
    yield from problems
    if own is not None and _text(root / CONFIG_FILE) != _text(chosen.configured / CONFIG_FILE):
        yield problem("CFG-015", Span(CONFIG_FILE))


def _text(file: Path) -> list[bytes]:
    """Its lines, whatever ends them. An unsound one was refused before."""
    return file.read_bytes().splitlines() if file.is_file() else []


def _of_theme(root: Path, chosen: Basis) -> Iterator[Problem]:
    own = root / FOLDER
    if os.path.lexists(own) and not _is_same(own, chosen.theme) and _differ(own, chosen.theme):
        yield problem("CFG-016", Span(FOLDER))


def _is_same(one: Path, other: Path) -> bool:
    try:
        return not one.is_symlink() and one.samefile(other)
    except OSError:
        return False


def _differ(own: Path, used: Path) -> bool:
    """Whether ``own`` has anything that ``used`` has not, or has otherwise; links are never followed. What ``used`` has
    more is no change by the site."""
    for number, (path, entry) in enumerate(_walk(own)):
        if number >= MOST_FILES or entry is None or not stat.S_ISREG(entry.st_mode) or entry.st_size > MOST_BYTES:
            return True
        if not (used / path).is_file() or _text(own / path) != _text(used / path):
            return True
    return False


def check(theme: Path) -> tuple[Problem, ...]:
    """What keeps a theme from being used: links, what is no file, what is too much, drawings that are programs. The theme
    that comes with the program is part of the program."""
    return () if _is_same(theme, THEME) else tuple(_check(theme))


def _check(theme: Path) -> Iterator[Problem]:
    for number, (path, entry) in enumerate(_walk(theme)):
        place = Span(f"{FOLDER}/{path}" if path else FOLDER)
        if number >= MOST_FILES:
            yield problem("SEC-027", Span(FOLDER), limit=MOST_FILES)
            return
        if entry is None or not stat.S_ISREG(entry.st_mode):
            yield problem("SEC-025", place)
        elif entry.st_size > MOST_BYTES:
            yield problem("SEC-026", place, size=entry.st_size >> 20, limit=MOST_BYTES >> 20)
        elif path.startswith("assets/") and path.casefold().endswith(".svg") and _is_program(theme / path):
            yield problem("SEC-028", place)
        elif path.endswith((".html", ".css", ".js")) and not _is_text(theme / path):
            yield problem("SEC-029", place)


def _walk(folder: Path, path: str = "", depth: int = 0) -> Iterator[tuple[str, os.stat_result | None]]:
    """(path, its state) of all that is below ``folder`` and no folder, sorted; ``None`` for what may not be followed."""
    if folder.is_symlink() or not folder.is_dir() or depth > MOST_DEPTH:
        yield path, None
        return
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda each: each.name)
    for each in entries:
        below = f"{path}/{each.name}" if path else each.name
        if each.is_dir(follow_symlinks=False):
            yield from _walk(folder / each.name, below, depth + 1)
        else:
            state = each.stat(follow_symlinks=False)
            yield below, None if stat.S_ISLNK(state.st_mode) else state


def _is_text(file: Path) -> bool:
    try:
        file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def _is_program(file: Path) -> bool:
    """Whether a drawing is more than shapes and colours."""
    return isinstance(svg.clean(file.read_bytes(), 64), tuple)
