"""Where an address outside leads: to the host that a reader takes it for, or somewhere else.

A browser reads an address by rules of its own (WHATWG URL), a reader by its look. What the two would read differently is
refused: names and passwords before the host, signs that only look like the slash or the dot behind it, hosts that mix
scripts (Unicode Technical Standard 39, section 5), hosts that are numbers. A host inside a building, by its name or its number, or an unusual port
is an ordinary address that few can open.
"""

from __future__ import annotations

import re
from functools import cache
from ipaddress import AddressValueError, IPv4Address, IPv4Network
from urllib.parse import unquote

_OUTSIDE = re.compile(r"https?:[/\\]*([^/\\?#]*)", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?<=:)//([^/?#\s]+)")
_AT = re.compile("@|%(?:25){0,3}40")
_PORT = re.compile(r":([^:\]]*)\Z")
_USUAL_PORTS = ("", "80", "443")
_LATIN = re.compile(r"[a-z0-9_-]+")
_LABEL = re.compile(r"[a-z0-9_\u3400-\u9fff\U00020000-\U000323af-]+")  # Han, with what Chinese names of hosts add to it
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_INSIDE = frozenset(
    {"localhost", "localdomain", "local", "lan", "internal", "intranet", "intra", "private", "corp", "home", "arpa"}
)
_INNER = tuple(map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")))

REFUSED = frozenset({"SEC-002", "LNK-015", "LNK-016", "LNK-017"})  # the others are only told


@cache
def misleading(address: str) -> str | None:
    """The code of what is wrong with where ``address`` leads, ``None`` when nothing is or it leads nowhere outside."""
    match = _OUTSIDE.match(address)
    if match is None:
        return None
    authority = _decoded(match[1])
    if not authority.isascii() and _has_false_sign(authority):
        return "LNK-016"
    if "@" in authority:
        return "LNK-015"
    port = _PORT.search(authority)
    host = (authority[: port.start()] if port else authority).lower().removesuffix(".")
    return _of_host(host) or (_of_port(port[1]) if port else None)


def without_secret(text: str) -> str:
    """``text`` as it may be printed: without the name and password that stand before a host."""
    return _AUTHORITY.sub(_veiled, text)


def _veiled(match: re.Match[str]) -> str:
    *_, host = _AT.split(match[1])
    return match[0] if host == match[1] else f"//***@{host}"


def _decoded(text: str) -> str:
    """``text`` with what is percent-encoded written out, also what was encoded twice."""
    for _ in range(3):
        plain = unquote(text)
        if plain == text:
            break
        text = plain
    return text


def _has_false_sign(authority: str) -> bool:
    return any(not each.isascii() and not _LABEL.fullmatch(each) and not each.isalnum() for each in authority)


def _of_host(host: str) -> str | None:
    if host.startswith("[") or ":" in host:
        return "LNK-017"
    if _is_inner_number(host):
        return "LNK-018"
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):  # a browser reads all of it as one number then, whatever base and length
        return "LNK-017"
    if not all(map(_is_plain, labels)):
        return "LNK-016"
    return "LNK-018" if len(labels) == 1 or labels[-1] in _INSIDE else None


def _is_inner_number(host: str) -> bool:
    """Whether a host is a number of an inner network, written as everybody writes it (RFC 1918, RFC 6598): many such
    networks have no names."""
    try:
        number = IPv4Address(host)
    except AddressValueError:
        return False
    return any(number in network for network in _INNER)


def _is_plain(label: str) -> bool:
    """Whether a part of a host is of Latin letters or Han, and, where it is encoded, is not the twin of a Latin one."""
    if label.startswith("xn--"):
        try:
            shown = label.removeprefix("xn--").encode("ascii").decode("punycode")
        except (UnicodeError, ValueError, OverflowError):
            return False
        return not _LATIN.fullmatch(shown) and _LABEL.fullmatch(shown) is not None
    return _LABEL.fullmatch(label) is not None


def _of_port(port: str) -> str | None:
    if not (port.isascii() and port.isdigit() or port == "") or int(port or 0) > 65_535:
        return "SEC-002"
    return None if port in _USUAL_PORTS else "LNK-019"
