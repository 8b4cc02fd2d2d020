"""Calendar 工作日历: the days off of each year, as the State Council arranges them. A city may replace it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from generator.catalog.catalog import Catalog
from generator.catalog.inspection import Inspection
from generator.catalog.kind import Kind, Layout
from generator.catalog.model import NamedWithin, RecordData
from generator.catalog.record import Record
from generator.kinds.calendar.workdays import WorkCalendar, days
from generator.messages import Words, words
from generator.problems import Problem, problem
from generator.schema.fields import Day, Id, Line, Part, Title, Year
from generator.site.presenter import Presenter
from generator.text.numerals import natural

LONGEST = 31  # days off in a row; a year that is mistyped would make it a hundred thousand


class Holiday(Part):
    """Days off in a row."""

    name: Title = Field(title="名称", description="节日的名称，如 春节。")
    first: Day = Field(title="第一天", description="放假的第一天。")
    last: Day = Field(title="最后一天", description="放假的最后一天，和第一天可以相同。")


class CalendarYear(RecordData):
    """The arrangements of one year."""

    is_dated: ClassVar[bool] = False
    needs_review: ClassVar[bool] = False
    named_within: ClassVar[NamedWithin] = "nowhere"

    id: Id = Field(title="编号", description='年份，如 "2024"。')
    year: Year | None = Field(None, title="年度", description="编号就是年份，可不填。")
    status: Literal["draft", "review", "published", "withdrawn"] = Field(
        "published", title="状态", description="不填即采用；draft 草稿不参与计算。"
    )
    holidays: tuple[Holiday, ...] = Field(
        (), title="放假", description="放假的日子，含连着的周末；元旦可以从上年末算起。"
    )
    workdays: tuple[Day, ...] = Field((), title="调休上班", description="要上班的周末。")
    source: Line | None = Field(None, title="依据", description="国务院办公厅当年的通知。")


def _check(record: Record, inspection: Inspection) -> Iterator[Problem]:
    for index, each in enumerate(record.data.holidays):
        length = (each.last - each.first).days + 1
        if length > LONGEST:
            first, last = each.first.isoformat(), each.last.isoformat()
            span = record.span("holidays", index, "last")
            yield problem("DAT-013", span, first=first, last=last, days=length, most=LONGEST)
        if each.last < each.first:
            late, early = words("calendar.last"), words("calendar.first")
            yield problem("DAT-004", record.span("holidays", index, "last"), late=late, early=early)


def work_calendar(catalog: Catalog) -> WorkCalendar:
    """The calendar that ``catalog`` holds; without records only weekends are free."""
    years = [each.data for each in catalog.all("calendar") if each.data.status == "published"]
    holidays = [each for year in years for each in year.holidays if (each.last - each.first).days < LONGEST]
    return WorkCalendar(
        holidays=frozenset(day for each in holidays for day in days(each.first, each.last)),
        workdays=frozenset(day for year in years for day in year.workdays),
        years=frozenset(int(year.id) for year in years if year.id.isdigit()),
    )


KIND = Kind(
    name="calendar", label=Words("工作日历", "calendar"), model=CalendarYear,
    layout=Layout("roster", "content/calendar.yml"), address=None, check=_check,
    order=lambda record: natural(record.id), about="每年一条：放假和调休上班的日子，用来数工作日。可以换成本地的日历。",
)

PRESENTER = Presenter(KIND)
