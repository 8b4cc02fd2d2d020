"""Frozen years in the live site: carried byte for byte, told of on pages, and never the reason for another page to be another."""

from __future__ import annotations

import json
import re
import time
import tracemalloc
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from generator.ledger.locks import Thaw, path_of, read_locks, written
from generator.pipeline import survey
from generator.policy import Policy
from generator.publishing import headers, manifest, publish
from generator.publishing.manifest import read_manifest
from generator.source.files import discover
from generator.themes.basis import Basis
from tests.helpers.driver import SiteDriver, put_files
from tests.helpers.frozen import BRAND, alter, freeze, lay, record

ADDRESS = "https://show.example.org/pinpai/"
ID = "c604094d-5afb-5e10-825b-b75d53b35d92"
TICK = 0.1  # seconds; of what was written only now the times do not tell every change


@pytest.fixture
def frozen(small: SiteDriver) -> SiteDriver:
    small.write("site_config.yml", (small.root / "site_config.yml").read_text("utf-8") + f"address: {ADDRESS}\nid: {ID}\n")
    for year in (2023, 2024):
        lay(small.root, year, more={"assets/same.css": b"a{}\n"})
    return small


def _of_year(files: Mapping[str, bytes], year: int) -> dict[str, bytes]:
    return {name: each for name, each in files.items() if name.startswith(f"{year}/")}


def _sources(root: Path, year: int) -> dict[str, bytes]:
    folder = root / "archives"
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in (folder / str(year)).rglob("*") if each.is_file()}


# -- files --------------------------------------------------------------------------------------------------------------


def test_a_frozen_year_is_published_byte_for_byte_and_listed(frozen: SiteDriver) -> None:
    files = frozen.build().files()
    for year in (2023, 2024):
        assert _of_year(files, year) == _sources(frozen.root, year)
    listed = json.loads(files["manifest.json"])["files"]
    assert {f"2024/{name}" for name in ("index.html", "manifest.json", "archive/archive.json")} <= listed.keys()


def test_no_twin_of_a_frozen_file_is_made(frozen: SiteDriver) -> None:
    files = frozen.build(precompress=True).files()
    assert [each for each in files if each.endswith(".gz")]
    assert not [each for each in _of_year(files, 2024) if each.endswith(".gz")]


def test_a_second_build_keeps_the_very_files_without_a_look_into_them(frozen: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    frozen.build()
    time.sleep(TICK)
    frozen.build()
    before = {name: (frozen.out / name).stat() for name in _of_year(frozen.files(), 2024)}

    def refuse(*_: object) -> str:
        raise AssertionError("a look into a frozen file")

    laid: list[str] = []
    lay_file = publish._lay

    def noted(staging: Any, name: str, *more: Any) -> Any:
        laid.append(name)
        return lay_file(staging, name, *more)

    monkeypatch.setattr(publish, "_lay", noted)
    monkeypatch.setattr("generator.ledger.folders._digest", refuse)
    frozen.build()
    assert frozen.is_published() and laid and not [each for each in laid if each.startswith("202")]
    assert {name: (frozen.out / name).stat().st_ino for name in before} == {name: each.st_ino for name, each in before.items()}
    assert {name: (frozen.out / name).stat().st_mtime_ns for name in before} == {name: each.st_mtime_ns for name, each in before.items()}


def test_what_somebody_changed_in_the_published_site_is_made_good(frozen: SiteDriver) -> None:
    frozen.build()
    time.sleep(TICK)
    file = frozen.out / "2024/index.html"
    file.write_bytes(b"x" * file.stat().st_size)
    assert _of_year(frozen.build().files(), 2024) == _sources(frozen.root, 2024)


@pytest.mark.parametrize("change", ["another year", "thawed and frozen anew", "thawed", "an edit", "nothing"])
def test_a_build_on_top_of_another_gives_the_same_as_a_first_one(change: str, frozen: SiteDriver, tmp_path: Path) -> None:
    frozen.build()
    time.sleep(TICK)
    if change == "another year":
        lay(frozen.root, 2022, [BRAND, record("unit", "court", "小城法院", "units/court/")])
    elif change.startswith("thawed"):
        lock = read_locks(discover(frozen.root)[0]).sound[2024].data
        thaw = Thaw(on=date(2025, 3, 1), by="办公室", reason="错字", digest=lock.digest)
        if change == "thawed":
            frozen.write(path_of(2024), written(lock.model_copy(update={"thawed": (thaw,)})))
        else:
            lay(frozen.root, 2024, [{**BRAND, "title": "清风"}], thawed=(thaw,))
    elif change == "an edit":
        frozen.write("brands/qingfeng/story.md", "## 由来\n\n另一个故事。\n")
    again = frozen.build().files()
    assert frozen.is_published(), frozen.lines()
    cold = SiteDriver(frozen.root)
    cold.out = tmp_path / "cold"
    assert cold.build(cache=tmp_path / "other").files() == again


def test_the_files_of_a_year_are_not_held(small: SiteDriver) -> None:
    size = 8 << 20
    small.build()
    lay(small.root, 2024, more={f"media/{number}.bin": bytes([number]) * size for number in range(6)})
    tracemalloc.start()
    try:
        small.build()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert small.is_published()
    assert peak < 5 * size, "less than all of them"


def test_the_edition_of_a_year_has_no_other_years(frozen: SiteDriver) -> None:
    files = frozen.build(year=2024).files()
    assert frozen.is_published(), frozen.lines()
    assert not [each for each in files if re.match(r"[0-9]{4}/|versions/|timemaps/", each)]
    assert "memento" not in files["brands/qingfeng/index.html"].decode()


def test_a_preview_shows_them_and_outlives_one_that_is_damaged(frozen: SiteDriver) -> None:
    frozen.build(keep_going=True)
    assert "2024/index.html" in frozen.files()
    alter(frozen.root, "2024/index.html", b"changed")
    files = frozen.build(keep_going=True).files()
    assert frozen.is_published() and "2023/index.html" in files and "2024/index.html" not in files
    assert [each.code for each in frozen.problems if each.code.startswith("ARC")] == ["ARC-001"]


def test_nothing_else_stands_in_a_frozen_year(frozen: SiteDriver) -> None:
    config = (frozen.root / "site_config.yml").read_text("utf-8")
    frozen.write("site_config.yml", config + "redirects:\n- {old: 2024/alt/, new: about/}\n").build()
    assert not frozen.is_published()
    assert [(each.code, each.span.path) for each in frozen.problems] == [("ARC-007", "site_config.yml")]
    frozen.build(keep_going=True)
    assert frozen.is_published() and "2024/index.html" not in frozen.files()


def test_a_page_of_the_content_in_a_frozen_year_is_told_once(frozen: SiteDriver) -> None:
    frozen.write("content/2024/index.md", "---\ntitle: 旧页\nstatus: published\npublished_on: 2024-01-01\n---\n正文。\n").build()
    assert [each.code for each in frozen.problems if each.code.startswith(("ARC", "ID"))] == ["ID-024"]


def test_a_year_that_was_published_may_not_become_another_one(frozen: SiteDriver) -> None:
    frozen.build()
    lay(frozen.root, 2024, [{**BRAND, "title": "别的"}])
    frozen.build()
    assert not frozen.is_published() and [each.code for each in frozen.problems] == ["ARC-001"]
    frozen.remove("archives/2024").remove(path_of(2024)).build()
    assert not frozen.is_published() and [each.code for each in frozen.problems] == ["ARC-001"]


def test_a_submission_may_not_take_back_a_year_of_its_base(frozen: SiteDriver, tmp_path: Path) -> None:
    base = SiteDriver.copy("good/small", tmp_path / "base")
    lay(base.root, 2024, [{**BRAND, "title": "别的"}])
    lay(base.root, 2021)
    settings = frozen.settings(basis=Basis(frozen.settings().counting().theme, base.root))
    assert [(each.code, each.span.path) for each in survey(settings).problems if each.code.startswith("ARC")] == [
        ("ARC-001", path_of(2021)),
        ("ARC-001", path_of(2024)),
    ]


# -- pages --------------------------------------------------------------------------------------------------------------


def test_a_record_leads_to_its_states_and_they_lead_back(frozen: SiteDriver) -> None:
    frozen.build()
    page = frozen.page("brands/qingfeng/")
    for year in (2024, 2023):
        assert f'<a rel="memento" href="../../{year}/brands/qingfeng/">' in page
        assert f'<link rel="memento" title="{year}年封存版" href="../../{year}/brands/qingfeng/">' in page
    assert '<link rel="timemap" type="application/link-format" href="../../timemaps/brands/qingfeng.link">' in page
    versions = frozen.page("versions/brands/")
    assert 'id="qingfeng"' in versions and 'href="../../brands/qingfeng/"' in versions
    assert versions.index('href="../../2024/brands/qingfeng/"') < versions.index('href="../../2023/brands/qingfeng/"')
    assert 'href="../2024/"' in frozen.page("years/") and 'href="../../2024/"' in frozen.page("years/2024/")


def test_a_page_of_the_content_has_its_states_too(small: SiteDriver) -> None:
    lay(small.root, 2024, [record("page", "about", "关于", "about/")])
    small.build()
    assert 'href="../2024/about/"' in small.main("about/")
    assert 'id="about"' in small.page("versions/"), "it belongs to no section"


def test_a_record_that_is_gone_keeps_its_states(small: SiteDriver) -> None:
    lay(small.root, 2024, [record("brand", "jiuming", "旧名", "brands/jiuming/"), record("relic", "x", "遗物", "relics/x/")])
    small.build()
    main = small.main("versions/brands/")
    assert 'id="jiuming"' in main and "现在没有这一页" in main and 'href="../../2024/brands/jiuming/"' in main
    assert "relic" in small.main("versions/relics/"), "a kind that this version does not know"


def test_a_thaw_is_shown(small: SiteDriver) -> None:
    thaw = Thaw(on=date(2025, 3, 1), by="机关工委<办公室>", reason="授权到期", digest="0" * 64)
    lay(small.root, 2024, thawed=(thaw,))
    small.build()
    for page in ("years/", "versions/", "versions/brands/"):
        assert "2025年3月1日由机关工委&lt;办公室&gt;启封" in small.main(page), page
        assert "原因：授权到期" in small.main(page)


def test_without_frozen_years_nothing_tells_of_any(small: SiteDriver) -> None:
    files = small.build().files()
    assert not [each for each in files if each.startswith(("versions/", "timemaps/"))]
    assert "封存" not in "".join(each.decode() for name, each in files.items() if name.endswith(".html"))


def test_the_citation_and_the_imprint_name_the_newest_frozen_page(frozen: SiteDriver) -> None:
    lay(frozen.root, 2024, [{**BRAND, "title": "旧题"}])
    frozen.build()
    page = frozen.page("brands/qingfeng/")
    digest = json.loads((frozen.root / "archives/2024/archive/archive.json").read_bytes())["records"][0]["sha256"]
    (cited,) = re.findall(r'id="citation"[^>]*>([^<]*)<', page)
    assert cited.endswith(f"2024(2024-05-01)[引用日期]. {ADDRESS}2024/brands/qingfeng/. SHA-256: {digest[:16]}.")
    assert "旧题[EB/OL]" in cited
    assert f'<p class="imprint__frozen">{ADDRESS}2024/brands/qingfeng/ SHA-256: {digest[:16]}</p>' in page
    assert digest in page, "the whole of it is in the data"


def test_without_an_address_the_file_is_named(small: SiteDriver) -> None:
    lay(small.root, 2024)
    files = small.build().files()
    assert "]. 2024/brands/qingfeng/index.html. SHA-256: " in files["brands/qingfeng/index.html"].decode()
    assert not [each for each in files if each.startswith("timemaps/")], "whose addresses are complete ones"


def test_from_a_folder_every_link_names_its_file(frozen: SiteDriver) -> None:
    frozen.build(links="file")
    page = frozen.page("brands/qingfeng/")
    assert 'href="../../2024/brands/qingfeng/index.html"' in page and 'href="../../versions/brands/index.html#qingfeng"' in page
    assert 'href="../../2024/brands/qingfeng/index.html"' in frozen.page("versions/brands/")


def test_a_frozen_page_is_in_no_search_and_no_site_map(frozen: SiteDriver) -> None:
    files = frozen.build().files()
    assert f"{ADDRESS}versions/brands/".encode() in files["sitemap.xml"]
    assert f"{ADDRESS}2024/".encode() not in files["sitemap.xml"]
    searched = b"".join(each for name, each in files.items() if name.startswith("search/"))
    assert b"2024/brands" not in searched


def test_a_real_edition_is_carried_and_found(small: SiteDriver) -> None:
    freeze(small.root, 2024)
    files = small.build().files()
    assert small.is_published(), small.lines()
    assert _of_year(files, 2024) == _sources(small.root, 2024)
    assert 'href="../../2024/brands/qingfeng/"' in small.page("brands/qingfeng/")


# -- what a server says -------------------------------------------------------------------------------------------------


def test_the_recipes_say_of_when_a_frozen_page_is(frozen: SiteDriver) -> None:
    frozen.build()
    for page in _of_year(frozen.files(), 2024):
        assert not page.endswith(".html") or (frozen.out / page).is_file()
    static = headers.written("static", Policy({}), "/", (), "en", (), headers.frozen_of(read_manifest(frozen.out) or {}))
    assert "/2024/*\n  Cache-Control: public, max-age=2592000\n  Memento-Datetime: Mon, 06 Jan 2025 00:00:00 GMT\n" in static
    assert "/2023/*\n" in static and "/timemaps/*\n  Content-Type: application/link-format\n" in static


def test_what_no_manifest_of_ours_says_is_left_out() -> None:
    told = {"2024": {"on": "2025-01-06"}, "x": {"on": "2025-01-06"}, "2023": {"on": 'x" y'}, "2022": [], "2021": {"on": 3}}
    assert headers.frozen_of({"mounted": told}) == {"2024": date(2025, 1, 6)}
    assert headers.frozen_of({"mounted": []}) == headers.frozen_of({}) == {}


def test_a_year_that_is_frozen_anew_keeps_no_file_that_was_given_up(frozen: SiteDriver) -> None:
    lock = lay(frozen.root, 2024, more={"media/photo.jpg": b"consent withdrawn"})
    frozen.build()
    assert (frozen.out / "2024/media/photo.jpg").is_file()
    lay(frozen.root, 2024, thawed=(Thaw(on=date(2025, 3, 1), by="办公室", reason="授权到期", digest=lock.digest),))
    frozen.build()
    assert frozen.is_published() and not (frozen.out / "2024/media").exists()


def test_no_manifest_that_was_laid_there_takes_away_a_year_that_is_not_ours(frozen: SiteDriver) -> None:
    frozen.remove("archives/2023").remove(path_of(2023)).build()
    by_hand = {"2023/manifest.json": b"{}", "2023/index.html": b"by hand"}
    put_files(frozen.out, by_hand)
    told = json.loads((frozen.out / "manifest.json").read_bytes())
    told["mounted"]["2023"] = {"digest": "0" * 64}
    told["files"] |= {name: {"sha256": sha256(each).hexdigest(), "size": len(each)} for name, each in by_hand.items()}
    facts = {name: value for name, value in told.items() if name not in ("files", "seal", "format")}
    (frozen.out / "manifest.json").write_bytes(manifest.written(facts, told["files"]))
    frozen.build()
    assert not frozen.is_published(), "a year that was published is nowhere: ARC-001"
    del facts["mounted"]["2023"]
    (frozen.out / "manifest.json").write_bytes(manifest.written(facts, told["files"]))
    files = frozen.build().files()
    assert frozen.is_published() and {name: files[name] for name in by_hand} == by_hand
