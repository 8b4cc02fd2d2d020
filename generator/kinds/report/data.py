"""What is made of reports beside their pages and tables: share cards, linked data, what is found of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.catalog.record import Record
from generator.kinds.report.charting import amount, day_text
from generator.kinds.report.computed import derived_view
from generator.kinds.report.model import Report
from generator.kinds.report.pages import anchor_of, figures_of, latest_figure, numbered
from generator.kinds.report.tables import tables_of
from generator.media.cards.faces import CardFace
from generator.site import linked
from generator.site.context import Public, Site
from generator.site.presenter import Found


def face(record: Record, public: Public) -> CardFace:
    """What share cards show of a report."""
    report: Report = record.data
    figures = figures_of(record, public, only_headlines=True)
    shown = next((each for each in figures if not each["sample"] and not each["sample_date"]), None)
    return CardFace(
        title=report.heading,
        label=public.label(public.kind_label("report"), report.year),
        line=public.word("share.figure", **shown) if shown else "",
        unit=public.config.footer.organiser or "",
        note=public.sample_note(report, "title"),
    )


def linked_data(record: Record, site: Site) -> linked.Node:
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


def anchors(report: Report) -> tuple[str, ...]:
    """Where the figures of a report stand on its page: those of its indicators, and those that are computed."""
    return (*map(anchor_of, report.indicators), *(anchor for _, anchor in numbered(report)))


def found(record: Record, public: Public) -> Iterator[Found]:
    """Every figure of a report as it is found by itself, in the order of ``anchors``."""
    report: Report = record.data
    for each in report.indicators:
        texts = (each.definition, *(amount(one.value, each.unit, one.bound) for one in each.series))
        yield _found(report, anchor_of(each), each.name, each.aliases, latest_figure(each, public), texts, public)
    for derived, anchor in numbered(report):
        view = derived_view(derived, anchor, public)
        figure = view["figure"] if view else None
        texts = (derived.definition, view["note"] if view else "")
        yield _found(report, anchor, derived.name, (), figure, texts, public)


def _found(
    report: Report,
    anchor: str,
    name: str,
    also: tuple[str, ...],
    figure: Mapping[str, Any] | None,
    texts: tuple[str, ...],
    public: Public,
) -> Found:
    shown: tuple[str, ...] = ()
    if figure:
        of = "" if figure["label"] == name else figure["label"]
        day = f"{public.word('as_of')} {day_text(figure['as_of'], public)}"
        shown = tuple(filter(None, (figure["value"], of, day, figure["note"])))
    return Found(anchor, name, also, shown, texts, report.is_sample or bool(figure and figure["sample"]))
