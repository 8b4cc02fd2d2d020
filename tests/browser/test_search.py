"""The search in a real browser, over http and from a folder: everything is found, nothing else is, and it costs little.

What must be found is said by a plain reference in Python that looks into every text. Bytes are asserted, because they
depend on no machine; times are printed.
"""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from statistics import median
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from benchmarks.corpus import make_brands
from generator.outputs.search.entries import SearchEntry
from generator.outputs.search.index import Labels, make
from generator.stages.settings import DEFAULT_THEME
from tests.audit.contrast import CONTRAST, FAINT_TEXT
from tests.helpers.browsing import PLACES, TOUCH, WIDTHS, Place, served, watched
from tests.helpers.search_shelf import Shelf, asked, differences, shelf_of

pytestmark = pytest.mark.browser

START, QUERY, TOTAL = 40_000, 66_000, 2_700_000  # bytes at most, as they lie on the disk; no text of the corpus stands twice
FORGIVING = 60_000  # bytes on the way at most, of a question that has to be forgiven
MANY = 2_000
EVIL = '<img src=x onerror="window.hit=1">'
FORGIVEN = """async query => {
  const answer = await exhibitSearch.ask(query), taken = await exhibitSearch.take(answer, answer.entries, 0, 10);
  const near = taken.results.length ? null : await exhibitSearch.forgive(answer);
  if (near) await exhibitSearch.take(near.answer, near.answer.entries, 0, 5);
}"""
TIMED = """async queries => {
  const times = [];
  for (const query of queries) {
    const start = performance.now();
    const answer = await exhibitSearch.ask(query);
    await exhibitSearch.take(answer, answer.entries, 0, 10);
    times.push(performance.now() - start);
  }
  return times;
}"""


@pytest.fixture(scope="module")
def own(city_site: Path) -> Shelf:
    """The entries of the exhibition of the tests."""
    return shelf_of(city_site)


def _brands(count: int) -> Iterator[SearchEntry]:
    for number, each in enumerate(make_brands(count, 1)):
        title = f"{each.name}{EVIL}" if number == 7 else each.name
        yield SearchEntry(
            address=f"brands/{each.id}/",
            title=title,
            kind="brand",
            year=each.year,
            unit=each.unit.id,
            category=each.category,
            sample=False,
            also=(),
            facts=("品牌", each.unit.label, each.unit.name, f"{each.year}年"),
            line=(each.slogan,),
            honours=tuple(f"{one.title}，{one.issuer}" for one in each.honours),
            headings=(*(one.title for one in each.practices), *each.story.headings),
            text=(
                *(each.concept, each.connotation, each.background, each.method_code),
                *(one.body for one in each.practices),
                *(*each.results, each.office, each.source, each.story.opening, each.story.quote, *each.story.steps),
                f"{each.story.before}{each.story.after}",
            ),
        )


def _put(entries: Sequence[SearchEntry], folder: Path, site: Path) -> None:
    """The page of the search of ``site`` over ``entries``, in place of what it was over before."""
    if not (folder / "search").exists():
        shutil.copytree(site / "assets", folder / "assets")
        (folder / "search").mkdir()
        shutil.copy(site / "search" / "index.html", folder / "search")
    for each in (folder / "search").glob("*.js"):
        each.unlink()
    units = {each.unit.id: each.unit.label for each in make_brands(MANY, 1)}
    categories = {each.category: each.category for each in entries}
    labels = Labels({"brand": "品牌"}, lambda year: f"{year}年", units, categories)
    for name, content in make(entries, labels).items():
        (folder / "search" / f"{name}.js").write_bytes(content)


@pytest.fixture(scope="module")
def many(city_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str, Shelf]]:
    """The page of the search over 2,000 generated entries: its folder, its address over http, what it holds."""
    folder = tmp_path_factory.mktemp("many")
    _put(list(_brands(MANY)), folder, city_site)
    with served(folder) as base:
        yield folder, base, shelf_of(folder)


QUERIES = (
    *(
        "天",
        "法",
        "1",
        "“",
        "。",
        "a",
        "阳光",
        "陽光",
        "法院",
        "法院 2023",
        "2023 法院",
        "阳光天平",
        "陽光天平",
        "市級機關",
    ),
    *(
        "党建品牌",
        "1+7+N",
        "１＋７＋ｎ",
        "ygtp",
        "yangguang",
        "yangguangtianping",
        "yang",
        "tp",
        "警民E家",
        "警民e",
        "书记 项目 法院",
    ),
    *("这里没有这句话", "堂市", "江课", "’", "  ", "品牌 品牌", "党 建 品 牌", "十佳”党建"),
)


@pytest.mark.audit
@pytest.mark.parametrize("where", PLACES)
def test_every_title_and_every_slice_of_one_finds_what_holds_it_and_nothing_else(
    where: str,
    own: Shelf,
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page, faults = watched(visit(), places[where])
    page.goto(places[where].url("search/"))
    assert len(own.titles) > 100
    assert differences(own, page, [*own.slices(), *own.titles, *QUERIES]) == []
    for number, found in enumerate(asked(page, own.titles)):
        assert number in found
    assert faults == []


@pytest.mark.audit
@pytest.mark.parametrize("where", ["http", "folder"])
def test_the_same_holds_for_two_thousand_entries(
    where: str,
    many: tuple[Path, str, Shelf],
    visit: Callable[..., BrowserContext],
) -> None:
    folder, base, shelf = many
    page, faults = watched(visit(), Place(base if where == "http" else f"{folder.as_uri()}/", "index.html"))
    page.goto(f"{base}search/" if where == "http" else (folder / "search" / "index.html").as_uri())
    titles = sorted(set(shelf.titles))
    queries = [*shelf.slices(), *(titles if where == "http" else titles[::20])]
    assert len(queries) > 500
    assert differences(shelf, page, queries) == []
    assert not [each for each in faults if "/search/" in each]


@pytest.mark.audit
def test_words_of_every_length_find_what_holds_them(
    many: tuple[Path, str, Shelf],
    visit: Callable[..., BrowserContext],
) -> None:
    _, base, shelf = many
    random = Random(1)
    queries = []
    for length in (1, 2, 3, 4, 5, 8, 13):
        for _ in range(12):
            text = random.choice(random.choice(shelf.fields)[5].split("\t"))
            at = random.randrange(max(1, len(text) - length + 1))
            queries.append(text[at : at + length])
    queries += [f"{random.choice(queries)} {random.choice(queries)}" for _ in range(12)]
    page = visit().new_page()
    page.goto(f"{base}search/")
    assert differences(shelf, page, [each for each in queries if each.strip()]) == []


@pytest.mark.audit
def test_the_search_costs_little_to_begin_and_little_for_each_question(
    many: tuple[Path, str, Shelf],
    visit: Callable[..., BrowserContext],
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder, base, shelf = many
    assert sum(each.stat().st_size for each in (folder / "search").glob("*.js")) <= TOTAL
    random = Random(2)
    asked = [
        *random.sample(shelf.slices(), 12),
        *random.sample(shelf.titles, 8),
        "服务",
        "党",
        "的",
        "，",
        "为民服务",
        "ygtp",
    ]
    starts, costs, times = set(), {}, []
    for query in asked:
        context = visit()
        page, loaded = context.new_page(), []
        page.on("request", lambda each, loaded=loaded: loaded.append(each.url))
        page.goto(f"{base}search/")
        page.evaluate("exhibitSearch.start()")
        ours = [each for each in loaded if re.search(r"/search[^/]*\.js|/search/[a-z]", each)]
        starts.add(IN_EVERY_PAGE.stat().st_size + sum(_size(folder, each) for each in ours))
        assert len(ours) == 3, ours
        loaded.clear()
        times += page.evaluate(TIMED, [query])
        costs[query] = sum(_size(folder, each) for each in loaded)
        context.close()
    assert len(starts) == 1 and starts.pop() <= START
    assert {query: cost for query, cost in costs.items() if cost > QUERY} == {}
    with capsys.disabled():
        print(
            f"\n  search, {MANY} entries: first answers in a new browser took {median(times):.0f} ms (median), "
            f"{max(times):.0f} ms at most; {median(costs.values()) / 1000:.0f} kB (median), {max(costs.values()) / 1000:.0f} kB at most"
        )


@pytest.mark.audit
def test_a_question_that_is_forgiven_costs_little_on_the_way(
    many: tuple[Path, str, Shelf],
    visit: Callable[..., BrowserContext],
) -> None:
    """A slip, a question in words, and some of which only pieces are found: what of the index is read, compressed as a
    server sends it."""
    folder, base, shelf = many
    title = next(each for each in shelf.titles if len(each) >= 6 and each.isalpha())
    context = visit()
    for query in (f"{title[:2]}错{title[3:]}", f"{title}是什么", "老城区停车难怎么办", "法院的品牌叫什么", "没有人这样问过的话"):
        page, loaded = context.new_page(), []
        page.on("request", lambda each, loaded=loaded: loaded.append(each.url))
        page.goto(f"{base}search/")
        page.evaluate("exhibitSearch.start()")
        loaded.clear()
        page.evaluate(FORGIVEN, query)
        files = [folder / unquote(urlsplit(each).path).lstrip("/") for each in loaded]
        assert sum(len(gzip.compress(each.read_bytes())) for each in files if "/search/" in each.as_posix()) <= FORGIVING, query
        page.close()


@pytest.mark.audit
def test_a_count_that_is_not_known_says_from_how_many(
    many: tuple[Path, str, Shelf],
    visit: Callable[..., BrowserContext],
) -> None:
    _, base, shelf = many
    held = len(shelf.holders("先锋岗"))
    page = visit().new_page()
    page.goto(f"{base}search/?q={quote('先锋岗')}")
    status = page.locator("[data-status]")
    expect(status).to_have_text(re.compile(r"^至少 10 条，最多 [0-9]+ 条"))
    assert 10 <= held <= int(re.findall(r"[0-9]+", status.inner_text())[1])
    page.locator("button[data-more]").click()
    expect(status).to_have_text(re.compile(r"^至少 20 条，最多 [0-9]+ 条"))
    page.goto(f"{base}search/?q={quote('先锋')}")
    expect(status).to_have_text(f"找到 {len(shelf.holders('先锋'))} 条")


IN_EVERY_PAGE = DEFAULT_THEME / "assets" / "js" / "3-search.js"  # the part of the search in the script of every page


def _size(folder: Path, url: str) -> int:
    return (folder / unquote(urlsplit(url).path).lstrip("/")).stat().st_size


# -- the page


def _results(page: Page) -> list[str]:
    return page.locator(".hit__title").all_inner_texts()


@pytest.mark.parametrize("where", PLACES)
def test_typing_finds_and_the_address_keeps_it(
    where: str,
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    place = places[where]
    page, faults = watched(visit(), place)
    page.goto(place.url("search/"))
    field = page.get_by_role("searchbox", name="找什么")
    field.click()
    page.keyboard.type("法院", delay=30)
    expect(page.get_by_role("status").filter(has_text="找到")).to_be_visible()
    expect(page.locator(".hit__title").first).to_have_text("市法院")
    expect(page.locator(".hit__title mark").first).to_have_text("法院")
    expect(page).to_have_url(re.compile(r"\?q=" + quote("法院") + "$"))
    everything = page.locator("[data-status]").inner_text()
    chip = page.get_by_role("button", name=re.compile("^品牌"))
    chip.click()
    expect(page).to_have_url(re.compile(r"&kind=brand$"))
    expect(page.locator("[data-status]")).not_to_have_text(everything)
    expect(page.get_by_role("button", name=re.compile("^品牌"), pressed=True)).to_be_focused()
    filtered = _results(page)
    assert "阳光天平" in filtered
    page.reload()
    expect(page.locator(".hit__title")).to_have_text(filtered)
    expect(field).to_have_value("法院")
    page.go_back()
    expect(page.locator("[data-status]")).to_have_text(everything)
    page.go_forward()
    expect(page.locator(".hit__title")).to_have_text(filtered)
    page.get_by_role("link", name="阳光天平", exact=True).click()
    expect(page).to_have_url(place.url("brands/yangguang-tianping/"))
    page.go_back()
    expect(page.locator(".hit__title")).to_have_text(filtered)
    assert faults == []


@pytest.mark.audit
def test_counts_of_facets_are_what_choosing_them_shows(
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page = visit().new_page()
    page.goto(places["host"].url("search/") + "?q=" + quote("党建"))
    expect(page.locator("[data-facets] .chip").first).to_be_visible()
    chips = page.locator("[data-facet=kind]").evaluate_all(
        "all => all.map(each => [each.dataset.id, Number(each.querySelector('small').textContent)])"
    )
    total = int(re.search(r"\d+", page.locator("[data-status]").inner_text())[0])
    assert sum(count for _, count in chips) == total
    for kind, count in chips:
        page.goto(places["host"].url("search/") + f"?q={quote('党建')}&kind={kind}")
        expect(page.locator("[data-status]")).to_have_text(f"找到 {count} 条")


@pytest.mark.audit
def test_more_results_come_when_asked_for_and_take_the_focus(
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page = visit().new_page()
    page.goto(places["host"].url("search/") + "?q=" + quote("党"))
    expect(page.locator(".hit")).to_have_count(10)
    page.locator("button[data-more]").click()
    expect(page.locator(".hit")).to_have_count(20)
    expect(page.locator(".hit__link").nth(10)).to_be_focused()


def test_nothing_found_says_what_to_loosen(
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page, faults = watched(visit(), places["host"])
    page.goto(places["host"].url("search/") + f"?q={quote('阳光 没有的词')}")
    expect(page.get_by_role("status").filter(has_text="没有找到")).to_be_visible()
    page.get_by_role("link", name=re.compile("只找“阳光”")).click()
    expect(page.locator(".hit__title").first).to_have_text("阳光天平")
    page.goto(places["host"].url("search/") + f"?q={quote('阳光天平')}&year=2021")
    page.get_by_role("link", name=re.compile("去掉“2021年”")).click()
    expect(page.locator(".hit__title").first).to_have_text("阳光天平")
    assert faults == []


def test_without_scripts_the_page_says_so_and_shows_other_ways(
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page, faults = watched(visit(java_script_enabled=False), places["host"])
    page.goto(places["host"].url(""))
    expect(page.locator("#site-search-field")).to_be_hidden()
    page.get_by_role("link", name="搜索", exact=True).click()
    expect(page).to_have_url(places["host"].url("search/") + "#finder")
    expect(page.locator(".finder__note")).to_be_visible()
    expect(page.locator("#finder")).to_be_hidden()
    page.locator(".finder__ways").get_by_role("link", name="全部页面").click()
    expect(page.locator("h1")).to_be_visible()
    assert faults == []


@pytest.mark.audit
def test_an_index_that_cannot_be_read_is_said_and_no_dead_end(
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page = visit().new_page()
    page.route(re.compile(r"/search/g\d+\.js"), lambda route: route.abort())
    page.goto(places["host"].url("search/") + "?q=" + quote("法院"))
    expect(page.get_by_role("status").filter(has_text="没有读到索引")).to_be_visible()
    page.unroute_all()
    page.locator("#finder").press("Enter")
    expect(page.locator(".hit__title").first).to_have_text("市法院")


@pytest.mark.parametrize("where", ["http", "folder"])
def test_who_searches_while_the_site_is_replaced_finds_what_is_there(
    where: str,
    city_site: Path,
    tmp_path: Path,
    visit: Callable[..., BrowserContext],
) -> None:
    """With one entry fewer before it every number after it is another one: what is kept from before would lead astray."""
    entries = list(_brands(60))
    _put(entries, tmp_path, city_site)
    with served(tmp_path) as base:
        page = visit().new_page()
        page.goto(f"{base}search/" if where == "http" else (tmp_path / "search" / "index.html").as_uri())
        field, hits, status = page.locator("#finder"), page.locator(".hit__link"), page.locator("[data-status]")
        field.fill(entries[40].title)
        expect(hits.first).to_have_attribute("href", re.compile(rf"brands/{entries[40].address.split('/')[1]}/(index.html)?$"))
        field.fill("在")
        expect(status).to_have_text("找到 60 条")
        renamed = replace(entries[40], title="新开的夜间门诊", text=("夜里也有人值守。",))
        _put([*entries[:20], *entries[21:40], renamed, *entries[41:]], tmp_path, city_site)
        page.locator("button[data-more]").click()
        expect(status).to_have_text(re.compile("找到 5[89] 条"))
        expect(hits).to_have_count(10)
        field.fill("夜间门诊")
        expect(page.locator(".hit__title")).to_have_text(["新开的夜间门诊"])
        assert renamed.address in (hits.first.get_attribute("href") or "")
        _put(entries[1:50], tmp_path, city_site)
        for number in (49, 33, 2):
            field.fill(entries[number].title)
            expect(hits.first).to_have_attribute("href", re.compile(rf"{entries[number].address}(index.html)?$"))
            expect(page.locator(".hit__title").first).to_have_text(entries[number].title)
        field.fill("夜间门诊")
        expect(status).to_have_text(re.compile("没有找到"))


# -- markup in titles and in questions


@pytest.mark.audit
def test_markup_is_shown_as_it_was_typed_and_never_becomes_an_element(
    many: tuple[Path, str, Shelf],
    visit: Callable[..., BrowserContext],
) -> None:
    _, base, shelf = many
    page, dialogs = visit().new_page(), []
    page.on("dialog", lambda each: (dialogs.append(each.message), each.dismiss()))
    for query in (EVIL, "onerror", '"><script>window.hit=1</script>', "</title><svg onload=window.hit=1>"):
        page.goto(f"{base}search/?q={quote(query)}&kind={quote(EVIL)}")
        expect(page.locator("[data-status]")).not_to_have_text(re.compile("^(正在.*)?$"))
        page.goto(f"{base}search/?q={quote(query)}")
        expect(page.locator("[data-status]")).not_to_have_text(re.compile("^(正在.*)?$"))
        assert page.locator("main :is(img, script:not([src]), [onload], [onerror])").count() == 0
    assert page.evaluate("window.hit") is None and dialogs == []
    page.goto(f"{base}search/?q={quote('onerror')}")
    expect(page.locator(".hit__title")).to_have_text([shelf.titles[7]])


# -- suggestions


@pytest.mark.parametrize("where", PLACES)
def test_suggestions_come_below_the_field_of_every_header_and_can_be_chosen_by_keyboard(
    where: str,
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    place = places[where]
    page, faults = watched(visit(), place)
    loaded: list[str] = []
    page.on("request", lambda each: loaded.append(each.url))
    page.goto(place.url("brands/yangguang-tianping/"))
    assert not [each for each in loaded if "/search/" in each or "suggest" in each], "a page pays nothing at the start"
    field = page.locator("#site-search-field")
    field.focus()
    page.keyboard.insert_text("yiye")  # one change, one answer
    field = page.get_by_role("combobox", name="搜索全站")
    expect(field).to_have_attribute("aria-expanded", "true")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("一叶知清")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("yiye")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page).to_have_url(place.url("brands/yiye-zhiqing/"))
    assert faults == []


def test_suggestions_that_were_sent_away_stay_away(places: dict[str, Place], visit: Callable[..., BrowserContext]) -> None:
    """Also where more was typed just before, and the answer to it was still to come."""
    page, faults = watched(visit(), places["host"])
    page.goto(places["host"].url("brands/yangguang-tianping/"))
    page.locator("#site-search-field").focus()
    page.keyboard.type("yi", delay=30)
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    page.keyboard.type("ye", delay=30)
    page.keyboard.press("Escape")
    page.wait_for_timeout(500)
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(options.first).to_contain_text("一叶知清")
    expect(options.first).to_have_attribute("aria-selected", "false")
    assert faults == []


@pytest.mark.parametrize("where", PLACES)
def test_the_field_of_the_header_leads_to_all_results(
    where: str,
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    place = places[where]
    page, faults = watched(visit(), place)
    page.goto(place.url("units/"))
    page.locator("#site-search-field").fill("法院")
    page.keyboard.press("Enter")
    expect(page.locator(".hit__title").first).to_have_text("市法院")
    assert page.url == place.url("search/") + "?q=" + quote("法院")
    assert faults == []


# -- for everyone


@pytest.mark.audit
@pytest.mark.parametrize("width", [320, *WIDTHS])
def test_the_page_fits_and_a_finger_can_hit_what_is_on_it(
    width: int,
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page = visit(width, has_touch=True).new_page()
    page.goto(places["host"].url("search/") + "?q=" + quote("党建"))
    expect(page.locator(".hit").first).to_be_visible()
    page.evaluate("document.querySelector('.finder__side').open = true")
    assert page.evaluate("[document.documentElement.scrollWidth, innerWidth]") == [width, width]
    targets = page.locator("main :is(a, button, input, summary):visible, .site-search :is(a, button, input):visible")
    small = [
        (each.inner_text(), box)
        for each in targets.all()
        if (box := each.bounding_box()) and (box["height"] < TOUCH or box["width"] < TOUCH)
    ]
    assert targets.count() > 10 and small == []


@pytest.mark.audit
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_results_and_suggestions_stand_out_from_their_ground(
    scheme: str,
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page = visit(color_scheme=scheme).new_page()
    page.goto(places["host"].url("search/") + f"?q={quote('党建')}&kind=brand")
    expect(page.locator(".hit").first).to_be_visible()
    assert page.evaluate(FAINT_TEXT, CONTRAST)["faults"] == []
    page.goto(places["host"].url("about/"))
    page.locator("#site-search-field").focus()
    page.keyboard.type("党建", delay=30)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert page.evaluate(FAINT_TEXT, CONTRAST)["faults"] == []


@pytest.mark.audit
def test_on_a_phone_the_header_leads_to_the_field(
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page = visit(390, has_touch=True).new_page()
    page.goto(places["host"].url("brands/"))
    expect(page.locator("#site-search")).to_be_hidden()
    page.get_by_role("link", name="搜索", exact=True).tap()
    expect(page.locator("#finder")).to_be_focused()
    page.keyboard.type("法院", delay=30)
    expect(page.locator(".hit__title").first).to_have_text("市法院")
    expect(page.locator(".finder__side")).not_to_have_attribute("open", "")


@pytest.mark.audit
def test_the_field_in_the_header_moves_nothing_when_it_appears(
    places: dict[str, Place],
    visit: Callable[..., BrowserContext],
) -> None:
    page: Any = visit(1280).new_page()
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(each => { window.shift += each.value; }))"
        ".observe({type: 'layout-shift', buffered: true});"
    )
    page.goto(places["host"].url("units/"), wait_until="networkidle")
    assert page.evaluate("window.shift") <= 0.02
