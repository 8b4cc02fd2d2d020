"""What ``release.yml`` holds, and the computed result of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, PrivateAttr, WithJsonSchema

from generator.catalog.model import Media, NamedWithin, YearData
from generator.catalog.record import Record
from generator.kinds.release import contest, scoresheet, stated
from generator.kinds.release.contest import Decision
from generator.problems import Problem
from generator.schema.fields import Day, Flag, Id, Line, Moment, Part, Text, Title, Whole, fault, number_of, reference

SHEET = "scores.csv"
VOTE, NOTICE = "投票", "公示"

RoundKind = Literal["申报", "推荐", "初评", "投票", "专家", "公示", "发布"]


def _number(value: Any) -> Any:
    if isinstance(value, str) and value.startswith("-"):
        raise fault("expected", what="type.number")
    return number_of(value, 9, 6) if isinstance(value, str) else value


Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema({"type": "number", "minimum": 0})]


class Basis(Part):
    """By what right there is a release (the approval of the activity)."""

    doc: Line = Field(title="批准文件", description="批准开展这次发布的文件名称，有文号的写上文号。")
    issuer: Line = Field(title="批准机关", description="印发文件的机关。")


class Criterion(Part):
    """One thing that judges give points for."""

    id: Id = Field(title="标准编号", description="小写字母、数字和连字符，评分表用它作表头，如 ronghe。")
    name: Title = Field(title="标准名称", description="评分标准的名称，如 融合程度。")
    max: Annotated[Number, Field(gt=0)] = Field(title="满分", description="这一项最多多少分。")


class Round(Part):
    """One round from the call for entries to the release."""

    kind: RoundKind = Field(title="环节", description="申报、推荐、初评、投票、专家、公示或发布。")
    start: Day = Field(title="开始", description="环节的第一天。")
    end: Day = Field(title="结束", description="环节的最后一天，可以和第一天相同。")
    criteria: tuple[Criterion, ...] = Field(
        (), title="评分标准", description="这一轮评什么、每项满分多少；不打分的不填。"
    )
    weight: Annotated[Number, Field(le=100)] = Field(
        Decimal(0), title="权重", description="占总分的百分之几，如 40；不计入总分的写 0 或不填。"
    )
    entered: Annotated[Whole, Field(ge=0)] | None = Field(None, title="进入数", description="进入这一轮的品牌数。")
    advances: Annotated[Whole, Field(ge=1)] | None = Field(
        None, title="晋级数", description="按这一轮得分，前多少名进入下一轮；全部进入的不填。"
    )


class Candidate(Part):
    """A brand that was judged."""

    brand: reference("brand") = Field(title="品牌", description="品牌的编号。")  # type: ignore[valid-type]
    name: Title | None = Field(None, title="当时名称", description="发布时的品牌名称；后来改名或品牌页公开在后的才填。")
    unit: Line | None = Field(None, title="当时单位", description="发布时的单位名称；后来变了或品牌页公开在后的才填。")
    citation: Text | None = Field(None, title="推荐语", description="入选的必填，一两句话说明为什么入选。")


class TieRule(Part):
    """What decides when two have the same result."""

    text: Line = Field(title="并列规则", description="评选办法里的原话，如“总分相同的，专家评审得分高者在前”。")
    order: tuple[Line, ...] = Field((), title="比较次序", description="依次比较什么：环节名称（如 专家）或标准编号。")


class Recusal(Part):
    """A judge who does not judge a candidate."""

    judge: Line = Field(title="评委代号", description="评分表里的匿名代号，如 J03。")
    brand: reference("brand") = Field(title="品牌", description="回避的品牌编号。")  # type: ignore[valid-type]
    reason: Line | None = Field(None, title="回避原因", description="如 与参评单位有隶属关系；不写姓名。")


class Notice(Part):
    """The public notice before a release."""

    working_days: Annotated[Whole, Field(ge=1, le=60)] = Field(
        title="公示工作日", description="评选办法要求公示几个工作日。"
    )
    channel: Line | None = Field(None, title="公示渠道", description="在哪里公示。")
    objections: Annotated[Whole, Field(ge=0)] | None = Field(None, title="收到意见", description="收到几条意见。")
    outcome: Line | None = Field(None, title="处理结果", description="意见怎样处理的，一句话。")


class Result(Part):
    """A row of the stated result."""

    brand: reference("brand") = Field(title="品牌", description="品牌的编号。")  # type: ignore[valid-type]
    total: Number = Field(title="总分", description="加权总分，由程序计算。")
    rank: Annotated[Whole, Field(ge=1)] = Field(title="名次", description="名次，由程序计算。")


@dataclass(slots=True)
class _Memory:
    """What came of the score sheet ``text``. It says nothing of a release that its fields do not."""

    text: str = field(default="", compare=False)
    decision: Decision | None = field(default=None, compare=False)


class Release(YearData):
    """The release of one year."""

    named_within: ClassVar[NamedWithin] = "year"
    # Who was not released is nobody's business; who was is computed and handed out as ``released``.
    internal: ClassVar[frozenset[str]] = Part.internal | {"candidates", "recusals", "results"}
    is_secret: ClassVar[bool] = True

    name: Title = Field(title="发布名称", description="如 2023年度“十佳”党建品牌。")
    approval_basis: Basis = Field(title="批准依据", description="开展这次发布的依据。")
    rule_version: Line = Field(title="评选办法", description="评选办法的名称和版本。")
    quota: Annotated[Whole, Field(ge=1, le=100)] = Field(title="名额", description="发布多少个，通常是 10。")
    announced_on: Moment = Field(
        title="发布时刻", description="如 2023-12-29T15:00；在此之前网站上没有任何结果，到时自动出现。"
    )
    rounds: tuple[Round, ...] = Field(min_length=1, title="环节", description="从申报到发布，按先后排列。")
    candidates: tuple[Candidate, ...] = Field((), title="候选", description="进入第一个评分环节的全部品牌。")
    judges_count: Annotated[Whole, Field(ge=1)] | None = Field(
        None, title="评委人数", description="每个评分环节有几名评委（投票不算）。"
    )
    drop_extremes: Flag = Field(False, title="去掉最高最低", description="去掉一个最高分和一个最低分的填 true。")
    decimals: Annotated[Whole, Field(ge=0, le=4)] = Field(2, title="小数位", description="得分四舍五入到几位小数。")
    tie_rule: TieRule = Field(title="并列处理", description="得分相同怎么办。")
    recusals: tuple[Recusal, ...] = Field((), title="回避", description="哪位评委（匿名代号）不评哪个品牌。")
    notice: Notice = Field(title="公示", description="公示的要求和结果。")
    results: tuple[Result, ...] = Field(
        (), title="结果", description="由 exhibit release 年份 --write 填写，不要手工改；和评分不符会报错。"
    )
    gallery: tuple[Media, ...] = Field((), title="图片", description="发布仪式的图片。")

    _memory: _Memory = PrivateAttr(default_factory=_Memory)

    @property
    def shown_from(self) -> datetime | None:
        """The moment of the announcement: before it the public sees nothing of the release."""
        return self.announced_on if self.status == "published" else None

    def days(self) -> Iterator[date]:
        """The days on which what the public sees of it changed."""
        yield from super().days()
        yield self.announced_on.date()

    @property
    def notice_round(self) -> Round | None:
        """The round of the public notice."""
        return next((each for each in self.rounds if each.kind == NOTICE), None)

    @property
    def rules(self) -> contest.Rules:
        """The rules as the arithmetic needs them."""
        return contest.Rules(
            candidates=tuple(dict.fromkeys(each.brand for each in self.candidates)),
            rounds=tuple(_rules_of(each) for each in self.rounds),
            quota=self.quota,
            drop_extremes=self.drop_extremes,
            decimals=self.decimals,
            tie_order=self.tie_rule.order,
            recused=frozenset((each.judge, each.brand) for each in self.recusals),
        )


def _rules_of(round_: Round) -> contest.Round:
    criteria = tuple(contest.Criterion(each.id, each.name, each.max) for each in round_.criteria)
    return contest.Round(round_.kind, criteria, round_.weight, round_.advances)


def read_sheet(record: Record, names: Mapping[str, str] | None = None) -> tuple[scoresheet.Sheet, tuple[Problem, ...]]:
    """The score sheet of a release and what is wrong in it; ``names`` are those of brands, for hints."""
    release: Release = record.data
    text = record.texts.get(SHEET)
    if text is None:
        return scoresheet.Sheet(()), ()
    rules = release.rules
    candidates = {id: (names or {}).get(id, id) for id in rules.candidates}
    scored = [each for each in rules.rounds if each.criteria]
    return scoresheet.read(text.path, text.text, scoresheet.Rulebook(scored, candidates, rules.recused))


def decide(record: Record) -> Decision:
    """The result of a release, computed from its rules and its score sheet. Kept with the release, however many there
    are, because the page of every candidate asks for it."""
    release: Release = record.data
    kept = record.texts.get(stated.FILE) if SHEET not in record.texts else None  # in the archive of a year
    sheet = kept or record.texts.get(SHEET)
    text = sheet.text if sheet else ""
    memory, rules = release._memory, release.rules  # asked for by everybody who needs the decision (standing/reads.py)
    if memory.decision is None or memory.text != text:
        memory.text, memory.decision = text, stated.read(text, rules) if kept else _settle(rules, text)
    return memory.decision


def _settle(rules: contest.Rules, text: str) -> Decision:
    scored = [each for each in rules.rounds if each.criteria]
    book = scoresheet.Rulebook(scored, {each: each for each in rules.candidates}, rules.recused)
    sheet, _ = scoresheet.read(SHEET, text, book)
    return contest.settle(rules, sheet.ballots())
