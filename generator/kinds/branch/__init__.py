"""Branch 支部: a branch of a unit with the stars it was given. It has no page; its unit's page names it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, WithJsonSchema

from generator.catalog.inspection import Inspection
from generator.catalog.kind import Kind, Layout
from generator.catalog.model import NamedWithin, RecordData
from generator.catalog.record import Record
from generator.messages import Words
from generator.problems import Problem, problem
from generator.schema.fields import Id, Line, Number, Part, Title, Year, reference
from generator.site.context import Public
from generator.site.mention import Mention
from generator.site.presenter import Presenter, table_of
from generator.site.tables import Cell, Table, columns
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


def _check(record: Record, inspection: Inspection) -> Iterator[Problem]:
    first: dict[str, int] = {}
    latest = 0
    for index, each in enumerate(record.data.star_records):
        if each.batch in first:
            earlier = record.span("star_records", first[each.batch], "batch")
            yield problem("IND-002", record.span("star_records", index, "batch"), period=each.batch, first=str(earlier))
            continue
        first[each.batch] = index
        if each.year < latest:
            yield problem("IND-015", record.span("star_records", index, "year"), year=each.year, before=latest)
        latest = max(latest, each.year)


def _mention(record: Record, target: Record, public: Public) -> Mention | None:
    branch: Branch = record.data
    rating = branch.latest
    note = ""
    if rating:
        star = int(rating.star)
        label = public.word(f"star.{star}")
        shown = public.word("branch.stars", stars="★" * star, label=label) if star else label
        note = public.word("branch.note", stars=shown, batch=rating.batch, year=rating.year)
    return Mention(title=branch.heading, address=None, note=note, sample=branch.is_sample)


_COLUMNS = columns("branch branch_name unit unit_name batch year:integer star:integer score:number doc")


def _tables(public: Public) -> Iterator[Table]:
    yield table_of(public, "branch", "branches", "branches.table", _COLUMNS, _cells)


def _cells(record: Record, public: Public) -> Iterator[dict[str, Cell]]:
    shown = record.data.shown
    unit = public.catalog.get("unit", shown("unit"))
    known: dict[str, Cell] = {
        "branch": record.id,
        "branch_name": None if "name" in record.data.sample_fields else record.data.heading,
        "unit": shown("unit"),
        "unit_name": unit.data.heading if unit else None,
    }
    facts = ("batch", "year", "star", "score", "doc")
    for each in sorted(shown("star_records") or (), key=StarRecord.order):
        yield known | {name: getattr(each, name) for name in facts}
    if not shown("star_records"):
        yield known | dict.fromkeys(facts)


KIND = Kind(
    name="branch", label=Words("支部", "branch"), model=Branch, layout=Layout("roster", BRANCHES_FILE), address=None,
    check=_check, order=lambda record: record.at, about="名册：一个文件列出支部和历次星级评定结果，不写党员名单。",
)

PRESENTER = Presenter(KIND, mention=_mention, tables=_tables)
