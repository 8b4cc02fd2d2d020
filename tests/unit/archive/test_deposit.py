"""A deposit: what is in it, read back by other programs, and the same bytes whatever the machine is set to."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.cli import main as warcio

from generator.archive import cdx, crate, deposit, zipped
from generator.archive.sources import Refused, gather
from generator.archive.sums import SUMS
from generator.archive.verify import verify
from tests.helpers import deposits
from tests.helpers.places import ROOT
from tests.helpers.trees import tree

PAYLOAD = "data/2024/"


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return deposits.deposited(tmp_path_factory.mktemp("deposit") / "year")


def test_it_is_verified(year: Path) -> None:
    report = verify(year)
    assert report.problems == () and report.kind == "year"
    assert dict(report.parts) == {
        deposits.BAG: "bag",
        deposits.ZIP: "zip",
        f"{deposits.ZIP}/{deposits.BAG}/": "bag",
        deposits.WACZ: "wacz",
    }


def test_the_payload_is_the_year_as_it_was(year: Path) -> None:
    season = year.with_name("year-season")
    inside = year / deposits.BAG / PAYLOAD
    assert {name: each[1] for name, each in tree(inside).items()} == {name: each[1] for name, each in tree(season).items()}


# -- the bag -----------------------------------------------------------------------------------------------------------


def test_the_bag_says_what_the_specification_asks_for(year: Path) -> None:
    bag = year / deposits.BAG
    assert (bag / "bagit.txt").read_bytes() == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    payload = [each for each in (bag / "data").rglob("*") if each.is_file()]
    oxum = f"{sum(each.stat().st_size for each in payload)}.{len(payload)}"
    assert (bag / "bag-info.txt").read_text("utf-8") == (
        "Source-Organization: 江城市机关工委\nContact-Name: 办公室\n"
        "External-Description: 2024 年度的在线展览。 含全部品牌。\nBagging-Date: 2025-01-15\n"
        f"External-Identifier: https://zhan.example.gov.cn/2024/\nPayload-Oxum: {oxum}\nBag-Software-Agent: exhibit 0.1.0\n"
        "Title: 江城党建品牌展\nYear: 2024\nRetention-Period: 永久\nSource-Commit: 0123abc\n"
    )


@pytest.mark.parametrize("algorithm", ["sha256", "sha512"])
def test_its_lists_name_every_file(algorithm: str, year: Path) -> None:
    bag = year / deposits.BAG
    for name, files in (
        (f"manifest-{algorithm}.txt", [each for each in (bag / "data").rglob("*") if each.is_file()]),
        (f"tagmanifest-{algorithm}.txt", [each for each in bag.iterdir() if each.is_file() and "tagm" not in each.name]),
    ):
        rows = dict(line.split("  ")[::-1] for line in (bag / name).read_text("utf-8").splitlines())
        assert rows == {
            each.relative_to(bag).as_posix().replace("%", "%25"): hashlib.new(algorithm, each.read_bytes()).hexdigest()
            for each in files
        }
        assert list(rows) == sorted(rows, key=lambda each: each.encode())


# -- the zip -----------------------------------------------------------------------------------------------------------


def test_the_zip_holds_the_bag_with_one_time_and_one_kind_of_permissions(year: Path) -> None:
    with zipfile.ZipFile(year / deposits.ZIP) as packed:
        assert packed.testzip() is None
        infos = packed.infolist()
        assert {each.filename: packed.read(each) for each in infos} == {
            f"{deposits.BAG}/{each.relative_to(year / deposits.BAG).as_posix()}": each.read_bytes()
            for each in (year / deposits.BAG).rglob("*")
            if each.is_file()
        }
    assert [each.filename for each in infos] == sorted((each.filename for each in infos), key=lambda each: each.encode())
    assert {each.date_time for each in infos} == {(2025, 1, 15, 0, 0, 0)}
    assert {each.external_attr >> 16 for each in infos} == {stat.S_IFREG | 0o644}
    assert {each.create_system for each in infos} == {3}
    assert all(each.flag_bits & 0x800 for each in infos if not each.filename.isascii())
    assert {each.compress_type for each in infos} == {zipfile.ZIP_STORED}


@pytest.mark.skipif(shutil.which("unzip") is None, reason="no unzip on this machine")
def test_unzip_unpacks_it(year: Path, tmp_path: Path) -> None:
    subprocess.run(["unzip", "-q", str(year / deposits.ZIP), "-d", str(tmp_path)], check=True)
    assert verify(tmp_path / deposits.BAG).problems == ()


def test_a_zip_begins_in_1980_and_is_never_taken_for_a_bomb(tmp_path: Path) -> None:
    zipped.write(tmp_path / "a.zip", {"bagit.txt": bytes(10 << 20)}, date(1970, 5, 1))
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        assert packed.infolist()[0].date_time == (1980, 5, 1, 0, 0, 0)
    assert "ARC-403" not in deposits.codes(verify(tmp_path / "a.zip"))


def test_a_large_member_makes_a_large_zip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 1000)
    zipped.write(tmp_path / "a.zip", {"a.bin": bytes(range(256)) * 8}, date(2025, 1, 15))
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        assert packed.read("a.bin") == bytes(range(256)) * 8
        assert packed.infolist()[0].extract_version == 45


# -- the web archive ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def records(year: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The WARC in the archive."""
    folder = tmp_path_factory.mktemp("records")
    with zipfile.ZipFile(year / deposits.WACZ) as packed:
        packed.extractall(folder)
    return folder / "archive/data.warc.gz"


def test_warcio_finds_nothing_wrong(records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        warcio(["check", "-v", str(records)])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert told.count("digest pass") == told.count("offset") > 10


def test_every_file_is_answered_at_all_its_addresses(records: Path) -> None:
    season = deposits.season(records.parent / "season")
    answers = {}
    with records.open("rb") as raw:
        for each in ArchiveIterator(raw):
            assert each.rec_headers.protocol == "WARC/1.1"
            if each.rec_type == "response":
                answers[each.rec_headers["WARC-Target-URI"]] = (each.http_headers["Content-Type"], each.content_stream().read())
    base = deposits.FACTS.base
    page = (season / "brands/qingfeng/index.html").read_bytes()
    assert answers[f"{base}brands/qingfeng/"] == answers[f"{base}brands/qingfeng/index.html"] == ("text/html; charset=utf-8", page)
    assert answers[base][1] == (season / "index.html").read_bytes()
    assert answers[f"{base}data/%E5%93%81%E7%89%8C.csv"][0] == "text/csv; charset=utf-8"
    assert answers[f"{base}data/100%25.txt"][1] == "百分之百\n".encode()
    assert answers[f"{base}img/hall.jpg"][0] == "image/jpeg"
    assert len(answers) == len(gather(season)) + 3  # the three pages that are also folders


def test_records_are_named_by_what_they_hold(records: Path) -> None:
    with records.open("rb") as raw:
        ids = [each.rec_headers["WARC-Record-ID"] for each in ArchiveIterator(raw)]
    assert len(set(ids)) == len(ids)
    assert all(each.startswith("<urn:uuid:") and each[24] == "5" for each in ids)


def test_the_package_and_the_pages(records: Path) -> None:
    package = json.loads((records.parent.parent / "datapackage.json").read_text("utf-8"))
    assert (package["profile"], package["wacz_version"], package["mainPageUrl"]) == ("data-package", "1.1.1", deposits.FACTS.base)
    assert (package["created"], package["software"]) == ("2025-01-15T00:00:00Z", "exhibit 0.1.0")
    head, *pages = [json.loads(line) for line in (records.parent.parent / "pages/pages.jsonl").read_text("utf-8").splitlines()]
    assert head["format"] == "json-pages-1.0"
    assert [(each["url"].removeprefix(deposits.FACTS.base), each["title"]) for each in pages] == [
        ("", "首页 & 展厅"),
        ("404.html", "没有这一页"),
        ("brands/qingfeng/", "清风窗口"),
        ("brands/yangguang/", "阳光天平"),
    ]


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://example.com/", "com,example)/"),
        ("http://www.Example.com/A/B.html", "com,example)/a/b.html"),
        ("https://a.example.gov.cn:8443/%E5%93%81", "cn,gov,example,a:8443)/%e5%93%81"),
        ("https://example.com/x?b=2&a=1", "com,example)/x?a=1&b=2"),
    ],
)
def test_addresses_are_sorted_as_readers_of_indexes_do(url: str, key: str) -> None:
    assert cdx.key_of(url) == key


def test_a_year_without_an_address_is_recorded_under_one_that_cannot_exist(tmp_path: Path) -> None:
    facts = replace(deposits.FACTS, address="")
    deposit.write(deposits.season(tmp_path / "season"), facts, tmp_path / "year")
    assert verify(tmp_path / "year").problems == ()
    assert facts.base == "https://exhibition.invalid/2024/"


# -- the description and the sums --------------------------------------------------------------------------------------


def test_the_description_has_what_a_crate_has_to_have(year: Path) -> None:
    about = json.loads((year / deposits.BAG / "data" / crate.CRATE).read_text("utf-8"))
    assert about["@context"] == "https://w3id.org/ro/crate/1.3/context"
    entities = {each["@id"]: each for each in about["@graph"]}
    assert len(entities) == len(about["@graph"])
    head, root = entities[crate.CRATE], entities["./"]
    assert head["about"] == {"@id": "./"} and head["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.3"}
    assert all(root[name] for name in ("name", "description", "datePublished", "license", "publisher", "hasPart"))
    parts = {each["@id"] for each in root["hasPart"]}
    assert {"2024/data/100%25.txt", "2024/data/品牌.csv", "2024/index.html"} < parts
    assert parts == {name for name, each in entities.items() if each["@type"] == "File"}
    refers = [value["@id"] for each in entities.values() for value in each.values() if isinstance(value, dict)]
    assert set(refers) - {"https://w3id.org/ro/crate/1.3"} <= entities.keys()
    page = entities["2024/index.html"]
    assert page["sha256"] == hashlib.sha256((year / deposits.BAG / PAYLOAD / "index.html").read_bytes()).hexdigest()


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum on this machine")
def test_sha256sum_checks_the_deposit_and_the_bag(year: Path) -> None:
    done = subprocess.run(["sha256sum", "--strict", "--quiet", "-c", SUMS], cwd=year, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr
    names = {line.split("  ", 1)[1] for line in (year / SUMS).read_text("utf-8").splitlines()}
    assert names == {each.relative_to(year).as_posix() for each in year.rglob("*") if each.is_file()} - {SUMS}
    bag = year / deposits.BAG
    for name in ("tagmanifest-sha256.txt", "manifest-sha256.txt"):
        done = subprocess.run(["sha256sum", "-c", name], cwd=bag, capture_output=True, text=True, check=False)
        failed = [line for line in done.stdout.splitlines() if not line.endswith(": OK")]
        assert failed == ([f"{PAYLOAD}data/100%25.txt: FAILED open or read"] if name.startswith("manifest") else []), done.stderr


def test_the_folder_explains_itself_in_both_languages(year: Path) -> None:
    text = (year / "README.txt").read_text("utf-8")
    assert text.index("从这里看起") < text.index("Begin here")
    assert text.count("exhibition-2024/data/2024/index.html") == 2
    assert (year / "exhibition-2024/data/2024/index.html").is_file()


# -- what is refused ---------------------------------------------------------------------------------------------------


def _link(folder: Path) -> None:
    (folder / "link").symlink_to("/etc/passwd")


def _pipe(folder: Path) -> None:
    os.mkfifo(folder / "pipe")


def _reserved(folder: Path) -> None:
    (folder / "con.txt").write_text("x")


def _twins(folder: Path) -> None:
    (folder / "INDEX.html").write_text("x")


def _empty(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


@pytest.mark.parametrize(
    ("spoil", "key"), [(_link, "no_file"), (_pipe, "no_file"), (_reserved, "name"), (_twins, "twins"), (_empty, "empty")]
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_left(spoil: Callable[[Path], None], key: str, tmp_path: Path) -> None:
    folder = deposits.season(tmp_path / "season")
    spoil(folder)
    with pytest.raises(Refused) as refused:
        deposit.write(folder, deposits.FACTS, tmp_path / "year")
    assert refused.value.key == f"archive.{key}"
    assert [each.name for each in tmp_path.iterdir()] == ["season"]


def test_a_deposit_never_overwrites(tmp_path: Path) -> None:
    folder = deposits.season(tmp_path / "season")
    (tmp_path / "year").mkdir()
    with pytest.raises(Refused) as refused:
        deposit.write(folder, deposits.FACTS, tmp_path / "year")
    assert refused.value.key == "archive.there"


def test_one_that_fails_leaves_nothing(tmp_path: Path) -> None:
    folder = deposits.season(tmp_path / "season")

    def broken(data: bytes) -> bytes:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        deposit.write(folder, deposits.FACTS, tmp_path / "year", broken)
    assert [each.name for each in tmp_path.iterdir()] == ["season"]


# -- the same bytes ----------------------------------------------------------------------------------------------------

_WRITE = """
import os, sys
from pathlib import Path
os.umask(int(sys.argv[1], 8))
from tests.helpers import deposits
deposits.deposited(Path(sys.argv[2]))
"""


def test_zone_locale_hash_seed_and_permissions_change_no_byte(tmp_path: Path) -> None:
    made = []
    for number, (zone, locale, seed, mask) in enumerate(
        [("UTC", "C", "0", "022"), ("Asia/Shanghai", "zh_CN.UTF-8", "77", "077"), ("America/Lima", "tr_TR.UTF-8", "random", "000")]
    ):
        folder = tmp_path / f"place {number}"
        folder.mkdir()
        variables = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", _WRITE, mask, str(folder / "year")]
        subprocess.run(command, env=variables, cwd=folder, check=True)
        made.append({name: each[1] for name, each in tree(folder / "year").items()})
    assert made[0] == made[1] == made[2]
    assert len(made[0]) > 20


def test_one_other_byte_or_fact_makes_another_deposit(year: Path, tmp_path: Path) -> None:
    other = replace(deposits.FACTS, frozen_on=date(2025, 1, 16))
    deposit.write(deposits.season(tmp_path / "season"), other, tmp_path / "year")
    assert (tmp_path / "year" / SUMS).read_bytes() != (year / SUMS).read_bytes()
