"""What is made of branches, which have no pages: the mention on the page of their unit, the table."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.record import Record
from generator.kinds.branch.model import Branch, StarRecord
from generator.site.context import Public
from generator.site.mention import Mention
from generator.site.presenter import table_of
from generator.site.tables import Cell, Table, columns


def mention(record: Record, target: Record, public: Public) -> Mention | None:
    """A branch on the page of its unit, with its latest rating."""
    branch: Branch = record.data
    rating = branch.latest
    note = ""
    if rating:
        star = int(rating.star)
        label = public.word(f"star.{star}")
        shown = public.word("branch.stars", stars="★" * star, label=label) if star else label
        note = public.word("branch.note", stars=shown, batch=rating.batch, year=rating.year)
    return Mention(title=branch.heading, address=None, note=note, sample=branch.is_sample)


_COLUMNS = columns("branch branch_name unit unit_name batch year:integer star:integer score:number doc")


def tables(public: Public) -> Iterator[Table]:
    """The table of branches, a row a rating."""
    yield table_of(public, "branch", "branches", "branches.table", _COLUMNS, _cells)


def _cells(record: Record, public: Public) -> Iterator[dict[str, Cell]]:
    shown = record.data.shown
    unit = public.catalog.get("unit", shown("unit"))
    known: dict[str, Cell] = {
        "branch": record.id,
        "branch_name": None if "name" in record.data.sample_fields else record.data.heading,
        "unit": shown("unit"),
        "unit_name": unit.data.heading if unit else None,
    }
    facts = ("batch", "year", "star", "score", "doc")
    for each in sorted(shown("star_records") or (), key=StarRecord.order):
        yield known | {name: getattr(each, name) for name in facts}
    if not shown("star_records"):
        yield known | dict.fromkeys(facts)
