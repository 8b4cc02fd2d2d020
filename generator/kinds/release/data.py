"""What is made of releases beside their pages and awards: share cards, linked data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.catalog.record import Record
from generator.kinds.release import stated
from generator.kinds.release.awards import awards, names_of, true_awards
from generator.kinds.release.model import Release, decide
from generator.media.cards.faces import CardFace
from generator.site import linked
from generator.site.context import Public, Site


def face(record: Record, public: Public) -> CardFace:
    """What share cards and posters show of a release."""
    release: Release = record.data
    day = release.announced_on.date()
    date = f"{day.year}年{day.month}月{day.day}日" if public.config.words == "zh" else day.isoformat()
    return CardFace(
        title=release.heading,
        label=public.label(public.kind_label("release"), release.year),
        line=public.word("share.released", date=date),
        unit=public.config.footer.organiser or release.approval_basis.issuer,
        entries=tuple(names_of(each, public.catalog) for each in awards(record)),
        note=public.sample_note(release, "name", "results", "candidates"),
    )


def linked_data(record: Record, site: Site) -> linked.Node:
    """The published list, first to last, each name with the page of its brand."""
    release: Release = record.data
    page = site.kinds["brand"].address
    released = true_awards(record)
    places = [(each, page(each.brand) if page else "") for each in released]
    return {
        "@type": "CreativeWork",
        "datePublished": release.announced_on,
        "publisher": {"@type": "GovernmentOrganization", "name": release.approval_basis.issuer},
        "mainEntity": {
            "@type": "ItemList",
            "itemListOrder": "https://schema.org/ItemListOrderAscending",
            "numberOfItems": len(places),
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": each.rank,
                    "name": names_of(each, site.catalog)[0],
                    "url": linked.At(place) if place in site.plan.pages else None,
                }
                for each, place in places
            ],
        }
        if places
        else None,
    }


def archived(record: Record, raw: Any, values: Any) -> tuple[Any, Mapping[str, bytes]]:
    """A release as the archive of its year has it: those who came to the last round, and the decision in place of the score
    sheet. Who was not that far is nobody's business, nor is why a judge was recused."""
    decision = decide(record)
    released = {each.candidate for each in decision.released}
    shown = {each.candidate for each in decision.standings}
    candidates = [each for each in raw.get("candidates") or () if each.get("brand") in shown]
    recusals = [{"judge": each["judge"], "brand": each["brand"] if each["brand"] in shown else "not-public"} for each in raw.get("recusals") or ()]
    changed = {
        "candidates": [{key: each[key] for key in each if key != "citation" or each["brand"] in released} for each in candidates],
        "recusals": recusals,
        "results": [each for each in raw.get("results") or () if each.get("brand") in shown],
    }
    kept = {**values, **changed}
    return {name: kept[name] for name in raw if kept.get(name) not in (None, [])}, {stated.FILE: stated.written(decision)}
