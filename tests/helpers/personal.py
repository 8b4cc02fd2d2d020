"""Numbers of nobody, ways to write them, and what they must never be taken for: shared by the tests of personal data."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Way = Callable[[str], str]

# None was ever given out: ranges of tests, the example of the standard, and prefixes of cards with a made-up rest.
MOBILES = ("13800138000", "13912345678", "15000001234", "17712340000", "18698765432", "19900001111")
IDENTITIES = ("340104198204150373", "11010519491231002X", "440524188001010014")
CARDS = ("6222021202001234567", "6228480402564890018", "4563512345678903")
NUMBERS = (*MOBILES, *IDENTITIES, *CARDS)


def _grouped(number: str, mark: str) -> str:
    """``number`` as people divide it: 3-4-4, an area with a birthday and the rest, fours."""
    sizes = {11: (3, 4, 4), 18: (6, 8, 4)}.get(len(number), (4, 4, 4, 4, 3))
    parts, at = [], 0
    for size in sizes:
        parts.append(number[at : at + size])
        at += size
    return mark.join(each for each in parts if each)


def _digits(zero: str) -> Way:
    return lambda number: "".join(chr(ord(zero) + int(each)) if each.isdigit() else each for each in number)


def _letters(digits: str) -> Way:
    return lambda number: "".join(digits[int(each)] if each.isdigit() else each for each in number)


def _around(before: str, after: str = "") -> Way:
    return lambda number: f"{before}{number}{after}"


def _with(mark: str) -> Way:
    return lambda number: _grouped(number, mark)


def _first_in_brackets(opening: str, closing: str) -> Way:
    def written(number: str) -> str:
        first, _, rest = _grouped(number, " ").partition(" ")
        return f"{opening}{first}{closing}{rest.replace(' ', '')}"

    return written


# What one text shows, whatever markup it goes through: the name says what is special about it.
PLAIN: dict[str, Way] = {
    "as it is": lambda number: number,
    "wide": _digits("０"),
    "Arabic-Indic": _digits("٠"),
    "Persian": _digits("۰"),
    "Devanagari": _digits("०"),
    "Thai": _digits("๐"),
    "mathematical bold": _digits("𝟎"),
    "mathematical monospace": _digits("𝟶"),
    "circled": _letters("⓪①②③④⑤⑥⑦⑧⑨"),
    "black circled": _letters("⓿❶❷❸❹❺❻❼❽❾"),
    "superscript": _letters("⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "Chinese": _letters("零一二三四五六七八九"),
    "Chinese with a ring": _letters("〇一二三四五六七八九"),
    "Chinese with a circle": _letters("○一二三四五六七八九"),
    "Chinese as it is called": _letters("零幺二三四五六七八九"),
    "capital": _letters("零壹贰叁肆伍陆柒捌玖"),
    "traditional capital": _letters("零壹貳參肆伍陸柒捌玖"),
    "blank": _with(" "),
    "no-break blank": _with("\u00a0"),
    "narrow no-break blank": _with("\u202f"),
    "ideographic blank": _with("\u3000"),
    "two blanks": _with("  "),
    "hyphen": _with("-"),
    "en dash": _with("–"),
    "em dash": _with("—"),
    "wide hyphen": _with("－"),
    "minus": _with("−"),
    "full stop": _with("."),
    "middle dot": _with("·"),
    "wide full stop": _with("．"),
    "slash": _with("/"),
    "tilde": _with("~"),
    "underscore": _with("_"),
    "brackets": _first_in_brackets("(", ")"),
    "wide brackets": _first_in_brackets("（", "）"),
    "square brackets": _first_in_brackets("【", "】"),
    "digit by digit": lambda number: " ".join(number),
    "digit by digit with hyphens": lambda number: "-".join(number),
    "fives": lambda number: " ".join(re.findall(".{1,5}", number)),
    "after tel": _around("tel"),
    "after QQ": _around("QQ"),
    "after a word": _around("微信"),
    "before a word": _around("", "（张）"),
    "comma": _with(","),
    "ideographic comma": _with("、"),
    "no width": _with("\u200d"),
    "keycaps": lambda number: "".join(f"{each}\ufe0f\u20e3" if each.isdigit() else each for each in number),
    "letters that look like it": _letters("O123456789"),
    "YAML escapes as text": lambda number: "".join(f"\\u{ord(each):04x}" for each in number),
    "percent": lambda number: "".join(f"%{ord(each):02X}" for each in number),
}
# What only Markdown shows.
MARKDOWN: dict[str, Way] = {
    "strong": lambda number: _grouped(number, "**") + ("**" if _grouped(number, "**").count("**") % 2 else ""),
    "entities": lambda number: "".join(f"&#{ord(each)};" for each in number),
    "hexadecimal entities": lambda number: "".join(f"&#x{ord(each):x};" for each in number),
    "backslashes": _with("\\-"),
    "broken lines": _with("\n"),
    "code": lambda number: f"`{number[:3]}`{number[3:]}",
}


# -- what only looks like it -------------------------------------------------------------------------------------------

CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
AREAS = ("110105", "340104", "340100", "440524", "310115", "512345", "659001")


def credit_code(generator: random.Random, letters: str = CREDIT_LETTERS) -> str:
    """A unified social credit code with the right check character."""
    body = f"{generator.choice(('11', '12', '13', '51', '52', '53', '91', '92', '93'))}{generator.choice(AREAS)}"
    body += "".join(generator.choice(letters) for _ in range(9))
    total = sum(CREDIT_LETTERS.index(each) * weight for each, weight in zip(body, CREDIT_WEIGHTS, strict=True))
    return body + CREDIT_LETTERS[(31 - total % 31) % 31]


def government_code(generator: random.Random) -> str:
    """A code of 16 to 19 characters, or what else stands in official texts in digits, in words around it."""

    def digits(count: int) -> str:
        return "".join(generator.choice("0123456789") for _ in range(count))

    year, area = f"20{generator.randint(10, 26)}", generator.choice(AREAS)
    day = f"{year}{generator.randint(1, 12):02}{generator.randint(1, 28):02}"
    clock = f"{generator.randint(0, 23):02}{generator.randint(0, 59):02}{generator.randint(0, 59):02}"
    made = generator.choice(
        (
            lambda: credit_code(generator),
            lambda: credit_code(generator, "0123456789"),
            lambda: f"统一社会信用代码：{credit_code(generator)}",
            lambda: digits(generator.randint(16, 19)),
            lambda: f"{generator.randint(1, 9)}{digits(generator.randint(15, 18))}",
            lambda: f"{year}-{area}-{digits(2)}-{digits(2)}-{digits(6)}",
            lambda: f"项目代码{year}-{area}-{digits(2)}-{digits(2)}-{digits(6)}",
            lambda: f"{area}{day}{digits(generator.choice((2, 3, 5)))}",
            lambda: f"受理编号{area}{day}{digits(4)}",
            lambda: f"{day}{clock}{digits(generator.choice((0, 2, 3, 4)))}",
            lambda: f"行政许可决定书 {area}{year}{digits(8)}",
            lambda: f"发票代码 0{digits(11)}，发票号码 {digits(8)}",
            lambda: f"（{year}）皖{digits(4)}民初{digits(4)}号",
            lambda: f"皖政〔{year}〕{digits(3)}号",
            lambda: f"条码 69{digits(11)}",
            lambda: f"物流单号 {digits(20)}",
            lambda: f"订单 {day}{digits(10)}",
            lambda: f"北纬3{digits(1)}.{digits(14)}，东经11{digits(1)}.{digits(14)}",
            lambda: f"投资{digits(1)}{digits(10)}元",
            lambda: f"服务群众 1{digits(10)} 人次",
            lambda: f"食品经营许可证 JY1{area}{digits(7)}",
            lambda: f"受理编号：{area}{day}{digits(5)}",
            lambda: f"指标 {digits(5)}.{digits(11)}",
            lambda: f"公管{digits(4)}-{digits(4)}-{digits(4)}-{digits(4)}",
        )
    )()
    return f"{generator.choice(('', '见', '编号', '由', '（'))}{made}{generator.choice(('。', '，', '）', ' '))}"


HARMLESS = (
    *("0551-62345678", "0551-62345678-801", "(0551)62345678", "0551 6234 5678 转 8001", "010-12345678", "12345", "400-123-4567"),
    *("95588", "110、119、120", "+86-551-62345678", "86 551 6234 5678", "+1 202 555 0100"),
    *("2024-05-01", "2024年5月1日", "20240501134500", "20230615123045", "2024-05-01T13:45:00+08:00", "1990-01-01至2019-03-01"),
    *("2019、2020、2021、2022、2023", "1949-1978-2012-2021", "13:45:00.123456", "2023年度1—12月"),
    *("国办发〔2017〕47号", "(2023)皖0104民初1234号", "某ICP备00000000号", "某公网安备 00000000000000号", "2020-340104-48-03-012345"),
    *("978-7-5606-1234-5", "9787560612345", "ISSN 1000-1234", "CN 11-1234/D", "GB/T 11643-1999", "ISO 7064:2003"),
    *("13900001234元", "13,900,001,234 元", "13900001234人次", "￥13900001234.50", "1390.00万元、1234.00万元", "139 亿元"),
    *("1+7+13个社区", "一三五七九", "二〇二三年一月二日", "一、二、三、四、五、六、七、八、九、十、十一", "三百八十万零八百三十八"),
    *("1.3.8.0.0", "192.168.138.100", "v1.13.8", "10.138.123.45", "3.13812345678", "1/3、8/10", "50%、13.8%、98.01%"),
    *("96.5 97.2 13.8 15.1", "100 200 300 400", "138 户、0013 号、8000 元", "0000-1234567"),
)
assert len(set(HARMLESS)) == len(HARMLESS) >= 52
