"""Signatures and time stamps: that they fit is for the program, whose they are is for a person."""

from __future__ import annotations

import shutil
from pathlib import Path

import minisign
import pytest

from generator.archive import signing, stamps
from generator.archive.sources import Refused
from generator.archive.sums import SIGNATURE, STAMP, SUMS
from generator.archive.verify import Trust, verify
from tests.helpers import deposits
from tests.helpers.places import TESTS

STAMPED = TESTS / "data/stamps"  # sums, stamped by a root made for it with `openssl ts`; `other.pem` is another root


@pytest.fixture
def pair(tmp_path: Path) -> minisign.KeyPair:
    pair = minisign.KeyPair.generate()
    (tmp_path / "secret.key").write_bytes(bytes(pair.secret_key))
    return pair


def _signed(tmp_path: Path) -> Path:
    return deposits.deposited(tmp_path / "year", lambda data: signing.sign(data, tmp_path / "secret.key", deposits.FACTS))


def test_a_signature_that_fits_the_key_passes(pair: minisign.KeyPair, tmp_path: Path) -> None:
    folder = _signed(tmp_path)
    for public in (bytes(pair.public_key), pair.public_key.to_base64() + b"\n"):
        report = verify(folder, Trust(public))
        assert report.problems == () and report.state("signature") == "passed"
        assert ("signer", "manual") in report.rows("authenticity")


def test_without_a_key_it_is_left_to_a_person(pair: minisign.KeyPair, tmp_path: Path) -> None:
    report = verify(_signed(tmp_path))
    assert report.problems == () and report.state("signature") == "manual"


def test_without_the_library_too(pair: minisign.KeyPair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _signed(tmp_path)
    monkeypatch.setitem(__import__("sys").modules, "minisign", None)
    assert verify(folder, Trust(bytes(pair.public_key))).state("signature") == "manual"


def test_a_signature_of_something_else_or_by_somebody_else_fails(pair: minisign.KeyPair, tmp_path: Path) -> None:
    folder = _signed(tmp_path)
    other = minisign.KeyPair.generate()
    assert verify(folder, Trust(bytes(other.public_key))).state("signature") == "failed"
    assert verify(folder, Trust(b"no key")).state("signature") == "failed"
    text = (folder / SIGNATURE).read_bytes()
    with deposits.changed(folder, {SIGNATURE: text.replace(b"year:2024", b"year:2023")}):
        assert verify(folder, Trust(bytes(pair.public_key))).state("signature") == "failed"
    with deposits.changed(folder, {SUMS: (folder / SUMS).read_bytes().replace(b"0", b"1")}):
        assert verify(folder, Trust(bytes(pair.public_key))).state("signature") == "failed"
    with deposits.changed(folder, {SIGNATURE: None}):
        assert verify(folder, Trust(bytes(pair.public_key))).state("signature") == "failed"


def test_a_signature_says_what_it_is_of_and_is_always_the_same(pair: minisign.KeyPair, tmp_path: Path) -> None:
    made = [signing.sign(b"sums", tmp_path / "secret.key", deposits.FACTS) for _ in range(2)]
    assert made[0] == made[1]
    assert signing.check(b"sums", made[0], bytes(pair.public_key)) == "file:SHA256SUMS year:2024 frozen:2025-01-15"


def test_a_key_that_cannot_be_used_is_refused(pair: minisign.KeyPair, tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_bytes(b"nonsense")
    with pytest.raises(Refused, match="archive.key"):
        signing.sign(b"sums", tmp_path / "secret.key", deposits.FACTS)
    pair.secret_key.encrypt("password")
    (tmp_path / "secret.key").write_bytes(bytes(pair.secret_key))
    with pytest.raises(Refused, match="archive.key"):
        signing.sign(b"sums", tmp_path / "secret.key", deposits.FACTS, "wrong")
    assert signing.sign(b"sums", tmp_path / "secret.key", deposits.FACTS, "password")


def _stamped(tmp_path: Path) -> Path:
    folder = tmp_path / "year"
    folder.mkdir()
    for name in (SUMS, STAMP):
        shutil.copy(STAMPED / name, folder)
    (folder / "file.txt").write_text("a deposit")
    return folder


def test_a_time_stamp_passes_with_its_root_and_is_left_to_a_person_without(tmp_path: Path) -> None:
    folder = _stamped(tmp_path)
    report = verify(folder, Trust(roots=(STAMPED / "root.pem").read_bytes()))
    assert report.problems == () and report.state("stamp") == "passed"
    report = verify(folder)
    assert report.problems == () and report.state("stamp") == "manual"


def test_a_time_stamp_of_something_else_or_by_somebody_else_fails(tmp_path: Path) -> None:
    folder = _stamped(tmp_path)
    root, token = (STAMPED / "root.pem").read_bytes(), (folder / STAMP).read_bytes()
    assert verify(folder, Trust(roots=(STAMPED / "other.pem").read_bytes())).state("stamp") == "failed"
    assert verify(folder, Trust(roots=b"no certificate")).state("stamp") == "failed"
    refusal = bytes.fromhex("30053003020102")  # status: rejection
    for changed in (b"", b"nonsense", token[:-30], token[:-1] + bytes([token[-1] ^ 1]), refusal):
        with deposits.changed(folder, {STAMP: changed}):
            assert verify(folder, Trust(roots=root)).state("stamp") == "failed", changed
    with deposits.changed(folder, {SUMS: (folder / SUMS).read_bytes().replace(b"file", b"fill")}):
        assert verify(folder).state("stamp") == "failed"
    with deposits.changed(folder, {STAMP: None}):
        assert verify(folder, Trust(roots=root)).state("stamp") == "failed"


def test_what_an_authority_is_asked_is_always_the_same(tmp_path: Path) -> None:
    assert stamps.request(b"sums") == stamps.request(b"sums") != stamps.request(b"other sums")
