"""CSV: for every program. Pure: the same table and the same imprint give the same bytes on every day."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from io import StringIO

from generator.outputs.data.formats.cells import harmless, readable, yes_no
from generator.site.tables import Cell, Format, Provenance, Table
from generator.text.media_types import TYPES


def to_csv(table: Table, imprint: Provenance) -> bytes:
    """The table as CSV (RFC 4180) in UTF-8 with a byte order mark, which Excel needs to read Chinese. Every text is
    quoted, so that no separator of another locale cuts it."""
    flags = yes_no(imprint.language)
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([harmless(readable(each.label)) for each in table.columns])
    writer.writerows([_csv_cell(cell, flags) for cell in row] for row in table.rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _csv_cell(cell: Cell, flags: Mapping[bool, str]) -> str | int | Decimal:
    if isinstance(cell, str):
        return harmless(readable(cell))
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return flags[cell]
    if isinstance(cell, date):
        return cell.isoformat()
    return cell


FORMAT = Format("csv", TYPES["csv"], to_csv, order=1)
