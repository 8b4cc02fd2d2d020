"""The wall of projects with its cards, and the page of each project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from generator.catalog.catalog import Catalog
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.kinds.project.change import besides, goal_view, log, stage_line
from generator.kinds.project.duties import Standing, standing
from generator.kinds.project.model import Project
from generator.kinds.project.stages import SLUGS, STAGES
from generator.messages import say
from generator.problems import Span
from generator.site import wall
from generator.site.context import Made, Page, Public
from generator.site.record_page import foot, heading_of, link, made_up, record_page, with_neighbours
from generator.site.route import ways

SECTION = "projects/"
FOLDER = "content/projects"
LEADERS = {"第一书记": "first-secretary", "党组织书记": "party-secretary", "支部书记": "branch-secretary"}


def address_of(id: str) -> str:
    """The address of a project's page."""
    return f"{SECTION}{id}/"


@dataclass(frozen=True, slots=True)
class _Place:
    """A project with its neighbours on the wall."""

    record: Record
    previous: Record | None = field(repr=False)
    next: Record | None = field(repr=False)
    beside: str | None  # the id of the project that it is seen beside; part of the plan, whatever changes it


def pages(catalog: Catalog, config: SiteConfig) -> Iterator[Page]:
    """The wall, and the page of each project."""
    projects = catalog.all("project")
    yield from wall.pages(wall_of(projects, catalog, config), "projects.html", "projects-facet.html")
    beside = besides(projects)
    for before, record, after in with_neighbours(projects):
        project: Project = record.data
        about = project.problem.split("\n")[0]
        place = _Place(record, before, after, beside.get(record.id))
        yield record_page(record, address_of(record.id), SECTION, about, "project.html", _view, subject=place)


def wall_of(projects: tuple[Record, ...], catalog: Catalog, config: SiteConfig) -> wall.Wall:
    """The wall on which ``projects`` hang."""
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
        "stage": stage_of(project, public),
        "leader": public.word(f"leader.{LEADERS[project.leader_role]}"),
        "duties": {"done": done, "count": len(project.duties)},
        "address": address_of(record.id),
        "sample": project.is_made_up("problem", "stage"),
    }


def stage_of(project: Project, public: Public) -> dict[str, Any]:
    """The stage of a project as views show it."""
    slug = SLUGS[project.stage]
    return {"id": slug, "label": public.word(f"stage.{slug}"), "number": STAGES.index(project.stage) + 1}


def _standings(project: Project, day: date | None) -> list[Standing]:
    return [standing(each.due, each.done_on, day) for each in project.duties]


def _beside(record: Record, other: Record | None, made: Made) -> list[dict[str, Any]]:
    """The record and the other one as columns, the earlier one first; nothing without another."""
    pair = sorted((record, other), key=lambda each: (each.data.year, each.id)) if other else ()
    return [
        card(each, made)
        | {
            "here": each.id == record.id,
            "goals": [goal_view(goal) for goal in each.data.goals],
            "sample": each.data.is_made_up("problem", "stage", "goals", "duties", "evaluation"),
            "grade": each.data.evaluation.grade if each.data.evaluation else "",
        }
        for each in pair
    ]


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
        "stage": {**stage_of(project, made), "address": f"{SECTION}by/stage/{SLUGS[project.stage]}/"},
        "steps": stage_line(project, made),
        "problem": project.problem,
        "goals": [goal_view(each) for each in project.goals],
        "measures": [each.text for each in project.measures],
        "duties": [
            {"task": duty.task, "owner": duty.owner_role, "due": duty.due, "done_on": duty.done_on}
            | {"state": each.state, "days": each.days}
            for duty, each in zip(project.duties, standings, strict=True)
        ],
        "done": sum(each.is_done for each in standings),
        "today": made.today,
        "today_text": made.day(made.today) if made.today else "",
        "log": log(project, made),
        "beside": _beside(record, made.catalog.get("project", place.beside), made),
        "results": [each.text for each in project.results],
        "evaluation": project.evaluation and project.evaluation.model_dump(),
        "exemplary": project.exemplary and project.exemplary.model_dump(),
        "gallery": [view for each in project.gallery if (view := made.picture(record, each))],
        "story": made.story(record.story, page, deeper=1),
        "made_up": made_up(project, made),
        "related": made.related(record)["groups"],
        "foot": foot(page, record, made, heading_of(made, "unit", project.unit)),
        "ways": ways(record, made),
        "previous": place.previous and link(made, "project", place.previous.id),
        "next": place.next and link(made, "project", place.next.id),
    }
