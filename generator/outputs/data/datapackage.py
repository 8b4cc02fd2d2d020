"""``datapackage.json``: every download with its columns and digest (Data Package 2.0, Table Schema 2.0)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.outputs.data.formats import FORMATS
from generator.outputs.data.formats.cells import harmless, readable
from generator.site.tables import DATA, Provenance, Table, file_address
from generator.text.media_types import JSON_SCHEMA, TYPES

SizeAndDigest = tuple[int, str]
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES = {"text": "string", "integer": "integer", "number": "number", "date": "date", "flag": "boolean"}
# DCMI Collection Description Frequency Vocabulary, which DCAT takes its values from; it has no word for "once".
_FREQUENCIES = {"每年": "annual", "每季度": "quarterly", "每月": "monthly", "不定期": "irregular"}


# Identifiers of the Open Definition, the only names a licence may have here, by the address of its text.
_LICENCES: Mapping[str, str] = {
    "creativecommons.org/licenses/by/4.0": "CC-BY-4.0",
    "creativecommons.org/licenses/by-sa/4.0": "CC-BY-SA-4.0",
    "creativecommons.org/publicdomain/zero/1.0": "CC0-1.0",
    "opendatacommons.org/licenses/by/1-0": "ODC-BY-1.0",
    "opendatacommons.org/licenses/odbl/1-0": "ODbL-1.0",
    "opendatacommons.org/licenses/pddl/1-0": "ODC-PDDL-1.0",
}


@dataclass(frozen=True, slots=True)
class Whole:
    """What is said of all downloads together. ``created`` and ``modified`` are RFC 3339 times."""

    title: str
    description: str
    imprint: Provenance
    keywords: tuple[str, ...] = ()
    created: str | None = None
    modified: str | None = None
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Extra:
    """A download that is no table: JSON in UTF-8. A schema is said to be one: readers take a file of such a name for
    the schema of a table otherwise."""

    name: str
    address: str
    title: str
    description: str
    is_schema: bool = False


def descriptor(
    whole: Whole, tables: Iterable[Table], extras: Iterable[Extra], made: Mapping[str, SizeAndDigest], yes_no: tuple[str, str]
) -> dict[str, Any]:
    """The descriptor of the package; ``made`` are size and SHA-256 of the files by address, ``yes_no`` the words that flags stand as."""
    imprint = whole.imprint
    given = {
        "$schema": PROFILE,
        "name": "exhibition",
        "id": imprint.address,
        "title": whole.title,
        "description": whole.description,
        "homepage": imprint.address,
        "version": whole.version,
        "created": whole.created,
        "modified": whole.modified,
        "publisher": imprint.publisher,
        "contributors": [{"title": imprint.publisher, "roles": ["publisher"]}] if imprint.publisher else None,
        "licenses": [_licence(*imprint.licence)] if imprint.licence else None,
        "keywords": list(whole.keywords) or None,
        "frequency": imprint.frequency,
        "accrualPeriodicity": _FREQUENCIES.get(imprint.frequency or ""),
        "contactPoint": imprint.contact,
        "resources": [*_table_resources(tables, made, yes_no), *(_extra(each, made) for each in extras)],
    }
    return {key: value for key, value in given.items() if value is not None}


def _licence(title: str, address: str) -> dict[str, str]:
    place = re.sub(r"\Ahttps?://(?:www\.)?|(?:/(?:deed|legalcode)(?:\.[A-Za-z_-]+)?)?/?\Z", "", address.lower())
    name = _LICENCES.get(place)
    return {**({"name": name} if name else {}), "title": title, "path": address}


def _table_resources(
    tables: Iterable[Table], made: Mapping[str, SizeAndDigest], yes_no: tuple[str, str]
) -> Iterator[dict[str, Any]]:
    for table in tables:
        for form in FORMATS:
            address = file_address(table.name, form.ending)
            is_main = form.ending == "csv"  # the one whose columns are described
            resource = {
                "name": table.name if is_main else f"{table.name}-{form.ending}",
                **({"type": "table"} if is_main else {}),
                "title": table.title,
                "description": table.about,
                **_file(address, form.ending, form.media_type, made[address], is_text=form.is_text),
                "modified": table.updated.isoformat() if table.updated else None,
            }
            if is_main:
                resource["schema"] = {"fields": [_field(each, yes_no) for each in table.columns]}
            yield {key: value for key, value in resource.items() if value is not None}


def _field(column: Any, yes_no: tuple[str, str]) -> dict[str, Any]:
    heading = harmless(readable(column.label))
    field = {
        "name": heading,
        "title": column.label,
        "description": column.about,
        "type": _TYPES[column.type],
        "key": column.name,
    }
    if column.type == "flag":
        field |= {"trueValues": [yes_no[0]], "falseValues": [yes_no[1]]}
    return field


def _extra(extra: Extra, made: Mapping[str, SizeAndDigest]) -> dict[str, Any]:
    return {
        "name": extra.name,
        "title": extra.title,
        "description": extra.description,
        **_file(extra.address, "json", TYPES["json"], made[extra.address]),
        **({"format": "schema.json", "mediatype": JSON_SCHEMA} if extra.is_schema else {}),
    }


def _file(address: str, form: str, media_type: str, made: SizeAndDigest, *, is_text: bool = True) -> dict[str, Any]:
    return {
        "path": address.removeprefix(DATA),
        "format": form,
        "mediatype": media_type,
        **({"encoding": "utf-8"} if is_text else {}),
        "bytes": made[0],
        "hash": f"sha256:{made[1]}",
    }
