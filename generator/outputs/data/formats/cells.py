"""What the formats share: texts that every program can read, what is said of a table, JSON that changes by lines.

A text that a spreadsheet would take for a formula is quoted with ' in CSV and XLSX (OWASP, CSV Injection); numbers stay
numbers. JSON carries texts as they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator import patterns
from generator.messages import Language, say
from generator.site.tables import Provenance, Table

_ROW = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_NOT_XML = patterns.late("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_BREAK = patterns.late("\r\n?")
# What a reader may skip before a formula: blanks of any kind, quotation marks, characters that show nothing.
_BEFORE = "\\s\"'`\u2018-\u201f\u300c-\u300f\uff02\uff07\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffd"
# What is = + - @ or becomes one under compatibility normalisation, and the true minus, which LibreOffice reads as one.
_SIGNS = "=+\\-@\u207a\u207c\u208a\u208c\u2212\ufb29\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20"
_FORMULA = patterns.late(f"'*[\t\r\n]|[{_BEFORE}]*[{_SIGNS}]")


def readable(text: str) -> str:
    r"""``text`` as every format can carry it: line breaks are ``\n``, what XML forbids is U+FFFD."""
    if text.isprintable():
        return text
    return _NOT_XML.sub("\ufffd", _LINE_BREAK.sub("\n", text))


def harmless(text: str) -> str:
    """``text`` as no spreadsheet takes it for a formula: with a ' before it where it begins like one."""
    return f"'{text}" if _FORMULA.match(text) else text


def facts(table: Table, imprint: Provenance) -> Iterator[tuple[str, str]]:
    """What is to be said of a table beside its rows, each with its label."""
    language = imprint.language
    yield say("data.title", language), table.title
    if table.about:
        yield say("data.about", language), table.about
    yield say("data.rows", language), str(len(table.rows))
    if table.updated:
        yield say("data.updated", language), table.updated.isoformat()
    yield from imprint_facts(imprint)


def imprint_facts(imprint: Provenance) -> Iterator[tuple[str, str]]:
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


def yes_no(language: Language) -> Mapping[bool, str]:
    """How flags are written."""
    return {True: say("data.yes", language), False: say("data.no", language)}


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
