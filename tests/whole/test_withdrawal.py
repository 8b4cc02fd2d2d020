"""What was public leaves a trace: withdrawn records say so at their addresses, lost addresses are reported."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from generator.catalog.kind import Kind
from generator.cli.commands.main import exhibit
from generator.kinds import KINDS
from generator.policy import Policy
from generator.publishing import headers
from tests.helpers.driver import SiteDriver
from tests.helpers.unpublished import MARK, PLAIN, hide, public_record

Site = Callable[[str], SiteDriver]
BRAND, PAGE, SHORT = "brands/qingfeng/brand.yml", "brands/qingfeng/", "b/qingfeng/"
GONE = {"status": "withdrawn", "withdrawn_on": "2026-03-04", "withdrawn_reason": "单位撤并，内容不再适用"}
WITH_PAGES = [each for each in PLAIN if each.address is not None and "#" not in each.address("x")]


def _withdraw(driver: SiteDriver, more: str = "") -> SiteDriver:
    text = "status: withdrawn\nwithdrawn_on: 2026-03-04\nwithdrawn_reason: 单位撤并，内容不再适用"
    return driver.edit(BRAND, "status: published", text + more)


@pytest.mark.few(4)
@pytest.mark.parametrize("kind", WITH_PAGES, ids=lambda kind: kind.name)
def test_every_address_of_a_withdrawn_record_says_so_and_nothing_else(kind: Kind, site: Site) -> None:
    driver = site(f"good/{kind.name}")
    _, _, record = public_record(kind, driver.root)
    assert kind.address is not None
    own = kind.address(record["id"])
    before = set(driver.build().files())
    lost = {each for each in before if each.startswith(own) and each.endswith(".html")}
    short = kind.short_address(record["id"])
    lost |= {f"{short}index.html"} if short else set()
    hide(kind, driver.root, dict(GONE))
    driver.build()
    assert driver.is_published(), driver.lines()
    files = driver.files()
    assert lost and lost <= set(files)
    for name in lost:
        page = files[name].decode()
        assert "已撤下" in page and "2026年3月4日" in page and "原因：单位撤并，内容不再适用" in page, name
        assert '<meta name="robots" content="noindex">' in page
        assert 'http-equiv="refresh"' not in page
    assert not [name for name, content in files.items() if MARK.encode() in content]
    others = {name: content for name, content in files.items() if name not in lost and name != "manifest.json"}
    assert not [
        name for name, content in others.items() if f'"{own}"'.encode() in content or "单位撤并".encode() in content
    ]
    link = re.compile(rf'href="(?:\.\./|\./)*{re.escape(own)}["#]')
    assert not [name for name, content in others.items() if name.endswith(".html") and link.search(content.decode())]
    assert set(json.loads(files["manifest.json"])["withdrawn"]) == {each.removesuffix("index.html") for each in lost}
    assert not [each for each in driver.codes() if each[0] in ("REV-002", "REV-003", "DAT-010", "URL-010")]


def test_a_withdrawn_editorial_page_leaves_one_too(small: SiteDriver) -> None:
    text = (small.root / "content/about/submit.md").read_text("utf-8")
    small.write(
        "content/about/submit.md", text.replace("status: published", "status: withdrawn\nwithdrawn_on: 2026-03-04")
    )
    small.build()
    assert "栏目页已撤下" in small.main("about/submit/") and "2026年3月4日" in small.main("about/submit/")
    assert [code for code, _, _ in small.codes() if code == "REV-002"] == ["REV-002"], "the reason is missing"


def test_machines_are_not_told_of_it(small: SiteDriver) -> None:
    text = (small.root / "site_config.yml").read_text("utf-8")
    small.copy_folder("brands/qingfeng", "brands/stays").edit("brands/stays/brand.yml", "id: qingfeng", "id: stays")
    _withdraw(small.write("site_config.yml", f"{text}\naddress: https://show.example.org/pinpai/\n")).build()
    assert small.is_published(), small.lines()
    files = small.files()
    for name, content in files.items():
        if name.startswith(("feeds/", "data/", "search/", "walls/")) or name in ("sitemap.xml", "sitemap/index.html"):
            assert b"qingfeng" not in content, name
    assert not [each for each in files if each.startswith("share/brands/qingfeng")]
    assert b"brands/stays/" in files["sitemap.xml"]


@pytest.mark.parametrize(
    ("change", "is_there"),
    [
        ("published_on: 2024-05-01", True),
        ("", False),  # never had a day
        ("published_on: 2026-04-01", False),  # withdrawn before its day
        ("published_on: 2026-03-04", True),
        ("published_on: 2099-01-01", False),
    ],
)
def test_only_what_was_public_leaves_a_page(change: str, is_there: bool, small: SiteDriver) -> None:
    _withdraw(small).edit(BRAND, "published_on: 2024-05-01", change or "slogan: 清风")
    if not change:
        small.edit(BRAND, "slogan: 清风徐来\n", "")
    small.build()
    assert small.is_published(), small.lines()
    assert (f"{PAGE}index.html" in small.files()) is is_there
    assert (f"{SHORT}index.html" in small.files()) is is_there


def test_a_withdrawal_without_a_word_is_a_warning_and_still_leaves_a_page(small: SiteDriver) -> None:
    small.edit(BRAND, "status: published", "status: withdrawn").build()
    assert [each for each in small.codes() if each[1] == BRAND] == [("REV-002", BRAND, 7)]
    assert small.is_published()
    assert "已经撤下" in small.main(PAGE) and "原因" not in small.main(PAGE)
    assert "已经撤下" in small.main(SHORT)


def test_a_day_of_withdrawal_alone_withdraws_nothing_and_says_so(small: SiteDriver) -> None:
    small.edit(BRAND, "status: published", "status: published\nwithdrawn_on: 2026-03-04").build()
    assert [each[0] for each in small.codes()] == ["REV-003"] and not small.is_published()


def test_who_is_led_on_needs_no_page_of_its_own(small: SiteDriver) -> None:
    small.copy_folder("brands/qingfeng", "brands/newer").edit("brands/newer/brand.yml", "id: qingfeng", "id: newer")
    text = (small.root / "site_config.yml").read_text("utf-8")
    small.write("site_config.yml", f"{text}\nredirects:\n  - {{old: brands/qingfeng/, new: brands/newer/}}\n")
    _withdraw(small).build()
    assert small.is_published(), small.lines()
    for old in (PAGE, SHORT):
        assert 'content="0; url=../../brands/newer/"' in small.page(old), old


def test_the_reason_is_text(small: SiteDriver) -> None:
    _withdraw(small, "").edit(BRAND, "单位撤并，内容不再适用", "A & B 撤并 {{ 7 * 7 }}").build()
    assert "A &amp; B 撤并 {{ 7 * 7 }}" in small.main(PAGE)


def test_navigation_leads_to_nothing_that_is_gone(small: SiteDriver) -> None:
    text = (small.root / "site_config.yml").read_text("utf-8")
    small.write(
        "site_config.yml", text.replace("navigation:\n", "navigation:\n  - {title: 清, to: brands/qingfeng/}\n")
    )
    _withdraw(small).build()
    assert ("LNK-003", "site_config.yml") in [each[:2] for each in small.codes()]
    assert f'href="{PAGE}"' not in small.page("index.html")


def test_a_preview_shows_the_same(small: SiteDriver) -> None:
    _withdraw(small).build(keep_going=True)
    assert "品牌已撤下" in small.main(PAGE)


# -- servers -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", ["/", "/pinpai/"])
def test_servers_answer_410_where_they_can(at: str, small: SiteDriver) -> None:
    _withdraw(small).build()
    nginx = headers.of_site(small.out, "nginx", at, (), "zh")
    for address in (PAGE, SHORT):
        line = f"location = {at}{address} {{ error_page 410 {at}{address}index.html; return 410; }}"
        assert nginx.count(line) == 1
        assert (small.out / address / "index.html").is_file()
    assert nginx.count("{") == nginx.count("}")
    static = headers.of_site(small.out, "static", at, (), "zh")
    assert f"{at}{PAGE}\n  X-Robots-Tag: noindex" in static
    assert static.count("X-Robots-Tag") == 2


def test_a_site_without_withdrawals_has_no_such_lines(small: SiteDriver) -> None:
    small.build()
    assert "410" not in headers.of_site(small.out, "nginx", "/", (), "zh")
    assert headers.written("nginx", Policy({}), "/", (), "en") == headers.written(
        "nginx", Policy({}), "/", (), "en", ()
    )


@pytest.mark.parametrize("evil", ["x/; } server {/", "x/\n", "../x/", "x y/", 7, "/etc/"])
def test_no_manifest_writes_into_a_configuration(evil: object) -> None:
    assert headers.withdrawn_of({"withdrawn": [evil, "b/x/"]}) == ("b/x/",)
    assert headers.withdrawn_of({"withdrawn": evil}) == ()


# -- printed addresses that are lost -----------------------------------------------------------------------------------


def _without_links(small: SiteDriver) -> None:
    """Nothing that an author wrote leads to the brand."""
    for file in (small.root / "content").rglob("*.md"):
        file.write_text(re.sub(r"\[([^]]*)\]\([^)]*(?:yml|md)[^)]*\)", r"\1", file.read_text("utf-8")), "utf-8")


def _built(small: SiteDriver) -> SiteDriver:
    small.copy_folder("brands/qingfeng", "brands/stays").edit("brands/stays/brand.yml", "id: qingfeng", "id: stays")
    _without_links(small)
    small.build()
    assert small.is_published(), small.lines()
    return small


def _url(small: SiteDriver) -> list[str]:
    return [each for each in small.lines() if "URL-010" in each]


def test_a_deleted_folder_is_reported_with_both_its_addresses(small: SiteDriver) -> None:
    _built(small).remove("brands/qingfeng").build()
    (told,) = _url(small)
    assert "brands/qingfeng/、b/qingfeng/" in told and "site_config.yml" in told
    assert "- {old: brands/qingfeng/, new: 新地址}" in told and "withdrawn" in told
    assert " warning " in told and small.is_published()
    assert "可能改成了" not in told
    (english,) = [each for each in small.lines("en") if "URL-010" in each]
    assert "{old: brands/qingfeng/, new: its new address}" in english


def test_a_renamed_folder_is_guessed_and_led_on_from_both(small: SiteDriver) -> None:
    _built(small)
    shutil.move(small.root / "brands/qingfeng", small.root / "brands/xinfeng")
    small.edit("brands/xinfeng/brand.yml", "id: qingfeng", "id: xinfeng").build()
    (told,) = _url(small)
    assert "可能改成了 brands/xinfeng/。" in told
    text = (small.root / "site_config.yml").read_text("utf-8")
    small.out = small.root.parent / "again"
    small.write("site_config.yml", f"{text}\nredirects:\n  - {{old: brands/qingfeng/, new: brands/xinfeng/}}\n").build()
    assert small.is_published(), small.lines()
    for old in (PAGE, SHORT):
        assert 'content="0; url=../../brands/xinfeng/"' in small.page(old)
    small.write("site_config.yml", text).build()
    (told,) = _url(small)
    assert "brands/qingfeng/、b/qingfeng/" in told, "a redirect is a promise too"


def test_what_is_withdrawn_is_not_lost_until_its_folder_is(small: SiteDriver) -> None:
    _withdraw(_built(small)).build()
    assert _url(small) == []
    small.remove("brands/qingfeng").build()
    assert len(_url(small)) == 1


def test_lists_may_come_and_go(site: Site) -> None:
    driver = site("good/brand")
    driver.build()
    pages = [each for each in driver.files() if each.startswith("brands/page/") or "/by/" in each]
    assert pages
    for file in sorted(driver.root.glob("brands/*/brand.yml"))[1:]:
        value = yaml.safe_load(file.read_text("utf-8"))
        if value["status"] == "published":
            value |= GONE
            file.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), "utf-8")
    driver.build()
    assert driver.is_published(), driver.lines()
    assert set(pages) - set(driver.files())
    assert _url(driver) == []


def test_a_lost_editorial_page_is_one_problem(small: SiteDriver) -> None:
    _built(small).remove("content/about/submit.md").build()
    (told,) = _url(small)
    assert "about/submit/" in told and "、" not in told.partition("，这次")[0]


def test_nobody_misses_what_a_preview_had(small: SiteDriver) -> None:
    _built(small)
    small.out = small.root.parent / "preview"
    small.build(keep_going=True).remove("brands/qingfeng").build(keep_going=True)
    assert _url(small) == []
    assert _url(small.build()) == []


@pytest.mark.parametrize("listed", [None, 7, "x", [7, None, {}], ["brands/../../x/"]])
def test_any_manifest_is_survived(listed: object, small: SiteDriver) -> None:
    _built(small)
    file = small.out / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | {"addresses": listed}), "utf-8")
    small.build()
    assert small.is_published(), small.lines()


def test_the_command_says_it_and_ends_with_0(small: SiteDriver, tmp_path: Path) -> None:
    common = ["build", "--root", str(small.root), "--as-of", "2026-06-01", "--cache", str(tmp_path / "c")]
    assert CliRunner().invoke(exhibit, common).exit_code == 0
    _without_links(small)
    small.remove("brands/qingfeng")
    second = CliRunner().invoke(exhibit, common)
    assert second.exit_code == 0 and "URL-010" in second.output and "b/qingfeng/" in second.output


def test_every_kind_with_pages_was_tried() -> None:
    assert {each.name for each in WITH_PAGES} >= {
        "brand",
        "project",
        "unit",
        "release",
        "report",
        "video",
        "exhibition",
    }
    assert {each.name for each in WITH_PAGES if each.layout.form != "markdown"} == {each.name for each in KINDS if each.short}
