"""The records of a frozen year as pieces 件 of the archive, and the numbers by which an archive office calls them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from generator.archive.facts import Facts
from generator.archive.sources import Refused

NO_FONDS = "0000"  # until the archive office has given a number
_FOR_EVER = "永久"
_SAFE = re.compile(r"[0-9A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Item:
    """One record of a frozen year as a piece 件 of the archive. Paths are relative to the folder of the year.

    ``dated`` is a day (ISO 8601) or a year, empty for none. ``page`` is its page, ``source`` its file among the records,
    ``files`` are the pictures, films and attachments shown on its page. ``fields`` are label and text of what the page says of
    it, in the order of the page, ``text`` are the paragraphs of its story as plain text."""

    kind: str
    kind_title: str
    id: str
    title: str
    responsible: str
    dated: str
    page: str
    source: str
    files: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    text: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """An item with its number 档号, and the parts of it: fonds 全宗号, class 类别号 and serial 件号."""

    item: Item
    fonds: str
    series: str
    serial: str

    @property
    def number(self) -> str:
        """The whole number (全宗号-类别号-件号, modelled on DA/T 13-2022)."""
        return f"{self.fonds}-{self.series}-{self.serial}"

    @property
    def folder(self) -> str:
        """Where it lies in what is handed over: 全宗/分类/档号."""
        return f"{self.fonds}/{self.series}/{self.number}"


def numbered(items: Iterable[Item], facts: Facts) -> list[Piece]:
    """The items with their numbers: kinds in the order in which they come, in each the records by their ids, counted
    from 1. The class is category, year, retention and kind (modelled on DA/T 13-2022). Raises ``Refused`` for a number of the
    fonds or a retention of which no number can be made."""
    by_kind: dict[str, list[Item]] = {}
    for each in items:
        by_kind.setdefault(each.kind, []).append(each)
    fonds, code = _fonds(facts), _retention(facts)
    return [
        Piece(item, fonds, f"{facts.category}·{facts.year}·{code}·{kind.upper()}", f"{serial:04}")
        for kind, each in by_kind.items()
        for serial, item in enumerate(sorted(each, key=lambda item: item.id), 1)
    ]


def _fonds(facts: Facts) -> str:
    fonds = facts.fonds or NO_FONDS
    if not _SAFE.fullmatch(fonds):
        raise Refused("archive.fonds", fonds=facts.fonds)
    return fonds


def _retention(facts: Facts) -> str:
    """The code of a retention: Y for ever, D30 for thirty years."""
    years = re.fullmatch(r"(?:定期)?\s*([0-9]{1,3})\s*年", facts.retention.strip())
    if years:
        return f"D{int(years[1])}"
    if facts.retention.strip() == _FOR_EVER:
        return "Y"
    raise Refused("archive.retention", retention=facts.retention)
