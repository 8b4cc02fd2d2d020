"""What a pioneer record holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field

from generator.catalog.model import Media, NamedWithin, YearData
from generator.schema.fields import Line, Text, Title, reference

GROUPS: Mapping[str, str] = {"支部": "branch", "书记": "secretary", "党员": "member"}


class Pioneer(YearData):
    """A branch or a person, as the public may know them."""

    named_within: ClassVar[NamedWithin] = "unit"

    kind: Literal["支部", "书记", "党员"] = Field(title="类别", description="支部、书记或党员。")
    display_name: Title = Field(title="公开名称", description="支部全称；个人写本人同意公开的称呼，可以是化名。")
    unit: reference("unit") = Field(title="所属单位", description="content/units.yml 中单位的编号。")  # type: ignore[valid-type]
    branch: reference("branch") | None = Field(None, title="所在支部", description="支部的编号。")  # type: ignore[valid-type]
    citation: Text = Field(title="事迹", description="两三句话：在什么岗位上，做了什么，带来什么变化。")
    photo: Media | None = Field(None, title="照片", description="有可辨认的人时，照片里也要填 consent_ref。")
    consent_ref: Line | None = Field(
        None, title="同意书编号", description="书记和党员必填：本人同意公开的书面材料编号，只供核查，不会公开。"
    )
    batch: Line | None = Field(None, title="批次", description="第几批，如“第一批”。")

    @property
    def heading(self) -> str:
        """The name the public knows."""
        return self.title or self.display_name

    @property
    def is_person(self) -> bool:
        """Whether it is somebody, who has to agree, and not a branch."""
        return self.kind != "支部"
