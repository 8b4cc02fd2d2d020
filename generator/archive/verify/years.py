"""Whether the files of a deposit, or of a folder for an archive office, are what their ``SHA256SUMS`` say."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from generator import __version__
from generator.archive.bag import DECLARATION
from generator.archive.deposit import README, handover
from generator.archive.sums import BESIDE, SUMS, written
from generator.archive.verify import lists, seals
from generator.archive.verify.compare import Expected, differences
from generator.archive.verify.report import Kind, Report, found, maker
from generator.archive.verify.trees import Tree, renamed_list, sums, text_of
from generator.problems import Problem


def verify(tree: Tree, trust: seals.Trust) -> Report:
    """What is wrong with the files of the deposit in ``tree``; what is in them is looked at by others."""
    report = _listed(tree, "year", SUMS, BESIDE)
    return seals.of_sums(report, tree, trust) if "content" in report.looked else report


def verify_handover(tree: Tree) -> Report:
    """What is wrong with the folder for an archive office in ``tree``, by the list that lies in it. Its catalogue and its
    metadata are files like the others."""
    name = handover.SUMS
    report = _listed(tree, "handover", name, (name,))
    statement = (text_of(tree, handover.STATEMENT) or b"").decode("utf-8", "replace")
    agent = next((line for line in statement.splitlines() if line.startswith(handover.AGENT)), "")
    agent = agent.removeprefix(handover.AGENT)
    is_ours, is_newer = maker(agent)
    newer = [found("ARC-311", handover.STATEMENT, version=agent, known=__version__)] if is_newer else []
    return replace(report, is_ours=is_ours).plus(newer, *(("versions",) if agent else ()))


def _listed(tree: Tree, kind: Kind, name: str, beside: Collection[str]) -> Report:
    """The files of ``tree`` against the list ``name``, which cannot list the files ``beside`` it."""
    report = Report(kind, len(tree.files), sum(tree.files.values())).plus(tree.odd, "paths", "members")
    listing, problems = read_sums(tree, name)
    if not listing.digests:
        return report.plus([_gone(tree) if kind == "year" else _nothing_said(tree, name)])
    report = report.plus(problems, "readable", "content", "files", "lists")
    seen = {each: size for each, size in tree.files.items() if each not in beside}
    there, broken = sums(tree, seen, ("sha256",))
    unread = {each.span.path for each in broken}
    expected = {
        path: Expected({"sha256": digest}, name, listing.lines[path])
        for path, digest in listing.digests.items()
        if path not in unread
    }
    return report.plus(broken).plus(differences(expected, there))


def is_handover(tree: Tree) -> bool:
    """Whether the files are those of a folder for an archive office, even where one of its lists is gone."""
    return handover.CATALOGUE in tree.files or handover.SUMS in tree.files


def is_year(tree: Tree) -> bool:
    """Whether the files are those of a deposit, even where its sums are gone."""
    tops = [name for name in tree.files if name.endswith(f"/{DECLARATION}") and name.count("/") == 1]
    return SUMS in tree.files or any(f"{name.partition('/')[0]}.wacz" in tree.files for name in tops)


def _gone(tree: Tree) -> Problem:
    """The sums say nothing. What they say of the description, which comes first, tells them under another name."""
    readme, _ = sums(tree, {README: 0} if README in tree.files else {}, ("sha256",))
    start = f"{readme[README]['sha256']}  {README}".encode() if readme else b""
    other = renamed_list(tree, start) if start else None
    if other is None:
        return _nothing_said(tree, SUMS)
    return found("ARC-203" if SUMS not in tree.files else "ARC-102", SUMS, other=other, list=SUMS)


def _nothing_said(tree: Tree, name: str) -> Problem:
    return found("ARC-204" if name not in tree.files else "ARC-110", name)


def read_sums(tree: Tree, name: str = SUMS) -> tuple[lists.Listing, list[Problem]]:
    """What the sums in ``name`` say, and what is wrong with them: they are written in one way, so another way is a change."""
    raw = text_of(tree, name) or b""
    try:
        listing = lists.read(name, raw.decode("utf-8"), "sha256", escapes=False)
    except UnicodeDecodeError:
        return lists.Listing(name), [found("ARC-303", name, encoding="UTF-8")]
    problems = list(listing.problems)
    if not problems and raw != written(listing.digests):
        problems.append(found("ARC-110", name))
    return listing, problems


def of_neighbour(file: Path, tree: Tree) -> list[Problem]:
    """What the sums beside ``file`` say of it, where there are any that name it."""
    listing, _ = read_sums(tree)
    if file.name not in listing.digests:
        return []
    there, broken = sums(tree, {file.name: 0}, ("sha256",))
    expected = {file.name: Expected({"sha256": listing.digests[file.name]}, SUMS, listing.lines[file.name])}
    return [*broken, *(differences(expected, there) if there else ())]
