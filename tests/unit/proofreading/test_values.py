"""What nobody meant to publish is found at its place in every field, and ordinary official text is left alone."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.kinds import KINDS
from generator.outputs.search.folding import fold, needed
from generator.privacy import masking
from generator.proofreading import markdown, names, placeholders
from generator.schema.parts import text_fields
from generator.source.pointers import is_pointer
from generator.text import characters
from tests.helpers.driver import SiteDriver
from tests.helpers.growth import assert_ends_within
from tests.helpers.places import ROOT

BRAND = "brands/qingfeng/brand.yml"
POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "4d" * 32 + "\nsize 12345\n"


def _found(driver: SiteDriver) -> list[tuple[str, str, int, int]]:
    return [(each.code, *each.span) for each in driver.check().problems]


def _codes(driver: SiteDriver) -> list[str]:
    return [each.code for each in driver.check().problems]


# -- Markdown in plain fields

MARKDOWN = (
    *(
        "**重点**",
        "__重点__",
        "***重中之重***",
        "*重点*：先办",
        "他说*要抓早*",
        "_重点_",
        "~~旧的~~",
        "==新的==",
        "看`代码`这里",
    ),
    *(
        "[通知](https://example.com/a)",
        "[通知](a.md)",
        "[通知]（https://example.com）",
        "[通知][1]",
        "![图](img/a.jpg)",
        "![](a.png)",
    ),
    *(
        "见[^1]",
        "- 条目",
        "* 条目",
        "+ 条目",
        "- [ ] 待办",
        "# 标题",
        "##标题",
        "＃＃标题",
        "> 引用的话",
        "&nbsp;开头",
        "甲&#20013;乙",
    ),
    *(r"一\*二", r"第一段\n第二段", "1. 直播\n2. 开放", "|年|数|\n|---|---|\n|1|2|", "一\n---\n二", "```\n代码\n```"),
)
ORDINARY = (
    *(
        "3*5米",
        "8:00~17:00",
        "[2024]",
        "〔2024〕3号",
        "国办发[2024]3号",
        "#1楼",
        "#话题#",
        "带*的为必填项，标*的选填",
        "*为必填项",
    ),
    *(
        "5*3*2",
        "甲*乙*丙",
        "A&B",
        "AT&T",
        "R&D;",
        "见附件[1]",
        "1. 公开庭审",
        "a_b_c",
        "— 项",
        "-5℃",
        "> 96%",
        "满意度>96%",
        "1+7+N",
    ),
    *(
        "1、一\n2、二",
        "（1）一\n（2）二",
        "注*：以上数据*仅供参考",
        "12*24小时",
        "50*60*70cm",
        "A|B",
        "①*②",
        "8：00—12：00",
        "100~200~300",
    ),
)


@pytest.mark.parametrize("text", MARKDOWN)
def test_markdown_in_a_plain_field_is_a_warning_at_its_place(text: str, small: SiteDriver) -> None:
    small.edit(BRAND, "    body: 每周直播一场。", "    body: " + json.dumps("先说一句\n" + text, ensure_ascii=False))
    found = _found(small)
    assert [(code, line) for code, _, line, _ in found] == [("TXT-040", 20)]
    assert small.problems[0].level == "warning"


@pytest.mark.parametrize("text", ORDINARY)
def test_official_text_with_such_signs_is_no_markdown(text: str) -> None:
    assert markdown.find(text) == ()
    assert markdown.find(f"先说一句，{text}。") == ()


def test_the_place_is_that_of_the_first_mark(small: SiteDriver) -> None:
    small.edit(
        BRAND,
        "      带着设备下乡。\n      当场立案。",
        "      带着设备下乡。\n      先看[通知](https://example.com)，再**办**。",
    )
    assert _found(small) == [("TXT-040", BRAND, 24, 9)]
    line = small.lines()[0]
    assert "链接、加粗" in line and "[通知](https://example.com)" in line and "做法内容" in line


def test_it_is_found_in_lists_captions_front_matter_and_the_configuration(small: SiteDriver) -> None:
    small.edit(BRAND, "caption: 清晨的台阶", "caption: 清晨的**台阶**")
    small.edit(BRAND, "  - title: 先进集体", "  - title: '[先进](https://example.com)集体'")
    small.edit("site_config.yml", "description: 测试用的小站。", "description: 测试用的`小站`。")
    small.write(
        "content/x.md",
        "---\ntitle: 关于**我们**\nstatus: published\npublished_on: 2024-01-01\n---\n\n正文**可以**用。\n",
    )
    found = {(code, path) for code, path, _, _ in _found(small)}
    assert found == {("TXT-040", BRAND), ("TXT-040", "site_config.yml"), ("TXT-040", "content/x.md")}
    assert len(small.problems) == 4


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_has_fields_that_are_read(kind: object) -> None:
    assert any(each.is_text for each in text_fields(kind.model))  # type: ignore[attr-defined]


@given(st.text("*_~`#[]()!|>-+ \n1.甲乙ab&;\\=", max_size=60))
def test_any_text_can_be_looked_at_for_markdown(text: str) -> None:
    for each in markdown.find(text):
        assert 0 <= each.start < each.end <= len(text)
        assert markdown.may_hold(text)


# -- placeholders

PLACEHOLDERS = (
    *(
        "待补充。",
        "成效：待补充",
        "（待补充）",
        "简介待补充",
        "XXX",
        "×××",
        "XX单位",
        "由XX局牵头",
        "20XX年",
        "此处填写内容",
        "（填写单位全称）",
    ),
    *(
        "TODO",
        "TODO：补数据",
        "TBD",
        "Lorem ipsum dolor",
        "示例文字",
        "【单位】",
        "【单位】牵头",
        "由【单位名称】负责",
        "[品牌名称]",
        "____",
    ),
    *("姓名____", "???", "真的？？？", "达到XX%", "ｘｘ单位", "XXXX年XX月", "＜单位名称＞", "锟斤拷", "请填写", "测试"),
)
NO_PLACEHOLDERS = (
    *(
        "材料待补充的，一次告知",
        "有待补充",
        "XXL码",
        "XXS",
        "XX世纪",
        "XX 年代",
        "XVIII、XIX、XX",
        "张××",
        "李某某",
        "3×5",
        "时间待定",
    ),
    *(
        "请填写登记表后入馆",
        "真的？",
        "8:00——12:00",
        "【标题】内容",
        "【典型案例】",
        "AXXX",
        "某小区居民",
        "100000000元",
        "测试通过后上线",
    ),
    *("内容丰富", "后补办手续", "第二届", "VIII级", "已待补", "示例内容"),
)


@pytest.mark.parametrize("text", PLACEHOLDERS)
def test_a_placeholder_stops_what_is_published_and_warns_in_a_draft(text: str, small: SiteDriver) -> None:
    small.edit(BRAND, "concept: 办案如清风，不留尘。", f"concept: {json.dumps(text, ensure_ascii=False)}")
    found = _found(small)
    assert [(code, path, line) for code, path, line, _ in found] == [("TXT-050", BRAND, 15)], found
    small.edit(BRAND, "status: published", "status: review")
    assert [each.code for each in small.check().problems if each.code.startswith("TXT")] == ["TXT-051"]
    assert not any(each.is_error for each in small.problems)


@pytest.mark.parametrize("text", ["无", "暂无。", "（略）", "见附件", "不详", "Slogan", "（空）"])
def test_a_value_that_says_there_is_nothing_to_say_is_asked_about(text: str, small: SiteDriver) -> None:
    small.edit(BRAND, "concept: 办案如清风，不留尘。", f"concept: {text}")
    assert [each[:3] for each in _found(small)] == [("TXT-051", BRAND, 15)]


@pytest.mark.parametrize("text", ["—", "。", "～", "♪", "（ ）"])
def test_signs_alone_are_a_placeholder(text: str, small: SiteDriver) -> None:
    small.edit(BRAND, "concept: 办案如清风，不留尘。", f"concept: {json.dumps(text, ensure_ascii=False)}")
    assert [each[:3] for each in _found(small)] == [("TXT-050", BRAND, 15)]


@pytest.mark.parametrize("text", NO_PLACEHOLDERS)
def test_what_only_sounds_like_one_is_none(text: str) -> None:
    assert not list(placeholders.find(text, is_field=True))
    assert not placeholders.is_whole(text, "concept")


def test_an_angle_bracket_is_found_too(small: SiteDriver) -> None:
    small.edit(BRAND, "concept: 办案如清风，不留尘。", "concept: 由<单位名称>办理。")
    assert _found(small) == [("TXT-050", BRAND, 15, 11)]


def test_a_story_a_page_and_captions_are_read_too(site: object) -> None:
    driver: SiteDriver = site("good/video")  # type: ignore[operator]
    cue = (driver.root / "content/videos/kaiting/zh.vtt").read_text("utf-8")
    driver.write("content/videos/kaiting/zh.vtt", cue + "\n00:59.000 --> 01:00.000\n待补充\n")
    driver.write("brands/qingfeng/story.md", "## 由来\n\n待补充\n\n`TODO` 是一个词。\n\n![图片](img/hall.jpg)\n")
    driver.write(
        "content/y.md",
        "---\ntitle: 怎样填\nstatus: published\npublished_on: 2024-01-01\n---\n\n（填写单位全称）\n\nXX单位\n",
    )
    found = {(code, path, line) for code, path, line, _ in _found(driver) if code.startswith("TXT-05")}
    last = len(cue.split("\n")) + 2
    assert ("TXT-050", "content/videos/kaiting/zh.vtt", last) in found
    assert ("TXT-050", "content/y.md", 9) in found and ("TXT-050", "content/y.md", 7) not in found


def test_a_sample_may_keep_somebody_unnamed_and_must_still_be_finished(small: SiteDriver) -> None:
    small.edit(BRAND, "concept: 办案如清风，不留尘。", "concept: 由某某局和XX单位一起办。\nsample: [concept]")
    assert _codes(small) == []
    small.edit(BRAND, "由某某局和XX单位一起办。", "待补充")
    assert _codes(small) == ["TXT-051"]


@pytest.mark.parametrize(
    ("phone", "is_one"), [("0000-1234567", False), ("0571-88888888", False), ("0571-8765432", True)]
)
def test_a_telephone_that_nobody_has_is_a_warning(phone: str, is_one: bool, small: SiteDriver) -> None:
    small.edit(BRAND, "contact:\n  office: 办公室", f'contact:\n  office: 办公室\n  phone: "{phone}"')
    assert _codes(small) == ([] if is_one else ["TXT-053"])


@pytest.mark.parametrize("alt", ["图片", "照片1", "IMG_1234.jpg", "微信图片_20240501", "image", "现场照片", "无", "图"])
def test_a_description_that_describes_nothing_is_a_warning(alt: str, small: SiteDriver) -> None:
    small.edit(BRAND, "alt: 法庭台阶", f"alt: {alt}")
    assert _found(small) == [("TXT-052", BRAND, 33, 10)]


@pytest.mark.parametrize("name", ["“清风”", "《清风》", "'\"清风\"'", "清“风”", "「清风」"])
def test_quotation_marks_of_a_name_are_a_warning(name: str, small: SiteDriver) -> None:
    small.edit(BRAND, "name: 清风\n", f"name: {name}\n")
    assert _codes(small) == ["TXT-054"]
    assert "写成“清风”" in small.lines()[0]


# -- characters

ODD = (
    *(
        ("全⼼全意为⼈⺠服务，⻓期坚持", "TXT-043"),
        ("\uf92a", "TXT-043"),
        ("｡", "TXT-043"),
        ("ﬁle", "TXT-043"),
        ("٢٣", "TXT-043"),
    ),
    *(("甲\ue000乙", "TXT-044"), ("甲\ufdd0乙", "TXT-044"), ("甲\u0378乙", "TXT-044"), ("甲\U000f0000乙", "TXT-044")),
    *(("СОVID", "TXT-045"), ("WіFi", "TXT-045"), ("ΑPP", "TXT-045")),
    *(
        ("甲\u00a0乙", "TXT-047"),
        ("甲\u2003乙", "TXT-047"),
        ("２0２4年", "TXT-048"),
        ("https：//a", "TXT-048"),
        ("ｗｗｗ.a.cn", "TXT-048"),
    ),
    *(
        ("cafe\u0301", "TXT-049"),
        ("北\u0301京", "TXT-049"),
        ("葛\U000e0100\U000e0101城", "TXT-042"),
        ("好😀", "TXT-041"),
        ("☎\ufe0f", "TXT-041"),
    ),
)
USUAL = (
    *(
        "㎡①Ⅳ级％",
        "“一线”——…·※☆★●◆■□▲→√×÷±≥≤℃°′″§№㎏",
        "ā á ǎ à ü ê",
        "𠮷野家",
        "２０２４年",
        "Ａ级景区",
        "μm 5kΩ",
        "β-胡萝卜素",
        "二〇二四年",
    ),
    *(
        "第一章　总则",
        "　　首行缩进",
        "「」『』〔〕",
        "①②③",
        "￥100",
        "（一）",
        "㈠",
        "½",
        "㎥",
        "CO₂",
        "m²",
        "Ω",
        "△",
        "〓",
        "〇",
        "㐂",
    ),
)


@pytest.mark.parametrize(("text", "code"), ODD)
def test_an_odd_character_is_named_at_its_place(text: str, code: str, small: SiteDriver) -> None:
    small.edit(BRAND, "concept: 办案如清风，不留尘。", f"concept: 办案，{text}。")
    found = _found(small)
    assert [each[0] for each in found] == [code]
    at = next(odd.start for odd in characters.odd(text))
    assert found[0][2:] == (15, 13 + at)
    assert re.search(r"U\+[0-9A-F]{4}", small.lines()[0]) or code == "TXT-048"


@pytest.mark.parametrize("text", USUAL)
def test_usual_characters_are_no_false_alarm(text: str) -> None:
    assert list(characters.odd(text)) == []


def test_a_name_has_the_standard_dot_and_no_wide_blank(small: SiteDriver) -> None:
    small.edit(BRAND, "name: 清风\n", "name: 清•风　堂\n")
    assert _found(small) == [("TXT-046", BRAND, 2, 8), ("TXT-047", BRAND, 2, 10)]


@pytest.mark.parametrize("path", [BRAND, "site_config.yml"])
def test_a_hidden_character_is_one_problem(path: str, small: SiteDriver) -> None:
    old = "concept: 办案" if path == BRAND else "description: 测试"
    small.edit(path, old, f"{old}\u200b")
    assert _codes(small) == ["SEC-001"]


def test_an_escape_does_not_hide_a_character(small: SiteDriver) -> None:
    small.edit(BRAND, "concept: 办案如清风，不留尘。", 'concept: "办\\u2f3c案"')
    assert _found(small) == [("TXT-043", BRAND, 15, 10)]


@given(st.text(max_size=60))
def test_any_text_can_be_looked_at_for_odd_characters(text: str) -> None:
    found = list(characters.odd(text))
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert characters.may_be_odd(text) or not found
    characters.plain_form(text)


def test_the_search_finds_text_of_look_alikes(small: SiteDriver) -> None:
    assert fold("全⼼全意为⼈⺠服务，⻓期") == fold("全心全意为人民服务，长期")
    assert fold("玛丽•居里・珍") == fold("玛丽·居里·珍")
    assert needed(fold("人民"))["⺠"] == "民"


# -- contacts


@pytest.mark.parametrize(
    "office", ["办公室 张三", "张三", "联系人：李小明", "陈书记", "党建科（王主任）", "欧阳娜娜 0571-1234567"]
)
def test_a_person_in_a_contact_is_a_warning_and_masked(office: str, small: SiteDriver) -> None:
    small.edit(BRAND, "office: 办公室", f"office: {office}")
    assert _codes(small) == ["PII-007"]
    name = next(office[start:end] for start, end in names.find(office))
    assert name not in small.lines()[0] and f"{name[0]}*" in small.lines()[0]


@pytest.mark.parametrize(
    "office",
    [
        "机关党委办公室",
        "市交通局机关党委",
        "信息科 0571-8765432",
        "安全科",
        "方志办",
        "杭州路12号",
        "周一至周五 9:00—17:00",
        "江苏路大厅",
        "文化馆",
        "综合科",
    ],
)
def test_an_office_is_no_person(office: str, small: SiteDriver) -> None:
    small.edit(BRAND, "office: 办公室", f"office: {office}")
    assert _codes(small) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12345678@qq.com", "PII-005"),
        ("zhang@163.com", "PII-005"),
        ("微信：zhang_san88", "PII-006"),
        ("QQ12345678", "PII-006"),
    ],
)
def test_a_mailbox_or_account_of_ones_own_is_a_warning(text: str, code: str, small: SiteDriver) -> None:
    small.edit(BRAND, "office: 办公室", f"office: 办公室 {text}")
    assert _codes(small) == [code]
    assert text not in "".join(small.lines())


@pytest.mark.parametrize(
    "text", ["jgdw@city.gov.cn", "微信公众号：机关党建", "微信、QQ 12345 热线", "微信WeChat", "QQ音乐"]
)
def test_what_belongs_to_an_office_is_not(text: str) -> None:
    assert list(masking.find(text)) == []


# -- pointers of Git LFS


@pytest.mark.parametrize(
    "path",
    [
        BRAND,
        "brands/qingfeng/story.md",
        "brands/qingfeng/img/hall.jpg",
        "content/units.yml",
        "content/about/index.md",
        "site_config.yml",
    ],
)
def test_a_pointer_is_told_as_one_and_only_once(path: str, small: SiteDriver) -> None:
    small.write(path, POINTER)
    found = small.check().problems
    assert [each.code for each in found] == ["TXT-055"], small.lines()
    assert "git lfs pull" in found[0].remedy("zh") and "lfs: true" in found[0].remedy("zh")


@pytest.mark.parametrize("name", ["kaiting.mp4", "zh.vtt", "img/poster.png"])
def test_a_pointer_in_place_of_a_film_or_its_captions(name: str, site: object) -> None:
    driver: SiteDriver = site("good/video")  # type: ignore[operator]
    folder = driver.root / "content/videos/kaiting"
    target = name if (folder / name).exists() else next(each.name for each in folder.glob("*.mp4"))
    driver.write(f"content/videos/kaiting/{target}", POINTER)
    assert _codes(driver) == ["TXT-055"], driver.lines()


def test_a_pointer_in_place_of_scores(site: object) -> None:
    driver: SiteDriver = site("good/release")  # type: ignore[operator]
    sheet = next(driver.root.rglob("scores.csv")).relative_to(driver.root).as_posix()
    found = [each.code for each in driver.write(sheet, POINTER).check().problems if each.code == "TXT-055"]
    assert found == ["TXT-055"]


def test_only_a_pointer_is_one() -> None:
    assert is_pointer(POINTER.encode()) and is_pointer(POINTER.replace("\n", "\r\n").encode())
    assert not is_pointer(b"version https://git-lfs.github.com/spec/v1 is a line of this text\n")
    assert not is_pointer(b"") and not is_pointer(b"\xff\xd8\xff")


# -- what is hidden from a plain look at the file


@pytest.mark.parametrize(
    "value",
    [
        '"139\\u0030\\u0030\\u0030\\u00301234"',
        '"\\x31\\x3390000 1234"',
        ">-\n  联系 139\n  0000\n  1234",
        '"139\\\n    00001234"',
    ],
)
def test_no_way_of_writing_hides_a_number(value: str, small: SiteDriver) -> None:
    small.edit(BRAND, "concept: 办案如清风，不留尘。", f"concept: {value}")
    found = [each for each in _found(small) if each[0].startswith("PII")]
    assert [(each[0], each[2]) for each in found] == [("PII-002", 15)]
    small.edit(BRAND, f"concept: {value}", "concept: 办案如清风。")
    assert _codes(small) == []


@pytest.mark.parametrize(
    "text",
    ["139**0000**1234", "139&#48;0001234", "139\\-0000\\-1234", "**139**00001234", "139\n0000\n1234", "`139`00001234"],
)
def test_a_story_does_not_hide_a_number_either(text: str, small: SiteDriver) -> None:
    small.write("brands/qingfeng/story.md", f"## 由来\n\n第一段。\n\n联系 {text} 。\n")
    found = [each for each in _found(small) if each[0].startswith("PII")]
    assert [(each[0], each[1], each[2]) for each in found] == [("PII-002", "brands/qingfeng/story.md", 5)], (
        small.lines()
    )


def test_a_number_seen_in_the_file_and_in_the_value_is_one_problem(small: SiteDriver) -> None:
    small.edit(
        BRAND,
        "concept: 办案如清风，不留尘。",
        "concept: |\n  一句。\n  手机 139 0000 1234，身份证 11010519491231002X。",
    )
    assert [each[0] for each in _found(small)] == ["PII-002", "PII-001"]


@pytest.mark.parametrize("where", ["comment", "key", "name", "config", "roster"])
def test_a_number_is_found_wherever_it_stands(where: str, small: SiteDriver) -> None:
    if where == "comment":
        small.edit(BRAND, "status: published", "status: published # 联系 13900001234")
    elif where == "key":
        small.edit(BRAND, "status: published", "status: published\n'13900001234': x")
    elif where == "name":
        small.write("content/13900001234.md", "---\ntitle: 一页\nstatus: draft\n---\n\n正文。\n")
    elif where == "config":
        small.edit(
            "site_config.yml", "organiser: 小城机关工委", "organiser: 小城机关工委\n  contact: 信息科 13900001234"
        )
    else:
        small.edit("content/units.yml", "name: 小城法院", "name: 小城法院13900001234")
    found = [each.code for each in small.check().problems]
    assert found.count("PII-002") == 1
    assert "13900001234" not in "".join((*small.lines("zh"), *small.lines("en"))).replace("content/13900001234.md", "")


def _run(root: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", "check", "--root", str(root), "--as-of", "2026-06-01", *more]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False)


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_nothing_that_is_printed_shows_a_number(form: str, small: SiteDriver) -> None:
    small.edit(BRAND, "category: fazhi", "category: 这是一段比较长的文字凑够字数340104198204150373")
    small.edit(BRAND, "slogan: 清风徐来", "slogan: 清风徐来 #张三身份证340104198204150373")
    small.edit(BRAND, "concept: 办案如清风，不留尘。", 'concept: "１３９００００１２３４ \\x31\\x338000\\x309999"')
    small.edit(BRAND, "office: 办公室", "office: 办公室 <b a=文字文字文字文字13900001234>")
    small.write("content/13900001234.md", "---\ntitle: [\nstatus: draft\n---\n\n正文。\n")
    done = _run(small.root, "--format", form)
    assert done.returncode == 1
    shown = masking.plain(done.stdout)
    for number in ("340104198204150373", "13900001234", "13800009999", "34010419820415", "1390000"):
        assert number not in shown, shown
    assert not re.search(r"x31.{0,4}x33", done.stdout)


# -- one false alarm in a thousand at most


def _codes_of_government(generator: random.Random) -> str:
    digits = lambda count: "".join(generator.choice("0123456789") for _ in range(count))  # noqa: E731
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    return generator.choice(
        (
            lambda: (
                f"统一社会信用代码{generator.choice(('11', '12', '91', '92', '53'))}{digits(6)}{''.join(generator.choice(letters) for _ in range(10))}"
            ),
            lambda: f"{generator.choice(('11', '12', '91'))}{digits(16)}",
            lambda: f"项目代码20{digits(2)}-{digits(6)}-{digits(2)}-{digits(2)}-{digits(6)}",
            lambda: f"公告{digits(generator.choice((8, 10, 12, 13, 14, 15, 16, 17, 18, 19, 20)))}号",
            lambda: f"编号{digits(11)}，公告第{digits(11)}号",
            lambda: f"编号 {digits(generator.choice((12, 16, 18, 19)))}",
            lambda: f"国办发〔20{digits(2)}〕{digits(3)}号，附件{digits(16)}",
            lambda: f"ISBN 978{digits(10)}",
            lambda: f"单位代码{digits(9)}，行政区划{digits(12)}",
            lambda: f"坐标 11{digits(1)}.{digits(12)}，3{digits(1)}.{digits(12)}",
        )
    )()


@pytest.mark.parametrize("seed", range(5))
def test_at_most_one_in_a_thousand_government_codes_is_a_false_alarm(seed: int) -> None:
    generator = random.Random(seed)
    alarms = [text for text in (_codes_of_government(generator) for _ in range(4000)) if any(masking.find(text))]
    assert len(alarms) <= 4, alarms


AMOUNTS = [
    "元",
    "万元",
    "亿元",
    "人次",
    "平方米",
    "件",
    "户",
    "吨",
    "公里",
    "人",
    "份",
    "次",
    "美元",
    "千瓦时",
    "㎡",
    "亩",
    "名群众",
    "多元",
    "余人次",
]


@pytest.mark.parametrize("unit", AMOUNTS)
def test_an_amount_is_no_mobile_number(unit: str) -> None:
    for number in ("13900001234", "１３９００００１２３４"):
        assert not list(masking.find(f"为企业减负{number}{unit}。"))
        assert not list(masking.find(f"为企业减负{number} {unit}。"))
    assert [each.code for each in masking.find(f"手机13900001234{unit}")] == ["PII-002"]


WRITTEN = (
    *(
        "１３９００００１２３４",
        "139 0000 1234",
        "139　0000　1234",
        "139\u00a00000\u00a01234",
        "139－0000－1234",
        "139—0000—1234",
        "139.0000.1234",
    ),
    *(
        "139·0000·1234",
        "13900 001234",
        "0086 13900001234",
        "（86）13900001234",
        "+86 (139) 0000-1234",
        "139\u200b0000\u200b1234",
    ),
    *(
        "१३९००००१२३४",
        "𝟏𝟑𝟗𝟎𝟎𝟎𝟎𝟏𝟐𝟑𝟒",
        "一三九零零零零一二三四",
        "①③⑨⓪⓪⓪⓪①②③④",
        "1 3 9 0 0 0 0 1 2 3 4",
        "139/0000/1234",
        "(139)0000-1234",
    ),
    *("tel13900001234", "手机.13900001234", "139_0000_1234", "139 - 0000 - 1234", "壹叁玖零零零零壹贰叁肆"),
)


@pytest.mark.parametrize("text", WRITTEN)
def test_a_mobile_number_is_found_however_it_is_written(text: str) -> None:
    assert [each.code for each in masking.find(f"联系{text}。")] == ["PII-002"]
    assert masking.mask(f"联系{text}。") != f"联系{text}。"


def test_old_identity_numbers_and_cards_are_found_with_what_speaks_of_them() -> None:
    assert [each.code for each in masking.find("身份证号：340104820415037")] == ["PII-001"]
    assert not list(masking.find("公告号：340104820415037"))
    assert [each.code for each in masking.find("身份证 340104 19820415 0373")] == ["PII-001"]
    assert [each.code for each in masking.find("６２２２ ０２１２ ３４５６ ７８９０ １２８")] == ["PII-003"]


HOSTILE = (
    "1 ",
    "13",
    "138 ",
    "a@",
    "一",
    "一 ",
    "6222 ",
    "+86",
    "1.3-",
    "*a",
    "[a](",
    "|a",
    "\n- ",
    "&a",
    "X",
    "待",
    "【单位】",
    "张××",
    "⼼",
    "a\u0301",
    "\u0378",
)


@pytest.mark.audit
@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_long(piece: str) -> None:
    text = (piece * 262_144)[: 262_144 // max(1, len(piece.encode()) // len(piece))]

    def proofread() -> None:
        list(masking.find(text)), markdown.find(text), list(placeholders.find(text)), list(characters.odd(text))
        list(names.find(text))

    assert_ends_within(5, proofread)


# -- suppressions


def _suppressed(small: SiteDriver, more: str = "") -> SiteDriver:
    small.edit(BRAND, "text: 平均审理时间缩短三天。", "text: 服务热线 13900001234 已停用。")
    row = f"  - {{code: PII-002, reason: 停用的公务号码, reviewer: 机关党委办公室{more}}}\n"
    return small.edit(BRAND, "contact:\n", f"suppressions:\n{row}contact:\n")


def test_a_reasoned_exception_lifts_a_problem_and_is_listed(small: SiteDriver) -> None:
    assert _codes(_suppressed(small)) == []
    done = _run(small.root)
    assert done.returncode == 0
    assert "已豁免 brands/qingfeng/brand.yml:26:16 PII-002：停用的公务号码（机关党委办公室）" in done.stdout
    told = json.loads(_run(small.root, "--format", "json").stdout)
    assert told["problems"] == []
    (row,) = told["lifted"]
    assert (row["code"], row["reason"], row["reviewer"], row["until"]) == (
        "PII-002",
        "停用的公务号码",
        "机关党委办公室",
        None,
    )
    assert row["path"] == BRAND and row["suppressed_at"]["line"] == 36


def test_it_is_not_published(small: SiteDriver) -> None:
    _suppressed(small).build()
    assert small.is_published()
    assert not [name for name, content in small.files().items() if "停用的公务号码".encode() in content]


def test_it_lifts_what_stands_in_the_story_too(small: SiteDriver) -> None:
    _suppressed(small).write("brands/qingfeng/story.md", "## 由来\n\n电话 13900001234 已停用。\n")
    assert _codes(small) == []


@pytest.mark.parametrize(("until", "codes"), [("2026-06-01", []), ("2026-05-31", ["PII-002", "TXT-067"])])
def test_it_ends_when_it_says(until: str, codes: list[str], small: SiteDriver) -> None:
    assert sorted(_codes(_suppressed(small, f", until: {until}"))) == codes


def test_one_that_is_not_needed_or_not_allowed_is_a_problem(small: SiteDriver) -> None:
    small.edit(
        BRAND,
        "contact:\n",
        "suppressions:\n  - {code: PII-001, reason: 理由, reviewer: 岗位}\n  - {code: REV-001, reason: 理由, reviewer: 岗位}\n  - {code: PII-02, reason: 理由, reviewer: 岗位}\ncontact:\n",
    )
    assert _codes(small) == ["TXT-068", "TXT-066", "TXT-066"]
    assert "是不是“PII-002”" in small.lines()[2]


def test_a_row_of_a_roster_lifts_its_own_problems_only(small: SiteDriver) -> None:
    text = (small.root / "content/units.yml").read_text("utf-8")
    first = text.split("\n- id:")[0].rstrip("\n")
    rest = text[len(first) :]
    lifted = f"{first}\n  former_names: [旧名13900001234]\n  suppressions:\n    - {{code: PII-002, reason: 理由, reviewer: 岗位}}{rest or chr(10)}"
    small.write("content/units.yml", re.sub(r"\n  former_names: \[[^0-9\]]*\](?=[\s\S]*former_names)", "", lifted))
    assert _codes(small) == []
    more = (
        (small.root / "content/units.yml").read_text("utf-8")
        + "- id: other\n  name: 另一单位13900001234\n  system: zhengfa\n  valid_from: 1990-01-01\n  should_have_brand: false\n"
    )
    small.write("content/units.yml", more)
    assert [code for code, _, line, _ in _found(small)] == ["PII-002"]
