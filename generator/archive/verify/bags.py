"""Whether a bag is what it was: complete and valid (RFC 8493, 3).

A bag that has something to fetch is refused: an archive holds what it holds. Of bags that this program wrote more is
asked than the specification does: every list is there, names every file and is written byte by byte as it writes them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from generator import __version__
from generator.archive.bag import AGENT, INFO, PAYLOAD, VERSION, listed
from generator.archive.verify import lists, sites, tags
from generator.archive.verify.compare import Expected, Sums, differences
from generator.archive.verify.lists import Listing
from generator.archive.verify.report import Report, found, maker
from generator.archive.verify.trees import Tree, sums, text_of
from generator.problems import Problem
from generator.text.pathnames import folded

FETCH = "fetch.txt"
_LIST = re.compile(r"(tag)?manifest-([A-Za-z0-9-]+)\.txt")
_STRONG = ("sha512", "sha256", "sha384", "sha3512", "sha3256")
_OF_SYSTEMS = (".ds_store", "thumbs.db", "desktop.ini")
_OLD_INFO = "package-info.txt"  # before 0.95


@dataclass(frozen=True, slots=True)
class _Lists:
    """The lists of one kind, of the payload or of the tag files, by algorithm."""

    by: Mapping[str, Listing]

    def names(self) -> list[str]:
        return sorted({name for each in self.by.values() for name in each.digests})


def verify(tree: Tree) -> Report:
    """What is wrong with the bag in ``tree``."""
    report = Report("bag", len(tree.files), sum(tree.files.values())).plus(tree.odd, "paths", "members", "readable")
    if FETCH in tree.files:
        report = report.plus([found("ARC-207", FETCH)])
    declared, problems = tags.declaration(tree)
    report = report.plus(problems)
    if any(each.code == "ARC-302" for each in problems):
        return report
    report = report.plus((), *(("versions",) if declared else ()))
    declared = declared or tags.Declared(VERSION, "utf-8")  # the lists are readable all the same, and may know more
    name = INFO if INFO in tree.files else _OLD_INFO
    info, problems = tags.info(tree, name, declared) if name in tree.files else (tags.Info(), [])
    report = report.plus(problems)
    payload, tagged, problems = _read_lists(tree, declared)
    report = report.plus(problems, *(("content", "lists", "files") if payload.names() else ()))
    algorithms = tuple(sorted(payload.by.keys() | tagged.by.keys()))
    there, problems = sums(tree, tree.files, algorithms)
    is_ours, is_newer = maker(info.get(AGENT))
    report = replace(report, is_ours=is_ours)
    if is_newer:
        report = report.plus([found("ARC-311", name, version=info.get(AGENT), known=__version__)])
    lost = _known_twins(payload, there) if declared.is_old else frozenset()
    report = report.plus(problems).plus(_of_payload(payload, there, lost, is_old=declared.is_old))
    report = report.plus(_of_tags(tagged, there, is_ours=is_ours))
    if is_ours:
        report = report.plus(_as_we_write(tree, payload, tagged))
    for year in sites.years_in(tree) if is_ours else ():
        report = sites.of_frozen(report, tree, year)
    return report.plus(_counts(info, name, tree, len(lost)), *(("counts",) if info.get("payload-oxum") else ()))


def _read_lists(tree: Tree, declared: tags.Declared) -> tuple[_Lists, _Lists, list[Problem]]:
    found_lists: tuple[dict[str, Listing], dict[str, Listing]] = ({}, {})
    problems: list[Problem] = []
    for name in sorted(tree.files):
        hit = _LIST.fullmatch(name)
        if hit is None:
            continue
        algorithm = hit[2].lower().replace("-", "")
        if algorithm not in hashlib.algorithms_guaranteed or algorithm.startswith("shake"):
            problems.append(found("ARC-310", name, algorithm=hit[2]))
            continue
        text, unreadable = tags.text_in(tree, name, declared.encoding)
        below = "" if hit[1] else f"{PAYLOAD}/"
        read = lists.read(name, text, algorithm, below=below, old=declared.is_old)
        found_lists[1 if hit[1] else 0][algorithm] = read
        problems += [*unreadable, *read.problems]
    if not found_lists[0]:
        problems.append(found("ARC-204", "manifest-sha512.txt"))
    elif not set(_STRONG) & found_lists[0].keys():
        problems.append(found("ARC-310", next(iter(found_lists[0].values())).name, algorithm=", ".join(found_lists[0])))
    return _Lists(found_lists[0]), _Lists(found_lists[1]), problems


def _expected(known: _Lists, there: Mapping[str, Sums]) -> tuple[dict[str, Expected], list[Problem]]:
    """What the lists expect of each file. Where some are right about a file and others are not, these are wrong."""
    expected: dict[str, Expected] = {}
    problems: list[Problem] = []
    for path in known.names():
        naming = {name: each for name, each in known.by.items() if path in each.digests}
        right = {name for name, each in naming.items() if there.get(path, {}).get(name) == each.digests[path]}
        problems += (
            found("ARC-105", each.name, each.lines[path], other=path, list=known.by[min(right)].name)
            for name, each in naming.items()
            if right and name not in right
        )
        chosen = right or set(naming)
        first = naming[max(chosen)]
        expected[path] = Expected({name: naming[name].digests[path] for name in chosen}, first.name, first.lines[path])
    return expected, problems


def _of_payload(known: _Lists, there: Mapping[str, Sums], lost: frozenset[str], *, is_old: bool) -> Iterator[Problem]:
    """The payload: every file is in every list, and as it says (before 1.0: in any of them). Of files ``lost`` it is only
    said that they are."""
    expected, problems = _expected(known, there)
    yield from problems
    inside = {name: each for name, each in there.items() if name.startswith(f"{PAYLOAD}/")}
    if not is_old:
        for each in known.by.values():
            yield from (found("ARC-206", each.name, other=path) for path in sorted(expected.keys() - each.digests) if path in inside)
    yield from (found("ARC-408", path) for path in sorted(lost))
    yield from differences({path: each for path, each in expected.items() if path not in lost}, inside)


def _known_twins(known: _Lists, there: Mapping[str, Sums]) -> frozenset[str]:
    """Files that are listed and not there, while another that is one with them on some systems is listed and there; and
    files of an operating system, which no copy keeps. Drafts before 1.0 let them pass."""
    expected, _ = _expected(known, there)
    kept = {folded(path): path for path in expected if path in there}
    return frozenset(
        path
        for path, each in expected.items()
        if path not in there
        and (
            (folded(path) in kept and each.fits(there[kept[folded(path)]]))
            or path.rpartition("/")[2].lower() in _OF_SYSTEMS
        )
    )


def _of_tags(known: _Lists, there: Mapping[str, Sums], *, is_ours: bool) -> Iterator[Problem]:
    """The tag files. Another program need not list them all."""
    expected, problems = _expected(known, there)
    yield from problems
    tagged = {each.name for each in known.by.values()}
    outside = {name: each for name, each in there.items() if not name.startswith(f"{PAYLOAD}/") and name not in tagged}
    if is_ours:
        yield from differences(expected, outside)
        for each in known.by.values():
            yield from (found("ARC-206", each.name, other=path) for path in sorted(outside.keys() - each.digests) if path in expected)
        return
    listed_there = {name: there[name] for name in expected if name in there}
    yield from differences(expected, listed_there)
    unlisted = (name for name in sorted(outside.keys() - expected.keys() - {FETCH}) if known.by)
    yield from (found("ARC-210", name) for name in unlisted)


def _as_we_write(tree: Tree, payload: _Lists, tagged: _Lists) -> Iterator[Problem]:
    """Lists that say the right things in another way than this program says them: somebody was there."""
    for known, prefix in ((payload, ""), (tagged, "tag")):
        for algorithm in ("sha256", "sha512"):
            name = f"{prefix}manifest-{algorithm}.txt"
            each = known.by.get(algorithm)
            if each is None:
                yield found("ARC-204", name)
            elif text_of(tree, name) != listed(each.digests) and not each.problems:
                yield found("ARC-110", name)


def _counts(info: tags.Info, name: str, tree: Tree, lost: int) -> Iterator[Problem]:
    """Whether there are as many files and bytes as the description says (RFC 8493, 2.2.2, Payload-Oxum); of files that
    are ``lost`` nobody knows the size."""
    said = info.get("payload-oxum")
    sizes = [size for path, size in tree.files.items() if path.startswith(f"{PAYLOAD}/")]
    real = f"{sum(sizes)}.{len(sizes)}"
    if said and said != real and not (lost and said.rpartition(".")[2] == str(len(sizes) + lost)):
        yield found("ARC-205", name, said=said, real=real)
