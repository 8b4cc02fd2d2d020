"""The pages of a built site, read as a browser reads them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

LOADING = {"audio", "embed", "frame", "iframe", "image", "img", "input", "script", "source", "track", "use", "video"}

LOADING_ATTRIBUTES = ("src", "data", "poster", "background")

HARMLESS_LINKS = {"alternate", "author", "canonical", "help", "license", "next", "prev"}

Attributes = dict[str, str | None]


@dataclass(frozen=True)
class Element:
    """An element of a page as it was written. ``text`` is what stands in a title, a script or a style sheet."""

    tag: str
    attributes: Attributes
    text: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"<{self.tag} {' '.join(f'{name}={value!r}' for name, value in self.attributes.items())}>"

    def get(self, name: str) -> str | None:
        """The value of an attribute."""
        return self.attributes.get(name)

    def loads(self) -> list[str]:
        """The addresses that a browser fetches for this element without being asked."""
        found = [self.get(name) for name in LOADING_ATTRIBUTES]
        found += _candidates(self.get("srcset") or self.get("imagesrcset") or "")
        is_fetching_link = self.tag == "link" and not set((self.get("rel") or "").split()) <= HARMLESS_LINKS
        if is_fetching_link or self.tag in LOADING:
            found += [self.get("href"), self.get("xlink:href")]
        return [each for each in found if each is not None]


@dataclass(frozen=True)
class PublishedPage:
    """A page of the site: its file, and its elements in order."""

    file: str
    elements: tuple[Element, ...]

    def all(self, tag: str) -> list[Element]:
        """The elements with a tag."""
        return [each for each in self.elements if each.tag == tag]

    @property
    def title(self) -> str:
        """The title, empty without one."""
        return "".join(text for each in self.all("title")[:1] for text in each.text).strip()

    @property
    def ids(self) -> list[str]:
        """Every id, as often as it is given."""
        return [each.get("id") or "" for each in self.elements if "id" in each.attributes]


class _Reader(HTMLParser):
    """Collects the elements of a page, and the text of the few elements whose text matters."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._inside: Element | None = None
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs)))
        self._depth += tag == "svg"
        if tag in {"script", "style"} or (tag == "title" and not self._depth):
            self._inside = self.elements[-1]

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag == "svg"
        if self._inside and self._inside.tag == tag:
            self._inside = None

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._inside.text.append(data)


def read_page(site: Path, file: Path) -> PublishedPage:
    reader = _Reader()
    reader.feed(file.read_text("utf-8"))
    reader.close()
    return PublishedPage(file.relative_to(site).as_posix(), tuple(reader.elements))


def _candidates(srcset: str) -> list[str]:
    return [each.split()[0] for each in srcset.split(",") if each.strip()]
