"""Report 公开报告: figures for the public, each with its definition, its source and what became of its target."""

from __future__ import annotations

from generator.catalog.kind import Kind, Layout, newest_first
from generator.kinds.report import data, pages, tables
from generator.kinds.report.checks import check
from generator.kinds.report.model import Report, inside
from generator.messages import Words
from generator.site.presenter import Presenter, Searched

KIND = Kind(
    name="report", label=Words("公开报告", "report"), model=Report,
    layout=Layout("folder", "content/reports/{id}/report.yml", story="intro.md"), address=pages.address_of, check=check,
    order=newest_first, about="每份报告一个文件夹：report.yml 写指标，intro.md 写说明。", index=pages.SECTION, is_announced=True,
    inside=inside, holds=("indicator",), short="i",
)

PRESENTER = Presenter(
    KIND, pages=pages.pages, tables=tables.tables, face=data.face, linked=data.linked_data,
    anchors=data.anchors, found=data.found, searched=Searched(left_out=("period", "key")),  # 2023-H1 is shown as 2023年上半年
)
