"""The search: one index of everything public, made with the site, asked by a script that needs no server.

Entries (``entries``) are folded (``folding``) and indexed by pairs of characters (``grams``); their texts are packed
(``packing``) to be looked at once more before anything counts as found, and their names are kept by sound
(``sounds``). ``index`` writes all that as scripts that work from any place, also without a web server.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from generator.catalog.catalog import Catalog
from generator.catalog.kind import Kind
from generator.config import CONFIG_FILE, SiteConfig
from generator.kinds import PRESENTERS
from generator.messages import say, words_under
from generator.outputs.search import again
from generator.outputs.search.entries import INDICATORS, PAGES, count, entries
from generator.outputs.search.index import FOLDER, Labels, Size
from generator.pages.site_map import SITE_MAP
from generator.problems import Span
from generator.site.context import Output, Page, Public, Site
from generator.site.plan import section_address
from generator.system.cache import Cache
from generator.text.addresses import relative

_ORIGIN = Span(CONFIG_FILE)


def pages(config: SiteConfig) -> Iterator[Page]:
    """The page of the search."""
    title = say("search.title", config.words)
    about = say("search.description", config.words, site=config.name)
    yield Page(FOLDER, "", title, _ORIGIN, about, "search.html", _view)


def outputs(planned: Sequence[Page], catalog: Catalog, kinds: Iterable[Kind]) -> Iterator[Output]:
    """The files of the index of ``catalog`` and of the listed pages among ``planned``."""
    shelf = _Shelf()
    for name in Size.of(count(planned, kinds, catalog)).names():
        yield Output(f"{FOLDER}{name}.js", _ORIGIN, partial(shelf.file, name), is_apart=True)


class _Shelf:
    """The files of the index: all are made when the first of them is asked for."""

    def __init__(self) -> None:
        self._made: tuple[Site, Mapping[str, bytes]] | None = None

    def file(self, name: str, site: Site, cache: Cache | None = None) -> bytes:
        """The content of one file."""
        if self._made is None or self._made[0] is not site:
            newest_last = tuple(entries(site))[::-1]  # what is new gets the highest numbers
            self._made = site, again.make(newest_last, _labels(site), cache)
        return self._made[1][name]


def _labels(public: Public) -> Labels:
    words = public.config.words
    kinds = {name: kind.label.in_language(words) for name, kind in public.kinds.items()}
    kinds[INDICATORS] = public.word("search.indicator")
    return Labels(
        kinds={**kinds, PAGES: public.word("search.page")},
        year=lambda year: public.word("year", year=year),
        units={each.id: each.data.label for each in public.catalog.all("unit")},
        categories=public.config.choices["categories"],
        leads={each.kind.name: each.searched.lead for each in PRESENTERS},
    )


def form(site: Site, scripts: Mapping[str, str]) -> Mapping[str, Any]:
    """What the form in every header needs: where it leads and, by way of ``scripts``, which scripts complete what is
    typed; they are loaded only when somebody begins to type, ``further`` ones when a question needs them. Nothing where there is nothing to search."""
    if FOLDER not in site.plan.pages:
        return {}
    loaded = [scripts[each] for each in ("search", "search-suggest") if each in scripts]
    further = {each: scripts[f"search-{each}"] for each in ("results", "near") if f"search-{each}" in scripts}
    return {"address": relative("", FOLDER, site.links), "scripts": loaded, "further": further}


def _view(page: Page, site: Site) -> Mapping[str, Any]:
    items = ((each.title, section_address(each.to)) for each in site.config.navigation)
    return {
        "ways": [{"title": title, "address": address} for title, address in items if address in site.plan.pages],
        "words": words_under("search.say", site.config.words),
        "sitemap": SITE_MAP,
    }
