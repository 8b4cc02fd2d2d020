"""Bags by others: all that the conformance suite accepts is accepted, all that it refuses is refused (RFC 8493)."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.archive.verify import verify
from tests.helpers import bags, deposits

VALID, WARNING, INVALID = dict(bags.valid()), dict(bags.warning()), dict(bags.invalid())


@pytest.mark.parametrize("case", VALID)
def test_a_valid_bag_is_accepted(case: str, tmp_path: Path) -> None:
    report = verify(bags.put(tmp_path, VALID[case]))
    assert [each for each in report.problems if each.is_error] == []
    assert report.kind == "bag" and report.state("content") == report.state("paths") == "passed"
    assert deposits.codes(report) <= {"ARC-309", "ARC-310"}  # ./ before a path; md5 and sha224


@pytest.mark.parametrize("case", WARNING)
def test_one_with_oddities_is_accepted_with_a_warning(case: str, tmp_path: Path) -> None:
    report = verify(bags.put(tmp_path, WARNING[case]))
    assert not report.has_failed
    assert deposits.codes(report) & {"ARC-209", "ARC-210", "ARC-309", "ARC-408"}


@pytest.mark.parametrize("case", INVALID)
def test_an_invalid_bag_is_refused(case: str, tmp_path: Path) -> None:
    assert verify(bags.put(tmp_path, INVALID[case])).has_failed


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("0.97/baginfo-missing-encoding", "ARC-301"),
        ("0.97/bom-in-bagit.txt", "ARC-303"),
        ("0.97/corrupt-data-file", "ARC-101"),
        ("0.97/extra-file-in-bag", "ARC-202"),
        ("0.97/invalid-version-number", "ARC-302"),
        ("0.97/missing-baginfo", "ARC-201"),
        ("0.97/missing-bagit.txt", "ARC-204"),
        ("1.0/bagit-with-invalid-whitespace", "ARC-301"),
        ("1.0/notAllManifestsListAllFiles", "ARC-202"),
        ("1.0/same-filename-listed-twice-with-different-hashes", "ARC-104"),
        ("1.0/same-filename-listed-twice-with-the-same-hash", "ARC-104"),
        *((each, "ARC-207" if each.endswith("-for-fetch") else "ARC-401") for each in INVALID if "/out-of-scope-file-paths-" in each),
    ],
)
def test_it_is_said_why(case: str, code: str, tmp_path: Path) -> None:
    assert code in deposits.codes(verify(bags.put(tmp_path, INVALID[case])))


@pytest.mark.parametrize("version", ["0.96", "0.97", "1.0"])
def test_a_bag_with_something_to_fetch_is_refused_even_if_all_of_it_is_there(version: str, tmp_path: Path) -> None:
    """The one case in which more is asked than by the suite, whose `holey-bag` is valid."""
    fetch = {"fetch.txt": b"http://localhost/test1.txt - data/test1.txt\n"}
    report = verify(bags.put(tmp_path, bags.made(version, extra=fetch)))
    assert [each.code for each in report.problems if each.is_error] == ["ARC-207"]


@pytest.mark.parametrize("version", ["1.1", "2.0"])
def test_a_newer_version_cannot_be_judged(version: str, tmp_path: Path) -> None:
    report = verify(bags.put(tmp_path, bags.made(version)))
    assert deposits.codes(report) == {"ARC-302"} and report.state("content") is None


def test_every_list_of_a_bag_has_every_file(tmp_path: Path) -> None:
    bag = bags.made("1.0", algorithms=("sha256", "sha512"))
    shorter = {**bag, "manifest-sha256.txt": b"".join(bag["manifest-sha256.txt"].splitlines(keepends=True)[1:])}
    tags = {name: content for name, content in shorter.items() if not name.startswith(("data/", "tag"))}
    report = verify(bags.put(tmp_path, {**shorter, **bags.tag_lists(tags, ("sha256", "sha512"))}))
    assert [(each.code, each.span.path) for each in report.problems] == [("ARC-206", "manifest-sha256.txt")]


def test_of_two_lists_the_damaged_one_is_told(tmp_path: Path) -> None:
    bag = bags.made("1.0", algorithms=("sha256", "sha512"))
    first = bag["manifest-sha256.txt"]
    bag["manifest-sha256.txt"] = (b"0" if first[:1] != b"0" else b"1") + first[1:]
    tags = {name: content for name, content in bag.items() if not name.startswith(("data/", "tag"))}
    report = verify(bags.put(tmp_path, {**bag, **bags.tag_lists(tags, ("sha256", "sha512"))}))
    assert [(each.code, each.span.path, each.span.line) for each in report.problems] == [("ARC-105", "manifest-sha256.txt", 1)]


@pytest.mark.parametrize(
    "info", ["Contact-Name : A\n", " Contact-Name: A\n", "Contact-Name:A\n", "no label\n", ": nothing\n"]
)
def test_a_description_of_today_is_strict(info: str, tmp_path: Path) -> None:
    assert "ARC-301" in deposits.codes(verify(bags.put(tmp_path, bags.made("1.0", info=info))))


def test_percent_signs_and_line_ends_of_names_are_escaped(tmp_path: Path) -> None:
    names = {"data/100%.txt": "data/100%25.txt", "data/a\nb": "data/a%0Ab", "data/%41": "data/%2541"}
    bag = bags.made("1.0", dict.fromkeys(names, b"x"), algorithms=("sha512",), listed=names)
    assert verify(bags.put(tmp_path, bag)).problems == ()


@pytest.mark.parametrize("target", ["data/test1.txt", "/etc/hostname", "nowhere"])
def test_a_link_is_told_and_not_followed(target: str, tmp_path: Path) -> None:
    folder = bags.put(tmp_path, bags.made("1.0", algorithms=("sha512",)))
    (folder / "data/dir1/test3.txt").unlink()
    (folder / "data/dir1/test3.txt").symlink_to(target)
    report = verify(folder)
    assert {("ARC-402", "data/dir1/test3.txt"), ("ARC-201", "data/dir1/test3.txt")} == {
        (each.code, each.span.path) for each in report.problems
    }


def test_so_is_a_pipe(tmp_path: Path) -> None:
    import os

    folder = bags.put(tmp_path, bags.made("1.0", algorithms=("sha512",)))
    os.mkfifo(folder / "data/pipe")
    assert deposits.codes(verify(folder)) == {"ARC-404"}
