"""Files from tables: CSV, XLSX and JSON. Pure: the same table and the same imprint give the same bytes on every day.

A text that a spreadsheet would take for a formula is quoted with ' in CSV and XLSX (OWASP, CSV Injection); numbers stay
numbers. JSON carries texts as they are.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format as Look
from xlsxwriter.worksheet import Worksheet

from generator.messages import Language, say
from generator.site.tables import Cell, Column, Table

EARLIEST = date(1980, 1, 1)  # what a workbook without a date of its own says, as its ZIP entries do
MOST_CHARACTERS = 32_767  # of a cell, in UTF-16 units: Excel specifications and limits
EXACT = 10**15  # Excel keeps 15 digits of a number
_WIDEST, _NARROWEST = 60, 8  # columns, in characters of half width
_SAMPLE = 200  # rows that decide how wide a column is
_FIRST_DAY = date(1900, 3, 1)  # Excel takes 1900 for a leap year: earlier dates are text
_ZERO = date(1899, 12, 30)  # the day from which Excel counts the later ones
_ROW = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_BREAK = re.compile("\r\n?")
# What a reader may skip before a formula: blanks of any kind, quotation marks, characters that show nothing.
_BEFORE = "\\s\"'`\u2018-\u201f\u300c-\u300f\uff02\uff07\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffd"
# What is = + - @ or becomes one under compatibility normalisation, and the true minus, which LibreOffice reads as one.
_SIGNS = "=+\\-@\u207a\u207c\u208a\u208c\u2212\ufb29\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20"
_FORMULA = re.compile(f"'*[\t\r\n]|[{_BEFORE}]*[{_SIGNS}]")
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a file says of where it comes from; only what the configuration gives."""

    site: str
    language: Language
    address: str | None = None
    publisher: str | None = None
    licence: tuple[str, str] | None = None  # name, address
    frequency: str | None = None
    contact: str | None = None


def readable(text: str) -> str:
    r"""``text`` as every format can carry it: line breaks are ``\n``, what XML forbids is U+FFFD."""
    if text.isprintable():
        return text
    return _NOT_XML.sub("\ufffd", _LINE_BREAK.sub("\n", text))


def harmless(text: str) -> str:
    """``text`` as no spreadsheet takes it for a formula: with a ' before it where it begins like one."""
    return f"'{text}" if _FORMULA.match(text) else text


def facts(table: Table, imprint: Imprint) -> Iterator[tuple[str, str]]:
    """What is to be said of a table beside its rows, each with its label."""
    language = imprint.language
    yield say("data.title", language), table.title
    if table.about:
        yield say("data.about", language), table.about
    yield say("data.rows", language), str(len(table.rows))
    if table.updated:
        yield say("data.updated", language), table.updated.isoformat()
    yield from imprint_facts(imprint)


def imprint_facts(imprint: Imprint) -> Iterator[tuple[str, str]]:
    """The imprint as it is read by people."""
    given = (
        ("site", imprint.site),
        ("publisher", imprint.publisher),
        ("frequency", imprint.frequency),
        ("licence", imprint.licence and f"{imprint.licence[0]} {imprint.licence[1]}"),
        ("contact", imprint.contact),
        ("source", imprint.address),
    )
    for key, value in given:
        if value:
            yield say(f"data.{key}", imprint.language), value


def to_csv(table: Table, imprint: Imprint) -> bytes:
    """The table as CSV (RFC 4180) in UTF-8 with a byte order mark, which Excel needs to read Chinese. Every text is
    quoted, so that no separator of another locale cuts it."""
    yes_no = _yes_no(imprint.language)
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([harmless(readable(each.label)) for each in table.columns])
    writer.writerows([_csv_cell(cell, yes_no) for cell in row] for row in table.rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _csv_cell(cell: Cell, yes_no: Mapping[bool, str]) -> str | int | Decimal:
    if isinstance(cell, str):
        return harmless(readable(cell))
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return yes_no[cell]
    if isinstance(cell, date):
        return cell.isoformat()
    return cell


def _yes_no(language: Language) -> Mapping[bool, str]:
    return {True: say("data.yes", language), False: say("data.no", language)}


def to_json(table: Table, imprint: Imprint) -> bytes:
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


def lines(head: Mapping[str, Any], key: str, rows: Iterable[Any] | Mapping[str, Iterable[Any]]) -> bytes:
    """A JSON object of ``head`` and, under ``key``, a list or an object of lists with one row a line, so that a change
    of a record is a change of a line."""
    begun = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("}").rstrip("\n")
    if isinstance(rows, Mapping):
        listed = "{\n" + ",\n".join(f"  {json.dumps(name)}: {_listed(each)}" for name, each in rows.items()) + "\n }"
    else:
        listed = _listed(rows)
    comma = "," if head else ""
    return f"{begun}{comma}\n {json.dumps(key)}: {listed}\n}}\n".encode()


def _listed(rows: Iterable[Any]) -> str:
    inside = ",\n".join(_ROW.encode(each) for each in rows)
    return f"[\n{inside}\n ]" if inside else "[]"


def as_json(value: Any) -> bytes:
    """``value`` as a JSON file to be read by people, too."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _json_cell(cell: Cell) -> Any:
    if isinstance(cell, str):
        return readable(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    return cell


def to_xlsx(table: Table, imprint: Imprint) -> bytes:
    """The table as an Excel workbook: the rows on the first sheet, what they mean on the second."""
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
    _fill(book, book.add_worksheet(_sheet_name(table, notes_name)), table, _yes_no(imprint.language))
    _explain(book, book.add_worksheet(notes_name), table, imprint)
    book.close()
    return out.getvalue()


def _sheet_name(table: Table, taken: str) -> str:
    """A name that Excel takes: at most 31 characters, some of them forbidden."""
    name = _NOT_IN_SHEET_NAME.sub(" ", readable(table.title)).replace("\ufffd", " ")
    name = " ".join(name.split())[:31].encode("utf-16-le")[:62].decode("utf-16-le", "ignore").strip("' ")
    return table.name[:31] if not name or name.casefold() in (taken.casefold(), "history") else name


def _fill(book: xlsxwriter.Workbook, sheet: Worksheet, table: Table, yes_no: Mapping[bool, str]) -> None:
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
                sheet.write_string(down, at, yes_no[cell], wrapped)
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


def _explain(book: xlsxwriter.Workbook, sheet: Worksheet, table: Table, imprint: Imprint) -> None:
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
