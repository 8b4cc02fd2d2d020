"""The addresses of a site that are for ever: which those are, and which of the published ones a new site lacks.

For ever are all pages but the further ones of a list (``page/2/``), short addresses, feeds, the data handed out, what lies
below the page of a record and is not named by its content (calendars), and all addresses that lead on or tell of a withdrawal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from generator.catalog.catalog import Catalog
from generator.catalog.record import ALL, Record
from generator.config import SiteConfig
from generator.kinds import BY_NAME, KINDS
from generator.ledger.lines import DATA, FEED, FORMER, PAGE, Entry
from generator.ledger.tombstones import Tombstone
from generator.outputs import feeds
from generator.pages.not_found import NOT_FOUND
from generator.pages.tombstones import above, former_of, page_of
from generator.problems import Problem, problem
from generator.publishing.headers import NAMED_BY_CONTENT
from generator.site import tables
from generator.stages.planning import Planned

_FURTHER = re.compile(r"(?:.*/)?page/[0-9]+/")
_BY_CONTENT = re.compile("|".join(NAMED_BY_CONTENT))
_OF_FILES = {feeds.PAGE: FEED, tables.DATA: DATA}  # the folders of files that are of no single record


def published(planned: Planned) -> Iterator[Entry]:
    """Every address of a planned site that is for ever, each with the first day on which its record was public; for what is
    of no record, or of one without a day, that is the last day on which anything public changed. There is nothing where no
    day is known at all."""
    public, plan = planned.public, planned.plan
    today = public.today
    if today is None:
        return
    owners = {**_owners(planned), **_shorts(planned)}
    former = former_of(public.config, KINDS)
    for address, page in plan.pages.items():
        owner = _owner(address, owners)
        if isinstance(page.subject, Tombstone):
            yield Entry(address, FORMER, today)
        elif owner is not None and (address in owners or not _FURTHER.fullmatch(address)):
            yield _of_record(address, owner, public.config, today)
        elif owner is None and address != NOT_FOUND and not _FURTHER.fullmatch(address):
            yield Entry(address, PAGE, today)
    for file in plan.outputs:
        address = file.removesuffix("index.html")
        owner = _owner(address, owners) if not _BY_CONTENT.match(file) else None
        folder = file.partition("/")[0] + "/"
        if address in former:
            yield Entry(address, FORMER, today)
        elif owner is not None:
            yield _of_record(address, owner, public.config, today)
        elif folder in _OF_FILES:
            yield Entry(address, _OF_FILES[folder], today)


def _owners(planned: Planned) -> dict[str, Record]:
    """The records by the addresses of their pages, withdrawn ones too. The home page belongs to the whole site."""
    records = (*planned.gone, *planned.public.catalog)
    addressed = ((each, BY_NAME[each.kind].address) for each in records)
    found = ((address(each.id), each) for each, address in addressed if address is not None)
    return {at: each for at, each in found if at and "#" not in at}


def _shorts(planned: Planned) -> dict[str, Record]:
    records = (*planned.gone, *planned.public.catalog)
    found = ((BY_NAME[each.kind].short_address(each.id), each) for each in records)
    return {at: each for at, each in found if at is not None}


def _owner(address: str, owners: Mapping[str, Record]) -> Record | None:
    """The record whose page is at ``address`` or is the nearest above it."""
    return next((owners[each] for each in (address, *above(address)) if each in owners), None)


def _of_record(address: str, record: Record, config: SiteConfig, today: date) -> Entry:
    first = record.data.shown_from or record.data.was_public_from
    if isinstance(first, datetime):
        first = first.astimezone(config.zone).date()
    day = first if first is not None and record.data.is_dated else today  # a roster is in force long before it is published
    return Entry(address, f"{record.kind}:{record.id}", day)


def lost(planned: Planned, catalog: Catalog, *, is_sound: bool) -> Iterator[Problem]:
    """What was published and is nowhere in the plan (URL-001). Where ``is_sound`` says that something else is wrong, nobody is blamed
    for what may be missing because of that: records that cannot be read, and what is made from many records."""
    for each in planned.fate.lost:
        if is_sound or (not planned.faults and each.record is not None and not _is_broken(each.record, catalog)):
            values = {"address": each.address or "/", "subject": each.subject, "day": each.day.isoformat()}
            yield problem("URL-001", each.span, **values, page=_page_of(each))


def _is_broken(record: tuple[str, str], catalog: Catalog) -> bool:
    kind, id = record
    return not {(kind, id), (kind, ALL)}.isdisjoint(catalog.broken)


def _page_of(entry: Entry) -> str:
    """The page whose tombstone would stand for ``entry``: that of its record, if it has one."""
    kind = BY_NAME.get(entry.record[0]) if entry.record is not None else None
    if entry.record is not None and kind is not None and kind.address is not None:
        return kind.address(entry.record[1])
    return page_of(entry.address)
