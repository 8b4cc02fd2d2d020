"""Addresses of pages: site-wide in the plan (``brands/x/``, home is empty), relative on the page."""

from __future__ import annotations

from typing import Literal
from urllib.parse import quote, urlsplit, urlunsplit

LinkStyle = Literal["site", "file"]


def depth(address: str) -> int:
    """How many folders below the site's root the page or file at ``address`` lies."""
    return address.count("/")


def to_root(address: str) -> str:
    """The way from the page at ``address`` to the site's root: ``../`` for each folder, empty at the root."""
    return "../" * depth(address)


def relative(page: str, target: str, style: LinkStyle = "site") -> str:
    """The link to ``target`` (with its ``#fragment``, if any) as written on the page at ``page``.

    With ``style`` ``file`` a folder's address names its ``index.html``, for places without a web server.
    """
    address, mark, fragment = target.partition("#")
    if style == "file" and (address.endswith("/") or not address):
        address += "index.html"
    return (to_root(page) + address or "./") + mark + fragment


def output_file(address: str) -> str:
    """The file that holds the page at ``address``."""
    return f"{address}index.html" if address.endswith("/") or not address else address


def as_uri(address: str) -> str:
    """The complete address ``address`` in ASCII, as formats older than IRIs ask for it: the host by IDNA, the rest
    percent-encoded; what is encoded already stays as it is."""
    parts = urlsplit(address)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    path, query, fragment = (quote(each, safe="/:@!$&'()*+,;=%-._~?") for each in parts[2:])
    return urlunsplit((parts.scheme, host, path, query, fragment))


def share_address(page: str, form: str) -> str:
    """The address of the picture in which the page at ``page`` is passed on: ``share/brands/x/card.png``."""
    return f"share/{page}{form}.png"
