"""What search engines ask for: the site map of sitemaps.org, and ``robots.txt``.

Both need to know where the site is, so neither is written without a configured address. ``robots.txt`` counts at the root
of a host only (RFC 9309, section 2.3): a site below a path writes none, and ``docs/hosting.md`` says which line the host's
own needs. Parts of a large site map lie beside the first, because a site map may only name what lies below itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from urllib.parse import urlsplit

from markupsafe import escape

from generator.config import CONFIG_FILE, SiteConfig
from generator.problems import Span
from generator.site.context import Output, Page, Public
from generator.text.addresses import as_uri

ADDRESS = "sitemap.xml"
ROBOTS = "robots.txt"
MOST, LARGEST = 50_000, 50 * 1024 * 1024  # addresses and bytes of one file (sitemaps.org, protocol 0.9)
_ORIGIN = Span(CONFIG_FILE)
_START = '<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'

SitemapEntry = tuple[str, date | None]  # a site address, and the last day on which what stands there changed


def outputs(pages: Iterable[Page], config: SiteConfig, *, is_preview: bool = False) -> Iterator[Output]:
    """The site map of ``pages``, in parts where one file may not hold them all, and ``robots.txt``. Nobody is told of the
    pages of a preview."""
    if config.address is None:
        return
    is_root = urlsplit(config.address).path in ("", "/")
    if is_preview:
        if is_root:
            yield Output(ROBOTS, _ORIGIN, lambda site: b"User-agent: *\nDisallow: /\n")
        return
    entries = [(each.address, each.changed_on) for each in pages if each.is_indexed]
    parts = divided(entries, config, MOST, LARGEST)
    if len(parts) == 1:
        yield Output(ADDRESS, _ORIGIN, partial(_write, parts[0]))
    else:
        yield Output(ADDRESS, _ORIGIN, partial(_index, parts))
        for number, part in enumerate(parts, start=1):
            yield Output(_part(number), _ORIGIN, partial(_write, part))
    if is_root:
        yield Output(ROBOTS, _ORIGIN, _robots)


def _part(number: int) -> str:
    return f"sitemap-{number}.xml"


def divided(entries: Sequence[SitemapEntry], config: SiteConfig, most: int, largest: int) -> list[list[SitemapEntry]]:
    """``entries`` in as few parts, in their order, as hold ``most`` of them and ``largest`` bytes each."""
    ends = len(_START.format(name="urlset")) + len("</urlset>\n")
    parts: list[list[SitemapEntry]] = [[]]
    size = ends
    for entry in entries:
        bytes_ = len(_line("url", entry[0], entry[1], config).encode())
        if parts[-1] and (len(parts[-1]) == most or size + bytes_ > largest):
            parts.append([])
            size = ends
        parts[-1].append(entry)
        size += bytes_
    return parts


def _write(entries: Sequence[SitemapEntry], public: Public) -> bytes:
    lines = (_line("url", address, _known(day, public), public.config) for address, day in entries)
    return f"{_START.format(name='urlset')}{''.join(lines)}</urlset>\n".encode()


def _index(parts: Sequence[Sequence[SitemapEntry]], public: Public) -> bytes:
    lines = []
    for number, part in enumerate(parts, start=1):
        days = (_known(day, public) for _, day in part)
        lines.append(_line("sitemap", _part(number), max(filter(None, days), default=None), public.config))
    return f"{_START.format(name='sitemapindex')}{''.join(lines)}</sitemapindex>\n".encode()


def _line(name: str, address: str, day: date | None, config: SiteConfig) -> str:
    changed = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
    place = as_uri(f"{(config.address or '').rstrip('/')}/{address}")
    return f"<{name}><loc>{escape(place)}</loc>{changed}</{name}>\n"


def _known(day: date | None, public: Public) -> date | None:
    """``day``, unless it has not come yet: what will change is no change."""
    return day if day and public.today and day <= public.today else None


def _robots(public: Public) -> bytes:
    return f"User-agent: *\nAllow: /\n\nSitemap: {as_uri(public.public_address(ADDRESS))}\n".encode()
