"""Personal data in text: what looks like an identity number, a mobile number, a bank card or somebody's own account,
and how to mask it.

A text is searched as a reader sees it (``digits.py``), and what is found stands at its place in the text as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape

from generator.privacy import digits, numbers
from generator.privacy.numbers import Finding

plain = digits.plain
_DIVIDED = r"[ \t\-./_()*~\[\]\\`]{0,2}"
_ODD_RUN = re.compile(rf"(?<![0-9A-Za-z])(?:[{digits.ODD}0-9XxOoОоΟοlI]{_DIVIDED}){{11,24}}(?![0-9A-Za-z])")
_ODD_DIGITS = re.compile(rf"[{digits.ODD}0-9XxOoОоΟοlI](?:{_DIVIDED}[{digits.ODD}0-9XxOoОоΟοlI]){{10}}")
_SURE_DIGITS = 5  # of a run in which letters stand for digits
_ROUNDS = 8  # of masking one text; what is left then has no digit left

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


_Search = Callable[[str], Iterator[Finding]]


def find(text: str) -> Iterator[Finding]:
    """Yield what looks like personal data in ``text``, in order, never two for the same characters."""
    return _found(text, numbers.find)


def _found(text: str, search: _Search) -> Iterator[Finding]:
    if len(text) < 6:
        return
    reading = digits.read(text)
    found = list(_all(reading.text if reading else text, search))
    if reading:
        found = [Finding(each.code, *reading.span(each.start, each.end)) for each in found]
    taken = 0
    for each in sorted(found, key=lambda each: (each.start, each.code)):
        if each.start >= taken:
            taken = each.end
            yield each


def _all(text: str, search: _Search) -> Iterator[Finding]:
    folded = digits.folded(text)
    yield from search(folded)
    if _ODD_DIGITS.search(text):
        for run in _ODD_RUN.finditer(text):
            yield from _odd_numbers(folded, run, search)
    if "@" in folded or "at)" in folded or "at]" in folded:
        yield from (Finding("PII-005", *hit.span()) for hit in _MAIL.finditer(folded))
    if any(each in folded for each in _CHATS):
        yield from (Finding("PII-006", *hit.span(hit.lastindex or 0)) for hit in _ACCOUNT.finditer(folded))


def _odd_numbers(folded: str, run: re.Match[str], search: _Search) -> Iterator[Finding]:
    """The numbers in a run of digits some of which are no usual ones, read with what stands around it."""
    start, end = run.span()
    written = digits.plain(run.group())
    if folded[start:end] == written and not re.search("[OoОоΟοlI]", written):
        return  # only usual ones
    if sum(each.isdigit() for each in written) < _SURE_DIGITS:
        return
    before = max(0, start - 80)
    text = folded[before:start] + digits.without_letters(written) + folded[end : end + 12]
    for each in search(text):
        if start <= each.start + before and each.end + before <= end:
            yield Finding(each.code, each.start + before, each.end + before)


def core(text: str, finding: Finding) -> str:
    """What two ways to write the same number have in common."""
    written = text[finding.start : finding.end]
    reading = digits.read(written)
    bare = re.sub(r"[^0-9A-Za-z@]", "", digits.plain(reading.text if reading else written)).lower()
    return bare.removeprefix("00").removeprefix("86")


def mask(text: str) -> str:
    """``text`` with the middle of everything personal replaced by asterisks."""
    return _masked(text, numbers.find)


def mask_quoted(text: str) -> str:
    """The same for what is cut out of a text to be quoted: the words that say what a number is may have been left behind,
    so whatever could be one is masked."""
    return _masked(text, numbers.likely)


def _masked(text: str, search: _Search) -> str:
    """What is left of a run of digits may be a number once another in it is masked, so it is looked at again."""
    for _ in range(_ROUNDS):
        parts: list[str] = []
        at = 0
        for finding in _found(text, search):
            parts += [text[at : finding.start], mask_one(text[finding.start : finding.end])]
            at = finding.end
        if not parts:
            return text
        text = "".join(parts) + text[at:]
    return mask_digits(text)


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
    return "".join("*" if each.isalnum() and digits.plain(each).isdigit() else each for each in text)
