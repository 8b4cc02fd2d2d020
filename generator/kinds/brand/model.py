"""What a brand record holds."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from generator.catalog.model import Media, YearData
from generator.schema.fields import (
    Day,
    Flag,
    Line,
    LooseDay,
    Part,
    Phone,
    Spot,
    Text,
    Title,
    choice,
    limited,
    reference,
)


class EmblemReview(Part):
    """The declared review of a logo that uses the party emblem (中国共产党党徽党旗条例, 2021)."""

    role: Line = Field(title="审核部门", description="审核党徽使用的部门或岗位，不写姓名。")
    date: Day = Field(title="审核日期", description="审核通过的日期。")
    basis: Line | None = Field(None, title="依据", description="文号或意见编号。")


class MarkPart(Part):
    """A part of the mark that means something, at a point of the picture."""

    at: Spot = Field(
        title="位置", description="在图上的位置：从左往右、从上往下各占百分之几，如 [50, 20] 是上部正中。"
    )
    text: Line = Field(title="含义", description="这一处画的是什么、代表什么，一句话。")


class Logo(Media):
    """The brand's mark and what it stands for."""

    widths: ClassVar[tuple[int, ...]] = (192, 384)
    least: ClassVar[int] = 384

    meaning: Text = Field(title="标识释义", description="标识由什么构成、代表什么，一两句话。")
    parts: tuple[MarkPart, ...] = Field(
        (), title="逐处释义", description="标识上各处的含义，按讲解的先后；图上会标出序号。"
    )
    uses_party_emblem: Flag = Field(title="是否使用党徽", description="标识中有党徽图案填 true，没有填 false。")
    emblem_review: EmblemReview | None = Field(None, title="党徽使用审核", description="使用党徽时必填。")


class Practice(Part):
    """Something the brand does."""

    title: Title = Field(title="做法名称", description="十几个字说清做了什么。")
    body: Text = Field(title="做法内容", description="怎么做的，一至三段。")


class Achievement(Part):
    """Something that came of it."""

    text: Line = Field(title="成效", description="一句话，有数字的写清数字和时间。")
    indicator: reference("indicator") | None = Field(None, title="对应指标", description="公开报告中指标的编号。")  # type: ignore[valid-type]


class Honour(Part):
    """An honour from outside this site's own releases."""

    title: Title = Field(title="荣誉名称", description="荣誉的全称。")
    issuer: Line = Field(title="授予单位", description="由谁授予。")
    date: LooseDay = Field(title="授予时间", description="年、年月或年月日。")


class Contact(Part):
    """Where to ask."""

    office: Line = Field(title="联系科室", description="科室名称，不写姓名。")
    phone: Phone | None = Field(None, title="办公电话", description="办公电话，不填手机号。")


class Brand(YearData):
    """A department's brand."""

    name: limited("brand_name") = Field(title="品牌名称", description="2 至 12 个字，不加引号。")  # type: ignore[valid-type]
    aliases: tuple[Line, ...] = Field((), title="又称", description="人们还会怎样叫它，搜索时也找得到；没有就不填。")
    slogan: limited("slogan") | None = Field(None, title="品牌口号", description="不超过 30 个字。")  # type: ignore[valid-type]
    unit: reference("unit") = Field(title="所属单位", description="content/units.yml 中单位的编号。")  # type: ignore[valid-type]
    branches: tuple[reference("branch"), ...] = Field((), title="参与支部", description="参与创建的支部编号。")  # type: ignore[valid-type]
    parent: reference("brand") | None = Field(None, title="上级品牌", description="子品牌填写所属品牌的编号。")  # type: ignore[valid-type]
    category: choice("categories") = Field(title="品牌类别", description="site_config.yml 中 categories 列出的编号。")  # type: ignore[valid-type]
    established_on: Day = Field(title="创建日期", description="品牌确立的日期。")
    logo: Logo | None = Field(None, title="品牌标识", description="标识图片、释义和党徽使用情况。")
    concept: Text = Field(title="品牌理念", description="一两句话说清为什么做、为谁做。")
    connotation: Text | None = Field(None, title="品牌内涵", description="名称里每个词的含义。")
    background: Text = Field(title="创建背景", description="从什么问题、什么任务出发。")
    method_code: Line | None = Field(None, title="工作法", description='工作法的简写，如 "1+7+N"，要加引号。')
    practices: tuple[Practice, ...] = Field(min_length=2, title="主要做法", description="至少两条，每条有名称和内容。")
    results: tuple[Achievement, ...] = Field(min_length=1, title="工作成效", description="至少一条，能核实的结果。")
    honours: tuple[Honour, ...] = Field(
        (), title="所获荣誉", description="本站十佳发布以外的荣誉；十佳会自动显示，不用填。"
    )
    videos: tuple[reference("video"), ...] = Field((), title="相关视频", description="视频记录的编号。")  # type: ignore[valid-type]
    gallery: tuple[Media, ...] = Field((), title="图片", description="品牌图集。")
    contact: Contact | None = Field(None, title="联系方式", description="科室和办公电话。")
