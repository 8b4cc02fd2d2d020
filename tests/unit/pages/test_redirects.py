"""Addresses that lead on: short ones that codes hold, former ones of renamed pages, and what is wrong with a bad one."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import PurePosixPath
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from generator.config import Redirect, SiteConfig
from generator.kinds import BY_NAME, KINDS
from generator.outputs import reserved
from generator.page.footer import report_address
from generator.pages.redirects import check
from generator.problems import CATALOGUE, Span
from generator.site.context import Page, Plan
from generator.stages.planning import SECTIONS
from tests.helpers.driver import SiteDriver
from tests.helpers.expected import languages_of
from tests.helpers.places import SITES

HOME = "https://show.example.org/pinpai/"


class _Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def refresh(self) -> str:
        """Where it sends a browser, at once."""
        (content,) = [each["content"] for tag, each in self.elements if each.get("http-equiv") == "refresh"]
        match = re.fullmatch(r"0; url=(\S+)", content or "")
        assert match
        return match[1]

    def links(self) -> list[str | None]:
        """Where its plain links lead."""
        return [each["href"] for tag, each in self.elements if tag == "a"]

    def canonical(self) -> str | None:
        """The page it stands for."""
        return next(each["href"] for tag, each in self.elements if each.get("rel") == "canonical")


def _file(page: str, link: str) -> str:
    """The file that ``link`` means on the page in the file ``page``."""
    parts = list(PurePosixPath(page).parent.parts)
    for step in link.split("/"):
        if step == "..":
            parts.pop()
        elif step not in ("", "."):
            parts.append(step)
    return "/".join(parts if link.endswith(".html") else [*parts, "index.html"])


@pytest.mark.parametrize("style", ["site", "file"])
def test_a_short_address_leads_to_its_brand_without_a_script(style: str, small: SiteDriver) -> None:
    small.build(links=style)
    page = _Page(small.page("b/qingfeng/"))
    assert _file("b/qingfeng/index.html", page.refresh()) == "brands/qingfeng/index.html"
    assert page.links() == [page.refresh()] == [page.canonical()]
    assert page.refresh().endswith("index.html") is (style == "file")
    assert not [tag for tag, _ in page.elements if tag in ("script", "style", "img")]
    assert ("html", {"lang": "zh-CN"}) in page.elements


def test_forwarding_pages_name_the_complete_address_where_it_is_known(small: SiteDriver) -> None:
    text = (small.root / "site_config.yml").read_text("utf-8")
    small.write("site_config.yml", f"address: {HOME}\n{text}").build()
    assert _Page(small.page("b/qingfeng/")).canonical() == f"{HOME}brands/qingfeng/"
    assert "/b/" not in small.page("sitemap.xml")
    assert "/b/" not in small.main("sitemap/")


def test_printed_codes_hold_the_short_address(small: SiteDriver) -> None:
    text = (
        (small.root / "site_config.yml").read_text("utf-8").replace("share: {posters: false}", "share: {posters: true}")
    )
    small.write("site_config.yml", f"address: {HOME}\n{text}").build()
    for form in ("poster", "card"):
        picture = Image.open(io.BytesIO(small.files()[f"share/brands/qingfeng/{form}.png"])).convert("RGB")
        assert [each.text for each in zxingcpp.read_barcodes(picture)] == [f"{HOME}b/qingfeng/"]


# For ever: these letters are printed.
LETTERS = {
    "unit": "u",
    "brand": "b",
    "project": "p",
    "exhibition": "e",
    "video": "v",
    "release": "r",
    "report": "i",
}


def test_every_kind_with_a_page_for_each_record_has_a_letter_of_its_own_for_ever() -> None:
    # The page of an editorial text is called what its author called it, and pioneers share one page.
    own = [each for each in KINDS if each.address and "#" not in each.address("x") and each.layout.form != "markdown"]
    letters = {each.name: each.short for each in KINDS if each.short}
    assert LETTERS.items() <= letters.items()
    assert {each.name for each in own} == letters.keys()
    assert len(set(letters.values())) == len(letters)
    assert BY_NAME["project"].short_address("x") == "p/x/"
    assert BY_NAME["pioneer"].short_address("x") is None


def test_no_letter_is_the_name_of_a_section_and_all_are_reserved() -> None:
    sections = {each.split("/")[0] for each in SECTIONS} | {each.section.rstrip("/") for each in KINDS}
    letters = {each.short for each in KINDS if each.short}
    assert sections.isdisjoint(letters)
    assert letters <= reserved.folders(KINDS, SECTIONS)


@pytest.mark.parametrize("kind", LETTERS)
def test_the_short_address_of_every_kind_leads_to_its_page(kind: str, site: Callable[[str], SiteDriver]) -> None:
    driver = site(f"good/{kind}").build()
    assert driver.is_published(), driver.lines()
    letter, address = LETTERS[kind], BY_NAME[kind].address
    shorts = [each for each in driver.files() if each.startswith(f"{letter}/")]
    assert shorts and address is not None
    for short in shorts:
        page = _Page(driver.files()[short].decode())
        assert _file(short, page.refresh()) == f"{address(short.split('/')[1])}index.html"


def test_a_page_that_wants_a_short_address_is_a_problem(small: SiteDriver) -> None:
    small.write(
        "content/b/qingfeng.md", "---\ntitle: 甲\nstatus: published\npublished_on: 2024-01-01\n---\n\n甲\n"
    ).check()
    assert "ID-009" in [code for code, _, _ in small.codes()]


# -- declared redirects ------------------------------------------------------------------------------------------------


@pytest.fixture
def renamed(site: object) -> SiteDriver:
    """The good site with renamed pages, built."""
    driver: SiteDriver = site("good/redirects").remove_if_there("expected").build()  # type: ignore[operator]
    assert driver.is_published(), driver.lines()
    return driver


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("history/index.html", "about/index.html"),
        ("old/intro.html", "about/index.html"),
        ("start/index.html", "index.html"),
    ],
)
def test_a_former_address_leads_to_the_page_that_took_its_place(old: str, new: str, renamed: SiteDriver) -> None:
    page = _Page(renamed.files()[old].decode())
    assert _file(old, page.refresh()) == new
    assert page.links() == [page.refresh()]
    assert page.canonical() == HOME + new.removesuffix("index.html")
    for machine in ("sitemap.xml", "sitemap/index.html"):
        assert old.removesuffix("index.html") not in renamed.files()[machine].decode()


STATED = [each for each in CATALOGUE if each.startswith("URL-") and each != "URL-010"]  # that one: test_withdrawal.py


@pytest.mark.parametrize("code", STATED)
def test_every_rule_of_addresses_has_a_bad_site_and_a_good_one_that_keeps_it(code: str, renamed: SiteDriver) -> None:
    cases = [each for each in (SITES / "bad").iterdir() if languages_of(each, code) == {"zh", "en"}]
    assert cases, f"no bad site shows {code} in both languages"
    assert code not in [each for each, _, _ in renamed.codes()]


def test_what_is_not_public_yet_is_led_to_from_its_day_on(renamed: SiteDriver) -> None:
    from datetime import date

    page = "---\ntitle: 后来\nstatus: published\npublished_on: 2026-07-01\n---\n\n后来\n"
    renamed.write("content/later.md", page).edit(
        "site_config.yml", "redirects:\n", "redirects:\n  - {old: soon/, new: later/}\n"
    )
    renamed.build(date(2026, 6, 1))
    assert [code for code, _, _ in renamed.codes()] == ["URL-007"]
    assert renamed.is_published() and "soon/index.html" not in renamed.files()
    assert "soon/index.html" in renamed.build(date(2026, 7, 1)).files()


NAMES = st.sampled_from(["a/", "b/", "c/", "d/", "e/", "x/", "A/"])


@given(st.lists(st.tuples(NAMES, NAMES), max_size=7))
def test_redirects_without_a_problem_all_lead_to_a_page_in_one_step(pairs: list[tuple[str, str]]) -> None:
    pages = {each: Page(each, "", "t", Span("p")) for each in ("x/", "")}
    config = SiteConfig.model_construct(
        redirects=tuple(Redirect.model_construct(old=old, new=new) for old, new in pairs)
    )
    found = list(check(config, Plan(pages, {}), lambda path: Span("site_config.yml", path[1] + 1)))
    olds = [old.casefold() for old, _ in pairs]
    is_good = len(set(olds)) == len(olds) and "x/" not in olds and not {new.casefold() for _, new in pairs} & set(olds)
    assert is_good is (found == [])
    assert len({(each.code, each.span) for each in found}) == len(found) <= len(pairs)


# -- the foot of a page ------------------------------------------------------------------------------------------------


def _report(driver: SiteDriver, address: str) -> str:
    """The address of the link to report an error on a page, as a browser reads it."""
    page = _Page(driver.page(address))
    footer = driver.page(address).rpartition("<footer")[2]
    links = [each["href"] or "" for tag, each in page.elements if tag == "a"]
    return next(each for each in reversed(links) if each.replace("&", "&amp;") in footer and not each.startswith(".."))


def test_a_form_is_told_which_page_and_which_version(renamed: SiteDriver) -> None:
    parts = urlsplit(_report(renamed, "about/"))
    assert (parts.netloc, parts.path) == ("report.example.gov.cn", "/error")
    assert parse_qsl(parts.query, strict_parsing=True) == [
        ("site", "7"),
        ("page", f"{HOME}about/"),
        ("title", "关于"),
        ("version", "2024-01-02"),
    ]


def test_a_letter_is_begun_with_the_page_and_the_version(small: SiteDriver) -> None:
    small.edit(
        "site_config.yml",
        "organiser: 小城机关工委",
        "organiser: 小城机关工委\n  report_error: mailto:jiucuo@example.gov.cn?cc=b@example.gov.cn",
    )
    small.build()
    for address, title in (("brands/qingfeng/", "清风"), ("about/", "关于"), ("index.html", "小城品牌展")):
        written = _report(small, address)
        assert written.isascii() and " " not in written and "+" not in written
        assert written.startswith("mailto:jiucuo@example.gov.cn?cc=b@example.gov.cn&subject=")
        fields = {
            name: unquote(value) for name, value in (each.split("=") for each in written.split("?")[1].split("&"))
        }
        assert fields["subject"] == f"纠错：{title}（小城品牌展）"
        lines = fields["body"].split("\r\n")
        assert lines[:2] == [f"页面：{title}", f"地址：{address.removesuffix('index.html') or '/'}"]
        assert lines[2].startswith("内容截至：2") and "\n" not in fields["body"].replace("\r\n", "")


def test_what_stands_for_a_missing_page_names_no_address_of_it(renamed: SiteDriver) -> None:
    assert dict(parse_qsl(urlsplit(_report(renamed, "404.html")).query)).keys() == {"site", "title", "version"}


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_no_title_breaks_the_address_of_a_report(title: str) -> None:
    from types import SimpleNamespace

    from generator.config import ReportError

    def show(address: str) -> object:
        footer = SimpleNamespace(report_error=ReportError(address=address))
        config = SimpleNamespace(footer=footer, name="站", words="zh")
        return SimpleNamespace(
            config=config,
            today=None,
            public_address=lambda each: each,
            word=lambda key, **given: "|".join(given.values()),
        )

    page = Page("x/", "", title, Span("p"))
    letter = report_address(page, show("mailto:a@example.org"))  # type: ignore[arg-type]
    assert re.fullmatch(r"mailto:a@example\.org\?subject=[A-Za-z0-9%._~-]*&body=[A-Za-z0-9%._~-]*", letter)
    assert unquote(letter.split("subject=")[1].split("&")[0]) == f"{title}|站"
    form = report_address(page, show("https://a.example/f?x=1#part"))  # type: ignore[arg-type]
    assert urlsplit(form).fragment == "part"
    assert parse_qsl(urlsplit(form).query, keep_blank_values=True) == [("x", "1"), ("url", "x/"), ("title", title)]


def test_the_foot_has_what_the_configuration_gives_and_nothing_else(renamed: SiteDriver, tmp_path: object) -> None:
    from generator.page import footer

    foot = footer.view(renamed.shown())
    assert foot["records"] == [
        {"text": "皖ICP备20240001号", "address": "https://beian.miit.gov.cn/"},
        {
            "text": "皖公网安备 11010502030143号",
            "address": "https://beian.mps.gov.cn/#/query/webSearch?code=11010502030143",
        },
    ]
    assert [(each["label"], each["value"]) for each in foot["facts"]] == [
        ("主办单位", "小城机关工委"),
        ("网站标识码", "1234567890"),
        ("内容截至", "2024年1月2日"),
    ]
    text = (renamed.root / "site_config.yml").read_text("utf-8")
    start = text.index("footer:\n")
    renamed.write("site_config.yml", text[:start] + text[text.index("address: https://show") :]).build()
    foot = footer.view(renamed.shown())
    assert (foot["records"], foot["links"], foot["report"]) == ([], [], "")
    assert [each["label"] for each in foot["facts"]] == ["内容截至"]


@pytest.mark.engine
def test_the_published_foot_links_the_registers_and_dates_the_content(site: object) -> None:
    from generator.engines.mkdocs import MkDocsEngine

    driver: SiteDriver = site("good/redirects").remove_if_there("expected").build(engine=MkDocsEngine())  # type: ignore[operator]
    for address in ("about/", "units/court/"):
        foot = driver.page(address).rpartition("<footer")[2]
        assert '<a href="https://beian.miit.gov.cn/" rel="noopener">皖ICP备20240001号</a>' in foot
        assert '<dt>内容截至</dt><dd><time datetime="2024-01-02">2024年1月2日</time></dd>' in foot
        assert re.search(
            r'<a href="https://report\.example\.gov\.cn/error\?site=7&amp;page=[^"]+" rel="noopener nofollow">我要纠错</a>',
            foot,
        )
