"""Marks that no record holds: those of a conflict that git left behind, and those between documents."""

from __future__ import annotations

import re
from itertools import zip_longest

from generator import patterns
from generator.yaml.mending.lines import LABEL, NAME, Edit, Repair

_CONFLICT = patterns.late(r"^(?:<{7}|\|{7}|={7}|>{7})(?=[ \t]|$)[^\n]*", re.MULTILINE)
_DOCUMENT = patterns.late(r"^(?:---|\.\.\.)(?=[ \t]|$)[^\n]*", re.MULTILINE)
_ENTRY = patterns.late(rf"\Z|[ \t]*(?:-[ \t]|{NAME}[ \t]*[:：]|{LABEL}:[ \t])")
_NOTHING = patterns.late(r"(?:[ \t]*(?:#[^\n]*)?(?:\n|\Z))*")

Stretches = tuple[tuple[int, int], ...]


def markers(text: str) -> tuple[list[Repair], Stretches]:
    """The marks in ``text``, each to be taken out, and the stretches in which things may be said again for them."""
    found = [*_conflicts(text), *_documents(text)]
    stretches = []
    conflicts = [each.at for each in found if each.code == "SCH-031"]
    documents = [each.at for each in found if each.code == "SCH-017"]
    if conflicts:
        stretches.append((conflicts[0], len(text) if len(conflicts) == 1 else conflicts[-1]))
    if documents:
        stretches.append((documents[0], len(text)))
    return sorted(found, key=lambda each: each.at), tuple(stretches)


def _conflicts(text: str) -> list[Repair]:
    hits = list(_CONFLICT.finditer(text))
    if not any(hit.group()[0] in "<>" for hit in hits):
        return []  # a row of equal signs alone is somebody's rule
    return [
        Repair("SCH-031", hit.start(), (Edit(hit.start(), hit.end(), ""),), {"sign": hit.group()[:7]}) for hit in hits
    ]


def _documents(text: str) -> list[Repair]:
    """Every mark but the first before anything is said, and the last behind everything."""
    first = _NOTHING.match(text)
    assert first is not None  # it matches nothing at all, too
    hits = list(_DOCUMENT.finditer(text))
    last = _said_until(text, hits)
    end = next((hit for hit in hits if hit.start() >= last and hit.group().startswith("...")), None)
    found = []
    for hit, after in zip_longest(hits, hits[1:]):
        opens = hit.start() == first.end() and hit.group().startswith("---")
        if not opens and hit is not end:
            rest = hit.group()[3:].strip()
            edit = Edit(hit.start(), hit.end(), "" if rest.startswith("#") else rest)
            if not rest and not _is_record(text, hit.end()):
                edit = Edit(hit.start(), after.start() if after else len(text), "")
            found.append(Repair("SCH-017", hit.start(), (edit,), {"sign": hit.group()[:3]}))
    return found


def _is_record(text: str, at: int) -> bool:
    """Whether what stands from ``at`` on begins as a record does: below a mark there may be a story as well, as in the
    files of other generators."""
    said = _NOTHING.match(text, at)
    return said is None or _ENTRY.match(text, said.end()) is not None


def _said_until(text: str, hits: list[re.Match[str]]) -> int:
    """The end of the last stretch between marks that says anything."""
    ends = [hit.start() for hit in hits] + [len(text)]
    begins = [0] + [hit.end() for hit in hits]
    for begin, end in zip(reversed(begins), reversed(ends), strict=True):
        said = _NOTHING.match(text, begin)
        if said is not None and said.end() < end:
            return end
    return 0
