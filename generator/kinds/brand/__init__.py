"""Brand 品牌: what a department calls its work, how it does it, and what came of it."""

from __future__ import annotations

from generator.catalog.kind import Kind, Layout, newest_first
from generator.kinds.brand import data, pages
from generator.kinds.brand.checks import check
from generator.kinds.brand.model import Brand
from generator.messages import Words
from generator.site.presenter import Presenter

KIND = Kind(
    name="brand", label=Words("品牌", "brand"), model=Brand,
    layout=Layout("folder", "brands/{id}/brand.yml", story="story.md"), address=pages.address_of, check=check,
    order=newest_first, about="每个品牌一个文件夹：brand.yml 写字段，story.md 写故事，img/ 放图片。", index=pages.SECTION, short="b",
)

PRESENTER = Presenter(
    KIND, pages=pages.pages, own_pages=pages.own_pages, outputs=data.outputs, tables=data.tables, face=data.face,
    has_poster=True, linked=data.linked_data,
)
