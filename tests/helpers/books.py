"""What the PDF of a frozen year must hold as PDF/A-2a and PDF/UA-1, read by another library than made it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pypdf
from pypdf.generic import ContentStream, DictionaryObject

NAMESPACES = {
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "xmpTPg": "http://ns.adobe.com/xap/1.0/t/pg/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}
# The kinds of tags that the book has (ISO 32000-1, 14.8.4).
_STANDARD = {f"/{name}" for name in ("Document", "Part", "Div", "Caption", "TOC", "TOCI", "P", "H1", "H2", "L", "LI", "Lbl", "LBody", "Figure", "Link", "Reference", "Span")}
_CONTENTS = "目录"
_NUMBER = re.compile(r"(\d+)$")
_FOLIO = re.compile(r"(\d+) / (\d+)$")


class Book:
    """A PDF and what is wrong with it."""

    def __init__(self, file: Path) -> None:
        self.content = file.read_bytes()
        self.reader = pypdf.PdfReader(file)
        self.root: Any = self.reader.trailer["/Root"]
        self.pages: list[Any] = list(self.reader.pages)
        self.at = {each.indirect_reference.idnum: number for number, each in enumerate(self.pages)}
        self.texts = [each.extract_text() for each in self.pages]
        self.elements = list(self._walk(self.root["/StructTreeRoot"], None))

    def told(self) -> str:
        """All texts without what stands above and below each page, and without any space."""
        lines = (line for text in self.texts for line in text.splitlines())
        return re.sub(r"\s", "", "".join(each for each in lines if each != self.reader.metadata.title and not _FOLIO.fullmatch(each)))  # type: ignore[union-attr]

    # -- tags ----------------------------------------------------------------------------------------------------------

    def _walk(self, parent: Any, above: Any) -> Iterator[tuple[Any, Any]]:
        """Every element of the structure tree in its order, with the one above it."""
        found = parent.get("/K", [])
        for each in found if isinstance(found, list) else [found]:
            node = each.get_object()
            if isinstance(node, DictionaryObject) and node.get("/Type") == "/StructElem":
                yield node, parent
                yield from self._walk(node, parent)

    def headings(self) -> list[tuple[int, int, str]]:
        """Level, page and words of every heading."""
        found = [each for each, _ in self.elements if re.fullmatch("/H[1-6]", each["/S"])]
        return [(int(each["/S"][2:]), self._page(each), each.get("/T", "")) for each in found]

    def _page(self, element: Any) -> int:
        return self.at[element.raw_get("/Pg").idnum]

    def _marked(self) -> set[tuple[int, int]]:
        """Every page and number of what is marked in its content."""
        found: list[tuple[int, int]] = []
        for number, page in enumerate(self.pages):
            depth: list[bool] = []
            for operands, operator in ContentStream(page["/Contents"], self.reader).operations:
                if operator in (b"BDC", b"BMC"):
                    about = operands[1] if len(operands) > 1 else {}
                    depth.append(operands[0] == "/Artifact" or "/MCID" in about or any(depth))
                    found += [(number, int(about["/MCID"]))] if "/MCID" in about else []
                elif operator == b"EMC":
                    depth.pop()
                elif operator in (b"Tj", b"TJ", b"Do", b"S", b"f", b"B", b"sh"):
                    assert any(depth), f"page {number + 1} shows something that is neither tagged nor an artifact"
        assert max(Counter(found).values()) == 1
        return set(found)

    def check_tags(self) -> None:
        """Every mark in a content is reached from the tree and leads back to it, and so is every link."""
        tree: Any = self.root["/StructTreeRoot"]
        assert [each["/S"] for each, above in self.elements if above is tree] == ["/Document"]
        known = {id(each) for each, _ in self.elements}
        for element, above in self.elements:
            assert element["/P"] is above, "an element does not lead to the one above it"
            assert element["/S"] in tree["/RoleMap"] or element["/S"] in _STANDARD, element["/S"]
        parents = self._parents()
        below: list[tuple[int, int]] = []
        links = 0
        for element, _ in self.elements:
            kids = element.get("/K", [])
            for kid in kids if isinstance(kids, list) else [kids]:
                kid = kid.get_object()
                if isinstance(kid, int):
                    page = self._page(element)
                    below.append((page, kid))
                    assert parents[self.pages[page]["/StructParents"]][kid].get_object() is element
                elif kid.get("/Type") == "/MCR":
                    page = self.at[(kid if "/Pg" in kid else element).raw_get("/Pg").idnum]
                    below.append((page, kid["/MCID"]))
                    assert parents[self.pages[page]["/StructParents"]][kid["/MCID"]].get_object() is element
                elif kid.get("/Type") == "/OBJR":
                    links += 1
                    assert parents[kid["/Obj"]["/StructParent"]].get_object() is element
        assert max(Counter(below).values()) == 1 and set(below) == self._marked()
        keys = [each["/StructParents"] for each in self.pages if "/StructParents" in each]
        keys += [each.get_object()["/StructParent"] for page in self.pages for each in page.get("/Annots", ())]
        assert sorted(keys) == sorted(parents) and max(keys) < tree["/ParentTreeNextKey"]
        assert all(id(each.get_object()) in known for value in parents.values() for each in (value if isinstance(value, list) else [value]))
        assert links == sum(len(page.get("/Annots", ())) for page in self.pages)
        levels = [level for level, _, _ in self.headings()]
        assert levels[0] == 1 and all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))

    def _parents(self) -> dict[int, Any]:
        numbers = self.root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
        keys = [int(each) for each in numbers[::2]]
        assert keys == sorted(set(keys))
        return {key: value if isinstance(found := value.get_object(), DictionaryObject) else found for key, value in zip(keys, numbers[1::2], strict=True)}

    # -- ways through it -----------------------------------------------------------------------------------------------

    def check_ways(self) -> None:
        """Bookmarks and contents lead to every heading, contents by the number that is printed there, and pages are numbered."""
        headings = [each for each in self.headings() if each[2] != _CONTENTS]
        marks = list(self._bookmarks(self.reader.outline, 1))
        assert [each for each in marks if each[2] != _CONTENTS] == headings
        links = [each.get_object() for page in self.pages for each in page.get("/Annots", ())]
        assert [self.at[each["/Dest"][0].idnum] for each in links] == [page for _, page, _ in headings]
        first = headings[1][1]  # after the imprint
        own = [number for level, number, words in self.headings() if words == _CONTENTS][0]
        printed = [int(found[1]) for text in self.texts[own:first] for line in text.splitlines() if (found := _NUMBER.search(line.rstrip()))]
        assert printed == [page + 1 for _, page, _ in headings]
        assert [int(_NUMBER.search(each["/Contents"])[1]) for each in links] == printed  # type: ignore[index]
        for number, text in enumerate(self.texts):
            folios = [each for line in text.splitlines() if (each := _FOLIO.fullmatch(line.strip()))]
            assert [(int(each[1]), int(each[2])) for each in folios] == ([(number + 1, len(self.pages))] if number >= first else [])
        for link, (_, _, words) in zip(links, headings, strict=True):
            assert words in link["/Contents"]
        self._check_places(links, headings)
        assert self.reader.page_labels[first:] == [str(number + 1) for number in range(first, len(self.pages))]

    def _check_places(self, links: list[Any], headings: list[tuple[int, int, str]]) -> None:
        """Links lead to where a heading stands on its page: a line of its size begins there."""
        for link, (level, page, _) in zip(links, headings, strict=True):
            top = float(link["/Dest"][3]) - 10  # Typst lets some space
            heights: list[float] = []

            def note(_text: str, matrix: list[float], _line: list[float], _font: Any, size: float, *, heights: list[float] = heights, level: int = level) -> None:
                if round(size) == (22, 15)[level - 1] and _text.strip():
                    heights.append(matrix[5])

            self.pages[page].extract_text(visitor_text=note)
            assert any(0 < top - each < 40 for each in heights), (page, top, heights)

    def _bookmarks(self, entries: list[Any], depth: int) -> Iterator[tuple[int, int, str]]:
        for each in entries:
            if isinstance(each, list):
                yield from self._bookmarks(each, depth + 1)
            else:
                yield depth, self.reader.get_destination_page_number(each), str(each.title)

    # -- what it says of itself ----------------------------------------------------------------------------------------

    def check_claims(self) -> None:
        """The metadata of PDF/A-2a (ISO 19005-2, 6.2 to 6.8) and PDF/UA-1 (ISO 14289-1, 7)."""
        root, information = self.root, self.reader.metadata
        assert root["/MarkInfo"]["/Marked"] is not False and root["/Lang"] == "zh-CN" and root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert [each.get_object()["/S"] for each in root["/OutputIntents"]] == ["/GTS_PDFA1"]
        stream = root["/Metadata"]
        assert (stream["/Type"], stream["/Subtype"], "/Filter" in stream) == ("/Metadata", "/XML", False)
        (about,) = ET.fromstring(stream.get_data().decode()).iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description")
        says = {name: about.findtext(name, "", NAMESPACES) for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part", "xmpTPg:NPages")}
        assert says == {"pdfaid:part": "2", "pdfaid:conformance": "A", "pdfuaid:part": "1", "xmpTPg:NPages": str(len(self.pages))}
        (title,) = about.findall("dc:title//", NAMESPACES)[1:]
        assert information is not None and title.text == information.title
        for name, key in (("xmp:CreateDate", "/CreationDate"), ("xmp:ModifyDate", "/ModDate")):
            assert re.sub(r"\D", "", about.findtext(name, "", NAMESPACES)) == re.sub(r"\D", "", information[key])
        assert len(self.reader.trailer["/ID"]) == 2 and "/Encrypt" not in self.reader.trailer
        assert re.match(rb"%PDF-1\.7\n%[\x80-\xff]{4}\n", self.content) and not re.search(rb"[^\r\n]endstream", self.content)
        assert not {"/AA", "/OpenAction", "/AcroForm", "/Names"} & set(root)
        for page in self.pages:
            assert "/Annots" not in page or page["/Tabs"] == "/S"
            assert "/AA" not in page
        self._check_fonts()

    def _check_fonts(self) -> None:
        fonts = {each.get_object()["/BaseFont"]: each.get_object() for page in self.pages for each in page["/Resources"].get("/Font", {}).values()}
        assert fonts
        for name, font in fonts.items():
            (letters,) = font["/DescendantFonts"]
            described = letters.get_object()["/FontDescriptor"]
            assert "/FontFile3" in described or "/FontFile2" in described, f"{name} is not embedded"
            assert "/ToUnicode" in font and re.match(r"/[A-Z]{6}\+", name)


def check(file: Path) -> Book:
    """Raise ``AssertionError`` where the book ``file`` breaks a rule."""
    book = Book(file)
    book.check_tags()
    book.check_ways()
    book.check_claims()
    return book
