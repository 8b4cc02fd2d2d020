"""Exhibition 展览/巡展: what hangs together, in which order, and where and when it can be seen."""

from __future__ import annotations

from generator.catalog.kind import Kind, Layout, newest_first
from generator.kinds.exhibition import data, pages
from generator.kinds.exhibition.addresses import SECTION, address_of
from generator.kinds.exhibition.checks import check
from generator.kinds.exhibition.model import Exhibition
from generator.messages import Words
from generator.site.presenter import Presenter
from generator.site.route import PASSING

KIND = Kind(
    name="exhibition", label=Words("展览", "exhibition"), model=Exhibition,
    layout=Layout("folder", f"{pages.FOLDER}/{{id}}/exhibition.yml", story="intro.md"),
    address=address_of, check=check, order=newest_first, index=SECTION,
    about="每个展览一个文件夹：exhibition.yml 写展厅、展品和巡展站点，intro.md 写前言，img/ 放海报。",
    is_announced=True, short="e", passing=PASSING,
)

PRESENTER = Presenter(
    KIND, pages=pages.pages, outputs=data.outputs, mention=data.mention, tables=data.tables, face=data.face,
    linked=data.linked_data,
)
