"""SEC-005, SEC-020 and SEC-011 to SEC-014: what a folder of submissions may not bring along beside the records. Whoever sends files could lead
what the program writes elsewhere, or lay something where it looks for what it made itself.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from generator.catalog.inspection import Inspection
from generator.config import CONFIG_FILE
from generator.messages import words
from generator.problems import Problem, Span, problem
from generator.source.files import SOURCE_FOLDERS, sort_of
from generator.system import gitindex
from generator.system.plainfiles import is_link
from generator.text.legible import in_line
from generator.text.pathnames import folded

_THEME = "theme"
_MADE_FROM = (*SOURCE_FOLDERS, _THEME, CONFIG_FILE)
# Where this program or an earlier release of it writes: built sites, what they are built in, and what is kept.
_SITE = r"site(?:-[0-9]{4})?(?:-preview)?"
_WRITTEN = re.compile(rf"{_SITE}|\.{_SITE}\..+|\.cache|\.?exhibit-cache|\.exhibit-init-.*", re.DOTALL)
_PLACEHOLDERS = frozenset({".gitkeep", ".keep", ".gitignore", ".nojekyll"})  # they hold a place open and say nothing


def check(inspection: Inspection) -> Iterator[Problem]:
    """What is wrong beside the records in the folder of the site."""
    return in_folder(inspection.sources.root)


def in_folder(root: Path) -> Iterator[Problem]:
    """What is wrong in ``root`` beside the records, on disk and in what git tracks there."""
    on_disk = tuple(_check_disk(root))
    yield from on_disk
    yield from _check_theme(root)
    yield from _check_tracked(root, frozenset(each.span.path for each in on_disk))


def _is_written(name: str) -> bool:
    return _WRITTEN.fullmatch(folded(name)) is not None


def _check_disk(root: Path) -> Iterator[Problem]:
    with os.scandir(root) as entries:
        found = sorted((each for each in entries if _is_written(each.name)), key=lambda each: each.name)
    for entry in found:
        mode = entry.stat(follow_symlinks=False).st_mode
        name = in_line(entry.name)
        if is_link(Path(entry.path)):
            yield problem("SEC-011", Span(name), name=name)
        elif not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
            yield problem("SEC-013", Span(name), name=name)


def _check_theme(root: Path) -> Iterator[Problem]:
    """A link in the theme would publish a file of the machine that builds; a pipe or a device would be waited for in vain."""
    theme = root / _THEME
    if is_link(theme):
        yield problem("SEC-005", Span(_THEME))
        return
    for base, folders, files in os.walk(theme):
        for each in sorted((*folders, *files)):
            entry = Path(base, each)
            name = in_line(entry.relative_to(root).as_posix())
            mode = entry.lstat().st_mode
            if is_link(entry):
                yield problem("SEC-005", Span(name))
            elif not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
                yield problem("SEC-020", Span(name), what=sort_of(mode))


def _check_tracked(root: Path, known: frozenset[str]) -> Iterator[Problem]:
    """What was committed, but for what is ``known`` to be wrong already."""
    try:
        tracked = gitindex.tracked(root) or ()
    except gitindex.Unreadable:
        yield problem("SEC-014", Span(CONFIG_FILE))
        return
    brought: set[str] = set()
    for each in tracked:
        top, _, rest = each.path.partition("/")
        if _is_written(top) and rest not in _PLACEHOLDERS:
            brought.add(top)
        elif each.is_link and top in _MADE_FROM:  # where a system makes no links, it is checked out as a file
            yield problem("SEC-005", Span(in_line(each.path)))
    for name in sorted(set(map(in_line, brought)) - known):
        what = words("root.kept" if "cache" in name.casefold() else "root.built")
        yield problem("SEC-012", Span(name), name=name, what=what)
