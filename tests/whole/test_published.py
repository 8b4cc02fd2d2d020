"""What the exhibition of the tests publishes: every address in it leads somewhere, and nothing leads outside."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import pytest

from tests.helpers.published import Element, PublishedPage, read_page

MANIFEST = "manifest.json"
OUTSIDE_SCHEMES = {"http", "https", "mailto", "tel"}
LISTS_OF_BRANDS = {"by", "page"}


def _is_outside(address: str) -> bool:
    return urlsplit(address).scheme in OUTSIDE_SCHEMES


def _target(page: str, address: str) -> tuple[str | None, str]:
    """The file and the fragment that ``address`` on the page in the file ``page`` means, as a web server finds it;
    ``None`` for the file when the address leaves the site or depends on where the site lies."""
    path, fragment = unquote(urlsplit(address).path), unquote(urlsplit(address).fragment)
    if address.startswith("/") or urlsplit(address).scheme:
        return None, fragment
    if not path:
        return page, fragment
    parts = list(PurePosixPath(page).parent.parts)
    for step in PurePosixPath(path).parts:
        if step != "..":
            parts.append(step)
        elif parts:
            parts.pop()
        else:
            return None, fragment
    is_folder = path.endswith(("/", "/.", "/..")) or path in {".", ".."}
    return "/".join([*parts, "index.html"] if is_folder else parts), fragment


@pytest.fixture(scope="module")
def pages(city_site: Path) -> dict[str, PublishedPage]:
    """Every HTML file of the site, parsed: file → page."""
    found = [read_page(city_site, each) for each in sorted(city_site.rglob("*.html"))]
    return {each.file: each for each in found}


@pytest.fixture(scope="module")
def files(city_site: Path) -> frozenset[str]:
    """Every file of the site."""
    return frozenset(
        each.relative_to(city_site).as_posix() for each in city_site.rglob("*") if not each.is_dir()
    )


def test_the_site_has_its_main_pages(pages: dict[str, PublishedPage]) -> None:
    wanted = {f"{each}index.html" for each in ("", "brands/", "units/", "about/", "submit/", "sitemap/")}
    assert wanted | {"404.html"} <= pages.keys()


def test_every_internal_address_leads_to_a_file_and_every_fragment_to_an_id(
    pages: dict[str, PublishedPage], files: frozenset[str]
) -> None:
    ids = {file: set(page.ids) for file, page in pages.items()}
    faults = []
    for page, element, address in _addresses(pages):
        target, fragment = _target(page.file, address)
        if target not in files:
            faults.append(f"{page.file}: {address} leads nowhere, in {element}")
        elif fragment and fragment not in ids.get(target, ()):
            faults.append(f"{page.file}: {target} has no id {fragment!r}, in {element}")
    assert faults == []


def _addresses(pages: dict[str, PublishedPage]) -> Iterator[tuple[PublishedPage, Element, str]]:
    for page in pages.values():
        for element in page.elements:
            if element.tag in {"base"} or element.get("rel") == "canonical":
                continue
            for address in dict.fromkeys([*filter(None, [element.get("href")]), *element.loads()]):
                if not _is_outside(address):
                    yield page, element, address


def test_every_page_but_the_missing_one_can_be_reached_from_home(pages: dict[str, PublishedPage]) -> None:
    reached, waiting = {"index.html"}, ["index.html"]
    while waiting:
        page = pages[waiting.pop()]
        for link in page.all("a"):
            target, _ = _target(page.file, link.get("href") or "")
            if target in pages and target not in reached:
                reached.add(target)
                waiting.append(target)
    printed = {each for each in pages if re.match("[a-z]/", each)}  # short addresses stand on paper
    assert printed and pages.keys() - reached - printed == {"404.html"}


def test_no_id_stands_twice_on_a_page(pages: dict[str, PublishedPage]) -> None:
    faults = {
        file: twice for file, page in pages.items() if (twice := [id_ for id_, n in Counter(page.ids).items() if n > 1])
    }
    assert faults == {}


def test_nothing_is_loaded_from_another_host_or_from_the_root_of_this_one(pages: dict[str, PublishedPage]) -> None:
    faults = [
        f"{page.file}: {element}"
        for page in pages.values()
        for element in page.elements
        for address in element.loads()
        if address.startswith("/") or urlsplit(address).scheme or urlsplit(address).netloc
    ]
    assert faults == []


def test_the_style_sheets_load_nothing_from_outside_the_site(city_site: Path, files: frozenset[str]) -> None:
    faults = []
    for file in files:
        if file.endswith(".css"):
            css = (city_site / file).read_text("utf-8")
            urls = [each.strip("\"' ") for each in re.findall(r"url\(\s*(\"[^\"]*\"|'[^']*'|[^)]*)\)", css)]
            urls += re.findall(r"@import\s+[\"']([^\"']+)", css)
            faults += [
                f"{file}: {url[:80]}"
                for url in urls
                if not url.startswith(("data:", "#")) and _target(file, url)[0] not in files
            ]
    assert faults == []


def test_every_picture_has_alt_width_and_height(pages: dict[str, PublishedPage]) -> None:
    faults = []
    for page in pages.values():
        for image in page.all("img"):
            sizes = [image.get("width") or "", image.get("height") or ""]
            if image.get("alt") is None or not all(each.isdecimal() and int(each) > 0 for each in sizes):
                faults.append(f"{page.file}: {image}")
    assert faults == []


def test_every_page_has_one_h1_a_title_and_a_language(pages: dict[str, PublishedPage]) -> None:
    faults = []
    for page in pages.values():
        if len(page.all("h1")) != 1:
            faults.append(f"{page.file}: {len(page.all('h1'))} h1")
        if not page.title:
            faults.append(f"{page.file}: no title")
        if not all(each.get("lang") for each in page.all("html")) or len(page.all("html")) != 1:
            faults.append(f"{page.file}: no language")
    assert faults == []


def test_no_page_carries_code_or_style_of_its_own(pages: dict[str, PublishedPage]) -> None:
    faults = []
    for page in pages.values():
        for each in page.elements:
            handlers = [name for name in each.attributes if name == "style" or name.startswith("on")]
            runs = (each.get("href") or "").strip().lower().startswith("javascript:")
            is_whole = page.file == "404.html"  # shown at any depth, so it carries both, in its policy by their digests
            if handlers or runs or not is_whole and (each.tag == "style" or _is_code(each)):
                faults.append(f"{page.file}: {each}")
    assert faults == []


def _is_code(element: Element) -> bool:
    """Whether an element holds a script; linked data is data and is never run."""
    is_data = element.get("type") == "application/ld+json"
    return element.tag == "script" and not is_data and "".join(element.text).strip() != ""


def test_the_manifest_names_exactly_the_published_files(city_site: Path, files: frozenset[str]) -> None:
    listed = json.loads((city_site / MANIFEST).read_text("utf-8"))["files"]
    assert sorted(files - {MANIFEST}) == sorted(listed)


def test_the_manifest_has_the_digest_and_size_of_every_file(city_site: Path) -> None:
    listed = json.loads((city_site / MANIFEST).read_text("utf-8"))["files"]
    contents = {name: (city_site / name).read_bytes() for name in listed}
    found = {name: {"sha256": sha256(content).hexdigest(), "size": len(content)} for name, content in contents.items()}
    assert found == listed


def test_no_two_brand_pages_have_the_same_title(pages: dict[str, PublishedPage]) -> None:
    titles = [page.title for file, page in pages.items() if _is_brand(file)]
    assert len(titles) > 1
    assert [title for title, number in Counter(titles).items() if number > 1] == []


def _is_brand(file: str) -> bool:
    parts = file.split("/")
    return len(parts) == 3 and parts[0] == "brands" and parts[1] not in LISTS_OF_BRANDS
