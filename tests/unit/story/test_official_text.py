"""Official text in stories: it is published as it was written, or its author is told where and why it is not."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator.problems import CATALOGUE, Problem
from generator.source.conflicts import find, settled
from generator.story import hang, read
from generator.story.official import keep, restored
from tests.helpers.driver import SiteDriver
from tests.helpers.properties import examples
from tests.helpers.search_index import indexed_texts

STORY = "brands/qingfeng/story.md"
PAGE = "brands/qingfeng/index.html"


def _hung(text: str) -> str:
    return hang(
        read("s.md", text)[0], lambda link: link.target, lambda link, alt, title: f"[{link.target}|{alt}|{title}]"
    )


def _shown(text: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", _hung(text))).strip()


def _told(text: str) -> list[tuple[str, int, int]]:
    return sorted((each.code, each.span.line, each.span.column) for each in read("s.md", text)[1])


KEPT = (
    "每周走访3~5次，每次10~20人；全年共3~4轮，提高1.5~2倍。",
    "3~~5次，每次10~~20人",
    "窗口实行5*8小时值守，热线7*24小时受理。",
    "收费2*30元/人*月、5*20元/人*月。",
    "（2+3）*5、(a+b)*(c+d)、5%*3、30㎡*2、A*B*C",
    "长*宽*高、台*班、人*次",
    "张*三、李*四，王*、赵*、钱*，孙**、李**等",
    "138****1234，110101********1234，尾号****1234，10**6、10**8",
    "产值*（万元）、利润*（万元）、第1*、第2*名",
    "注：带*的为必填项，加*的为选填项。",
    "*.doc、*.xls、*.*",
    "2_3_4，a_b_c，甲_乙_丙，2024年__月__日，姓名______，______年____月",
    r"C:\path、D:\资料\_新\*.doc、\\server\共享\a_b_、见 C:\用户\桌面\，再",
    "≈3、≥96%、≤5%、<5%、a<b、A&B、AT&T、R&D、Q&A、$5和$6、￥100、№3、§2、±2℃",
    "京发〔2024〕3号、[2024]3号、[1][2]、【说明】（见附件）、【官网】（网上大厅）",
    "#清廉机关#、#3号楼、C#、1+7+N、-5℃到5℃、“5+2”“白+黑”",
    "①甲；②乙。1.甲；2.乙；3、丙。（一）丁",
    "12:30:45、2023—2024年、2023-2024、——引自《意见》……",
    "一切‘好’、“好”—好",
    r"和\或、24\7",
)


@pytest.mark.parametrize("text", KEPT)
@pytest.mark.parametrize(
    "form",
    ["{}", "前{}后", "- {}", "> {}", "## 甲 {}", "| 甲 |\n| --- |\n| {} |", "甲[^1]\n\n[^1]: 乙{}", "甲  \n乙{}"],
)
def test_official_text_is_shown_as_it_was_written(text: str, form: str) -> None:
    assert text in _shown(form.format(text))
    assert _told(form.format(text)) == []


@pytest.mark.parametrize("text", KEPT)
def test_official_text_is_kept_in_links_descriptions_titles_and_code(text: str) -> None:
    inner = text.replace("[", "").replace("]", "").replace('"', "")
    assert unescape(_hung(f"![{inner}](a.jpg '{inner}')")) == f"<p>[a.jpg|{inner}|{inner}]</p>\n"
    assert f">{inner}</a>" in unescape(_hung(f"[{inner}](a.md)"))
    assert f"<code>{text}</code>" in unescape(_hung(f"`{text}`"))
    assert f"<code>{text}\n</code>" in unescape(_hung(f"```\n{text}\n```"))


def test_a_number_behind_a_greater_than_sign_is_no_quotation() -> None:
    assert _shown("满意率\n>96%，>=95分") == "满意率\n>96%，>=95分"
    assert _shown("- >96%") == ">96%"
    assert "<blockquote>" in _hung("> 2024年以来\n> 96%的群众")
    assert "<blockquote>" in _hung("> 一句话")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*清*廉", "<em>清</em>廉"),
        ("**阳光天平。**法院", "<strong>阳光天平。</strong>法院"),
        ("~~删~~去", "<del>删</del>去"),
        ("*注：预计数。*", "<em>注：预计数。</em>"),
        ("**3~5次**、*5*8小时*", "<strong>3~5次</strong>、<em>5*8小时</em>"),
        ("**一**和**二**", "<strong>一</strong>和<strong>二</strong>"),
        ("***重***", "<em><strong>重</strong></em>"),
        (r"\*不是\* \~\~删\~\~ \[x\](y) \# \`z\` \\", "*不是* ~~删~~ [x](y) # `z` \\"),
        ("`a\\*b`", "<code>a\\*b</code>"),
        ("[a\\]b](x.md)", ">a]b</a>"),
    ],
)
def test_markup_still_is_markup(text: str, html: str) -> None:
    assert html in _hung(text)
    assert _told(text) == []


@pytest.mark.parametrize(("text", "asked"), [("面积*单价*系数", 3), ("一个*清，廉*字", 3), ("弘扬*清廉*文化", 3)])
def test_what_may_be_emphasis_or_a_product_is_asked_about(text: str, asked: int) -> None:
    assert _told(text) == [("TXT-020", 1, asked)] or text in _shown(text)


ADDRESSES = (
    ("详情见{}，也可以拨打电话。", "https://example.com/a/b"),
    ("（{}）“再”", "https://example.com/c?x=1&y=2#z"),
    ("“{}”", "http://example.com"),
    ("《{}》", "https://example.com/"),
    ("{}详情", "https://example.com/a_b~c"),
    ("{}。谢谢", "https://example.com/(a)"),
    ("({})", "https://example.com/a"),
    ("{}", "https://example.com:8080/a%20b"),
    ("登录{}、", "www.example.com/a"),
    ("邮箱：{}；", "a_b.c@example.gov.cn"),
    ("请发{}为盼", "a@example.cn"),
    ("**{}**后", "https://example.com/a"),
    ("~~{}~~", "https://example.com/a"),
    ("| {} |\n| - |", "https://example.com/a"),
    ("{},", "https://example.com/a,b"),
    ("- {}！", "HTTPS://example.com/A"),
)


@pytest.mark.parametrize(("around", "address"), ADDRESSES)
def test_a_bare_address_ends_where_a_reader_sees_its_end(around: str, address: str) -> None:
    html = _hung(around.format(address))
    target = f"http://{address}" if address[:4] == "www." else f"mailto:{address}" if "@" in address else address
    found = [(unescape(each[0]), unescape(each[1])) for each in re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', html)]
    assert found == [(target, address)]
    plain = re.sub(r"[|\n -]|\*\*|~~", "", _shown(around.format(address)))
    assert plain == re.sub(r"[|\n -]|\*\*|~~", "", around.format(address))


@pytest.mark.parametrize(
    "text",
    [
        "`https://a.cn`",
        "[https://a.cn](b.md)",
        "https://例子.中国",
        "http://",
        "www.",
        "a@b",
        "xhttps://a.cn",
        "```\nwww.a.cn\n```",
    ],
)
def test_what_is_no_bare_address_becomes_no_link(text: str) -> None:
    assert not re.search(r'href="(?:https?:|mailto:)', _hung(text))


def test_a_list_of_addresses_is_several_links() -> None:
    assert _hung("http://a.cn/,http://b.cn;www.c.cn，d@e.cn、f@g.cn").count("<a ") == 5


@pytest.mark.parametrize("text", ["[甲](https://a.cn，乙)", "<https://a.cn。>", "[甲](<https://a.cn 。>)"])
def test_an_address_whose_host_holds_full_width_punctuation_is_told(text: str) -> None:
    assert [code for code, _, _ in _told(text)] == ["SEC-002"]


def test_markup_behind_an_address_still_is_markup() -> None:
    html = _hung("见https://a.cn/x，**重点**见[附件](b.md)")
    assert "<strong>重点</strong>" in html and ">附件</a>" in html


JOINED = (
    ("把群众的\n急难愁盼", "把群众的急难愁盼"),
    ("放在心上，\n一件一件办。\n好", "放在心上，一件一件办。好"),
    ("（甲\n）《乙\n》", "（甲）《乙》"),
    ("“甲\n乙”\n“丙”", "“甲乙”“丙”"),
    ("甲—\n乙…\n丙", "甲—乙…丙"),
    ("Service\ndesk", "Service\ndesk"),
    ("said “x”\nand", "said “x”\nand"),
    ("办。\nService", "办。Service"),
    ("𠮷\n𠮷", "𠮷𠮷"),
    ("甲\n\u3000乙", "甲乙"),
)


@pytest.mark.parametrize(("written", "shown"), JOINED)
@pytest.mark.parametrize("form", ["{}", "- {}", "> {}", "甲[^1]\n\n[^1]: {}", "**{}**", "[{}](a.md)", "术语\n: {}"])
def test_a_line_end_between_han_is_nothing_and_between_words_a_blank(written: str, shown: str, form: str) -> None:
    if form != "{}" and form[0] in "->术甲":
        written = written.replace("\n", "\n> " if form[0] == ">" else "\n    ")
    assert shown in _shown(form.format(written))


def test_line_ends_vanish_across_markup_in_headings_and_descriptions() -> None:
    assert "急<strong>难</strong><em>愁</em>盼" in _hung("急\n**难**\n*愁*\n盼")
    assert '<h2 id="s-甲乙">甲乙</h2>' in _hung("甲\n乙\n---")
    assert _hung("![甲\n乙 c\nd](a.jpg '丙\n丁')") == "<p>[a.jpg|甲乙 c d|丙丁]</p>\n"
    assert "甲<br>\n乙" in _hung("甲  \n乙")
    assert "<p>注</p>" not in _hung("甲[^1]\n乙\n\n[^1]: 注") and "</sup>乙" in _hung("甲[^1]\n乙\n\n[^1]: 注")
    assert "<code>甲\n乙\n</code>" in _hung("```\n甲\n乙\n```")


def test_a_phrase_over_two_lines_is_found_and_handed_out_in_one(small: SiteDriver) -> None:
    small.write(STORY, "## 由来\n\n我们坚持把群众的\n急难愁盼放在心上。\nService\ndesk 也一样。\n").build()
    assert small.is_published(), small.lines()
    files = {name: content.decode("utf-8", "replace") for name, content in small.files().items()}
    holding = {name for name, text in files.items() if "急难愁盼" in text and not name.startswith("search/")}  # packed
    assert PAGE in holding and any(each.endswith(".json") for each in holding)
    assert [each for each in holding if "群众的急难愁盼" not in files[each]] == []
    assert "Service\ndesk" in small.main(PAGE)
    assert any("群众的急难愁盼" in text for texts in indexed_texts(small).values() for text in texts)


def test_blanks_of_a_word_processor_do_not_indent_twice_and_an_empty_line_is_one() -> None:
    assert _hung("\u3000\u3000甲。\n\u3000\n\u3000\u3000乙。") == "<p>甲。</p>\n<p>乙。</p>\n"


LOST = (
    ("一\n\n##主要做法", "TXT-011", 3, 1),
    ("＃＃ 标题", "TXT-011", 1, 1),
    ("#标题", "TXT-011", 1, 1),
    ("##\u3000标题", "TXT-011", 1, 1),
    ("####### 标题", "TXT-011", 1, 1),
    ("\u3000\u3000## 标题", "TXT-011", 1, 3),
    ("## ", "TXT-011", 1, 1),
    ("> ##标题", "TXT-011", 1, 3),
    ("- ##标题", "TXT-011", 1, 3),
    ("做法：\n1、甲\n2、乙", "TXT-012", 2, 1),
    ("1．甲\n2．乙", "TXT-012", 1, 1),
    ("1.甲\n2.乙", "TXT-012", 1, 1),
    ("（1）甲\n（2）乙", "TXT-012", 1, 1),
    ("①甲\n②乙", "TXT-012", 1, 1),
    ("一、甲\n（一）乙", "TXT-012", 1, 1),
    ("一是甲；\n二是乙。", "TXT-012", 1, 1),
    ("**一是**甲；\n**二是**乙。", "TXT-012", 1, 3),
    ("A. 甲\nB. 乙", "TXT-012", 1, 1),
    ("姓名：甲\n电话：乙\n地址：丙", "TXT-012", 1, 1),
    ("首先，甲。\n其次，乙。", "TXT-012", 1, 1),
    ("甲单位\n乙单位\n丙单位", "TXT-012", 1, 1),
    ("-项目", "TXT-013", 1, 1),
    ("·甲\n·乙", "TXT-013", 1, 1),
    ("●甲\n●乙", "TXT-013", 1, 1),
    ("*甲\n*乙", "TXT-013", 1, 1),
    ("－ 甲\n－ 乙", "TXT-013", 1, 1),
    ("\u3000\u3000- 甲", "TXT-013", 1, 3),
    ("- 甲\n-乙", "TXT-013", 2, 1),
    ("-\u3000甲", "TXT-013", 1, 1),
    ("-\u00a0甲", "TXT-013", 1, 1),
    ("|a|b|\n|1|2|", "TXT-014", 1, 1),
    ("｜甲｜乙｜\n｜1｜2｜", "TXT-014", 1, 1),
    ("|甲|乙|\n|——|——|\n|1|2|", "TXT-014", 1, 1),
    ("|甲|乙|\n|---|\n|1|2|", "TXT-014", 1, 1),
    ("表：\n|a|b|\n|1|2|", "TXT-014", 2, 1),
    ("+---+---+\n| a | b |\n+---+---+", "TXT-014", 1, 1),
    ("|a|b|\n|-|-|\n|1|2|3|", "TXT-015", 3, 1),
    ("|a|\n|-|\n|`1|2`|", "TXT-015", 3, 1),
    ("姓名\t单位\n张\t李", "TXT-016", 1, 1),
    ("姓名    单位\n张某    某局", "TXT-016", 1, 1),
    ("甲 | 乙\n丙 | 丁", "TXT-016", 1, 1),
    ("甲\n\n    缩进的段落", "TXT-017", 3, 1),
    ("\t缩进的段落", "TXT-017", 1, 1),
    ("~~~~~~\n正文\n~~~~~~", "TXT-017", 1, 1),
    ("```一段文字\nx\n```", "TXT-017", 1, 1),
    ("甲\n\n```\n乙", "TXT-018", 3, 1),
    ("~~~~\n甲", "TXT-018", 1, 1),
    ("**重点 **字", "TXT-019", 1, 1),
    ("字** 重点**", "TXT-019", 1, 2),
    ("甲 **乙", "TXT-019", 1, 3),
    ("为__重点__服务", "TXT-019", 1, 2),
    ("__重点 __", "TXT-019", 1, 1),
    ("～～删～～", "TXT-019", 1, 1),
    ("＊＊重点＊＊", "TXT-019", 1, 1),
    ("甲`乙", "TXT-019", 1, 2),
    ("~~删 ~~", "TXT-019", 1, 1),
    ("面积*单价*系数", "TXT-020", 1, 3),
    ("甲&nbsp乙", "TXT-021", 1, 2),
    ("甲&amp;nbsp;乙", "TXT-021", 1, 2),
    ("甲＆nbsp；乙", "TXT-021", 1, 2),
    ("甲\\n乙", "TXT-021", 1, 2),
    ("$x^2$", "TXT-021", 1, 1),
    ("$\\frac{1}{2}$", "TXT-021", 1, 1),
    ("> [!提示]\n> 甲", "TXT-021", 1, 3),
    ("- [] 甲", "TXT-021", 1, 3),
    ("- [x]甲", "TXT-021", 1, 3),
    ("==高亮==", "TXT-021", 1, 1),
    ("这是++下划线++的字", "TXT-021", 1, 3),
    ('{{< figure src="a.jpg" >}}', "TXT-021", 1, 1),
    ("{{ title }}", "TXT-021", 1, 1),
    ("{% include a.html %}", "TXT-021", 1, 1),
    (":::note", "TXT-021", 1, 1),
    ("甲{.red}", "TXT-021", 1, 2),
    ("甲\n---", "TXT-022", 2, 1),
    ("甲\n===", "TXT-022", 2, 1),
    ("满意率\n> 引", "TXT-023", 2, 1),
    ("同比增长\n+ 30%", "TXT-023", 2, 1),
    ("- 甲。\n乙", "TXT-023", 2, 1),
    ("> 甲。\n乙", "TXT-023", 2, 1),
    ("|甲|乙|\n|-|-|\n|1|2|\n接着说", "TXT-023", 4, 1),
    ("＞ 引文", "TXT-023", 1, 1),
    ("缺[^3]。", "TXT-024", 1, 2),
    ("甲[^1]\n\n[^1]：乙", "TXT-024", 3, 1),
    ("甲\n\n[^4]: 没人引用", "TXT-025", 3, 1),
    ("甲[^1]\n\n[^1]: 乙\n[^1]: 丙", "TXT-025", 4, 1),
    ("---\ntitle: 甲\n---\n\n正文", "TXT-026", 1, 1),
    ("甲\n\uf0b7乙", "TXT-027", 2, 1),
    ("见错误!未找到引用源。", "TXT-027", 1, 2),
    ("1. 甲\n3. 乙", "TXT-028", 2, 1),
    ("\u3000\u3000甲\n\u3000\u3000乙", "TXT-029", 2, 3),
    ("甲。\n  乙", "TXT-029", 2, 3),
    ("![现场](img/现场 照片.jpg)", "LNK-010", 1, 1),
    ("前![x]（img/a.jpg）", "LNK-010", 1, 2),
    ("![x] (img/a.jpg)", "LNK-010", 1, 1),
    ("！[x](img/a.jpg)", "LNK-010", 1, 1),
    ("![x(img/a.jpg)", "LNK-010", 1, 1),
    ("![[a.jpg]]", "LNK-010", 1, 1),
    ("![x](img/a.jpg", "LNK-010", 1, 1),
    ("【x】(img/a.jpg)", "LNK-011", 1, 1),
    ("[x](url", "LNK-011", 1, 1),
    ("[x](a b.md)", "LNK-011", 1, 1),
    ("[x] (a.md)", "LNK-011", 1, 1),
    ("[x]（https://a.cn）", "LNK-011", 1, 1),
    ("甲[](a.md)", "LNK-012", 1, 2),
    ("甲[ ](a.md)", "LNK-012", 1, 2),
    ("[注]: 数据截至2024年\n\n甲", "LNK-013", 1, 1),
    ("[[页面]]", "LNK-014", 1, 1),
    ("[文字][参考]", "LNK-014", 1, 1),
)


@pytest.mark.parametrize(("text", "code", "line", "column"), LOST)
@pytest.mark.parametrize("first", ["", "前言。\n\n"])
def test_what_would_be_lost_is_told_once_where_it_stands(
    text: str, code: str, line: int, column: int, first: str
) -> None:
    if code == "TXT-026" and first:  # fields are such at the head only
        assert code not in [each for each, _, _ in _told(first + text)]
    else:
        assert _told(first + text) == [(code, line + first.count("\n"), column)]


def test_every_code_of_lost_text_is_tried() -> None:
    family = {code for code in CATALOGUE if re.fullmatch(r"TXT-01[1-9]|TXT-02.|LNK-01[0-4]", code)}
    assert family == {code for _, code, _, _ in LOST}


@pytest.mark.parametrize(("text", "code", "line", "column"), LOST)
def test_a_message_says_what_to_type_and_shows_no_private_sign(text: str, code: str, line: int, column: int) -> None:
    for each in read("s.md", text)[1]:
        for language in ("zh", "en"):
            said = each.text(language) + each.remedy(language)
            assert not re.search("[\U0010f000-\U0010f2ff\ufffc]", said)
            assert "{" not in said or "{" in text, said
            assert len(each.remedy(language)) >= 8


QUIET = (
    "一、总体要求\n\n（一）指导思想。坚持以……为指导。\n\n1、任务。\n\n2、措施。\n",
    "主要做法：\n\n1. 甲\n2. 乙\n3. 丙\n",
    "- 甲，\n  续写\n- 乙\n\n接着说。\n",
    "> 有位老人说：\n> “好。”\n\n——张某\n",
    "| 年 | 数 |\n| --- | ---: |\n| 2024 | 3~5 |\n| 2025 | |\n\n接着说。\n",
    "1. 一\n1. 二\n1. 三\n",
    "正文[^1]，再引[^1]，又引[^注]。\n\n[^1]: 甲\n[^注]: 乙\n",
    "见[参考]，又见[文字][参考]。\n\n[参考]: a.md\n",
    "```\nexhibit check\n```\n\n    exhibit check\n",
    "甲。\n\n---\n\n乙。\n\n***\n\n丙。\n",
    "甲  \n1、乙  \n2、丙\n",
    "> [!NOTE]\n> 甲\n\n- [x] 乙\n- [ ] 丙\n\n术语\n: 说明\n",
    "<!-- 提示 -->\n\n甲。\n",
    "2024年，全市机关党组织\n1000余个，党员\n3万余名。\n",
    "截至2024年，满意率为97%，比上年提高\n1.5个百分点。\n",
    "联系人：办公室　电话：12345　地址：某路1号\n",
    "关于印发《某某办法》的通知\n\n各单位：\n\n现印发给你们，请认真贯彻执行。\n\n附件：1. 名单\n",
    "（此页无正文）\n\n某某局\n\n2024年5月1日\n",
)


@pytest.mark.parametrize("text", QUIET)
def test_ordinary_text_raises_no_alarm(text: str) -> None:
    assert _told(text) == []


def test_two_mistakes_of_a_line_are_told_both() -> None:
    assert _told("[a](b c) 和 ![d](e f) 和 **g **") == [("LNK-010", 1, 12), ("LNK-011", 1, 1), ("TXT-019", 1, 24)]


# -- conflict marks ---------------------------------------------------------------------------------------------------

CONFLICT = "一\n<<<<<<< HEAD\n二\n||||||| base\n三\n=======\n四\n>>>>>>> feature/brand\n五\n"


def _lines(problems: tuple[Problem, ...]) -> list[tuple[str, str, int]]:
    return [(each.code, each.span.path, each.span.line) for each in problems]


def test_each_mark_of_a_conflict_is_told_and_one_side_is_read_on() -> None:
    assert [each.span.line for each in find("a.md", CONFLICT)] == [2, 4, 6, 8]
    assert settled(CONFLICT) == "一\n\n二\n\n\n\n\n\n五\n"


@pytest.mark.parametrize(
    "text", ["一\n=======\n", "|||||||\n", "> > > 一", "<<<<<< 一", ">>>>>> 一", "a <<<<<<< b", "<<<<<<<b"]
)
def test_what_is_no_mark_of_a_conflict_is_none(text: str) -> None:
    assert find("a.md", text) == ()


@pytest.mark.parametrize("text", ["<<<<<<<\n", ">>>>>>> x", "<<<<<<<<<<< x", "一\n<<<<<<< x"])
def test_half_a_conflict_is_one_too(text: str) -> None:
    assert len(find("a.md", text)) == 1


def test_a_conflict_keeps_the_site_from_being_published(small: SiteDriver) -> None:
    small.write(STORY, f"## 由来\n\n{CONFLICT}").check()
    assert _lines(small.problems) == [("TXT-010", STORY, line) for line in (4, 6, 8, 10)]
    command = [sys.executable, "-m", "generator", "build", "--root", str(small.root), "--out", str(small.out)]
    done = subprocess.run([*command, "--cache", f"{small.out}-c"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert not small.out.exists()


@pytest.mark.parametrize(
    ("case", "path"),
    [
        ("good/video", "content/videos/shuiwen/zh.vtt"),
        ("good/release", "content/releases/2023/scores.csv"),
        ("good/small", "content/about/index.md"),
    ],
)
def test_a_conflict_in_any_text_file_is_told_once(case: str, path: str, site: object) -> None:
    driver: SiteDriver = site(case)  # type: ignore[operator]
    before = _lines(driver.check().problems)
    lines = (driver.root / path).read_text("utf-8").split("\n")
    twice = ["<<<<<<< HEAD", lines[1], "=======", lines[1], ">>>>>>> other"]
    driver.write(path, "\n".join([*lines[:1], *twice, *lines[2:]])).check()
    assert sorted(set(_lines(driver.problems)) - set(before)) == [("TXT-010", path, line) for line in (2, 4, 6)]


# -- paths and anchors ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        *("img/现场%20照片.jpg", "./img/./现场%20照片.jpg", "img/%E7%8E%B0%E5%9C%BA%20%E7%85%A7%E7%89%87.jpg"),
        *("<img/现场 照片.jpg>", "img/现场%2520照片.jpg", "img/现场%20照片.jpg?raw=1", "img/现场%20照片.jpg#见"),
        "img/../img/现场%20照片.jpg",
    ],
)
def test_a_picture_is_found_by_the_path_that_an_editor_writes(written: str, small: SiteDriver) -> None:
    small.copy_file("brands/qingfeng/img/hall.jpg", "brands/qingfeng/img/现场 照片.jpg")
    small.write(STORY, f"## 由来\n\n![现场]({written})\n").build()
    assert small.is_published(), small.lines()
    assert re.search(r'<img[^>]* alt="现场"', small.main(PAGE))


def test_a_bare_percent_sign_in_a_name_goes_on_working(small: SiteDriver) -> None:
    for name in ("100%满意.jpg", "a%20b.jpg", "c#1.jpg"):
        small.copy_file("brands/qingfeng/img/hall.jpg", f"brands/qingfeng/img/{name}")
    small.write(
        STORY,
        "## 由来\n\n![甲](img/100%满意.jpg)\n\n![乙](img/a%20b.jpg)\n\n![丙](img/c%231.jpg)\n\n![丁](img/100%25满意.jpg)\n",
    )
    small.build()
    assert small.is_published(), small.lines()
    assert small.main(PAGE).count("<picture>") >= 4


@pytest.mark.parametrize(
    "written", ["..%2f..%2f..%2fetc/passwd", "img/%00.jpg", "img%5ca.jpg", "%2fetc/passwd", "img/a%zz.jpg"]
)
def test_an_encoded_path_leads_no_further_than_a_plain_one(written: str, small: SiteDriver) -> None:
    small.write(STORY, f"## 由来\n\n![甲]({written}) [乙]({written})\n").check()
    assert {each.code for each in small.problems} <= {"IMG-001", "LNK-001", "SEC-006"}
    assert len(small.problems) == 2


@pytest.mark.parametrize(
    "written",
    [
        "#由来",
        "#%E7%94%B1%E6%9D%A5",
        "story.md#%E7%94%B1%E6%9D%A5",
        "./story.md?x=1#由来",
        "#Hello-world",
        "#HELLO-WORLD",
        "#%25E7%2594%25B1%25E6%259D%25A5",
    ],
)
def test_an_anchor_is_found_as_a_git_host_copies_it(written: str, small: SiteDriver) -> None:
    small.write(STORY, f"## 由来\n\n## Hello World\n\n见[上文]({written})。\n").build()
    assert small.is_published(), small.lines()
    id = "s-hello-world" if "ello" in written.lower() else "s-由来"
    assert re.search(rf'href="[^"]*#{id}"', small.main(PAGE))
    assert f'id="{id}"' in small.main(PAGE)


def test_a_wrong_anchor_or_path_is_still_told(small: SiteDriver) -> None:
    small.write(STORY, "## 由来\n\n[甲](#%E7%94%B2) [乙](b%20c.md)\n").check()
    assert [each.code for each in small.problems] == ["LNK-002", "LNK-001"]


# -- boxes, tasks, terms ----------------------------------------------------------------------------------------------

BOXES = "\n\n".join(f"> [!{each}]\n> 内容{each}" for each in ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"))


def test_boxes_tasks_and_terms_are_shown_in_the_language_of_the_site(small: SiteDriver) -> None:
    text = f"{BOXES}\n\n> [!note] 自定标题\n> 甲\n\n- [x] 办结\n- [ ] 在办\n\n术语\n: 说明\n"
    main = (
        small.write(STORY, text)
        .write(
            "content/about/index.md", f"---\ntitle: 关于\nstatus: published\npublished_on: 2024-01-01\n---\n\n{text}"
        )
        .build()
    )
    assert small.is_published(), small.lines()
    for page in (main.main(PAGE), main.main("about/index.html")):
        for kind, name in (
            ("note", "注"),
            ("tip", "提示"),
            ("important", "重要"),
            ("warning", "注意"),
            ("caution", "警告"),
        ):
            assert f'<section class="alert is-{kind}"><p class="alert-name">{name}</p>' in page
        assert '<p class="alert-name">自定标题</p>' in page
        assert '<span class="task" role="img" aria-label="已完成">☑</span> 办结' in page
        assert '<span class="task" role="img" aria-label="未完成">☐</span> 在办' in page
        assert "<dt>术语</dt>" in page and "<dd>说明</dd>" in page
        assert "<input" not in page.split('<section class="alert')[1].split("</dl>")[0]


def test_labels_that_no_author_wrote_are_not_searched(small: SiteDriver) -> None:
    small.write(STORY, "## 由来\n\n> [!CAUTION]\n> 甲乙丙丁\n\n- [x] 戊己庚辛\n").build()
    assert small.is_published(), small.lines()
    found = "\n".join(text for texts in indexed_texts(small).values() for text in texts)
    assert "甲乙丙丁" in found and "戊己庚辛" in found
    assert not re.search(r"caution|done", found)


def test_a_box_cannot_be_forged_nor_carry_anything_active() -> None:
    html = _hung('> [!NOTE] <b onclick=x>"><script>\n> `<p class="alert-name">note</p>`\n')
    assert "<script" not in html and "<b" not in html.replace("<blockquote", "")
    assert html.count('<p class="alert-name">') == 1


# -- properties -------------------------------------------------------------------------------------------------------

OFFICIAL = st.sampled_from(
    (
        *"党建引领基层治理为民服务中心",
        *"0123456789",
        *"，。；：、！？（）“”《》〔〕—…·％",
        *"~*_`#-+>|[]()<>&\\$=@",
        *(
            "**",
            "~~",
            "__",
            "3~5",
            "5*8",
            "人*月",
            "1、",
            "（一）",
            "1. ",
            "- ",
            "> ",
            "## ",
            "![",
            "](",
            "[^1]",
            "http://a.cn",
        ),
        *(" ", "  ", "\n", "\n\n", "\u3000", "\t"),
    )
)
SPOKEN = {"em": "*", "strong": "**", "del": "~~", "code": "`"}
BLOCKS = re.compile(r"<(?:ul|ol|blockquote|h[1-6]|hr|pre|table|dl|sup)[ >]")
NETWORK_PATH = re.compile(r"\\\\[A-Za-z0-9]")
WIDE = re.compile(r"[\u4e00-\u9fff，。；：、！？（）“”《》〔〕—…·％]")


def _as_written(html: str) -> str:
    """What a page shows, with marks in place of the markup that they became."""
    for tag, mark in SPOKEN.items():
        html = re.sub(rf"</?{tag}>", mark, html)
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]*>", "", html)))


def _without_escapes(text: str) -> str:
    text = re.sub(r"<(http://a\.cn[^<>\s]*)>", r"\1", text)
    return re.sub(r"\s+", "", re.sub(r"\\([!-/:-@\[-`{-~\n])", r"\1", text))


@settings(max_examples=examples(2_500), suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(OFFICIAL, min_size=2, max_size=20).map("".join))
@example("每次3~5次，共10~20人")
@example("王**、李**等")
@example("\\\\0\\")
@example("`a*b`5*8`c*d`")
def test_any_text_is_shown_as_written_or_told(text: str) -> None:
    story, problems = read("s.md", text)
    if problems or story.links:
        return  # told; or a link, whose target is checked where it leads
    shown, written = _as_written(story.html), _without_escapes(text)
    if NETWORK_PATH.search(text):  # its backslashes are kept, all others in front of a sign escape it
        shown, written = shown.replace("\\", ""), written.replace("\\", "")
    if BLOCKS.search(story.html):
        assert WIDE.findall(shown) == WIDE.findall(written)
    elif written.count("`") < 2:
        assert shown.replace("_", "*") == written.replace("_", "*")


@settings(max_examples=examples(2_000))
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
@example("\U0010f02a\U0010f200\U0010f168")
def test_keeping_changes_no_place_and_is_undone(text: str) -> None:
    kept = keep(text)
    assert len(kept) == len(text)
    assert [at for at, each in enumerate(kept) if each == "\n"] == [at for at, each in enumerate(text) if each == "\n"]
    assert not re.search("[\U0010f000-\U0010f2ff]", restored(kept))


@settings(max_examples=examples(300))
@given(st.lists(OFFICIAL, max_size=30).map("".join), st.integers(1, 9))
def test_every_problem_has_a_place_in_the_text(text: str, first: int) -> None:
    lines = text.split("\n")
    for each in read("s.md", text, first)[1]:
        assert 0 <= each.span.line - first < len(lines)
        assert 1 <= each.span.column <= len(lines[each.span.line - first]) + 1


LONG = {
    "products": "5*8",
    "pairs of asterisks": "甲*乙丙*丁",
    "masked names": "王**、李**",
    "calls of notes": "[^a]",
    "half calls": "[^",
    "half links": "[x](y z)",
    "half pictures": "![x] (",
    "half addresses": "https://a.b/((((((",
    "half mail": "a.b-",
    "paths": "C:\\a\\",
    "forms": "___a",
    "signs of code": "`a``",
    "formulas": "$_a",
    "entities": "&nbsp",
    "wide blanks": "\u3000",
    "full-width marks": "＊＊a",
}


@pytest.mark.parametrize("unit", LONG.values(), ids=list(LONG))
def test_twice_the_text_takes_no_more_than_twice_the_work(unit: str) -> None:
    """Steps of the interpreter are counted, not seconds."""
    line = (unit * (4_000 // len(unit)))[:4_000]
    assert _steps("\n".join([line] * 8)) < 2.6 * _steps("\n".join([line] * 4)) + 20_000


def _steps(text: str) -> int:
    count = 0

    def step(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(step)
    try:
        read("s.md", text)
    finally:
        sys.setprofile(None)
    return count
