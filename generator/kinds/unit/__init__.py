"""Unit 单位: a department of the city with the time in which it exists under its name."""

from __future__ import annotations

from generator.catalog.kind import Kind, Layout
from generator.kinds.unit import data, pages
from generator.kinds.unit.checks import check
from generator.kinds.unit.model import UNITS_FILE, Unit
from generator.messages import Words
from generator.site.presenter import Presenter, Searched
from generator.site.wall import PASSING

KIND = Kind(
    name="unit", label=Words("单位", "unit"), model=Unit, layout=Layout("roster", UNITS_FILE), address=pages.address_of,
    check=check, order=lambda record: record.at, about="名册：一个文件列出全部单位，按名册顺序显示。", is_yearly=False, short="u",
    passing=PASSING,
)

PRESENTER = Presenter(
    KIND, pages=pages.pages, outputs=data.outputs, tables=data.tables, linked=data.linked_data, searched=Searched(unit="id", lead=20),
)
