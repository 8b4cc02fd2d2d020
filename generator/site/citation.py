"""How a page is cited: GB/T 7714-2015, 8.8 (electronic resources): author. title[EB/OL]. publisher, year(day of the last
change)[day of citing]. address. The day of citing is known only to who cites: a placeholder stands for it, which the
browser fills in where it can run a script, as it does the address where nobody said where the site is."""

from __future__ import annotations

from generator.site.context import Page, Public


def citation(page: Page, public: Public, author: str = "") -> str:
    """The citation of ``page`` as plain text. Without an ``author`` it is the organiser of the site; the address is
    left out where nobody said where the site is."""
    day = page.changed_on
    changed = f", {day.year}({day.isoformat()})" if day else ""
    parts = [author or public.config.footer.organiser or "", f"{page.title}[EB/OL]"]
    parts += [f"{public.config.name}{changed}{public.word('cite.day')}"]
    parts += [public.public_address(page.address)] if public.config.address else []
    return ". ".join(each for each in parts if each) + "."
