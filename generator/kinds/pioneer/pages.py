"""The one page on which all pioneers stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.catalog.catalog import Catalog
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.kinds.pioneer.model import GROUPS, Pioneer
from generator.site.context import Page, Public
from generator.site.record_page import index_page
from generator.text.numerals import natural

SECTION = "pioneers/"
ABOUT = "pioneers/about"  # the editorial page that says what the programme is


def address_of(id: str) -> str:
    """The place of a pioneer on the page of all."""
    return f"{SECTION}#{id}"


def pages(catalog: Catalog, config: SiteConfig) -> Iterator[Page]:
    """The page of all pioneers."""
    pioneers = catalog.all("pioneer")
    changed = max(filter(None, (each.data.changed_on for each in pioneers)), default=None)
    place, tables = "content/pioneers", ("pioneers",)
    yield index_page(SECTION, "pioneers", config, place, "pioneer.html", _view, downloads=tables, changed_on=changed)


def _view(page: Page, public: Public) -> Mapping[str, Any]:
    pioneers = public.catalog.all("pioneer")
    groups = [
        {
            "label": public.word(f"pioneers.{name}"),
            "about": public.word(f"pioneers.{name}.about"),
            "batches": _batches([each for each in pioneers if each.data.kind == kind], public),
        }
        for kind, name in GROUPS.items()
    ]
    return {
        "count": len(pioneers),
        "about": _about(public),
        "groups": [each for each in groups if each["batches"]],
        "sample": all(each.data.is_sample for each in pioneers),
    }


def _about(public: Public) -> dict[str, Any] | None:
    """The introduction: what the editorial page about the programme says of itself, and the way to it."""
    about = public.catalog.get("page", ABOUT)
    if about is None:
        return None
    address = f"{ABOUT}/"
    return {"title": about.data.heading, "text": about.data.description, "address": address}


def _batches(pioneers: list[Record], public: Public) -> list[dict[str, Any]]:
    """The pioneers by batch: those of the newest year first, in a year by their numbers. Those without a batch stand
    before them, under no heading of their own."""
    grouped: dict[str, list[Record]] = {}
    for each in pioneers:
        grouped.setdefault(each.data.batch or "", []).append(each)
    newest = {label: max(each.data.year for each in rows) for label, rows in grouped.items()}
    labels = sorted(grouped, key=lambda label: (label != "", -newest[label], natural(label), label))
    return [{"label": each, "pioneers": [_entry(one, public) for one in grouped[each]]} for each in labels]


def _entry(record: Record, public: Public) -> dict[str, Any]:
    pioneer: Pioneer = record.data
    unit = public.catalog.get("unit", pioneer.unit)
    branch = public.catalog.get("branch", pioneer.branch)
    return {
        "id": record.id,
        "name": pioneer.heading,
        "unit": {"name": unit.data.heading, "address": f"units/{unit.id}/"} if unit else None,
        "branch": branch.data.heading if branch else None,
        "citation": pioneer.citation,
        "photo": public.picture(record, pioneer.photo),
        "year": pioneer.year,
        "sample": pioneer.is_sample,
    }
