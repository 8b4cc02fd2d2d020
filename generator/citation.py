"""How a page is cited: author, title, [EB/OL], site, day, address, as GB/T 7714-2015 (8.5, electronic resources) orders
them. The day of citing, which that standard also wants, is known only to who cites."""

from __future__ import annotations

from generator.plan import Page
from generator.show import Show


def citation(page: Page, show: Show, author: str = "") -> str:
    """The citation of ``page`` as plain text. Without an ``author`` it is the organiser of the site; the address is
    left out where nobody said where the site is."""
    day = f", {page.changed_on.isoformat()}" if page.changed_on else ""
    parts = [author or show.config.footer.organiser or "", f"{page.title}[EB/OL]", f"{show.config.name}{day}"]
    parts += [show.public_address(page.address)] if show.config.address else []
    return ". ".join(each for each in parts if each) + "."
