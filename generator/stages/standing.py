"""What is known of the site before when the next one is made: of which pages and files it is certain that they would come to
the same bytes.

For that the last build kept, under its seal, what each thing was made from, digests of the records field by field, and what the
system said of each file that it published. Where anything else differs (program, libraries, configuration, theme, pictures,
which records there are and what names what), or the plan itself was made from what changed, nothing stands.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import generator
from generator import program
from generator.catalog.record import Record
from generator.publishing.publish import Published
from generator.site.context import Site
from generator.source.files import Sources
from generator.stages.planning import Planned
from generator.stages.settings import Settings
from generator.stages.survey import Survey
from generator.standing.reads import Asked, Reads, digests
from generator.standing.things import Standings, Thing
from generator.system.cache import Cache, key
from generator.system.looks import is_settled
from generator.system.packing import packed, unpacked
from generator.system.sealed import Standing, state_of
from generator.text.addresses import output_file
from generator.themes.look import Look

_STEP = "standing"
_DIGEST = 12  # bytes of a field's digest


@dataclass(frozen=True, slots=True)
class _Known:
    """A record: what the system says of its ``files``, ``None`` where that does not tell a change for certain, and the digests
    of its fields, one after the other."""

    files: tuple[tuple[int, ...], ...] | None
    digests: bytes


@dataclass(frozen=True, slots=True)
class Before:
    """The site before, as far as it stands, and what is known of the records of this one."""

    standings: Standings
    target: Path = field(default_factory=Path)
    begun: int = 0
    name: str = ""
    whole: str = ""
    plan: Asked | None = None
    records: tuple[_Known, ...] = field(default=(), repr=False)
    paths: tuple[tuple[str, ...], ...] = field(default=(), repr=False)  # none of what is shown otherwise than it was read

    def keep(self, done: Published, cache: Cache) -> None:
        """Keep what is known of the site that is published now."""
        if self.standings.reads is None or self.plan is None:
            return
        files = {}
        for address in self.standings.now:
            name = output_file(address)
            state = _state(f"{self.target}/{name}")
            if state is not None and name in done.listed:
                files[name] = (done.listed[name]["sha256"], done.listed[name]["size"], state)
        told = {
            "whole": self.whole,
            "frames": self.standings.frames,
            "plan": self.plan.numbers,
            "records": [(_settled(paths, self.begun), each.digests) for each, paths in zip(self.records, self.paths, strict=True)],
            "things": {at: _told(each) for at, each in self.standings.now.items() if each.asked is not None},
            "files": files,
        }
        cache.write(_STEP, self.name, packed(told))


def before(
    found: Survey, site: Site, look: Look, settings: Settings, out: Path, cache: Cache, reads: Reads | None, begun: int
) -> Before:
    """What is known of the site before at ``out``, now that ``site`` is about to be made by a build that has ``begun`` at that
    time (nanoseconds). ``reads`` notes what it is made from."""
    planned = found.planned
    if reads is None or planned is None or planned.asked is None:
        return Before(Standings())
    target = out.resolve()
    place = sha256(os.fsencode(target)).hexdigest()  # its name may be of bytes that are no text
    name = key(_STEP, generator.__version__, (place, settings.links, str(settings.precompress)))
    whole = _whole(found.sources, planned, site, look, settings, begun)
    records = (*site.catalog, *planned.gone)
    as_read = {id(each) for each in found.reading.records}
    paths = tuple(_paths(each, found.sources) if id(each) in as_read else () for each in records)
    kept = unpacked(cache.read(_STEP, name) or b"", dict) or {}
    if kept.get("whole") != whole or kept.get("plan") is None:
        known = tuple(_Known(None, _joined(each)) for each in records)
        return Before(Standings(reads), target, begun, name, whole, planned.asked, known, paths)
    known = tuple(_as_before(*each) for each in zip(records, paths, kept["records"], strict=True))
    changed = frozenset(_changed(records, known, kept["records"], reads))
    standings = Standings(reads, changed=changed)
    if not Asked(kept["plan"]).has_any(changed) and not planned.asked.has_any(changed):
        things = {at: Thing(Asked(numbers, said), used, is_drawing) for at, (numbers, said, used, is_drawing) in kept["things"].items()}
        files = {each: Standing(target, each, *facts) for each, facts in kept["files"].items()}
        standings = Standings(reads, things, files, changed, frames_before=kept["frames"])
    return Before(standings, target, begun, name, whole, planned.asked, known, paths)


def _told(thing: Thing) -> tuple[bytes, Mapping[tuple[str, str], str], tuple[tuple[str, str], ...], bool]:
    assert thing.asked is not None
    return thing.asked.numbers, thing.asked.told, thing.used, thing.is_drawing


# -- the records --------------------------------------------------------------------------------------------------------------


def _paths(record: Record, sources: Sources) -> tuple[str, ...]:
    """The files that ``record`` was read from."""
    return tuple(f"{sources.root}/{each}" for each in record.files)


def _as_before(record: Record, paths: tuple[str, ...], kept: tuple[tuple[tuple[int, ...], ...] | None, bytes]) -> _Known:
    """What is known of ``record``: what was kept of it where its files are the same."""
    return _Known(*kept) if kept[0] is not None and kept[0] == _states(paths) else _Known(None, _joined(record))


def _joined(record: Record) -> bytes:
    return b"".join(digests(record).values())


def _changed(
    records: Iterable[Record], known: Iterable[_Known], kept: Iterable[tuple[object, bytes]], reads: Reads
) -> Iterator[int]:
    """The numbers of all fields whose digests differ."""
    for number, (record, now, (_, then)) in enumerate(zip(records, known, kept, strict=True)):
        if now.digests != then:
            names = [*digests(record)]
            is_other = len(then) != len(names) * _DIGEST
            parts = range(0, len(names) * _DIGEST, _DIGEST)
            differ = (is_other or now.digests[at : at + _DIGEST] != then[at : at + _DIGEST] for at in parts)
            yield from reads.numbers((name for name, is_new in zip(names, differ, strict=True) if is_new), number)


def _settled(paths: tuple[str, ...], begun: int) -> tuple[tuple[int, ...], ...] | None:
    states = _states(paths)
    return states if states is not None and all(is_settled(each[-2:], begun) for each in states) else None


def _states(paths: tuple[str, ...]) -> tuple[tuple[int, ...], ...] | None:
    found = tuple(map(_state, paths))
    return None if not found or None in found else found  # type: ignore[return-value]


def _state(path: str) -> tuple[int, ...] | None:
    try:
        return state_of(os.lstat(path))
    except OSError:
        return None


# -- all else -----------------------------------------------------------------------------------------------------------------


def _whole(sources: Sources, planned: Planned, site: Site, look: Look, settings: Settings, begun: int) -> str:
    """A digest of everything but the fields of records that a page or file may be made from."""
    digest = sha256()
    for each in (
        generator.__version__,
        program.state(),
        program.installed(),
        repr(site.config),
        repr((settings.links, settings.precompress, site.today)),
        repr([each.lock for each in site.mounted.all]),
        repr([_outline(each) for each in (*site.catalog, *planned.gone)]),
        repr([(each.source, each.target, each.field) for each in site.catalog.referrals]),
        repr([(kind, id, held[0].id, held[1]) for kind, by_id in site.catalog.insides.items() for id, held in by_id.items()]),
        repr(sorted(site.pictures.items())),
        repr(sorted(site.terms.words)),
        repr([*site.plan.pages]),
        repr([*site.plan.outputs]),
        repr(sorted(site.plan.places.items())),
        repr([*_others(sources, site, begun)]),
    ):
        digest.update(each.encode("utf-8", "surrogatepass") + b"\0")
    for name, content in sorted(look.assets.files.items()):
        digest.update(name.encode() + sha256(content).digest())
    for file in sorted(each for part in ("exhibits", "frame") for each in (look.folder / part).rglob("*") if each.is_file()):
        digest.update(str(file.relative_to(look.folder)).encode() + sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _outline(record: Record) -> tuple[object, ...]:
    return record.kind, record.id, record.path, record.folder, record.story is not None and record.story.path, record.at


def _others(sources: Sources, site: Site, begun: int) -> Iterator[object]:
    """The files that belong to no text of a public record: pictures, films, drafts, and what the system says of them; of one
    that was just written that tells nothing."""
    mine = {path for record in site.catalog for path in record.files}
    for path, file in sources.files.items():
        if path not in mine:
            state = _settled((str(file.absolute),), begun)
            yield path, state if state is not None else secrets.token_hex(8)
