"""The whole pipeline: the same bytes everywhere, nothing leaks, nothing gets through."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.helpers.driver import SiteDriver
from tests.helpers.places import ROOT

SECRET = "绝密不可外传的名称"

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "' onmouseover='alert(1)",
    "{{ 7777 * 7777 }}{% include '/etc/passwd' %}",
    "</title><svg onload=alert(1)>",
    "exhibit-sentinel-body",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
)


def _run(root: Path, out: Path, **environment: str) -> None:
    command = [
        sys.executable,
        "-m",
        "generator",
        "build",
        "--root",
        str(root),
        "--out",
        str(out),
        "--as-of",
        "2026-06-01",
    ]
    jobs = environment.pop("JOBS", "1")
    cache = ["--jobs", jobs, "--cache", str(out.parent / f"{out.name}-cache")]
    subprocess.run(
        [*command, *cache],
        check=True,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


def _bytes(folder: Path) -> dict[str, bytes]:
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


@pytest.mark.audit
@pytest.mark.engine
def test_two_builds_in_different_folders_zones_locales_and_hash_seeds_are_the_same(
    small: SiteDriver, tmp_path: Path
) -> None:
    other = SiteDriver.copy("good/small", tmp_path / "another" / "folder")
    _run(small.root, tmp_path / "one", TZ="Asia/Tokyo", PYTHONHASHSEED="1", LC_ALL="C", JOBS="1")
    _run(other.root, tmp_path / "two", TZ="America/Los_Angeles", PYTHONHASHSEED="4242", LC_ALL="C.UTF-8", JOBS="2")
    one, two = _bytes(tmp_path / "one"), _bytes(tmp_path / "two")
    assert sorted(one) == sorted(two)
    assert [name for name in one if one[name] != two[name]] == []
    assert "manifest.json" in one


def test_deleting_the_cache_changes_no_byte(small: SiteDriver) -> None:
    first = small.build().files()
    small.remove("../cache").build()
    assert small.files() == first


def test_the_clock_alone_changes_no_byte(small: SiteDriver) -> None:
    first = small.build(as_of=date(2026, 6, 1)).files()
    assert small.build(as_of=date(2031, 1, 1)).files() == first
    assert b'"as_of": "2024-05-01"' in first["manifest.json"]


WITHDRAWAL = {"draft": "", "review": "", "withdrawn": "\nwithdrawn_on: 2025-01-02\nwithdrawn_reason: 内容有误"}


@pytest.mark.parametrize("state", ["draft", "review", "withdrawn", "tomorrow"])
def test_what_is_not_public_is_nowhere_in_the_output(small: SiteDriver, state: str) -> None:
    small.copy_folder("brands/qingfeng", "brands/secret").edit("brands/secret/brand.yml", "id: qingfeng", "id: secret")
    small.edit("brands/secret/brand.yml", "name: 清风", f"name: {SECRET}")
    small.edit("brands/secret/brand.yml", "src: img/hall.jpg", "src: img/secret.jpg")
    _other_picture(small)
    if state == "tomorrow":
        small.edit("brands/secret/brand.yml", "published_on: 2024-05-01", "published_on: 2026-06-02")
    else:
        small.edit("brands/secret/brand.yml", "status: published", f"status: {state}{WITHDRAWAL[state]}")
    small.edit("content/about/index.md", "看[清风]", "看[它](../../brands/secret/brand.yml)和[清风]")
    small.edit("brands/qingfeng/brand.yml", "category: fazhi", "category: fazhi\nparent: secret")
    files = small.build().files()
    assert small.is_published(), small.lines()
    pictures = {"IMG-010", "IMG-012"}  # what the other picture is: small, and of one colour
    assert {each.code for each in small.without_copies().problems} <= {"LNK-003", "REF-002", *pictures}
    found = [name for name, content in files.items() if SECRET.encode() in content or b"secret" in content]
    stones = ["b/secret/index.html", "brands/secret/index.html"] if state == "withdrawn" else []
    assert not [name for name, content in files.items() if SECRET.encode() in content]
    assert [name for name in files if "secret" in name] == stones
    assert set(found) <= ({*stones, "manifest.json"} if stones else set())
    assert len([name for name in files if name.startswith("media/")]) == 6
    public = small.build(as_of=date(2026, 6, 2)).files()
    assert ("brands/secret/index.html" in public) == (state in ("tomorrow", "withdrawn"))
    assert any(SECRET.encode() in content for content in public.values()) == (state == "tomorrow")


def _other_picture(site: SiteDriver) -> None:
    from PIL import Image

    Image.new("RGB", (40, 30), (1, 200, 3)).save(site.root / "brands/secret/img/secret.jpg")
    site.edit("brands/secret/story.md", "(img/hall.jpg)", "(img/secret.jpg)")


def test_a_day_begins_where_the_site_is(small: SiteDriver) -> None:
    before = datetime(2024, 4, 30, 15, 59, tzinfo=UTC)
    midnight = datetime(2024, 4, 30, 16, 0, tzinfo=UTC)
    assert "brands/qingfeng/index.html" not in small.build(as_of=before).files()
    assert "brands/qingfeng/index.html" in small.build(as_of=midnight).files()


_SCRIPTED = re.compile(r"[\s\x00-\x20]*(?:javascript|vbscript|data):", re.IGNORECASE)


_OURS = re.compile(r"(?:\.\./)*assets/[a-z-]+\.[0-9a-f]{12}\.js")
_SEARCH = {"class": "finder__form", "role": "search", "action": "../search/", "method": "get"}


class _Active(HTMLParser):
    """Collects what could run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        is_data = dict(attrs) == {"type": "application/ld+json"}  # never run; what would end it early is found here
        is_ours = tag == "script" and (is_data or _OURS.fullmatch(dict(attrs).get("src") or ""))
        is_ours = is_ours or (tag == "form" and dict(attrs) == _SEARCH)
        if not is_ours and tag in ("script", "iframe", "object", "embed", "svg", "style", "form", "base"):
            self.found.append(tag)
        for name, value in attrs:
            leads = name in ("href", "src", "srcset", "action", "formaction", "poster", "data")
            if name.startswith("on") or name == "style" or (leads and _SCRIPTED.match(value or "")):
                self.found.append(f"{tag} {name}={value}")


FIELDS = (
    ("brand.yml", "slogan: 清风徐来", "slogan: {}"),
    ("brand.yml", "alt: 一片叶子", "alt: {}"),
    ("brand.yml", "meaning: 叶子代表清白。", "meaning: {}"),
    ("brand.yml", "concept: 办案如清风，不留尘。", "concept: {}"),
    ("brand.yml", "background: 群众盼公正。", "background: {}"),
    ("brand.yml", 'method_code: "1+2"', "method_code: {}"),
    ("brand.yml", "title: 公开庭审", "title: {}"),
    ("brand.yml", "body: 每周直播一场。", "body: {}"),
    ("brand.yml", "text: 平均审理时间缩短三天。", "text: {}"),
    ("brand.yml", "title: 先进集体", "title: {}"),
    ("brand.yml", "issuer: 省法院", "issuer: {}"),
    ("brand.yml", "caption: 清晨的台阶", "caption: {}"),
    ("brand.yml", "office: 办公室", "office: {}"),
    ("brand.yml", "title: 年度工作报告", "title: {}"),
    ("story.md", "两个字", "{}"),
)


@pytest.mark.few
@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_field_reaches_the_page_as_markup(small: SiteDriver, payload: str) -> None:
    import json

    for file, old, new in FIELDS:
        driver = SiteDriver.copy("good/small", small.root.parent / f"{FIELDS.index((file, old, new))}")
        text = payload if file == "story.md" else json.dumps(payload, ensure_ascii=False)
        driver.edit(f"brands/qingfeng/{file}", old, new.replace("{}", text)).build(keep_going=True)
        for name, content in driver.files().items():
            if name.endswith(".html"):
                parser = _Active()
                parser.feed(content.decode())
                ours = ["style", "script"] if name == "404.html" else []  # in its policy by their digests
                assert parser.found == ours, (file, old, name)
                assert str(7777 * 7777) not in content.decode()


def test_escaping_holds_even_where_the_check_would_have_refused(small: SiteDriver) -> None:
    """The templates escape by themselves: the payloads that pass the check are shown as text."""
    small.edit("brands/qingfeng/brand.yml", "slogan: 清风徐来", 'slogan: "a & b \\" {{ 7777 * 7777 }}"').build()
    page = small.main("brands/qingfeng/")
    assert "a &amp; b &#34; {{ 7777 * 7777 }}" in page


def test_a_preview_goes_on_without_the_broken_record(small: SiteDriver) -> None:
    small.copy_folder("brands/qingfeng", "brands/broken").edit("brands/broken/brand.yml", "id: qingfeng", "id: broken")
    small.edit("brands/broken/brand.yml", "unit: court", "unit: nowhere")
    small.edit("content/units.yml", "name: 小城教育局", "nome: 小城教育局").build(keep_going=True)
    assert small.is_published()
    files = small.files()
    assert "brands/qingfeng/index.html" in files
    assert "brands/broken/index.html" not in files
    assert "units/court/index.html" in files
    assert "units/school-office/index.html" not in files


def test_links_for_sticks_name_the_file(small: SiteDriver) -> None:
    page = small.build(links="file").page("brands/qingfeng/")
    assert 'href="../../content' not in page
    assert 'href="../../about/index.html"' in page
    assert 'href="../../brands/index.html"' in page


def test_a_broken_configuration_still_lets_the_records_be_checked(small: SiteDriver) -> None:
    small.edit("site_config.yml", "name: 小城品牌展", "nome: 小城品牌展").edit(
        "brands/qingfeng/brand.yml", "slogan", "slogna"
    ).build()
    assert [code for code, _, _ in small.codes()] == ["SCH-002", "SCH-002"]
    assert not small.is_published()


def test_nothing_is_written_into_the_sources(small: SiteDriver) -> None:
    before = _bytes(small.root)
    small.build()
    assert _bytes(small.root) == before
