"""The kinds of record. To add one: its folder, its line here, its template, a good and a bad fixture site."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from generator.catalog.kind import Kind
from generator.catalog.record import Record
from generator.site.context import Site
from generator.site.mention import Mention
from generator.site.presenter import Presenter

# The folders of the kinds, in the order in which kinds follow each other everywhere. Each has a ``PRESENTER``.
NAMES = (
    "unit",
    "branch",
    "brand",
    "project",
    "exhibition",
    "video",
    "release",
    "report",
    "pioneer",
    "calendar",
    "page",
)

PRESENTERS: tuple[Presenter, ...] = tuple(import_module(f"{__name__}.{each}").PRESENTER for each in NAMES)

KINDS: tuple[Kind, ...] = tuple(each.kind for each in PRESENTERS)
BY_NAME: Mapping[str, Kind] = {kind.name: kind for kind in KINDS}
PRESENTING: Mapping[str, Presenter] = {each.kind.name: each for each in PRESENTERS}


def mention(record: Record, other: Record, site: Site) -> Mention | None:
    """How ``record`` is shown on the page of ``other``, which it names; ``None`` where its kind is not shown there."""
    shown = PRESENTING[record.kind].mention
    return shown(record, other, site) if shown else None
