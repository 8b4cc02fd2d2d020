"""What a visitor takes along: a link that is handed on or copied, and the list of what was seen, which only the device keeps."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from generator.engines.mkdocs import MkDocsEngine
from tests.audit.visits import axe
from tests.helpers.browsing import BRAND, PAGES, Place, until, watched
from tests.helpers.driver import SiteDriver

pytestmark = pytest.mark.browser
Visit = Callable[..., BrowserContext]
ADDRESS = "https://show.example.org/pinpai/"
WALK = "exhibitions/pinpai-xunzhan-2022/"
NO_STORAGE = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
REFUSED = f"{NO_CLIPBOARD} document.execCommand = () => false;"


def _sharing(answer: str) -> str:
    """A browser whose sheet is opened with what it was given, and answers so."""
    return f"window.shared = []; navigator.share = given => {{ window.shared.push(given); return {answer}; }};"


def _kept(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.evaluate("({...localStorage})")
    return {name: value for name, value in found.items() if name.startswith("exhibit.walk.")}


def _names(page: Page) -> list[str]:
    expect(page.locator("[data-told]")).to_have_text(re.compile("看过|没有读出来|不让"))
    return page.locator("[data-seen] ol a span").all_inner_texts()


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no way by keyboard to {selector}")


@pytest.fixture(scope="module")
def addressed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SiteDriver, Place]]:
    """A small site in a folder that knows where it will be."""
    driver = SiteDriver.copy("good/exhibition", tmp_path_factory.mktemp("addressed")).remove("expected")
    config = (driver.root / "site_config.yml").read_text("utf-8")
    driver.write("site_config.yml", f"{config}\naddress: {ADDRESS}\n").build(engine=MkDocsEngine(), links="file")
    assert driver.is_published(), driver.lines()
    yield driver, Place(f"{driver.out.as_uri()}/", "index.html")


# -- handing a link on ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [BRAND, f"{WALK}01/", f"{WALK}closing/"])
def test_a_sheet_is_offered_where_the_browser_has_one_and_is_given_title_and_link(address: str, places: dict[str, Place], visit: Visit) -> None:
    place = places["path"]
    page, faults = watched(visit(390), place)
    page.add_init_script("delete Navigator.prototype.share")
    page.goto(place.url(address))
    expect(page.locator("[data-copy=page-link]")).to_be_visible()
    expect(page.locator("[data-share]")).to_be_hidden()
    page.add_init_script(_sharing("Promise.resolve()"))
    page.reload()
    page.locator("[data-share]").click()
    (given,) = page.evaluate("window.shared")
    assert given["url"] == place.url(WALK if address.endswith("closing/") else address)
    assert given["title"] and given["title"] in page.locator("article").inner_text()
    assert faults == []


def test_who_closes_the_sheet_is_told_nothing_and_a_sheet_that_fails_leaves_the_link_copied(places: dict[str, Place], visit: Visit) -> None:
    page, faults = watched(visit(390), places["path"])
    page.add_init_script(f"{REFUSED}{_sharing('Promise.reject(new DOMException(String(), window.why))')}")
    page.goto(places["path"].url(BRAND))
    said = page.locator(".take [role=status]")
    for why, words in (("AbortError", ""), ("NotAllowedError", "Ctrl")):
        page.evaluate("why => { window.why = why; }", why)
        page.locator("[data-share]").click()
        until(page, "window.shared.length > 0")
        expect(said).to_have_text(re.compile(words) if words else "")
    assert len(page.evaluate("window.shared")) == 2 and faults == []


def test_from_a_folder_nothing_is_handed_on_but_a_public_address(places: dict[str, Place], addressed: tuple[SiteDriver, Place], visit: Visit) -> None:
    page, _ = watched(visit(390), places["folder"])
    page.add_init_script(_sharing("Promise.resolve()"))
    page.goto(places["folder"].url(BRAND))
    expect(page.locator("[data-copy=page-link]")).to_be_visible()
    expect(page.locator("[data-share]")).to_be_hidden()
    page.goto(addressed[1].url("brands/muzi/"))
    page.locator("[data-share]").click()
    assert page.evaluate("window.shared.map(each => each.url)") == [f"{ADDRESS}brands/muzi/"]


@pytest.mark.parametrize("address", [BRAND, f"{WALK}01/"])
def test_a_link_is_copied_by_way_of_the_clipboard(address: str, places: dict[str, Place], visit: Visit) -> None:
    context = visit(1280)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page, faults = watched(context, places["path"])
    page.goto(f"{places['path'].url(address)}?from=a#b")
    page.locator("[data-copy=page-link]").click()
    expect(page.locator(".take [role=status]")).to_have_text("已复制")
    assert page.evaluate("navigator.clipboard.readText()") == places["path"].url(address)
    assert faults == []


@pytest.mark.parametrize("where", ["path", "folder"])
def test_without_a_clipboard_the_old_way_is_tried_and_else_the_link_is_selected(where: str, places: dict[str, Place], visit: Visit) -> None:
    page, _ = watched(visit(390), places[where])
    page.add_init_script(f"{NO_CLIPBOARD} window.done = []; document.execCommand = name => window.done.push(name + getSelection());")
    page.goto(places[where].url(BRAND))
    page.locator("[data-copy=page-link]").click()
    expect(page.locator(".take [role=status]")).to_have_text("已复制")
    assert page.evaluate("window.done") == [f"copy{places[where].url(BRAND)}"]
    page.add_init_script(REFUSED)
    page.reload()
    page.locator("[data-copy=page-link]").click()
    expect(page.locator(".take [role=status]")).to_have_text(re.compile("Ctrl"))
    assert page.evaluate("String(getSelection())").strip() == places[where].url(BRAND)


def test_without_scripts_the_link_stands_there_where_it_is_known(addressed: tuple[SiteDriver, Place], visit: Visit) -> None:
    page, faults = watched(visit(390, java_script_enabled=False), addressed[1])
    page.goto(addressed[1].url("brands/muzi/"))
    expect(page.locator(".take__link")).to_have_text(f"{ADDRESS}brands/muzi/")
    expect(page.locator(".take__link")).to_have_css("user-select", "all")
    assert page.locator(".take button:visible").count() == 0 and faults == []


def test_the_poster_is_taken_along_from_the_same_place(city_site: Path, places: dict[str, Place], visit: Visit) -> None:
    page, _ = watched(visit(390), places["path"])
    for address in (BRAND, f"{WALK}01/"):
        page.goto(places["path"].url(address))
        poster = page.locator(".take a[download]").get_attribute("href") or ""
        assert (city_site / address / poster).resolve() == (city_site / f"share/{BRAND}poster.png").resolve()
        assert (city_site / address / poster).is_file()


# -- what was seen ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["path", "folder"])
def test_what_was_seen_is_listed_once_and_forgotten_by_keyboard_alone(where: str, places: dict[str, Place], visit: Visit) -> None:
    place = places[where]
    page, faults = watched(visit(reduced_motion="reduce"), place)
    seen = []
    for address in (f"{WALK}01/", f"{WALK}02/", BRAND, "projects/kaifang-wenzheng/", "releases/2023/"):
        page.goto(place.url(address))
        seen.append(page.locator("h1").inner_text().replace("\n", ""))
    assert seen[0] == seen[2], "at its stand and on its page it is the same"
    _tab_to(page, "footer a[href*='seen/']")
    page.keyboard.press("Enter")
    page.wait_for_url(place.url("seen/"))
    assert sorted(_names(page)) == sorted(set(seen))
    expect(page.locator("[data-told]")).to_have_text("看过 4 件。")
    _tab_to(page, "[data-seen] ol a")
    page.keyboard.press("Enter")
    page.wait_for_url(place.url(BRAND))
    page.go_back()
    _tab_to(page, "[data-seen] [data-forget]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-told]")).to_have_text("已清除，这台设备上没有留下看过的记录。")
    expect(page.locator("[data-told]")).to_be_focused()
    assert _kept(page) == {} and page.locator("[data-seen] ol li, [data-seen] [data-tools]:visible").count() == 0
    page.reload()
    expect(page.locator("[data-told]")).to_have_text(re.compile("还没有看过"))
    assert faults == []


def test_every_exhibit_of_the_site_is_found_in_its_file(city_site: Path, places: dict[str, Place], visit: Visit) -> None:
    files = sorted((city_site / "seen").glob("*/*.js"))
    rows = [row for file in files for row in json.loads(file.read_text("utf-8").removeprefix("exhibitSeen.met(").removesuffix(");\n"))]
    assert len(files) > 1 and len(rows) > 40
    page, faults = watched(visit(), places["path"])
    page.goto(places["path"].url("seen/"))
    page.evaluate("items => localStorage.setItem('exhibit.walk./a/b.', JSON.stringify(items))", [row[0] for row in rows])
    page.reload()
    assert sorted(_names(page)) == sorted(row[1] for row in rows)
    assert all((city_site / "seen" / row[3] / "index.html").is_file() for row in rows)
    assert faults == []


def test_without_scripts_the_page_says_why_it_is_empty_and_where_the_exhibits_are(places: dict[str, Place], visit: Visit) -> None:
    page, faults = watched(visit(390, java_script_enabled=False), places["folder"])
    page.goto(places["folder"].url("seen/"))
    expect(page.locator("[data-told]")).to_contain_text("脚本没有运行")
    assert page.locator("[data-seen] button:visible").count() == 0
    page.locator("[data-seen]").get_by_role("link", name="展览").click()
    page.wait_for_url(places["folder"].url("exhibitions/"))
    assert faults == []


def test_a_browser_that_keeps_nothing_is_told_of(places: dict[str, Place], visit: Visit) -> None:
    context = visit(390)
    context.add_init_script(NO_STORAGE)
    page, faults = watched(context, places["path"])
    for address in (BRAND, f"{WALK}01/", f"{WALK}closing/"):
        page.goto(places["path"].url(address))
        expect(page.locator("[data-copy=page-link]")).to_be_visible()
    page.goto(places["path"].url("seen/"))
    expect(page.locator("[data-told]")).to_contain_text("不让网页在设备上保存")
    expect(page.locator("[data-seen]").get_by_role("link", name="品牌墙")).to_be_visible()
    assert faults == []


HOSTILE = [
    "not json",
    '{"length": 3}',
    "null",
    '"brand/yangguang-tianping"',
    json.dumps([1, None, {}, ["brand/aibo-yilu"], "__proto__", "constructor", "toString", "brand/__proto__", "../../../etc/passwd"]),
    json.dumps(["<img src=x onerror=alert(1)>", "javascript:alert(1)", "https://elsewhere.example/", "\u0000\u202e\ud800", "brand/" + "x" * 90000]),
    json.dumps(["brand/niemand", "project/zurueckgezogen", "brand/yangguang-tianping"]),
    json.dumps([f"brand/b{number}" for number in range(100_000)]),
]


@pytest.mark.parametrize("kept", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_stands_in_the_storage_only_what_the_site_knows_is_shown(kept: str, places: dict[str, Place], visit: Visit) -> None:
    place = places["path"]
    page, faults = watched(visit(reduced_motion="reduce"), place)
    dialogs: list[Any] = []
    page.on("dialog", lambda each: (dialogs.append(each), each.dismiss()))
    page.goto(place.url("accessibility/"))
    page.evaluate(
        "kept => { for (const walk of ['', 'pinpai-xunzhan-2022', 'vorbei', '<b>']) localStorage.setItem('exhibit.walk./a/b.' + walk, kept); }", kept
    )
    page.goto(place.url(f"{WALK}02/"))
    expect(page.locator("article.stand h1")).to_be_visible()
    page.goto(place.url("seen/"))
    names = _names(page)
    assert "爱播一路" in names and set(names) <= {"爱播一路", "阳光天平"} and len(names) == len(set(names))
    assert page.locator("[data-seen] :is(img, script, b)").count() == 0
    page.locator("[data-seen] [data-forget]").click()
    assert _kept(page) == {} and faults == [] and dialogs == []


def test_other_sites_of_the_host_keep_theirs(places: dict[str, Place], visit: Visit) -> None:
    page, _ = watched(visit(), places["path"])
    page.goto(places["path"].url(BRAND))
    others = {f"exhibit.walk.{base}.{walk}": '["brand/aibo-yilu"]' for base in ("", "/a", "/a/b.c", "/a/b/2024") for walk in ("", "x")}
    page.evaluate("others => Object.entries(others).forEach(each => localStorage.setItem(...each))", others)
    page.evaluate("localStorage.setItem('exhibit.scheme', 'dark')")
    page.goto(places["path"].url("seen/"))
    assert _names(page) == ["阳光天平"]
    page.locator("[data-seen] [data-forget]").click()
    assert _kept(page) == others and page.evaluate("localStorage.getItem('exhibit.scheme')") == "dark"


def test_a_file_that_cannot_be_read_is_told_of(places: dict[str, Place], visit: Visit) -> None:
    page = visit().new_page()
    page.route(re.compile(r"/seen/\d+/\d+\.js$"), lambda route: route.abort())
    for address in (BRAND, "seen/"):
        page.goto(places["path"].url(address))
    expect(page.locator("[data-told]")).to_contain_text("没有读出来")


def test_forgetting_an_exhibition_forgets_what_was_read_on_from_it_too(places: dict[str, Place], visit: Visit) -> None:
    page, _ = watched(visit(reduced_motion="reduce"), places["path"])
    page.goto(places["path"].url(f"{WALK}01/"))
    page.get_by_role("link", name="读全文").click()
    page.wait_for_url(re.compile(BRAND))
    for address in ("projects/kaifang-wenzheng/", WALK):
        page.goto(places["path"].url(address))
    page.locator("[data-visited] [data-forget]").click()
    page.goto(places["path"].url("seen/"))
    assert "阳光天平" not in _names(page) and len(_names(page)) == 2, "the project and the exhibition itself stay"


def test_the_closing_page_says_what_was_seen_and_nothing_where_nothing_was(places: dict[str, Place], visit: Visit) -> None:
    page, _ = watched(visit(reduced_motion="reduce"), places["path"])
    page.goto(places["path"].url(f"{WALK}closing/"))
    expect(page.locator(".title-wall__slogan")).to_have_text("2 个展厅，5 件展品。")
    expect(page.locator("[data-visited]")).to_be_hidden()
    assert "看过" not in page.locator("article").inner_text().replace("我看过的", "")
    for number in (1, 4):
        page.goto(places["path"].url(f"{WALK}{number:02d}/"))
    page.goto(places["path"].url(f"{WALK}closing/"))
    expect(page.locator("[data-visited]")).to_have_text("这台设备上看过其中 2 件。")
    page.get_by_role("link", name="我看过的").first.click()
    page.wait_for_url(places["path"].url("seen/"))
    assert len(_names(page)) == 2


def test_nothing_is_kept_on_the_device_but_what_the_documents_name(places: dict[str, Place], visit: Visit) -> None:
    page, faults = watched(visit(reduced_motion="reduce"), places["path"])
    for address in PAGES.values():
        page.goto(places["path"].url(address))
        page.wait_for_load_state()
    names = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage), ...(document.cookie ? ['cookie'] : [])]")
    assert names and all(re.fullmatch(r"exhibit\.walk\./a/b\.[a-z0-9-]*", name) for name in names), names
    assert faults == []


# -- on paper ---------------------------------------------------------------------------------------------------------


def test_on_paper_each_thing_has_its_code(addressed: tuple[SiteDriver, Place], visit: Visit) -> None:
    driver, place = addressed
    page, faults = watched(visit(794, reduced_motion="reduce", device_scale_factor=3), place)
    for number in (1, 2, 3):
        page.goto(place.url(f"exhibitions/xiaocheng-2024/{number:02d}/"))
    page.goto(place.url("seen/"))
    assert len(_names(page)) == 3
    assert page.locator(".seen__code svg:visible").count() == 0, "a screen has links"
    page.emulate_media(media="print")
    assert page.locator("[data-seen] button:visible, [data-seen] nav:visible").count() == 0
    shot = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
    found = {each.text for each in zxingcpp.read_barcodes(shot)} - {f"{ADDRESS}seen/"}
    assert found == {f"{ADDRESS}{short}" for short in ("p/zhengzai/", "b/muzi/", "p/jiexiang/")}
    assert all((driver.out / each.removeprefix(ADDRESS) / "index.html").is_file() for each in found)
    assert sorted(page.locator(".seen__code span").all_inner_texts()) == sorted(found)
    assert faults == []


def test_without_an_address_there_is_no_code_to_print(places: dict[str, Place], visit: Visit) -> None:
    page, _ = watched(visit(794), places["folder"])
    for address in (BRAND, "seen/"):
        page.goto(places["folder"].url(address))
    assert _names(page) == ["阳光天平"]
    expect(page.locator("[data-print]")).to_have_text("打印")
    page.emulate_media(media="print")
    assert page.locator(".seen__code").count() == 0 and page.locator("[data-seen] ol li:visible").count() == 1


def test_the_button_prints(places: dict[str, Place], visit: Visit) -> None:
    page, _ = watched(visit(), places["path"])
    page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; };")
    for address in (BRAND, "seen/"):
        page.goto(places["path"].url(address))
    page.locator("[data-print]").click()
    assert page.evaluate("window.printed") == 1


@pytest.mark.parametrize("number", ["", "03/", "tour/", "closing/"])
def test_the_floor_plan_is_on_paper_too(number: str, places: dict[str, Place], visit: Visit) -> None:
    page, _ = watched(visit(794), places["path"])
    page.goto(places["path"].url(f"{WALK}{number}"))
    page.emulate_media(media="print")
    plan = page.locator("svg.plan")
    expect(plan).to_be_visible()
    box = plan.bounding_box()
    assert box and box["width"] > 100 and plan.locator(".plan__dot").count() == 5


# -- for everybody ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("kept", [{}, {"exhibit.scheme": "dark"}, {"exhibit.edition": "large"}], ids=["light", "dark", "large"])
def test_the_list_is_for_everybody_and_can_be_hit(kept: dict[str, str], width: int, places: dict[str, Place], visit: Visit) -> None:
    context = visit(width, reduced_motion="reduce")
    context.add_init_script("".join(f"localStorage.setItem({name!r}, {value!r});" for name, value in kept.items()))
    page, faults = watched(context, places["path"])
    page.goto(places["path"].url("seen/"))
    expect(page.locator("[data-told]")).to_have_text(re.compile("还没有看过"))
    assert axe(page).violations == ()
    for address in (f"{WALK}01/", "projects/kaifang-wenzheng/", "releases/2023/"):
        page.goto(places["path"].url(address))
    page.goto(places["path"].url("seen/"))
    assert len(_names(page)) == 3
    assert axe(page).violations == ()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert all((box := each.bounding_box()) and box["height"] >= 44 for each in page.locator("[data-seen] :is(button, a)").all())
    assert faults == []
