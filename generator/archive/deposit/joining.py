"""The parts of a book as one PDF, by a program of its own: ``python joining.py FOLDER FILE PARTS PAGES``.

``FRONT`` in ``FOLDER`` is a whole book, but that its last ``PAGES`` pages hold nothing but headings. The pages of the parts, all but
the first of each, take their places, and their tags come below its one Document (ISO 32000-1, 14.7 and 14.8). Contents, bookmarks,
page labels and metadata are those of the front. Where something would be lost, it prints what, and makes nothing.
"""

from __future__ import annotations

import base64
import hashlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

FRONT = "front.pdf"
PART = "part-{}.pdf"
_ROOT = {"/Type", "/K", "/ParentTree", "/ParentTreeNextKey", "/RoleMap"}
_CATALOGUE = {"/Type", "/Pages", "/PageLabels", "/Outlines", "/StructTreeRoot", "/MarkInfo", "/Lang", "/Metadata", "/OutputIntents", "/ViewerPreferences"}
_INSTANCE = b"<xmpMM:InstanceID>"

Place = tuple[int, str, str]  # of a heading: a page, its kind and what it says


class Lost(Exception):
    """What cannot be joined without a loss."""


def main() -> None:
    """Do what the arguments say."""
    import pikepdf

    folder, file, parts, pages = sys.argv[1:]
    try:
        join(Path(folder, FRONT), [Path(folder, PART.format(number)) for number in range(int(parts))], int(pages), Path(file))
    except (Lost, pikepdf.PdfError) as error:
        print(str(error) or type(error).__name__)


def join(front: Path, parts: Sequence[Path], pages: int, file: Path) -> None:
    """Write the book of ``front`` and ``parts``, which have ``pages`` pages together, as ``file``. Raises ``Lost``, and
    ``pikepdf.PdfError`` for what is no PDF."""
    import pikepdf

    with pikepdf.open(front) as book:
        own = len(book.pages) - pages
        tree = _Tree(book, own)
        for each in parts:
            with pikepdf.open(each) as part:  # its file stays open: streams are read when the book is written
                tree.add(part)
        tree.close()
        _lead(book, own, pages)
        del book.pages[own : own + pages]
        _name(book, (front, *parts))
        book.save(file, fix_metadata_version=False, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


class _Tree:
    """The pages and the structure tree of a book while parts are added to them."""

    def __init__(self, book: pikepdf.Pdf, own: int) -> None:
        """``own`` is how many pages the book has before those whose places are taken."""
        self._book, self._at = book, own
        self._root, self._document = _tree(book)
        self._kids, taken = _sorted_out(self._document, book.pages[:own])
        self._wanted, self._found = _headings(taken, book.pages[:], 0), list[Place]()
        gone = {_number(each) for each in book.pages[own:]}
        self._parents = {key: value for key, value in _numbers(self._root.ParentTree) if key not in gone}
        self._next = max(self._parents, default=-1) + 1
        self._roles = dict(self._root.RoleMap.items())

    def add(self, part: pikepdf.Pdf) -> None:
        """Add all pages of a part but the first, with their tags."""
        import pikepdf

        root, document = _tree(part)
        pages = part.pages[1:]
        kids, _ = _sorted_out(document, pages)
        self._found += _headings(kids, pages, self._at)
        self._at += len(pages)
        document.K = pikepdf.Array(kids)
        first = len(self._book.pages)
        self._book.pages.extend(pages)  # before the tags, which name them
        copied = self._book.copy_foreign(root)
        for each in copied.K[0].K:
            each.P = self._document
            self._kids.append(each)
        self._adopt(copied, self._book.pages[first:], _number(part.pages[0]))

    def _adopt(self, root: Any, pages: Sequence[pikepdf.Page], left: int | None) -> None:
        """Number the tags of new pages after those of all others. ``left`` is the number of a page that is left out."""
        parents = dict(_numbers(root.ParentTree))
        for each in pages:
            number = _number(each)
            if number is None:
                continue
            self._parents[self._next] = parents.pop(number)
            each.obj.StructParents = self._next
            self._next += 1
        roles = dict(root.RoleMap.items())
        if {*parents} - {left} or any(self._roles.setdefault(key, value) != value for key, value in roles.items()):
            raise Lost("tags of a part fit nothing in the book")

    def close(self) -> None:
        """Write the tree into the book."""
        import pikepdf

        if self._found != self._wanted:
            raise Lost(f"headings: {len(self._found)} were set, {len(self._wanted)} were counted, or on other pages")
        self._document.K = pikepdf.Array(self._kids)
        numbers = [each for pair in sorted(self._parents.items()) for each in pair]
        self._root.ParentTree = self._book.make_indirect(pikepdf.Dictionary(Nums=pikepdf.Array(numbers)))
        self._root.ParentTreeNextKey = self._next
        self._root.RoleMap = pikepdf.Dictionary(dict(sorted(self._roles.items())))


def _tree(book: pikepdf.Pdf) -> tuple[Any, Any]:
    """The root of the structure tree and its Document. Raises ``Lost`` where there is something that nothing here knows."""
    root: Any = book.Root.StructTreeRoot
    unknown = {*book.Root.keys()} - _CATALOGUE | {*root.keys()} - _ROOT
    if unknown or len(root.K) != 1 or root.K[0].S != "/Document":
        raise Lost(f"a tree of tags that is not known: {sorted(unknown)}")
    return root, root.K[0]


def _sorted_out(document: Any, pages: Sequence[pikepdf.Page]) -> tuple[list[Any], list[Any]]:
    """What stands below a Document: on ``pages``, and elsewhere. What is on no page, as an empty text, is where that before it is."""
    there = {each.obj.objgen for each in pages}
    kids: tuple[list[Any], list[Any]] = ([], [])
    chosen = kids[0]
    for each in document.K:
        page = _page(each)
        chosen = chosen if page is None else kids[page not in there]
        chosen.append(each)
    return kids


def _page(element: Any) -> tuple[int, int] | None:
    """The page on which an element begins."""
    if "/Pg" in element:
        found: tuple[int, int] = element.Pg.objgen
        return found
    below = (_page(each) for each in element.get("/K", ()) if hasattr(each, "keys"))
    return next((each for each in below if each is not None), None)


def _headings(elements: Sequence[Any], pages: Sequence[pikepdf.Page], at: int) -> list[Place]:
    """The headings among elements. ``at`` is the number of the first page."""
    numbers = {each.obj.objgen: number for number, each in enumerate(pages, at)}
    return [(numbers[each.Pg.objgen], str(each.S), str(each.get("/T", ""))) for each in elements if each.S in ("/H1", "/H2")]


def _number(page: pikepdf.Page) -> int | None:
    """By which a page is found in the tree of parents. One that shows nothing has none."""
    found = page.obj.get("/StructParents")
    return None if found is None else int(found)


def _numbers(tree: Any) -> Iterator[tuple[int, Any]]:
    """What is in a number tree (ISO 32000-1, 7.9.7)."""
    for each in tree.get("/Kids", ()):
        yield from _numbers(each)
    numbers = list(tree.get("/Nums", ()))
    yield from zip(map(int, numbers[::2]), numbers[1::2], strict=True)


def _lead(book: pikepdf.Pdf, own: int, pages: int) -> None:
    """Let contents and bookmarks lead to the pages that are there now."""
    now = {book.pages[at].obj.objgen: book.pages[at + pages].obj for at in range(own, own + pages)}
    links = [link for page in book.pages[:own] for link in page.obj.get("/Annots", ())]
    for each in (*links, *_bookmarks(book.Root.Outlines)):
        page = each.Dest[0].objgen
        if page in now:
            each.Dest[0] = now[page]


def _bookmarks(parent: Any) -> Iterator[Any]:
    each = parent.get("/First")
    while each is not None:
        yield each
        yield from _bookmarks(each)
        each = each.get("/Next")


def _name(book: pikepdf.Pdf, made_from: Sequence[Path]) -> None:
    """Give the book an instance of its own, which the metadata of its front does not have."""
    sums = hashlib.sha256()
    for each in made_from:
        with each.open("rb") as opened:
            sums.update(hashlib.file_digest(opened, "sha256").digest())
    metadata: Any = book.Root.Metadata
    content = metadata.read_bytes()
    start = content.index(_INSTANCE) + len(_INSTANCE)
    instance = content[start : content.index(b"<", start)]
    metadata.write(content.replace(instance, base64.b64encode(sums.digest()[:16])))


if __name__ == "__main__":
    main()
