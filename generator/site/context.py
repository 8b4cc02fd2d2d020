"""What views draw on: the public catalog, the plan, the pictures, and the ways to link between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

from generator.catalog.catalog import Catalog, Key
from generator.catalog.kind import Kind
from generator.catalog.model import Media, RecordData, focus_class
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.media.formats.encode import TYPES
from generator.media.published import Picture, Variant
from generator.messages import say
from generator.problems import Problem, problem
from generator.site.mention import Mention
from generator.site.plan import Page, Site
from generator.site.tables import FORMATS, Column, ColumnType, Table, dictionary_address, file_address
from generator.source.files import Sources, locate, path_advice
from generator.story import Link, Story, anchor, hang, is_safe, linked_pictures
from generator.system.sealed import Sealed
from generator.text.addresses import LinkStyle, relative, share_address

if TYPE_CHECKING:
    from generator.site.unpublished import Pending

# The markup that a macro of ``theme/exhibits`` gives: its file, its name, the address of the page, what it is given.
Piece = Callable[[str, str, str, Any], str]
_STORY_SIZES = "(min-width: 48em) 42rem, 92vw"


def _no_mention(record: Record, other: Record, show: Show) -> Mention | None:
    return None


def _no_piece(file: str, macro: str, address: str, given: Any) -> str:
    raise NotImplementedError("there are no templates before the site is planned")


@dataclass(frozen=True)
class Show:
    """Everything a view may look at. ``catalog`` holds what the public may see and nothing more. ``today`` is the last
    day on which any of it changed, not the day of the build; ``sizes`` are the bytes of the outputs, ``tables`` what
    can be downloaded, ``made`` the outputs themselves for those that list others."""

    config: SiteConfig
    catalog: Catalog
    site: Site
    pictures: Mapping[str, Picture] = field(repr=False)
    links: LinkStyle = "site"
    kinds: Mapping[str, Kind] = field(default_factory=dict, repr=False)
    mention: Callable[[Record, Record, Show], Mention | None] = field(default=_no_mention, repr=False)
    today: date | None = None
    sizes: Mapping[str, int] = field(default_factory=dict, repr=False)
    year: int | None = None  # that of an edition of one year
    tables: Mapping[str, Table] = field(default_factory=dict, repr=False)
    made: Mapping[str, bytes | Sealed] = field(default_factory=dict, repr=False)
    errors: int = 0  # more than none in a preview only
    is_preview: bool = False
    pending: Mapping[str, tuple[Pending, ...]] = field(default_factory=dict, repr=False)  # by the page that shows them
    unpublished: int = 0  # how many records a preview holds that are not public
    piece: Piece = field(default=_no_piece, repr=False)  # for outputs that hold what pages hold

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

    def sample_note(self, data: RecordData, *shown: str) -> str:
        """The mark of sample content, if the record or any of the fields ``shown`` is."""
        is_sample = data.sample is True or (isinstance(data.sample, tuple) and not set(shown).isdisjoint(data.sample))
        return self.word("share.sample") if is_sample else ""

    def poster(self, address: str) -> dict[str, str] | None:
        """The view of the poster of the page at ``address`` as something to download, ``None`` without one."""
        file = share_address(address, "poster")
        return self.file(file, self.word("share.poster", size=self.size(file))) if file in self.site.outputs else None

    def columns(self, key: str, names: Iterable[str], types: Mapping[str, ColumnType]) -> tuple[Column, ...]:
        """The columns of a table by their names, text unless ``types`` says otherwise; the wording ``{key}.{name}`` is
        the heading of each, ``{key}.{name}.about`` its explanation."""
        return tuple(
            Column(each, self.word(f"{key}.{each}"), types.get(each, "text"), self.word(f"{key}.{each}.about"))
            for each in names
        )

    def day(self, day: date) -> str:
        """A date as plain text."""
        return self.word("report.day", year=day.year, month=day.month, day=day.day)

    def public_address(self, address: str) -> str:
        """A site address as it stands in data: complete where the configuration knows where the site is."""
        return f"{self.config.address.rstrip('/')}/{address}" if self.config.address else address

    def downloads(self, *names: str) -> list[dict[str, Any]]:
        """The views of the tables of these names that are there, for the macro ``downloads``."""
        return [self._download(self.tables[name]) for name in names if name in self.tables]

    def _download(self, table: Table) -> dict[str, Any]:
        return {
            "name": table.name,
            "title": table.title,
            "about": dictionary_address(table.name),
            "files": [self.file(file_address(table.name, each), each.upper()) for each in FORMATS],
        }

    def file(self, address: str, label: str) -> dict[str, str]:
        """The view of an output as something to download."""
        return {"label": label, "address": address, "size": self.size(address)}

    def size(self, address: str) -> str:
        """How large an output is, as people say it; never less than 1 KB."""
        size = self.sizes.get(address, 0)
        if size < 1_000_000:
            return self.word("size.kb", number=max(1, round(size / 1000)))
        return self.word("size.mb", number=f"{size / 1_000_000:.1f}")

    def last_change(self, records: Iterable[Record]) -> date | None:
        """The last day, not after ``today``, on which any of ``records`` changed."""
        days = (day for each in records for day in each.data.days())
        return max((day for day in days if self.today and day <= self.today), default=None)

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
                "title": self.kinds[name].label.in_language(self.config.words),
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
            address = place_of(link, story, self.site)
            return None if address is None else relative(page.address, address, self.links)

        lazy = chain((page.document is not story,), repeat(True))  # an exhibit begins with something else

        def picture(link: Link, alt: str, title: str) -> str:
            path = locate(story.path.rpartition("/")[0], link.target, self.pictures)
            found = self.pictures.get(path or "")
            linkable = enlarges and link not in linked
            return self._figure(found, page, alt, title, next(lazy), linkable) if found else escape(alt)

        linked = linked_pictures(story)
        return hang(story, place, picture, deeper, self.word)

    def _figure(self, picture: Picture, page: Page, alt: str, title: str, is_lazy: bool, is_linked: bool) -> str:
        def here(variant: Variant) -> str:
            return relative(page.address, variant.address, self.links)

        fallback = picture.fallback
        sources = "".join(
            f'<source type="{TYPES[form]}" srcset="{", ".join(f"{here(each)} {each.width}w" for each in variants)}" '
            f'sizes="{_STORY_SIZES}">'
            for form, variants in picture.sources.items()
        )
        loading = ' loading="lazy"' if is_lazy else ""
        tint = f' class="{picture.tint}"' if picture.tint else ""
        image = (
            f'<picture>{sources}<img{tint} src="{here(fallback)}" width="{fallback.width}" height="{fallback.height}" '
            f'alt="{escape(alt)}"{loading} decoding="async"></picture>'
        )
        if is_linked:
            label = escape(f"{self.word('media.enlarge')}：{alt}")
            image = f'<a class="story-picture" href="{here(fallback)}" aria-label="{label}">{image}</a>'
        return f'{image}<span class="story-caption">{escape(title)}</span>' if title else image


def mention_view(mention: Mention) -> dict[str, Any]:
    """What the template of a list of mentions shows."""
    return {
        "title": mention.title,
        "address": mention.address,
        "note": mention.note,
        "date": mention.date,
        "picture": mention.picture,
        "sample": mention.sample,
    }


def picture_view(picture: Picture) -> Mapping[str, Any]:
    """The part of a picture's view that comes from its files: its ``sources``, best form first, and the file that every
    browser can show. ``tint`` and ``focus`` are classes of the style sheet or empty."""
    fallback = picture.fallback
    return {
        "sources": [
            {"type": TYPES[form], "variants": [{"address": each.address, "width": each.width} for each in variants]}
            for form, variants in picture.sources.items()
        ],
        "address": fallback.address,
        "type": TYPES[fallback.form],
        "width": fallback.width,
        "height": fallback.height,
        "tint": picture.tint,
        "focus": "",
    }


def place_of(link: Link, story: Story, site: Site) -> str | None:
    """The site address that a link of ``story`` leads to, ``None`` where it leads to nothing public."""
    target, mark, fragment = link.target.partition("#")
    path = locate(story.path.rpartition("/")[0], target, site.places) if target else story.path
    address = site.places.get(path or "")
    if address is None:
        return None
    return address + (f"#{anchor(fragment)}" if mark and fragment else "")


def check_links(
    catalog: Catalog, site: Site, sources: Sources, used: frozenset[str], faulty: Iterable[Record] | None = None
) -> Iterator[Problem]:
    """Links of stories that lead nowhere (LNK-001), to a missing heading (LNK-002), to something that is not public
    and will be shown as plain text (LNK-003), or to a file that has no page (LNK-004). ``used`` are the files that
    belong to a record, also to one that could not be read: nobody is blamed for pointing at those. With ``faulty`` the
    links of these records are checked instead of those of the catalog."""
    owners = {path: record for record in catalog for path in _paths(record)}
    unread = used | {path.rpartition("/")[0] for path in used}
    for record in catalog if faulty is None else faulty:
        for link in record.story.links if record.story else ():
            if not link.is_picture and record.story and is_safe(link.target):
                yield from _check_link(link, record, record.story, site, sources, owners, unread)


def _paths(record: Record) -> Iterator[str]:
    if record.at:
        return
    yield record.path
    if record.story:
        yield record.story.path
    if record.folder.endswith(f"/{record.id}") or record.path.endswith("/index.md"):
        yield record.folder


def _check_link(
    link: Link,
    record: Record,
    story: Story,
    site: Site,
    sources: Sources,
    owners: Mapping[str, Record],
    unread: frozenset[str],
) -> Iterator[Problem]:
    target, _, fragment = link.target.partition("#")
    path = locate(story.path.rpartition("/")[0], target, sources.paths) if target else story.path
    owner = record if path in _paths(record) else owners.get(path or "")
    if path is None:
        yield problem("SEC-006", link.span, path=link.target, advice=path_advice(link.target))
    elif path in sources.refused:
        return  # already reported where it stands
    elif path not in sources.files and path not in sources.folders:
        if path not in unread:
            yield problem("LNK-001", link.span, target=link.target)
    elif owner is None:
        if path not in unread:
            yield problem("LNK-004", link.span, target=link.target)
    elif owner is not record and path not in site.places:
        if record.data.status == "published":
            yield problem("LNK-003", link.span, target=link.target)
    elif fragment and anchor(fragment) not in (owner.story.ids if owner.story else ()):
        yield problem("LNK-002", link.span, target=link.target, anchor=fragment)
