"""The signature and the time stamp of the sums of a deposit, as far as a program can judge them: that they fit. Whose key
it is, and whether its owner meant it, is for a person."""

from __future__ import annotations

from dataclasses import dataclass

from generator.archive import signing, stamps
from generator.archive.signing import NoLibrary, Unfit
from generator.archive.sums import SIGNATURE, STAMP, SUMS
from generator.archive.verify.report import Report, found
from generator.archive.verify.trees import Tree, text_of


@dataclass(frozen=True, slots=True)
class Trust:
    """What somebody brings along to check with: the public key of whoever signed, and the certificates (PEM) of whoever
    stamps times."""

    key: bytes = b""
    roots: bytes = b""


def of_sums(report: Report, tree: Tree, trust: Trust) -> Report:
    """``report`` with what is to be said of the signature and the time stamp in ``tree``."""
    return _stamped(_signed(report, tree, trust), tree, trust)


def _signed(report: Report, tree: Tree, trust: Trust) -> Report:
    signature = text_of(tree, SIGNATURE)
    if signature is None:
        return report.plus([found("ARC-106", SIGNATURE, reason=SIGNATURE)]) if trust.key else report
    if not trust.key:
        return report.left_to_people("signature")
    try:
        signing.check(text_of(tree, SUMS) or b"", signature, trust.key)
    except NoLibrary:
        return report.left_to_people("signature")
    except Unfit as error:
        return report.plus([found("ARC-106", SIGNATURE, reason=str(error))])
    return report.plus((), "signature")


def _stamped(report: Report, tree: Tree, trust: Trust) -> Report:
    token = text_of(tree, STAMP)
    if token is None:
        return report.plus([found("ARC-107", STAMP, reason=STAMP)]) if trust.roots else report
    try:
        _, is_certain = stamps.check(text_of(tree, SUMS) or b"", token, trust.roots)
    except NoLibrary:
        return report.left_to_people("stamp")
    except Unfit as error:
        return report.plus([found("ARC-107", STAMP, reason=str(error))])
    return report.plus((), "stamp") if is_certain else report.left_to_people("stamp")
