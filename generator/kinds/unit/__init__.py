"""Unit 单位: a department of the city with the time in which it exists under its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar, Literal

from pydantic import Field

from generator.catalog.catalog import Catalog
from generator.catalog.inspection import Inspection
from generator.catalog.kind import Kind, Layout
from generator.catalog.model import RecordData
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.kinds.brand.pages import card
from generator.kinds.project.duties import standing
from generator.messages import Words, say, words
from generator.problems import Problem, problem
from generator.schema.fields import Day, Flag, Id, Label, Line, Phone, Title, Until, Year, choice, reference
from generator.site import linked
from generator.site.context import Page, Public, Site
from generator.site.presenter import Presenter, Searched, table_of
from generator.site.record_page import index_page, link, made_up
from generator.site.tables import Cell, Table, columns, joined

UNITS_FILE = "content/units.yml"
SECTION = "units/"


class Unit(RecordData):
    """A department as the roster names it."""

    is_dated: ClassVar[bool] = False
    needs_review: ClassVar[bool] = False

    id: Id = Field(title="编号", description="小写字母、数字和连字符；定了永远不改，网址靠它。")
    year: Year | None = Field(None, title="年度", description="单位不按年度填写，可不填。")
    status: Literal["draft", "review", "published", "withdrawn"] = Field(
        "published", title="状态", description="不填即公开；draft 草稿和 withdrawn 撤回的单位不出现在网站上。"
    )
    name: Title = Field(title="单位名称", description="单位全称。")
    short_name: Label | None = Field(None, title="简称", description="卡片和图表上用的简称，4 字左右。")
    former_names: tuple[Line, ...] = Field((), title="曾用名", description="机构改革前的名称。")
    system: choice("systems") = Field(title="所属系统", description="site_config.yml 中 systems 列出的编号。")  # type: ignore[valid-type]
    valid_from: Day = Field(title="成立日期", description="以此名称设立的日期。")
    valid_to: Until = Field(None, title="撤销日期", description="撤销或更名的日期；仍在的不填。")
    successor: reference("unit") | None = Field(None, title="承接单位", description="撤销后由哪个单位承接。")  # type: ignore[valid-type]
    should_have_brand: Flag = Field(title="应建品牌", description="是否计入品牌全覆盖的应建单位：true 或 false。")
    office_phone: Phone | None = Field(None, title="办公电话", description="公开的办公电话，不填手机号。")

    @property
    def shown_from(self) -> date | None:
        """A unit is on the roster from the day it is founded."""
        return self.valid_from if self.status == "published" else None

    def days(self) -> Iterator[date]:
        """Also its founding and its end change what the public sees."""
        yield from super().days()
        yield from filter(None, (self.valid_from, self.valid_to))

    def seen_on(self, day: date) -> Unit:
        """A unit that was still there on ``day`` had no end and no successor then."""
        seen = super().seen_on(day)
        if seen.valid_to is None or seen.valid_to <= day:
            return seen
        return seen.model_copy(update={"valid_to": None, "successor": None})

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name


def _address(id: str) -> str:
    return f"{SECTION}{id}/"


def _check(record: Record, inspection: Inspection) -> Iterator[Problem]:
    unit: Unit = record.data
    if unit.valid_to is not None and unit.valid_to <= unit.valid_from:
        yield problem("DAT-004", record.span("valid_to"), late=words("date.abolished"), early=words("date.founded"))
    if unit.successor is not None and unit.valid_to is None:
        yield problem("REF-005", record.span("successor"), id=unit.successor)


def _pages(catalog: Catalog, config: SiteConfig) -> Iterator[Page]:
    units = catalog.all("unit")
    yield index_page(SECTION, "units", config, UNITS_FILE, "units.html", _index_view, downloads=("units", "branches"))
    for record in units:
        unit: Unit = record.data
        yield Page(
            address=_address(record.id),
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
        "address": _address(record.id),
        "brands": len(public.catalog.naming("unit", record.id, "brand", "unit")),
        "ended": unit.valid_to,
        "awaited": unit.should_have_brand and unit.valid_to is None,
    }


_COLUMNS = columns(
    "id name short_name system former_names valid_from:date valid_to:date successor should_have_brand:flag "
    "brands:integer office_phone address"
)


def _tables(public: Public) -> Iterator[Table]:
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
        "address": public.public_address(_address(record.id)),
    }


def _view(page: Page, site: Site) -> Mapping[str, Any]:
    record = page.about(Record)
    unit: Unit = record.data
    catalog = site.catalog
    brands = [card(each, site) for each in catalog.naming("unit", record.id, "brand", "unit")]
    related = site.related(record)
    return {
        "name": unit.heading,
        "system": site.config.choices["systems"].get(unit.system, unit.system),
        "former_names": unit.former_names,
        "valid_from": unit.shown("valid_from"),
        "valid_to": unit.valid_to,
        "successor": link(site, "unit", unit.successor),
        "predecessors": [link(site, "unit", each.id) for each in catalog.naming("unit", record.id, "unit", "successor")],
        "office_phone": unit.office_phone,
        "brands": brands,
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


def _linked(record: Record, site: Site) -> linked.Node:
    unit: Unit = record.data
    successor = linked.organisation(site, unit.successor)
    return {
        "@type": "GovernmentOrganization",
        "alternateName": [unit.short_name, *unit.former_names],
        "foundingDate": unit.shown("valid_from"),
        "dissolutionDate": unit.shown("valid_to"),
        "telephone": unit.shown("office_phone"),
        "subjectOf": {"@type": "WebPage", "name": successor["name"], "url": successor["url"]} if successor else None,
    }


KIND = Kind(
    name="unit", label=Words("单位", "unit"), model=Unit, layout=Layout("roster", UNITS_FILE), address=_address,
    check=_check, order=lambda record: record.at, about="名册：一个文件列出全部单位，按名册顺序显示。", is_yearly=False,
)

PRESENTER = Presenter(KIND, pages=_pages, tables=_tables, linked=_linked, searched=Searched(unit="id"))
