"""Marks that a version control system leaves where two changes met and nobody chose (TXT-010)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.problems import Problem, Span, problem

_SURE = re.compile(r"^(?:<{7,}|>{7,})(?:[ \t].*)?$", re.MULTILINE)
_MARK = re.compile(r"^(<{7,}|>{7,}|\|{7,}|={7,}|%{7,}|\+{7,})(?:[ \t].*)?$", re.MULTILINE)


def find(path: str, text: str) -> tuple[Problem, ...]:
    """One problem for each line of ``text`` that is such a mark. Rows of ``=`` or ``|`` count only beside a mark that
    can be nothing else."""
    return tuple(_find(path, text)) if _SURE.search(text) else ()


def _find(path: str, text: str) -> Iterator[Problem]:
    line, at = 1, 0
    for match in _MARK.finditer(text):
        line += text.count("\n", at, match.start())
        at = match.start()
        yield problem("TXT-010", Span(path, line), mark=match[1])


def settled(text: str) -> str:
    """``text`` as if the first of each two writings had been chosen, with every other line of the conflict left empty,
    so that the rest can be checked at its own lines."""
    lines, is_kept = text.split("\n"), True
    for number, line in enumerate(lines):
        mark = _MARK.match(line)
        if mark:
            is_kept = line[0] in "<>"
        if mark or not is_kept:
            lines[number] = ""
    return "\n".join(lines)
