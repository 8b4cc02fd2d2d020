"""What a page says of itself on paper: where it hangs, its permanent address, and a code that leads there.

It is part of every page and shown in print only. Without a configured address there is nothing to lead to, so the page
says just where it hangs.
"""

from __future__ import annotations

from html import escape

import segno

from generator.pages.not_found import NOT_FOUND
from generator.pages.redirects import shorts_of
from generator.site.context import Page, Public, Site
from generator.site.record_page import SHORT, place_of, states_of
from generator.text.addresses import output_file

QUIET = 4  # modules, ISO/IEC 18004
_MASK = 3  # any of the eight can be read; trying them all costs five times as much, and every page has a code


def imprint(page: Page, site: Site) -> str:
    """The markup of the imprint of ``page``; that of a record also says the short address, which is quicker to
    type and which the code holds, and the newest frozen page of it, which never changes."""
    path = "".join(f"<li>{escape(each)}</li>" for each in _path(page, site))
    address = site.public_address(page.address) if site.config.address and page.address != NOT_FOUND else ""
    link = f'<p class="imprint__address">{escape(address)}</p>' if address else ""
    short = next((each for each in shorts_of(page.address, site.kinds.values()) if output_file(each) in site.plan.outputs), "")
    held = site.public_address(short) if address and short else address
    if held != address:
        link += f'<p class="imprint__short">{escape(held)}</p>'
    for each in states_of(page, site)[:1]:
        link += f'<p class="imprint__frozen">{escape(place_of(each, site))} SHA-256: {each.record.sha256[:SHORT]}</p>'
    return f'<div class="imprint"><div><ul class="imprint__path">{path}</ul>{link}</div>{_code(held)}</div>'


def _path(page: Page, public: Public) -> list[str]:
    """The names from the site down to the page."""
    sections = {item.to.strip("/") + "/": item.title for item in public.config.navigation}
    names = [public.config.name, sections.get(page.section, ""), page.title]
    return [each for each in dict.fromkeys(names) if each]


def _code(address: str) -> str:
    """The code as a drawing; empty without an address, or for one that is longer than a code can hold."""
    if not address:
        return ""
    try:
        code = segno.make_qr(address, error="m", mask=_MASK)
    except segno.DataOverflowError:
        return ""
    drawing = code.svg_inline(border=QUIET, omitsize=True, svgclass="imprint__code", lineclass=None)
    return drawing.replace("<svg ", '<svg aria-hidden="true" ', 1)
