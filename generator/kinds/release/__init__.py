"""Release 十佳发布: the year's top ten, how they were chosen, and the ceremony that announces them."""

from __future__ import annotations

from generator.catalog.kind import Kind, Layout, newest_first
from generator.kinds.release import awards, data, pages, stated
from generator.kinds.release.checks import check
from generator.kinds.release.model import SHEET, Release
from generator.messages import Words
from generator.site.presenter import Presenter, Searched

KIND = Kind(
    name="release", label=Words("十佳发布", "release"), model=Release,
    layout=Layout("folder", "content/releases/{id}/release.yml", story="intro.md", sides=(SHEET, stated.FILE)),
    address=awards.address_of, check=check, order=newest_first,
    about="每年一个文件夹：release.yml 写依据、环节和名单，scores.csv 是匿名评分表，intro.md 写发布纪事。", index=awards.SECTION, is_announced=True, short="r",
)

PRESENTER = Presenter(
    KIND, pages=pages.pages, mention=awards.mention, tables=awards.tables, opened=awards.opened,
    opened_schema=awards.OPENED, face=data.face, has_poster=True, linked=data.linked_data,
    archived=data.archived, searched=Searched(lead=40),
)
