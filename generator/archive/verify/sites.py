"""Whether a built site, or a frozen year that is one, is what its ``manifest.json`` says."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any
from urllib.parse import unquote

from generator import MARK, __version__
from generator.archive.verify.compare import Expected, differences
from generator.archive.verify.lists import leads_out
from generator.archive.verify.report import Report, found, numbers
from generator.archive.verify.trees import BROKEN, Tree, renamed_list, silent, sums, text_of
from generator.problems import Problem
from generator.publishing.foreign import Foreign
from generator.publishing.manifest import FORMAT, MANIFEST, is_entry, seal, written

_YEAR = re.compile(r"([0-9]{4})/manifest\.json")
_SEAL = "seal"
_START, _HEAD = "index.html", 1 << 16  # the page that every site has, and where its mark stands
_BEGINS = f'{{\n "format": "{FORMAT}"'.encode()
INDEX = "archive/archive.json"
_FROZEN = re.compile(rf"((?:data/)?[0-9]{{4}}/){re.escape(INDEX)}")
_TAG = re.compile(r"<[A-Za-z][^>]*>")
_WORD = re.compile(r"\s(href|src|poster|srcset|id)=\"([^\"]*)\"")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_BESIDE = "../versions/"  # what a year alone has not: the later states of its records
_LONGEST = 64 << 20  # bytes of a page
_MOST = 200  # broken links that are told


def verify(tree: Tree) -> Report:
    """What is wrong with the site in ``tree``; frozen years that hang in it are looked at as well."""
    manifest, problems = _manifest(tree)
    report = Report("site", len(tree.files), sum(tree.files.values())).plus(tree.odd, "paths", "members")
    report = report.plus(problems)
    if manifest is None:
        return report
    files, problems = _entries(manifest)
    report = report.plus(problems, "lists", "versions", "readable", *(("content", "files") if files else ()))
    years = [hit[1] for name in tree.files if (hit := _YEAR.fullmatch(name)) and name not in files]
    own = {name: size for name, size in tree.files.items() if name != MANIFEST and name.partition("/")[0] not in years}
    there, broken = sums(tree, own, ("sha256",))
    expected = {name: Expected({"sha256": each["sha256"]}, MANIFEST) for name, each in files.items()}
    unread = {each.span.path for each in broken}
    theirs = {name for name in there if name not in expected and Foreign(files=(name,)).is_of_hosts}
    seen = {name: each for name, each in there.items() if name not in theirs}
    known = {name: each for name, each in expected.items() if name not in unread}
    report = report.plus(broken).plus(differences(known, seen)).plus(found("ARC-210", name) for name in sorted(theirs))
    whole = _Own(tree, {**own, MANIFEST: tree.files[MANIFEST]})
    for frozen in years_in(whole):
        report = of_frozen(report, whole, frozen)
    for year in sorted(years):
        report = report.with_part(year, verify(_Part(tree, f"{year}/")))
    return report


class _Own:
    """Some of the files in a tree."""

    def __init__(self, tree: Tree, files: Mapping[str, int]) -> None:
        self.files, self.open = files, tree.open
        self.odd: tuple[Problem, ...] = ()
        self.told = silent


class _Part:
    """The files of a folder in a tree."""

    def __init__(self, tree: Tree, folder: str) -> None:
        self._tree, self._folder = tree, folder
        self.files = {name.removeprefix(folder): size for name, size in tree.files.items() if name.startswith(folder)}
        self.odd: tuple[Problem, ...] = ()  # told by the whole
        self.told = tree.told
        self.open = lambda name: tree.open(folder + name)


def is_site(tree: Tree) -> bool:
    """Whether the files are those of a site, even where its manifest is gone."""
    return MANIFEST in tree.files or (_START in tree.files and _has_mark(tree)) or renamed_list(tree, _BEGINS) is not None


def _has_mark(tree: Tree) -> bool:
    try:
        with tree.open(_START) as page:
            return MARK.encode() in page.read(_HEAD)
    except BROKEN:
        return False


def _manifest(tree: Tree) -> tuple[dict[str, Any] | None, list[Problem]]:
    raw = text_of(tree, MANIFEST)
    if raw is None:
        other = renamed_list(tree, _BEGINS)
        return None, [found("ARC-203", MANIFEST, other=other, list=MANIFEST) if other else found("ARC-204", MANIFEST)]
    try:
        manifest = json.loads(raw)
    except (ValueError, RecursionError) as error:
        other = renamed_list(tree, _BEGINS)
        if other is not None and other != MANIFEST:
            return None, [found("ARC-102", MANIFEST, other=other, list=MANIFEST)]
        return None, [found("ARC-301", MANIFEST, getattr(error, "lineno", 1), reason=str(error))]
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), dict):
        return None, [found("ARC-301", MANIFEST, 1, reason="files")]
    return manifest, list(_of_manifest(manifest, raw))


def _of_manifest(manifest: dict[str, Any], raw: bytes) -> Iterator[Problem]:
    """What is wrong with the list itself."""
    if str(manifest.get("format", FORMAT)) != FORMAT:
        yield found("ARC-302", MANIFEST, version=str(manifest["format"]), known=FORMAT)
    elif _SEAL in manifest or "format" in manifest:
        facts = {name: value for name, value in manifest.items() if name not in ("format", "files", _SEAL)}
        if manifest.get(_SEAL) != seal(manifest) or raw != written(facts, manifest["files"]):
            yield found("ARC-110", MANIFEST)
    made_by = str(manifest.get("generator", ""))
    if numbers(made_by) > numbers(__version__):
        yield found("ARC-311", MANIFEST, version=made_by, known=__version__)


def _entries(manifest: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """The files that the manifest names, and what in it is no file of a site."""
    files: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, entry in manifest["files"].items():
        if leads_out(name):
            problems.append(found("ARC-401", MANIFEST, other=name))
        elif not is_entry(name, entry):
            problems.append(found("ARC-301", MANIFEST, reason=name))
        else:
            files[name] = entry
    return files, problems


# -- frozen years ---------------------------------------------------------------------------------------------------------


def of_frozen(report: Report, tree: Tree, year: str) -> Report:
    """``report`` with what is found of the frozen year in the folder ``year`` of ``tree`` (empty, or with a slash at its end).
    Whether its records make the same pages again is left to others."""
    report = report.plus(_links(tree, year), "links").plus(_origins(tree, year), "origins")
    return report.left_to_people("rebuilt")


def years_in(tree: Tree) -> list[str]:
    """The folders of frozen years in ``tree``."""
    return [*([""] if INDEX in tree.files else []), *(hit[1] for name in sorted(tree.files) if (hit := _FROZEN.fullmatch(name)))]


def _links(tree: Tree, year: str) -> Iterator[Problem]:
    """Links to files that are not there (ARC-312), and to places in pages that are not there (ARC-313)."""
    ids: dict[str, set[str]] = {}
    places: list[tuple[str, str, str]] = []
    left = _MOST
    for page in sorted(name for name in tree.files if name.startswith(year) and name.endswith((".html", ".htm"))):
        links, ids[page] = _links_and_places(tree, page)
        for link in sorted(links):
            target, _, place = link.partition("#")
            path = _meant(page, target)
            if path is None:
                continue
            if path not in tree.files and left > 0:
                left -= 1
                yield found("ARC-312", page, other=link)
            elif place and path in tree.files:
                places.append((page, path, unquote(place)))
    for page, path, place in places:
        if path in ids and place not in ids[path] and left > 0:
            left -= 1
            yield found("ARC-313", page, other=f"{path}#{place}")


def _links_and_places(tree: Tree, page: str) -> tuple[set[str], set[str]]:
    """Where ``page`` leads, and the places in it. What cannot be read is told by the lists."""
    try:
        with tree.open(page) as file:
            text = file.read(_LONGEST).decode("utf-8", "replace")
    except BROKEN:
        return set(), set()
    links: set[str] = set()
    ids: set[str] = set()
    base = ""
    for tag in _TAG.finditer(text):
        for name, value in _WORD.findall(tag[0]):
            value = unescape(value).strip()
            if name == "id":
                ids.add(value)
            elif tag[0].startswith("<base"):
                base = value
            else:
                links.update(each.split()[0] for each in value.split(",") if each.strip()) if name == "srcset" else links.add(value)
    inside = {each for each in links if each and not _SCHEME.match(each)}
    return {posixpath.join(base, each) if base and not each.startswith("#") else each for each in inside}, ids


def _meant(page: str, target: str) -> str | None:
    """The file that ``target`` means on ``page``; ``None`` for what only a site has that the year is part of."""
    plain = unquote(target.partition("?")[0])
    if not plain:
        return page
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), plain))
    if path.startswith(_BESIDE):
        return None
    return posixpath.join(path, "index.html") if plain.endswith("/") else path


def _origins(tree: Tree, year: str) -> Iterator[Problem]:
    """What the index says of pages and is not so (ARC-111)."""
    name = f"{year}{INDEX}"
    try:
        told = json.loads(text_of(tree, name) or b"null")
        rows = [_origin(each) for each in told["records"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        yield found("ARC-301", name, reason="records")
        return
    pages = {f"{year}{page}": 0 for page, _, _ in rows if f"{year}{page}" in tree.files}
    there, _ = sums(tree, pages, ("sha256",))
    for page, digest, source in rows:
        known = there.get(f"{year}{page}", {}).get("sha256")
        if known != digest:
            yield found("ARC-111", name, other=f"{year}{page}")
        if f"{year}{source}" not in tree.files:
            yield found("ARC-111", name, other=f"{year}{source}")


def _origin(row: Any) -> tuple[str, str, str]:
    return str(row["page"]), str(row["sha256"]), str(row["source"])
