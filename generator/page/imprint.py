"""What a page says of itself on paper: where it hangs, its permanent address, and a code that leads there.

It is part of every page and shown in print only. Without a configured address there is nothing to lead to, so the page
says just where it hangs.
"""

from __future__ import annotations

from html import escape

import segno

from generator.pages.not_found import NOT_FOUND
from generator.site.context import Page, Public

QUIET = 4  # modules, ISO/IEC 18004
_MASK = 3  # any of the eight can be read; trying them all costs five times as much, and every page has a code


def imprint(page: Page, public: Public) -> str:
    """The markup of the imprint of ``page``."""
    path = "".join(f"<li>{escape(each)}</li>" for each in _path(page, public))
    address = public.public_address(page.address) if public.config.address and page.address != NOT_FOUND else ""
    link = f'<p class="imprint__address">{escape(address)}</p>' if address else ""
    return f'<div class="imprint"><div><ul class="imprint__path">{path}</ul>{link}</div>{_code(address)}</div>'


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
