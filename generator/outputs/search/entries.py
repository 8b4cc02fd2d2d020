"""What can be found: one entry for every public record that has a page, for the parts of records that are found by
themselves, and for every listed page beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from html import unescape
from typing import Any, Literal, get_args, get_origin

from generator.catalog.kind import Kind
from generator.catalog.model import RecordData
from generator.catalog.record import Record
from generator.kinds import PRESENTERS, PRESENTING
from generator.schema.fields import Choice, Part
from generator.schema.validation import reference_paths
from generator.site.context import Page, Public, Site
from generator.site.presenter import Found, Presenter, Searched
from generator.story import UNSAID, Story

INDICATORS = "indicator"  # parts of reports, each with its figure
PAGES = "page"  # where a page without a record is counted: with those whose records are pages
FIELD, PIECE = "\n", "\t"  # between the fields of an entry, and between the texts of a field
_SAID_ELSEWHERE = frozenset({"id", "title", "year", "sample", "published_on", "updated_on"})
_NO_TEXT = frozenset({"id", "src", "licence", "sample"})
_BASES = frozenset({"sources", "revisions"})  # their titles head nothing
_KEYS = frozenset(
    {"id", "page", "brand", "address", "total", "film", "subtitles"}
)  # of open data: what no reader would look for
_ADDRESS = re.compile(r"(?:https?|mailto|tel):")
_NOTES = re.compile(r"<sup class=\"footnote-ref\">.*?</sup>|<a [^>]*footnote-backref.*?</a>", re.DOTALL)
_INLINE = re.compile(r"</?(?:a|strong|em|del|code|sup|span)\b[^>]*>|<h[1-6][^>]*>.*?</h[1-6]>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """Something that can be found. ``also`` are its other names, ``facts`` what a result shows beside its title;
    ``unit`` and ``category`` are ids, empty without one."""

    address: str
    title: str
    kind: str
    year: int
    unit: str
    category: str
    sample: bool
    also: tuple[str, ...]
    facts: tuple[str, ...] = field(repr=False)
    line: tuple[str, ...] = field(repr=False)
    honours: tuple[str, ...] = field(repr=False)
    headings: tuple[str, ...] = field(repr=False)
    text: tuple[str, ...] = field(repr=False)

    @property
    def fields(self) -> tuple[str, ...]:
        """Its texts by weight: title, names and facts, line, honours, headings, text."""
        parts = (dict.fromkeys((*self.also, *self.facts)), self.line, self.honours, self.headings, self.text)
        return (_plain(self.title), *(PIECE.join(filter(None, map(_plain, each))) for each in parts))


def _plain(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()


def entries(site: Site) -> Iterator[SearchEntry]:
    """Every entry, in the order of the kinds and of their records; pages without a record come last."""
    seen = set()
    for presenter in PRESENTERS:
        kind = presenter.kind
        for record in site.catalog.all(kind.name) if kind.address else ():
            entry = _of_record(record, presenter, site)
            if entry.address.partition("#")[0] in site.plan.pages:
                seen.add(entry.address)
                yield from (entry, *(_inside(each, entry, site) for each in presenter.found(record, site)))
    for page in site.plan.pages.values():
        if page.is_listed and page.address not in seen:
            yield _of_page(page, site)


def count(pages: Iterable[Page], kinds: Iterable[Kind], records: Iterable[Record]) -> int:
    """How many entries there will be, known before any of them is made."""
    addresses = {each.name: each.address for each in kinds}
    found = {
        f"{address(each.id)}{anchor}"
        for each in records
        if (address := addresses[each.kind])
        for anchor in ("", *(f"#{one}" for one in _anchors(each)))
    }
    listed = {each.address: each.is_listed for each in pages}
    mine = {each for each in found if each.partition("#")[0] in listed}
    return len(mine) + sum(is_listed and address not in mine for address, is_listed in listed.items())


def _anchors(record: Record) -> Sequence[str]:
    presenter = PRESENTING.get(record.kind)
    return presenter.anchors(record.data) if presenter else ()


def _inside(part: Found, entry: SearchEntry, public: Public) -> SearchEntry:
    """A part of what ``entry`` is of, found by itself."""
    year = public.word("year", year=entry.year) if entry.year else ""
    return replace(
        entry,
        address=f"{entry.address}#{part.anchor}",
        title=part.title,
        kind=INDICATORS,
        sample=part.sample,
        also=part.also,
        facts=(public.word("search.indicator"), entry.title, year),
        line=part.figure,
        honours=(),
        headings=(),
        text=part.text,
    )


def _of_page(page: Page, public: Public) -> SearchEntry:
    return SearchEntry(
        address=page.address,
        title=page.title,
        kind=PAGES,
        year=0,
        unit="",
        category="",
        sample=False,
        also=(),
        facts=(public.word("search.page"),),
        line=(page.description,),
        honours=(),
        headings=(),
        text=(),
    )


def _of_record(record: Record, presenter: Presenter, site: Site) -> SearchEntry:
    data: RecordData = record.data
    kind, searched = presenter.kind, presenter.searched
    assert kind.address is not None
    unit = site.catalog.get("unit", getattr(data, searched.unit, None))
    category = str(getattr(data, searched.category, None) or "")
    year = data.year or 0
    facts = [kind.label.in_language(site.config.words)]
    if unit is not None and unit is not record:
        facts += [unit.data.label, unit.data.heading, *unit.data.aliases]
    facts.append(site.config.choices["categories"].get(category, ""))
    facts.append(site.word("year", year=year) if year else "")
    walk = _Walk(searched, site)
    walk.part(data, {*_SAID_ELSEWHERE, searched.category, *(() if unit is record else (searched.unit,))}, is_top=True)
    walk.values(presenter.opened(record, site), walk.text)
    given = (each.title for made in site.mentions(record).values() for each in made if each.is_honour)
    return SearchEntry(
        address=kind.address(record.id),
        title=data.heading,
        kind=kind.name,
        year=year,
        unit=unit.id if unit else "",
        category=category,
        sample=data.is_sample,
        also=tuple(each for each in dict.fromkeys(walk.names) if each != data.heading),
        facts=tuple(facts),
        line=tuple(walk.line),
        honours=(*given, *walk.honours),
        headings=(*walk.headings, *(each.text for each in record.story.headings))
        if record.story
        else tuple(walk.headings),
        text=(*walk.text, *_prose(record.story)),
    )


class _Walk:
    """Goes through a record and puts every text of it where its kind wants it."""

    def __init__(self, searched: Searched, public: Public) -> None:
        self.searched, self.public = searched, public
        self.names: list[str] = []
        self.line: list[str] = []
        self.honours: list[str] = []
        self.headings: list[str] = []
        self.text: list[str] = []

    def part(
        self, part: Part, skipped: Iterable[str] = (), place: list[str] | None = None, *, is_top: bool = False
    ) -> None:
        left_out = {*part.internal, *skipped, *self.searched.left_out, *_NO_TEXT}
        for name, target, choice, is_code in _fields(type(part)):
            value = getattr(part, name)
            if value is None or value == () or name in left_out:
                continue
            if target:
                named = value if isinstance(value, tuple) else (value,)
                (self.text if place is None else place).extend(
                    filter(None, (self._called(target, each) for each in named))
                )
            elif choice:
                (self.text if place is None else place).append(self.public.config.choices[choice].get(value, value))
            elif not (is_code and isinstance(value, str) and value.isascii()):
                self.values(value, self._place(name, place, is_top), is_flat=name in _BASES)

    def _called(self, kind: str, id: str) -> str | None:
        inside, record = self.public.catalog.inside(kind, id), self.public.catalog.get(kind, id)
        return inside.heading if inside else record.data.heading if record else None

    def _place(self, name: str, place: list[str] | None, is_top: bool) -> list[str]:
        if place is not None:
            return place
        if is_top:
            for wanted, found in (
                (self.searched.names, self.names),
                (self.searched.line, self.line),
                (self.searched.honours, self.honours),
            ):
                if name in wanted:
                    return found
            return self.text
        return self.headings if name in self.searched.headings else self.text

    def values(self, value: Any, place: list[str], *, is_flat: bool = False) -> None:
        """Put every text in ``value`` into ``place``; a part of the text has headings of its own unless it is flat."""
        if isinstance(value, str):
            if value and not _ADDRESS.match(value):
                place.append(value)
        elif isinstance(value, Part):
            self.part(value, place=None if place is self.text and not is_flat else place)
        elif isinstance(value, dict):
            for key, each in value.items():
                if key not in _KEYS:
                    self.values(each, place)
        elif isinstance(value, (tuple, list)):
            for each in value:
                self.values(each, place, is_flat=is_flat)


@cache
def _fields(part: type[Part]) -> tuple[tuple[str, str | None, str | None, bool], ...]:
    """The fields of ``part``: name, the kind of record it names, the enumeration it is from, whether it is one of
    several fixed words."""
    targets = {str(path[0]): kind for path, kind in reference_paths(part) if path[1:] in ((), ("*",))}
    found = []
    for name, each in part.model_fields.items():
        choice = next((mark.name for mark in each.metadata if isinstance(mark, Choice)), None)
        found.append((name, targets.get(name), choice, _is_literal(each.annotation)))
    return tuple(sorted(found, key=lambda each: each[0] in _BASES))  # what it rests on comes after what it is


def _is_literal(annotation: Any) -> bool:
    return get_origin(annotation) is Literal or any(map(_is_literal, get_args(annotation)))


def _prose(story: Story | None) -> Iterator[str]:
    """The text of a story without its headings, block by block."""
    if story is not None:
        html = _INLINE.sub("", UNSAID.sub("", _NOTES.sub("", story.html)))
        yield from filter(None, (_plain(unescape(each)) for each in _TAG.split(html)))
