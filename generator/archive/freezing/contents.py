"""What a frozen year has beside the pages of the site: its README, the schemas, the records as sources, and the index that ties
each page to its record."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from generator.archive.freezing.records import Given, files
from generator.catalog.record import Record
from generator.outputs.data import jsonschema
from generator.pages import frozen
from generator.site.context import Site
from generator.system.sealed import Sealed
from generator.text.addresses import output_file

FORMAT, VERSION = "exhibition-archive", 1

Content = tuple[str, bytes | Sealed]


def with_archive(made: Iterable[Content], site: Site, given: Given) -> Iterator[Content]:
    """All of ``made``, the files of the site, then what its archive has more. The index comes last, for it tells the digests
    of the pages and how many files and bytes there are but itself and the manifest."""
    wanted = {output_file(at.partition("#")[0]) for each in site.catalog if (at := address_of(each, site)) is not None}
    digests: dict[str, str] = {}
    count = size = 0
    for name, content in _all(made, site, given):
        count, size = count + 1, size + (len(content) if isinstance(content, bytes) else content.size)
        if name in wanted:
            digests[name] = sha256(content).hexdigest() if isinstance(content, bytes) else content.sha256
        yield name, content
    yield frozen.INDEX, index(site, digests, count, size)


def _all(made: Iterable[Content], site: Site, given: Given) -> Iterator[Content]:
    yield from made
    yield frozen.README, frozen.readme(site)
    for name, text in jsonschema.all_schemas(site.config).items():
        yield f"{frozen.SCHEMAS}{name}", text.encode()
    for name, content in files(given, site):
        yield f"{frozen.RECORDS}{name}", content


def index(site: Site, digests: dict[str, str], count: int, size: int) -> bytes:
    """``archive.json``: what is known of the year, and of each of its records with a page. ``digests`` are those of pages."""
    assert site.frozen is not None
    rows = (_row(each, site, digests) for each in site.catalog if address_of(each, site) is not None)
    told = {
        "format": FORMAT,
        "version": VERSION,
        "year": site.year,
        "title": site.config.name,
        "frozen_on": site.frozen.on.isoformat(),
        "commit": site.frozen.commit,
        "generator": site.frozen.version,
        "files": count,
        "bytes": size,
        "records": sorted(rows, key=lambda each: (each["kind"], each["id"])),
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _row(record: Record, site: Site, digests: dict[str, str]) -> dict[str, Any]:
    address = address_of(record, site)
    assert address is not None
    page = output_file(address.partition("#")[0])
    day = record.data.shown("published_on") or record.data.changed_on
    return {
        "kind": record.kind,
        "id": record.id,
        "title": record.data.heading,
        "address": address,
        "page": page,
        "sha256": digests.get(page, ""),
        "source": f"{frozen.RECORDS}{record.path}",
        "dated": day.isoformat() if day is not None and site.today and day <= site.today else "",
    }


def address_of(record: Record, site: Site) -> str | None:
    """The address of the page that shows ``record``, ``None`` where there is none."""
    kind = site.kinds[record.kind]
    address = kind.address(record.id) if kind.address is not None else None
    return address if address is not None and address.partition("#")[0] in site.plan.pages else None
