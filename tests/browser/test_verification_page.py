"""The page of a verification: complete by itself, for everyone, at every width, on paper, and in both colour schemes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from generator.archive.verify import verify
from generator.cli.verified.page import as_page
from tests.audit.visits import axe
from tests.helpers import deposits
from tests.helpers.browsing import Place, watched

pytestmark = [pytest.mark.browser, pytest.mark.node]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """What was found in a deposit with a file too many, whose name is markup, and others that changed."""
    folder = tmp_path_factory.mktemp("report")
    year = deposits.deposited(folder / "year")
    (year / "README.txt").write_text("x")
    (year / deposits.BAG / "data/2024/404.html").unlink()
    (year / "<img src=x onerror=alert(1)>&amp;.txt").write_text("x")
    (folder / "report.html").write_text(as_page(verify(year), "存档/year"), "utf-8")
    return Place(f"{folder.as_uri()}/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_it_is_for_everyone(width: int, scheme: str, report: Place, visit: Callable[..., BrowserContext]) -> None:
    page, faults = watched(visit(width, color_scheme=scheme, bypass_csp=True), report)
    page.goto(report.url("report.html"))
    expect(page.locator("h1")).to_contain_text("核对报告")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(page).violations == () and faults == []


def test_it_says_what_was_found_in_the_order_of_the_standard(report: Place, visit: Callable[..., BrowserContext]) -> None:
    page, faults = watched(visit(), report)
    page.goto(report.url("report.html"))
    heads = [each.split("、")[1].split(" ")[0] for each in page.locator("h2").all_inner_texts()]
    assert heads == ["真实性", "完整性", "可用性", "安全性"]
    expect(page.locator("#completeness ~ ul .failed code").first).to_contain_text("<img src=x onerror=alert(1)>&amp;.txt")
    expect(page.locator("img, script, link")).to_have_count(0)
    assert page.locator(".items > .manual").count() >= 7 and faults == []


def test_on_paper_people_write_what_only_they_can_judge(report: Place, visit: Callable[..., BrowserContext]) -> None:
    page, _ = watched(visit(), report)
    page.goto(report.url("report.html"))
    lines = page.locator(".manual .hand")
    expect(lines.first).to_be_hidden()
    page.emulate_media(media="print")
    expect(lines.first).to_be_visible()
    assert lines.count() == page.locator(".items > .manual").count()
