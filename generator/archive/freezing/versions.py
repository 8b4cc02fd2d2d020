"""``versions/`` of a year that is kept alone: the pages to which its records lead, saying that later states are elsewhere.

They look as the year does, whose style sheets lie beside them, and can be read without. Where the year is part of a site, pages of
that site stand in their place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from generator import policy
from generator.archive.items import Item
from generator.pages import frozen
from generator.site.context import Site


def pages(site: Site, items: Sequence[Item], styles: Sequence[str]) -> Mapping[str, bytes]:
    """The pages by their paths beside the folder of the year: one for each section, and one of all. ``styles`` are the style
    sheets of the year."""
    sections: dict[str, list[Item]] = {}
    for each in items:
        sections.setdefault(site.kinds[each.kind].section, []).append(each)
    every = {"": items, **{section: mine for section, mine in sections.items() if section}}
    return {f"{frozen.VERSIONS}{section}index.html": _page(site, mine, section, styles) for section, mine in every.items()}


def _page(site: Site, items: Sequence[Item], section: str, styles: Sequence[str]) -> bytes:
    year = f"{'../' * (section.count('/') + 1)}{site.year}/"
    title = site.word("frozen.alone", year=site.year)
    alone = site.config.name.removesuffix(site.word("edition.name", name="", year=site.year))
    base = site.config.address.removesuffix(f"{site.year}/") if site.config.address else alone
    kinds: dict[str, list[Item]] = {}
    for each in items:
        kinds.setdefault(each.kind_title, []).append(each)
    links = "".join(f'<link rel="stylesheet" href="{year}{escape(each)}">' for each in styles)
    address = f"{frozen.VERSIONS}{section}"
    return policy.seal(
        f'<!doctype html>\n<html lang="{site.config.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)} - {escape(site.config.name)}</title>{links}</head>"
        f'<body><main class="hall"><div class="inner"><header class="page-head" id="frozen-{site.year}"><h1>{escape(title)}</h1>'
        f'<p class="page-head__note">{escape(site.word("frozen.alone.text", site=base))}</p>'
        f'<p><a class="more" href="{year}{frozen.FOLDER}index.html">{escape(site.word("frozen.title", year=site.year))}</a> '
        f'<a class="more" href="{year}index.html">{escape(site.word("frozen.begin"))}</a></p></header>'
        f"{''.join(_group(kind, mine, year) for kind, mine in kinds.items())}</div></main></body></html>\n",
        address,
    ).encode()


def _group(kind: str, items: Sequence[Item], year: str) -> str:
    rows = "".join(
        f'<li{_mark(each)}><strong><a href="{year}{escape(each.page)}">{escape(each.title)}</a></strong></li>' for each in items
    )
    return f'<section class="group"><h2 class="group__title">{escape(kind)}</h2><ul class="versions">{rows}</ul></section>'


def _mark(item: Item) -> str:
    """Where the frozen page of a record leads; that of an id with folders in it leads to the page."""
    return f' id="{escape(item.id)}"' if "/" not in item.id else ""
