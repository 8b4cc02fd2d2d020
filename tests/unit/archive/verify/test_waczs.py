"""Web archives with one thing wrong, everything else made to fit: each MUST of WACZ 1.1.1 is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.archive.cdx import key_of
from generator.archive.verify import Report, verify
from generator.archive.wacz import DIGEST, PACKAGE
from tests.helpers import deposits, waczs
from tests.helpers.waczs import CDX, IDX, PAGES, WARC, Members


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return deposits.deposited(tmp_path_factory.mktemp("deposit") / "year") / deposits.WACZ


@pytest.fixture
def members(archive: Path) -> Members:
    return waczs.members_of(archive)


def _verified(folder: Path, members: Members, name: str = "a.wacz", deflated: tuple[str, ...] = ()) -> Report:
    return verify(waczs.packed(folder / name, members, deflated))


def test_it_fits_as_it_was_written_and_as_it_is_written_here(archive: Path, members: Members, tmp_path: Path) -> None:
    assert verify(archive).problems == ()
    report = _verified(tmp_path, waczs.sealed(members))
    assert report.problems == ()
    assert report.kind == "wacz" and report.state("replay") == report.state("packing") == "passed"


# -- what has to be there ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gone", "told"), [((WARC,), "archive/*.warc.gz"), ((CDX, IDX), "indexes/*.cdx.gz"), ((PAGES,), PAGES), ((PACKAGE,), PACKAGE)]
)
def test_what_has_to_be_there_is_missed(gone: tuple[str, ...], told: str, members: Members, tmp_path: Path) -> None:
    report = _verified(tmp_path, waczs.sealed({name: each for name, each in members.items() if name not in gone}))
    assert ("ARC-204", told) in {(each.code, each.span.path) for each in report.problems}


def test_an_archive_of_ours_has_a_digest_of_its_package(members: Members, tmp_path: Path) -> None:
    del members[DIGEST]
    report = _verified(tmp_path, members)
    assert [each.code for each in report.problems] == ["ARC-211"] and report.has_failed
    (tmp_path / "a.wacz").unlink()
    waczs.change_package(members, waczs.of_another_program)
    report = _verified(tmp_path, members)
    assert [each.code for each in report.problems] == ["ARC-211"] and not report.has_failed


def test_it_ends_in_wacz(members: Members, tmp_path: Path) -> None:
    assert deposits.codes(_verified(tmp_path, members, "a.zip")) == {"ARC-204"}


# -- the package -------------------------------------------------------------------------------------------------------

PACKAGES: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "another profile": (lambda package: package.update(profile="tabular-data-package"), "ARC-301"),
    "no profile": (lambda package: package.pop("profile"), "ARC-301"),
    "no version": (lambda package: package.pop("wacz_version"), "ARC-301"),
    "a newer version": (lambda package: package.update(wacz_version="2.0.0"), "ARC-302"),
    "no resources": (lambda package: package.pop("resources"), "ARC-301"),
    "a description that is no text": (lambda package: package.update(description=["a"]), "ARC-301"),
    "a resource without a hash": (lambda package: package["resources"][0].pop("hash"), "ARC-301"),
    "a resource without a path": (lambda package: package["resources"][0].pop("path"), "ARC-301"),
    "a resource without a size": (lambda package: package["resources"][0].pop("bytes"), "ARC-301"),
    "a resource without a name": (lambda package: package["resources"][0].pop("name"), "ARC-301"),
    "a resource of another size": (lambda package: package["resources"][0].update(bytes=1), "ARC-205"),
    "a wrong digest": (lambda package: package["resources"][0].update(hash=f"sha256:{'0' * 64}"), "ARC-101"),
    "a resource that leads out": (lambda package: package["resources"][0].update(path="../../etc/passwd"), "ARC-401"),
    "a resource twice": (lambda package: package["resources"].append(package["resources"][0]), "ARC-104"),
    "one resource less": (lambda package: package["resources"].pop(), "ARC-202"),
    "one resource more": (
        lambda package: package["resources"].append({"name": "x", "path": "x.txt", "hash": f"sha256:{'0' * 64}", "bytes": 1}),
        "ARC-201",
    ),
}


@pytest.mark.parametrize("case", PACKAGES)
def test_the_package_says_what_it_has_to(case: str, members: Members, tmp_path: Path) -> None:
    change, code = PACKAGES[case]
    waczs.change_package(members, change)
    assert code in deposits.codes(_verified(tmp_path, waczs.with_digest(members)))


@pytest.mark.parametrize("text", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_a_package_that_is_none(text: bytes, members: Members, tmp_path: Path) -> None:
    members[PACKAGE] = text
    assert "ARC-301" in deposits.codes(_verified(tmp_path, members))


def test_the_digest_is_that_of_the_package(members: Members, tmp_path: Path) -> None:
    members[PACKAGE] += b" "
    assert deposits.codes(_verified(tmp_path, members)) == {"ARC-110"}


@pytest.mark.parametrize("about", [{"path": PACKAGE}, {"hash": f"sha256:{'0' * 64}"}, {"path": PAGES, "hash": f"sha256:{'0' * 64}"}, {"path": PACKAGE, "hash": "x"}, []])
def test_the_digest_has_a_path_and_a_hash(about: object, members: Members, tmp_path: Path) -> None:
    members[DIGEST] = json.dumps(about).encode()
    assert deposits.codes(_verified(tmp_path, members)) == {"ARC-301"}


# -- what may not be there ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["archive/note.txt", "indexes/note.txt", "pages/note.txt", "archive/deep/data.warc.gz"])
def test_nothing_else_lies_in_its_folders_declared_or_not(name: str, members: Members, tmp_path: Path) -> None:
    members[name] = b"x"
    assert "ARC-202" in deposits.codes(_verified(tmp_path, waczs.sealed(dict(members)), "declared.wacz"))
    assert "ARC-202" in deposits.codes(_verified(tmp_path, members))


@pytest.mark.parametrize("folder", ["archive/custom/", "indexes/custom/", "pages/custom/"])
def test_nor_does_a_folder_even_an_empty_one(folder: str, members: Members, tmp_path: Path) -> None:
    waczs.change_package(members, waczs.of_another_program)
    report = verify(waczs.packed(tmp_path / "a.wacz", waczs.sealed(members), folders=("archive/", "indexes/", "pages/", folder)))
    assert [(each.code, each.span.path) for each in report.problems] == [("ARC-202", folder)]
    assert verify(waczs.packed(tmp_path / "b.wacz", members, folders=("archive/", "indexes/", "pages/", "more/"))).problems == ()


def test_what_lies_elsewhere_is_declared(members: Members, tmp_path: Path) -> None:
    members["note.txt"] = b"x"
    assert deposits.codes(_verified(tmp_path, dict(members))) == {"ARC-202"}
    assert deposits.codes(_verified(tmp_path, waczs.sealed(members), "declared.wacz")) == set()


def test_an_undeclared_warc_is_told(members: Members, tmp_path: Path) -> None:
    members["archive/more.warc.gz"] = members[WARC]
    assert "ARC-202" in deposits.codes(_verified(tmp_path, members))


# -- how it is packed --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [WARC, CDX])
def test_what_is_packed_is_not_packed_again(name: str, members: Members, tmp_path: Path) -> None:
    waczs.change_package(members, waczs.of_another_program)
    report = _verified(tmp_path, waczs.sealed(members), deflated=(name,))
    assert [(each.code, each.span.path) for each in report.problems] == [("ARC-305", name)]


@pytest.mark.parametrize("name", ["logs/crawl.log.gz", "more.wacz", "more.zip", "more.warc.zst"])
def test_nor_is_anything_that_says_so_by_its_name(name: str, members: Members, tmp_path: Path) -> None:
    waczs.change_package(members, waczs.of_another_program)
    members[name] = b"packed" * 100
    report = _verified(tmp_path, waczs.sealed(members), deflated=(name,))
    assert [(each.code, each.span.path) for each in report.problems] == [("ARC-305", name)]


def test_texts_may_be_packed(members: Members, tmp_path: Path) -> None:
    assert deposits.codes(_verified(tmp_path, members, deflated=(PAGES, PACKAGE))) == {"ARC-110"}  # ours never are
    waczs.change_package(members, waczs.of_another_program)
    assert _verified(tmp_path, waczs.sealed(members), deflated=(PAGES, PACKAGE, DIGEST, IDX)).problems == ()


def test_the_ending_of_a_warc_says_whether_it_is_packed(members: Members, tmp_path: Path) -> None:
    members["archive/data.warc"] = members.pop(WARC)
    assert "ARC-305" in deposits.codes(_verified(tmp_path, waczs.sealed(members)))


# -- records, indexes, pages -------------------------------------------------------------------------------------------


def test_records_packed_anew_are_as_good(members: Members, tmp_path: Path) -> None:
    assert _verified(tmp_path, waczs.with_records(members, waczs.records_of(members))).problems == ()


def test_records_need_not_be_packed(members: Members, tmp_path: Path) -> None:
    records, lines = waczs.records_of(members), []
    abouts = sorted((json.loads(line.split(" ", 2)[2]) for line in waczs.index_of(members)), key=lambda each: int(each["offset"]))
    at = len(records[0])
    for record, about in zip(records[1:], abouts, strict=True):
        line = {**about, "offset": str(at), "length": str(len(record)), "filename": "data.warc"}
        lines.append(f"{key_of(about['url'])} 20250115000000 {json.dumps(line)}")
        at += len(record)
    members["archive/data.warc"] = b"".join(records)
    del members[WARC]
    assert _verified(tmp_path, waczs.with_index(members, sorted(lines))).problems == ()


def test_every_record_has_its_digest(members: Members, tmp_path: Path) -> None:
    records = waczs.records_of(members)
    records[3] = records[3].replace(b"<title>", b"<titel>")
    assert deposits.codes(_verified(tmp_path, waczs.with_records(members, records))) == {"ARC-108"}


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record.replace(b"WARC/1.1", b"WARC/9.0"),
        lambda record: record.replace(b"Content-Length: ", b"Content-Length: 9"),
        lambda record: record.replace(b"WARC-Record-ID", b"X-Record-ID"),
        lambda record: record + b"more",
        lambda record: record[:-2],
        lambda record: b"",
    ],
)
def test_a_damaged_record_is_told_with_its_place(change: Callable[[bytes], bytes], members: Members, tmp_path: Path) -> None:
    records = waczs.records_of(members)
    records[2] = change(records[2])
    report = _verified(tmp_path, waczs.with_records(members, records))
    assert "ARC-306" in deposits.codes(report)


def test_a_cut_warc_is_told(members: Members, tmp_path: Path) -> None:
    members[WARC] = members[WARC][:-20]
    assert {"ARC-306", "ARC-308"} <= deposits.codes(_verified(tmp_path, waczs.sealed(members)))


INDEXES: dict[str, tuple[Callable[[list[str]], list[str]], str]] = {
    "no index but words": (lambda lines: ["words"], "ARC-307"),
    "out of order": (lambda lines: lines[::-1], "ARC-307"),
    "no JSON": (lambda lines: [lines[0].replace("{", "("), *lines[1:]], "ARC-307"),
    "one line less": (lambda lines: lines[1:], "ARC-308"),
    "another place": (lambda lines: [lines[0].replace('"offset": "', '"offset": "9'), *lines[1:]], "ARC-308"),
    "another file": (lambda lines: [lines[0].replace("data.warc.gz", "no.warc.gz"), *lines[1:]], "ARC-308"),
    "another digest": (lambda lines: [lines[0].replace("sha256:", "sha256:0"), *lines[1:]], "ARC-109"),
    "another address": (lambda lines: [lines[0].replace("https://zhan", "https://zhang"), *lines[1:]], "ARC-109"),
    "another length": (lambda lines: [lines[0].replace('"length": "', '"length": "9'), *lines[1:]], "ARC-109"),
}


@pytest.mark.parametrize("case", INDEXES)
def test_an_index_is_cdxj_and_true(case: str, members: Members, tmp_path: Path) -> None:
    change, code = INDEXES[case]
    assert code in deposits.codes(_verified(tmp_path, waczs.with_index(members, change(waczs.index_of(members)))))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(b"!meta", b"!atem"),
        lambda text: text.replace(b"cdxj-gzip-1.0", b"cdxj-gzip-9.0"),
        lambda text: text.replace(b"index.cdx.gz", b"other.cdx.gz"),
        lambda text: text.replace(b'"offset": 0', b'"offset": 1'),
        lambda text: text.replace(b"sha256:", b"sha256:0"),
        lambda text: text.replace(b"\ncn,", b"\ncom,"),
        lambda text: text.split(b"\n")[0] + b"\n",
    ],
)
def test_the_index_of_the_blocks_is_true(change: Callable[[bytes], bytes], members: Members, tmp_path: Path) -> None:
    assert change(members[IDX]) != members[IDX]
    members[IDX] = change(members[IDX])
    assert deposits.codes(_verified(tmp_path, waczs.sealed(members))) & {"ARC-307", "ARC-109"}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"ts": "2025-01-15T00:00:00Z"}, "ARC-307"),
        ({"url": f"{deposits.FACTS.base}"}, "ARC-307"),
        ({"url": f"{deposits.FACTS.base}", "ts": "15.1.2025"}, "ARC-307"),
        ({"url": "https://elsewhere.example/", "ts": "2025-01-15T00:00:00Z"}, "ARC-308"),
        ("words", "ARC-307"),
    ],
)
def test_every_page_has_an_address_that_is_recorded_and_a_moment(line: object, code: str, members: Members, tmp_path: Path) -> None:
    members[PAGES] += json.dumps(line).encode() + b"\n"
    assert deposits.codes(_verified(tmp_path, waczs.sealed(members))) == {code}


def test_pages_begin_with_what_they_are(members: Members, tmp_path: Path) -> None:
    members[PAGES] = members[PAGES].partition(b"\n")[2]
    assert "ARC-307" in deposits.codes(_verified(tmp_path, waczs.sealed(members)))


@pytest.mark.parametrize("text", [b"", b"\n\n"])
def test_a_list_of_pages_that_is_none(text: bytes, members: Members, tmp_path: Path) -> None:
    members[PAGES] = text
    report = _verified(tmp_path, waczs.sealed(members))
    assert [(each.code, each.span.path, each.span.line) for each in report.problems] == [("ARC-307", PAGES, 1)]


def test_an_archive_by_others_may_have_pages_that_were_not_recorded(members: Members, tmp_path: Path) -> None:
    waczs.change_package(members, waczs.of_another_program)
    members[PAGES] += b'{"url": "https://elsewhere.example/", "ts": "2025-01-15T00:00:00Z"}\n'
    report = _verified(tmp_path, waczs.sealed(members))
    assert deposits.codes(report) == {"ARC-308"} and not report.has_failed
