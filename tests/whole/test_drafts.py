"""Drafts: looked at in a preview, marked wherever they are named, and in no build for publication."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.catalog.kind import Kind
from generator.cli.commands.main import exhibit
from generator.kinds import KINDS
from generator.pages.unpublished import MOST
from generator.preview.panels import panel
from generator.problems import Problem
from tests.helpers.driver import SiteDriver
from tests.helpers.properties import examples
from tests.helpers.unpublished import HALF, MARK, PLAIN, SIGN, STATES, hide, public_record

Site = Callable[[str], SiteDriver]
BRAND, PAGE = "brands/qingfeng/brand.yml", "brands/qingfeng/"
FOUNDED_LATER = {"valid_from": date(2099, 1, 1), "valid_to": None, "successor": None}


def _changes(kind: Kind, state: str) -> dict[str, Any]:
    if state == "tomorrow" and "valid_from" in kind.model.model_fields:
        return FOUNDED_LATER
    return STATES[state]


def _run(driver: SiteDriver, *arguments: str) -> Result:
    common = ["--root", str(driver.root), "--as-of", "2026-06-01", "--cache", str(driver.root.parent / "cache")]
    return CliRunner().invoke(exhibit, [arguments[0], *common, *arguments[1:]])


SHOWN = [kind for kind in PLAIN if kind.address is not None and not kind.model.is_secret]


@pytest.mark.few(6)
@pytest.mark.parametrize("state", ["draft", "review", "tomorrow"])
@pytest.mark.parametrize("kind", SHOWN, ids=lambda kind: kind.name)
def test_what_is_not_public_is_shown_in_a_preview_and_only_there(kind: Kind, state: str, site: Site) -> None:
    driver = site(f"good/{kind.name}")
    file, _, record = public_record(kind, driver.root)
    changes = _changes(kind, state)
    hide(kind, driver.root, changes)
    released = driver.build().files()
    assert driver.is_published(), driver.lines()
    previewed = SiteDriver(driver.root)
    previewed.out = driver.root.parent / "preview"
    previewed.build(keep_going=True)
    assert previewed.is_published(), previewed.lines()
    address = kind.address(record["id"]).partition("#")[0]  # type: ignore[misc]
    page = previewed.page(address)
    assert f"{SIGN}{MARK}" in page
    assert '<aside class="unpublished" aria-label="未公开">' in page and "还差哪几步" in page
    assert '<meta name="robots" content="noindex">' in page
    named = [name for name, content in previewed.files().items() if MARK.encode() in content]
    assert len(named) > 1, "it stands in a list too"
    plain = [name for name in named if not name.startswith(("search/", "walls/"))]  # those are packed
    for name in plain:
        content = previewed.files()[name].decode("utf-8", "replace")
        bare = re.sub(r'(?s)<aside class="unpublished".*?</aside>', "", content.replace(f"{SIGN}{MARK}", ""))
        assert MARK not in bare or name.startswith("unpublished/"), name
    assert not [name for name, content in released.items() if MARK.encode() in content or SIGN.encode() in content]
    assert "preview" in json.loads(previewed.files()["manifest.json"])
    assert {each.code for each in driver.problems} == {each.code for each in previewed.problems}


@pytest.mark.parametrize("state", ["draft", "review", "tomorrow"])
def test_a_release_names_nobody_before_its_hour_not_even_in_a_preview(state: str, site: Site) -> None:
    kind = next(each for each in KINDS if each.name == "release")
    driver = site("good/release")
    driver.build()
    file, _, record = public_record(kind, driver.root)
    address = f"releases/{record['id']}/"
    assert "ol" in driver.page(address)
    changes = {**STATES[state], "results": record.get("results")}
    hide(kind, driver.root, changes)
    driver.out = driver.root.parent / "preview"
    driver.build(keep_going=True)
    assert driver.is_published(), driver.lines()
    page = driver.main(address)
    assert f"{SIGN}{record['id']}" in page and "内容到发布时刻才显示" in page
    files = driver.files()
    assert not [name for name, content in files.items() if MARK.encode() in content], "its name may say who was chosen"
    brands = {each["brand"] for each in record["candidates"]}
    names = {each.data.heading for each in driver.outcome.survey.reading.records if each.id in brands}  # type: ignore[union-attr]
    assert not [each for each in names if each in page]
    assert f"{address}ceremony/index.html" not in files
    assert not [name for name in files if name.startswith(f"share/{address}")]


def test_the_live_preview_tells_nothing_of_what_is_wrong_in_a_secret_release() -> None:
    from generator.problems import Span, problem

    told = problem("REL-023", Span("content/releases/2026/release.yml", 9), id="清风队")
    other = problem("IMG-001", Span("a.yml"), path="图", advice="改名")
    shown = panel((told, other), "zh", frozenset({told}))
    assert "清风队" not in shown and "content/releases/2026/release.yml:9:1" in shown and "找不到图片“图”" in shown
    assert "清风队" in panel((told, other), "zh")


# -- half-written ------------------------------------------------------------------------------------------------------



def test_a_half_written_draft_has_warnings_and_stops_nothing(small: SiteDriver) -> None:
    small.write("brands/banxie/brand.yml", HALF).build()
    assert small.is_published()
    assert {each.code for each in small.problems} == {"SCH-001"} and len(small.problems) > 3
    assert {each.level for each in small.problems} == {"warning"}
    assert not [name for name, content in small.files().items() if "半写".encode() in content or "banxie" in name]
    small.out = small.root.parent / "preview"
    page = small.build(keep_going=True).main("brands/banxie/")
    assert f"{SIGN}半写" in page and "缺少必填项" in page and "brands/banxie/brand.yml:1:1" in page
    listed = small.page("unpublished/")
    assert "半写" in listed and "按提示补全" in listed and 'href="../brands/banxie/"' in listed
    assert "banxie" in small.page("sitemap/")


UNFINISHED = {
    "a number in words": ("year: 2024", "year: 二〇二四", "SCH-003"),
    "no such key": ("slogan: ", "slogon: ", "SCH-002"),
    "a bad date": ("established_on: 2023-03-01", "established_on: 还没定", "DAT-001"),
    "an unknown unit": ("unit: court", "unit: nowhere", "REF-001"),
    "a missing picture": ("src: img/logo.png", "src: img/later.png", "IMG-001"),
    "too long": ("slogan: 清风徐来", f"slogan: {'清风' * 30}", "SCH-005"),
    "the emblem": ("uses_party_emblem: false", "uses_party_emblem: true", "EMB-001"),
    "another id": ("id: qingfeng", "id: qingfen", "ID-002"),
}


@pytest.mark.few(3)
@pytest.mark.parametrize("what", UNFINISHED)
def test_unfinished_values_of_a_draft_are_warnings_those_under_review_errors(what: str, small: SiteDriver) -> None:
    old, new, code = UNFINISHED[what]
    small.edit(BRAND, "status: published", "status: draft").edit(BRAND, old, new)
    found = [each for each in small.build().problems if each.code == code]
    assert [each.level for each in found] == ["warning"], small.lines()
    assert small.is_published(), small.lines()
    small.out = small.root.parent / "preview"
    assert small.build(keep_going=True).is_published()
    assert SIGN in small.page(PAGE)
    small.edit(BRAND, "status: draft", "status: review").check()
    assert [each.level for each in small.problems if each.code == code] == ["error"]
    small.build(keep_going=True)
    assert SIGN in small.page(PAGE) and "审核中" in small.page(PAGE), "also what stops the site can be looked at"
    listed = small.page("unpublished/")
    assert f"{BRAND}" in listed and "1 处" in listed


GRAVE = {
    "a mobile number": ("office: 办公室", "office: 13912345678", "PII-002"),
    "markup": ("slogan: 清风徐来", "slogan: <script>x</script>", "SEC-003"),
    "a tab": ("  src: img/logo.png", "\tsrc: img/logo.png", "SCH-011"),
    "twice": ("category: fazhi", "category: fazhi\nyear: 2024", "SCH-012"),
    "an anchor": ("slogan: 清风徐来", "slogan: &a 清风徐来", "SCH-013"),
    "a path outside": ("src: img/hall.jpg", "src: ../../../etc/passwd", "SEC-006"),
}


@pytest.mark.few(3)
@pytest.mark.parametrize("what", GRAVE)
def test_what_does_harm_stays_an_error_in_a_draft(what: str, small: SiteDriver) -> None:
    old, new, code = GRAVE[what]
    small.edit(BRAND, "status: published", "status: draft").edit(BRAND, old, new).build()
    assert [each.code for each in small.problems if each.is_error] == [code], small.lines()
    assert not small.is_published()
    small.build(keep_going=True)
    shown = "".join(each.decode("utf-8", "replace") for each in small.files().values())
    assert "13912345678" not in shown and "<script>x" not in shown


@pytest.mark.parametrize("roster", ["content/units.yml", "content/branches.yml"])
def test_a_draft_in_a_roster_is_eased_by_its_own_lines_only(roster: str, site: Site) -> None:
    driver = site("good/branch")
    text = (driver.root / roster).read_text("utf-8")
    driver.write(roster, f"{text}\n- id: later\n  status: draft\n- status: draft\n  name: 无号\n")
    driver.build()
    assert driver.is_published(), driver.lines()
    assert "warning" in {each.level for each in driver.problems}
    driver.write(roster, f"{text}\n- id: later\n  status: draft\n- id: now\n").build()
    assert not driver.is_published()
    assert {each.span.line for each in driver.problems if each.is_error} == {len(text.splitlines()) + 4}


def test_an_unfinished_page_of_its_own_is_listed_too(small: SiteDriver) -> None:
    small.write("content/about/plan.md", "---\nstatus: draft\n---\n\n还没写完。\n").build()
    assert small.is_published(), small.lines()
    small.out = small.root.parent / "preview"
    small.build(keep_going=True)
    assert "缺少必填项" in small.main("about/plan/")


def test_a_mistake_outside_of_the_draft_is_no_part_of_it(small: SiteDriver) -> None:
    small.write("brands/banxie/brand.yml", HALF).edit(BRAND, "unit: court", "unit: nowhere").build()
    assert not small.is_published()
    assert [each.code for each in small.problems if each.is_error] == ["REF-001"]


def test_whoever_names_an_unfinished_draft_is_not_blamed(small: SiteDriver) -> None:
    small.write("brands/banxie/brand.yml", HALF)
    small.edit(BRAND, "category: fazhi", "category: fazhi\nparent: banxie")
    small.edit("content/about/index.md", "看[清风]", "看[它](../../brands/banxie/brand.yml)和[清风]")
    navigation = "navigation:\n  - {title: 半写, to: brands/banxie/}\n"
    text = (small.root / "site_config.yml").read_text("utf-8")
    small.write("site_config.yml", text.replace("navigation:\n", navigation)).build()
    assert small.is_published(), small.lines()
    assert [each.code for each in small.problems if each.span.path == "site_config.yml"] == ["LNK-003"]
    small.out = small.root.parent / "preview"
    assert small.build(keep_going=True).is_published()


FIELDS = st.sampled_from(
    ["concept", "background", "practices", "results", "logo", "reviews", "year", "category", "name"]
)


@settings(max_examples=examples(25))
@given(
    lost=st.sets(FIELDS), values=st.dictionaries(FIELDS, st.sampled_from(["", "[]", "{}", "待定", "[1, {a: 2}]", "-"]))
)
def test_no_draft_however_unfinished_stops_the_site(
    lost: set[str], values: dict[str, str], tmp_path_factory: Any
) -> None:
    driver = SiteDriver.copy("good/small", tmp_path_factory.mktemp("draft"))
    lines = (driver.root / BRAND).read_text("utf-8").splitlines()
    kept, is_dropped = [], False
    for line in lines:
        if not line.startswith(" "):
            is_dropped = line.partition(":")[0] in lost | set(values)
        kept += [] if is_dropped else [line]
    more = [f"{name}: {value}" for name, value in values.items()]
    text = "\n".join([*kept, *more]) + "\n"
    driver.write(
        "brands/other/brand.yml", text.replace("id: qingfeng", "id: other").replace("published\n", "draft\n", 1)
    )
    driver.check()
    assert not [each for each in driver.lines() if " error " in each and "SCH-010" not in each], driver.lines()


# -- what a command says -----------------------------------------------------------------------------------------------


def test_a_check_says_what_is_still_to_do(small: SiteDriver) -> None:
    small.write("brands/banxie/brand.yml", HALF)
    small.edit(BRAND, "status: published", "status: review").edit(BRAND, "published_on: 2024-05-01\n", "")
    result = _run(small, "check")
    assert result.exit_code == 0, result.output
    lines = result.output.replace("\n  ", "").splitlines()
    assert "还差哪几步（未公开的 2 条）：" in lines
    assert (
        "· brands/qingfeng/brand.yml 品牌“清风”（审核中）：写上公开日期，如 published_on: 2024-05-01；把 status 改为 published"
        in lines
    )
    assert any(
        each.startswith("· brands/banxie/brand.yml 品牌“半写”（草稿）：按提示补全") and "终审" in each for each in lines
    )
    only = _run(small, "check", str(small.root / "brands/banxie")).output
    assert "banxie" in only and "审核中" not in only
    assert "Still to do" in _run(small, "check", "--lang", "en").output
    assert "还差" not in _run(small, "check", "--format", "json").output


def test_what_waits_for_its_day_says_which(small: SiteDriver) -> None:
    small.edit(BRAND, "published_on: 2024-05-01", "published_on: 2026-07-01")
    output = _run(small, "check").output
    assert "（未到公开时间）：等到 2026年7月1日" in output


def test_many_are_counted(small: SiteDriver) -> None:
    for number in range(MOST + 3):
        small.write(f"brands/n{number}/brand.yml", HALF.replace("banxie", f"n{number}"))
    assert "……另有 3 条。" in _run(small, "check").output


def test_the_release_command_does_not_count_on_an_unfinished_draft(site: Site) -> None:
    driver = site("good/release")
    year = next(each.name for each in sorted((driver.root / "content/releases").iterdir()))
    file = f"content/releases/{year}/release.yml"
    text = (driver.root / file).read_text("utf-8")
    driver.write(file, re.sub(r"(?m)^status: .*$", "status: draft", re.sub(r"(?m)^quota: .*$", "quota: 很多", text)))
    assert _run(driver, "check").exit_code == 0
    assert _run(driver, "release", "--explain", year).exit_code != 0


# -- no way from a preview into a release ------------------------------------------------------------------------------


def test_a_preview_never_takes_the_place_of_a_site(small: SiteDriver) -> None:
    assert _run(small, "build").exit_code == 0
    before = {each: each.read_bytes() for each in (small.root / "site").rglob("*") if each.is_file()}
    refused = _run(small, "build", "--keep-going", "--out", str(small.root / "site"))
    assert refused.exit_code == 2 and "预览不能覆盖" in refused.output
    assert {each: each.read_bytes() for each in (small.root / "site").rglob("*") if each.is_file()} == before
    for _ in range(2):
        assert _run(small, "build", "--keep-going").exit_code == 0


def test_a_site_over_a_preview_has_nothing_left_of_it(small: SiteDriver, tmp_path: Path) -> None:
    small.copy_folder("brands/qingfeng", "brands/later").edit("brands/later/brand.yml", "id: qingfeng", "id: later")
    small.edit("brands/later/brand.yml", "status: published", "status: draft")
    out = tmp_path / "out"
    run = _run(small, "build", "--keep-going", "--out", str(out))
    assert run.exit_code == 0 and "这只是预览，不能发布：里面有 1 条未公开的内容" in run.output
    assert (out / "brands/later/index.html").exists() and (out / "unpublished/index.html").exists()
    assert _run(small, "build", "--out", str(out)).exit_code == 0
    assert _run(small, "build", "--out", str(tmp_path / "fresh")).exit_code == 0
    for folder in (out, tmp_path / "fresh"):
        names = {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()}
        assert not [each for each in names if "later" in each or each.startswith("unpublished")]
        assert "preview" not in json.loads((folder / "manifest.json").read_text("utf-8"))
    one, two = ({each.relative_to(f): each.read_bytes() for each in f.rglob("*") if each.is_file()} for f in (out, tmp_path / "fresh"))  # fmt: skip
    assert one == two


def test_no_headers_are_made_for_a_preview(small: SiteDriver) -> None:
    _run(small, "build", "--keep-going")
    result = _run(small, "headers", "--for", "nginx", "--out", str(small.root / "site-preview"))
    assert result.exit_code == 2 and "只是预览" in result.output


def test_search_engines_are_told_nothing_of_a_preview(small: SiteDriver) -> None:
    text = (small.root / "site_config.yml").read_text("utf-8")
    small.write("site_config.yml", f"{text}\naddress: https://show.example.org/\n")
    small.build(keep_going=True)
    assert small.files()["robots.txt"] == b"User-agent: *\nDisallow: /\n" and "sitemap.xml" not in small.files()
    small.out = small.root.parent / "release"
    assert b"Allow: /" in small.build().files()["robots.txt"] and "sitemap.xml" in small.files()


def test_a_year_that_is_over_awaits_nothing(small: SiteDriver) -> None:
    small.edit(BRAND, "published_on: 2024-05-01", "published_on: 2024-05-01\nupdated_on: 2025-01-01")
    small.copy_folder("brands/qingfeng", "brands/later").edit("brands/later/brand.yml", "id: qingfeng", "id: later")
    small.edit("brands/later/brand.yml", "status: published", "status: draft").build(year=2024, keep_going=True)
    assert small.is_published() and small.outcome and small.outcome.survey.pending == ()
    assert "brands/later/index.html" not in small.files()


def test_an_eased_problem_is_told_as_a_warning_everywhere(small: SiteDriver) -> None:
    small.write("brands/banxie/brand.yml", HALF)
    told = json.loads(_run(small, "check", "--format", "json").output)
    assert {each["level"] for each in (told["problems"] if isinstance(told, dict) else told)} == {"warning"}
    problem = Problem("SCH-001", small.check().problems[0].span, is_eased=True)
    assert (problem.level, problem.is_error, problem.is_grave) == ("warning", False, True)


@pytest.mark.few(6)
@pytest.mark.parametrize("state", ["draft", "review"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_site_of_nothing_but_drafts_can_be_looked_at(kind: Kind, state: str, site: Site) -> None:
    driver = site(f"good/{kind.name}")
    for file in [*driver.root.rglob("*.yml"), *driver.root.rglob("*.md")]:
        text = file.read_text("utf-8")
        changed = re.sub(r"(?m)^([ -] ?)?status: (published|withdrawn)$", rf"\1status: {state}", text)
        file.write_text(re.sub(r"(?m)^(updated_on|published_on): .*\n", "", changed), "utf-8")
    released = driver.build()
    assert "IMG-020" not in {each.code for each in released.problems}, driver.lines()
    driver.out = driver.root.parent / "preview"
    driver.build(keep_going=True)
    assert driver.is_published()
    assert "IMG-020" not in {each.code for each in driver.problems}, driver.lines()
    pending = driver.outcome.survey.pending  # type: ignore[union-attr]
    assert ("unpublished/index.html" in driver.files()) == bool(pending)


@pytest.mark.audit
def test_the_program_itself_ends_as_it_says(small: SiteDriver) -> None:
    small.write("brands/banxie/brand.yml", HALF)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "generator", arguments[0], "--root", str(small.root), "--as-of", "2026-06-01"]
        root = Path(__file__).parents[2]
        return subprocess.run([*command, *arguments[1:]], capture_output=True, text=True, check=False, cwd=root)

    checked = run("check")
    assert checked.returncode == 0 and "还差哪几步" in checked.stdout
    assert run("build").returncode == 0
    assert run("build", "--keep-going").returncode == 0
    refused = run("build", "--keep-going", "--out", str(small.root / "site"))
    assert refused.returncode == 2 and "预览不能覆盖" in refused.stderr
    small.edit("brands/banxie/brand.yml", "status: draft", "status: review")
    assert run("check").returncode == run("build").returncode == run("build", "--keep-going").returncode == 1
