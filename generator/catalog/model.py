"""What the models of all records share: the common fields, pictures, sources, reviews, revisions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, ClassVar, Literal, Self

from pydantic import Field

from generator.catalog.samples import Sample, Sampled
from generator.schema.fields import Day, Flag, Id, Line, Part, Text, Title, Until, Year

NamedWithin = Literal["everywhere", "year", "unit", "nowhere"]

Focus = Literal["左上", "上", "右上", "左", "中", "右", "左下", "下", "右下"]

_FOCUS = {"上": "top", "下": "bottom", "左": "left", "右": "right", "中": "middle"}


def focus_class(focus: Focus) -> str:
    """The class of the style sheet that keeps a part of a picture in sight, such as ``focus-left-top`` for 左上."""
    return "-".join(("focus", *(_FOCUS[each] for each in focus)))


class Media(Part):
    """A picture of a record."""

    widths: ClassVar[tuple[int, ...]] = (640, 1280)
    least: ClassVar[int] = 640  # pixels; a smaller longer side is seen as blurred

    src: Line = Field(title="图片文件", description="相对本记录文件夹的路径，如 img/opening.jpg。")
    alt: Line = Field(title="替代文字", description="给看不到图片的人的说明：图上有什么。")
    caption: Line | None = Field(None, title="图片说明", description="显示在图片下方的一句话。")
    credit: Line | None = Field(None, title="作者", description="摄影或绘制单位。")
    licence: Line | None = Field(None, title="授权", description="使用许可，如“本单位自有”。")
    ai_generated: Flag = Field(False, title="人工智能生成", description="由人工智能生成或改动的填 true，页面会标注。")
    focus: Focus | None = Field(
        None,
        title="画面重点",
        description="裁切时要保住的部分：左上、上、右上、左、中、右、左下、下、右下；不填取正中。",
    )
    consent_ref: Line | None = Field(None, title="肖像同意书编号", description="画面有可辨认的人时必填。")


class SourceNote(Part):
    """Where a fact comes from."""

    title: Line = Field(title="来源名称", description="文件、材料或报道的名称。")
    where: Line | None = Field(None, title="出处", description="文号、版面或 https:// 开头的网址。")
    date: Day | None = Field(None, title="日期", description="来源的日期。")


class Review(Part):
    """One passed stage of the review."""

    stage: Literal["初审", "复审", "终审"] = Field(title="审核环节", description="初审、复审或终审。")
    role: Line = Field(title="审核角色", description="审核部门或岗位，不写姓名。")
    date: Day = Field(title="审核日期", description="通过的日期。")


class Revision(Part):
    """A change after publication."""

    date: Day = Field(title="修订日期", description="改动公开的日期。")
    what: Line = Field(title="改了什么", description="一句话说明改动。")
    why: Line = Field(title="为什么改", description="一句话说明原因。")


class Suppression(Part):
    """Where a rule is wrong for this record: somebody says why, somebody else has looked at it."""

    code: Line = Field(title="问题代码", description="要豁免的问题代码，如 PII-002；哪些能豁免见 docs/checks.md。")
    reason: Text = Field(title="理由", description="为什么这里不是问题，一句话。")
    reviewer: Line = Field(title="审核岗位", description="谁核对过：部门或岗位，不写姓名。")
    until: Until = Field(None, title="有效期", description="到哪一天为止（含当天）；一直有效的不填。")


class RecordData(Sampled):
    """The fields every record has."""

    is_dated: ClassVar[bool] = True  # appears on the day it is published; a roster is in force by its own dates
    needs_review: ClassVar[bool] = True
    named_within: ClassVar[NamedWithin] = "everywhere"  # where no other is called the same
    is_secret: ClassVar[bool] = False  # whether not even a preview shows it before its hour
    names: ClassVar[frozenset[str]] = frozenset({"title", "name", "short_name", "display_name", "theme"})

    id: Id = Field(title="编号", description="与文件夹同名，小写字母、数字和连字符；定了永远不改，网址和二维码都靠它。")
    title: Title | None = Field(None, title="标题", description="页面标题；不填时用名称。")
    year: Year = Field(title="年度", description="参加哪一年的品牌季，四位数字。")
    status: Literal["draft", "review", "published", "withdrawn"] = Field(
        title="状态",
        description="draft 草稿、review 审核中、published 公开、withdrawn 撤回；只有公开的会出现在网站上。",
    )
    published_on: Day | None = Field(None, title="公开日期", description="公开的日期；状态为 published 时必填。")
    updated_on: Day | None = Field(None, title="更新日期", description="最近一次实质更新的日期。")
    withdrawn_on: Day | None = Field(
        None, title="撤下日期", description="状态为 withdrawn 时填写：从哪一天起撤下；原来的网址上会写明。"
    )
    withdrawn_reason: Line | None = Field(
        None, title="撤下原因", description="状态为 withdrawn 时填写：一句话，会公开显示，不写个人信息。"
    )
    sources: tuple[SourceNote, ...] = Field((), title="资料来源", description="内容的依据。")
    reviews: tuple[Review, ...] = Field((), title="审核记录", description="已通过的审核环节，公开前必须有终审。")
    revisions: tuple[Revision, ...] = Field((), title="修订记录", description="公开以后的改动。")
    suppressions: tuple[Suppression, ...] = Field(
        (), title="豁免", description="规则在这里不适用时填：代码、理由、审核岗位；只供核查，不会公开。"
    )
    sample: Sample = Field(False, title="示例内容", description="整条是示例填 true；只有部分字段是示例时列出这些字段。")

    @property
    def heading(self) -> str:
        """What the record is called wherever it is named."""
        return self.title or str(getattr(self, "name", "")) or self.id

    @property
    def shown_from(self) -> date | datetime | None:
        """The first day, or the moment, at which the public may see it, ``None`` for never. A moment is aware."""
        if self.status != "published":
            return None
        return self.published_on if self.is_dated else date.min

    @property
    def was_public_from(self) -> date | datetime | None:
        """Since when the public saw what is withdrawn now, ``None`` for what it never saw."""
        if self.status != "withdrawn":
            return None
        first = self.model_copy(update={"status": "published"}).shown_from
        day = first.date() if isinstance(first, datetime) else first
        return None if day is not None and self.withdrawn_on is not None and self.withdrawn_on < day else first

    def marked(self, mark: str) -> Self:
        """The record with ``mark`` before every name by which it is shown, so that no list shows it without."""
        changes = {name: f"{mark}{value}" for name in self.names if (value := getattr(self, name, None))}
        return self.model_copy(update={"title": f"{mark}{self.heading}"} | changes)

    @property
    def changed_on(self) -> date | None:
        """The last day on which what the public sees of it changed."""
        return max(self.days(), default=None)

    def days(self) -> Iterator[date]:
        """The days on which what the public sees of it changed, also future ones. A kind adds its own."""
        yield from filter(None, (self.published_on, self.updated_on))
        yield from (each.date for each in self.revisions)

    def seen_on(self, day: date) -> Self:
        """The record as it stood on ``day``: without what is dated later. For an edition of the past."""
        changes: dict[str, Any] = {}
        if self.updated_on is not None and self.updated_on > day:
            changes["updated_on"] = None
        if any(each.date > day for each in self.revisions):
            changes["revisions"] = tuple(each for each in self.revisions if each.date <= day)
        return self.model_copy(update=changes) if changes else self
