"""Branch 支部: a branch of a unit with the stars it was given. It has no page; its unit's page names it."""

from __future__ import annotations

from generator.catalog.kind import Kind, Layout
from generator.kinds.branch import data
from generator.kinds.branch.checks import check
from generator.kinds.branch.model import BRANCHES_FILE, Branch
from generator.messages import Words
from generator.site.presenter import Presenter

KIND = Kind(
    name="branch", label=Words("支部", "branch"), model=Branch, layout=Layout("roster", BRANCHES_FILE), address=None,
    check=check, order=lambda record: record.at, about="名册：一个文件列出支部和历次星级评定结果，不写党员名单。",
)

PRESENTER = Presenter(KIND, mention=data.mention, tables=data.tables)
