"""Files that were meant to be read but have another name: ``brand.yaml``, ``brand.yml.txt``, ``brands.yml``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from generator.source.files import SourceFile

_TEXTS = (".yml", ".yaml", ".txt", ".md", ".markdown", ".text")
_LIKE = 75  # of 100, for two names to be one misspelt
_MAIN = (".yml", ".yaml")
_STORIES = ("故事", "正文", "介绍", "品牌故事", "导语")


def meant(wanted: str, files: Iterable[SourceFile]) -> SourceFile | None:
    """The one of ``files``, none of which anything reads, that was meant to have the name ``wanted``."""
    best = max(((_likeness(each.name, wanted), each.name, each) for each in files), default=None)
    return best[2] if best is not None and best[0] >= _LIKE else None


def _likeness(name: str, wanted: str) -> float:
    """How probably ``name`` was meant to be ``wanted``: by its words, never across a text and a record."""
    stem, endings = _split(name)
    right, ending = wanted.rpartition(".")[0], "." + wanted.rpartition(".")[2]
    if not endings:
        return 0
    is_record = any(each in _MAIN for each in endings)
    if is_record != (ending in _MAIN) and endings != (".txt",):
        return 0
    if ending not in _MAIN and stem in _STORIES:
        return 90
    if 200 * (Counter(stem) & Counter(right)).total() < _LIKE * (len(stem) + len(right)):
        return 0  # in no order are its letters like enough, and the library need not be loaded
    from rapidfuzz import fuzz

    return fuzz.ratio(stem, right)


def _split(name: str) -> tuple[str, tuple[str, ...]]:
    """A name without its endings of text files, and these: ``brand.yml.txt`` → ``brand``, ``.yml`` ``.txt``."""
    stem = name.casefold()
    endings: list[str] = []
    while (ending := next((each for each in _TEXTS if stem.endswith(each)), None)) is not None:
        endings.insert(0, ending)
        stem = stem[: -len(ending)]
    return re.sub(r"(?:[ _-]?副本|[ ]?\(\d+\)|[ ]copy)$", "", stem).strip(), tuple(endings)


def is_record(file: SourceFile) -> bool:
    """Whether a file has the ending of a record, perhaps with another behind it."""
    return any(each in _MAIN for each in _split(file.name)[1])


def right_names(pattern: re.Pattern[str], files: Iterable[SourceFile]) -> Iterator[tuple[SourceFile, str]]:
    """The files that would fit ``pattern`` if their endings were ``.yml`` alone, with the name they should have."""
    for file in files:
        stem = re.sub(r"(?i)(?:\.ya?ml)?(?:\.txt|\.ya?ml)$", "", file.path)
        if stem != file.path and is_record(file) and pattern.fullmatch(f"{stem}.yml") and f"{stem}.yml" != file.path:
            yield file, f"{stem.rpartition('/')[2]}.yml"
