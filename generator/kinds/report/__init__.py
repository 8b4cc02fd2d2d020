"""Report 公开报告: figures for the public, each with its definition, its source and what became of its target."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.catalog.catalog import Catalog
from generator.catalog.kind import Kind, Layout, newest_first
from generator.catalog.record import Inside, Record
from generator.config import SiteConfig
from generator.kinds.report.checks import check
from generator.kinds.report.model import Report
from generator.kinds.report.pages import figures_of, index_view, report_view
from generator.kinds.report.tables import tables, tables_of
from generator.media.cards.faces import CardFace
from generator.messages import Words, say
from generator.site import linked
from generator.site.context import Page, Public, Site
from generator.site.presenter import Presenter, Searched
from generator.site.record_page import index_page, record_page

SECTION = "reports/"
HEADLINES = 3


def _address(id: str) -> str:
    return f"{SECTION}{id}/"


def _pages(catalog: Catalog, config: SiteConfig) -> Iterator[Page]:
    reports = catalog.all("report")
    tables: tuple[str, ...] = ("indicators",)
    yield index_page(SECTION, "reports", config, "content/reports", "reports.html", index_view, downloads=tables)
    for record in reports:
        report: Report = record.data
        about = say("report.description", config.words, title=report.title, site=config.name)
        tables = tables_of(report)
        yield record_page(record, _address(record.id), SECTION, about, "report.html", report_view, downloads=tables)


def _inside(record: Record) -> Iterator[Inside]:
    for index, each in enumerate(record.data.indicators):
        yield Inside("indicator", each.id, each.name, ("indicators", index))


def headline_figures(public: Public) -> list[dict[str, Any]]:
    """At most three figures for the home page, those that reports mark with ``headline``, in the order of the reports:
    ``value`` as text, ``label``, ``note``, ``as_of`` (a date; ``sample_date`` if it is sample content), ``address`` of the
    definition, ``sample``."""
    found = [
        {name: each[name] for name in ("value", "label", "note", "as_of", "sample", "sample_date")}
        | {"address": f"{_address(record.id)}#{each['anchor']}"}
        for record in public.catalog.all("report")
        for each in figures_of(record, public, only_headlines=True)
    ]
    return found[:HEADLINES]


def _face(record: Record, public: Public) -> CardFace:
    report: Report = record.data
    figures = figures_of(record, public, only_headlines=True)
    shown = next((each for each in figures if not each["sample"] and not each["sample_date"]), None)
    return CardFace(
        title=report.heading,
        label=public.label(KIND.label.in_language(public.config.words), report.year),
        line=public.word("share.figure", **shown) if shown else "",
        unit=public.config.footer.organiser or "",
        note=public.sample_note(report, "title"),
    )


def _linked(record: Record, site: Site) -> linked.Node:
    """A report as a data set: what it measures, and the files it can be had in."""
    report: Report = record.data
    licence = site.config.data.licence
    owner = site.config.data.publisher or site.config.footer.organiser
    indicators = report.shown("indicators") or ()
    return {
        "@type": "Dataset",
        "creator": {"@type": "GovernmentOrganization", "name": owner} if owner else None,
        "license": licence.address if licence else None,
        "isAccessibleForFree": True,
        "variableMeasured": [each.name for each in indicators],
        "dateModified": site.last_change([record]),
        "distribution": linked.distribution(site, tables_of(report)),
    }


KIND = Kind(
    name="report", label=Words("公开报告", "report"), model=Report,
    layout=Layout("folder", "content/reports/{id}/report.yml", story="intro.md"), address=_address, check=check,
    order=newest_first, about="每份报告一个文件夹：report.yml 写指标，intro.md 写说明。", index=SECTION, is_announced=True,
    inside=_inside, holds=("indicator",),
)

PRESENTER = Presenter(
    KIND, pages=_pages, tables=tables, face=_face, linked=_linked, searched=Searched(left_out=("period", "key")),  # 2023-H1 is shown as 2023年上半年
)
