"""CPY-*: records made from others by copying, in which something of the others was left.

Everything is found by looking it up in a table, so the time grows with the size of the records and not with their pairs.
Two records that share something are reported once, at the later one, with the place in the other; what people take
over on purpose (sources, honours given to many, the bodies that review everybody) is no copy.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import file_digest
from typing import NamedTuple

from generator.catalog.catalog import Catalog
from generator.catalog.inspection import Inspection
from generator.catalog.model import Media
from generator.catalog.record import Record
from generator.media import pictures
from generator.media.formats.forms import ENDINGS, form_of
from generator.problems import Problem, Span, problem
from generator.proofreading.sameness import folded
from generator.schema.fields import Part, short
from generator.schema.parts import part_paths, reference_paths, text_fields, values_at
from generator.source.files import Sources
from generator.system.sealed import Changed
from generator.yaml.strict import KeyPath

LEAST = 16  # characters of a text that two records do not have by chance
_FIRST_STAGE = "初审"
_TAKEN_OVER = frozenset({"sources", "reviews", "revisions", "honours", "suppressions", "contact", "title", "name"}) | {
    *("src", "alt", "caption", "credit", "licence", "consent_ref", "where", "former_names", "aliases", "short_name", "basis"),
    *("definition", "numerator", "denominator", "owner", "tie_rule", "rule_version", "approval_basis", "notice"),
    *("channel", "issuer", "batch", "hours", "access", "venue", "address", "source", "note", "description", "slogan"),
}


class Said(NamedTuple):
    """Something that a record says, in the form in which it is compared, and where."""

    record: Record
    path: KeyPath

    @property
    def span(self) -> Span:
        """Where it is written."""
        return self.record.span(*self.path) if self.path else Span(self.record.files[1])


def check(inspection: Inspection) -> Iterator[Problem]:
    """Equal names (CPY-001, CPY-002), slogans (CPY-003), pictures (CPY-004, CPY-011), texts (CPY-005, CPY-008, CPY-009)
    and honours (CPY-006), and reviews by another unit's body (CPY-007)."""
    catalog, sources = inspection.catalog, inspection.sources
    for by_id in catalog.records.values():
        kept = (each for each in by_id.values() if each.data.status != "withdrawn" and each.data.id in (None, each.id))
        records = sorted(kept, key=_age)  # where the id says another record, that is what was reported
        alike: set[tuple[str, str]] = set()  # the ids of two records already said to be copies: the rest follows
        yield from _names(records, alike)
        yield from _slogans(records, alike)
        yield from _texts(records, alike)
        yield from _honours(records, alike)
        yield from _same_pictures(records, sources, alike)
    yield from _reviews(catalog)


def _age(record: Record) -> tuple[bool, str, str, int]:
    """What was public first is not the copy; nor, of two of one day, the one whose name comes first."""
    data, at = record.data, record.at
    row = at[0] if at and isinstance(at[0], int) else 0
    return (data.status != "published", str(data.published_on or ""), record.path, row)


def _unit(record: Record) -> str | None:
    return getattr(record.data, "unit", None)


def _name(record: Record) -> tuple[str, str]:
    """The field that a record is called by, and what that says."""
    for field in ("name", "display_name", "theme"):
        if getattr(record.data, field, None):
            return field, str(getattr(record.data, field))
    return "title", str(record.data.title or "")


def _names(records: list[Record], alike: set[tuple[str, str]]) -> Iterator[Problem]:
    first: dict[tuple[str, str | None], Said] = {}
    for record in records:
        field, name = _name(record)
        within = record.data.named_within
        if not folded(name) or within == "nowhere":
            continue
        said = Said(record, (field,))
        year = str(record.data.year) if within == "year" else ""
        inside, anywhere = (folded(name) + year, _unit(record) or ""), (folded(name) + year, None)
        other = first.get(inside) or (first.get(anywhere) if within != "unit" else None)
        if other is not None:
            is_same_unit = _unit(other.record) == _unit(record) and _unit(record) is not None
            code = "CPY-001" if is_same_unit else "CPY-002"
            yield problem(code, said.span, name=short(name), other=other.record.id, first=str(other.span))
            alike.add(_pair(record, other.record))
        first.setdefault(inside, said)
        first.setdefault(anywhere, said)


def _pair(one: Record, other: Record) -> tuple[str, str]:
    first, second = sorted((one.id, other.id))
    return (first, second)


def _slogans(records: list[Record], alike: set[tuple[str, str]]) -> Iterator[Problem]:
    first: dict[str, Said] = {}
    for record in records:
        slogan = getattr(record.data, "slogan", None)
        key = folded(slogan) if isinstance(slogan, str) else ""
        if not key:
            continue
        said = Said(record, ("slogan",))
        other = first.setdefault(key, said)
        if other is not said and _pair(record, other.record) not in alike:
            yield problem("CPY-003", said.span, text=short(slogan), other=other.record.id, first=str(other.span))


def _texts(records: list[Record], alike: set[tuple[str, str]]) -> Iterator[Problem]:
    """Texts of some length that stand in two records: one problem for the two, at the first such text."""
    first: dict[str, Said] = {}
    shared: dict[tuple[str, str], list[tuple[Said, Said, str]]] = {}
    for record in records:
        mine: set[str] = set()
        for path, text in _own_texts(record):
            key = folded(text)
            if len(key) < LEAST or key in mine:
                continue
            mine.add(key)
            said = Said(record, path)
            other = first.setdefault(key, said)
            if other is not said:
                shared.setdefault(_pair(record, other.record), []).append((said, other, text))
    for pair, found in shared.items():
        if pair not in alike:
            said, other, text = found[0]
            yield problem(
                _code(found),
                said.span,
                text=_opening(text),
                other=other.record.id,
                first=str(other.span),
                count=len(found),
            )


def _opening(text: str) -> str:
    return short(" ".join(text.split()))


def _code(found: Iterable[tuple[Said, Said, str]]) -> str:
    """Whether invented text stands in a record that does not say so, or is marked along with what it was copied from."""
    marks = [(_is_sample(said), _is_sample(other)) for said, other, _ in found]
    if any(mine != others for mine, others in marks):
        return "CPY-008"
    return "CPY-009" if all(mine and others for mine, others in marks) else "CPY-005"


def _is_sample(said: Said) -> bool:
    return said.record.data.is_made_up(*map(str, said.path[:1]))


def _own_texts(record: Record) -> Iterator[tuple[KeyPath, str]]:
    yield from _texts_of(record.data, ())
    if record.story is not None:
        text = re.sub(r"<[^>]*>", "", record.story.html)
        if len(folded(text)) >= LEAST * 3:
            yield (), text


def _texts_of(part: Part, at: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    for field in text_fields(type(part)):
        value = getattr(part, field.name)
        if value is None or field.name in _TAKEN_OVER:
            continue
        several = isinstance(value, tuple)
        for index, each in enumerate(value if several else (value,)):
            path = (*at, field.name, index) if several else (*at, field.name)
            if isinstance(each, Part) and not _names_another(each):
                yield from _texts_of(each, path)
            elif isinstance(each, str) and field.is_text:
                yield path, each


def _names_another(part: Part) -> bool:
    """Whether a part speaks of something that has a record of its own, such as an indicator: others may say the same."""
    return any(next(values_at(part, path), None) for path, _ in reference_paths(type(part)))


def _honours(records: list[Record], alike: set[tuple[str, str]]) -> Iterator[Problem]:
    """One honour is given to many; the same list of several in another unit's record was copied."""
    first: dict[tuple[tuple[str, str, str], ...], Said] = {}
    for record in records:
        honours = getattr(record.data, "honours", ())
        if len(honours) < 2:
            continue
        said = Said(record, ("honours",))
        key = tuple(sorted((folded(each.title), folded(each.issuer), str(each.date)) for each in honours))
        other = first.setdefault(key, said)
        if other is said or _unit(other.record) == _unit(record) or _pair(record, other.record) in alike:
            continue
        yield problem("CPY-006", said.span, count=len(honours), other=other.record.id, first=str(other.span))


def _reviews(catalog: Catalog) -> Iterator[Problem]:
    """A first review by another unit's body: it was left when a record was copied. Later stages are the same bodies for
    everybody."""
    called = _names_of_units(catalog)
    if not called:
        return
    known = re.compile("|".join(re.escape(each) for each in sorted(called, key=len, reverse=True)))
    where: dict[tuple[str, str, str], Said] = {}
    for record in catalog:
        for index, each in enumerate(record.data.reviews):
            owner = _named_unit(each.role, called, known)
            if owner is not None and owner == _unit(record):
                where.setdefault((owner, each.role, each.date.isoformat()), Said(record, ("reviews", index)))
    families: dict[str | None, frozenset[str]] = {}  # of each unit once: it takes as long as all that name it
    for record in catalog:
        unit_of = _unit(record)
        own = families[unit_of] if unit_of in families else families.setdefault(unit_of, _family(unit_of, catalog))
        for index, each in enumerate(record.data.reviews):
            owner = _named_unit(each.role, called, known) if each.stage == _FIRST_STAGE and own else None
            if owner is None or owner in own:
                continue
            unit = catalog.records["unit"][owner]
            source = where.get((owner, each.role, each.date.isoformat()))
            first = str(source.span if source else unit.span("name"))
            span = record.span("reviews", index, "role")
            yield problem("CPY-007", span, role=short(each.role), unit=unit.data.heading, first=first)


def _names_of_units(catalog: Catalog) -> dict[str, str]:
    called: dict[str, str] = {}
    for unit in catalog.all("unit"):
        for name in (unit.data.name, unit.data.short_name, *unit.data.former_names):
            if name and len(name) > 2:
                called.setdefault(name, unit.id)
    return called


def _named_unit(role: str, called: dict[str, str], known: re.Pattern[str]) -> str | None:
    hit = known.search(role)
    return called[hit.group()] if hit else None


def _family(unit: str | None, catalog: Catalog) -> frozenset[str]:
    """The unit with those it took over from and the one that took over from it."""
    if unit is None or catalog.get("unit", unit) is None:
        return frozenset()
    found = {unit, *(each.id for each in catalog.naming("unit", unit, "unit", "successor"))}
    record = catalog.get("unit", unit)
    return frozenset(found | {record.data.successor}) if record and record.data.successor else frozenset(found)


def _same_pictures(records: list[Record], sources: Sources, alike: set[tuple[str, str]]) -> Iterator[Problem]:
    """The same picture in two records of a kind, under two names (CPY-004), or twice in one (CPY-011). A file that
    several records name is shared on purpose. Only files of the same size are read."""
    shown: dict[str, Said] = {}
    for record in records:
        for at, target in _pictures_of(record):
            found = pictures.located(record, target, sources)
            if found is not None and at[0] not in _COVERS:
                shown.setdefault(found, Said(record, at))
    sizes: dict[int, list[str]] = {}
    for path in shown:
        sizes.setdefault(sources.files[path].size, []).append(path)
    equal = [pair for paths in sizes.values() if len(paths) > 1 for pair in _equal_files(paths, sources)]
    together = Counter(_pair(shown[path].record, shown[other].record) for path, other in equal)
    told: set[tuple[str, str]] = set(alike)
    for path, other in equal:
        said, earlier = shown[path], shown[other]
        pair = _pair(said.record, earlier.record)
        is_one = said.record is earlier.record
        if said.path[:-1] == earlier.path[:-1] if is_one else pair not in told:
            told.add(pair)
            values = {"path": path.rpartition("/")[2], "first": str(earlier.record.span(*earlier.path, "src"))}
            span = said.record.span(*said.path, "src")
            more = {} if is_one else {"other": earlier.record.id, "count": together[pair]}
            yield problem("CPY-011" if is_one else "CPY-004", span, **values, **more)


def _pictures_of(record: Record) -> Iterator[tuple[KeyPath, str]]:
    model: type[Part] = type(record.data)
    for pattern in part_paths(model, Media):
        for path, media in values_at(record.data, pattern):
            yield path, media.src


_COVERS = frozenset({"poster"})  # one may stand for a whole series


def _equal_files(paths: list[str], sources: Sources) -> Iterator[tuple[str, str]]:
    """Each of ``paths`` whose content an earlier one has, with that one. What is no picture is reported elsewhere."""
    first: dict[str, str] = {}
    for path in paths:
        try:
            with sources.files[path].opened() as file:
                is_picture = path.lower().endswith(ENDINGS.get(form_of(file.read(64)) or "", ()))
                file.seek(0)
                digest = file_digest(file, "sha256").hexdigest()
        except (OSError, Changed):
            continue  # reported where the picture is made
        if not is_picture:
            continue
        other = first.setdefault(digest, path)
        if other != path:
            yield path, other
