"""Whatever lies in an archive, its readers end with an answer: no text, no record and no list makes them raise."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.archive import warc
from generator.archive.verify import indexes, lists, verify, warcs
from generator.archive.verify.compare import Expected, differences
from generator.problems import Problem
from generator.publishing.manifest import MANIFEST
from tests.helpers import bags, deposits

TEXT = st.text(st.sampled_from("0123456789abcdef */\\.:%~\n\r\tdatã中{}\"'!"), max_size=200)


def _warc() -> bytes:
    out = io.BytesIO()
    warc.write(out, {"index.html": b"<title>a</title>", "a.txt": b"text" * 20}, deposits.FACTS, "data.warc.gz")
    return out.getvalue()


WARC = _warc()


@given(TEXT, st.booleans())
def test_lists_of_digests(text: str, old: bool) -> None:
    made = lists.read("manifest-md5.txt", text, "md5", below="data/", old=old)
    assert all(path.startswith("data/") and not lists.leads_out(path) for path in made.digests)
    lines = [line for line in text.replace("\r", "\n").split("\n") if line]
    assert len(made.digests) + sum(1 for each in made.problems if each.code != "ARC-309") >= min(len(lines), 1)


@given(st.binary(max_size=300), st.booleans())
def test_records_of_anything(raw: bytes, packed: bool) -> None:
    content = gzip.compress(raw, mtime=0) if packed else raw
    found = list(warcs.read(io.BytesIO(content), "a.warc.gz" if packed else "a.warc"))
    assert all(isinstance(each, Problem) for each in found) or b"WARC/1." in raw
    if content:
        assert found


@given(st.integers(0, len(WARC) - 1), st.integers(1, 255))
def test_no_changed_byte_of_a_record_goes_unseen(at: int, flip: int) -> None:
    """But for those of the head of a gzip member that nobody reads: time, system, how hard it was compressed."""
    raw = bytearray(WARC)
    raw[at] ^= flip
    whole = list(warcs.read(io.BytesIO(WARC), "a.warc.gz"))
    assert not any(isinstance(each, Problem) or each.problems for each in whole)
    found = list(warcs.read(io.BytesIO(bytes(raw)), "a.warc.gz"))
    told = [each for each in found if isinstance(each, Problem) or each.problems]
    starts = [each.offset for each in whole if isinstance(each, warcs.Seen)]
    in_head = any(3 <= at - start <= 9 for start in starts)
    assert told or in_head


@given(st.integers(0, len(WARC)))
def test_no_cut_of_a_record_goes_unseen(at: int) -> None:
    found = list(warcs.read(io.BytesIO(WARC[:at]), "a.warc.gz"))
    starts = {each.offset for each in warcs.read(io.BytesIO(WARC), "a.warc.gz") if isinstance(each, warcs.Seen)}
    assert any(isinstance(each, Problem) for each in found) is (at not in starts | {len(WARC)})


def test_a_record_that_never_ends_is_left() -> None:
    bomb = gzip.compress(b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <a>\r\nContent-Length: 999999999999\r\n\r\n" + bytes(64 << 20))
    (found,) = warcs.read(io.BytesIO(bomb), "a.warc.gz")
    assert isinstance(found, Problem) and found.code == "ARC-306"
    with pytest.raises(ValueError, match="EOF"):
        indexes.unpacked(gzip.compress(bytes(64 << 20)))


@given(st.lists(st.binary(max_size=200_000), max_size=4))
def test_members_of_gzip_are_unpacked_one_after_the_other(parts: list[bytes]) -> None:
    assert indexes.unpacked(b"".join(gzip.compress(each, mtime=0) for each in parts)) == b"".join(parts)


@given(TEXT)
def test_indexes_and_pages(text: str) -> None:
    led, _, problems = indexes.check("index.cdxj", text, {})
    assert led == set() and len(problems) <= text.count("\n") + 1 or text == ""
    assert list(indexes.blocks("index.idx", text, {"index.cdx.gz": b""}))
    list(indexes.pages(text, set()))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["files", "sha256", "size", "resources"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["files", "a", "sha256", "size", "format", "seal"]), inner),
    max_leaves=8,
)


@given(JSON)
def test_manifests_of_anything(value: Any) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / MANIFEST).write_text(json.dumps(value))
        assert verify(Path(folder)).has_failed


@given(JSON, JSON)
def test_packages_of_anything(package: Any, digest: Any) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(Path(folder) / "a.wacz", "w") as packed:
            packed.writestr("datapackage.json", json.dumps(package))
            packed.writestr("datapackage-digest.json", json.dumps(digest))
        assert verify(Path(folder) / "a.wacz").has_failed


@given(st.binary(max_size=80), st.binary(max_size=80))
def test_bags_of_anything(declaration: bytes, manifest: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        bags.put(Path(folder), {"bagit.txt": declaration, "manifest-sha512.txt": manifest, "data/a": b"a"})
        assert verify(Path(folder)).has_failed


def test_thousands_of_equal_files_that_all_changed_take_no_time() -> None:
    count = 5_000
    same, other = {"sha256": "0" * 64}, {"sha256": "1" * 64}
    expected = {f"a{number}": Expected(same, "SHA256SUMS", number) for number in range(count)}
    expected |= {f"b{number}": Expected(other, "SHA256SUMS", number) for number in range(count)}
    there = dict.fromkeys([f"a{number}" for number in range(count)], other) | {f"c{number}": other for number in range(count)}
    found = list(differences(expected, there))
    assert {each.code for each in found} == {"ARC-103", "ARC-203"} and len(found) == 2 * count
