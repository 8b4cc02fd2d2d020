"""SEC-010: large files do not belong into a repository, which keeps each of their versions for ever. TXT-055: a file
that nothing names yet and that is only a pointer of Git LFS."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog import Catalog
from generator.config import SiteConfig
from generator.media import pictures
from generator.pointers import LONGEST, is_pointer
from generator.problems import Problem, Span, problem
from generator.sources import SourceFile, Sources


def check(sources: Sources, used: frozenset[str], catalog: Catalog, config: SiteConfig) -> Iterator[Problem]:
    """Pointers, and files above ``limits.file_megabytes``. Texts, films (both in ``used``) and pictures that something shows have
    limits of their own and are left to these."""
    limit = config.limits.file_megabytes
    others = [each for each in sources.files.values() if each.path not in used]
    large = [each for each in others if each.size > limit << 20]
    pointers = [each for each in others if each.size <= LONGEST and _is_pointer(each)]
    if not large and not pointers:
        return
    shown = {each.path for each in pictures.wanted(catalog, catalog, sources)[0]} | set(config.pictures)
    for file in large:
        if file.path not in shown:
            yield problem("SEC-010", Span(file.path), name=file.name, size=-(-file.size // (1 << 20)), limit=limit)
    for file in pointers:
        if file.path not in shown:
            yield problem("TXT-055", Span(file.path), path=file.path)


def _is_pointer(file: SourceFile) -> bool:
    try:
        return is_pointer(file.absolute.read_bytes())
    except OSError:
        return False  # whoever uses the file reports that it cannot be read
