"""A small frozen year, its deposit, and what can happen to the files of either."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image

from generator import MARK
from generator.archive import deposit
from generator.archive.facts import Facts
from generator.archive.items import Item
from generator.archive.verify import Report
from generator.publishing.manifest import MANIFEST, written

FACTS = Facts(
    title="江城党建品牌展",
    organisation="江城市机关工委",
    contact="办公室",
    year=2024,
    frozen_on=date(2025, 1, 15),
    retention="永久",
    commit="0123abc",
    version="0.1.0",
    description="2024 年度的在线展览。\n含全部品牌。",
    address="https://zhan.example.gov.cn/2024/",
)
BAG, ZIP, WACZ = FACTS.stem, f"{FACTS.stem}.zip", f"{FACTS.stem}.wacz"
PDF, HANDOVER = f"{FACTS.stem}.pdf", f"{FACTS.stem}-handover"


def season(folder: Path) -> Path:
    """A year as plain files: pages, a picture, a table, names in Chinese and with signs that formats escape."""
    texts = {
        "index.html": f"<!doctype html>{MARK}<title>首页 &amp; 展厅</title><a href='brands/qingfeng/'>清风</a>",
        "brands/qingfeng/index.html": "<title>清风窗口</title>" + "<p>为群众办实事。</p>" * 200,
        "brands/yangguang/index.html": "<title>阳光天平</title><p>公开、公平。</p>",
        "404.html": "<title>没有这一页</title>",
        "assets/css/site.css": "body { margin: 0 }\n" * 40,
        "data/品牌.csv": "名称,单位\n清风窗口,市税务局\n",
        "data/100%.txt": "百分之百\n",
        "data/empty.txt": "",
    }
    files = {name: text.encode() for name, text in texts.items()}
    files["img/hall.jpg"] = b"\xff\xd8\xff" + Random(7).randbytes(4000)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def site(folder: Path) -> Path:
    """The same as a built site, with its manifest."""
    season(folder)
    files = {}
    for each in sorted(folder.rglob("*")):
        if each.is_file():
            content = each.read_bytes()
            name = each.relative_to(folder).as_posix()
            files[name] = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    facts = {"generator": "0.1.0", "as_of": "2024-12-31T23:59:59+08:00", "addresses": []}
    (folder / MANIFEST).write_bytes(written(facts, files))
    return folder


def deposited(folder: Path, sign: Callable[[bytes], bytes] | None = None) -> Path:
    """The deposit of such a year in ``folder``, which is made."""
    deposit.write(season(folder.with_name(f"{folder.name}-season")), FACTS, folder, sign)
    return folder


def _item(kind: str, kind_title: str, id: str, title: str, **more: object) -> Item:
    values: dict[str, Any] = {
        "responsible": "市税务局",
        "dated": "2024-05-01",
        "page": f"{kind}s/{id}/index.html",
        "source": f"archive/records/{kind}s/{id}/{kind}.yml",
        "files": (),
        "fields": (("口号", "清风徐来，为民解忧"), ("年份", "2024")),
        "text": ("为群众办实事，解难题。", "第二段。"),
    }
    return Item(kind=kind, kind_title=kind_title, id=id, title=title, **{**values, **more})


ITEMS = (
    _item("brand", "品牌", "yangguang", "阳光天平", dated="2024", responsible=""),
    _item("brand", "品牌", "qingfeng", "清风窗口", files=("img/hall.jpg", "img/mark.png", "img/unseen.jpg")),
    _item("project", "书记项目", "kaifang", "开放问政 #strong[<x>] & $1$ \\ @a \u202e*b*", dated="", fields=(), text=()),
)


def illustrated(folder: Path) -> Path:
    """The same year with the records of ``ITEMS``, their sources, and pictures that are some."""
    season(folder)
    pages = {
        "brands/qingfeng/index.html": "<title>清风窗口</title><main><figure><a><img src='../../img/hall.jpg?x=1' alt='办事大厅'></a>"
        "<figcaption><span>大厅</span><span>王某摄</span></figcaption></figure><img alt='标志' src='../../img/mark.png'>"
        "<img alt='' src='../../img/unseen.jpg'><img alt='别处' src='../../img/other.jpg'></main>",
        "projects/kaifang/index.html": "<title>开放问政</title>",
        **{each.source: f"id: {each.id}\n" for each in ITEMS},
    }
    for name, text in pages.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    for name, mode, size in (("hall.jpg", "RGB", (640, 480)), ("mark.png", "LA", (300, 300)), ("unseen.jpg", "L", (9, 9)), ("other.jpg", "L", (9, 9))):
        Image.new(mode, size, 120 if len(mode) < 3 else "#a33").save(folder / "img" / name)
    return folder


def companied(folder: Path) -> Path:
    """The deposit of that year with all that goes with it, in ``folder``, which is made."""
    deposit.write(illustrated(folder.with_name(f"{folder.name}-season")), FACTS, folder, items=ITEMS)
    return folder


def codes(report: Report) -> set[str]:
    """The codes of all problems."""
    return {each.code for each in report.problems}


def named(report: Report) -> str:
    """All that the problems say of files: their places and their wording."""
    return "\n".join(f"{each.span.path} {each.text('en')}" for each in report.problems)


# -- what can happen ---------------------------------------------------------------------------------------------------

HAPPENINGS = ("flip", "truncate", "delete", "add", "copy", "rename", "swap", "overwrite")


def _files(folder: Path) -> dict[str, bytes]:
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file()}


def happened(what: str, files: dict[str, bytes], random: Random) -> tuple[dict[str, bytes | None], set[str]]:
    """What ``what`` does to ``files``: the new content of some (``None`` for gone), and the files it happened to."""
    names = sorted(files)
    full = [name for name in names if files[name]]
    name = random.choice(full)
    content = files[name]
    if what == "flip":
        at = random.randrange(len(content))
        return {name: content[:at] + bytes([content[at] ^ random.randrange(1, 256)]) + content[at + 1 :]}, {name}
    if what == "truncate":
        return {name: content[: random.randrange(len(content))]}, {name}
    if what == "delete":
        return {name: None}, {name}
    if what == "add":
        new = f"{name.rpartition('/')[0]}/新增{random.randrange(10**6)}.txt".lstrip("/")
        return {new: random.randbytes(random.randrange(50))}, {new}
    if what == "copy":
        new = f"{name}.copy"
        return {new: content}, {new}
    if what == "rename":
        new = f"{name.rpartition('/')[0]}/renamed-{random.randrange(10**6)}".lstrip("/")
        return {name: None, new: content}, {name, new}
    other = random.choice([each for each in names if files[each] != content])
    if what == "swap":
        alike = [each for each in names if len(files[each]) == len(content) and files[each] != content]
        other = random.choice(alike) if alike else other  # of one size, which no sum of sizes tells
        return {name: files[other], other: content}, {name, other}
    return {name: files[other]}, {name}


@contextmanager
def changed(folder: Path, files: dict[str, bytes | None]) -> Iterator[None]:
    """``folder`` with other ``files`` while this lasts."""
    before = {name: (folder / name).read_bytes() if (folder / name).exists() else None for name in files}
    _put(folder, files)
    try:
        yield
    finally:
        _put(folder, before)


def _put(folder: Path, files: dict[str, bytes | None]) -> None:
    for name, content in files.items():
        if content is None:
            (folder / name).unlink()
        else:
            (folder / name).write_bytes(content)


def happenings(folder: Path, count: int, seed: int) -> Iterator[tuple[str, dict[str, bytes | None], set[str]]]:
    """``count`` things that happen to the files of ``folder``, each of every kind in turn, always the same ones."""
    files, random = _files(folder), Random(seed)
    for number in range(count):
        what = HAPPENINGS[number % len(HAPPENINGS)]
        yield (what, *happened(what, files, random))
