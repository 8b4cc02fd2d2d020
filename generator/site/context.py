"""What tables, views and files draw on: three values, each complete when it is made.

``Public`` is what the public may see: records and their pictures. ``Site`` is that with its plan: every page and file with
its address. ``Made`` is that with the files that are no pages. Each knows all that the one before it knows, so a function
names the least that it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from html import escape
from itertools import chain, repeat
from typing import Any, TypeVar

from generator.catalog.catalog import Catalog, Key
from generator.catalog.edition import Frozen
from generator.catalog.kind import Kind
from generator.catalog.model import Media, RecordData, focus_class
from generator.catalog.record import Record
from generator.checks.pending import Pending
from generator.config import SiteConfig
from generator.ledger.mounted import Years
from generator.media.cards.faces import Drawing
from generator.media.published import Picture
from generator.messages import say
from generator.problems import Span
from generator.site.figures import figure, picture_view
from generator.site.mention import Mention, mention_view
from generator.site.tables import Format, Table, dictionary_address, file_address
from generator.source.files import locate
from generator.standing.reads import told
from generator.story import Link, Story, anchor, hang, linked_pictures
from generator.system.sealed import Sealed
from generator.text.addresses import LinkStyle, relative, share_address
from generator.themes.titles import NO_TERMS, Terms

# The markup that a macro of ``theme/exhibits`` gives: its file, its name, the address of the page, what it is given.
Piece = Callable[..., str]
Subject = TypeVar("Subject")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site.

    ``section`` is the navigation item it belongs to; ``template`` hangs its ``view`` in a frame. A page with a
    ``document`` instead is editorial: the engine renders its story whole. ``origin`` is the source to name when
    something is wrong with it. ``changed_on`` comes from records, never from the clock.
    """

    address: str
    section: str
    title: str
    origin: Span
    description: str = ""
    template: str = ""
    view: Callable[[Page, Made], Mapping[str, Any]] | None = field(default=None, repr=False)
    subject: object = field(default=None, repr=False)
    document: Story | None = field(default=None, repr=False)
    changed_on: date | None = None
    is_listed: bool = True  # whether the site map names it
    is_indexed: bool = True  # whether search engines are told of it
    linked: Callable[[Page, Site], Mapping[str, Any]] | None = field(default=None, repr=False)  # what it is, in the words of schema.org
    is_gone: bool = False  # whether it only says that something was withdrawn
    is_item: bool = False  # whether it shows a single thing that has a page of its own
    downloads: tuple[str, ...] = ()  # the names of the tables that are offered at its foot

    def about(self, what: type[Subject]) -> Subject:
        """The ``subject``, which the view of the page knows for a ``what``."""
        if not isinstance(self.subject, what):
            raise TypeError(f"{self.address} is not about a {what.__name__}")
        return self.subject

    def titled(self, site: str) -> str:
        """What stands in the title of a browser's window, in bookmarks and in lists of results: its own title and the
        name of the ``site``, once where they are the same."""
        return site if self.title in ("", site) else f"{self.title} - {site}"


@dataclass(frozen=True, slots=True)
class Output:
    """A file of the site that is no page. ``make`` gives its bytes, the source file to copy, or a picture to draw, from the site,
    and of one that ``is_apart`` from the cache too. ``recipe``
    says everything but the program that its bytes are made from, where they are worth to be kept for the next build."""

    address: str
    origin: Span
    make: Callable[..., bytes | Sealed | Drawing] = field(repr=False)
    recipe: Callable[[Site], str] | None = field(default=None, repr=False)
    is_apart: bool = False  # made by another process, where there is one, with all others that are: they share much work


@dataclass(frozen=True, slots=True)
class Listing:
    """A file of the site that tells of others, of their digests for instance: made after every ``Output``."""

    address: str
    origin: Span
    make: Callable[[Made], bytes] = field(repr=False)


@dataclass(frozen=True)
class Plan:
    """Every page and every other file by address, and where each source file is shown."""

    pages: Mapping[str, Page]
    places: Mapping[str, str] = field(repr=False)  # source path, file or folder → address
    outputs: Mapping[str, Output | Listing] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Preview:
    """What a site that is not for publication says of itself: its errors, what is not public by the page that shows
    it, and how many of these there are."""

    errors: int
    pending: Mapping[str, tuple[Pending, ...]] = field(repr=False)
    unpublished: int


@dataclass(frozen=True)
class Public:
    """What the public may see and nothing more. ``today`` is the last day on which any of it changed, not the day of the
    build; ``year`` that of an edition of one year, ``frozen`` how that is frozen, if it is; ``mounted`` are the frozen years
    beside it that never change."""

    config: SiteConfig
    catalog: Catalog
    kinds: Mapping[str, Kind] = field(repr=False)
    pictures: Mapping[str, Picture] = field(repr=False)
    today: date | None
    year: int | None
    frozen: Frozen | None = field(default=None, kw_only=True)
    mounted: Years = field(default=Years(), repr=False, kw_only=True)

    def word(self, key: str, **values: object) -> str:
        """The wording ``key`` in the language of the pages."""
        return say(key, self.config.words, **values)

    def picture(self, record: Record, media: Media | None) -> Mapping[str, Any] | None:
        """The view of a picture of ``record``, ``None`` where there is none to show."""
        picture = self.pictures.get(locate(record.folder, media.src, self.pictures) or "") if media else None
        if media is None or picture is None:
            return None
        return {
            **picture_view(picture),
            "focus": focus_class(media.focus) if media.focus else "",
            "alt": media.alt,
            "caption": media.caption,
            "credit": media.credit,
            "licence": media.licence,
            "ai_generated": media.ai_generated,
        }

    def published_picture(self, record: Record, media: Media | None) -> Picture | None:
        """The picture of ``record`` itself, for what is drawn with it."""
        return self.pictures.get(locate(record.folder, media.src, self.pictures) or "") if media else None

    def credit(self, media: Media | None) -> str:
        """What has to be said of a picture wherever it is shown: who made it, and whether a machine did."""
        credit = self.word("media.credit", credit=media.credit) if media and media.credit else ""
        return " ".join(filter(None, (credit, self.word("media.ai") if media and media.ai_generated else "")))

    def label(self, what: str, year: int) -> str:
        """What something is and of which year, as its share card says it."""
        return self.word("share.label", what=what, year=year)

    def kind_label(self, kind: str) -> str:
        """What a record of ``kind`` is called in the language of the pages."""
        return self.kinds[kind].label.in_language(self.config.words)

    def sample_note(self, data: RecordData, *shown: str) -> str:
        """The mark of sample content, if the record or any of the fields ``shown`` is."""
        return self.word("share.sample") if data.is_made_up(*shown) else ""


    def day(self, day: date) -> str:
        """A date as plain text."""
        return self.word("report.day", year=day.year, month=day.month, day=day.day)

    def public_address(self, address: str) -> str:
        """A site address as it stands in data: complete where the configuration knows where the site is."""
        return f"{self.config.address.rstrip('/')}/{address}" if self.config.address else address

    def last_change(self, records: Iterable[Record]) -> date | None:
        """The last day, not after ``today``, on which any of ``records`` changed."""
        days = (day for each in records for day in each.data.days())
        return max((day for day in days if self.today and day <= self.today), default=None)


@dataclass(frozen=True)
class Site(Public):
    """A planned site. ``mention`` says how a record is shown on the page of another, ``piece`` gives markup of the theme
    for files that hold what pages hold, ``tables`` are what can be downloaded, in each of
    ``formats``. ``preview`` is ``None`` for a site that
    is for publication. No title breaks inside ``terms``."""

    plan: Plan
    tables: Mapping[str, Table] = field(repr=False)
    formats: tuple[Format, ...] = field(repr=False)
    mention: Callable[[Record, Record, Site], Mention | None] = field(repr=False)
    piece: Piece = field(repr=False)
    links: LinkStyle
    preview: Preview | None
    terms: Terms = field(default=NO_TERMS, repr=False, kw_only=True)

    def mentions(self, record: Record, also: Iterable[Key] = ()) -> dict[str, list[Mention]]:
        """What names ``record``, and the records ``also`` that it names itself, by the name of their kind; each kind
        and its records in their order."""
        sources = {each.source for each in self.catalog.inbound(record.kind, record.id)} | set(also)
        found: dict[str, list[Mention]] = {}
        for name in self.kinds:
            mine = [source for kind_name, id in sources if kind_name == name and (source := self.catalog.get(name, id))]
            made = [mention for each in self.catalog.in_order(mine) if (mention := self.mention(each, record, self))]
            if made:
                found[name] = made
        return found

    def related(self, record: Record, also: Iterable[Key] = ()) -> dict[str, Any]:
        """The views of all mentions: ``honours``, and ``groups`` of the others by kind."""
        mentions = self.mentions(record, also)
        groups = [
            {
                "kind": name,
                "title": self.kind_label(name),
                "entries": [mention_view(each) for each in made if not each.is_honour],
            }
            for name, made in mentions.items()
        ]
        return {
            "honours": [mention_view(each) for made in mentions.values() for each in made if each.is_honour],
            "groups": [each for each in groups if each["entries"]],
        }

    def story(self, story: Story | None, page: Page, deeper: int = 0, *, enlarges: bool = True) -> str:
        """The HTML of ``story`` as it hangs on ``page``, its headings ``deeper`` levels down; empty without one.
        With ``enlarges`` each picture that the author put into no link leads to its largest form."""
        if story is None:
            return ""

        def place(link: Link) -> str | None:
            address = _place_of(link, story, self.plan.places)
            return None if address is None else relative(page.address, address, self.links)

        lazy = chain((page.document is not story,), repeat(True))  # an exhibit begins with something else

        def picture(link: Link, alt: str, title: str) -> str:
            path = locate(story.path.rpartition("/")[0], link.target, self.pictures)
            found = self.pictures.get(path or "")
            linkable = enlarges and link not in linked
            if found is None:
                return escape(alt)
            label = f"{self.word('media.enlarge')}：{alt}" if linkable else None
            here = partial(relative, page.address, style=self.links)
            return figure(found, here, alt, title, is_lazy=next(lazy), label=label)

        linked = linked_pictures(story)
        return hang(story, place, picture, deeper, self.word)


@dataclass(frozen=True, slots=True)
class Digest:
    """What is left of a file once it is written: its SHA-256."""

    sha256: str


@dataclass(frozen=True)
class Made(Site):
    """A site with what is known of its files that are no pages: ``files`` by address but for drawings, ``sizes`` of all in bytes."""

    files: Mapping[str, Digest] = field(repr=False)
    sizes: Mapping[str, int] = field(repr=False)

    def poster(self, address: str) -> dict[str, str] | None:
        """The view of the poster of the page at ``address`` as something to download, ``None`` without one."""
        file = share_address(address, "poster")
        return self.file(file, self.word("share.poster", size=self.size(file))) if file in self.plan.outputs else None

    def downloads(self, *names: str) -> list[dict[str, Any]]:
        """The views of the tables of these names that are there, for the macro ``downloads``."""
        return [self._download(self.tables[name]) for name in names if name in self.tables]

    def _download(self, table: Table) -> dict[str, Any]:
        return {
            "name": table.name,
            "title": table.title,
            "about": dictionary_address(table.name),
            "files": [self.file(file_address(table.name, each.ending), each.ending.upper()) for each in self.formats],
        }

    def file(self, address: str, label: str) -> dict[str, str]:
        """The view of an output as something to download."""
        return {"label": label, "address": address, "size": self.size(address)}

    def size(self, address: str) -> str:
        """How large an output is, as people say it; never less than 1 KB."""
        return self._told("size", address)

    def digest(self, address: str) -> str:
        """The SHA-256 of an output in hexadecimal digits; empty for a drawing, and for none."""
        return self._told("digest", address)

    def tell(self, what: str, address: str) -> str:
        """What ``size`` or ``digest`` say of an output, asked by nobody who shows it."""
        if what == "digest":
            found = self.files.get(address)
            return "" if found is None else found.sha256
        size = self.sizes.get(address, 0)
        if size < 1_000_000:
            return self.word("size.kb", number=max(1, round(size / 1000)))
        return self.word("size.mb", number=f"{size / 1_000_000:.1f}")

    def _told(self, what: str, address: str) -> str:
        return told(what, address, self.tell(what, address))


def _place_of(link: Link, story: Story, places: Mapping[str, str]) -> str | None:
    """The site address that a link of ``story`` leads to, ``None`` where it leads to nothing public."""
    target, mark, fragment = link.target.partition("#")
    path = locate(story.path.rpartition("/")[0], target, places) if target else story.path
    address = places.get(path or "")
    if address is None:
        return None
    return address + (f"#{anchor(fragment)}" if mark and fragment else "")
