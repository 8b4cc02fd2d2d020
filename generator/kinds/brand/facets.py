"""What the brand wall is divided by: season, category, system, unit, honours and the stars of branches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.catalog.catalog import Catalog
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.kinds.release.awards import awards_of
from generator.messages import say
from generator.site.wall import Facet, by_system, by_unit, by_year

OTHER = "other"  # honours that the record states, as against those this site's releases give
STARS = ("5", "4", "3")  # a rating without a star is no distinction and no value


def facets_of(brands: Sequence[Record], catalog: Catalog, config: SiteConfig) -> Iterator[Facet]:
    """The facets of the wall of ``brands``, the most asked for first."""
    yield by_year(brands, config)
    yield Facet("category", config.choices["categories"], lambda each: (each.data.category,))
    yield by_system(catalog, config)
    yield by_unit(brands, catalog)
    yield _by_honour(catalog, config)
    yield _by_star(catalog, config)


def _by_honour(catalog: Catalog, config: SiteConfig) -> Facet:
    """By the releases that a brand won, as computed, and by whether it states other honours."""
    won = awards_of(catalog)
    labels = {
        each.id: say("facet.honour.release", config.words, year=each.data.year) for each in catalog.all("release")
    }

    def honours(record: Record) -> Iterator[str]:
        yield from (each.release.id for each in won.get(record.id, ()))
        if record.data.honours:
            yield OTHER

    return Facet("honour", {**labels, OTHER: say("facet.honour.other", config.words)}, honours)


def _by_star(catalog: Catalog, config: SiteConfig) -> Facet:
    """By the most stars that a branch behind the brand was given in its latest rating. The branches are those that the
    brand names; for one that names none, all of its unit."""
    stars: dict[str, int] = {}
    best: dict[str, int] = {}
    for each in catalog.all("branch"):
        if each.data.latest:
            stars[each.id] = int(each.data.latest.star)
            best[each.data.unit] = max(stars[each.id], best.get(each.data.unit, 0))

    def star(record: Record) -> tuple[str, ...]:
        named = record.data.branches
        found = max((stars.get(id, 0) for id in named), default=0) if named else best.get(record.data.unit, 0)
        return (str(found),)

    return Facet("star", {each: say(f"facet.star.{each}", config.words) for each in STARS}, star)
