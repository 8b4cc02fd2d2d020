"""The list of units, and the page of each with its brands and what they won."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from generator.catalog.catalog import Catalog
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.kinds.brand.facets import facets_of
from generator.kinds.brand.pages import card, wall_of
from generator.kinds.project.duties import standing
from generator.kinds.unit.model import UNITS_FILE, Unit
from generator.messages import say
from generator.site import wall
from generator.site.context import Made, Page, Public, Site
from generator.site.record_page import index_page, link, made_up

SECTION = "units/"


def address_of(id: str) -> str:
    """The address of a unit's page."""
    return f"{SECTION}{id}/"


def pages(catalog: Catalog, config: SiteConfig) -> Iterator[Page]:
    """The list of units, and the page of each."""
    units = catalog.all("unit")
    yield index_page(SECTION, "units", config, UNITS_FILE, "units.html", _index_view, downloads=("units", "branches"))
    for record in units:
        hung = hung_at(record, catalog, config)
        if hung:
            parts = wall.pages(hung, "wall.html", "facet.html")
            yield from (each for each in parts if each.address != hung.base)
        unit: Unit = record.data
        yield Page(
            address=address_of(record.id),
            section=SECTION,
            title=unit.heading,
            origin=record.span("id"),
            description=say("unit.description", config.words, unit=unit.name, site=config.name),
            template="unit.html",
            view=_view,
            subject=record,
            changed_on=max(
                (each.data.changed_on for each in catalog.naming("brand", record.id, "brand")), default=None
            ),
        )


def hung_at(record: Record, catalog: Catalog, config: SiteConfig) -> wall.Wall | None:
    """The wall of a unit that has more brands than a page of the wall holds, divided by all that can differ among them."""
    brands = tuple(catalog.naming("unit", record.id, "brand", "unit"))
    if len(brands) <= config.limits.wall_page:
        return None
    facets = (each for each in facets_of(brands, catalog, config) if each.name not in ("system", "unit"))
    whole = wall_of(brands, catalog, config)
    return replace(
        whole,
        base=address_of(record.id),
        title=record.data.heading,
        description=say("unit.description", config.words, unit=record.data.name, site=config.name),
        facets=tuple(each for each in wall.with_values(facets, brands, config) if len(each.values) > 1),
        origin=record.span("id"),
        downloads=(),
        sorts=tuple(each for each in whole.sorts if each.name != "unit"),
        level=3,
        section=SECTION,
    )


def _index_view(page: Page, public: Public) -> Mapping[str, Any]:
    groups = []
    for system, label in public.config.choices["systems"].items():
        rows = [_row(record, public) for record in public.catalog.all("unit") if record.data.system == system]
        if rows:
            groups.append({"id": system, "label": label, "units": rows})
    return {"groups": groups, "count": len(public.catalog.all("unit"))}


def _row(record: Record, public: Public) -> dict[str, Any]:
    unit: Unit = record.data
    return {
        "name": unit.heading,
        "address": address_of(record.id),
        "brands": len(public.catalog.naming("unit", record.id, "brand", "unit")),
        "ended": unit.valid_to,
        "awaited": unit.should_have_brand and unit.valid_to is None,
    }


def _view(page: Page, site: Made) -> Mapping[str, Any]:
    record = page.about(Record)
    unit: Unit = record.data
    catalog = site.catalog
    hung = hung_at(record, catalog, site.config)
    shown = wall.first_slice(hung).records if hung else catalog.naming("unit", record.id, "brand", "unit")
    brands = [card(each, site) for each in shown]
    related = site.related(record)
    return {
        "name": unit.heading,
        "system": site.config.choices["systems"].get(unit.system, unit.system),
        "aliases": unit.aliases,
        "former_names": unit.former_names,
        "valid_from": unit.shown("valid_from"),
        "valid_to": unit.valid_to,
        "successor": link(site, "unit", unit.successor),
        "predecessors": [link(site, "unit", each.id) for each in catalog.naming("unit", record.id, "unit", "successor")],
        "office_phone": unit.office_phone,
        "brands": brands,
        "hung": wall.hung_view(wall.first_slice(hung), site)["hung"] if hung else None,
        "overdue": _overdue(record, site),
        "awards": [*related["honours"], *_won_by_brands(record, site)],
        "groups": related["groups"],
        "owes_brand": unit.should_have_brand and not brands and unit.valid_to is None,
        "made_up": made_up(unit, site),
    }


def _overdue(record: Record, public: Public) -> list[dict[str, Any]]:
    """The unit's projects with duties whose day has passed, each with their number."""
    found = []
    for project in public.catalog.naming("unit", record.id, "project", "unit"):
        standings = [standing(each.due, each.done_on, public.today) for each in project.data.duties]
        count = sum(each.state == "overdue" for each in standings)
        address = public.kinds["project"].address
        if count and address:
            note = public.word("unit.overdue_note", count=count, day=public.day(public.today) if public.today else "")
            entry = {"title": project.data.heading, "address": address(project.id), "note": note}
            found.append({**entry, "date": None, "picture": None, "sample": project.data.is_sample})
    return found


def _won_by_brands(record: Record, site: Site) -> list[dict[str, Any]]:
    """What the unit's brands have won, under the name of the brand."""
    found = []
    for brand in site.catalog.naming("unit", record.id, "brand", "unit"):
        found += [{**each, "note": brand.data.heading} for each in site.related(brand)["honours"]]
    return found
