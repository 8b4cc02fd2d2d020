"""Making one thing of many: where one of them fails, that is a problem with a place, and the others are made.

A fault here is ours more often than an author's, but it is one record that brings it about, and whoever has to publish
today needs to know which. ``EXHIBIT_TRACEBACK`` shows the rest to whoever mends it.
"""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import TypeVar

from generator.catalog.record import Record
from generator.messages import Words, words
from generator.privacy.masking import mask
from generator.problems import Problem, Span, problem

Result = TypeVar("Result")

CODE = "IMG-020"
_MORE = "IMG-022"
_SAME = 10  # faults of one reason that are told one by one
_LONGEST = 200  # characters of a reason
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})


def attempt(make: Callable[[], Result], span: Span, what: str, name: str = "") -> Result | Problem:
    """What ``make`` gives, or the problem that it gave nothing. ``what`` is the wording ``making.{what}``, ``name`` an
    address or an id. The place is the record that was being worked on, ``span`` where there was none. A full disk is
    no fault of anything that is made, and raises."""
    try:
        return make()
    except Exception as error:  # noqa: BLE001  whatever it is, it becomes a problem and is shown
        if isinstance(error, OSError) and error.errno in _FULL:
            raise
        return fault(reason_of(error), _place(error.__traceback__) or span, what, name)


def fault(reason: str | Words, span: Span, what: str, name: str = "") -> Problem:
    """The problem that something could not be made."""
    return problem(CODE, span, what=words(f"making.{what}"), name=name, reason=reason)


def reason_of(error: Exception) -> str:
    """What is told of ``error``, in one line and masked before it is cut; all of it on the standard error output where that was asked for."""
    if os.environ.get("EXHIBIT_TRACEBACK"):
        print(mask("".join(traceback.format_exception(error))), file=sys.stderr)
    text = mask(" ".join(f"{type(error).__name__}: {error}".split()))
    return "".join(each if each.isprintable() else "\ufffd" for each in text)[:_LONGEST]


def _place(trace: TracebackType | None) -> Span | None:
    """The place of the innermost record that was in hand when something failed."""
    found = None
    while trace is not None:
        held = [each for each in trace.tb_frame.f_locals.values() if isinstance(each, Record)]
        found = held[0] if held else found
        trace = trace.tb_next
    return found.span() if found is not None else None


def grouped(faults: Iterable[Problem]) -> tuple[Problem, ...]:
    """``faults``, each once; of many with one reason, such as a broken template, the first and how many more there are."""
    groups: dict[object, list[Problem]] = {}
    for each in dict.fromkeys(faults):
        values = dict(each.values)
        groups.setdefault(values["reason"] if each.code == CODE else each, []).append(each)
    found: list[Problem] = []
    for group in groups.values():
        found += group[:_SAME]
        if len(group) > _SAME:
            reason = dict(group[0].values)["reason"]
            found.append(problem(_MORE, group[_SAME].span, count=len(group) - _SAME, reason=reason))
    return tuple(found)
