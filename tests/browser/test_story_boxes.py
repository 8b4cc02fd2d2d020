"""Boxes, tasks, terms and bare addresses of a story in a real browser: readable in every look, by eye and by ear."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.audit.visits import axe
from tests.helpers.driver import SiteDriver

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.engine]

KINDS = ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION")
TEXT = (
    "## 由来\n\n把群众的\n急难愁盼放在心上。详见https://example.com/a，或拨打电话。\n\n"
    + "\n\n".join(f"> [!{each}]\n> 内容{each}\n>\n> - 一\n> - 二" for each in KINDS)
    + "\n\n- [x] 办结\n- [ ] 在办\n\n1. [x] 先办\n\n   再说\n\n术语\n: 说明\n: 再说明\n"
)
LOOKS = (
    ("light", {"color_scheme": "light"}, ""),
    ("dark", {"color_scheme": "dark"}, ""),
    ("forced", {"forced_colors": "active"}, ""),
    ("large", {}, "document.documentElement.dataset.edition = 'large'; document.documentElement.dataset.size = '30'"),
    ("contrast", {}, "document.documentElement.dataset.contrast = 'high'"),
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with such a story, built as a user would."""
    driver = SiteDriver.copy("good/small", tmp_path_factory.mktemp("stories"))
    driver.remove_if_there("expected").write("brands/qingfeng/story.md", TEXT)
    command = [sys.executable, "-m", "generator", "build", "--links", "file", "--as-of", "2026-06-01"]
    folders = ["--root", str(driver.root), "--out", str(driver.out), "--cache", f"{driver.out}-cache"]
    done = subprocess.run([*command, *folders], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return driver.out


@pytest.fixture(params=LOOKS, ids=[each[0] for each in LOOKS])
def page(request: pytest.FixtureRequest, chromium: Browser, built: Path) -> Iterator[Page]:
    """The brand's page in one look, on a narrow phone."""
    _, options, script = request.param
    context = chromium.new_context(viewport={"width": 360, "height": 800}, bypass_csp=True, **options)
    page = context.new_page()
    page.goto((built / "brands/qingfeng/index.html").as_uri())
    if script:
        page.evaluate(script)
    yield page
    context.close()


def test_nothing_bars_a_reader_in_any_look(page: Page) -> None:
    assert axe(page).violations == ()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_box_has_a_frame_and_its_name_in_words(page: Page) -> None:
    boxes = page.locator("section.alert")
    assert boxes.count() == len(KINDS)
    assert boxes.locator(".alert-name").all_inner_texts() == ["注", "提示", "重要", "注意", "警告"]
    widths = boxes.evaluate_all("each => each.map(box => parseFloat(getComputedStyle(box).borderLeftWidth))")
    assert min(widths) >= 3
    assert all(boxes.evaluate_all("all => all.map(box => box.getBoundingClientRect().width > 200)"))


@pytest.mark.audit
def test_a_task_is_told_in_words_and_offers_nothing_to_press(page: Page) -> None:
    tasks = page.locator("li.task > .task")
    assert tasks.evaluate_all("all => all.map(each => [each.role, each.ariaLabel, each.textContent])") == [
        ["img", "已完成", "☑"],
        ["img", "未完成", "☐"],
        ["img", "已完成", "☑"],
    ]
    assert page.locator("li.task input, li.task button").count() == 0
    assert page.locator("li.task").first.evaluate("each => getComputedStyle(each).listStyleType") == "none"
    assert "办结" in page.locator("li.task").first.inner_text()


@pytest.mark.audit
def test_a_line_end_between_han_takes_no_room_and_an_address_ends_before_the_comma(page: Page) -> None:
    assert "群众的急难愁盼" in page.locator("main").inner_text()
    link = page.locator("main a[href='https://example.com/a']")
    assert link.inner_text() == "https://example.com/a"


@pytest.mark.audit
def test_boxes_are_printed_whole(built: Path, chromium: Browser) -> None:
    page = chromium.new_page()
    page.emulate_media(media="print")
    page.goto((built / "brands/qingfeng/index.html").as_uri())
    box = page.locator("section.alert").first
    assert box.evaluate("each => getComputedStyle(each).breakInside") == "avoid"
    assert box.is_visible() and page.locator("li.task").first.is_visible()
    page.close()
