"""Identifiers that programs remember: of entries in feeds and of events in calendars.

A reader of feeds shows an entry anew, and a calendar an event twice, as soon as its identifier changes; two cities must
never have the same one. So they are name-based UUIDs (RFC 9562, version 5) below the one of the site, which stands in its
configuration and never changes, whatever the site is called and wherever it lies.
"""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid5

from generator.config import SiteConfig


def of_site(config: SiteConfig) -> UUID:
    """The permanent identifier of the site. Without one in the configuration it is made of the address, which is as
    good until that changes, or of the organiser where nobody knows the address: never of the site's name."""
    if config.id:
        return UUID(config.id)
    return uuid5(NAMESPACE_URL, config.address or f"organiser:{config.footer.organiser or ''}")


def of_place(config: SiteConfig, place: str) -> UUID:
    """The identifier of what has the permanent name ``place`` in the site, such as the address of its page."""
    return uuid5(of_site(config), place)
