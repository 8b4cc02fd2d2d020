"""A frozen year says what it is: a banner on every page, and a page for somebody who has never seen such a thing.

What a frozen page says never changes, so it says where later states are, not which: ``versions/`` beside the folder of the
year grows with every year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

import generator
from generator.catalog.kind import Kind
from generator.catalog.record import Record
from generator.config import CONFIG_FILE
from generator.ledger.keeping import told
from generator.messages import LANGUAGES, say
from generator.pages.site_map import SITE_MAP
from generator.pages.withdrawal import written
from generator.problems import Span
from generator.site.context import Page, Public, Site
from generator.text.addresses import relative, to_root

FOLDER = "archive/"  # of what a frozen year has beside the pages of the site: its start page, records, schemas
INDEX, RECORDS, SCHEMAS = f"{FOLDER}archive.json", f"{FOLDER}records/", f"{FOLDER}schema/"
README = "README.txt"
VERSIONS = "versions/"  # beside the folder of the year: the later states of its records
_SHORT = 12  # digits of a commit, as git hosts show it


def pages(public: Public) -> Iterator[Page]:
    """The page that says what the archive is, for a frozen year only."""
    if public.frozen is not None:
        title = public.word("frozen.title", year=public.year)
        about = public.word("frozen.about", site=public.config.name)
        yield Page(FOLDER, "", title, Span(CONFIG_FILE), about, "archive.html", _view)


def _view(page: Page, site: Site) -> Mapping[str, Any]:
    frozen, footer, keeping = site.frozen, site.config.footer, site.config.archive
    assert frozen is not None
    counted = [(kind, len(site.catalog.all(kind.name))) for kind in site.kinds.values()]
    asked = (keeping.organisation or footer.organiser, keeping.contact or footer.contact, footer.phone)
    return {
        "title": page.title,
        "year": site.year,
        "site": site.config.name,
        "facts": [
            {"label": site.word(f"frozen.fact.{name}"), "value": value}
            for name, value in (
                ("on", written(frozen.on, site)),
                ("commit", frozen.commit or site.word("frozen.no_commit")),
                ("generator", f"exhibit {frozen.version}"),
                ("content", written(site.today, site) if site.today else ""),
                ("retention", told(site.config.words, keeping.retention, "", "")["retention"]),
            )
            if value
        ],
        "kinds": [
            {"label": kind.label.in_language(site.config.words), "count": count, "index": _index(kind, site)}
            for kind, count in counted
            if count
        ],
        "who": [each for each in asked if each],
        "versions": f"{to_root(page.address)}../{VERSIONS}index.html#frozen-{site.year}",
        "files": {"index": INDEX, "records": RECORDS, "schema": SCHEMAS, "manifest": "manifest.json", "readme": README},
    }


def _index(kind: Kind, site: Site) -> str:
    """Where the records of ``kind`` are listed: on a page of their own, else on that of all pages."""
    return next((each for each in (kind.index, kind.section) if each and each in site.plan.pages), SITE_MAP)


def banner(page: Page, site: Site, subjects: Mapping[str, Record]) -> str:
    """The markup above the content of every page of a frozen year, empty for any other site. ``subjects`` are the records
    by their page."""
    frozen = site.frozen
    if frozen is None:
        return ""
    label = site.word("frozen.label", year=site.year)
    said = site.word("frozen.banner", day=written(frozen.on, site), software=f"exhibit {frozen.version}")
    commit = f" {escape(site.word('frozen.banner.commit'))}<code>{escape(frozen.commit[:_SHORT])}</code>" if frozen.commit else ""
    about = escape(relative(page.address, FOLDER, site.links))
    links = (
        f'<a href="{about}">{escape(site.word("frozen.what"))}</a>',
        f'<a href="{escape(later(page, site, subjects))}">{escape(site.word("frozen.later"))}</a>',
    )
    return (
        f'<aside class="frozen" aria-label="{escape(label)}"><p><strong>{escape(label)}</strong> {escape(said)}{commit}</p>'
        f"<p>{' '.join(links)}</p></aside>"
    )


def later(page: Page, site: Site, subjects: Mapping[str, Record]) -> str:
    """The way from ``page`` to the later states of its record, or to those of all records: it leads out of the year."""
    record = subjects.get(page.address)
    section = site.kinds[record.kind].section if record is not None else ""
    at = f"{section}index.html#{record.id}" if record is not None and section else "index.html"
    return f"{to_root(page.address)}../{VERSIONS}{at}"


def provenance(page: Page, site: Site, record: Record | None) -> dict[str, Any]:
    """What JSON-LD says of where a page comes from: its record, that one's sources, the program, the version of its content.

    A frozen page names the commit too. That of any other stands in the manifest alone, or every commit would make every page
    anew. The sources of a frozen record are written anew from what it shows, so their digests stand in the list of the year.
    """
    frozen = site.frozen
    if frozen is None and record is None:
        return {}
    facts = (
        ("record", f"{record.kind}:{record.id}" if record else ""),
        ("sources", f"sha256:{record.digest}" if record and frozen is None else ""),
        ("commit", frozen.commit if frozen is not None else ""),
        ("generator", f"exhibit {frozen.version if frozen is not None else generator.__version__}"),
        ("content", site.today.isoformat() if site.today else ""),
    )
    named: list[dict[str, str]] = [{"@type": "PropertyValue", "propertyID": name, "value": value} for name, value in facts if value]
    return {"identifier": named, "sdDatePublished": frozen.on} if frozen is not None else {"identifier": named}


def readme(public: Public) -> bytes:
    """``README.txt``: the same for somebody without a browser, in both languages."""
    frozen = public.frozen
    assert frozen is not None
    footer, keeping = public.config.footer, public.config.archive
    values = {
        "title": public.config.name,
        "year": public.year,
        "day": frozen.on.isoformat(),
        "software": f"exhibit {frozen.version}",
        "organisation": keeping.organisation or footer.organiser or public.config.name,
    }
    contact = keeping.contact or footer.contact or footer.phone or ""
    return ("\n\n".join(say("frozen.readme", language, **values, **told(language, keeping.retention, contact, frozen.commit)) for language in LANGUAGES) + "\n").encode()
