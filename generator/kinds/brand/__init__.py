"""Brand 品牌: what a department calls its work, how it does it, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from pydantic import Field

from generator.catalog.catalog import Catalog
from generator.catalog.inspection import Inspection
from generator.catalog.kind import Kind, Layout, newest_first
from generator.catalog.model import Media, YearData
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.kinds.brand.facets import facets_of
from generator.kinds.report.pages import cited_indicator
from generator.media.cards.faces import CardFace
from generator.messages import Words, say, words
from generator.problems import Problem, Span, problem
from generator.schema.fields import Day, Flag, Line, LooseDay, Part, Phone, Text, Title, choice, limited, reference
from generator.site import linked, wall, wall_data
from generator.site.context import Listing, Made, Output, Page, Public, Site
from generator.site.presenter import Presenter, table_of
from generator.site.record_page import foot, heading_of, link, made_up, record_page, with_neighbours
from generator.site.tables import Cell, Table, columns, joined

SECTION = "brands/"
SIBLINGS = 4


class EmblemReview(Part):
    """The declared review of a logo that uses the party emblem (中国共产党党徽党旗条例, 2021)."""

    role: Line = Field(title="审核部门", description="审核党徽使用的部门或岗位，不写姓名。")
    date: Day = Field(title="审核日期", description="审核通过的日期。")
    basis: Line | None = Field(None, title="依据", description="文号或意见编号。")


class Logo(Media):
    """The brand's mark and what it stands for."""

    widths: ClassVar[tuple[int, ...]] = (192, 384)
    least: ClassVar[int] = 384

    meaning: Text = Field(title="标识释义", description="标识由什么构成、代表什么，一两句话。")
    uses_party_emblem: Flag = Field(title="是否使用党徽", description="标识中有党徽图案填 true，没有填 false。")
    emblem_review: EmblemReview | None = Field(None, title="党徽使用审核", description="使用党徽时必填。")


class Practice(Part):
    """Something the brand does."""

    title: Title = Field(title="做法名称", description="十几个字说清做了什么。")
    body: Text = Field(title="做法内容", description="怎么做的，一至三段。")


class Achievement(Part):
    """Something that came of it."""

    text: Line = Field(title="成效", description="一句话，有数字的写清数字和时间。")
    indicator: reference("indicator") | None = Field(None, title="对应指标", description="公开报告中指标的编号。")  # type: ignore[valid-type]


class Honour(Part):
    """An honour from outside this site's own releases."""

    title: Title = Field(title="荣誉名称", description="荣誉的全称。")
    issuer: Line = Field(title="授予单位", description="由谁授予。")
    date: LooseDay = Field(title="授予时间", description="年、年月或年月日。")


class Contact(Part):
    """Where to ask."""

    office: Line = Field(title="联系科室", description="科室名称，不写姓名。")
    phone: Phone | None = Field(None, title="办公电话", description="办公电话，不填手机号。")


class Brand(YearData):
    """A department's brand."""

    name: limited("brand_name") = Field(title="品牌名称", description="2 至 12 个字，不加引号。")  # type: ignore[valid-type]
    slogan: limited("slogan") | None = Field(None, title="品牌口号", description="不超过 30 个字。")  # type: ignore[valid-type]
    unit: reference("unit") = Field(title="所属单位", description="content/units.yml 中单位的编号。")  # type: ignore[valid-type]
    branches: tuple[reference("branch"), ...] = Field((), title="参与支部", description="参与创建的支部编号。")  # type: ignore[valid-type]
    parent: reference("brand") | None = Field(None, title="上级品牌", description="子品牌填写所属品牌的编号。")  # type: ignore[valid-type]
    category: choice("categories") = Field(title="品牌类别", description="site_config.yml 中 categories 列出的编号。")  # type: ignore[valid-type]
    established_on: Day = Field(title="创建日期", description="品牌确立的日期。")
    logo: Logo | None = Field(None, title="品牌标识", description="标识图片、释义和党徽使用情况。")
    concept: Text = Field(title="品牌理念", description="一两句话说清为什么做、为谁做。")
    connotation: Text | None = Field(None, title="品牌内涵", description="名称里每个词的含义。")
    background: Text = Field(title="创建背景", description="从什么问题、什么任务出发。")
    method_code: Line | None = Field(None, title="工作法", description='工作法的简写，如 "1+7+N"，要加引号。')
    practices: tuple[Practice, ...] = Field(min_length=2, title="主要做法", description="至少两条，每条有名称和内容。")
    results: tuple[Achievement, ...] = Field(min_length=1, title="工作成效", description="至少一条，能核实的结果。")
    honours: tuple[Honour, ...] = Field(
        (), title="所获荣誉", description="本站十佳发布以外的荣誉；十佳会自动显示，不用填。"
    )
    videos: tuple[reference("video"), ...] = Field((), title="相关视频", description="视频记录的编号。")  # type: ignore[valid-type]
    gallery: tuple[Media, ...] = Field((), title="图片", description="品牌图集。")
    contact: Contact | None = Field(None, title="联系方式", description="科室和办公电话。")


def _address(id: str) -> str:
    return f"{SECTION}{id}/"


def _check(record: Record, inspection: Inspection) -> Iterator[Problem]:
    brand: Brand = record.data
    if brand.published_on and brand.established_on > brand.published_on:
        late, early = words("date.published"), words("date.established")
        yield problem("DAT-004", record.span("established_on"), late=late, early=early)
    if brand.logo and brand.logo.uses_party_emblem and brand.logo.emblem_review is None:
        yield problem("EMB-001", record.span("logo", "uses_party_emblem"))
    if _is_own_ancestor(record, inspection.catalog):
        yield problem("REF-004", record.span("parent"), id=record.id)


def _is_own_ancestor(record: Record, catalog: Catalog) -> bool:
    seen = {record.id}
    above = catalog.get("brand", record.data.parent)
    while above is not None and above.id not in seen:
        seen.add(above.id)
        above = catalog.get("brand", above.data.parent)
    return above is not None and above.id == record.id and record.data.parent != record.id


@dataclass(frozen=True, slots=True)
class _Place:
    """A brand with its neighbours on the wall."""

    record: Record
    previous: Record | None = field(repr=False)
    next: Record | None = field(repr=False)
    siblings: tuple[Record, ...] = field(repr=False)


def _siblings(brands: tuple[Record, ...]) -> Mapping[str, tuple[Record, ...]]:
    """The brands of the same unit that follow each brand, at most four, beginning again at the end."""
    by_unit: dict[str, list[Record]] = {}
    for each in brands:
        by_unit.setdefault(each.data.unit, []).append(each)
    around = {}
    for group in by_unit.values():
        count = min(SIBLINGS, len(group) - 1)
        for at, each in enumerate(group):
            around[each.id] = tuple(group[(at + step) % len(group)] for step in range(1, count + 1))
    return around


def _pages(catalog: Catalog, config: SiteConfig) -> Iterator[Page]:
    brands = catalog.all("brand")
    yield from wall.pages(_wall(brands, catalog, config), "wall.html", "facet.html")
    siblings = _siblings(brands)
    for before, record, after in with_neighbours(brands):
        brand: Brand = record.data
        about = brand.slogan or brand.concept.split("\n")[0]
        place = _Place(record, before, after, siblings[record.id])
        yield record_page(record, _address(record.id), SECTION, about, "brand.html", _view, subject=place)


def _wall(brands: tuple[Record, ...], catalog: Catalog, config: SiteConfig) -> wall.Wall:
    return wall.Wall(
        base=SECTION,
        title=say("wall.title", config.words),
        description=say("wall.description", config.words, site=config.name, count=len(brands)),
        records=brands,
        facets=wall.with_values(facets_of(brands, catalog, config), brands, config),
        page_size=config.limits.wall_page,
        origin=Span("brands"),
        card=card,
        macro=("parts.html", "cards"),
        downloads=("brands",),
        sorts=wall.sorts(catalog),
        dated=lambda record: record.data.established_on.isoformat(),
        dated_by="wall.by.established",
    )


def _outputs(catalog: Catalog, config: SiteConfig) -> Iterator[Output | Listing]:
    yield from wall_data.outputs(_wall(catalog.all("brand"), catalog, config))


def _year_label(year: int, config: SiteConfig) -> str:
    return say("year", config.words, year=year)


def card(record: Record, public: Public) -> dict[str, Any]:
    """The view of a brand wherever it is one of several."""
    brand: Brand = record.data
    unit = public.catalog.get("unit", brand.unit)
    return {
        "name": brand.name,
        "slogan": brand.slogan,
        "unit": unit.data.label if unit else "",
        "year": brand.year,
        "category": public.config.choices["categories"].get(brand.category, brand.category),
        "address": _address(record.id),
        "logo": public.picture(record, brand.logo),
        "sample": brand.is_sample,
    }


_COLUMNS = columns(
    "id name slogan unit category year:integer established_on:date concept method_code practices results honours "
    "parent published_on:date updated_on:date address"
)


def _tables(public: Public) -> Iterator[Table]:
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
        "address": public.public_address(_address(record.id)),
    }


def _view(page: Page, made: Made) -> Mapping[str, Any]:
    place = page.about(_Place)
    record, catalog = place.record, made.catalog
    brand: Brand = record.data
    gallery = [view for each in brand.gallery if (view := made.picture(record, each))]
    named = [*(("branch", id) for id in brand.branches), *(("video", id) for id in brand.videos)]
    related = made.related(record, named)
    return {
        "name": brand.name,
        "title": brand.heading,
        "slogan": brand.slogan,
        "unit": link(made, "unit", brand.unit),
        "category": {
            "label": made.config.choices["categories"].get(brand.category, brand.category),
            "address": f"{SECTION}by/category/{brand.category}/",
        },
        "year": {"label": _year_label(brand.year, made.config), "address": f"{SECTION}by/year/{brand.year}/"},
        "logo": made.picture(record, brand.logo),
        "meaning": brand.logo.meaning if brand.logo else None,
        "concept": brand.concept,
        "connotation": brand.connotation,
        "background": brand.background,
        "method_code": brand.method_code,
        "practices": [{"title": each.title, "body": each.body} for each in brand.practices],
        "results": [{"text": each.text, "indicator": cited_indicator(each.indicator, made)} for each in brand.results],
        "awards": related["honours"],
        "honours": [{"title": each.title, "issuer": each.issuer, "date": each.date} for each in brand.honours],
        "related": related["groups"],
        "gallery": gallery,
        "story": made.story(record.story, page, deeper=1),
        "parent": link(made, "brand", brand.parent),
        "children": [card(each, made) for each in catalog.naming("brand", record.id, "brand", "parent")],
        "siblings": [card(each, made) for each in place.siblings],
        "previous": _neighbour(place.previous, made),
        "next": _neighbour(place.next, made),
        "contact": brand.contact and {"office": brand.contact.office, "phone": brand.contact.phone},
        "established_on": brand.established_on,
        "made_up": made_up(brand, made),
        "foot": foot(page, brand, made, heading_of(made, "unit", brand.unit)),
    }


def _face(record: Record, public: Public) -> CardFace:
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


def _linked(record: Record, site: Site) -> linked.Node:
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


def _neighbour(record: Record | None, public: Public) -> dict[str, Any] | None:
    return {**(link(public, "brand", record.id) or {}), "logo": public.picture(record, record.data.logo)} if record else None


KIND = Kind(
    name="brand", label=Words("品牌", "brand"), model=Brand,
    layout=Layout("folder", "brands/{id}/brand.yml", story="story.md"), address=_address, check=_check,
    order=newest_first, about="每个品牌一个文件夹：brand.yml 写字段，story.md 写故事，img/ 放图片。", index=SECTION, short="b",
)

PRESENTER = Presenter(
    KIND, pages=_pages, outputs=_outputs, tables=_tables, face=_face, has_poster=True, linked=_linked,
)
