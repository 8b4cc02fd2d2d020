"""What the pages of a release show: the list, how it came about, and the ceremony."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from generator.catalog.catalog import Catalog
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.kinds.calendar import work_calendar
from generator.kinds.release.awards import SECTION, Award, address_of, awards, flow, names_of
from generator.kinds.release.contest import Decision, RoundOutcome
from generator.kinds.release.model import VOTE, Release, decide
from generator.kinds.release.scoring import JudgeTotal
from generator.messages import say
from generator.site.context import Made, Page, Public
from generator.site.record_page import foot, index_page, made_up, record_page
from generator.text.numerals import natural

TABLES = ("release-results", "release-rounds")


def pages(catalog: Catalog, config: SiteConfig) -> Iterator[Page]:
    """The list of releases, and of each its page and its ceremony."""
    releases = catalog.all("release")
    yield index_page(SECTION, "releases", config, "content/releases", "releases.html", _index_view, downloads=TABLES)
    for record in releases:
        release: Release = record.data
        names = say("list.comma", config.words).join(names_of(each, catalog)[0] for each in awards(record))
        about = say("release.description", config.words, name=release.heading, names=names)
        yield record_page(record, address_of(record.id), SECTION, about, "release.html", _release_view, downloads=TABLES)
        yield Page(
            address=f"{address_of(record.id)}ceremony/",
            section=SECTION,
            title=say("ceremony.title", config.words, name=release.heading),
            origin=record.span("id"),
            template="ceremony.html",
            view=_ceremony_view,
            subject=record,
            changed_on=release.changed_on,
            is_listed=False,
        )


def _index_view(page: Page, public: Public) -> Mapping[str, Any]:
    """All releases, newest first, each with its first three."""
    return {
        "releases": [
            {
                "name": each.data.heading,
                "address": address_of(each.id),
                "announced": each.data.announced_on.date(),
                "count": len(awards(each)),
                "logos": [row["logo"] for row in _rows(awards(each)[:3], public) if row["logo"]],
                "sample": each.data.is_sample,
            }
            for each in public.catalog.all("release")
        ]
    }


def _release_view(page: Page, made: Made) -> Mapping[str, Any]:
    """One release: the list, and everything that shows how it was decided."""
    record = page.about(Record)
    release: Release = record.data
    decision = decide(record)
    return {
        "name": release.heading,
        "announced": _announced(release),
        "quota": release.quota,
        "rows": _rows(awards(record), made),
        "made_up": made_up(release, made),
        "story": made.story(record.story, page, deeper=1),
        "gallery": [view for each in release.gallery if (view := made.picture(record, each))],
        "ceremony": f"{address_of(record.id)}ceremony/",
        "basis": {"doc": release.approval_basis.doc, "issuer": release.approval_basis.issuer},
        "rule_version": release.rule_version,
        "judges_count": release.judges_count,
        "drop_extremes": release.drop_extremes,
        "decimals": release.decimals,
        "tie_rule": release.tie_rule.text,
        "recusals": len(release.recusals),
        "notice": _notice(release, made),
        "steps": _steps(release, decision),
        "rounds": _rounds(release, decision),
        "totals": _totals(record, decision, made),
        "sheet": _sheet(record, decision, made),
        "others": [
            {"name": each.data.heading, "address": address_of(each.id)}
            for each in made.catalog.all("release")
            if each.id != record.id
        ],
        "index": SECTION,
        "foot": foot(page, record, made, published_on=release.announced_on.date()),
    }


def _ceremony_view(page: Page, public: Public) -> Mapping[str, Any]:
    """The slides of the ceremony: from the last of the list to the first, then all."""
    record = page.about(Record)
    release: Release = record.data
    rows = _rows(awards(record), public)
    return {
        "name": release.heading,
        "site": public.config.name,
        "organiser": public.config.footer.organiser or release.approval_basis.issuer,
        "announced": _announced(release),
        "rows": rows,
        "reveal": list(reversed(rows)),
        "back": address_of(record.id),
        "sample": release.is_sample,
    }


def _announced(release: Release) -> Mapping[str, Any]:
    return {"day": release.announced_on.date(), "time": f"{release.announced_on:%H:%M}"}


def _rows(released: Sequence[Award], public: Public) -> list[dict[str, Any]]:
    found = []
    for award in released:
        name, unit = names_of(award, public.catalog)
        brand = public.catalog.get("brand", award.brand)
        found.append(
            {
                "rank": award.rank,
                "name": name,
                "unit": unit,
                "citation": award.candidate.citation or "",
                "address": f"brands/{brand.id}/" if brand else None,
                "logo": public.picture(brand, brand.data.logo) if brand else None,
            }
        )
    return found


def _notice(release: Release, public: Public) -> Mapping[str, Any] | None:
    round_ = release.notice_round
    if round_ is None:
        return None
    return {
        "first": round_.start,
        "last": round_.end,
        "count": work_calendar(public.catalog).count(round_.start, round_.end),
        "needed": release.notice.working_days,
        "channel": release.notice.channel,
        "objections": release.notice.objections,
        "outcome": release.notice.outcome,
    }


def _steps(release: Release, decision: Decision) -> list[int]:
    """The numbers of the funnel: each time fewer go on, down to the released."""
    steps: list[int] = []
    for _, entered, went_on in flow(release, decision):
        for count in (entered, went_on):
            if count is not None and (not steps or count < steps[-1]):
                steps.append(count)
    return steps


def _rounds(release: Release, decision: Decision) -> list[dict[str, Any]]:
    return [
        {
            "kind": each.kind,
            "start": each.start,
            "end": each.end,
            "entered": entered if each.criteria or each.entered is not None else None,
            "went_on": went_on if went_on != entered else None,
            "weight": plain(each.weight) if each.weight else None,
            "is_scored": bool(each.criteria),
            "criteria": [{"name": one.name, "max": plain(one.max)} for one in each.criteria if each.kind != VOTE],
        }
        for each, entered, went_on in flow(release, decision)
    ]


def _totals(record: Record, decision: Decision, public: Public) -> Mapping[str, Any] | None:
    """Totals of those who came to the deciding round. Nobody else's are published."""
    deciding = decision.deciding
    if deciding is None:
        return None
    counted = [each for each in decision.rounds if each.round.weight]
    names = {id: names_of(_as_award(record, id), public.catalog) for id in deciding.entered}
    criteria = {one.id: one.name for each in decision.rounds for one in each.round.criteria}
    return {
        "round": deciding.round.kind,
        "heads": [{"round": each.round.kind, "weight": plain(each.round.weight)} for each in counted],
        "rows": [
            {
                "rank": each.rank,
                "name": names[each.candidate][0],
                "unit": names[each.candidate][1],
                "means": [f"{one.means[each.candidate]:f}" for one in counted],
                "total": f"{each.total:f}",
                "decided_by": criteria.get(each.decided_by, each.decided_by),
                "is_released": each in decision.released,
            }
            for each in decision.standings
        ],
    }


def _as_award(record: Record, brand: str) -> Award:
    candidate = next(each for each in record.data.candidates if each.brand == brand)
    return Award(record, brand, 0, Decimal(0), candidate)


def _sheet(record: Record, decision: Decision, public: Public) -> Mapping[str, Any] | None:
    """What each judge gave in the deciding round, by anonymous label."""
    deciding = decision.deciding
    if deciding is None:
        return None
    recused = {(each.judge, each.brand) for each in record.data.recusals}
    judges = sorted({each.judge for score in deciding.scores.values() for each in score.totals}, key=natural)
    return {
        "round": deciding.round.kind,
        "most": plain(sum((each.most for each in deciding.round.criteria), Decimal(0))),
        "judges": judges,
        "rows": [_sheet_row(record, each.candidate, deciding, judges, recused, public) for each in decision.standings],
    }


def _sheet_row(
    record: Record, brand: str, deciding: RoundOutcome, judges: list[str], recused: set[tuple[str, str]], public: Public
) -> Mapping[str, Any]:
    score = deciding.scores[brand]
    given = {each.judge: each for each in score.totals}
    cells = [_cell(given.get(judge), (judge, brand) in recused) for judge in judges]
    name, _ = names_of(_as_award(record, brand), public.catalog)
    return {"name": name, "cells": cells, "mean": f"{score.mean:f}"}


def _cell(given: JudgeTotal | None, is_recused: bool) -> Mapping[str, str]:
    if given is None:
        return {"text": "", "why_not": "recused" if is_recused else ""}
    return {"text": plain(given.total), "why_not": given.why_not}


def plain(number: Decimal) -> str:
    """A number without needless zeros: 40, 18.5."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
