"""Stands: what is seen and read at each of them, and what machines, the search and the ledger are told."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image

from generator.kinds.exhibition.floor import floor_of
from generator.kinds.exhibition.sights import first_sentences
from generator.outputs.search.entries import entries
from generator.site.route import Stand
from tests.helpers.driver import SiteDriver

EXHIBITION = "content/exhibitions/xiaocheng-2024/exhibition.yml"
ADDRESS = "exhibitions/xiaocheng-2024/"
BRAND = "brands/muzi/brand.yml"
Site = Callable[[str], SiteDriver]


def _picture(width: int, height: int) -> bytes:
    """A picture in which there is something to see."""
    out = BytesIO()
    image = Image.effect_noise((width, height), 60).convert("RGB")
    image.save(out, "JPEG", quality=60)
    return out.getvalue()


def _form(driver: SiteDriver, number: int) -> str:
    found = re.search(r'class="stand__view stand__view--(\w+)', driver.main(f"{ADDRESS}{number:02d}/"))
    assert found
    return found[1]


# -- what is seen ----------------------------------------------------------------------------------


def test_a_large_picture_of_the_gallery_fills_the_wall_and_a_small_one_hangs_whole(site: Site) -> None:
    driver = site("good/exhibition").write("brands/muzi/img/one.jpg", _picture(1280, 800))
    gallery = "gallery:\n  - {src: img/one.jpg, alt: 一面墙, caption: 大厅里的墙, credit: 本单位, ai_generated: true}\nreviews:"
    driver.edit(BRAND, "reviews:", gallery).build()
    main = driver.main(f"{ADDRESS}02/")
    assert _form(driver, 2) == "wall" and 'alt="一面墙"' in main
    assert all(each in main for each in ("大厅里的墙", "作者：本单位", "人工智能"))
    driver.write("brands/muzi/img/one.jpg", _picture(640, 800)).build()
    assert _form(driver, 2) == "frame"


def test_a_picture_of_the_story_hangs_where_there_is_no_gallery(site: Site) -> None:
    driver = site("good/exhibition").write("content/projects/2024/jiexiang/img/two.jpg", _picture(1000, 600))
    story = "content/projects/2024/jiexiang/story.md"
    text = (driver.root / story).read_text("utf-8")
    driver.write(story, f'{text}\n![清单贴在墙上](img/two.jpg "立案窗口的清单")\n').build()
    main = driver.main(f"{ADDRESS}03/")
    assert _form(driver, 3) == "wall" and 'alt="清单贴在墙上"' in main and "立案窗口的清单" in main


def test_a_brand_without_pictures_shows_its_mark_on_the_plate(site: Site) -> None:
    driver = site("good/exhibition").write("brands/muzi/img/logo.jpg", _picture(400, 400))
    driver.edit(BRAND, "concept:", "logo: {src: img/logo.jpg, alt: 母品牌标识, meaning: 一个圆。, uses_party_emblem: false}\nconcept:")
    assert (_form(driver.build(), 2), "母品牌标识" in driver.main(f"{ADDRESS}02/")) == ("mark", True)


def test_a_project_without_pictures_shows_the_figure_that_it_reached(site: Site) -> None:
    driver = site("good/exhibition").build()
    reached, aimed = driver.main(f"{ADDRESS}03/"), driver.main(f"{ADDRESS}01/")
    assert _form(driver, 3) == "words"
    assert re.search(r'stand__figure number">93%</p>\s*<p class="stand__of">一次立案率</p>\s*<p>开始时：2023年为 62%</p>', reached)
    assert re.search(r">10 分钟</p>\s*<p class=\"stand__of\">疏散时间</p>\s*<p>目标值。</p>", aimed), "nothing was reached yet"


def test_what_a_figure_is_of_stands_below_it_and_not_in_large_type(site: Site) -> None:
    driver = site("good/exhibition").edit("content/projects/2024/jiexiang/project.yml", "reached: 93%", "reached: 93%（抽样 260 份）").build()
    assert re.search(r'stand__figure number">93%</p>\s*<p class="stand__of">一次立案率（抽样 260 份）</p>', driver.main(f"{ADDRESS}03/"))


def test_what_is_made_up_says_so_at_its_stand(site: Site) -> None:
    driver = site("good/exhibition").build()
    badge = '<span class="badge">示例内容</span>'
    assert badge in driver.main(f"{ADDRESS}01/"), "its goals are made up"
    assert badge not in driver.main(f"{ADDRESS}03/")
    driver.edit(EXHIBITION, "sample: [stops]", "sample: [stops, halls]").build()
    assert badge in driver.main(f"{ADDRESS}03/"), "that it hangs there is made up"


# -- what is read ----------------------------------------------------------------------------------


def test_the_label_that_was_written_comes_before_the_words_of_the_record(site: Site) -> None:
    driver = site("good/exhibition").build()
    assert '<p class="stand__label">一句口号</p>' in driver.main(f"{ADDRESS}02/")
    driver.edit(EXHIBITION, "      - brand: muzi\n", "      - brand: muzi\n        label: 先看门口这一件 <3。再往里走。\n").build()
    page = driver.page(f"{ADDRESS}02/")
    assert '<p class="stand__label">先看门口这一件 &lt;3。再往里走。</p>' in page
    assert '<meta name="description" content="先看门口这一件 &lt;3。再往里走。">' in page
    assert "一句口号" in driver.main("exhibitions/wangshang/01/"), "a label belongs to one exhibition"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("一句。", "一句。"),
        ("一。二！三？四。", "一。二！"),
        ("他说：“好。”她说：“行！”后来呢？", "他说：“好。”她说：“行！”"),
        ("没有句号", "没有句号"),
        ("第一行。\n第二行。", "第一行。"),
        ("  空白。 ", "空白。"),
    ],
)
def test_a_label_has_two_sentences_of_the_first_line(text: str, label: str) -> None:
    assert first_sentences(text) == label


def test_an_edited_label_changes_its_stand_and_the_data_and_no_other_page(site: Site) -> None:
    driver = site("good/exhibition").edit(EXHIBITION, "      - brand: muzi\n", "      - brand: muzi\n        label: 甲。\n")
    before, shown = driver.build().files(), driver.main(ADDRESS)
    after = driver.edit(EXHIBITION, "label: 甲。", "label: 乙。").build().files()
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    pages = {name for name in changed if name.endswith(".html")} - {"data/index.html"}
    assert pages == {f"{ADDRESS}02/index.html", f"{ADDRESS}index.html"}
    assert driver.main(ADDRESS) == shown, "of its own page only the head changes, which names the text by its digest"
    again = driver.settings().root.parent / "again"
    driver.out = again
    assert driver.build(cache=again.parent / "other").files() == after, "the second build is that of a site which begins with nothing"


# -- what others are told --------------------------------------------------------------------------


def test_machines_are_told_what_hangs_at_a_stand_and_the_search_finds_it_once(site: Site) -> None:
    driver = site("good/exhibition")
    config = (driver.root / "site_config.yml").read_text("utf-8")
    driver.write("site_config.yml", f"address: https://example.gov.cn/\n{config}").build()
    page = driver.page(f"{ADDRESS}02/")
    assert f'<link rel="canonical" href="https://example.gov.cn/{ADDRESS}02/">' in page
    told = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert told
    first, crumbs = json.loads(told[1])["@graph"]
    assert first["@type"] == "ItemPage"
    assert first["mainEntity"]["@id"] == "https://example.gov.cn/brands/muzi/#it"
    assert first["mainEntity"]["isPartOf"]["@id"] == f"https://example.gov.cn/{ADDRESS}#it"
    assert [each["name"] for each in crumbs["itemListElement"]][-2:] == ["小城一年", "母品牌 · 小城一年第 2 件"]
    files = driver.files()
    assert f"<loc>https://example.gov.cn/{ADDRESS}02/</loc>".encode() in files["sitemap.xml"]
    found = [each.address for each in entries(driver.shown())]
    assert "brands/muzi/" in found and [each for each in found if each.startswith(ADDRESS)] == [ADDRESS]
    assert not any(b"/02/" in content for name, content in files.items() if name.startswith("feeds/"))


def test_what_is_taken_down_leaves_the_last_address_leading_to_the_exhibition(site: Site) -> None:
    driver = site("good/exhibition").build()
    lines = sorted(f"{ADDRESS}{each}\texhibition:xiaocheng-2024\t2024-12-28\n" for each in ("", "01/", "02/", "03/", "closing/", "tour/"))
    driver.write("content/addresses.tsv", "".join(lines))
    text = (driver.root / EXHIBITION).read_text("utf-8")
    driver.write(EXHIBITION, re.sub(r"      - project: zhengzai\n        label: .*\n", "", text)).build()
    assert [each for each in driver.lines() if " error " in each] == []
    assert f'<meta http-equiv="refresh" content="0; url=../../../{ADDRESS}">' in driver.page(f"{ADDRESS}03/")
    assert "立案一次办好" in driver.main(f"{ADDRESS}02/")
    text = (driver.root / EXHIBITION).read_text("utf-8")
    driver.write(EXHIBITION, re.sub(r"    items:\n(?:      - .*\n)+", "", text)).build()
    assert driver.is_published()
    assert "http-equiv" in driver.page(f"{ADDRESS}closing/") and "http-equiv" in driver.page(f"{ADDRESS}01/")
    gone = "status: withdrawn\nwithdrawn_on: 2026-01-05\nwithdrawn_reason: 展览结束"
    assert driver.edit(EXHIBITION, "status: published", gone).build().is_published()
    assert 'url=../../../exhibitions/"' in driver.page(f"{ADDRESS}03/"), "the page above it shows nothing any more"


# -- the floor plan --------------------------------------------------------------------------------


def _route(*sizes: int) -> list[Stand]:
    made: list[Stand] = []
    for hall, size in enumerate(sizes, start=1):
        made += [Stand(len(made) + 1 + at, hall, at, ("brand", f"b{hall}-{at}")) for at in range(size)]
    return made


@pytest.mark.parametrize("sizes", [(1,), (3, 2), (5, 5, 5, 5, 5, 5), (1, 40, 1, 7), (2,) * 9])
def test_rooms_and_dots_of_a_floor_do_not_overlap_and_each_hall_is_next_to_the_one_before(sizes: tuple[int, ...]) -> None:
    floor = floor_of(_route(*sizes))
    assert [each.number for each in floor.rooms] == list(range(1, len(sizes) + 1))
    assert [len(each.dots) for each in floor.rooms] == list(sizes)
    boxes = [(each.left, each.top, each.left + each.width, each.top + each.height) for each in floor.rooms]
    for at, one in enumerate(boxes):
        assert one[0] >= 0 and one[2] <= floor.width and one[1] >= 0 and one[3] <= floor.height
        for other in boxes[at + 1 :]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    for room, box in zip(floor.rooms, boxes, strict=True):
        assert len(set(room.dots)) == len(room.dots)
        assert all(box[0] + 8 <= x <= box[2] - 8 and box[1] + 8 <= y <= box[3] - 8 for x, y in room.dots)
    for one, other in zip(boxes, boxes[1:], strict=False):
        is_beside = one[1] == other[1] and (one[2] == other[0] or other[2] == one[0])
        assert is_beside or (one[3] == other[1] and one[0] == other[0])


def test_a_large_exhibition_names_the_stands_of_one_hall_at_each_of_them(site: Site) -> None:
    driver = site("good/exhibition")
    brand = (driver.root / BRAND).read_text("utf-8")
    for number in range(61):
        driver.write(f"brands/b{number}/brand.yml", brand.replace("id: muzi", f"id: b{number}").replace("母品牌", f"品牌之{number}"))
    items = "".join(f"      - brand: b{number}\n" for number in range(61))
    driver.edit(EXHIBITION, "  - title: 还没有布置好的一厅\n", f"  - title: 很大的一厅\n    items:\n{items}").build()
    first, inside = driver.main(f"{ADDRESS}01/"), driver.main(f"{ADDRESS}64/")
    assert first.count("<li>") == 2 + 1 + 1 and inside.count("<li>") == 1 + 1 + 1
    assert driver.main(f"{ADDRESS}30/").count("<li>") == 1 + 61 + 1
    assert "第 64 件 / 64" in inside
