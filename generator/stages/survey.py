"""What the pipeline knows after the plan, and how a build ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import generator
from generator.catalog.record import Reading
from generator.catalog.suppressions import Lifted
from generator.checks.pending import Pending
from generator.config import SiteConfig
from generator.kinds import KINDS, mention
from generator.ledger.folders import Sum
from generator.ledger.locks import FOLDER, Lock
from generator.ledger.reading import NOTHING, Ledger
from generator.media import standins
from generator.messages import words
from generator.outputs.data.formats import FORMATS
from generator.page import linkeddata
from generator.pages import redirects, unpublished
from generator.problems import Problem, Span, in_order, problem
from generator.publishing.manifest import PREVIEW, is_preview, read_manifest
from generator.site.context import Plan, Preview, Public, Site
from generator.source.files import Sources
from generator.stages.planning import Planned
from generator.stages.reading import Read
from generator.stages.settings import Settings
from generator.themes.titles import terms_of

if TYPE_CHECKING:
    from generator.publishing.publish import Published
    from generator.stages.render import Hanging
    from generator.themes.look import Look


@dataclass(frozen=True, slots=True)
class Survey:
    """Everything known after the plan. ``config`` and ``planned`` are ``None`` when the configuration cannot be used;
    ``reading`` counts also what is wrong. ``stand_ins`` are for a preview only, ``lifted`` is what suppressions of the
    records lifted, ``pending`` what is not public yet. From ``holds_until`` on the same records come to another site.
    ``read`` is all that was read, of a preview and of a frozen year only, ``ledger`` what was published before, ``mounted``
    are the files of the frozen years beside the site."""

    sources: Sources
    reading: Reading
    problems: tuple[Problem, ...]
    config: SiteConfig | None = None
    planned: Planned | None = None
    stand_ins: Mapping[str, standins.StandIn] = field(default_factory=dict, repr=False)
    lifted: tuple[Lifted, ...] = ()
    pending: tuple[Pending, ...] = field(default=(), repr=False)
    holds_until: datetime | None = None
    read: Read | None = field(default=None, repr=False)
    ledger: Ledger = field(default=NOTHING, repr=False)
    mounted: Mapping[int, Mapping[str, Sum]] = field(default_factory=dict, repr=False)

    @property
    def errors(self) -> int:
        """How many problems stop the site from being published."""
        return sum(each.is_error for each in self.problems)

    @property
    def public(self) -> Public | None:
        """What the public may see."""
        return self.planned.public if self.planned else None

    @property
    def plan(self) -> Plan | None:
        """Its pages and files."""
        return self.planned.plan if self.planned else None

    def with_problems(self, more: Iterable[Problem]) -> Survey:
        """The same with ``more`` problems."""
        return replace(self, problems=in_order((*self.problems, *more)))


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a build ended: nothing was published when ``published`` is ``None``. ``hanging`` makes single pages of what was
    published once more."""

    survey: Survey
    published: Published | None
    hanging: Hanging | None = field(default=None, repr=False)


def planned_site(found: Survey, look: Look, settings: Settings) -> Site:
    """The site that was planned, as views draw on it."""
    assert found.planned is not None
    public, plan = found.planned.public, found.planned.plan
    terms, preview = terms_of(public.config, public.catalog), None
    if settings.keep_going:
        shown = unpublished.by_page(found.pending, plan.pages)
        preview = Preview(found.errors, shown, len(found.pending))
    return Site(
        config=public.config,
        catalog=public.catalog,
        kinds=public.kinds,
        pictures={**public.pictures, **{path: each.picture for path, each in found.stand_ins.items()}},
        today=public.today,
        year=public.year,
        frozen=public.frozen,
        mounted=public.mounted,
        plan=plan,
        tables={each.name: each for each in found.planned.tables},
        formats=FORMATS,
        mention=mention,
        piece=partial(look.piece, terms=terms),
        links=settings.links,
        preview=preview,
        terms=terms,
    )


def facts(found: Survey, settings: Settings, revision: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What the manifest says of the site beside its files. ``revision`` is what it says of the commit."""
    assert found.planned is not None
    public, plan = found.planned.public, found.planned.plan
    told: dict[str, Any] = {
        "generator": generator.__version__,
        "as_of": public.today.isoformat() if public.today else None,
        "addresses": redirects.permanent(plan, public.catalog, public.config, KINDS),
    }
    withdrawn = sorted({each.address for each in plan.pages.values() if each.is_gone}.union(found.planned.fate.gone))
    if withdrawn:
        told["withdrawn"] = withdrawn
    if settings.year is not None:
        told["year"] = settings.year
    if settings.frozen is not None:
        told["frozen"] = {"on": settings.frozen.on.isoformat(), "commit": settings.frozen.commit, "generator": settings.frozen.version}
    if public.mounted.all:
        told["mounted"] = {str(each.year): _lock(each.lock) for each in public.mounted.all}
    if settings.frozen is None:
        told |= {"revision": revision} if revision is not None else {}
        told["records"] = _records(plan, public)
    if settings.keep_going:
        told[PREVIEW] = {"errors": found.errors} | ({"unpublished": len(found.pending)} if found.pending else {})
    return told


def _records(plan: Plan, public: Public) -> dict[str, Any]:
    """By the address of its page, each record: which it is, the digest that its page names, and the digests of its texts."""
    return {
        address: {"record": f"{each.kind}:{each.id}", "digest": each.digest, "texts": dict(each.digests)}
        for address, each in sorted(linkeddata.subjects(public).items())
        if address in plan.pages
    }


def _lock(lock: Lock) -> dict[str, Any]:
    """What the manifest says of a frozen year: what a later build may not find otherwise, and what headers tell."""
    return {"digest": lock.digest, "on": lock.frozen_on.isoformat(), "thawed": [each.digest for each in lock.thawed]}


def lost(found: Survey, out: Path, settings: Settings) -> Iterator[Problem]:
    """What the site that ``out`` holds had and the new one has not. Of what is not for publication nobody keeps addresses."""
    before = read_manifest(out) or {}
    known = before.get("addresses")
    is_same = before.get("year") == settings.year and not is_preview(before) and not settings.keep_going
    if is_same and isinstance(known, list) and found.planned is not None and not found.errors:
        public, plan = found.planned.public, found.planned.plan
        now = redirects.permanent(plan, public.catalog, public.config, KINDS)
        yield from redirects.lost((each for each in known if isinstance(each, str)), plan, now, KINDS)
        yield from _lost_years(before.get("mounted"), public)


def _lost_years(before: object, public: Public) -> Iterator[Problem]:
    """The frozen years that were published with another content which nothing gave up, or are nowhere now."""
    now = {str(each.year): each.lock for each in public.mounted.all}
    for year, told in before.items() if isinstance(before, dict) else ():
        lock, digest = now.get(year), told.get("digest") if isinstance(told, dict) else None
        if lock is None or digest not in (lock.digest, *(each.digest for each in lock.thawed)):
            what = words("archives.lock_gone" if lock is None else "archives.published")
            yield problem("ARC-001", Span(f"{FOLDER}/{year}.yml"), year=year, what=what)
