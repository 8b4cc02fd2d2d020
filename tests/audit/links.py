"""Every link and anchor of a built site, in its pages and in the files that machines read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from tests.helpers.published import PublishedPage, read_page

READ_BY_MACHINES = (".xml", ".json", ".txt", ".webmanifest", ".atom", ".ics", ".csv")
_IN_TEXT = r"[^\s\"'<>\\,;)\]}|]*"  # an address in a text ends before any of these


@dataclass(frozen=True)
class Links:
    """``broken`` are for people to read; ``checked`` counts the links that were followed, ``outside`` those to other
    hosts, which nobody follows here."""

    checked: int
    outside: int
    broken: tuple[str, ...]


NOWHERE = "http://site.invalid/folder/"  # stands for the address of a site that has none


@dataclass(frozen=True)
class _Place:
    """A built site. ``address`` is what all its own addresses begin with."""

    folder: Path
    files: frozenset[str]
    address: str
    has_server: bool

    def url(self, file: str) -> str:
        """The address of the page in ``file``."""
        return self.address + (file.removesuffix("index.html") if self.has_server else file)

    def is_outside(self, url: str) -> bool:
        """Whether ``url`` leads to another host or is no address of a page, as ``mailto:`` is none."""
        return urlsplit(url)[:2] != urlsplit(self.address)[:2]

    def file(self, url: str) -> str | None:
        """The file that ``url`` on this site's host leads to, ``None`` for none."""
        path, own = unquote(urlsplit(url).path), urlsplit(self.address).path
        if not path.startswith(own):
            return None
        name = path.removeprefix(own)
        if self.has_server and (name.endswith("/") or not name):
            name += "index.html"
        return name if name in self.files else None


def check(folder: Path, address: str | None = None, has_server: bool = True) -> Links:
    """Follow every link and fragment of the site in ``folder``. ``address`` is the one it was configured with: complete
    addresses below it must lead to files too, also in sitemaps, feeds and data. Without a server (``has_server``
    false) a folder's address leads nowhere."""
    files = frozenset(each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file())
    place = _Place(folder, files, address or NOWHERE, has_server)
    pages = {name: read_page(folder, folder / name) for name in sorted(files) if name.endswith(".html")}
    ids = {name: frozenset(page.ids) for name, page in pages.items()}
    checked, outside, broken = 0, 0, []
    for name, page in pages.items():
        base = _base(page, place)
        for link in _links(page):
            url, fragment = urldefrag(urljoin(base, link))
            if place.is_outside(url):
                outside += 1
                continue
            checked += 1
            target = place.file(url) if link and not link.startswith("#") else name
            if target is None:
                broken.append(f"{name}: {link} leads nowhere")
            elif fragment and target in ids and unquote(fragment) not in ids[target]:
                broken.append(f"{name}: {target} has no id {unquote(fragment)!r}")
    for name, url in _complete(place) if address else ():
        checked += 1
        if place.file(url) is None:
            broken.append(f"{name}: {url} leads nowhere")
    return Links(checked, outside, tuple(dict.fromkeys(broken)))


def _links(page: PublishedPage) -> Iterator[str]:
    for each in page.elements:
        if each.tag != "base":
            found = [*each.loads(), each.get("href"), each.get("action"), each.get("cite")]
            yield from dict.fromkeys(link for link in found if link is not None)


def _base(page: PublishedPage, place: _Place) -> str:
    """From where the relative links of ``page`` start: from itself, or from what its ``<base>`` names."""
    own = place.url(page.file)
    return next((urljoin(own, each.get("href") or "") for each in page.all("base")), own)


def _complete(place: _Place) -> Iterator[tuple[str, str]]:
    """The complete addresses of this site in files for machines and in the heads of its pages."""
    pattern = re.compile(re.escape(place.address) + _IN_TEXT)
    for name in sorted(place.files):
        if name.endswith((*READ_BY_MACHINES, ".html")):
            text = (place.folder / name).read_text("utf-8", errors="replace")
            for link in dict.fromkeys(pattern.findall(text)):
                yield name, urldefrag(link.replace("&amp;", "&").rstrip("."))[0]  # a sentence may end with it
