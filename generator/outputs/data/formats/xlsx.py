"""XLSX: an Excel workbook. Pure: the same table and the same imprint give the same bytes on every day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from generator.messages import say
from generator.outputs.data.formats.cells import facts, harmless, readable, yes_no
from generator.site.tables import Cell, Column, Format, Provenance, Table
from generator.text.media_types import TYPES

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.format import Format as Look
    from xlsxwriter.worksheet import Worksheet

EARLIEST = date(1980, 1, 1)  # what a workbook without a date of its own says, as its ZIP entries do
MOST_CHARACTERS = 32_767  # of a cell, in UTF-16 units: Excel specifications and limits
EXACT = 10**15  # Excel keeps 15 digits of a number
_WIDEST, _NARROWEST = 60, 8  # columns, in characters of half width
_SAMPLE = 200  # rows that decide how wide a column is
_FIRST_DAY = date(1900, 3, 1)  # Excel takes 1900 for a leap year: earlier dates are text
_ZERO = date(1899, 12, 30)  # the day from which Excel counts the later ones
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")


def to_xlsx(table: Table, imprint: Provenance) -> bytes:
    """The table as an Excel workbook: the rows on the first sheet, what they mean on the second."""
    import xlsxwriter  # here, so that a check never waits for it

    out = BytesIO()
    day = max(table.updated or EARLIEST, EARLIEST)
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties(
        {
            "title": readable(table.title),
            "subject": readable(imprint.site),
            "company": readable(imprint.publisher or ""),
            "created": datetime.combine(day, time()),
        }
    )
    notes_name = say("data.notes", imprint.language)
    _fill(book, book.add_worksheet(_sheet_name(table, notes_name)), table, yes_no(imprint.language))
    _explain(book, book.add_worksheet(notes_name), table, imprint)
    book.close()
    return out.getvalue()


def _sheet_name(table: Table, taken: str) -> str:
    """A name that Excel takes: at most 31 characters, some of them forbidden."""
    name = _NOT_IN_SHEET_NAME.sub(" ", readable(table.title)).replace("\ufffd", " ")
    name = " ".join(name.split())[:31].encode("utf-16-le")[:62].decode("utf-16-le", "ignore").strip("' ")
    return table.name[:31] if not name or name.casefold() in (taken.casefold(), "history") else name


def _fill(book: xlsxwriter.Workbook, sheet: Worksheet, table: Table, flags: Mapping[bool, str]) -> None:
    heading, wrapped = _heading(book), book.add_format({"text_wrap": True, "valign": "top"})
    looks = {"date": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})}
    for at, column in enumerate(table.columns):
        _write_text(book, sheet, (0, at), column.label, heading)
        sheet.set_column(at, at, _width(column, [row[at] for row in table.rows[:_SAMPLE]]))
    for down, row in enumerate(table.rows, 1):
        for at, cell in enumerate(row):
            if isinstance(cell, str):
                _write_text(book, sheet, (down, at), cell, wrapped)
            elif isinstance(cell, bool):
                sheet.write_string(down, at, flags[cell], wrapped)
            elif isinstance(cell, date):
                _write_day(sheet, down, at, cell, looks["date"], wrapped)
            elif cell is not None:
                _write_number(book, sheet, down, at, cell, looks)
    sheet.freeze_panes(1, 0)
    if table.columns:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _heading(book: xlsxwriter.Workbook) -> Look:
    return book.add_format({"bold": True, "valign": "top", "bottom": 1})


def _write_text(book: xlsxwriter.Workbook, sheet: Worksheet, at: tuple[int, int], text: str, look: Look) -> None:
    """Write ``text`` as text. XlsxWriter takes what stands in ``<r>…</r>`` for its own markup and writes it unescaped, so
    such a text is given to it in two pieces, which it escapes."""
    shown = _fitting(harmless(readable(text)))
    if shown.startswith("<r>") and shown.endswith("</r>"):
        sheet.write_rich_string(*at, shown[:1], book.add_format(), shown[1:], look)
    else:
        sheet.write_string(*at, shown, look)


def _fitting(text: str) -> str:
    """``text`` as long as a cell can hold it; the other formats have all of it."""
    if len(text) * 2 <= MOST_CHARACTERS or len(text.encode("utf-16-le")) <= MOST_CHARACTERS * 2:
        return text
    return text.encode("utf-16-le")[: (MOST_CHARACTERS - 1) * 2].decode("utf-16-le", "ignore") + "…"


def _write_day(sheet: Worksheet, down: int, at: int, day: date, look: Look, text_look: Look) -> None:
    if day < _FIRST_DAY:
        sheet.write_string(down, at, day.isoformat(), text_look)
    else:
        sheet.write_number(down, at, (day - _ZERO).days, look)


def _write_number(
    book: xlsxwriter.Workbook, sheet: Worksheet, down: int, at: int, number: int | Decimal, looks: dict[str, Look]
) -> None:
    exponent = number.as_tuple().exponent if isinstance(number, Decimal) else 0
    if isinstance(exponent, str) or not -EXACT < number < EXACT:
        sheet.write_string(down, at, str(number))
        return
    form = "0" + ("." + "0" * min(-exponent, 15) if exponent < 0 else "")
    if form not in looks:
        looks[form] = book.add_format({"num_format": form, "valign": "top"})
    sheet.write_number(down, at, float(number), looks[form])


def _width(column: Column, cells: list[Cell]) -> int:
    """How wide a column must be for most of what stands in it; a Han character is two wide."""
    shown = [column.label, *(each if isinstance(each, str) else str(each or "") for each in cells)]
    widest = max(_half_widths(line) for each in shown for line in readable(each).split("\n"))
    return min(max(widest + 2, _NARROWEST), _WIDEST)


def _half_widths(text: str) -> int:
    return len(text) + (len(text.encode()) - len(text)) // 2  # three bytes of UTF-8 are two half widths


def _explain(book: xlsxwriter.Workbook, sheet: Worksheet, table: Table, imprint: Provenance) -> None:
    heading, wrapped = _heading(book), book.add_format({"text_wrap": True, "valign": "top"})
    down = 0
    for label, value in facts(table, imprint):
        sheet.write_string(down, 0, label, heading)
        _write_text(book, sheet, (down, 1), value, wrapped)
        down += 1
    down += 1
    for at, key in enumerate(("label", "key", "type", "about")):
        sheet.write_string(down, at, say(f"data.column.{key}", imprint.language), heading)
    for column in table.columns:
        down += 1
        kind = say(f"data.type.{column.type}", imprint.language)
        for at, text in enumerate((column.label, column.name, kind, column.about)):
            _write_text(book, sheet, (down, at), text, wrapped)
    for at, width in enumerate((20, 44, 12, 60)):
        sheet.set_column(at, at, width)


FORMAT = Format("xlsx", TYPES["xlsx"], to_xlsx, order=2, is_text=False)
