"""The policy of a page is what the page needs and no more; what no page may have is never written."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from generator import policy as security
from generator.cli.commands.main import exhibit
from generator.policy import (
    SELF,
    Policy,
    Unsafe,
    has_data_pictures,
    is_elsewhere,
    policy_of,
    read,
    seal,
    seal_preview,
    union,
)
from generator.publishing import headers
from generator.stages.settings import DEFAULT_THEME
from generator.text import media_types
from generator.themes.basis import Basis
from tests.helpers.driver import SiteDriver

CLOSED = "default-src 'none'; form-action 'none'; base-uri 'none'"


def _page(body: str = "", head: str = "") -> str:
    return f'<!doctype html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def _policy(body: str = "", head: str = "") -> str:
    return str(policy_of(_page(body, head), "x/"))


def _allows(one: Policy, other: Policy) -> bool:
    """Whether all that ``other`` allows is allowed by ``one``, too."""
    return all(sources <= one.allowed.get(name, frozenset()) for name, sources in other.allowed.items())


@pytest.mark.parametrize(
    ("markup", "allowed"),
    [
        ("<p>text</p>", ""),
        ('<script src="../a.js" defer></script>', "script-src 'self'"),
        ('<link rel="stylesheet" href="a.css">', "style-src 'self'"),
        ('<link rel="icon" href="a.svg">', "img-src 'self'"),
        ('<link rel="canonical" href="https://x.example/">', ""),
        ('<link rel="alternate" type="application/atom+xml" href="https://x.example/f.xml">', ""),
        ('<img src="a.jpg" alt="a > b">', "img-src 'self'"),
        ("<img alt='>' src=a.jpg>", "img-src 'self'"),
        ('<picture><source srcset="a.avif 1w, b.avif 2w"><img src="c.jpg"></picture>', "img-src 'self'"),
        ('<video poster="p.jpg"><source src="f.mp4"><track src="c.vtt"></video>', "img-src 'self'; media-src 'self'"),
        ('<video><track src="data:text/vtt;base64,QQ=="></video>', "media-src data:"),
        ('<audio src="a.mp3"></audio>', "media-src 'self'"),
        ('<a href="https://example.org/film.mp4">elsewhere</a>', ""),
        ('<svg><use href="#mark"/></svg>', ""),
        ('<script type="application/ld+json">{"a":"b"}</script>', ""),
        ('<p>he wrote style="x" and onclick="y" in a text</p>', ""),
    ],
)
def test_a_policy_allows_what_the_page_has(markup: str, allowed: str) -> None:
    middle = f"{allowed}; " if allowed else ""
    assert _policy(markup) == f"default-src 'none'; {middle}form-action 'none'; base-uri 'none'"


@pytest.mark.parametrize(
    ("markup", "form"),
    [
        ('<form action="../search/"></form>', "'self'"),
        ("<form></form>", "'self'"),
        ('<form action="https://report.example.gov.cn:8443/x?y=1"></form>', "https://report.example.gov.cn:8443"),
        ('<input formaction="https://a.example/">', "https://a.example"),
    ],
)
def test_a_form_may_lead_where_it_says(markup: str, form: str) -> None:
    assert f"form-action {form};" in _policy(markup)


def test_a_base_may_stand_where_there_is_one() -> None:
    assert _policy(head='<base href="/pinpai/">').endswith("base-uri 'self'")


def test_what_runs_inside_a_page_is_named_by_its_digest() -> None:
    code, style = "let 名 = 1;\n", "p { color: red }"
    policy = _policy(f"<script>{code}</script><style>{style}</style>")
    for text, directive in ((code, "script-src"), (style, "style-src")):
        digest = b64encode(sha256(text.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy


ELSEWHERE = [
    "https://x.example/a",
    "//x.example/a",
    "/\\x.example/a",
    "HTTPS:x",
    "ht\ntps://x.example/a",
    "data:a",
    "javascript:a",
]


@pytest.mark.parametrize("address", ELSEWHERE)
@pytest.mark.parametrize(
    "markup",
    [
        '<script src="{}"></script>',
        '<link rel="stylesheet" href="{}">',
        '<link rel="shortcut icon" href="{}">',
        '<link rel="preload" as="image" href="a.jpg" imagesrcset="{} 1w">',
        '<img src="{}">',
        '<img src="a.jpg" srcset="a.jpg 1w, {} 2w">',
        '<source srcset="{}">',
        '<video src="{}"></video>',
        '<video poster="{}"></video>',
        '<track src="{}">',
        '<audio><source src="{}"></audio>',
        '<svg><image href="{}"/></svg>',
        '<svg><use xlink:href="{}"/></svg>',
        '<input type="image" src="{}">',
    ],
)
def test_nothing_is_loaded_from_elsewhere(markup: str, address: str) -> None:
    with pytest.raises(Unsafe, match="x/"):
        policy_of(_page(markup.format(escape(address))), "x/")


@pytest.mark.parametrize(
    "markup",
    [
        '<iframe src="a/"></iframe>',
        "<IFRAME SRCDOC='x'></IFRAME>",
        '<object data="a.pdf"></object>',
        '<embed src="a.pdf">',
        '<link rel="prefetch" href="a/">',
        '<link rel="dns-prefetch" href="//x.example">',
        '<p style="color:red">x</p>',
        "<p style=color:red>x</p>",
        "<p\nstyle='color:red'>x</p>",
        '<a href="#" onclick="x()">x</a>',
        '<svg/onload="x()"></svg>',
        '<form action="javascript:x()"></form>',
    ],
)
def test_some_things_are_on_no_page(markup: str) -> None:
    with pytest.raises(Unsafe):
        policy_of(_page(markup), "x/")


@pytest.mark.parametrize("address", ELSEWHERE)
def test_an_address_elsewhere_is_told_from_a_path(address: str) -> None:
    assert is_elsewhere(address)


@pytest.mark.parametrize("path", ["", "a", "../a/", "./a:b", "a/b:c", "?q=https://x", "#a", "图.jpg", "1:30"])
def test_a_path_is_no_address_elsewhere(path: str) -> None:
    assert not is_elsewhere(path)


class _Loading(HTMLParser):
    """What an HTML parser sees a browser load, written without the module under test."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if (tag, name) in {("img", "src"), ("script", "src"), ("source", "src"), ("video", "poster")}:
                self.found.add(value or "")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ['<img alt="{0}" src="{1}">', "<script src='{1}' data-x=\"{0}\"></script>", '<p title="{0}">{0}</p>']
            ),
            st.text(max_size=20),
            st.sampled_from(["a.jpg", "../b.js", "https://x.example/c"]),
        ),
        max_size=6,
    )
)
def test_no_text_hides_what_is_loaded_and_none_looks_like_it(parts: list[tuple[str, str, str]]) -> None:
    html = _page("".join(form.format(escape(text), address) for form, text, address in parts))
    reader = _Loading()
    reader.feed(html)
    reader.close()
    if any(is_elsewhere(each) for each in reader.found):
        with pytest.raises(Unsafe):
            policy_of(html, "x/")
    else:
        loads = {name for name in policy_of(html, "x/").allowed if name in ("img-src", "script-src")}
        assert bool(loads) == bool(reader.found)


def test_the_policy_is_the_first_thing_in_the_head_and_can_be_read_again() -> None:
    sealed = seal(_page('<img src="a.jpg">'), "x/")
    assert sealed.startswith('<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="default')
    assert read(sealed) == Policy({"img-src": frozenset({SELF}), "connect-src": frozenset({SELF})})
    assert read(_page()) is None
    with pytest.raises(Unsafe, match="<head>"):
        seal("<p>no head</p>", "x/")


def test_a_page_that_was_never_sealed_is_not_loosened_by_its_text() -> None:
    told = escape(f'<meta http-equiv="Content-Security-Policy" content="{CLOSED}; script-src *">')
    sealed = CLOSED.replace("form-action", "connect-src 'self'; form-action")
    assert str(read(seal(_page(f"<p>{told}</p>"), "x/"))) == sealed


def test_pictures_of_the_style_sheet_are_allowed_where_it_is_used() -> None:
    styled = _page(head='<link rel="stylesheet" href="a.css">')
    assert "img-src data:;" in seal(styled, "x/", data_pictures=True)
    assert "data:" not in seal(_page(), "x/", data_pictures=True)


def test_the_preview_may_also_ask_its_server() -> None:
    sealed = seal(_page('<link rel="stylesheet" href="a.css">'), "x/", data_pictures=True)
    shown = seal_preview(sealed.replace("</head>", '<script src="/_preview/reload.js"></script></head>'), "x/")
    assert str(read(shown)) == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; "
        "form-action 'none'; base-uri 'none'"
    )
    assert shown.count("Content-Security-Policy") == 1


def test_a_union_allows_what_any_of_its_parts_does() -> None:
    one, two = policy_of(_page('<img src="a">'), ""), policy_of(_page('<form></form><script src="b"></script>'), "")
    both = union([one, two])
    assert _allows(both, one) and _allows(both, two)
    assert not _allows(one, two) and not _allows(two, one)
    assert str(both) == "default-src 'none'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"


@pytest.mark.parametrize(
    ("css", "has"),
    [
        ("a { background: url(\"data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg'/>\") }", True),
        ("a { background: url('../media/a.png') }", False),
        ("/* url(https://x.example) */ a { color: red }", False),
    ],
)
def test_a_style_sheet_may_hold_pictures_and_load_our_own(css: str, has: bool) -> None:
    assert has_data_pictures(css, "a.css") is has


@pytest.mark.parametrize(
    "css",
    [
        "a{background:url(https://x.example/a.png)}",
        "@import '//x.example/a.css';",
        '@font-face{src:url( "data:font/woff2;base64," )}',
    ],
)
def test_a_style_sheet_loads_nothing_from_elsewhere(css: str) -> None:
    with pytest.raises(Unsafe, match=r"a\.css"):
        has_data_pictures(css, "a.css")


# -- whole sites -------------------------------------------------------------------------------------------------------


def _pages(site: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(site.rglob("*.html")):
        yield file.relative_to(site).as_posix(), file.read_text("utf-8")


def test_every_page_carries_the_policy_of_what_is_on_it_before_all_else(city_site: Path) -> None:
    pages = list(_pages(city_site))
    assert len(pages) > 100
    for name, html in pages:
        head = html.index("<head>") + len("<head>")
        assert html.startswith('<meta http-equiv="Content-Security-Policy" content="default-src \'none\';', head), name
        policy = read(html)
        assert policy is not None and _allows(policy, policy_of(html, name)), name
        assert "'unsafe" not in str(policy) and "http" not in str(policy) and "*" not in str(policy), name
        assert html.encode().index(b'<meta charset="utf-8">') < 1024 - 22, (
            f"{name}: HTML wants it in the first 1024 bytes"
        )


def test_only_pages_that_play_a_film_may_load_one(city_site: Path) -> None:
    playing = {name for name, html in _pages(city_site) if re.search(r"<(?:video|audio)\b", html)}
    allowed = {name for name, html in _pages(city_site) if "media-src" in (read(html) or Policy({})).allowed}
    assert playing == allowed != set()


@pytest.mark.parametrize("form", headers.FORMS)
def test_the_policy_of_the_headers_allows_what_every_page_does(form: str, city_site: Path) -> None:
    result = CliRunner().invoke(exhibit, ["headers", "--for", form, "--out", str(city_site), "--at", "/a/b/"])
    assert result.exit_code == 0, result.output
    written = re.search(r"Content-Security-Policy:? \"?(default-src [^\"\n]*)", result.output)
    assert written
    given = read(f'<meta http-equiv="Content-Security-Policy" content="{written[1]}">')
    assert given is not None
    assert given.allowed["frame-ancestors"] == {"'self'"}
    for name, html in _pages(city_site):
        policy = read(html)
        assert policy is not None and _allows(given, policy), name
    kept = {each for each in given.allowed if each != "frame-ancestors"}
    assert kept == {each for _, html in _pages(city_site) for each in (read(html) or Policy({})).allowed}


@pytest.mark.parametrize("wanted", ["nosniff", "strict-origin-when-cross-origin", "camera=()", "immutable"])
@pytest.mark.parametrize("form", headers.FORMS)
def test_the_headers_say_the_rest_too(form: headers.ServerForm, wanted: str) -> None:
    assert wanted in headers.written(form, Policy({}), "/", (), "zh")


def test_every_ending_of_a_site_has_its_media_type(city_site: Path) -> None:
    endings = {each.suffix.removeprefix(".") for each in city_site.rglob("*") if each.is_file()}
    assert endings - {"jpeg"} <= media_types.PUBLISHED.keys()
    nginx = headers.written("nginx", Policy({}), "/", (), "en")
    for each in ("image/avif avif;", "text/vtt vtt;", "text/calendar ics;", "application/atom+xml"):
        assert each in nginx


def test_files_named_by_their_content_are_kept_and_no_others(city_site: Path) -> None:
    kept = re.compile("|".join(headers.NAMED_BY_CONTENT))
    names = {each.relative_to(city_site).as_posix() for each in city_site.rglob("*") if each.is_file()}
    found = {each for each in names if kept.match(each)}
    assert all(re.search(r"[0-9a-f]{12}", each) for each in found)
    assert {"assets", "media", "videos"} == {each.split("/")[0] for each in found}
    assert not {each for each in names - found if re.search(r"[.-][0-9a-f]{12}\.", each)}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--at", "pinpai"], "要以 / 开头"),
        (["--framed-by", "portal.example"], "portal.example"),
        (["--out", "nowhere"], "nowhere"),
    ],
)
def test_headers_are_refused_with_a_word(options: list[str], said: str, city_site: Path) -> None:
    result = CliRunner().invoke(exhibit, ["headers", "--for", "nginx", "--out", str(city_site), *options])
    assert result.exit_code == 2
    assert said in result.output


def test_who_may_frame_the_site_can_be_said() -> None:
    given = headers.headers(Policy({}), ("https://portal.example.gov.cn",))
    assert given["Content-Security-Policy"].endswith("frame-ancestors 'self' https://portal.example.gov.cn")


def test_a_theme_that_loads_from_elsewhere_ends_the_build_and_leaves_the_site(small: SiteDriver) -> None:
    import shutil

    small.build()
    before = small.files()
    shutil.copytree(DEFAULT_THEME, small.root / "theme")
    small.edit("theme/exhibits/units.html", "<h1>", '<h1><img src="https://count.example/p.gif">')
    small.build(basis=Basis(small.root / "theme", small.root))
    assert not small.is_published()
    (told,) = small.lines("en")
    assert "units/: https://count.example/p.gif" in told and "Unsafe" in told
    assert small.files() == before


def test_an_authors_words_never_end_the_build(small: SiteDriver) -> None:
    told = 'style="x" onload=y 与 src="//x.example/a.js" 是网页里的写法。'
    story = (small.root / "brands/qingfeng/story.md").read_text("utf-8")
    small.write("brands/qingfeng/story.md", f"{story}\n{told}\n").build()
    assert small.is_published(), small.lines()
    assert told.replace('"', "&quot;") in small.page("brands/qingfeng/") or told in small.page("brands/qingfeng/")


def test_directives_are_only_those_that_are_ordered() -> None:
    used = {"script-src", "style-src", "img-src", "media-src", "connect-src", "form-action", "base-uri"}
    assert set(security.DIRECTIVES) == used


def test_the_sources_of_a_page_that_are_told_twice_are_written_once() -> None:
    assert _policy('<img src="a"><img src="b">').count("'self'") == 1
