"""Who was released, as others show it: on the page of a brand or a unit, and in tables for download."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.catalog.catalog import Catalog
from generator.catalog.record import Record
from generator.kinds.release.contest import Decision
from generator.kinds.release.model import Candidate, Release, Round, decide
from generator.site.context import Public
from generator.site.mention import Mention
from generator.site.tables import Cell, Column, ColumnType, Table

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
        sample=release.sample is True,
        is_honour=True,
    )


def flow(release: Release, decision: Decision) -> Iterator[tuple[Round, int | None, int | None]]:
    """Every round with how many entered it and how many went on: computed where it was scored, else as stated."""
    scored = {each.round.kind: each for each in decision.rounds}
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


def tables(public: Public) -> Iterator[Table]:
    """The released brands and the rounds of all releases."""
    releases = public.catalog.all("release")
    if not releases:
        return
    updated = max((each.data.changed_on for each in releases if each.data.changed_on), default=None)
    for name, columns, rows in (
        ("release-results", _RESULTS, tuple(row for each in releases for row in _result_rows(each, public))),
        ("release-rounds", _ROUNDS, tuple(row for each in releases for row in _round_rows(each))),
    ):
        key = f"table.{name.replace('-', '_')}"
        made = tuple(_column(each, public, type_) for each, type_ in columns)
        yield Table(name, public.word(key), public.word(f"{key}_about"), made, rows, updated)


_RESULTS: tuple[tuple[str, ColumnType], ...] = (
    ("year", "integer"),
    ("rank", "integer"),
    ("brand", "text"),
    ("name", "text"),
    ("unit", "text"),
    ("total", "number"),
    ("citation", "text"),
    ("sample", "flag"),
)
_ROUNDS: tuple[tuple[str, ColumnType], ...] = (
    ("year", "integer"),
    ("number", "integer"),
    ("round", "text"),
    ("start", "date"),
    ("end", "date"),
    ("entered", "integer"),
    ("went_on", "integer"),
    ("weight", "number"),
    ("criteria", "text"),
    ("sample", "flag"),
)


def _column(name: str, public: Public, type_: ColumnType) -> Column:
    return Column(name, public.word(f"column.release_{name}"), type_, public.word(f"about.release_{name}"))


def _result_rows(record: Record, public: Public) -> Iterator[tuple[Cell, ...]]:
    release: Release = record.data
    for each in awards(record):
        name, unit = names_of(each, public.catalog)
        citation = " ".join((each.candidate.citation or "").split())
        yield (release.year, each.rank, each.brand, name, unit, each.total, citation, release.sample is True)


def _round_rows(record: Record) -> Iterator[tuple[Cell, ...]]:
    release: Release = record.data
    for number, (each, entered, went_on) in enumerate(flow(release, decide(record)), 1):
        criteria = "；".join(f"{one.name} {one.max:f}" for one in each.criteria)
        weight = each.weight if each.criteria else None
        facts = (each.kind, each.start, each.end, entered, went_on, weight, criteria)
        yield (release.year, number, *facts, release.sample is True)


def opened(record: Record, public: Public) -> dict[str, list[dict[str, object]]]:
    """The released brands as open data, first to last."""
    rows = []
    for each in awards(record):
        name, unit = names_of(each, public.catalog)
        shown = {"rank": each.rank, "name": name, "unit": unit, "citation": each.candidate.citation}
        known = {"brand": each.brand} if public.catalog.get("brand", each.brand) else {}
        rows.append({key: value for key, value in {**shown, **known, "total": str(each.total)}.items() if value})
    return {"released": rows}


def opened_schema() -> dict[str, object]:
    """The JSON Schema of what ``opened`` adds."""
    texts = {name: {"type": "string", "title": label, "description": f"{label}。"} for name, label in _OPENED.items()}
    rank = {"type": "integer", "minimum": 1, "title": "名次", "description": "总分从高到低；并列的名次相同。"}
    item = {
        "type": "object",
        "properties": {"rank": rank, **texts},
        "required": ["rank", "name", "total"],
        "additionalProperties": False,
    }
    about = "按名次排列的获选品牌，由评分算出。"
    return {"released": {"type": "array", "items": item, "title": "发布名单", "description": about}}


_OPENED = {
    "name": "品牌名称",
    "unit": "单位",
    "citation": "推介词",
    "brand": "品牌编号",
    "total": "总分",
}
