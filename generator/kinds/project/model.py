"""What a project record holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar, Literal, Self, TypeVar

from pydantic import Field

from generator.catalog.model import Media, NamedWithin, YearData
from generator.kinds.project.stages import ACCEPTANCE, CLOSED, STAGES, UNDER_WAY, Stage
from generator.schema.fields import Day, End, Line, Part, Text, Title, reference
from generator.yaml.strict import KeyPath

AnyPart = TypeVar("AnyPart", bound=Part)
Leader = Literal["第一书记", "党组织书记", "支部书记"]


class Goal(Part):
    """Something the project wants to reach, measurable."""

    text: Line = Field(title="目标", description="要达到什么，一句话。")
    baseline: Line | None = Field(None, title="基线", description="开始时是多少，写清时间和口径。")
    target: Line = Field(title="目标值", description="要达到多少。")
    due: End = Field(title="期限", description="在哪一天以前达到；没有期限、一直做下去的写 长期。")
    reached: Line | None = Field(None, title="达到情况", description="实际达到多少；没有达到的照实写。")
    reached_on: Day | None = Field(None, title="达到日期", description="达到目标的日期。")


class Measure(Part):
    """Something the project does."""

    text: Text = Field(title="举措", description="谁做什么、怎么做，一两句话。")


class Duty(Part):
    """A task with an owner and a deadline."""

    task: Line = Field(title="任务", description="要办的一件事。")
    owner_role: Line = Field(title="责任岗位", description="由哪个岗位或科室负责，不写姓名。")
    due: End = Field(title="办结期限", description="在哪一天以前办结；没有期限、一直做下去的写 长期。")
    done_on: Day | None = Field(None, title="办结日期", description="办结的日期；没有办结的不填。")


class StageDate(Part):
    """The day on which a stage began."""

    stage: Stage = Field(title="阶段", description=f"{'、'.join(STAGES[:-1])}或{CLOSED}。")
    date: Day = Field(title="日期", description="从哪一天起进入这个阶段。")


class Note(Part):
    """An entry of the log."""

    date: Day = Field(title="日期", description="发生的日期。")
    note: Text = Field(title="进展", description="这一天有了什么进展，一两句话。")


class Outcome(Part):
    """Something that came of it."""

    text: Line = Field(title="成效", description="一句话，有数字的写清数字和时间。")


class Evaluation(Part):
    """What those who examined the project say of it."""

    grade: Line = Field(title="评价等次", description="验收得出的等次，如“优秀”“合格”。")
    by: Line = Field(title="评价单位", description="由谁验收，不写姓名。")
    date: Day = Field(title="评价日期", description="得出评价的日期。")


class Exemplary(Part):
    """The batch in which the project was named a demonstration project."""

    batch: Line = Field(title="示范批次", description="列入哪一批示范项目。")
    basis: Line | None = Field(None, title="依据", description="文号或材料名称。")


class Project(YearData):
    """A project that a party secretary leads."""

    named_within: ClassVar[NamedWithin] = "year"

    name: Title = Field(title="项目名称", description="项目全称。")
    aliases: tuple[Line, ...] = Field((), title="又称", description="人们还会怎样叫它，搜索时也找得到；没有就不填。")
    leader_role: Leader = Field(title="领办人", description="第一书记、党组织书记或支部书记，只写职务，不写姓名。")
    unit: reference("unit") = Field(title="所属单位", description="content/units.yml 中的编号。")  # type: ignore[valid-type]
    branch: reference("branch") | None = Field(None, title="所属支部", description="支部的编号。")  # type: ignore[valid-type]
    brand: reference("brand") | None = Field(None, title="所属品牌", description="项目属于哪个品牌，填品牌编号。")  # type: ignore[valid-type]
    problem: Text = Field(title="要解决的问题", description="为什么立这个项目，遇到了什么难题。")
    goals: tuple[Goal, ...] = Field(min_length=1, title="目标", description="可以衡量的目标，至少一个。")
    measures: tuple[Measure, ...] = Field(min_length=1, title="举措", description="怎么做，至少一条。")
    duties: tuple[Duty, ...] = Field((), title="任务清单", description="每项任务的责任岗位和期限。")
    stage: Stage = Field(title="项目阶段", description=f"{'、'.join(STAGES[:-1])}或{CLOSED}。")
    stage_dates: tuple[StageDate, ...] = Field(
        (), title="阶段日期", description="各阶段从哪一天开始，从早到晚；没有记录的阶段不填。"
    )
    progress: tuple[Note, ...] = Field((), title="进展记录", description="按日期记录进展。")
    results: tuple[Outcome, ...] = Field((), title="工作成效", description="验收和结项时必填。")
    evaluation: Evaluation | None = Field(None, title="验收评价", description="结项时必填。")
    exemplary: Exemplary | None = Field(None, title="示范项目", description="列为示范项目的填写。")
    gallery: tuple[Media, ...] = Field((), title="图片", description="项目图集。")

    def days(self) -> Iterator[date]:
        """Also the days of the log, of goals reached, duties done, and the evaluation."""
        yield from super().days()
        yield from (day for _, day in self.dated())

    def dated(self) -> Iterator[tuple[KeyPath, date]]:
        """Every day on which something happened, with its place in the record."""
        for index, goal in enumerate(self.goals):
            if goal.reached_on:
                yield ("goals", index, "reached_on"), goal.reached_on
        for index, duty in enumerate(self.duties):
            if duty.done_on:
                yield ("duties", index, "done_on"), duty.done_on
        for index, begun in enumerate(self.stage_dates):
            yield ("stage_dates", index, "date"), begun.date
        for index, note in enumerate(self.progress):
            yield ("progress", index, "date"), note.date
        if self.evaluation:
            yield ("evaluation", "date"), self.evaluation.date

    def seen_on(self, day: date) -> Self:
        """The project without what happened later. Where stages have no dates, they follow from what has: while goals were
        still being reached and duties done it was under way, without results; until its evaluation it was not closed.
        """
        data = super().seen_on(day)
        later = [key[0] for key, each in self.dated() if each > day]
        if not later:
            return data
        goals = tuple(_without(each, day, "reached_on", "reached") for each in self.goals)
        seen: dict[str, Any] = {
            "goals": goals,
            "duties": tuple(_without(each, day, "done_on") for each in self.duties),
            "progress": tuple(each for each in self.progress if each.date <= day),
        }
        was_evaluated = self.evaluation is not None and "evaluation" not in later
        if "evaluation" in later:
            seen |= {"evaluation": None, "stage": ACCEPTANCE}
        if set(later) - {"evaluation", "stage_dates"} and self.stage in (ACCEPTANCE, CLOSED) and not was_evaluated:
            undated = tuple(each if each.reached_on else each.model_copy(update={"reached": None}) for each in goals)
            seen |= {"stage": UNDER_WAY, "results": (), "goals": undated}
        return data.model_copy(update=seen | self._stage_before(day, seen.get("stage", self.stage)))

    def _stage_before(self, day: date, stage: Stage) -> dict[str, object]:
        """Of ``stage`` and its dates what was so on ``day``: no stage that began later, and no results before acceptance."""
        kept = tuple(each for each in self.stage_dates if each.date <= day)
        later = [STAGES.index(each.stage) for each in self.stage_dates if each.date > day]
        at = min([STAGES.index(stage), *(max(each - 1, 0) for each in later)])
        found: dict[str, object] = {"stage_dates": kept, "stage": STAGES[at]}
        return found if at >= STAGES.index(ACCEPTANCE) else found | {"results": ()}


def _without(part: AnyPart, day: date, dated: str, *more: str) -> AnyPart:
    """``part`` without its date and what belongs to it, if it is later than ``day``."""
    when = getattr(part, dated)
    return part.model_copy(update=dict.fromkeys((dated, *more))) if when and when > day else part
