"""How much of what can be tried without end is tried: a few examples of a property before each commit, all of them in
``make audit``; and on a machine on which that would not end in time, a few there too, and a third of the cases."""

from __future__ import annotations

import os
from collections.abc import Iterable

ALL = os.environ.get("EXHIBIT_EXAMPLES") == "all"
SLOW = os.environ.get("EXHIBIT_EXAMPLES") == "few"  # as .ci/run says it, where the tests took long
FEWER = 6
PARTS = 3
PART = int(os.environ.get("EXHIBIT_PART") or 0) % PARTS  # another one with each commit


def examples(most: int) -> int:
    """``most`` in ``make audit``, a part of them in ``make test``."""
    return most if ALL else max(most // FEWER, 5)


def beyond_the_part(names: Iterable[str], part: int = PART) -> set[str]:
    """Which of the tests ``names`` (node ids, in their order) are left out where only a part of the cases is tried: of a test
    with several cases (``test[case]``) all but every third one, beginning with the case numbered ``part``; of a test
    with fewer cases than parts the last is tried where ``part`` is beyond it. A test without cases is always tried."""
    cases: dict[str, list[str]] = {}
    for name in names:
        test, is_case, _ = name.partition("[")
        if is_case:
            cases.setdefault(test, []).append(name)
    return {name for each in cases.values() for name in each if name not in each[min(part, len(each) - 1) :: PARTS]}
