"""Editions: the part of the catalog that the public may see at a moment, as it stood then."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import chain

from generator.catalog.catalog import Catalog, Key
from generator.catalog.record import Record


@dataclass(frozen=True, slots=True)
class Frozen:
    """How the edition of a year is frozen: on which day, from which ``commit`` of its sources (empty where there is none),
    by which ``version`` of the program. ``is_again``: made anew from the records of an archive, which were checked when it
    was frozen and hold no more than was public."""

    on: date
    commit: str = ""
    version: str = ""
    is_again: bool = False


@dataclass(frozen=True, slots=True)
class Edition:
    """What the public may see at a moment. ``as_of`` is an aware time; days begin in ``zone``. With ``year`` it is the
    edition of that year: everything that was public when it ended, as it stood then. With a ``mark`` it is a preview:
    also what is not public yet is shown, its names marked, but nothing that is kept secret until its hour. With ``frozen``
    it is never changed again."""

    as_of: datetime
    zone: tzinfo
    year: int | None = None
    mark: str = ""
    frozen: Frozen | None = None

    @property
    def moment(self) -> datetime:
        """The moment that counts: ``as_of``, for a year at the latest its last."""
        if self.year is None:
            return self.as_of
        return min(self.as_of, datetime.combine(date(self.year, 12, 31), time.max, self.zone))

    @property
    def today(self) -> date:
        """The day of the moment where the site is."""
        return self.moment.astimezone(self.zone).date()

    def holds_until(self, catalog: Catalog) -> datetime | None:
        """The next moment at which the same records could come to another site: a new day, or the hour of a record. ``None``
        for the edition of a year that is over."""
        if self.moment < self.as_of:
            return None
        days = [datetime.combine(self.today + timedelta(1), time.min, self.zone)]
        times = (each for record in catalog for each in (record.data.shown_from, record.data.was_public_from))
        return min([*days, *(each for each in times if isinstance(each, datetime) and each > self.moment)])

    def shows(self, record: Record) -> bool:
        """Whether ``record`` is public at this moment."""
        return self._is_past(record.data.shown_from)

    def buries(self, record: Record) -> bool:
        """Whether ``record`` was public before this moment and is withdrawn."""
        return self._is_past(record.data.was_public_from)

    def buried(self, catalog: Catalog) -> tuple[Record, ...]:
        """The records of ``catalog`` that were public once and are withdrawn."""
        return tuple(each for each in catalog if self.buries(each))

    def awaits(self, record: Record) -> bool:
        """Whether ``record`` may still become public: a draft, one under review, one whose day has not come."""
        return record.data.status != "withdrawn" and not self.shows(record)

    def _is_past(self, first: date | datetime | None) -> bool:
        if isinstance(first, datetime):
            return first <= self.moment
        return first is not None and first <= self.today

    def _holds(self, record: Record) -> bool:
        """Whether ``record`` is part of this edition."""
        return self.shows(record) or bool(self.mark) and self.awaits(record) and not record.data.is_secret

    def of(self, catalog: Catalog) -> Catalog:
        """The part of ``catalog`` that the public may see, in a preview also what it will see. Nothing else reaches any
        later stage."""
        records = {
            kind: {id: self._as_seen(record) for id, record in by_id.items() if self._holds(record)}
            for kind, by_id in catalog.records.items()
        }
        kept = {(kind, id) for kind, by_id in records.items() for id in by_id}
        insides = {
            kind: {
                id: (records[holder.kind][holder.id], inside)
                for id, (holder, inside) in by_id.items()
                if (holder.kind, holder.id) in kept
            }
            for kind, by_id in catalog.insides.items()
        }
        visible = kept | {(kind, id) for kind, by_id in insides.items() for id in by_id}
        referrals = tuple(
            replace(each, record=records[each.record.kind][each.record.id])
            for each in catalog.referrals
            if each.source in kept and each.target in visible
        )
        return Catalog(records, catalog.broken, referrals, insides)

    def of_changed(self, catalog: Catalog, public: Catalog, changed: Collection[Key]) -> Catalog:
        """The same as ``of(catalog)`` where ``public`` is what that was before the records ``changed`` did, without looking at
        all others again. Each of them is there before and after."""
        records = dict(public.records)
        for name in {kind for kind, _ in changed}:
            mine = {**public.records[name]}
            mine |= {id: self._as_seen(catalog.records[name][id]) for kind, id in changed if kind == name}
            records[name] = {id: mine[id] for id in catalog.records[name] if id in mine}
        insides = {
            held: {
                id: (records[holder.kind][holder.id], inside)
                for id, (holder, inside) in by_id.items()
                if holder.id in records[holder.kind]
            }
            for held, by_id in catalog.insides.items()
        }
        referrals = tuple(
            each if each.record is own else replace(each, record=own)
            for each in catalog.referrals
            if (own := records[each.record.kind].get(each.record.id)) is not None
            and (each.target[1] in records.get(each.target[0], ()) or each.target[1] in insides.get(each.target[0], ()))
        )
        return Catalog(records, public.broken, referrals, insides)

    def effective_again(self, before: date | None, was: Catalog, now: Catalog, catalog: Catalog) -> date | None:
        """The same as ``effective(catalog)`` where it was ``before`` with the records ``was`` in place of ``now``."""
        lost, won = self.effective(was), self.effective(now)
        if before is None or lost == before and won != before:
            return self.effective(catalog)
        return max(before, won) if won is not None else before

    def _as_seen(self, record: Record) -> Record:
        data = record.data.seen_on(self.today)
        if self.mark and not self.shows(record):
            data = data.marked(self.mark)
        return record if data is record.data else replace(record, data=data)

    def effective(self, catalog: Catalog) -> date | None:
        """The last day, not after ``as_of``, on which something public appeared or changed. The clock alone does not
        move it."""
        days = (each for record in catalog if self.shows(record) for each in self._days(record))
        gone = (each.data.withdrawn_on for each in catalog if self.frozen is None and self.buries(each))
        seen = (day for day in chain(days, gone) if day is not None and day != date.min)
        return max((day for day in seen if day <= self.today), default=None)

    def _days(self, record: Record) -> Iterator[date]:
        first = record.data.shown_from
        if first is not None:
            yield first.astimezone(self.zone).date() if isinstance(first, datetime) else first
        for day in record.data.days():
            if day <= self.today:
                yield day
