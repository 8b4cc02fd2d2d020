"""Reading on after a fault of YAML: the text is repaired as its author probably meant it, for further checks alone.

A reader of YAML stops at the first fault. Each usual fault has a small repair that leaves every line where it is: a
repair is tried on the few lines around the fault, and kept when more can be read with it. Whatever is found in the
mended text is reported where it stands in the text as it was written. Nothing of a mended text is ever published.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.yaml.mending import layout, signs
from generator.yaml.mending.lines import NAME, Edit, Knows, Line, Repair, below, said_before, split
from generator.yaml.mending.markers import markers
from generator.yaml.mending.probe import SUSPECT, Probe, Stop, probe

REPAIRS_LIMIT = 200  # a text with more faults than that is told so
LINE_LIMIT = 10_000  # characters; a longer line is no clerk's
_NEAR = 4  # lines before a stop that are looked at
_WINDOW = 120  # lines after a stop in which a repair is tried at most
_GUESSED = frozenset({"SCH-022", "SCH-023", "SCH-039"})  # nothing in the line itself shows that it is wrong
_WORK = 6_000_000  # characters read in all attempts together


@dataclass(frozen=True, slots=True)
class YamlFault:
    """What was repaired: the code of its problem, its offset in the text as written, and the values of its wording,
    among them ``mended``, the line as it should be."""

    code: str
    at: int
    values: dict[str, object]


@dataclass(frozen=True, slots=True)
class Mending:
    """A text read on: ``text`` can be read, ``origin`` is the offset in the written text of each of its characters.
    ``repeated`` are the stretches of the written text that may say again what was said before. ``ends_at`` is where
    mending was given up, ``None`` if it never was."""

    text: str
    origin: Sequence[int] = field(repr=False)
    faults: tuple[YamlFault, ...]
    repeated: tuple[tuple[int, int], ...] = ()
    ends_at: int | None = None


def is_suspect(text: str) -> bool:
    """Whether ``text`` has something that can be read, but was hardly meant so."""
    return SUSPECT.search(text) is not None


def mend(text: str, knows: Knows | None = None, *, hidden: str = "") -> Mending:
    """Repair ``text`` until it can be read. Who ``knows`` where which field may stand chooses better among repairs.
    ``hidden`` stands where a hidden character was found and reported: it is read as if it were not there."""
    work = _Work(text, knows)
    if hidden:
        hits = re.finditer(re.escape(hidden), text)
        work.edit(tuple(Edit(hit.start(), hit.end(), "") for hit in hits))
    repeated = work.take_markers()
    is_endless = any(len(each) > LINE_LIMIT for each in text.split("\n"))
    ends_at = 0 if is_endless else work.run()
    return Mending(work.text, work.origin, tuple(work.told()), repeated, ends_at)


class _Work:
    """A text under repair: what it is now, and where each character of it comes from."""

    def __init__(self, text: str, knows: Knows | None) -> None:
        self.text, self.knows = text, knows
        self.origin = array("I", range(len(text) + 1))
        self.repairs: list[tuple[Repair, int]] = []  # with the offset of each in the text as written
        self.spent = 0
        self.mended: set[int] = set()  # places of the text as written
        self.excused: set[int] = set()
        self.entry = self.entries()

    def entries(self) -> re.Pattern[str]:
        """How an entry of the text begins: as an item, or as a field."""
        is_list = re.match(r"(?:[ \t]*(?:#[^\n]*)?\n|---[ ]*\n)*-(?: |$)", self.text) is not None
        return re.compile("-(?: |$)" if is_list else rf"{NAME}[ ]*:(?: |$)")

    def edit(self, edits: Sequence[Edit]) -> None:
        """Put ``edits``, which follow each other, into the text."""
        parts, origin, at = [], array("I"), 0
        for each in edits:
            parts += [self.text[at : each.start], each.text]
            origin += self.origin[at : each.start]
            origin.extend([self.origin[each.start]] * len(each.text))
            at = each.end
        self.text = "".join(parts) + self.text[at:]
        self.origin = origin + self.origin[at:]

    def accept(self, *repairs: Repair) -> None:
        """Mend what follows each other in the text."""
        self.repairs += [(each, self.origin[min(each.at, len(self.text))]) for each in repairs[:REPAIRS_LIMIT]]
        self.mended |= {at for _, at in self.repairs[-len(repairs) :]}
        self.edit([edit for each in repairs for edit in each.edits])
        self.entry = self.entries()

    def take_markers(self) -> tuple[tuple[int, int], ...]:
        """Take out the marks of conflicts and of further documents; they are found by their look alone."""
        found, repeated = markers(self.text)
        stretches = tuple((self.origin[start], self.origin[end]) for start, end in repeated)
        self.accept(*found)
        return stretches

    def run(self) -> int | None:
        """Repair fault after fault. Each reading begins at the entry of the last repair, so that all of them together
        read the text about once."""
        start = 0
        for _ in range(REPAIRS_LIMIT):
            stop = self.probe(self.text[start:], start).stop
            if stop is None:
                return None
            start, end = self.window(start, stop)
            before = self.text
            self.repair(start, end)
            if self.spent > _WORK or (self.text == before and not stop.is_suspect):
                break
        rest = self.probe(self.text[start:], start).stop
        return None if rest is None else self.origin[start + min(rest.at, len(self.text) - start)]

    def probe(self, text: str, base: int) -> Probe:
        found = probe(text, self.knows, lambda at: self.origin[min(base + at, len(self.text))] in self.excused)
        self.spent += (found.stop.at if found.stop else len(text)) + len(text) // 20
        return found

    def window(self, start: int, stop: Stop) -> tuple[int, int]:
        """From the entry that ``stop`` lies in to the end of the one that follows the next."""
        lines = split(self.text[start : self.line_after(start + min(stop.at, len(self.text) - start), _WINDOW)])
        first = next((each for each in reversed(lines[: stop.first + 1]) if self.entry.match(each.text)), lines[0])
        if lines[min(stop.line, len(lines) - 1)].text.startswith("- "):
            first = first if self.entry.match("- ") else lines[0]  # an item beside fields: the text may be a list
        later = [each for each in lines[stop.line + 1 : -1] if self.entry.match(each.text)]
        end = later[1].start if len(later) > 1 else lines[-1].start + len(lines[-1].text)
        return start + first.start, start + end

    def line_after(self, at: int, count: int) -> int:
        """The end of the line ``count`` lines after the one that ``at`` lies in."""
        for _ in range(count):
            at = self.text.find("\n", at) + 1
            if at == 0:
                return len(self.text)
        return at

    def repair(self, start: int, end: int) -> None:
        """Repair the first fault between ``start`` and ``end``, which begin and end entries."""
        text = self.text[start:end]
        found = self.probe(text, start)
        if found.stop is None:  # it cannot be read only together with what follows
            text = self.text[start:]
            found = self.probe(text, start)
        stop = found.stop
        if stop is None:
            return
        best = self.best(text, stop, found, start) or self.first_of_two(text, stop, found, start)
        if best is not None:
            self.accept(best.moved(start))
        elif stop.is_suspect:
            self.excused.add(self.origin[start + stop.at])
        else:
            self.accept(self.left_out(text, stop, start).moved(start))

    def best(self, text: str, stop: Stop, found: Probe, start: int) -> Repair | None:
        """The repair with which most can be read, and read as something that has a meaning."""
        ranked = []
        for number, each in enumerate(_candidates(text, stop)):
            if self.origin[start + min(each.at, len(text))] in self.mended:
                continue  # one place is mended once
            trial = self.probe(each.apply(text), start)
            if not each.is_text and text.count("\n", 0, each.at) not in trial.lines:
                continue  # swallowed by the line before
            if _is_further(trial, found, stop, each):
                reach = (1, 0) if trial.stop is None else (0, trial.stop.line)
                odd = sum(line <= stop.line + 1 for line in trial.unknown)
                ranked.append((-odd, each.code not in _GUESSED, reach, -len(trial.unknown), -number, each))
        return max(ranked, key=lambda each: each[:-1])[-1] if ranked else None

    def first_of_two(self, text: str, stop: Stop, found: Probe, start: int) -> Repair | None:
        """A repair that helps only together with another, where two faults lie side by side."""
        if stop.is_suspect:
            return None
        for each in _candidates(text, stop):
            if each.code in _GUESSED or self.origin[start + min(each.at, len(text))] in self.mended:
                continue
            halfway = each.apply(text)
            second = self.probe(halfway, start).stop
            if second is not None and any(
                other.code not in _GUESSED and _is_further(self.probe(other.apply(halfway), start), found, stop, other)
                for other in _candidates(halfway, second)
            ):
                return each
        return None

    def left_out(self, text: str, stop: Stop, start: int) -> Repair:
        """Leave out what cannot be understood: as few lines as let much more be read, or else all."""
        lines = split(text)
        last = min(stop.line, len(lines) - 1)
        blamed = min(stop.blamed, last)
        entry = next((each.number for each in lines[last + 1 :] if self.entry.match(each.text)), len(lines))
        spans = (
            *((blamed, blamed + 1), (last, last + 1), (blamed, below(lines, blamed)), (last, below(lines, last))),
            *((min(stop.first, last), last + 1), (blamed, entry), (0, entry), (0, len(lines))),
        )
        for first, end in spans:
            repair = _omission(text, lines[first:end], stop)
            trial = self.probe(repair.apply(text), start).stop if repair else stop
            if repair and (trial is None or trial.line > max(stop.line, end - 1) + 1 or (first, end) == spans[-1]):
                return repair
        return Repair("SCH-032", min(stop.at, len(text)), (Edit(0, len(text), "\n" * text.count("\n")),), _why(stop))

    def told(self) -> Iterator[YamlFault]:
        """Every repair with its line as it should be."""
        for repair, at in self.repairs:
            here = bisect_left(self.origin, at)
            start = self.text.rfind("\n", 0, here) + 1
            end = self.text.find("\n", here)
            mended = self.text[start : end if end >= 0 else len(self.text)]
            yield YamlFault(repair.code, at, {**repair.values, "mended": mended})


def _is_further(trial: Probe, found: Probe, stop: Stop, repair: Repair) -> bool:
    """Whether more can be read than was ``found``. A quotation that ran on over the next fault is no more at first."""
    if trial.stop is None or trial.events > found.events or trial.stop.line > stop.line:
        return True
    return repair.code == "SCH-026" and stop.line > stop.first and trial.events == found.events


def _omission(text: str, lines: Sequence[Line], stop: Stop) -> Repair | None:
    said = [each for each in lines if not each.is_empty]
    if not said:
        return None
    edits = tuple(Edit(each.start, each.start + len(each.text), "") for each in said)
    at = min(stop.at, len(text))
    is_inside = any(edit.start <= at <= edit.end for edit in edits)
    return Repair("SCH-032", at if is_inside else said[0].start + said[0].indent, edits, _why(stop))


def _why(stop: Stop) -> dict[str, object]:
    return {"reason": stop.reason}


def _candidates(text: str, stop: Stop) -> Iterator[Repair]:
    lines = split(text)
    suspects = _suspects(lines, stop)
    for line in suspects:
        yield from layout.odd_indents(lines, line, stop)
    for find in signs.SIGNS:
        for line in suspects:
            yield from find(line)
    yield from layout.candidates(lines, suspects, stop)


def _suspects(lines: Sequence[Line], stop: Stop) -> list[Line]:
    """The lines that may be to blame: where reading stopped, where what it read last began, and the line before."""
    last = min(stop.line, len(lines) - 1)  # a stop at the very end lies behind the last line
    numbers = [min(stop.first, last), last, *range(max(stop.first, last - _NEAR), last)]
    before = said_before(list(lines), numbers[0])
    found = [lines[each] for each in dict.fromkeys(numbers)]
    return [*found, before] if before and before not in found else found
