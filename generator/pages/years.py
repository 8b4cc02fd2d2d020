"""The years of the season: one page for each with everything of it, and the timeline of them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from generator.catalog.catalog import Catalog
from generator.catalog.kind import Kind
from generator.catalog.record import Record
from generator.config import CONFIG_FILE, SiteConfig
from generator.kinds import KINDS
from generator.kinds.brand.pages import card
from generator.kinds.report.charting import amount
from generator.kinds.report.derive import coverage_of
from generator.kinds.report.indicators import percentage
from generator.ledger.locks import Lock
from generator.ledger.mounted import FrozenYear, Years
from generator.messages import say
from generator.problems import Span
from generator.site.context import Page, Public
from generator.site.record_page import SHORT

SECTION = "years/"
_HUNG = "brand"  # hangs as cards; the other kinds are listed by name
_SHOWN_ON_TIMELINE = 3
_WORTH_COUNTING = 5


def pages(catalog: Catalog, config: SiteConfig, mounted: Years = Years()) -> Iterator[Page]:  # noqa: B008  never changed
    """The timeline, which lists the frozen years too, and the page of every year in which anything public stands."""
    years = years_of(catalog)
    if not years and not mounted.all:
        return
    origin = Span(CONFIG_FILE)
    title = say("years.title", config.words)
    description = say("years.description", config.words, site=config.name)
    yield Page(SECTION, SECTION, title, origin, description, "years.html", _timeline)
    for year in years:
        name = say("year", config.words, year=year)
        about = say("years.about", config.words, year=year, site=config.name)
        yield Page(address(year), SECTION, name, origin, about, "year.html", _year, year)


def address(year: int) -> str:
    """The permanent address of a year."""
    return f"{SECTION}{year}/"


def years_of(catalog: Catalog) -> tuple[int, ...]:
    """The years that records with a page of their own belong to, newest first."""
    found = {each.data.year for kind in _yearly() for each in catalog.all(kind.name)}
    return tuple(sorted(found - {None}, reverse=True))


def _yearly() -> tuple[Kind, ...]:
    return tuple(kind for kind in KINDS if kind.address is not None and kind.is_yearly)


def _of_year(kind: Kind, year: int, catalog: Catalog) -> list[Record]:
    return [each for each in catalog.all(kind.name) if each.data.year == year]


def _timeline(page: Page, public: Public) -> Mapping[str, Any]:
    years = []
    for year in years_of(public.catalog):
        brands = _of_year(public.kinds[_HUNG], year, public.catalog)
        groups = _groups(year, public)
        years.append(
            {
                "year": year,
                "label": public.word("year", year=year),
                "address": address(year),
                "marks": [view for each in brands if (view := public.picture(each, each.data.logo))][:6],
                "brands": len(brands),
                "groups": [{**each, "entries": each["entries"][:_SHOWN_ON_TIMELINE]} for each in groups],
            }
        )
    return {"years": years, "frozen": [frozen_view(each, public) for each in public.mounted.all]}


def _year(page: Page, public: Public) -> Mapping[str, Any]:
    year = page.about(int)
    brands = _of_year(public.kinds[_HUNG], year, public.catalog)
    return {
        "label": public.word("year", year=year),
        "switcher": [
            {"label": public.word("year", year=each), "address": address(each), "active": each == year}
            for each in years_of(public.catalog)
        ],
        "frozen": next((frozen_view(each, public) for each in public.mounted.all if each.year == year), None),
        "figures": _figures(year, brands, public),
        "brands": [card(each, public) for each in brands],
        "brands_title": public.kind_label(_HUNG),
        "groups": _groups(year, public),
    }


def _figures(year: int, brands: list[Record], public: Public) -> list[dict[str, Any]]:
    figures = [{"value": str(len(brands)), "label": public.word("figure.brands_of_year"), "note": ""}] if brands else []
    figures += coverage_figure(year, "figure.coverage_by_end", public)
    counted = [each for each in _groups(year, public) if each["count"] >= _WORTH_COUNTING]
    figures += [{"value": str(each["count"]), "label": each["title"], "note": ""} for each in counted]
    return figures[:3]


def coverage_figure(year: int, label: str, public: Public) -> list[dict[str, Any]]:
    """How many of the units that should have a brand had one when ``year`` ended, or by now while it runs; nothing
    where no unit should."""
    if public.today is None:
        return []
    columns = coverage_of(public.catalog, min(public.today, date(year, 12, 31)), [year]).years
    if not columns or not columns[0].due:
        return []
    held = columns[0]
    share = percentage(held.done, held.due)
    note = public.word("figure.coverage_note", done=held.done, due=held.due)
    return [{"value": amount(share, "%"), "label": public.word(label), "note": note}]


def _groups(year: int, public: Public) -> list[dict[str, Any]]:
    """What else belongs to the year, by kind."""
    groups = []
    for kind in _yearly():
        records = _of_year(kind, year, public.catalog) if kind.name != _HUNG else []
        if records:
            title = kind.label.in_language(public.config.words)
            entries = [_entry(each, kind, public) for each in records]
            groups.append({"kind": kind.name, "title": title, "count": len(records), "entries": entries})
    return groups


def _entry(record: Record, kind: Kind, public: Public) -> dict[str, Any]:
    unit = public.catalog.get("unit", getattr(record.data, "unit", None))
    return {
        "title": record.data.heading,
        "address": kind.address(record.id) if kind.address else None,
        "note": unit.data.label if unit else "",
        "date": None,
        "picture": None,
        "sample": record.data.is_sample,
    }


def frozen_view(year: FrozenYear, public: Public) -> dict[str, Any]:
    """What a list of years says of a frozen one: where it is, what it is, and when an office took it back."""
    lock = year.lock
    return {
        "year": lock.year,
        "label": public.word("archives.edition", year=lock.year),
        "address": year.address,
        "frozen_on": public.day(lock.frozen_on),
        "digest": lock.digest[:SHORT],
        "thawed": thaws(lock, public),
        "is_open": lock.is_open,
    }


def thaws(lock: Lock, public: Public) -> list[dict[str, str]]:
    """What is said of each time that an office took a frozen year back, and the digest that was given up."""
    return [
        {"text": public.word("archives.thawed", day=public.day(each.on), by=each.by, reason=each.reason), "digest": each.digest[:SHORT]}
        for each in lock.thawed
    ]
