"""What a page is, for programs that read it: JSON-LD in the words of schema.org.

Every page says of itself that it is a page, of which site, when it changed, and where it stands. A page of a record also
says what it shows, as the record's kind has it (``Kind.linked``); whole sample records say that they are samples. Complete
addresses are used where the configuration knows where the site is, relative ones otherwise: JSON-LD 1.1 resolves those
against the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from generator.catalog.record import Record
from generator.kinds import PRESENTING
from generator.ledger.mounted import State
from generator.pages import frozen
from generator.pages.not_found import NOT_FOUND
from generator.site.context import Page, Public, Site
from generator.site.linked import At, Node
from generator.site.record_page import states_of
from generator.text.addresses import relative
from generator.text.dates import stamp
from generator.text.media_types import JSON_LD

CONTEXT = "https://schema.org"
SEARCH = "search/"
_ESCAPED = tuple((each, f"\\u{ord(each):04x}") for each in "<>&\u2028\u2029")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

Subjects = Mapping[str, Record]


def subjects(public: Public) -> Subjects:
    """The records that have a page of their own, by its address."""
    return {
        kind.address(record.id): record
        for kind in public.kinds.values()
        if kind.address is not None
        for record in public.catalog.all(kind.name)
    }


def markup(page: Page, description: str, site: Site, subjects: Subjects) -> str:
    """The script element that holds what ``page`` is; empty for what stands in place of a page that is not there."""
    if page.address == NOT_FOUND:
        return ""
    graph = [*_graph(page, description, site, subjects)]
    return (
        f'<script type="{JSON_LD}">{serialised({"@context": CONTEXT, "@graph": graph}, page, site)}</script>'
    )


def serialised(node: Node, page: Page, site: Site) -> str:
    """``node`` as JSON that no HTML parser can take for markup, its addresses as they are written on ``page``."""
    written = _ENCODER.encode(_plain(node, page, site))
    for each, escaped in _ESCAPED:
        written = written.replace(each, escaped)
    return written


def _plain(value: Any, page: Page, site: Site) -> Any:
    """``value`` without what is empty, its addresses written out."""
    if isinstance(value, At):
        return address(value.address, page, site)
    if isinstance(value, dict):
        made = ((key, _plain(each, page, site)) for key, each in value.items())
        return {key: each for key, each in made if each or each == 0}
    if isinstance(value, (list, tuple)):
        return [each for item in value if (each := _plain(item, page, site))]
    if isinstance(value, datetime):
        return stamp(value)
    return value.isoformat() if isinstance(value, date) else value


def address(target: str, page: Page, site: Site) -> str:
    """A site address as programs find it from ``page``."""
    return site.public_address(target) if site.config.address else relative(page.address, target, site.links)


def _graph(page: Page, description: str, site: Site, subjects: Subjects) -> Iterator[Node]:
    config = site.config
    subject = subjects.get(page.address)
    record = subject if page.document is None else None
    thing = _thing(record, page, description, site) if record else page.linked(page, site) if page.linked else None
    changed = page.changed_on if page.changed_on and site.today and page.changed_on <= site.today else None
    yield {
        "@type": _type(page, is_single=bool(page.document or record or not page.address)),
        "@id": At(page.address),
        "url": At(page.address),
        "name": page.title,
        "description": description,
        "inLanguage": config.language,
        "datePublished": record.data.shown("published_on") if record else None,
        "dateModified": changed,
        "creativeWorkStatus": site.word("sample") if record and record.data.is_sample else None,
        "isPartOf": {"@type": "WebSite", "@id": At("#website"), "name": config.name, "url": At("")},
        "archivedAt": [_frozen(each) for each in states_of(page, site)],
        "mainEntity": thing,
        **frozen.provenance(page, site, record if site.frozen is not None else subject),
    }
    if page.address:
        yield _crumbs(page, site)
    else:
        yield _website(site)


def _type(page: Page, *, is_single: bool) -> str:
    """What sort of page it is: about one thing that stands elsewhere, one thing, or several."""
    return "ItemPage" if page.is_item else "WebPage" if is_single else "CollectionPage"


def _frozen(state: State) -> Node:
    """A page as a year keeps it, with the whole digest of its file."""
    return {
        "@type": "WebPage",
        "url": At(state.address),
        "name": state.record.title,
        "dateModified": state.lock.frozen_on,
        "identifier": {"@type": "PropertyValue", "propertyID": "sha256", "value": state.record.sha256},
    }


def _thing(record: Record, page: Page, description: str, site: Site) -> Node:
    """What the page of ``record`` shows: what every thing has, and what its kind says."""
    is_sample = record.data.is_sample
    return {
        "@id": At(f"{page.address}#it"),
        "name": record.data.heading,
        # Of a record with sample fields the description may be one of them.
        "description": description if not record.data.sample_fields else None,
        "url": At(page.address),
        "disambiguatingDescription": site.word("sample") if is_sample else None,
        **PRESENTING[record.kind].linked(record, site),
    }


def _crumbs(page: Page, site: Site) -> Node:
    """The way from the home page to ``page``, over the pages that stand above it."""
    above, steps = page.address.rstrip("/").rpartition("/")[0], [page]
    while above:
        if (step := site.plan.pages.get(f"{above}/")) is not None:
            steps.append(step)
        above = above.rpartition("/")[0]
    steps.append(site.plan.pages[""])
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": each.title, "item": At(each.address)}
            for number, each in enumerate(reversed(steps), start=1)
        ],
    }


def _website(site: Site) -> Node:
    config = site.config
    organiser = config.footer.organiser
    search = {
        "@type": "SearchAction",
        "target": {
            "@type": "EntryPoint",
            "urlTemplate": f"{site.public_address(SEARCH)}?q={{search_term_string}}",
        },
        "query-input": "required name=search_term_string",
    }
    return {
        "@type": "WebSite",
        "@id": At("#website"),
        "url": At(""),
        "name": config.name,
        "description": config.description,
        "inLanguage": config.language,
        "publisher": {"@type": "GovernmentOrganization", "name": organiser} if organiser else None,
        # A template is no address: it cannot be relative, so it needs the site's own.
        "potentialAction": search if config.address and SEARCH in site.plan.pages else None,
    }
