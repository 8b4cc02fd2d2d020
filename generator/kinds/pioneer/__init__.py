"""Pioneer 机关先锋: a branch, a secretary or a member that others can take as an example. All stand on one page."""

from __future__ import annotations

from generator.catalog.kind import Kind, Layout
from generator.kinds.pioneer import data, pages
from generator.kinds.pioneer.checks import check
from generator.kinds.pioneer.model import GROUPS, Pioneer
from generator.messages import Words
from generator.site.presenter import Presenter
from generator.text.numerals import natural

KIND = Kind(
    name="pioneer", label=Words("机关先锋", "pioneer"), model=Pioneer, layout=Layout("file", "content/pioneers/{id}.yml"),
    address=pages.address_of, check=check,
    order=lambda record: (-record.data.year, list(GROUPS).index(record.data.kind), natural(record.id)),
    about="每位先锋一个文件 content/pioneers/<编号>.yml；个人要有同意书编号。", index=pages.SECTION,
)

PRESENTER = Presenter(
    KIND, pages=pages.pages, mention=data.mention, tables=data.tables,
    summary=lambda record, public: record.data.citation,
)
