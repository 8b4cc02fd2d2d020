"""What was public and is withdrawn leaves a page at its addresses: that it was withdrawn, when and why, and nothing else.

Printed codes and links of others lead there for good. No list, search, feed, download or site map knows these pages.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from generator.catalog.catalog import Catalog
from generator.catalog.kind import Kind
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.messages import say
from generator.pages.redirects import shorts_of
from generator.site.context import Page, Site
from generator.site.presenter import Presenter, pages_of


def pages(
    records: Sequence[Record], public: Catalog, config: SiteConfig, presenters: Iterable[Presenter], taken: Collection[str]
) -> Iterator[Page]:
    """A page for each of ``records`` at every address that it had, unless that is among ``taken``: something else
    stands there, or the configuration leads on from there."""
    presenters = tuple(presenters)
    kinds = [each.kind for each in presenters]
    seen = set(taken)
    for each in config.redirects:
        seen |= {each.old, *shorts_of(each.old, kinds)}
    for presenter in presenters:
        kind = presenter.kind
        mine = [each for each in records if each.kind == kind.name]
        if not mine or kind.address is None:
            continue
        former = _former_pages(mine, public, config, presenter)
        for record in mine:
            for address in _addresses(record, kind, former):
                if address and "#" not in address and address not in seen:
                    seen.add(address)
                    yield _page(address, record, kind, config)


def _former_pages(mine: Sequence[Record], public: Catalog, config: SiteConfig, presenter: Presenter) -> tuple[str, ...]:
    """The addresses of all pages of a kind as if ``mine`` were still public."""
    name = presenter.kind.name
    records = {**public.records, name: {**public.records.get(name, {}), **{each.id: each for each in mine}}}
    return tuple(each.address for each in pages_of(presenter, replace(public, records=records), config))


def _addresses(record: Record, kind: Kind, former: Sequence[str]) -> Iterator[str]:
    assert kind.address is not None
    own = kind.address(record.id)
    yield own
    if (short := kind.short_address(record.id)) is not None:
        yield short
    yield from (each for each in former if own and each.startswith(own))


def _page(address: str, record: Record, kind: Kind, config: SiteConfig) -> Page:
    title = say("withdrawn.title", config.words, kind=kind.label.in_language(config.words))
    return Page(
        address=address,
        section=kind.index,
        title=title,
        origin=record.span("status"),
        description=title,
        template="withdrawn.html",
        view=_view,
        subject=(record, kind),
        is_listed=False,
        is_indexed=False,
        is_gone=True,
    )


def written(day: date, site: Site) -> str:
    """A day of withdrawal as the page says it."""
    return f"{day.year}年{day.month}月{day.day}日" if site.config.words == "zh" else day.isoformat()


def _view(page: Page, site: Site) -> Mapping[str, Any]:
    record, kind = page.about(tuple)
    day = record.data.withdrawn_on
    index = site.plan.pages.get(kind.index) if kind.index else None
    return {
        "kind": kind.label.in_language(site.config.words),
        "date": written(day, site) if day else None,
        "reason": record.data.withdrawn_reason,
        "by": None,
        "index": index.address if index else None,
    }
