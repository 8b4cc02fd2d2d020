"""A clerk's brand, and the mistakes clerks make in it, one at a time: what each is, and what is to be told."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageOps

from tests.helpers.driver import SiteDriver
from tests.helpers.places import SITES

FOLDER = "brands/yixian-sudi"
RECORD, STORY = f"{FOLDER}/brand.yml", f"{FOLDER}/story.md"
UNIT = """- id: transport
  name: 市交通局
  short_name: 交通局
  system: shehui
  valid_from: 1990-01-01
  should_have_brand: true
"""
BRAND = """# yaml-language-server: $schema=../../docs/schema/brand.json
id: yixian-sudi
name: 一线速递
slogan: 群众的事马上办
unit: transport
category: fuwu
year: 2023
status: review
established_on: 2023-05-01
logo:
  src: img/logo.png
  alt: 一支绿色的箭头穿过信封
  meaning: 箭头表示速度，信封表示群众来信。
  uses_party_emblem: false
concept: |
  把来信当家书，把来访当家人。
background: |
  公交线路调整后，群众来信多，答复慢。
practices:
  - title: 来信当天登记
    body: 每封来信当天登记，写明由哪个支部办。
  - title: 三天给回音
    body: 三个工作日内电话回复一次。
results:
  - text: 来信平均答复时间从九天缩短到三天。
contact:
  office: 市交通局机关党委
  phone: 0571-87654321
gallery:
  - src: img/window.jpg
    alt: 两名工作人员在窗口整理来信
    caption: 来信登记窗口
sources:
  - title: 市交通局工作总结
    where: https://example.gov.cn/a.html
reviews:
  - {stage: 初审, role: 市交通局机关党委, date: 2023-06-01}
"""
TALE = "## 一封信\n\n一位老人写信说，公交站搬走以后，他要多走一里路。\n\n## 三天以后\n\n支部书记打了电话。\n"
Break = Callable[[SiteDriver], object]
Told = tuple[str, str, int, int, str]  # code, file, line, column, and a part of the Chinese remedy


class Mistake(NamedTuple):
    """One mistake: what it is called, how it is made, and every problem that is to be told of it."""

    name: str
    make: Break
    told: tuple[Told, ...]


def site_of(driver: SiteDriver) -> SiteDriver:
    """The site with the clerk's brand, in which nothing is wrong."""
    units = (driver.root / "content/units.yml").read_text("utf-8")
    for name, source in (("logo.png", "logo.png"), ("window.jpg", "hall.jpg")):
        driver.write(f"{FOLDER}/img/{name}", _turned(SITES / "good/small/brands/qingfeng/img" / source))
    return driver.write("content/units.yml", units + UNIT).write(RECORD, BRAND).write(STORY, TALE)


def _turned(file: Path) -> bytes:
    """A picture like that of ``file``, but none that another record shows already."""
    out = io.BytesIO()
    with Image.open(file) as picture:
        ImageOps.flip(picture).save(out, picture.format)
    return out.getvalue()


def line(old: str, new: str) -> Break:
    """Write ``new`` where the record has ``old``."""
    assert BRAND.count(old) == 1, old
    return lambda site: site.write(RECORD, BRAND.replace(old, new))


def record(change: Callable[[str], str | bytes], name: str = RECORD) -> Break:
    """Change the whole record, or put it into another file."""

    def make(site: SiteDriver) -> None:
        site.remove(RECORD)
        site.write(name, change(BRAND))

    return make


def story(text: str | bytes, name: str = STORY) -> Break:
    """Another story, perhaps in a file of another name."""

    def make(site: SiteDriver) -> None:
        site.remove(STORY)
        site.write(name, text)

    return make


def here(code: str, number: int, column: int, remedy: str) -> tuple[Told, ...]:
    """One problem in the record."""
    return ((code, RECORD, number, column, remedy),)
