"""Every case of the Library of Congress's conformance suite of BagIt before the command: what the suite has as valid is accepted,
what it has as invalid is refused with the file and the line, and the two bags in which decision 073 differs are refused too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import bags
from tests.helpers.processes import here, run, said

VALID, WARNING, INVALID, HOLEY = (dict(each()) for each in (bags.valid, bags.warning, bags.invalid, bags.holey))
MANIFEST, ESCAPING = ("ARC-401", "manifest-md5.txt", 4), ("ARC-207", "fetch.txt", None)
NAMED: dict[str, tuple[str, str, int | None]] = {
    "0.97/baginfo-missing-encoding": ("ARC-301", "bagit.txt", 1),
    "0.97/bom-in-bagit.txt": ("ARC-303", "bagit.txt", 1),
    "0.97/corrupt-data-file": ("ARC-101", "data/test1.txt", None),
    "0.97/corrupt-tag-file": ("ARC-101", "bag-info.txt", None),
    "0.97/extra-file-in-bag": ("ARC-202", "data/bar", None),
    "0.97/invalid-version-number": ("ARC-302", "bagit.txt", 1),
    "0.97/missing-baginfo": ("ARC-201", "bag-info.txt", None),
    "0.97/missing-bagit.txt": ("ARC-204", "bagit.txt", None),
    "0.97/same-filename-listed-twice-with-different-hashes": ("ARC-104", "manifest-sha256.txt", 2),
    "1.0/bagit-with-invalid-whitespace": ("ARC-301", "bagit.txt", 1),
    "1.0/notAllManifestsListAllFiles": ("ARC-202", "data/missingFromManifest.txt", None),
    "1.0/same-filename-listed-twice-with-different-hashes": ("ARC-104", "manifest-sha256.txt", 2),
    "1.0/same-filename-listed-twice-with-the-same-hash": ("ARC-104", "manifest-sha256.txt", 2),
    **{each: ESCAPING if each.endswith("-for-fetch") else MANIFEST for each in INVALID if "/out-of-scope-file-paths-" in each},
}


def test_no_case_of_the_suite_is_left_out() -> None:
    """Its commit 9ab4870 has 60 bags."""
    assert [len(each) for each in (VALID, WARNING, INVALID, HOLEY)] == [25, 6, 27, 2]
    assert NAMED.keys() == INVALID.keys()


def _verified(patch: pytest.MonkeyPatch, folder: Path) -> tuple[int, dict[str, Any]]:
    done = here(patch, "verify", folder.name, "--format", "json", cwd=folder.parent)
    return done.returncode, json.loads(done.stdout)


@pytest.mark.parametrize("case", [*VALID, *WARNING])
def test_a_bag_that_is_valid_is_accepted(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = bags.put(tmp_path / "bag", (VALID | WARNING)[case])
    code, report = _verified(monkeypatch, folder)
    assert (code, report["kind"], report["result"]) == (0, "bag", "passed")
    assert {each["level"] for each in report["problems"]} <= {"warning"}
    assert report["problems"] or case in VALID


@pytest.mark.parametrize("case", INVALID)
def test_one_that_is_not_is_refused_with_its_file_and_line(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = bags.put(tmp_path / "bag", INVALID[case])
    code, report = _verified(monkeypatch, folder)
    assert (code, report["result"]) == (1, "failed")
    assert NAMED[case] in {(each["code"], each["path"], each["line"]) for each in report["problems"] if each["level"] == "error"}


@pytest.mark.parametrize("case", HOLEY)
def test_a_bag_with_files_to_fetch_is_refused_although_the_suite_has_it_as_valid(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, report = _verified(monkeypatch, bags.put(tmp_path / "bag", HOLEY[case]))
    assert code == 1
    assert [(each["code"], each["path"]) for each in report["problems"] if each["level"] == "error"] == [("ARC-207", "fetch.txt")]


def test_a_process_of_its_own_says_the_same(tmp_path: Path) -> None:
    for name, content in (("good", VALID["1.0/basicBag"]), ("bad", INVALID["0.97/corrupt-data-file"])):
        bags.put(tmp_path / name, content)
    assert run("verify", "good", cwd=tmp_path).returncode == 0
    done = run("verify", "bad", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 1 and "data/test1.txt ARC-101" in said(done)
