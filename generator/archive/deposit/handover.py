"""A folder to be handed over to an archive office, modelled on DA/T 93-2022: what it is in ``说明文件.TXT``, every record in
``目录文件.XML``, and below 全宗/分类/档号 each with its metadata and its files.

Its files keep their paths of the year, so that a page finds its pictures. It is modelled on the standard as public
programs read it, whose text was not at hand; DA/T 48-2009 and DA/T 46-2009 gave names of the metadata.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET  # what is written here only; nothing is parsed

from generator.archive import sums
from generator.archive.facts import Facts
from generator.archive.items import NO_FONDS, Piece
from generator.archive.sources import Refused, Sources, gather, in_order, media_type, opened, sha256_of, size_of
from generator.ledger.keeping import told
from generator.messages import LANGUAGES, say
from generator.text.legible import in_line

STATEMENT, CATALOGUE, OTHER = "说明文件.TXT", "目录文件.XML", "其他"
METADATA = "电子档案元数据.XML"
SUMS = f"{OTHER}/{sums.SUMS}"
AGENT = "生成软件："  # begins the line of the statement that names the program
SECRECY = "公开"
_PAGE, _SOURCE, _FILE = "网页", "记录源文件", "图片、视频和附件"


def write(folder: Path, pieces: Sequence[Piece], files: Sources, facts: Facts, others: Sources) -> None:
    """Write the pieces with their files into the new ``folder``; ``others`` are files for its folder of other things.
    Raises ``Refused`` for a piece that names a file that is not in the year."""
    folder.mkdir()
    (folder / STATEMENT).write_bytes(_statement(pieces, facts).encode())
    (folder / CATALOGUE).write_bytes(_xml(_catalogue(pieces, facts)))
    for each in pieces:
        parts = _parts(each, files)
        for name in {name for name, _ in parts}:
            _copy(files[name], folder / each.folder / name)
        (folder / each.folder / METADATA).write_bytes(_xml(_metadata(each, parts, files, facts)))
    for name, source in others.items():
        _copy(source, folder / OTHER / name)
    listed = {name: sha256_of(source) for name, source in gather(folder).items()}
    _copy(sums.written(listed), folder / SUMS)


def _parts(piece: Piece, files: Sources) -> list[tuple[str, str]]:
    """The files of a piece, each once, and what they are to it. Raises ``Refused`` for one that the year has not."""
    item = piece.item
    named = [(item.page, _PAGE), (item.source, _SOURCE), *((name, _FILE) for name in item.files)]
    once: dict[str, str] = {}
    for name, role in named:
        if name not in files:
            raise Refused("archive.lacks", name=name, record=f"{item.kind}/{item.id}")
        once.setdefault(name, role)
    return [(name, once[name]) for name in in_order(once)]


def _copy(source: Path | bytes, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with opened(source) as raw, target.open("xb") as copy:
        shutil.copyfileobj(raw, copy)


def _statement(pieces: Sequence[Piece], facts: Facts) -> str:
    """What is handed over, by whom, in both languages, Chinese first."""
    values = {
        "organisation": facts.organisation,
        "title": facts.title,
        "year": facts.year,
        "first": pieces[0].number,
        "last": pieces[-1].number,
        "count": len(pieces),
        "day": facts.frozen_on.isoformat(),
        "stem": facts.stem,
        "software": facts.software,
        "fonds": facts.fonds or NO_FONDS,
    }
    return "\n\n".join(say("archive.handover", language, **values, **told(language, facts.retention, facts.contact, facts.commit)) for language in LANGUAGES) + "\n"


def _catalogue(pieces: Sequence[Piece], facts: Facts) -> ET.Element:
    """The list of all records, each with what it is called by. How many pages of paper a page of the web has nobody knows."""
    root = ET.Element("文件目录")
    for number, each in enumerate(pieces, 1):
        item = each.item
        rows = (
            ("顺序号", str(number)),
            ("档号", each.number),
            ("责任者", item.responsible or facts.organisation),
            ("题名", item.title),
            ("日期", _day(item.dated, facts)),
            ("保管期限", facts.retention),
            ("密级", SECRECY),
            ("页数", ""),
            ("备注", item.kind_title),
        )
        _add(ET.SubElement(root, "文件"), rows)
    return root


def _day(dated: str, facts: Facts) -> str:
    """A day in eight digits (GB/T 7408, basic format), or a year; the year of the archive for a record without one."""
    return dated.replace("-", "") or str(facts.year)


def _metadata(piece: Piece, parts: Sequence[tuple[str, str]], files: Sources, facts: Facts) -> ET.Element:
    item = piece.item
    root = ET.Element("电子档案元数据")
    rows = (
        ("聚合层次", "件"),
        ("档号", piece.number),
        ("全宗号", piece.fonds),
        ("类别号", piece.series),
        ("件号", piece.serial),
        ("年度", str(facts.year)),
        ("题名", item.title),
        ("责任者", item.responsible or facts.organisation),
        ("日期", _day(item.dated, facts)),
        ("保管期限", facts.retention),
        ("密级", SECRECY),
        ("类型", item.kind_title),
        ("标识符", f"{item.kind}/{item.id}"),
        ("形成单位", facts.organisation),
        ("网页地址", facts.base + item.page.removesuffix("index.html") if facts.address else ""),
        ("封存日期", facts.frozen_on.isoformat()),
        ("来源提交号", facts.commit),
        ("生成软件", facts.software),
    )
    _add(root, rows)
    described = ET.SubElement(root, "著录项")
    for label, text in item.fields:
        _add(ET.SubElement(described, "项"), (("名称", label), ("内容", text)))
    story = ET.SubElement(root, "正文")
    _add(story, (("段", each) for each in item.text))
    listed = ET.SubElement(root, "电子文件")
    for name, role in parts:
        about = (
            ("文件名", name),
            ("作用", role),
            ("格式", media_type(name)),
            ("大小", str(size_of(files[name]))),
            ("摘要算法", "SHA256"),
            ("摘要", sha256_of(files[name])),
        )
        _add(ET.SubElement(listed, "文件"), about)
    return root


def _add(parent: ET.Element, rows: Iterable[tuple[str, str]]) -> None:
    for name, text in rows:
        ET.SubElement(parent, name).text = lined(text)


def lined(text: str) -> str:
    """``text`` with its lines and nothing else that is not seen (XML 1.0, 2.2, forbids most of that)."""
    return "\n".join(in_line(each) for each in text.splitlines())


def _xml(root: ET.Element) -> bytes:
    """The file of ``root`` (XML 1.0), one element a line."""
    ET.indent(root, " ")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="utf-8") + b"\n"
