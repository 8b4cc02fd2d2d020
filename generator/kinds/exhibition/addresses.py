"""Where an exhibition is: its page, its stands, what stands behind the last of them, and its calendar."""

from __future__ import annotations

from generator.site.route import CLOSING, stand_address

SECTION = "exhibitions/"


def address_of(id: str) -> str:
    """The address of an exhibition's page."""
    return f"{SECTION}{id}/"


def stand_of(id: str, number: int) -> str:
    """The address of the stand with that number."""
    return stand_address(address_of(id), number)


def closing_of(id: str) -> str:
    """The address of the page behind the last stand."""
    return f"{address_of(id)}{CLOSING}"


def tour_of(id: str) -> str:
    """The address of the list of stops and exhibits, for printing."""
    return f"{address_of(id)}tour/"


def calendar_of(id: str) -> str:
    """The address of the calendar of its tour."""
    return f"{address_of(id)}tour.ics"
