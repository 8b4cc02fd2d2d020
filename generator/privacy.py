"""Personal data in text: what looks like an identity number, a mobile number, a bank card or somebody's own account,
and how to mask it.

A text is searched as a reader sees it: digits of any script are digits, wide forms are narrow, any dash is a dash and
any blank a blank. Every character keeps its place, so what is found stands at the same place in the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from html import unescape
from typing import NamedTuple

_MIDDLE_DOTS = "·•‧∙⋅・･．。｡"
_HAN_DIGITS = {
    ord(each): digit
    for digit, all in zip(
        "0123456789", ("〇零○", "一壹幺", *["二", "三", "四", "五", "六", "七", "八", "九"]), strict=True
    )
    for each in all
} | {ord(each): str(digit) for digit, each in enumerate("贰叁肆伍陆柒捌玖", 2)}
_SKIPPED = frozenset("\u00ad\u034f\u180e\u200b\u200c\u200d\u2060\ufe0e\ufe0f\ufeff\ufffd")  # nothing to be seen


def _plain(code: int, character: str) -> str:
    """The one ASCII character that ``character`` is read as here, or itself."""
    if unicodedata.decimal(character, None) is not None:
        return str(unicodedata.decimal(character))
    if character in _MIDDLE_DOTS:
        return "."
    if character in _SKIPPED or (character.isspace() and character not in "\n\t"):
        return " "
    if unicodedata.category(character) == "Pd" or code == 0x2212:
        return "-"
    if character in "×✕✖╳ХхΧχⅩⅹ":
        return "X"
    form = unicodedata.normalize("NFKC", character)
    return form if len(form) == 1 and form < "\x7f" and not form.isdigit() else character


class _Table(dict[int, str]):
    """What ``str.translate`` asks for each character; the answer is kept."""

    def __missing__(self, code: int) -> str:
        self[code] = _plain(code, chr(code))
        return self[code]


class _EveryDigit(_Table):
    """The same with digits that stand in circles, above the line, or are Han characters."""

    def __missing__(self, code: int) -> str:
        digit = unicodedata.digit(chr(code), None)
        self[code] = _HAN_DIGITS.get(code) or (str(digit) if digit is not None else _plain(code, chr(code)))
        return self[code]


_FOLD, _FOLD_ALL = _Table(), _EveryDigit()
_ODD = "〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖幺²³¹⁰-⁹₀-₉①-⑨⓪⑴-⑼⒈-⒐➀-➈❶-❾⓵-⓽㈠-㈨"
_ODD_DIGIT = re.compile(f"[{_ODD}]")
_ODD_RUN = re.compile(rf"(?<![0-9A-Za-z])(?:[{_ODD}0-9Xx][ .\-]?){{11,24}}(?![0-9A-Za-z])")

_EDGE = r"(?<![0-9A-Za-z])(?<![0-9A-Za-z]\.)"
_END = r"(?!\.?[0-9]|[A-Za-z])"
_GAP = r"[ \t\-./_()*]{1,3}"
_BREAK = r"[ \t\-/_()*]{1,3}"  # without the full stop of a decimal number
_NARROW = r"[ \-.]{0,2}"
_CALL = r"(?:(?<=[Tt][Ee][Ll])|(?<=[Pp]hone)|(?<=[Mm]obile)|(?<=[Mm]ob))"
_ABROAD = r"(?:(?:(?:\+|00)?86|\((?:\+|00)?86\)|\+ ?\(?86\)?)[ \-.(]{0,3})?"
_SHAPES = "|".join(
    (
        r"[0-9]{8}",
        rf"(?:{_GAP}[0-9]{{4}}){{2}}",  # 138 1234 5678
        rf"{_BREAK}[0-9]{{8}}|[0-9]{{4}}{_BREAK}[0-9]{{4}}",  # 138 12345678, 1381234 5678
        r"[0-9]{2}[ \-][0-9]{6}|[0-9]{3}[ \-][0-9]{5}",  # 13812 345678, 138123 45678
        r"(?:[ \-][0-9]{3}){2}[ \-][0-9]{2}|[ \-][0-9]{3}[ \-][0-9]{5}|[ \-][0-9]{5}[ \-][0-9]{3}",
        r"(?:-[0-9]{2}){4}|(?:\.[0-9]{2}){4}",
        r"[0-9]-[0-9]{3}-[0-9]{4}|[0-9]-[0-9]{4}-[0-9]{3}",
    )
)
_MOBILE = re.compile(
    rf"(?:{_EDGE}|{_CALL})(?=({_ABROAD}(?:1[3-9][0-9](?:{_SHAPES})|1 [3-9](?: [0-9]){{9}}|1-[3-9](?:-[0-9]){{9}})){_END})"
)
_IDENTITY = re.compile(
    rf"{_EDGE}(?=([1-9](?:{_NARROW}[0-9]){{5}}{_NARROW}(?:1{_NARROW}[89]|2{_NARROW}[01])(?:{_NARROW}[0-9]){{2}}"
    rf"{_NARROW}[01](?:{_NARROW}[0-9]){{6}}{_NARROW}[0-9Xx]){_END})"
)
_FORMER_IDENTITY = re.compile(rf"{_EDGE}(?=([1-8](?:{_NARROW}[0-9]){{14}}){_END})")
_CARD = re.compile(rf"{_EDGE}(?=([3-9][0-9]{{3}}(?:{_NARROW}[0-9]{{4}}){{2}}(?:{_NARROW}[0-9]){{4,7}}){_END})")
_GROUPED_CARD = re.compile(r"[0-9]{4}(?:[ \-.]{1,2}[0-9]{4}){3}(?:[ \-.]{0,2}[0-9]{1,3})?")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_PROVINCES = frozenset({*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66)})

# What stands directly behind an amount, and what directly before a number says whose or of what it is.
_UNIT = re.compile(
    r"[ (]?(?:多|余|来)?[ ]?(?:[万亿]|[百千]?(?:元|美元|港元|欧元|块钱)|人次|人(?![工员民事力])|户(?!主)|件(?!人)|平方|平米|立方|公里"
    r"|[千毫厘分]?米|㎡|㎥|公顷|亩|吨|[千公]?克|[千公]斤|升|千瓦|度电|次|笔|份|只|台|套|辆|户次|家次|个(?!人)|名(?![字称单])|条|株|棵|粒|字节|页|步|%|‰)"
)
_CALLED = re.compile(
    r"(?:手机|电话|联系|号码|微信|致电|拨打|[Tt][Ee][Ll]|[Pp]hone|[Mm]obile)[号码是为:： .()（(]{0,4}\Z"
)
_MONEY = re.compile(r"(?:[¥￥$€£]|人民币|RMB|CNY)[ ]?\Z")
_BANK = re.compile(r"(?:卡|账户|帐户|账号|帐号|银行|[Cc]ard|[Vv]isa)[^\n。；;]{0,60}\Z")
_CODED = re.compile(r"(?:代码|编码|编号|文号|证号|备案|批号|单号|序号|许可|ISBN|统一|公告|第)[^\n。；;，,]{0,6}\Z")
_OF_A_PERSON = re.compile(r"身份|证件|15 ?位")

_OWN_MAIL = [
    "qq",
    "vip.qq",
    "foxmail",
    "163",
    "126",
    "yeah",
    "vip.163",
    "vip.126",
    "188",
    "139",
    "189",
    "wo",
    "sina",
    "vip.sina",
    "sohu",
    "tom",
    "21cn",
    "aliyun",
    "gmail",
    "outlook",
    "hotmail",
    "live",
    "msn",
    "icloud",
    "me",
    "yahoo",
    "proton",
    "protonmail",
]
_MAIL = re.compile(
    rf"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]{{1,64}} ?(?:@|\(at\)|\[at\]) ?"
    rf"(?:{'|'.join(map(re.escape, _OWN_MAIL))})\.(?:com|cn|net|com\.cn|me)(?![A-Za-z0-9\-])",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"(?:微信|威信|薇信|[Ww]e[Cc]hat|(?<![A-Za-z])(?:[Vv][Xx]|[Qq]{2})(?![A-Za-z])|钉钉|飞书|陌陌)"
    r"(?:账号|帐号|号码|号|[Ii][Dd])?[ ]{0,2}(?:[:：是为][ ]{0,2}(?=([A-Za-z1-9][A-Za-z0-9_\-]{4,29})(?![A-Za-z0-9_@.\-]))"
    r"|(?:(?<=[Qq])|(?<=[Qq] )|(?<=号)|(?<=号码))(?=([1-9][0-9]{5,10})(?![A-Za-z0-9_@.\-]))"
    r"|(?=([A-Za-z](?=[A-Za-z_\-]{0,28}[0-9])[A-Za-z0-9_\-]{5,29})(?![A-Za-z0-9_@.\-])))"
)
_CHATS = [
    "信",
    "hat",
    "vx",
    "VX",
    "Vx",
    "vX",
    "qq",
    "QQ",
    "Qq",
    "qQ",
    "钉钉",
    "飞书",
    "陌陌",
]  # without any of them there is no account
# Quick and mostly no: whether there are as many digits in a row as the shortest number has.
_DIGITS = re.compile(r"[0-9](?:[^0-9\n]{0,3}[0-9]){10}")
_ODD_DIGITS = re.compile(rf"[{_ODD}0-9Xx][ .\-]?(?:[{_ODD}0-9Xx][ .\-]?){{10}}")


class Finding(NamedTuple):
    """A piece of text that is personal data: its problem code and where it begins and ends."""

    code: str
    start: int
    end: int


def find(text: str) -> Iterator[Finding]:
    """Yield what looks like personal data in ``text``, in order, never two for the same characters."""
    if len(text) < 6:
        return
    folded = text if text.isascii() else text.translate(_FOLD)
    found = list(_all(folded))
    if not text.isascii() and _ODD_DIGITS.search(text):
        for run in _ODD_RUN.finditer(text):
            found += _odd_numbers(folded, run) if _ODD_DIGIT.search(run.group()) else ()
    taken = 0
    for each in sorted(found, key=lambda each: (each.start, each.code)):
        if each.start >= taken:
            taken = each.end
            yield each


def _odd_numbers(folded: str, run: re.Match[str]) -> Iterator[Finding]:
    """The numbers in a run of digits some of which are no usual ones, read with what stands around it."""
    start, end = run.span()
    before = max(0, start - 80)
    text = folded[before:start] + run.group().translate(_FOLD_ALL) + folded[end : end + 12]
    for each in _numbers(text):
        if start <= each.start + before and each.end + before <= end:
            yield Finding(each.code, each.start + before, each.end + before)


def _all(folded: str) -> Iterator[Finding]:
    yield from _numbers(folded)
    if "@" in folded or "at)" in folded or "at]" in folded:
        yield from (Finding("PII-005", *hit.span()) for hit in _MAIL.finditer(folded))
    if any(each in folded for each in _CHATS):
        yield from (Finding("PII-006", *hit.span(hit.lastindex or 0)) for hit in _ACCOUNT.finditer(folded))


def _numbers(folded: str) -> Iterator[Finding]:
    if not _DIGITS.search(folded):
        return
    for code, pattern, holds in _RULES:
        taken = 0
        for hit in pattern.finditer(folded):
            if hit.start(1) >= taken and holds(re.sub("[^0-9Xx]", "", hit[1]), folded, *hit.span(1)):
                taken = hit.end(1)
                yield Finding(code, *hit.span(1))


def plain(text: str) -> str:
    """``text`` as it is searched here, of the same length."""
    return text.translate(_FOLD_ALL)


def mask(text: str) -> str:
    """``text`` with the middle of everything personal replaced by asterisks."""
    parts: list[str] = []
    at = 0
    for finding in find(text):
        parts += [text[at : finding.start], mask_one(text[finding.start : finding.end])]
        at = finding.end
    return "".join(parts) + text[at:]


def mask_one(number: str) -> str:
    """The first three and the last two characters, asterisks between."""
    return f"{number[:3]}{'*' * (len(number) - 5)}{number[-2:]}"


def mask_line(line: str) -> str:
    """A line of a source file as it may be printed: masked, and without any digit where a number is written in escapes
    (YAML's, or HTML entities) that only a program reads."""
    masked = mask(line)
    decoded = unescape(_ESCAPE.sub(lambda hit: chr(int(hit[1] or hit[2] or hit[3], 16) % 0x110000), masked))
    return mask_digits(masked) if decoded != masked and any(find(decoded)) else masked


_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")


def mask_digits(text: str) -> str:
    """``text`` without any digit, for a line in which a number is written in a way that no reader would know."""
    return "".join("*" if each.isalnum() and each.translate(_FOLD_ALL).isdigit() else each for each in text)


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


def _is_identity(number: str, text: str, start: int, end: int) -> bool:
    return is_identity_number(number)


def _is_former_identity(number: str, text: str, start: int, end: int) -> bool:
    """Any fifteen digits could be one by their form, so it is one only where the line speaks of such a thing."""
    line = text[max(0, text.rfind("\n", 0, start) + 1, start - 80) : start]
    return bool(_OF_A_PERSON.search(line)) and is_former_identity_number(number)


def _is_card(number: str, text: str, start: int, end: int) -> bool:
    """One in ten numbers of this length passes the check digit, so there must be more: a prefix of UnionPay's that many
    cards have, groups of four, or a word that speaks of cards and accounts."""
    if not is_card_number(number):
        return False
    before = text[max(0, start - 66) : start]
    if _BANK.search(before):
        return True
    if _CODED.search(before) or _UNIT.match(text, end):
        return False
    return bool(_GROUPED_CARD.fullmatch(text, start, end)) or _has_issuer(number)


def _has_issuer(number: str) -> bool:
    """Whether the number begins as cards of Chinese banks do (UnionPay's range 62, and the older 9558 and 9559)."""
    return number.startswith(_ISSUERS.get(len(number), ()))


_ISSUERS: Mapping[int, tuple[str, ...]] = {
    16: ("622", "625", "628"),  # credit cards
    19: ("621", "622", "623", "9558", "9559"),  # debit cards
}
_Rule = Callable[[str, str, int, int], bool]
_RULES: tuple[tuple[str, re.Pattern[str], _Rule], ...] = (
    ("PII-001", _IDENTITY, _is_identity),
    ("PII-001", _FORMER_IDENTITY, _is_former_identity),
    ("PII-002", _MOBILE, _is_mobile),
    ("PII-003", _CARD, _is_card),
)
