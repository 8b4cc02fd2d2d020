"""SEC-010: large files do not belong into a repository, which keeps each of their versions for ever."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.inspection import Inspection
from generator.media import pictures
from generator.problems import Problem, Span, problem


def check(inspection: Inspection) -> Iterator[Problem]:
    """Files above ``limits.file_megabytes``. Texts, films (both in ``used``) and pictures that something shows have
    limits of their own and are left to these."""
    config, sources = inspection.configured, inspection.sources
    if config is None:
        return
    limit = config.limits.file_megabytes
    large = [each for each in sources.files.values() if each.size > limit << 20 and each.path not in inspection.used]
    if not large:
        return
    shown = {each.path for each in pictures.wanted(inspection.filled, inspection.filled, sources)[0]} | {config.opening.picture}
    for file in large:
        if file.path not in shown:
            yield problem("SEC-010", Span(file.path), name=file.name, size=-(-file.size // (1 << 20)), limit=limit)
