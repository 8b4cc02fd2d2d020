"""The folders a command works in: where the site is, and where something may be written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from generator.config import CONFIG_FILE
from generator.messages import Language, say
from generator.source.files import SOURCE_FOLDERS
from generator.system import gitindex
from generator.system.failures import CannotDo
from generator.system.plainfiles import doubt_of, link_on_the_way
from generator.text.legible import in_line

_MISSPELT = (
    "site_config.yaml",
    "site_config.yml.txt",
    "site-config.yml",
    "site_config",
    "siteconfig.yml",
    "config.yml",
)
_OWN = (*SOURCE_FOLDERS, "theme", "generator", "archives")  # what the site is made from
_STEPS_UP = 3  # from the last part of a path that is right
_MOST_NEIGHBOURS = 500  # that are looked at for the folder that was probably meant


def find_root(given: Path | None, language: Language) -> Path:
    """The folder of the site: ``given``, or the nearest one upwards from here that has a configuration. Raises
    ``CannotDo`` where there is none; nothing is created."""
    if given is None:
        here = Path.cwd()
        found = next((each for each in (here, *here.parents) if _is_site(each)), None)
        if found is None:
            raise CannotDo(say("root.none", language, here=shown(here), hint=_hint(here, language)))
        return found.resolve()
    if not given.exists():
        raise CannotDo(say("root.missing", language, root=shown(given), hint=_hint(given, language)))
    if not given.is_dir():
        folder = given.parent if _has_site(given.parent) else next(_nearby(given), given.parent)
        raise CannotDo(say("root.file", language, root=shown(given), folder=shown(folder)))
    if not _is_site(given):
        raise CannotDo(say("root.no_site", language, root=shown(given), hint=_hint(given, language)))
    return given.resolve()


def _is_site(folder: Path) -> bool:
    """Whether the configuration is there, in whatever state: what is wrong with it is told by the check. Raises
    ``OSError`` where nobody may look."""
    try:
        (folder / CONFIG_FILE).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _has_site(folder: Path) -> bool:
    """The same for a folder that is only looked at for a guess."""
    return os.path.lexists(folder / CONFIG_FILE)


def _hint(place: Path, language: Language) -> str:
    """A sentence that names what was probably meant, empty when nothing is near."""
    wrong = next((each for each in _MISSPELT if (place / each).is_file()), None)
    if wrong is not None:
        return say("root.misspelt", language, name=wrong)
    found = next(_nearby(place), None)
    return say("usage.meant", language, guess=f"--root {shown(found)}") if found else ""


def _nearby(place: Path) -> Iterator[Path]:
    """Folders with a site: in ``place``, above it, and beside the last part of the path that is right, nearest first."""
    from rapidfuzz import fuzz, process

    above = place.absolute()
    if place.is_dir():
        yield from (each for each in _folders(place) if _has_site(each))
    yield from (each for each in above.parents if _has_site(each))
    for real in [each for each in above.parents if each.is_dir()][:_STEPS_UP]:
        sites = {each.name: each for each in _folders(real) if _has_site(each)}
        near = process.extractOne(above.name, list(sites), scorer=fuzz.ratio, processor=str.casefold)
        yield from (sites[near[0]],) if near else ()


def _folders(place: Path) -> Iterator[Path]:
    try:
        for number, each in enumerate(sorted(place.iterdir())):
            if number >= _MOST_NEIGHBOURS:
                return
            if each.is_dir():
                yield each
    except OSError:
        return  # a guess is not worth a complaint of its own


def check_out(out: Path, root: Path, language: Language) -> None:
    """Raise ``CannotDo`` where a site at ``out`` would lie on what it is made from, or on a file."""
    if out.exists() and not out.is_dir():
        raise CannotDo(say("out.file", language, out=shown(out)))
    _check_links(out, root, language)
    try:
        target = out.resolve()
    except RuntimeError:  # what Python makes of ELOOP
        raise CannotDo(say("out.loop", language, out=shown(out))) from None
    above = next(each for each in (target, *target.parents) if each.exists())
    if not above.is_dir():
        raise CannotDo(say("out.below_file", language, out=shown(out), file=shown(above)))
    if _same(target, root) or any(_same(target, each) for each in root.parents):
        raise CannotDo(say("out.root", language, out=shown(out)))
    for name in _OWN:
        if any(_same(each, root / name) for each in (target, *target.parents)):
            raise CannotDo(say("out.sources", language, out=shown(out), folder=name))
    if any(each.casefold() == ".git" for each in target.parts):
        raise CannotDo(say("out.sources", language, out=shown(out), folder=".git"))


def _check_links(out: Path, root: Path, language: Language) -> None:
    """A link in the folder of submissions leads what is written to wherever its author likes."""
    link = link_on_the_way(out, gitindex.top_of(root) or root)
    if link is not None:
        raise CannotDo(say("out.link", language, out=shown(out), link=shown(link)))


def check_cache(cache: Path | None, root: Path, language: Language) -> None:
    """Raise ``CannotDo`` where no cache can be kept or what lies there may be somebody else's: a file or a link is in the
    way, it is in the site's folder, or others can write in it."""
    if cache is None:
        return
    there = next((each for each in (cache.absolute(), *cache.absolute().parents) if each.exists()), None)
    if there is not None and not there.is_dir():
        raise CannotDo(say("cache.file", language, file=shown(there)))
    if cache.resolve().is_relative_to(root) or link_on_the_way(cache, root) is not None:
        raise CannotDo(say("cache.inside", language, cache=shown(cache)))
    if root.is_relative_to(cache.resolve()):
        raise CannotDo(say("cache.above", language, cache=shown(cache)))
    doubt = doubt_of(cache)
    if doubt is not None:
        raise CannotDo(say(f"cache.{doubt}", language, cache=shown(cache)))


def _same(one: Path, other: Path) -> bool:
    if one == other:
        return True
    try:
        return one.samefile(other)
    except OSError:
        return False  # one of them is not there, so they are two


def shown(path: Path) -> str:
    """A path as a message names it."""
    return in_line(str(path))


def from_here(path: Path) -> str:
    """A folder that was written, as somebody here finds it."""
    absolute, here = path.resolve(), Path.cwd()
    return shown(absolute.relative_to(here) if absolute.is_relative_to(here) else absolute) + "/"
