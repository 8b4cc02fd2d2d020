"""Numbers of persons in a text whose digits are plain (``digits.py``): identity numbers, mobile numbers, bank cards,
passports and number plates.

A check digit alone lets one in ten numbers pass, so what has a weak one, or none, must stand as people write it or beside
a word that says what it is: of a thousand codes as governments write them at most one is a false alarm.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from generator import patterns


class Finding(NamedTuple):
    """A piece of text that is personal data: its problem code and where it begins and ends."""

    code: str
    start: int
    end: int


def _any_case(word: str) -> str:
    return "".join(f"[{each.upper()}{each}]" for each in word)


def _behind(*words: str) -> str:
    """A condition on what stands directly before: one of ``words`` in letters, and no other letter before it."""
    return "|".join(f"(?<=(?<![A-Za-z]){_any_case(each)})" for each in words)


_EDGE = r"(?<![0-9A-Za-z])(?<![0-9A-Za-z]\.)"
_END = r"(?!\.?[0-9]|[A-Za-z])"
_LETTERS = _behind("phone", "mobile", "mob", "qq", "vx", "wx", "weixin", "wechat", "sj", "shouji", "dianhua", "call", "ph", "no")
# A name in small letters may stand before it, which no hexadecimal number is and few codes have: zhang138...
_CALL = rf"(?:(?<=[Tt][Ee][Ll])|(?<=[a-z][g-z])|{_LETTERS})"
_NAMED = rf"(?:{_EDGE}|(?<=[Tt][Ee][Ll])|{_behind('id', 'idcard', 'sfz', 'sfzh', 'no', 'qq', 'wx', 'vx', 'card', 'kh', 'phone')})"
_FIRST = r"(?=[0-9(+])"  # quick and mostly no

# What may stand between two digits of one number. A bar divides cells of a table, a comma those of another.
_GAP = r"[ \t\-./_()*~\[\]\\`]{1,3}"
_BREAK = r"[ \t\-/_()*~\[\]\\`]{1,3}"  # without the full stop of a decimal number
_SIGNS = r"[^0-9A-Za-z\n|,，、;；:：\u3007\u3400-\u9fff]{0,3}"
_ANY_SIGNS = r"[^0-9A-Za-z\n\u3007\u3400-\u9fff]{0,3}"  # where a word says that a number follows

_ABROAD = r"(?:(?:(?:\+|00)?86|\((?:\+|00)?86\)|\+ ?\(?86\)?)[ \-.(]{0,3})?"
_SHAPES = "|".join(
    (
        r"[0-9]{8}",
        rf"(?:{_GAP}[0-9]{{4}}){{2}}",  # 138 1234 5678
        rf"{_BREAK}[0-9]{{8}}|[0-9]{{4}}{_BREAK}[0-9]{{4}}",  # 138 12345678, 1381234 5678
        r"[0-9]{2}[ \-~/_*][0-9]{6}|[0-9]{3}[ \-~/_*][0-9]{5}",  # 13812 345678, 138123 45678
        r"(?:[ \-~/_*][0-9]{3}){2}[ \-~/_*][0-9]{2}|[ \-][0-9]{3}[ \-][0-9]{5}|[ \-][0-9]{5}[ \-][0-9]{3}",
        r"[0-9]{2}[ \-~/_*][0-9]{5}[ \-~/_*][0-9]",  # 13812 34567 8
        r"(?:(?P<two>[ \-./_~])[0-9]{2}(?:(?P=two)[0-9]{2}){3})",
        r"[0-9]-[0-9]{3}-[0-9]{4}|[0-9]-[0-9]{4}-[0-9]{3}",
    )
)
_ONE_BY_ONE = r"1(?P<one>[ \-./_*~]{1,2})[3-9](?:(?P=one)[0-9]){9}"
_MOBILE = patterns.late(rf"{_FIRST}(?:{_EDGE}|{_CALL})(?=({_ABROAD}(?:1[3-9][0-9](?:{_SHAPES})|{_ONE_BY_ONE})){_END})")
_CALLING = r"(?:手机|电话|联系|号码|微信|致电|拨打|来电|短信|扣扣|加我|[Tt][Ee][Ll]|[Pp]hone|[Mm]obile|QQ|qq|VX|vx)"
_CALLED_MOBILE = patterns.late(
    rf"{_CALLING}[^0-9\n]{{0,8}}?(?=({_ABROAD}1{_ANY_SIGNS}[3-9](?:{_ANY_SIGNS}[0-9]){{9}})(?!{_ANY_SIGNS}[0-9]|[A-Za-z]))"
)
_YEARS = patterns.late(r"1[89][0-9]{2}[^0-9]+(?:[0-9]{1,2}[^0-9]|(?:19|20)[0-9]{2})")
_IDENTITY = patterns.late(
    rf"(?=[1-9]){_NAMED}(?=([1-9](?:{_SIGNS}[0-9]){{5}}{_SIGNS}(?:1{_SIGNS}[89]|2{_SIGNS}[01])(?:{_SIGNS}[0-9]){{2}}"
    rf"{_SIGNS}[01](?:{_SIGNS}[0-9]){{6}}{_SIGNS}[0-9Xx]){_END})"
)
_CALLED_IDENTITY = patterns.late(
    rf"(?:身份|证件|证号|公民)[^0-9\n]{{0,12}}?(?=([1-9](?:{_ANY_SIGNS}[0-9]){{16}}{_ANY_SIGNS}[0-9Xx]){_END})"
)
_CALLED_CARD = patterns.late(
    rf"(?:卡|账户|帐户|账号|帐号)[^0-9\n]{{0,8}}?(?=([3-9](?:{_ANY_SIGNS}[0-9]){{18}}|[3-9](?:{_ANY_SIGNS}[0-9]){{15,17}}){_END})"
)
_FORMER_IDENTITY = patterns.late(rf"(?=[1-8]){_NAMED}(?=([1-8](?:{_SIGNS}[0-9]){{14}}){_END})")
_CARD = patterns.late(rf"(?=[3-9]){_NAMED}(?=([3-9](?:{_SIGNS}[0-9]){{18}}|[3-9](?:{_SIGNS}[0-9]){{15,17}}){_END})")
_GROUPED_CARD = patterns.late(r"[0-9]{4}(?:[ \-.~/_*]{1,2}[0-9]{4}){3}(?:[ \-.~/_*]{0,2}[0-9]{1,3})?")
_DECIMAL = patterns.late(r"[0-9]+\.[0-9]+")
# What could be a number of somebody, had the words around it been seen.
_LIKELY_MOBILE = patterns.late(rf"(?<![0-9A-Za-z])(?=({_ABROAD}1{_ANY_SIGNS}[3-9](?:{_ANY_SIGNS}[0-9]){{9}})(?!{_ANY_SIGNS}[0-9]|[A-Za-z]))")
# The first fourteen digits of an identity number and more, or most of a bank card: what may be left of one that was cut.
_PART = patterns.late(r"(?<![0-9])(?=((?:[1-8](?:[ .\-]?[0-9]){13,18}|62(?:[ .\-]?[0-9]){12,17}))(?![ .\-]?[0-9]))")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_PROVINCES = frozenset({*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66)})

# What stands directly behind an amount, and what directly before a number says whose or of what it is.
_UNIT = patterns.late(
    r"[ (]?(?:多|余|来)?[ ]?(?:[万亿]|[百千]?(?:元|美元|港元|欧元|块钱)|人次|人(?![工员民事力])|户(?!主)|件(?!人)|平方|平米|立方|公里"
    r"|[千毫厘分]?米|㎡|㎥|公顷|亩|吨|[千公]?克|[千公]斤|升|千瓦|度电|次|笔|份|只|台|套|辆|户次|家次|个(?!人)|名(?![字称单])|条|株|棵|粒|字节|页|步|%|‰)"
)
_CALLED = patterns.late(
    r"(?:手机|电话|联系|号码|微信|致电|拨打|[Tt][Ee][Ll]|[Pp]hone|[Mm]obile)[号码是为:： .()（(]{0,4}\Z"
)
_MONEY = patterns.late(r"(?:[¥￥$€£]|人民币|RMB|CNY)[ ]?\Z")
_BANK = patterns.late(r"(?:卡|账户|帐户|账号|帐号|银行|[付汇收打捐存]款|转账|缴费|户名|开户|存折|[Cc]ard|[Vv]isa)[^\n。；;]{0,60}\Z")
_CODED = patterns.late(r"(?:代码|编码|编号|文号|证号|备案|批号|单号|序号|许可|ISBN|统一|公告|第)[^\n。；;，,]{0,6}\Z")
_FILED = patterns.late(r"(?:代码|文号|批号|单号|许可证?|备案号?|公告|受理|立案|审批|项目|流水|订单)[^\n。；;，,0-9]{0,6}\Z")
_RECENT = 2008
_OF_A_PERSON = patterns.late(r"身份|证件|15 ?位")
_PASSPORT = patterns.late(
    r"(?:护照|通行证|回乡证|台胞证|军官证|士兵证|居留|[Pp]assport)[^0-9A-Za-z\n]{0,12}"
    r"(?=((?:[EGPDSHMKTC][A-Z]?|军|士)[字第 \-]{0,3}[0-9](?:[ \-]?[0-9]){6,9})(?![0-9A-Za-z]))"
)
_PLATE = patterns.late(
    r"(?:车牌|车号|牌照|号牌|私家车|尾号为|车主)[^0-9A-Za-z\n]{0,12}?"
    r"(?=([京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新] ?[A-HJ-NP-Z][ .\-]?[0-9A-HJ-NP-Z]{5,6})(?![0-9A-Za-z]))"
)
_WORDS = frozenset({"证", "护照", "assport", "居留", "车", "牌"})  # without any of them there is neither
# Quick and mostly no: whether there are as many digits in a row as the shortest number has.
_DIGITS = patterns.late(r"[0-9](?:[^0-9\n]{0,3}[0-9]){10}")


def find(text: str) -> Iterator[Finding]:
    """Yield the numbers of persons in ``text``, rule by rule; two may overlap."""
    if any(each in text for each in _WORDS):
        yield from (Finding("PII-008", *hit.span(1)) for hit in _PASSPORT.finditer(text))
        yield from (Finding("PII-009", *hit.span(1)) for hit in _PLATE.finditer(text))
    if not _DIGITS.search(text):
        return
    for code, pattern, holds in _RULES:
        taken = 0
        for hit in pattern.finditer(text):
            if hit.start(1) >= taken and holds(re.sub("[^0-9Xx]", "", hit[1]), text, *hit.span(1)):
                taken = hit.end(1)
                yield Finding(code, *hit.span(1))


def likely(text: str) -> Iterator[Finding]:
    """Yield also what could be a number of somebody, had the words around it been seen: for what is cut out of a text to
    be quoted, where a code that is masked does no harm."""
    yield from find(text)
    if _DIGITS.search(text):
        for code, pattern, holds in _LIKELY:
            for hit in pattern.finditer(text):
                if holds(re.sub("[^0-9Xx]", "", hit[1])):
                    yield Finding(code, *hit.span(1))


def is_identity_number(number: str) -> bool:
    """Whether 18 characters are a citizen identity number: a possible birthday and the right check character
    (GB 11643-1999, which uses ISO 7064 MOD 11-2)."""
    year = int(number[6:10])
    try:
        date(year, int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    if not 1800 <= year <= 2199:  # nobody alive; one in thirty numbers that mean something else would pass
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECK_DIGITS[total % 11] == number[17].upper()


def is_former_identity_number(number: str) -> bool:
    """Whether 15 digits can be an identity number as it was until 1999: a province and a possible birthday."""
    try:
        date(1900 + int(number[6:8]), int(number[8:10]), int(number[10:12]))
    except ValueError:
        return False
    return int(number[:2]) in _PROVINCES


def _is_part(number: str) -> bool:
    """Whether it has a birthday where identity numbers have it, or UnionPay's prefix."""
    try:
        day = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return number.startswith("62")
    return day.year >= 1900 or number.startswith("62")


def is_card_number(number: str) -> bool:
    """Whether 16 to 19 digits have the check digit of a payment card (Luhn, ISO/IEC 7812-1, annex B)."""
    if not 16 <= len(number) <= 19 or len(set(number)) == 1:
        return False
    digits = [int(each) for each in reversed(number)]
    doubled = [
        digit if index % 2 == 0 else (digit * 2 - 9 if digit > 4 else digit * 2) for index, digit in enumerate(digits)
    ]
    return sum(doubled) % 10 == 0


def _is_mobile(number: str, text: str, start: int, end: int) -> bool:
    """Whether the number is no amount and no code. Somebody's telephone stays one whatever follows."""
    before = text[max(0, start - 12) : start]
    if _CALLED.search(before) or text[start] == "+":
        return True
    is_amount = _MONEY.search(before) or _UNIT.match(text, end) or _CODED.search(before)
    return not (is_amount and text[start:end].isdigit())


def _is_called(number: str, text: str, start: int, end: int) -> bool:
    """Whether what follows a word for telephones is neither a list of years nor an amount."""
    return not _YEARS.match(text, start) and not _UNIT.match(text, end)


def _is_identity(number: str, text: str, start: int, end: int) -> bool:
    """A number with a recent day in it, behind a word for files and permits, is more likely theirs than a child's."""
    is_file = int(number[6:10]) >= _RECENT and _FILED.search(text[max(0, start - 12) : start])
    return not is_file and is_identity_number(number)


def _is_former_identity(number: str, text: str, start: int, end: int) -> bool:
    """Any fifteen digits could be one by their form, so it is one only where the line speaks of such a thing."""
    line = text[max(0, text.rfind("\n", 0, start) + 1, start - 80) : start]
    return bool(_OF_A_PERSON.search(line)) and is_former_identity_number(number)


def _is_card(number: str, text: str, start: int, end: int) -> bool:
    """One in ten numbers of this length passes the check digit, so there must be more: a prefix of UnionPay's that many
    cards have, groups of four of a network's range, or a word that speaks of cards and accounts."""
    if not is_card_number(number):
        return False
    before = text[max(0, start - 66) : start]
    if _BANK.search(before):
        return True
    if _CODED.search(before) or _UNIT.match(text, end) or _DECIMAL.fullmatch(text, start, end):
        return False
    networks = _NETWORKS if "-" not in text[start:end] else _UNIONPAY  # hyphens stand in many codes, on no card
    is_grouped = bool(_GROUPED_CARD.fullmatch(text, start, end)) and number.startswith(networks)
    return is_grouped or _has_issuer(number)


def _has_issuer(number: str) -> bool:
    """Whether the number begins as cards of Chinese banks do (UnionPay's range 62, and the older 9558 and 9559)."""
    return number.startswith(_ISSUERS.get(len(number), ()))


_UNIONPAY = ("62", "9558", "9559")
_NETWORKS = (*_UNIONPAY, "4", "51", "52", "53", "54", "55", "35", "60")  # Visa, Mastercard, JCB and Discover


_ISSUERS: Mapping[int, tuple[str, ...]] = {
    16: ("622", "625", "628"),  # credit cards
    19: ("621", "622", "623", "9558", "9559"),  # debit cards
}
_Rule = Callable[[str, str, int, int], bool]
_RULES: tuple[tuple[str, re.Pattern[str], _Rule], ...] = (
    ("PII-001", _IDENTITY, _is_identity),
    ("PII-001", _CALLED_IDENTITY, _is_identity),
    ("PII-001", _FORMER_IDENTITY, _is_former_identity),
    ("PII-002", _MOBILE, _is_mobile),
    ("PII-002", _CALLED_MOBILE, _is_called),
    ("PII-003", _CARD, _is_card),
    ("PII-003", _CALLED_CARD, _is_card),
)
_LIKELY: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("PII-001", _IDENTITY, is_identity_number),
    ("PII-001", _FORMER_IDENTITY, is_former_identity_number),
    ("PII-002", _LIKELY_MOBILE, bool),
    ("PII-003", _CARD, is_card_number),
    ("PII-001", _PART, _is_part),
)
