"""JSON: for programs. Pure: the same table and the same imprint give the same bytes on every day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from generator.outputs.data.formats.cells import lines, readable
from generator.site.tables import Cell, Format, Provenance, Table
from generator.text.media_types import TYPES


def to_json(table: Table, imprint: Provenance) -> bytes:
    """The table as JSON: its rows as objects by the keys of the columns, after what is to be said of them."""
    head = {
        "name": table.name,
        "title": table.title,
        "about": table.about,
        "updated": table.updated.isoformat() if table.updated else None,
        "site": imprint.site,
        "address": imprint.address,
        "publisher": imprint.publisher,
        "licence": imprint.licence and {"name": imprint.licence[0], "address": imprint.licence[1]},
        "frequency": imprint.frequency,
        "contact": imprint.contact,
        "columns": [
            {"name": each.name, "label": each.label, "type": each.type, "about": each.about} for each in table.columns
        ],
    }
    names = [each.name for each in table.columns]
    rows = (dict(zip(names, map(_json_cell, row), strict=True)) for row in table.rows)
    return lines({key: value for key, value in head.items() if value is not None}, "rows", rows)


def _json_cell(cell: Cell) -> Any:
    if isinstance(cell, str):
        return readable(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    return cell


FORMAT = Format("json", TYPES["json"], to_json, order=3)
