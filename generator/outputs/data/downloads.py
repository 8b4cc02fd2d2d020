"""Downloads: every table in every format, everything public in one JSON, and the pages that explain them.

Tables are made once, before the plan, so that their addresses are fixed with all others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from generator.catalog.making import attempt
from generator.config import CONFIG_FILE, SiteConfig
from generator.kinds import PRESENTERS
from generator.messages import Language, say
from generator.outputs.data.datapackage import Extra, Whole, descriptor
from generator.outputs.data.formats import FORMATS
from generator.outputs.data.formats.cells import as_json, imprint_facts, lines
from generator.outputs.data.open_records import records, schemas
from generator.problems import Problem, Span
from generator.site import linked
from generator.site.context import Listing, Made, Output, Page, Public, Site
from generator.site.presenter import Presenter
from generator.site.tables import DATA, Cell, Format, Provenance, Table, dictionary_address, file_address
from generator.text.dates import stamp_of_day

WHOLE = f"{DATA}exhibition.json"
SCHEMA = f"{DATA}exhibition.schema.json"
PACKAGE = f"{DATA}datapackage.json"
MANIFEST = "manifest.json"
VERSION = 1  # of the form of exhibition.json; a change that breaks readers makes it 2
PREVIEW = 5
_LOOKS = {"integer": "number", "number": "number", "date": "whole", "flag": "whole"}  # classes of cells
_LONGEST = 60  # characters of a text in the preview
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ORIGIN = Span(CONFIG_FILE)


def gather(public: Public, promised: Collection[str] = ()) -> tuple[tuple[Table, ...], tuple[Problem, ...]]:
    """The tables of all kinds that have rows, in the order of the kinds, and a problem for each kind of which none can be
    made. One with a file among the addresses ``promised`` is there without rows, too."""
    tables: list[Table] = []
    faults: list[Problem] = []
    for presenter in PRESENTERS:
        kind = presenter.kind
        made = attempt(partial(_tables_of, presenter, public, promised), Span(kind.layout.pattern), "tables", kind.name)
        if isinstance(made, Problem):
            faults.append(made)
        else:
            tables += made
    return tuple(tables), tuple(faults)


def _tables_of(presenter: Presenter, public: Public, promised: Collection[str]) -> list[Table]:
    return [each for each in presenter.tables(public) if each.rows or not _files_of(each).isdisjoint(promised)]


def _files_of(table: Table) -> set[str]:
    return {file_address(table.name, each.ending) for each in FORMATS}


def imprint(config: SiteConfig) -> Provenance:
    """What every download says of where it comes from."""
    data = config.data
    return Provenance(
        site=config.name,
        language=config.words,
        address=config.address,
        publisher=data.publisher or config.footer.organiser,
        licence=(data.licence.name, data.licence.address) if data.licence else None,
        frequency=data.frequency,
        contact=data.contact,
    )


def pages(tables: Sequence[Table], config: SiteConfig) -> Iterator[Page]:
    """The page of all downloads and the data dictionary of each table."""
    title = say("data.page", config.words)
    description = say("data.page.description", config.words, site=config.name)
    yield Page(DATA, DATA, title, _ORIGIN, description, "data.html", _index, linked=_linked_whole)
    for table in tables:
        yield Page(
            address=dictionary_address(table.name),
            section=DATA,
            title=say("data.dictionary", config.words, title=table.title),
            origin=_ORIGIN,
            description=table.about,
            template="dataset.html",
            view=_dictionary,
            subject=table,
            changed_on=table.updated,
            is_listed=False,
            linked=_linked,
        )


def outputs(tables: Sequence[Table]) -> Iterator[Output | Listing]:
    """Every file to download."""
    for table in tables:
        yield from outputs_of(table)
    yield Output(WHOLE, _ORIGIN, _whole)
    yield Output(SCHEMA, _ORIGIN, _schema, lambda site: repr(site.config))
    yield Listing(PACKAGE, _ORIGIN, _package)


def outputs_of(table: Table) -> Iterator[Output]:
    """``table`` in every format."""
    for each in FORMATS:
        yield Output(file_address(table.name, each.ending), _ORIGIN, partial(_write, table, each))


def _write(table: Table, form: Format, public: Public) -> bytes:
    return form.write(table, imprint(public.config))


def _whole(site: Site) -> bytes:
    config, data = site.config, imprint(site.config)
    head = {
        "$schema": SCHEMA.removeprefix(DATA),
        "version": VERSION,
        "site": {"name": config.name, "description": config.description, "language": config.language},
        "address": config.address,
        "updated": site.today.isoformat() if site.today else None,
        "year": site.year,
        "publisher": data.publisher,
        "licence": data.licence and {"name": data.licence[0], "address": data.licence[1]},
        "frequency": data.frequency,
        "keywords": list(config.data.keywords) or None,
        "contact": data.contact,
        "choices": {
            name: [{"id": id, "name": label} for id, label in terms.items()] for name, terms in config.choices.items()
        },
        "kinds": [
            {
                "name": kind.name,
                "label": kind.label.in_language(config.words),
                "count": len(site.catalog.all(kind.name)),
            }
            for kind in site.kinds.values()
        ],
    }
    listed = {kind.name: rows for kind, rows in records(site)}
    return lines({key: value for key, value in head.items() if value is not None}, "records", listed)


def _schema(public: Public) -> bytes:
    return as_json(whole_schema(public))


def whole_schema(public: Public) -> dict[str, Any]:
    """The JSON Schema of ``exhibition.json``, its records explained as their fields are."""
    language = public.config.words
    said = partial(_said, language)
    made, definitions = schemas(PRESENTERS, public.config)
    text = {"type": "string"}
    named = {
        "type": "object",
        "properties": {"name": text, "address": text},
        "required": ["name", "address"],
        "additionalProperties": False,
    }
    properties = {
        "$schema": text,
        "version": said("version", const=VERSION),
        "site": said("site", type="object"),
        "address": said("site.address", type="string"),
        "updated": said("updated", type="string", format="date"),
        "year": said("year", type="integer"),
        "publisher": said("publisher", type="string"),
        "licence": said("licence", **named),
        "frequency": said("frequency", type="string"),
        "keywords": said("keywords", type="array", items=text),
        "contact": said("contact", type="string"),
        "choices": said("choices", type="object"),
        "kinds": said("kinds", type="array", items={"type": "object"}),
        "records": said(
            "records",
            type="object",
            properties={
                kind.name: {"title": kind.label.in_language(language), "type": "array", "items": made[kind.name]}
                for kind in public.kinds.values()
            },
            required=[*public.kinds],
            additionalProperties=False,
        ),
    }
    return {
        "$schema": _DIALECT,
        "title": say("data.whole", language),
        "description": say("data.whole.about", language),
        "type": "object",
        "properties": properties,
        "required": ["version", "site", "choices", "kinds", "records"],
        "additionalProperties": False,
        "$defs": definitions,
    }


def _said(language: Language, key: str, **schema: Any) -> dict[str, Any]:
    return {"title": say(f"data.whole.{key}", language), **schema}


def _package(made: Made) -> bytes:
    config = made.config
    files = {address: (made.sizes[address], made.digest(address)) for address in made.files if address.startswith(DATA)}
    first = min((day for each in made.catalog if (day := each.data.published_on)), default=made.today)
    whole = Whole(
        title=made.word("data.package", site=config.name),
        description=made.word("data.page.description", site=config.name),
        imprint=imprint(config),
        keywords=config.data.keywords,
        created=stamp_of_day(first, config.zone) if first else None,
        modified=stamp_of_day(made.today, config.zone) if made.today else None,
        version=made.today.isoformat() if made.today else None,
    )
    extras = [
        Extra("exhibition", WHOLE, made.word("data.whole"), made.word("data.whole.about")),
        Extra("exhibition-schema", SCHEMA, made.word("data.schema"), made.word("data.schema.about"), is_schema=True),
    ]
    yes_no = (made.word("data.yes"), made.word("data.no"))
    return as_json(descriptor(whole, made.tables.values(), extras, files, yes_no))


def _index(page: Page, made: Made) -> Mapping[str, Any]:
    data = imprint(made.config)
    return {
        "tables": [
            {**view, "explained": table.about, "rows": len(table.rows), "updated": table.updated}
            for name, table in made.tables.items()
            for view in made.downloads(name)
        ],
        "whole": [
            {**made.file(address, label), "title": made.word(key), "explained": made.word(f"{key}.about")}
            for address, label, key in (
                (WHOLE, "JSON", "data.whole"),
                (SCHEMA, "JSON Schema", "data.schema"),
                (PACKAGE, "Data Package", "data.descriptor"),
            )
        ],
        "facts": [
            {"label": label, "value": value}
            for label, value in imprint_facts(replace(data, site="", address=None, licence=None))
        ],
        "licence": data.licence and {"name": data.licence[0], "address": data.licence[1]},
        "updated": made.today,
        "manifest": MANIFEST,
    }


def _dictionary(page: Page, made: Made) -> Mapping[str, Any]:
    table = page.about(Table)
    return {
        "title": table.title,
        "about": table.about,
        "all": DATA,
        "rows": len(table.rows),
        "updated": table.updated,
        "downloads": made.downloads(table.name),
        "columns": [
            {"name": each.name, "label": each.label, "type": made.word(f"data.type.{each.type}"), "about": each.about}
            for each in table.columns
        ],
        "preview": [[_shown(cell, made) for cell in row] for row in table.rows[:PREVIEW]],
        "looks": [_LOOKS.get(each.type, "") for each in table.columns],
    }


def _linked_whole(page: Page, site: Site) -> linked.Node:
    """Everything that can be downloaded as a catalogue of data sets."""
    return {
        "@type": "DataCatalog",
        "@id": linked.At(f"{DATA}#it"),
        "name": site.word("data.package", site=site.config.name),
        "description": page.description,
        "url": linked.At(DATA),
        **_terms(site),
        "dateModified": site.today,
        "dataset": [
            {
                "@type": "Dataset",
                "@id": linked.At(f"{dictionary_address(name)}#it"),
                "name": table.title,
                "description": table.about,
                "url": linked.At(dictionary_address(name)),
                **_terms(site),
            }
            for name, table in site.tables.items()
        ],
    }


def _linked(page: Page, site: Site) -> linked.Node:
    table = page.about(Table)
    return {
        "@type": "Dataset",
        "@id": linked.At(f"{page.address}#it"),
        "name": table.title,
        "description": table.about,
        "url": linked.At(page.address),
        **_terms(site),
        "dateModified": table.updated,
        "variableMeasured": [each.label for each in table.columns],
        "includedInDataCatalog": {"@type": "DataCatalog", "@id": linked.At(f"{DATA}#it")},
        "distribution": linked.distribution(site, [table.name]),
    }


def _terms(public: Public) -> dict[str, Any]:
    data = imprint(public.config)
    return {
        "creator": {"@type": "GovernmentOrganization", "name": data.publisher} if data.publisher else None,
        "license": data.licence[1] if data.licence else None,
        "isAccessibleForFree": True,
    }


def _shown(cell: Cell, public: Public) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return public.word("data.yes" if cell else "data.no")
    if isinstance(cell, (int, Decimal, date)):
        return str(cell)
    return cell if len(cell) <= _LONGEST else cell[: _LONGEST - 1] + "…"
