"""The form of a report: indicators as others reported them, and figures that are computed from the records here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, WithJsonSchema

from generator.catalog.model import NamedWithin, SourceNote, YearData
from generator.catalog.record import Inside, Record
from generator.catalog.samples import Sampled
from generator.kinds.report.indicators import PERCENT, Bound
from generator.schema.fields import LINE_MOST, Day, Flag, Id, Line, Number, Part, Text, Title, Whole, Year

Direction = Literal["up", "down", "none"]
_SCHEMA = WithJsonSchema({"type": ["string", "integer"], "minLength": 1, "maxLength": LINE_MOST})
Label = Annotated[Line, _SCHEMA]  # an unquoted year is one too


class Partly(Sampled):
    """A part of a record some of whose fields may be sample content."""

    sample: tuple[Line, ...] = Field((), title="示例部分", description="这一项里哪些字段是示例，列出字段名。")


class Target(Partly):
    """What is to be reached, and by when."""

    value: Number = Field(title="目标值", description="要达到的数值，单位同指标。")
    due: Day | None = Field(None, title="完成期限", description="什么时候达到，必须填写。")
    bound: Bound | None = Field(
        None, title="目标界限", description="gte 不低于、lte 不高于、eq 恰好；不填时按指标方向判断。"
    )

    def bound_for(self, direction: Direction) -> Bound:
        """The bound as given, or the one that the direction of the indicator means."""
        by_direction: dict[str, Bound] = {"up": "gte", "down": "lte", "none": "eq"}
        return self.bound or by_direction[direction]


class Value(Partly):
    """The value of an indicator for one period."""

    period: Label = Field(
        title="时期", description="2023、2023-H1（上半年）、2023-Q2（第二季度）、2023-05 或 2017/2021（若干年合计）。"
    )
    value: Number = Field(title="数值", description="公布的数值，不带单位；小数位数照公布的写。")
    bound: Bound = Field("eq", title="界限", description="eq 恰好、gte 不低于（如“96%以上”）、lte 不高于；不填即恰好。")
    numerator: Number | None = Field(None, title="分子", description="计算用的分子数，与分母同时填写。")
    denominator: Number | None = Field(None, title="分母", description="计算用的分母数，与分子同时填写。")
    n: Whole | None = Field(None, ge=0, title="样本数", description="抽样调查的有效样本数。")
    source: SourceNote = Field(title="来源", description="数值出自哪份材料。")
    as_of: Day = Field(title="数据截至", description="数据统计到哪一天。")
    note: Line | None = Field(None, title="说明", description="读这个数要知道的事，一句话。")
    revised_from: Number | None = Field(None, title="修订前数值", description="公布后改过的，填写原来的数值。")
    revised_why: Line | None = Field(None, title="修订原因", description="为什么改，一句话；有修订就必须填写。")
    revised_on: Day | None = Field(None, title="修订日期", description="改动公开的日期；有修订就必须填写。")

    def seen_on(self, day: date) -> Value:
        """The value as it was published on ``day``: before its revision, if that came later."""
        if self.revised_from is None or self.revised_on is None or self.revised_on <= day:
            return self
        before = {"value": self.revised_from, "numerator": None, "denominator": None}
        return self.model_copy(update=before | {"revised_from": None, "revised_why": None, "revised_on": None})


class Indicator(Partly):
    """Something that is measured, with its definition and its values."""

    id: Id = Field(title="编号", description="全站唯一，小写字母、数字和连字符；定了永远不改，网址靠它。")
    name: Title = Field(title="指标名称", description="公众看得懂的名称。")
    aliases: tuple[Line, ...] = Field((), title="又称", description="人们还会怎样叫它，搜索时也找得到；没有就不填。")
    definition: Text = Field(title="指标定义", description="量的是什么、怎么算，一两句话。")
    scope: Line | None = Field(
        None, title="统计范围", description="数的是哪里的，如 全市、市级机关；站内另有同类数字时要写，标签上会注明。"
    )
    numerator: Line | None = Field(None, title="分子口径", description="分子数的是什么；百分比必须填写。")
    denominator: Line | None = Field(None, title="分母口径", description="分母数的是什么；百分比必须填写。")
    unit: Line = Field(title="计量单位", description="%、个、件等；占比写 %，增长率写“%（同比）”。")
    direction: Direction = Field(title="方向", description="up 越高越好、down 越低越好、none 不分高低。")
    target: Target | None = Field(None, title="目标", description="目标值和完成期限。")
    series: tuple[Value, ...] = Field((), title="数值", description="各时期的数值，从早到晚；只有一个就填一个。")
    owner: Line | None = Field(None, title="负责科室", description="对这个数负责的科室，不写姓名。")
    headline: Flag = Field(False, title="首页展示", description="要在首页显示的填 true，全站取前三个。")

    @property
    def is_share(self) -> bool:
        """Whether the values are shares in per cent."""
        return self.unit in PERCENT

    def seen_on(self, day: date) -> Indicator:
        """The indicator as it stood on ``day``."""
        values = tuple(each.seen_on(day) for each in self.series if each.as_of <= day)
        return self if values == self.series else self.model_copy(update={"series": values})


class Stated(Part):
    """A figure that was stated somewhere; it must be what the records give."""

    period: Label | None = Field(None, title="年度或批次", description="覆盖率填年度，星级填批次，项目可填年度或不填。")
    key: Label | None = Field(None, title="分项", description="星级填 5、4、3 或 0，项目填阶段名称；覆盖率不填。")
    value: Number = Field(title="公布数值", description="公布的数；覆盖率填百分数，不带 %。")
    as_of: Day | None = Field(None, title="截至", description="按哪一天的记录核对；不填按本报告最近更新或公开的日期。")


class Derived(Part):
    """A figure that is computed from the records of this site."""

    kind: Literal["coverage", "stars", "stages"] = Field(
        title="计算内容", description="coverage 应建单位品牌覆盖率、stars 支部星级分布、stages 书记项目阶段分布。"
    )
    name: Title = Field(title="名称", description="显示的名称。")
    definition: Text = Field(title="定义", description="量的是什么、怎么算，一两句话。")
    years: tuple[Year, ...] = Field((), title="年度", description="只算哪些年度；不填即全部。")
    target: Target | None = Field(None, title="目标", description="覆盖率的目标值和完成期限。")
    stated: tuple[Stated, ...] = Field(
        (), title="公布的数字", description="别处公布过的同一个数，用来核对，不一致就报错。"
    )
    headline: Flag = Field(False, title="首页展示", description="要在首页显示的填 true，全站取前三个。")


class Report(YearData):
    """A report to the public."""

    named_within: ClassVar[NamedWithin] = "year"

    title: Title = Field(title="标题", description="报告的名称。")
    indicators: tuple[Indicator, ...] = Field((), title="指标", description="别处统计、在这里公布的指标。")
    derived: tuple[Derived, ...] = Field((), title="自动计算", description="由本站记录自动算出的指标，不用填数。")

    def days(self) -> Iterator[date]:
        """Also the days up to which the data go, and those of their revisions."""
        yield from super().days()
        for each in (value for indicator in self.indicators for value in indicator.series):
            yield each.as_of
            if each.revised_on:
                yield each.revised_on

    def seen_on(self, day: date) -> Self:
        """Without values whose data go beyond ``day``, and with those revised later as they were."""
        seen = super().seen_on(day)
        indicators = tuple(each.seen_on(day) for each in seen.indicators)
        same = all(old is new for old, new in zip(seen.indicators, indicators, strict=True))
        return seen if same else seen.model_copy(update={"indicators": indicators})

    def values(self) -> Iterator[tuple[int, int, Any]]:
        """Every value with the position of its indicator and its own."""
        for at, indicator in enumerate(self.indicators):
            for place, value in enumerate(indicator.series):
                yield at, place, value


def inside(record: Record) -> Iterator[Inside]:
    """The indicators of a report, which others name by their ids."""
    for index, each in enumerate(record.data.indicators):
        yield Inside("indicator", each.id, each.name, ("indicators", index))
