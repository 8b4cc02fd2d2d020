"""Personal data is found by its check digits, masked without its middle, and nothing else is taken for it."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from hashlib import md5, sha1, sha256

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from generator.privacy.masking import find, mask, mask_one
from generator.privacy.numbers import is_card_number, is_identity_number
from generator.problems import Span, problem
from tests.helpers.driver import SiteDriver

# Published examples: the standard of identity numbers itself, and the test numbers of payment networks.
IDENTITY_NUMBERS = ("11010519491231002X", "440524188001010014", "11010519491231002x")
CARD_NUMBERS = (
    *("4111111111111111", "4012888888881881", "5500005555555559", "5105105105105100", "6011000990139424"),
    *("3530111333300000", "3566002020360505", "6011111111111117"),
)
BIRTHDAYS = st.dates(date(1800, 1, 1), date(2199, 12, 31)).map(lambda day: day.strftime("%Y%m%d").zfill(8))
REGIONS = st.integers(100_000, 999_999).map(str)


def _codes(text: str) -> list[str]:
    return [each.code for each in find(text)]


@pytest.mark.parametrize("number", IDENTITY_NUMBERS)
def test_a_published_identity_number_is_one(number: str) -> None:
    assert is_identity_number(number)
    assert _codes(f"身份证{number}。") == ["PII-001"]


@given(REGIONS, BIRTHDAYS, st.integers(0, 999))
def test_just_one_check_character_fits_an_identity_number(region: str, birthday: str, order: int) -> None:
    body = f"{region}{birthday}{order:03}"
    right = [each for each in "0123456789X" if is_identity_number(body + each)]
    assert len(right) == 1
    total = sum(int(digit) * 2 ** (17 - index) for index, digit in enumerate(body)) + (
        10 if right == ["X"] else int(right[0])
    )
    assert total % 11 == 1  # the rule itself, as ISO 7064 states it
    for each in "0123456789X":
        found = [finding for finding in find(f"编号{body}{each}，") if finding.code == "PII-001"]
        assert [(finding.start, finding.end) for finding in found] == ([(2, 20)] if each == right[0] else [])


@given(REGIONS, BIRTHDAYS, st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_spoils_an_identity_number(region: str, birthday: str, order: int, at: int, by: int) -> None:
    body = f"{region}{birthday}{order:03}"
    check = next(each for each in "0123456789X" if is_identity_number(body + each))
    wrong = body[:at] + str((int(body[at]) + by) % 10) + body[at + 1 :]
    assert not is_identity_number(wrong + check)


@pytest.mark.parametrize("birthday", ["19901301", "19900230", "19900100", "00000101", "20230229"])
def test_a_number_without_a_possible_birthday_is_no_identity_number(birthday: str) -> None:
    assert not any(is_identity_number(f"110105{birthday}002{each}") for each in "0123456789X")


@pytest.mark.parametrize("number", CARD_NUMBERS)
def test_a_published_card_number_is_one(number: str) -> None:
    assert is_card_number(number)
    spaced = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
    for written in (number, spaced, spaced.replace(" ", "-")):
        assert _codes(f"卡号：{written}。") == ["PII-003"]


@given(st.sampled_from("3456789"), st.text("0123456789", min_size=14, max_size=17))
def test_just_one_check_digit_fits_a_card_number(first: str, rest: str) -> None:
    body = first + rest
    assume(len(set(body)) > 1)
    right = [each for each in "0123456789" if is_card_number(body + each)]
    assert len(right) == 1
    for each in "0123456789":
        number = body + each
        codes = _codes(f"卡{number}号")
        assert ("PII-003" in codes) == (each == right[0] and "PII-001" not in codes)


@given(st.text("0123456789", min_size=15, max_size=18), st.integers(0, 14), st.integers(1, 9))
def test_one_wrong_digit_spoils_a_card_number(body: str, at: int, by: int) -> None:
    assume(len(set(body)) > 1)
    number = next(body + each for each in "0123456789" if is_card_number(body + each))
    assert not is_card_number(number[:at] + str((int(number[at]) + by) % 10) + number[at + 1 :])


@pytest.mark.parametrize("number", ["0" * 16, "8" * 18, "411111111111111", "41111111111111111111", ""])
def test_a_number_of_one_digit_or_another_length_is_no_card_number(number: str) -> None:
    assert not is_card_number(number)


MOBILES = (
    "13812345678",
    "138 1234 5678",
    "138-1234-5678",
    "138 12345678",
    "1381234 5678",
    "8613812345678",
    "+8613812345678",
    "+86 138 1234 5678",
    "+86-138-1234-5678",
    "86 13812345678",
    "19912345678",
)


@pytest.mark.parametrize("number", MOBILES)
@pytest.mark.parametrize(
    ("before", "after"),
    [("", ""), ("手机", "。"), ("电话：", "（王）"), ("a@b.cn ", ","), ("\n", "\n"), ("(", ")"), ("_", "_")],
)
def test_a_mobile_number_is_found_however_it_is_separated(number: str, before: str, after: str) -> None:
    found = list(find(before + number + after))
    assert [each.code for each in found] == ["PII-002"]
    assert (found[0].start, found[0].end) == (len(before), len(before) + len(number))


def test_a_mobile_number_at_the_end_of_a_sentence_is_found() -> None:
    assert _codes("Call 13812345678. Then 13912345678.") == ["PII-002", "PII-002"]


HARMLESS = (
    *("0000-1234567", "0000-12345678", "010-12345678", "(0000)1234567", "（0000）123 4567", "0000-1234567-801"),
    *("400-123-4567", "800-820-8820", "12345", "110", "95588", "+86-10-12345678", "86 10 1234 5678", "+1 202 555 0100"),
    *("2024-05-01", "20240501", "2024-05-01T13:45:00+08:00", "20240501134500", "2024050113450012", "1714521600"),
    *("1714521600000", "1714521600000000000", "13:45:00.123456", "1990-01-01至2019-03-01", "2024年5月1日13时"),
    *("978-7-5606-1234-5", "9787560612345", "978-0-306-40615-7", "7-5606-1234-5", "ISSN 1000-1234", "CN 11-1234/D"),
    *("国办发〔2017〕47号", "(2024)00民初12345号", "某ICP备00000000号", "某公网安备 00000000000000号", "3400000001"),
    *("3.13812345678", "0.13812345678", "13812345678.5", "13812345678.25 元", "1.4111111111111111", "￥4,111,111,111"),
    *("138,1234,5678", "13812345", "138123456789", "113812345678", "12812345678", "v1.13812345678", "10.138.123.45"),
    *(
        "a13812345678",
        "13812345678a",
        "0x13812345678",
        "No.1381234567",
        "1+7+13812345678x",
        "1/3",
        "50%",
        "#13812345678f",
    ),
    *("4111111111111112", "411111111111111111111", "110105194912310021", "91340200MA2N000000", "12340200000000000A"),
)


@pytest.mark.parametrize("text", HARMLESS)
def test_other_numbers_are_no_false_alarm(text: str) -> None:
    assert not _codes(text)
    assert not _codes(f"共{text}，")
    assert mask(text) == text


@given(st.binary(max_size=20))
@example(b"")
def test_a_hash_is_no_false_alarm(content: bytes) -> None:
    for digest in (md5(content, usedforsecurity=False), sha1(content, usedforsecurity=False), sha256(content)):
        assert not _codes(f"sha {digest.hexdigest()} {digest.hexdigest().upper()}")


@given(st.uuids(version=4))
@example(uuid.UUID("41111111-1111-4111-8111-111111111111"))
def test_a_uuid_is_no_false_alarm(number: uuid.UUID) -> None:
    assert not _codes(str(number))


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.integers(0, 86_399))
def test_a_time_is_no_false_alarm(day: date, second: int) -> None:
    time = str(timedelta(seconds=second)).rjust(8, "0")
    for written in (
        f"{day}",
        f"{day:%Y%m%d}",
        f"{day}T{time}Z",
        f"{day:%Y%m%d}{time.replace(':', '')}",
        f"{day}至{day}",
    ):
        assert not _codes(written)


@given(st.integers(100, 9999), st.integers(2_000_000, 89_999_999), st.sampled_from(("0{}-{}", "(0{}){}", "0{} {}")))
def test_an_office_telephone_is_no_false_alarm(area: int, number: int, form: str) -> None:
    assert not _codes(form.format(str(area)[:3], number))


@given(st.decimals(0, 10**12, places=4) | st.decimals(0, 10, places=18))
def test_a_decimal_number_is_no_false_alarm(number: object) -> None:
    assert not _codes(f"增长{number:f}元")


PIECES = st.sampled_from(
    (
        *IDENTITY_NUMBERS,
        *CARD_NUMBERS,
        *MOBILES,
        " ",
        "-",
        "，",
        "手机",
        "1",
        "86",
        "+86",
        "X",
        ".",
        "\n",
        "a",
        "😀",
        "0000-1234567",
    )
)


@given(st.lists(PIECES, max_size=12).map("".join) | st.text("0123456789 -+xX.", max_size=60))
@example("13812345678 13912345678")
@example("4111 1111 1111 1111 138 1234 5678")
def test_a_mask_keeps_the_length_and_shows_no_middle(text: str) -> None:
    found = list(find(text))
    masked = mask(text)
    assert len(masked) == len(text)
    taken = 0
    for each in found:
        assert taken <= each.start < each.end <= len(text)  # in order, never the same digits twice
        assert masked[taken : each.start] == text[taken : each.start]
        assert masked[each.start : each.start + 3] == text[each.start : each.start + 3]
        assert set(masked[each.start + 3 : each.end - 2]) == {"*"}
        assert masked[each.end - 2 : each.end] == text[each.end - 2 : each.end]
        taken = each.end
    assert masked[taken:] == text[taken:]
    assert not list(find(masked))
    assert mask(masked) == masked


@given(st.text())
def test_any_text_can_be_searched_and_masked(text: str) -> None:
    assert len(mask(text)) == len(text)
    for each in find(text):
        assert 0 <= each.start < each.end <= len(text)


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13812345678", "138******78"),
        ("11010519491231002X", "110*************2X"),
        ("4111 1111 1111 1111", "411**************11"),
        ("+86 138-1234-5678", "+86************78"),
    ],
)
def test_a_masked_number_begins_with_three_and_ends_with_two(number: str, masked: str) -> None:
    assert mask_one(number) == masked
    assert mask(f"见{number}。") == f"见{masked}。"


def test_two_numbers_side_by_side_are_both_found() -> None:
    text = "王13812345678李11010519491231002X，卡4111111111111111"
    assert _codes(text) == ["PII-002", "PII-001", "PII-003"]
    assert mask(text) == "王138******78李110*************2X，卡411***********11"


def test_an_identity_number_is_not_a_card_number_as_well() -> None:
    numbers = (f"440524{year}0101001{last}" for year in range(1900, 2020) for last in "0123456789")
    both = [each for each in numbers if is_identity_number(each) and is_card_number(each)]
    assert both
    for number in both:
        assert _codes(number) == ["PII-001"]


def test_no_message_prints_a_whole_number() -> None:
    found = problem("SCH-004", Span("a.yml"), label="x", text="13812345678", hint="11010519491231002X", advice="x")
    for language in ("zh", "en"):
        shown = found.text(language) + found.remedy(language)
        assert "138******78" in shown and "110*************2X" in shown
        assert "13812345678" not in shown and "11010519491231002X" not in shown


def test_a_number_is_reported_where_it_stands_and_masked(small: SiteDriver) -> None:
    small.edit("brands/qingfeng/brand.yml", "office: 办公室", "office: 办公室 138-1234-5678")
    small.write("brands/qingfeng/story.md", "## 由来\n\n😀联系 11010519491231002X。\n").check()
    found = [(each.code, each.span.path, each.span.line, each.span.column) for each in small.problems if each.is_error]
    assert found == [
        ("PII-002", "brands/qingfeng/brand.yml", 36, 15),
        ("PII-001", "brands/qingfeng/story.md", 3, 5),
    ]
    lines = "\n".join((*small.lines("zh"), *small.lines("en")))
    assert "138********78" in lines and "110*************2X" in lines
    assert "1234" not in lines and "19491231" not in lines
