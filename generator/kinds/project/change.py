"""What a project changed: its goals as figures before and after, its stages with their days, and a project to see it beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from generator import patterns
from generator.catalog.record import Record
from generator.kinds.project.model import Goal, Project
from generator.kinds.project.stages import ACCEPTANCE, SLUGS, STAGES, UNDER_WAY, Stage
from generator.messages import followed
from generator.site.context import Public

# 2020年为 | 21 | 件 · 平均 | 4.3 | 天 · 90 | % | 以上 · 7.6 | % | ，没有达到: whatever else is words and stays together.
_AMOUNT = patterns.late(
    r"(?P<before>(?:\d{4}年(?:\d{1,2}月|[上下]半年|第?[一二三四]季度)?)?[^\d，、（(；：。~～—-]{0,8}?)"
    r"(?!\d{4}年)(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>\s?[^\d\s.,，、。；：（）()~～—-]{1,6}?)"
    r"(?P<after>\s?(?:以上|以下|以内)?(?:[，（(；].*)?)"
)


def amount(text: str) -> dict[str, str]:
    """``text`` in the parts that a figure is set in: ``before``, ``number``, ``unit``, ``after``, which read one after the other
    are ``text``. What is no single number is all ``words``, and the other parts are empty."""
    found = _AMOUNT.fullmatch(text)
    parts = dict.fromkeys(("before", "number", "unit", "after"), "") if found is None else found.groupdict("")
    return parts | {"words": text if found is None else ""}


def goal_view(goal: Goal) -> dict[str, Any]:
    """A goal as a story of change: where it began, what came of it, what was wanted. ``came`` is missing while it is open."""
    return {
        "text": goal.text,
        "began": amount(goal.baseline) if goal.baseline else None,
        "came": amount(goal.reached) if goal.reached else None,
        "came_on": goal.reached_on,
        "target": amount(goal.target),
        "due": goal.due,
    }


def stage_days(project: Project) -> dict[Stage, tuple[date, date]]:
    """The first and the last day that is known of each stage: the day on which it began, where the record says so; else what
    it says of the work and of the evaluation. A stage of which nothing is known is left out."""
    end = project.evaluation.date if project.evaluation else None
    work = [day for key, day in project.dated() if key[0] in ("goals", "duties", "progress") and (end is None or day <= end)]
    found: dict[Stage, tuple[date, date]] = {UNDER_WAY: (min(work), max(work))} if work else {}
    if end is not None:
        found[ACCEPTANCE] = (end, end)
    found |= {each.stage: (each.date, each.date) for each in project.stage_dates}
    return {each: found[each] for each in STAGES if each in found}


def stage_line(project: Project, public: Public) -> list[dict[str, Any]]:
    """The stages in their order, each with its days and the step of the log where it begins, if any."""
    days = stage_days(project)
    now = STAGES.index(project.stage)
    steps = list(_steps(project))
    line = []
    for number, stage in enumerate(STAGES):
        first, last = days.get(stage, (None, None)) if number <= now else (None, None)
        at = next((index for index, (day, _, _) in enumerate(steps, start=1) if first is not None and day >= first), None)
        line.append(
            {
                "label": public.word(f"stage.{SLUGS[stage]}"),
                "first": first,
                "last": last if last != first else None,
                "anchor": f"step-{at}" if at else None,
                "passed": number <= now,
                "current": number == now,
            }
        )
    return line


def log(project: Project, public: Public) -> list[dict[str, Any]]:
    """What happened, day by day: stages begun, notes of progress, goals reached, the evaluation."""
    return [
        {"date": day, "what": public.word(f"project.step.{what}") if what in _TOLD else "", "kind": what}
        | {"text": public.word(f"stage.{text}") if what == "stage" else text}
        for day, what, text in _steps(project)
    ]


_TOLD = ("goal", "evaluation")  # a stage says its name, and a note what it is of


def _steps(project: Project) -> list[tuple[date, str, str]]:
    """Every step with its day, what it is and its text, which is the slug of a stage that began."""
    steps = [(each.date, "stage", SLUGS[each.stage]) for each in project.stage_dates]
    steps += [(each.date, "progress", each.note) for each in project.progress]
    steps += [
        (each.reached_on, "goal", followed(each.text, f"：{each.reached}" if each.reached else ""))
        for each in project.goals
        if each.reached_on
    ]
    if project.evaluation:
        steps.append((project.evaluation.date, "evaluation", followed(project.evaluation.grade, f"，{project.evaluation.by}")))
    return sorted(steps, key=lambda each: each[0])


def besides(projects: Sequence[Record]) -> dict[str, str]:
    """The id of the project that each is best seen beside, by its own: of the same brand, else of the same unit; of the year before,
    else of the nearest other year, else of the same one. One that stands alone is left out."""
    groups: dict[tuple[str, str], list[Record]] = {}
    for each in projects:
        for key in _groups(each.data):
            groups.setdefault(key, []).append(each)
    found: dict[str, str] = {}
    for each in projects:
        near = ((other for other in groups[key] if other.id != each.id) for key in _groups(each.data))
        best = next(filter(None, (min(others, key=_distance(each), default=None) for others in near)), None)
        if best is not None:
            found[each.id] = best.id
    return found


def _groups(project: Project) -> Iterator[tuple[str, str]]:
    if project.brand:
        yield "brand", project.brand
    yield "unit", project.unit


def _distance(one: Record) -> Any:
    def distance(other: Record) -> tuple[bool, int, bool, str]:
        apart = one.data.year - other.data.year
        return apart == 0, abs(apart), apart < 0, other.id

    return distance
