"""The records of a frozen year as sources: what its pages were made from, and nothing that was not public in it.

A record is written anew from what its file says, as it stood at the end of the year: without what is dated later, without
what is for checks only (reviews, consents, suppressions), without comments, and without the names of what nobody could see.
Where a field cannot be left out, such a name is replaced. Stories, captions and films are what they are; pictures keep every
pixel and lose what is attached to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import file_digest
from typing import Any

from generator.archive.freezing.originals import bare
from generator.archive.freezing.texts import written
from generator.catalog.catalog import Catalog, Key
from generator.catalog.record import Record
from generator.config import CONFIG_FILE
from generator.kinds import PRESENTING
from generator.media import pictures
from generator.media.formats import svg
from generator.schema.fields import Part
from generator.site.context import Public
from generator.source.files import SourceFile, Sources, locate, read_text
from generator.system.sealed import Sealed
from generator.yaml.strict import KeyPath, Tree

FOLDERS = ("brands", "content")
_CLOSED = Part.internal - {"status"}  # never shown and not needed to make a page
_FRONT = re.compile(r"\A---[ ]*\n(?:.*?\n)?---[ ]*(?:\n|\Z)", re.DOTALL)
_HIDDEN = "not-public"
_NOTHING = object()
_PIXELS = 100  # width at which a drawing is looked at; what is kept is its source, cleaned


@dataclass(frozen=True)
class Given:
    """What a year was made from: all records as they are, the files of the site and its configuration as it is written."""

    catalog: Catalog = field(repr=False)
    sources: Sources = field(repr=False)
    configured: Tree = field(repr=False)


def files(given: Given, public: Public) -> Iterator[tuple[str, bytes | Sealed]]:
    """The sources of all that is ``public``, path → bytes or the file itself; each path once, in no order."""
    cutter = _Cutter(given, public)
    yield CONFIG_FILE, written(given.configured.value).encode()
    done: set[str] = set()
    for path in _pictured(given, public):
        if path not in done and (content := _picture(given.sources.files[path])) is not None:
            done.add(path)
            yield path, content
    for kind in public.kinds.values():
        shown = public.catalog.all(kind.name)
        if kind.layout.form == "roster":
            if shown:
                rows = sorted(shown, key=lambda each: each.at)
                yield kind.layout.pattern, written([cutter.cut(each)[0] for each in rows]).encode()
            continue
        for record in shown:
            yield from _of_record(record, cutter, given.sources)


def _of_record(record: Record, cutter: _Cutter, sources: Sources) -> Iterator[tuple[str, bytes | Sealed]]:
    values, texts = cutter.cut(record)
    if record.path.endswith(".md"):
        text, _ = read_text(sources.files[record.path])
        body = _FRONT.sub("", text.text, count=1) if text else ""
        front = written(values) if values else ""
        yield record.path, f"---\n{front}---\n{cutter.told(record, body)}".encode()
        return
    yield record.path, written(values).encode()
    if record.story is not None:
        text, _ = read_text(sources.files[record.story.path])
        yield record.story.path, cutter.told(record, text.text if text else "").encode()
    sides = {name: each.text.encode() for name, each in record.texts.items()} if texts is None else texts
    for name, content in sides.items():
        yield f"{record.folder}/{name}", content
    for each in record.beside.values():
        yield each.path, _sealed(each)


def _sealed(file: SourceFile) -> Sealed:
    with file.opened() as opened:
        return Sealed(file.root, file.path, file_digest(opened, "sha256").hexdigest(), file.size)


def _pictured(given: Given, public: Public) -> Iterator[str]:
    """The paths of all pictures that are shown."""
    for record in public.catalog:
        for target, *_ in pictures.named(record):
            path = pictures.located(record, target, given.sources)
            if path is not None:
                yield path
    for path in public.config.pictures:
        if path in given.sources.files:
            yield path


def _picture(file: SourceFile) -> bytes | None:
    with file.opened() as opened:
        raw = opened.read()
    if file.name.lower().endswith(".svg"):
        found = svg.clean(raw, _PIXELS)
        return raw if isinstance(found, tuple) else _scaled(raw)
    return bare(raw)


def _scaled(raw: bytes) -> bytes:
    """A drawing without comments and without what its editor says of it."""
    text = re.sub(rb"<!--.*?-->", b"", raw, flags=re.DOTALL)
    return re.sub(rb"<metadata\b.*?</metadata\s*>", b"", text, flags=re.DOTALL)


class _Cutter:
    """Cuts records to what was public of them."""

    def __init__(self, given: Given, public: Public) -> None:
        self.given, self.public = given, public
        self.hidden: dict[Key, set[KeyPath]] = {}
        targets: set[Key] = set()
        for each in given.catalog.referrals:
            if public.catalog.get(*each.target) is None:
                self.hidden.setdefault(each.source, set()).add(tuple(each.path))
                targets.add(each.target)
        self.shown = {path for each in public.catalog for path in (*each.files, each.folder)}
        self.names = {key: f"{_HIDDEN}-{number}" for number, key in enumerate(sorted(targets), 1)}

    def cut(self, record: Record) -> tuple[Any, Mapping[str, bytes] | None]:
        """The values of ``record``, which is seen as it was, and the texts beside it where not all of them are public."""
        whole = self.given.catalog.records[record.kind][record.id]
        raw = record.tree.at(record.at)
        own = PRESENTING[record.kind].archived
        values = self._part(raw, whole.data, record.data, (), self.hidden.get((record.kind, record.id), set()))
        return own(record, raw, values) if own is not None else (values, None)

    def told(self, record: Record, text: str) -> str:
        """The text of a story without the names of what nobody could see."""
        story = record.story
        for link in story.links if story else ():
            if link.is_picture or story is None:
                continue
            path = locate(story.path.rpartition("/")[0], link.target.partition("#")[0], self.given.sources.paths)
            if path in self.given.sources.paths and path not in self.shown:
                for before, after in (("](", ")"), ("](<", ">"), ("]: ", "")):
                    text = text.replace(f"{before}{link.target}{after}", f"{before}{_HIDDEN}.md{after}")
        return text

    def _part(self, raw: Any, was: Part, now: Part, at: KeyPath, hidden: set[KeyPath]) -> dict[str, Any]:
        made = {}
        for name, each in (raw or {}).items():
            if name in _CLOSED or name not in type(was).model_fields:
                continue
            value = self._value(each, getattr(was, name), getattr(now, name), (*at, name), hidden)
            if value is not _NOTHING or type(was).model_fields[name].is_required():
                made[name] = self._replaced(each) if value is _NOTHING else value
        return made

    def _replaced(self, raw: Any) -> Any:
        """What stands for the name of something that nobody could see where a field has to be there."""
        return next((name for (_, id), name in self.names.items() if id == raw), [] if isinstance(raw, list) else _HIDDEN)

    def _value(self, raw: Any, was: Any, now: Any, at: KeyPath, hidden: set[KeyPath]) -> Any:
        if at in hidden or (now is None and was is not None):
            return _NOTHING
        if isinstance(was, Part):
            return self._part(raw, was, now, at, hidden) if isinstance(raw, dict) else raw
        if isinstance(was, tuple) and isinstance(raw, list):
            return self._items(raw, was, now, at, hidden)
        if was == now:
            return raw
        return now.isoformat() if isinstance(now, date) else str(now)

    def _items(self, raw: list[Any], was: tuple[Any, ...], now: tuple[Any, ...], at: KeyPath, hidden: set[KeyPath]) -> Any:
        made = []
        for index, before, after in _pairs(was, now, self.public):
            value = self._value(raw[index], before, after, (*at, index), hidden)
            if value is not _NOTHING:
                made.append(value)
        return made if made or not raw else _NOTHING


def _pairs(was: tuple[Any, ...], now: tuple[Any, ...], public: Public) -> Iterator[tuple[int, Any, Any]]:
    """The items that were left, each with its place and as it was seen."""
    if len(was) == len(now):
        yield from ((index, *each) for index, each in enumerate(zip(was, now, strict=True)))
        return
    left = list(now)
    for index, before in enumerate(was):
        if left and (left[0] is before or left[0] == before or _is_earlier(left[0], before)):
            yield index, before, left.pop(0)
    if left:
        raise ValueError("an edition shows what its record does not hold")


def _is_earlier(seen: Any, whole: Any) -> bool:
    """Whether ``seen`` may be ``whole`` as it stood before: what has a day or a period keeps it."""
    if type(seen) is not type(whole):
        return False
    return any(getattr(seen, name, None) == getattr(whole, name, _NOTHING) for name in ("period", "id", "date"))
