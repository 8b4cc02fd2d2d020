"""Verification of what was built or deposited: every file that is gone, new, changed, renamed or exchanged is named.

Written anew rather than with the libraries that write such things: a reader that shares its mistakes with the writer
finds none. Nothing is written, unpacked or followed.
"""

from __future__ import annotations

import zipfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from generator.archive.bag import DECLARATION
from generator.archive.deposit.handover import CATALOGUE
from generator.archive.sums import SUMS
from generator.archive.verify import bags, sites, waczs, years, zips
from generator.archive.verify.report import Report, found
from generator.archive.verify.seals import Trust
from generator.archive.verify.trees import FolderTree, Told, Tree, ZipTree, in_folder, scan, silent
from generator.archive.wacz import PACKAGE

__all__ = ["Report", "Trust", "Unknown", "verify"]
_NO_TRUST = Trust()


class Unknown(Exception):
    """It cannot be told what lies there, so nothing can be verified."""


def verify(path: Path, trust: Trust = _NO_TRUST, told: Told = silent) -> Report:
    """Verify the site, deposit, folder for an archive office, bag, zip or web archive at ``path``; ``told`` hears how far it is. Raises ``Unknown`` for anything else, and
    ``OSError`` where it may not be read."""
    if path.is_dir():
        return _of_folder(path, trust, told)
    there = FolderTree(path.parent, {name: (path.parent / name).stat().st_size for name in _beside(path)}, (), told)
    problems = years.of_neighbour(path, there) if SUMS in there.files else []
    try:
        return _of_file(path, trust, told).plus(problems)
    except Unknown:
        if problems:
            return Report("zip", 1, path.stat().st_size).plus(problems, "content")
        raise


def _beside(path: Path) -> list[str]:
    return [name for name in (path.name, SUMS) if (path.parent / name).is_file()]


def _of_folder(path: Path, trust: Trust, told: Told) -> Report:
    tree = scan(path, told)
    report = _of_tree(tree, trust)
    if report.kind != "year":
        return report
    inner = {name.partition("/")[0] for name in tree.files if name.partition("/")[2] in (DECLARATION, CATALOGUE)}
    for name in sorted(inner):
        report = report.with_part(name, _of_tree(scan(path / name, told), trust))
    for name in sorted(tree.files):
        if "/" not in name and name.endswith((".zip", waczs.ENDING)):
            with suppress(Unknown):  # a zip without lists is a file like others, which the sums know
                report = report.with_part(name, _of_file(path / name, trust, told))
    return report


def _of_tree(tree: Tree, trust: Trust) -> Report:
    """What lies in a folder is told by its lists. What lacks its declaration may still be a bag."""
    names = tree.files.keys()
    if DECLARATION in names or any(each.startswith(("manifest-", "tagmanifest-")) and "/" not in each for each in names):
        return bags.verify(tree)
    if years.is_handover(tree):
        return years.verify_handover(tree)
    if years.is_year(tree):
        return years.verify(tree, trust)
    if sites.is_site(tree):
        return sites.verify(tree)
    raise Unknown


def _of_file(path: Path, trust: Trust, told: Told) -> Report:
    try:
        packed = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError) as error:
        if path.suffix not in (".zip", waczs.ENDING):
            raise Unknown from None
        return Report("wacz" if path.suffix == waczs.ENDING else "zip", 1, path.stat().st_size).plus(
            [found("ARC-304", path.name, reason=str(error))], "readable"
        )
    with packed:
        tree, problems = zips.examine(path, packed, told)
        if tree is None:
            return zips.refused(path, problems)
        if path.suffix == waczs.ENDING or PACKAGE in tree.files:
            report = waczs.verify(path.name, tree).plus(problems)
        else:
            report = _of_zip(tree, trust).plus(problems, "paths", "packing")
        return report.plus(zips.as_we_write(path, packed)) if report.is_ours else report


def _of_zip(tree: ZipTree, trust: Trust) -> Report:
    """A zip holds one of the others, at its top or in its one folder; which is told by the lists in it."""
    report = Report("zip", len(tree.files), sum(tree.files.values())).plus(zips.broken_members(tree), "readable")
    tops = {name.partition("/")[0] if "/" in name else "" for name in tree.files}
    top = f"{tops.pop()}/" if len(tops) == 1 and tops != {""} else ""
    inner = _of_tree(in_folder(tree, top) if top else tree, trust)
    broken = {each.span.path for each in report.problems}
    part = Report(inner.kind).with_part(top.removesuffix("/"), inner) if top else inner
    told = tuple(each for each in part.problems if each.code != "ARC-304" or each.span.path not in broken)
    report = Report("zip", report.files, report.size, report.looked | part.looked, report.problems + told, part.manual)
    return replace(report, parts=((top, inner.kind),), is_ours=inner.is_ours)
