"""What views draw on: the public catalog, the plan, the pictures, and the ways to link between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Any

from generator.addresses import LinkStyle, relative
from generator.catalog import Catalog
from generator.config import SiteConfig
from generator.kind import Kind, Media, Mention
from generator.media.pictures import Picture
from generator.messages import say
from generator.plan import Page, Site
from generator.problems import Problem, problem
from generator.records import Record
from generator.sources import Sources, resolve
from generator.story import Link, Story, hang, is_safe


@dataclass(frozen=True)
class Show:
    """Everything a view may look at. ``catalog`` holds what the public may see and nothing more. ``today`` is the last
    day on which any of it changed, not the day of the build; ``sizes`` are the bytes of the outputs."""

    config: SiteConfig
    catalog: Catalog
    site: Site
    pictures: Mapping[str, Picture] = field(repr=False)
    links: LinkStyle = "site"
    kinds: Mapping[str, Kind] = field(default_factory=dict, repr=False)
    today: date | None = None
    sizes: Mapping[str, int] = field(default_factory=dict, repr=False)
    year: int | None = None

    def word(self, key: str, **values: object) -> str:
        """The wording ``key`` in the language of the pages."""
        return say(key, self.config.words, **values)

    def picture(self, record: Record, media: Media | None) -> Mapping[str, Any] | None:
        """The view of a picture of ``record``, ``None`` where there is none to show."""
        picture = self.pictures.get(resolve(record.folder, media.src) or "") if media else None
        if media is None or picture is None:
            return None
        return {
            **picture_view(picture),
            "alt": media.alt,
            "caption": media.caption,
            "credit": media.credit,
            "licence": media.licence,
            "ai_generated": media.ai_generated,
        }

    def mentions(self, record: Record) -> dict[str, list[Mention]]:
        """What names ``record``, by the name of its kind, each kind and its records in their order."""
        sources = {each.source for each in self.catalog.inbound(record.kind, record.id)}
        found: dict[str, list[Mention]] = {}
        for name, kind in self.kinds.items():
            ids = {id for source, id in sources if source == name}
            if kind.mention is None or not ids:
                continue
            naming = self.catalog.naming(record.kind, record.id, name)
            made = [mention for each in naming if (mention := kind.mention(each, record, self))]
            if made:
                found[name] = made
        return found

    def story(self, story: Story | None, page: Page, deeper: int = 0) -> str:
        """The HTML of ``story`` as it hangs on ``page``, its headings ``deeper`` levels down; empty without one."""
        if story is None:
            return ""

        def place(link: Link) -> str | None:
            address = place_of(link, story, self.site)
            return None if address is None else relative(page.address, address, self.links)

        def picture(link: Link, alt: str, title: str) -> str:
            path = resolve(story.path.rpartition("/")[0], link.target)
            found = self.pictures.get(path or "")
            return self._figure(found, page, alt, title) if found else escape(alt)

        return hang(story, place, picture, deeper)

    def _figure(self, picture: Picture, page: Page, alt: str, title: str) -> str:
        largest = picture.largest
        sources = ", ".join(
            f"{relative(page.address, each.address, self.links)} {each.width}w" for each in picture.variants
        )
        image = (
            f'<img src="{relative(page.address, largest.address, self.links)}" srcset="{sources}" '
            f'sizes="(min-width: 48em) 42rem, 92vw" width="{largest.width}" height="{largest.height}" '
            f'alt="{escape(alt)}" loading="lazy" decoding="async">'
        )
        return f'{image}<span class="story-caption">{escape(title)}</span>' if title else image


def picture_view(picture: Picture) -> Mapping[str, Any]:
    """The part of a picture's view that comes from its files."""
    return {
        "variants": [{"address": each.address, "width": each.width} for each in picture.variants],
        "address": picture.largest.address,
        "width": picture.largest.width,
        "height": picture.largest.height,
    }


def place_of(link: Link, story: Story, site: Site) -> str | None:
    """The site address that a link of ``story`` leads to, ``None`` where it leads to nothing public."""
    target, mark, fragment = link.target.partition("#")
    path = resolve(story.path.rpartition("/")[0], target) if target else story.path
    address = site.places.get(path or "")
    if address is None:
        return None
    return address + (f"#s-{fragment}" if mark and fragment else "")


def check_links(catalog: Catalog, site: Site, sources: Sources, used: frozenset[str]) -> Iterator[Problem]:
    """Links of stories that lead nowhere (LNK-001), to a missing heading (LNK-002), to something that is not public
    and will be shown as plain text (LNK-003), or to a file that has no page (LNK-004). ``used`` are the files that
    belong to a record, also to one that could not be read: nobody is blamed for pointing at those."""
    owners = {path: record for record in catalog for path in _paths(record)}
    unread = used | {path.rpartition("/")[0] for path in used}
    for record in catalog:
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
    path = resolve(story.path.rpartition("/")[0], target) if target else story.path
    owner = owners.get(path or "")
    if path is None:
        yield problem("SEC-006", link.span, path=link.target)
    elif path in sources.refused:
        return  # already reported where it stands
    elif path not in sources.files and path not in sources.folders:
        yield problem("LNK-001", link.span, target=link.target)
    elif owner is None:
        if path not in unread:
            yield problem("LNK-004", link.span, target=link.target)
    elif owner is not record and path not in site.places:
        if record.data.status == "published":
            yield problem("LNK-003", link.span, target=link.target)
    elif fragment and fragment not in (owner.story.anchors if owner.story else ()):
        yield problem("LNK-002", link.span, target=link.target, anchor=fragment)
