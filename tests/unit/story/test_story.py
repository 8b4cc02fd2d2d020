"""Stories: nothing that is written can become active, every link keeps its place, and the outline is a git host's."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.problems import Problem, Span
from generator.story import HEADING_PREFIX, Link, Story, hang, is_safe, read
from tests.helpers.payloads import PAYLOADS, hung, picture, place

TAGS = frozenset(
    (
        *("h1", "h2", "h3", "h4", "h5", "h6", "p", "blockquote", "pre", "code", "ul", "ol", "li", "hr", "br", "strong"),
        *("em", "del", "sup", "section", "table", "thead", "tbody", "tr", "th", "td", "a", "img", "span"),
    )
)
ATTRIBUTES = frozenset(("href", "title", "id", "class", "src", "alt", "start", "rel"))
CLASSES = frozenset(
    ("footnotes", "footnote-ref", "footnote-backref", "story-caption", "is-left", "is-right", "is-centred")
)
ID = re.compile(r"(?:s-|fn-|fnref-)")
SCHEMES = frozenset(("http", "https", "mailto", "tel"))
VOID = frozenset(("img", "br", "hr"))


class _Reader(HTMLParser):
    """Collects every tag with its attributes, and what is not a tag at all."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.open: list[str] = []
        self.odd: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.odd.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.odd.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.odd.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.odd.append(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self.odd.append(f"<![{data}]>")


def _parsed(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def _scheme(address: str) -> str | None:
    """The scheme as a browser sees it: white space and controls around and inside do not count (WHATWG URL)."""
    seen = re.sub("[\t\n\r]", "", address.strip("".join(map(chr, range(0x21)))))
    match = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", seen)
    return match[1].lower() if match else None


def _assert_harmless(html: str) -> _Reader:
    reader = _parsed(html)
    assert not reader.odd, html
    assert not reader.open, html
    for tag, attributes in reader.tags:
        assert tag in TAGS, html
        for name, value in attributes:
            ours = name == "tabindex" and value == "0" and tag in ("table", "pre")  # never what an author wrote
            assert name in ATTRIBUTES or ours, html
            assert value is not None, html
            if name in ("href", "src"):
                assert _scheme(value) in (None, *SCHEMES), html
                assert not re.match(r"[\x00-\x20]*[/\\]{2}", value), html
            elif name == "id":
                assert ID.match(value), html
            elif name == "class":
                assert value in CLASSES, html
            elif name == "rel":
                assert value == "noopener noreferrer", html
    return reader


def _codes(problems: tuple[Problem, ...]) -> list[tuple[str, int, int]]:
    return [(each.code, each.span.line, each.span.column) for each in problems]


def test_there_are_enough_payloads_and_none_twice() -> None:
    assert len(PAYLOADS) >= 160
    assert len(set(PAYLOADS)) == len(PAYLOADS)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_comes_out_harmless_wherever_it_stands(payload: str) -> None:
    inline = payload.replace("\n", " ")
    indented = payload.replace("\n", "\n    ")
    for text in (
        payload,
        f"前 {payload} 后",
        f"- {indented}",
        f"> {payload}",
        f"## {inline}",
        f"| {inline} | b |\n| --- | --- |\n| c | {inline} |\n",
        f"a[^1]\n\n[^1]: {indented}\n",
        f"**{payload}**",
        f"[{payload}](x.md)",
        f"![{payload}](x.png)",
        f'[a](x.md "{payload}")',
        f"![a](x.png '{payload}')",
        f"[a](<{payload}>)",
        f"[r]: <{payload}> '{payload}'\n\n[r] ![r]",
        f"```{inline}\n{payload}\n```",
        f"`{payload}`",
    ):
        for deeper in (0, 2):
            _assert_harmless(hung(text, deeper))


ACTIVE_HTML = tuple(
    each
    for each in PAYLOADS
    if re.match(
        r"<(?:script|svg|img|iframe|object|embed|body|a|math|video|audio|input|form|base|link|meta)[ \n>]", each, re.I
    )
    and not re.search('`|"""', each)
    and ">" in each
)


@pytest.mark.parametrize("payload", ACTIVE_HTML)
def test_html_is_reported_where_it_stands(payload: str) -> None:
    _, problems = read("s.md", f"一行。\n\n- 甲\n\n{payload}\n")
    assert ("SEC-004", 5, 1) in _codes(problems)


UNSAFE_LINKS = tuple(
    each
    for each in PAYLOADS
    if re.match(
        r"\[a\]\(<?(?:javascript:a|vbscript|livescript|mocha|data|file|blob|filesystem|view|about|intent|ms-|//)", each
    )
)


@pytest.mark.parametrize("payload", UNSAFE_LINKS)
def test_an_unsafe_address_is_reported_where_it_stands(payload: str) -> None:
    _, problems = read("s.md", f"一行。\n\n- 😀{payload}\n")
    assert ("SEC-002", 3, 4) in _codes(problems)


UNSAFE = (
    *("javascript:x", "JAVASCRIPT:x", "vbscript:x", "data:text/html,x", "file:///x", "ftp://x", "x:y", "about:blank"),
    *("//evil.example", "/\\evil.example", "\\evil", "\\\\evil", "a\\b", "a\nb", "java\tscript:x", "\x01javascript:x"),
    *("http:x", "http:/x", "https:///x", "https:\\\\x", "http://\\x", " javascript:x", "\u0020//evil.example"),
    *("java&#10;script:x", "&Tab;javascript:x"),
)
SAFE = (
    *("a.md", "../a/b.md#c", "img/图.jpg", "#标题", "?a=b", "https://example.com", "HTTP://example.com/a:b", "./a"),
    *("mailto:a@example.com", "tel:+86-000", "a%20b.md", "a b.md", "/content/a.md", "a/b:c.md", "1:30.md"),
)


@pytest.mark.parametrize("target", UNSAFE)
def test_an_address_that_could_run_or_lead_outside_is_not_safe(target: str) -> None:
    assert not is_safe(target)


@pytest.mark.parametrize("target", SAFE)
def test_an_ordinary_address_is_safe(target: str) -> None:
    assert is_safe(target)


@given(st.text(max_size=40))
@example(" javascript:x")
def test_whatever_is_called_safe_has_an_allowed_scheme_or_none(target: str) -> None:
    if is_safe(target):
        assert _scheme(target) in (None, *SCHEMES)
        assert not re.match(r"[\x00-\x20]*[/\\]{2}", target)


PIECES = st.sampled_from(
    (
        *("[", "]", "(", ")", "![", "](", "](<", ">)", ' "', '")', " '", "')", "<", ">", "/", "\\", "`", "``", "```\n"),
        *(
            "*",
            "**",
            "_",
            "~~",
            "~",
            "#",
            "## ",
            "- ",
            "1. ",
            "> ",
            "| ",
            " |\n",
            "|-|-|\n",
            "\n",
            "\n\n",
            "    ",
            "\t",
        ),
        *(
            "[^1]",
            "[^1]: ",
            "[a]: ",
            "[a]",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<?",
            "?>",
            "</",
            "&lt;",
            "&#10;",
            "&Tab;",
        ),
        *(
            "javascript:",
            "data:text/html,",
            "https://",
            "mailto:",
            "tel:",
            "www.",
            "@",
            "//",
            "x.md",
            "#",
            "&#x6a;",
            "&colon;",
        ),
        *(
            "script",
            "img src=x onerror=y",
            "svg/onload=z",
            " onclick=x",
            " style=y",
            "=",
            '"',
            "'",
            "id=x",
            "class=y",
            "a",
            "品",
        ),
        *(
            "“",
            "”",
            "。",
            "😀",
            "𠮷",
            "\u0300",
            "\ufffd",
            "~0123456789abcdef0123~0~",
            'data-sourcepos="1:1-1:2"',
            "<!-- raw",
        ),
    )
)


@given(st.lists(PIECES, max_size=30).map("".join), st.integers(0, 5))
@example("[a](x '\n' \"onclick=x)", 1)
@example('<a href="~0123456789abcdef0123~0~">', 0)
def test_generated_text_comes_out_harmless(text: str, deeper: int) -> None:
    html = hung(text, deeper)
    _assert_harmless(html)
    assert read("s.md", text)[0].token not in html


@given(st.sampled_from(PAYLOADS), st.sampled_from(PAYLOADS), st.lists(PIECES, max_size=6).map("".join))
def test_two_payloads_with_something_between_come_out_harmless(one: str, other: str, between: str) -> None:
    _assert_harmless(hung(one + between + other))


@given(st.text())
@example("\x00")
@example("&#0;&#xD800;&#x110000;")
@example("[a](\x00)")
def test_any_text_gives_a_story(text: str) -> None:
    story, problems = read("s.md", text)
    _assert_harmless(hang(story, place, picture))
    lines = text.count("\n") + text.count("\r") + 1
    for span in (*(each.span for each in problems), *(each.span for each in story.links)):
        assert span.path == "s.md"
        assert 1 <= span.line <= lines
        assert span.column >= 1


@given(st.lists(PIECES, max_size=25).map("".join), st.integers(1, 30))
def test_every_place_moves_down_with_the_first_line(text: str, first_line: int) -> None:
    here, problems = read("s.md", text)
    there, moved = read("s.md", text, first_line)
    assert here.html == there.html
    shifted = [(code, line + first_line - 1, column) for code, line, column in _codes(problems)]
    assert _codes(moved) == shifted
    for one, other in zip(here.links, there.links, strict=True):
        assert (one.span.line + first_line - 1, one.span.column) == other.span[1:]


@pytest.mark.parametrize(
    "text",
    ["&#x202e;", "&#8238;", "&ZeroWidthSpace;", "&#x200b;", "&zwnj;", "&rlm;", "&shy;", "&#xfeff;", "&#x7f;"],
)
def test_an_entity_does_not_smuggle_in_a_hidden_character(text: str) -> None:
    """Written out, such a character is refused when the file is read; by its number it must not get through either."""
    story, problems = read("s.md", f"金额 {text}100 元，[链{text}接](a{text}b.md)。")
    shown = hang(story, place, picture)
    hidden = [each for each in shown if unicodedata.category(each) in ("Cf", "Cc") and each != "\n"]
    assert not hidden or problems


def test_html_that_is_not_shown_is_reported_with_what_it_was() -> None:
    _, problems = read("s.md", "前\n\n正文<b onclick=x>粗</b>。\n")
    assert [(each.code, dict(each.values)["markup"]) for each in problems] == [("SEC-004", "<b onclick=x>")]


def test_a_comment_vanishes_without_a_word_and_a_lone_closing_tag_with_one() -> None:
    story, problems = read("s.md", "<!-- 提示：<b> -->\n\n正文</b>。\n")
    assert [(each.code, each.span.line, each.span.column) for each in problems] == [("SEC-004", 3, 3)]
    assert _parsed(story.html).text == ["\n", "正文。", "\n"]


@pytest.mark.parametrize(
    ("text", "strong"),
    [
        ("**“清风。”**两个字", "“清风。”"),
        ("他说**“好”**。", "“好”"),
        ("这是**（重点）**内容", "（重点）"),
        ("**《意见》**印发", "《意见》"),
        ("“**清风**”行动", "清风"),
        ("**「一窗」**受理、", "「一窗」"),
        ("一**二。**三", "二。"),
        ("**𠮷。**𠮷", "𠮷。"),
    ],
)
def test_emphasis_may_touch_han_punctuation(text: str, strong: str) -> None:
    assert f"<strong>{strong}</strong>" in read("s.md", text)[0].html


@pytest.mark.parametrize(("text", "tag"), [("做法如下：\n- 甲\n- 乙\n", "ul"), ("做法如下：\n1. 甲\n2. 乙\n", "ol")])
def test_a_list_may_follow_a_line_directly(text: str, tag: str) -> None:
    html = read("s.md", text)[0].html
    assert html == f"<p>做法如下：</p>\n<{tag}>\n<li>甲</li>\n<li>乙</li>\n</{tag}>\n"


def test_a_table_keeps_its_alignment() -> None:
    html = read("s.md", "| 年 | 数 |\n| :- | -: |\n| 2024 | **3** |\n")[0].html
    assert '<th class="is-left">年</th>' in html
    assert '<td class="is-right"><strong>3</strong></td>' in html


def test_a_footnote_leads_there_and_back() -> None:
    reader = _assert_harmless(hung("一[^注]二[^注]。\n\n[^注]: 来自报告。\n"))
    ids = [dict(attributes)["id"] for _, attributes in reader.tags if "id" in dict(attributes)]
    ways = [dict(attributes)["href"] for tag, attributes in reader.tags if tag == "a"]
    assert len(ids) == 3 == len(set(ids))
    assert len(ways) == 4  # two there, two back
    assert set(ways) == {f"#{each}" for each in ids}


def test_a_footnote_nobody_calls_is_not_shown() -> None:
    assert "没人" not in read("s.md", "正文。\n\n[^1]: 没人引用。\n")[0].html


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("由来", "由来"),
        ("Hello World", "hello-world"),
        ("一、背景：起因（上）", "一背景起因上"),
        ("1.2 节", "12-节"),
        ("C++ 和 C#", "c-和-c"),
        ("a_b", "a_b"),
        ("“清风”行动", "清风行动"),
        ("😀 笑", "-笑"),
        ("`代码` **粗** [链接](x.md)", "代码-粗-链接"),
        ("ÀÉ", "àé"),
        ("a - b", "a---b"),
        ("x &amp; y", "x--y"),
        ("𠮷野", "𠮷野"),
    ],
)
def test_an_anchor_is_the_one_a_git_host_writes(heading: str, anchor: str) -> None:
    story, _ = read("s.md", f"## {heading}\n")
    assert story.anchors == {anchor}
    assert f'<h2 id="{HEADING_PREFIX}{anchor}">' in story.html


PLAIN = st.text(
    st.characters(
        categories=("Lo", "Ll", "Lu", "Po", "Ps", "Pe", "Pd"),
        max_codepoint=0x9FFF,
        exclude_characters="\\*_`[]<>&#!@:~|İΣ",
    ),
    min_size=1,
    max_size=12,
)


def _git_host_anchor(text: str) -> str:
    kept = (
        each
        for each in text.lower()
        if unicodedata.category(each)[0] in "LMN" or unicodedata.category(each) == "Pc" or each in " -"
    )
    return "".join(kept).replace(" ", "-")


@given(st.lists(PLAIN, min_size=1, max_size=4).map(" ".join))
@example("A b、C")
def test_the_anchor_of_a_plain_heading_follows_the_rule(heading: str) -> None:
    story, _ = read("s.md", f"## 题 {heading} 题\n")
    (only,) = story.headings
    assert only.id == HEADING_PREFIX + _git_host_anchor(f"题 {heading} 题")
    assert only.text == f"题 {heading} 题"


def test_headings_of_the_same_name_get_numbers() -> None:
    story, _ = read("s.md", "## 一\n\n## 一\n\n### 一\n\n## 二\n")
    assert [each.id for each in story.headings] == ["s-一", "s-一-1", "s-一-2", "s-二"]
    assert [each.level for each in story.headings] == [2, 2, 3, 2]
    assert story.anchors == {"一", "一-1", "一-2", "二"}


def test_the_outline_is_plain_text() -> None:
    story, _ = read("s.md", '## **粗** `码` [链](x.md "a>b") ![图](y.png) &lt;b&gt; 5 < 6\n')
    assert [each.text for each in story.headings] == ["粗 码 链  <b> 5 < 6"]


@given(st.lists(st.tuples(st.integers(1, 6), st.sampled_from("甲乙丙丁")), max_size=8), st.integers(0, 6))
def test_the_outline_lists_every_heading_and_every_id_is_in_the_html(
    headings: list[tuple[int, str]], deeper: int
) -> None:
    story, problems = read("s.md", "\n\n".join(f"{'#' * level} {text}" for level, text in headings))
    assert [(each.level, each.text) for each in story.headings] == headings
    found = [
        (tag, dict(attributes)["id"])
        for tag, attributes in _parsed(hang(story, place, picture, deeper)).tags
        if tag[0] == "h"
    ]
    assert found == [(f"h{min(6, each.level + deeper)}", each.id) for each in story.headings]
    assert len({id for _, id in found}) == len(headings)
    assert [each.code for each in problems] == ["A11-002"] * sum(level == 1 for level, _ in headings)


POSITIONS: tuple[tuple[str, str], ...] = (
    ("two in a line", "正文[1](u1)和😀[2](u2)。\n第二行𠮷[3](u3)"),
    ("after markup", "**粗[1](u1)** *斜[2](u2)* ~~删[3](u3)~~ `码`[4](u4) &amp;&#x1f600;[5](u5) \\*[6](u6)\n"),
    ("after code that looks like a link", "`a[x](y)`[1](u1)\n``b`` [2](u2)\n"),
    ("indented lines", "   段[1](u1)\n     段[2](u2)\n\ta[3](u3)\n"),
    ("after line breaks", "a  \n  b[1](u1)\\\n   c[2](u2)\n"),
    ("in lists", "- 列表[1](u1)\n- b\n  续行[2](u2)\n\n  段[3](u3)\n    - 深[4](u4)\n"),
    ("in numbered lists", "1. a[1](u1)\n10. b[2](u2)\n    c[3](u3)\n"),
    ("after a tab of a list", "-\ta[1](u1)\n-\tb[2](u2)\n"),
    ("in a list after a line", "段\n- a[1](u1)\n- b[2](u2)\n"),
    ("in quotations", "> 引[1](u1)\n> 二[2](u2)\n懒[3](u3)\n> > 深[4](u4)\n"),
    ("in a quotation of a list", "- > - a[1](u1)\n    > b[2](u2)\n"),
    ("in headings", "## 标[1](u1)题 ##\n\n  ### 二[2](u2)\n\n标题[3](u3)\n---\n"),
    ("in tables", "| 表[1](u1) | 格[2](u2) |\n| --- | --- |\n| 甲[3](u3) | 😀![4](u4) |\n|丙[5](u5)|x|\n"),
    ("in tables without edges", "a | b[1](u1)\n--- | ---\n[2](u2) | 😀[3](u3)\n"),
    ("in tables with escaped bars", "| a \\| b | [1](u1) |\n|--|--|\n| `x\\|y` | [2](u2) |\n"),
    ("in tables of quotations", "> | a | [1](u1) |\n> |---|---|\n> | b | [2](u2) |\n"),
    ("in tables of lists", "- | a | [1](u1) |\n  |---|---|\n  | b | [2](u2) |\n"),
    ("in a table after a line", "段落\n| a | [1](u1) |\n|---|---|\n| b | [2](u2) |\n"),
    ("in footnotes", "脚[^1]注。\n\n[^1]: 注[1](u1)\n    续[2](u2)\n\n    段[3](u3)\n"),
    ("pictures", '![1](u1 "题")![2](u2)\n- ![3](u3)\n'),
    ("after a text of two lines", "[a\nb](u0)后[2](u2)\n"),
)


@pytest.mark.parametrize("first_line", [1, 8])
@pytest.mark.parametrize("text", [each[1] for each in POSITIONS], ids=[each[0] for each in POSITIONS])
def test_a_link_has_the_place_of_its_bracket(text: str, first_line: int) -> None:
    story, _ = read("s.md", text, first_line)
    numbered = re.findall(r"!?\[([1-9])\]\((u[1-9])", text)
    assert [each.target for each in story.links if each.target != "u0"] == [target for _, target in numbered]
    for link in story.links:
        if link.target == "u0":
            continue
        at = text.index(f"[{link.target[1]}]({link.target}") - (1 if link.is_picture else 0)
        line = text.count("\n", 0, at) + first_line
        assert link.span == Span("s.md", line, at - (text.rfind("\n", 0, at) + 1) + 1), link


@pytest.mark.parametrize(
    ("text", "target", "place"),
    [
        ("[引][r] 后[一](u1)\n\n[r]: u9\n", "u9", (1, 1)),
        ("[![图](p1)](u4)\n", "u4", (1, 1)),
        ("[![图](p1)](u4)\n", "p1", (1, 2)),
        ("a[一](u1\n'题\n二')b[二](u2)\n", "u1", (1, 2)),
        ("a[一](u1\n'题\n二')b[二](u2)\n", "u2", (3, 5)),
        ("[r]: u9\n前[r]\n", "u9", (2, 2)),
        ("[r]: u9\n[s]: u8\n\n前[二](u2)[r]\n", "u9", (4, 9)),
    ],
)
def test_a_link_has_its_place_also_where_its_parts_lie_apart(text: str, target: str, place: tuple[int, int]) -> None:
    story, _ = read("s.md", text)
    (span,) = (each.span for each in story.links if each.target == target)
    assert span == Span("s.md", *place)


HTML_PLACES: tuple[tuple[str, str, list[tuple[int, int]]], ...] = (
    ("in a paragraph", "正文<b>粗</b>。\n", [(1, 3)]),
    ("on the second line", "正文\n𠮷😀<i>斜</i>\n", [(2, 3)]),
    ("one report for a line", "<b>x</b> <i>y</i>\nz <u>\n", [(1, 1), (2, 3)]),
    ("a block", "正文\n\n<div class=x>\n块\n</div>\n\n正文\n\n<p>\n", [(3, 1), (9, 1)]),
    ("two blocks one after the other", "<div>\n块\n</div>\n\n<p>\n", [(1, 1), (5, 1)]),
    ("in a list", "- a\n- <b>x\n  y<i>\n", [(2, 3), (3, 4)]),
    ("indented in a list", "1. a\n\n    <div>\n", [(3, 5)]),
    ("in a quotation", "> a\n> <b>x\n", [(2, 3)]),
    ("in a table", "| a | <b> |\n|--|--|\n| c | d |\n| e <u> | <b> |\n", [(1, 7), (4, 5)]),
    ("in a footnote", "甲[^1]。\n\n[^1]: 注\n    <b>乙\n", [(4, 5)]),
    ("in a heading", "## 甲<b>乙</b>\n", [(1, 5)]),
    ("over two lines", "a <b\n onclick='x'>y <i>z\n", [(1, 3), (2, 16)]),
    ("after the same as text", "&lt;b> \\<b> <b>\n", [(1, 13)]),
    ("after the same in code", "`<b>` <b>\n", [(1, 7)]),
    ("after the same in a title", '[a](x "<b>") <b>\n', [(1, 14)]),
    ("after the same in a paragraph of code", "`<b>`\n\n- <b>\n", [(3, 3)]),
    ("after the same in a block of code", "```\n<b>\n```\n\n正文 <b>\n", [(5, 4)]),
    ("a block after the same in code", "```\n<div>\n```\n\n<div>\n", [(5, 1)]),
)


@pytest.mark.parametrize(("text", "places"), [each[1:] for each in HTML_PLACES], ids=[each[0] for each in HTML_PLACES])
def test_html_has_its_place(text: str, places: list[tuple[int, int]]) -> None:
    _, problems = read("s.md", text, 8)
    found = [(each.span.line, each.span.column) for each in problems if each.code == "SEC-004"]
    assert found == [(line + 7, column) for line, column in places]


def test_other_mistakes_have_their_places_too() -> None:
    text = "正文。\n\n  # 题\n\n- ![](a.png) ![乙](https://example.com/a.png)\n"
    _, problems = read("s.md", text, 4)
    assert sorted(_codes(problems)) == [("A11-001", 8, 3), ("A11-002", 6, 3), ("CDN-001", 8, 14)]


def test_a_link_is_hung_where_place_says_and_its_text_stays_where_it_says_nothing() -> None:
    story, _ = read("s.md", '[甲](a.md "题") [**乙**](b.md) [丙](https://example.com/?a=b&c)\n')
    html = hang(story, lambda link: '../a/?x&"y' if link.target == "a.md" else None, picture)
    assert html == (
        '<p><a href="../a/?x&amp;&quot;y" title="题" rel="noopener noreferrer">甲</a> <strong>乙</strong> '
        '<a href="https://example.com/?a=b&amp;c" rel="noopener noreferrer">丙</a></p>\n'
    )


def test_a_picture_is_hung_with_its_description_and_title_as_plain_text() -> None:
    story, _ = read("s.md", "[![甲 &quot;**乙**&quot; &lt;](a.png 'x \"y\" > z')](b.md)\n")
    seen: list[tuple[str, str, str]] = []

    def picture(link: Link, alt: str, title: str) -> str:
        seen.append((link.target, alt, title))
        return "PICTURE"

    html = hang(story, lambda _: "there/", picture)
    assert seen == [("a.png", '甲 "乙" <', 'x "y" > z')]
    assert html == '<p><a href="there/" rel="noopener noreferrer">PICTURE</a></p>\n'


@given(st.text(st.sampled_from("0123456789abcdef"), min_size=20, max_size=20), st.integers(0, 3))
@example("0123456789abcdef0123", 0)
def test_text_in_the_form_of_a_token_is_not_replaced(digits: str, number: int) -> None:
    forged = f"~{digits}~{number}~"
    story, _ = read("s.md", f"`{forged}` [甲]({forged}) [乙](b.md) ![`{forged}`](c.png)\n")
    html = hang(story, lambda link: f"to:{link.target}", lambda link, alt, title: f"[{link.target} {alt}]")
    assert html == (
        f'<p><code>{forged}</code> <a href="to:{forged}" rel="noopener noreferrer">甲</a> '
        f'<a href="to:b.md" rel="noopener noreferrer">乙</a> [c.png {forged}]</p>\n'
    )


def test_the_token_depends_on_the_text() -> None:
    one, other = read("s.md", "[甲](a.md)")[0], read("s.md", "[乙](a.md)")[0]
    assert one.token != other.token
    borrowed = read("s.md", f"[甲](a.md) [乙]({one.token}0~)")[0]
    assert [each.target for each in borrowed.links] == ["a.md", f"{one.token}0~"]


def test_the_same_text_is_read_the_same_every_time() -> None:
    text = "## 题\n\n[甲](a.md) <b>乙</b> ![](c.png)\n"
    assert read("s.md", text) == read("s.md", text)


def _rows(unit: str, size: int = 100_000) -> str:
    """About ``size`` characters of ``unit`` in lines as long as a source file may have them."""
    line = (unit * (9_990 // len(unit) + 1))[:9_990]
    return "\n".join([line] * (size // 9_990))


PATHOLOGICAL = {
    "open brackets": "[" * 100_000,
    "asterisks": "*" * 100_000,
    "spaced underscores": "_a " * 33_000,
    "openers that never close": "**a " * 25_000,
    "emphasis inside words": _rows("a**b"),
    "emphasis around han quotes": _rows("品**“品”**", 50_000),
    "open strikethrough": "~~a " * 25_000,
    "backticks": "`" * 100_000,
    "backticks of every length": "".join("`" * length + "a" for length in range(1, 440)),
    "backslashes": "\\" * 100_000,
    "ampersands": "&" * 100_000,
    "entities": "&amp;" * 20_000,
    "half entities": "&#" * 50_000,
    "less-than signs": "<" * 100_000,
    "half tags": "<a " * 33_000,
    "tags": _rows("<b>", 50_000),
    "tags on their own lines": "<b>\n" * 25_000,
    "tags in paragraphs": "a<b>\n\n" * 10_000,
    "comments": "<!--" * 25_000,
    "comments in paragraphs": "a <!-- x -->\n\n" * 7_000,
    "instructions": "<?" * 50_000,
    "declarations": "<![CDATA[" * 11_000,
    "closing tags": "</" * 50_000,
    "links": _rows("[a](b)", 50_000),
    "unsafe links": _rows("[a](javascript:x)", 50_000),
    "pictures": _rows("![](b)"),
    "nested pictures": "![" * 50_000,
    "half links": "[a](" * 25_000,
    "half links with nothing": "[](" * 33_000,
    "brackets the wrong way": "a][" * 33_000,
    "references": "".join(f"[a{number}]: x\n" for number in range(9_000)) + "[a1]" * 500,
    "references that grow": "[a]: " + "x" * 5_000 + "\n\n" + "[a]" * 10_000,
    "footnotes": "".join(f"[^{number}]\n\n[^{number}]: x\n\n" for number in range(4_000)),
    "one footnote called often": _rows("[^1]", 20_000) + "\n\n[^1]: a\n",
    "a footnote calling itself": "[^1]\n\n[^1]: " + "[^1]" * 2_000,
    "a chain of footnotes": "".join(f"[^{number}]: [^{number + 1}]\n\n" for number in range(5_000)) + "[^0]",
    "bars": "|" * 50_000 + "\n" + "|-" * 25_000,
    "long tables": "|a|\n|-|\n" + "|b|\n" * 25_000,
    "wide tables": "|" + "a|" * 4_900 + "\n|" + "-|" * 4_900 + "\n",
    "dashes": "- " * 50_000,
    "deep lists": "".join("  " * depth + "- a\n" for depth in range(300)),
    "lists": "- a\n" * 25_000,
    "numbers": "1. " * 33_000,
    "hashes": "#" * 100_000,
    "rules": "---\n" * 25_000,
    "different headings": "".join(f"# {number}\n" for number in range(14_000)),
    "autolinks": _rows("www.a.b ", 50_000),
    "addresses": _rows("a@b.c ", 30_000),
    "half addresses": "a@" * 50_000,
    "dots before an address": "a." * 50_000 + "@",
    "nested quotations": ("> " * 1_000 + "\n\n") * 50,
    "lazy lines": ">" * 1_000 + "a\n" + "b\n" * 40_000,
    "blank lines": "\n" * 100_000,
    "spaces": " " * 100_000,
    "tabs": "\t" * 100_000,
    "replacement characters": "\ufffd" * 100_000,
}


@pytest.mark.audit
@pytest.mark.parametrize("text", PATHOLOGICAL.values(), ids=list(PATHOLOGICAL))
def test_a_pathological_text_is_read_to_its_end(text: str) -> None:
    story, _ = read("s.md", text)
    html = hang(story, place, picture, 1)
    assert not story.token or story.token not in html
    assert len(html) < 100 * len(text) + 1_000


def test_short_rows_of_a_wide_table_do_not_multiply() -> None:
    """Each short row is filled up to the width of the head: 3 KB of text must not become megabytes."""
    text = "|a" * 500 + "|\n" + "|-" * 500 + "|\n" + "b\n" * 500
    assert len(text) < 3_100
    story, problems = read("s.md", text)
    assert len(story.html) < 100 * len(text)
    assert [(each.code, each.span.line) for each in problems] == [("SEC-009", 1)]


CHILD = """
import resource, sys
from generator.story import hang, read
story, _ = read("s.md", sys.stdin.read())
print(len(hang(story, lambda link: None, lambda link, alt, title: "")))
"""
_GUARD_SECONDS = 10  # ends what would not end; far beyond what any of these needs
_GUARD_BYTES = 2 << 30

MONSTERS = {
    "headings of the same name": "# a\n" * 25_000,
    "quotations in quotations": "\n\n".join([">" * 9_990] * 4),
    "a wide table with short rows": "|a" * 4_990 + "|\n" + "|-" * 4_990 + "|\n" + "b\n" * 30_000,
    "an ordinary table with short rows": "|a" * 50 + "|\n" + "|-" * 50 + "|\n" + "b\n" * 128_000,
    "tags in a long text": ("汉字**粗**[甲](a.md) " * 20 + "<b>\n\n") * 400,
    "tags beside deep quotations": "\n\n".join([">" * 2_000] * 10 + ["甲 <b>"] * 500),
}


def _guard() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_GUARD_SECONDS, _GUARD_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_GUARD_BYTES, _GUARD_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@pytest.mark.parametrize("text", MONSTERS.values(), ids=list(MONSTERS))
def test_a_file_within_the_limits_of_a_source_neither_hangs_nor_exhausts_the_machine(text: str) -> None:
    """In a process of its own, which the guard ends where it would not return."""
    from generator.source.files import LINE_LIMIT, TEXT_LIMIT

    assert len(text.encode()) <= TEXT_LIMIT
    assert max(map(len, text.split("\n"))) <= LINE_LIMIT
    done = subprocess.run(
        [sys.executable, "-c", CHILD], input=text, text=True, capture_output=True, preexec_fn=_guard, check=False
    )
    assert done.returncode == 0, done.stderr[:300]
    assert int(done.stdout) >= 0


def test_a_story_of_nothing_is_empty() -> None:
    story, problems = read("s.md", "")
    assert story == Story("s.md", "", story.token, (), ())
    assert not problems
    assert hang(story, place, picture) == ""
