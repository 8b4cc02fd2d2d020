"""The web archive of a deposit: ``warcio check`` passes its records, and of each sentence of WACZ 1.1.1 that says MUST about the
file there is an archive that breaks it and is refused by ``exhibit verify`` with what is wrong. Two more are about servers."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from generator.archive.wacz import DIGEST, PACKAGE
from tests.helpers import waczs
from tests.helpers.freezing import YEAR
from tests.helpers.processes import here
from tests.helpers.waczs import CDX, IDX, PAGES, WARC, Members

ARCHIVE = f"exhibition-{YEAR}.wacz"


@pytest.fixture
def members(deposit: Path) -> Members:
    return waczs.members_of(deposit / ARCHIVE)


def _checked(warc: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([Path(sys.executable).with_name("warcio"), "check", "-v", warc], capture_output=True, text=True, check=False)


def test_warcio_passes_every_record(members: Members, tmp_path: Path) -> None:
    warc = tmp_path / "data.warc.gz"
    warc.write_bytes(members[WARC])
    done = _checked(warc)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("digest pass") == done.stdout.count("offset") > len(waczs.index_of(members))


def test_and_not_one_that_was_changed(members: Members, tmp_path: Path) -> None:
    records = waczs.records_of(members)
    records[3] = records[3][:-8] + bytes(4) + records[3][-4:]  # the end of what it holds
    warc = tmp_path / "data.warc.gz"
    warc.write_bytes(b"".join(gzip.compress(each, mtime=0) for each in records))
    done = _checked(warc)
    assert done.returncode == 1 and done.stdout.count("payload digest failed") == 1, done.stdout + done.stderr


# -- what WACZ 1.1.1 says MUST of ----------------------------------------------------------------------------------------

Package = Callable[[dict[str, Any]], object]
Change = Callable[[Members], object]


@dataclass(frozen=True)
class Broken:
    """How a sentence is broken, and the code and the file that are told."""

    code: str
    path: str
    change: Change = lambda members: None  # before all else is made to fit
    package: Package | None = None  # what the package says after that
    last: Change = lambda members: None
    name: str = "a.wacz"
    deflated: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()


def _less(*names: str) -> Change:
    return lambda members: [members.pop(each) for each in names]


def _moved(name: str, to: str) -> Change:
    return lambda members: members.update({to: members.pop(name)})


def _with(name: str, content: bytes) -> Change:
    return lambda members: members.update({name: content})


def _page_without(what: str) -> Change:
    def change(members: Members) -> None:
        head, first, rest = members[PAGES].split(b"\n", 2)
        page = {name: value for name, value in json.loads(first).items() if name != what}
        members[PAGES] = b"\n".join((head, json.dumps(page).encode(), rest))

    return change


def _digest_without(what: str) -> Change:
    return lambda members: members.update({DIGEST: json.dumps({k: v for k, v in json.loads(members[DIGEST]).items() if k != what}).encode()})


def _resource(**changes: object) -> Package:
    """The first resource with other values, and without those that are ``None``."""

    def change(package: dict[str, Any]) -> None:
        first = package["resources"][0] | changes
        package["resources"][0] = {name: value for name, value in first.items() if value is not None}

    return change


GONE = {"name": "gone.txt", "path": "gone.txt", "hash": f"sha256:{'0' * 64}", "bytes": 1}
MUSTS: dict[str, Broken] = {
    "archive: one or more files": Broken("ARC-204", "archive/*.warc.gz", _less(WARC)),
    "archive: in the WARC format": Broken("ARC-306", WARC, _with(WARC, gzip.compress(b"words"))),
    "archive: .warc.gz where it is gzip": Broken("ARC-305", "archive/data.warc", _moved(WARC, "archive/data.warc")),
    "indexes: one or more": Broken("ARC-204", "indexes/*.cdx.gz", _less(CDX, IDX)),
    "indexes: more than that of the blocks": Broken("ARC-307", IDX, _less(CDX)),
    "indexes: CDXJ": Broken("ARC-307", CDX, lambda members: waczs.with_index(members, ["words"])),
    "pages: present": Broken("ARC-204", PAGES, _less(PAGES)),
    "pages: a list of pages": Broken("ARC-307", PAGES, _with(PAGES, b"")),
    "pages: url": Broken("ARC-307", PAGES, _page_without("url")),
    "pages: ts": Broken("ARC-307", PAGES, _page_without("ts")),
    "package: present": Broken("ARC-204", PACKAGE, _less(PACKAGE)),
    "package: at the root": Broken("ARC-204", PACKAGE, _moved(PACKAGE, f"package/{PACKAGE}")),
    "package: profile": Broken("ARC-301", PACKAGE, package=lambda package: package.pop("profile")),
    "package: the profile data-package": Broken("ARC-301", PACKAGE, package=lambda package: package.update(profile="tabular-data-package")),
    "package: resources": Broken("ARC-301", PACKAGE, package=lambda package: package.pop("resources")),
    "package: all files in them": Broken("ARC-202", PAGES, package=lambda package: package["resources"].pop()),
    "package: their names": Broken("ARC-301", PACKAGE, package=_resource(name=None)),
    "package: their paths": Broken("ARC-301", PACKAGE, package=_resource(path=None)),
    "package: their sizes": Broken("ARC-301", PACKAGE, package=_resource(bytes=None)),
    "package: their fixity": Broken("ARC-301", PACKAGE, package=_resource(hash=None)),
    "package: the size is right": Broken("ARC-205", PACKAGE, package=_resource(bytes=1)),
    "package: the fixity is right": Broken("ARC-101", WARC, package=_resource(hash=f"sha256:{'0' * 64}")),
    "package: the file is there": Broken("ARC-201", "gone.txt", package=lambda package: package["resources"].append(GONE)),
    "package: wacz_version": Broken("ARC-301", PACKAGE, package=lambda package: package.pop("wacz_version")),
    "package: a version that is known": Broken("ARC-302", PACKAGE, package=lambda package: package.update(wacz_version="9.0.0")),
    "package: a description in Markdown": Broken("ARC-301", PACKAGE, package=lambda package: package.update(description=["a"])),
    "digest: path": Broken("ARC-301", DIGEST, last=_digest_without("path")),
    "digest: hash": Broken("ARC-301", DIGEST, last=_digest_without("hash")),
    "digest: of this package": Broken("ARC-110", PACKAGE, last=lambda members: members.update({PACKAGE: members[PACKAGE] + b" "})),
    "no other files in archive": Broken("ARC-202", "archive/note.txt", _with("archive/note.txt", b"x")),
    "no other files in indexes": Broken("ARC-202", "indexes/note.txt", _with("indexes/note.txt", b"x")),
    "no other files in pages": Broken("ARC-202", "pages/note.txt", _with("pages/note.txt", b"x")),
    "no folders in archive": Broken("ARC-202", "archive/more/", folders=("archive/more/",)),
    "no folders in indexes": Broken("ARC-202", "indexes/more/", folders=("indexes/more/",)),
    "no folders in pages": Broken("ARC-202", "pages/more/", folders=("pages/more/",)),
    "zip: records not packed again": Broken("ARC-305", WARC, deflated=(WARC,)),
    "zip: indexes not packed again": Broken("ARC-305", CDX, deflated=(CDX,)),
    "zip: .wacz": Broken("ARC-204", "*.wacz", name="a.zip"),
}


@pytest.mark.parametrize("must", MUSTS)
def test_what_breaks_a_sentence_is_refused(must: str, members: Members, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The archive says that another program made it: what is asked only of our own is not what refuses it."""
    broken = MUSTS[must]
    waczs.change_package(members, waczs.of_another_program)
    broken.change(members)
    waczs.sealed(members)
    if broken.package is not None:
        waczs.change_package(members, broken.package)
        waczs.with_digest(members)
    broken.last(members)
    code, told = _verified(waczs.packed(tmp_path / broken.name, members, broken.deflated, broken.folders), monkeypatch)
    assert code == 1 and (broken.code, broken.path) in told, told


def test_a_file_is_declared_wherever_it_lies(members: Members, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    members["note.txt"] = b"x"
    assert _verified(waczs.packed(tmp_path / "a.wacz", members), monkeypatch) == (1, {("ARC-202", "note.txt")})
    assert _verified(waczs.packed(tmp_path / "b.wacz", waczs.sealed(members)), monkeypatch) == (0, set())


def test_it_is_a_zip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.wacz").write_bytes(b"words" * 1000)
    assert _verified(tmp_path / "a.wacz", monkeypatch) == (1, {("ARC-304", "a.wacz")})


def test_what_breaks_none_is_accepted(deposit: Path, members: Members, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _verified(deposit / ARCHIVE, monkeypatch) == (0, set())
    waczs.change_package(members, waczs.of_another_program)
    assert _verified(waczs.packed(tmp_path / "a.wacz", waczs.sealed(members), (PAGES, PACKAGE, IDX), ("pages/",)), monkeypatch) == (0, set())


def _verified(archive: Path, patch: pytest.MonkeyPatch) -> tuple[int, set[tuple[str, str]]]:
    done = here(patch, "verify", archive.name, "--format", "json", cwd=archive.parent)
    return done.returncode, {(each["code"], each["path"]) for each in json.loads(done.stdout)["problems"]}
