"""What is made of reports beside their pages and tables: share cards, linked data."""

from __future__ import annotations

from generator.catalog.record import Record
from generator.kinds.report.model import Report
from generator.kinds.report.pages import figures_of
from generator.kinds.report.tables import tables_of
from generator.media.cards.faces import CardFace
from generator.site import linked
from generator.site.context import Public, Site


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
