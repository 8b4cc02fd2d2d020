"""Whether a web archive is whole and will replay: every MUST of WACZ 1.1.1, and of archives of this program each SHOULD."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from generator import __version__
from generator.archive.verify import indexes, warcs
from generator.archive.verify.compare import Expected, differences
from generator.archive.verify.lists import leads_out
from generator.archive.verify.report import Report, eased, found, maker
from generator.archive.verify.trees import BROKEN, ZipTree, sums, text_of
from generator.archive.wacz import ARCHIVE, DIGEST, INDEXES, PACKAGE, PAGES, PROFILE, VERSION
from generator.problems import Problem

ENDING = ".wacz"
_KNOWN = re.compile(r"1\.[01](?:\.[0-9]+)?")  # 1.1.1 describes what 1.0 and 1.1 write
_WARC, _INDEX = re.compile(r"archive/[^/]+\.warc(?:\.gz)?"), re.compile(r"indexes/[^/]+\.(?:cdxj?(?:\.gz)?|idx)")
_PAGES = re.compile(r"pages/[^/]+\.jsonl")
_FOLDERS = (ARCHIVE, INDEXES, PAGES.rpartition("/")[0] + "/")
_PACKED = (".gz", ".wacz", ".zip", ".zst")  # what is compressed by its name
_HASH = re.compile(r"(sha256|sha512|sha384|sha1|md5):([0-9a-f]{32,128})")


def verify(name: str, tree: ZipTree) -> Report:
    """What is wrong with the web archive ``name``, whose members are ``tree``."""
    report = Report("wacz", len(tree.files), sum(tree.files.values()))
    report = report.plus(_members(name, tree), "paths", "packing", "members", "readable")
    package, problems = _package(tree)
    report = report.plus(problems)
    if package is None:
        return report
    software = str(package.get("software", ""))
    is_ours, is_newer = maker(software)
    report = replace(report, is_ours=is_ours)
    if is_newer:
        report = report.plus([found("ARC-311", PACKAGE, version=software, known=__version__)])
    expected, problems = _resources(package)
    seen = {each: size for each, size in tree.files.items() if each not in (PACKAGE, DIGEST)}
    there, broken = sums(tree, seen, ("sha256", "sha512", "sha384", "sha1", "md5") if _is_mixed(expected) else ("sha256",))
    unread = {each.span.path for each in broken}
    known = {each: said for each, said in expected.items() if each not in unread}
    report = report.plus(problems).plus(broken).plus(differences(known, there), "versions", *(("content", "files") if known else ()))
    report = report.plus(_sizes(package, tree)).plus(_of_digest(tree, is_ours=is_ours), *(("lists",) if DIGEST in tree.files else ()))
    has_records = any(_WARC.fullmatch(each) for each in tree.files)
    return report.plus(_replays(tree, is_ours=is_ours), *(("replay",) if has_records else ()))


def _is_mixed(expected: Mapping[str, Expected]) -> bool:
    return any(set(each.sums) != {"sha256"} for each in expected.values())


def _members(name: str, tree: ZipTree) -> Iterator[Problem]:
    """Which members there have to be, may be and may not be, and how they are packed."""
    if not name.endswith(ENDING):
        yield found("ARC-204", f"*{ENDING}")
    for needed, pattern in ((f"{ARCHIVE}*.warc.gz", _WARC), (f"{INDEXES}*.cdx.gz", _INDEX)):
        if not any(pattern.fullmatch(each) for each in tree.files):
            yield found("ARC-204", needed)
    if PAGES not in tree.files:
        yield found("ARC-204", PAGES)
    for each in tree.files:
        if each.startswith(_FOLDERS) and not any(
            pattern.fullmatch(each) for pattern in (_WARC, _INDEX, _PAGES)
        ):
            yield found("ARC-202", each)
        is_packed = tree.packed.getinfo(each).compress_type != zipfile.ZIP_STORED
        if is_packed and (each.startswith(ARCHIVE) or each.endswith(_PACKED)):
            yield found("ARC-305", each)
        if each.startswith(ARCHIVE) and _is_gzip(tree, each) != each.endswith(".gz"):
            yield found("ARC-305", each)
    for folder in (each.filename for each in tree.packed.infolist() if each.is_dir()):
        if folder.startswith(_FOLDERS) and folder not in _FOLDERS:
            yield found("ARC-202", folder)


def _is_gzip(tree: ZipTree, name: str) -> bool:
    try:
        with tree.open(name) as stream:
            return stream.read(2) == b"\x1f\x8b"
    except BROKEN:
        return name.endswith(".gz")  # told where it is read whole


def _package(tree: ZipTree) -> tuple[dict[str, Any] | None, list[Problem]]:
    """``datapackage.json``, and what is wrong with it; ``None`` where it says nothing of the files."""
    package, problems = _json(tree, PACKAGE)
    if package is None:
        return None, problems
    if package.get("profile") != PROFILE:
        problems.append(found("ARC-301", PACKAGE, reason="profile"))
    version = package.get("wacz_version")
    if not isinstance(version, str):
        problems.append(found("ARC-301", PACKAGE, reason="wacz_version"))
    elif not _KNOWN.fullmatch(version):
        problems.append(found("ARC-302", PACKAGE, version=version, known=VERSION))
    if not isinstance(package.get("description", ""), str):
        problems.append(found("ARC-301", PACKAGE, reason="description"))
    if not isinstance(package.get("resources"), list):
        return None, [*problems, found("ARC-301", PACKAGE, reason="resources")]
    return package, problems


def _json(tree: ZipTree, name: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    raw = text_of(tree, name)
    if raw is None:
        return None, [found("ARC-204", name)]
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError) as error:
        return None, [found("ARC-301", name, getattr(error, "lineno", 1), reason=str(error))]
    return (value, []) if isinstance(value, dict) else (None, [found("ARC-301", name, 1, reason=name)])


def _resources(package: Mapping[str, Any]) -> tuple[dict[str, Expected], list[Problem]]:
    """What the package says of its files, and entries that say nothing."""
    expected: dict[str, Expected] = {}
    problems: list[Problem] = []
    for each in package["resources"]:
        path, stated = (each.get("path"), each.get("hash")) if isinstance(each, dict) else (None, None)
        hit = _HASH.fullmatch(stated) if isinstance(stated, str) else None
        if not isinstance(path, str) or hit is None or not isinstance(each.get("name"), str) or not isinstance(each.get("bytes"), int):
            problems.append(found("ARC-301", PACKAGE, reason=str(path)))
        elif leads_out(path):
            problems.append(found("ARC-401", PACKAGE, other=path))
        elif path in expected:
            problems.append(found("ARC-104", PACKAGE, other=path))
        else:
            expected[path] = Expected({hit[1]: hit[2]}, PACKAGE)
    return expected, problems


def _sizes(package: Mapping[str, Any], tree: ZipTree) -> Iterator[Problem]:
    for each in package["resources"]:
        if isinstance(each, dict) and isinstance(each.get("bytes"), int):
            real = tree.files.get(str(each.get("path")), each["bytes"])
            if real != each["bytes"]:
                yield found("ARC-205", PACKAGE, said=each["bytes"], real=real)


def _of_digest(tree: ZipTree, *, is_ours: bool) -> Iterator[Problem]:
    """The digest of the package itself, which there should be (a SHOULD, so others' archives need none)."""
    if DIGEST not in tree.files:
        yield eased(found("ARC-211", DIGEST), is_eased=not is_ours)
        return
    about, problems = _json(tree, DIGEST)
    yield from problems
    if about is None:
        return
    hit = _HASH.fullmatch(str(about.get("hash")))
    if about.get("path") != PACKAGE or hit is None:
        yield found("ARC-301", DIGEST, reason="path, hash")
    else:
        known, _ = sums(tree, {PACKAGE: 0}, (hit[1],))
        if known.get(PACKAGE, {}).get(hit[1]) != hit[2]:
            yield found("ARC-110", PACKAGE)


def _replays(tree: ZipTree, *, is_ours: bool) -> Iterator[Problem]:
    """Whether every record is whole, every address leads to one, and every one is led to."""
    records: dict[tuple[str, int], warcs.Seen] = {}
    for name in (each for each in tree.files if _WARC.fullmatch(each)):
        try:
            with tree.open(name) as raw:
                for each in warcs.read(raw, name):
                    if isinstance(each, Problem):
                        yield each
                    else:
                        yield from each.problems
                        records[name.removeprefix(ARCHIVE), each.offset] = each
        except BROKEN as error:
            yield found("ARC-304", name, reason=str(error))
    led, urls, problems = _of_indexes(tree, records)
    yield from problems
    for place, record in records.items():
        if record.type in indexes.INDEXED and place not in led:
            yield eased(found("ARC-308", f"{ARCHIVE}{place[0]}", url=record.url), is_eased=not is_ours)
    raw_pages = text_of(tree, PAGES)
    if raw_pages is not None:
        for problem in indexes.pages(raw_pages.decode("utf-8", "replace"), urls):
            yield eased(problem, is_eased=not is_ours and problem.code == "ARC-308")


def _of_indexes(tree: ZipTree, records: indexes.Records) -> tuple[set[tuple[str, int]], set[str], list[Problem]]:
    led: set[tuple[str, int]] = set()
    urls: set[str] = set()
    problems: list[Problem] = []
    raw = {name: text_of(tree, name) or b"" for name in tree.files if _INDEX.fullmatch(name)}
    for name, content in raw.items():
        if name.endswith(".idx"):
            packed = {each.removeprefix(INDEXES): found_raw for each, found_raw in raw.items() if each.endswith(".gz")}
            problems += indexes.blocks(name, content.decode("utf-8", "replace"), packed)
            continue
        try:
            text = (indexes.unpacked(content) if name.endswith(".gz") else content).decode("utf-8", "replace")
        except ValueError as error:
            problems.append(found("ARC-307", name, reason=str(error)))
            continue
        more = indexes.check(name, text, records)
        led, urls = led | more[0], urls | more[1]
        problems += more[2]
    return led, urls, problems
