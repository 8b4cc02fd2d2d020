"""What the last publication did to a file: the site before it is still in the cache."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from generator.publishing import foreign
from generator.publishing.manifest import read_manifest
from generator.system import plainfiles

State = Literal["no site", "absent", "edited", "unknown", "new", "same", "changed"]
_LARGEST = 4 << 20  # bytes of a text that is compared
_BEFORE = 40  # characters that are shown before a difference
_PIECES = re.compile(r"(?<=>)(?=<)|\n")  # HTML of one line is compared element by element


@dataclass(frozen=True, slots=True)
class Change:
    """The state of a published file, and where it is another one than before: what went (−) and what came (+), in order."""

    state: State
    pieces: tuple[tuple[str, str], ...] = ()


def change_of(target: Path, before: Path | None, name: str) -> Change:
    """What became of the file ``name`` of the site at ``target``; ``before`` is the site that was there before, where it is
    kept."""
    manifest = read_manifest(target)
    if manifest is None:
        return Change("no site")
    entry = manifest["files"].get(name)
    if entry is None:
        return Change("absent")
    if not foreign.is_as_written(target / name, entry):
        return Change("edited")
    if before is None or not before.is_dir():
        return Change("unknown")
    if not (before / name).exists():
        return Change("new")
    if foreign.fingerprint(before / name) == entry:
        return Change("same")
    return Change("changed", tuple(_pieces(before / name, target / name)))


def _pieces(old: Path, new: Path) -> Iterator[tuple[str, str]]:
    texts = [_text(old), _text(new)]
    if None in texts:
        return
    one, other = (_PIECES.split(each or "") for each in texts)
    for tag, low, high, start, end in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        gone, come = [each.strip() for each in one[low:high]], [each.strip() for each in other[start:end]]
        if len(gone) == len(come):
            for was, now in zip(gone, come, strict=True):
                yield from zip("−+", _where_they_differ(was, now), strict=True)
        else:
            yield from (("−", each) for each in gone)
            yield from (("+", each) for each in come)


def _where_they_differ(was: str, now: str) -> tuple[str, str]:
    """Two long texts from shortly before the first difference on."""
    same = len(os.path.commonprefix([was, now]))
    start = max(0, same - _BEFORE)
    return (was, now) if start == 0 else (f"…{was[start:]}", f"…{now[start:]}")


def _text(file: Path) -> str | None:
    content = plainfiles.read(file, _LARGEST)
    try:
        return None if content is None else content.decode("utf-8")
    except UnicodeDecodeError:
        return None
