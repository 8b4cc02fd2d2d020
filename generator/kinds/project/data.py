"""What is made of projects beside their pages: tables, the files of the wall, mentions, share cards, linked data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.catalog.catalog import Catalog
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.kinds.project.duties import standing
from generator.kinds.project.model import Project
from generator.kinds.project.pages import LEADERS, address_of, stage_of, wall_of
from generator.media.cards.faces import CardFace
from generator.site import linked, wall_data
from generator.site.context import Listing, Output, Public, Site
from generator.site.mention import Mention
from generator.site.presenter import table_of
from generator.site.record_page import heading_of, link
from generator.site.tables import Cell, Table, columns, joined
from generator.text.dates import known


def outputs(catalog: Catalog, config: SiteConfig) -> Iterator[Output | Listing]:
    """The files from which the wall is filtered and sorted."""
    yield from wall_data.outputs(wall_of(catalog.all("project"), catalog, config))


def mention(record: Record, target: Record, public: Public) -> Mention:
    """A project on the page of a record that it names, with its stage and who leads it."""
    project: Project = record.data
    note = public.word(
        "project.mention",
        year=project.year,
        stage=stage_of(project, public)["label"],
        leader=public.word(f"leader.{LEADERS[project.leader_role]}"),
    )
    is_sample = project.is_made_up("stage", "leader_role", "year")
    return Mention(project.heading, address_of(record.id), note, project.published_on, sample=is_sample)


_COLUMNS = columns(
    "id name year:integer stage leader_role unit brand problem goals goals_count:integer goals_reached:integer "
    "measures duties_count:integer duties_done:integer results grade evaluated_by evaluated_on:date exemplary "
    "published_on:date"
)
_DUTY_COLUMNS = columns("id name number:integer task owner_role due:date done_on:date state days_late:integer")


def tables(public: Public) -> Iterator[Table]:
    """The tables of all projects and of their duties."""
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


def face(record: Record, public: Public) -> CardFace:
    """What share cards and posters show of a project."""
    project: Project = record.data
    photo = next((each for each in project.gallery if public.published_picture(record, each)), None)
    return CardFace(
        title=project.heading,
        label=public.label(public.kind_label("project"), project.year),
        line=project.problem.split("\n")[0],
        unit=heading_of(public, "unit", project.unit),
        text=project.problem,
        photo=public.published_picture(record, photo),
        credit=public.credit(photo),
        note=public.sample_note(project, "name", "problem", "unit"),
    )


def linked_data(record: Record, site: Site) -> linked.Node:
    """A project as schema.org knows one."""
    project: Project = record.data
    exemplary = project.shown("exemplary")
    return {
        "@type": "Project",
        "parentOrganization": linked.organisation(site, project.shown("unit")),
        "foundingDate": project.shown("published_on"),
        "award": [exemplary.batch] if exemplary else [],
        "keywords": [site.kind_label("project"), site.word("year", year=project.year)],
    }
