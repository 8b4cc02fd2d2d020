"""What the schema cannot see of a project: its stage, its days, its duties."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.catalog.inspection import Inspection
from generator.catalog.model import RecordData
from generator.catalog.record import Record
from generator.kinds.project.duties import standing
from generator.kinds.project.model import Project, StageDate
from generator.kinds.project.stages import ACCEPTANCE, APPROVED, CLOSED, STAGES, UNDER_WAY
from generator.messages import LANGUAGES, Words, say, words
from generator.problems import Problem, problem
from generator.schema.validation import label_of
from generator.text.dates import known
from generator.yaml.strict import KeyPath


def check(record: Record, inspection: Inspection) -> Iterator[Problem]:
    """What the schema cannot see of one project."""
    project: Project = record.data
    folder = record.folder.split("/")[-2]
    if folder != str(project.year):
        yield problem("PRJ-004", record.span("year"), year=project.year, folder=folder)
    yield from _check_stage(record)
    yield from _check_stage_dates(record)
    yield from _check_days(record, _known_until(project, inspection.today))
    if project.status not in ("draft", "withdrawn"):
        yield from _overdue(record, inspection.today)


def _check_stage(record: Record) -> Iterator[Problem]:
    project: Project = record.data
    stage = project.stage
    if stage in (ACCEPTANCE, CLOSED) and not project.results:
        yield problem("PRJ-002", record.span("stage"), stage=stage, missing=_label("results"))
    if stage == CLOSED and project.evaluation is None:
        yield problem("PRJ-002", record.span("stage"), stage=stage, missing=_label("evaluation"))
    if stage in (APPROVED, UNDER_WAY) and project.evaluation is not None:
        yield problem("PRJ-005", record.span("evaluation"), stage=stage)
    for index, duty in enumerate(project.duties if stage == CLOSED else ()):
        if duty.done_on is None and known(duty.due):  # what is long-term goes on
            yield problem("PRJ-003", record.span("duties", index, "task"), task=duty.task)


def _check_stage_dates(record: Record) -> Iterator[Problem]:
    """Each stage once, in their order, none that has not been reached."""
    project: Project = record.data
    before: StageDate | None = None
    for index, each in enumerate(project.stage_dates):
        key = ("stage_dates", index, "stage")
        if STAGES.index(each.stage) > STAGES.index(project.stage):
            yield _fault(record, key, "ahead", stage=each.stage, now=project.stage)
        elif before is not None and each.stage == before.stage:
            yield _fault(record, key, "twice", stage=each.stage)
        elif before is not None and (STAGES.index(each.stage) < STAGES.index(before.stage) or each.date < before.date):
            yield _fault(record, key, "order", stage=each.stage, before=before.stage)
        before = each


def _fault(record: Record, at: KeyPath, name: str, **values: object) -> Problem:
    said = Words(*(say(f"project.fault.{name}", language, **values) for language in LANGUAGES))
    return problem("PRJ-007", record.span(*at), fault=said)


def _known_until(project: Project, today: date) -> date:
    """The last day of which the record can know: an edition of the past still reads what was written since."""
    return max([today, *RecordData.days(project)])


def _check_days(record: Record, known: date) -> Iterator[Problem]:
    project: Project = record.data
    begin = date(project.year, 1, 1)
    for key, day in project.dated():
        if day > known:
            yield problem("PRJ-006", record.span(*key), label=_label(*key), date=day.isoformat())
        elif day < begin and key[0] not in ("progress", "stage_dates"):  # a project may be prepared and approved before
            late, early = words(f"date.{key[-1] if key[-1] != 'date' else 'evaluation'}"), words("date.project_year")
            yield problem("DAT-004", record.span(*key), late=late, early=early)


def _overdue(record: Record, today: date) -> Iterator[Problem]:
    project: Project = record.data
    if project.stage == CLOSED:
        return  # PRJ-003 already says it
    for index, duty in enumerate(project.duties):
        state = standing(duty.due, duty.done_on, today)
        if state.state == "overdue":
            yield problem("PRJ-001", record.span("duties", index, "due"), task=duty.task, days=state.days)


def _label(*key: str | int) -> object:
    return label_of(Project, key)
