"""``versions/`` of a year that is kept alone: plain pages to which its records lead, saying that later states are elsewhere.

They need nothing beside them. Where the year is part of a site, pages of that site stand in their place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from generator.archive.items import Item
from generator.pages import frozen
from generator.site.context import Site

_STYLE = (
    "body{margin:0 auto;max-width:44rem;padding:1.5rem;font:1.0625rem/1.7 system-ui,sans-serif;color:#222;background:#fff}"
    "a{color:#8a1519}li{margin:.5rem 0}@media(prefers-color-scheme:dark){body{color:#eee;background:#151515}a{color:#f0a5a5}}"
)


def pages(site: Site, items: Sequence[Item]) -> Mapping[str, bytes]:
    """The pages by their paths beside the folder of the year: one for each section, and one of all."""
    sections: dict[str, list[Item]] = {}
    for each in items:
        sections.setdefault(site.kinds[each.kind].section, []).append(each)
    made = {f"{frozen.VERSIONS}index.html": _page(site, items, "../")}
    for section, mine in sections.items():
        if section:
            made[f"{frozen.VERSIONS}{section}index.html"] = _page(site, mine, "../" * (section.count("/") + 1))
    return made


def _page(site: Site, items: Sequence[Item], up: str) -> bytes:
    title = site.word("frozen.alone", year=site.year)
    alone = site.config.name.removesuffix(site.word("edition.name", name="", year=site.year))
    base = site.config.address.removesuffix(f"{site.year}/") if site.config.address else alone
    text = escape(site.word("frozen.alone.text", site=base))
    rows = "".join(_row(each, site, up) for each in items)
    return (
        f'<!doctype html>\n<html lang="{site.config.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)} - {escape(site.config.name)}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1><p>{text}</p><ul>{rows}</ul></main></body></html>\n"
    ).encode()


def _row(item: Item, site: Site, up: str) -> str:
    mark = f' id="{escape(item.id)}"' if "/" not in item.id else ""
    return f'<li{mark}>{escape(item.kind_title)} <a href="{up}{site.year}/{escape(item.page)}">{escape(item.title)}</a></li>'
