"""What is made of brands beside their pages: tables, the files of the wall, share cards, linked data."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.catalog import Catalog
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.kinds.brand.model import Brand
from generator.kinds.brand.pages import address_of, wall_of
from generator.media.cards.faces import CardFace
from generator.site import linked, wall_data
from generator.site.context import Listing, Output, Public, Site
from generator.site.presenter import table_of
from generator.site.tables import Cell, Table, columns, joined


def outputs(catalog: Catalog, config: SiteConfig) -> Iterator[Output | Listing]:
    """The files from which the wall is filtered and sorted."""
    yield from wall_data.outputs(wall_of(catalog.all("brand"), catalog, config))


_COLUMNS = columns(
    "id name slogan unit category year:integer established_on:date concept method_code practices results honours "
    "parent published_on:date updated_on:date address"
)


def tables(public: Public) -> Iterator[Table]:
    """The table of all brands."""
    yield table_of(public, "brand", "brands", "brands.table", _COLUMNS, _cells)


def _cells(record: Record, public: Public) -> Iterator[dict[str, Cell]]:
    shown, categories = record.data.shown, public.config.choices["categories"]
    unit, parent = public.catalog.get("unit", shown("unit")), public.catalog.get("brand", shown("parent"))
    honours = shown("honours") or ()
    yield {
        "id": record.id,
        **{each: shown(each) for each in ("name", "slogan", "year", "established_on", "concept", "method_code")},
        "unit": unit.data.heading if unit else None,
        "category": categories.get(shown("category"), shown("category")),
        "practices": joined(each.title for each in shown("practices") or ()),
        "results": joined(each.text for each in shown("results") or ()),
        "honours": joined(public.word("honour.cell", title=each.title, issuer=each.issuer, date=each.date) for each in honours),
        "parent": parent.data.heading if parent else None,
        "published_on": shown("published_on"),
        "updated_on": shown("updated_on"),
        "address": public.public_address(address_of(record.id)),
    }


def face(record: Record, public: Public) -> CardFace:
    """What share cards and posters show of a brand."""
    brand: Brand = record.data
    unit = public.catalog.get("unit", brand.unit)
    photo = next((each for each in brand.gallery if public.published_picture(record, each)), None)
    category = public.config.choices["categories"].get(brand.category, brand.category)
    return CardFace(
        title=brand.heading,
        label=public.label(category, brand.year),
        line=brand.slogan or "",
        unit=unit.data.heading if unit else "",
        text=brand.concept,
        mark=public.published_picture(record, brand.logo),
        photo=public.published_picture(record, photo),
        credit=public.credit(photo),
        note=public.sample_note(brand, "name", "slogan", "concept", "logo"),
    )


def linked_data(record: Record, site: Site) -> linked.Node:
    """A brand as a work, with what it was given."""
    brand: Brand = record.data
    honours = brand.shown("honours") or ()
    logo = linked.image(site, record, brand.shown("logo"))
    photos = (linked.image(site, record, each) for each in brand.shown("gallery") or ())
    slogan = brand.shown("slogan")
    return {
        "@type": "CreativeWork",
        "alternativeHeadline": slogan,
        "abstract": brand.shown("concept"),
        "genre": site.config.choices["categories"].get(brand.category),
        "dateCreated": brand.shown("established_on"),
        "image": next(filter(None, (*photos, logo)), None),
        "creator": linked.organisation(site, brand.shown("unit")),
        "about": {"@type": "Brand", "name": brand.name, "slogan": slogan, "logo": logo},
        "award": [
            *(each["title"] for each in site.related(record)["honours"] if not each["sample"]),
            *(each.title for each in honours),
        ],
    }
