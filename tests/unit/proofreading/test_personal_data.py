"""Personal data is found in any writing and any place, told once, and shown by nothing that the program says; what only
looks like it is left alone. All ways, numbers and places together are in ``tests/audit/test_personal_data.py``."""

from __future__ import annotations

import random
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.privacy import digits, numbers
from generator.privacy.masking import find, mask
from tests.helpers.driver import SiteDriver
from tests.helpers.growth import assert_grows_within
from tests.helpers.personal import HARMLESS, MARKDOWN, NUMBERS, PLAIN, government_code
from tests.helpers.personal_places import CODES, LEADS, fitting, missed, shows, site_of

FAST = 11  # of so many combinations of a way and a number one is tried in every place


def test_the_numbers_of_these_tests_are_what_they_seem() -> None:
    assert len(PLAIN) + len(MARKDOWN) >= 46 and len(NUMBERS) == 12
    for number in NUMBERS:
        if len(number) == 18:
            assert numbers.is_identity_number(number)
        elif len(number) > 11:
            assert numbers.is_card_number(number)


@pytest.mark.parametrize("way", PLAIN)
def test_a_number_is_found_and_masked_however_it_is_written(way: str) -> None:
    for number in NUMBERS:
        text = f"{LEADS[len(number)]}{PLAIN[way](number)}。"
        assert [each.code for each in find(text)] == [CODES[len(number)]], text
        masked = mask(text)
        assert not shows(number, masked) and len(masked) == len(text) and not list(find(masked)), masked
        assert mask(masked) == masked


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> SiteDriver:
    return site_of(tmp_path_factory.mktemp("filled"))


COMBINATIONS = [(way, number) for way in (*PLAIN, *MARKDOWN) for number in NUMBERS]


@pytest.mark.audit
@pytest.mark.parametrize(("way", "number"), COMBINATIONS[::FAST])
def test_it_is_found_wherever_it_stands_and_shown_nowhere(way: str, number: str, filled: SiteDriver) -> None:
    written = {**PLAIN, **MARKDOWN}[way](number)
    assert missed(filled, number, written, fitting(way)) == []


@pytest.mark.parametrize("written", ["13800138000", "138 0013 8000", "１３８００１３８０００", "一三八〇〇一三八〇〇〇", "zhang13800138000"])
def test_names_of_files_and_folders_are_looked_at_too(written: str, small: SiteDriver) -> None:
    small.write(f"brands/qingfeng/img/{written}.jpg", b"x").write(f"content/{written}/{written}.md", "## 无\n").check()
    found = [each for each in small.problems if each.code == "PII-002"]
    assert sorted(each.span.path for each in found) == sorted(
        [f"brands/qingfeng/img/{written}.jpg", f"content/{written}", f"content/{written}/{written}.md"]
    )
    assert not any(shows("13800138000", f"{each.place} {each.text('zh')} {each.remedy('en')}") for each in small.problems)


@pytest.mark.parametrize("cell", ['"138\n00138000"', '"13800\n138000"'])
def test_a_number_in_two_lines_of_a_cell_is_one(cell: str, filled: SiteDriver) -> None:
    path = "content/releases/2023/scores.csv"
    kept = (filled.root / path).read_bytes()
    filled.edit(path, "初评,J01,b1,54,36,\n", f"初评,{cell},b1,54,36,\n").check()
    filled.write(path, kept)
    assert [each.span[:2] for each in filled.problems if each.code == "PII-002"] == [(path, 2)]


@pytest.mark.parametrize(
    "text", ["| 138 | 0013 | 8000 |\n| --- | --- | --- |\n| 139 | 0013 | 8000 |", "- 138\n- 0013\n- 8000", "138\n\n00138000"]
)
def test_cells_and_paragraphs_do_not_join_to_a_number(text: str, small: SiteDriver) -> None:
    small.write("brands/qingfeng/story.md", f"## 由来\n\n{text}\n").check()
    assert not [each for each in small.problems if each.code.startswith("PII")], small.lines()


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    for around in ("{}", "共{}。", "见{}，", "（{}）", "办公电话 0551-62345678，{}", "第{}项"):
        written = around.format(text)
        assert not list(find(written)), written
        assert mask(written) == written


@pytest.mark.parametrize(
    "text",
    ["手机13,900,001,234 元", "电话：12345、110、119", "联系1530人、走访1604户", "联系时间1998-2003，300天", "微信公众号发文1380篇、1390篇、138篇"],
)
def test_a_word_for_telephones_does_not_make_one(text: str) -> None:
    assert not list(find(text))


def test_of_ten_thousand_codes_of_governments_ten_at_most_are_false_alarms() -> None:
    generator = random.Random(2026)
    alarms = [text for text in (government_code(generator) for _ in range(10_000)) if any(find(text))]
    assert len(alarms) <= 10, alarms


PAPERS = (
    ("护照号 E12345678", "PII-008"),
    ("护照：EA1234567", "PII-008"),
    ("港澳通行证C12345678", "PII-008"),
    ("来往内地通行证 H1234567890", "PII-008"),
    ("军官证 军字第1234567号", "PII-008"),
    ("车牌皖A12345", "PII-009"),
    ("车牌号：皖A·D12345", "PII-009"),
    ("车主的车号为京A 8B888", "PII-009"),
)


@pytest.mark.parametrize(("text", "code"), PAPERS)
def test_a_passport_and_a_number_plate_are_known_by_the_word_beside_them(text: str, code: str) -> None:
    assert [each.code for each in find(text)] == [code]
    assert text[-5:-3] not in mask(text)


@pytest.mark.parametrize("text", ["G12345678 次列车", "皖A12345 项目", "办理护照 138 件", "凭通行证入场，共 1234 张", "车牌识别系统 V2.0", "护照和E1234"])
def test_without_the_word_or_the_form_they_are_none(text: str) -> None:
    assert not list(find(text))


def test_every_digit_that_unicode_has_in_a_style_is_one() -> None:
    rare = range(0x10000, 0x1F100)  # of scripts that nobody types here
    styled = [
        chr(code)
        for code in range(0x110000)
        if code not in rare and unicodedata.digit(chr(code), None) is not None and unicodedata.decimal(chr(code), None) is None
    ]
    assert [each for each in styled if not digits.plain(each).isdigit() and each != "᧚"] == []
    assert all(digits.plain(each) == str(unicodedata.digit(each)) for each in styled if each != "᧚")


@given(st.text(st.sampled_from("1380%&#x;\\u\u200b\u0301\ufe0f３一 -x9f"), max_size=40) | st.text(max_size=40))
def test_what_a_text_stands_for_is_placed_where_it_is_written(text: str) -> None:
    reading = digits.read(text)
    if reading is None:
        return
    assert len(reading.starts) == len(reading.text) + 1
    assert list(reading.starts) == sorted(reading.starts) and reading.starts[-1] == len(text)
    for at, character in enumerate(reading.text):
        start, end = reading.span(at, at + 1)
        assert 0 <= start <= end <= len(text)
        if end - start == 1:
            assert text[start] == character or text[start] in "%&\\"


@given(st.lists(st.sampled_from((*NUMBERS, *(way(NUMBERS[0]) for way in PLAIN.values()), "、", "电话", "\n", "a")), max_size=8).map("".join))
def test_a_mask_is_as_long_and_leaves_nothing_to_be_found(text: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text) and not list(find(masked)) and mask(masked) == masked


@pytest.mark.parametrize("piece", ["1\u200b", "%31", "&#49;", "\\u0031", "1,", "手机1", "卡6", "一", "O1", "车牌", "护照E1", "138 ", "（1", "l"])
def test_the_time_grows_as_the_text_does(piece: str) -> None:
    short, long = (piece * (size // len(piece)) for size in (60_000, 240_000))
    assert_grows_within(4 * 2.5, lambda: list(find(short)), lambda: list(find(long)))


def test_an_excerpt_is_masked_before_it_is_cut(tmp_path: Path, small: SiteDriver) -> None:
    for number in NUMBERS:
        for before in range(12, 31, 3):
            copy = SiteDriver.copy("good/small", tmp_path / f"{number}-{before}") if before == 12 and number == NUMBERS[0] else small
            text = "这是一段比较长的文字凑够字数用来看它在哪里被截断的吧好的"[:before] + (number if len(number) in (11, 18) else LEADS[len(number)] + number)
            copy.edit("brands/qingfeng/brand.yml", "category: fazhi", f"category: {text}").check()
            copy.edit("brands/qingfeng/brand.yml", f"category: {text}", "category: fazhi")
            told = "\n".join((*copy.lines("zh"), *copy.lines("en")))
            assert not shows(number, told) and "SCH-004" in told, told
