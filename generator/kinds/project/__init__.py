"""Project 书记项目: a hard problem that a party secretary leads a department through, with goals, duties and dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from generator.catalog.catalog import Catalog
from generator.catalog.kind import Kind, Layout, newest_first
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.kinds.project.duties import Standing, standing
from generator.kinds.project.model import Project, check
from generator.media.cards.faces import CardFace
from generator.messages import Words, say
from generator.problems import Span
from generator.site import linked, wall, wall_data
from generator.site.citation import citation
from generator.site.context import Made, Output, Page, Public, Site
from generator.site.mention import Mention
from generator.site.presenter import Presenter
from generator.site.route import Stand, hall_name, link, stands
from generator.site.tables import Column, Table
from generator.text.dates import known

SECTION = "projects/"
FOLDER = "content/projects"
STAGES = {"立项": "approved", "实施": "under-way", "验收": "acceptance", "结项": "closed"}  # as addresses say it
LEADERS = {"第一书记": "first-secretary", "党组织书记": "party-secretary", "支部书记": "branch-secretary"}


def _address(id: str) -> str:
    return f"{SECTION}{id}/"


@dataclass(frozen=True, slots=True)
class _Place:
    """A project with its stand in an exhibition, if it has one, and its neighbours on the wall."""

    record: Record
    stand: Stand | None
    previous: Record | None = field(repr=False)
    next: Record | None = field(repr=False)


def _pages(catalog: Catalog, config: SiteConfig) -> Iterator[Page]:
    projects = catalog.all("project")
    if not projects:
        return
    yield from wall.pages(_wall(projects, catalog, config), "projects.html", "projects-facet.html")
    stops = stands(catalog)
    for before, record, after in zip((None, *projects), projects, (*projects[1:], None), strict=False):
        project: Project = record.data
        yield Page(
            address=_address(record.id),
            section=SECTION,
            title=project.heading,
            origin=record.span("id"),
            description=project.problem.split("\n")[0],
            template="project.html",
            view=_view,
            subject=_Place(record, stops.get(("project", record.id)), before, after),
            changed_on=project.changed_on,
        )


def _wall(projects: tuple[Record, ...], catalog: Catalog, config: SiteConfig) -> wall.Wall:
    divisions = (
        wall.by_year(projects, config),
        wall.Division("stage", _labels("stage", STAGES, config), lambda each: (STAGES[each.data.stage],)),
        wall.Division("leader", _labels("leader", LEADERS, config), lambda each: (LEADERS[each.data.leader_role],)),
        wall.by_unit(projects, catalog),
    )
    return wall.Wall(
        base=SECTION,
        title=say("projects.title", config.words),
        description=say("projects.description", config.words, site=config.name, count=len(projects)),
        records=projects,
        facets=wall.facets(divisions, projects, config),
        page_size=config.limits.wall_page,
        origin=Span(FOLDER),
        card=card,
        macro=("project-parts.html", "cards"),
        downloads=("projects", "project-duties"),
        sorts=wall.sorts(catalog),
    )


def _outputs(catalog: Catalog, config: SiteConfig) -> Iterator[Output]:
    yield from wall_data.outputs(_wall(catalog.all("project"), catalog, config))


def _labels(group: str, slugs: Mapping[str, str], config: SiteConfig) -> dict[str, str]:
    return {slug: say(f"{group}.{slug}", config.words) for slug in slugs.values()}


def card(record: Record, public: Public) -> dict[str, Any]:
    """The view of a project wherever it is one of several."""
    project: Project = record.data
    unit = public.catalog.get("unit", project.unit)
    done = sum(each.is_done for each in _standings(project, public.today))
    return {
        "name": project.name,
        "problem": project.problem.split("\n")[0],
        "unit": unit.data.label if unit else "",
        "year": project.year,
        "stage": _stage(project, public),
        "leader": public.word(f"leader.{LEADERS[project.leader_role]}"),
        "duties": {"done": done, "count": len(project.duties)},
        "address": _address(record.id),
        "sample": _is_sample(project, "problem", "stage"),
    }


def _is_sample(project: Project, *names: str) -> bool:
    """Whether any of the fields is made up: where only a few are shown, the mark stands for those."""
    return project.sample is True or (isinstance(project.sample, tuple) and not set(names).isdisjoint(project.sample))


def _stage(project: Project, public: Public) -> dict[str, Any]:
    slug = STAGES[project.stage]
    return {"id": slug, "label": public.word(f"stage.{slug}"), "number": list(STAGES).index(project.stage) + 1}


def _standings(project: Project, day: date | None) -> list[Standing]:
    return [standing(each.due, each.done_on, day) for each in project.duties]


def _view(page: Page, made: Made) -> Mapping[str, Any]:
    place: _Place = page.subject
    record, project = place.record, place.record.data
    standings = _standings(project, made.today)
    slug = LEADERS[project.leader_role]
    return {
        "name": project.name,
        "unit": link(made, "unit", project.unit),
        "branch": link(made, "branch", project.branch),
        "brand": link(made, "brand", project.brand),
        "year": {"label": made.word("year", year=project.year), "address": f"{SECTION}by/year/{project.year}/"},
        "leader": {"label": made.word(f"leader.{slug}"), "address": f"{SECTION}by/leader/{slug}/"},
        "stage": {**_stage(project, made), "address": f"{SECTION}by/stage/{STAGES[project.stage]}/"},
        "steps": [made.word(f"stage.{each}") for each in STAGES.values()],
        "problem": project.problem,
        "goals": [each.model_dump() for each in project.goals],
        "measures": [each.text for each in project.measures],
        "duties": [
            {"task": duty.task, "owner": duty.owner_role, "due": duty.due, "done_on": duty.done_on}
            | {"state": each.state, "days": each.days}
            for duty, each in zip(project.duties, standings, strict=True)
        ],
        "done": sum(each.is_done for each in standings),
        "today": made.today,
        "today_text": made.day(made.today) if made.today else "",
        "progress": [each.model_dump() for each in sorted(project.progress, key=lambda each: each.date)],
        "results": [each.text for each in project.results],
        "evaluation": project.evaluation and project.evaluation.model_dump(),
        "exemplary": project.exemplary and project.exemplary.model_dump(),
        "gallery": [view for each in project.gallery if (view := made.picture(record, each))],
        "story": made.story(record.story, page, deeper=1),
        "sources": [each.model_dump() for each in project.sources],
        "revisions": [each.model_dump() for each in project.revisions],
        "published_on": project.published_on,
        "updated_on": project.updated_on,
        "sample": project.sample is True,
        "sample_fields": _sample_fields(project),
        "related": made.related(record)["groups"],
        "poster": made.poster(page.address),
        "citation": citation(page, made, (link(made, "unit", project.unit) or {}).get("name", "")),
        **_around(place, made),
    }


def _around(place: _Place, public: Public) -> dict[str, Any]:
    """What comes before and after: in the curated order of an exhibition, else on the wall."""
    stand = place.stand
    if stand is None:
        before, after = (each and link(public, "project", each.id) for each in (place.previous, place.next))
        return {"route": None, "previous": before, "next": after}
    exhibition = link(public, "exhibition", stand.exhibition)
    route = exhibition and {
        "name": exhibition["name"],
        "address": exhibition["address"],
        "hall": hall_name(public, stand.hall, stand.hall_title),
        "hall_address": f"{exhibition['address']}#hall-{stand.hall}",
    }
    before, after = (link(public, *each) if each else None for each in (stand.previous, stand.next))
    return {"route": route, "previous": before, "next": after}


def _face(record: Record, public: Public) -> CardFace:
    project: Project = record.data
    unit = link(public, "unit", project.unit)
    photo = next((each for each in project.gallery if public.published_picture(record, each)), None)
    return CardFace(
        title=project.heading,
        label=public.label(KIND.label.in_language(public.config.words), project.year),
        line=project.problem.split("\n")[0],
        unit=unit["name"] if unit else "",
        text=project.problem,
        photo=public.published_picture(record, photo),
        credit=public.credit(photo),
        note=public.sample_note(project, "name", "problem", "unit"),
    )


def _linked(record: Record, site: Site) -> linked.Node:
    project: Project = record.data
    exemplary = linked.said(project, "exemplary")
    return {
        "@type": "Project",
        "parentOrganization": linked.organisation(site, linked.said(project, "unit")),
        "foundingDate": linked.said(project, "published_on"),
        "award": [exemplary.batch] if exemplary else [],
        "keywords": [KIND.label.in_language(site.config.words), site.word("year", year=project.year)],
    }


def _sample_fields(project: Project) -> list[str]:
    names = project.sample if isinstance(project.sample, tuple) else ()
    return [Project.model_fields[name].title or name for name in names]


def _mention(record: Record, target: Record, public: Public) -> Mention:
    project: Project = record.data
    note = public.word(
        "project.mention",
        year=project.year,
        stage=_stage(project, public)["label"],
        leader=public.word(f"leader.{LEADERS[project.leader_role]}"),
    )
    is_sample = _is_sample(project, "stage", "leader_role", "year")
    return Mention(project.heading, _address(record.id), note, project.published_on, sample=is_sample)


_ID = Column("id", "编号", "text", "项目的编号，网址是 projects/编号/。")
_NAME = Column("name", "项目名称", "text", "项目全称。")
_COLUMNS = (
    _ID,
    _NAME,
    Column("year", "年度", "integer", "参加哪一年的品牌季。"),
    Column("stage", "项目阶段", "text", "立项、实施、验收或结项。"),
    Column("leader_role", "领办人", "text", "第一书记、党组织书记或支部书记。"),
    Column("unit", "所属单位", "text", "单位全称。"),
    Column("brand", "所属品牌", "text", "项目属于哪个品牌；没有的为空。"),
    Column("problem", "要解决的问题", "text", "为什么立这个项目。"),
    Column("goals", "目标", "text", "每个目标写作“目标：目标值”，用分号隔开。"),
    Column("goals_count", "目标数", "integer", "目标有几个。"),
    Column("goals_reached", "已达到的目标数", "integer", "有达到日期的目标有几个。"),
    Column("measures", "举措", "text", "各项举措，用分号隔开。"),
    Column("duties_count", "任务数", "integer", "任务有几项。"),
    Column("duties_done", "已办结的任务数", "integer", "有办结日期的任务有几项。"),
    Column("results", "工作成效", "text", "各条成效，用分号隔开。"),
    Column("grade", "验收评价", "text", "验收得出的等次；还没有的为空。"),
    Column("evaluated_by", "评价单位", "text", "由谁验收。"),
    Column("evaluated_on", "评价日期", "date", "得出评价的日期。"),
    Column("exemplary", "示范批次", "text", "列入哪一批示范项目；没有的为空。"),
    Column("published_on", "公开日期", "date", "记录公开的日期。"),
    Column("sample", "示例内容", "text", "整条是示例写“全部”；部分是示例的列出字段；真实的为空。"),
)
_DUTY_COLUMNS = (
    _ID,
    _NAME,
    Column("number", "序号", "integer", "任务在项目中的序号，从 1 开始。"),
    Column("task", "任务", "text", "要办的一件事。"),
    Column("owner_role", "责任岗位", "text", "由哪个岗位或科室负责。"),
    Column("due", "办结期限", "date", "在哪一天以前办结；长期的为空。"),
    Column("done_on", "办结日期", "date", "办结的日期；没有办结的为空。"),
    Column("state", "状态", "text", "按期办结、逾期办结、逾期未办结或办理中，截至本表的更新日期。"),
    Column("days_late", "逾期天数", "integer", "比期限晚了几天；没有逾期的为 0。"),
)


def _tables(public: Public) -> Iterator[Table]:
    projects = public.catalog.all("project")
    if not projects:
        return
    changed = max((each.data.changed_on for each in projects if each.data.changed_on), default=None)
    title, about = public.word("projects.table"), public.word("projects.table.about")
    yield Table("projects", title, about, _COLUMNS, tuple(_row(each, public) for each in projects), changed)
    title, about = public.word("duties.table"), public.word("duties.table.about")
    rows = tuple(row for each in projects for row in _duty_rows(each, public))
    yield Table("project-duties", title, about, _DUTY_COLUMNS, rows, public.today)


def _row(record: Record, public: Public) -> tuple[Any, ...]:
    project: Project = record.data
    unit, brand = link(public, "unit", project.unit), link(public, "brand", project.brand)
    grade = project.evaluation
    return (
        record.id,
        project.name,
        project.year,
        project.stage,
        project.leader_role,
        unit["name"] if unit else None,
        brand["name"] if brand else None,
        project.problem,
        ";".join(public.word("goal.cell", text=each.text, target=each.target) for each in project.goals),
        len(project.goals),
        sum(each.reached_on is not None for each in project.goals),
        ";".join(each.text for each in project.measures),
        len(project.duties),
        sum(each.done_on is not None for each in project.duties),
        ";".join(each.text for each in project.results),
        grade.grade if grade else None,
        grade.by if grade else None,
        grade.date if grade else None,
        project.exemplary.batch if project.exemplary else None,
        project.published_on,
        public.word("project.sample_whole") if project.sample is True else ";".join(_sample_fields(project)),
    )


def _duty_rows(record: Record, public: Public) -> Iterator[tuple[Any, ...]]:
    project: Project = record.data
    for number, (duty, state) in enumerate(zip(project.duties, _standings(project, public.today), strict=True), start=1):
        label = public.word(f"duty.{state.state}")
        yield (record.id, project.name, number, duty.task, duty.owner_role, known(duty.due), duty.done_on, label, state.days)


KIND = Kind(
    name="project",
    label=Words("书记项目", "project"),
    model=Project,
    layout=Layout("folder", f"{FOLDER}/{{year}}/{{id}}/project.yml", story="story.md"),
    address=_address,
    check=check,
    order=newest_first,
    about="每个项目一个文件夹，放在所属年度下：project.yml 写字段，story.md 写故事，img/ 放图片。",
    index=SECTION,
)

PRESENTER = Presenter(
    KIND,
    pages=_pages,
    outputs=_outputs,
    mention=_mention,
    tables=_tables,
    face=_face,
    has_poster=True,
    linked=_linked,
)
