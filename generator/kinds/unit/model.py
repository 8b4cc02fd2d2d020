"""What a unit of the roster holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from generator.catalog.model import RecordData
from generator.schema.fields import Day, Flag, Id, Label, Line, Phone, Title, Until, Year, choice, reference

UNITS_FILE = "content/units.yml"


class Unit(RecordData):
    """A department as the roster names it."""

    is_dated: ClassVar[bool] = False
    needs_review: ClassVar[bool] = False

    id: Id = Field(title="编号", description="小写字母、数字和连字符；定了永远不改，网址靠它。")
    year: Year | None = Field(None, title="年度", description="单位不按年度填写，可不填。")
    status: Literal["draft", "review", "published", "withdrawn"] = Field(
        "published", title="状态", description="不填即公开；draft 草稿和 withdrawn 撤回的单位不出现在网站上。"
    )
    name: Title = Field(title="单位名称", description="单位全称。")
    short_name: Label | None = Field(None, title="简称", description="卡片和图表上用的简称，4 字左右。")
    aliases: tuple[Line, ...] = Field((), title="又称", description="人们还会怎样叫它，如中院、团委，搜索时也找得到；没有就不填。")
    former_names: tuple[Line, ...] = Field((), title="曾用名", description="机构改革前的名称。")
    system: choice("systems") = Field(title="所属系统", description="site_config.yml 中 systems 列出的编号。")  # type: ignore[valid-type]
    valid_from: Day = Field(title="成立日期", description="以此名称设立的日期。")
    valid_to: Until = Field(None, title="撤销日期", description="撤销或更名的日期；仍在的不填。")
    successor: reference("unit") | None = Field(None, title="承接单位", description="撤销后由哪个单位承接。")  # type: ignore[valid-type]
    should_have_brand: Flag = Field(title="应建品牌", description="是否计入品牌全覆盖的应建单位：true 或 false。")
    office_phone: Phone | None = Field(None, title="办公电话", description="公开的办公电话，不填手机号。")

    @property
    def shown_from(self) -> date | None:
        """A unit is on the roster from the day it is founded."""
        return self.valid_from if self.status == "published" else None

    def days(self) -> Iterator[date]:
        """Also its founding and its end change what the public sees."""
        yield from super().days()
        yield from filter(None, (self.valid_from, self.valid_to))

    def seen_on(self, day: date) -> Unit:
        """A unit that was still there on ``day`` had no end and no successor then."""
        seen = super().seen_on(day)
        if seen.valid_to is None or seen.valid_to <= day:
            return seen
        return seen.model_copy(update={"valid_to": None, "successor": None})

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name
