"""What is new, for programs that ask: an Atom feed (RFC 4287) and a JSON Feed (1.1) of everything, of each year and of
each unit, and the page that lists them.

Dates come from the records. An entry's id is a UUID of the site's own and of the page's address (``identity.py``), so that
neither a better name nor a new host makes old entries new. With a configured address every link is complete. Without one
nobody can know where the site will be: links are then relative to the feed itself, which RFC 4287 resolves by RFC 3986
without any ``xml:base``. JSON Feed says nothing of relative addresses, so there ``home_page_url`` and ``feed_url`` are left
out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any
from xml.etree import ElementTree as Xml

from generator.catalog.catalog import Catalog
from generator.catalog.record import Record
from generator.config import CONFIG_FILE, SiteConfig
from generator.kinds import BY_NAME, KINDS, PRESENTING
from generator.messages import say
from generator.outputs.data.formats.cells import readable
from generator.pages import years
from generator.pages.tombstones import FEED_FOLDER
from generator.problems import Problem, Span, problem
from generator.site import permanent_ids
from generator.site.context import Output, Page, Plan, Public, Site
from generator.text.addresses import relative
from generator.text.dates import stamp_of_day
from generator.text.media_types import FEEDS, TYPES

PAGE = FEED_FOLDER
_NO_DAY = date(1970, 1, 1)
ENTRIES = 100  # of one feed, the newest; whoever wants all of them takes the open data
_NAMESPACE = "http://www.w3.org/2005/Atom"
_VERSION = "https://jsonfeed.org/version/1.1"


@dataclass(frozen=True, slots=True)
class Feed:
    """What is new about one page of the site: ``page`` is its address, that of the home page for everything."""

    page: str
    title: str
    records: tuple[Record, ...] = field(repr=False)

    @property
    def atom(self) -> str:
        """The address of its Atom form."""
        return f"{_stem(self.page)}.xml"

    @property
    def json(self) -> str:
        """The address of its JSON form."""
        return f"{_stem(self.page)}.json"


def _stem(page: str) -> str:
    return PAGE + (page.rstrip("/") or "all")


def gather(catalog: Catalog, config: SiteConfig, promised: Collection[str] = ()) -> tuple[Feed, ...]:
    """The feeds that have something to tell: of everything, of each year, newest first, and of each unit. Those at addresses
    that were ``promised`` are there even if there is nothing to tell, of a unit as long as it has its page."""
    news = sorted(_news(catalog), key=lambda each: each.data.changed_on or date.min, reverse=True)
    by_year: dict[int, list[Record]] = {year: [] for year in _promised_years(promised)}
    by_unit: dict[str, list[Record]] = {}
    for each in news:
        by_year.setdefault(each.data.year, []).append(each)
        by_unit.setdefault(getattr(each.data, "unit", None) or "", []).append(each)
    whole = Feed("", config.name, tuple(news))
    feeds = [whole] if news or not {whole.atom, whole.json}.isdisjoint(promised) else []
    for year in sorted(by_year, reverse=True):
        title = say("feeds.of", config.words, what=say("year", config.words, year=year), site=config.name)
        feeds.append(Feed(years.address(year), title, tuple(by_year[year])))
    page_of_unit = BY_NAME["unit"].address
    for unit in catalog.all("unit"):
        title = say("feeds.of", config.words, what=unit.data.heading, site=config.name)
        feed = Feed(page_of_unit(unit.id) if page_of_unit else "", title, tuple(by_unit.get(unit.id, ())))
        if feed.page and (feed.records or not {feed.atom, feed.json}.isdisjoint(promised)):
            feeds.append(feed)
    return tuple(feeds)


def _promised_years(promised: Collection[str]) -> Iterator[int]:
    """The years whose feeds are among the addresses ``promised``."""
    start = PAGE + years.SECTION
    stems = {each.removeprefix(start).rpartition(".")[0] for each in promised if each.startswith(start)}
    yield from (int(each) for each in stems if each.isascii() and each.isdigit())


def _news(catalog: Catalog) -> Iterator[Record]:
    for kind in KINDS:
        if kind.address is not None and kind.is_yearly and kind.model.is_dated:
            yield from catalog.all(kind.name)


def pages(feeds: Sequence[Feed], config: SiteConfig) -> Iterator[Page]:
    """The page that lists the feeds, but for those that have nothing to tell."""
    feeds = tuple(each for each in feeds if each.records)
    if feeds:
        title = say("feeds.title", config.words)
        about = say("feeds.description", config.words, site=config.name)
        yield Page(PAGE, PAGE, title, Span(CONFIG_FILE), about, "feeds.html", _index, feeds)


def outputs(feeds: Sequence[Feed]) -> Iterator[Output]:
    """Every feed in both forms."""
    for feed in feeds:
        yield Output(feed.atom, Span(CONFIG_FILE), partial(_write, _atom, feed))
        yield Output(feed.json, Span(CONFIG_FILE), partial(_write, _json, feed))


def check(config: SiteConfig, plan: Plan, span: Callable[[tuple[str]], Span]) -> Iterator[Problem]:
    """A site that goes public without a permanent id (CFG-010). Where no address is given it is not public yet."""
    if f"{_stem('')}.xml" in plan.outputs and config.address and not config.id:
        yield problem("CFG-010", span(("address",)), id=str(permanent_ids.of_site(config)))


def alternates(page: Page, site: Site) -> Iterator[tuple[str, str, str]]:
    """The feeds that belong to ``page``: (address, media type, title); that of everything belongs to all of them."""
    outputs = site.plan.outputs
    for about in dict.fromkeys((page.address, "")):
        title = (
            site.config.name
            if about == ""
            else say("feeds.of", site.config.words, what=page.title, site=site.config.name)
        )
        for address, form in ((f"{_stem(about)}.xml", FEEDS["xml"]), (f"{_stem(about)}.json", FEEDS["json"])):
            if address in outputs:
                yield address, form, title


def _index(page: Page, site: Site) -> Mapping[str, Any]:
    feeds: tuple[Feed, ...] = page.about(tuple)
    views = [_view(each, site) for each in feeds]
    return {
        "all": [view for view, each in zip(views, feeds, strict=True) if each.page == ""],
        "years": [view for view, each in zip(views, feeds, strict=True) if each.page.startswith(years.SECTION)],
        "others": [
            view
            for view, each in zip(views, feeds, strict=True)
            if each.page and not each.page.startswith(years.SECTION)
        ],
        "most": ENTRIES,
    }


def _view(feed: Feed, site: Site) -> dict[str, Any]:
    about = site.plan.pages.get(feed.page)
    return {
        "title": about.title if about and feed.page else site.word("feeds.all"),
        "page": feed.page if about else None,
        "count": len(feed.records),
        "updated": site.last_change(feed.records),
        "files": [{"label": "Atom", "address": feed.atom}, {"label": "JSON Feed", "address": feed.json}],
    }


# -- entries -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of one record. ``link`` is a complete address or one relative to the feed; ``published`` and
    ``updated`` are times with their zone (RFC 3339)."""

    id: str
    link: str
    title: str
    summary: str
    published: str
    updated: str
    kind: tuple[str, str]  # name, label
    author: str
    is_sample: bool


def _stamp(site: Site) -> str:
    """The time of a feed without entries: when the site last changed."""
    return stamp_of_day(site.today or _NO_DAY, site.config.zone)


def _write(form: Callable[[Feed, Sequence[Entry], Site], bytes], feed: Feed, site: Site) -> bytes:
    entries = [_entry(each, feed, site) for each in feed.records[:ENTRIES]]
    return form(feed, sorted(entries, key=lambda each: (each.updated, each.published), reverse=True), site)


def _entry(record: Record, feed: Feed, site: Site) -> Entry:
    kind = site.kinds[record.kind]
    assert kind.address is not None
    address = kind.address(record.id)
    unit = site.catalog.get("unit", getattr(record.data, "unit", None))
    first = record.data.published_on or site.today or _NO_DAY
    page = site.plan.pages.get(address)
    said = PRESENTING[record.kind].summary
    summary = said(record, site) if said else page.description if page else ""
    return Entry(
        id=identifier(address, site),
        link=_link(address, feed, site),
        title=readable(record.data.heading),
        summary=readable(" ".join((summary or record.data.heading).split())),
        published=stamp_of_day(first, site.config.zone),
        updated=stamp_of_day(max(first, site.last_change([record]) or first), site.config.zone),
        kind=(kind.name, kind.label.in_language(site.config.words)),
        author=readable(unit.data.heading) if unit else "",
        is_sample=record.data.is_sample or bool(record.data.sample_fields),
    )


def identifier(address: str, public: Public) -> str:
    """The permanent id of what stands at a site address."""
    return permanent_ids.of_place(public.config, address).urn


def _link(address: str, feed: Feed, site: Site) -> str:
    return site.public_address(address) if site.config.address else relative(feed.atom, address, site.links)


def _atom(feed: Feed, entries: Sequence[Entry], site: Site) -> bytes:
    config = site.config
    root = _element(None, "feed", xmlns=_NAMESPACE)
    root.set("{http://www.w3.org/XML/1998/namespace}lang", config.language)
    _element(root, "title", readable(feed.title))
    _element(root, "subtitle", readable(config.description))
    _element(root, "id", identifier(feed.atom, site))
    _element(root, "updated", max((each.updated for each in entries), default=_stamp(site)))
    _element(_element(root, "author"), "name", readable(config.footer.organiser or config.name))
    _element(root, "link", rel="self", type=FEEDS["xml"], href=_link(feed.atom, feed, site))
    _element(root, "link", rel="alternate", type=TYPES["html"], href=_link(feed.page, feed, site))
    for each in entries:
        _atom_entry(root, each, site)
    Xml.indent(root, " ")
    made: bytes = Xml.tostring(root, "utf-8", xml_declaration=True)
    return made + b"\n"


def _atom_entry(root: Xml.Element, entry: Entry, public: Public) -> None:
    element = _element(root, "entry")
    _element(element, "title", entry.title)
    _element(element, "id", entry.id)
    _element(element, "link", rel="alternate", type=TYPES["html"], href=entry.link)
    _element(element, "published", entry.published)
    _element(element, "updated", entry.updated)
    if entry.author:
        _element(_element(element, "author"), "name", entry.author)
    _element(element, "category", term=entry.kind[0], label=entry.kind[1])
    if entry.is_sample:
        _element(element, "category", term="sample", label=public.word("sample"))
    _element(element, "summary", entry.summary)


def _element(parent: Xml.Element | None, name: str, text: str = "", **attributes: str) -> Xml.Element:
    made = Xml.Element(name) if parent is None else Xml.SubElement(parent, name)
    made.text = text or None
    for key, value in attributes.items():
        made.set(key, value)
    return made


def _json(feed: Feed, entries: Sequence[Entry], public: Public) -> bytes:
    config = public.config
    places = (
        {"home_page_url": public.public_address(feed.page), "feed_url": public.public_address(feed.json)}
        if config.address
        else {}
    )
    made = {
        "version": _VERSION,
        "title": readable(feed.title),
        **places,
        "description": readable(config.description),
        "authors": [{"name": readable(config.footer.organiser or config.name)}],
        "language": config.language,
        "items": [_item(each, public) for each in entries],
    }
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()


def _item(entry: Entry, public: Public) -> dict[str, Any]:
    return {
        "id": entry.id,
        "url": entry.link,
        "title": entry.title,
        "content_text": entry.summary,
        "date_published": entry.published,
        "date_modified": entry.updated,
        **({"authors": [{"name": entry.author}]} if entry.author else {}),
        "tags": [entry.kind[1], *([public.word("sample")] if entry.is_sample else [])],
    }
