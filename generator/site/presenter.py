"""How the records of a kind are shown: its pages, files, tables, cards, and what machines are told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from generator.catalog.catalog import Catalog
from generator.catalog.kind import Kind
from generator.catalog.model import RecordData
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.media.cards.faces import CardFace
from generator.problems import Span
from generator.site.context import Listing, Made, Output, Page, Public, Site
from generator.site.mention import Mention
from generator.site.record_page import foot, heading_of, link, made_up, record_page
from generator.site.tables import Cell, ColumnType, Table, record_table

WORDING = "x-words"  # a mark in ``opened_schema``: the wording that is the title, with ``.about`` the explanation


@dataclass(frozen=True, slots=True)
class Searched:
    """By which fields a record is found, best first; every other public text of it is found too, as plain text.

    All are names of fields: ``names`` are what it is called beside its heading, ``line`` what it says of itself,
    ``honours`` what it was given, ``headings`` those of its parts that say what a part is about. ``left_out`` are
    fields that no page shows as they are written. ``unit`` and ``category`` hold the ids by which results are divided.
    ``lead`` is by how much a record goes before others that are called by the same words, such as a release before what
    was written about it.
    """

    names: tuple[str, ...] = ("name", "short_name", "aliases", "former_names", "display_name", "theme")
    line: tuple[str, ...] = ("slogan", "description")
    honours: tuple[str, ...] = ("honours",)
    headings: tuple[str, ...] = ("title", "name")
    left_out: tuple[str, ...] = ()
    unit: str = "unit"
    category: str = "category"
    lead: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A part of a record that is found by itself: where it stands on the page of the record, what it is called, the
    ``figure`` that answers a question with what has to be known of it, if it has one, and its other texts."""

    anchor: str
    title: str
    also: tuple[str, ...]
    figure: tuple[str, ...]
    text: tuple[str, ...]
    sample: bool


def table_of(
    public: Public,
    kind: str,
    name: str,
    key: str,
    columns: Mapping[str, ColumnType],
    cells: Callable[[Record, Public], Iterable[Mapping[str, Cell]]],
    *others: Record,
) -> Table:
    """The table ``name`` of the records of ``kind``: ``cells`` gives the rows of a record, ``key`` is the wording. It
    changed when any of them did or any of ``others``, which its rows draw on too."""
    records = public.catalog.all(kind)
    rows = ((each.data, row) for each in records for row in cells(each, public))
    return record_table(name, key, public.config.words, columns, rows, public.last_change((*records, *others)))


@dataclass(frozen=True, slots=True)
class Presenter:
    """How a kind is shown. Everything but the kind has a default.

    ``pages`` yields every page of the kind; without it a kind with addresses has a plain list and plain pages of its
    records, by its template (see ``pages_of``). ``own_pages`` yields those of one record, where there can be so many records
    that making all pages for a single one takes long. ``outputs`` yields every file that is no page. Pages and tables are asked
    for only where it has records. ``mention`` says how a record is shown on the page of one that it names (``None``: not at all),
    ``tables`` what can be downloaded: they are made before the site is planned, from a catalog without errors. ``opened``
    is what the open data hold beside the fields of a record and ``opened_schema`` its JSON Schema by property. ``face`` is
    what share cards show of a record (``None``: it has none); with ``has_poster`` there is a poster too. ``linked`` says
    what a record is in the words of schema.org (see ``generator.site.linked``), ``summary`` what feeds say of one whose
    page is about others too. ``searched`` says which fields the search weighs more than plain text; ``found`` are the
    parts of a record that are found by themselves, one for each of its ``anchors``. ``archived`` is asked
    where not all that a page is made from is public: from a record, its values as written and as they are cut already, it gives
    those that go into the archive of a year, and the texts beside the record by name (``None``: all that it has).
    """

    kind: Kind
    pages: Callable[[Catalog, SiteConfig], Iterator[Page]] | None = None
    own_pages: Callable[[Record, Catalog, SiteConfig], Iterator[Page]] | None = None
    outputs: Callable[[Catalog, SiteConfig], Iterator[Output | Listing]] = lambda catalog, config: iter(())
    mention: Callable[[Record, Record, Site], Mention | None] | None = None
    tables: Callable[[Public], Iterator[Table]] = lambda public: iter(())
    opened: Callable[[Record, Public], Mapping[str, Any]] = lambda record, public: {}
    opened_schema: Mapping[str, Any] = field(default_factory=dict)
    face: Callable[[Record, Public], CardFace] | None = None
    has_poster: bool = False
    linked: Callable[[Record, Site], Mapping[str, Any]] = lambda record, site: {"@type": "CreativeWork"}
    summary: Callable[[Record, Public], str] | None = None
    searched: Searched = Searched()
    anchors: Callable[[Any], Sequence[str]] = lambda data: ()
    found: Callable[[Record, Public], Iterator[Found]] = lambda record, public: iter(())
    archived: Callable[[Record, Any, Any], tuple[Any, Mapping[str, bytes] | None]] | None = None


def pages_of(presenter: Presenter, catalog: Catalog, config: SiteConfig) -> Iterator[Page]:
    """Every page of a kind. The plain ones: a list by ``plain-list.html`` at ``Kind.index``, where there is one, and for
    each record a page by the template with the name of the kind."""
    kind = presenter.kind
    if presenter.pages is not None:
        yield from presenter.pages(catalog, config)
    elif kind.address is not None:
        label = kind.label.in_language(config.words)
        if kind.index:
            place = Span(kind.layout.pattern)
            yield Page(kind.index, kind.index, label, place, label, "plain-list.html", partial(_plain_list, kind))
        for record in catalog.all(kind.name):
            yield record_page(record, kind.address(record.id), kind.index, label, f"{kind.name}.html", _plain_view)


def own_pages(presenter: Presenter, id: str, catalog: Catalog, config: SiteConfig) -> Iterator[Page]:
    """The pages of one record; with others of the kind where these can only be made together."""
    record = catalog.get(presenter.kind.name, id)
    if record is not None and presenter.own_pages is not None:
        yield from presenter.own_pages(record, catalog, config)
    else:
        yield from pages_of(presenter, catalog, config)


def _plain_list(kind: Kind, page: Page, public: Public) -> Mapping[str, Any]:
    entries = [
        {**(link(public, kind.name, each.id) or {}), "year": each.data.year, "sample": each.data.is_sample}
        for each in public.catalog.all(kind.name)
    ]
    return {"title": page.title, "entries": entries}


def _plain_view(page: Page, made: Made) -> Mapping[str, Any]:
    """The fields of a record that are handed out, and what every page of a record has."""
    record = page.about(Record)
    data: RecordData = record.data
    shown = {name: getattr(data, name) for name in type(data).model_fields if name not in data.internal}
    return {
        **shown,
        "title": data.heading,
        "made_up": made_up(data, made),
        "story": made.story(record.story, page, deeper=1),
        "related": made.related(record)["groups"],
        "foot": foot(page, record, made, heading_of(made, "unit", getattr(data, "unit", None))),
    }
