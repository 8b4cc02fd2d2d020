"""What a branch of the roster holds: its unit and its ratings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, WithJsonSchema

from generator.catalog.model import NamedWithin, RecordData
from generator.schema.fields import Id, Line, Number, Part, Title, Year, reference
from generator.text.numerals import natural

BRANCHES_FILE = "content/branches.yml"

# YAML gives the sign that was written; what comes out is the number.
Star = Annotated[Literal["0", "3", "4", "5"], AfterValidator(int), WithJsonSchema({"enum": [0, 3, 4, 5]})]


class StarRecord(Part):
    """The result of one rating."""

    batch: Line = Field(title="批次", description="评定批次，如 第一批；同一批在各支部写法要一样。")
    year: Year = Field(title="评定年度", description="评定结果公布的年度，四位数字。")
    star: Star = Field(title="星级", description="0、3、4 或 5；参加评定而没有评上星级的填 0。")
    score: Number | None = Field(None, title="得分", description="评定得分，没有的不填。")
    doc: Line | None = Field(None, title="文件", description="公布结果的文件名称或文号。")

    def order(self) -> tuple[Any, ...]:
        """Its place in time: the year, in a year the number of the batch."""
        return self.year, natural(self.batch)


class Branch(RecordData):
    """A branch as the roster names it, without any of its members."""

    is_dated: ClassVar[bool] = False
    needs_review: ClassVar[bool] = False
    named_within: ClassVar[NamedWithin] = "unit"

    id: Id = Field(title="编号", description="小写字母、数字和连字符；定了永远不改。")
    year: Year | None = Field(None, title="年度", description="支部不按年度填写，可不填。")
    status: Literal["draft", "review", "published", "withdrawn"] = Field(
        "published", title="状态", description="不填即公开；draft 草稿和 withdrawn 撤回的支部不出现在网站上。"
    )
    name: Title = Field(title="支部名称", description="支部全称，不写党员姓名。")
    unit: reference("unit") = Field(title="所属单位", description="content/units.yml 中单位的编号。")  # type: ignore[valid-type]
    star_records: tuple[StarRecord, ...] = Field((), title="星级记录", description="历次评定结果，按时间先后填写。")

    @property
    def latest(self) -> StarRecord | None:
        """The last rating."""
        return max(self.star_records, key=StarRecord.order, default=None)

    def days(self) -> Iterator[date]:
        """A rating is dated by its year only, so it counts from that year's first day."""
        yield from super().days()
        yield from (date(each.year, 1, 1) for each in self.star_records)

    def seen_on(self, day: date) -> Self:
        """Without the ratings of later years."""
        seen = super().seen_on(day)
        kept = tuple(each for each in seen.star_records if each.year <= day.year)
        return seen if len(kept) == len(seen.star_records) else seen.model_copy(update={"star_records": kept})
