"""What is made of pioneers beside their page: the mention on other pages, the table."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.record import Record
from generator.kinds.pioneer.model import GROUPS, Pioneer
from generator.kinds.pioneer.pages import address_of
from generator.site.context import Public
from generator.site.mention import Mention
from generator.site.presenter import table_of
from generator.site.tables import Cell, Table, columns


def mention(record: Record, named: Record, public: Public) -> Mention:
    """A pioneer on the page of a record that it names."""
    pioneer: Pioneer = record.data
    kind = public.word(f"pioneers.{GROUPS[pioneer.kind]}")
    return Mention(
        title=pioneer.heading,
        address=address_of(record.id),
        note=public.word("pioneer.note", kind=kind, batch=pioneer.batch) if pioneer.batch else kind,
        date=pioneer.published_on,
        picture=public.picture(record, pioneer.photo),
        sample=pioneer.is_sample,
    )


_COLUMNS = columns("id kind name unit branch year:integer batch citation published_on:date page")


def tables(public: Public) -> Iterator[Table]:
    """The table of all pioneers."""
    yield table_of(public, "pioneer", "pioneers", "pioneers.table", _COLUMNS, _cells)


def _cells(record: Record, public: Public) -> Iterator[dict[str, Cell]]:
    """What the page says too, and nothing more: no reference of a consent ever leaves the repository."""
    pioneer: Pioneer = record.data
    shown = pioneer.shown
    unit, branch = public.catalog.get("unit", shown("unit")), public.catalog.get("branch", shown("branch"))
    yield {
        "id": record.id,
        "name": None if "display_name" in pioneer.sample_fields else pioneer.heading,
        "unit": unit.data.heading if unit else None,
        "branch": branch.data.heading if branch else None,
        **{each: shown(each) for each in ("kind", "year", "batch", "citation", "published_on")},
        "page": address_of(record.id),
    }
