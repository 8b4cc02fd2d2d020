"""Video 视频: a film of the season with captions and transcript, kept here or held elsewhere."""

from __future__ import annotations

from generator.catalog.kind import Kind, Layout, newest_first
from generator.kinds.video import data, pages
from generator.kinds.video.checks import check
from generator.kinds.video.files import ENDINGS
from generator.kinds.video.model import Video
from generator.messages import Words
from generator.site.presenter import Presenter, Searched

KIND = Kind(
    name="video", label=Words("视频", "video"), model=Video,
    layout=Layout(
        "folder",
        "content/videos/{id}/video.yml",
        story="intro.md",
        sides=("*.vtt",),
        beside=tuple(f"*.{ending}" for ending in ENDINGS),
    ),
    address=pages.address_of, check=check, order=newest_first, index=pages.SECTION,
    about="每个视频一个文件夹：video.yml 写字段，旁边放 .vtt 字幕和视频文件，img/ 放封面。", short="v",
)

PRESENTER = Presenter(
    KIND, pages=pages.pages, outputs=data.outputs, mention=data.mention, tables=data.tables, opened=data.opened,
    opened_schema=data.OPENED, face=data.face, linked=data.linked_data, searched=Searched(left_out=("sha256",)),
)
