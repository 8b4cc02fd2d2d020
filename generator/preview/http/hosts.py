"""Who may ask the preview: a page of somebody else that a browser happens to show may not.

A name of an attacker can be made to lead to this machine (DNS rebinding), and any page can ask this address for pictures
and scripts. The first shows in the header ``Host``, the second in ``Origin`` and ``Sec-Fetch-Site`` (W3C, Fetch Metadata).
"""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from ipaddress import IPv6Address, ip_address

_AUTHORITY = re.compile(r"(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._-]{1,253})(?::([0-9]{1,5}))?")
_DEFAULT_PORT = 80
Headers = Mapping[str, str] | Message
_OWN_SITE = frozenset({"same-origin", "none"})  # the same page, or a person who typed the address


def is_loopback(address: str) -> bool:
    """Whether ``address``, an IP address, is reached from this machine only."""
    found = ip_address(address.partition("%")[0])
    inner = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return (inner or found).is_loopback


@dataclass(frozen=True, slots=True)
class Doors:
    """The names under which the preview may be asked: those of this machine, ``named`` as the command was given it, and
    with ``is_open`` also the machine's own name."""

    port: int
    named: str
    is_open: bool = False

    def admits(self, authority: str, reached: str) -> bool:
        """Whether ``authority`` (``name:port``) means this server. ``reached`` is the address that the connection came
        in at: nobody can rebind a number, so it may be asked for by it."""
        found = _AUTHORITY.fullmatch(authority)
        if found is None or int(found[2] or _DEFAULT_PORT) != self.port:
            return False
        name = found[1].strip("[]").lower().removesuffix(".")
        if name in self._names():
            return True
        try:
            return ip_address(name) in (ip_address(reached.partition("%")[0]), *_LOOPBACK)
        except ValueError:
            return False

    def _names(self) -> frozenset[str]:
        names = {"localhost", self.named.strip("[]").lower().removesuffix(".")}
        if self.is_open:
            own = socket.gethostname().lower()
            names |= {own, f"{own.partition('.')[0]}.local"}
        return frozenset(names - {""})


_LOOPBACK = (ip_address("127.0.0.1"), ip_address("::1"))


def is_from_elsewhere(headers: Headers, authority: str) -> bool:
    """Whether a page of another site asks. A link that a person follows from there is welcome."""
    origin = headers.get("Origin")
    if origin is not None and origin.lower() != f"http://{authority.lower()}":
        return True
    site = headers.get("Sec-Fetch-Site", "none").lower()
    is_visit = headers.get("Sec-Fetch-Mode", "").lower() == "navigate" and _is_window(headers)
    return site not in _OWN_SITE and not is_visit


def _is_window(headers: Headers) -> bool:
    return headers.get("Sec-Fetch-Dest", "document").lower() == "document"
