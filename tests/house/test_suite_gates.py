"""Each gate of the browser suite can fail: broken pages, heavy pages and bad reports are found out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.audit import budgets, lighthouse, links, table, validator
from tests.audit.looks import LOOKS, Look
from tests.audit.pages import Sample, served
from tests.audit.visits import Loaded, Seen, Tour, Visit, axe, visits
from tests.helpers.driver import SiteDriver

pytestmark = pytest.mark.audit  # the gates themselves are tried there

GOOD = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>好的页面</title><meta name="description" content="没有毛病"><link rel="icon" href="data:,">
<style>@media (prefers-color-scheme: dark) {{ :root {{ color-scheme: dark }} }}</style>
{head}</head><body><main id="main"><h1>好的页面</h1>{body}</main></body></html>
"""
SEEN = Seen("light", (), 0, 20, 0)
VISIT = Visit("brand", "brands/a/", 320, (SEEN,), (Loaded("season/index.html", "document", 9000),), 0.0, (), ())


def _write(host: Path, body: str = "", head: str = "", **files: bytes) -> Path:
    """A site of one page on ``host``."""
    (host / "season").mkdir(parents=True, exist_ok=True)
    (host / "season/index.html").write_text(GOOD.format(head=head, body=body), "utf-8")
    for name, content in files.items():
        (host / "season" / name.replace("_", ".")).write_bytes(content)
    return host


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page with nothing on it."""
    with chromium.new_context() as context:
        yield context.new_page()


def _visit(chromium: Browser, host: Path, *looks: Look) -> Visit:
    with served(host) as base:
        (found,) = visits(chromium, Tour(base, host, (320,), looks or LOOKS[:3]), [Sample("page", "")])
    return found


@pytest.mark.few
@pytest.mark.browser
@pytest.mark.node
@pytest.mark.parametrize(
    ("markup", "rule"),
    [
        ('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">', "image-alt"),
        ('<p style="color:#999;background:#fff">看不清</p>', "color-contrast"),
        ('<button style="width:40px;height:40px"></button>', "button-name"),
        (
            '<p><button style="width:10px;height:10px">a</button><button style="width:10px;height:10px">b</button></p>',
            "target-size",
        ),
        ("<h4>跳级</h4>", "heading-order"),
        ("<ul><div>不是项目</div></ul>", "list"),
        ('<div aria-labelledby="x" role="navigatoin">角色写错</div>', "aria-roles"),
    ],
)
def test_axe_finds_each_barrier(markup: str, rule: str, page: Page) -> None:
    page.set_content(GOOD.format(head="", body=""))
    assert axe(page).violations == ()
    page.set_content(GOOD.format(head="", body=markup))
    assert [each.split(":")[0] for each in axe(page).violations] == [rule]


@pytest.mark.browser
@pytest.mark.node
def test_axe_works_below_a_content_security_policy(chromium: Browser, tmp_path: Path) -> None:
    policy = """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; script-src 'self'; style-src 'unsafe-inline'">"""
    assert budgets.faults(_visit(chromium, _write(tmp_path, "<p>文字</p>", policy))) == []


@pytest.mark.audit
@pytest.mark.browser
@pytest.mark.node
def test_a_visit_sees_each_look(chromium: Browser, tmp_path: Path) -> None:
    head = "<style>@media (prefers-color-scheme: dark) { p { color: #333; background: #000 } }</style>"
    found = _visit(chromium, _write(tmp_path, "<p>夜里看不见</p>", head))
    assert {each.look: len(each.violations) for each in found.seen} == {"light": 0, "dark": 1, "forced": 0}


@pytest.mark.browser
@pytest.mark.node
def test_a_page_that_refuses_the_colours_of_the_system_is_found(chromium: Browser, tmp_path: Path) -> None:
    head = "<style>p { forced-color-adjust: none; color: #666; background: #333 }</style>"
    seen = _visit(chromium, _write(tmp_path, "<p>不肯听话</p>", head)).seen[2]
    assert [each.split(":")[0] for each in seen.violations] == ["contrast"]


@pytest.mark.browser
@pytest.mark.node
def test_a_look_that_takes_no_effect_is_an_error(chromium: Browser, tmp_path: Path) -> None:
    script = "<script>document.documentElement.dataset.size = localStorage.getItem('size')</script>"
    proof = "document.documentElement.dataset.size === 'large'"
    looks = [Look("large", kept={"size": each}, proof=proof) for each in ("large", "small")]
    host = _write(tmp_path, "<p>文字</p>", script)
    assert len(_visit(chromium, host, LOOKS[0], looks[0]).seen) == 2
    with pytest.raises(AssertionError, match="does not take the look large"):
        _visit(chromium, host, LOOKS[0], looks[1])


@pytest.mark.few
@pytest.mark.browser
@pytest.mark.node
@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (
            '<img alt="" width="1" height="1" src="http://127.0.0.2:9/a.png">',
            "asks another host for http://127.0.0.2:9/a.png",
        ),
        ('<img alt="" width="1" height="1" src="none.png">', "404"),
        ("<script>console.error('oh')</script>", "console error: oh"),
        ("<script>throw new Error('oh')</script>", "page error: oh"),
        ('<p style="width:400px">宽</p>', "px wider than the screen"),
        ('<img alt="" width="9" height="9" src="big.png">', "picture 150,001 above 150,000"),
        ('<script src="long.js"></script>', "js "),
        (
            (
                "<div id=a></div><p>被推开</p><script>const later = requestAnimationFrame;"
                "later(() => later(() => later(() => a.style.height = '300px')))</script>"
            ),
            "layout shift",
        ),
    ],
)
def test_a_visit_finds_what_a_page_does_wrong(body: str, fault: str, chromium: Browser, tmp_path: Path) -> None:
    from random import Random

    noise = Random(1).randbytes(60_000).hex()
    host = _write(tmp_path, f"<p>文字</p>{body}", big_png=bytes(150_001), long_js=f"var a = '{noise}';".encode())
    found = budgets.faults(_visit(chromium, host))
    assert any(fault in each for each in found), found


def test_a_visit_within_all_budgets_has_no_fault() -> None:
    assert budgets.faults(VISIT) == []


@pytest.mark.parametrize(
    ("loaded", "fault"),
    [
        ([Loaded("a", "document", 30_001)], "html 30,001 above 30,000"),
        ([Loaded("a", "stylesheet", 20_000), Loaded("b", "stylesheet", 12_001)], "css 32,001 above 32,000"),
        ([Loaded("a", "script", 45_001)], "js 45,001 above 45,000"),
        ([Loaded("a", "image", 150_001)], "picture 150,001 above 150,000"),
        ([Loaded(str(n), "image", 125_001) for n in range(4)], "whole 500,004 above 500,000"),
        ([Loaded(str(n), "image", 1) for n in range(61)], "requests 61 above 60"),
    ],
)
def test_each_budget_can_be_exceeded(loaded: list[Loaded], fault: str) -> None:
    assert [each.split(": ", 1)[1] for each in budgets.faults(replace(VISIT, loaded=tuple(loaded)))] == [fault]


def test_films_do_not_count_for_the_whole_page() -> None:
    assert budgets.faults(replace(VISIT, loaded=(Loaded("a.mp4", "media", 9_000_000),))) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"seen": (replace(SEEN, violations=("image-alt: …",)),)}, "image-alt"),
        ({"seen": (SEEN, replace(SEEN, overflow=3))}, "3 px wider"),
        ({"foreign": ("http://a.example/",)}, "another host"),
        ({"faults": ("console error: oh",)}, "console error"),
        ({"shift": 0.021}, "layout shift 0.021 above 0.02"),
    ],
)
def test_each_fault_of_a_visit_counts(change: dict[str, object], fault: str) -> None:
    (found,) = budgets.faults(replace(VISIT, **change))  # type: ignore[arg-type]
    assert fault in found and "brand /brands/a/ 320 px" in found


def test_a_report_below_full_marks_says_why() -> None:
    full = dict.fromkeys(lighthouse.GATES, 100)
    good = lighthouse.Report("http://a/", full, (), {})
    assert lighthouse.faults(good, "home") == []
    bad = replace(good, scores={**full, "seo": 92}, below=("seo: meta-description: missing",))
    assert lighthouse.faults(bad, "home") == ["http://a/: seo 92: seo: meta-description: missing"]
    assert lighthouse.faults(replace(good, scores={}), "home") != []
    unlisted = "seo: is-crawlable: Page is blocked from indexing"
    assert lighthouse.faults(replace(bad, below=(unlisted,)), "not-found") == []  # as it tells search engines
    assert lighthouse.faults(replace(bad, below=(unlisted,)), "home") != []
    assert lighthouse.faults(replace(bad, below=(unlisted, *bad.below)), "not-found") != []
    assert lighthouse.faults(replace(bad, below=()), "not-found") != []


def test_speed_is_the_middle_of_its_runs() -> None:
    runs = [lighthouse.Report("", {"performance": score}, (), {"lcp": ms}) for score, ms in ((90, 3), (99, 1), (97, 9))]
    assert lighthouse.medians(runs) == (97, {"lcp": 3})


@pytest.mark.audit
@pytest.mark.browser
@pytest.mark.node
def test_lighthouse_takes_points_from_a_page_with_faults(tmp_path: Path) -> None:
    _write(tmp_path, "<p>文字</p>")
    (tmp_path / "season/bad.html").write_text("<html><body><img src='data:,'>a</body></html>", "utf-8")
    with served(tmp_path) as base:
        found = lighthouse.reports([f"{base}season/bad.html"], lighthouse.GATES)
    causes = " ".join(lighthouse.faults(found[0], "home"))
    for each in ("image-alt", "html-has-lang", "document-title", "meta-description", "doctype"):
        assert each in causes


@pytest.mark.audit
@pytest.mark.browser
@pytest.mark.node
def test_an_address_that_lighthouse_cannot_open_is_no_report(tmp_path: Path) -> None:
    with served(tmp_path) as base, pytest.raises(RuntimeError, match="none.html"):
        lighthouse.reports([f"{base}none.html"], lighthouse.GATES)


@pytest.mark.audit
@pytest.mark.java
@pytest.mark.node
def test_the_validator_finds_what_is_not_html(tmp_path: Path) -> None:
    _write(tmp_path, "<p>文字</p>")
    assert validator.validate(tmp_path).errors == ()
    _write(tmp_path, '<p><div>块在段里</div></p><img src="a.png"><b aria-label="x" role="none"></b>')
    found = validator.validate(tmp_path)
    assert found.files == 1
    assert any("No “p” element in scope" in each or "“p” end tag" in each for each in found.errors), found.errors
    assert any("“alt”" in each for each in found.errors)
    assert all(each.startswith("season/index.html:") for each in found.errors)


def _linked(tmp_path: Path, link: str, **more: str) -> links.Links:
    site = tmp_path / "site"
    for name, text in {"index.html": f'<a href="{link}">a</a>', "b/index.html": '<p id="there">', **more}.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, "utf-8")
    return links.check(site, "https://a.example/s/", has_server=True)


@pytest.mark.parametrize(
    "link",
    ["b/", "b/#there", "./", "", "#", "b/index.html", "/s/b/", "https://a.example/s/b/#there", "b/?q=1#there"],
)
def test_a_link_that_leads_somewhere_is_no_fault(link: str, tmp_path: Path) -> None:
    assert _linked(tmp_path, link).broken == ()


@pytest.mark.parametrize(
    "link",
    ["c/", "b", "b/#gone", "../x/", "/b/", "#gone", "https://a.example/s/c/", "b/../c/index.html"],
)
def test_a_link_that_leads_nowhere_is_found(link: str, tmp_path: Path) -> None:
    assert len(_linked(tmp_path, link).broken) >= 1


def test_links_start_from_where_the_page_says(tmp_path: Path) -> None:
    page = '<base href="{}"><a href="b/">a</a>'
    assert _linked(tmp_path, "b/", **{"404.html": page.format("/s/")}).broken == ()
    assert len(_linked(tmp_path, "b/", **{"404.html": page.format("https://a.example/s")}).broken) == 1


def test_links_to_other_hosts_are_counted_and_not_followed(tmp_path: Path) -> None:
    found = _linked(tmp_path, "https://b.example/")
    assert (found.outside, found.broken) == (1, ())


def test_addresses_in_files_for_machines_are_followed(tmp_path: Path) -> None:
    found = _linked(
        tmp_path, "b/", **{"sitemap.xml": "<loc>https://a.example/s/b/</loc><loc>https://a.example/s/c/</loc>"}
    )
    assert found.broken == ("sitemap.xml: https://a.example/s/c/ leads nowhere",)


def test_a_folder_without_a_server_needs_the_name_of_the_file(tmp_path: Path) -> None:
    _linked(tmp_path, "b/")
    assert links.check(tmp_path / "site", has_server=False).broken == ("index.html: b/ leads nowhere",)
    _linked(tmp_path, "b/index.html#there")
    assert links.check(tmp_path / "site", has_server=False).broken == ()


def test_each_template_of_a_site_is_represented_by_its_heaviest_page(small: SiteDriver) -> None:
    from tests.audit.pages import EDITORIAL, samples

    outcome = small.build().outcome
    assert outcome and outcome.survey.plan
    pages = outcome.survey.plan.pages.values()
    found = {each.template: each.address for each in samples(outcome.survey.plan, small.out)}
    assert found.keys() == {each.template.removesuffix(".html") or EDITORIAL for each in pages}
    for each in pages:
        chosen = found[each.template.removesuffix(".html") or EDITORIAL]
        assert len(small.page(chosen).encode()) >= len(small.page(each.address).encode())


def test_the_table_has_the_worst_of_each_template_and_what_is_true_of_the_site() -> None:
    worse = replace(VISIT, width=1280, shift=0.01, seen=(replace(SEEN, violations=("a", "b"), overflow=7),))
    rows = table.row([VISIT, worse])
    assert (rows.violations, rows.looked, rows.overflow, rows.shift, rows.html) == (2, 2, 7, 0.01, 9000)
    scores = {"rows": [{"template": "brand", "address": "brands/a/", "scores": {"seo": 92}}]}
    from dataclasses import asdict

    results = table.gather([scores, {"rows": [asdict(rows)]}, {"site": [("HTML errors", "3", "0")]}])
    text = "\n".join(table.lines(results))
    assert results.rows[0].scores == {"seo": 92} and results.rows[0].violations == 2
    assert "| brand " in text and "2 (2)" in text and " 92 " in text and "HTML errors" in text
    assert len({len(line) for line in table.lines(replace(results, site=()))}) == 1


def test_the_looks_differ_and_every_one_is_proved() -> None:
    assert len({(tuple(each.media.items()), tuple(each.kept.items())) for each in LOOKS}) == len(LOOKS)
    assert all(each.proof != "true" for each in LOOKS)
