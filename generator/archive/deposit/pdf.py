"""All records of a frozen year as one PDF to be read from the first page to the last: PDF/A-2a (ISO 19005-2), tagged as
PDF/UA-1 (ISO 14289-1) asks, with bookmarks by kind and record.

Typst holds all that it sets in memory, so it sets the book in parts, one after the other, each in a process of its own
(``setting``); another joins them (``joining``). How many pages a part has, and where its headings are, is counted before anything
is set: so page numbers, contents and bookmarks are those of the whole book. What records hold reaches Typst as data and never as
markup (``manuscript``), so no text can command it. It asks no clock, no network and no fonts but those installed with this program.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from generator.archive.deposit import joining, manuscript, setting
from generator.archive.deposit.manuscript import Entry
from generator.archive.facts import Facts
from generator.archive.items import Piece
from generator.archive.sources import Refused, Sources
from generator.system import forks, lifeline
from generator.text.legible import in_line

LINES = 12_000  # of a part, about: what bounds the memory that Typst takes
_MOST_PARTS = 200  # they are open all at once while they are joined
_LIBRARIES = {"typst": "Typst", "pikepdf": "pikepdf"}
_LONGEST = 3600  # seconds of a processor that a step may take
_REASON = 400  # letters of an error
_TOP = 26 * 72 / 25.4  # points above the text of a page (look.typ)


@dataclass(frozen=True, slots=True)
class Part:
    """Records of the book that are set together: the numbers of the first and of the one after the last, and the headings on each
    of their pages."""

    first: int
    end: int
    pages: Sequence[Sequence[Mapping[str, Any]]]


def write(file: Path, pieces: Sequence[Piece], files: Sources, facts: Facts, lines: int = LINES) -> None:
    """Write the PDF of ``pieces`` into the new ``file``. A folder beside it, gone afterwards, holds what it is made of. A part of it
    takes about ``lines``, or one record. Raises ``Refused`` where Typst or pikepdf is not installed, and where they cannot make it."""
    for name, title in _LIBRARIES.items():
        if not _has(name):
            raise Refused("archive.no_typst", name=title)
    with tempfile.TemporaryDirectory(prefix=".pdf-", dir=file.parent) as name:
        folder = Path(name).absolute()
        with forks.aside(partial(manuscript.written, pieces, files, facts, folder), 2) as prepared:  # what it needs ends with it
            entries = prepared()
        press = _Press(folder, facts)
        parts = _divided(press, entries, lines)
        pages = [page for part in parts for page in part.pages]
        manuscript.write_front(facts, len(pieces), pages, folder)
        total = press.told("front.typ", {})["pages"]
        press.print("front.typ", {}, joining.FRONT)
        at = total - len(pages) + 1
        for number, part in enumerate(parts):
            press.print("records.typ", {"first": part.first, "end": part.end, "page": at, "pages": total}, joining.PART.format(number))
            at += len(part.pages)
        _run([joining.__file__, str(folder), str(file.absolute()), str(len(parts)), str(len(pages))])


def _has(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ValueError:  # something else is there by its name
        return False


# -- parts -------------------------------------------------------------------------------------------------------------


def _divided(press: _Press, entries: Sequence[Entry], lines: int) -> list[Part]:
    """The parts of the book. One ends where the next record begins a page in any case, if there is such a place in its second half:
    there the book looks as if it were set in one piece."""
    parts: list[Part] = []
    lines = max(lines, 2 * sum(each.lines for each in entries) // _MOST_PARTS)  # twice, as a part may end at its half
    first = 0
    while first < len(entries):
        end, left = first + 1, lines - entries[first].lines
        while end < len(entries) and left >= entries[end].lines:
            left -= entries[end].lines
            end += 1
        part = _counted(press, entries, first, end)
        parts.append(part if end == len(entries) or _opens(entries[end]) else _shortened(part))
        first = parts[-1].end
    return parts


def _counted(press: _Press, entries: Sequence[Entry], first: int, end: int) -> Part:
    told = press.told("records.typ", {"first": first, "end": end})
    pages: list[list[dict[str, Any]]] = [[] for _ in range(told["pages"])]
    headings = [each for entry in entries[first:end] for each in entry.headings]
    for (level, title), place in zip(headings, told["headings"], strict=True):
        pages[place["page"]].append({"level": level, "title": title, "y": place["y"]})
    return Part(first, end, pages)


def _shortened(part: Part) -> Part:
    """The part up to the last record of its second half that begins a page, or all of it."""
    number, found = part.first, part
    for at, page in enumerate(part.pages):
        begins = bool(page) and page[0]["y"] < _TOP + 1
        if begins and 2 * at >= len(part.pages):
            found = Part(part.first, number, part.pages[:at])
        number += sum(each["level"] == 2 for each in page)
    return found


def _opens(entry: Entry) -> bool:
    return len(entry.headings) > 1


# -- processes ---------------------------------------------------------------------------------------------------------


class _Press:
    """Sets the templates of a folder, each time in a process of its own."""

    def __init__(self, folder: Path, facts: Facts) -> None:
        import pylopdf_fonts_zh_cn as letters

        moment = datetime(facts.frozen_on.year, facts.frozen_on.month, facts.frozen_on.day, tzinfo=UTC)
        self._folder = folder
        self._more = (str(int(moment.timestamp())), *sorted({str(each.parent) for each in (letters.serif_path(), letters.sans_path())}))

    def told(self, template: str, inputs: Mapping[str, int]) -> Any:
        """What a template tells of its pages."""
        self.print(template, inputs, "told.json")
        return json.loads((self._folder / "told.json").read_bytes())

    def print(self, template: str, inputs: Mapping[str, int], name: str) -> None:
        """Set a template as the file ``name``."""
        texts = json.dumps({key: str(value) for key, value in inputs.items()})
        _run([setting.__file__, str(self._folder), template, texts, str(self._folder / name), *self._more])


def _run(program: Sequence[str]) -> None:
    tied = [] if sys.platform == "win32" else [sys.executable, "-S", lifeline.__file__, str(os.getpid()), str(_LONGEST)]
    done = subprocess.run(
        [*tied, sys.executable, *program], stdin=subprocess.DEVNULL, capture_output=True, check=False, env={**os.environ, **setting.ENVIRONMENT}
    )
    said = done.stdout.decode("utf-8", "replace") if done.returncode == 0 else f"{done.returncode} {done.stderr.decode('utf-8', 'replace')[-_REASON:]}"
    if said:
        raise Refused("archive.pdf_fails", reason=in_line(said))
