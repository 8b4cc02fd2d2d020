"""Project 书记项目: a hard problem that a party secretary leads a department through, with goals, duties and dates."""

from __future__ import annotations

from generator.catalog.kind import Kind, Layout, newest_first
from generator.kinds.project import data, pages
from generator.kinds.project.checks import check
from generator.kinds.project.model import Project
from generator.messages import Words
from generator.site.presenter import Presenter

KIND = Kind(
    name="project", label=Words("书记项目", "project"), model=Project,
    layout=Layout("folder", f"{pages.FOLDER}/{{year}}/{{id}}/project.yml", story="story.md"), address=pages.address_of,
    check=check, order=newest_first, index=pages.SECTION,
    about="每个项目一个文件夹，放在所属年度下：project.yml 写字段，story.md 写故事，img/ 放图片。", short="p",
)

PRESENTER = Presenter(
    KIND, pages=pages.pages, outputs=data.outputs, mention=data.mention, tables=data.tables, face=data.face,
    has_poster=True, linked=data.linked_data,
)
