"""Links of stories: where they lead, and to whom that is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.catalog.catalog import Catalog
from generator.catalog.record import Record
from generator.problems import Problem, problem
from generator.source.files import Sources, locate, path_advice
from generator.story import Link, Story, anchor, is_safe


def check(
    catalog: Catalog, places: Mapping[str, str], sources: Sources, used: frozenset[str], faulty: Iterable[Record] | None = None
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
                yield from _check_link(link, record, record.story, places, sources, owners, unread)


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
    places: Mapping[str, str],
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
    elif owner is not record and path not in places:
        if record.data.status == "published":
            yield problem("LNK-003", link.span, target=link.target)
    elif fragment and anchor(fragment) not in (owner.story.ids if owner.story else ()):
        yield problem("LNK-002", link.span, target=link.target, anchor=fragment)
