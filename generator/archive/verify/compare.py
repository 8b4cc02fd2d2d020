"""What became of files: which are gone, which are new, which hold something else, which only have another name, and
which two were exchanged. All of it follows from what lists say and what lies there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from generator.archive.verify.report import found
from generator.problems import Problem

Sums = Mapping[str, str]  # algorithm → digest
_LOOKS = 64  # at files with the same content, for the one that a file was exchanged with


@dataclass(frozen=True, slots=True)
class Expected:
    """What a list says of a file, and which list: its name, and the line in it (0 for none)."""

    sums: Sums
    list: str
    line: int = 0

    def fits(self, sums: Sums) -> bool:
        """Whether something has these digests, all of them."""
        return all(sums.get(name) == digest for name, digest in self.sums.items())


def differences(expected: Mapping[str, Expected], there: Mapping[str, Sums]) -> Iterator[Problem]:
    """A problem for everything in which the files ``there`` are not as ``expected``, each file named once or, where two
    belong together, with the other one."""
    gone = [name for name in sorted(expected) if name not in there]
    new = _by_digest({name: sums for name, sums in there.items() if name not in expected})
    wrong = [name for name in sorted(expected) if name in there and not expected[name].fits(there[name])]
    taken: set[str] = set()
    for name in gone:
        other = _free(expected[name], new, there, taken)
        if other is None:
            yield _problem("ARC-201", name, expected[name])
        else:
            taken.add(other)
            yield _problem("ARC-203", name, expected[name], other=other)
    yield from (found("ARC-202", name) for name in sorted(there) if name not in expected and name not in taken)
    yield from _wrong(wrong, expected, there)


def _wrong(names: list[str], expected: Mapping[str, Expected], there: Mapping[str, Sums]) -> Iterator[Problem]:
    owners = _by_digest({name: each.sums for name, each in expected.items()})
    waiting = dict.fromkeys(names)
    for name in names:
        if name not in waiting:
            continue
        del waiting[name]
        named = (each for sums in there[name].items() for each in owners.get(sums, ()))
        twins = [each for each in islice(named, _LOOKS) if each != name and expected[each].fits(there[name])]
        swapped = next((each for each in twins if each in waiting and expected[name].fits(there[each])), None)
        if swapped is not None:
            del waiting[swapped]
            yield _problem("ARC-102", name, expected[name], other=swapped)
        elif twins:
            yield _problem("ARC-103", name, expected[name], other=twins[0])
        else:
            yield _problem("ARC-101", name, expected[name])


def _problem(code: str, name: str, each: Expected, other: str = "") -> Problem:
    place = f"{each.list}:{each.line}" if each.line else each.list
    return found(code, name, list=place, other=other)


def _by_digest(known: Mapping[str, Sums]) -> dict[tuple[str, str], list[str]]:
    by: dict[tuple[str, str], list[str]] = {}
    for name in sorted(known):
        for each in known[name].items():
            by.setdefault(each, []).append(name)
    return by


def _free(each: Expected, new: Mapping[tuple[str, str], list[str]], there: Mapping[str, Sums], taken: set[str]) -> str | None:
    """The first new file that is what ``each`` expects and that no other one is told to be."""
    for sums in each.sums.items():
        names = new.get(sums, [])
        while names and names[0] in taken:
            names.pop(0)
        if names and each.fits(there[names[0]]):
            return names[0]
    return None
