"""What was seen: the files that say what exhibits are called, and the code that a script draws for each on paper."""

from __future__ import annotations

import json
import random
import string
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import segno
import zxingcpp
from PIL import Image, ImageDraw

from generator.catalog.edition import Frozen
from generator.outputs.seen import part_of
from tests.helpers.driver import SiteDriver
from tests.helpers.page_scripts import PAGES, answers

ADDRESS = "https://show.example.org/pinpai/"
FULL = (14, 26, 42, 62, 84, 106)  # characters that fill a code of each size


def _rows(driver: SiteDriver) -> dict[str, list[str]]:
    """The row of each exhibit, by its key; each stands in the file that its key says."""
    found: dict[str, list[str]] = {}
    files = sorted((driver.out / "seen").glob("*/*.js"))
    for file in files:
        rows = json.loads(file.read_text("utf-8").removeprefix("exhibitSeen.met(").removesuffix(");\n"))
        assert file.parent.name == str(len(files))
        assert [part_of(row[0], len(files)) for row in rows] == [int(file.stem)] * len(rows)
        found |= {row[0]: row[1:] for row in rows}
    return found


# -- the files --------------------------------------------------------------------------------------------------------


def test_a_row_says_name_kind_unit_way_and_what_its_code_holds(small: SiteDriver) -> None:
    config = (small.root / "site_config.yml").read_text("utf-8")
    small.write("site_config.yml", f"{config}\naddress: {ADDRESS}\n").build(links="file")
    name, about, way, code = _rows(small)["brand/qingfeng"]
    assert (name, about) == ("清风", "品牌 · 小城法院")
    assert (small.out / "seen" / way).resolve() == (small.out / "brands/qingfeng/index.html").resolve()
    assert code == f"{ADDRESS}b/qingfeng/"


def test_without_an_address_nothing_has_a_code(small: SiteDriver) -> None:
    rows = _rows(small.build())
    assert rows and all(row[3] == "" for row in rows.values())
    assert all(key.partition("/")[0] != "unit" for key in rows), "a unit is no exhibit"


def test_a_large_site_has_more_files_and_one_that_grows_renews_them(small: SiteDriver) -> None:
    ids = [f"q{number}" for number in range(40)]
    before = _rows(small.build())
    rows = _rows(small.with_brands(*ids).build())
    assert small.is_published()
    assert set(rows) == {*before, *(f"brand/{id}" for id in ids)}
    assert len(list((small.out / "seen").glob("*/*.js"))) == 2
    small.remove("brands/q7").build()
    assert "brand/q7" not in _rows(small) and "brand/q8" in _rows(small)


def test_what_was_withdrawn_or_is_not_public_yet_is_in_no_file(small: SiteDriver) -> None:
    small.with_brands("zwei", "drei")
    small.edit("brands/zwei/brand.yml", "status: published", "status: withdrawn\nwithdrawn_on: 2026-05-01\nwithdrawn_reason: 内容有误，收回重审。")
    small.edit("brands/drei/brand.yml", "status: published", "status: draft")
    rows = _rows(small.build())
    assert small.is_published(), small.lines()
    assert {key for key in rows if key.startswith("brand/")} == {"brand/qingfeng"}


def test_a_frozen_year_has_no_such_page_and_keeps_nothing_but_its_floor_plans(tmp_path: Path) -> None:
    driver = SiteDriver.copy("good/exhibition", tmp_path).remove("expected")
    driver.build(links="file", year=2024, frozen=Frozen(date(2026, 1, 15), "0123456789" * 4, "0.1.0"))
    assert driver.is_published(), driver.lines()
    assert not (driver.out / "seen").exists()
    for file in driver.out.rglob("*.html"):
        assert "seen/" not in file.read_text("utf-8"), file
    assert "data-item" not in driver.main("brands/muzi/"), "what could never be looked at again is not kept"
    assert 'data-walk="xiaocheng-2024"' in driver.main("exhibitions/xiaocheng-2024/")


def test_a_site_without_exhibits_has_no_such_page(tmp_path: Path) -> None:
    driver = SiteDriver.copy("good/page", tmp_path).remove("expected").build()
    assert driver.is_published() and not (driver.out / "seen").exists()


# -- the code ---------------------------------------------------------------------------------------------------------


def _drawn(texts: list[str]) -> list[dict[str, Any] | None]:
    return answers("code", "text => window.exhibitCode(text)", texts, before=[str(PAGES / "code.js")])


def _modules(code: dict[str, Any]) -> list[list[int]]:
    grid = [[0] * code["size"] for _ in range(code["size"])]
    for each in code["path"].split("M")[1:]:
        x, y = map(int, each.removesuffix("h1").split())
        grid[y][x] = 1
    return grid


def _read(code: dict[str, Any]) -> list[str]:
    wide = (code["size"] + 8) * 4
    picture = Image.new("L", (wide, wide), 255)
    pen = ImageDraw.Draw(picture)
    for y, row in enumerate(_modules(code), start=4):
        for x, dark in enumerate(row, start=4):
            if dark:
                pen.rectangle((x * 4, y * 4, x * 4 + 3, y * 4 + 3), 0)
    return [each.text for each in zxingcpp.read_barcodes(picture)]


def test_a_code_of_any_length_is_read_as_what_it_holds() -> None:
    chance = random.Random(3)
    signs = string.ascii_letters + string.digits + "/:.-_~%?#&="
    texts = ["".join(chance.choices(signs, k=length)) for length in range(1, 107)]
    for text, code in zip(texts, _drawn(texts), strict=True):
        assert code is not None and _read(code) == [text]


@pytest.mark.parametrize("length", FULL)
def test_a_full_code_is_that_of_the_imprint(length: int) -> None:
    text = (f"{ADDRESS}b/" + "abcdefg-" * 12)[:length]
    (code,) = _drawn([text])
    assert code is not None
    assert _modules(code) == [list(row) for row in segno.make_qr(text, error="m", mask=3, mode="byte", boost_error=False).matrix]


def test_what_is_too_long_or_no_address_has_none() -> None:
    assert _drawn(["a" * 107, "a" * 5000, "", "a b", "汉", "a\u00e9", "a\n"]) == [None] * 7
