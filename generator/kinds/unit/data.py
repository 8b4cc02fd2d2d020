"""What is made of units beside their pages: the table, linked data."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.catalog import Catalog
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.kinds.unit.model import Unit
from generator.kinds.unit.pages import address_of, hung_at
from generator.site import linked, wall_data
from generator.site.context import Listing, Output, Public, Site
from generator.site.presenter import table_of
from generator.site.tables import Cell, Table, columns, joined

_COLUMNS = columns(
    "id name short_name system former_names valid_from:date valid_to:date successor should_have_brand:flag "
    "brands:integer office_phone address"
)


def outputs(catalog: Catalog, config: SiteConfig) -> Iterator[Output | Listing]:
    """What the browser loads to filter the walls of units that have one."""
    for record in catalog.all("unit"):
        hung = hung_at(record, catalog, config)
        if hung:
            yield from wall_data.outputs(hung)


def tables(public: Public) -> Iterator[Table]:
    """The table of all units."""
    yield table_of(public, "unit", "units", "units.table", _COLUMNS, _cells, *public.catalog.all("brand"))


def _cells(record: Record, public: Public) -> Iterator[dict[str, Cell]]:
    shown = record.data.shown
    successor = public.catalog.get("unit", shown("successor"))
    yield {
        "id": record.id,
        **{each: shown(each) for each in ("name", "short_name", "valid_from", "valid_to", "should_have_brand")},
        "system": public.config.choices["systems"].get(shown("system"), shown("system")),
        "former_names": joined(shown("former_names")),
        "successor": successor.data.heading if successor else None,
        "brands": len(public.catalog.naming("unit", record.id, "brand", "unit")),
        "office_phone": shown("office_phone"),
        "address": public.public_address(address_of(record.id)),
    }


def linked_data(record: Record, site: Site) -> linked.Node:
    """A unit as an organisation."""
    unit: Unit = record.data
    successor = linked.organisation(site, unit.successor)
    return {
        "@type": "GovernmentOrganization",
        "alternateName": [unit.short_name, *unit.aliases, *unit.former_names],
        "foundingDate": unit.shown("valid_from"),
        "dissolutionDate": unit.shown("valid_to"),
        "telephone": unit.shown("office_phone"),
        "subjectOf": {"@type": "WebPage", "name": successor["name"], "url": successor["url"]} if successor else None,
    }
