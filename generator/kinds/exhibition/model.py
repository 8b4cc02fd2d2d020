"""What an exhibition record holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar, Literal, Self

from pydantic import Field

from generator.catalog.model import Media, NamedWithin, YearData
from generator.schema.fields import Caption, Day, End, Id, Line, Panel, Part, Text, Title, reference
from generator.text.dates import is_over, known, rank

Status = Literal["计划", "进行中", "已结束", "取消"]


class Visual(Media):
    """A picture that stands across a whole page."""

    widths: ClassVar[tuple[int, ...]] = (640, 1280, 1920)
    least: ClassVar[int] = 1280


class Item(Part):
    """Something that hangs in a hall: exactly one of the three with what its label says, or a panel between two of them."""

    brand: reference("brand") | None = Field(None, title="品牌", description="展出一个品牌时，填品牌编号。")  # type: ignore[valid-type]
    project: reference("project") | None = Field(None, title="书记项目", description="展出一个项目时，填项目编号。")  # type: ignore[valid-type]
    video: reference("video") | None = Field(None, title="视频", description="展出一个视频时，填视频编号。")  # type: ignore[valid-type]
    label: Caption | None = Field(
        None, title="展签", description="站在这件展品前读的一两句话，不超过 120 个字；不填时用展品自己的口号或简介。"
    )
    panel: Panel | None = Field(
        None, title="文字板", description="挂在前后两件展品之间的两三句话，不超过 200 个字；它不是展品，不编号，单独写成一条。"
    )


class Hall(Part):
    """A hall with what hangs in it, in the order of the visit."""

    title: Title = Field(title="展厅名称", description="这一厅讲什么，几个字。")
    intro: Text | None = Field(None, title="展厅导语", description="进厅先读的一两句话。")
    picture: Visual | None = Field(
        None, title="展厅图片", description="进厅先看到的一幅横图，宽 1920 像素以上最好；不填时只有标题和底色。"
    )
    items: tuple[Item, ...] = Field(
        (), title="展品", description="按参观顺序排列，每条写 brand、project、video 之一，或写一块文字板 panel。"
    )


class Stop(Part):
    """A stop of the tour."""

    id: Id | None = Field(
        None, title="编号", description="小写字母、数字和连字符，定了不改；日历靠它认出这一站，没有就靠场地名。"
    )
    venue: Title = Field(title="场地", description="在哪里展出，如“市政务服务中心一楼大厅”。")
    address: Line | None = Field(None, title="地址", description="街道和门牌，让人找得到。")
    start: Day = Field(title="开始日期", description="第一天。")
    end: End = Field(title="结束日期", description="最后一天（当天仍然开放）；没有结束日期的写 长期。")
    hours: Line | None = Field(None, title="开放时间", description="每天几点到几点，哪几天不开放。")
    access: Text | None = Field(None, title="参观方式", description="怎么进、要不要预约，无障碍条件。")
    status: Status = Field(title="状态", description="计划、进行中、已结束或取消。")

    def status_on(self, day: date) -> Status:
        """What the dates say of ``day``."""
        if day < self.start:
            return "计划"
        return "已结束" if is_over(self.end, day) else "进行中"

    def fits(self, day: date) -> bool:
        """Whether the status can be true on ``day``. On its first and its last day a stop may be before or after."""
        return {
            "计划": day <= self.start,
            "进行中": self.start <= day <= rank(self.end),
            "已结束": rank(self.end) <= day,
            "取消": True,
        }[self.status]

    def seen_on(self, day: date) -> Stop:
        """The stop as it stood on ``day``: nothing had begun or ended before its time."""
        ahead = day < self.start if self.status == "进行中" else self.status == "已结束" and day < rank(self.end)
        return self.model_copy(update={"status": self.status_on(day)}) if ahead else self


class Exhibition(YearData):
    """An exhibition: halls in a curated order, and the places where it can be seen."""

    named_within: ClassVar[NamedWithin] = "year"

    theme: Title = Field(title="展览主题", description="展览叫什么。")
    mode: Literal["online", "offline", "both"] = Field(
        title="展出方式", description="online 线上、offline 线下、both 线上线下同步。"
    )
    halls: tuple[Hall, ...] = Field((), title="展厅", description="按参观顺序排列。")
    stops: tuple[Stop, ...] = Field(
        (), title="巡展站点", description="按时间排列；日历按编号 id 认出每一站，没有编号的按场地名。"
    )
    poster: Visual | None = Field(
        None, title="海报", description="展览的主视觉图，横幅铺满展览页的顶部，宽 1920 像素以上最好。"
    )

    @property
    def heading(self) -> str:
        """The theme where there is no title."""
        return self.title or self.theme

    def days(self) -> Iterator[date]:
        """Also the days on which a stop began or ended."""
        yield from super().days()
        for stop in self.stops:
            if stop.status in ("进行中", "已结束"):
                yield stop.start
            ended = known(stop.end)
            if stop.status == "已结束" and ended:
                yield ended

    def seen_on(self, day: date) -> Self:
        """The exhibition with its stops as they stood on ``day``."""
        data = super().seen_on(day)
        stops = tuple(stop.seen_on(day) for stop in self.stops)
        return data if stops == self.stops else data.model_copy(update={"stops": stops})


def keys(stops: Sequence[Stop]) -> tuple[str, ...]:
    """The permanent name of each stop: its id, else its venue, and for a venue that is visited again how often that was
    so before. Neither new dates nor another order of the list change it."""
    made = {}
    visits: dict[str, int] = {}
    for at, stop in sorted(enumerate(stops), key=lambda each: (each[1].start, rank(each[1].end), each[0])):
        visits[stop.venue] = number = visits.get(stop.venue, 0) + (stop.id is None)
        made[at] = f"stop/{stop.id}" if stop.id else f"venue/{stop.venue}" + (f"/{number}" if number > 1 else "")
    return tuple(made[at] for at in range(len(stops)))
