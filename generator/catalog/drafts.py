"""Drafts are not finished, and nobody expects them to be: what is wrong in one is said, and stops no site.

What would do harm wherever it stands stays an error also in a draft: personal data, unsafe content, YAML that cannot be
read. So does a mistake outside of the draft, even where the draft is the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain

from generator.catalog.kind import Kind
from generator.catalog.record import DRAFT, Reading, Record, Unfinished
from generator.problems import Problem, Span, is_of_picture

Holder = Record | Unfinished
_ALWAYS_GRAVE = ("PII-", "SEC-", "CFG-", "ARC-")  # a year is not frozen while a draft of it waits
# YAML that cannot be read. What can be read as it was probably meant (SCH-020 and later) may wait with the rest of a draft.
_UNREADABLE = frozenset({*(f"SCH-0{number}" for number in (10, 11, 12, 13, 14, 15, 17)), "SCH-031"})
# Families of problems with which a page can be shown as it is: a picture, a link or a wording is wrong, not the record.
_HARMLESS = ("IMG-", "LNK-", "A11-", "TXT-", "POL-", "DAT-", "REF-", "REV-", "EMB-", "ID-008")


class Whereabouts:
    """Which record a place in the sources belongs to, of some ``holders``."""

    def __init__(self, holders: Iterable[Holder], kinds: Mapping[str, Kind]) -> None:
        self._files: dict[str, Holder] = {}
        self._folders: dict[str, Holder] = {}
        self._rows: dict[tuple[str, int], Holder] = {}
        for each in holders:
            self._add(each, kinds[each.kind].layout.form)

    def _add(self, holder: Holder, form: str) -> None:
        if holder.at:
            first, last = holder.tree.lines(holder.at)
            self._rows |= {(holder.path, line): holder for line in range(first, last + 1)}
            return
        for path in holder.files if isinstance(holder, Record) else (holder.path,):
            self._files[path] = holder
        if form == "folder":
            self._folders[holder.folder] = holder

    def holder(self, span: Span) -> Holder | None:
        """The record that ``span`` lies in, ``None`` for none of them."""
        found = self._files.get(span.path) or self._rows.get((span.path, span.line))
        folder = span.path
        while found is None and folder:
            found = self._folders.get(folder)
            folder = folder.rpartition("/")[0]
        return found


def of_reading(reading: Reading, kinds: Mapping[str, Kind]) -> Whereabouts:
    """Where the drafts stand, those that are records and those that are not yet."""
    drafts = (each for each in reading.records if each.data.status == DRAFT)
    unfinished = (each for each in reading.unfinished if each.status == DRAFT)
    return Whereabouts(chain(drafts, unfinished), kinds)


def ease(problems: Iterable[Problem], drafts: Whereabouts) -> tuple[Problem, ...]:
    """``problems``, those that only a draft has as warnings."""
    return tuple(replace(each, is_eased=True) if _may_wait(each, drafts) else each for each in problems)


def _may_wait(problem: Problem, drafts: Whereabouts) -> bool:
    if not problem.is_error or problem.code.startswith(_ALWAYS_GRAVE) or problem.code in _UNREADABLE:
        return False
    return drafts.holder(problem.span) is not None


def is_harmless(problem: Problem) -> bool:
    """Whether a record with this problem can still be shown in a preview as it is."""
    if problem.is_error:
        return is_of_picture(problem)
    return not problem.is_grave or problem.code.startswith(_HARMLESS)


def is_private(problem: Problem) -> bool:
    """Whether not even the name of a record with this problem is to be repeated."""
    return problem.code.startswith(("PII-", "SEC-"))
