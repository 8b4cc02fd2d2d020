"""Panels between exhibits, and pictures of halls: where they hang, where they are read, and what else carries them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date

from generator.archive.freezing import filling
from generator.catalog.edition import Frozen
from generator.outputs.search.entries import entries
from tests.helpers.driver import SiteDriver

FOLDER = "content/exhibitions/xiaocheng-2024"
EXHIBITION = f"{FOLDER}/exhibition.yml"
ADDRESS = "exhibitions/xiaocheng-2024/"
BETWEEN = "一边是等，一边是办 <3。看过校门口，再看窗口里的人怎样把一件事办完。"
LAST = "走到这里，三件都看完了。"
INTRO = "<p>从门口 &lt;3 看起。</p><p>再往里走。</p>"
Site = Callable[[str], SiteDriver]


def _order(page: str) -> list[str]:
    """The names of exhibits and the texts of panels, as they follow each other on the page of the exhibition."""
    found = re.findall(r'card__name">(.*?)</strong>|<div class="hall__panel">(.*?)</div>', page)
    return [re.sub("<[^>]*>", "", name or panel).replace("&lt;", "<") for name, panel in found]


def _read(driver: SiteDriver, number: int) -> list[str]:
    """What is read on the wall of the hall at a stand."""
    wall = re.search(r'class="stand__wall"[^>]*>(.*?)</div>', driver.main(f"{ADDRESS}{number:02d}/"), re.DOTALL)
    return re.findall(r"<p>(.*?)</p>", wall[1].replace("&lt;", "<")) if wall else []


# -- where they hang -------------------------------------------------------------------------------


def test_a_panel_hangs_between_two_exhibits_and_is_not_counted(site: Site) -> None:
    driver = site("good/exhibition").build()
    main = driver.main(ADDRESS)
    assert _order(main) == ["校门口的十分钟", BETWEEN, "母品牌", "立案一次办好", LAST]
    assert "3 件展品" in main and re.findall(r'exhibits__number">(\d+)', main) == ["01", "02", "03"]
    assert re.findall(r'<ol class="hung[^"]*" start="(\d)"', main) == ["1", "2", "3"]
    assert f"{ADDRESS}04/index.html" not in driver.files()
    assert driver.main(f"{ADDRESS}closing/").count('<span class="number">') == 3


def test_a_panel_is_read_at_the_stand_behind_it_and_the_last_at_the_last(site: Site) -> None:
    driver = site("good/exhibition").build()
    assert [_read(driver, number) for number in (1, 2, 3)] == [["从门口 <3 看起。", "再往里走。"], [BETWEEN], [LAST]]


def test_a_panel_stays_in_its_place_when_something_is_taken_down(site: Site) -> None:
    driver = site("good/exhibition").edit("content/projects/2024/zhengzai/project.yml", "status: published", "status: withdrawn").build()
    assert _order(driver.main(ADDRESS)) == [BETWEEN, "母品牌", "立案一次办好", LAST]
    assert _read(driver, 1) == ["从门口 <3 看起。", "再往里走。", BETWEEN], "the first of its hall now"
    driver.edit(EXHIBITION, "      - brand: muzi\n", "").build()
    assert _order(driver.main(ADDRESS)) == ["立案一次办好", LAST], "a hall in which nothing hangs has no walls to read"


def test_several_panels_follow_each_other(site: Site) -> None:
    driver = site("good/exhibition").edit(EXHIBITION, "      - brand: muzi\n", "      - panel: 再说一句。\n      - brand: muzi\n").build()
    assert _read(driver, 2) == [BETWEEN, "再说一句。"]
    assert driver.main(ADDRESS).count('class="hall__panel"') == 2, "those two on one wall, the last one on its own"


def test_the_list_for_printing_holds_panels_between_its_rows_and_what_leads_in(site: Site) -> None:
    main = site("good/exhibition").build().main(f"{ADDRESS}tour/")
    rows = re.findall(r'<td class="number">(\d)</td>|<td colspan="4" class="plain-sheet__panel">([^<]*)</td>', main)
    assert [number or text.replace("&lt;", "<") for number, text in rows] == ["1", BETWEEN, "2", "3", LAST]
    assert INTRO in main


def test_a_hall_begins_with_its_picture_and_the_exhibition_with_its_poster(site: Site) -> None:
    main = site("good/exhibition").build().main(ADDRESS)
    poster, hall = re.findall(r'<figure class="visual__picture">(.*?)</figure>', main, re.DOTALL)
    assert 'alt="一间大厅"' in poster and "作者：本单位" in poster and 'fetchpriority="high"' in poster
    assert 'alt="门口的一面墙"' in hall and "门口（示意图）" in hall and "focus-left-top" in hall and 'loading="lazy"' in hall
    for each in (poster, hall):
        assert re.findall(r" (\d+)w", each.partition("</source>")[0])[-1] == "1600" and 'sizes="100vw"' in each
    assert main.index("一间大厅") < main.index("<h1") and main.index("门口的一面墙") < main.index('class="hall__title"')


# -- what carries them -----------------------------------------------------------------------------


def test_an_edited_panel_changes_the_exhibition_its_stand_its_list_and_no_other_page(site: Site) -> None:
    driver = site("good/exhibition")
    before = driver.build().files()
    after = driver.edit(EXHIBITION, "一边是等", "一头是等").build().files()
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    pages = {name for name in changed if name.endswith(".html")} - {"data/index.html", "search/index.html"}
    assert pages == {f"{ADDRESS}index.html", f"{ADDRESS}02/index.html", f"{ADDRESS}tour/index.html"}
    driver.out = driver.root.parent / "again"
    assert driver.build(cache=driver.root.parent / "other").files() == after, "the second build is that of a site which begins with nothing"


def test_the_data_hold_panels_in_their_place_and_pictures_of_halls_by_their_files(site: Site) -> None:
    driver = site("good/exhibition").build()
    (record,) = (each for each in _exhibitions(driver) if each["id"] == "xiaocheng-2024")
    first, _, last = record["halls"]
    assert [next(iter(each)) for each in first["items"]] == ["project", "panel", "brand"]
    assert first["items"][1] == {"panel": BETWEEN} and last["items"][-1] == {"panel": LAST}
    picture = first["picture"]
    assert (picture["alt"], picture["caption"], picture["width"]) == ("门口的一面墙", "门口（示意图）", 1600)
    assert "src" not in picture and {each["address"] for each in picture["files"]} <= driver.files().keys()
    driver.edit(EXHIBITION, "sample: [stops]", "sample: [stops, halls]").build()
    assert all("halls" not in each for each in _exhibitions(driver) if each["id"] == "xiaocheng-2024"), "nothing made up is data"


def _exhibitions(driver: SiteDriver) -> list[dict[str, object]]:
    return json.loads(driver.files()["data/exhibition.json"])["records"]["exhibition"]


def test_the_search_finds_the_words_of_a_panel_on_the_exhibition(site: Site) -> None:
    driver = site("good/exhibition").build()
    (found,) = (each for each in entries(driver.shown()) if each.address == ADDRESS)
    assert LAST in " ".join(found.text)


def test_a_frozen_year_and_its_book_hold_both(site: Site) -> None:
    driver = site("good/exhibition").build()
    assert driver.outcome
    shown, sources = driver.shown(), driver.outcome.survey.sources
    (item,) = (each for each in filling.items(shown, sources) if each.id == "xiaocheng-2024")
    text = "\n".join(text for _, text in item.fields)
    assert BETWEEN in text and LAST in text and "门口的一面墙 门口（示意图）" in text
    assert {each for each in item.files if each.endswith("hall.jpg")} == {f"archive/records/{FOLDER}/img/hall.jpg"}
    kept = driver.build(year=2024, frozen=Frozen(date(2025, 1, 15), "0" * 40, "0.1.0")).files()
    record = kept[f"archive/records/{EXHIBITION}"].decode()
    assert f"panel: {LAST}" in record and "alt: 门口的一面墙" in record and f"archive/records/{FOLDER}/img/hall.jpg" in kept
    assert _order(driver.main(ADDRESS)) == ["校门口的十分钟", BETWEEN, "母品牌", "立案一次办好", LAST]
