"""Project 书记项目: a hard problem that a party secretary leads a department through, with goals, duties and dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from generator.catalog.catalog import Catalog
from generator.catalog.kind import Kind, Layout, newest_first
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.kinds.project.duties import Standing, standing
from generator.kinds.project.model import Project, check
from generator.kinds.project.stages import SLUGS, STAGES
from generator.media.cards.faces import CardFace
from generator.messages import Words, say
from generator.problems import Span
from generator.site import linked, wall, wall_data
from generator.site.context import Listing, Made, Output, Page, Public, Site
from generator.site.mention import Mention
from generator.site.presenter import Presenter, table_of
from generator.site.record_page import foot, heading_of, link, made_up, record_page, with_neighbours
from generator.site.route import Stand, hall_name, stands
from generator.site.tables import Cell, Table, columns, joined
from generator.text.dates import known

SECTION = "projects/"
FOLDER = "content/projects"
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
    yield from wall.pages(_wall(projects, catalog, config), "projects.html", "projects-facet.html")
    stops = stands(catalog)
    for before, record, after in with_neighbours(projects):
        project: Project = record.data
        about = project.problem.split("\n")[0]
        place = _Place(record, stops.get(("project", record.id)), before, after)
        yield record_page(record, _address(record.id), SECTION, about, "project.html", _view, subject=place)


def _wall(projects: tuple[Record, ...], catalog: Catalog, config: SiteConfig) -> wall.Wall:
    facets_of = (
        wall.by_year(projects, config),
        wall.Facet("stage", _labels("stage", SLUGS.values(), config), lambda each: (SLUGS[each.data.stage],)),
        wall.Facet("leader", _labels("leader", LEADERS.values(), config), lambda each: (LEADERS[each.data.leader_role],)),
        wall.by_unit(projects, catalog),
    )
    return wall.Wall(
        base=SECTION,
        title=say("projects.title", config.words),
        description=say("projects.description", config.words, site=config.name, count=len(projects)),
        records=projects,
        facets=wall.with_values(facets_of, projects, config),
        page_size=config.limits.wall_page,
        origin=Span(FOLDER),
        card=card,
        macro=("project-parts.html", "cards"),
        downloads=("projects", "project-duties"),
        sorts=wall.sorts(catalog),
    )


def _outputs(catalog: Catalog, config: SiteConfig) -> Iterator[Output | Listing]:
    yield from wall_data.outputs(_wall(catalog.all("project"), catalog, config))


def _labels(group: str, slugs: Iterable[str], config: SiteConfig) -> dict[str, str]:
    return {slug: say(f"{group}.{slug}", config.words) for slug in slugs}


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
        "sample": project.is_made_up("problem", "stage"),
    }


def _stage(project: Project, public: Public) -> dict[str, Any]:
    slug = SLUGS[project.stage]
    return {"id": slug, "label": public.word(f"stage.{slug}"), "number": STAGES.index(project.stage) + 1}


def _standings(project: Project, day: date | None) -> list[Standing]:
    return [standing(each.due, each.done_on, day) for each in project.duties]


def _view(page: Page, made: Made) -> Mapping[str, Any]:
    place = page.about(_Place)
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
        "stage": {**_stage(project, made), "address": f"{SECTION}by/stage/{SLUGS[project.stage]}/"},
        "steps": [made.word(f"stage.{each}") for each in SLUGS.values()],
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
        "made_up": made_up(project, made),
        "related": made.related(record)["groups"],
        "foot": foot(page, project, made, heading_of(made, "unit", project.unit)),
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
    photo = next((each for each in project.gallery if public.published_picture(record, each)), None)
    return CardFace(
        title=project.heading,
        label=public.label(KIND.label.in_language(public.config.words), project.year),
        line=project.problem.split("\n")[0],
        unit=heading_of(public, "unit", project.unit),
        text=project.problem,
        photo=public.published_picture(record, photo),
        credit=public.credit(photo),
        note=public.sample_note(project, "name", "problem", "unit"),
    )


def _linked(record: Record, site: Site) -> linked.Node:
    project: Project = record.data
    exemplary = project.shown("exemplary")
    return {
        "@type": "Project",
        "parentOrganization": linked.organisation(site, project.shown("unit")),
        "foundingDate": project.shown("published_on"),
        "award": [exemplary.batch] if exemplary else [],
        "keywords": [KIND.label.in_language(site.config.words), site.word("year", year=project.year)],
    }


def _mention(record: Record, target: Record, public: Public) -> Mention:
    project: Project = record.data
    note = public.word(
        "project.mention",
        year=project.year,
        stage=_stage(project, public)["label"],
        leader=public.word(f"leader.{LEADERS[project.leader_role]}"),
    )
    is_sample = project.is_made_up("stage", "leader_role", "year")
    return Mention(project.heading, _address(record.id), note, project.published_on, sample=is_sample)


_COLUMNS = columns(
    "id name year:integer stage leader_role unit brand problem goals goals_count:integer goals_reached:integer "
    "measures duties_count:integer duties_done:integer results grade evaluated_by evaluated_on:date exemplary "
    "published_on:date"
)
_DUTY_COLUMNS = columns("id name number:integer task owner_role due:date done_on:date state days_late:integer")


def _tables(public: Public) -> Iterator[Table]:
    yield table_of(public, "project", "projects", "projects.table", _COLUMNS, _cells)
    duties = table_of(public, "project", "project-duties", "duties.table", _DUTY_COLUMNS, _duty_cells)
    yield replace(duties, updated=public.today)  # how late a duty is depends on the day


def _cells(record: Record, public: Public) -> Iterator[dict[str, Cell]]:
    shown = record.data.shown
    unit, brand = link(public, "unit", shown("unit")), link(public, "brand", shown("brand"))
    goals, duties = shown("goals"), shown("duties")
    evaluation, exemplary = shown("evaluation"), shown("exemplary")
    yield {
        "id": record.id,
        **{each: shown(each) for each in ("name", "year", "stage", "leader_role", "problem", "published_on")},
        "unit": unit["name"] if unit else None,
        "brand": brand["name"] if brand else None,
        "goals": joined(public.word("goal.cell", text=each.text, target=each.target) for each in goals or ()),
        "goals_count": None if goals is None else len(goals),
        "goals_reached": None if goals is None else sum(each.reached_on is not None for each in goals),
        "measures": joined(each.text for each in shown("measures") or ()),
        "duties_count": None if duties is None else len(duties),
        "duties_done": None if duties is None else sum(each.done_on is not None for each in duties),
        "results": joined(each.text for each in shown("results") or ()),
        "grade": evaluation.grade if evaluation else None,
        "evaluated_by": evaluation.by if evaluation else None,
        "evaluated_on": evaluation.date if evaluation else None,
        "exemplary": exemplary.batch if exemplary else None,
    }


def _duty_cells(record: Record, public: Public) -> Iterator[dict[str, Cell]]:
    shown = record.data.shown
    for number, duty in enumerate(shown("duties") or (), start=1):
        state = standing(duty.due, duty.done_on, public.today)
        yield {
            "id": record.id,
            "name": shown("name"),
            "number": number,
            "task": duty.task,
            "owner_role": duty.owner_role,
            "due": known(duty.due),
            "done_on": duty.done_on,
            "state": public.word(f"duty.{state.state}"),
            "days_late": state.days,
        }


KIND = Kind(
    name="project", label=Words("书记项目", "project"), model=Project,
    layout=Layout("folder", f"{FOLDER}/{{year}}/{{id}}/project.yml", story="story.md"), address=_address, check=check,
    order=newest_first, about="每个项目一个文件夹，放在所属年度下：project.yml 写字段，story.md 写故事，img/ 放图片。", index=SECTION,
)

PRESENTER = Presenter(
    KIND, pages=_pages, outputs=_outputs, mention=_mention, tables=_tables, face=_face, has_poster=True,
    linked=_linked,
)
