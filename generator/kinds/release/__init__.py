"""Release 十佳发布: the year's top ten, how they were chosen, and the ceremony that announces them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.catalog import Catalog
from generator.catalog.kind import Kind, Layout, newest_first
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.kinds.release.awards import (
    OPENED,
    SECTION,
    address_of,
    awards,
    mention,
    names_of,
    opened,
    tables,
    true_awards,
)
from generator.kinds.release.checks import check
from generator.kinds.release.model import SHEET, Release
from generator.kinds.release.pages import ceremony_view, index_view, release_view
from generator.media.cards.faces import CardFace
from generator.messages import Words, say
from generator.site import linked
from generator.site.context import Page, Public, Site
from generator.site.presenter import Presenter
from generator.site.record_page import index_page, record_page

TABLES = ("release-results", "release-rounds")


def _pages(catalog: Catalog, config: SiteConfig) -> Iterator[Page]:
    releases = catalog.all("release")
    yield index_page(SECTION, "releases", config, "content/releases", "releases.html", index_view, downloads=TABLES)
    for record in releases:
        release: Release = record.data
        names = say("list.comma", config.words).join(names_of(each, catalog)[0] for each in awards(record))
        about = say("release.description", config.words, name=release.heading, names=names)
        yield record_page(record, address_of(record.id), SECTION, about, "release.html", release_view, downloads=TABLES)
        yield Page(
            address=f"{address_of(record.id)}ceremony/",
            section=SECTION,
            title=say("ceremony.title", config.words, name=release.heading),
            origin=record.span("id"),
            template="ceremony.html",
            view=ceremony_view,
            subject=record,
            changed_on=release.changed_on,
            is_listed=False,
        )


def _face(record: Record, public: Public) -> CardFace:
    release: Release = record.data
    day = release.announced_on.date()
    date = f"{day.year}年{day.month}月{day.day}日" if public.config.words == "zh" else day.isoformat()
    return CardFace(
        title=release.heading,
        label=public.label(KIND.label.in_language(public.config.words), release.year),
        line=public.word("share.released", date=date),
        unit=public.config.footer.organiser or release.approval_basis.issuer,
        entries=tuple(names_of(each, public.catalog) for each in awards(record)),
        note=public.sample_note(release, "name", "results", "candidates"),
    )


def _linked(record: Record, site: Site) -> linked.Node:
    """The published list, first to last, each name with the page of its brand."""
    release: Release = record.data
    page = site.kinds["brand"].address
    released = true_awards(record)
    places = [(each, page(each.brand) if page else "") for each in released]
    return {
        "@type": "CreativeWork",
        "datePublished": release.announced_on,
        "publisher": {"@type": "GovernmentOrganization", "name": release.approval_basis.issuer},
        "mainEntity": {
            "@type": "ItemList",
            "itemListOrder": "https://schema.org/ItemListOrderAscending",
            "numberOfItems": len(places),
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": each.rank,
                    "name": names_of(each, site.catalog)[0],
                    "url": linked.At(place) if place in site.plan.pages else None,
                }
                for each, place in places
            ],
        }
        if places
        else None,
    }


KIND = Kind(
    name="release", label=Words("十佳发布", "release"), model=Release,
    layout=Layout("folder", "content/releases/{id}/release.yml", story="intro.md", sides=(SHEET,)),
    address=address_of, check=check, order=newest_first,
    about="每年一个文件夹：release.yml 写依据、环节和名单，scores.csv 是匿名评分表，intro.md 写发布纪事。", index="releases/", is_announced=True,
)

PRESENTER = Presenter(
    KIND, pages=_pages, mention=mention, tables=tables, opened=opened, opened_schema=OPENED, face=_face,
    has_poster=True, linked=_linked,
)
