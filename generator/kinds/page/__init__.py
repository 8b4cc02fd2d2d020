"""Page 栏目页: ordinary editorial Markdown. It keeps the path it has in ``content/``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from generator.catalog.catalog import Catalog
from generator.catalog.inspection import Inspection
from generator.catalog.kind import Kind, Layout
from generator.catalog.model import NamedWithin, RecordData
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.messages import Words
from generator.problems import Problem, problem
from generator.schema.fields import ID_PATTERN, Id, Line, Title, Whole, Year, matches
from generator.site.context import Page
from generator.site.presenter import Presenter
from generator.text.numerals import natural

HOME = "index"


class EditorialPage(RecordData):
    """The front matter of a page."""

    needs_review: ClassVar[bool] = False
    named_within: ClassVar[NamedWithin] = "nowhere"

    id: Id | None = Field(None, title="编号", description="栏目页以文件路径为编号，不用填。")
    title: Title = Field(title="标题", description="页面标题。")
    year: Year | None = Field(None, title="年度", description="栏目页不按年度，可不填。")
    description: Line | None = Field(None, title="摘要", description="一句话，用于搜索引擎和列表。")
    order: Whole = Field(100, title="次序", description="同一栏目中的先后，小的在前。")


def _address(id: str) -> str:
    if id == HOME:
        return ""
    return id.removesuffix("/index") + "/"


def _check(record: Record, inspection: Inspection) -> Iterator[Problem]:
    for part in record.id.split("/"):
        if not matches(ID_PATTERN, part):
            yield problem("ID-007", record.span(), name=part)


def _pages(catalog: Catalog, config: SiteConfig) -> Iterator[Page]:
    for record in catalog.all("page"):
        if record.id == HOME:
            continue  # the introduction of the home page, which is composed from more than this
        page: EditorialPage = record.data
        address = _address(record.id)
        yield Page(
            address=address,
            section=f"{address.split('/')[0]}/",
            title=page.heading,
            origin=record.span(),
            description=page.description or "",
            document=record.story,
            subject=record,
            changed_on=page.changed_on,
        )


KIND = Kind(
    name="page", label=Words("栏目页", "page"), model=EditorialPage, layout=Layout("markdown", "content"),
    address=_address, check=_check, order=lambda record: (record.folder, record.data.order, natural(record.id)),
    about="content/ 中的 Markdown 文件，文件开头的 --- 之间写字段。", is_yearly=False,
)

PRESENTER = Presenter(KIND, pages=_pages)
