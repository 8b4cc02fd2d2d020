"""Who was released, as others show it: on the page of a brand or a unit, and in tables for download."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generator.catalog.catalog import Catalog
from generator.catalog.record import Record
from generator.kinds.release.contest import Decision
from generator.kinds.release.model import Candidate, Release, Round, decide
from generator.site.context import Public
from generator.site.mention import Mention
from generator.site.presenter import WORDING
from generator.site.tables import Cell, Table, columns, joined, record_table

SECTION = "releases/"


@dataclass(frozen=True, slots=True)
class Award:
    """One released brand: by which release, with which rank and total, and what was said of it."""

    release: Record
    brand: str
    rank: int
    total: Decimal
    candidate: Candidate


def address_of(id: str) -> str:
    """The address of a release's page."""
    return f"{SECTION}{id}/"


def awards(record: Record) -> tuple[Award, ...]:
    """The released brands of one release, first to last."""
    release: Release = record.data
    candidates = {each.brand: each for each in reversed(release.candidates)}
    return tuple(
        Award(record, each.candidate, each.rank, each.total, candidates[each.candidate])
        for each in decide(record).released
    )


def awards_of(catalog: Catalog) -> Mapping[str, tuple[Award, ...]]:
    """Brand → its awards, newest first, in the releases that ``catalog`` holds."""
    found: dict[str, list[Award]] = {}
    for record in catalog.all("release"):
        for award in awards(record):
            found.setdefault(award.brand, []).append(award)
    return {brand: tuple(mine) for brand, mine in found.items()}


def honours(brand: Record, public: Public) -> tuple[Mention, ...]:
    """What a brand was released with, newest first: for its own page, or for the page of its unit, which names it."""
    found = (mention(each, brand, public) for each in public.catalog.naming("brand", brand.id, "release"))
    return tuple(each for each in found if each)


def mention(source: Record, target: Record, public: Public) -> Mention | None:
    """A release on the page of a brand that it names: only a brand that was released is told of."""
    award = next((each for each in awards(source) if each.brand == target.id), None)
    if award is None:
        return None
    release: Release = source.data
    return Mention(
        title=public.word("release.honour", name=release.heading, rank=award.rank),
        address=address_of(source.id),
        note=" ".join((award.candidate.citation or "").split()),
        date=release.announced_on.date(),
        sample=release.is_sample,
        is_honour=True,
    )


def flow(release: Release, decision: Decision) -> Iterator[tuple[Round, int | None, int | None]]:
    """Every round with how many entered it and how many went on: computed where it was scored, else as stated."""
    scored = {each.round.kind: each for each in decision.rounds}
    entered: int | None
    coming: int | None = None
    for each in release.rounds:
        outcome = scored.get(each.kind)
        if outcome:
            entered, coming = len(outcome.entered), len(outcome.went_on)
        else:
            entered = each.entered if each.entered is not None else coming
            coming = each.advances if each.advances is not None else entered
        yield each, entered, coming


def names_of(award: Award, catalog: Catalog) -> tuple[str, str]:
    """What the brand and its unit are called in the release: as they were then, else as they are."""
    brand = catalog.get("brand", award.brand)
    unit = catalog.get("unit", brand.data.unit) if brand else None
    name = award.candidate.name or (brand.data.name if brand else award.brand)
    return name, award.candidate.unit or (unit.data.heading if unit else "")


_RESULTS = columns("year:integer rank:integer brand name unit total:number citation")
_ROUNDS = columns(
    "year:integer number:integer round start:date end:date entered:integer went_on:integer weight:number criteria"
)


def tables(public: Public) -> Iterator[Table]:
    """The released brands and the rounds of all releases."""
    releases, language = public.catalog.all("release"), public.config.words
    updated = max((each.data.changed_on for each in releases if each.data.changed_on), default=None)
    results = ((each.data, cells) for each in releases for cells in _result_cells(each, public))
    yield record_table("release-results", "release_results.table", language, _RESULTS, results, updated)
    rounds = ((each.data, cells) for each in releases for cells in _round_cells(each))
    yield record_table("release-rounds", "release_rounds.table", language, _ROUNDS, rounds, updated)


def true_awards(record: Record) -> tuple[Award, ...]:
    """The awards as data pass them on: none where the candidates are made up."""
    return () if record.data.shown("candidates") is None else awards(record)


def _result_cells(record: Record, public: Public) -> Iterator[dict[str, Cell]]:
    for each in true_awards(record):
        name, unit = names_of(each, public.catalog)
        yield {
            "year": record.data.shown("year"),
            "rank": each.rank,
            "brand": each.brand,
            "name": name,
            "unit": unit or None,
            "total": each.total,
            "citation": " ".join((each.candidate.citation or "").split()) or None,
        }


def _round_cells(record: Record) -> Iterator[dict[str, Cell]]:
    release: Release = record.data
    if release.shown("rounds") is None:
        return
    for number, (each, entered, went_on) in enumerate(flow(release, decide(record)), 1):
        yield {
            "year": release.shown("year"),
            "number": number,
            "round": each.kind,
            "start": each.start,
            "end": each.end,
            "entered": entered,
            "went_on": went_on,
            "weight": each.weight if each.criteria else None,
            "criteria": joined(f"{one.name} {one.max:f}" for one in each.criteria),
        }


def opened(record: Record, public: Public) -> dict[str, list[dict[str, object]]]:
    """The released brands as open data, first to last."""
    rows = []
    for each in true_awards(record):
        name, unit = names_of(each, public.catalog)
        shown = {"rank": each.rank, "name": name, "unit": unit, "citation": each.candidate.citation}
        known = {"brand": each.brand} if public.catalog.get("brand", each.brand) else {}
        rows.append({key: value for key, value in {**shown, **known, "total": str(each.total)}.items() if value})
    return {"released": rows} if rows else {}


_ROW: Mapping[str, Any] = {
    "rank": {"type": "integer", "minimum": 1},
    "name": {"type": "string"},
    "unit": {"type": "string"},
    "citation": {"type": "string"},
    "brand": {"type": "string"},
    "total": {"type": "string"},
}
OPENED: Mapping[str, Any] = {
    "released": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {name: {**each, WORDING: f"release_results.table.{name}"} for name, each in _ROW.items()},
            "required": ["rank", "name", "total"],
            "additionalProperties": False,
        },
        WORDING: "release_results.table",
    }
}
