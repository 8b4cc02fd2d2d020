"""Addresses for ever: a site that would lose a published one is not built, unless it leads on or says that it is gone."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree

import pytest
import yaml

from generator.engines.mkdocs import MkDocsEngine
from generator.ledger.lines import LEDGER, Entry, fresh, parse, written
from generator.ledger.tombstones import TOMBSTONES
from generator.publishing import headers
from generator.stages.addresses import published
from tests.helpers.driver import AS_OF, SiteDriver

Site = Callable[[str], SiteDriver]
BRAND, PAGE, SHORT = "brands/qingfeng/brand.yml", "brands/qingfeng/", "b/qingfeng/"
STONE = "- address: {at}\n  what: 品牌“清风”\n  withdrawn_on: 2026-03-04\n  reason: 单位撤并\n  by: 机关工委办公室\n"
GONE = "status: withdrawn\nwithdrawn_on: 2026-03-04\nwithdrawn_reason: 单位撤并"


def _entries(driver: SiteDriver, as_of: date = AS_OF) -> tuple[Entry, ...]:
    """What is for ever of the site as it would be built."""
    from generator.pipeline import survey

    planned = survey(driver.settings(as_of)).planned
    assert planned is not None
    return tuple(published(planned))


def _kept(driver: SiteDriver) -> SiteDriver:
    """The site with its ledger."""
    return driver.write(LEDGER, written(_entries(driver)))


def _stone(driver: SiteDriver, *addresses: str) -> SiteDriver:
    return driver.write(TOMBSTONES, "".join(STONE.format(at=each) for each in addresses))


def _lost(driver: SiteDriver) -> dict[str, int]:
    """The addresses that are told as lost, each with the line at which it is."""
    lines = (driver.root / LEDGER).read_text("utf-8").splitlines()
    told = [each.span for each in driver.problems if each.code == "URL-001"]
    assert all(each.path == LEDGER and each.column == 1 for each in told)
    return {lines[each.line - 1].split("\t")[0]: each.line for each in told}


@pytest.fixture
def kept(small: SiteDriver) -> SiteDriver:
    """The small site with a second brand, so that there are brands left, and its ledger."""
    small.copy_folder("brands/qingfeng", "brands/stays").edit("brands/stays/brand.yml", "id: qingfeng", "id: stays")
    for file in (small.root / "content").rglob("*.md"):  # nothing that an author wrote leads to the brand
        file.write_text("\n".join(each for each in file.read_text("utf-8").splitlines() if "](" not in each) + "\n", "utf-8")
    _kept(small).check()
    assert [each for each in small.codes() if each[0].startswith(("URL", "LNK"))] == []
    return small


# -- what is for ever --------------------------------------------------------------------------------------------------


def test_the_ledger_has_every_address_that_is_for_ever_and_no_other(site: Site) -> None:
    driver = site("good/exhibition").build()
    files = {each.removesuffix("index.html") for each in driver.files()}
    entries = {each.address: each for each in _entries(driver)}
    assert entries.keys() <= files, "all of them are there"
    left = {each for each in files - entries.keys() if not each.startswith(("assets/", "media/", "search/", "seen/1/", "share/", "walls/"))}
    assert {each for each in left if "page/" not in each} == {"404.html", "manifest.json"}
    assert any(each.endswith(".ics") for each in entries)
    assert any(each.startswith("feeds/") and each.endswith(".xml") for each in entries)
    assert entries["data/exhibition.json"].subject == "data"
    assert entries[""].subject == entries["exhibitions/"].subject == "page"


def test_a_record_is_named_with_all_its_addresses_and_its_day(site: Site) -> None:
    driver = site("good/release")
    year = next(driver.root.glob("content/releases/*/release.yml")).parent.name
    found = [each for each in _entries(driver) if each.record == ("release", year)]
    assert {each.address for each in found} >= {f"releases/{year}/", f"releases/{year}/ceremony/", f"r/{year}/"}
    assert len({each.day for each in found}) == 1


def test_the_clock_changes_nothing(kept: SiteDriver) -> None:
    assert _entries(kept) == _entries(kept, date(2026, 12, 24))


def test_films_and_captions_are_named_by_their_content_and_are_no_promise(site: Site) -> None:
    driver = site("good/video").build()
    assert [each for each in driver.files() if each.startswith("videos/") and each.endswith((".mp4", ".vtt"))]
    assert [each.address for each in _entries(driver) if each.address.endswith((".mp4", ".vtt"))] == []


def test_what_was_withdrawn_or_leads_on_is_for_ever_too(small: SiteDriver) -> None:
    small.edit(BRAND, "status: published", GONE)
    text = (small.root / "site_config.yml").read_text("utf-8")
    small.write("site_config.yml", f"{text}\nredirects:\n  - {{old: old/place/, new: about/}}\n  - {{old: brands/old/, new: about/}}\n")
    _stone(small, "brands/gone/")
    subjects = {each.address: each.subject for each in _entries(small)}
    assert subjects[PAGE] == subjects[SHORT] == "brand:qingfeng"
    for address in ("old/place/", "brands/old/", "b/old/", "brands/gone/", "b/gone/"):
        assert subjects[address] == "former", address


def test_further_pages_of_a_wall_may_come_and_go(small: SiteDriver) -> None:
    for number in range(6):
        small.copy_folder("brands/qingfeng", f"brands/more-{number}")
        small.edit(f"brands/more-{number}/brand.yml", "id: qingfeng", f"id: more-{number}")
    small.build()
    assert [each for each in small.files() if each.startswith("brands/page/2/")]
    assert [each.address for each in _entries(small) if "/page/" in each.address] == []


def test_the_wall_of_a_unit_may_come_and_go(small: SiteDriver) -> None:
    """A unit has one for as long as it has more brands than a page of the wall holds."""
    ids = [f"more-{number}" for number in range(6)]
    small.with_brands(*ids)
    for id in ids[::2]:
        small.edit(f"brands/{id}/brand.yml", "year: 2024", "year: 2023")
    promised = {each.address for each in _entries(_kept(small)) if each.address.startswith("units/court/")}
    assert promised == {"units/court/", "units/court/by/year/", "units/court/by/year/2024/", "units/court/by/year/2023/"}
    small.edit("site_config.yml", "wall_page: 4", "wall_page: 8").build()
    assert small.is_published() and _lost(small) == {}
    assert 'url=../../../../../units/court/"' in small.page("units/court/by/year/2023/")


# -- what is lost ------------------------------------------------------------------------------------------------------


def test_a_deleted_record_is_told_at_the_line_of_each_of_its_addresses(kept: SiteDriver) -> None:
    kept.remove("brands/qingfeng").build()
    assert not kept.is_published()
    assert set(_lost(kept)) == {PAGE, SHORT}
    for language, words in (("zh", ("已经公布", "tombstones.yml", f"address: {PAGE}")), ("en", ("was published on 2024-05-01", f"address: {PAGE}"))):
        told = [each for each in kept.lines(language) if "URL-001" in each]  # type: ignore[arg-type]
        assert all(word in line for line in told for word in words)


@pytest.mark.parametrize("how", ["draft", "later"])
def test_what_is_no_longer_public_is_lost(how: str, kept: SiteDriver) -> None:
    change = ("status: published", "status: draft") if how == "draft" else ("published_on: 2024-05-01", "published_on: 2099-01-01")
    kept.edit(BRAND, *change).check()
    assert set(_lost(kept)) == {PAGE, SHORT}


def test_a_record_that_cannot_be_read_is_one_problem(kept: SiteDriver) -> None:
    kept.edit(BRAND, "slogan:", "slogna:").check()
    assert _lost(kept) == {}
    kept.remove("brands/stays").check()
    assert set(_lost(kept)) == {"brands/stays/", "b/stays/"}, "which is told all the same"


def test_a_roster_that_cannot_be_read_is_no_loss(kept: SiteDriver) -> None:
    kept.write("content/units.yml", "- [\n").check()
    assert kept.problems and _lost(kept) == {}


def test_a_withdrawn_record_loses_nothing(kept: SiteDriver) -> None:
    """Not even where nothing else is left: the lists lead on, the tables and feeds are empty."""
    kept.edit(BRAND, "status: published", GONE).edit("brands/stays/brand.yml", "status: published", GONE).build()
    assert _lost(kept) == {} and kept.is_published(), kept.lines()
    assert "已撤下" in kept.main(PAGE)
    files = kept.files()
    for address in (each.address for each in parse((kept.root / LEDGER).read_text("utf-8"))[0]):
        assert (f"{address}index.html" if address.endswith("/") or not address else address) in files
    assert files["data/brands.csv"].decode("utf-8-sig").count("\n") == 1, "the headings alone"
    assert json.loads(files["data/brands.json"])["rows"] == []


def test_a_list_that_has_nothing_to_list_leads_to_the_page_above_it(kept: SiteDriver) -> None:
    kept.edit(BRAND, "status: published", GONE).edit("brands/stays/brand.yml", "status: published", GONE)
    kept.build()
    assert kept.is_published(), kept.lines()
    lists = [each for each in kept.files() if each.startswith("brands/") and PAGE not in each and "stays" not in each]
    assert "brands/index.html" in lists and len(lists) > 3
    for each in lists:
        assert 'http-equiv="refresh"' in kept.files()[each].decode()
        assert "brands/" not in kept.main("sitemap/")


def test_a_table_that_nothing_makes_any_more_is_lost_until_a_tombstone_says_so(kept: SiteDriver) -> None:
    text = (kept.root / LEDGER).read_text("utf-8").replace("data/brands", "data/brandz")
    kept.write(LEDGER, text).check()
    assert set(_lost(kept)) == {"data/brandz.csv", "data/brandz.json", "data/brandz.xlsx"}
    told = next(each for each in kept.lines() if "URL-001" in each)
    assert "address: data/brandz/" in told, "one is enough"
    _stone(kept, "data/brandz/").build()
    assert kept.is_published(), kept.lines()
    assert "data/brandz.csv" in json.loads(kept.files()["manifest.json"])["withdrawn"]


def test_the_feed_of_a_unit_stays_as_long_as_the_unit(kept: SiteDriver) -> None:
    feeds = [each for each in _entries(kept) if each.address.startswith("feeds/units/")]
    assert feeds
    kept.edit(BRAND, "status: published", GONE).edit("brands/stays/brand.yml", "status: published", GONE).build()
    assert kept.is_published(), kept.lines()
    for each in feeds:
        content = kept.files()[each.address]
        if each.address.endswith(".xml"):
            root = ElementTree.fromstring(content)  # noqa: S314  made by us
            assert root.findtext("{http://www.w3.org/2005/Atom}updated") == "2026-03-04T00:00:00+08:00"
            assert root.findall("{http://www.w3.org/2005/Atom}entry") == []
        else:
            assert json.loads(content)["items"] == []


def test_what_was_first_published_later_is_not_missed_in_the_site_of_an_earlier_day(kept: SiteDriver) -> None:
    text = (kept.root / LEDGER).read_text("utf-8")
    kept.write(LEDGER, f"{text}zukunft/\tpage:zukunft\t2026-06-02\n").check(date(2026, 6, 1))
    assert _lost(kept) == {}
    assert set(_lost(kept.check(date(2026, 6, 2)))) == {"zukunft/"}


def test_the_edition_of_a_year_is_asked_for_nothing(kept: SiteDriver) -> None:
    kept.remove("brands/qingfeng")
    kept.build(year=2024)
    assert _lost(kept) == {} and kept.is_published(), kept.lines()


def test_a_preview_is_made_all_the_same(kept: SiteDriver) -> None:
    kept.remove("brands/qingfeng").build(keep_going=True)
    assert set(_lost(kept)) == {PAGE, SHORT} and kept.is_published()


def test_without_a_ledger_nothing_is_asked_for(small: SiteDriver) -> None:
    small.build()
    assert small.is_published() and [each for each in small.codes() if each[0].startswith("URL")] == []


# -- redirects and tombstones ------------------------------------------------------------------------------------------


def test_a_redirect_keeps_both_addresses_of_a_record(kept: SiteDriver) -> None:
    text = (kept.root / "site_config.yml").read_text("utf-8")
    kept.remove("brands/qingfeng").write("site_config.yml", f"{text}\nredirects:\n  - {{old: {PAGE}, new: brands/stays/}}\n")
    kept.build()
    assert _lost(kept) == {} and kept.is_published(), kept.lines()


def test_a_redirect_that_leads_nowhere_is_one_problem(kept: SiteDriver) -> None:
    text = (kept.root / "site_config.yml").read_text("utf-8")
    kept.remove("brands/qingfeng").write("site_config.yml", f"{text}\nredirects:\n  - {{old: {PAGE}, new: brands/no/}}\n").check()
    codes = [code for code, _, _ in kept.codes() if code.startswith("URL")]
    assert codes == ["URL-003"]


def test_a_tombstone_says_what_when_why_and_by_whom_at_all_addresses(kept: SiteDriver) -> None:
    _stone(kept.remove("brands/qingfeng"), PAGE).build()
    assert _lost(kept) == {} and kept.is_published(), kept.lines()
    for address in (PAGE, SHORT):
        page = kept.page(address)
        for words in ("品牌“清风”已撤下", "2026年3月4日", "原因：单位撤并", "撤下单位：机关工委办公室"):
            assert words in page, address
        assert '<meta name="robots" content="noindex">' in page
    assert set(json.loads(kept.files()["manifest.json"])["withdrawn"]) == {PAGE, SHORT}


def test_a_tombstone_is_text(kept: SiteDriver) -> None:
    _stone(kept.remove("brands/qingfeng"), PAGE).edit(TOMBSTONES, "单位撤并", "A & B 撤并 {{ 7 * 7 }}").build()
    assert "A &amp; B 撤并 {{ 7 * 7 }}" in kept.main(PAGE)


def test_machines_are_not_told_of_a_tombstone(kept: SiteDriver) -> None:
    text = (kept.root / "site_config.yml").read_text("utf-8")
    kept.write("site_config.yml", f"{text}\naddress: https://show.example.org/pinpai/\n")
    _stone(kept.remove("brands/qingfeng"), PAGE).build()
    assert kept.is_published(), kept.lines()
    for name, content in kept.files().items():
        if name.startswith(("feeds/", "data/", "search/", "walls/")) or name in ("sitemap.xml", "sitemap/index.html"):
            assert b"qingfeng" not in content and "清风”".encode() not in content, name


def test_one_tombstone_stands_for_all_below_and_for_the_files_of_the_page(site: Site) -> None:
    driver = _kept(site("good/exhibition"))
    calendar = next(each.address for each in _entries(driver) if each.address.endswith(".ics"))
    folder = driver.root / "content" / calendar.rpartition("/")[0]
    own = f"exhibitions/{folder.name}/"
    promised = [each.address for each in _entries(driver) if each.record == ("exhibition", folder.name)]
    assert any(each.endswith(".ics") for each in promised) and len(promised) > 2
    driver.remove(folder.relative_to(driver.root).as_posix()).check()
    assert set(_lost(driver)) >= set(promised)
    _stone(driver, own).check()
    assert set(_lost(driver)).isdisjoint(promised)


def test_a_tombstone_for_what_is_alive_is_a_problem_and_changes_nothing(kept: SiteDriver) -> None:
    _stone(kept, PAGE, SHORT, "brands/", "data/brands.csv", "feeds/all.xml").check()
    assert [each[0] for each in kept.codes() if each[0].startswith(("URL", "ID"))] == ["URL-008"] * 5
    assert all("还有内容" in each for each in kept.lines() if "URL-008" in each)


def test_a_tombstone_for_a_withdrawn_record_is_one_too_many(kept: SiteDriver) -> None:
    _stone(kept.edit(BRAND, "status: published", GONE), PAGE).check()
    assert [each[0] for each in kept.codes() if each[0].startswith("URL")] == ["URL-008"]


def test_a_tombstone_with_a_mistake_is_one_problem(kept: SiteDriver) -> None:
    _stone(kept.remove("brands/qingfeng"), PAGE).edit(TOMBSTONES, "2026-03-04", "去年").check()
    assert [each[0] for each in kept.codes() if each[0].startswith(("URL", "DAT"))] == ["DAT-001"]


def test_tombstones_that_cannot_be_read_are_one_problem(kept: SiteDriver) -> None:
    kept.remove("brands/qingfeng").write(TOMBSTONES, "address: [\n").check()
    assert kept.problems and _lost(kept) == {}


def test_a_tombstone_is_the_last_change_of_a_site(kept: SiteDriver) -> None:
    before = kept.public().today
    _stone(kept.remove("brands/qingfeng"), PAGE)
    assert before is not None and before < date(2026, 3, 4) == kept.public().today


def test_the_second_build_of_the_same_site_is_the_same_and_a_new_tombstone_changes_it(kept: SiteDriver) -> None:
    _stone(kept.remove("brands/qingfeng"), PAGE).build()
    first = kept.files()
    assert kept.build().files() == first
    kept.edit(TOMBSTONES, "单位撤并", "改了名称").build()
    assert "原因：改了名称" in kept.main(SHORT)


def test_static_hosts_are_told_of_pages_alone(site: Site) -> None:
    driver = site("good/ledger").remove_if_there("expected").build()
    assert driver.is_published(), driver.lines()
    static = headers.of_site(driver.out, "static", "/", (), "zh")
    assert "/brands/jiuming/\n  X-Robots-Tag: noindex" in static
    assert "brands.csv" not in static and ".json" not in static
    nginx = headers.of_site(driver.out, "nginx", "/pinpai/", (), "zh")
    assert "location = /pinpai/data/brands.csv { error_page 410 /pinpai/404.html; return 410; }" in nginx
    assert "location = /pinpai/history/1949/ { error_page 410 /pinpai/history/1949/index.html; return 410; }" in nginx


@pytest.mark.engine
def test_the_real_engine_frames_a_tombstone(site: Site) -> None:
    driver = site("good/ledger").remove_if_there("expected").build(engine=MkDocsEngine())
    assert driver.is_published(), driver.lines()
    assert "品牌“旧名”已撤下" in driver.main("b/jiuming/")


# -- the ledger grows --------------------------------------------------------------------------------------------------


def test_a_record_more_is_a_line_more_for_each_of_its_addresses(kept: SiteDriver) -> None:
    before = (kept.root / LEDGER).read_text("utf-8")
    kept.copy_folder("brands/stays", "brands/neu").edit("brands/neu/brand.yml", "id: stays", "id: neu")
    known = parse(before)[0]
    new = [*fresh(known, _entries(kept))]
    assert [each.address for each in new] == ["brands/neu/", "b/neu/"]
    after = written((*known, *new))
    assert set(after.splitlines()) - set(before.splitlines()) == {f"{each}\tbrand:neu\t2024-05-01" for each in ("brands/neu/", "b/neu/")}


def test_the_repository_keeps_a_ledger_of_its_own() -> None:
    from tests.helpers.places import ROOT

    entries, problems = parse((ROOT / LEDGER).read_text("utf-8"))
    assert problems == ()
    assert {"", "brands/", "b/yangguang-tianping/", "feeds/all.xml", "data/brands.csv"} <= {each.address for each in entries}


def test_a_small_yaml_of_stones_is_what_the_schema_says() -> None:
    from generator.outputs.data.jsonschema import tombstone_schema

    fields = tombstone_schema()["items"]
    assert fields["required"] == list(yaml.safe_load(STONE.format(at="x/"))[0])
