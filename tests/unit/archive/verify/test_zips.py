"""Zips that are not safe to unpack are refused before anything in them is read; of the others every damage is told."""

from __future__ import annotations

import io
import stat
import zipfile
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from generator.archive.verify import Unknown, verify
from tests.helpers import bags, deposits

BAG = {f"bag/{name}": content for name, content in bags.made("1.0", algorithms=("sha512",)).items()}


def _zip(file: Path, members: dict[str, bytes], *infos: tuple[zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
        for info, content in infos:
            packed.writestr(info, content)
    return file


def _info(name: str, mode: int = stat.S_IFREG | 0o644) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, mode << 16
    return info


def test_a_zipped_bag_is_a_bag_whoever_packed_it(tmp_path: Path) -> None:
    report = verify(_zip(tmp_path / "bag.zip", BAG))
    assert report.problems == () and report.parts == (("bag/", "bag"),) and report.kind == "zip"
    flat = {name.removeprefix("bag/"): content for name, content in BAG.items()}
    assert verify(_zip(tmp_path / "flat.zip", flat)).problems == ()


def test_what_changed_in_it_is_told_as_in_a_folder(tmp_path: Path) -> None:
    members = {**BAG, "bag/data/test1.txt": b"0ne\n", "bag/data/new.txt": b""}
    del members["bag/data/dir1/test3.txt"]
    report = verify(_zip(tmp_path / "bag.zip", members))
    assert {(each.code, each.span.path) for each in report.problems} == {
        ("ARC-101", "bag/data/test1.txt"),
        ("ARC-202", "bag/data/new.txt"),
        ("ARC-201", "bag/data/dir1/test3.txt"),
    }


OUTSIDE = ("../out.txt", "/etc/out.txt", "a/../../out.txt", "..\\out.txt", "C:\\out.txt", "~/out.txt", "bag/data\\..\\..\\out")


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_zip_that_unpacks_outside_itself_is_refused(name: str, tmp_path: Path) -> None:
    report = verify(_zip(tmp_path / "bag.zip", {**BAG, name: b"x"}))
    assert deposits.codes(report) == {"ARC-401"} and report.state("content") is None


@pytest.mark.parametrize(
    ("mode", "code"), [(stat.S_IFLNK, "ARC-402"), (stat.S_IFIFO, "ARC-404"), (stat.S_IFCHR, "ARC-404"), (stat.S_IFSOCK, "ARC-404")]
)
def test_so_are_links_and_devices(mode: int, code: str, tmp_path: Path) -> None:
    report = verify(_zip(tmp_path / "bag.zip", BAG, (_info("bag/data/x", mode | 0o777), b"/etc/passwd")))
    assert deposits.codes(report) == {code}


def test_so_is_a_bomb(tmp_path: Path) -> None:
    report = verify(_zip(tmp_path / "bag.zip", {**BAG, "bag/data/zeros": bytes(20 << 20)}))
    assert deposits.codes(report) == {"ARC-403"}


def test_so_is_one_that_says_less_than_it_unpacks_to(tmp_path: Path) -> None:
    file = _zip(tmp_path / "bag.zip", {**BAG, "bag/data/zeros": bytes(20 << 20)})
    raw = file.read_bytes()
    file.write_bytes(raw.replace((20 << 20).to_bytes(4, "little"), (1000).to_bytes(4, "little")))
    assert "ARC-304" in deposits.codes(verify(file))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_so_is_one_with_a_name_twice(tmp_path: Path) -> None:
    assert deposits.codes(verify(_zip(tmp_path / "bag.zip", BAG, (_info("bag/bagit.txt"), b"x")))) == {"ARC-406"}


def test_so_is_one_that_is_encrypted(tmp_path: Path) -> None:
    file = _zip(tmp_path / "bag.zip", BAG)
    raw = bytearray(file.read_bytes())
    at = raw.index(b"PK\x01\x02")
    raw[at + 8] |= 1
    file.write_bytes(raw)
    assert deposits.codes(verify(file)) == {"ARC-405"}


def test_so_is_one_whose_members_share_their_bytes(tmp_path: Path) -> None:
    file = _zip(tmp_path / "bag.zip", BAG)
    raw = bytearray(file.read_bytes())
    second = raw.index(b"PK\x01\x02", raw.index(b"PK\x01\x02") + 4)
    raw[second + 42 : second + 46] = bytes(4)
    file.write_bytes(raw)
    assert "ARC-406" in deposits.codes(verify(file))


def test_bytes_that_belong_to_nothing_are_told(tmp_path: Path) -> None:
    file = _zip(tmp_path / "bag.zip", BAG)
    file.write_bytes(b"#!/bin/sh\n" + file.read_bytes())
    report = verify(file)
    assert deposits.codes(report) == {"ARC-409"} and not report.has_failed


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip", b"PK\x03\x04" + bytes(100)])
def test_what_is_no_zip_is_told(content: bytes, tmp_path: Path) -> None:
    for name in ("a.zip", "a.wacz"):
        (tmp_path / name).write_bytes(content)
        assert deposits.codes(verify(tmp_path / name)) == {"ARC-304"}
    (tmp_path / "a.txt").write_bytes(content)
    with pytest.raises(Unknown):
        verify(tmp_path / "a.txt")


def test_a_zip_without_lists_cannot_be_verified(tmp_path: Path) -> None:
    with pytest.raises(Unknown):
        verify(_zip(tmp_path / "a.zip", {"a.txt": b"a"}))


@pytest.mark.parametrize("count", [40, pytest.param(600, marks=pytest.mark.audit)])
def test_no_damage_of_a_zip_of_a_deposit_goes_unseen(count: int, tmp_path: Path) -> None:
    """The sums beside it know every byte of it, also those that no check sum in the zip is about."""
    folder, random = deposits.deposited(tmp_path / "year"), Random(5)
    for number in range(count):
        name = random.choice((deposits.ZIP, deposits.WACZ))
        raw = (folder / name).read_bytes()
        at = random.randrange(len(raw))
        with deposits.changed(folder, {name: raw[:at] + bytes([raw[at] ^ random.randrange(1, 256)]) + raw[at + 1 :]}):
            report = verify(folder / name)
        assert ("ARC-101", name) in {(each.code, each.span.path) for each in report.problems}, number
    for name in (deposits.ZIP, deposits.WACZ):
        assert verify(folder / name).problems == ()


def _flips(size: int, parts: int) -> list[int]:
    """Places in a file, all of its end, where the directory is."""
    return [*range(0, size - 1500, max(size // parts, 1)), *range(size - 1500, size, max(1500 // parts, 1))]


@pytest.mark.parametrize("parts", [40, pytest.param(600, marks=pytest.mark.audit)])
@pytest.mark.parametrize("name", [deposits.ZIP, deposits.WACZ])
def test_nor_of_one_that_is_handed_over_alone(name: str, parts: int, tmp_path: Path) -> None:
    raw = (deposits.deposited(tmp_path / "year") / name).read_bytes()
    file = tmp_path / name
    file.write_bytes(raw)
    assert verify(file).problems == ()
    unseen = []
    for at in _flips(len(raw), parts):
        file.write_bytes(raw[:at] + bytes([raw[at] ^ (1 << at % 8)]) + raw[at + 1 :])
        with suppress(Unknown):  # nothing in it tells what it is
            unseen += [] if verify(file).has_failed else [at]
    assert unseen == []


@pytest.mark.parametrize("name", [deposits.ZIP, deposits.WACZ])
def test_one_of_ours_that_somebody_packed_anew_is_told(name: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(deposits.deposited(tmp_path / "year") / name) as packed:
        members = {each: packed.read(each) for each in packed.namelist()}
    report = verify(_zip(tmp_path / name, {each: members[each] for each in members if "warc" not in each and "cdx" not in each}))
    assert ("ARC-110", name) in {(each.code, each.span.path) for each in report.problems}


def test_a_zip_within_a_stream_is_not_looked_for(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as packed:
        packed.writestr("../out.txt", b"x")
    bag = bags.made("1.0", {"data/inner.zip": inner.getvalue()}, algorithms=("sha512",))
    assert verify(_zip(tmp_path / "bag.zip", {f"bag/{name}": each for name, each in bag.items()})).problems == ()
