"""Pioneer 机关先锋: a branch, a secretary or a member that others can take as an example. All stand on one page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

from pydantic import Field

from generator.catalog.catalog import Catalog
from generator.catalog.inspection import Inspection
from generator.catalog.kind import Kind, Layout
from generator.catalog.model import Media, NamedWithin, YearData
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.messages import Words, words
from generator.problems import Problem, problem
from generator.schema.fields import Line, Text, Title, reference
from generator.site.context import Page, Public
from generator.site.mention import Mention
from generator.site.presenter import Presenter, table_of
from generator.site.record_page import index_page
from generator.site.tables import Cell, Table, columns
from generator.text.numerals import natural

SECTION = "pioneers/"
ABOUT = "pioneers/about"  # the editorial page that says what the programme is
GROUPS: Mapping[str, str] = {"支部": "branch", "书记": "secretary", "党员": "member"}


class Pioneer(YearData):
    """A branch or a person, as the public may know them."""

    named_within: ClassVar[NamedWithin] = "unit"

    kind: Literal["支部", "书记", "党员"] = Field(title="类别", description="支部、书记或党员。")
    display_name: Title = Field(title="公开名称", description="支部全称；个人写本人同意公开的称呼，可以是化名。")
    unit: reference("unit") = Field(title="所属单位", description="content/units.yml 中单位的编号。")  # type: ignore[valid-type]
    branch: reference("branch") | None = Field(None, title="所在支部", description="支部的编号。")  # type: ignore[valid-type]
    citation: Text = Field(title="事迹", description="两三句话：在什么岗位上，做了什么，带来什么变化。")
    photo: Media | None = Field(None, title="照片", description="有可辨认的人时，照片里也要填 consent_ref。")
    consent_ref: Line | None = Field(
        None, title="同意书编号", description="书记和党员必填：本人同意公开的书面材料编号，只供核查，不会公开。"
    )
    batch: Line | None = Field(None, title="批次", description="第几批，如“第一批”。")

    @property
    def heading(self) -> str:
        """The name the public knows."""
        return self.title or self.display_name

    @property
    def is_person(self) -> bool:
        """Whether it is somebody, who has to agree, and not a branch."""
        return self.kind != "支部"


def _address(id: str) -> str:
    return f"{SECTION}#{id}"


def _check(record: Record, inspection: Inspection) -> Iterator[Problem]:
    pioneer: Pioneer = record.data
    if not pioneer.is_person:
        return
    if pioneer.consent_ref is None:
        yield problem("PII-004", record.span("kind"), label=words("pioneer.this"))
    if pioneer.photo is not None and pioneer.photo.consent_ref is None:
        yield problem("PII-004", record.span("photo", "src"), label=words("pioneer.photo"))


def _pages(catalog: Catalog, config: SiteConfig) -> Iterator[Page]:
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


def _mention(record: Record, named: Record, public: Public) -> Mention:
    pioneer: Pioneer = record.data
    kind = public.word(f"pioneers.{GROUPS[pioneer.kind]}")
    return Mention(
        title=pioneer.heading,
        address=_address(record.id),
        note=public.word("pioneer.note", kind=kind, batch=pioneer.batch) if pioneer.batch else kind,
        date=pioneer.published_on,
        picture=public.picture(record, pioneer.photo),
        sample=pioneer.is_sample,
    )


_COLUMNS = columns("id kind name unit branch year:integer batch citation published_on:date page")


def _tables(public: Public) -> Iterator[Table]:
    yield table_of(public, "pioneer", "pioneers", "pioneers.table", _COLUMNS, _cells)


def _cells(record: Record, public: Public) -> Iterator[dict[str, Cell]]:
    """What the page says too, and nothing more: no reference of a consent ever leaves the repository."""
    pioneer: Pioneer = record.data
    shown = pioneer.shown
    unit, branch = public.catalog.get("unit", shown("unit")), public.catalog.get("branch", shown("branch"))
    yield {
        "id": record.id,
        "name": None if "display_name" in pioneer.sample_fields else pioneer.heading,
        "unit": unit.data.heading if unit else None,
        "branch": branch.data.heading if branch else None,
        **{each: shown(each) for each in ("kind", "year", "batch", "citation", "published_on")},
        "page": _address(record.id),
    }


KIND = Kind(
    name="pioneer", label=Words("机关先锋", "pioneer"), model=Pioneer, layout=Layout("file", "content/pioneers/{id}.yml"),
    address=_address, check=_check,
    order=lambda record: (-record.data.year, list(GROUPS).index(record.data.kind), natural(record.id)),
    about="每位先锋一个文件 content/pioneers/<编号>.yml；个人要有同意书编号。", index=SECTION,
)

PRESENTER = Presenter(
    KIND, pages=_pages, mention=_mention, tables=_tables, summary=lambda record, public: record.data.citation,
)
