"""What goes with a deposit: the PDF of all records, and the folder for an archive office."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf.generic import DictionaryObject

from generator.archive import deposit
from generator.archive.deposit import handover, pdf, pictures
from generator.archive.items import Item, numbered
from generator.archive.sources import Refused, gather
from generator.archive.verify import Unknown, verify
from generator.media.cards.typesetting import legible
from generator.text.pathnames import is_portable_path, is_short_enough
from tests.helpers import deposits
from tests.helpers.places import ROOT
from tests.helpers.properties import examples
from tests.helpers.trees import tree

NUMBERS = ["0000-WY·2024·Y·BRAND-0001", "0000-WY·2024·Y·BRAND-0002", "0000-WY·2024·Y·PROJECT-0001"]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return deposits.companied(tmp_path_factory.mktemp("deposit") / "year")


@pytest.fixture(scope="module")
def book(year: Path) -> pypdf.PdfReader:
    return pypdf.PdfReader(year / deposits.PDF)


def test_all_of_it_is_verified(year: Path) -> None:
    report = verify(year)
    assert report.problems == ()
    assert dict(report.parts) == {
        deposits.BAG: "bag",
        deposits.HANDOVER: "handover",
        f"{deposits.HANDOVER}.zip": "zip",
        f"{deposits.HANDOVER}.zip/{deposits.HANDOVER}/": "handover",
        deposits.ZIP: "zip",
        f"{deposits.ZIP}/{deposits.BAG}/": "bag",
        deposits.WACZ: "wacz",
    }


def test_without_records_there_is_neither(tmp_path: Path) -> None:
    names = {each.name for each in deposits.deposited(tmp_path / "year").iterdir()}
    assert names == {deposits.BAG, deposits.ZIP, deposits.WACZ, "README.txt", "SHA256SUMS"}
    assert deposits.PDF not in (tmp_path / "year/README.txt").read_text("utf-8")


def test_the_readme_names_them_in_both_languages(year: Path) -> None:
    text = (year / "README.txt").read_text("utf-8")
    assert text.count(f"- {deposits.PDF} ") == text.count(f"- {deposits.HANDOVER}/") == 2
    assert text.count("DA/T 93-2022") == 2 and "modelled on" in text and "参照" in text


# -- numbers -----------------------------------------------------------------------------------------------------------


def test_records_are_numbered_by_fonds_class_and_place_whatever_order_they_come_in() -> None:
    assert [each.number for each in numbered(deposits.ITEMS, deposits.FACTS)] == NUMBERS
    first, second, third = deposits.ITEMS
    turned = {each.item.id: each.number for each in numbered((second, first, third), deposits.FACTS)}
    assert turned == {each.item.id: each.number for each in numbered(deposits.ITEMS, deposits.FACTS)}
    facts = replace(deposits.FACTS, fonds="Z109", retention="30年", category="WS")
    assert numbered(deposits.ITEMS, facts)[0].folder == "Z109/WS·2024·D30·BRAND/Z109-WS·2024·D30·BRAND-0001"


@pytest.mark.parametrize(("values", "key"), [({"fonds": "../x"}, "fonds"), ({"retention": "很久"}, "retention"), ({"retention": ""}, "retention")])
def test_numbers_that_cannot_be_made_are_refused(values: dict[str, Any], key: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        deposit.write(deposits.season(tmp_path / "s"), replace(deposits.FACTS, **values), tmp_path / "y", items=deposits.ITEMS)
    assert refused.value.key == f"archive.{key}" and [each.name for each in tmp_path.iterdir()] == ["s"]


# -- the PDF -----------------------------------------------------------------------------------------------------------


def test_it_says_what_it_is_and_when_it_was_frozen(book: pypdf.PdfReader) -> None:
    about: Any = book.metadata
    catalogue: Any = book.trailer["/Root"]
    assert (about.title, about.author) == (deposits.FACTS.title, deposits.FACTS.organisation)
    assert about["/CreationDate"] == about["/ModDate"] == "D:20250115000000Z"
    assert catalogue["/Lang"].lower().startswith("zh") and catalogue["/MarkInfo"]["/Marked"]
    xmp = catalogue["/Metadata"].get_data().decode()
    for said in ("<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>", "<pdfuaid:part>1</pdfuaid:part>"):
        assert said in xmp
    imprint = book.pages[1].extract_text()
    for said in ("封存日期", "2025-01-15", "0123abc", "exhibit 0.1.0", "永久", "This book holds all 3 records"):
        assert said in imprint


def _outline(entries: list[Any], depth: int = 0) -> Iterator[tuple[int, str]]:
    for each in entries:
        if isinstance(each, list):
            yield from _outline(each, depth + 1)
        else:
            yield depth, str(each.title)


def test_bookmarks_lead_to_kinds_and_records(book: pypdf.PdfReader) -> None:
    titles = [each.title.replace("\u202e", "〓") for each in deposits.ITEMS]
    assert list(_outline(book.outline)) == [
        (0, "关于本册"),
        (0, "目录"),
        (0, "品牌"),
        (1, "清风窗口"),
        (1, "阳光天平"),
        (0, "书记项目"),
        (1, titles[2]),
    ]


def _nodes(node: Any) -> Iterator[DictionaryObject]:
    found = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(found, DictionaryObject):
        yield found
        yield from _nodes(found.get("/K", []))
    elif isinstance(found, list):
        for each in found:
            yield from _nodes(each)


def test_it_is_tagged_and_every_picture_has_its_text(book: pypdf.PdfReader) -> None:
    catalogue: Any = book.trailer["/Root"]
    nodes: list[Any] = list(_nodes(catalogue["/StructTreeRoot"]))
    kinds: list[Any] = [each.get("/S") for each in nodes]
    assert kinds.count("/H1") == 4 and kinds.count("/H2") == 3 and kinds.count("/TOC") >= 1
    assert {"/P", "/L", "/LI", "/Lbl", "/LBody", "/Caption"} <= set(kinds)
    assert [each["/Alt"] for each in nodes if each.get("/S") == "/Figure" and "/Alt" in each] == ["办事大厅", "标志"]


def test_what_records_say_can_be_read_and_is_never_markup(book: pypdf.PdfReader) -> None:
    text = "\n".join(each.extract_text() for each in book.pages)
    for said in ("#strong[<x>] & $1$ \\ @a 〓*b*", "清风徐来，为民解忧", "第二段。", "大厅 王某摄", *NUMBERS):
        assert said in text
    assert text.count("6 / 6") == 1  # the pages are numbered


FORBIDDEN = ("#panic()", "#import \"@preview/x:0.1.0\": *", "#read(\"/etc/passwd\")", "]#[", "\\u{41}", "/* a", "= b", "`c`", "<d> @d", "\x00\x1b[2J", "a\nb")


def test_no_text_commands_it(tmp_path: Path) -> None:
    items = [
        replace(deposits.ITEMS[0], id=str(number), title=text, responsible=text, fields=((text, text),), text=(text,))
        for number, text in enumerate(FORBIDDEN)
    ]
    pdf.write(tmp_path / "a.pdf", numbered(items, deposits.FACTS), {}, deposits.FACTS)
    text = "".join(each.extract_text() for each in pypdf.PdfReader(tmp_path / "a.pdf").pages)
    assert text.count("#panic()") >= 4 and "root:" not in text


@pytest.mark.parametrize("sign", ["𠮷", "🏆", "👨\u200d👩\u200d👧", "e\u0301", "漢\ufe00", "\ue000", "ا", "ก็", "\u0300", "①"])
def test_any_letter_may_stand_in_a_title(sign: str, tmp_path: Path) -> None:
    items = [replace(deposits.ITEMS[0], title=f"甲{sign}乙")]
    pdf.write(tmp_path / "a.pdf", numbered(items, deposits.FACTS), {}, deposits.FACTS)
    title = list(_outline(pypdf.PdfReader(tmp_path / "a.pdf").outline))[-1][1]
    assert title[0] == "甲" and title[-1] == "乙"


@given(text=st.text(max_size=60), alt=st.text(max_size=20))
@settings(max_examples=examples(120), deadline=None)
def test_it_can_be_set_whatever_a_record_says(text: str, alt: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("set")
    photo = io.BytesIO()
    Image.new("RGB", (8, 8)).save(photo, "JPEG")
    page = f'<img src="x.jpg" alt="{escape(alt)}">'.encode("utf-8", "replace")
    item = replace(deposits.ITEMS[0], title=text, responsible=text, fields=((text, text),), text=(text,), page="a.html", files=("x.jpg",))
    facts = replace(deposits.FACTS, title=text, organisation=text)
    pdf.write(folder / "a.pdf", numbered([item], facts), {"a.html": page, "x.jpg": photo.getvalue()}, facts)
    assert len(pypdf.PdfReader(folder / "a.pdf").pages) >= 4


def test_pictures_are_those_that_the_page_shows_with_a_text(tmp_path: Path) -> None:
    files = gather(deposits.illustrated(tmp_path / "season"))
    found = pictures.of_item(deposits.ITEMS[1], files)
    assert [(each.file, each.alt, each.caption) for each in found] == [
        ("img/hall.jpg", "办事大厅", "大厅 王某摄"),
        ("img/mark.png", "标志", ""),
    ]
    assert pictures.of_item(replace(deposits.ITEMS[1], page="nowhere.html"), files) == []


def test_a_picture_is_no_larger_than_it_is_printed_and_a_damaged_one_is_left_out(tmp_path: Path) -> None:
    Image.new("RGBA", (3000, 1500), (0, 0, 0, 0)).save(tmp_path / "a.png")
    content, *size = pictures.printed(tmp_path / "a.png", "a.png") or (b"", 0, 0)
    assert size == [960, 480] and content[:2] == b"\xff\xd8"
    for large, expected in (((1280, 800), [640, 400]), ((1920, 1080), [960, 540]), ((4000, 3000), [500, 375])):
        Image.new("RGB", large).save(tmp_path / "large.jpg")
        assert list(pictures.printed(tmp_path / "large.jpg", "large.jpg") or ())[1:] == expected
    assert pictures.printed(b"\x89PNG\r\n\x1a\nbroken", "a.png") is None
    small = tmp_path / "b.jpg"
    Image.new("RGB", (400, 300)).save(small)
    assert pictures.printed(small, "b.jpg") == (small.read_bytes(), 400, 300)


def test_without_typst_no_half_deposit_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    folder = deposits.illustrated(tmp_path / "season")
    with pytest.raises(Refused) as refused:
        deposit.write(folder, deposits.FACTS, tmp_path / "year", items=deposits.ITEMS)
    assert (refused.value.key, refused.value.values) == ("archive.no_typst", {"name": "Typst"}) and [each.name for each in tmp_path.iterdir()] == ["season"]


def test_a_font_that_is_not_there_is_no_silence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pylopdf_fonts_zh_cn

    legible("甲")  # which letters there are is known already: only Typst looks for the fonts
    monkeypatch.setattr(pylopdf_fonts_zh_cn, "serif_path", lambda: tmp_path / "serif.otf")
    monkeypatch.setattr(pylopdf_fonts_zh_cn, "sans_path", lambda: tmp_path / "sans.otf")
    with pytest.raises(Refused) as refused:
        pdf.write(tmp_path / "a.pdf", numbered(deposits.ITEMS, deposits.FACTS), {}, deposits.FACTS)
    assert refused.value.key == "archive.pdf_fails" and "font" in str(refused.value.values["reason"])


# -- the folder for an archive office ----------------------------------------------------------------------------------


def test_the_statement_says_who_hands_over_what(year: Path) -> None:
    text = (year / deposits.HANDOVER / handover.STATEMENT).read_text("utf-8")
    for line in (
        "移交单位：江城市机关工委",
        f"起止档号：{NUMBERS[0]} 至 {NUMBERS[-1]}",
        "档案数量：3",
        "载体编号：",
        f"{handover.AGENT}exhibit 0.1.0",
    ):
        assert line in text.splitlines()
    assert "参照 DA/T 93-2022 整理，不声称符合" in text and "does not claim to conform" in text


def _rows(element: ET.Element) -> dict[str, str]:
    return {each.tag: each.text or "" for each in element}


def test_the_catalogue_lists_every_record(year: Path) -> None:
    root = ET.parse(year / deposits.HANDOVER / handover.CATALOGUE).getroot()
    assert root.tag == "文件目录" and {each.tag for each in root} == {"文件"}
    rows = [_rows(each) for each in root]
    assert [each["档号"] for each in rows] == NUMBERS and [each["顺序号"] for each in rows] == ["1", "2", "3"]
    assert [each["日期"] for each in rows] == ["20240501", "2024", "2024"]
    assert [each["责任者"] for each in rows] == ["市税务局", "江城市机关工委", "市税务局"]
    assert rows[2]["题名"] == "开放问政 #strong[<x>] & $1$ \\ @a \ufffd*b*"
    assert list(rows[0]) == ["顺序号", "档号", "责任者", "题名", "日期", "保管期限", "密级", "页数", "备注"]


def test_every_record_lies_there_with_its_metadata_and_its_files(year: Path) -> None:
    folder, season = year / deposits.HANDOVER, year.with_name("year-season")
    places = sorted(each.parent for each in folder.rglob(handover.METADATA))
    assert [each.name for each in places] == NUMBERS and {len(each.relative_to(folder).parts) for each in places} == {3}
    for place, item in zip(places, (deposits.ITEMS[1], deposits.ITEMS[0], deposits.ITEMS[2]), strict=True):
        root = ET.parse(place / handover.METADATA).getroot()
        assert (_rows(root)["档号"], _rows(root)["标识符"]) == (place.name, f"{item.kind}/{item.id}")
        listed = {_rows(each)["文件名"]: _rows(each) for each in root.findall("电子文件/文件")}
        there = {each.relative_to(place).as_posix() for each in place.rglob("*") if each.is_file()} - {handover.METADATA}
        assert set(listed) == there == {item.page, item.source, *item.files}
        for name, row in listed.items():
            content = (place / name).read_bytes()
            assert content == (season / name).read_bytes()
            assert (row["摘要"], row["大小"]) == (hashlib.sha256(content).hexdigest(), str(len(content)))


@given(text=st.text(max_size=200), label=st.text(max_size=20))
@settings(max_examples=examples(300), deadline=None)
def test_its_metadata_can_be_read_whatever_a_record_says(text: str, label: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    item = replace(deposits.ITEMS[0], title=text, responsible=text, fields=((label, text),), text=(text,), page="a.html", source="a.html")
    folder = tmp_path_factory.mktemp("metadata") / "h"
    pieces = numbered([item], deposits.FACTS)
    handover.write(folder, pieces, {"a.html": b"x"}, deposits.FACTS, {})
    root = ET.parse(folder / pieces[0].folder / handover.METADATA).getroot()
    assert _rows(root)["题名"] == root.findtext("正文/段", "") == root.findtext("著录项/项/内容", "") == handover.lined(text)
    assert root.findtext("著录项/项/名称", "") == handover.lined(label)
    assert _rows(ET.parse(folder / handover.CATALOGUE).getroot()[0])["题名"] == handover.lined(text)


def test_its_names_can_be_held_by_every_system(year: Path) -> None:
    names = [each.relative_to(year).as_posix() for each in (year / deposits.HANDOVER).rglob("*")]
    assert names and all(is_portable_path(each) and is_short_enough(each) for each in names)


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum on this machine")
def test_sha256sum_checks_it_as_the_statement_says(year: Path) -> None:
    command = ["sha256sum", "--strict", "--quiet", "-c", handover.SUMS]
    done = subprocess.run(command, cwd=year / deposits.HANDOVER, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_its_zip_holds_the_same(year: Path) -> None:
    with zipfile.ZipFile(year / f"{deposits.HANDOVER}.zip") as packed:
        found = {each.filename: packed.read(each) for each in packed.infolist()}
    assert found == {
        f"{deposits.HANDOVER}/{each.relative_to(year / deposits.HANDOVER).as_posix()}": each.read_bytes()
        for each in (year / deposits.HANDOVER).rglob("*")
        if each.is_file()
    }


@pytest.mark.parametrize("name", [handover.STATEMENT, handover.CATALOGUE, handover.SUMS, f"{handover.OTHER}/{deposits.PDF}"])
@pytest.mark.parametrize("is_gone", [True, False])
def test_every_change_in_it_is_told(name: str, is_gone: bool, year: Path) -> None:
    with deposits.changed(year / deposits.HANDOVER, {name: None if is_gone else b"other"}):
        alone = verify(year / deposits.HANDOVER)
        assert alone.kind == "handover" and alone.has_failed and name in deposits.named(alone)
        whole = verify(year)
        assert whole.has_failed and f"{deposits.HANDOVER}/{name}" in deposits.named(whole)


@pytest.mark.parametrize(("count", "seed"), [(16, 5), pytest.param(400, 6, marks=pytest.mark.audit)])
def test_so_is_whatever_happens_to_any_file_of_the_deposit(count: int, seed: int, year: Path) -> None:
    for number, (what, files, names) in enumerate(deposits.happenings(year, count, seed)):
        with deposits.changed(year, files):
            report = verify(year)
        told = deposits.named(report)
        assert report.has_failed, (number, what, names)
        assert [name for name in names if name not in told] == [], (number, what, told)
    assert verify(year).problems == ()


def test_so_is_every_byte_of_its_zip(year: Path, tmp_path: Path) -> None:
    packed = tmp_path / "a.zip"
    content = (year / f"{deposits.HANDOVER}.zip").read_bytes()
    for at in range(0, len(content), len(content) // 97):
        packed.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        with suppress(Unknown):  # as where the name of its folder is no longer the same for all
            assert verify(packed).has_failed, at


def test_one_by_a_newer_version_is_verified_with_a_warning(tmp_path: Path) -> None:
    files = gather(deposits.illustrated(tmp_path / "season"))
    facts = replace(deposits.FACTS, version="99.1")
    handover.write(tmp_path / "h", numbered(deposits.ITEMS, facts), files, facts, {})
    report = verify(tmp_path / "h")
    assert {each.code for each in report.problems} == {"ARC-311"} and not report.has_failed


# -- the same bytes ----------------------------------------------------------------------------------------------------

_WRITE = """
import os, sys
from pathlib import Path
os.umask(int(sys.argv[1], 8))
from tests.helpers import deposits
deposits.companied(Path(sys.argv[2]))
"""


def test_zone_locale_hash_seed_permissions_and_clock_change_no_byte(year: Path, tmp_path: Path) -> None:
    made = []
    for number, (zone, locale, seed, mask) in enumerate([("Asia/Shanghai", "zh_CN.UTF-8", "77", "077"), ("America/Lima", "C", "1", "000")]):
        folder = tmp_path / f"place {number}"
        folder.mkdir()
        variables = {"TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": str(number)}
        subprocess.run([sys.executable, "-c", _WRITE, mask, str(folder / "year")], env={**os.environ, **variables}, cwd=folder, check=True)
        made.append({name: each[1] for name, each in tree(folder / "year").items()})
    assert made[0] == made[1] == {name: each[1] for name, each in tree(year).items()}


def _bare(folder: Path, page: str) -> None:
    bare = Item("unit", "单位", "court", "法院", "", "", page, "index.html", (), (), ())
    facts = replace(deposits.FACTS, address="", commit="")
    deposit.write(deposits.season(folder / "season"), facts, folder / "year", items=(bare,))


def test_little_may_be_known_of_a_record(tmp_path: Path) -> None:
    _bare(tmp_path, "brands/qingfeng/index.html")
    assert verify(tmp_path / "year").problems == ()
    (metadata,) = (tmp_path / "year").rglob(handover.METADATA)
    rows = _rows(ET.parse(metadata).getroot())
    assert (rows["网页地址"], rows["来源提交号"], rows["日期"], rows["责任者"]) == ("", "", "2024", deposits.FACTS.organisation)


def test_a_record_whose_page_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        _bare(tmp_path, "units/court/index.html")
    assert refused.value.key == "archive.lacks" and [each.name for each in tmp_path.iterdir()] == ["season"]
