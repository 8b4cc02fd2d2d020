"""What a deposit says of itself. Every date in it comes from here, for two runs have to write the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a frozen year. ``frozen_on`` is the day on which it was frozen, ``commit`` that of its sources,
    ``version`` that of the program. ``address`` is where the year is published; without one the records of the web
    archive get addresses of a host that cannot exist (RFC 2606, ``.invalid``). ``fonds`` is the number that the archive
    office gave the organisation, ``category`` the code of what kind of archive this is; both begin the number of every
    record (modelled on DA/T 13-2022; ``WY`` are pages of the web)."""

    title: str
    organisation: str
    contact: str
    year: int
    frozen_on: date
    retention: str
    commit: str
    version: str
    description: str
    address: str = ""
    licence: str = ""
    fonds: str = ""
    category: str = "WY"

    @property
    def stem(self) -> str:
        """What the files of the deposit are called."""
        return f"exhibition-{self.year}"

    @property
    def moment(self) -> str:
        """``frozen_on`` as a moment (RFC 3339), where a format asks for one."""
        return f"{self.frozen_on.isoformat()}T00:00:00Z"

    @property
    def stamp(self) -> str:
        """``moment`` in the fourteen digits of an index."""
        return f"{self.frozen_on:%Y%m%d}000000"

    @property
    def base(self) -> str:
        """The address below which the files were published, with a slash at its end."""
        address = self.address or f"https://exhibition.invalid/{self.year}/"
        return address if address.endswith("/") else f"{address}/"

    @property
    def software(self) -> str:
        """The program that writes the deposit."""
        return f"exhibit {self.version}"


def one_line(text: str) -> str:
    """``text`` where a format keeps a value in one line."""
    return " ".join(text.split())
